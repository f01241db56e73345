import { memo } from 'react';
import type { SharedBin, SharedValue } from '#core/compare/comparison';
import { edge, layoutOf } from './bins';
import './chart.css';
import './overlay.css';

/** Values of a list that are drawn where there are no bins. */
const shown = 8;

/**
 * Two distributions at a glance, each as shares: A as a ghost with its upper edge, B solid. Bins where there are any, else
 * the most frequent values side by side.
 *
 * @param of Values of A and of B, of which a frequent value is a share.
 * @param width In pixels, like `height`.
 */
export const OverlaySpark = memo(function OverlaySpark({
  name,
  bins,
  top,
  of,
  width,
  height,
}: {
  name: string;
  bins: readonly SharedBin[] | null;
  top: readonly SharedValue[];
  of: readonly [number, number];
  width: number;
  height: number;
}) {
  const bars = barsOf(bins, top, of);
  const most = Math.max(1e-9, ...bars.map((bar) => Math.max(bar.a, bar.b)));
  const words = `${name}: shares of A and of B`;
  return (
    <svg className="chart-spark" role="img" aria-label={words} width={width} height={height}>
      <title>{words}</title>
      {bars.length === 0 ? (
        <line className="chart-spark-none" x1="0" x2={width} y1={height - 0.5} y2={height - 0.5} />
      ) : (
        bars.map((bar) => {
          const left = Math.round(bar.left * width);
          const wide = Math.max(1, Math.round(bar.right * width) - left);
          const inner = wide > 3 ? wide - 1 : wide;
          const [a, b] = [bar.a, bar.b].map((n) =>
            n === 0 ? 0 : Math.max(1, Math.round((n / most) * height)),
          );
          return (
            <g key={bar.left}>
              <rect className="chart-tone-ghost" x={left} y={height - (a ?? 0)} width={inner} height={a} />
              <rect className="chart-tone-data" x={left} y={height - (b ?? 0)} width={inner} height={b} />
              {a !== undefined && a > 0 && a < (b ?? 0) ? (
                <path className="chart-ghost-edge" d={`M${left} ${height - a + 0.5}h${inner}`} />
              ) : null}
            </g>
          );
        })
      )}
    </svg>
  );
});

interface SparkBar {
  /** Fractions of the width. */
  readonly left: number;
  readonly right: number;
  /** Shares of each side. */
  readonly a: number;
  readonly b: number;
}

function barsOf(
  bins: readonly SharedBin[] | null,
  top: readonly SharedValue[],
  of: readonly [number, number],
): readonly SparkBar[] {
  if (bins !== null && bins.length > 0) {
    const layout = layoutOf(bins.map((bin) => ({ low: edge(bin.low), high: edge(bin.high), count: 0 })));
    if (layout === null) return [];
    const [low, high] = layout.range;
    const sum = (side: 'a' | 'b') =>
      Math.max(
        1,
        bins.reduce((n, bin) => n + bin[side], 0),
      );
    const [n, m] = [sum('a'), sum('b')];
    return layout.bins.map((bin, i) => ({
      left: (bin.left - low) / (high - low || 1),
      right: (bin.right - low) / (high - low || 1),
      a: (bins[i]?.a ?? 0) / n,
      b: (bins[i]?.b ?? 0) / m,
    }));
  }
  const values = top.slice(0, shown);
  const [n, m] = of.map((values) => Math.max(1, values));
  return values.map((v, i) => ({
    left: i / values.length,
    right: (i + 1) / values.length,
    a: v.a / (n ?? 1),
    b: v.b / (m ?? 1),
  }));
}
