/**
 * A receipt as a table, to be kept or sent: every record that was rejected, put right or skipped, and every value lost.
 */
import type { Entry, EntryKind } from '../source/entries';
import type { Cell } from '../table';

export const receiptColumns = ['what', 'line', 'byte', 'column', 'count', 'reason', 'text', 'cells'] as const;

const words: Readonly<Record<EntryKind, string>> = {
  rejected: 'rejected',
  mended: 'put right',
  skipped: 'skipped',
  misfit: 'did not fit',
};

/** An entry in the order of `receiptColumns`; the cells are a list in JSON. */
export function receiptLine({ kind, line, byte, column, count, reason, text, cells }: Entry): Cell[] {
  return [
    words[kind],
    line,
    byte,
    column,
    count,
    reason,
    text,
    cells === null ? null : JSON.stringify(cells),
  ];
}
