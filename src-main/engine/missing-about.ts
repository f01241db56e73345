/**
 * What the missing of one column depends on, and what dropping or filling would change.
 */
import {
  alongSql,
  fileColumn,
  filesSql,
  grainOf,
  readAlong,
  readFiles,
  spanSql,
  timesOf,
} from '../core/missing/along';
import { type Grouping, groupingOf, groupsSql, readGroups, sketchSql } from '../core/missing/depend';
import { effectSql, leftSql, readEffects, readLeft } from '../core/missing/effect';
import type { AboutAsk, Effect, EffectAsk, MissingAbout, MissingEffect } from '../core/missing/missing';
import { judged, type Tested, test, verdictWords } from '../core/missing/verdict';
import { ProblemError, problem } from '../core/problem';
import { identifier } from '../core/sql';
import type { Column, Table } from '../core/table';
import type { Engine, Reach } from './engine';
import { batches, onSample, selectionOf } from './missing';
import type { Clock } from './profile';
import { type Statements, statements } from './statements';

/** Columns that are tested at most, and how many by one statement. */
export const TESTED = 200;
const SIDE_BY_SIDE = 10;
/** Rows from which groups are drawn up; their counts are of all rows. */
const SKETCHED = 20_000;
/** Cells beyond which the tests are put to a sample, and its cells. */
const CELLS = 50_000_000;
const SAMPLED = 10_000_000;

function columnOf(table: Table, name: string): Column {
  const column = table.columns.find((c) => c.name === name);
  if (column === undefined)
    throw new ProblemError(
      problem('column-missing', { table: table.name, column: name, used: 'the request' }),
    );
  return column;
}

/** @throws ProblemError `table-missing`, `column-missing`, `query-cancelled`, or what the data answers. */
export function missingAbout(
  engine: Engine,
  ask: AboutAsk,
  clock: Clock,
  signal?: AbortSignal,
): Promise<MissingAbout> {
  const table = engine.table(ask.table);
  const target = columnOf(table, ask.column);
  const times = timesOf(table.columns).filter((c) => c.name !== target.name);
  const time = ask.time === undefined ? times[0] : times.find((c) => c.name === ask.time);
  return engine.lane(
    ask.table,
    selectionOf(ask),
    async (reach) => {
      const to = statements(reach, clock);
      const [row] = await to.ask(
        `SELECT count(*), count(*) - count(${identifier(target.name)}) FROM ${reach.from}`,
      );
      const [rows, missing] = [Number(row?.[0] ?? 0), Number(row?.[1] ?? 0)];
      const along = time === undefined ? null : await follow(to, reach.from, target, time);
      const file = fileColumn(table);
      const files =
        file === null || file === target
          ? null
          : readFiles(file, await to.ask(filesSql(reach.from, target.name, file.name)));
      const evidence = to.evidence(rows);
      const others = table.columns.filter((c) => c !== target);
      const { tests, untested, tested } =
        missing === 0 || missing === rows
          ? { tests: [], untested: [], tested: evidence }
          : await testAll(to, reach, target, others, rows, ask.exact ?? false);
      const depends = judged(tests);
      return {
        column: target.name,
        rows,
        missing,
        times: times.map((c) => c.name),
        time: along,
        files,
        depends,
        untested,
        words: verdictWords(target.name, rows, missing, depends),
        evidence,
        tested,
      };
    },
    signal,
  );
}

async function follow(
  to: Statements,
  from: string,
  target: Column,
  time: Column,
): Promise<MissingAbout['time']> {
  const [row] = await to.ask(spanSql(from, time.name));
  const grain = grainOf(row?.[0] ?? null, time);
  return grain === null
    ? null
    : readAlong(time, grain, await to.ask(alongSql(from, target.name, time.name, grain)));
}

async function testAll(
  to: Statements,
  reach: Reach,
  target: Column,
  others: readonly Column[],
  rows: number,
  exact: boolean,
): Promise<Pick<MissingAbout, 'untested' | 'tested'> & { tests: readonly Tested[] }> {
  const flat = others.filter((c) => c.kind !== 'nested');
  const columns = flat.slice(0, TESTED);
  const untested = [
    ...others.filter((c) => c.kind === 'nested').map((c) => ({ column: c.name, why: 'it holds structures' })),
    ...flat
      .slice(TESTED)
      .map((c) => ({ column: c.name, why: `only the first ${TESTED} columns are tested` })),
  ];
  const large = !exact && rows * columns.length > CELLS;
  const { from, whole } = large
    ? reach.sample(Math.floor(SAMPLED / columns.length))
    : { from: reach.from, whole: true };
  const ask = async (sql: (source: string) => string) =>
    whole ? to.ask(sql(reach.from)) : (await reach.query(sql(from))).rows;
  const sketched = reach.sample(SKETCHED).from;
  const tests: Tested[] = [];
  const put: string[] = [];
  for (const batch of batches(columns, SIDE_BY_SIDE)) {
    const names = batch.map((c) => identifier(c.name)).join(', ');
    await reach.query(`CREATE OR REPLACE TEMP TABLE temp.sketch AS SELECT ${names} FROM ${sketched}`);
    const sketch = (await reach.query(sketchSql('temp.sketch', batch))).rows;
    const asked: { k: number; column: Column; grouping: Grouping }[] = [];
    batch.forEach((column, k) => {
      const grouping = groupingOf(column, k, sketch);
      if (typeof grouping === 'string') untested.push({ column: column.name, why: grouping });
      else asked.push({ k, column, grouping });
    });
    if (asked.length === 0) continue;
    const answer = await ask((source) => groupsSql(source, target.name, asked));
    if (!whole) put.push(onSample(groupsSql(reach.shown, target.name, asked)));
    for (const { k, column, grouping } of asked) {
      const mine = answer.filter((row) => Number(row[0]) === k);
      const found = test(column, readGroups(column, grouping, mine));
      if (typeof found === 'string') untested.push({ column: column.name, why: found });
      else tests.push(found);
    }
  }
  if (whole) return { tests, untested, tested: to.evidence(rows) };
  const seen = Number((await reach.query(`SELECT count(*) FROM ${from}`)).rows[0]?.[0] ?? 0);
  return { tests, untested, tested: { ...to.evidence(seen, 'sample'), sql: put } };
}

/** @throws ProblemError as `missingAbout`. */
export function missingEffect(
  engine: Engine,
  ask: EffectAsk,
  clock: Clock,
  signal?: AbortSignal,
): Promise<MissingEffect> {
  const table = engine.table(ask.table);
  const drop = [...new Set(ask.drop)].map((name) => columnOf(table, name).name);
  const column = ask.column === null ? null : columnOf(table, ask.column);
  return engine.lane(
    ask.table,
    selectionOf(ask),
    async ({ from, ...reach }) => {
      const to = statements({ from, ...reach }, clock);
      const [row = []] = await to.ask(leftSql(from, drop));
      const left = readLeft(drop, row);
      const effects = column?.kind === 'number' ? await effectsOf(to, from, column, drop) : [];
      return { ...left, effects, evidence: to.evidence(left.rows) };
    },
    signal,
  );
}

/** The figures; none where the values are too large to be squared. */
async function effectsOf(
  to: Statements,
  from: string,
  column: Column,
  drop: readonly string[],
): Promise<readonly Effect[]> {
  try {
    return readEffects(await to.ask(effectSql(from, column, drop)));
  } catch (error) {
    const overflow =
      error instanceof ProblemError &&
      error.problem.code === 'query-failed' &&
      /out of range|overflow/i.test(error.problem.about.reason);
    if (!overflow) throw error;
    return [];
  }
}
