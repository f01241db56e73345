/**
 * Quantiles from counts in buckets: within the bucket in which the rank lies, values are taken to be spread evenly.
 */

/** A bucket that holds `count` values from `low` to `high`. In order, without overlap. */
export interface Bucket {
  readonly low: number;
  readonly high: number;
  readonly count: number;
}

/** `error` is how far the true quantile may lie from `value`: 0 if the bucket holds a single value. */
export interface Estimated {
  readonly value: number;
  readonly error: number;
}

/** @param p 0…1. @returns null if the buckets are empty. */
export function quantileFrom(buckets: readonly Bucket[], p: number): Estimated | null {
  const n = buckets.reduce((sum, b) => sum + b.count, 0);
  if (n === 0) return null;
  const rank = (n - 1) * p;
  let before = 0;
  for (const [i, { low, high, count }] of buckets.entries()) {
    // A rank between the last value of a bucket and the first of the next lies between the two.
    if (rank > before + count - 1 && rank < before + count) {
      const next = buckets.slice(i + 1).find((b) => b.count > 0);
      if (next === undefined) return { value: high, error: 0 };
      const share = rank - (before + count - 1);
      return { value: high + share * (next.low - high), error: 0 };
    }
    if (rank <= before + count - 1) {
      if (low === high) return { value: low, error: 0 };
      const at = count === 1 ? 0 : (rank - before) / (count - 1);
      const value = low + at * (high - low);
      // The first value of a bucket is its least, the last its greatest.
      if (at === 0 || at === 1) return { value, error: 0 };
      return { value, error: Math.max(value - low, high - value) };
    }
    before += count;
  }
  return null;
}
