/**
 * What the answers of a comparison's statements mean.
 */
import { type Bins, niceBins } from '../profile/bins';
import { probabilities } from '../profile/groups';
import { type Cell, isWhole } from '../table';
import type { Lone, Measures, SharedBin, SharedValue, SideFigures } from './comparison';
import type { Form, Pair } from './match';
import { jensenShannon, rootOfDivergence, smirnov, stability, stabilityByChance } from './measures';
import { positions, TOP, type Totals } from './plan';

export type Row = readonly Cell[];

export interface Counts {
  readonly same: boolean;
  /** Distinct values of both together. */
  readonly distinct: number;
  readonly sides: readonly [SideFigures, SideFigures];
  readonly fresh: Pick<Lone, 'values' | 'rows'>;
  readonly lost: Pick<Lone, 'values' | 'rows'>;
}

export function readCounts(row: Row, pair: Pair): Counts {
  const n = (i: number) => Number(row[i] ?? 0);
  const strange = (at: number): Pick<SideFigures, 'nan' | 'infinite'> => ({
    ...(pair.a.kind === 'number' ? { nan: n(at) } : {}),
    ...(pair.a.kind === 'number' || pair.a.kind === 'time' ? { infinite: n(at + 1) } : {}),
  });
  const side = (at: number): SideFigures => ({
    rows: n(at),
    nulls: n(at + 1),
    distinct: n(at + 2),
    ...strange(at + 3),
  });
  return {
    same: n(0) === 0,
    distinct: n(1),
    sides: [side(2), side(7)],
    fresh: { values: n(12), rows: n(13) },
    lost: { values: n(14), rows: n(15) },
  };
}

/** Of kinds that cannot be compared. */
export function readSide(row: Row): SideFigures {
  const [rows, filled, distinct] = [0, 1, 2].map((i) => Number(row[i] ?? 0));
  return { rows: rows ?? 0, nulls: (rows ?? 0) - (filled ?? 0), distinct: distinct ?? 0 };
}

/** The most frequent of both sides, most frequent first by the greater of their shares, and the examples of lone values. */
export function readTop(rows: readonly Row[], counts: Counts) {
  const of = (list: string) =>
    rows
      .filter((row) => row[0] === list)
      .map((row): SharedValue => ({ value: row[1] ?? null, a: Number(row[2]), b: Number(row[3]) }));
  const [a, b] = counts.sides;
  const share = (v: SharedValue) => Math.max(v.a / Math.max(1, a.rows), v.b / Math.max(1, b.rows));
  const key = (v: SharedValue) => `${typeof v.value} ${String(v.value)}`;
  const top = [...new Map([...of('a'), ...of('b')].map((v) => [key(v), v])).values()];
  return {
    top: top.sort((x, y) => share(y) - share(x)).slice(0, TOP),
    fresh: { ...counts.fresh, examples: of('fresh').map((v) => ({ value: v.value, count: v.b })) },
    lost: { ...counts.lost, examples: of('lost').map((v) => ({ value: v.value, count: v.a })) },
  };
}

export interface ReadTotals extends Totals {
  readonly distinctA: number;
  /** Least and greatest of A, then of B. */
  readonly ends: readonly Cell[];
  /** Seconds from the least to the greatest of all, of times. */
  readonly span: number;
}

export function readTotals(row: Row): ReadTotals {
  return {
    n: Number(row[0] ?? 0),
    m: Number(row[1] ?? 0),
    distinctA: Number(row[2] ?? 0),
    ends: row.slice(3, 7),
    meanA: finite(row[7]),
    meanB: finite(row[8]),
    span: Number(row[9] ?? 0),
  };
}

export interface Spread {
  readonly ks: Measures['ks'];
  /** What to add to the figures of A and of B. */
  readonly figures: readonly [Partial<SideFigures>, Partial<SideFigures>];
  readonly pooled: readonly [number, number];
}

export function readSpread(row: Row, form: Form, totals: ReadTotals): Spread {
  const { n, m, ends } = totals;
  const d = finite(row[0]);
  const width = 2 * probabilities.length;
  const side = (at: number, of: number, mean: number | null, end: number): Partial<SideFigures> => {
    const variance = finite(row[2 + at]);
    const cells = row.slice(4 + at * width, 4 + (at + 1) * width);
    const quantiles = probabilities.map(
      (p, i) => [String(p), between(cells[2 * i], cells[2 * i + 1], positions(form, of, p)[2])] as const,
    );
    return {
      ...(of === 0 ? {} : { min: ends[end] ?? null, max: ends[end + 1] ?? null }),
      ...(mean === null ? {} : { mean }),
      ...(variance === null ? {} : { stddev: Math.sqrt(variance) }),
      ...(of === 0 ? {} : { quantiles: Object.fromEntries(quantiles) }),
    };
  };
  return {
    ks: d === null ? null : { value: d, p: smirnov(d, n, m), at: row[1] ?? null },
    figures: [side(0, n, totals.meanA, 0), side(1, m, totals.meanB, 2)],
    pooled: [Number(row[4 + 2 * width]), Number(row[5 + 2 * width])],
  };
}

