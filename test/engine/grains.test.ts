/**
 * Grains over the real DuckDB, against trying every set of columns on the values in memory.
 */
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Bench, startBench } from '../support/service';

type Ask = (sql: string) => Promise<unknown[][]>;

async function plain<T>(work: (ask: Ask) => Promise<T>): Promise<T> {
  const db = await DuckDBInstance.create(':memory:');
  const connection = await db.connect();
  try {
    return await work(async (sql) => (await connection.runAndReadAll(sql)).getRows() as unknown[][]);
  } finally {
    connection.closeSync();
    db.closeSync();
  }
}

let files = 0;
async function put(bench: Bench, name: string, select: string): Promise<string> {
  const path = join(bench.folder, `grain${files++}.parquet`);
  await plain((ask) => ask(`COPY (${select}) TO '${path}' (FORMAT parquet)`));
  return (await bench.ask('source:open', { path, name })).name;
}

async function found(select: string, widest?: number) {
  const bench = await startBench();
  const table = await put(bench, 't', select);
  return bench.ask('grain:find', { table, ...(widest === undefined ? {} : { widest }) });
}

const columnsOf = (list: readonly { readonly columns: readonly string[] }[]) => list.map((g) => g.columns);

it('finds a key of one column, and of two where there is none', async () => {
  const lines = `SELECT range // 4 AS order_id, range % 4 AS line, 'p' || hash(range) % 7 AS product FROM range(400)`;
  expect(columnsOf((await found(lines)).grains)).toEqual([['order_id', 'line']]);
  const numbered = `SELECT range AS id, * FROM (${lines}), (SELECT 1)`.replace(
    'range AS id, *',
    'row_number() OVER () AS id, *',
  );
  expect(columnsOf((await found(numbered)).grains)[0]).toEqual(['id']);
});

it('tells what nearly identifies a row, and shows the rows that break it', async () => {
  const bench = await startBench();
  const table = await put(
    bench,
    'people',
    `SELECT CASE range WHEN 7 THEN 8 WHEN 20 THEN NULL ELSE range END AS id, 'n' || range % 3 AS name FROM range(900)`,
  );
  const { grains, near } = await bench.ask('grain:find', { table });
  expect(grains).toEqual([]);
  expect(near[0]).toMatchObject({
    columns: ['id'],
    nulls: 1,
    repeated: 2,
    repeatedKeys: 1,
    sentence: '1 row lacks a value, 2 rows share one key',
  });
  const breaks = await bench.ask('grain:breaks', { table, columns: ['id'], offset: 0, limit: 10 });
  expect(breaks).toMatchObject({
    columns: ['id', 'name'],
    rows: [
      [null, 'n2'],
      [8, 'n1'],
      [8, 'n2'],
    ],
    total: 3,
  });
  const next = await bench.ask('grain:breaks', { table, columns: ['id', 'name'], offset: 1, limit: 1 });
  expect(next).toMatchObject({ rows: [], total: 1 });
  expect(await bench.problemOf('grain:breaks', { table, columns: ['gone'], offset: 0, limit: 1 })).toBe(
    'column-missing',
  );
  expect(await bench.problemOf('grain:breaks', { table, columns: [], offset: 0, limit: 1 })).toBe(
    'column-missing',
  );
});

it('fractions and long texts are a key only where nothing else is', async () => {
  const amounts = `SELECT range * 1.5 AS amount, range % 5 AS shop FROM range(300)`;
  expect(columnsOf((await found(amounts)).grains)).toEqual([['amount']]);
  expect(columnsOf((await found(`SELECT row_number() OVER () AS no, * FROM (${amounts})`)).grains)).toEqual([
    ['no'],
  ]);
});

it.each([
  ['no rows', 'SELECT 1 AS a, 2 AS b LIMIT 0', 'The table has no rows.'],
  ['one row', 'SELECT 1 AS a, 2 AS b', 'The table has one row: any column identifies it.'],
  ['nested only', 'SELECT [range] AS a FROM range(9)', '1 nested columns were not looked at.'],
])('%s: says so in words', async (_, select, words) => {
  const { grains, notes } = await found(select);
  expect([grains, notes]).toEqual([[], [words]]);
});

