/**
 * The rows of one end of a join that do not go through it as one would wish.
 */
import { identifier } from '../sql';
import type { Column } from '../table';
import type { KeyedEnd } from './measure';

/** What is wrong with a row: its key has no partner, its key has a null, or other rows of its table have its key too. */
export type RowKind = 'orphans' | 'nulls' | 'repeated';

/** One end with the expressions of its key. */
export interface RowsEnd extends KeyedEnd {
  readonly keys: readonly string[];
}

/** The beginning of names that no column has, for the parts of a key. */
export function keyNameFor(columns: readonly Column[]): string {
  const lower = columns.map((c) => c.name.toLowerCase());
  let name = 'assay_k';
  while (lower.some((other) => other.startsWith(name))) name += '_';
  return name;
}

/**
 * What stands behind FROM for the rows of `mine` that are of a kind. They are `m`: all columns, and the parts of the key
 * under `name` and their number unless its nulls are what is looked for.
 */
export function rowsSql(mine: RowsEnd, other: RowsEnd, kind: RowKind, name: string): string {
  if (kind === 'nulls') return `${mine.from} AS m WHERE NOT (${mine.filled})`;
  const named = (end: RowsEnd) => end.keys.map((key, i) => `${key} AS ${name}${i}`).join(', ');
  const on = mine.keys.map((_, i) => `m.${name}${i} IS NOT DISTINCT FROM o.${name}${i}`).join(' AND ');
  const rows = `(SELECT ${named(mine)}, * FROM ${mine.from} WHERE ${mine.filled}) AS m`;
  const orphans = `SELECT ${named(other)} FROM ${other.from} WHERE ${other.filled}`;
  const repeated = `SELECT ${named(mine)} FROM ${mine.from} WHERE ${mine.filled} GROUP BY ALL HAVING count(*) > 1`;
  return kind === 'orphans'
    ? `${rows} ANTI JOIN (${orphans}) AS o ON ${on}`
    : `${rows} SEMI JOIN (${repeated}) AS o ON ${on}`;
}

/** How the rows of a kind are ordered: those of one key beside each other, and as in the file. */
export function orderSql(mine: RowsEnd, kind: RowKind, name: string, place: string): string {
  const keys = kind === 'repeated' ? mine.keys.map((_, i) => `m.${name}${i}`) : [];
  return [...keys, `m.${identifier(place)}`].join(', ');
}
