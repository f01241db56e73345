/**
 * What the counts in fine buckets say: of bins, of fences, of the distances from the median.
 */
import type { Cell } from '../table';
import { IQR_K } from './groups';
import type { Bucket } from './quantile';
import type { Fine } from './wide';

export interface FineBucket extends Bucket {
  readonly at: number;
}

export function bucketsFrom(rows: readonly (readonly Cell[])[]): readonly FineBucket[] {
  return rows.map(([at, count, low, high]) => ({
    at: Number(at),
    count: Number(count),
    low: Number(low),
    high: Number(high),
  }));
}

/** Counts by bin, and whether a value near an edge was counted on its wrong side. */
export function binCounts(buckets: readonly FineBucket[], { bins, per }: Fine) {
  const counts = new Map<number, number>();
  let moved = false;
  for (const { at, count, low, high } of buckets) {
    const bin = at < 0 ? -1 : Math.floor(at / per);
    counts.set(bin, (counts.get(bin) ?? 0) + count);
    const edge = (i: number) => (bins.low + i) * bins.width;
    // Edges as they are told, to twelve digits: 0.30000000000000004 is 0.3.
    const slack = Math.abs(bins.width) * 1e-9;
    if ((bin >= 0 && low < edge(bin) - slack) || (bin < bins.count && high > edge(bin + 1) + slack))
      moved = true;
  }
  return { counts, moved };
}

export function fencesFrom(quantiles: Readonly<Record<string, number>>) {
  const [q1, q3] = [quantiles['0.25'] ?? 0, quantiles['0.75'] ?? 0];
  return { lower: q1 - IQR_K * (q3 - q1), upper: q3 + IQR_K * (q3 - q1) };
}

/** The median of the distances from the median: every bucket stands for its middle. */
export function medianDeviation(
  buckets: readonly Bucket[],
  median: number,
): { value: number; error: number } | null {
  const apart = buckets
    .map(({ low, high, count }) => {
      const [a, b] = [Math.abs(low - median), Math.abs(high - median)];
      return { middle: (a + b) / 2, width: high - low, count };
    })
    .sort((x, y) => x.middle - y.middle);
  const n = apart.reduce((sum, b) => sum + b.count, 0);
  let before = 0;
  let widest = 0;
  for (const { middle, width, count } of apart) {
    widest = Math.max(widest, width);
    before += count;
    if (before >= n / 2) return { value: middle, error: widest };
  }
  return null;
}
