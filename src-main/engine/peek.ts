/**
 * Looks at the first rows of what says itself how it is read: a table of a database, a Parquet or JSON file of an archive.
 */
import { ProblemError, problem } from '../core/problem';
import type { Dialect, FileFormat, Part, Preview, Receipt, Warning } from '../core/source/receipt';
import { identifier, literal } from '../core/sql';
import type { Column } from '../core/table';
import { alone, type Run } from './alone';
import { attachSql, databaseProblem, tableSql, tablesOf } from './database';
import { readJson } from './json';
import { columnsOf, untouched } from './make';
import type { SessionOptions } from './session';

/** Rows that are looked at. */
const ROWS = 500;
/** Characters of a value that are shown. */
const CUT = 2000;

/** Where there is no text there is nothing to tell of how it is written. */
const noDialect: Dialect = {
  delimiter: ',',
  quote: '"',
  escape: '"',
  header: true,
  headerRows: 1,
  skip: 0,
  footer: 0,
  comment: '',
  newline: '\\n',
  encoding: 'utf-8',
  dateFormat: null,
  timestampFormat: null,
  nulls: [''],
  decimal: '.',
};

/** The first rows of a table of a database; of its first unless one is asked for. @throws ProblemError as `tablesOf` does. */
export async function lookAtDatabase(
  ask: { readonly path: string; readonly part?: Part; readonly signal?: AbortSignal },
  bytes: number,
  options: SessionOptions,
): Promise<Preview> {
  const { path, signal } = ask;
  const entry = ask.part?.entry ?? (await tablesOf(path, options, signal))[0]?.entry;
  if (entry === undefined)
    throw new ProblemError(problem('source-broken', { path, reason: 'the database holds no table' }));
  const reach = { files: [path, `${path}.wal`], folders: [options.tables] };
  return alone(':memory:', reach, options, signal, async (run) => {
    try {
      await run(attachSql(path, 'source'));
      const from = tableSql('source', entry);
      const columns = columnsOf(await run(`DESCRIBE FROM ${from}`));
      return await rowsOf(run, from, { path, format: 'duckdb', part: { entry }, bytes, columns });
    } catch (error) {
      if (signal?.aborted) throw new ProblemError(problem('query-cancelled', {}));
      throw databaseProblem(path, error);
    }
  });
}

/**
 * The first rows of a Parquet or JSON file of an archive.
 * @param unpacked `file` is what was unpacked from `path`.
 */
export async function lookAtRows(
  unpacked: {
    readonly path: string;
    readonly file: string;
    readonly format: 'parquet' | 'json';
    readonly bytes: number;
    readonly part: Part;
  },
  work: string,
  options: SessionOptions,
  signal: AbortSignal | undefined,
): Promise<Preview> {
  const { path, file, format, bytes, part } = unpacked;
  const reach = { files: [file], folders: [options.tables] };
  return alone(':memory:', reach, options, signal, async (run) => {
    if (format === 'json') {
      const read = await readJson(run, { path: file, work, ...(signal ? { signal } : {}) });
      return rowsOf(run, 'data', { path, format, part, bytes, ...read });
    }
    const from = `read_parquet(${literal(file)})`;
    const columns = columnsOf(await run(`DESCRIBE FROM ${from}`));
    return rowsOf(run, from, { path, format, part, bytes, columns });
  });
}

interface Peeked {
  readonly path: string;
  readonly format: FileFormat;
  readonly part: Part;
  readonly bytes: number;
  readonly columns: readonly Column[];
  /** Of what was read whole; counted from the rows looked at unless given. */
  readonly receipt?: Receipt;
  readonly warnings?: readonly Warning[];
}

async function rowsOf(run: Run, from: string, peeked: Peeked): Promise<Preview> {
  const { columns, warnings = [], ...facts } = peeked;
  const cells = columns.map(({ name }) => `left(CAST(${identifier(name)} AS VARCHAR), ${CUT})`);
  const found = await run(`SELECT ${cells.join(', ')} FROM ${from} LIMIT ${ROWS + 1}`);
  const rows = found.slice(0, ROWS);
  const more = facts.receipt === undefined && found.length > ROWS;
  const receipt: Receipt = facts.receipt ?? { ...untouched, records: rows.length, loaded: rows.length };
  return {
    ...facts,
    dialect: noDialect,
    detected: noDialect,
    candidates: [],
    lines: [
      { line: 1, byte: 0, role: 'header', text: '', cells: columns.map(({ name }) => name), reason: '' },
      ...rows.map((row, i) => ({
        line: i + 2,
        byte: 0,
        role: 'record' as const,
        text: '',
        // Only a missing value has no text, so that it can be told from an empty one.
        cells: row.map((value) => (value === null ? '' : String(value) || '(empty)')),
        reason: '',
      })),
    ],
    columns: columns.map(({ name, type }) => ({ name, type, reading: null })),
    proposals: [],
    receipt,
    warnings,
    seen: facts.bytes,
    ...(more ? { seenRows: ROWS } : {}),
  };
}
