/**
 * Derived tables on the real engine: kept with their types, made once, made anew after what they read, refused with a place.
 */
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, it } from 'vitest';
import { type Problem, ProblemError, words } from '../../src-main/core/problem';
import { put } from '../support/folder';
import { type Bench, startBench } from '../support/service';

const customers = 'id,wines,fish,day,country\n1,10,0,2014-01-02,NL\n2,0,7,2014-02-03,BE\n3,5,6,,NL\n';

async function open(bench: Bench, name = 'crm', text = customers) {
  return bench.ask('source:open', { path: put(bench.folder, `${name}.csv`, text), name });
}

async function refused(bench: Bench, query: string, name = 'made'): Promise<Problem> {
  try {
    await bench.ask('source:derive', { name, query });
  } catch (error) {
    if (error instanceof ProblemError) return error.problem;
    throw error;
  }
  throw new Error('it was made');
}

const copies = (bench: Bench) =>
  readdirSync(join(bench.folder, 'cache', 'tables')).filter((name) => name.endsWith('.duckdb')).length;

async function rows(bench: Bench, query: string) {
  return (await bench.ask('source:derive-preview', { query })).rows;
}

it('what a query answers is a table like any other: grid, profile, statistics, duplicates', async () => {
  const bench = await startBench();
  await open(bench);
  const query = `SELECT id, 'wines' AS category, wines AS spend FROM crm WHERE wines > 0
UNION ALL SELECT id, 'fish', fish FROM crm WHERE fish > 0 ORDER BY id, category DESC`;
  const table = await bench.ask('source:derive', { name: 'product', query });
  expect(table).toMatchObject({
    name: 'product',
    rows: 4,
    source: { path: '', format: 'query', bytes: 0, made: { query, reads: ['crm'] } },
    columns: [
      { name: 'id', type: 'BIGINT', kind: 'number' },
      { name: 'category', type: 'VARCHAR', kind: 'text' },
      { name: 'spend', type: 'BIGINT', kind: 'number' },
    ],
    receipt: { records: 4, loaded: 4, rejected: 0, skipped: 0, mended: 0 },
    warnings: [],
  });
  expect((await bench.ask('source:list', null)).map((t) => t.name)).toEqual(['crm', 'product']);
  expect(await rows(bench, 'FROM product')).toEqual([
    [1, 'wines', 10],
    [2, 'fish', 7],
    [3, 'wines', 5],
    [3, 'fish', 6],
  ]);
  const page = await bench.ask('table:rows', {
    table: 'product',
    columns: [],
    offset: 1,
    limit: 2,
    filter: [{ column: 'category', test: { kind: 'values', values: ['fish'] } }],
  });
  expect(page.total).toBe(2);
  const profiles = await bench.profile('product');
  expect(profiles.spend).toMatchObject({ rows: 4, nulls: 0, min: 5, max: 10, sum: 28 });
  expect(await bench.ask('table:duplicates', { table: 'product' })).toMatchObject({ duplicates: 0 });
});

it('types are exactly those of the query, wide and nested ones too', async () => {
  const bench = await startBench();
  await open(bench);
  const query = `SELECT 170141183460469231731687303715884105727::HUGEINT AS wide, 1.10::DECIMAL(38,10) AS money,
    TIMESTAMP_NS '2014-01-02 03:04:05.123456789' AS t, [1, NULL] AS l, {'a': DATE '1833-01-01'} AS s, NULL AS nothing,
    TIMESTAMPTZ '2014-01-02 00:00:00+02' AS z FROM crm LIMIT 1`;
  const table = await bench.ask('source:derive', { name: 'types', query });
  expect(table.columns.map((c) => c.type)).toEqual([
    'HUGEINT',
    'DECIMAL(38,10)',
    'TIMESTAMP_NS',
    'INTEGER[]',
    'STRUCT(a DATE)',
    'INTEGER',
    'TIMESTAMP WITH TIME ZONE',
  ]);
  expect((await rows(bench, 'SELECT wide::VARCHAR, t::VARCHAR, z::VARCHAR FROM types'))[0]).toEqual([
    '170141183460469231731687303715884105727',
    '2014-01-02 03:04:05.123456789',
    '2014-01-01 22:00:00+00',
  ]);
});

