/**
 * What the answers of a profile's statements mean.
 */
import { type Cell, type Column, isFloating, isWhole } from '../table';
import { type Bins, type Grain, grainFor, niceBins } from './bins';
import { hasInfinity, IQR_K, probabilities } from './groups';
import { type PowerSums, ranksOf } from './moments';
import type { Bin, ColumnProfile, Outliers, TopValue } from './profile';

export type Row = readonly Cell[];

/** One row by the names of its columns. */
export type Figures = Readonly<Record<string, Cell>>;

/** A profile whose evidence is still to be put down. */
export type Drawn = Omit<ColumnProfile, 'evidence'>;

const known = (cell: Cell | undefined): cell is Exclude<Cell, null> => cell !== null && cell !== undefined;

export function readTop(rows: readonly Row[]): readonly TopValue[] {
  return rows.map((row) => ({ count: Number(row[0]), value: row[1] ?? null }));
}

/** The next question about the shape, or null if the figures leave none. */
export type Shape =
  | {
      readonly kind: 'number';
      readonly bins: Bins;
      readonly lower: number;
      readonly upper: number;
      readonly min: number;
      readonly max: number;
    }
  | { readonly kind: 'time'; readonly grain: Grain };

const TARGET = 40;
/** Where values lie this many interquartile ranges beyond the quartiles, the rest is gathered in one last bin. */
const TAIL = 3;

/** @param quantiles Of a number, by probability. */
export function shapeOf(
  column: Column,
  figures: Figures,
  quantiles: Readonly<Record<string, Cell>>,
): Shape | null {
  if (!known(figures.min)) return null;
  if (column.kind === 'time' && hasInfinity(column)) {
    return { kind: 'time', grain: grainFor(Number(figures.span ?? 0), TARGET, column.type === 'DATE') };
  }
  if (column.kind !== 'number') return null;
  const min = Number(figures.min);
  const max = Number(figures.max);
  const q1 = Number(quantiles['0.25']);
  const q3 = Number(quantiles['0.75']);
  const iqr = q3 - q1;
  const lower = q1 - IQR_K * iqr;
  const upper = q3 + IQR_K * iqr;
  if (![min, max, lower, upper].every(Number.isFinite) || !Number.isFinite(max - min)) return null;
  const from = Math.max(min, q1 - TAIL * iqr);
  const to = Math.min(max, q3 + TAIL * iqr);
  const clip = iqr > 0 && to - from < (max - min) / 2;
  const bins = clip
    ? niceBins(from, to, TARGET, isWhole(column.type))
    : niceBins(min, max, TARGET, isWhole(column.type));
  return { kind: 'number', bins, lower, upper, min, max };
}

/** Bins in order; the tails, if any, reach to the extremes. @param counts By the number of the bin; the tails are -1 and `bins.count`. */
export function readHistogram(
  shape: Shape & { kind: 'number' },
  counts: ReadonlyMap<number, number>,
): readonly Bin[] {
  const { bins, min, max } = shape;
  const edge = (i: number) => tidyEdge((bins.low + i) * bins.width, bins.width);
  const result: Bin[] = [];
  const below = counts.get(-1) ?? 0;
  if (below > 0) result.push({ low: min, high: edge(0), count: below });
  for (let i = 0; i < bins.count; i++)
    result.push({ low: edge(i), high: edge(i + 1), count: counts.get(i) ?? 0 });
  const above = counts.get(bins.count) ?? 0;
  if (above > 0) {
    const last = result.at(-1)!;
    // A greatest value that stands on the last edge belongs to the last bin, which is closed on both sides.
    if (max <= (last.high as number)) result[result.length - 1] = { ...last, count: last.count + above };
    else result.push({ low: edge(bins.count), high: max, count: above });
  }
  return result;
}

/** 0.30000000000000004 is 0.3 to a reader; the edge itself was computed exactly the same way in SQL. */
export function tidy(x: number): number {
  return Number(x.toPrecision(12));
}

/** An edge that only twelve digits tell apart from the next stays as it is. */
function tidyEdge(x: number, width: number): number {
  const short = tidy(x);
  return Math.abs(short - x) < width * 1e-6 ? short : x;
}

