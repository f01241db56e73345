/**
 * Relations over the real DuckDB: each figure against the statement shown beside it and against another way to compute it.
 */
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, it } from 'vitest';
import { coefficientSql } from '../../src-main/core/relation/plan';
import type { AssociationMatrix, Coefficient } from '../../src-main/core/relation/relation';
import { put } from '../support/folder';
import { type Bench, startBench } from '../support/service';

async function plain<T>(work: (ask: (sql: string) => Promise<unknown[][]>) => Promise<T>): Promise<T> {
  const db = await DuckDBInstance.create(':memory:');
  const connection = await db.connect();
  try {
    return await work(async (sql) => (await connection.runAndReadAll(sql)).getRows() as unknown[][]);
  } finally {
    connection.closeSync();
    db.closeSync();
  }
}

async function opened(sql: string): Promise<{ bench: Bench; table: string; path: string }> {
  const bench = await startBench();
  const path = join(bench.folder, 't.parquet');
  await plain((ask) => ask(`COPY (${sql}) TO '${path}' (FORMAT parquet)`));
  const table = await bench.ask('source:open', { path });
  return { bench, table: table.name, path };
}

const matrixOf = (
  { bench, table }: { bench: Bench; table: string },
  coefficient: Coefficient | 'auto',
  all = true,
  columns: readonly string[] = [],
) => bench.ask('relation:matrix', { table, columns, coefficient, all });

function pairOf(matrix: AssociationMatrix, a: string, b: string) {
  const at = (name: string) => matrix.columns.findIndex((c) => c.column.name === name);
  return matrix.pairs.find((p) => [at(a), at(b)].includes(p.a) && [at(a), at(b)].includes(p.b));
}

/** Columns of each kind, bound to each other and not, with nulls, NaN, infinities and huge values. */
const mixed = (rows: number) => `SELECT
  range AS id, (hash(range) % 1000)::INTEGER AS a, (hash(range) % 1000 + hash(range, 1) % 300)::DECIMAL(38,2) AS b,
  CASE WHEN range % 11 = 0 THEN NULL WHEN range % 13 = 0 THEN 'nan'::DOUBLE WHEN range % 17 = 0 THEN 'inf'::DOUBLE ELSE (hash(range, 2) % 50) / 7.0 END AS holes,
  ((hash(range) % 1000)::DOUBLE - 500) * 1e305 AS huge, 'g' || (hash(range) % 1000 // 250) AS "the group", hash(range, 3) % 3 = 0 AS flag,
  TIMESTAMP '1890-01-01' + INTERVAL (hash(range) % 1000) DAY AS "select", 7 AS fixed, NULL::INTEGER AS none, [range] AS list, 'text ' || range AS words
FROM range(${rows})`;

it.each([500, 30_000])('every coefficient of %i rows is what its statement gives', async (rows) => {
  const open = await opened(mixed(rows));
  for (const coefficient of ['auto', 'pearson', 'spearman', 'cramer', 'eta'] as const) {
    const matrix = await matrixOf(open, coefficient);
    expect(matrix.leftOut.map((l) => l.column)).toEqual(['list', 'fixed', 'none', 'words']);
    expect(matrix.evidence.basis).toBe('exact');
    await plain(async (ask) => {
      for (const p of matrix.pairs) {
        const [a, b] = [matrix.columns[p.a]!, matrix.columns[p.b]!];
        const around = `pair ${a.column.name}, ${b.column.name}: ${p.coefficient}`;
        expect([around, p.basis]).toEqual([around, 'exact']);
        if ([a, b].some((c) => c.column.name === 'huge') && p.coefficient !== 'spearman') continue;
        const sql = coefficientSql(p.coefficient, `'${open.path}'`, a, b);
        const [value, n] = (await ask(sql))[0]!.map(Number);
        expect([around, p.n]).toEqual([around, n]);
        expect(Math.abs((p.value ?? 9) - value!), around).toBeLessThan(1e-9);
      }
    });
  }
});

it('Kendall and mutual information are what their statements give, on rows few enough', async () => {
  const open = await opened(mixed(400));
  for (const coefficient of ['kendall', 'mutual'] as const) {
    const matrix = await matrixOf(open, coefficient);
    expect(matrix.pairs.length).toBeGreaterThan(9);
    await plain(async (ask) => {
      for (const p of matrix.pairs) {
        const [a, b] = [matrix.columns[p.a]!, matrix.columns[p.b]!];
        const sql = coefficientSql(coefficient, `'${open.path}'`, a, b, { a: a.edges, b: b.edges });
        const [value, n] = (await ask(sql))[0]!.map(Number);
        expect([p.n, p.basis]).toEqual([n, 'exact']);
        expect(p.value).toBeCloseTo(value!, 9);
      }
    });
  }
});

