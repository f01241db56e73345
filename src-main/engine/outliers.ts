/**
 * The outlier bench: what methods make of a column in a selection of its table.
 *
 * What is known of a column is kept for the last few, so that a new threshold counts and does not measure again.
 */
import type { Ask } from '../contract';
import type { Filter } from '../core/filter';
import * as ask from '../core/outlier/ask';
import type {
  AgreementAnswer,
  BenchAnswer,
  CurveAnswer,
  CurvePoint,
  DistanceAnswer,
  Outcome,
  StripAnswer,
} from '../core/outlier/bench';
import {
  agreementSql,
  edgesSql,
  type Fences,
  flaggedSql,
  isFences,
  readAgreement,
  readEdges,
  readSides,
  sidesSql,
} from '../core/outlier/count';
import { distances, shares } from '../core/outlier/distance';
import { SMALL } from '../core/outlier/grubbs';
import type { Facts, Known, Method, Rule, Verdict } from '../core/outlier/method';
import { judge, methodNamed, methods, parameterOf } from '../core/outlier/methods';
import { MASKS } from '../core/outlier/pattern';
import { between, bucketsOf, bucketsSql, edgesFrom, ranksOf, ranksSql } from '../core/outlier/rank';
import { seasonGrain } from '../core/outlier/season';
import { chiSquare } from '../core/outlier/student';
import { ProblemError, problem } from '../core/problem';
import type { Evidence } from '../core/profile/profile';
import { hasMasks } from '../core/profile/spelt';
import { identifier } from '../core/sql';
import type { Cell, Column, Table } from '../core/table';
import type { Engine, Reach } from './engine';
import type { Clock } from './profile';

type Row = readonly Cell[];

/** Columns whose facts are kept. */
const KEPT = 8;
/** Values up to which quantiles are asked for in one list. */
const FEW = 200_000;
/** Rows of a sample that tells whether all rows need be grouped, and of one that is drawn. */
const LOOK = 20_000;
const DRAWN = 1_500;
/** Rows of the sample in which distances are measured, and columns they may be measured in. */
const SAMPLE = 20_000;
export const COLUMNS = 20;
/** Farthest rows and flagged groups that are told. */
const TOLD = 200;

/** The statements of an answer, as somebody else would write them, and what was read of the selection. */
interface Desk {
  readonly reach: Reach;
  readonly column: Column;
  readonly sql: string[];
  /** Reads the selection; `from` is what to read where it is not all of it. */
  rows(statement: (from: string) => string, from?: string): Promise<readonly Row[]>;
}

export class Outliers {
  private readonly kept = new Map<string, { readonly table: Table; readonly facts: Facts }>();

  constructor(
    private readonly engine: Engine,
    private readonly clock: Clock,
  ) {}

  /** Every method on a column, with what it flags over all rows of the selection. */
  bench(asked: Ask<'outlier:bench'>, signal?: AbortSignal): Promise<BenchAnswer> {
    return this.at(asked, signal, async (desk, done) => {
      const facts = await this.facts(desk, asked.filter ?? []);
      const judged = methods.map((method) => {
        const parameter = parameterOf(method, asked.parameters ?? {});
        return { method, parameter, verdict: judge(method, facts, parameter) };
      });
      const outcomes = await outcomesOf(desk, judged);
      const numbers = 'value' in facts.numbers && facts.filled > 0 ? facts.numbers.value : null;
      const q = (p: number) => numbers?.quantiles.get(p) ?? Number.NaN;
      return {
        column: desk.column,
        rows: facts.rows,
        nulls: facts.nulls,
        notFinite: facts.notFinite,
        filled: facts.filled,
        box: numbers === null ? null : ([numbers.min, q(0.25), q(0.5), q(0.75), numbers.max] as const),
        outcomes,
        evidence: done('exact', facts.rows),
      };
    });
  }

