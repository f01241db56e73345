import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readZip, unpackZip } from '../../resources/run/zip.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'assay-zip-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

interface Made {
  readonly name: string;
  readonly text: string;
  readonly mode?: number;
  readonly stored?: boolean;
}

/** A zip archive as common tools make one on Unix. */
function zip(entries: readonly Made[], comment = ''): Buffer {
  const local: Buffer[] = [];
  const directory: Buffer[] = [];
  let start = 0;
  for (const { name, text, mode = 0o100644, stored = false } of entries) {
    const content = Buffer.from(text);
    const packed = stored ? content : deflateRawSync(content);
    const both = Buffer.alloc(26);
    both.writeUInt16LE(20, 0);
    both.writeUInt16LE(stored ? 0 : 8, 4);
    both.writeUInt32LE(crc32(content), 10);
    both.writeUInt32LE(packed.length, 14);
    both.writeUInt32LE(content.length, 18);
    both.writeUInt16LE(Buffer.byteLength(name), 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE((mode << 16) >>> 0, 6);
    place.writeUInt32LE(start, 10);
    directory.push(Buffer.from('PK\x01\x02\x14\x03', 'latin1'), both, place, Buffer.from(name));
    const piece = [Buffer.from('PK\x03\x04', 'latin1'), both, Buffer.from(name), packed];
    local.push(...piece);
    start += Buffer.concat(piece).length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(start, 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([...local, listed, end, Buffer.from(comment)]);
}

describe('a zip archive', () => {
  it('gives back stored and deflated content, names beyond ASCII, and sizes', () => {
    const archive = zip([
      { name: 'a/größe.txt', text: 'x'.repeat(1000) },
      { name: 'empty', text: '', stored: true },
    ]);
    const entries = readZip(archive);
    expect(entries.map((entry) => [entry.name, entry.size, entry.read().toString()])).toEqual([
      ['a/größe.txt', 1000, 'x'.repeat(1000)],
      ['empty', 0, ''],
    ]);
  });

  it('is read although a comment follows its directory', () => {
    expect(readZip(zip([{ name: 'a', text: 'b' }], 'made by hand'))).toHaveLength(1);
  });

  it('unpacks with permissions, folders and links, and says what it wrote', () => {
    const archive = zip([
      { name: 'top/', text: '', mode: 0o40755, stored: true },
      { name: 'top/tool', text: '#!/bin/sh\n', mode: 0o100755 },
      { name: 'top/link', text: 'tool', mode: 0o120777, stored: true },
      { name: 'other/left-out', text: 'no' },
    ]);
    const written = unpackZip(readZip(archive), folder, (name) =>
      name.startsWith('top/') ? name.slice(4) : undefined,
    );
    expect(written).toEqual({ tool: 10 });
    expect(statSync(path.join(folder, 'tool')).mode & 0o777).toBe(0o755);
    expect(readlinkSync(path.join(folder, 'link'))).toBe('tool');
    expect(readdirSync(folder).sort()).toEqual(['link', 'tool']);
    expect(readFileSync(path.join(folder, 'link'), 'utf8')).toBe('#!/bin/sh\n');
  });

  it('is refused when an entry would land outside the folder', () => {
    const archive = zip([{ name: '../outside', text: 'x' }]);
    expect(() => unpackZip(readZip(archive), folder)).toThrow('outside its folder: ../outside');
  });

  it('is refused when a byte of its content was changed', () => {
    const archive = zip([{ name: 'a', text: 'hello', stored: true }]);
    archive.write('J', archive.indexOf('hello'));
    expect(() => readZip(archive)[0]?.read()).toThrow('a is damaged');
  });

  it('is refused when it is cut short or is something else', () => {
    const archive = zip([{ name: 'a', text: 'hello' }]);
    expect(() => readZip(archive.subarray(0, archive.length - 30))).toThrow('cut short');
    expect(() => readZip(Buffer.from('<html>not found</html>'))).toThrow('not a zip archive');
    expect(() => readZip(Buffer.alloc(0))).toThrow('not a zip archive');
  });
});