it('values near the largest double keep their coefficients', async () => {
  const open = await opened(mixed(30_000));
  const matrix = await matrixOf(open, 'auto');
  expect(pairOf(matrix, 'a', 'huge')?.value).toBeCloseTo(1, 12);
  const flag = pairOf(matrix, 'a', 'flag')?.value;
  expect(pairOf(matrix, 'huge', 'flag')?.value).toBeCloseTo(flag!, 9);
  const pair = await open.bench.ask('relation:pair', { table: open.table, a: 'a', b: 'huge' });
  expect(pair.n).toBe(30_000);
});

it('a large table answers from a sample first, near the truth and said to be one', async () => {
  const open = await opened(mixed(60_000));
  const [first, exact] = [await matrixOf(open, 'auto', false), await matrixOf(open, 'auto', true)];
  expect([first.evidence.basis, exact.evidence.basis]).toEqual(['sample', 'exact']);
  for (const [i, p] of first.pairs.entries()) {
    expect(p.basis).toBe('sample');
    expect(Math.abs((p.value ?? 0) - (exact.pairs[i]?.value ?? 0))).toBeLessThan(0.05);
  }
});

it('a filter and a choice of columns are kept to', async () => {
  const { bench, table, path } = await opened(mixed(30_000));
  const matrix = await bench.ask('relation:matrix', {
    table,
    columns: ['holes', 'a'],
    coefficient: 'pearson',
    all: true,
    filter: [{ column: 'the group', not: false, test: { kind: 'values', values: ['g1'] } }],
  });
  expect(matrix.columns.map((c) => c.column.name)).toEqual(['a', 'holes']);
  const sql = `SELECT corr(a, holes), count(*) FROM '${path}' WHERE "the group" = 'g1' AND isfinite(holes)`;
  const [value, n] = (await plain((ask) => ask(sql)))[0]!.map(Number);
  expect(matrix.pairs).toMatchObject([{ n, basis: 'exact', value: expect.closeTo(value!, 9) }]);
  expect(await bench.problemOf('relation:pair', { table, a: 'a', b: 'gone' })).toBe('column-missing');
});

it('sixty columns of a wide table are related, and that is said', async () => {
  const columns = Array.from({ length: 500 }, (_, i) => `hash(range, ${i}) % 100 AS c${i}`).join(', ');
  const open = await opened(`SELECT ${columns} FROM range(500)`);
  const matrix = await matrixOf(open, 'auto');
  expect(matrix.columns.length).toBe(60);
  expect(matrix.pairs.length).toBe((60 * 59) / 2);
  expect(matrix.notes.join(' ')).toContain('first 60');
  const found = await open.bench.ask('relation:findings', { table: open.table });
  expect([found.looked, found.dependencies, found.redundancies]).toEqual([500, [], []]);
});

it('an empty table, one row, and only columns that cannot be related answer in words', async () => {
  for (const rows of [0, 1, 2]) {
    const { bench, table } = await opened(`SELECT range AS x, 'a' AS y, [1] AS z FROM range(${rows})`);
    const matrix = await bench.ask('relation:matrix', { table, columns: [], coefficient: 'auto', all: true });
    expect(matrix.pairs.every((p) => p.value === null)).toBe(true);
    expect(matrix.leftOut.length).toBeGreaterThan(1);
    for (const [a, b] of [
      ['x', 'x'],
      ['x', 'y'],
      ['y', 'z'],
    ] as const) {
      const pair = await bench.ask('relation:pair', { table, a, b });
      expect(pair.reason === null).toBe(pair.shape !== null);
    }
    expect((await bench.ask('relation:findings', { table })).dependencies).toEqual([]);
  }
});

it('cells of two numbers hold each row once, between their edges', async () => {
  const open = await opened(mixed(30_000));
  for (const [a, b] of [
    ['a', 'holes'],
    ['b', 'a'],
  ] as const) {
    const { shape, n } = await open.bench.ask('relation:pair', { table: open.table, a, b });
    if (shape?.kind !== 'numbers') throw new Error('not numbers');
    expect(shape.cells.reduce((sum, c) => sum + c[2], 0)).toBe(n);
    await plain(async (ask) => {
      for (const [i, j, rows] of shape.cells.filter((_, k) => k % 37 === 0)) {
        const inside = (c: string, edges: readonly number[], at: number) =>
          `isfinite("${c}"::DOUBLE) AND "${c}"::DOUBLE >= ${edges[at] ?? '-1e308'} AND "${c}"::DOUBLE ${at === edges.length - 2 ? '<=' : '<'} ${edges[at + 1] ?? '1e308'}`;
        const sql = `SELECT count(*) FROM '${open.path}' WHERE ${inside(a, shape.x, i)} AND ${inside(b, shape.y, j)}`;
        expect([i, j, Number((await ask(sql))[0]![0])]).toEqual([i, j, rows]);
      }
    });
  }
});

