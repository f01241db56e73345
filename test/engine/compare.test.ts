import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, it } from 'vitest';
import type { AnswerOf, Ask } from '../../src-main/contract';
import { type ColumnComparison, summaryOf, verdictOf } from '../../src-main/core/compare/comparison';
import { put } from '../support/folder';
import { type Bench, startBench } from '../support/service';

/** Runs a statement in a plain DuckDB and answers its rows. */
async function plain(sql: string): Promise<readonly (readonly unknown[])[]> {
  const db = await DuckDBInstance.create(':memory:');
  const connection = await db.connect();
  try {
    return (await connection.runAndReadAll(sql)).getRows();
  } finally {
    connection.closeSync();
    db.closeSync();
  }
}

async function opened(bench: Bench, name: string, sql: string): Promise<string> {
  const path = join(bench.folder, `${name}.parquet`);
  await plain(`COPY (${sql}) TO '${path}' (FORMAT parquet)`);
  return (await bench.ask('source:open', { path })).name;
}

interface Found {
  readonly answer: AnswerOf<'compare:start'>;
  readonly columns: Readonly<Record<string, ColumnComparison>>;
  readonly order: readonly ColumnComparison[];
}

async function compare(bench: Bench, ask: Ask<'compare:start'>): Promise<Found> {
  const answer = await bench.ask('compare:start', ask);
  const state = () => bench.events.findLast((e) => e.event === 'job' && e.job.id === answer.job);
  await expect
    .poll(() => JSON.stringify(state()), { interval: 5, timeout: 20_000 })
    .not.toContain('"running"');
  expect(state()).toMatchObject({ job: { state: 'done' } });
  const order = bench.events.flatMap((e) =>
    e.event === 'compared' && e.job === answer.job ? [e.column] : [],
  );
  return { answer, order, columns: Object.fromEntries(order.map((c) => [c.a.name, c])) };
}

async function compared(a: string, b: string): Promise<Found['columns']> {
  const bench = await startBench();
  const [one, other] = [await opened(bench, 'one', a), await opened(bench, 'other', b)];
  return (await compare(bench, { a: { table: one }, b: { table: other } })).columns;
}

/** KS by sorting and stepping through both, another way than running counts. */
function kolmogorov(a: readonly number[], b: readonly number[]): number {
  const [x, y] = [a.toSorted((p, q) => p - q), b.toSorted((p, q) => p - q)];
  const upTo = (sorted: readonly number[], v: number) => sorted.filter((w) => w <= v).length / sorted.length;
  return Math.max(...[...x, ...y].map((v) => Math.abs(upTo(x, v) - upTo(y, v))));
}

it('two sides of five readable rows give the figures one can check by hand', async () => {
  const { x } = await compared(
    'SELECT unnest([1, 2, 3, 4, NULL])::INTEGER AS x',
    'SELECT unnest([3, 4, 5, 5])::INTEGER AS x',
  );
  const [a, b] = x?.figures ?? [];
  expect(a).toMatchObject({ rows: 5, nulls: 1, distinct: 4, min: 1, max: 4, mean: 2.5 });
  expect(a?.stddev).toBeCloseTo(Math.sqrt(5 / 3), 12);
  expect(a?.quantiles).toMatchObject({ '0.25': 1.75, '0.5': 2.5, '0.75': 3.25 });
  expect(b).toMatchObject({ rows: 4, nulls: 0, distinct: 3, min: 3, max: 5, mean: 4.25 });
  // Up to 2: 2 of 4 and 0 of 4; up to 4: 4 of 4 and 2 of 4.
  expect(x?.measures?.ks).toMatchObject({ value: 0.5 });
  expect(x?.fresh).toEqual({ values: 1, rows: 2, examples: [{ value: 5, count: 2 }] });
  expect(x?.lost).toMatchObject({
    values: 2,
    rows: 2,
    examples: [
      { value: 1, count: 1 },
      { value: 2, count: 1 },
    ],
  });
  expect(x?.bins?.map((bin) => [bin.low, bin.a, bin.b])).toEqual([
    [1, 1, 0],
    [2, 1, 0],
    [3, 1, 1],
    [4, 1, 1],
    [5, 0, 2],
  ]);
});

const skewed =
  'SELECT range AS i, exp((hash(range) % 1000) / 150.0) AS x, (hash(range, 2) % 7)::VARCHAR AS g FROM range(3000)';
