/**
 * The linter on data: each defect once, beside a member that is sound and must not be named.
 */
import { expect, it } from 'vitest';
import type { Measure } from '../../../src-main/core/design/design';
import { dimension, measure, segment, table } from '../../support/designs';
import { put } from '../../support/folder';
import { startBench } from '../../support/service';

const lines = Array.from({ length: 60 }, (_, i) =>
  [
    1000 + i,
    i % 7,
    ['EUR', 'USD'][i % 2],
    (i * 3.5).toFixed(2),
    ((i % 10) / 10).toFixed(1),
    500 - i,
    `2024-01-${String(1 + (i % 28)).padStart(2, '0')}`,
    'shop',
    ['north', 'south'][i % 2],
    20 + (i % 40),
  ].join(','),
);
const csv = `order_id,quantity,currency,amount,discount_rate,stock_level,day,channel,region,age\n${lines.join('\n')}\n`;

async function findings(measures: readonly Measure[], more: Partial<Parameters<typeof table>[1]> = {}) {
  const bench = await startBench();
  const opened = await bench.ask('source:open', { path: put(bench.folder, 'orders.csv', csv) });
  const design = {
    name: 'shop',
    title: '',
    description: '',
    sources: [
      {
        name: 'orders',
        path: opened.source.path,
        format: 'csv' as const,
        columns: opened.columns.map(({ name, type }) => ({ name, type })),
        extra: {},
      },
    ],
    tables: [table('orders', { measures, ...more })],
    joins: [],
    explorations: [],
    extra: {},
  };
  const found = await bench.ask('design:check', { design });
  return found.map(({ problem, about }) => [
    problem.code,
    about !== undefined && 'name' in about ? about.name : '',
  ]);
}

it('sums of identifiers, rates and levels are told, and sound sums are not', async () => {
  expect(
    await findings(
      [
        measure('ids', { column: 'order_id' }),
        measure('mean_id', { aggregation: 'avg', column: 'order_id' }),
        measure('orders', { aggregation: 'count_distinct', column: 'order_id' }),
        measure('rates', { column: 'discount_rate' }),
        measure('mean_rate', { aggregation: 'avg', column: 'discount_rate' }),
        measure('ages', { column: 'age' }),
        measure('mean_age', { aggregation: 'avg', column: 'age' }),
        measure('stock', { column: 'stock_level' }),
        measure('most_stock', { aggregation: 'max', column: 'stock_level' }),
        measure('pieces', { column: 'quantity' }),
      ],
      { dimensions: [dimension('day', { column: 'day', type: 'time' })] },
    ),
  ).toEqual([
    ['measure-of-identifier', 'ids'],
    ['measure-of-identifier', 'mean_id'],
    ['measure-adds-ratios', 'rates'],
    ['measure-averages-ratios', 'mean_rate'],
    ['measure-adds-ratios', 'ages'],
    ['measure-adds-stock', 'stock'],
  ]);
});

it('amounts in several currencies are told unless one is filtered or there is only one', async () => {
  const currency = dimension('currency', { column: 'currency' });
  const total = measure('total', { column: 'amount' });
  const euros = measure('euros', { column: 'amount', filter: "currency = 'EUR'" });
  expect(await findings([total, euros], { dimensions: [currency] })).toEqual([['units-mixed', 'total']]);
  const constant = dimension('currency', { expression: "CASE WHEN currency > '' THEN 'EUR' END" });
  expect(await findings([total], { dimensions: [constant] })).toEqual([['member-constant', 'currency']]);
});

it('conditions that no row meets, dimensions of one value and members that say the same are told', async () => {
  expect(
    await findings(
      [
        measure('east', { column: 'amount', filter: "region = 'east'" }),
        measure('north', { column: 'amount', filter: "region = 'north'" }),
        measure('north_again', { column: 'amount', filter: "region   =  'north'" }),
        measure('North', { column: 'amount', filter: "region = 'NORTH'" }),
      ],
      {
        dimensions: [dimension('channel', { column: 'channel' }), dimension('region', { column: 'region' })],
        segments: [segment('nobody', 'age > 200'), segment('all', 'age > 0')],
      },
    ),
  ).toEqual([
    ['member-empty', 'east'],
    ['member-empty', 'North'],
    ['member-constant', 'channel'],
    ['member-empty', 'nobody'],
    ['member-duplicate', 'north_again'],
  ]);
});

it('a ratio to nothing is told', async () => {
  const nothing = measure('nothing', { expression: 'quantity - quantity' });
  const pieces = measure('pieces', { column: 'quantity' });
  const ratio = (name: string, denominator: string) =>
    measure(name, { aggregation: 'ratio', numerator: 'pieces', denominator });
  expect(await findings([nothing, pieces, ratio('bad', 'nothing'), ratio('good', 'pieces')])).toEqual([
    ['denominator-unsound', 'bad'],
  ]);
});
