import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, it } from 'vitest';
import type { Preview } from '../../src-main/core/source/receipt';
import { bookOf, zipOf } from '../support/archive';
import { put } from '../support/folder';
import { startBench } from '../support/service';

const cellsOf = (preview: Preview) => preview.lines.map((line) => [line.role, ...line.cells]);

const orders = [
  ['id', 'amount'],
  [1, 10],
  [2, 20],
];
const book = bookOf({
  Orders: orders,
  People: [
    ['name', 'city'],
    ['Ann', 'Rome'],
  ],
  Wide: [
    ['a title', null, null],
    [null, 'k', 'v'],
    [null, 'x', 1],
  ],
});

async function database(path: string, ...statements: string[]): Promise<string> {
  const db = await DuckDBInstance.create(path);
  const connection = await db.connect();
  for (const sql of statements) await connection.run(sql);
  connection.closeSync();
  db.closeSync();
  return path;
}

it('a workbook is previewed sheet by sheet and range by range, and is read as it was previewed', async () => {
  const bench = await startBench();
  const path = put(bench.folder, 'book.xlsx', book);
  const first = await bench.ask('source:preview', { path });
  expect(first).toMatchObject({ format: 'xlsx', part: { sheet: 'Orders' }, receipt: { loaded: 2 } });
  expect(first.seen).toBe(first.bytes);
  const people = await bench.ask('source:preview', { path, part: { sheet: 'People' } });
  expect(people.columns.map((c) => c.name)).toEqual(['name', 'city']);
  const part = { sheet: 'Wide', range: 'B2:C3' };
  const cut = await bench.ask('source:preview', { path, part });
  expect(cut.columns.map((c) => c.name)).toEqual(['k', 'v']);
  expect(cut.detected).toEqual(cut.dialect);
  const table = await bench.ask('source:open', { path, part });
  expect(table.columns.map((c) => c.name)).toEqual(['k', 'v']);
  expect(table.source).toMatchObject({ part, parts: 3 });
});

it('what is told of a sheet is previewed, but not how it is written out', async () => {
  const bench = await startBench();
  const path = put(bench.folder, 'book.xlsx', book);
  const dialect = { headerRows: 0, header: false, delimiter: ';' };
  const told = await bench.ask('source:preview', { path, dialect });
  expect(told.dialect).toMatchObject({ headerRows: 0, delimiter: ',' });
  expect(told.detected.headerRows).toBe(1);
  expect(told.receipt.loaded).toBe(3);
});

it('of a large sheet the first rows are looked at, and that is said', async () => {
  const bench = await startBench();
  const rows = Array.from({ length: 60_000 }, (_, i) => [i, i]);
  const path = put(bench.folder, 'large.xlsx', bookOf({ One: [['a', 'b'], ...rows] }));
  const preview = await bench.ask('source:preview', { path });
  expect(preview.seenRows).toBe(49_999);
  expect(preview.columns.map((c) => c.name)).toEqual(['a', 'b']);
});

it('a file of an archive is previewed by its name, whatever it is', async () => {
  const bench = await startBench();
  const path = put(
    bench.folder,
    'mixed.zip',
    zipOf({ 'a.csv': 'x,y\n1,2\n', 'b.json': '[{"k":1},{"k":null,"w":""}]', 'c.xlsx': book }),
  );
  expect(await bench.ask('source:preview', { path })).toMatchObject({
    format: 'csv',
    part: { entry: 'a.csv' },
  });
  const json = await bench.ask('source:preview', { path, part: { entry: 'b.json' } });
  expect(json).toMatchObject({ format: 'json', receipt: { records: 2, loaded: 2 } });
  expect(cellsOf(json)).toEqual([
    ['header', 'k', 'w'],
    ['record', '1', ''],
    ['record', '', '(empty)'],
  ]);
  expect(await bench.problemOf('source:preview', { path, part: { entry: 'c.xlsx' } })).toBe('source-broken');
  expect(await bench.problemOf('source:preview', { path, part: { entry: 'd.csv' } })).toBe('part-missing');
  expect(readdirSync(join(bench.folder, 'cache', 'tables'))).toEqual([]);
});

it('a table of a database is previewed by its first rows, and one that is not there is a problem', async () => {
  const bench = await startBench();
  const path = await database(
    join(bench.folder, 'shop.duckdb'),
    'CREATE TABLE b AS SELECT range AS id FROM range(2000)',
    `CREATE TABLE a AS SELECT 1 AS "x ""y""", NULL::DATE AS day`,
  );
  const first = await bench.ask('source:preview', { path });
  expect(first).toMatchObject({ format: 'duckdb', part: { entry: 'main.a' } });
  expect(cellsOf(first)).toEqual([
    ['header', 'x "y"', 'day'],
    ['record', '1', ''],
  ]);
  const b = await bench.ask('source:preview', { path, part: { entry: 'main.b' } });
  expect([b.seenRows, b.lines.length, b.receipt.loaded]).toEqual([500, 501, 500]);
  expect(await bench.problemOf('source:open', { path, part: { entry: 'main.c' } })).toBe('part-missing');
  expect((await bench.ask('source:open', { path, part: { entry: 'b' } })).rows).toBe(2000);
});

it('the first of several parts is read with a warning, a chosen one without', async () => {
  const bench = await startBench();
  const path = put(bench.folder, 'book.xlsx', book);
  const codes = (warnings: readonly { code: string }[]) => warnings.map((w) => w.code);
  const first = await bench.ask('source:open', { path });
  expect(codes(first.warnings)).toContain('tables-several');
  expect(first.source).toMatchObject({ part: { sheet: 'Orders' }, parts: 3 });
  const chosen = await bench.ask('source:open', { path, part: { sheet: 'People' } });
  expect(codes(chosen.warnings)).not.toContain('tables-several');
  expect(chosen.name).toBe('book_people');
  const single = await bench.ask('source:open', {
    path: put(bench.folder, 'one.xlsx', bookOf({ One: orders })),
  });
  expect(single.source.parts).toBeUndefined();
});

it('a path that is opened again is read as the part of it that is open', async () => {
  const bench = await startBench();
  const path = put(bench.folder, 'book.xlsx', book);
  await bench.ask('source:open', { path, name: 'book', part: { sheet: 'People' } });
  const again = await bench.ask('source:open', { path });
  expect(again).toMatchObject({ name: 'book', source: { part: { sheet: 'People' } } });
});

it('a sheet and a range that are not there say what to do', async () => {
  const bench = await startBench();
  const path = put(bench.folder, 'book.xlsx', book);
  expect(await bench.problemOf('source:open', { path, part: { sheet: 'Nope' } })).toBe('part-missing');
  const part = { sheet: 'Orders', range: 'B9:A1' };
  expect(await bench.problemOf('source:preview', { path, part })).toBe('range-invalid');
  expect(await bench.problemOf('source:preview', { path, part: { sheet: 'Orders', range: 'Y:Z' } })).toBe(
    'source-empty',
  );
});
