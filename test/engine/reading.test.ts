/**
 * Reading as the service does it: previews, conversions, folders, remembered readings, receipts that are kept, copies.
 */
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, it } from 'vitest';
import { checkPages } from '../../src-main/engine/checksums';
import { crc32 } from '../../src-main/engine/crc';
import { freshFolder, put } from '../support/folder';
import { startBench } from '../support/service';

const rows = Array.from(
  { length: 20 },
  (_, i) => `${i + 1};Name ${i};${(i % 12) + 1}/0${(i % 9) + 1}/2024;${i},50`,
);
const semicolons = `Report\n\nid;name;day;price\n${rows.join('\n')}\n21;too;1/02/2024;1,5;many;cells\n\nSource: me\n`;

it('a preview says what each line is, and follows what is told', async () => {
  const bench = await startBench();
  const path = put(bench.folder, 'a.csv', semicolons);
  const found = await bench.ask('source:preview', { path });
  expect(found.dialect).toMatchObject({ delimiter: ';', skip: 2, headerRows: 1 });
  expect(found.lines.map((l) => l.role)).toEqual([
    'skipped',
    'header',
    ...rows.map(() => 'record'),
    'rejected',
    'blank',
    'footer',
  ]);
  expect(found.receipt).toMatchObject({ records: 23, loaded: 20, rejected: 1, skipped: 2 });
  expect(found.proposals.map((p) => p.reading.column)).toEqual(['day', 'price']);
  const told = await bench.ask('source:preview', { path, dialect: { delimiter: ',' } });
  expect(told.dialect.delimiter).toBe(',');
  expect(told.detected.delimiter).toBe(';');
  expect(readdirSync(join(bench.folder, 'cache', 'tables'))).toEqual([]);
});

it('accepted proposals give typed columns, and what does not fit is told', async () => {
  const bench = await startBench();
  const path = put(bench.folder, 'a.csv', semicolons);
  const { proposals } = await bench.ask('source:open', { path, name: 'a' });
  const columns = [
    ...proposals.map((p) => p.reading),
    { column: 'name', as: 'whole', nulls: ['Name 3'] } as const,
  ];
  const table = await bench.ask('source:open', { path, name: 'a', dialect: { columns } });
  expect(table.columns.map((c) => c.kind)).toEqual(['number', 'number', 'time', 'number']);
  expect(table.receipt.misfits).toHaveLength(19);
  expect(table.warnings.map((w) => w.code)).toContain('values-lost');
  const to = join(bench.folder, 'receipt.csv');
  expect(await bench.ask('source:receipt', { table: 'a', path: to })).toEqual({ written: 1 + 2 + 19 });
  expect(readFileSync(to, 'utf8')).toContain('rejected,24,');
});

it('convert keeps the spelling and invents no header, or writes typed values', async () => {
  const bench = await startBench();
  const to = join(bench.folder, 'out.csv');
  const convert = async (text: string, typed = false, nameAll = false) => {
    await bench.ask('source:convert', { path: put(bench.folder, 'in.csv', text), to, typed, nameAll });
    return readFileSync(to, 'utf8');
  };
  expect(await convert('zip;n;n;s\n007;1.50;NA;"a ""b"";\nc"\n12;;2;x\n')).toBe(
    'zip,n,n,s\n007,1.50,NA,"a ""b"";\nc"\n12,,2,x\n',
  );
  const bare = '1,2024-01-01\n2,2024-01-02\n3,2024-01-03\n';
  expect(await convert(bare)).toBe(bare);
  expect(await convert(bare, false, true)).toBe(`column0,column1\n${bare}`);
  expect(await convert('id,at\n1,2024-01-31 10:20:30\n2,2024-02-01 00:00:00\n', true)).toBe(
    'id,at\n1,2024-01-31T10:20:30.000\n2,2024-02-01T00:00:00.000\n',
  );
  expect(readdirSync(bench.folder).filter((name) => name.includes('.part'))).toEqual([]);
  const nowhere = join(bench.folder, 'no', 'where.csv');
  const path = put(bench.folder, 'in.csv', bare);
  expect(await bench.problemOf('source:convert', { path, to: nowhere, typed: false, nameAll: false })).toBe(
    'folder-not-writable',
  );
});

it('a folder is one table, united by name, with every difference and every refused file said', async () => {
  const bench = await startBench();
  const folder = join(bench.folder, 'drop');
  mkdirSync(join(folder, 'year=2024'), { recursive: true });
  put(folder, 'a.csv', 'id,name\n1,x\n2,y\n');
  writeFileSync(join(folder, 'year=2024', 'b.csv.gz'), gzipSync('id,price\n3,1.5\n'));
  put(folder, 'c.csv', '');
  const table = await bench.ask('source:open', { path: folder });
  expect(table.columns.map((c) => c.name)).toEqual(['id', 'name', 'price', 'year', 'source_file']);
  expect(table.receipt).toMatchObject({ records: 3, loaded: 3, rejected: 0, skipped: 0 });
  expect(table.source.files).toHaveLength(2);
  expect(table.source.differences?.map((d) => d.column).sort()).toEqual(['name', 'price']);
  const said = table.warnings.filter((w) => w.code === 'files-differ').map((w) => w.message);
  expect(said.join()).toContain('c.csv is not among the rows');
  appendFileSync(join(folder, 'a.csv'), '9,z\n');
  await bench.checkSources();
  expect(bench.events.some((e) => e.event === 'source' && e.problem.code === 'source-changed')).toBe(true);
  expect((await bench.ask('source:open', { path: join(folder, '*.csv') })).name).toBe('drop_2');
});

