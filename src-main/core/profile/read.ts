/**
 * What the answers of a profile's statements mean.
 */
import { type Cell, type Column, isWhole } from '../table';
import { type Bins, type Grain, grainFor, niceBins } from './bins';
import { hasInfinity, IQR_K, probabilities } from './plan';
import type { Bin, ColumnProfile, Evidence, Outliers, TopValue } from './profile';

export type Row = readonly Cell[];

/** One row by the names of its columns. */
export type Figures = Readonly<Record<string, Cell>>;

export interface Values {
  readonly distinct: number;
  readonly unique: number;
  readonly top: readonly TopValue[];
}

export function readValues(rows: readonly Row[]): Values {
  return {
    distinct: Number(rows[0]?.[0] ?? 0),
    unique: Number(rows[0]?.[1] ?? 0),
    top: rows.map((row) => ({ count: Number(row[2]), value: row[3] ?? null })),
  };
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

export function shapeOf(column: Column, figures: Figures): Shape | null {
  if (column.kind === 'time' && hasInfinity(column) && figures.min !== null && figures.min !== undefined) {
    return { kind: 'time', grain: grainFor(Number(figures.span ?? 0), TARGET, column.type === 'DATE') };
  }
  if (column.kind !== 'number' || figures.min === null || figures.min === undefined) return null;
  const min = Number(figures.min);
  const max = Number(figures.max);
  const q1 = Number(figures.q1);
  const q3 = Number(figures.q3);
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

/** Bins in order; the tails, if any, reach to the extremes. */
export function readHistogram(shape: Shape & { kind: 'number' }, rows: readonly Row[]): Bin[] {
  const { bins, min, max } = shape;
  const counts = new Map(rows.map((row) => [Number(row[0]), Number(row[1])]));
  const edge = (i: number) => (bins.low + i) * bins.width;
  const result: Bin[] = [];
  const below = counts.get(-1) ?? 0;
  if (below > 0) result.push({ low: min, high: edge(0), count: below });
  for (let i = 0; i < bins.count; i++)
    result.push({ low: tidy(edge(i)), high: tidy(edge(i + 1)), count: counts.get(i) ?? 0 });
  const above = counts.get(bins.count) ?? 0;
  if (above > 0) {
    const last = result.at(-1)!;
    // A greatest value that stands on the last edge belongs to the last bin, which is closed on both sides.
    if (max <= (last.high as number)) result[result.length - 1] = { ...last, count: last.count + above };
    else result.push({ low: tidy(edge(bins.count)), high: max, count: above });
  }
  return result;
}

/** 0.30000000000000004 is 0.3 to a reader; the edge itself was computed exactly the same way in SQL. */
function tidy(x: number): number {
  return Number(x.toPrecision(12));
}

/** Bins of a calendar, with the empty ones put in while there are at most 400. */
export function readCalendar(rows: readonly Row[]): Bin[] {
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
  }
  return result.length <= 400 ? result : found;
}

export function readFences(
  shape: Shape & { kind: 'number' },
  rows: readonly Row[],
  asCell: (text: string) => Cell,
): Outliers {
  const counts = rows.find((row) => row[0] === 'count');
  const below = Number(counts?.[1] ?? 0);
  const above = Number(counts?.[2] ?? 0);
  const of = (what: string) => rows.filter((row) => row[0] === what).map((row) => asCell(String(row[1])));
  return {
    method: 'iqr',
    k: IQR_K,
    lower: tidy(shape.lower),
    upper: tidy(shape.upper),
    count: below + above,
    below,
    above,
    examples: [...of('high'), ...of('low')],
  };
}

/** Puts the answers together. Keys that do not apply to the kind stay absent. */
export function readProfile(
  column: Column,
  figures: Figures,
  values: Values,
  histogram: readonly Bin[] | null,
  outliers: Outliers | null,
  evidence: Evidence,
): ColumnProfile {
  const rows = Number(figures.rows ?? 0);
  const profile: Record<string, unknown> = {
    name: column.name,
    type: column.type,
    kind: column.kind,
    rows,
    nulls: rows - Number(figures.filled ?? 0),
    distinct: values.distinct,
    unique: values.unique,
    top: values.top,
    evidence,
  };
  const put = (key: string, cell: Cell | undefined) => {
    if (cell !== null && cell !== undefined) profile[key] = cell;
  };
  put('min', figures.min);
  put('max', figures.max);
  if (column.kind === 'text') {
    put('blanks', figures.blanks);
    if (figures.shortest !== null && figures.shortest !== undefined) {
      profile.length = {
        min: Number(figures.shortest),
        max: Number(figures.longest),
        mean: Number(figures.length),
      };
    }
  }
  if (column.kind === 'number') {
    for (const key of [
      'zeros',
      'negatives',
      'infinite',
      'nan',
      'mean',
      'stddev',
      'sum',
      'skewness',
      'kurtosis',
    ]) {
      const cell = figures[key];
      if (cell !== 'NaN') put(key, cell);
    }
  }
  if (column.kind === 'time') put('infinite', figures.infinite);
  if (figures.q0 !== null && figures.q0 !== undefined) {
    profile.quantiles = Object.fromEntries(probabilities.map((p, i) => [String(p), figures[`q${i}`]]));
  }
  if (histogram !== null) profile.histogram = histogram;
  if (outliers !== null) profile.outliers = [outliers];
  return profile as unknown as ColumnProfile;
}
