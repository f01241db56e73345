/**
 * Checks the pages of a Parquet file against the checksums that it carries, which DuckDB reads past.
 *
 * Few writers put them in, so the first page decides: a file without them costs nothing. The header of a page is Thrift's
 * compact protocol (Apache Parquet, PageHeader: 1 type, 2 uncompressed size, 3 compressed size, 4 CRC-32 of the page as it is
 * stored).
 */
import { type FileHandle, open } from 'node:fs/promises';
import { crc32 } from './crc';

export interface ColumnChunk {
  readonly column: string;
  /** Where its first page begins. */
  readonly start: number;
  /** Bytes of all its pages, headers included. */
  readonly size: number;
}

export interface Damaged {
  readonly column: string;
  readonly byte: number;
}

/** Bytes that are checked at most: what is beyond would hold up the opening of a file that is read in place. */
const CHECKED = 256 * 1024 * 1024;
const HEADER = 1024;

/** @returns the pages that differ from their checksums; `seen` is false if the file carries none. */
export async function checkPages(
  path: string,
  chunks: readonly ColumnChunk[],
  signal?: AbortSignal,
): Promise<{ seen: boolean; damaged: Damaged[] }> {
  const file = await open(path, 'r');
  const damaged: Damaged[] = [];
  let checked = 0;
  let seen = false;
  try {
    for (const { column, start, size } of chunks) {
      for (let at = start; at < start + size; ) {
        signal?.throwIfAborted();
        const header = await pageAt(file, at);
        if (header === null) break;
        const body = at + header.length;
        if (header.crc === null) {
          if (!seen) return { seen: false, damaged };
        } else {
          seen = true;
          checked += header.size;
          if (checked > CHECKED) return { seen, damaged };
          const bytes = Buffer.alloc(header.size);
          await file.read(bytes, 0, bytes.length, body);
          if (crc32(bytes) !== header.crc) damaged.push({ column, byte: at });
        }
        at = body + header.size;
      }
    }
    return { seen, damaged };
  } finally {
    await file.close();
  }
}

interface Page {
  /** Bytes of the header itself. */
  readonly length: number;
  /** Bytes of the page after it. */
  readonly size: number;
  /** Unsigned; null if there is none. */
  readonly crc: number | null;
}

async function pageAt(file: FileHandle, at: number): Promise<Page | null> {
  const bytes = Buffer.alloc(HEADER);
  const { bytesRead } = await file.read(bytes, 0, HEADER, at);
  try {
    return readHeader(bytes.subarray(0, bytesRead));
  } catch (error) {
    // A header with long statistics, or none at all: nothing can be said about this page.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function readHeader(bytes: Buffer): Page | null {
  let i = 0;
  let size: number | null = null;
  let crc: number | null = null;
  const varint = (): number => {
    let value = 0;
    for (let shift = 1; ; shift *= 128) {
      const byte = bytes.readUInt8(i++);
      value += (byte & 127) * shift;
      if (byte < 128) return value;
    }
  };
  const zigzag = (): number => {
    const n = varint();
    return n % 2 === 0 ? n / 2 : -(n + 1) / 2;
  };
  const skip = (type: number): void => {
    if (type === 1 || type === 2) return;
    if (type === 3) i++;
    else if (type >= 4 && type <= 6) varint();
    else if (type === 7) i += 8;
    else if (type === 8) {
      const length = varint();
      i += length;
    } else if (type === 12) struct(() => false);
    else throw new RangeError('a page header with lists');
  };
  const struct = (take: (id: number, type: number) => boolean): void => {
    let id = 0;
    for (;;) {
      const head = bytes.readUInt8(i++);
      if (head === 0) return;
      const delta = head >> 4;
      id = delta === 0 ? zigzag() : id + delta;
      if (!take(id, head & 15)) skip(head & 15);
    }
  };
  struct((id, type) => {
    if (type !== 5 || (id !== 3 && id !== 4)) return false;
    if (id === 3) size = zigzag();
    else crc = zigzag() >>> 0;
    return true;
  });
  return size === null || size < 0 ? null : { length: i, size, crc };
}
