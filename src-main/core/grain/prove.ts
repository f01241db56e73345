/**
 * Proofs over all rows that columns identify a row, and what of rows breaks them.
 */
import { identifier } from '../sql';
import { type Column, isWhole } from '../table';
import type { NearGrain } from './grain';

/** What was counted of a set of columns. */
export interface Proof {
  readonly columns: readonly Column[];
  readonly rows: number;
  readonly nulls: number;
  readonly repeated: number;
  readonly repeatedKeys: number;
}

/** Rows that lack a value, rows that share their key and how many keys these are, by the values themselves. */
export function proofSql(from: string, columns: readonly Column[]): string {
  const names = columns.map((c) => identifier(c.name));
  const filled = names.map((name) => `${name} IS NOT NULL`).join(' AND ');
  return `SELECT (SELECT count(*) FROM ${from}) AS all_rows, coalesce(sum(n), 0)::BIGINT AS filled_rows,
  coalesce(sum(n) FILTER (WHERE n > 1), 0)::BIGINT AS repeated_rows, count(*) FILTER (WHERE n > 1) AS repeated_keys
FROM (SELECT count(*) AS n FROM ${from} WHERE ${filled} GROUP BY ${names.join(', ')})`;
}

export function readProof(columns: readonly Column[], row: readonly unknown[]): Proof {
  const [rows = 0, filled = 0, repeated = 0, repeatedKeys = 0] = row.map(Number);
  return { columns, rows, nulls: rows - filled, repeated, repeatedKeys };
}

/**
 * Rows, rows without nulls and different hashes of their keys. As many hashes as rows prove that no two keys are equal, for
 * half of what counting keys by value costs; fewer hashes say how many rows at most repeat an earlier key.
 */
export function hashesSql(from: string, columns: readonly Column[]): string {
  const names = columns.map((c) => identifier(c.name));
  const filled = names.map((name) => `${name} IS NOT NULL`).join(' AND ');
  return `SELECT (SELECT count(*) FROM ${from}) AS all_rows, count(*) AS filled_rows, count(DISTINCT hash(${names.join(', ')})) AS different FROM ${from} WHERE ${filled}`;
}

/** Rows between the least and the greatest of whole numbers, as far as a bit for each of them is small. */
const BITS = 1 << 28;

/** Whether whole numbers from `low` to `high` are counted by a bit each. */
export function fitsBits(column: Column, low: number, high: number, rows: number): boolean {
  const range = high - low + 1;
  const whole = isWhole(column.type) && !column.type.startsWith('DECIMAL') && !/HUGE/.test(column.type);
  return (
    whole &&
    Number.isSafeInteger(low) &&
    Number.isSafeInteger(high) &&
    range <= Math.min(BITS, 64 * rows + 64)
  );
}

/** Rows, values and different values of whole numbers from `low` to `high`: exact, and as quick as a sum. */
export function bitsSql(from: string, column: Column, low: number, high: number): string {
  const name = identifier(column.name);
  return `SELECT count(*) AS all_rows, count(${name}) AS filled_rows, bit_count(bitstring_agg(${name}, ${low}, ${high})) AS different FROM ${from}`;
}

/** In words, what breaks a set of columns. */
export function brokenWords({ nulls, repeated, repeatedKeys }: Proof): string {
  const rows = (n: number) => `${n.toLocaleString('en-US')} ${n === 1 ? 'row' : 'rows'}`;
  const parts = [
    ...(nulls > 0 ? [`${rows(nulls)} ${nulls === 1 ? 'lacks' : 'lack'} a value`] : []),
    ...(repeated > 0
      ? [
          `${rows(repeated)} share ${repeatedKeys === 1 ? 'one key' : `${repeatedKeys.toLocaleString('en-US')} keys`}`,
        ]
      : []),
  ];
  return parts.join(', ');
}

/** Rows that may break a set of columns for it to be told as a near miss. */
export function fewOf(rows: number): number {
  return Math.min(Math.floor(rows / 2), Math.max(3, Math.floor(rows / 100)));
}

export function nearOf(proof: Proof, sql: string): NearGrain {
  const { columns, nulls, repeated, repeatedKeys } = proof;
  return {
    columns: columns.map((c) => c.name),
    nulls,
    repeated,
    repeatedKeys,
    sentence: brokenWords(proof),
    sql,
  };
}
