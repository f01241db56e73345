import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, it } from 'vitest';
import { filterSql } from '../../src-main/core/filter';
import type { BenchAnswer, Found } from '../../src-main/core/outlier/bench';
import type { MethodName } from '../../src-main/core/outlier/method';
import { startBench } from '../support/service';

/** A table from a query, open in a service, and plain DuckDB beside it. */
async function opened(sql: string) {
  const bench = await startBench();
  const path = join(bench.folder, 't.parquet');
  const db = await DuckDBInstance.create(':memory:');
  const connection = await db.connect();
  await connection.run(`COPY (${sql}) TO '${path}' (FORMAT parquet)`);
  await connection.run(`CREATE VIEW t AS FROM '${path}'`);
  const { name: table } = await bench.ask('source:open', { path });
  const plain = async (query: string) => (await connection.runAndReadAll(query)).getRowsJson()[0] ?? [];
  return { bench, table, plain };
}

function found(answer: BenchAnswer, method: MethodName): Found {
  const outcome = answer.outcomes.find((one) => one.method === method);
  if (!outcome?.fits) throw new Error(outcome?.why ?? 'no outcome');
  return outcome;
}
function why(answer: BenchAnswer, method: MethodName): string {
  const outcome = answer.outcomes.find((one) => one.method === method);
  return outcome === undefined || outcome.fits ? 'it fits' : outcome.why;
}

const skewed =
  "SELECT CASE WHEN range % 97 = 0 THEN NULL WHEN range % 500 = 1 THEN 'NaN'::DOUBLE WHEN range % 900 = 2 THEN 'Infinity'::DOUBLE WHEN range % 40 = 3 THEN -((hash(range) % 50)::DOUBLE) ELSE round(exp((hash(range, 1) % 1000) / 160.0), 2) END AS x, (range % 3)::INTEGER AS g FROM range(9000)";

it('fences and counts agree with plain SQL of another shape, and with every filter the grid can set', async () => {
  const { bench, table, plain } = await opened(skewed);
  const answer = await bench.ask('outlier:bench', { table, column: 'x' });
  const v = '(SELECT x FROM t WHERE NOT isnan(x) AND NOT isinf(x))';
  const expected: Partial<Record<MethodName, string>> = {
    iqr: `SELECT q1 - 1.5 * (q3 - q1), q3 + 1.5 * (q3 - q1) FROM (SELECT quantile_cont(x, 0.25) q1, quantile_cont(x, 0.75) q3 FROM ${v})`,
    'log-iqr': `SELECT exp(q1 - 1.5 * (q3 - q1)), exp(q3 + 1.5 * (q3 - q1)) FROM (SELECT quantile_cont(log10(x) * ln(10), 0.25) q1, quantile_cont(log10(x) * ln(10), 0.75) q3 FROM ${v} WHERE x > 0)`,
    'z-score': `SELECT m - 3 * s, m + 3 * s FROM (SELECT avg(x) m, sqrt(var_samp(x)) s FROM ${v})`,
    mad: `SELECT m - 3.5 * d / 0.6745, m + 3.5 * d / 0.6745 FROM (SELECT median(x) m, mad(x) d FROM ${v})`,
    percentile: `SELECT quantile_cont(x, 0.01), quantile_cont(x, 0.99) FROM ${v}`,
  };
  for (const [method, sql] of Object.entries(expected)) {
    const one = found(answer, method as MethodName);
    const [low, high] = (await plain(sql)).map(Number) as [number, number];
    expect(one.low, method).toBeCloseTo(low, 8);
    expect(one.high, method).toBeCloseTo(high, 8);
    const only = method === 'log-iqr' ? 'WHERE x > 0' : '';
    const [below, above] = await plain(
      `SELECT sum((x < ${one.low})::INT), sum((x > ${one.high})::INT) FROM ${v} ${only}`,
    );
    expect([one.below, one.above].map(String), method).toEqual([below, above]);
    const rows = await bench.ask('table:rows', {
      table,
      columns: ['x'],
      offset: 0,
      limit: 1,
      filter: [{ column: 'x', test: one.flag }],
    });
    expect(rows.total, method).toBe(one.below + one.above);
  }
  const [nulls, odd] = await plain(
    'SELECT count(*) FILTER (x IS NULL), count(*) FILTER (isnan(x) OR isinf(x)) FROM t',
  );
  expect([answer.nulls, answer.notFinite].map(String)).toEqual([nulls, odd]);
  expect(why(answer, 'grubbs')).toContain('small data');
  expect(why(answer, 'pattern')).toBe('It is for text, and these are numbers.');
  expect(why(answer, 'season')).toBe('It is for times, and these are numbers.');
});

