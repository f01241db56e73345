/**
 * Runs the profile of one column by the grouped road: each answer read by core, which then knows what to ask next.
 */
import { ProblemError } from '../core/problem';
import { readSuspects, suspectsOf } from '../core/profile/disguise';
import {
  apartFiguresSql,
  calendarSql,
  figuresSql,
  grainSql,
  groupSql,
  numberShapeSql,
  orderSql,
  stepsOfOrderSql,
  topSql,
} from '../core/profile/groups';
import { elementsSql, insideSql, nestingOf } from '../core/profile/inside';
import { claimSql, meaningOf, readClaim, shapeClaim } from '../core/profile/meaning';
import { momentsOf } from '../core/profile/moments';
import type { ColumnProfile, Evidence } from '../core/profile/profile';
import {
  cellOf,
  type Drawn,
  drawn,
  type Figures,
  outliersOf,
  powersOf,
  quantilesOf,
  type Row,
  readCalendar,
  readHistogram,
  readTop,
  type Shape,
  shapeOf,
  sortedFrom,
} from '../core/profile/read';
import { grainTests, readGrain, stepsSql } from '../core/profile/regular';
import { hasMasks, readSpelt, speltSql } from '../core/profile/spelt';
import { type Cell, type Column, isWhole, kindOf } from '../core/table';
import type { Query, Result } from './session';

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
}

/** What stands behind FROM: as it is read, and as it is shown to somebody who computes the figures again. */
export interface Origin {
  readonly read: string;
  readonly shown: string;
}

/** Distinct values of a sample that are looked at for their masks. */
const MASKED_IN_SAMPLE = 2_000;

type AskRows = (statement: string) => Promise<Result>;

/**
 * The exact profile of a column of what stands behind FROM.
 * @param query A connection that keeps temporary tables from one statement to the next.
 * @param basis Whether these are all rows of the table or a sample of them.
 * @param mayBeSorted Whether its order is worth proving: false if a sample refuted it.
 * @throws ProblemError if the data cannot be read or the query was cancelled.
 */
export async function profileColumn(
  query: Query,
  origin: Origin,
  column: Column,
  clock: Clock,
  basis: Evidence['basis'] = 'exact',
  mayBeSorted = true,
): Promise<ColumnProfile> {
  const book = new Book(query, origin, clock);
  const sample = basis === 'sample';
  let profile = await grouped(book.ask, origin.read, column, sample);
  const sorted = mayBeSorted ? await sortedOf(book.ask, origin.read, column, profile.distinct) : undefined;
  if (sorted !== undefined) profile = { ...profile, sorted };
  if (column.kind === 'nested') {
    const inside = await insideOf(query, origin, column, clock, basis, { depth: 0, left: PARTS_MOST });
    profile = { ...profile, ...inside };
  }
  return { ...profile, evidence: book.evidence(basis, profile.rows) };
}

/** The order of the rows by a column, if there is one; undefined where it would say nothing. */
export async function sortedOf(
  ask: AskRows,
  from: string,
  column: Column,
  distinct: number,
): Promise<ColumnProfile['sorted']> {
  if (distinct < 2 || column.kind === 'nested' || column.kind === 'boolean') return undefined;
  return sortedFrom((await ask(stepsOfOrderSql(from, column))).rows[0] ?? []);
}

/** Parts of one nested column that are profiled at most, and how deep. */
const PARTS_MOST = 40;
const DEEPEST = 12;

/** The lengths of nested values, and the profiles of what they hold. @param budget `left` is what may still be profiled; it is used up. */
async function insideOf(
  query: Query,
  origin: Origin,
  column: Column,
  clock: Clock,
  basis: Evidence['basis'],
  budget: { readonly depth: number; left: number },
): Promise<Partial<Drawn>> {
  const read = insideSql(origin.read, column);
  if (read === null || budget.depth >= DEEPEST) return {};
  const more: Partial<Drawn> = {};
  const shown = insideSql(origin.shown, column) ?? '';
  const nesting = nestingOf(column.type);
  if (nesting === 'list' || nesting === 'map') {
    const counts = byName(await query(elementsSql(origin.read, column)));
    if (counts.elements !== null)
      Object.assign(more, {
        length: { min: Number(counts.fewest), max: Number(counts.most), mean: Number(counts.elements) },
      });
  }
  const inside: ColumnProfile[] = [];
  for (const { name, type } of (await query(`FROM ${read} LIMIT 0`)).columns) {
    if (budget.left-- <= 0) break;
    const part: Column = { name, type, kind: kindOf(type) };
    const book = new Book(query, { read, shown }, clock);
    const profile = await grouped(book.ask, read, part, basis === 'sample');
    const deeper = { depth: budget.depth + 1, left: budget.left };
    const within =
      part.kind === 'nested' ? await insideOf(query, { read, shown }, part, clock, basis, deeper) : {};
    budget.left = deeper.left;
    inside.push({ ...profile, ...within, evidence: book.evidence(basis, profile.rows) });
  }
  return inside.length === 0 ? more : { ...more, inside };
}

