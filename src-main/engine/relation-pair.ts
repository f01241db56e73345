/**
 * Two columns laid against each other: exact counts by cells, boxes by category, a line over time.
 */
import { ProblemError } from '../core/problem';
import { grainFor, niceBins } from '../core/profile/bins';
import {
  bothRowsSql,
  boxesSql,
  cellsSql,
  crossSql,
  lineSql,
  readBoxes,
  readCells,
  readCross,
  timeColumn,
} from '../core/relation/against';
import { coefficientSql, numberSql, sampledSql, scaleOf } from '../core/relation/plan';
import {
  type Association,
  coefficients,
  type PairShape,
  type PairView,
  type RelatedColumn,
  SAMPLE,
} from '../core/relation/relation';
import { SampleRelations } from '../core/relation/sample';
import { type Cell, type Column, isWhole } from '../core/table';
import type { Reach } from './engine';
import type { Clock } from './profile';
import { fetched, keep, sampleOf, withEdges } from './relation-sample';

/** Points drawn at most. */
const POINTS = 2_000;
/** Cells along each axis. */
const ACROSS = 40;
/** Steps of a line over time at most. */
const STEPS = 240;

export async function relationPair(
  reach: Reach,
  one: Column,
  other: Column,
  clock: Clock,
): Promise<PairView> {
  const begun = clock.now();
  const sql: string[] = [];
  const ask = async (statement: string): Promise<readonly (readonly Cell[])[]> => {
    sql.push(statement.replaceAll(reach.from, reach.shown));
    return (await reach.query(statement)).rows;
  };
  const [a, b] = [related(one), related(other)];
  const rows = Number((await reach.query(`SELECT count(*) FROM ${reach.from}`)).rows[0]?.[0] ?? 0);
  const view = (
    n: number,
    shape: PairShape | null,
    reason: string | null,
    found: readonly Association[] = [],
    columns: readonly RelatedColumn[] = [],
  ): PairView => ({
    a: columns[0] ?? a ?? { column: one, scale: 'category' },
    b: columns[1] ?? b ?? { column: other, scale: 'category' },
    n,
    rows,
    shape,
    reason,
    coefficients: found,
    evidence: {
      basis: 'exact',
      rows,
      at: new Date(begun).toISOString(),
      ms: Math.round(clock.now() - begun),
      sql,
    },
  });
  if (a === null || b === null)
    return view(
      0,
      null,
      `${(a === null ? one : other).name} is nested: it has no values to lay against others.`,
    );
  const n = Number((await ask(bothRowsSql(reach.from, a, b)))[0]?.[0] ?? 0);
  if (n === 0) return view(0, null, 'No row has a value in both columns.');

  const sample = await sampleOf(reach, SAMPLE);
  const kept = await keep(reach.query, sample.from, [a, b].map(sampledSql));
  const values = await fetched(reach.query, kept.name, kept.taken, [0, 1]);
  const relations = new SampleRelations([a, b], values, sample.whole);
  const found = coefficients.flatMap((c) => relations.pair(0, 1, c) ?? []);
  const shape = await shapeOf(ask, reach, a, b, n, values, sample.whole).catch(orNull);
  const columns = [withEdges(a, relations.edges(0)), withEdges(b, relations.edges(1))];
  const reason = shape === null ? 'The values are too large or too far apart to draw.' : null;
  return view(n, shape, reason, sample.whole ? found : await exactly(reach, a, b, n, found), columns);
}

function related(column: Column): RelatedColumn | null {
  const scale = scaleOf(column);
  return scale === null ? null : { column, scale };
}

/** Pearson, eta and Cramér's V over all rows; one pair of columns is cheap enough. */
async function exactly(
  reach: Reach,
  a: RelatedColumn,
  b: RelatedColumn,
  n: number,
  found: readonly Association[],
): Promise<readonly Association[]> {
  const exact: Association[] = [];
  for (const one of found) {
    if (!['pearson', 'eta', 'cramer'].includes(one.coefficient) || one.value === null) {
      exact.push(one);
      continue;
    }
    // Squares of values near 1e300 overflow in the plain statement; the sample was scaled and keeps its figure.
    const value = await reach
      .query(coefficientSql(one.coefficient, reach.from, a, b))
      .then(({ rows }) => rows[0]?.[0], orNull);
    exact.push(
      typeof value === 'number'
        ? { ...one, value: Math.max(-1, Math.min(1, value)), n, basis: 'exact' }
        : one,
    );
  }
  return exact;
}

