/**
 * What a cell of the grid says: the value as it is, padded so that decimal points stand in a line, never rounded.
 */
import type { ColumnProfile } from '#core/profile/profile';
import { type Cell, type Column, isFractional } from '#core/table';
import { plainText, writtenDecimals } from '../ui/figure';

/** Decimals beyond this are not padded to. */
const mostPadding = 6;

/**
 * How far the numbers of a column are padded, from a look at some of them.
 */
export function paddingOf(column: Column, cells: readonly Cell[]): number {
  if (column.kind !== 'number' || !isFractional(column.type)) return 0;
  const scale = /^DECIMAL\(\d+,(\d+)\)/.exec(column.type)?.[1];
  if (scale !== undefined) return Number(scale);
  return Math.min(
    mostPadding,
    cells.reduce<number>((most, cell) => Math.max(most, writtenDecimals(cell)), 0),
  );
}

/**
 * @param padding Decimals to pad numbers to.
 * @param grouped Whether thousands are parted; identifiers, years and codes are not.
 */
export function cellText(column: Column, cell: Cell | undefined, padding: number, grouped: boolean): string {
  if (cell === undefined) return '';
  if (cell === null) return 'null';
  if (column.kind === 'number') return numberText(cell, padding, grouped);
  if (column.kind === 'time') return String(cell).replace('T', ' ');
  if (typeof cell === 'string') return oneLine(plainText(cell));
  return String(cell);
}

function numberText(cell: Cell, padding: number, grouped: boolean): string {
  const parts = /^(-?)(\d+)(?:\.(\d+))?$/.exec(String(cell));
  if (parts === null) return cell === 'Infinity' ? '∞' : cell === '-Infinity' ? '-∞' : String(cell);
  const [, sign = '', whole = '', decimals = ''] = parts;
  const shown = grouped ? whole.replace(/\B(?=(\d{3})+$)/g, ',') : whole;
  const fraction = decimals.padEnd(padding, '0');
  return `${sign}${shown}${fraction === '' ? '' : `.${fraction}`}`;
}

/** A cell is one line: what breaks lines or moves the text is shown, not obeyed. At most 300 characters. */
function oneLine(text: string): string {
  return text
    .slice(0, 300)
    .replace(/\r?\n|\r/g, ' ⏎ ')
    .replace(/\t/g, ' ⇥ ');
}

/** Whether a value lies beyond the fences of its column. */
export function isOutlier(profile: ColumnProfile | undefined, cell: Cell | undefined): boolean {
  const fences = profile?.outliers?.[0];
  // Where both fences fall on one value every other value would be one, which says nothing.
  if (
    fences === undefined ||
    fences.count === 0 ||
    fences.lower === fences.upper ||
    cell === null ||
    cell === undefined
  )
    return false;
  const value = Number(cell);
  return value < fences.lower || value > fences.upper;
}

/** A width to begin with, in pixels: enough for the name, and for what the kind usually holds. */
export function firstWidth(column: Column): number {
  const usual = {
    number: 104,
    text: 150,
    time: column.type === 'DATE' ? 112 : 168,
    boolean: 88,
    nested: 220,
  };
  return Math.round(Math.min(260, Math.max(usual[column.kind], 52 + 7.4 * column.name.length)));
}