const shifted =
  'SELECT range AS i, 20 + exp((hash(range, 3) % 1000) / 140.0) AS x, (hash(range, 4) % 9)::VARCHAR AS g FROM range(2000)';

it('KS, PSI, quantiles and moments of numbers agree with computing them another way', async () => {
  const { x } = await compared(skewed, shifted);
  const values = async (sql: string) => (await plain(`SELECT x FROM (${sql})`)).map((row) => Number(row[0]));
  const [a, b] = [await values(skewed), await values(shifted)];
  expect(x?.measures?.ks?.value).toBeCloseTo(kolmogorov(a, b), 12);
  // PSI between cuts at the discrete deciles of A, counted by plain comparisons.
  const [cuts] = await plain(
    `SELECT quantile_disc(x, [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9])::DOUBLE[] FROM (${skewed})`,
  );
  const edges = (cuts?.[0] as unknown as { readonly items: readonly number[] } | undefined)?.items ?? [];
  const shares = (of: readonly number[]) =>
    Array.from({ length: 10 }, (_, i) => {
      const inside = of.filter(
        (v) => (i === 0 || v > (edges[i - 1] ?? 0)) && (i === 9 || v <= (edges[i] ?? 0)),
      );
      return Math.max(0.0001, inside.length / of.length);
    });
  const [p, q] = [shares(a), shares(b)];
  const psi = p.reduce((sum, share, i) => sum + ((q[i] ?? 0) - share) * Math.log((q[i] ?? 0) / share), 0);
  expect(x?.measures?.psi).toMatchObject({ over: 'decile', count: 10 });
  expect(x?.measures?.psi.value).toBeCloseTo(psi, 10);
  const [row] = await plain(
    `SELECT avg(x), stddev_samp(x), quantile_cont(x, 0.05), quantile_cont(x, 0.95) FROM (${shifted})`,
  );
  const side = x?.figures?.[1];
  expect(side?.mean).toBeCloseTo(Number(row?.[0]), 9);
  expect(side?.stddev).toBeCloseTo(Number(row?.[1]), 9);
  expect(side?.quantiles?.['0.05']).toBeCloseTo(Number(row?.[2]), 9);
  expect(side?.quantiles?.['0.95']).toBeCloseTo(Number(row?.[3]), 9);
});

it('bins hold all values of both sides, and the distance over them agrees with counting between their edges', async () => {
  const { x } = await compared(skewed, shifted);
  const bins = x?.bins ?? [];
  expect([bins.reduce((n, bin) => n + bin.a, 0), bins.reduce((n, bin) => n + bin.b, 0)]).toEqual([
    3000, 2000,
  ]);
  const edges = bins.map(
    (bin, i) => `(${i}, ${bin.low}::DOUBLE, ${bin.high}::DOUBLE, ${i === bins.length - 1})`,
  );
  const counted = (sql: string) =>
    `SELECT bin, count(*) FILTER (x >= low AND (x < high OR last AND x <= high)) n FROM (VALUES ${edges.join(', ')}) e(bin, low, high, last), (${sql}) GROUP BY bin`;
  const rows = await plain(
    `SELECT bin, a.n, b.n FROM (${counted(skewed)}) a JOIN (${counted(shifted)}) b USING (bin) ORDER BY bin`,
  );
  expect(rows.map((row) => [Number(row[1]), Number(row[2])])).toEqual(bins.map((bin) => [bin.a, bin.b]));
  // The divergence as entropy of the mixture less the mean of the entropies.
  const entropy = (shares: readonly number[]) =>
    -shares.reduce((sum, share) => sum + (share === 0 ? 0 : share * Math.log2(share)), 0);
  const [p, q] = [bins.map((bin) => bin.a / 3000), bins.map((bin) => bin.b / 2000)];
  const mixed = p.map((share, i) => (share + (q[i] ?? 0)) / 2);
  expect(x?.measures?.js?.value).toBeCloseTo(Math.sqrt(entropy(mixed) - (entropy(p) + entropy(q)) / 2), 9);
});