it.each([
  ['spread', 'round(exp((hash(range, 1) % 100000) / 16000.0), 3) - 3'],
  ['mostly one value', 'CASE WHEN range % 5 > 0 THEN 7.5 ELSE (hash(range, 2) % 1000) / 7.0 - 20 END'],
  ['sorted', 'range::DOUBLE / 7'],
])('quantiles of many rows, %s, are those of sorting them', async (_, x) => {
  const { bench, table, plain } = await opened(`SELECT ${x} AS x FROM range(250000)`);
  const answer = await bench.ask('outlier:bench', { table, column: 'x' });
  const q = (p: number) => `quantile_cont(x, ${p})`;
  const [min, q1, median, q3, max, low, high, mad] = (
    await plain(
      `SELECT min(x), ${[0.25, 0.5, 0.75].map(q).join(', ')}, max(x), ${q(0.01)}, ${q(0.99)}, mad(x) FROM t`,
    )
  ).map(Number) as number[];
  [min, q1, median, q3, max].forEach((v, i) => {
    expect(answer.box?.[i]).toBeCloseTo(v as number, 9);
  });
  expect(found(answer, 'percentile').low).toBeCloseTo(low as number, 9);
  expect(found(answer, 'percentile').high).toBeCloseTo(high as number, 9);
  if (mad === 0) expect(why(answer, 'mad')).toContain('The MAD is 0');
  else
    expect(found(answer, 'mad').high).toBeCloseTo((median as number) + (3.5 * (mad as number)) / 0.6745, 8);
  const [l1, l3] = (
    await plain('SELECT quantile_cont(ln(x), 0.25), quantile_cont(ln(x), 0.75) FROM t WHERE x > 0')
  ).map(Number) as [number, number];
  if (l1 !== l3)
    expect(Math.log(found(answer, 'log-iqr').high as number)).toBeCloseTo(l3 + 1.5 * (l3 - l1), 9);
});

it('the curve has at every stop what counting at that stop gives', async () => {
  const { bench, table } = await opened(skewed);
  for (const method of ['iqr', 'log-iqr', 'z-score', 'mad', 'percentile'] as const) {
    const { points } = await bench.ask('outlier:curve', { table, column: 'x', method });
    for (const point of points.filter((_, i) => i % 9 === 0)) {
      const parameter = point?.parameter as number;
      const one = await bench.ask('outlier:count', { table, column: 'x', method, parameter });
      expect(one).toMatchObject({
        below: point?.below,
        above: point?.above,
        low: point?.low,
        high: point?.high,
      });
    }
    const rows = points.map((p) => (p?.below ?? 0) + (p?.above ?? 0));
    const falling = method === 'percentile' ? rows.toReversed() : rows;
    expect(falling.every((n, i) => i === 0 || n <= (falling[i - 1] as number))).toBe(true);
  }
});

it('a filter on another column narrows what is measured and counted', async () => {
  const { bench, table, plain } = await opened(skewed);
  const filter = [{ column: 'g', test: { kind: 'values' as const, values: [1] } }];
  const answer = await bench.ask('outlier:bench', { table, column: 'x', filter });
  const [rows, q3] = await plain(
    'SELECT count(*), quantile_cont(x, 0.75) FILTER (x < 1e300) FROM t WHERE g = 1',
  );
  expect([String(answer.rows), answer.box?.[3]]).toEqual([rows, q3]);
});

it('agreement counts the rows of each pair', async () => {
  const { bench, table, plain } = await opened(skewed);
  const agreement = await bench.ask('outlier:agreement', { table, column: 'x', parameters: { iqr: 3 } });
  const answer = await bench.ask('outlier:bench', { table, column: 'x', parameters: { iqr: 3 } });
  expect(agreement.methods).toEqual(answer.outcomes.flatMap((o) => (o.fits ? [o.method] : [])));
  const condition = (m: MethodName) => filterSql({ column: 'x', test: found(answer, m).flag });
  for (const [i, a] of agreement.methods.entries()) {
    for (const [j, b] of agreement.methods.entries()) {
      const [n] = await plain(`SELECT count(*) FROM (FROM t WHERE ${condition(a)}) WHERE ${condition(b)}`);
      expect(String(agreement.both[i]?.[j]), `${a} ${b}`).toBe(n);
    }
  }
  const [any] = await plain(`SELECT count(*) FROM t WHERE ${agreement.methods.map(condition).join(' OR ')}`);
  expect(String(agreement.any)).toBe(any);
});

