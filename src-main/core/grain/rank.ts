/**
 * Which columns are likelier to be meant as a key: named like one, of whole numbers or short texts, and far left.
 */
import { type Column, isFractional } from '../table';
import { isKeyName, wordsOf } from './name';

/** Characters from which on a text is rather a description than a key. */
const LONG = 64;

/** A column and what a sample says of it. */
export interface RankedColumn {
  readonly column: Column;
  /** From 0, in the table. */
  readonly place: number;
  /** Mean number of bytes of its texts; 0 where it holds none. */
  readonly length: number;
}

/** A column with its values and different values in the sample. */
export interface Candidate extends RankedColumn {
  readonly filled: number;
  readonly distinct: number;
}

/** Whether a column is a key only where nothing else is: measurements and long texts differ by accident. */
export function isLastResort({ column, length }: RankedColumn): boolean {
  return isFractional(column.type) || length > LONG;
}

/** How unlikely a column is meant as a part of a key: 0 and more. */
export function unlikeliness(ranked: RankedColumn): number {
  const { column, place } = ranked;
  const kind = column.kind === 'boolean' ? 3 : column.kind === 'time' ? 2 : column.kind === 'text' ? 1 : 0;
  // Codes are often those of a category.
  const named = isKeyName(column.name) ? (wordsOf(column.name).at(-1) === 'code' ? 6 : 0) : 10;
  return named + kind + (isLastResort(ranked) ? 20 : 0) + Math.min(place, 40) / 2;
}

/** How unlikely columns are meant as a key together; fewer columns go before more. */
export function unlikelinessOf(set: readonly RankedColumn[]): number {
  return 10_000 * set.length + set.reduce((sum, c) => sum + unlikeliness(c), 0);
}

/** What speaks for columns as the grain. */
export function reasonsFor(set: readonly RankedColumn[], rows: number): readonly string[] {
  const named = set.filter((c) => isKeyName(c.column.name)).map((c) => c.column.name);
  const all = rows.toLocaleString('en-US');
  return [
    set.length === 1
      ? `All ${all} rows have a value of their own`
      : `No two of ${all} rows agree in all ${set.length} columns, and in fewer of them some do`,
    ...(named.length > 0
      ? [`${named.join(' and ')} ${named.length === 1 ? 'is' : 'are'} named like a key`]
      : []),
    ...(set.length === 1 && set[0]!.place === 0 ? ['It is the first column'] : []),
  ];
}
