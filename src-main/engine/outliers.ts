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
import type { Facts, Method, Rule, Verdict } from '../core/outlier/method';
import { judge, methodNamed, methods, parameterOf } from '../core/outlier/methods';
import { chiSquare } from '../core/outlier/student';
import { ProblemError, problem } from '../core/problem';
import type { Evidence } from '../core/profile/profile';
import { identifier } from '../core/sql';
import type { Column, Table } from '../core/table';
import type { Engine } from './engine';
import { type Desk, factsOf } from './facts';
import type { Clock } from './profile';

/** Columns whose facts are kept. */
const KEPT = 8;
/** Rows of a sample that is drawn. */
const DRAWN = 1_500;
/** Rows of the sample in which distances are measured, and columns they may be measured in. */
const SAMPLE = 20_000;
const COLUMNS = 20;
/** Farthest rows and flagged groups that are told. */
const TOLD = 200;

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
