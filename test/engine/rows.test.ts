import { tableFromIPC } from 'apache-arrow';
import { expect, it } from 'vitest';
import type { RowsAsk } from '../../src-main/contract';
import { put } from '../support/folder';
import { type Bench, startBench } from '../support/service';

async function open(rows: number): Promise<Bench> {
  const bench = await startBench();
  const lines = Array.from(
    { length: rows },
    (_, i) => `${i},${(i * 7919) % rows},${i % 3 === 0 ? '' : `g${i % 5}`}`,
  );
  await bench.ask('source:open', { path: put(bench.folder, 't.csv', `id,mixed,g\n${lines.join('\n')}\n`) });
  return bench;
}

async function page(bench: Bench, ask: Partial<RowsAsk>) {
  const answer = await bench.ask('table:rows', { table: 't', columns: [], offset: 0, limit: 5, ...ask });
  const table = tableFromIPC(answer.ipc);
  const column = (name: string) =>
    [...(table.getChild(name) ?? [])].map((v) => (typeof v === 'bigint' ? Number(v) : v));
  return { total: answer.total, names: table.schema.fields.map((f) => f.name), column };
}

it('pages come in file order, with the columns in the order asked for', async () => {
  const bench = await open(3000);
  const first = await page(bench, {});
  expect(first.names).toEqual(['id', 'mixed', 'g']);
  expect(first.column('id')).toEqual([0, 1, 2, 3, 4]);
  const deep = await page(bench, { offset: 2998, columns: ['g', 'id'] });
  expect([deep.total, deep.names, deep.column('id')]).toEqual([3000, ['g', 'id'], [2998, 2999]]);
});

it('a sorted page is the same found at the head or deep down, also under a filter', async () => {
  const bench = await open(3000);
  const sort = [{ column: 'mixed', descending: true }];
  const filter = [{ column: 'g', not: true, test: { kind: 'null' as const } }];
  const expected = Array.from({ length: 3000 }, (_, i) => ({ mixed: (i * 7919) % 3000, keep: i % 3 !== 0 }))
    .filter((r) => r.keep)
    .map((r) => r.mixed)
    .sort((a, b) => b - a);
  for (const offset of [0, 990, 1500, 1998]) {
    const got = await page(bench, { sort, filter, offset });
    expect([offset, got.total, got.column('mixed')]).toEqual([
      offset,
      2000,
      expected.slice(offset, offset + 5),
    ]);
  }
});

it('empty cells are null and come last in either direction', async () => {
  const bench = await open(30);
  for (const descending of [true, false]) {
    const got = await page(bench, { sort: [{ column: 'g', descending }], offset: 20, limit: 10 });
    expect(got.column('g')).toEqual(Array.from({ length: 10 }, () => null));
  }
});

it('filters by value, range, text and their opposites count the rows they say', async () => {
  const bench = await open(30);
  const total = async (filter: RowsAsk['filter']) =>
    (await page(bench, { ...(filter ? { filter } : {}) })).total;
  expect(await total([{ column: 'g', test: { kind: 'values', values: ['g1', null] } }])).toBe(14);
  expect(await total([{ column: 'g', not: true, test: { kind: 'values', values: ['g1', null] } }])).toBe(16);
  expect(await total([{ column: 'id', test: { kind: 'range', low: 5, high: 9 } }])).toBe(5);
  expect(
    await total([
      { column: 'id', test: { kind: 'range', low: null, high: 9 } },
      { column: 'g', test: { kind: 'contains', text: 'G' } },
    ]),
  ).toBe(6);
});

it('a hostile value in a filter is a value', async () => {
  const bench = await startBench();
  const hostile = `'; DROP TABLE t; --`;
  await bench.ask('source:open', { path: put(bench.folder, 't.csv', `a,b\n"${hostile}",1\nx,2\n`) });
  const got = await page(bench, { filter: [{ column: 'a', test: { kind: 'values', values: [hostile] } }] });
  expect([got.total, got.column('b')]).toEqual([1, [1]]);
});

it('names that look like numbers keep their place', async () => {
  const bench = await startBench();
  await bench.ask('source:open', {
    path: put(bench.folder, 't.csv', 'name,2020,2019\nx,1,2\ny,3,4\n'),
    dialect: { header: true },
  });
  expect((await page(bench, {})).names).toEqual(['name', '2020', '2019']);
});

it.each(['csv', 'parquet'])('columns may be named like a row number of the engine: %s', async (format) => {
  const bench = await startBench();
  const names = ['rowid', 'file_row_number', 'assay_row', 'assay_stretch', 'r', 'place'];
  const rows = 120_000;
  const lines = Array.from({ length: rows }, (_, i) => names.map((_, k) => 7 * i + k).join(','));
  const csv = put(bench.folder, 't.csv', `${names.join(',')}\n${lines.join('\n')}\n`);
  const path = format === 'csv' ? csv : csv.replace('.csv', '.parquet');
  if (format === 'parquet')
    await bench.ask('source:convert', { path: csv, to: path, typed: true, nameAll: false });
  const { name } = await bench.ask('source:open', { path, name: 't' });
  for (const offset of [0, 5000]) {
    const plain = await page(bench, { offset });
    for (const [k, column] of names.entries())
      expect([column, plain.column(column)]).toEqual([
        column,
        [0, 1, 2, 3, 4].map((i) => 7 * (offset + i) + k),
      ]);
    const sorted = await page(bench, { offset, sort: [{ column: 'rowid', descending: true }] });
    for (const [k, column] of names.entries())
      expect(sorted.column(column)).toEqual([0, 1, 2, 3, 4].map((i) => 7 * (rows - 1 - offset - i) + k));
  }
  const profiles = await bench.profile(name);
  for (const [k, column] of names.entries())
    expect(profiles[column]).toMatchObject({ rows, distinct: rows, min: k, max: 7 * (rows - 1) + k });
});
