/**
 * Dependencies and redundancies against brute force on small random tables, and against planted ones on larger ones.
 */
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, it } from 'vitest';
import type { Findings } from '../../src-main/core/relation/relation';
import { put } from '../support/folder';
import { type Bench, startBench } from '../support/service';

type Row = readonly (string | null)[];

/** Small random numbers from a seed. */
function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

async function opened(sql: string): Promise<{ bench: Bench; table: string }> {
  const bench = await startBench();
  const path = join(bench.folder, 't.parquet');
  const db = await DuckDBInstance.create(':memory:');
  const connection = await db.connect();
  await connection.run(`COPY (${sql}) TO '${path}' (FORMAT parquet)`);
  connection.closeSync();
  db.closeSync();
  return { bench, table: (await bench.ask('source:open', { path })).name };
}

/** What a dependency counts, from its definition. */
function byHand(rows: readonly Row[], left: readonly number[], right: number) {
  const groups = new Map<string, Map<string, number>>();
  for (const row of rows) {
    if (left.some((i) => row[i] === null)) continue;
    const key = JSON.stringify(left.map((i) => row[i]));
    const values = groups.get(key) ?? new Map<string, number>();
    const value = JSON.stringify(row[right]);
    groups.set(key, values.set(value, (values.get(value) ?? 0) + 1));
  }
  const sums = [...groups.values()].map((v) => [...v.values()]);
  const total = (list: readonly number[]) => list.reduce((a, b) => a + b, 0);
  return {
    rows: total(sums.map(total)),
    agree: total(sums.map((v) => Math.max(...v))),
    groups: groups.size,
  };
}

it.each([1, 2, 3, 4, 5, 6])(
  'on random table %i, what is told is true and what is true is told',
  async (seed) => {
    const random = chance(seed);
    const pick = (n: number) => (random(12) === 0 ? null : `v${random(n)}`);
    const shade = Array.from({ length: 40 }, () => `s${random(5)}`);
    const rows: Row[] = Array.from({ length: 300 }, (_, i) => {
      const [a, b, c] = [pick(40), pick(6), pick(4)];
      const determined = a === null ? 's9' : shade[Number(a.slice(1))]!;
      const near = i % 150 === 5 ? 'odd' : determined;
      const two =
        b === null || c === null ? null : `${(Number(b.slice(1)) * 7 + Number(c.slice(1)) * 3) % 5}x`;
      return [a, b, c, determined, near, two, 'fixed', a === null ? null : `code ${a}`];
    });
    const names = ['a', 'b', 'c', 'shade', 'near', 'two', 'fixed', 'code'];
    const bench = await startBench();
    const text = rows.map((r) => r.map((v) => v ?? '').join(',')).join('\n');
    const table = await bench.ask('source:open', {
      path: put(bench.folder, 'r.csv', `${names.join(',')}\n${text}\n`),
    });
    const found = await bench.ask('relation:findings', { table: table.name });

    for (const d of found.dependencies) {
      const counted = byHand(
        rows,
        d.left.map((n) => names.indexOf(n)),
        names.indexOf(d.right),
      );
      expect([d.left, d.right, counted]).toEqual([
        d.left,
        d.right,
        { rows: d.rows, agree: d.agree, groups: d.groups },
      ]);
      expect(d.agree / d.rows).toBeGreaterThanOrEqual(0.99);
    }
    const told = found.dependencies.map((d) => `${d.left.join('+')} > ${d.right}`);
    expect(found.redundancies.map((r) => [r.kind, r.columns])).toEqual([['coding', ['a', 'code']]]);
    expect(found.leftOut).toEqual([{ column: 'fixed', reason: 'all its values are equal' }]);
    for (const [i, left] of names.entries()) {
      for (const [j, right] of names.entries()) {
        if (i === j || [left, right].some((n) => n === 'code' || n === 'fixed')) continue;
        const { rows: n, agree } = byHand(rows, [i], j);
        if (n === agree) expect(told).toContain(`${left} > ${right}`);
      }
    }
    expect(told).toContain('a > shade');
    expect(told).toContain('b+c > two');
  },
);

