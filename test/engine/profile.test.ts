import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, it } from 'vitest';
import type { ColumnProfile } from '../../src-main/core/profile/profile';
import { put } from '../support/folder';
import { startBench } from '../support/service';
import { otherData } from '../support/shared';

/** Writes a Parquet file from a query, by plain DuckDB. */
async function parquet(path: string, sql: string): Promise<string> {
  const db = await DuckDBInstance.create(':memory:');
  const connection = await db.connect();
  await connection.run(`COPY (${sql}) TO '${path}' (FORMAT parquet)`);
  connection.closeSync();
  db.closeSync();
  return path;
}

async function profiled(sql: string): Promise<Readonly<Record<string, ColumnProfile>>> {
  const bench = await startBench();
  const table = await bench.ask('source:open', { path: await parquet(join(bench.folder, 't.parquet'), sql) });
  return bench.profile(table.name);
}

it('five readable rows, one of them null, give the figures one can check by hand', async () => {
  const { x } = await profiled('SELECT unnest([1, 2, 3, 4, NULL])::INTEGER AS x');
  expect(x).toMatchObject({
    rows: 5,
    nulls: 1,
    distinct: 4,
    unique: 4,
    min: 1,
    max: 4,
    sum: 10,
    mean: 2.5,
    zeros: 0,
    negatives: 0,
    quantiles: { '0.25': 1.75, '0.5': 2.5, '0.75': 3.25 },
  });
  expect(x?.stddev).toBeCloseTo(Math.sqrt(5 / 3), 12);
  expect(x?.histogram).toEqual([
    { low: 1, high: 2, count: 1 },
    { low: 2, high: 3, count: 1 },
    { low: 3, high: 4, count: 1 },
    { low: 4, high: 5, count: 1 },
  ]);
});

it('the bins of any column add up to its values, and agree with counting between their edges', async () => {
  const bench = await startBench();
  const path = await parquet(
    join(bench.folder, 't.parquet'),
    "SELECT (hash(range) % 1000)::INTEGER AS even, round(exp((hash(range, 1) % 1000) / 120.0), 2) AS skewed, ((hash(range, 2) % 2000)::DOUBLE - 1000) / 10 AS tenths, range * 0.1 AS steps, TIMESTAMP '2020-01-01' + INTERVAL (range) HOUR AS t, CASE WHEN range % 7 = 0 THEN NULL ELSE range % 3 END AS gaps FROM range(5000)",
  );
  const profiles = await bench.profile((await bench.ask('source:open', { path })).name);
  const db = await DuckDBInstance.create(':memory:');
  const connection = await db.connect();
  for (const profile of Object.values(profiles)) {
    const bins = profile.histogram ?? [];
    expect([profile.name, bins.reduce((n, b) => n + b.count, 0)]).toEqual([
      profile.name,
      profile.rows - profile.nulls,
    ]);
    for (const [i, bin] of bins.entries()) {
      const edge = (cell: number | string) =>
        typeof cell === 'number' ? String(cell) : `TIMESTAMP '${cell}'`;
      const end = i === bins.length - 1 ? '<=' : '<';
      const sql = `SELECT count(*)::INTEGER FROM '${path}' WHERE "${profile.name}" >= ${edge(bin.low)} AND "${profile.name}" ${end} ${edge(bin.high)}`;
      const counted = (await connection.runAndReadAll(sql)).getRows()[0]?.[0];
      expect([profile.name, bin.low, bin.high, counted]).toEqual([
        profile.name,
        bin.low,
        bin.high,
        bin.count,
      ]);
    }
  }
  connection.closeSync();
  db.closeSync();
});

it('NaN and infinities are counted and kept out of every other figure', async () => {
  const { x } = await profiled(
    "SELECT unnest([1.0, 3.0, 'nan'::DOUBLE, 'inf'::DOUBLE, '-inf'::DOUBLE, NULL]) AS x",
  );
  expect(x).toMatchObject({
    rows: 6,
    nulls: 1,
    nan: 1,
    infinite: 2,
    min: 1,
    max: 3,
    mean: 2,
    quantiles: { '0.5': 2 },
  });
});

