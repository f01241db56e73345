/**
 * Joins over the real DuckDB: each count against SQL of another shape, and against counting in memory.
 */
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Design, emptyDesign } from '#core/design/design';
import type { Comparison, JoinAsk } from '../../src-main/core/join/join';

import { measure, table } from '../support/designs';
import { type Bench, startBench } from '../support/service';

/** A service with these tables open, each given by what stands behind SELECT. */
async function opened(tables: Readonly<Record<string, string>>): Promise<Bench> {
  const bench = await startBench();
  await filled(bench, tables);
  return bench;
}

async function filled(bench: Bench, tables: Readonly<Record<string, string>>): Promise<void> {
  const db = await DuckDBInstance.create(':memory:');
  const connection = await db.connect();
  for (const [i, [name, select]] of Object.entries(tables).entries()) {
    const path = join(bench.folder, `t${i}.parquet`);
    await connection.run(`COPY (${select}) TO '${path}' (FORMAT parquet)`);
    await bench.ask('source:open', { path, name });
  }
  connection.closeSync();
  db.closeSync();
}

const ask = (from: string, to: string, comparison: Comparison = 'value'): JoinAsk => {
  const end = (text: string) => {
    const [table = '', columns = ''] = text.split(':');
    return { table, columns: columns.split(',') };
  };
  return { from: end(from), to: end(to), comparison };
};

const orders = `SELECT * FROM (VALUES (1, 10, 5.0), (2, 10, 6.0), (3, 20, 7.0), (4, 30, 8.0), (5, NULL, 9.0)) t(id, customer, amount)`;
const customers = `SELECT * FROM (VALUES (10, 'Ada'), (20, 'Bo'), (40, 'Cy'), (NULL, 'Di')) t(id, name)`;

it('counts rows, keys, nulls and orphans of both ends, and the pairs that meet', async () => {
  const bench = await opened({ orders, customers });
  const found = await bench.ask('join:measure', ask('orders:customer', 'customers:id'));
  expect(found.from).toEqual({
    rows: 5,
    nulls: 1,
    keys: 3,
    orphans: 1,
    orphanKeys: 1,
    fewest: 1,
    most: 2,
    perKey: [
      { rows: 1, keys: 1, andMore: false },
      { rows: 2, keys: 1, andMore: false },
    ],
  });
  expect(found.to).toEqual({
    rows: 4,
    nulls: 1,
    keys: 3,
    orphans: 1,
    orphanKeys: 1,
    fewest: 1,
    most: 1,
    perKey: [{ rows: 1, keys: 2, andMore: false }],
  });
  expect([found.pairs, found.cardinality]).toEqual([3, 'many_to_one']);
});

it('shows the rows of an end that have no partner, no whole key, or a key of others too', async () => {
  const bench = await opened({ orders, customers });
  const rowsOf = (side: 'from' | 'to', kind: 'orphans' | 'nulls' | 'repeated') =>
    bench.ask('join:rows', {
      ...ask('orders:customer', 'customers:id'),
      side,
      kind,
      offset: 0,
      limit: 10,
    });
  expect(await rowsOf('from', 'orphans')).toMatchObject({
    columns: ['customer', 'id', 'amount'],
    rows: [[30, 4, '8.0']],
    total: 1,
  });
  expect((await rowsOf('from', 'nulls')).rows).toEqual([[null, 5, '9.0']]);
  expect((await rowsOf('from', 'repeated')).rows.map((r) => r[1])).toEqual([1, 2]);
  expect((await rowsOf('to', 'orphans')).rows).toEqual([[40, 'Cy']]);
  expect((await rowsOf('to', 'nulls')).rows).toEqual([[null, 'Di']]);
  expect((await rowsOf('to', 'repeated')).total).toBe(0);
});

/** A design over the three bundled tables, or others, with measures by name. */
function designOf(
  tables: Readonly<Record<string, Readonly<Record<string, string>>>>,
  columns: Readonly<Record<string, readonly string[]>>,
): Design {
  return {
    ...emptyDesign,
    sources: Object.entries(columns).map(([name, list]) => ({
      name,
      path: `/${name}`,
      format: 'parquet' as const,
      columns: list.map((column) => ({ name: column, type: 'INTEGER' })),
      extra: {},
    })),
    tables: Object.entries(tables).map(([name, measures]) =>
      table(name, {
        measures: Object.entries(measures).map(([n, expression]) =>
          measure(n, { aggregation: 'expression', expression }),
        ),
      }),
    ),
  };
}