function between(low: Cell | undefined, high: Cell | undefined, share: number): Cell {
  if (low === high || share === 0 || high === null || high === undefined) return low ?? null;
  return Number(low) + (Number(high) - Number(low)) * share;
}

function finite(cell: Cell | undefined): number | null {
  return cell === null || cell === undefined || !Number.isFinite(Number(cell)) ? null : Number(cell);
}

const TARGET = 40;
/** Where values lie this many interquartile ranges beyond the quartiles of both, the rest is gathered in one last bin. */
const TAIL = 3;

/** Bins for both sides of a number; null if the values reach too far to be parted. */
export function sharedBins(
  pair: Pair,
  { ends }: ReadTotals,
  [q1, q3]: Spread['pooled'],
): { readonly bins: Bins; readonly min: number; readonly max: number } | null {
  const known = ends.filter((cell) => cell !== null && cell !== undefined).map(Number);
  const [min, max] = [Math.min(...known), Math.max(...known)];
  if (known.length === 0 || !Number.isFinite(max - min)) return null;
  const iqr = q3 - q1;
  const [from, to] = [Math.max(min, q1 - TAIL * iqr), Math.min(max, q3 + TAIL * iqr)];
  const clip = iqr > 0 && to - from < (max - min) / 2;
  const whole = isWhole(pair.a.type) && isWhole(pair.b.type);
  return { bins: clip ? niceBins(from, to, TARGET, whole) : niceBins(min, max, TARGET, whole), min, max };
}

/** Bins in order; the tails, if any, reach to the extremes. */
export function readBins(shape: NonNullable<ReturnType<typeof sharedBins>>, rows: readonly Row[]) {
  const { bins, min, max } = shape;
  const counts = new Map(rows.map((row) => [Number(row[0]), { a: Number(row[1]), b: Number(row[2]) }]));
  const edge = (i: number) => Number(((bins.low + i) * bins.width).toPrecision(12));
  const inside = Array.from(
    { length: bins.count },
    (_, i): SharedBin => ({ low: edge(i), high: edge(i + 1), ...(counts.get(i) ?? { a: 0, b: 0 }) }),
  );
  const below = counts.get(-1);
  const above = counts.get(bins.count);
  const last = inside.at(-1);
  if (above !== undefined && last !== undefined) {
    // A greatest value that stands on the last edge belongs to the last bin, which is closed on both sides.
    if (max <= Number(last.high))
      inside[inside.length - 1] = { ...last, a: last.a + above.a, b: last.b + above.b };
    else inside.push({ low: edge(bins.count), high: max, ...above });
  }
  return below === undefined ? inside : [{ low: min, high: edge(0), ...below }, ...inside];
}

/** Bins of a calendar, with the empty stretches between them put in as one each. */
export function readCalendar(rows: readonly Row[]): readonly SharedBin[] {
  const iso = (cell: Cell | undefined) =>
    String(cell ?? '')
      .replace(' ', 'T')
      .replace(/T00:00:00$/, '');
  const result: SharedBin[] = [];
  for (const row of rows) {
    const bin = { low: iso(row[0]), high: iso(row[1]), a: Number(row[2]), b: Number(row[3]) };
    const last = result.at(-1);
    if (last !== undefined && last.high !== bin.low)
      result.push({ low: last.high, high: bin.low, a: 0, b: 0 });
    result.push(bin);
  }
  return result;
}

/** The measures of numbers and times. */
export function orderedMeasures(
  tenths: readonly Row[],
  few: boolean,
  bins: readonly SharedBin[] | null,
  ks: Measures['ks'],
  { n, m }: Totals,
): Measures | null {
  const parts = tenths.map((row) => ({
    name: row[0] === null || row[0] === undefined ? 'all other values' : String(row[0]),
    a: Number(row[1]),
    b: Number(row[2]),
  }));
  const counts = (side: 'a' | 'b', of: readonly { a: number; b: number }[]) => of.map((part) => part[side]);
  const psi = stability(counts('a', parts), counts('b', parts));
  if (psi === null) return null;
  const js = bins === null ? null : jensenShannon(counts('a', bins), counts('b', bins));
  const chance = stabilityByChance(parts.length, n, m);
  return {
    psi: { value: psi, over: few ? 'value' : 'decile', bins: parts, count: parts.length, chance },
    js: js === null ? null : { value: js, over: 'bin', count: bins?.length ?? 0 },
    ks,
  };
}

/** The measures of categories. */
export function categoryMeasures(row: Row, distinct: number, of: number, ofB: number): Measures {
  const psi = Math.max(0, Number(row[0] ?? 0));
  return {
    psi: {
      value: psi,
      over: 'value',
      bins: [],
      count: distinct,
      chance: stabilityByChance(distinct, of, ofB),
    },
    js: { value: rootOfDivergence(Number(row[1] ?? 0)), over: 'value', count: distinct },
    ks: null,
  };
}
