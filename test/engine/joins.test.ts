/**
 * Joins over the real DuckDB: each count against SQL of another shape, and against counting in memory.
 */
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
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

it('the bundled sample: rows, orphans and repeated keys as other SQL counts them', async () => {
  const bench = await startBench();
  for (const name of ['transactions', 'products', 'demographics'])
    await bench.ask('source:open', {
      path: join(import.meta.dirname, `../../resources/sample/${name}.csv`),
      name,
    });
  const products = await bench.ask('join:measure', ask('transactions:product_id', 'products:product_id'));
  expect([products.from.orphanKeys, products.cardinality]).toEqual([3, 'many_to_one']);
});
