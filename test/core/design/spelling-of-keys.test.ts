/**
 * Joins whose keys are spelt differently at their ends: measured, answered and checked alike.
 */
import { expect, it } from 'vitest';
import { checkDesign } from '#core/design/check';
import { type Design, emptyDesign, type Join } from '#core/design/design';
import { readDesign, writeDesign } from '#core/design/file';
import { dimension, measure, table } from '../../support/designs';
import { put } from '../../support/folder';
import { startBench } from '../../support/service';

const customers = 'code,country\n7,DE\n12,FR\n30,IT\n';
const orders = 'customer,label,amount\n007,de ,10\n0012,DE,20\n7.0,fr,30\nx,FR,40\n,De,50\n';

async function opened(join: Partial<Join>) {
  const bench = await startBench();
  const tables = [
    await bench.ask('source:open', { path: put(bench.folder, 'customers.csv', customers) }),
    await bench.ask('source:open', { path: put(bench.folder, 'orders.csv', orders) }),
  ];
  const design: Design = {
    ...emptyDesign,
    sources: tables.map(({ name, source, columns }) => ({
      name,
      path: source.path,
      format: source.format,
      columns: columns.map((c) => ({ name: c.name, type: c.type })),
      extra: {},
    })),
    tables: [
      table('customers', {
        dimensions: [
          dimension('code', { column: 'code', type: 'number', primaryKey: true }),
          dimension('country', { column: 'country' }),
        ],
      }),
      table('orders', { measures: [measure('total', { column: 'amount' })] }),
    ],
    joins: [
      {
        from: 'orders',
        to: 'customers',
        relationship: 'many_to_one',
        on: [['customer', 'code']],
        extra: {},
        ...join,
      },
    ],
  };
  const query = { measures: ['total'], dimensions: ['country'], segments: [] };
  return { bench, design, answer: async () => (await bench.ask('design:query', { design, query })).rows };
}

it('keys are compared as numbers where the join says so', async () => {
  const { bench, design, answer } = await opened({ comparison: 'number' });
  expect(checkDesign(design)).toEqual([]);
  expect(await answer()).toEqual([
    [null, 90],
    ['DE', 40],
    ['FR', 20],
  ]);
  const ends = {
    from: { table: 'orders', columns: ['customer'] },
    to: { table: 'customers', columns: ['code'] },
  };
  const measured = await bench.ask('join:measure', { ...ends, comparison: 'number' });
  expect([measured.pairs, measured.from.orphans, measured.from.nulls]).toEqual([3, 1, 1]);
});

it('keys are compared as texts without case and blanks where the join says so', async () => {
  const { answer } = await opened({ comparison: 'text', on: [['label', 'country']] });
  expect(await answer()).toEqual([
    ['DE', 80],
    ['FR', 70],
  ]);
});

it('keys of different kinds are a problem of the design unless they are compared in one spelling', async () => {
  const { design, bench } = await opened({});
  expect(checkDesign(design).map(({ problem }) => problem.code)).toEqual(['join-unfit']);
  const query = { measures: ['total'], dimensions: ['country'], segments: [] };
  expect(await bench.problemOf('design:query', { design, query })).toBe('join-unfit');
});

it('the comparison stands in the design file', async () => {
  const { design } = await opened({ comparison: 'number' });
  const text = writeDesign(design, '/');
  expect(text).toContain('comparison: number');
  const again = readDesign(text, '/d.assay.yaml');
  expect('design' in again && again.design.joins).toEqual(design.joins);
});
