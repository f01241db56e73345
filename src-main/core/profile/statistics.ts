/**
 * All statistics of a column. Tables, sort lists and files of figures are made of this one list.
 */
import { counted } from './counted';
import { extent } from './extent';
import { spread } from './spread';
import type { Statistic } from './statistic';

/** In the order in which they are shown; the name of the column comes first. */
export const statistics: readonly Statistic[] = [...counted, ...spread, ...extent];

const byKey = new Map(statistics.map((s) => [s.key, s]));

/** The statistic of this key; undefined if there is none. */
export function statisticNamed(key: string): Statistic | undefined {
  return byKey.get(key);
}

/** The name of a statistic in the window. @throws RangeError if there is none of this key. */
export function statisticTitle(key: string): string {
  const found = byKey.get(key);
  if (found === undefined) throw new RangeError(`unknown statistic: ${key}`);
  return found.title;
}
