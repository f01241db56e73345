/**
 * Keys of two tables brought to one spelling, so that equal keys are equal values.
 */
import { ProblemError, problem } from '../problem';
import { identifier } from '../sql';
import { type Column, isFloating } from '../table';
import type { Comparison } from './join';

/** The expressions that make a key at each end; equal keys are equal in all of them, where two nulls are equal. */
export interface Keys {
  readonly from: readonly string[];
  readonly to: readonly string[];
}

/** Places behind the point to which texts are read as numbers, unless the other end is floating. */
const PLACES = 10;

/**
 * The keys of two ends whose columns are paired in order. Nulls are told apart by the columns themselves.
 * @throws ProblemError `join-unfit` in words if they do not pair or do not compare.
 */
export function keysOf(from: readonly Column[], to: readonly Column[], comparison: Comparison): Keys {
  if (from.length === 0 || from.length !== to.length) {
    const reason = `one end has ${from.length} columns and the other ${to.length}`;
    throw new ProblemError(problem('join-unfit', { reason }));
  }
  const pairs = from.map((a, i) => pairOf(a, to[i]!, comparison));
  return { from: pairs.flatMap((p) => p.from), to: pairs.flatMap((p) => p.to) };
}

/** Whether two columns can be compared so. */
export function compares(a: Column, b: Column, comparison: Comparison): boolean {
  return expressionsOf(a, b, comparison) !== null;
}

/** The condition that no column of a key is null. */
export function filledSql(columns: readonly Column[]): string {
  return columns.map((c) => `${identifier(c.name)} IS NOT NULL`).join(' AND ');
}

function pairOf(a: Column, b: Column, comparison: Comparison): Keys {
  const found = expressionsOf(a, b, comparison);
  if (found !== null) return found;
  const how = comparison === 'number' ? 'as numbers' : 'as they stand';
  const reason = `${named(a)} and ${named(b)} do not compare ${how}`;
  throw new ProblemError(problem('join-unfit', { reason }));
}

function named({ name, type }: Column): string {
  return `“${name}” (${type})`;
}

function expressionsOf(a: Column, b: Column, comparison: Comparison): Keys | null {
  switch (comparison) {
    case 'text':
      return { from: [textSql(a)], to: [textSql(b)] };
    case 'number':
      return isReadable(a) && isReadable(b) && (a.kind === 'text' || b.kind === 'text')
        ? { from: numberSql(a, b), to: numberSql(b, a) }
        : expressionsOf(a, b, 'value');
    case 'value':
      return valueSql(a, b);
  }
}

/** As they stand, or under the type to which DuckDB would bring both. */
function valueSql(a: Column, b: Column): Keys | null {
  const both = (cast: string): Keys => ({
    from: [`${identifier(a.name)}${cast}`],
    to: [`${identifier(b.name)}${cast}`],
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

function textSql({ name }: Column): string {
  return `lower(trim(${identifier(name)}::VARCHAR))`;
}

function isReadable({ kind }: Column): boolean {
  return kind === 'number' || kind === 'text';
}

/** The number, and the text where it is none: a text that is no number is a key of its own, and no null. */
function numberSql(column: Column, other: Column): readonly string[] {
  const type = isFloating(column.type) || isFloating(other.type) ? 'DOUBLE' : `DECIMAL(38, ${PLACES})`;
  const name = identifier(column.name);
  const text = column.kind === 'text' ? `trim(${name}::VARCHAR)` : name;
  const number = `TRY_CAST(${text} AS ${type})`;
  return [number, `CASE WHEN ${number} IS NULL THEN trim(${name}::VARCHAR) END`];
}