it('tells what a join does to every measure that can be computed', async () => {
  const bench = await opened({ orders, customers });
  const design = designOf(
    {
      orders: { revenue: 'sum(amount)', rows: 'count(*)', broken: 'sum(gone)', latest: 'max({orders})' },
      customers: { people: 'count(*)', named: 'count(DISTINCT name)' },
    },
    { orders: ['id', 'customer', 'amount'], customers: ['id', 'name'] },
  );
  const effect = await bench.ask('join:effect', {
    design,
    join: {
      from: 'customers',
      to: 'orders',
      relationship: 'one_to_many',
      on: [['id', 'customer']],
      extra: {},
    },
  });
  // Ada meets two orders, Bo one; Cy and Di stay without any. The order of 30 and the one without a customer are lost.
  expect(effect).toEqual([
    { member: 'customers.people', alone: 4, joined: 5, factor: 1.25 },
    { member: 'customers.named', alone: 4, joined: 4, factor: 1 },
    { member: 'orders.revenue', alone: '35.0', joined: '18.0', factor: 18 / 35 },
    { member: 'orders.rows', alone: 5, joined: 5, factor: 1 },
  ]);
});

const samples = ['transactions', 'products', 'demographics'];

async function sampled(): Promise<Bench> {
  const bench = await startBench();
  for (const name of samples)
    await bench.ask('source:open', {
      path: join(import.meta.dirname, `../../resources/sample/${name}.csv`),
      name,
    });
  return bench;
}

/** What one statement of another shape says over the bundled files. */
async function plainly(sql: string): Promise<number[]> {
  const db = await DuckDBInstance.create(':memory:');
  const connection = await db.connect();
  for (const name of samples)
    await connection.run(
      `CREATE TABLE ${name} AS FROM '${join(import.meta.dirname, `../../resources/sample/${name}.csv`)}'`,
    );
  const [row] = (await connection.runAndReadAll(sql)).getRows();
  connection.closeSync();
  db.closeSync();
  return row!.map(Number);
}

it('the bundled sample: rows, orphans, pairs and the effect as other SQL counts them', async () => {
  const bench = await sampled();
  const found = await bench.ask('join:measure', ask('transactions:product_id', 'products:product_id'));
  const [orphans, orphanKeys, pairs, unsold] = await plainly(`SELECT
    (SELECT count(*) FROM transactions WHERE product_id NOT IN (SELECT product_id FROM products)),
    (SELECT count(DISTINCT product_id) FROM transactions WHERE product_id NOT IN (SELECT product_id FROM products)),
    (SELECT count(*) FROM transactions JOIN products USING (product_id)),
    (SELECT count(*) FROM products WHERE product_id NOT IN (SELECT product_id FROM transactions))`);
  expect([found.from.orphans, found.from.orphanKeys, found.pairs, found.to.orphans]).toEqual([
    orphans,
    orphanKeys,
    pairs,
    unsold,
  ]);
  expect([found.from.orphanKeys, found.cardinality]).toEqual([3, 'many_to_one']);
  const rows = await bench.ask('join:rows', {
    ...found.ask,
    side: 'from',
    kind: 'orphans',
    offset: 0,
    limit: 5,
  });
  expect([rows.total, rows.rows.length]).toEqual([orphans, 5]);

  const design = designOf(
    { transactions: { sales: 'sum(sales_value)' }, demographics: { kids: 'sum(household_size)' } },
    { transactions: ['household_id', 'sales_value'], demographics: ['household_id', 'household_size'] },
  );
  const [alone, joined] = await plainly(
    'SELECT (SELECT sum(sales_value) FROM transactions), (SELECT sum(sales_value) FROM demographics d LEFT JOIN transactions t ON t.household_id = d.household_id)',
  );
  const effect = await bench.ask('join:effect', {
    design,
    join: {
      from: 'demographics',
      to: 'transactions',
      relationship: 'one_to_many',
      on: [['household_id', 'household_id']],
      extra: {},
    },
  });
  expect(effect.map((e) => e.member)).toEqual(['transactions.sales']);
  expect(Number(effect[0]?.alone)).toBeCloseTo(alone!, 4);
  expect(Number(effect[0]?.joined)).toBeCloseTo(joined!, 4);
});