it('names are as free as they are: quotes, keywords, two columns of one name', async () => {
  const bench = await startBench();
  await open(bench, "we\"ird 'file'");
  const query = 'SELECT id, id, 1 AS "select", 2 AS "__proto__", 3 AS "a""b\n😀" FROM "we""ird \'file\'";';
  const table = await bench.ask('source:derive', { name: 'the "made" one;', query });
  expect(table.columns.map((c) => c.name)).toEqual(['id', 'id_1', 'select', '__proto__', 'a"b\n😀']);
  expect(table.source.made?.reads).toEqual(["we\"ird 'file'"]);
  const more = await bench.ask('source:derive', {
    name: 'data',
    query: 'SELECT * FROM "the ""made"" one;" -- it',
  });
  expect([more.rows, more.columns.length]).toEqual([3, 5]);
  const again = await bench.ask('source:derive', {
    name: 'memory',
    query: 'FROM main.data JOIN memory.main.data d USING (id)',
  });
  expect([again.rows, again.source.made?.reads]).toEqual([3, ['data']]);
});

it('anything but one SELECT is refused where it is wrong', async () => {
  const bench = await startBench();
  await open(bench);
  const about = async (query: string) => {
    const met = await refused(bench, query);
    return met.code === 'query-invalid' ? [met.about.reason, met.about.at, met.about.line] : met.code;
  };
  expect(await about('')).toEqual(['it is empty', 0, null]);
  expect(await about(' ;-- nothing')).toEqual(['it is empty', 0, null]);
  expect(await about('SELECT 1; SELECT 2')).toEqual(['a semicolon ends it, and something follows', 8, null]);
  expect(await about('-- oh\nDelete FROM crm')).toEqual(['it begins with DELETE and is no SELECT', 6, 2]);
  expect(await about('EXPLAIN SELECT 1')).toEqual(['it begins with EXPLAIN and is no SELECT', 0, null]);
  expect(await about("COPY crm TO 'x.csv'")).toEqual(['it begins with COPY and is no SELECT', 0, null]);
  expect((await about('SHOW TABLES'))[0]).toBe('something is wrong at “SHOW”');
  expect(await about('SELECT id,\n  nope\nFROM crm')).toEqual(['there is no column “nope”', 13, 2]);
  expect(await about('SELECT id\nFRM crm')).toEqual(['something is wrong at “crm”', 14, 2]);
  expect((await about('SELECT id +'))[1]).toBe(11);
  expect(await about('SELECT foo(id) FROM crm')).toEqual(['there is no function “foo”', 7, null]);
  const long = `SELECT ${'id, '.repeat(60)}  nope, ${'id, '.repeat(60)} id FROM crm`;
  expect((await about(long))[1]).toBe(long.indexOf('nope'));
  expect(await about("SELECT\n  CAST('x' || country AS INTEGER)\nFROM crm")).toEqual([
    '“xNL” is not of type INT32',
    9,
    2,
  ]);
  expect((await about("SELECT * FROM query('FROM crm')"))[0]).toBe(
    'it reads crm, but does not name it after FROM or JOIN',
  );
  expect((await bench.ask('source:list', null)).length).toBe(1);
  expect(readdirSync(join(bench.folder, 'cache', 'tables')).filter((n) => n.startsWith('w_'))).toEqual([]);
  expect((await about("SELECT * FROM read_csv('/etc/passwd')"))[0]).toMatch(
    /disabled|not allowed|permission/i,
  );
});