async function shapeOf(
  ask: (sql: string) => Promise<readonly (readonly Cell[])[]>,
  reach: Reach,
  a: RelatedColumn,
  b: RelatedColumn,
  n: number,
  values: readonly Float64Array[],
  whole: boolean,
): Promise<PairShape | null> {
  const { from } = reach;
  if (a.scale === 'category' && b.scale === 'category')
    return readCross(await ask(crossSql(from, a.column, b.column)));
  if (a.scale === 'category' || b.scale === 'category') {
    const flipped = a.scale !== 'category';
    const [category, number] = flipped ? [b, a] : [a, b];
    return readBoxes(await ask(boxesSql(from, category.column, number.column)), flipped);
  }
  const ends = (
    await ask(
      `SELECT min(x), max(x), min(y), max(y), regr_count(y, x)\nFROM (SELECT ${numberSql(a.column)} AS x, ${numberSql(b.column)} AS y FROM ${from}) WHERE x IS NOT NULL AND y IS NOT NULL`,
    )
  )[0]!.map(Number);
  const [lowX, highX, lowY, highY] = ends as [number, number, number, number];
  if (a.scale !== b.scale && [a, b].some((c) => timeColumn(c.column))) {
    const flipped = a.scale !== 'time';
    const [time, number] = flipped ? [b, a] : [a, b];
    const length = flipped ? highY - lowY : highX - lowX;
    const grain = grainFor(length, STEPS, time.column.type === 'DATE');
    const points = (await ask(lineSql(from, time.column, number.column, grain))).map((r) => ({
      at: String(r[0]).replace(' ', 'T'),
      n: Number(r[1]),
      mean: typeof r[2] === 'number' ? r[2] : null,
      median: typeof r[3] === 'number' ? r[3] : null,
    }));
    return { kind: 'line', grain, points, flipped };
  }
  const x = edgesOf(lowX, highX, values[0]!, a);
  const y = edgesOf(lowY, highY, values[1]!, b);
  if (x === null || y === null) return null;
  const cells = readCells(await ask(cellsSql(from, a.column, b.column, x, y)));
  const all = pointsOf(values[0]!, values[1]!);
  const step = Math.max(1, all.length / POINTS);
  const points = Array.from({ length: Math.min(POINTS, all.length) }, (_, i) => all[Math.floor(i * step)]!);
  return {
    kind: 'numbers',
    x,
    y,
    cells,
    points,
    allPoints: whole && all.length <= POINTS && n === all.length,
    line: await lineOf(ask, reach, a, b, lowX < highX),
  };
}

/** Least squares over all rows; null where squares overflow or the first column does not vary. */
async function lineOf(
  ask: (sql: string) => Promise<readonly (readonly Cell[])[]>,
  { from }: Reach,
  a: RelatedColumn,
  b: RelatedColumn,
  varied: boolean,
) {
  if (!varied) return null;
  const answer = await ask(
    `SELECT regr_slope(y, x), regr_intercept(y, x)\nFROM (SELECT ${numberSql(a.column)} AS x, ${numberSql(b.column)} AS y FROM ${from})`,
  ).catch(orNull);
  const [slope, intercept] = answer?.[0] ?? [];
  return typeof slope === 'number' && typeof intercept === 'number' ? { slope, intercept } : null;
}

/** What cannot be said because a number would be too large is null; everything else stays an error. */
function orNull(error: unknown): null {
  if (
    error instanceof ProblemError &&
    error.problem.code === 'query-failed' &&
    /out of range|overflow/i.test(error.problem.about.reason)
  )
    return null;
  throw error;
}

function pointsOf(x: Float64Array, y: Float64Array): readonly (readonly [number, number])[] {
  const points: (readonly [number, number])[] = [];
  for (let i = 0; i < x.length; i++)
    if (!Number.isNaN(x[i]!) && !Number.isNaN(y[i]!)) points.push([x[i]!, y[i]!]);
  return points;
}

/**
 * Round edges over the whole range, or over what most values fill where few lie far out: then the cells beyond the ends
 * hold the rest. null if the range is wider than a number can say.
 */
function edgesOf(
  low: number,
  high: number,
  values: Float64Array,
  of: RelatedColumn,
): readonly number[] | null {
  const known = values.filter((v) => !Number.isNaN(v)).sort();
  const at = (share: number) => known[Math.floor(share * (known.length - 1))] ?? low;
  const [inner, outer] = [at(0.01), at(0.99)];
  const room = (outer - inner) / 4;
  const tight = outer > inner && high - low > 3 * (outer - inner);
  const [from, to] = tight ? [Math.max(low, inner - room), Math.min(high, outer + room)] : [low, high];
  if (!Number.isFinite(to - from)) return null;
  if (!(to > from)) return [from, from + Math.max(1, Math.abs(from) * 1e-6)];
  const { low: first, count, width } = niceBins(from, to, ACROSS - 4, isWhole(of.column.type));
  return Array.from({ length: count + 1 }, (_, i) => (first + i) * width);
}
