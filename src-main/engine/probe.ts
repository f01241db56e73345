/**
 * What stands at a path, found out before any reader touches it.
 */

import { constants } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { ProblemError, problem } from '../core/problem';
import type { FileFormat } from '../core/source/receipt';
import { reasonOf } from './reason';
import { type Packing, packingOf } from './unpack';

export interface Probe {
  readonly format: FileFormat;
  readonly bytes: number;
  readonly modified: number;
  /** How the file is packed; null if it is not. */
  readonly packing: Packing | null;
}

const HEAD = 1 << 16;

/** Signatures of files that people take for tables. */
const foreign: readonly (readonly [string, string])[] = [
  ['\u00d0\u00cf\u0011\u00e0', 'a workbook of the old kind (.xls), or one with a password'],
  ['%PDF', 'a PDF document'],
  ['SQLite format 3', 'an SQLite database'],
  ['\u0089PNG', 'a picture'],
  ['\u00ff\u00d8\u00ff', 'a picture'],
  ['GIF8', 'a picture'],
  ['ORC', 'an ORC file'],
  ['Obj\u0001', 'an Avro file'],
  ['ARROW1', 'an Arrow file'],
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
    const packing = packingOf(path, head);
    return {
      format:
        packing === null
          ? formatOf(path, head, tail)
          : packing === 'zip' && /\.xlsx?m?$/i.test(path)
            ? 'xlsx'
            : 'csv',
      bytes: facts.size,
      modified: facts.mtimeMs,
      packing,
    };
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    throw new ProblemError(problem('source-unreadable', { path, reason: reasonOf(error) }));
  } finally {
    await file.close();
  }
}

function formatOf(path: string, head: Buffer, tail: Buffer): FileFormat {
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
  if (head.toString('latin1', 8, 12) === 'DUCK') return 'duckdb';
  const known = foreign.find(([signature]) => head.toString('latin1', 0, signature.length) === signature);
  // Words may begin as a signature does; a byte that no text holds does not.
  if (
    known !== undefined &&
    (head.includes(0) || known[0].length > 4 || head[0]! > 127 || known[0] === '%PDF')
  )
    throw new ProblemError(problem('source-broken', { path, reason: `it is ${known[1]}, not a table` }));
  if (/\.(json|jsonl|ndjson|geojson)$/i.test(path)) return 'json';
  const start = head
    .toString('latin1', 0, 4096)
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .trimStart();
  if (!/\.(csv|tsv|tab|psv)$/i.test(path) && /^(\{\s*"|\[\s*[[{])/.test(start)) return 'json';
  return 'csv';
}
