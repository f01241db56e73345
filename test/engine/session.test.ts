import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, it } from 'vitest';
import { emptyDesign } from '../../src-main/core/design/design';
import { expressionMeasure, sourceFrom } from '../../src-main/core/design/draft';
import { applyEdit } from '../../src-main/core/design/edit';
import { ProblemError, problem } from '../../src-main/core/problem';
import { Session } from '../../src-main/engine/session';
import { freshFolder, put } from '../support/folder';
import { startBench } from '../support/service';

async function startSession(): Promise<Session> {
  const folder = freshFolder();
  return new Session({ tables: folder, temporary: folder, memory: '200MB' });
}

const reason = async (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (error: unknown) =>
      error instanceof ProblemError && error.problem.code === 'query-failed'
        ? error.problem.about.reason
        : String(error),
  );

it('nothing outside can be reached or changed by a statement', async () => {
  const session = await startSession();
  const secret = put(freshFolder(), 'secret.csv', 'a\n1\n');
  for (const sql of [
    `FROM read_csv('${secret}')`,
    `FROM read_text('${secret}')`,
    `FROM glob('${secret}')`,
    "FROM read_csv('https://example.org/a.csv')",
    "COPY (SELECT 1) TO 'out.csv'",
    "ATTACH 'other.duckdb'",
    'INSTALL httpfs',
    'LOAD httpfs',
    "SET memory_limit = '99GB'",
    'SET enable_external_access = true',
    `SET allowed_paths = ['${secret}']`,
  ]) {
    expect([sql, await reason(session.query(sql))]).not.toEqual([sql, 'none']);
  }
});

it('a file that is opened while a statement begins does not make that statement fail', async () => {
  const folder = freshFolder();
  const path = join(freshFolder(), 'b.parquet');
  const db = await DuckDBInstance.create(':memory:');
  const connection = await db.connect();
  await connection.run(`COPY (SELECT 7 AS x) TO '${path}' (FORMAT parquet)`);
  connection.closeSync();
  db.closeSync();
  let added: Promise<void> | null = null;
  const session = new Session({
    temporary: folder,
    memory: '200MB',
    // Read once it is settled which files may be read.
    get tables() {
      added ??= session.add('b', { kind: 'parquet', path }, ['a']);
      return folder;
    },
  });
  expect((await session.query('SELECT 1')).rows).toEqual([[1]]);
  await added;
  expect((await session.query('FROM b')).rows).toEqual([[7]]);
});

it('a statement of a user is one SELECT or nothing', async () => {
  const session = await startSession();
  expect((await session.select('SELECT 1')).rows).toEqual([[1]]);
  expect(await reason(session.select('SELECT 1; SELECT 2'))).toContain('more than one statement');
  expect(await reason(session.select('CREATE TABLE t AS SELECT 1'))).toContain('not a SELECT');
});

it('times are UTC whatever the machine says', async () => {
  const session = await startSession();
  const { rows } = await session.query(
    "SELECT current_setting('TimeZone'), TIMESTAMPTZ '2024-01-01 00:00:00+05:30'",
  );
  expect(rows).toEqual([['UTC', '2023-12-31T18:30:00Z']]);
});

it('a cancelled query ends with a problem and leaves the session usable', async () => {
  const session = await startSession();
  const abort = new AbortController();
  const running = session.query(
    'SELECT sum(a.range * b.range) FROM range(10_000_000) a, range(10_000) b',
    abort.signal,
  );
  setImmediate(() => abort.abort());
  await expect(running).rejects.toMatchObject({ problem: problem('query-cancelled', {}) });
  expect((await session.query('SELECT 2')).rows).toEqual([[2]]);
});

it('a query beyond the memory limit is a problem, and the next one is answered', async () => {
  const folder = freshFolder();
  const session = new Session({ tables: folder, temporary: folder, memory: '20MB' });
  await expect(session.query('SELECT list(range::VARCHAR) FROM range(20_000_000)')).rejects.toMatchObject({
    problem: { code: 'memory-exhausted' },
  });
  expect((await session.query('SELECT 3')).rows).toEqual([[3]]);
});

it('an expression of a measure cannot read another file', async () => {
  const bench = await startBench();
  const secret = put(freshFolder(), 'secret.csv', 'a\n1\n');
  const table = await bench.ask('source:open', { path: put(bench.folder, 'a.csv', 'n\n1\n') });
  let design = applyEdit(emptyDesign, { verb: 'add-source', source: sourceFrom(table) });
  const made = expressionMeasure(design.tables[0]!);
  design = applyEdit(design, {
    verb: 'add-measure',
    table: 'a',
    measure: { ...made, expression: `sum(n) + (SELECT count(*) FROM read_csv('${secret}'))` },
  });
  expect(
    await bench.problemOf('draft:measure', {
      design,
      member: { table: 'a', kind: 'measure', name: made.name },
    }),
  ).not.toBe('none');
});

it('values cross exactly: huge integers, decimals, times, NaN and nested values', async () => {
  const session = await startSession();
  const { rows } = await session.query(
    "SELECT 9007199254740993::BIGINT, 1.50::DECIMAL(10,2), DATE '2024-02-29', TIMESTAMP '2024-02-29 12:30:00', 'nan'::DOUBLE, '-inf'::DOUBLE, [1, NULL], {'a': 'x'}, NULL",
  );
  expect(rows[0]?.slice(0, 6)).toEqual([
    '9007199254740993',
    '1.50',
    '2024-02-29',
    '2024-02-29T12:30:00',
    'NaN',
    '-Infinity',
  ]);
  expect(rows[0]?.slice(8)).toEqual([null]);
});