it('a table that is made from itself is refused in words, directly and through others', async () => {
  const bench = await startBench();
  await open(bench);
  expect(await refused(bench, 'FROM made')).toMatchObject({
    code: 'query-circular',
    about: { path: 'made → made' },
  });
  await bench.ask('source:derive', { name: 'a', query: 'FROM crm' });
  await bench.ask('source:derive', { name: 'b', query: 'FROM a' });
  await bench.ask('source:derive', { name: 'c', query: 'FROM b' });
  const met = await refused(bench, 'SELECT * FROM crm WHERE id IN (SELECT id FROM C)', 'a');
  expect(words(met)).toBe('a is made from itself: a → c → b → a');
  expect(await refused(bench, 'FROM A', 'a')).toMatchObject({ code: 'query-circular' });
  expect(await refused(bench, 'FROM crm', 'crm')).toMatchObject({ code: 'table-taken' });
  expect(await refused(bench, 'FROM crm', 'A')).toMatchObject({ code: 'table-taken' });
  expect(await refused(bench, 'FROM crm', ' ')).toMatchObject({ code: 'name-empty' });
  expect(await refused(bench, 'FROM elsewhere')).toEqual({
    code: 'query-source-missing',
    about: { name: 'made', lacks: 'elsewhere' },
    severity: 'error',
  });
});

it('an unchanged query over unchanged tables costs nothing, in another session too', async () => {
  const bench = await startBench();
  await open(bench);
  const query = 'SELECT country, count(*) AS n FROM crm GROUP BY ALL';
  const first = await bench.ask('source:derive', { name: 'by_country', query });
  const before = copies(bench);
  expect(await bench.ask('source:derive', { name: 'by_country', query: `${query};\n` })).toEqual(first);
  expect(copies(bench)).toBe(before);
  const later = await startBench(bench.folder);
  await later.ask('source:open', { path: join(bench.folder, 'crm.csv') });
  expect(await later.ask('source:derive', { name: 'by_country', query })).toEqual(first);
  expect(copies(later)).toBe(before);
  await later.ask('source:derive', { name: 'by_country', query: 'SELECT 1 AS one FROM crm' });
  expect(copies(later)).toBe(before + 1);
  expect((await rows(later, 'FROM by_country')).length).toBe(3);
});

it('what rests on a table is made anew after it, in order, and once', async () => {
  const bench = await startBench();
  await open(bench);
  await bench.ask('source:derive', { name: 'sums', query: 'SELECT sum(wines) AS s FROM crm' });
  await bench.ask('source:derive', { name: 'other', query: 'SELECT 1 AS one' });
  await bench.ask('source:derive', {
    name: 'double',
    query: 'SELECT 2 * s AS d, (SELECT count(*) FROM crm) AS n FROM sums',
  });
  bench.events.length = 0;
  await open(bench, 'crm', `${customers}4,100,1,2014-05-05,NL\n`);
  const made = bench.events.flatMap((e) => (e.event === 'derived' ? e.table.name : []));
  expect(made).toEqual(['sums', 'double']);
  expect(await rows(bench, 'SELECT d, n FROM double')).toEqual([[230, 4]]);
  bench.events.length = 0;
  await bench.ask('source:open', {
    path: join(bench.folder, 'crm.csv'),
    name: 'crm',
    dialect: { nulls: ['100'] },
  });
  expect(await rows(bench, 'FROM double')).toEqual([[30, 4]]);
  bench.events.length = 0;
  await bench.ask('source:derive', { name: 'sums', query: 'SELECT max(wines) AS s FROM crm' });
  expect(bench.events.flatMap((e) => (e.event === 'derived' ? e.table.name : []))).toEqual(['double']);
  expect(await rows(bench, 'SELECT d FROM double')).toEqual([[20]]);
});

it('what cannot be made anew keeps its rows and says why', async () => {
  const bench = await startBench();
  await open(bench);
  await bench.ask('source:derive', { name: 'sums', query: 'SELECT sum(wines) AS s FROM crm' });
  const said = () => bench.events.flatMap((e) => (e.event === 'source' ? [[e.table, e.problem.code]] : []));
  bench.events.length = 0;
  await open(bench, 'crm', 'id,beer\n1,2\n');
  expect(said()).toEqual([['sums', 'query-invalid']]);
  expect(await rows(bench, 'SELECT s::INTEGER FROM sums')).toEqual([[15]]);
  bench.events.length = 0;
  await bench.ask('source:close', { table: 'crm' });
  expect(said()).toEqual([['sums', 'query-source-missing']]);
  expect(await rows(bench, 'SELECT s::INTEGER FROM sums')).toEqual([[15]]);
  await bench.checkSources();
  expect(said()).toEqual([['sums', 'query-source-missing']]);
  bench.events.length = 0;
  await open(bench);
  expect(bench.events.some((e) => e.event === 'derived' && e.table.name === 'sums')).toBe(true);
});

