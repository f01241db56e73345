/**
 * The entries of receipts: a table carries the first of them, the copy keeps all, and all can be paged, searched and written.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { expect, it } from 'vitest';
import type { EntryKind } from '../../src-main/core/source/entries';
import { writePieces } from '../../src-main/engine/files';
import { freshFolder, put } from '../support/folder';
import { type Bench, startBench } from '../support/service';

/** One of every few records has cells too many; é is two bytes, so that characters and bytes differ. */
const broken = (records: number, every: number) =>
  `id,name,n\n${Array.from({ length: records }, (_, i) =>
    i % every === every / 2 ? `${i},é,${i},bad,${i}\n` : `${i},${i * 2},${i}\n`,
  ).join('')}`;

const page = (bench: Bench, table: string, kind: EntryKind, offset: number, limit = 3, search = '') =>
  bench.ask('receipt:entries', { table, kind, offset, limit, search });

const startOf = (text: string, line: number) =>
  Buffer.byteLength(
    text
      .split('\n')
      .slice(0, line - 1)
      .join('\n'),
  ) + (line > 1 ? 1 : 0);

it('of 25,000 rejects among 50,000 records every one is kept, paged, found and written', async () => {
  const bench = await startBench();
  const text = broken(50_000, 2);
  const path = put(bench.folder, 'half.csv', text);
  const { receipt } = await bench.ask('source:open', { path, name: 'half' });
  expect(receipt).toMatchObject({ records: 50_000, loaded: 25_000, rejected: 25_000 });
  expect(receipt.rejects).toHaveLength(1000);
  expect(receipt.entries).toEqual({ rejected: 25_000, mended: 0, skipped: 0, misfit: 0, values: 0 });

  const first = await page(bench, 'half', 'rejected', 0);
  expect(first.entries.map((e) => [e.line, e.byte])).toEqual([3, 5, 7].map((l) => [l, startOf(text, l)]));
  const last = await page(bench, 'half', 'rejected', 24_999, 10);
  expect(last.total).toBe(25_000);
  expect(last.entries).toEqual([
    {
      kind: 'rejected',
      line: 50_001,
      byte: startOf(text, 50_001),
      column: null,
      count: 1,
      reason: first.entries[0]?.reason,
      text: '49999,é,49999,bad,49999',
      cells: null,
    },
  ]);
  // What travels and what is kept meet without a gap.
  const seam = await page(bench, 'half', 'rejected', 998, 4);
  expect(seam.entries.map((e) => e.line)).toEqual([1999, 2001, 2003, 2005]);
  expect((await page(bench, 'half', 'rejected', 0, 1_000_000)).entries).toHaveLength(10_000);
  expect(await page(bench, 'half', 'rejected', 25_000)).toEqual({ entries: [], total: 25_000 });
  expect(await page(bench, 'half', 'mended', 0)).toEqual({ entries: [], total: 0 });

  const found = await page(bench, 'half', 'rejected', 1, 1, 'É,4999');
  expect(found.total).toBe(6);
  expect(found.entries[0]?.text).toMatch(/^4999\d,é/);
  expect((await page(bench, 'half', 'rejected', 0, 1, "%'; no such")).total).toBe(0);

  const to = join(bench.folder, 'receipt.csv');
  expect(await bench.ask('source:receipt', { table: 'half', path: to })).toEqual({ written: 25_000 });
  const lines = readFileSync(to, 'utf8').trimEnd().split('\n');
  expect(lines).toHaveLength(25_001);
  expect(lines[0]).toBe('what,line,byte,column,count,reason,text,cells');
  expect(lines.at(-1)).toMatch(
    new RegExp(`^rejected,50001,${startOf(text, 50_001)},,1,.*"49999,é,49999,bad,49999",$`),
  );

  // The copy says the same when the file is opened again.
  await bench.ask('source:close', { table: 'half' });
  await bench.ask('source:open', { path, name: 'again' });
  expect(await page(bench, 'again', 'rejected', 24_999, 10)).toEqual(last);
});

it('bytes are those of the file as it is, in its encoding and with its line ends', async () => {
  const bench = await startBench();
  const text = broken(15_000, 10).replaceAll('\n', '\r\n');
  const path = put(bench.folder, 'wide.csv', iconv.encode(text, 'utf-16le', { addBOM: true }));
  await bench.ask('source:open', { path, name: 'wide' });
  const { entries, total } = await page(bench, 'wide', 'rejected', 1499);
  const at = text.indexOf('14995,é');
  expect([total, entries[0]?.line, entries[0]?.byte]).toEqual([1500, 14_997, 2 + 2 * at]);
});

