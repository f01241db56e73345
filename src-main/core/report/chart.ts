/**
 * Charts of a report as SVG in the page: histogram with its axis, box plot on the same scale, and the small one of the
 * index. Colours are classes, so that the page's style serves light, dark and paper.
 */
import { instant } from '../instant';
import type { Bin, ColumnProfile } from '../profile/profile';
import type { Cell } from '../table';
import { cellText, count, percent, time } from './figure';
import { html } from './html';

const WIDTH = 520;
const LEFT = 44;
const RIGHT = 8;

/** Where values lie on the chart. Bins of tails are drawn no wider than twice the usual, so that the rest can be seen. */
export interface Scale {
  readonly slots: readonly { readonly bin: Bin; readonly x: number; readonly width: number }[];
  place(at: number): number;
}

/** A value as a number; times as milliseconds since 1970. NaN if it is neither. */
export function position(cell: Cell | undefined): number {
  if (typeof cell === 'number') return cell;
  if (typeof cell !== 'string') return Number.NaN;
  if (/^-?\d+(\.\d+)?$/.test(cell)) return Number(cell);
  return instant(cell);
}

/** @returns null if there is nothing to draw, or bins that have no place, as infinite times have none. */
export function scaleOf(bins: readonly Bin[], from: number, to: number): Scale | null {
  const edges = bins.map((bin) => [position(bin.low), position(bin.high)] as const);
  if (bins.length === 0 || edges.some(([a, b]) => !Number.isFinite(a) || !Number.isFinite(b))) return null;
  const widths = edges.map(([a, b]) => Math.max(0, b - a));
  const usual = widths.toSorted((a, b) => a - b)[Math.floor(widths.length / 2)] ?? 0;
  const drawn = widths.map((w) => (usual > 0 ? Math.min(w, 2 * usual) : 1));
  const unit = (to - from) / (drawn.reduce((sum, w) => sum + w, 0) || 1);
  let x = from;
  const slots = bins.map((bin, i) => {
    const slot = { bin, x, width: (drawn[i] ?? 0) * unit };
    x += slot.width;
    return slot;
  });
  const place = (at: number) => {
    const i = edges.findIndex(([, high]) => at < high);
    const [slot, edge] = [slots[i === -1 ? slots.length - 1 : i], edges[i === -1 ? edges.length - 1 : i]];
    if (slot === undefined || edge === undefined) return from;
    const share = edge[1] > edge[0] ? (at - edge[0]) / (edge[1] - edge[0]) : 0;
    return slot.x + slot.width * Math.max(0, Math.min(1, share));
  };
  return { slots, place };
}

const fixed = (x: number) => String(Math.round(x * 100) / 100);

/** Bars as one path: a page of five hundred columns has twenty thousand of them. */
function bars(
  scale: Scale,
  base: number,
  height: number,
  most: number,
  which: (bin: Bin) => boolean,
): string {
  return scale.slots
    .filter(({ bin }) => bin.count > 0 && which(bin))
    .map(({ bin, x, width }) => {
      const h = Math.max(1, (height * bin.count) / most);
      const gap = width > 3 ? 0.8 : 0;
      return `M${fixed(x)} ${fixed(base)}v-${fixed(h)}h${fixed(Math.max(0.4, width - gap))}v${fixed(h)}z`;
    })
    .join('');
}

function beyond(profile: ColumnProfile): (bin: Bin) => boolean {
  const out = profile.outliers?.[0];
  if (profile.kind !== 'number' || out === undefined || out.lower === out.upper) return () => false;
  return (bin) => Number(bin.low) >= out.upper || Number(bin.high) <= out.lower;
}

/** Histogram, axis and box plot; '' if the column has none. */
export function distribution(profile: ColumnProfile): string {
  const bins = profile.histogram ?? [];
  const scale = scaleOf(bins, LEFT, WIDTH - RIGHT);
  if (scale === null) return '';
  const [top, base] = [8, 128];
  const most = Math.max(1, ...bins.map((bin) => bin.count));
  const out = beyond(profile);
  const lines = [0, 0.5, 1].map((share) => {
    const y = base - share * (base - top);
    const n = Math.round(most * share);
    return `<path class="grid" d="M${LEFT} ${fixed(y)}H${WIDTH - RIGHT}"/><text class="axis" x="${LEFT - 6}" y="${fixed(y + 3)}" text-anchor="end">${count(n)}</text>`;
  });
  const said = `Histogram of ${bins.length} bins from ${edgeText(bins[0]?.low, profile)} to ${edgeText(bins.at(-1)?.high, profile)}; the highest holds ${count(most)} values`;
  return `<svg class="chart" viewBox="0 0 ${WIDTH} ${boxOf(profile) === null ? 152 : 176}" role="img" aria-label="${html(said)}">${lines.join('')}<path class="bar" d="${bars(scale, base, base - top, most, (bin) => !out(bin))}"/><path class="bar out" d="${bars(scale, base, base - top, most, out)}"/>${ticks(scale, profile, base)}${box(profile, scale)}</svg>`;
}

