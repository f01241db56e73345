/**
 * Bins as a chart needs them: as numbers, on one scale, with the share of the rows that each holds.
 */
import { instant } from '#core/instant';
import type { Bin, ColumnProfile } from '#core/profile/profile';
import type { Cell } from '#core/table';

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

/** A bin where it is drawn. `left` and `right` are on the axis, which equals the column's unit outside the tails. */
export interface PlacedBin extends NumericBin {
  readonly left: number;
  readonly right: number;
  readonly tail: 'low' | 'high' | null;
}

/** Bins on an axis. Long tails are one bin each, drawn narrow and apart from the others. */
export interface Layout {
  readonly bins: readonly PlacedBin[];
  /** Both ends of the axis. */
  readonly range: readonly [number, number];
  /** The part of the axis that is in the column's unit. */
  readonly core: readonly [number, number];
  /** Where a value stands on the axis; beyond the last bin it stands at the end. */
  place(value: number): number;
}

/** A bin at an end is a tail if it is this many times as wide as the ordinary ones. */
const tailFrom = 2.5;
/** How wide a tail is drawn, and how far from the others, in ordinary bins. */
const tailWidth = 2;
const tailGap = 0.75;

/** Lays bins out; null if there are none, or if one has no place on a line. */
export function layoutOf(bins: readonly NumericBin[]): Layout | null {
  const first = bins[0];
  const last = bins.at(-1);
  if (first === undefined || last === undefined) return null;
  if (!bins.every((bin) => Number.isFinite(bin.low) && Number.isFinite(bin.high))) return null;
  const widths = bins.map((bin) => bin.high - bin.low).sort((a, b) => a - b);
  const usual = widths[Math.floor(widths.length / 2)] || 1;
  const isTail = (bin: NumericBin) => bins.length > 3 && bin.high - bin.low > tailFrom * usual;
  const lowTail = isTail(first) ? first : null;
  const highTail = isTail(last) ? last : null;
  const low = lowTail?.high ?? first.low;
  const high = highTail?.low ?? (last.high > low ? last.high : low + 1);
  const begin = lowTail === null ? low : low - (tailGap + tailWidth) * usual;
  const end = highTail === null ? high : high + (tailGap + tailWidth) * usual;
  const within = (v: number, bin: NumericBin, left: number) =>
    left + ((v - bin.low) / (bin.high - bin.low || 1)) * tailWidth * usual;
  const place = (v: number) => {
    if (lowTail !== null && v < low) return Math.max(begin, within(v, lowTail, begin));
    if (highTail !== null && v > high) return Math.min(end, within(v, highTail, high + tailGap * usual));
    return Math.max(begin, Math.min(end, v));
  };
  return {
    range: [begin, end],
    core: [low, high],
    place,
    bins: bins.map((bin): PlacedBin => {
      if (bin === lowTail) return { ...bin, left: begin, right: begin + tailWidth * usual, tail: 'low' };
      if (bin === highTail) return { ...bin, left: end - tailWidth * usual, right: end, tail: 'high' };
      return { ...bin, left: bin.low, right: bin.high > bin.low ? bin.high : bin.low + 1, tail: null };
    }),
  };
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
