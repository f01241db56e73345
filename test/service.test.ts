import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Design } from '../src-main/core/design/design';
import { emptyDesign } from '../src-main/core/design/design';
import { dimensionFrom, measureFrom, sourceFrom } from '../src-main/core/design/draft';
import { applyEdit } from '../src-main/core/design/edit';
import type { Table } from '../src-main/core/table';
import { put } from './support/folder';
import { type Bench, startBench } from './support/service';

const address = { catalog: 'lake', schema: 'raw' };

/** Five orders, one without an amount, and a design with one dimension and one measure over them. */
async function drafted(bench: Bench): Promise<{ table: Table; design: Design }> {
  const path = put(bench.folder, 'orders.csv', 'id,country,amount\n1,DE,10\n2,DE,20\n3,FR,5\n4,FR,\n5,,1\n');
  const table = await bench.ask('source:open', { path });
  let design = applyEdit(emptyDesign, { verb: 'add-source', source: sourceFrom(table) });
  const column = (name: string) => table.columns.find((c) => c.name === name)!;
  design = applyEdit(design, {
    verb: 'add-dimension',
    table: 'orders',
    dimension: dimensionFrom(design.tables[0]!, column('country')),
  });
  design = applyEdit(design, {
    verb: 'add-measure',
    table: 'orders',
    measure: measureFrom(design.tables[0]!, column('amount'), 'sum'),
  });
  return { table, design };
}

it('a measure has its value, the rows it rests on and its breakdown', async () => {
  const bench = await startBench();
  const { design } = await drafted(bench);
  const member = { table: 'orders', kind: 'measure' as const, name: 'total_amount' };
  const value = await bench.ask('draft:measure', { design, member, by: 'country' });
  expect(value).toMatchObject({ value: 36, of: 5 });
  expect(value.breakdown?.groups).toEqual([
    { group: 'DE', value: 30, rows: 2 },
    { group: 'FR', value: 5, rows: 2 },
    { group: null, value: 1, rows: 1 },
  ]);
  const filtered = applyEdit(design, {
    verb: 'change-measure',
    table: 'orders',
    name: 'total_amount',
    change: { filter: "country = 'FR'" },
  });
  expect(await bench.ask('draft:measure', { design: filtered, member })).toMatchObject({
    value: 5,
    rows: 2,
    of: 5,
  });
});

it('a measure that cannot be computed says which part is wrong and where', async () => {
  const bench = await startBench();
  const { design } = await drafted(bench);
  const change = (edit: object) =>
    applyEdit(design, { verb: 'change-measure', table: 'orders', name: 'total_amount', change: edit });
  const member = { table: 'orders', kind: 'measure' as const, name: 'total_amount' };
  const problemOf = async (edit: object) => {
    const code = await bench.problemOf('draft:measure', { design: change(edit), member });
    return code;
  };
  const expression = (text: string) => ({ aggregation: 'expression', column: '', expression: text });
  expect(await problemOf(expression('sum(amount'))).toBe('expression-invalid');
  expect(await problemOf(expression('sum(amuont)'))).toBe('column-missing');
  expect(await problemOf(expression('summe(amount)'))).not.toBe('none');
  expect(await problemOf(expression('sum(amount) / (sum(id) - sum(id))'))).toBe('division-by-zero');
  expect(await problemOf(expression('1; DROP TABLE orders'))).toBe('expression-unsafe');
  expect(await problemOf({ filter: 'countri = 1' })).toBe('column-missing');
  expect(await problemOf({ filter: 'country = = 1' })).toBe('filter-invalid');
  expect(await problemOf({ column: 'gone' })).toBe('column-missing');
  expect(await bench.ask('draft:measure', { design, member })).toMatchObject({ value: 36 });
});