const rosner =
  '-0.25, 0.68, 0.94, 1.15, 1.2, 1.26, 1.26, 1.34, 1.38, 1.43, 1.49, 1.49, 1.55, 1.56, 1.58, 1.65, 1.69, 1.7, 1.76, 1.77, 1.81, 1.91, 1.94, 1.96, 1.99, 2.06, 2.09, 2.1, 2.14, 2.15, 2.23, 2.24, 2.26, 2.35, 2.37, 2.4, 2.47, 2.54, 2.62, 2.64, 2.9, 2.92, 2.92, 2.93, 3.21, 3.26, 3.3, 3.59, 3.68, 4.3, 4.64, 5.34, 5.42, 6.01';

it('the 54 values of Rosner have three outliers by the many-outlier test, which hide each other from Grubbs', async () => {
  const { bench, table } = await opened(`SELECT unnest([${rosner}])::DECIMAL(5,2) AS x`);
  const answer = await bench.ask('outlier:bench', { table, column: 'x' });
  expect(found(answer, 'esd')).toMatchObject({ below: 0, above: 3, low: -0.25, high: 4.64 });
  // Rosner's R1 = 3.118 lies below the critical 3.158.
  expect(found(answer, 'grubbs')).toMatchObject({ below: 0, above: 0 });
});

it('rare values and patterns are those below the share, and their filters leave just these rows', async () => {
  const { bench, table } = await opened(
    "SELECT CASE WHEN range < 4 THEN 'ab-' || range WHEN range = 4 THEN 'O''x' WHEN range = 5 THEN NULL ELSE ['AB-1', 'CD-2', 'EF-3'][1 + range % 3] END AS \"se\"\"lect\" FROM range(1006)",
  );
  const column = 'se"lect';
  const answer = await bench.ask('outlier:bench', { table, column });
  expect(found(answer, 'category')).toMatchObject({ below: 5, above: 0, flagged: 5, of: 8 });
  expect(found(answer, 'pattern')).toMatchObject({
    below: 5,
    flagged: 2,
    of: 3,
    groups: [
      { value: "A'a", rows: 1 },
      { value: 'aa-9', rows: 4 },
    ],
  });
  for (const method of ['category', 'pattern'] as const) {
    const test = found(answer, method).flag;
    const ask = { table, columns: [], offset: 0, limit: 9, filter: [{ column, test }] };
    expect((await bench.ask('table:rows', ask)).total).toBe(5);
  }
  const { both } = await bench.ask('outlier:agreement', { table, column });
  expect(both).toEqual([
    [5, 5],
    [5, 5],
  ]);
  const { points } = await bench.ask('outlier:curve', { table, column, method: 'category' });
  expect(points.map((p) => p?.below ?? null)).toEqual([0, 0, 0, 5, 5, 5, 5, 5, 5, 5]);
});

it('a day without rows and a day with many are flagged, and the filter leaves the rows of the latter', async () => {
  const { bench, table, plain } = await opened(
    "SELECT DATE '2024-01-01' + (d::INTEGER) AS day FROM range(120) t(d), range(200) u(i) WHERE d <> 50 AND i < CASE WHEN d = 70 THEN 200 WHEN d % 7 > 4 THEN 10 ELSE 40 END",
  );
  const answer = await bench.ask('outlier:bench', { table, column: 'day' });
  const season = found(answer, 'season');
  expect(season).toMatchObject({ below: 0, above: 200, flagged: 2, of: 120, noun: 'days' });
  expect(season.groups?.map((g) => [g.value, g.rows])).toEqual([
    ['2024-03-11T00:00:00', 200],
    ['2024-02-20T00:00:00', 0],
  ]);
  const ask = { table, columns: [], offset: 0, limit: 1, filter: [{ column: 'day', test: season.flag }] };
  const [n] = await plain("SELECT count(*) FROM t WHERE day = '2024-03-11'");
  expect(String((await bench.ask('table:rows', ask)).total)).toBe(n);
});

