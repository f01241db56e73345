/**
 * The scale of a strip plot: even, or drawn together away from the median so that a box beside far values can be seen.
 */
import { numberTicks } from './ticks';

export type StripScale = 'linear' | 'log';

/** Least, quartiles and greatest. */
export type Box = readonly [number, number, number, number, number];

/** Times the box fits into the whole range, from where on it can hardly be seen on an even scale. */
const HIDDEN = 25;

/** The scale on which the box can be seen. */
export function scaleFor([min, q1, , q3, max]: Box): StripScale {
  return max - min > HIDDEN * (q3 - q1) && q3 > q1 ? 'log' : 'linear';
}

/** Where a value stands, from 0 at the least to 1 at the greatest. */
export function placeOn(box: Box, scale: StripScale): (value: number) => number {
  // Where the difference of the ends is beyond the greatest number, all are placed at a quarter of their size.
  const shrink = Number.isFinite(box[4] - box[0]) ? 1 : 0.25;
  const [min, q1, median, q3, max] = box.map((v) => v * shrink) as unknown as Box;
  const unit = q3 > q1 ? q3 - q1 : Math.max(Number.MIN_VALUE, (max - min) / HIDDEN);
  // The inverse hyperbolic sine is even near the median and a logarithm far from it, on both sides.
  const at = scale === 'linear' ? (v: number) => v : (v: number) => Math.asinh((v - median) / unit);
  const [from, to] = [at(min), at(max)];
  const span = to - from;
  return (v) => (span > 0 && Number.isFinite(span) ? (at(v * shrink) - from) / span : 0.5);
}

/** Values that are marked below the plot, none closer than `apart` (as a share of the width) to another. */
export function stripTicks(box: Box, scale: StripScale, apart: number): readonly number[] {
  const [min, q1, median, q3, max] = box;
  const place = placeOn(box, scale);
  const wished =
    scale === 'linear'
      ? numberTicks(min, max, Math.max(1, Math.floor(1 / apart)))
      : [median, min, max, ...powers(min, max), q1, q3];
  const kept: number[] = [];
  for (const tick of wished)
    if (kept.every((other) => Math.abs(place(other) - place(tick)) >= apart)) kept.push(tick);
  return kept.sort((a, b) => a - b);
}

/** Powers of ten within a range, on both sides of 0, the largest first. */
function powers(min: number, max: number): readonly number[] {
  const most = Math.max(Math.abs(min), Math.abs(max));
  if (!(most > 0) || !Number.isFinite(most)) return [];
  const top = Math.floor(Math.log10(most));
  const all = Array.from({ length: 12 }, (_, i) => 10 ** (top - i));
  return [...all, ...all.map((p) => -p)].filter((p) => p > min && p < max);
}
