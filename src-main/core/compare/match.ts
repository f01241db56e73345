/**
 * Which column of one side is which of the other: by name, and what is left by name without case and punctuation.
 */
import type { Column } from '../table';

/** How the values of a pair can be compared: by their order, or value by value. */
export type Form = 'number' | 'time' | 'category';

export interface Pair {
  readonly a: Column;
  readonly b: Column;
  /** `folded` if the names differ in case or punctuation. */
  readonly by: 'name' | 'folded';
}

export interface Matching {
  /** In the order of A. */
  readonly pairs: readonly Pair[];
  readonly onlyA: readonly Column[];
  readonly onlyB: readonly Column[];
}

/** Matches columns by name; by the name's letters and digits only where that leaves one candidate on each side. */
export function matchColumns(a: readonly Column[], b: readonly Column[]): Matching {
  const inB = new Map(b.map((column) => [column.name, column]));
  const found = new Map<string, Pair>();
  for (const column of a) {
    const same = inB.get(column.name);
    if (same !== undefined) found.set(column.name, { a: column, b: same, by: 'name' });
  }
  const freeA = byFolded(a.filter((column) => !found.has(column.name)));
  const freeB = byFolded(b.filter((column) => !found.has(column.name)));
  for (const [folded, columns] of freeA) {
    const others = freeB.get(folded) ?? [];
    const [one, other] = [columns[0], others[0]];
    if (folded === '' || columns.length !== 1 || others.length !== 1) continue;
    if (one !== undefined && other !== undefined) found.set(one.name, { a: one, b: other, by: 'folded' });
  }
  const taken = new Set([...found.values()].map((pair) => pair.b.name));
  return {
    pairs: a.flatMap((column) => found.get(column.name) ?? []),
    onlyA: a.filter((column) => !found.has(column.name)),
    onlyB: b.filter((column) => !taken.has(column.name)),
  };
}

function byFolded(columns: readonly Column[]): ReadonlyMap<string, readonly Column[]> {
  const groups = new Map<string, Column[]>();
  for (const column of columns) {
    const folded = foldedName(column.name);
    groups.set(folded, [...(groups.get(folded) ?? []), column]);
  }
  return groups;
}

/** The letters and digits of a name, small: `Unit Price` and `unit_price` are one. */
export function foldedName(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}

/** How the values of a pair can be compared; null if they are of kinds that have nothing in common. */
export function formOf({ a, b }: Pair): Form | null {
  if (a.kind !== b.kind || isClock(a) !== isClock(b)) return null;
  return a.kind === 'number' || a.kind === 'time' ? a.kind : 'category';
}

/** Whether values are times of a day, which have no date. */
export function isClock(column: Column): boolean {
  return column.type === 'TIME' || column.type === 'TIME_NS' || column.type.startsWith('TIME WITH');
}
