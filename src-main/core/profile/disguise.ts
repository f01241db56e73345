/**
 * Values of numbers and times that often stand for a missing one: a sentinel such as −999, the day at which a calendar
 * begins or ends. Told where such a value is the least or the greatest of its column and occurs more than once.
 */
import { sentinels } from '../source/spelling-words';
import type { Cell, Column } from '../table';
import type { Disguised } from './profile';

/** Days on which calendars of spreadsheets, computers and databases begin or end. */
const days = [
  '0001-01-01',
  '1899-12-30',
  '1899-12-31',
  '1900-01-01',
  '1970-01-01',
  '2099-12-31',
  '9999-12-31',
];
const numbers: ReadonlySet<number> = new Set(sentinels.map(Number));

/**
 * The extremes of a column that may be such values.
 * @param fences The column's fences: a sentinel among the other values is one of them.
 */
export function suspectsOf(
  column: Column,
  min: Cell,
  max: Cell,
  fences: { readonly lower: number; readonly upper: number } | null,
): readonly Cell[] {
  const edges = [...new Set([min, max])].filter((edge) => edge !== null);
  if (column.kind === 'number') {
    const apart = (x: number) => fences !== null && (x < fences.lower || x > fences.upper);
    return edges.filter((edge) => numbers.has(Number(edge)) && apart(Number(edge)));
  }
  if (column.kind !== 'time') return [];
  return edges.filter((edge) => days.includes(String(edge).replace(/T00:00:00(\.0+)?Z?$/, '')));
}

/** Once is a value like another. @param counts How often each of them occurs, in their order. */
export function readSuspects(suspects: readonly Cell[], counts: readonly number[]): readonly Disguised[] {
  return suspects.map((value, i) => ({ value, count: counts[i] ?? 0 })).filter(({ count }) => count > 1);
}
