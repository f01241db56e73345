/**
 * Bins as a chart needs them: as numbers, on one scale, with the share of the rows that each holds.
 */
import type { Bin, ColumnProfile } from '#core/profile/profile';
import type { Cell } from '#core/table';
import { instant } from '../ui/figure';

/** A bin with numeric edges: the column's own unit, or milliseconds since 1970 for times. */
export interface NumericBin {
  readonly low: number;
  readonly high: number;
  readonly count: number;
}

/** An edge of a bin, a fence or a value as a number; NaN if it is none. Times count in milliseconds since 1970. */
export function edge(value: Cell | undefined): number {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return Number.NaN;
  return value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : instant(value);
}

/** The bins of a profile, in order; empty if it has none or its edges are no numbers. */
export function numericBins(profile: ColumnProfile | undefined): readonly NumericBin[] {
  const bins = (profile?.histogram ?? []).map((bin: Bin) => ({
    low: edge(bin.low),
    high: edge(bin.high),
    count: bin.count,
  }));
  return bins.every((bin) => Number.isFinite(bin.low) && Number.isFinite(bin.high)) ? bins : [];
}

/** From the first edge to the last; null if there are no bins. */
export function domain(bins: readonly NumericBin[]): readonly [number, number] | null {
  const first = bins[0];
  const last = bins.at(-1);
  if (first === undefined || last === undefined) return null;
  return last.high > first.low ? [first.low, last.high] : [first.low - 0.5, first.low + 0.5];
}

/**
 * The counts of `bins` moved to the edges of `onto`, each bin's rows spread evenly over its width. Exact where the edges
 * of both agree, which is what lets a part be drawn over its total.
 */
export function rebin(bins: readonly NumericBin[], onto: readonly NumericBin[]): readonly number[] {
  const counts = onto.map(() => 0);
  for (const bin of bins) {
    const width = bin.high - bin.low;
    onto.forEach((target, i) => {
      const last = i === onto.length - 1;
      if (width <= 0) {
        const inside = bin.low >= target.low && (bin.low < target.high || (last && bin.low <= target.high));
        if (inside) counts[i] = (counts[i] ?? 0) + bin.count;
        return;
      }
      const overlap = Math.min(bin.high, target.high) - Math.max(bin.low, target.low);
      if (overlap > 0) counts[i] = (counts[i] ?? 0) + (bin.count * overlap) / width;
    });
  }
  return counts;
}

/** Whether two sets of bins have the same edges, so that counts of one can be compared with the other bin by bin. */
export function sameEdges(a: readonly NumericBin[], b: readonly NumericBin[]): boolean {
  return a.length === b.length && a.every((bin, i) => bin.low === b[i]?.low && bin.high === b[i]?.high);
}
