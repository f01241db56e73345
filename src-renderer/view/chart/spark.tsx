import { memo } from 'react';
import type { ColumnProfile } from '#core/profile/profile';
import { type SparkPart, sparkShape } from './spark-shape';
import './chart.css';

/**
 * A column at a glance: a histogram for numbers and times, the shares of the most frequent values for the rest, the nulls
 * beside them. Own SVG, since there can be two thousand of them on a page.
 *
 * @param total The profile over all rows, drawn as a ghost behind; leave it out if there is no filter.
 * @param width In pixels, like `height`.
 */
export const Spark = memo(function Spark({
  profile,
  total,
  width,
  height,
}: {
  profile: ColumnProfile;
  total?: ColumnProfile | undefined;
  width: number;
  height: number;
}) {
  const shape = sparkShape(profile, total);
  const words = `${profile.name}: ${shape.words}`;
  return (
    <svg
      className="chart-spark"
      role="img"
      aria-label={words}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
    >
      <title>{words}</title>
      {shape.parts.length === 0 ? (
        <line className="chart-spark-none" x1="0" x2={width} y1={height - 0.5} y2={height - 0.5} />
      ) : (
        shape.parts.map((part) => (
          <rect
            key={`${part.tone} ${part.x}`}
            className={`chart-tone-${part.tone}`}
            {...rectangle(part, width, height)}
          />
        ))
      )}
    </svg>
  );
});

/** Whole pixels with a gap of one between neighbours where there is room, and never less than one pixel in either way. */
function rectangle(part: SparkPart, width: number, height: number) {
  const left = Math.round(part.x * width);
  const right = Math.round((part.x + part.width) * width);
  const gap = right - left > 2 && right < width ? 1 : 0;
  const tall = Math.max(1, Math.round(part.height * height));
  return {
    x: Math.min(left, width - 1),
    y: height - tall,
    width: Math.max(1, right - left - gap),
    height: tall,
  };
}
