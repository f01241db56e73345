/**
 * Models over real files: the sample that ships, and others where they are at hand.
 */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { Design, Dimension, Join, Measure } from '../../src-main/core/design/design';
import { literal } from '../../src-main/core/sql';
import { isWhole, kindOf } from '../../src-main/core/table';
import { dimension, measure, segment, table } from '../support/designs';
import { otherData } from '../support/shared';
import type { Model } from './models';

interface File {
  readonly name: string;
  readonly path: string;
  /** Columns that tell its rows apart. */
  readonly keys: readonly string[];
  /** A condition over its columns. */
  readonly some: string;
}

const sample = resolve(import.meta.dirname, '../../resources/sample');

async function modelOf(name: string, files: readonly File[], joins: readonly Join[]): Promise<Model> {
  const rows = files.map((f) => `CREATE TABLE "${f.name}" AS FROM read_csv(${literal(f.path)})`);
  const db = await DuckDBInstance.create(':memory:');
  const connection = await db.connect();
  for (const statement of rows) await connection.run(statement);
  const design: Design = {
    name,
    title: '',
    description: '',
    sources: [],
    tables: [],
    joins,
    explorations: [],
    extra: {},
  };
  const sources: Design['sources'][number][] = [];
  const tables: Design['tables'][number][] = [];
  for (const file of files) {
    const described = (await connection.runAndReadAll(`DESCRIBE "${file.name}"`)).getRowsJson();
    const columns = described.map((row) => ({ name: String(row[0]), type: String(row[1]) }));
    sources.push({ name: file.name, path: file.path, format: 'csv', columns, extra: {} });
    const dimensions: Dimension[] = columns.flatMap(({ name: column, type }) => {
      const kind = kindOf(type);
      const key = file.keys.includes(column);
      if (kind === 'time') return [dimension('at', { column, type: 'time' })];
      if (kind !== 'text' && !key) return [];
      return [dimension(column, { column, type: kind === 'text' ? 'string' : 'number', primaryKey: key })];
    });
    const measures: Measure[] = [
      measure('rows', { aggregation: 'count' }),
      ...columns.flatMap(({ name: column, type }) =>
        kindOf(type) !== 'number'
          ? [measure(`${column}_values`, { aggregation: 'count_distinct', column })]
          : [
              measure(`${column}_total`, { column }),
              measure(`${column}_average`, { aggregation: 'avg', column }),
              measure(`${column}_most`, { aggregation: 'max', column }),
              measure(`${column}_some`, { column, filter: file.some }),
              ...(isWhole(type) ? [] : [measure(`${column}_middle`, { aggregation: 'median', column })]),
            ],
      ),
    ];
    tables.push(table(file.name, { dimensions, measures, segments: [segment('some', file.some)] }));
  }
  connection.closeSync();
  db.closeSync();
  return { design: { ...design, sources, tables }, rows };
}

const join_ = (from: string, to: string, on: readonly [string, string]): Join => ({
  from,
  to,
  relationship: 'many_to_one',
  on: [on],
  extra: {},
});

/** By name; those whose files are absent are left out. */
export async function realModels(): Promise<Readonly<Record<string, Model>>> {
  const found: Record<string, Model> = {
    sample: await modelOf(
      'sample',
      [
        {
          name: 'transactions',
          path: join(sample, 'transactions.csv'),
          keys: ['basket_id', 'product_id', 'transaction_timestamp'],
          some: 'quantity > 1',
        },
        {
          name: 'products',
          path: join(sample, 'products.csv'),
          keys: ['product_id'],
          some: "brand = 'National'",
        },
        {
          name: 'demographics',
          path: join(sample, 'demographics.csv'),
          keys: ['household_id'],
          some: "household_size = '2'",
        },
      ],
      [
        join_('transactions', 'products', ['product_id', 'product_id']),
        join_('transactions', 'demographics', ['household_id', 'household_id']),
      ],
    ),
  };
  const jaffle = join(otherData ?? '', 'real/jaffle-shop-classic');
  if (otherData !== null && existsSync(jaffle)) {
    const at = (name: string) => join(jaffle, `raw_${name}.csv`);
    found.jaffle = await modelOf(
      'jaffle',
      [
        { name: 'customers', path: at('customers'), keys: ['id'], some: "first_name < 'M'" },
        { name: 'orders', path: at('orders'), keys: ['id'], some: "status = 'completed'" },
        { name: 'payments', path: at('payments'), keys: ['id'], some: "payment_method = 'credit_card'" },
      ],
      [join_('orders', 'customers', ['user_id', 'id']), join_('payments', 'orders', ['order_id', 'id'])],
    );
  }
  return found;
}