it('keys of different spelling meet as numbers or as texts, and a text that is no number stays a key', async () => {
  const bench = await opened({
    a: `SELECT unnest([7, 8, 9, NULL]) AS k`,
    b: `SELECT unnest(['007', ' 8', '8', 'nine', NULL]) AS k`,
    c: `SELECT unnest(['NINE ', 'Ten']) AS k`,
  });
  const numbers = await bench.ask('join:measure', ask('a:k', 'b:k', 'number'));
  expect([numbers.pairs, numbers.cardinality]).toEqual([3, 'one_to_many']);
  expect([numbers.to.keys, numbers.to.orphanKeys, numbers.to.nulls, numbers.from.orphanKeys]).toEqual([
    3, 1, 1, 1,
  ]);
  const orphans = await bench.ask('join:rows', {
    ...numbers.ask,
    side: 'to',
    kind: 'orphans',
    offset: 0,
    limit: 9,
  });
  expect(orphans.rows).toEqual([['nine']]);
  const repeated = await bench.ask('join:rows', {
    ...numbers.ask,
    side: 'to',
    kind: 'repeated',
    offset: 0,
    limit: 9,
  });
  expect(repeated.rows).toEqual([[' 8'], ['8']]);
  expect((await bench.ask('join:measure', ask('b:k', 'c:k', 'text'))).pairs).toBe(1);
  expect((await bench.ask('join:measure', ask('b:k', 'c:k', 'value'))).pairs).toBe(0);
  expect((await bench.ask('join:measure', ask('a:k', 'b:k', 'text'))).pairs).toBe(2);
  expect(await bench.problemOf('join:measure', ask('a:k', 'b:k', 'value'))).toBe('join-unfit');
  expect(await bench.problemOf('join:measure', ask('a:k', 'b:gone'))).toBe('column-missing');
  expect(await bench.problemOf('join:measure', ask('a:k', 'z:k'))).toBe('table-missing');
  expect(
    await bench.problemOf('join:measure', { ...ask('a:k', 'a:k'), to: { table: 'a', columns: [] } }),
  ).toBe('join-unfit');
});

it('a table to itself, tables without rows or values, hard names and several columns', async () => {
  const bench = await opened({
    staff: `SELECT * FROM (VALUES (1, NULL), (2, 1), (3, 1), (4, 9)) t(id, boss)`,
    nobody: 'SELECT 1 AS id LIMIT 0',
    blank: 'SELECT NULL::INTEGER AS id FROM range(3)',
    'we"ird': `SELECT 1 AS "select", 2 AS "a""b", 'x' AS assay_k0`,
    lines: `SELECT * FROM (VALUES (1, 1, 'x'), (1, 2, 'y'), (2, NULL, 'z')) t(order_id, line, what)`,
    parts: `SELECT * FROM (VALUES (1, 1), (1, 1), (1, 3), (2, NULL)) t(o, l)`,
  });
  const self = await bench.ask('join:measure', ask('staff:boss', 'staff:id'));
  expect([self.pairs, self.from.orphans, self.from.nulls, self.to.orphans, self.cardinality]).toEqual([
    2,
    1,
    1,
    3,
    'many_to_one',
  ]);
  for (const empty of ['nobody', 'blank']) {
    const found = await bench.ask('join:measure', ask('staff:id', `${empty}:id`));
    expect([found.pairs, found.cardinality, found.to.keys, found.from.orphans, found.to.most]).toEqual([
      0,
      null,
      0,
      4,
      0,
    ]);
  }
  const weird = { table: 'we"ird', columns: ['select', 'a"b'] };
  const hard = await bench.ask('join:measure', { from: weird, to: weird, comparison: 'text' });
  expect([hard.pairs, hard.cardinality]).toEqual([1, 'one_to_one']);
  const rows = { from: weird, to: weird, comparison: 'value', side: 'from', offset: 0, limit: 5 } as const;
  expect((await bench.ask('join:rows', { ...rows, kind: 'orphans' })).columns).toEqual([
    'select',
    'a"b',
    'assay_k0',
  ]);
  const two = await bench.ask('join:measure', ask('parts:o,l', 'lines:order_id,line'));
  expect([two.pairs, two.from.nulls, two.to.nulls, two.from.orphanKeys, two.to.orphanKeys]).toEqual([
    2, 1, 1, 1, 1,
  ]);
  expect(two.cardinality).toBe('many_to_one');
});

