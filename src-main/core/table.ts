/**
 * Tables and columns: what the engine found in a file, in words all rooms share.
 */
import type { Candidate, Proposal, Receipt, Source, Warning } from './source/receipt';

/** What a column holds, as far as it decides which figures make sense. */
export type Kind = 'number' | 'text' | 'time' | 'boolean' | 'nested';

/** One value in transit. Integers beyond 2^53, decimals and times are strings; NaN and the infinities are 'NaN', 'Infinity', '-Infinity'. */
export type Cell = string | number | boolean | null;

export interface Column {
  /** As it stands in the file, except where the reader had to make it unique or fill it in; then a warning says so. */
  readonly name: string;
  /** DuckDB's type, for example `DOUBLE` or `DECIMAL(10,2)`. */
  readonly type: string;
  readonly kind: Kind;
}

/** A source that was read. `name` is unique among the open tables and is the name queries use. */
export interface Table {
  readonly name: string;
  readonly source: Source;
  readonly columns: readonly Column[];
  /** Rows that were loaded. */
  readonly rows: number;
  readonly receipt: Receipt;
  readonly warnings: readonly Warning[];
  /** Changes to how columns are read, for the user to accept. */
  readonly proposals: readonly Proposal[];
  /** Other ways to read the file that fit alike; empty if there is no doubt. */
  readonly candidates: readonly Candidate[];
}

const numbers = new Set([
  'TINYINT',
  'SMALLINT',
  'INTEGER',
  'BIGINT',
  'HUGEINT',
  'UTINYINT',
  'USMALLINT',
  'UINTEGER',
  'UBIGINT',
  'UHUGEINT',
  'FLOAT',
  'DOUBLE',
  'BIGNUM',
]);

/**
 * The kind of a DuckDB type. Types without a kind of their own (BLOB, UUID, BIT, ENUM, INTERVAL) read as text.
 * @param type DuckDB's name of the type, with parameters.
 */
export function kindOf(type: string): Kind {
  if (/\[\d*\]$/.test(type) || /^(STRUCT|MAP|UNION|LIST|ARRAY|VARIANT)\b/.test(type)) return 'nested';
  if (numbers.has(type) || type.startsWith('DECIMAL')) return 'number';
  if (type === 'BOOLEAN') return 'boolean';
  if (type === 'DATE' || type.startsWith('TIME')) return 'time';
  return 'text';
}

/** Whether values of this type are whole numbers. */
export function isWhole(type: string): boolean {
  return (numbers.has(type) && !isFloating(type)) || /^DECIMAL\(\d+,0\)$/.test(type);
}

/** Whether values of this type can be a fraction; the other numbers are whole. */
export function isFractional(type: string): boolean {
  return isFloating(type) || (type.startsWith('DECIMAL') && !isWhole(type));
}

/** Whether NaN and infinities can occur, which plain aggregates do not survive. */
export function isFloating(type: string): boolean {
  return type === 'DOUBLE' || type === 'FLOAT';
}
