/**
 * Two numbers against each other: points, or cells whose colour says how many rows they hold.
 */
import { useState } from 'react';
import type { PairShape } from '#core/relation/relation';
import { count, number, shortCount, time } from '../ui/figure';
import { numberTicks, timeTick, timeTicks } from './ticks';
import './relation.css';

type Numbers = Extract<PairShape, { kind: 'numbers' }>;

const plot = { left: 62, right: 14, top: 8, bottom: 22 };
/** Width of the strips in which what lies beyond the ends is gathered. */
const strip = 12;

/** How a value of an axis reads: a number, or the time that it is in seconds since 1970. */
export function axisText(value: number, isTime: boolean): string {
  if (!isTime) return number(value, decimalsFor(value));
  const at = new Date(value * 1000);
  return Number.isNaN(at.getTime()) ? String(value) : time(at.toISOString().replace(/(\.000)?Z$/, ''));
}

function decimalsFor(value: number): number {
  const size = Math.abs(value);
  return Number.isInteger(value) ? 0 : size >= 100 ? 1 : size >= 1 ? 2 : 4;
}

function ticksOf(low: number, high: number, room: number, isTime: boolean) {
  if (isTime) {
    const { ticks, unit } = timeTicks(low * 1000, high * 1000, room);
    return ticks.map((ms) => ({ at: ms / 1000, text: timeTick(ms, unit) }));
  }
  const ticks = numberTicks(low, high, room);
  const step = (ticks[1] ?? 1) - (ticks[0] ?? 0);
  const decimals = Math.max(0, Math.min(8, -Math.floor(Math.log10(step) + 1e-9)));
  const large = Math.max(Math.abs(low), Math.abs(high)) >= 100_000;
  return ticks.map((at) => ({ at, text: large ? shortCount(at) : number(at, decimals) }));
}

/** An axis: places of values and of cells, with a strip at each end that holds what lies beyond, where there is any. */
function axisOf(edges: readonly number[], used: ReadonlySet<number>, from: number, to: number) {
  const last = edges.length - 1;
  const [low, high] = [edges[0]!, edges[last]!];
  const sign = Math.sign(to - from);
  const begin = from + (used.has(-1) ? sign * strip : 0);
  const end = to - (used.has(last) ? sign * strip : 0);
  const place = (v: number) => begin + ((v - low) / (high - low)) * (end - begin);
  const cell = (i: number): readonly [number, number] => {
    const [a, b] = i < 0 ? [from, begin] : i >= last ? [end, to] : [place(edges[i]!), place(edges[i + 1]!)];
    return [Math.min(a, b), Math.abs(b - a)];
  };
  return { low, high, place, cell, begin, end };
}

export function rangeWords(edges: readonly number[], i: number, isTime: boolean): string {
  const last = edges.length - 1;
  if (i < 0) return `below ${axisText(edges[0]!, isTime)}`;
  if (i >= last) return `above ${axisText(edges[last]!, isTime)}`;
  return `${axisText(edges[i]!, isTime)} – ${axisText(edges[i + 1]!, isTime)}`;
}

export function PairPlot({
  shape,
  names,
  times,
  width,
  height,
  points,
}: {
  shape: Numbers;
  names: readonly [string, string];
  /** Which of the axes are times. */
  times: readonly [boolean, boolean];
  width: number;
  height: number;
  /** Whether to draw points instead of cells. */
  points: boolean;
}) {
  const [at, setAt] = useState<readonly [number, number, number] | null>(null);
  const x = axisOf(shape.x, new Set(shape.cells.map((c) => c[0])), plot.left, width - plot.right);
  const y = axisOf(shape.y, new Set(shape.cells.map((c) => c[1])), height - plot.bottom, plot.top);
  const most = Math.max(1, ...shape.cells.map((c) => c[2]));
  const clamp = (axis: typeof x, v: number) =>
    v < axis.low
      ? axis.begin - (Math.sign(axis.end - axis.begin) * strip) / 2
      : v > axis.high
        ? axis.end + (Math.sign(axis.end - axis.begin) * strip) / 2
        : axis.place(v);
  const words = `${names[1]} against ${names[0]}, ${count(shape.cells.reduce((s, c) => s + c[2], 0))} rows`;
  const room = [Math.max(2, Math.floor(width / 90)), Math.max(2, Math.floor(height / 50))] as const;
  return (
    <figure className="pair-plot">
      <p className="heat-readout">
        {at === null
          ? `${names[1]} against ${names[0]}`
          : `${names[0]} ${rangeWords(shape.x, at[0], times[0])}, ${names[1]} ${rangeWords(shape.y, at[1], times[1])}: ${count(at[2])} rows`}
      </p>
      <svg width={width} height={height} role="img" aria-label={words} onPointerLeave={() => setAt(null)}>
        <title>{words}</title>
        {ticksOf(y.low, y.high, room[1], times[1]).map((t) => (
          <g key={t.at}>
            <path className="pair-grid" d={`M${plot.left} ${y.place(t.at)}H${width - plot.right}`} />
            <text className="chart-tick pair-tick-y" x={plot.left - 6} y={y.place(t.at) + 4}>
              {t.text}
            </text>
          </g>
        ))}
        {ticksOf(x.low, x.high, room[0], times[0]).map((t) => (
          <text key={t.at} className="chart-tick pair-tick-x" x={x.place(t.at)} y={height - 6}>
            {t.text}
          </text>
        ))}
        {shape.cells.map((c) => {
          const [left, wide] = x.cell(c[0]);
          const [top, tall] = y.cell(c[1]);
          const share = Math.round(100 * (0.12 + 0.88 * (Math.log1p(c[2]) / Math.log1p(most))));
          return (
            <rect
              key={`${c[0]} ${c[1]}`}
              x={left}
              y={top}
              width={Math.max(1, wide - 0.5)}
              height={Math.max(1, tall - 0.5)}
              fill={points ? 'transparent' : `color-mix(in srgb, var(--data) ${share}%, var(--surface-1))`}
              onPointerEnter={() => setAt(c)}
            />
          );
        })}
        {points
          ? shape.points.map(([a, b], i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: points have no name and never change places.
              <circle key={i} className="pair-point" cx={clamp(x, a)} cy={clamp(y, b)} r={2.5} />
            ))
          : null}
        <LeastSquares shape={shape} x={x} y={y} />
        <path
          className="pair-axis"
          d={`M${plot.left} ${plot.top}V${height - plot.bottom}H${width - plot.right}`}
        />
      </svg>
    </figure>
  );
}

function LeastSquares({
  shape,
  x,
  y,
}: {
  shape: Numbers;
  x: ReturnType<typeof axisOf>;
  y: ReturnType<typeof axisOf>;
}) {
  if (shape.line === null) return null;
  const { slope, intercept } = shape.line;
  const ends = [x.low, x.high].map((v) => ({ v, w: slope * v + intercept }));
  const cut = ({ v, w }: { v: number; w: number }) => {
    const inside = Math.max(y.low, Math.min(y.high, w));
    return { v: w === inside || slope === 0 ? v : (inside - intercept) / slope, w: inside };
  };
  const [a, b] = ends.map(cut) as [{ v: number; w: number }, { v: number; w: number }];
  if (![a.v, a.w, b.v, b.w].every(Number.isFinite)) return null;
  return (
    <path className="pair-line" d={`M${x.place(a.v)} ${y.place(a.w)}L${x.place(b.v)} ${y.place(b.w)}`} />
  );
}
