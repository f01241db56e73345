/**
 * Keys of two tables brought to one spelling, so that equal keys are equal values.
 */
import { ProblemError, problem } from './problem';
import { identifier } from './sql';
import { type Column, isFloating } from './table';

/** How keys are brought to one spelling before they are compared. */
export type Comparison =
  /** As they stand; both must have types that compare. */
  | 'value'
  /** As numbers: `007` and 7 are one key. */
  | 'number'
  /** As texts without blanks around them, in lower case. */
  | 'text';

/** The expressions that make a key at each end; equal keys are equal in all of them, where two nulls are equal. */
export interface Keys {
  readonly from: readonly string[];
  readonly to: readonly string[];
}

/** How a column is named in SQL at each end. */
export interface Names {
  from(column: Column): string;
  to(column: Column): string;
}

const ownNames: Names = { from: (c) => identifier(c.name), to: (c) => identifier(c.name) };

/**
 * The condition under which rows of two ends meet.
 * @throws ProblemError `join-unfit` in words if their columns do not pair or do not compare.
 */
export function meetsSql(
  from: readonly Column[],
  to: readonly Column[],
  comparison: Comparison,
  names: Names,
): string {
  const keys = keysOf(from, to, comparison, names);
  const split = keys.from.length > from.length;
  const same = keys.from.map((a, i) => `${a} ${split ? 'IS NOT DISTINCT FROM' : '='} ${keys.to[i]}`);
  // Parts of a key may be null where the key is none; a key that is null meets nothing.
  const filled = split ? from.map((column) => `${names.from(column)} IS NOT NULL`) : [];
  return [...same, ...filled].join(' AND ');
}

/** Places behind the point to which texts are read as numbers, unless the other end is floating. */
const PLACES = 10;

/**
 * The keys of two ends whose columns are paired in order. Nulls are told apart by the columns themselves.
 * @param names How a column is named at its end; by its own name unless told.
 * @throws ProblemError `join-unfit` in words if they do not pair or do not compare.
 */
export function keysOf(
  from: readonly Column[],
  to: readonly Column[],
  comparison: Comparison,
  names: Names = ownNames,
): Keys {
  if (from.length === 0 || from.length !== to.length) {
    const reason = `one end has ${from.length} columns and the other ${to.length}`;
    throw new ProblemError(problem('join-unfit', { reason }));
  }
  const pairs = from.map((a, i) => pairOf(a, to[i]!, comparison, names));
  return { from: pairs.flatMap((p) => p.from), to: pairs.flatMap((p) => p.to) };
}

/** Whether two columns can be compared so. */
export function compares(a: Column, b: Column, comparison: Comparison): boolean {
  return expressionsOf(a, b, comparison, ownNames) !== null;
}

/** The condition that no column of a key is null. */
export function filledSql(columns: readonly Column[]): string {
  return columns.map((c) => `${identifier(c.name)} IS NOT NULL`).join(' AND ');
}

function pairOf(a: Column, b: Column, comparison: Comparison, names: Names): Keys {
  const found = expressionsOf(a, b, comparison, names);
  if (found !== null) return found;
  const how = comparison === 'number' ? 'as numbers' : 'as they stand';
  const reason = `${named(a)} and ${named(b)} do not compare ${how}`;
  throw new ProblemError(problem('join-unfit', { reason }));
}

function named({ name, type }: Column): string {
  return `“${name}” (${type})`;
}

function expressionsOf(a: Column, b: Column, comparison: Comparison, names: Names): Keys | null {
  switch (comparison) {
    case 'text':
      return { from: [textSql(names.from(a))], to: [textSql(names.to(b))] };
    case 'number':
      return isReadable(a) && isReadable(b) && (a.kind === 'text' || b.kind === 'text')
        ? { from: numberSql(a, b, names.from(a)), to: numberSql(b, a, names.to(b)) }
        : expressionsOf(a, b, 'value', names);
    case 'value':
      return valueSql(a, b, names);
  }
}

/** As they stand, or under the type to which DuckDB would bring both. */
function valueSql(a: Column, b: Column, names: Names): Keys | null {
  const both = (cast: string): Keys => ({
    from: [`${names.from(a)}${cast}`],
    to: [`${names.to(b)}${cast}`],
  });
  if (a.type === b.type) return both('');
  if (a.kind !== b.kind || a.kind === 'nested') return null;
  if (a.kind === 'number') return both(isFloating(a.type) || isFloating(b.type) ? '::DOUBLE' : '');
  if (a.kind === 'time') return isClock(a) === isClock(b) ? both('') : null;
  return both('::VARCHAR');
}

function isClock({ type }: Column): boolean {
  return type === 'TIME' || type === 'TIME_NS' || type.startsWith('TIME WITH');
}

function textSql(name: string): string {
  return `lower(trim(${name}::VARCHAR))`;
}

function isReadable({ kind }: Column): boolean {
  return kind === 'number' || kind === 'text';
}

/** The number, and the text where it is none: a text that is no number is a key of its own, and no null. */
function numberSql(column: Column, other: Column, name: string): readonly string[] {
  const type = isFloating(column.type) || isFloating(other.type) ? 'DOUBLE' : `DECIMAL(38, ${PLACES})`;
  const text = column.kind === 'text' ? `trim(${name}::VARCHAR)` : name;
  const number = `TRY_CAST(${text} AS ${type})`;
  return [number, `CASE WHEN ${number} IS NULL THEN trim(${name}::VARCHAR) END`];
}
