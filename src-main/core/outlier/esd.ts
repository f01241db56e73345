import { significance, smallOf } from './grubbs';
import { type Method, unfit } from './method';
import { tBeyond } from './student';

/** Outliers that are looked for at most, as a share of the values and in all. */
const SHARE = 0.2;
const MOST = 500;

/**
 * How many outliers the generalised extreme studentised deviate test finds.
 *
 * @param sorted Values in ascending order.
 * @param most Outliers to look for at most.
 * @returns The values that are none, as a range of positions: from `first` to before `last`.
 *
 * Source: Rosner, Percentage Points for a Generalized ESD Many-Outlier Procedure, Technometrics 25 (1983).
 */
export function esdRange(
  sorted: readonly number[],
  most: number,
  alpha: number,
): { readonly first: number; readonly last: number } {
  let first = 0;
  let last = sorted.length;
  let found = { first, last };
  for (let i = 1; i <= most && last - first > 2; i++) {
    // Anew each time: taking values out of running sums would lose the small ones beside the large.
    const kept = sorted.slice(first, last);
    const mean = kept.reduce((sum, x) => sum + x, 0) / kept.length;
    const deviation = Math.sqrt(kept.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (kept.length - 1));
    if (!(deviation > 0)) break;
    const low = mean - (kept[0] ?? mean);
    const high = (kept.at(-1) ?? mean) - mean;
    const n = sorted.length;
    const t = tBeyond(alpha / (2 * (n - i + 1)), n - i - 1);
    const critical = ((n - i) * t) / Math.sqrt((n - i - 1 + t * t) * (n - i + 1));
    if (high >= low) last--;
    else first++;
    if (Math.max(low, high) / deviation > critical) found = { first, last };
  }
  return found;
}

export const esd: Method = {
  name: 'esd',
  title: 'Generalized ESD',
  short: 'ESD',
  about:
    'Tests small, about normal data for several outliers that may hide each other (Rosner 1983); up to a fifth of the values.',
  kinds: ['number'],
  parameter: significance,
  judge(facts, alpha) {
    const values = smallOf(facts, 15);
    if (typeof values === 'string') return unfit(values);
    const most = Math.min(MOST, Math.max(1, Math.floor(values.length * SHARE)));
    const { first, last } = esdRange(values, most, alpha);
    const low = values[first] as number;
    const high = values[last - 1] as number;
    // A value equal to one that stays is no outlier either, whichever of the two the test took.
    const remark =
      first === 0 && last === values.length
        ? 'None is found; the fences are the least and the greatest value.'
        : '';
    return { fits: true, flag: { kind: 'outside', low, high }, low, high, remark };
  },
};
