/**
 * How regular the times of a column are: the coarsest grain that loses nothing of them, and the steps of it that lack.
 */
import { identifier } from '../sql';
import type { Cell, Column } from '../table';
import type { Range } from './profile';

const grains = ['year', 'quarter', 'month', 'week', 'day', 'hour', 'minute', 'second'] as const;
export type RangeGrain = (typeof grains)[number];

/** One row: per grain whether every value stands at the beginning of one; a week may begin on any day. */
export function grainSql(from: string, column: Column): string {
  const c = `${identifier(column.name)}::TIMESTAMP`;
  const tests = grains.map((grain) =>
    grain === 'week'
      ? `min(dayofweek(${c})) = max(dayofweek(${c})) AND bool_and(date_trunc('day', ${c}) = ${c})`
      : `bool_and(date_trunc('${grain}', ${c}) = ${c})`,
  );
  return `SELECT ${tests.join(', ')} FROM ${from} WHERE isfinite(${identifier(column.name)})`;
}

/**
 * The grain, or null if values are finer than a second or there are fewer than three distinct ones, which all grains fit.
 * @param distinct Distinct values.
 */
export function readGrain(row: readonly Cell[], distinct: number): RangeGrain | null {
  return distinct < 3 ? null : (grains.find((_, i) => row[i] === true) ?? null);
}

/** One number: steps from the least to the greatest value, both counted, that no value stands at. */
export function gapsSql(from: string, column: Column, grain: RangeGrain): string {
  const c = `${identifier(column.name)}::TIMESTAMP`;
  const steps =
    grain === 'week'
      ? `date_diff('day', min(${c}), max(${c})) / 7`
      : `date_diff('${grain}', min(${c}), max(${c}))`;
  return `SELECT (${steps})::BIGINT + 1 - count(DISTINCT ${c}) FROM ${from} WHERE isfinite(${identifier(column.name)})`;
}

export function readRange(grain: RangeGrain, row: readonly Cell[]): Range {
  return { grain, gaps: Number(row[0] ?? 0) };
}