  /** One method at one setting. */
  count(asked: Ask<'outlier:count'>, signal?: AbortSignal): Promise<Outcome> {
    return this.at(asked, signal, async (desk) => {
      const method = known(asked.method);
      const facts = await this.facts(desk, asked.filter ?? []);
      const verdict = judge(method, facts, asked.parameter);
      const [outcome] = await outcomesOf(desk, [{ method, parameter: asked.parameter, verdict }]);
      return outcome as Outcome;
    });
  }

  /** One method at every stop of its slider, by one look at the data. */
  curve(asked: Ask<'outlier:curve'>, signal?: AbortSignal): Promise<CurveAnswer> {
    return this.at(asked, signal, async (desk, done) => {
      const method = known(asked.method);
      const facts = await this.facts(desk, asked.filter ?? []);
      const verdicts = method.parameter.stops.map((stop) => judge(method, facts, stop));
      const rules = verdicts.filter((v): v is Fences => v.fits && isFences(v));
      const counts = new Map<Verdict, { below: number; above: number }>();
      if (rules.length > 0) {
        const rows = await desk.rows((from) => edgesSql(from, desk.column, rules));
        readEdges(rows, rules).forEach((sides, i) => {
          counts.set(rules[i] as Verdict, sides);
        });
      }
      const points = verdicts.map((verdict, i): CurvePoint | null => {
        if (!verdict.fits) return null;
        const { low, high, flag } = verdict;
        const { below, above } = counts.get(verdict) ?? verdict.counted ?? { below: 0, above: 0 };
        return { parameter: method.parameter.stops[i] as number, low, high, flag, below, above };
      });
      return { method: method.name, points, evidence: done('exact', facts.rows) };
    });
  }

  /** Rows that two methods flag alike, for all pairs of those that work on the column. */
  agreement(asked: Ask<'outlier:agreement'>, signal?: AbortSignal): Promise<AgreementAnswer> {
    return this.at(asked, signal, async (desk, done) => {
      const facts = await this.facts(desk, asked.filter ?? []);
      const fit = methods.flatMap((method) => {
        const verdict = judge(method, facts, parameterOf(method, asked.parameters ?? {}));
        return verdict.fits ? [{ method, rule: verdict }] : [];
      });
      const rules = fit.map((one) => one.rule);
      const rows =
        rules.length === 0 ? [] : await desk.rows((from) => agreementSql(from, desk.column, rules));
      return {
        methods: fit.map((one) => one.method.name),
        ...readAgreement(rows, rules.length),
        evidence: done('exact', facts.rows),
      };
    });
  }

  /** Values to draw: some usual ones from all over the selection, and the flagged ones. */
  strip(asked: Ask<'outlier:strip'>, signal?: AbortSignal): Promise<StripAnswer> {
    return this.at(asked, signal, async (desk, done) => {
      const { column, reach } = desk;
      if (column.kind !== 'number')
        return { usual: [], flagged: [], flaggedOf: 0, evidence: done('sample', 0) };
      const flagged = await desk.rows((from) => flaggedSql(from, column, { flag: asked.flag }));
      const sample = reach.sample(DRAWN);
      const usual = await desk.rows(
        (from) => `SELECT x FROM ${ask.numbersFrom(from, column)} LIMIT ${2 * DRAWN}`,
        sample.from,
      );
      return {
        usual: usual.map((row) => Number(row[0])),
        flagged: flagged.map((row) => ({ value: Number(row[1]), rows: Number(row[2]) })),
        flaggedOf: Number(flagged[0]?.[0] ?? 0),
        evidence: done(sample.whole ? 'exact' : 'sample', usual.length),
      };
    });
  }