/** Puts statements, and keeps them with the time they took as what the figures rest on. */
export class Book {
  private readonly sql: string[] = [];
  private readonly begun: number;

  constructor(
    private readonly query: Query,
    private readonly origin: Origin,
    private readonly clock: Clock,
  ) {
    this.begun = clock.now();
  }

  readonly ask: AskRows = async (statement) => {
    const result = await this.query(statement);
    this.note(statement);
    return result;
  };

  /** Keeps a statement that was put for several columns. */
  note(statement: string): void {
    this.sql.push(statement.replaceAll(this.origin.read, this.origin.shown));
  }

  evidence(basis: Evidence['basis'], rows: number): Evidence {
    return {
      basis,
      rows,
      at: new Date(this.begun).toISOString(),
      ms: Math.round(this.clock.now() - this.begun),
      sql: this.sql,
    };
  }
}

async function grouped(ask: AskRows, from: string, column: Column, sample: boolean): Promise<Drawn> {
  const figures = await askFigures(ask, from, column);
  const top = Number(figures.filled ?? 0) === 0 ? [] : readTop((await ask(topSql(column))).rows);
  const more =
    column.kind === 'number'
      ? await numberFigures(ask, column, figures)
      : column.kind === 'time'
        ? await timeFigures(ask, column, figures)
        : column.kind === 'text'
          ? await textFigures(ask, column, figures, sample)
          : {};
  return withMeaning(ask, column, drawn(column, figures, top, more));
}

/** The meaning that values and name speak for; what a shape claims is proved over the values of GROUPS. */
export async function withMeaning(ask: AskRows, column: Column, profile: Drawn): Promise<Drawn> {
  const claim = shapeClaim(column, profile.top);
  const proved = claim === null ? null : readClaim(claim, (await ask(claimSql(column, claim))).rows[0] ?? []);
  const meaning = meaningOf(profile, proved);
  return meaning === null ? profile : { ...profile, meaning };
}

/** Counts the values and asks their figures. Sums of numbers of 38 digits overflow; then everything else is still worth having. */
async function askFigures(ask: AskRows, from: string, column: Column): Promise<Figures> {
  const figures = async (sums: boolean) => {
    await ask(groupSql(from, column, sums));
    return byName(await ask(figuresSql(column, sums)));
  };
  try {
    return await figures(true);
  } catch (error) {
    if (column.kind !== 'number' || !overflows(error)) throw error;
    return figures(false);
  }
}

export function overflows(error: unknown): boolean {
  return (
    error instanceof ProblemError &&
    error.problem.code === 'query-failed' &&
    /out of range|overflow|could not be cast|can't be cast/i.test(error.problem.about.reason)
  );
}

async function numberFigures(ask: AskRows, column: Column, figures: Figures): Promise<Partial<Drawn>> {
  const finite = Number(figures.finite ?? 0);
  if (finite === 0) return {};
  const center = Number(figures.center);
  const [min, max] = [Number(figures.min), Number(figures.max)];
  const reach = Math.max(Math.abs(min - center), Math.abs(max - center));
  const scale = Number.isFinite(reach) ? reach || 1 : Math.max(Math.abs(min), Math.abs(max));
  const close = isClose(column, min, max) ? await closeFigures(ask, column, figures.min ?? null) : null;
  const ordered = byName(
    await ask(
      close === null
        ? orderSql(column, finite, center, scale)
        : orderSql(column, finite, close.center, close.scale, figures.min),
    ),
  );
  const quantiles = quantilesOf(column, ordered, finite);
  const powers =
    close === null
      ? powersOf(ordered, finite, center, scale)
      : powersOf(ordered, finite, close.center + min, close.scale);
  const more = { ...momentsOf(powers), quantiles };
  const shape = shapeOf(column, figures, quantiles);
  if (shape?.kind !== 'number') return more;
  return { ...more, ...(await numberShape(ask, column, figures, shape, Number(quantiles['0.5']))) };
}