it('a design is saved, opened with its sources, and the same', async () => {
  const bench = await startBench();
  const { design } = await drafted(bench);
  const path = join(bench.folder, 'designs', 'd.assay.yaml');
  const { text } = await bench.ask('design:save', { design, path });
  expect(readFileSync(path, 'utf8')).toBe(text);
  expect(text).toContain('../orders.csv');
  const opened = await bench.ask('design:open', { path });
  expect(opened).toMatchObject({ design, problems: [] });
  expect(opened.tables.map((t) => [t.name, t.rows])).toEqual([['orders', 5]]);
});

it('a design whose file moved opens without it and says so', async () => {
  const bench = await startBench();
  const { design, table } = await drafted(bench);
  const path = join(bench.folder, 'd.assay.yaml');
  await bench.ask('design:save', { design, path });
  rmSync(table.source.path);
  const opened = await bench.ask('design:open', { path });
  expect(opened.design).toEqual(design);
  expect(opened.problems.map((p) => p.code)).toEqual(['design-source-moved']);
});

it('the journal gives back what was not saved, and half a journal gives nothing', async () => {
  const bench = await startBench();
  const { design } = await drafted(bench);
  expect(await bench.ask('design:restore', null)).toBeNull();
  await bench.ask('design:journal', { design, path: null });
  expect(await bench.ask('design:restore', null)).toEqual({
    design,
    path: null,
    at: '1970-01-01T00:00:00.000Z',
  });
  writeFileSync(join(bench.folder, 'data', 'journal.json'), '{"design": {"na');
  expect(await bench.ask('design:restore', null)).toBeNull();
  await bench.ask('design:journal', { design: null, path: null });
  expect(existsSync(join(bench.folder, 'data', 'journal.json'))).toBe(false);
});

it('a spec is written anew over its own files, and never over the files of others unasked', async () => {
  const bench = await startBench();
  const { design } = await drafted(bench);
  const folder = join(bench.folder, 'spec');
  const write = (replace: boolean, of = design) => ({
    design: of,
    target: 'dataos',
    options: address,
    folder,
    replace,
  });
  const first = await bench.ask('spec:write', write(false));
  expect(first.written).toContain('model/tables/orders.yml');
  for (const file of first.spec.files) expect(readFileSync(join(folder, file.path), 'utf8')).toBe(file.text);
  const renamed = applyEdit(design, { verb: 'change-table', table: 'orders', change: { name: 'sales' } });
  await bench.ask('spec:write', write(false, renamed));
  expect(readdirSync(join(folder, 'model/tables'))).toEqual(['sales.yml']);
  writeFileSync(join(folder, 'notes.txt'), 'mine');
  expect(await bench.problemOf('spec:write', write(false))).toBe('folder-not-empty');
  await bench.ask('spec:write', write(true));
  expect(readFileSync(join(folder, 'notes.txt'), 'utf8')).toBe('mine');
});

it('a target nobody knows and a folder that cannot be are problems', async () => {
  const bench = await startBench();
  const { design } = await drafted(bench);
  const ask = {
    design,
    target: 'dataos',
    options: address,
    folder: join(bench.folder, 'orders.csv', 'below'),
    replace: false,
  };
  expect(await bench.problemOf('spec:write', ask)).toBe('folder-not-writable');
  expect(await bench.problemOf('spec:write', { ...ask, target: 'punched-cards' })).toBe('target-unknown');
});

it('two files of one name get two tables, and a file opened again keeps its own', async () => {
  const bench = await startBench();
  mkdirSync(join(bench.folder, 'b'));
  const one = put(bench.folder, 'a/orders.csv', 'x\n1\n');
  const two = put(bench.folder, 'b/orders.csv', 'x\n1\n2\n');
  expect((await bench.ask('source:open', { path: one })).name).toBe('orders');
  expect((await bench.ask('source:open', { path: two })).name).toBe('orders_2');
  expect((await bench.ask('source:open', { path: one })).name).toBe('orders');
  expect((await bench.ask('source:list', null)).map((t) => t.rows)).toEqual([1, 2]);
});