  /** Distances in several number columns at once, on a sample. @throws ProblemError `column-missing`. */
  distance(asked: Ask<'outlier:distance'>, signal?: AbortSignal): Promise<DistanceAnswer> {
    const table = this.engine.table(asked.table);
    const columns = asked.columns.map((name) => columnOf(table, name)).filter((c) => c.kind === 'number');
    const first = columns[0];
    if (first === undefined || columns.length > COLUMNS) {
      const evidence: Evidence = { basis: 'sample', rows: 0, at: this.now(), ms: 0, sql: [] };
      const why = `Choose from 2 to ${COLUMNS} number columns.`;
      return Promise.resolve({
        columns: columns.map((c) => c.name),
        ...{ sampled: 0, leftOut: 0, cuts: [], farthest: [], medians: [], why, evidence },
      });
    }
    const names = columns.map((c) => c.name);
    return this.at({ ...asked, column: first.name }, signal, async (desk, done) => {
      const sample = desk.reach.sample(SAMPLE);
      const list = columns.map((c) => `${identifier(c.name)}::DOUBLE`).join(', ');
      const read = await desk.rows((from) => `SELECT ${list} FROM ${from} LIMIT ${2 * SAMPLE}`, sample.from);
      const rows = read.filter((row) => row.every((x) => typeof x === 'number')) as (readonly number[])[];
      const { squared, medians, why } = distances(rows, names);
      const order = squared.map((_, i) => i).sort((a, b) => squared[b]! - squared[a]! || a - b);
      return {
        columns: names,
        sampled: rows.length,
        leftOut: read.length - rows.length,
        cuts: why !== '' ? [] : shares.map((share) => cut(share, names.length, squared)),
        farthest: order.slice(0, TOLD).map((i) => ({ values: rows[i]!, distance: squared[i]! })),
        medians,
        why,
        evidence: done(sample.whole ? 'exact' : 'sample', rows.length),
      };
    });
  }

  /** A piece of work on one column of a selection, and what its answer rests on. */
  private at<T>(
    { table, column: name, filter = [] }: { table: string; column: string; filter?: readonly Filter[] },
    signal: AbortSignal | undefined,
    work: (desk: Desk, done: (basis: Evidence['basis'], rows: number) => Evidence) => Promise<T>,
  ): Promise<T> {
    const column = columnOf(this.engine.table(table), name);
    const begun = this.clock.now();
    return this.engine.lane(
      table,
      { filter, where: '' },
      (reach) => {
        const sql: string[] = [];
        const rows = async (statement: (from: string) => string, from = reach.from) => {
          sql.push(statement(from).replaceAll(reach.from, reach.shown));
          return (await reach.query(statement(from))).rows;
        };
        const done = (basis: Evidence['basis'], n: number) => ({
          basis,
          rows: n,
          at: new Date(begun).toISOString(),
          ms: Math.round(this.clock.now() - begun),
          sql,
        });
        return work({ reach, column, sql, rows }, done);
      },
      signal,
    );
  }

  private now(): string {
    return new Date(this.clock.now()).toISOString();
  }

  private async facts(desk: Desk, filter: readonly Filter[]): Promise<Facts> {
    const { table } = desk.reach;
    const key = JSON.stringify([table.name, desk.column.name, filter]);
    const found = this.kept.get(key);
    if (found?.table === table) return found.facts;
    const facts = await factsOf(desk);
    this.kept.delete(key);
    this.kept.set(key, { table, facts });
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= KEPT) break;
      this.kept.delete(oldest);
    }
    return facts;
  }
}

function columnOf(table: Table, name: string): Column {
  const column = table.columns.find((c) => c.name === name);
  if (column === undefined)
    throw new ProblemError(
      problem('column-missing', { table: table.name, column: name, used: 'the request' }),
    );
  return column;
}

function known(name: string): Method {
  const method = methodNamed(name);
  if (method === undefined) throw new RangeError(`no method ${name}`);
  return method;
}

function cut(share: number, columns: number, squared: readonly number[]) {
  const distance = chiSquare(share, columns);
  return { share, distance, rows: squared.filter((d) => d > distance).length };
}

