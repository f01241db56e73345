/**
 * Bins for histograms: round widths for numbers, calendar grains for times.
 */

/** Equal bins at whole multiples of `width`: bin i covers [(low + i) · width, (low + i + 1) · width). */
export interface Bins {
  /** Index of the first bin; its lower edge is `low · width`. */
  readonly low: number;
  readonly count: number;
  readonly width: number;
}

/**
 * Split a range into equal bins whose width is 1, 2 or 5 times a power of ten.
 *
 * @param min Least value, in the column's own unit. Must be finite.
 * @param max Greatest value, same unit. Must be finite and not below `min`.
 * @param target Wished number of bins; a hint, at least 1. The result has at most `target + 2`,
 *  because the outer edges are rounded outwards.
 * @param whole Whether values are whole numbers, which bins narrower than 1 would only leave empty.
 * @returns One bin of width 1 if min = max.
 * @throws RangeError if the range is not finite or runs backwards.
 *
 * Source: Heckbert, "Nice Numbers for Graph Labels", Graphics Gems (1990).
 */
export function niceBins(min: number, max: number, target: number, whole: boolean): Bins {
  if (!Number.isFinite(min) || !Number.isFinite(max) || max < min)
    throw new RangeError(`not a range: [${min}, ${max}]`);
  if (min === max) return { low: Math.floor(min), count: 1, width: 1 };
  const width = niceStep((max - min) / target, whole);
  const low = Math.floor(min / width);
  // The last bin is closed on both sides, so a greatest value on an edge needs no bin of its own; it has one anyway
  // where bins stand for single whole numbers.
  const top = Math.floor(max / width);
  const count = Math.max(
    1,
    top - low + (width === 1 && whole ? 1 : Math.abs(top * width - max) < width * 1e-9 ? 0 : 1),
  );
  return { low, count, width };
}

function niceStep(raw: number, whole: boolean): number {
  const power = 10 ** Math.floor(Math.log10(raw));
  const share = raw / power;
  const step = (share <= 1 ? 1 : share <= 2 ? 2 : share <= 5 ? 5 : 10) * power;
  return whole ? Math.max(1, step) : step;
}

export const grains = [
  'second',
  'minute',
  'hour',
  'day',
  'week',
  'month',
  'quarter',
  'year',
  'decade',
  'century',
] as const;
export type Grain = (typeof grains)[number];

const seconds: Readonly<Record<Grain, number>> = {
  second: 1,
  minute: 60,
  hour: 3_600,
  day: 86_400,
  week: 604_800,
  month: 2_629_746,
  quarter: 7_889_238,
  year: 31_556_952,
  decade: 315_569_520,
  century: 3_155_695_200,
};

/**
 * The finest calendar grain that splits a span into at most `target` bins.
 * @param span In seconds.
 * @param dateOnly Whether values have no time of day, which grains below a day would only leave empty.
 */
export function grainFor(span: number, target: number, dateOnly: boolean): Grain {
  const fit = grains.find(
    (grain) => span / seconds[grain] <= target && !(dateOnly && seconds[grain] < seconds.day),
  );
  return fit ?? 'century';
}

/** The interval from the beginning of one grain to that of the next. */
export function stepOf(grain: Grain): string {
  if (grain === 'quarter') return '3 months';
  if (grain === 'decade') return '10 years';
  return grain === 'century' ? '100 years' : `1 ${grain}`;
}