export function edgeText(cell: Cell | undefined, profile: ColumnProfile): string {
  return profile.kind === 'time' ? time(cell) : cellText(cell, profile);
}

/** Five edges at most, the first and the last among them, as far as their words do not touch. */
function ticks(scale: Scale, profile: ColumnProfile, base: number): string {
  const { slots } = scale;
  const edges = [
    ...slots.map(({ bin, x }) => ({ at: bin.low, x })),
    { at: slots.at(-1)?.bin.high, x: WIDTH - RIGHT },
  ];
  const step = Math.max(1, Math.ceil((edges.length - 1) / 5));
  const chosen = edges.filter((_, i) => i % step === 0 || i === edges.length - 1);
  let free = -Infinity;
  const last = chosen.at(-1);
  const words: string[] = [];
  for (const edge of chosen) {
    const text = edgeText(edge.at, profile);
    const half = text.length * 3.1;
    const x = Math.max(half + 2, Math.min(WIDTH - half - 2, edge.x));
    const lastText = edgeText(last?.at, profile);
    const room = edge === last ? Infinity : WIDTH - 2 - 2 * lastText.length * 3.1 - 8;
    if (x - half < free || x + half > room) continue;
    free = x + half + 8;
    words.push(
      `<path class="tick" d="M${fixed(edge.x)} ${base}v4"/><text class="axis" x="${fixed(x)}" y="${base + 16}" text-anchor="middle">${html(text)}</text>`,
    );
  }
  return words.join('');
}

function boxOf(profile: ColumnProfile) {
  const [q1, median, q3] = ['0.25', '0.5', '0.75'].map((p) => position(profile.quantiles?.[p])) as [
    number,
    number,
    number,
  ];
  const [min, max] = [position(profile.min), position(profile.max)];
  if (![q1, median, q3, min, max].every(Number.isFinite)) return null;
  const out = profile.outliers?.[0];
  return {
    q1,
    median,
    q3,
    low: Math.max(min, out?.lower ?? min),
    high: Math.min(max, out?.upper ?? max),
    extremes: (out?.examples ?? []).map(position).filter(Number.isFinite),
  };
}

function box(profile: ColumnProfile, scale: Scale): string {
  const found = boxOf(profile);
  if (found === null) return '';
  const x = (at: number) => fixed(scale.place(at));
  const wide = Math.max(2, scale.place(found.q3) - scale.place(found.q1));
  const dots = [...new Set(found.extremes.map(x))].map(
    (at) => `<circle class="out" cx="${at}" cy="163" r="2"/>`,
  );
  const say = (p: string) => cellText(profile.quantiles?.[p], profile);
  return `<g><title>${html(`Box plot: first quartile ${say('0.25')}, median ${say('0.5')}, third quartile ${say('0.75')}`)}</title><path class="whisker" d="M${x(found.low)} 159v8M${x(found.low)} 163H${x(found.high)}M${x(found.high)} 159v8"/><rect class="box" x="${x(found.q1)}" y="157" width="${fixed(wide)}" height="12"/><path class="median" d="M${x(found.median)} 156v14"/>${dots.join('')}</g>`;
}

const SPARK = { width: 96, height: 18 } as const;

/** The shape of a column in the room of a word: a histogram, or the shares of its most frequent values. */
export function spark(profile: ColumnProfile): string {
  const { width, height } = SPARK;
  const open = (said: string) =>
    `<svg class="spark" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${html(said)}">`;
  const filled = profile.rows - profile.nulls;
  if (filled === 0) return `${open('no values')}</svg>`;
  const bins = profile.histogram ?? [];
  const scale = profile.distinct > 2 ? scaleOf(bins, 0, width) : null;
  if (scale !== null && bins.length > 1) {
    const most = Math.max(1, ...bins.map((bin) => bin.count));
    const out = beyond(profile);
    const draw = (which: (bin: Bin) => boolean) => bars(scale, height, height, most, which);
    return `${open(`histogram of ${bins.length} bins`)}<path class="bar" d="${draw((bin) => !out(bin))}"/><path class="bar out" d="${draw(out)}"/></svg>`;
  }
  if (profile.unique === filled && profile.distinct > 1)
    return `${open('every value is different')}<path class="bar" d="M0 ${height / 2 - 3}H${width}v6H0z"/></svg>`;
  let x = 0;
  const parts = profile.top.slice(0, 4).map((top, i) => {
    const w = (width * top.count) / filled;
    const part = `<rect class="bar" x="${fixed(x)}" y="3" width="${fixed(Math.max(0.5, w - 0.8))}" height="${height - 6}" opacity="${[1, 0.72, 0.5, 0.34][i]}"/>`;
    x += w;
    return part;
  });
  const rest =
    width - x > 0.5
      ? `<rect class="rest" x="${fixed(x)}" y="3" width="${fixed(width - x)}" height="${height - 6}"/>`
      : '';
  const said = profile.top
    .slice(0, 3)
    .map((top) => `${cellText(top.value, profile).slice(0, 40)} ${percent(top.count, filled)}`)
    .join(', ');
  return `${open(`most frequent: ${said}`)}${parts.join('')}${rest}</svg>`;
}
