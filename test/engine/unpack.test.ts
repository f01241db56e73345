import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { entriesOf, type Packing, packingOf, unpack } from '../../src-main/engine/unpack';
import { zipOf, zstdOf } from '../support/archive';
import { freshFolder, put } from '../support/folder';

const text = Buffer.from(Array.from({ length: 5000 }, (_, i) => `${i},name ${i}\n`).join(''));

function packed(bytes: Buffer): { path: string; to: string } {
  const folder = freshFolder();
  return { path: put(folder, 'a', bytes), to: join(folder, 'out') };
}

it.each<[string, Packing, () => Buffer, Buffer]>([
  ['gzip', 'gzip', () => gzipSync(text), text],
  [
    'gzip of several members',
    'gzip',
    () => Buffer.concat([gzipSync(text), gzipSync(text)]),
    Buffer.concat([text, text]),
  ],
  ['gzip padded with zeros', 'gzip', () => Buffer.concat([gzipSync(text), Buffer.alloc(600)]), text],
  ['Zstandard', 'zstd', () => zstdOf([text]), text],
  [
    'Zstandard of several frames',
    'zstd',
    () => Buffer.concat([zstdOf([text]), zstdOf([text])]),
    Buffer.concat([text, text]),
  ],
  ['zip', 'zip', () => zipOf({ 'd/a.csv': text, '__MACOSX/d/._a.csv': 'x' }), text],
])('%s is unpacked whole', async (_, kind, bytes, expected) => {
  const { path, to } = packed(bytes());
  expect(packingOf(path, readFileSync(path))).toBe(kind);
  expect(await unpack(path, kind, to)).toEqual({ bytes: expected.length, notes: [] });
  expect(readFileSync(to).equals(expected)).toBe(true);
});

const damagedZip = () => {
  const bytes = zipOf({ 'a.csv': 'a,b\n1,2\n' });
  bytes.write('9', bytes.indexOf('1,2'));
  return bytes;
};
it.each<[string, Packing, () => Buffer, RegExp]>([
  ['cut off gzip', 'gzip', () => gzipSync(text).subarray(0, 5000), /cut off/],
  [
    'gzip with something after it',
    'gzip',
    () => Buffer.concat([gzipSync(text), Buffer.from('more')]),
    /follows/,
  ],
  [
    'gzip with a flipped bit',
    'gzip',
    () => {
      const bytes = gzipSync(text);
      bytes[bytes.length - 6]! ^= 1;
      return bytes;
    },
    /damaged/,
  ],
  ['cut off Zstandard', 'zstd', () => zstdOf([text]).subarray(0, 5000), /cut off/],
  ['cut off zip', 'zip', () => zipOf({ 'a.csv': text }).subarray(0, 5000), /damaged/],
  ['zip with a wrong checksum', 'zip', damagedZip, /checksum/],
  ['zip with a password', 'zip', () => zipOf({ 'a.csv': 'x'.repeat(20) }, { encrypted: true }), /password/],
  ['zip of several files', 'zip', () => zipOf({ 'a.csv': 'x', 'b.csv': 'y' }), /2 files \(a.csv, b.csv\)/],
  [
    'a tar archive in gzip',
    'gzip',
    () => {
      const tar = Buffer.alloc(1024);
      tar.write('ustar', 257);
      return gzipSync(tar);
    },
    /tar/,
  ],
])('%s is refused and leaves no file', async (_, kind, bytes, reason) => {
  const { path, to } = packed(bytes());
  await expect(unpack(path, kind, to)).rejects.toMatchObject({
    problem: { code: 'source-broken', about: { reason: expect.stringMatching(reason) } },
  });
  expect(existsSync(to)).toBe(false);
});

it('what unpacks to more than the limit is stopped and leaves no file', async () => {
  const { path, to } = packed(gzipSync(Buffer.alloc(3_000_000)));
  await expect(unpack(path, 'gzip', to, { limit: 1_000_000 })).rejects.toMatchObject({
    problem: { code: 'source-limit' },
  });
  expect(existsSync(to)).toBe(false);
});

it('a small file that unpacks without end is stopped long before the disk is full', async () => {
  const { path, to } = packed(zstdOf(Array.from({ length: 100 }, () => ({ byte: 48, times: 131_072 }))));
  await expect(unpack(path, 'zstd', to, { trustUpTo: 1_000_000 })).rejects.toMatchObject({
    problem: { code: 'source-limit', about: { reason: 'it unpacks to more than 1,000 times its size' } },
  });
  expect(existsSync(to)).toBe(false);
});

it('unpacking ends when it is no longer wanted', async () => {
  const { path, to } = packed(gzipSync(text));
  await expect(unpack(path, 'gzip', to, { signal: AbortSignal.abort() })).rejects.toMatchObject({
    problem: { code: 'query-cancelled' },
  });
  const later = new AbortController();
  const running = unpack(path, 'gzip', to, { signal: later.signal });
  later.abort();
  await expect(running).rejects.toMatchObject({ problem: { code: 'query-cancelled' } });
  expect(existsSync(to)).toBe(false);
});

it('an entry of a zip is unpacked by its path', async () => {
  const { path, to } = packed(zipOf({ 'b.csv': 'y\n', 'd/': '', 'd/a.csv': 'x\n', '.DS_Store': 'z' }));
  expect(await entriesOf(path)).toEqual(['b.csv', 'd/a.csv']);
  await unpack(path, 'zip', to, { entry: 'd/a.csv' });
  expect(readFileSync(to, 'utf8')).toBe('x\n');
});

it.each([
  ['425a683931415926', 'bzip2'],
  ['fd377a585a000004', 'xz'],
  ['377abcaf271c0004', '7z'],
  ['526172211a070100', 'RAR'],
])('%s is refused by its name, %s', (hex, name) => {
  expect(() => packingOf('a', Buffer.from(hex, 'hex'))).toThrow(name);
});

it('a text that begins like an archive is a text', () => {
  expect(packingOf('a', Buffer.from('BZh,name\n1,2\n'))).toBeNull();
});