it('PSI, distance, new and lost values of categories agree with plain SQL of another shape', async () => {
  const { g } = await compared(skewed, shifted);
  const [row] = await plain(`WITH a AS (SELECT g, count(*) / 3000 AS p FROM (${skewed}) GROUP BY g),
b AS (SELECT g, count(*) / 2000 AS q FROM (${shifted}) GROUP BY g),
j AS (SELECT coalesce(p, 0)::DOUBLE AS p, coalesce(q, 0)::DOUBLE AS q FROM a FULL JOIN b USING (g))
SELECT (SELECT sum((q - greatest(p, 0.0001)) * ln(q / greatest(p, 0.0001))) FROM j),
 sqrt(1 - 0.5 * (SELECT sum((p + q) * log2(p + q) - CASE WHEN p > 0 THEN p * log2(p) ELSE 0 END - CASE WHEN q > 0 THEN q * log2(q) ELSE 0 END) FROM j)),
 (SELECT count(*) FROM (${shifted}) WHERE g IN ('7', '8'))`);
  expect(g?.measures?.psi.value).toBeCloseTo(Number(row?.[0]), 10);
  expect(g?.measures?.js?.value).toBeCloseTo(Number(row?.[1]), 9);
  expect(g?.fresh).toMatchObject({ values: 2, rows: Number(row?.[2]) });
  expect(g?.lost).toMatchObject({ values: 0, rows: 0, examples: [] });
  expect(g?.fresh.examples.map((e) => e.value).toSorted()).toEqual(['7', '8']);
});

const mixed =
  "SELECT (range % 50)::DECIMAL(8,2) AS d, range * 0.5 AS x, 't' || range % 5 AS s, range % 3 = 0 AS b, TIMESTAMP '2020-01-01' + INTERVAL (range) HOUR AS t, TIME '10:00:00' + INTERVAL (range) MINUTE AS c, [range % 4] AS l, CASE WHEN range % 2 = 0 THEN range END AS n FROM range(400)";

it('identical sides give 0 in every measure and are said to hold the same values', async () => {
  const found = await compared(mixed, mixed);
  expect(Object.keys(found).length).toBe(8);
  for (const c of Object.values(found)) {
    expect([c.a.name, c.why, c.same, verdictOf(c)]).toEqual([c.a.name, '', true, 'same']);
    expect([c.a.name, c.measures?.psi.value, c.measures?.js?.value]).toEqual([c.a.name, 0, 0]);
    if (c.form !== 'category') expect(c.measures?.ks).toMatchObject({ value: 0, p: 1 });
  }
});

it('sides without a common value give a KS of 1 and a distance of 1', async () => {
  const found = await compared(
    "SELECT range AS n, 'a' || range % 9 AS s, DATE '2020-01-01' + (range % 60)::INTEGER AS t FROM range(300)",
    "SELECT 5000 + range AS n, 'b' || range % 9 AS s, DATE '2021-01-01' + (range % 60)::INTEGER AS t FROM range(300)",
  );
  expect(found.n?.measures).toMatchObject({ ks: { value: 1 }, js: { value: 1 } });
  expect(found.t?.measures).toMatchObject({ ks: { value: 1 }, js: { value: 1 } });
  expect(found.s?.measures).toMatchObject({ ks: null, js: { value: 1 } });
  expect(Object.values(found).map(verdictOf)).toEqual(['large', 'large', 'large']);
  expect(found.n?.measures?.ks?.p).toBeLessThan(1e-50);
});

it('empty, all null, constant and not finite sides are answered in words', async () => {
  const empty = await compared(
    'SELECT unnest([1.5, 2])::DOUBLE AS x, unnest([1, 2]) AS y',
    'SELECT 1.5::DOUBLE AS x, 1 AS y WHERE false',
  );
  expect(empty.x).toMatchObject({ why: 'B has no rows', measures: null });
  const found = await compared(
    "SELECT [1.0, 3.0, 'nan'::DOUBLE, 'inf'::DOUBLE, NULL][range + 1] AS x, NULL::VARCHAR AS s, 7 AS k, 'nan'::FLOAT AS f, 1e300 * (range - 2) AS big, DATE 'infinity' AS d FROM range(5)",
    "SELECT [1.0, 3.0, '-inf'::DOUBLE, 2.0, 'nan'::DOUBLE][range + 1] AS x, 'v' AS s, 7 AS k, 1::FLOAT AS f, -1e300 * range AS big, DATE '2020-02-02' AS d FROM range(5)",
  );
  expect(found.x?.figures?.[0]).toMatchObject({ nulls: 1, nan: 1, infinite: 1, min: 1, max: 3, mean: 2 });
  expect(found.x?.measures?.ks?.value).toBeCloseTo(1 / 6, 12);
  expect(found.s).toMatchObject({ why: 'every value of A is null', measures: null });
  expect(found.k).toMatchObject({ same: true });
  expect(found.f).toMatchObject({ why: 'no value of A is finite', figures: [{ nan: 5 }, { nan: 0 }] });
  expect(found.d).toMatchObject({ why: 'no value of A is finite', figures: [{ infinite: 5 }, {}] });
  expect(found.big?.measures?.ks?.value).toBeGreaterThan(0);
  expect(found.big?.why).toBe('');
});

