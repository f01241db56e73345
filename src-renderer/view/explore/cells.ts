/**
 * How the cells of an answer read.
 */

import { stepText } from '#core/explore/period';
import type { AskedColumn } from '#core/explore/question';
import { alignedFormat, formatValue } from '#core/format';
import type { Cell } from '#core/table';
import { none, plainText } from '../ui/figure';
import { kindOfType } from '../ui/member-icon';

/** A value of a dimension, as a heading or in a list. */
export function valueText(column: AskedColumn, cell: Cell | undefined): string {
  if (cell === null || cell === undefined) return 'null';
  if (column.type === 'time') return stepText(String(cell), column.grain);
  if (column.format !== '')
    return formatValue(cell, column.format, navigator.language, { kind: kindOfType[column.type] });
  return plainText(cell);
}

/** How figures of a measure read, in full: with as many digits as the list of them needs. */
export function figureText(column: AskedColumn, cells: readonly Cell[]): (cell: Cell | undefined) => string {
  const format = alignedFormat(
    cells.map((c) => (typeof c === 'string' && c !== '' && Number.isFinite(Number(c)) ? Number(c) : c)),
    column.format,
  );
  const whole = cells.every((c) => typeof c !== 'string' || /^-?\d+$/.test(c));
  return (cell) => {
    if (cell === null || cell === undefined) return none;
    // Decimals arrive as text; only those of one column deserve the same digits.
    const value = typeof cell === 'string' && !whole && Number.isFinite(Number(cell)) ? Number(cell) : cell;
    return formatValue(value, format, navigator.language, { kind: 'number' });
  };
}

/** The same where room is short. */
export function shortFigure(column: AskedColumn): (value: number) => string {
  return (value) => formatValue(value, column.format, navigator.language, { kind: 'number', compact: true });
}

/** The same on an axis, whose numbers are round. */
export function axisFigure(column: AskedColumn): (value: number) => string {
  const short = shortFigure(column);
  return (value) => short(value).replace(/[.,]00$/, '');
}

/** A change in percent with its sign: `+4.2 %`; a dash if there is none. */
export function changeText(change: number | null): string {
  if (change === null) return none;
  const text = new Intl.NumberFormat('en-US', {
    style: 'percent',
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
    signDisplay: 'exceptZero',
  }).format(change);
  return text.replace('-', '−');
}
