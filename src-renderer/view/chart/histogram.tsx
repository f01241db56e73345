import { Bar, BarChart, CartesianGrid, ReferenceLine, useXAxisScale, XAxis, YAxis } from 'recharts';
import type { ColumnProfile } from '#core/profile/profile';
import { namesThings, number, shortCount } from '../ui/figure';
import type { Layout, PlacedBin } from './bins';
import { numberTicks, timeTick, timeTicks } from './ticks';

/** Room of the axes inside the chart, in pixels; the box plot and the brush align with it. */
export const plot = { left: 40, right: 10, top: 6, bottom: 20 } as const;

/** A vertical line at a value, with its words if it deserves any. */
export interface Mark {
  readonly at: number;
  readonly kind: 'fence' | 'mean' | 'median';
  readonly label?: string;
}

export type CountScale = 'linear' | 'log';

interface Row extends PlacedBin {
  readonly middle: number;
  readonly solid: number;
  readonly ghost: number;
  readonly tone: 'data' | 'outlier' | 'selected';
}

/** Logarithms of counts plus one, so that an empty bin has no height and a bin of one row has some. */
const lifted = (n: number, scale: CountScale) => (scale === 'log' ? Math.log10(n + 1) : n);

/**
 * Bars over their bins' true widths, drawn by Recharts. Knows nothing of gestures.
 *
 * @param ghosts Counts over all rows, behind; empty if there is no filter.
 * @param tones Per bin.
 * @param shares Whether counts are shares in percent, of which neither is a part of the other: then the ghost keeps its
 *  upper edge where the solid bar covers it.
 */
export function Histogram({
  profile,
  layout,
  ghosts,
  tones,
  marks,
  scale,
  width,
  height,
  shares = false,
}: {
  profile: ColumnProfile;
  layout: Layout;
  ghosts: readonly number[];
  tones: readonly Row['tone'][];
  marks: readonly Mark[];
  scale: CountScale;
  width: number;
  height: number;
  shares?: boolean;
}) {
  const { bins, range } = layout;
  const rows: Row[] = bins.map((bin, i) => ({
    ...bin,
    middle: (bin.left + bin.right) / 2,
    solid: lifted(bin.count, scale),
    ghost: lifted(ghosts[i] ?? 0, scale),
    tone: tones[i] ?? 'data',
  }));
  const most = Math.max(1, ...bins.map((bin) => bin.count), ...ghosts);
  const counts = countTicks(most, scale);
  const top = Math.max(lifted(most, scale), ...counts.map((c) => lifted(c, scale)));
  const room = Math.max(2, Math.floor((width - plot.left - plot.right) / 64));
  const axis = axisTicks(profile, layout, room);
  const roomRight = (at: number) =>
    ((range[1] - at) / (range[1] - range[0] || 1)) * (width - plot.left - plot.right);
  return (
    <BarChart
      width={width}
      height={height}
      data={rows}
      margin={{ left: 0, right: plot.right, top: plot.top, bottom: 0 }}
      accessibilityLayer={false}
      barGap={0}
    >
      <CartesianGrid vertical={false} stroke="var(--line)" strokeDasharray="3 3" />
      <XAxis
        type="number"
        dataKey="middle"
        domain={[range[0], range[1]]}
        allowDataOverflow
        ticks={[...axis.ticks]}
        tickFormatter={axis.words}
        interval="preserveStartEnd"
        height={plot.bottom}
        tickLine={false}
        tickMargin={4}
        axisLine={{ stroke: 'var(--line-strong)' }}
        tick={{ className: 'chart-tick' }}
      />
      <YAxis
        type="number"
        width={plot.left}
        domain={[0, top]}
        ticks={counts.map((c) => lifted(c, scale))}
        tickFormatter={(v: number) =>
          shares ? `${v} %` : shortCount(scale === 'log' ? Math.round(10 ** v - 1) : v)
        }
        interval={0}
        tickLine={false}
        axisLine={false}
        tick={{ className: 'chart-tick' }}
      />
      {/* Always there, empty or not: a bar that comes later would be drawn over the others. */}
      <Bar
        dataKey="ghost"
        isAnimationActive={false}
        shape={(props: unknown) => <BinBar {...bar(props)} ghost />}
      />
      <Bar dataKey="solid" isAnimationActive={false} shape={(props: unknown) => <BinBar {...bar(props)} />} />
      {shares ? (
        <Bar
          dataKey="ghost"
          isAnimationActive={false}
          shape={(props: unknown) => <BinBar {...bar(props)} ghost edge />}
        />
      ) : null}
      {marks.map((mark) => (
        <ReferenceLine
          key={`${mark.kind} ${mark.at}`}
          x={layout.place(mark.at)}
          className={`chart-mark chart-mark-${mark.kind}`}
          {...(mark.label === undefined
            ? {}
            : {
                label: {
                  value: mark.label,
                  position:
                    roomRight(layout.place(mark.at)) < 8 + 6.8 * mark.label.length
                      ? 'insideTopRight'
                      : 'insideTopLeft',
                  className: 'chart-mark-label',
                  offset: 6,
                  dy: 12,
                },
              })}
        />
      ))}
    </BarChart>
  );
}