it.each([
  ['all null', 'SELECT NULL::DOUBLE AS x FROM range(9)', 'There are no values.'],
  ['no rows', 'SELECT 1.5 AS x WHERE false', 'There are no rows.'],
  [
    'only NaN and infinities',
    "SELECT unnest(['NaN', 'Infinity', '-Infinity'])::DOUBLE AS x",
    'There are no values.',
  ],
  ['one row', 'SELECT 7 AS x', 'Quartiles need at least 4 values.'],
  ['constant', 'SELECT 7 AS x FROM range(100)', 'The IQR is 0'],
  ['text', "SELECT 'a' AS x FROM range(100)", 'It is for numbers, and these are text.'],
  ['nested', 'SELECT [range] AS x FROM range(100)', 'It is for numbers, and these are nested values.'],
  ['time of day', "SELECT TIME '10:00:00' AS x FROM range(100)", 'It is for numbers, and these are times.'],
  [
    'infinite dates',
    "SELECT DATE 'infinity' AS x FROM range(100)",
    'It is for numbers, and these are times.',
  ],
  [
    'dates before 1900',
    "SELECT DATE '0044-03-15' + range::INT AS x FROM range(900)",
    'It is for numbers, and these are times.',
  ],
])('%s gives an answer in words from every request', async (_, sql, words) => {
  const { bench, table } = await opened(sql);
  const answer = await bench.ask('outlier:bench', { table, column: 'x' });
  expect(why(answer, 'iqr')).toContain(words);
  for (const outcome of answer.outcomes) if (!outcome.fits) expect(outcome.why).toMatch(/^[A-Z].*\.$/);
  await bench.ask('outlier:agreement', { table, column: 'x' });
  await bench.ask('outlier:strip', { table, column: 'x', flag: { kind: 'outside', low: 0, high: 1 } });
  for (const method of ['iqr', 'esd', 'category', 'season'] as const)
    await bench.ask('outlier:curve', { table, column: 'x', method });
  const distance = await bench.ask('outlier:distance', { table, columns: ['x'] });
  expect(distance.why).not.toBe('');
});

it('huge integers, wide decimals and numbers near the end of the range do not break the figures', async () => {
  const { bench, table } = await opened(
    'SELECT 9007199254740993 + range * 1000 AS big, (range::DECIMAL(38,10) / 3)::DECIMAL(38,10) AS d, (hash(range) % 7)::UHUGEINT AS u, CASE WHEN range % 2 = 0 THEN 1e308 ELSE -1e308 END AS e FROM range(200)',
  );
  for (const column of ['big', 'd']) {
    const answer = await bench.ask('outlier:bench', { table, column });
    expect(found(answer, 'iqr'), column).toMatchObject({ below: 0, above: 0 });
    expect(found(answer, 'percentile'), column).toMatchObject({ below: 2, above: 2 });
  }
  const e = await bench.ask('outlier:bench', { table, column: 'e' });
  expect(why(e, 'iqr')).toBe('The fences lie beyond the range of numbers.');
  expect(why(e, 'z-score')).toBe('The values are too large for a standard deviation.');
  expect(found(await bench.ask('outlier:bench', { table, column: 'u' }), 'category')).toMatchObject({
    of: 7,
  });
});

it('a strip shows usual values of a sample and every different flagged one up to a number', async () => {
  const { bench, table } = await opened(
    'SELECT CASE WHEN range % 100 = 0 THEN 1000 + range / 100 % 7 ELSE range % 50 END AS x FROM range(200000)',
  );
  const strip = await bench.ask('outlier:strip', {
    table,
    column: 'x',
    flag: { kind: 'outside', low: -1, high: 99 },
  });
  expect(strip.flagged.map((f) => f.value)).toEqual([1000, 1001, 1002, 1003, 1004, 1005, 1006]);
  expect(strip.flagged.reduce((n, f) => n + f.rows, 0)).toBe(2000);
  expect(strip.evidence.basis).toBe('sample');
  expect(strip.usual.length).toBeGreaterThan(500);
  const all = await bench.ask('outlier:strip', {
    table,
    column: 'x',
    flag: { kind: 'outside', low: 0.5, high: 0.5 },
  });
  expect([all.flagged.length, all.flaggedOf]).toEqual([57, 57]);
});

it('distances find the row that breaks the bond of two columns, and say that a column is missing', async () => {
  const { bench, table } = await opened(
    'SELECT x, CASE WHEN i = 77 THEN -x ELSE 3 * x + (hash(i, 9) % 100) / 100.0 END AS y FROM (SELECT range AS i, 5 + (hash(range) % 1000) / 100.0 AS x FROM range(2000))',
  );
  const answer = await bench.ask('outlier:distance', { table, columns: ['x', 'y'] });
  expect(answer.farthest[0]?.values[1]).toBeLessThan(0);
  expect(answer).toMatchObject({ sampled: 2000, leftOut: 0, why: '', evidence: { basis: 'exact' } });
  expect(answer.cuts.at(-1)).toMatchObject({ share: 0.9999 });
  expect(await bench.problemOf('outlier:distance', { table, columns: ['x', 'nope'] })).toBe('column-missing');
  expect(await bench.problemOf('outlier:bench', { table, column: 'nope' })).toBe('column-missing');
});
