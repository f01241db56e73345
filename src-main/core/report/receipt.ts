/**
 * A receipt as a table, to be kept or sent: every record that was rejected, put right or skipped, and every value lost.
 */
import type { Receipt } from '../source/receipt';
import type { Cell } from '../table';

export const receiptColumns = ['what', 'line', 'byte', 'column', 'count', 'reason', 'text', 'cells'].map(
  (name) => ({ name }),
);

/** One row per entry, in the order of `receiptColumns`. */
export function receiptLines(receipt: Receipt): Cell[][] {
  return [
    ...receipt.rejects.map((r) => ['rejected', r.line, r.byte, r.column, 1, r.reason, r.text, null]),
    ...receipt.mends.map((m) => [
      'put right',
      m.line,
      m.byte,
      null,
      1,
      m.reason,
      m.text,
      JSON.stringify(m.cells),
    ]),
    ...receipt.skips.map((s) => ['skipped', s.line, s.byte, null, s.lines, s.reason, s.text, null]),
    ...receipt.misfits.map((m) => [
      'did not fit',
      null,
      null,
      m.column,
      m.count,
      'does not fit how the column is read',
      m.value,
      null,
    ]),
  ];
}