it('boxes have exact quantiles, and the rest is one more', async () => {
  const { bench, table, path } = await opened(
    "SELECT 'k' || (range % 31 * (range % 3)) AS k, hash(range) % 977 AS x FROM range(5000)",
  );
  const { shape } = await bench.ask('relation:pair', { table, a: 'x', b: 'k' });
  if (shape?.kind !== 'boxes') throw new Error('not boxes');
  expect([shape.flipped, shape.boxes.length, shape.boxes.at(-1)?.rest]).toEqual([true, 21, true]);
  expect(shape.boxes.reduce((sum, b) => sum + b.n, 0)).toBe(5000);
  await plain(async (ask) => {
    for (const box of shape.boxes) {
      const named = shape.boxes.flatMap((b) => (b.rest ? [] : [`'${b.group}'`])).join(', ');
      const where = box.rest ? `k NOT IN (${named})` : `k = '${box.group}'`;
      const sql = `SELECT count(*), min(x), quantile_cont(x, 0.25), median(x), quantile_cont(x, 0.75), max(x), avg(x) FROM '${path}' WHERE ${where}`;
      const expected = (await ask(sql))[0]!.map(Number);
      expect([box.n, box.min, box.q1, box.median, box.q3, box.max]).toEqual(expected.slice(0, 6));
      expect(box.mean).toBeCloseTo(expected[6]!, 9);
    }
  });
});

it('a table of counts adds up, and a line over time has the mean and median of each step', async () => {
  const { bench, table, path } = await opened(
    "SELECT 'a' || (range % 20) AS a, ['x','y'][1 + range % 2] AS b, DATE '1899-12-30' + (range % 700)::INTEGER AS d, (hash(range) % 100) / 4.0 AS v FROM range(3000)",
  );
  const cross = (await bench.ask('relation:pair', { table, a: 'a', b: 'b' })).shape;
  if (cross?.kind !== 'counts') throw new Error('not counts');
  expect([cross.rows.length, cross.restRow, cross.columns, cross.restColumn]).toEqual([
    16,
    true,
    ['x', 'y'],
    false,
  ]);
  expect(cross.counts.flat().reduce((s, n) => s + n, 0)).toBe(3000);
  const line = (await bench.ask('relation:pair', { table, a: 'v', b: 'd' })).shape;
  if (line?.kind !== 'line') throw new Error('not a line');
  expect([line.grain, line.flipped, line.points[0]?.at]).toEqual(['week', true, '1899-12-25T00:00:00']);
  const sql = `SELECT count(*), avg(v), quantile_cont(v, 0.5) FROM '${path}' WHERE d >= DATE '1900-01-01' AND d < DATE '1900-01-08'`;
  const [n, mean, median] = (await plain((ask) => ask(sql)))[0]!.map(Number);
  expect(line.points[1]).toEqual({ at: '1900-01-01T00:00:00', n, mean: expect.closeTo(mean!, 9), median });
});

it('a matrix can be cancelled, and its job says so', async () => {
  const { bench, table } = await opened(mixed(60_000));
  const abort = new AbortController();
  const asked = bench.ask(
    'relation:matrix',
    { table, columns: [], coefficient: 'spearman', all: true },
    abort.signal,
  );
  abort.abort();
  await expect(asked).rejects.toMatchObject({ problem: { code: 'query-cancelled' } });
  expect(bench.events.at(-1)).toMatchObject({ job: { kind: 'relations', state: 'cancelled' } });
});

it('a column with any name is related', async () => {
  const names = ['select', 'a"b', "it's", 'new\nline', '🙂', '__proto__'];
  const bench = await startBench();
  const head = names.map((n) => `"${n.replaceAll('"', '""')}"`).join(',');
  const rows = Array.from({ length: 60 }, (_, i) => names.map((_, j) => (i * (j + 3)) % 17).join(','));
  const table = await bench.ask('source:open', {
    path: put(bench.folder, 'n.csv', `${head}\n${rows.join('\n')}\n`),
  });
  const matrix = await bench.ask('relation:matrix', {
    table: table.name,
    columns: [],
    coefficient: 'auto',
    all: true,
  });
  expect(matrix.columns.length).toBe(names.length);
  const [a, b] = table.columns.slice(3).map((c) => c.name);
  expect((await bench.ask('relation:pair', { table: table.name, a: a!, b: b! })).shape?.kind).toBe('numbers');
  expect((await bench.ask('relation:findings', { table: table.name })).looked).toBe(names.length);
});