it('a near dependency is told with its share, and its breaking rows are those that differ', async () => {
  const { bench, table } = await opened(
    "SELECT range AS id, 'z' || (range % 100) AS zip, CASE WHEN range % 500 = 7 THEN 'typo' WHEN range % 100 = 8 AND range % 200 = 8 THEN NULL WHEN range % 100 = 8 THEN NULL ELSE 'c' || (range % 100 // 10) END AS city FROM range(5000)",
  );
  const { dependencies } = await bench.ask('relation:findings', { table });
  expect(dependencies.map((d) => [d.left, d.right, d.rows, d.agree, d.groups])).toEqual([
    [['zip'], 'city', 5000, 4990, 100],
  ]);
  expect(dependencies[0]?.sentence).toBe(
    'zip nearly determines city: 99.8 % of 5,000 rows agree, 10 rows break it.',
  );
  const breaks = await bench.ask('relation:breaks', {
    table,
    left: ['zip'],
    right: 'city',
    offset: 4,
    limit: 3,
  });
  expect([breaks.total, breaks.columns]).toEqual([10, ['zip', 'city', 'most rows: city', 'id']]);
  expect(breaks.page).toEqual([
    ['z7', 'typo', 'c0', 2007],
    ['z7', 'typo', 'c0', 2507],
    ['z7', 'typo', 'c0', 3007],
  ]);
});

const kinds = ({ redundancies }: Findings) =>
  redundancies.map((r) => `${r.kind}: ${r.columns.join(', ')}`).sort();

/** Planted redundancies, and columns that only nearly are. */
const planted = (
  rows: number,
) => `SELECT *, net + tax AS total, round(price * quantity, 2) AS amount, celsius * 1.8 + 32 AS fahrenheit,
  CASE WHEN i % 1999 = 1 THEN net + tax + 1 ELSE net + tax END AS "nearly total", net AS copy, CASE WHEN i % 3 = 0 THEN NULL ELSE name END AS gaps,
  '  ' || upper(name) AS loud, quantity * 2 - 7 AS shifted
FROM (SELECT range AS i, (hash(range) % 100000)::DECIMAL(18,2) / 100 AS net, (hash(range, 1) % 3000) / 8 AS tax, (hash(range, 2) % 9999) / 100 AS price,
  (hash(range, 3) % 50 + 2)::INTEGER AS quantity, (hash(range, 4) % 400) / 10 AS celsius, 'name ' || (hash(range, 5) % 30) AS name FROM range(${rows}))`;

it.each([2_000, 60_000])(
  'planted redundancies of %i rows are found, and nearly redundant columns are not',
  async (rows) => {
    const { bench, table } = await opened(planted(rows));
    const found = await bench.ask('relation:findings', { table });
    expect(kinds(found)).toEqual([
      'equal: net, copy',
      'linear: celsius, fahrenheit',
      'linear: quantity, shifted',
      'nulls: name, gaps',
      'product: price, quantity, amount',
      'spelling: name, loud',
      'sum: net, tax, total',
    ]);
    const line = found.redundancies.find((r) => r.kind === 'linear' && r.columns[0] === 'celsius');
    expect(line).toMatchObject({ slope: 1.8, intercept: 32 });
    expect(line?.sentence).toBe(
      `fahrenheit = 1.8 · celsius + 32 in all ${rows.toLocaleString('en-US')} rows with a finite value in both.`,
    );
    for (const one of found.redundancies) expect(one.sql).toContain(`FROM "${table}"`);
  },
);

it('one row against it in a large table is enough', async () => {
  const { bench, table } = await opened(
    `SELECT * REPLACE (CASE WHEN i = 59_321 THEN 0.5 ELSE copy END AS copy, CASE WHEN i = 59_321 THEN 0.5 ELSE total END AS total, CASE WHEN i = 41 THEN 1 ELSE shifted END AS shifted) FROM (${planted(60_000)})`,
  );
  const found = kinds(await bench.ask('relation:findings', { table }));
  expect(found).toContain('linear: celsius, fahrenheit');
  for (const gone of ['equal: net, copy', 'sum: net, tax, total', 'linear: quantity, shifted'])
    expect(found).not.toContain(gone);
});

it('NaN, infinities, wide decimals and nested columns neither break it nor are misjudged', async () => {
  const { bench, table } = await opened(
    `SELECT (hash(range) % 20)::DECIMAL(38,10) AS d, CASE WHEN range % 20 = 3 THEN 'nan'::DOUBLE WHEN range % 20 = 4 THEN 'inf'::DOUBLE ELSE range % 20 END AS x,
      CASE WHEN range % 20 = 3 THEN 'nan'::DOUBLE WHEN range % 20 = 4 THEN '-inf'::DOUBLE ELSE range % 20 END AS y, {'a': 1} AS s, NULL::DOUBLE AS n,
      DATE '-infinity' AS t, CASE WHEN range % 2 = 0 THEN DATE 'infinity' ELSE DATE '1700-01-01' + (range % 7)::INTEGER END AS u FROM range(1000)`,
  );
  const found = await bench.ask('relation:findings', { table });
  expect(found.leftOut.map((l) => l.column)).toEqual(['s', 'n', 't']);
  expect(kinds(found)).toEqual(['linear: x, y']);
});
