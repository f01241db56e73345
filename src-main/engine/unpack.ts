/**
 * Unpacks what stands in an archive to a work file, by streaming and within bounds, so that a small file that holds an
 * endless one costs neither the disk nor the session.
 */
import { createReadStream } from 'node:fs';
import { type FileHandle, open, rm, stat, statfs } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { Decompress } from 'fzstd';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { ProblemError, problem } from '../core/problem';
import { reasonOf } from './reason';

export type Packing = 'gzip' | 'zstd' | 'zip';

export interface UnpackOptions {
  /** Path within a zip; its only entry unless given. */
  readonly entry?: string;
  readonly signal?: AbortSignal;
  /** Bytes that may come out; default 20 GB, and never more than the disk has free less 1 GB. */
  readonly limit?: number;
  /** Bytes above which what packs more than a thousandfold is taken for a trap; default 1 GB. */
  readonly trustUpTo?: number;
}

export interface Unpacked {
  /** Bytes that came out. */
  readonly bytes: number;
  /** What was odd but cost nothing, in sentences: bytes after the end that belong to nothing. */
  readonly notes: readonly string[];
}

const GB = 1024 ** 3;
const LIMIT = 20 * GB;
/** Text hardly packs better than this; what does, and is large, is not text. */
const RATIO_MAX = 1000;
/** A window of zstd that is larger would have to be held in memory; its own tools refuse it too, unless told. */
const WINDOW_MAX = 128 * 1024 * 1024;

const packings: readonly (readonly [string, Packing])[] = [
  ['1f8b', 'gzip'],
  ['28b52ffd', 'zstd'],
  ['502a4d18', 'zstd'],
  ['504b0304', 'zip'],
  ['504b0506', 'zip'],
];

/** Archives that are known and not unpacked. */
const refused: readonly (readonly [string, string])[] = [
  ['425a68', 'a bzip2 archive'],
  ['fd377a585a00', 'an xz archive'],
  ['377abcaf271c', 'a 7z archive'],
  ['526172211a07', 'a RAR archive'],
  ['04224d18', 'an LZ4 archive'],
  ['1f9d', 'a compress (.Z) archive'],
];

/**
 * How a file is packed, by its first bytes; null if it is not.
 * @param head Its first bytes, 265 or more where it has them.
 * @throws ProblemError `source-broken` that names an archive that is not unpacked.
 */
export function packingOf(path: string, head: Buffer): Packing | null {
  const hex = head.toString('hex', 0, 8);
  const named = refused.find(([magic]) => hex.startsWith(magic));
  // "BZh" also begins a word; the digit and the block mark after it do not.
  if (named !== undefined && (named[0] !== '425a68' || /^425a683[1-9]314159/.test(hex))) {
    throw broken(path, `it is ${named[1]}; unpack it first`);
  }
  if (isTar(head)) throw broken(path, 'it is a tar archive; unpack it first');
  return packings.find(([magic]) => hex.startsWith(magic))?.[1] ?? null;
}

/** Whether a packed file is JSON by its name. */
export function isJsonName(name: string): boolean {
  return /\.(json|jsonl|ndjson|geojson)(\.\w+)?$/i.test(name);
}

function isTar(head: Buffer): boolean {
  return head.length >= 262 && head.toString('latin1', 257, 262) === 'ustar';
}

function broken(path: string, reason: string): ProblemError {
  return new ProblemError(problem('source-broken', { path, reason }));
}

/**
 * The files of a zip that hold something, by their paths, sorted; what a Mac adds beside them is left out.
 * @throws ProblemError `source-broken` if it cannot be read.
 */
export async function entriesOf(path: string): Promise<readonly string[]> {
  return (await listZip(path)).map((entry) => entry.fileName);
}

/** Entries of a zip with their sizes, as its directory says; at most 10,000. */
export async function listZip(path: string): Promise<readonly Entry[]> {
  const zip = await openZip(path);
  try {
    const entries: Entry[] = [];
    for await (const entry of zip.eachEntry()) {
      const name = entry.fileName;
      if (name.endsWith('/') || /(^|\/)(__MACOSX\/|\.DS_Store$|\._)/.test(name)) continue;
      entries.push(entry);
      if (entries.length > 10_000) {
        throw new ProblemError(problem('source-limit', { path, reason: 'it holds more than 10,000 files' }));
      }
    }
    return entries.sort((a, b) => (a.fileName < b.fileName ? -1 : 1));
  } catch (error) {
    throw failure(path, error);
  } finally {
    zip.close();
  }
}

async function openZip(path: string): Promise<ZipFile> {
  try {
    return await openPromise(path, { lazyEntries: true, autoClose: false });
  } catch (error) {
    throw failure(path, error);
  }
}