async function outcomesOf(
  desk: Desk,
  judged: readonly { method: Method; parameter: number; verdict: Verdict }[],
): Promise<readonly Outcome[]> {
  const rules = judged.map((one) => one.verdict).filter((v): v is Fences => v.fits && isFences(v));
  const row =
    rules.length === 0 ? [] : ((await desk.rows((from) => sidesSql(from, desk.column, rules)))[0] ?? []);
  const counts = new Map(readSides(row, rules.length).map((sides, i) => [rules[i] as Rule, sides]));
  return judged.map(({ method, parameter, verdict }): Outcome => {
    if (!verdict.fits) return { method: method.name, fits: false, parameter, why: verdict.why };
    const { counted, low, high, flag, remark } = verdict;
    const { below, above } = counts.get(verdict) ?? counted ?? { below: 0, above: 0 };
    const found = {
      method: method.name,
      fits: true as const,
      parameter,
      flag,
      low,
      high,
      below,
      above,
      remark,
    };
    return counted === undefined
      ? found
      : {
          ...found,
          groups: counted.groups.slice(0, TOLD),
          flagged: counted.groups.length,
          of: counted.of,
          noun: counted.noun,
        };
  });
}

async function factsOf(desk: Desk): Promise<Facts> {
  const { column } = desk;
  const none = (why: string): { why: string } => ({ why });
  const [counts = []] =
    column.kind === 'nested'
      ? await desk.rows((from) => `SELECT count(*), count(${identifier(column.name)}), 0 FROM ${from}`)
      : await desk.rows((from) => ask.countsSql(from, column));
  const [rows, notNull, filled] = [0, 1, 2].map((i) => Number(counts[i] ?? 0)) as [number, number, number];
  const facts: Facts = {
    column,
    rows,
    nulls: rows - notNull,
    notFinite: column.kind === 'nested' ? 0 : notNull - filled,
    filled,
    numbers: none('It is no number.'),
    groups: none('It has no groups.'),
    masks: none('It is no text.'),
    calendar: none('It is no time.'),
  };
  if (filled === 0) return facts;
  if (column.kind === 'time') return { ...facts, calendar: await calendarOf(desk, filled) };
  const grouped = await groupsOf(desk, filled);
  return {
    ...facts,
    ...grouped,
    ...(column.kind === 'number' ? { numbers: await numbersOf(desk, filled) } : {}),
  };
}

async function numbersOf(desk: Desk, filled: number): Promise<Facts['numbers']> {
  const { column } = desk;
  const numbers = (from: string) => ask.numbersFrom(from, column);
  const [range = []] = await desk.rows((from) => ask.rangeSql(from, column));
  const positive = Number(range[2] ?? 0);
  const few = filled <= FEW;
  const quantiles = few
    ? ask.readQuantiles((await desk.rows((from) => ask.quantilesSql(from, column)))[0] ?? [])
    : ask.quantilesAt(await valuesAt(desk, numbers, ask.ranksWanted(filled, positive)), filled, positive);
  const moments = await desk
    .rows((from) => ask.momentsSql(from, column))
    .catch((error: unknown) => {
      if (!(error instanceof ProblemError) || error.problem.code !== 'query-failed') throw error;
      desk.sql.pop();
      return null;
    });
  const median = quantiles.quantiles.get(0.5) ?? Number.NaN;
  const distant = (from: string) => ask.distancesFrom(numbers(from), median);
  const mad = few
    ? Number((await desk.rows((from) => ask.medianSql(distant(from))))[0]?.[0] ?? Number.NaN)
    : await medianAt(desk, distant, filled);
  const values = filled > SMALL ? null : await desk.rows((from) => ask.valuesSql(from, column, SMALL));
  return { value: ask.readNumbers(range, quantiles, moments?.[0] ?? null, mad, values) };
}

async function medianAt(desk: Desk, x: (from: string) => string, n: number): Promise<number> {
  const { low, high, share } = ranksOf(0.5, n);
  const at = await valuesAt(desk, x, [low, high]);
  return between(at(low), at(high), share);
}