/** Bins of a calendar from rows of (low, high, count), with the empty ones put in while there are at most 400. */
export function readCalendar(rows: readonly Row[]): readonly Bin[] {
  const iso = (cell: Cell | undefined) =>
    String(cell ?? '')
      .replace(' ', 'T')
      .replace(/T00:00:00$/, '');
  const found = rows.map((row) => ({ low: iso(row[0]), high: iso(row[1]), count: Number(row[2]) }));
  const result: Bin[] = [];
  for (const bin of found) {
    const last = result.at(-1);
    if (last !== undefined && last.high !== bin.low) result.push({ low: last.high, high: bin.low, count: 0 });
    result.push(bin);
    if (result.length > 400) return found;
  }
  return result;
}

/** A number that was sent as text, in the form its type has in transit. */
export function cellOf(column: Column, text: Cell): Cell {
  const exact = column.type.startsWith('DECIMAL') || !Number.isSafeInteger(Math.trunc(Number(text)));
  return exact && !isFloating(column.type) ? text : Number(text);
}

/** @param below Rows below the lower fence, @param examples the most extreme values, the greatest first. */
export function outliersOf(
  { lower, upper }: { readonly lower: number; readonly upper: number },
  below: number,
  above: number,
  examples: readonly Cell[],
): Outliers {
  const fences = { lower: tidy(lower), upper: tidy(upper) };
  return { method: 'iqr', k: IQR_K, ...fences, count: below + above, below, above, examples };
}

/** Sums of powers from the columns `s1` to `s4` of a row. */
export function powersOf(figures: Figures, n: number, center: number, scale: number): PowerSums {
  const s = (i: number) => Number(figures[`s${i}`] ?? 0);
  return { n, center, scale, sums: [s(1), s(2), s(3), s(4)] };
}

/** Interpolated quantiles of numbers from the values at their ranks, `r0` and so on; the values themselves for times. */
export function quantilesOf(column: Column, figures: Figures, finite: number): Record<string, Cell> {
  const at = (i: number) => figures[`r${i}`] ?? null;
  return Object.fromEntries(
    probabilities.map((p, i) => {
      if (column.kind !== 'number') return [String(p), at(i)];
      const [low, high] = [Number(at(2 * i)), Number(at(2 * i + 1))];
      const { share } = ranksOf(p, finite);
      return [String(p), share === 0 || low === high ? low : low + share * (high - low)];
    }),
  );
}

/** The order that the steps from each value to the next make; undefined if they make none, or all values are equal. */
export function sortedFrom(row: Row): ColumnProfile['sorted'] {
  const [down = 0, up = 0, level = 0] = row.map(Number);
  if ((down === 0) === (up === 0)) return undefined;
  const way = down === 0 ? 'ascending' : 'descending';
  return level === 0 ? `strictly-${way}` : way;
}

/** Puts figures together; keys that do not apply to the kind stay absent. */
export function drawn(
  column: Column,
  figures: Figures,
  top: readonly TopValue[],
  more: Partial<Drawn>,
): Drawn {
  const rows = Number(figures.rows ?? 0);
  const filled = Number(figures.filled ?? 0);
  const profile: Record<string, unknown> = {
    name: column.name,
    type: column.type,
    kind: column.kind,
    rows,
    nulls: rows - filled,
    distinct: Number(figures.distinct ?? 0),
    unique: Number(figures.unique ?? 0),
    top,
  };
  const put = (...keys: readonly string[]) => {
    for (const key of keys) if (known(figures[key]) && figures[key] !== 'NaN') profile[key] = figures[key];
  };
  put('min', 'max');
  if (filled > 0 && known(figures.spread))
    profile.entropy = Math.max(0, Math.log2(filled) - Number(figures.spread) / filled);
  if (column.kind === 'text') {
    put('blanks', 'padded', 'unseen');
    if (known(figures.shortest)) {
      profile.length = {
        min: Number(figures.shortest),
        max: Number(figures.longest),
        mean: Number(figures.length),
      };
    }
  }
  if (column.kind === 'number') put('zeros', 'negatives', 'infinite', 'nan', 'sum');
  if (column.kind === 'time') put('infinite');
  return { ...(profile as unknown as Drawn), ...more };
}