/** Whether numbers that have more digits than a double lie so close together that as doubles they would be much the same. */
function isClose({ type }: Column, min: number, max: number): boolean {
  const long = /^U?(BIGINT|HUGEINT)$/.test(type) || Number(/^DECIMAL\((\d+),/.exec(type)?.[1] ?? 0) > 15;
  return (
    long &&
    max - min < 1e-4 * Math.max(Math.abs(min), Math.abs(max)) &&
    Math.max(Math.abs(min), Math.abs(max)) > 2 ** 40
  );
}

async function closeFigures(ask: AskRows, column: Column, least: Cell) {
  const { center, reach } = byName(await ask(apartFiguresSql(column, least)));
  return { center: Number(center), scale: Math.max(Number(center), Number(reach) - Number(center)) || 1 };
}

async function numberShape(
  ask: AskRows,
  column: Column,
  figures: Figures,
  shape: Shape & { kind: 'number' },
  median: number,
): Promise<Partial<Drawn>> {
  const suspects = suspectsOf(column, figures.min ?? null, figures.max ?? null, shape);
  const [distinct, finite] = [Number(figures.distinct), Number(figures.finite)];
  const { rows } = await ask(numberShapeSql(column, { ...shape, median, suspects, distinct, finite }));
  const of = rowsByName(rows);
  const counts = new Map(of('bin').map(([a, b]) => [Number(a), Number(b)]));
  const [below = 0, above = 0] = (of('fence')[0] ?? []).map(Number);
  const extremes = [...of('high'), ...of('low')].map(([a]) => cellOf(column, a ?? null));
  const disguised = readSuspects(suspects, countsIn(of('suspect')));
  const mad = of('mad')[0];
  const digits = new Map(of('digit').map(([a, b]) => [String(a), Number(b)]));
  return {
    histogram: readHistogram(shape, counts),
    outliers: [outliersOf(shape, below, above, extremes)],
    ...(disguised.length > 0 ? { disguised } : {}),
    ...(mad === undefined ? {} : { mad: (Number(mad[0]) + Number(mad[1])) / 2 }),
    ...(digits.size === 0 ? {} : { digits: [...'123456789'].map((d) => digits.get(d) ?? 0) }),
    ...(isWhole(column.type)
      ? { heaps: Object.fromEntries(of('heap').map(([step, n]) => [String(step), Number(n)])) }
      : {}),
  };
}

async function timeFigures(ask: AskRows, column: Column, figures: Figures): Promise<Partial<Drawn>> {
  const finite = Number(figures.finite ?? 0);
  if (finite === 0) return {};
  const ordered = byName(await ask(orderSql(column, finite, 0, 1)));
  const quantiles = quantilesOf(column, ordered, finite);
  const shape = shapeOf(column, figures, quantiles);
  if (shape?.kind !== 'time') return { quantiles };
  const grain = readGrain((await ask(grainSql(grainTests))).rows[0] ?? [], Number(figures.distinct));
  const suspects = suspectsOf(column, figures.min ?? null, figures.max ?? null, null);
  const steps = grain === null ? null : `${stepsSql(grain)} - count(DISTINCT t)`;
  const of = rowsByName((await ask(calendarSql(column, shape.grain, suspects, steps))).rows);
  const disguised = readSuspects(suspects, countsIn(of('suspect').map(([a, , c]) => [a ?? null, c ?? null])));
  return {
    quantiles,
    histogram: readCalendar(of('bin')),
    ...(disguised.length > 0 ? { disguised } : {}),
    ...(grain === null ? {} : { range: { grain, gaps: Number(of('gaps')[0]?.[2] ?? 0) } }),
    weekdays: cycleOf(of('weekday'), 7),
    ...(column.type === 'DATE' ? {} : { hours: cycleOf(of('hour'), 24) }),
  };
}

async function textFigures(
  ask: AskRows,
  column: Column,
  figures: Figures,
  sample: boolean,
): Promise<Partial<Drawn>> {
  const distinct = Number(figures.distinct ?? 0);
  if (distinct === 0) return {};
  const masks = hasMasks(distinct, Number(figures.length ?? 0));
  // What is an estimate anyway need not cost a mask of every value.
  const part = sample ? Math.ceil(distinct / MASKED_IN_SAMPLE) : 1;
  const { patterns, disguised, letterCase, scripts } = readSpelt(
    (await ask(speltSql(column, masks, part))).rows,
  );
  return {
    ...(masks ? { patterns, letterCase } : {}),
    ...(disguised.length > 0 ? { disguised } : {}),
    ...(scripts.length > 0 ? { scripts } : {}),
  };
}

/** Counts at the places of a cycle, from rows of (place, nothing, count). */
export function cycleOf(rows: readonly Row[], length: number): readonly number[] {
  const found = new Map(rows.map(([place, , n]) => [Number(place), Number(n)]));
  return Array.from({ length }, (_, i) => found.get(i) ?? 0);
}

/** Counts of suspects in their order, from rows of (place, count). */
export function countsIn(rows: readonly Row[]): readonly number[] {
  const found = new Map(rows.map(([place, n]) => [Number(place), Number(n)]));
  return rows.map((_, i) => found.get(i) ?? 0);
}

/** Rows of an answer by what their first cell says, without it. */
export function rowsByName(rows: readonly Row[]): (what: string) => readonly Row[] {
  return (what) => rows.filter((row) => row[0] === what).map((row) => row.slice(1));
}

export function byName(result: Result): Figures {
  return Object.fromEntries(
    result.columns.map((c, i) => [c.name, (result.rows[0]?.[i] ?? null) satisfies Cell]),
  );
}
