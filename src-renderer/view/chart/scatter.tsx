/**
 * Two figures of each group against each other.
 */
import { type KeyboardEvent, type PointerEvent, useState } from 'react';
import { CartesianGrid, Scatter, ScatterChart, XAxis, YAxis } from 'recharts';
import { numberTicks } from './ticks';
import { useWidth } from './width';
import './series.css';

const plot = { left: 60, right: 16, top: 8, bottom: 24 } as const;

export interface ScatterPoint {
  readonly name: string;
  readonly x: number;
  readonly y: number;
}

type Format = (value: number) => string;

function ends(values: readonly number[]): readonly [number, number] {
  if (values.length === 0) return [0, 1];
  let low = values.reduce((a, b) => Math.min(a, b));
  let high = values.reduce((a, b) => Math.max(a, b));
  if (low > 0 && low < high / 2) low = 0;
  if (low === high) [low, high] = [Math.min(0, low), high === 0 ? 1 : Math.max(0, high)];
  const room = (high - low) * 0.05;
  return [low === 0 ? 0 : low - room, high + room];
}

/** @param names Of the two figures, and how they read in full and on an axis. */
export function ScatterPlot({
  names,
  points,
  height,
  formats,
  shorts,
}: {
  names: readonly [string, string];
  points: readonly ScatterPoint[];
  height: number;
  formats: readonly [Format, Format];
  shorts: readonly [Format, Format];
}) {
  const [frame, width] = useWidth();
  const [at, setAt] = useState<number | null>(null);
  const x = ends(points.map((p) => p.x));
  const y = ends(points.map((p) => p.y));
  const place = (p: ScatterPoint) =>
    [
      plot.left + ((p.x - x[0]) / (x[1] - x[0])) * (width - plot.left - plot.right),
      height - plot.bottom - ((p.y - y[0]) / (y[1] - y[0])) * (height - plot.bottom - plot.top),
    ] as const;
  const move = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    let best: number | null = null;
    let near = 24;
    points.forEach((p, i) => {
      const [px, py] = place(p);
      const far = Math.hypot(px - (event.clientX - box.left), py - (event.clientY - box.top));
      if (far < near) [best, near] = [i, far];
    });
    setAt(best);
  };
  const keys = (event: KeyboardEvent) => {
    const next = { ArrowLeft: (at ?? 1) - 1, ArrowRight: (at ?? -1) + 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    setAt(Math.max(0, Math.min(points.length - 1, next)));
  };
  const label = `${names[1]} against ${names[0]}`;
  const point = at === null ? undefined : points[at];
  return (
    <figure className="series">
      <figcaption className="series-readout" aria-live="polite">
        {point === undefined ? (
          <span className="series-label">{label}</span>
        ) : (
          <>
            <b>{point.name}</b>
            <span>
              {names[0]} {formats[0](point.x)}
            </span>
            <span>
              {names[1]} {formats[1](point.y)}
            </span>
          </>
        )}
      </figcaption>
      <div
        ref={frame}
        className="series-frame"
        style={{ height }}
        role="application"
        aria-label={`${label}. Arrow keys read it; the same figures stand in the table.`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard moves in it.
        tabIndex={0}
        onPointerMove={move}
        onPointerLeave={() => setAt(null)}
        onBlur={() => setAt(null)}
        onKeyDown={keys}
      >
        {width === 0 ? null : (
          <ScatterChart
            width={width}
            height={height}
            margin={{ left: 0, right: plot.right, top: plot.top, bottom: 0 }}
            accessibilityLayer={false}
          >
            <CartesianGrid syncWithTicks stroke="var(--line)" strokeDasharray="3 3" />
            <XAxis
              type="number"
              dataKey="x"
              domain={[...x]}
              ticks={[...numberTicks(x[0], x[1], Math.max(2, Math.floor(width / 110)))]}
              tickFormatter={shorts[0]}
              height={plot.bottom}
              tickLine={false}
              axisLine={{ stroke: 'var(--line-strong)' }}
              tick={{ className: 'chart-tick' }}
            />
            <YAxis
              type="number"
              dataKey="y"
              width={plot.left}
              domain={[...y]}
              ticks={[...numberTicks(y[0], y[1], Math.max(2, Math.floor(height / 48)))]}
              tickFormatter={shorts[1]}
              tickLine={false}
              axisLine={false}
              tick={{ className: 'chart-tick' }}
            />
            <Scatter
              data={points.map((p, i) => ({ ...p, active: i === at }))}
              isAnimationActive={false}
              shape={(dot: unknown) => {
                const { cx, cy, active } = dot as { cx: number; cy: number; active?: boolean };
                return (
                  <circle
                    className={active ? 'series-dot series-dot-at' : 'series-dot'}
                    cx={cx}
                    cy={cy}
                    r={active ? 5 : 3.5}
                  />
                );
              }}
            />
          </ScatterChart>
        )}
      </div>
    </figure>
  );
}
