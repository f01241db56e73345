/**
 * Figures along an axis: lines, areas or bars, one colour for each series.
 */

import { type KeyboardEvent, type PointerEvent, useState } from 'react';
import { Area, Bar, CartesianGrid, ComposedChart, Line, ReferenceLine, XAxis, YAxis } from 'recharts';
import { numberTicks, timeTick, timeTicks } from './ticks';
import { useWidth } from './width';
import './series.css';

const plot = { left: 56, right: 14, top: 8, bottom: 22 } as const;

export interface ChartPlace {
  /** How it reads. */
  readonly text: string;
  /** Milliseconds since 1970 if it is a time; else null. */
  readonly ms: number | null;
}

export interface ChartSeries {
  readonly name: string;
  /** At each place. */
  readonly values: readonly (number | null)[];
  /** A series of the range before is drawn muted, behind the others. */
  readonly before?: boolean;
}

/** The colour of a series by its place in the list. */
export function seriesColour(i: number): string {
  return `var(--series-${(i % 8) + 1})`;
}

/**
 * @param label What is shown, in words.
 * @param format How a figure reads, in full and on the axis.
 */
export function SeriesChart({
  kind,
  label,
  places,
  series,
  height,
  format,
  short,
}: {
  kind: 'line' | 'area' | 'bar';
  label: string;
  places: readonly ChartPlace[];
  series: readonly ChartSeries[];
  height: number;
  format: (value: number) => string;
  short: (value: number) => string;
}) {
  const [frame, width] = useWidth();
  const [at, setAt] = useState<number | null>(null);
  const along = kind !== 'bar' && places.every((p) => p.ms !== null);
  const x = (i: number) => (along ? places[i]!.ms! : i);
  const room = Math.max(0, width - plot.left - plot.right);
  const xs = places.map((_, i) => x(i));
  const [low, high] = along ? padded(xs[0] ?? 0, xs.at(-1) ?? 0) : [-0.5, places.length - 0.5];
  const values = series.flatMap((s) => s.values.filter((v): v is number => v !== null));
  const [floor, top] = rangeOf(values, kind);
  const move = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const value = low + ((event.clientX - box.left - plot.left) / Math.max(1, room)) * (high - low);
    setAt(nearest(xs, value));
  };
  const keys = (event: KeyboardEvent) => {
    const last = places.length - 1;
    const now = at ?? -1;
    const next = { ArrowLeft: now - 1, ArrowRight: now + 1, Home: 0, End: last }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    setAt(Math.max(0, Math.min(last, next)));
  };
  const rows = places.map((p, i) => ({
    x: x(i),
    text: p.text,
    ...Object.fromEntries(series.map((s, n) => [`s${n}`, s.values[i] ?? null])),
  }));
  const alone = (s: ChartSeries) => s.values.filter((v) => v !== null).length < 2 || places.length < 40;
  const colours = coloursOf(series);
  const y = numberTicks(floor, top, Math.max(2, Math.floor(height / 48)));
  const ticks = along ? timeAxis(low, high, room) : placeAxis(places, room);
  return (
    <figure className="series">
      <figcaption className="series-readout" aria-live="polite">
        {at === null || places[at] === undefined ? (
          <span className="series-label">{label}</span>
        ) : (
          <>
            <b>{places[at].text}</b>
            {series.map((s, n) => (
              <span key={`${s.name} ${s.before}`}>
                <i style={{ background: colours[n] }} aria-hidden="true" />
                {series.length > 1 ? `${s.name} ` : ''}
                {s.values[at] === null || s.values[at] === undefined ? '–' : format(s.values[at])}
              </span>
            ))}
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
        {width === 0 || places.length === 0 ? null : (
          <ComposedChart
            width={width}
            height={height}
            data={rows}
            margin={{ left: 0, right: plot.right, top: plot.top, bottom: 0 }}
            accessibilityLayer={false}
            barCategoryGap="22%"
            barGap={1}
          >
            <CartesianGrid syncWithTicks vertical={false} stroke="var(--line)" strokeDasharray="3 3" />
            <XAxis
              type="number"
              dataKey="x"
              domain={[low, high]}
              ticks={[...ticks.at]}
              tickFormatter={ticks.words}
              interval={along ? 'preserveStartEnd' : 0}
              height={plot.bottom}
              tickLine={false}
              tickMargin={4}
              axisLine={{ stroke: 'var(--line-strong)' }}
              tick={{ className: 'chart-tick' }}
            />
            <YAxis
              type="number"
              width={plot.left}
              domain={[floor, top]}
              ticks={[...y]}
              tickFormatter={short}
              interval={0}
              tickLine={false}
              axisLine={false}
              tick={{ className: 'chart-tick' }}
            />
            {at === null ? null : <ReferenceLine x={x(at)} stroke="var(--control-line)" />}
            {series.map((s, n) => {
              const key = `s${n}`;
              const colour = colours[n]!;
              if (kind === 'bar')
                return (
                  <Bar key={key} dataKey={key} fill={colour} isAnimationActive={false} maxBarSize={48} />
                );
              const dot = alone(s) ? { r: 2.5, fill: colour, strokeWidth: 0 } : false;
              const stroke = {
                stroke: colour,
                strokeWidth: s.before ? 1.25 : 1.75,
                ...(s.before ? { strokeDasharray: '4 3' } : {}),
              };
              return kind === 'area' && !s.before ? (
                <Area
                  key={key}
                  dataKey={key}
                  type="linear"
                  {...stroke}
                  fill={colour}
                  fillOpacity={0.16}
                  dot={dot}
                  isAnimationActive={false}
                  activeDot={false}
                />
              ) : (
                <Line
                  key={key}
                  dataKey={key}
                  type="linear"
                  {...stroke}
                  dot={s.before ? false : dot}
                  isAnimationActive={false}
                  activeDot={false}
                />
              );
            })}
          </ComposedChart>
        )}
      </div>
      {series.length < 2 ? null : (
        <ul className="series-legend">
          {series
            .map((s, n) => ({ s, colour: colours[n] }))
            .sort((a, b) => Number(a.s.before ?? false) - Number(b.s.before ?? false))
            .map(({ s, colour }) => (
              <li key={`${s.name} ${s.before}`}>
                <i style={{ background: colour }} aria-hidden="true" />
                {s.name}
              </li>
            ))}
        </ul>
      )}
    </figure>
  );
}

/** The range before is muted; the others have a colour each. */
function coloursOf(series: readonly ChartSeries[]): readonly string[] {
  let n = 0;
  return series.map((s) => (s.before ? 'var(--missing)' : seriesColour(n++)));
}

function padded(low: number, high: number): readonly [number, number] {
  return low < high ? [low, high] : [low - 43_200_000, high + 43_200_000];
}

/** Bars and areas stand on zero; a line does if that costs no more than half of its height. */
function rangeOf(values: readonly number[], kind: 'line' | 'area' | 'bar'): readonly [number, number] {
  if (values.length === 0) return [0, 1];
  let low = values.reduce((a, b) => Math.min(a, b));
  let high = values.reduce((a, b) => Math.max(a, b));
  if (kind !== 'line' || (low > 0 && low < high / 2)) low = Math.min(0, low);
  if (kind !== 'line' || (high < 0 && high > low / 2)) high = Math.max(0, high);
  if (low === high) [low, high] = low === 0 ? [0, 1] : [Math.min(0, low), Math.max(0, high)];
  const room = (high - low) * 0.06;
  return [low === 0 ? 0 : low - room, high === 0 ? 0 : high + room];
}

function timeAxis(low: number, high: number, room: number) {
  const { ticks, unit } = timeTicks(low, high, Math.max(2, Math.floor(room / 84)));
  return { at: ticks, words: (v: number) => timeTick(v, unit) };
}

/** Every place if there is room for its name, else every second, third … */
function placeAxis(places: readonly ChartPlace[], room: number) {
  const step = Math.max(1, Math.ceil((places.length * 56) / Math.max(1, room)));
  const wide = (step * room) / Math.max(1, places.length);
  return {
    at: places.flatMap((_, i) => (i % step === 0 ? [i] : [])),
    words: (v: number) => cut(places[v]?.text ?? '', wide),
  };
}

function cut(text: string, room: number): string {
  const letters = [...text];
  const most = Math.max(6, Math.floor((room - 8) / 6.7));
  return letters.length <= most
    ? text
    : `${letters
        .slice(0, most - 1)
        .join('')
        .trimEnd()}…`;
}

function nearest(xs: readonly number[], value: number): number | null {
  let best: number | null = null;
  xs.forEach((v, i) => {
    if (best === null || Math.abs(v - value) < Math.abs(xs[best]! - value)) best = i;
  });
  return best;
}
