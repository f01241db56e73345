/**
 * What stands at a path, found out before any reader touches it.
 */

import { isUtf8 } from 'node:buffer';
import { constants } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { ProblemError, problem } from '../core/problem';
import type { Format } from '../core/source/receipt';

export interface Probe {
  readonly format: Format;
  readonly bytes: number;
  readonly modified: number;
  /** Of text: `utf-8`, `utf-16le`, `utf-16be` or `windows-1252`, judged by the first megabyte. */
  readonly encoding: string;
}

const HEAD = 1 << 20;

/** Signatures of files that people take for tables; they are neither text nor Parquet. */
const foreign: readonly (readonly [string, string])[] = [
  ['PK\u0003\u0004', 'a zip archive or a workbook'],
  ['\u001f\u008b', 'a gzip archive'],
  ['(\u00b5/\u00fd', 'a Zstandard archive'],
  ['\u00d0\u00cf\u0011\u00e0', 'an old workbook'],
  ['%PDF', 'a PDF document'],
  ['SQLite format 3', 'an SQLite database'],
];

/**
 * @throws ProblemError `source-missing`, `source-unreadable`, `source-is-directory`, `source-not-a-file`,
 *  `source-empty`, `source-binary` or `source-broken`.
 */
export async function probe(path: string): Promise<Probe> {
  const facts = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw new ProblemError(
      error.code === 'ENOENT' || error.code === 'ENOTDIR'
        ? problem('source-missing', { path })
        : problem('source-unreadable', { path, reason: reasonOf(error) }),
    );
  });
  if (facts.isDirectory()) throw new ProblemError(problem('source-is-directory', { path }));
  if (!facts.isFile()) throw new ProblemError(problem('source-not-a-file', { path }));
  if (facts.size === 0) throw new ProblemError(problem('source-empty', { path }));
  const file = await open(path, constants.O_RDONLY).catch((error: NodeJS.ErrnoException) => {
    throw new ProblemError(problem('source-unreadable', { path, reason: reasonOf(error) }));
  });
  try {
    const head = Buffer.alloc(Math.min(HEAD, facts.size));
    await file.read(head, 0, head.length, 0);
    const tail = Buffer.alloc(4);
    await file.read(tail, 0, 4, Math.max(0, facts.size - 4));
    const format = formatOf(path, head, tail);
    return {
      format,
      bytes: facts.size,
      modified: facts.mtimeMs,
      encoding: format === 'csv' ? encodingOf(path, head) : '',
    };
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    throw new ProblemError(problem('source-unreadable', { path, reason: reasonOf(error) }));
  } finally {
    await file.close();
  }
}

/** Why the system refused, in its words but without the path, which the problem already names. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = (error as NodeJS.ErrnoException).code;
  const known: Record<string, string> = {
    EACCES: 'permission denied',
    EPERM: 'permission denied',
    ELOOP: 'its links lead in a circle',
    EBUSY: 'another program holds it',
    ENOSPC: 'the disk is full',
    EROFS: 'the disk is read-only',
    ENAMETOOLONG: 'the name is too long',
    ENOENT: 'there is no such folder',
    EIO: 'the disk reports an error',
  };
  return (code !== undefined && known[code]) || error.message.replace(/, \w+ '.*'$/s, '');
}

function formatOf(path: string, head: Buffer, tail: Buffer): Format {
  const magic = head.toString('latin1', 0, 4);
  if (magic === 'PAR1' || magic === 'PARE') {
    const end = tail.toString('latin1');
    if (end === 'PARE' || magic === 'PARE') {
      throw new ProblemError(problem('source-broken', { path, reason: 'the Parquet file is encrypted' }));
    }
    if (end !== 'PAR1') {
      throw new ProblemError(
        problem('source-broken', { path, reason: 'the Parquet footer is missing, so the file is cut off' }),
      );
    }
    return 'parquet';
  }
  if (/\.parquet$/i.test(path)) {
    throw new ProblemError(
      problem('source-broken', { path, reason: 'it does not start as a Parquet file does' }),
    );
  }
  const name = foreign.find(([signature]) => head.toString('latin1', 0, signature.length) === signature);
  if (name !== undefined) throw new ProblemError(problem('source-binary', { path }));
  return 'csv';
}

function encodingOf(path: string, head: Buffer): string {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  let even = 0;
  let odd = 0;
  let control = 0;
  for (let i = 0; i < head.length; i++) {
    const byte = head[i]!;
    if (byte === 0) i % 2 === 0 ? even++ : odd++;
    else if (byte < 9 || (byte > 13 && byte < 32 && byte !== 27)) control++;
  }
  const half = head.length / 2;
  if (odd > half * 0.6 && even < half * 0.05) return 'utf-16le';
  if (even > half * 0.6 && odd < half * 0.05) return 'utf-16be';
  if (even + odd + control > head.length * 0.02) throw new ProblemError(problem('source-binary', { path }));
  return isUtf8(head.subarray(0, wholeCharacters(head))) ? 'utf-8' : 'windows-1252';
}

/** Length without a character that the cut may have split. */
function wholeCharacters(head: Buffer): number {
  if (head.length < HEAD) return head.length;
  let end = head.length;
  for (let back = 1; back <= 4; back++) {
    const byte = head[head.length - back]!;
    if (byte >= 0xc0) {
      end = head.length - back;
      break;
    }
    if (byte < 0x80) break;
  }
  return end;
}
