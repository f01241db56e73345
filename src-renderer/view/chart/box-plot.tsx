import type { ColumnProfile } from '#core/profile/profile';
import { numberOf } from '../ui/figure';
import { edge, type Layout } from './bins';
import './chart.css';

/** The figures of a box, as numbers; null if the profile has no quartiles. */
export function boxOf(profile: ColumnProfile) {
  const quantiles = profile.quantiles;
  if (quantiles === undefined) return null;
  const [q1, median, q3] = ['0.25', '0.5', '0.75'].map((p) => edge(quantiles[p]));
  if (q1 === undefined || median === undefined || q3 === undefined) return null;
  if (![q1, median, q3].every(Number.isFinite)) return null;
  const [min, max] = [edge(profile.min), edge(profile.max)];
  const fences = profile.outliers?.[0];
  return {
    q1,
    median,
    q3,
    low: Math.max(min, fences?.lower ?? min),
    high: Math.min(max, fences?.upper ?? max),
    extremes: (fences?.examples ?? []).map(edge).filter(Number.isFinite),
  };
}

/**
 * A box from the first to the third quartile with the median, whiskers to the last values inside the fences, and the
 * most extreme values beyond them, on the scale of the histogram above it.
 *
 * @param left Where the scale begins, in pixels from the left edge; `right` is the room left at the right edge.
 */
export function BoxPlot({
  profile,
  layout,
  width,
  left = 0,
  right = 0,
}: {
  profile: ColumnProfile;
  layout: Layout;
  width: number;
  left?: number;
  right?: number;
}) {
  const box = boxOf(profile);
  const height = 18;
  if (box === null || width <= 0) return <div style={{ height }} />;
  const [from, to] = layout.range;
  const x = (v: number) => left + ((layout.place(v) - from) / (to - from || 1)) * (width - left - right);
  const say = (v: number) => numberOf(v, profile);
  const words = `Box plot: first quartile ${say(box.q1)}, median ${say(box.median)}, third quartile ${say(box.q3)}, whiskers ${say(box.low)} to ${say(box.high)}, ${box.extremes.length} extreme values beyond them drawn`;
  return (
    <svg className="chart-box" role="img" aria-label={words} width={width} height={height}>
      <title>{words}</title>
      <path
        className="chart-box-whisker"
        d={`M${x(box.low)} 5v8M${x(box.low)} 9H${x(box.high)}M${x(box.high)} 5v8`}
      />
      <rect
        className="chart-box-body"
        x={x(box.q1)}
        y={3.5}
        width={Math.max(2, x(box.q3) - x(box.q1))}
        height={11}
      />
      <path className="chart-box-median" d={`M${x(box.median)} 3v12`} />
      {[...new Set(box.extremes.map((v) => Math.round(x(v))))].map((at) => (
        <circle key={at} className="chart-tone-outlier" cx={at} cy={9} r={2} />
      ))}
    </svg>
  );
}