it('another kind is said, another type of the same kind is compared', async () => {
  const found = await compared(
    "SELECT range AS n, range AS w, DATE '2020-01-01' + range::INTEGER AS t, 9007199254740993 + range AS h FROM range(40)",
    "SELECT range::VARCHAR AS n, range::DOUBLE AS w, TIMESTAMP '2020-01-01' + INTERVAL (range) DAY AS t, 9007199254740993 + range AS h FROM range(40)",
  );
  expect(found.n).toMatchObject({
    form: null,
    measures: null,
    figures: [{ distinct: 40 }, { distinct: 40 }],
  });
  expect(found.n?.why).toBe('number and text have no values in common to compare; only counts are');
  expect([found.w, found.t, found.h].map((c) => c?.same)).toEqual([true, true, true]);
  expect(found.h?.figures?.[0].min).toBe('9007199254740993');
});

it('few values of A are the bins themselves, so that a move to either side shows', async () => {
  const { x } = await compared('SELECT 5 AS x FROM range(100)', 'SELECT 4 AS x FROM range(100)');
  expect(x?.measures?.psi).toMatchObject({ over: 'value', count: 2 });
  expect(x?.measures?.psi.value).toBeGreaterThan(10);
  expect(x?.measures?.psi.bins).toEqual([
    { name: 'all other values', a: 0, b: 100 },
    { name: '5', a: 100, b: 0 },
  ]);
});

it('identifiers that never repeat are not called drifted: so few rows per value say nothing', async () => {
  const { s } = await compared(
    "SELECT 'id' || range AS s FROM range(500)",
    "SELECT 'id' || (range + 100) AS s FROM range(500)",
  );
  expect(s?.measures?.psi.value).toBeGreaterThan(0.25);
  expect([s && verdictOf(s), s?.fresh.values, s?.lost.values]).toEqual(['chance', 100, 100]);
});

it('categories so many that every share is tiny still show that no value is in common', async () => {
  const { s } = await compared(
    "SELECT 'a' || range % 20000 AS s FROM range(400000)",
    "SELECT 'b' || range % 20000 AS s FROM range(400000)",
  );
  expect(s?.measures).toMatchObject({ js: { value: 1 } });
  expect(s?.measures?.psi.value).toBeGreaterThan(1);
  expect(s && verdictOf(s)).toBe('large');
});

it('names that are words of SQL, quotes, line breaks and __proto__ do no harm', async () => {
  const bench = await startBench();
  const names = ['select', 'a"b', "it's", 'line\nbreak', '😀', 'v', 'na', '__proto__'];
  const sql = `SELECT ${names.map((n, i) => `range % ${i + 2} AS "${n.replaceAll('"', '""')}"`).join(', ')} FROM range(50)`;
  const [a, b] = [await opened(bench, 'select', sql), await opened(bench, 'from', sql)];
  const { order } = await compare(bench, { a: { table: a }, b: { table: b } });
  expect(order.map((c) => [c.a.name, c.same])).toEqual(names.map((n) => [n, true]));
});

it('a filter, its others, a condition, a sample and a query can be sides', async () => {
  const bench = await startBench();
  const t = await opened(
    bench,
    't',
    'SELECT range AS id, range % 4 AS g, CASE WHEN range % 10 > 0 THEN range END AS x FROM range(40000)',
  );
  const filter = [{ column: 'x', test: { kind: 'range' as const, low: 0, high: 99 } }];
  const facts = async (ask: Ask<'compare:start'>) => {
    const { answer, columns } = await compare(bench, ask);
    const event = bench.events.find((e) => e.event === 'sides' && e.job === answer.job);
    return { columns, rows: event?.event === 'sides' ? event.sides.map((s) => s.rows) : [] };
  };
  const parted = await facts({ a: { table: t, filter }, b: { table: t, filter, others: true } });
  expect(parted.rows).toEqual([90, 39_910]);
  const typed = await facts({ a: { table: t }, b: { table: t, where: 'g = 1 -- one' } });
  expect(typed.rows).toEqual([40_000, 10_000]);
  expect(typed.columns.g).toMatchObject({ lost: { values: 3, rows: 30_000 } });
  const query = await facts({
    a: { table: t },
    b: { sql: 'SELECT g, id AS "ID", random() AS r FROM t WHERE g < 2;' },
  });
  expect(query.rows).toEqual([40_000, 20_000]);
  expect(query.columns.id).toMatchObject({ by: 'folded', b: { name: 'ID' } });
  const sampled = await facts({ a: { table: t }, b: { table: t, sample: 5000 } });
  expect(sampled.rows[1]).toBeGreaterThan(3000);
  expect(sampled.rows[1]).toBeLessThan(20_000);
  expect(sampled.columns.id?.evidence.basis).toBe('sample');
  expect(sampled.columns.id && verdictOf(sampled.columns.id)).toBe('stable');
});