it('values whose squares overflow have a deviation all the same, and lack only the sum that overflows', async () => {
  const { x, y } = await profiled(
    'SELECT unnest([1e300, -1e300, 1.0]) AS x, unnest([1.5e308, 1.5e308, -1e308]) AS y',
  );
  expect(x).toMatchObject({ rows: 3, distinct: 3, min: -1e300, max: 1e300, negatives: 1 });
  expect(x?.stddev).toBeCloseTo(1e300, -290);
  expect(y).toMatchObject({ distinct: 2, max: 1.5e308 });
  expect((y?.mean ?? 0) / 1e308).toBeCloseTo(2 / 3, 12);
});

it('an order of the rows is told where every row keeps it, and called strict where no value repeats', async () => {
  const found = await profiled(
    'SELECT range AS up, -range // 2 AS down, CASE WHEN range = 50 THEN 0 ELSE range END AS nearly, 7 AS same, CASE WHEN range % 3 = 0 THEN NULL ELSE range END AS gaps FROM range(100)',
  );
  const order = Object.fromEntries(Object.entries(found).map(([name, p]) => [name, p.sorted]));
  expect(order).toEqual({
    up: 'strictly-ascending',
    down: 'descending',
    nearly: undefined,
    same: undefined,
    gaps: 'strictly-ascending',
  });
});

it('nested values are profiled inside: elements, fields, keys and values, to any depth', async () => {
  const { tags, who, props, deep } = await profiled(
    "SELECT * FROM (VALUES (['a', 'b', NULL], {'name': 'x', 'ages': [1, 2]}, MAP {'k': 1.5}, [[[[[[[[[[1]]]]]]]]]]), ([], {'name': NULL, 'ages': [3]}, MAP {'k': 2.5, 'l': 3.5}, [[[[[[[[[[2, 3]]]]]]]]]])) v(tags, who, props, deep)",
  );
  expect(tags).toMatchObject({ length: { min: 0, max: 3, mean: 1.5 } });
  expect(tags?.inside).toMatchObject([{ name: 'tags[]', kind: 'text', rows: 3, nulls: 1, distinct: 2 }]);
  expect(who?.inside).toMatchObject([
    { name: 'name', nulls: 1, distinct: 1 },
    { name: 'ages', inside: [{ name: 'ages[]', rows: 3, min: 1, max: 3 }] },
  ]);
  expect(props?.inside).toMatchObject([
    { name: 'props.key', rows: 3, distinct: 2 },
    { name: 'props.value', kind: 'number', min: '1.5', max: '3.5' },
  ]);
  let inner = deep;
  for (let i = 0; i < 10; i++) inner = inner?.inside?.[0];
  expect(inner).toMatchObject({ kind: 'number', rows: 3, sum: 6 });
});

it('a column may be named like a keyword, hold quotes or be as long as it likes', async () => {
  const name = 'select "from"; DROP';
  const found = await profiled(
    `SELECT 1 AS "${name.replaceAll('"', '""')}", [2] AS "order", 3 AS v, 4 AS n, 5 AS file_row`,
  );
  expect(found[name]).toMatchObject({ rows: 1, min: 1 });
  expect(found.order?.inside).toMatchObject([{ name: 'order[]', min: 2 }]);
  expect([found.v?.min, found.n?.max]).toEqual([3, 4]);
});

it('of a large table figures of a sample come first, then exact ones or estimates with their error', async () => {
  const bench = await startBench();
  const path = await parquet(
    join(bench.folder, 'large.parquet'),
    "SELECT range AS id, hash(range) % 100 AS few, (hash(range, 1) % 100000000) / 7.0 AS many, md5(range::VARCHAR) AS code, CASE WHEN range % 2 = 0 THEN 'nan'::DOUBLE ELSE (hash(range, 2) % 1000000000)::DOUBLE END AS strange, [range] AS nested FROM range(600000)",
  );
  const table = await bench.ask('source:open', { path });
  const last = await bench.profile(table.name);
  const told = bench.events.flatMap((e) => (e.event === 'profile' ? [e.profile] : []));
  expect(told).toHaveLength(12);
  for (const first of told.slice(0, 6)) {
    expect([first.name, first.rows, first.evidence.basis]).toEqual([first.name, 600_000, 'sample']);
    expect(first.evidence.rows).toBeLessThan(20_000);
    expect(first.inexact?.distinct).toMatchObject({ basis: 'sample' });
  }
  expect(last.few).toMatchObject({ distinct: 100, evidence: { basis: 'exact' } });
  expect(last.few).not.toHaveProperty('inexact');
  // Strictly ascending, so that its distinct values are no estimate.
  expect(last.id).toMatchObject({ distinct: 600_000, unique: 600_000, sorted: 'strictly-ascending' });
  const { many, code, strange, nested } = last;
  expect(many?.evidence.basis).toBe('estimate');
  expect(many?.nulls).toBe(0);
  expect(Math.abs((code?.distinct ?? 0) - 600_000)).toBeLessThanOrEqual(code?.inexact?.distinct?.error ?? 0);
  expect(strange).toMatchObject({ rows: 600_000, nulls: 0, nan: 300_000, infinite: 0 });
  expect(nested).toMatchObject({ nulls: 0, inside: [{ name: 'nested[]' }] });

  const exactly = bench.events.length;
  const { job } = await bench.ask('profile:start', {
    table: table.name,
    columns: ['code', 'many'],
    exact: true,
  });
  const done = () =>
    bench.events.some((e) => e.event === 'job' && e.job.id === job && e.job.state === 'done');
  await expect.poll(done, { timeout: 20_000 }).toBe(true);
  const exact = bench.events.slice(exactly).flatMap((e) => (e.event === 'profile' ? [e.profile] : []));
  expect(exact.findLast((p) => p.name === 'code')).toMatchObject({
    distinct: 600_000,
    unique: 600_000,
    evidence: { basis: 'exact' },
  });
});