it('a query reads Parquet where it lies, and notices that it changed', async () => {
  const bench = await startBench();
  const path = join(bench.folder, 'big.parquet');
  const write = async (select: string) => {
    const db = await DuckDBInstance.create(':memory:');
    const connection = await db.connect();
    await connection.run(`COPY (${select}) TO '${path}' (FORMAT parquet)`);
    connection.closeSync();
    db.closeSync();
  };
  await write('SELECT range AS n FROM range(10)');
  await bench.ask('source:open', { path, name: 'big' });
  await bench.ask('source:derive', { name: 'odd', query: 'FROM big WHERE n % 2 = 1' });
  expect((await rows(bench, 'FROM odd')).length).toBe(5);
  await write('SELECT range AS n FROM range(1000)');
  await bench.ask('source:open', { path, name: 'big' });
  expect(await rows(bench, 'SELECT count(*) FROM odd')).toEqual([[500]]);
});

it('a preview shows 100 rows in their order, and says that there are more', async () => {
  const bench = await startBench();
  await open(bench);
  const query = 'SELECT range AS n FROM range(1000) ORDER BY n DESC; -- last first';
  const found = await bench.ask('source:derive-preview', { query });
  expect([found.rows.length, found.rows[0], found.more, found.columns]).toEqual([
    100,
    [999],
    true,
    [{ name: 'n', type: 'BIGINT' }],
  ]);
  expect(await bench.problemOf('source:derive-preview', { query: 'FROM made', name: 'made' })).toBe(
    'query-circular',
  );
  expect(await bench.problemOf('source:derive-preview', { query: 'DROP VIEW crm' })).toBe('query-invalid');
  const empty = await bench.ask('source:derive', { name: 'none', query: 'FROM crm WHERE false' });
  expect([empty.rows, empty.warnings.map((w) => w.code)]).toEqual([0, ['no-rows']]);
});

it('making a table can be cancelled, and leaves nothing behind', async () => {
  const bench = await startBench();
  const abort = new AbortController();
  const query = 'SELECT count(*) FROM range(100000000) a, range(100000) b WHERE a.range + b.range = 3';
  const making = bench.ask('source:derive', { name: 'endless', query }, abort.signal);
  setTimeout(() => abort.abort(), 100);
  await expect(making).rejects.toMatchObject({ problem: { code: 'query-cancelled' } });
  expect(copies(bench)).toBe(0);
});

it('a design is opened with its derived tables, in whatever order they stand', async () => {
  const bench = await startBench();
  put(bench.folder, 'crm.csv', customers);
  const source = (name: string, query: string) =>
    `  - name: ${name}\n    query: |-\n      ${query}\n    format: query\n`;
  const path = put(
    bench.folder,
    'd.assay.yaml',
    `assay: 1\nsources:\n${source('top', 'SELECT max(n) AS m FROM middle')}${source('middle', 'SELECT count(*) AS n FROM crm')}${source('round', 'FROM trip')}${source('trip', 'FROM round')}${source('lacking', 'FROM gone')}  - name: crm\n    path: crm.csv\n    format: csv\n`,
  );
  const opened = await bench.ask('design:open', { path });
  expect(opened.tables.map((t) => t.name)).toEqual(['top', 'middle', 'crm']);
  expect(opened.unread.map((one) => [one.source, one.problem.code])).toEqual([
    ['lacking', 'query-source-missing'],
    ['round', 'query-circular'],
    ['trip', 'query-circular'],
  ]);
  expect(await rows(bench, 'FROM top')).toEqual([[3]]);
  rmSync(join(bench.folder, 'crm.csv'));
  writeFileSync(join(bench.folder, 'crm2.csv'), customers);
  const without = await bench.ask('design:open', { path });
  expect(Object.fromEntries(without.unread.map((one) => [one.source, one.problem.code]))).toMatchObject({
    crm: 'design-source-moved',
    middle: 'query-source-missing',
    top: 'query-source-missing',
  });
});
