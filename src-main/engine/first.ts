/**
 * The first rows of a file, as soon as can be: of a text file only the beginning is read, and no database is asked.
 */
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { FirstRows } from '../contract';
import { linesOf } from '../core/source/lines';
import { columnNames } from '../core/source/plain';
import type { Dialect, Part, PreviewLine } from '../core/source/receipt';
import { loadFailure } from './failure';
import { readHead } from './head';
import { preview } from './preview';
import { probe } from './probe';
import type { SessionOptions } from './session';

export interface FirstRowsAsk {
  readonly path: string;
  readonly dialect?: Partial<Dialect>;
  readonly part?: Part;
  /** Bytes from which a text file is looked at; without it every file is. */
  readonly least?: number;
}

/** Bytes that are looked at. */
const SEEN = 256 * 1024;
const ROWS = 60;
/** Columns that are answered at most; nobody looks at more while the file is read. */
const COLUMNS = 100;
/** Characters of a value. */
const CELL = 200;

const untouched = {
  ...{ records: 0, loaded: 0, rejected: 0, skipped: 0, mended: 0 },
  ...{ rejects: [], mends: [], skips: [], misfits: [] },
};

/**
 * @returns null for a file of fewer bytes than `least`, and then for one that is no plain text, whose size says little.
 * @throws ProblemError with a `source-…` code; `query-cancelled`.
 */
export async function firstRows(
  ask: FirstRowsAsk,
  options: SessionOptions,
  signal?: AbortSignal,
): Promise<FirstRows | null> {
  const { path, dialect: given = {}, least = 0 } = ask;
  const work = join(options.tables, `w_${randomUUID().replaceAll('-', '')}`);
  try {
    const { bytes, format, packing } = await probe(path);
    const plain = format === 'csv' && packing === null;
    if (least > 0 && (!plain || bytes < least)) return null;
    if (!plain) {
      const { columns, lines } = await preview({ ...ask, ...(signal ? { signal } : {}) }, options);
      const names = columns.map((column) => column.name);
      return shortened(names, lines);
    }
    const { detected } = await readHead({ file: path, path, bytes, most: SEEN, given, work, signal });
    const { names, width } = detected.layout;
    return shortened(columnNames(names, width), linesOf(detected, untouched, ROWS * 2));
  } catch (error) {
    throw loadFailure(error, path, signal, options);
  } finally {
    await Promise.all([`${work}.head`, `${work}.txt`].map((file) => rm(file, { force: true })));
  }
}

function shortened(names: readonly string[], lines: readonly PreviewLine[]): FirstRows {
  const rows = lines.filter((line) => line.role === 'record' || line.role === 'mended').slice(0, ROWS);
  const columns = names.slice(0, COLUMNS);
  return {
    columns,
    of: names.length,
    rows: rows.map(({ cells }) => columns.map((_, i) => (cells[i] ?? '').slice(0, CELL))),
  };
}