it('decimals and integers beyond 2^53 stay exact', async () => {
  const { d, big } = await profiled(
    'SELECT * FROM (VALUES (0.10::DECIMAL(38,2), 9007199254740993), (12345678901234567890123456789012345.67, 9007199254740995)) v(d, big)',
  );
  expect(d).toMatchObject({ max: '12345678901234567890123456789012345.67', min: '0.10' });
  expect(big).toMatchObject({ min: '9007199254740993', max: '9007199254740995', sum: '18014398509481988' });
});

it('numbers whose sum no type can hold have every figure but the sum, also where there are very many', async () => {
  const few = "('12345678901234567890123456789012345678'::DECIMAL(38, 0) - range % 7)";
  const { small } = await profiled(`SELECT ${few} AS small FROM range(30)`);
  expect(small).toMatchObject({ rows: 30, distinct: 7, max: '12345678901234567890123456789012345678' });
  expect(small).not.toHaveProperty('sum');
  expect((small?.mean ?? 0) / 1.2345678901234568e37).toBeCloseTo(1, 12);
  // As doubles all of them would be one number.
  const sevens = Array.from({ length: 30 }, (_, i) => i % 7);
  const mean = sevens.reduce((a, b) => a + b, 0) / 30;
  const deviation = Math.sqrt(sevens.reduce((a, b) => a + (b - mean) ** 2, 0) / 29);
  expect(small?.stddev).toBeCloseTo(deviation, 12);
  const { many } = await profiled(
    "SELECT '12345678901234567890123456789012345678'::DECIMAL(38, 0) - hash(range) AS many FROM range(400000)",
  );
  expect(many).toMatchObject({ rows: 400_000, nulls: 0 });
});

it('decimals of 38 digits whose sum no decimal can hold have every other figure, and so have the columns beside them', async () => {
  const { far, near, x } = await profiled(
    `SELECT ((range % 90 - 45)::VARCHAR || repeat('0', 36))::DECIMAL(38, 0) AS far,
      99999999999999999999999999999999999999::DECIMAL(38, 0) - range AS near, range AS x FROM range(900)`,
  );
  const zeros = '0'.repeat(36);
  expect(far).toMatchObject({ distinct: 90, unique: 0, min: `-45${zeros}`, max: `44${zeros}`, zeros: 10 });
  expect(far?.mean).toBeCloseTo(-5e35, -26);
  expect(far?.histogram?.reduce((sum, bin) => sum + bin.count, 0)).toBe(900);
  expect(near).toMatchObject({ distinct: 900, max: '9'.repeat(38) });
  expect(near?.sum).toBeUndefined();
  expect(x).toMatchObject({ distinct: 900, sum: (900 * 899) / 2 });
});