it('columns of hard names, of nulls alone, of NaN and of one value break nothing', async () => {
  const select = `SELECT range AS "select", NULL::INTEGER AS "a""b", 'NaN'::DOUBLE AS "__proto__", 1 AS "👍
x" FROM range(50)`;
  expect(columnsOf((await found(select)).grains)).toEqual([['select']]);
});

it('a table of 40,000 rows: what the sample cannot refute is counted on all of them', async () => {
  const result = await found(`SELECT range // 5 AS basket, range % 5 AS place, (range // 2)::VARCHAR AS pair,
    CASE WHEN range = 39999 THEN 39998 ELSE range END AS almost, hash(range) % 3 AS group_no FROM range(40000)`);
  expect(columnsOf(result.grains)).toContainEqual(['basket', 'place']);
  expect(result.near[0]).toMatchObject({ columns: ['almost'], repeated: 2, repeatedKeys: 1, nulls: 0 });
  const [counted] = await plain((ask) =>
    ask(
      `SELECT count(*), count(DISTINCT (basket, place)) FROM (SELECT range // 5 AS basket, range % 5 AS place FROM range(40000))`,
    ),
  );
  expect(counted).toEqual([40000n, 40000n]);
});

/** Every smallest set of columns without a null that tells all rows apart. */
function smallestKeys(rows: readonly (readonly (number | null)[])[], width: number): readonly string[] {
  const keys: number[][] = [];
  const sets = Array.from({ length: 2 ** width - 1 }, (_, bits) =>
    Array.from({ length: width }, (_, i) => i).filter((i) => (bits + 1) & (1 << i)),
  ).sort((a, b) => a.length - b.length);
  for (const set of sets) {
    if (set.length > 3 || keys.some((key) => key.every((i) => set.includes(i)))) continue;
    const values = rows.map((row) => set.map((i) => row[i]));
    if (values.some((v) => v.includes(null))) continue;
    if (new Set(values.map((v) => v.join())).size === rows.length) keys.push(set);
  }
  return keys.map((key) => key.map((i) => `c${i}`).join()).sort();
}

it('forty random tables: exactly the smallest keys there are', async () => {
  const bench = await startBench();
  const rowOf = (width: number) =>
    fc.array(
      fc.integer({ min: -1, max: 6 }).map((n) => (n < 0 ? null : n)),
      { minLength: width, maxLength: width },
    );
  const table = fc
    .integer({ min: 2, max: 5 })
    .chain((width) =>
      fc.array(rowOf(width), { minLength: 2, maxLength: 30 }).map((rows) => ({ width, rows })),
    );
  let n = 0;
  await fc.assert(
    fc.asyncProperty(table, fc.boolean(), async ({ width, rows }, numbered) => {
      // A column that nearly counts the rows makes keys likelier.
      const all = numbered ? rows.map((row, i) => [...row.slice(0, -1), i % 9]) : rows;
      const list = all.map((row) => `(${row.map((v) => v ?? 'NULL').join()})`).join();
      const names = Array.from({ length: width }, (_, i) => `c${i}`);
      const casts = names.map((name) => `${name}::INTEGER AS ${name}`).join();
      const name = await put(bench, `r${n++}`, `SELECT ${casts} FROM (VALUES ${list}) t(${names.join()})`);
      const { grains } = await bench.ask('grain:find', { table: name });
      const told = grains.map((g) => [...g.columns].sort().join()).sort();
      expect(told).toEqual(smallestKeys(all, width));
      await bench.ask('source:close', { table: name });
    }),
    { numRuns: 40, seed: 7 },
  );
});

it('can be cancelled, and is a job meanwhile', async () => {
  const bench = await startBench();
  const table = await put(bench, 't', 'SELECT range AS a, range % 1000 AS b FROM range(300000)');
  const stop = new AbortController();
  const asked = bench.ask('grain:find', { table }, stop.signal);
  stop.abort();
  await expect(asked).rejects.toThrow();
  expect(
    bench.events.some((e) => e.event === 'job' && e.job.kind === 'grain' && e.job.state === 'cancelled'),
  ).toBe(true);
});
