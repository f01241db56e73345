/**
 * The entries of a receipt, one by one and all of one shape, so that they can be kept, paged through, searched and written.
 */
import type { Mend, Misfit, Receipt, Reject, Skip } from './receipt';

export type EntryKind = 'rejected' | 'mended' | 'skipped' | 'misfit';

export const entryKinds: readonly EntryKind[] = ['rejected', 'mended', 'skipped', 'misfit'];

/** Entries of each kind that travel with a table; beyond, all of them are kept in its copy. */
export const TRAVELLING = 1000;

/** One record, stretch of lines or value of a receipt. */
export interface Entry {
  readonly kind: EntryKind;
  /** 1-based physical line; null for a value that did not fit. */
  readonly line: number | null;
  /** 0-based offset of that line in the file. */
  readonly byte: number | null;
  readonly column: string | null;
  /** Lines of a stretch that was skipped, times that a value did not fit; 1 of a record. */
  readonly count: number;
  readonly reason: string;
  /** The raw text or the value, cut at 2,000 characters. */
  readonly text: string;
  /** Of a record that was put right: the cells it was read as; null otherwise. */
  readonly cells: readonly string[] | null;
}

/** Takes entries while a file is read. Those of a kind come in the order of their lines. */
export type Note = (entry: Entry) => void;

export const rejectEntry = (r: Reject): Entry => ({ ...r, kind: 'rejected', count: 1, cells: null });
export const mendEntry = (m: Mend): Entry => ({ ...m, kind: 'mended', column: null, count: 1 });
export const skipEntry = ({ lines, ...s }: Skip): Entry => ({
  ...s,
  kind: 'skipped',
  column: null,
  count: lines,
  cells: null,
});
export const misfitEntry = ({ column, value, count, reason }: Misfit): Entry => ({
  kind: 'misfit',
  line: null,
  byte: null,
  column,
  count,
  reason,
  text: value,
  cells: null,
});

export const rejectOf = ({ line, byte, column, reason, text }: Entry): Reject => ({
  line: line ?? 0,
  byte: byte ?? 0,
  column,
  reason,
  text,
});
export const mendOf = ({ line, byte, reason, text, cells }: Entry): Mend => ({
  line: line ?? 0,
  byte: byte ?? 0,
  reason,
  text,
  cells: cells ?? [],
});
export const skipOf = ({ line, byte, count, reason, text }: Entry): Skip => ({
  line: line ?? 0,
  byte: byte ?? 0,
  lines: count,
  reason,
  text,
});
export const misfitOf = ({ column, text, count, reason }: Entry): Misfit => ({
  column: column ?? '',
  value: text,
  count,
  reason,
});

/** The entries of a kind that travel with the receipt, in order. */
export function entriesOf(receipt: Receipt, kind: EntryKind): readonly Entry[] {
  switch (kind) {
    case 'rejected':
      return receipt.rejects.map(rejectEntry);
    case 'mended':
      return receipt.mends.map(mendEntry);
    case 'skipped':
      return receipt.skips.map(skipEntry);
    case 'misfit':
      return receipt.misfits.map(misfitEntry);
  }
}

/** How many entries of a kind a reading has, whether they travel or not. */
export function entryCount(receipt: Receipt, kind: EntryKind): number {
  if (receipt.entries !== undefined) return receipt.entries[kind];
  const { rejects, mends, skips, misfits } = receipt;
  return { rejected: rejects, mended: mends, skipped: skips, misfit: misfits }[kind].length;
}

/** Values that are null because they did not fit. */
export function valuesLost(receipt: Receipt): number {
  return receipt.entries?.values ?? receipt.misfits.reduce((n, m) => n + m.count, 0);
}

/** Which entries are wanted. */
export interface EntriesWanted {
  readonly kind: EntryKind;
  readonly offset: number;
  readonly limit: number;
  /** Words that stand in the text, the reason or the column, in any case; '' stands in all. */
  readonly search: string;
}

/** Entries in the order of their lines, values commonest first; `total` counts all that meet the search. */
export interface EntriesFound {
  readonly entries: readonly Entry[];
  readonly total: number;
}

/** The entries that are wanted, if those that travel are enough to tell them; null if not. */
export function travellingEntries(receipt: Receipt, wanted: EntriesWanted): EntriesFound | null {
  const { kind, offset, limit, search } = wanted;
  const listed = entriesOf(receipt, kind);
  const total = entryCount(receipt, kind);
  const whole = listed.length === total;
  if (search !== '') {
    if (!whole) return null;
    const found = listed.filter((entry) => isFound(entry, search));
    return { entries: found.slice(offset, offset + limit), total: found.length };
  }
  const end = Math.min(total, offset + limit);
  return whole || end <= listed.length ? { entries: listed.slice(offset, end), total } : null;
}

function isFound(entry: Entry, search: string): boolean {
  const words = search.toLowerCase();
  return [entry.text, entry.reason, entry.column ?? ''].some((part) => part.toLowerCase().includes(words));
}