it('text, booleans, times, nested and empty columns each have the figures of their kind', async () => {
  const { s, b, t, l, n } = await profiled(
    "SELECT * FROM (VALUES ('a', true, DATE '2024-01-01', [1], NULL::INTEGER), ('  ', false, DATE '2024-03-01', [1], NULL), ('', NULL, DATE 'infinity', NULL, NULL), ('a', true, NULL, [2, 3], NULL)) v(s, b, t, l, n)",
  );
  expect(s).toMatchObject({
    kind: 'text',
    blanks: 2,
    distinct: 3,
    unique: 2,
    length: { min: 0, max: 2, mean: 1 },
  });
  expect(b).toMatchObject({
    kind: 'boolean',
    nulls: 1,
    distinct: 2,
    top: [
      { value: true, count: 2 },
      { value: false, count: 1 },
    ],
  });
  expect(t).toMatchObject({ kind: 'time', min: '2024-01-01', max: '2024-03-01', infinite: 1 });
  expect(t?.histogram?.reduce((k, bin) => k + bin.count, 0)).toBe(2);
  expect(l).toMatchObject({
    kind: 'nested',
    nulls: 1,
    distinct: 2,
    top: [
      { value: '[1]', count: 2 },
      { value: '[2, 3]', count: 1 },
    ],
  });
  expect(n).toMatchObject({ nulls: 4, distinct: 0, top: [] });
  expect(n).not.toHaveProperty('mean');
});

it('outliers lie beyond the fences, and the examples are the most extreme', async () => {
  const { x } = await profiled(
    'SELECT CASE range WHEN 0 THEN -500 WHEN 1 THEN 900 WHEN 2 THEN 901 ELSE range % 10 END AS x FROM range(1000)',
  );
  expect(x?.outliers).toMatchObject([
    { method: 'iqr', count: 3, below: 1, above: 2, examples: [901, 900, -500] },
  ]);
});

it('a profile under a filter rests on the rows of the filter', async () => {
  const bench = await startBench();
  const table = await bench.ask('source:open', {
    path: put(bench.folder, 'a.csv', 'g,x\na,1\na,2\nb,30\n,40\n'),
  });
  const done = () =>
    bench.events.some((e) => e.event === 'job' && e.job.kind === 'profile' && e.job.state === 'done');
  await bench.ask('profile:start', {
    table: table.name,
    columns: ['x'],
    filter: [{ column: 'g', not: true, test: { kind: 'values', values: ['a'] } }],
  });
  await expect.poll(done).toBe(true);
  const event = bench.events.find((e) => e.event === 'profile');
  expect(event).toMatchObject({ filtered: true, profile: { name: 'x', rows: 2, min: 30, max: 40 } });
});

it('columns asked for first are profiled first, and a cancelled profile stops', async () => {
  const bench = await startBench();
  const names = Array.from({ length: 60 }, (_, i) => `c${i}`);
  const path = await parquet(
    join(bench.folder, 'w.parquet'),
    `SELECT ${names.map((c, i) => `hash(range, ${i}) AS ${c}`).join(', ')} FROM range(20000)`,
  );
  const table = await bench.ask('source:open', { path });
  const { job } = await bench.ask('profile:start', { table: table.name, columns: names });
  await bench.ask('profile:first', { job, columns: ['c59'] });
  const seen = () => bench.events.flatMap((e) => (e.event === 'profile' ? [e.profile.name] : []));
  await expect.poll(() => seen().length, { interval: 5 }).toBeGreaterThanOrEqual(8);
  // Two run at a time and may end in any order; without a preference it would come last of sixty.
  expect(seen().slice(0, 8)).toContain('c59');
  await bench.ask('job:cancel', { job });
  const state = bench.events.findLast((e) => e.event === 'job' && e.job.id === job);
  expect(state).toMatchObject({ job: { state: 'cancelled' } });
  expect(seen().length).toBeLessThan(60);
});

it.skipIf(otherData === null)(
  'the marketing file gives its known figures and is not misread in silence',
  async () => {
    const bench = await startBench();
    const table = await bench.ask('source:open', { path: join(otherData ?? '', 'marketing_data.csv') });
    expect(table.receipt).toMatchObject({ records: 2240, loaded: 2240, rejected: 0, skipped: 0 });
    expect(table.warnings.map((w) => [w.code, w.column])).toEqual([
      ['column-name-blanks', 'Income'],
      ['money-as-text', 'Income'],
      ['date-mixed', 'Dt_Customer'],
    ]);
    const p = await bench.profile(table.name);
    expect(p.ID).toMatchObject({ distinct: 2240, unique: 2240 });
    expect(p.Income).toMatchObject({ nulls: 24 });
    expect([p.MntWines, p.MntMeatProducts, p.MntFishProducts].map((c) => c?.outliers?.[0]?.count)).toEqual([
      35, 175, 223,
    ]);
    expect(p.MntFishProducts?.outliers?.[0]?.upper).toBe(120.5);
  },
);