interface BarProps {
  readonly y: number;
  readonly height: number;
  readonly payload: Row;
}

/** Recharts hands a shape its geometry untyped. */
function bar(props: unknown): BarProps {
  const { y, height, payload } = props as BarProps;
  return { y, height, payload };
}

function BinBar({ y, height, payload, ghost, edge }: BarProps & { ghost?: boolean; edge?: boolean }) {
  const scale = useXAxisScale();
  if (scale === undefined || !(height > 0)) return null;
  const left = Number(scale(payload.left));
  const right = Number(scale(payload.right));
  const gap = right - left > 3 ? 1 : 0;
  const tall = Math.max(1, height);
  if (edge) {
    const d = `M${left} ${y + height - tall + 0.5}h${Math.max(1, right - left - gap)}`;
    return <path className="chart-ghost-edge" d={d} />;
  }
  return (
    <rect
      className={ghost ? 'chart-tone-ghost' : `chart-tone-${payload.tone}`}
      x={left}
      y={y + height - tall}
      width={Math.max(1, right - left - gap)}
      height={tall}
    />
  );
}

function countTicks(most: number, scale: CountScale): readonly number[] {
  if (scale === 'linear') return numberTicks(0, most, 4).filter((tick) => Number.isInteger(tick));
  const powers = Math.floor(Math.log10(most));
  const every = Math.ceil((powers + 1) / 5);
  return [
    0,
    ...Array.from({ length: powers + 1 }, (_, i) => i)
      .filter((i) => i % every === 0)
      .map((i) => 10 ** i),
  ];
}

/** Round numbers where the axis is in the column's unit, and what a tail holds in its middle: `12+`. */
function axisTicks(profile: ColumnProfile, layout: Layout, room: number) {
  const plain = coreTicks(profile, layout.core, room);
  const tails = layout.bins.filter((bin) => bin.tail !== null);
  if (tails.length === 0) return plain;
  const unit = (layout.range[1] - layout.range[0]) / Math.max(1, room);
  const middle = (bin: PlacedBin) => (bin.left + bin.right) / 2;
  const ticks = plain.ticks.filter((tick) => tails.every((t) => Math.abs(tick - middle(t)) > 0.6 * unit));
  const named = new Map(
    tails.map((t) => [middle(t), t.tail === 'high' ? `${plain.words(t.low)}+` : `<${plain.words(t.high)}`]),
  );
  return {
    ticks: [...ticks, ...named.keys()].sort((a, b) => a - b),
    words: (v: number) => named.get(v) ?? plain.words(v),
  };
}

function coreTicks(profile: ColumnProfile, range: readonly [number, number], room: number) {
  if (profile.kind === 'time') {
    const { ticks, unit } = timeTicks(range[0], range[1], room);
    return { ticks, words: (ms: number) => timeTick(ms, unit) };
  }
  const ticks = numberTicks(range[0], range[1], room);
  const [one, two] = ticks;
  const step = one === undefined || two === undefined ? 1 : two - one;
  const decimals = Math.max(0, Math.min(8, -Math.floor(Math.log10(step) + 1e-9)));
  const large = Math.max(Math.abs(range[0]), Math.abs(range[1])) >= 100_000;
  return {
    ticks,
    words: (v: number) => (large ? shortCount(v) : number(v, decimals, !namesThings(profile))),
  };
}