it('a condition or a query that cannot be is refused before anything runs', async () => {
  const bench = await startBench();
  const table = (await bench.ask('source:open', { path: put(bench.folder, 'a.csv', 'x,y\n1,a\n2,b\n') }))
    .name;
  const refused = (side: Ask<'compare:side'>['side']) => bench.problemOf('compare:side', { side });
  expect(await bench.ask('compare:side', { side: { sql: 'SELECT 1 AS one, 2 AS one' } })).toMatchObject({
    columns: [{ name: 'one', kind: 'number' }, { name: 'one_1' }],
  });
  expect(await refused({ table, where: 'x > 1' })).toBe('none');
  for (const where of ['x >', 'nowhere = 1', '1 = 1) OR (1 = 1', 'true; DROP TABLE a', 'x > 1) --'])
    expect([where, await refused({ table, where })]).toEqual([where, 'query-failed']);
  for (const sql of [
    '',
    ';',
    'SELECT 1; SELECT 2',
    'DROP VIEW a',
    'SELECT nowhere FROM a',
    "FROM read_csv('/etc/passwd')",
  ])
    expect([sql, await refused({ sql })]).toEqual([sql, 'query-failed']);
  expect(await refused({ table: 'nobody' })).toBe('table-missing');
  expect(await bench.problemOf('compare:start', { a: { table }, b: { table, where: 'x >' } })).toBe(
    'query-failed',
  );
});

it('a comparison can be cancelled, and 500 pairs are its limit unless all are asked for', async () => {
  const bench = await startBench();
  const names = Array.from({ length: 520 }, (_, i) => `c${i}`);
  const wide = await opened(
    bench,
    'wide',
    `SELECT ${names.map((c, i) => `range + ${i} AS ${c}`).join(', ')} FROM range(3)`,
  );
  const first = await bench.ask('compare:start', { a: { table: wide }, b: { table: wide } });
  expect([first.compared, first.matching.pairs.length]).toEqual([500, 520]);
  await bench.ask('job:cancel', { job: first.job });
  const state = bench.events.findLast((e) => e.event === 'job' && e.job.id === first.job);
  expect(state).toMatchObject({ job: { state: 'cancelled' } });
  const all = await bench.ask('compare:start', { a: { table: wide }, b: { table: wide }, all: true });
  expect(all.compared).toBe(520);
  await bench.ask('profile:first', { job: all.job, columns: ['c519'] });
  await expect
    .poll(() => bench.events.filter((e) => e.event === 'compared').length, { interval: 5, timeout: 20_000 })
    .toBeGreaterThan(3);
  await bench.ask('job:cancel', { job: all.job });
  const seen = bench.events.flatMap((e) => (e.event === 'compared' ? [e.column.a.name] : []));
  expect(seen.slice(0, 4)).toContain('c519');
  expect(seen.length).toBeLessThan(520);
});

it('the sentence at the top names what differs most', async () => {
  const bench = await startBench();
  const a = await opened(
    bench,
    'a',
    'SELECT range % 10 AS u, range % 7 AS same, range % 3 AS gone, range::VARCHAR AS k FROM range(900)',
  );
  const b = await opened(
    bench,
    'b',
    'SELECT CASE WHEN range % 4 > 0 THEN 10 - range % 2 END AS u, range % 7 AS same, range AS k FROM range(900)',
  );
  const { answer, order } = await compare(bench, { a: { table: a }, b: { table: b } });
  expect(summaryOf(answer.matching, order, answer.compared)).toMatch(
    /^2 of 3 columns differ: k \(text became number\), u \(large, PSI \d+\.\d\d\); 1 only in A, \d of another type\. 1 holds the same values, each equally often\.$/,
  );
});