it('a histogram of many steps holds the rest in its last', async () => {
  const bench = await opened({
    a: 'SELECT k FROM range(1, 21) t(k), range(k)',
    b: 'SELECT range AS k FROM range(1, 21)',
  });
  const { from } = await bench.ask('join:measure', ask('a:k', 'b:k'));
  expect([from.fewest, from.most, from.perKey.length]).toEqual([1, 20, 12]);
  expect(from.perKey.at(-1)).toEqual({ rows: 12, keys: 9, andMore: true });
});

it('a join of too many rows is refused in words', async () => {
  const bench = await opened({ a: 'SELECT 1 AS k FROM range(20000)', b: 'SELECT 1 AS k FROM range(20000)' });
  const design = designOf({ a: { n: 'count(*)' }, b: {} }, { a: ['k'], b: ['k'] });
  const on = { from: 'a', to: 'b', relationship: 'one_to_many', on: [['k', 'k']], extra: {} } as const;
  expect(await bench.problemOf('join:effect', { design, join: on })).toBe('join-unfit');
});

/** What a join is, counted row against row. */
function counted(from: readonly (number | null)[], to: readonly (number | null)[]) {
  const rows = (list: readonly (number | null)[], k: number) => list.filter((x) => x === k).length;
  const end = (mine: readonly (number | null)[], other: readonly (number | null)[]) => {
    const filled = mine.filter((x) => x !== null);
    const keys = [...new Set(filled)];
    const met = keys.filter((k) => other.includes(k)).map((k) => rows(mine, k));
    return {
      rows: mine.length,
      nulls: mine.length - filled.length,
      keys: keys.length,
      orphans: filled.filter((x) => !other.includes(x)).length,
      orphanKeys: keys.filter((k) => !other.includes(k)).length,
      fewest: met.length === 0 ? 0 : Math.min(...met),
      most: Math.max(0, ...met),
    };
  };
  const pairs = from.reduce<number>((sum, x) => sum + (x === null ? 0 : rows(to, x)), 0);
  return { from: end(from, to), to: end(to, from), pairs };
}

it('random tables of mixed types: every count is that of comparing row with row', async () => {
  const bench = await startBench();
  const column = fc.array(
    fc.integer({ min: -1, max: 9 }).map((n) => (n < 0 ? null : n)),
    { maxLength: 25 },
  );
  const types = fc.constantFrom('INTEGER', 'BIGINT', 'DOUBLE', 'DECIMAL(9,2)', 'UTINYINT', 'VARCHAR');
  let n = 0;
  await fc.assert(
    fc.asyncProperty(column, column, types, types, async (a, b, one, other) => {
      const select = (list: readonly (number | null)[], type: string) =>
        `SELECT k::${type} AS k FROM (SELECT unnest([${list.map((x) => x ?? 'NULL').join()}]::INTEGER[]) AS k)`;
      const [from, to] = [`f${n}`, `t${n++}`];
      await filled(bench, { [from]: select(a, one), [to]: select(b, other) });
      const comparison = (one === 'VARCHAR') === (other === 'VARCHAR') ? 'value' : 'number';
      const found = await bench.ask('join:measure', ask(`${from}:k`, `${to}:k`, comparison));
      expect(found).toMatchObject(counted(a, b));
      for (const name of [from, to]) await bench.ask('source:close', { table: name });
    }),
    { numRuns: 40, seed: 11 },
  );
});

