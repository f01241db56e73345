/**
 * Values of numbers and times that often stand for a missing one: a sentinel such as −999, the day at which a calendar
 * begins or ends. Told where such a value is the least or the greatest of its column and occurs more than once.
 */
import { sentinels } from '../source/spelling-words';
import { identifier, literal } from '../sql';
import type { Cell, Column } from '../table';
import type { Disguised, Outliers } from './profile';

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
 * @param outliers The column's fences: a sentinel among the other values is one of them.
 */
export function suspectsOf(column: Column, min: Cell, max: Cell, outliers: Outliers | null): readonly Cell[] {
  const edges = [...new Set([min, max])].filter((edge) => edge !== null);
  if (column.kind === 'number') {
    const apart = (x: number) => outliers !== null && (x < outliers.lower || x > outliers.upper);
    return edges.filter((edge) => numbers.has(Number(edge)) && apart(Number(edge)));
  }
  if (column.kind !== 'time') return [];
  return edges.filter((edge) => days.includes(String(edge).replace(/T00:00:00(\.0+)?Z?$/, '')));
}

/** Counts of the suspects, in their order, one row. */
export function suspectsSql(from: string, column: Column, suspects: readonly Cell[]): string {
  const c = identifier(column.name);
  const counts = suspects.map((s) => `count_if(${c} = ${typeof s === 'number' ? s : literal(String(s))})`);
  return `SELECT ${counts.join(', ')} FROM ${from}`;
}

/** Once is a value like another. */
export function readSuspects(suspects: readonly Cell[], row: readonly Cell[]): readonly Disguised[] {
  return suspects.map((value, i) => ({ value, count: Number(row[i] ?? 0) })).filter(({ count }) => count > 1);
}
