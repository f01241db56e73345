/**
 * What a table lacks: how much in each column, where in the file, and which columns together.
 */
import { countsSql, readCounts } from '../core/missing/count';
import { breaksOf, COLUMNS, matrixSql, readMatrix, stripLength } from '../core/missing/matrix';
import type {
  ColumnLack,
  MissingAsk,
  MissingMatrix,
  MissingOverview,
  MissingTogether,
} from '../core/missing/missing';
import { DIFFERENT, MEMBERS, readSets, relate, SETS, setsSql } from '../core/missing/together';
import { identifier } from '../core/sql';
import type { Column } from '../core/table';
import type { Engine } from './engine';
import type { Clock } from './profile';
import { type Statements, statements } from './statements';

/** Columns counted by one statement. */
export const COUNTED = 100;
/** Sets of columns whose correlations are taken from a sample are so many rows of it. */
const PAIRED = 50_000;

export function batches<T>(list: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, i) =>
    list.slice(i * size, (i + 1) * size),
  );
}

export const selectionOf = (ask: MissingAsk) => ({ filter: ask.filter ?? [], where: '' });

/** @throws ProblemError `table-missing`, `query-cancelled`, or what the data answers. */
export function missingOverview(
  engine: Engine,
  ask: MissingAsk,
  clock: Clock,
  signal?: AbortSignal,
): Promise<MissingOverview> {
  return engine.lane(
    ask.table,
    selectionOf(ask),
    async (reach) => {
      const to = statements(reach, clock);
      let rows = 0;
      const columns: ColumnLack[] = [];
      for (const batch of batches(reach.table.columns, COUNTED)) {
        const read = readCounts(batch, (await to.ask(countsSql(reach.from, batch)))[0] ?? []);
        rows = read.rows;
        columns.push(...read.columns);
      }
      return { rows, columns, evidence: to.evidence(rows) };
    },
    signal,
  );
}

/** Columns that lack something, with how much: the most lacking up to a limit, in file order, and how many are left. */
async function lacking(
  to: Statements,
  from: string,
  columns: readonly Column[],
  limit: number,
): Promise<{ rows: number; some: readonly { name: string; nulls: number }[]; left: number }> {
  let rows = 0;
  const all: { name: string; nulls: number; place: number }[] = [];
  for (const batch of batches(columns, COUNTED)) {
    const nulls = batch.map((c) => `count(*) - count(${identifier(c.name)})`);
    const [row] = await to.ask(`SELECT count(*), ${nulls.join(', ')} FROM ${from}`);
    rows = Number(row?.[0] ?? 0);
    batch.forEach((c, i) => {
      all.push({ name: c.name, nulls: Number(row?.[i + 1] ?? 0), place: all.length });
    });
  }
  const some = all.filter((c) => c.nulls > 0);
  const kept = some
    .toSorted((a, b) => b.nulls - a.nulls || a.place - b.place)
    .slice(0, limit)
    .sort((a, b) => a.place - b.place)
    .map(({ name, nulls }) => ({ name, nulls }));
  return { rows, some: kept, left: some.length - kept.length };
}

/** @throws ProblemError as `missingOverview`. */
export function missingMatrix(
  engine: Engine,
  ask: MissingAsk,
  clock: Clock,
  signal?: AbortSignal,
): Promise<MissingMatrix> {
  return engine.lane(
    ask.table,
    selectionOf(ask),
    async ({ table, ...reach }) => {
      const to = statements({ table, ...reach }, clock);
      const { rows, some, left } = await lacking(to, reach.from, table.columns, COLUMNS);
      const length = stripLength(table.rows);
      const names = some.map((c) => c.name);
      const answers = [];
      for (const batch of batches(names, COUNTED))
        answers.push(await to.ask(matrixSql(reach.placed.from, reach.placed.place, length, batch)));
      const strips = readMatrix(answers, length);
      return {
        columns: some,
        left,
        length,
        strips,
        breaks: breaksOf(names, strips),
        evidence: to.evidence(rows),
      };
    },
    signal,
  );
}

/** @throws ProblemError as `missingOverview`. */
export function missingTogether(
  engine: Engine,
  ask: MissingAsk,
  clock: Clock,
  signal?: AbortSignal,
): Promise<MissingTogether> {
  return engine.lane(
    ask.table,
    selectionOf(ask),
    async (reach) => {
      const to = statements(reach, clock);
      const { rows, some, left } = await lacking(to, reach.from, reach.table.columns, MEMBERS);
      const names = some.map((c) => c.name);
      await reach.query(`CREATE OR REPLACE TEMP TABLE temp.sets AS ${setsSql(reach.from, names)}`);
      const kept = async (end: string) =>
        readSets((await reach.query(`SELECT missing, n FROM temp.sets ${end}`)).rows, names.length);
      const different = Number((await reach.query('SELECT count(*) FROM temp.sets')).rows[0]?.[0] ?? 0);
      const sets = (await kept(`ORDER BY n DESC, missing LIMIT ${SETS}`)).map((s) => ({
        columns: s.members.map((i) => names[i]!),
        rows: s.rows,
      }));
      const evidence = withSql(to.evidence(rows), setsSql(reach.shown, names));
      if (different <= DIFFERENT) {
        const { order, ...found } = relate(names, await kept(''));
        return {
          columns: order.map((i) => some[i]!),
          left,
          ...found,
          sets,
          different,
          rows,
          evidence,
          pairs: evidence,
        };
      }
      const drawn = readSets(
        (await reach.query(setsSql(reach.sample(PAIRED).from, names))).rows,
        names.length,
      );
      const { order, ...found } = relate(names, drawn);
      const seen = drawn.reduce((n, s) => n + s.rows, 0);
      const pairs = withSql(to.evidence(seen, 'sample'), onSample(setsSql(reach.shown, names)));
      return { columns: order.map((i) => some[i]!), left, ...found, sets, different, rows, evidence, pairs };
    },
    signal,
  );
}

/** A statement that was put to a sample, as somebody can put it to all rows. */
export function onSample(sql: string): string {
  return `-- put to a sample of the rows, from all over the table\n${sql}`;
}

function withSql<E extends { readonly sql: readonly string[] }>(evidence: E, sql: string): E {
  return { ...evidence, sql: [...evidence.sql, sql] };
}
