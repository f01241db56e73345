import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { expect, it } from 'vitest';
import { transcode } from '../../src-main/engine/transcode';
import { freshFolder, put } from '../support/folder';

async function recode(content: Buffer, encoding: string) {
  const folder = freshFolder();
  const to = join(folder, 'out.txt');
  const done = await transcode(put(folder, 'in.csv', content), to, encoding);
  const out = readFileSync(to);
  expect(done.bytes).toBe(out.length);
  return { text: out.toString('utf8'), replaced: done.replaced };
}

const texts: readonly (readonly [string, string])[] = [
  ['windows-1252', 'id,name\r\n1,Müller €\r2,\0"é"\n\n'],
  ['iso-8859-1', 'id\n\u0085é\n'],
  ['koi8-r', 'Москва;12\n'],
  ['utf-16le', 'id,Łódź\r\n😀\0\n'],
  ['utf-16be', 'id,Łódź\r\n😀\0\n'],
  ['utf-32le', 'id,Łódź\r\n😀\0\n'],
  ['utf-32be', 'id,Łódź\r\n😀\0\n'],
  ['shift_jis', '東京,ソ\n'],
  ['gb18030', '北京,😀\n'],
  ['euc-kr', '서울\n'],
  ['big5', '台北\n'],
  ['utf-8', 'Zoë\n'],
];

it.each(texts)('%s becomes UTF-8, character by character', async (encoding, text) => {
  expect(await recode(iconv.encode(text, encoding, { addBOM: false }), encoding)).toEqual({
    text,
    replaced: 0,
  });
});

it.each(['utf-8', 'utf-16le', 'utf-16be', 'utf-32le', 'utf-32be', 'gb18030'])(
  'the mark of %s is dropped, and only the first',
  async (encoding) => {
    const bytes = iconv.encode('\ufeffid\n\ufeff1\n', encoding, { addBOM: false });
    expect(await recode(bytes, encoding)).toEqual({ text: 'id\n\ufeff1\n', replaced: 0 });
  },
);

it.each([
  ['windows-1252', Buffer.from([0x61, 0x81, 0x0a]), 'a\ufffd\n', 1],
  ['utf-8', Buffer.from([0x61, 0xff, 0xe2, 0x82, 0x0a, 0xef, 0xbf, 0xbd]), 'a\ufffd\ufffd\n\ufffd', 2],
  ['utf-16le', Buffer.from([0x61, 0, 0x3d, 0xd8, 0x0a, 0, 0xfd, 0xff, 0x62]), 'a\ufffd\n\ufffd\ufffd', 2],
  ['utf-32le', Buffer.from([0x61, 0, 0, 0, 0, 0, 0x11, 0, 0x0a, 0, 0, 0]), 'a\ufffd\n', 1],
  ['gb18030', Buffer.from([0x61, 0xff, 0x0a]), 'a\ufffd\n', 1],
] as const)(
  'what %s has no character for is replaced and counted',
  async (encoding, bytes, text, replaced) => {
    expect(await recode(bytes, encoding)).toEqual({ text, replaced });
  },
);

it('characters that two pieces share stay whole', async () => {
  for (const encoding of ['utf-8', 'utf-16le', 'utf-16be', 'utf-32le', 'gb18030', 'shift_jis']) {
    const char = encoding === 'shift_jis' ? '東' : '😀';
    for (const shift of ['', 'x']) {
      const text = shift + char.repeat(600_000);
      const { text: out, replaced } = await recode(iconv.encode(text, encoding, { addBOM: false }), encoding);
      expect([encoding, out === text, replaced]).toEqual([encoding, true, 0]);
    }
  }
});

it('any text of an encoding comes through', async () => {
  const letters = 'aé,"\n\r\0ö€ '.split('');
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...letters)).map((l) => l.join('')),
      fc.constantFrom('windows-1252', 'utf-16le', 'utf-16be', 'utf-32be', 'gb18030', 'utf-8'),
      async (text, encoding) => {
        expect(await recode(iconv.encode(text, encoding, { addBOM: false }), encoding)).toEqual({
          text,
          replaced: 0,
        });
      },
    ),
    { numRuns: 60, seed: 5 },
  );
});

it('progress is told in bytes of the original', async () => {
  const folder = freshFolder();
  const path = put(folder, 'in.csv', Buffer.alloc(2_500_000, 'é', 'latin1'));
  const seen: number[] = [];
  await transcode(path, join(folder, 'out.txt'), 'windows-1252', { onBytes: (bytes) => seen.push(bytes) });
  expect(seen.at(-1)).toBe(2_500_000);
  expect(seen).toEqual([...seen].sort((a, b) => a - b));
});

it('a cancelled copy leaves no file', async () => {
  const folder = freshFolder();
  const path = put(folder, 'in.csv', Buffer.alloc(5_000_000, 'é', 'latin1'));
  const to = join(folder, 'out.txt');
  const abort = new AbortController();
  const copy = transcode(path, to, 'windows-1252', { signal: abort.signal, onBytes: () => abort.abort() });
  await expect(copy).rejects.toMatchObject({ problem: { code: 'query-cancelled' } });
  expect(existsSync(to)).toBe(false);
});

it('a copy that fails leaves no file, and one that was there stays', async () => {
  const folder = freshFolder();
  await expect(transcode(folder, join(folder, 'out.txt'), 'utf-16le')).rejects.toMatchObject({
    code: 'EISDIR',
  });
  expect(existsSync(join(folder, 'out.txt'))).toBe(false);
  const there = put(folder, 'there.txt', 'mine');
  const path = put(folder, 'in.csv', 'a\n');
  await expect(transcode(path, there, 'utf-8')).rejects.toMatchObject({ code: 'EEXIST' });
  expect(readFileSync(there, 'utf8')).toBe('mine');
});

it('a place that cannot be written and an encoding that cannot be read are told, and nothing is left', async () => {
  const folder = freshFolder();
  const path = put(folder, 'in.csv', Buffer.alloc(1000, 'é', 'latin1'));
  await expect(transcode(path, join(folder, 'missing', 'out.txt'), 'windows-1252')).rejects.toMatchObject({
    code: 'ENOENT',
  });
  await expect(transcode(path, join(folder, 'out.txt'), 'ebcdic')).rejects.toThrow(RangeError);
  expect(existsSync(join(folder, 'out.txt'))).toBe(false);
});