/** The values at these ranks of a selection that has too many to be sorted. @param x What has them in a column x. */
async function valuesAt(
  desk: Desk,
  x: (from: string) => string,
  ranks: readonly number[],
): Promise<(rank: number) => number> {
  const sample = desk.reach.sample(LOOK);
  const found = (await desk.reach.query(edgesFrom(x(sample.from), LOOK))).rows;
  const edges = found.map((row) => Number(row[0])).filter(Number.isFinite);
  const counts = edges.length === 0 ? [] : await desk.rows((from) => bucketsSql(x(from), edges));
  const buckets = bucketsOf(ranks, edges, counts);
  const values = await desk.rows((from) => ranksSql(x(from), buckets));
  const at = new Map(values.map((row) => [Number(row[0]), Number(row[1])]));
  return (rank) => at.get(rank) ?? Number.NaN;
}

/** Values and masks with their rows. A sample tells first whether it is worth grouping all rows. */
async function groupsOf(desk: Desk, filled: number): Promise<Pick<Facts, 'groups' | 'masks'>> {
  const { column, reach } = desk;
  const most = ask.groupsMost(column);
  const sample = reach.sample(LOOK);
  const [look = []] = (await reach.query(ask.varietySql(sample.from, column))).rows;
  const [seen, distinct, length] = [0, 1, 2].map((i) => Number(look[i] ?? 0)) as [number, number, number];
  const many = (n: string): Known<never> => ({
    why: `It has ${n} different values; rarity says something of up to ${most.toLocaleString('en-US')}.`,
  });
  const unmasked = {
    why: 'Its values are nearly all different or long, so that patterns of all rows cost too much.',
  };
  if (column.kind === 'number' && distinct > most)
    return { groups: many(`at least ${distinct.toLocaleString('en-US')}`), masks: unmasked };
  if (!sample.whole && seen > 1_000 && distinct * 2 > seen)
    return {
      groups: {
        why: `Nearly every value is different: ${distinct.toLocaleString('en-US')} of ${seen.toLocaleString('en-US')} in a sample.`,
      },
      masks: unmasked,
    };
  await reach.query(ask.groupTableSql(reach.from, column));
  desk.sql.push(ask.groupTableSql(reach.shown, column));
  const rows = await desk.rows((from) => ask.groupsSql(from, most), ask.groupTable);
  const different = Number(rows[0]?.[0] ?? 0);
  const groups: Known<ReturnType<typeof ask.readGroups>> =
    different > most
      ? many(different.toLocaleString('en-US'))
      : different * 2 > filled && different > 20
        ? {
            why: `Nearly every value is different: ${different.toLocaleString('en-US')} of ${filled.toLocaleString('en-US')}.`,
          }
        : { value: ask.readGroups(rows, 1, 2) };
  if (column.kind !== 'text') return { groups, masks: { why: 'It is no text.' } };
  if (!hasMasks(different, length)) return { groups, masks: unmasked };
  const masks = await desk.rows((from) => ask.masksSql(from), ask.groupTable);
  return {
    groups,
    masks:
      masks.length > MASKS
        ? { why: `It is written in more than ${MASKS.toLocaleString('en-US')} different ways.` }
        : { value: ask.readGroups(masks, 0, 1) },
  };
}

async function calendarOf(desk: Desk, filled: number): Promise<Facts['calendar']> {
  const { column } = desk;
  if (!ask.hasCalendar(column)) return { why: 'A time of day has no calendar.' };
  const [span = []] = await desk.rows((from) => ask.spanSql(from, column));
  const [most, whole] = [Number(span[0] ?? 0), Number(span[1] ?? 0)];
  const ends = `${String(span[2])} to ${String(span[3])}`;
  if (whole > 10 * Math.max(86_400, most))
    return {
      why: `The times reach from ${ends}, far beyond nearly all of them: mend or filter those far dates first.`,
    };
  const grain = seasonGrain(whole, filled, column.type === 'DATE');
  if (grain === null)
    return {
      why: `From ${ends} there are too few rows per hour, day, week, month or year, or too few of these.`,
    };
  const rows = await desk.rows((from) => ask.calendarSql(from, column, grain));
  return { value: ask.readCalendar(grain, rows) };
}
