/**
 * A first look at a large text file while it is read: the profile of a sample that is drawn from all over it, because rows
 * from its beginning say little about a file that is sorted.
 */
import { randomUUID } from 'node:crypto';
import { type FileHandle, open, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Glance } from '../contract';
import { ProblemError, problem } from '../core/problem';
import type { ColumnProfile } from '../core/profile/profile';
import { detect } from '../core/source/detect';
import type { Dialect } from '../core/source/receipt';
import { literal } from '../core/sql';
import { alone } from './alone';
import { toldEncoding } from './doubts';
import { detectEncoding } from './encoding';
import { loadFailure } from './failure';
import { probe } from './probe';
import { type Clock, profileColumn } from './profile';
import { type SessionOptions, wholeResult } from './session';
import { readText } from './text';
import { transcode } from './transcode';

/** Stretches of the file that make the sample, and the bytes of each. */
const STRETCHES = 16;
const STRETCH = 128 * 1024;
/** Columns that are profiled at most: a glance must be quick. */
const COLUMNS = 100;

export interface GlanceAsk {
  /** A text file of any encoding, neither packed nor a workbook. */
  readonly path: string;
  readonly dialect?: Partial<Dialect>;
}

/**
 * @throws ProblemError `source-format-unknown` for anything else; `query-cancelled`.
 */
export async function glance(
  ask: GlanceAsk,
  options: SessionOptions,
  clock: Clock,
  signal?: AbortSignal,
): Promise<Glance> {
  const work = join(options.tables, `w_${randomUUID().replaceAll('-', '')}`);
  const made = [`${work}.head`, `${work}.txt`, `${work}.csv`];
  try {
    return await look(ask, work, options, clock, signal);
  } catch (error) {
    throw loadFailure(error, ask.path, signal, options);
  } finally {
    await Promise.all(made.map((file) => rm(file, { force: true })));
  }
}

async function look(
  { path, dialect: given = {} }: GlanceAsk,
  work: string,
  options: SessionOptions,
  clock: Clock,
  signal?: AbortSignal,
): Promise<Glance> {
  const found = await probe(path);
  if (found.format !== 'csv' || found.packing !== null)
    throw new ProblemError(problem('source-format-unknown', { path }));
  const head = `${work}.head`;
  const text = `${work}.txt`;
  const drawn = await drawSample(path, found.bytes, signal);
  await writeFile(head, drawn, { flag: 'wx' });
  const encoding = toldEncoding(path, given) ?? (await detectEncoding(head, drawn.length, signal))?.encoding;
  if (encoding === undefined) throw new ProblemError(problem('source-binary', { path }));
  const { bytes } = await transcode(head, text, encoding, signal ? { signal } : {});
  const reach = { files: [text], folders: [options.tables] };
  return alone(':memory:', reach, options, signal, async (run, connection) => {
    const read = await readText(run, { text, original: head, work, encoding, given, bytes, signal });
    const shown = `(FROM read_csv(${literal(path)}) LIMIT ${read.rows})`;
    const profiles: ColumnProfile[] = [];
    for (const column of read.columns.slice(0, COLUMNS)) {
      signal?.throwIfAborted();
      const source = { read: 'data', shown };
      const query = (sql: string) => wholeResult(connection, sql);
      profiles.push(await profileColumn(query, source, column, clock, 'sample'));
    }
    return { path, profiles, rows: read.rows, seen: drawn.length, bytes: found.bytes };
  });
}

/** Whole lines from all over a file: its beginning, and stretches at equal distances. */
async function drawSample(path: string, bytes: number, signal?: AbortSignal): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    if (bytes <= STRETCHES * STRETCH) return await stretch(file, 0, bytes);
    const first = await stretch(file, 0, STRETCH);
    const parts = [first.subarray(0, first.lastIndexOf(LF) + 1)];
    if (!linesStand(first)) return parts[0] as Buffer;
    const step = (bytes - STRETCH) / (STRETCHES - 1);
    for (let i = 1; i < STRETCHES; i++) {
      signal?.throwIfAborted();
      const piece = await stretch(file, Math.floor(i * step), STRETCH);
      parts.push(piece.subarray(piece.indexOf(LF) + 1, piece.lastIndexOf(LF) + 1));
    }
    return Buffer.concat(parts);
  } finally {
    await file.close();
  }
}

const LF = 10;

/** Whether a line feed byte ends a record wherever it stands: not in UTF-16 or -32, nor where records span lines. */
function linesStand(head: Buffer): boolean {
  if (head.indexOf(0) >= 0 || head.lastIndexOf(LF) < 0) return false;
  const text = head.toString('utf8', 0, head.lastIndexOf(LF) + 1);
  return detect(text).survey.spans.every((lines) => lines === 1);
}

async function stretch(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  let done = 0;
  while (done < length) {
    const { bytesRead } = await file.read(buffer, done, length - done, at + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return buffer.subarray(0, done);
}