it('an encoding is known by its usual names, and one that nobody knows is a problem', async () => {
  const bench = await startBench();
  const path = put(bench.folder, 'a.csv', Buffer.from('id,name\n1,Jos\u00e9\n2,Zo\u00eb\n', 'latin1'));
  const table = await bench.ask('source:open', { path, dialect: { encoding: 'latin1' } });
  expect(table.source.dialect?.encoding).toBe('iso-8859-1');
  expect(await bench.problemOf('source:open', { path, dialect: { encoding: 'klingon' } })).toBe(
    'source-broken',
  );
});

it('a remembered reading is used for the next file of its pattern, said, and forgotten again', async () => {
  const bench = await startBench();
  const path = put(bench.folder, 'sales_1.csv', 'a,b\n1,2\n3,4\n');
  await bench.ask('reading:remember', { pattern: 'sales_*.csv', dialect: { header: false } });
  const table = await bench.ask('source:open', { path });
  expect(table.columns.map((c) => c.name)).toEqual(['column0', 'column1']);
  expect(table.warnings.map((w) => w.code)).toContain('reading-remembered');
  await bench.ask('reading:remember', { pattern: 'sales_*.csv', dialect: null });
  expect(await bench.ask('reading:list', null)).toEqual([]);
  expect((await bench.ask('source:open', { path })).columns.map((c) => c.name)).toEqual(['a', 'b']);
});

it('an unchanged file is not read again: its copy stays as it is', async () => {
  const bench = await startBench();
  const path = put(bench.folder, 'a.csv', 'id,name\n1,x\n2,y\n');
  await bench.ask('source:open', { path });
  const tables = join(bench.folder, 'cache', 'tables');
  const inode = () => statSync(join(tables, readdirSync(tables)[0] as string)).ino;
  const before = inode();
  await bench.ask('source:close', { table: 'a' });
  expect((await bench.ask('source:open', { path })).rows).toBe(2);
  expect(inode()).toBe(before);
});

it('a line of many megabytes, ten thousand columns and a lone quote are read and accounted for', async () => {
  const bench = await startBench();
  const long = await bench.ask('source:open', {
    path: put(bench.folder, 'long.csv', `a,b\n1,${'x'.repeat(12_000_000)}\n2,y\n`),
  });
  expect(long.receipt).toMatchObject({ records: 2, loaded: 2 });
  const quote = await bench.ask('source:open', {
    path: put(bench.folder, 'quote.csv', `id,name\n1,"ab\n${rows.map((_, i) => `${i},n${i}`).join('\n')}\n`),
  });
  expect(quote.receipt).toMatchObject({ records: 21, loaded: 21 });
  expect(quote.warnings.map((w) => w.code)).toContain('quotes-unclosed');
});

it('a page that differs from its checksum is found, and a file without checksums costs one look', async () => {
  expect(crc32(Buffer.from('123456789'))).toBe(0xcbf43926);
  const folder = freshFolder();
  const path = join(folder, 'a.parquet');
  const db = await DuckDBInstance.create(':memory:');
  const connection = await db.connect();
  await connection.run(`COPY (SELECT range AS x FROM range(100)) TO '${path}' (FORMAT parquet)`);
  connection.closeSync();
  db.closeSync();
  expect(existsSync(path)).toBe(true);
  expect(await checkPages(path, [{ column: 'x', start: 4, size: statSync(path).size - 4 }])).toEqual({
    seen: false,
    damaged: [],
  });
  // A page of four bytes, with its header in Thrift's compact protocol: sizes 4 and 4, then the checksum.
  const page = Buffer.from('data');
  const zigzag = (n: number) => {
    const bytes: number[] = [];
    for (let v = n >= 0 ? n * 2 : -n * 2 - 1; ; v = Math.floor(v / 128)) {
      if (v < 128) {
        bytes.push(v);
        return bytes;
      }
      bytes.push((v % 128) + 128);
    }
  };
  const written = (crc: number) =>
    Buffer.concat([
      Buffer.from([0x15, 0, 0x15, ...zigzag(4), 0x15, ...zigzag(4), 0x15, ...zigzag(crc | 0), 0]),
      page,
    ]);
  for (const [crc, damaged] of [
    [crc32(page), 0],
    [crc32(page) ^ 1, 1],
  ] as const) {
    const bytes = written(crc);
    const sample = put(folder, `p${damaged}.bin`, bytes);
    const found = await checkPages(sample, [{ column: 'x', start: 0, size: bytes.length }]);
    expect([found.seen, found.damaged.length]).toEqual([true, damaged]);
  }
});