/**
 * A stream of one entry of a zip, checked against its size; close the archive afterwards.
 * @throws ProblemError `source-broken` if there is no such entry, it is encrypted or packed in an unknown way.
 */
export async function entryStream(
  path: string,
  name: string,
): Promise<{ stream: Readable; entry: Entry; close(): void }> {
  const entry = (await listZip(path)).find((e) => e.fileName === name);
  if (entry === undefined)
    throw new ProblemError(problem('part-missing', { path, kind: 'file', part: name }));
  if (entry.isEncrypted()) throw broken(path, `${name} in it is protected by a password`);
  if (!entry.canDecodeFileData())
    throw broken(
      path,
      `${name} in it is packed in a way that is not known (method ${entry.compressionMethod})`,
    );
  const zip = await openZip(path);
  try {
    return { stream: await zip.openReadStreamPromise(entry), entry, close: () => zip.close() };
  } catch (error) {
    zip.close();
    throw failure(path, error);
  }
}

function failure(path: string, error: unknown): unknown {
  if (error instanceof ProblemError) return error;
  const { code } = error as NodeJS.ErrnoException;
  if (code?.startsWith('E') && !code.startsWith('ERR')) {
    return new ProblemError(problem('source-unreadable', { path, reason: reasonOf(error) }));
  }
  const reason = error instanceof Error ? error.message : String(error);
  if (/abort/i.test(reason) && (error as Error).name === 'AbortError')
    return new ProblemError(problem('query-cancelled', {}));
  return broken(path, `the archive is damaged (${reason.slice(0, 200)})`);
}

/**
 * Unpacks to a new file, which is removed again if that fails. A gzip file may have several members, and zeros after the
 * last are padding. A file that is cut off or followed by something else is refused: nobody can say what is missing.
 * @param to Must not exist.
 * @throws ProblemError `source-broken`, `source-limit`, `source-unreadable` or `query-cancelled`.
 */
export async function unpack(
  path: string,
  kind: Packing,
  to: string,
  options: UnpackOptions = {},
): Promise<Unpacked> {
  const { signal } = options;
  const packed = (await stat(path)).size;
  let target: FileHandle | null = null;
  try {
    if (signal?.aborted) throw new ProblemError(problem('query-cancelled', {}));
    target = await open(to, 'wx');
    const disk = await statfs(dirname(to));
    const free = Math.max(0, disk.bavail * disk.bsize - GB);
    const sink = new Sink(
      path,
      target,
      Math.min(options.limit ?? LIMIT, free),
      packed,
      free,
      options.trustUpTo ?? GB,
    );
    if (kind === 'gzip') return await gunzip(path, packed, sink, signal);
    if (kind === 'zstd') return await unzstd(path, sink, signal);
    return await unzip(path, sink, options);
  } catch (error) {
    await target?.close();
    target = null;
    await rm(to, { force: true });
    throw signal?.aborted ? new ProblemError(problem('query-cancelled', {})) : failure(path, error);
  } finally {
    await target?.close();
  }
}

/** Writes what comes out, and stops where it is too much. */
class Sink {
  bytes = 0;

  constructor(
    private readonly path: string,
    private readonly file: FileHandle,
    private readonly limit: number,
    public packed: number,
    private readonly free: number,
    private readonly trusted: number,
  ) {}

  async write(chunk: Uint8Array): Promise<void> {
    if (this.bytes === 0 && isTar(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength))) {
      throw broken(this.path, 'a tar archive is packed in it; unpack it first');
    }
    this.bytes += chunk.length;
    if (this.bytes > this.limit) {
      const reason =
        this.limit === this.free
          ? 'the disk has not enough space to unpack it'
          : `unpacked it is larger than ${sized(this.limit)}`;
      throw new ProblemError(problem('source-limit', { path: this.path, reason }));
    }
    if (this.bytes > this.trusted && this.bytes > this.packed * RATIO_MAX) {
      const reason = `it unpacks to more than ${RATIO_MAX.toLocaleString('en')} times its size`;
      throw new ProblemError(problem('source-limit', { path: this.path, reason }));
    }
    await this.file.writeFile(chunk);
  }
}

function sized(bytes: number): string {
  return bytes >= GB ? `${+(bytes / GB).toFixed(1)} GB` : `${+(bytes / 1024 ** 2).toFixed(1)} MB`;
}

