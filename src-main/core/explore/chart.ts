/**
 * Which charts can show an answer, and which shows it best.
 */
import type { ChartChoice } from '../design/design';
import type { Cell } from '../table';
import type { AskedColumn } from './question';

export type ChartKind = Exclude<ChartChoice, 'auto'>;

/** The charts that can show an answer of these columns. A table always can. */
export function chartsFor(columns: readonly AskedColumn[]): readonly ChartKind[] {
  const dimensions = columns.filter((c) => c.kind === 'dimension');
  const measures = columns.length - dimensions.length;
  const times = dimensions.filter((c) => c.type === 'time').length;
  if (measures === 0 || dimensions.length === 0 || dimensions.length > 2)
    return measures >= 2 && dimensions.length > 0 ? ['scatter', 'table'] : ['table'];
  return [
    ...(times === 1 ? (['line', 'area'] as const) : []),
    'bar',
    ...(dimensions.length === 2 ? (['heat'] as const) : []),
    ...(measures >= 2 ? (['scatter'] as const) : []),
    'table',
  ];
}

/** The chart that is drawn: the one wished if it can show the answer, else the one that shows it best. */
export function chartFor(columns: readonly AskedColumn[], wished: ChartChoice): ChartKind {
  const able = chartsFor(columns);
  if (wished !== 'auto' && able.includes(wished)) return wished;
  const dimensions = columns.filter((c) => c.kind === 'dimension').length;
  const best: readonly ChartKind[] =
    dimensions === 2 && columns.length === 3 ? ['line', 'heat', 'table'] : ['line', 'bar', 'table'];
  return best.find((kind) => able.includes(kind)) ?? 'table';
}

/** A line, or the bars of one colour. */
export interface Series {
  readonly name: Cell;
  /** At each place of the axis; null where there is none. */
  readonly values: readonly (number | null)[];
}

/** One measure over places: times, or values of a dimension. */
export interface Panel {
  /** Which of the measures. */
  readonly measure: number;
  readonly series: readonly Series[];
}

export interface Panels {
  /** Values of the dimension along the axis. */
  readonly places: readonly Cell[];
  readonly panels: readonly Panel[];
  /** Places, series and measures that found no room. */
  readonly left: { readonly places: number; readonly series: number; readonly measures: number };
}

/** How much a chart shows. */
export const mostSeries = 8;
export const mostPanels = 4;

function numberOf(cell: Cell | undefined): number | null {
  if (cell === null || cell === undefined || typeof cell === 'boolean') return null;
  const value = Number(cell);
  return Number.isFinite(value) ? value : null;
}

/**
 * An answer of one or two dimensions as panels: the time, or else the first dimension, lies along the axis; the other one
 * parts the first measure into series, largest first. With one dimension each measure has a panel of its own.
 * @param most Places along the axis.
 */
export function panelsOf(
  columns: readonly AskedColumn[],
  rows: readonly (readonly Cell[])[],
  most: number,
): Panels {
  const dimensions = columns.filter((c) => c.kind === 'dimension');
  const measures = columns.length - dimensions.length;
  const axis = Math.max(
    0,
    dimensions.findIndex((c) => c.type === 'time'),
  );
  const placed = new Map<string, Cell>();
  for (const row of rows) placed.set(JSON.stringify(row[axis] ?? null), row[axis] ?? null);
  let places = [...placed.values()];
  if (dimensions[axis]?.type === 'time')
    places = places.filter((p) => p !== null).sort((a, b) => (String(a) < String(b) ? -1 : 1));
  const shown = places.slice(0, most);
  const at = new Map(shown.map((p, i) => [JSON.stringify(p), i]));
  const left = { places: places.length - shown.length, series: 0, measures: 0 };
  const empty = () => shown.map((): number | null => null);
  if (dimensions.length === 1) {
    const panels = Array.from({ length: Math.min(measures, mostPanels) }, (_, measure): Panel => {
      const values = empty();
      for (const row of rows) {
        const i = at.get(JSON.stringify(row[axis] ?? null));
        if (i !== undefined) values[i] = numberOf(row[1 + measure]);
      }
      return { measure, series: [{ name: null, values }] };
    });
    return { places: shown, panels, left: { ...left, measures: measures - panels.length } };
  }
  const parted = new Map<string, { name: Cell; values: (number | null)[]; size: number }>();
  for (const row of rows) {
    const i = at.get(JSON.stringify(row[axis] ?? null));
    if (i === undefined) continue;
    const name = row[1 - axis] ?? null;
    const one = parted.get(JSON.stringify(name)) ?? { name, values: empty(), size: 0 };
    parted.set(JSON.stringify(name), one);
    one.values[i] = numberOf(row[2]);
    one.size += Math.abs(one.values[i] ?? 0);
  }
  const all = [...parted.values()].sort((a, b) => b.size - a.size);
  const series = all.slice(0, mostSeries).map(({ name, values }) => ({ name, values }));
  return {
    places: shown,
    panels: [{ measure: 0, series }],
    left: { ...left, series: all.length - series.length, measures: measures - 1 },
  };
}
