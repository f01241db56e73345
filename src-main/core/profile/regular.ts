/**
 * How regular the times of a column are: the coarsest grain that loses nothing of them, and the steps that it has.
 */
import type { Cell } from '../table';

const grains = ['year', 'quarter', 'month', 'week', 'day', 'hour', 'minute', 'second'] as const;
export type RangeGrain = (typeof grains)[number];

/** The test of a grain over times `t`; a week may begin on any day. */
function testOf(grain: RangeGrain): string {
  return grain === 'week'
    ? `min(dayofweek(t)) = max(dayofweek(t)) AND bool_and(date_trunc('day', t) = t)`
    : `bool_and(date_trunc('${grain}', t) = t)`;
}

/** A grain and the finer ones, coarsest first, with their tests; none if there is no grain. */
export function grainsFrom(grain: string | undefined): readonly { name: RangeGrain; test: string }[] {
  const at = (grains as readonly (string | undefined)[]).indexOf(grain);
  return at < 0 ? [] : grains.slice(at).map((name) => ({ name, test: testOf(name) }));
}

/** Per grain whether every time `t` stands at the beginning of one. */
export const grainTests: readonly string[] = grains.map(testOf);

/**
 * The grain, or null if values are finer than a second or there are fewer than three distinct ones, which all grains fit.
 * @param distinct Distinct values.
 */
export function readGrain(row: readonly Cell[], distinct: number): RangeGrain | null {
  return distinct < 3 ? null : (grains.find((_, i) => row[i] === true) ?? null);
}

/** Steps of a grain from the least to the greatest time `t`, both counted. */
export function stepsSql(grain: RangeGrain): string {
  const steps =
    grain === 'week' ? `date_diff('day', min(t), max(t)) / 7` : `date_diff('${grain}', min(t), max(t))`;
  return `${steps} + 1`;
}