async function gunzip(
  path: string,
  packed: number,
  sink: Sink,
  signal: AbortSignal | undefined,
): Promise<Unpacked> {
  const gunzip = createGunzip({ chunkSize: 1 << 18 });
  const source = createReadStream(path, { highWaterMark: 1 << 18, signal });
  source.on('error', (error) => gunzip.destroy(error));
  source.pipe(gunzip);
  try {
    for await (const chunk of gunzip) await sink.write(chunk as Buffer);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'Z_BUF_ERROR')
      throw broken(path, 'the gzip archive is cut off');
    if ((error as Error).message === 'incorrect header check')
      throw broken(path, 'something that is not gzip follows the archive in the file');
    throw error;
  } finally {
    source.destroy();
    gunzip.destroy();
  }
  const rest = packed - gunzip.bytesWritten;
  return { bytes: sink.bytes, notes: rest > 0 ? await restNote(path, gunzip.bytesWritten) : [] };
}

/** What follows the archive proper, unless it is only zeros. */
async function restNote(path: string, from: number): Promise<readonly string[]> {
  let other = 0;
  for await (const chunk of createReadStream(path, { start: from })) {
    for (const byte of chunk as Buffer) if (byte !== 0) other++;
  }
  return other === 0
    ? []
    : ['Bytes after the end of the archive belong to nothing that can be unpacked, and were left out'];
}

async function unzstd(path: string, sink: Sink, signal: AbortSignal | undefined): Promise<Unpacked> {
  const out: Uint8Array[] = [];
  const reader = new Decompress((chunk) => {
    if (chunk.length > 0) out.push(chunk);
  });
  let first = true;
  let summed = false;
  const drain = async () => {
    for (const chunk of out.splice(0)) await sink.write(chunk);
  };
  // Small steps in, because all that a step gives is held at once.
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 16, signal })) {
    if (first) {
      if ((chunk as Buffer)[0] === 0x28) checkWindow(path, chunk as Buffer);
      summed = (((chunk as Buffer)[4] ?? 0) & 4) !== 0;
    }
    first = false;
    reader.push(chunk as Buffer);
    await drain();
  }
  try {
    reader.push(new Uint8Array(0), true);
  } catch {
    throw broken(path, 'the Zstandard archive is cut off, or something else follows it');
  }
  await drain();
  return {
    bytes: sink.bytes,
    notes: summed ? ['The checksum of the archive was not checked, because its reader cannot'] : [],
  };
}

/** The memory a frame asks for stands in its header (RFC 8878, section 3.1.1.1.2). */
function checkWindow(path: string, head: Buffer): void {
  const descriptor = head[4] ?? 0;
  if (descriptor & 0x20) return;
  const window = head[5] ?? 0;
  const base = 2 ** (10 + (window >> 3));
  if (base + (base / 8) * (window & 7) > WINDOW_MAX) {
    const reason = 'unpacking it takes more than 128 MB of memory';
    throw new ProblemError(problem('source-limit', { path, reason }));
  }
}

async function unzip(path: string, sink: Sink, options: UnpackOptions): Promise<Unpacked> {
  let name = options.entry;
  if (name === undefined) {
    const names = await entriesOf(path);
    if (names.length === 0) throw new ProblemError(problem('source-empty', { path }));
    if (names.length > 1) {
      const listed = names.slice(0, 5).map((n) => basename(n));
      throw broken(
        path,
        `it holds ${names.length} files (${listed.join(', ')}${names.length > 5 ? ', …' : ''}); say which`,
      );
    }
    name = names[0]!;
  }
  const { stream, entry, close } = await entryStream(path, name);
  const stop = () => stream.destroy(new Error('aborted'));
  options.signal?.addEventListener('abort', stop);
  try {
    sink.packed = Math.max(1, entry.compressedSize);
    const sum = new Crc();
    for await (const chunk of stream) {
      sum.add(chunk as Buffer);
      await sink.write(chunk as Buffer);
    }
    if (sum.value !== entry.crc32 >>> 0)
      throw broken(path, `${name} in it is damaged: its checksum is wrong`);
    return { bytes: sink.bytes, notes: [] };
  } finally {
    options.signal?.removeEventListener('abort', stop);
    stream.destroy();
    close();
  }
}

/** The checksum of zip entries, which the reader of the archive leaves to its caller. */
class Crc {
  private static readonly table = Uint32Array.from({ length: 256 }, (_, n) => {
    let c = n;
    for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
    return c;
  });
  private c = 0xffffffff;

  add(chunk: Uint8Array): void {
    let c = this.c;
    for (let i = 0; i < chunk.length; i++) c = Crc.table[(c ^ chunk[i]!) & 255]! ^ (c >>> 8);
    this.c = c;
  }

  get value(): number {
    return (this.c ^ 0xffffffff) >>> 0;
  }
}