it('records put right, lines skipped and values that do not fit are kept whole too', async () => {
  const bench = await startBench();
  const rows = Array.from({ length: 3000 }, (_, i) => `${i},a "${i}" b,w${i}\n# remark ${i}\n`);
  const path = put(bench.folder, 'mixed.csv', `id,name,word\n${rows.join('')}`);
  const columns = [{ column: 'word', as: 'whole' } as const];
  const table = await bench.ask('source:open', { path, name: 'mixed', dialect: { comment: '#', columns } });
  expect(table.receipt.records).toBe(6000);
  expect(table.receipt.entries).toMatchObject({ skipped: 3000, misfit: 3000, values: 3000 });
  const skipped = await page(bench, 'mixed', 'skipped', 2999);
  expect(skipped).toMatchObject({
    total: 3000,
    entries: [{ line: 6001, count: 1, reason: 'a comment', text: '# remark 2999' }],
  });
  const misfit = await page(bench, 'mixed', 'misfit', 0, 1, 'w2999');
  expect(misfit).toMatchObject({
    total: 1,
    entries: [{ line: null, byte: null, column: 'word', count: 1, text: 'w2999' }],
  });
  const to = join(bench.folder, 'receipt.csv');
  const { written } = await bench.ask('source:receipt', { table: 'mixed', path: to });
  expect(written).toBe((table.receipt.entries?.mended ?? 0) + 6000);
});

it('lines of JSON that are no JSON are kept whole', async () => {
  const bench = await startBench();
  const lines = Array.from({ length: 4000 }, (_, i) =>
    i % 2 === 1 ? `{"a": ${i}, "é" oops` : `{"a": ${i}}`,
  );
  const text = `${lines.join('\n')}\n`;
  const path = put(bench.folder, 'half.ndjson', text);
  const { receipt } = await bench.ask('source:open', { path, name: 'half' });
  expect(receipt.rejected).toBe(2000);
  const { entries, total } = await page(bench, 'half', 'rejected', 1999);
  expect([total, entries[0]?.line, entries[0]?.byte, entries[0]?.text]).toEqual([
    2000,
    4000,
    startOf(text, 4000),
    lines[3999],
  ]);
});

it('a folder keeps the entries of all its files, and each reason names its file', async () => {
  const bench = await startBench();
  const folder = join(bench.folder, 'many');
  mkdirSync(join(folder, 'sub'), { recursive: true });
  put(folder, 'a.csv', broken(15_000, 10));
  put(folder, 'b.csv', broken(200, 10));
  put(join(folder, 'sub'), 'a.csv', broken(12_000, 10));
  const { receipt } = await bench.ask('source:open', { path: join(folder, '**', '*.csv'), name: 'many' });
  expect(receipt.rejected).toBe(1500 + 20 + 1200);
  expect(receipt.rejects).toHaveLength(1000);
  const ask = async (offset: number) => (await page(bench, 'many', 'rejected', offset, 1)).entries[0];
  expect((await ask(0))?.reason).toMatch(/^a\.csv: /);
  expect(await ask(1500)).toMatchObject({ line: 7, reason: expect.stringMatching(/^b\.csv: /) });
  expect(await ask(2719)).toMatchObject({ line: 11_997, reason: expect.stringMatching(/^sub\/a\.csv: /) });
  expect((await page(bench, 'many', 'rejected', 0, 1, 'sub/a.csv')).total).toBe(1200);
});

it('the copy of a clean file has no table of entries', async () => {
  const bench = await startBench();
  const path = put(bench.folder, 'clean.csv', 'a,b\n1,2\n3,4\n');
  const { receipt } = await bench.ask('source:open', { path, name: 'clean' });
  expect(receipt.entries).toBeUndefined();
  expect(await page(bench, 'clean', 'rejected', 0)).toEqual({ entries: [], total: 0 });
});

it('what is written piece by piece is whole or not there, and leaves nothing beside it', async () => {
  const folder = freshFolder();
  const path = join(folder, 'a.txt');
  writeFileSync(path, 'before');
  async function* pieces(most: number) {
    for (let i = 0; i < 3; i++) {
      if (i === most) throw new RangeError('broken off');
      yield `${i}\n`;
    }
  }
  await expect(writePieces(path, pieces(1))).rejects.toThrow('broken off');
  expect(readFileSync(path, 'utf8')).toBe('before');
  await writePieces(path, pieces(9));
  expect(readFileSync(path, 'utf8')).toBe('0\n1\n2\n');
  expect(readdirSync(folder)).toEqual(['a.txt']);
  const under = writePieces(join(path, 'no', 'b.txt'), pieces(9));
  await expect(under).rejects.toMatchObject({ problem: { code: 'folder-not-writable' } });
  expect(existsSync(join(path, 'no'))).toBe(false);
});