const candidatesOf = async (bench: Bench, tables: readonly string[]) => {
  const { candidates } = await bench.ask('join:find', { tables });
  return candidates.map((c) => {
    const { from, to, comparison } = c.measured.ask;
    return {
      join: `${from.table}:${from.columns} → ${to.table}:${to.columns}`,
      comparison,
      confident: c.confident,
    };
  });
};

it('finds the two joins of the bundled sample and nothing else', async () => {
  const bench = await sampled();
  expect((await candidatesOf(bench, samples)).sort((a, b) => (a.join < b.join ? -1 : 1))).toEqual([
    { join: 'transactions:household_id → demographics:household_id', comparison: 'value', confident: true },
    { join: 'transactions:product_id → products:product_id', comparison: 'value', confident: true },
  ]);
  expect(
    bench.events.some((e) => e.event === 'job' && e.job.kind === 'joins' && e.job.state === 'done'),
  ).toBe(true);
});

it('finds keys that are spelt in two ways, that names do not tell, and that are of two columns', async () => {
  const bench = await opened({
    clients: `SELECT lpad((range * 37)::VARCHAR, 6, '0') AS client_no, 'n' || range AS name FROM range(500)`,
    visits: `SELECT (hash(range) % 500 * 37)::INTEGER AS client_no, range % 7 AS rating FROM range(3000)`,
    places: `SELECT upper(substr(md5(range::VARCHAR), 1, 8)) AS code, range % 5 AS size FROM range(400)`,
    trips: `SELECT substr(md5((hash(range) % 400)::VARCHAR), 1, 8) || ' ' AS start, range % 3 AS mood FROM range(3000)`,
    lines: `SELECT range // 3 * 11 AS order_id, range % 3 AS line_no, hash(range) % 50 AS pieces FROM range(3000)`,
    refunds: `SELECT hash(range) % 1000 * 11 AS order_id, hash(range, 1) % 3 AS line_no, 'why' AS reason FROM range(200)`,
  });
  const tables = ['clients', 'visits', 'places', 'trips', 'lines', 'refunds'];
  const sure = (await candidatesOf(bench, tables)).filter((c) => c.confident);
  expect(sure.map((c) => `${c.join} ${c.comparison}`).sort()).toEqual([
    'refunds:order_id,line_no → lines:order_id,line_no value',
    'trips:start → places:code text',
    'visits:client_no → clients:client_no number',
  ]);
});

/** Tables that have nothing to do with each other, though their small numbers, dates and words overlap. */
const unrelated = (i: number) => `SELECT
  range + ${i % 3 === 0 ? 1 : 1000 * i} AS id, range % ${5 + i} + 1 AS rating, (hash(range, ${i}) % 100)::INTEGER AS quantity,
  DATE '2024-01-01' + (range % 365)::INTEGER AS day, (['red', 'green', 'blue'])[1 + range % 3] AS colour,
  hash(range, ${i + 50}) % 2 = 0 AS flag, round((hash(range, ${i}) % 10000) / 100, 2) AS price,
  'n' || ${i} || '-' || range AS name, 2000 + range % 24 AS year, range AS line_no, (range % 12) + 1 AS month
FROM range(${300 + 40 * i})`;

it('twenty tables that have nothing to do with each other: nothing is proposed', async () => {
  const names = Array.from({ length: 20 }, (_, i) => `thing_${i}`);
  const bench = await opened(Object.fromEntries(names.map((name, i) => [name, unrelated(i)])));
  const found = await bench.ask('join:find', { tables: names });
  expect(found.looked).toMatchObject({ tables: 20 });
  expect(found.candidates.filter((c) => c.confident)).toEqual([]);
});

it('looks at tables without rows, columns or partners, and says if one is gone', async () => {
  const bench = await opened({
    a: 'SELECT 1 AS id LIMIT 0',
    b: 'SELECT [1] AS list, TRUE AS flag',
    c: 'SELECT NULL::VARCHAR AS id',
  });
  expect((await bench.ask('join:find', { tables: ['a', 'b', 'c'] })).candidates).toEqual([]);
  expect((await bench.ask('join:find', { tables: [] })).candidates).toEqual([]);
  expect(await bench.problemOf('join:find', { tables: ['a', 'gone'] })).toBe('table-missing');
});
