/**
 * Loads a file: reads it in a DuckDB of its own, shut in to that one file, counts its records independently, judges the
 * reading, and leaves a columnar copy that the session attaches read-only. A Parquet file is read in place.
 *
 * The copy is keyed by path, size, time and dialect, so an unchanged file costs nothing the second time, and any copy
 * may be deleted at any moment. A load that is cancelled or fails leaves no file behind.
 */
import { createHash, randomUUID } from 'node:crypto';
import { access, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { ProblemError, problem } from '../core/problem';
import {
  dateJudgementSql,
  judgeNames,
  judgeReceipt,
  judgeSpellings,
  judgeText,
  spellingsSql,
  textJudgementSql,
} from '../core/source/judge';
import {
  castFailuresSql,
  delimitersIn,
  loadSql,
  readSniff,
  rejectCountSql,
  rejectsSql,
  type Sniffed,
  sniffSql,
  spellingSql,
} from '../core/source/reading';
import type { Dialect, Receipt, Reject, Warning } from '../core/source/receipt';
import { literal } from '../core/sql';
import { type Cell, type Column, kindOf, type Table } from '../core/table';
import { toCell } from './cell';
import { countRecords, fieldsOf } from './count';
import { type Probe, probe, reasonOf } from './probe';
import { interruptOn, limits, lock, type Reading, type SessionOptions } from './session';
import { transcode } from './transcode';

/** Changes whenever the meaning of a copy does, so that old copies are not taken for new ones. */
const COPY_VERSION = 1;
/** Files up to this size are sniffed whole; larger ones by their first rows, and wrong guesses become text. */
const SNIFF_WHOLE = 64 * 1024 * 1024;
/** Copies together may take this much; the longest unused go first. */
const COPIES_MAX = 10 * 1024 ** 3;
/** Rows that the judgement of text columns looks at. */
const JUDGED_ROWS = 1_000_000;

/** The rest of a receipt where the reader had nothing to put right. */
const untouched = { mended: 0, mends: [], skips: [], misfits: [] } as const;

export interface Loaded {
  /** With `name` still to be given. */
  readonly table: Omit<Table, 'name'>;
  readonly reading: Reading;
}

export interface LoadAsk {
  readonly path: string;
  readonly dialect?: Partial<Dialect>;
  /** 0…1, or null while unknown. */
  readonly onProgress?: (share: number | null) => void;
  readonly signal?: AbortSignal;
}

/** @throws ProblemError with a `source-…` code, `query-cancelled` or `memory-exhausted`. */
export async function load(ask: LoadAsk, options: SessionOptions): Promise<Loaded> {
  const found = await probe(ask.path);
  try {
    return found.format === 'parquet'
      ? await loadParquet(ask, found, options)
      : await loadText(ask, found, options);
  } catch (error) {
    throw loadFailure(error, ask, options);
  }
}

function loadFailure(error: unknown, ask: LoadAsk, options: SessionOptions): unknown {
  if (error instanceof ProblemError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  if (ask.signal?.aborted || reason.startsWith('INTERRUPT'))
    return new ProblemError(problem('query-cancelled', {}));
  if (reason.startsWith('Out of Memory'))
    return new ProblemError(problem('memory-exhausted', { limit: options.memory }));
  const code = (error as NodeJS.ErrnoException).code;
  if (code?.startsWith('E'))
    return new ProblemError(problem('source-unreadable', { path: ask.path, reason: reasonOf(error) }));
  return new ProblemError(problem('source-broken', { path: ask.path, reason: firstLine(reason) }));
}

/** DuckDB explains at length; its first sentence says what is wrong, but not that of its sniffer, nor our own paths. */
function firstLine(reason: string): string {
  if (reason.includes('Error when sniffing file')) return 'no delimiter and quote fit its lines';
  return (reason.split('\n')[0] ?? reason)
    .replace(/^(IO|Invalid Input|Invalid|Conversion|Binder|Internal) Error: /, '')
    .replace(/^Failed to read Parquet file "[^"]*": /, '')
    .replace(/"[^"]*[\\/]w_[0-9a-f]+\.[a-z]+"/g, 'the file')
    .slice(0, 300);
}

type Ask = (sql: string) => Promise<readonly (readonly Cell[])[]>;

/** A DuckDB for one load: shut in to the file and the folder of copies, gone afterwards. */
async function alone<T>(
  database: string,
  file: string,
  ask: LoadAsk,
  options: SessionOptions,
  work: (run: Ask, connection: DuckDBConnection) => Promise<T>,
): Promise<T> {
  const db = await DuckDBInstance.create(database, limits(options));
  const connection = await db.connect();
  const stopped = interruptOn(connection, ask.signal);
  try {
    if (ask.signal?.aborted) throw new ProblemError(problem('query-cancelled', {}));
    await connection.run('SET enable_progress_bar = true');
    await connection.run('SET enable_progress_bar_print = false');
    await lock(connection, [file], [options.tables]);
    return await work(
      async (sql) => (await connection.runAndReadAll(sql)).getRows().map((row) => row.map(toCell)),
      connection,
    );
  } finally {
    stopped();
    connection.closeSync();
    db.closeSync();
  }
}

async function loadParquet(ask: LoadAsk, found: Probe, options: SessionOptions): Promise<Loaded> {
  return alone(':memory:', ask.path, ask, options, async (run) => {
    const file = literal(ask.path);
    const columns = columnsOf(await run(`DESCRIBE FROM read_parquet(${file})`));
    const [records, rows] = (
      await run(
        `SELECT (SELECT sum(num_rows) FROM parquet_file_metadata(${file}))::BIGINT, (SELECT count(*) FROM read_parquet(${file}))`,
      )
    )[0]!.map(Number) as [number, number];
    const receipt: Receipt = { records, loaded: rows, rejected: 0, skipped: 0, rejects: [], ...untouched };
    return {
      table: {
        source: { path: ask.path, format: 'parquet', bytes: found.bytes, modified: found.modified },
        columns,
        rows,
        receipt,
        warnings: judgeReceipt(receipt, columns.length, '', 0),
        proposals: [],
        candidates: [],
      },
      reading: { kind: 'parquet', path: ask.path },
    };
  });
}

async function loadText(ask: LoadAsk, found: Probe, options: SessionOptions): Promise<Loaded> {
  const key = createHash('sha256')
    .update(JSON.stringify([COPY_VERSION, ask.path, found.bytes, found.modified, ask.dialect ?? null]))
    .digest('hex')
    .slice(0, 24);
  const copy = join(options.tables, `t_${key}.duckdb`);
  const kept = await readCopy(copy, ask, options);
  if (kept !== null) return kept;

  const work = join(options.tables, `w_${randomUUID().replaceAll('-', '')}`);
  const database = `${work}.duckdb`;
  const text = found.encoding === 'utf-8' ? ask.path : `${work}.txt`;
  try {
    if (text !== ask.path) await transcode(ask.path, text, found.encoding, ask.signal);
    const table = await alone(database, text, ask, options, async (run, connection) => {
      const made = await readText(run, connection, text, ask, found);
      await run(`CREATE TABLE assay_receipt AS SELECT ${literal(JSON.stringify(made))} AS made`);
      await run('CHECKPOINT');
      return made;
    });
    const after = await stat(ask.path);
    if (after.size !== found.bytes || after.mtimeMs !== found.modified) {
      throw new ProblemError(
        problem('source-unreadable', { path: ask.path, reason: 'it changed while it was being read' }),
      );
    }
    await rename(database, copy);
    return { table, reading: { kind: 'copy', file: copy } };
  } finally {
    await Promise.all([database, `${database}.wal`, `${work}.txt`].map((path) => rm(path, { force: true })));
  }
}

/** A copy made earlier, with the table it was described by; null if there is none or it cannot be used. */
async function readCopy(copy: string, ask: LoadAsk, options: SessionOptions): Promise<Loaded | null> {
  try {
    await access(copy);
  } catch {
    return null;
  }
  try {
    const made = await alone(':memory:', copy, ask, options, async (run) => {
      await run(`ATTACH ${literal(copy)} AS kept (READ_ONLY)`);
      return (await run('SELECT made FROM kept.main.assay_receipt'))[0]?.[0];
    });
    const now = new Date();
    await utimes(copy, now, now);
    return { table: JSON.parse(String(made)) as Omit<Table, 'name'>, reading: { kind: 'copy', file: copy } };
  } catch (error) {
    if (ask.signal?.aborted) throw error;
    await rm(copy, { force: true });
    return null;
  }
}

async function readText(
  run: Ask,
  connection: DuckDBConnection,
  text: string,
  ask: LoadAsk,
  found: Probe,
): Promise<Omit<Table, 'name'>> {
  const given = ask.dialect ?? {};
  const progress = watchProgress(connection, ask.onProgress);
  try {
    let sniffed = await sniff(run, text, given, found);
    sniffed = await loadWithoutLoss(run, text, sniffed);
    const spelt = await respellDates(run, text, sniffed);
    sniffed = spelt.sniffed;
    return await describe(run, text, ask, found, sniffed, spelt.warnings);
  } finally {
    progress.stop();
  }
}

async function sniff(run: Ask, text: string, given: Partial<Dialect>, found: Probe): Promise<Sniffed> {
  const sample = found.bytes <= SNIFF_WHOLE ? -1 : 100_000;
  const attempt = async (dialect: Partial<Dialect>, tolerant: boolean) =>
    readSniff(await run(sniffSql(text, dialect, sample, tolerant)), dialect, found.encoding);
  let sniffed = await attempt(given, false).catch(() => attempt(given, true));
  if (sniffed.columns.length === 1 && given.delimiter === undefined) {
    // One row that does not fit makes the sniffer give up every delimiter; a tolerant look finds the rest of the file.
    let best = sniffed;
    for (const delimiter of delimitersIn(sniffed.columns[0]!.name)) {
      const other = await attempt({ ...given, delimiter }, true).catch(() => null);
      if (other !== null && other.columns.length > best.columns.length) best = other;
    }
    sniffed = best;
  }
  return sniffed;
}

/** Loads, and loads again with the columns as text whose values did not convert: a wrong guess must cost no row. */
async function loadWithoutLoss(run: Ask, text: string, sniffed: Sniffed): Promise<Sniffed> {
  await run(loadSql(text, sniffed));
  const failed = new Set((await run(castFailuresSql)).map((row) => String(row[0])));
  if (failed.size === 0) return sniffed;
  const cautious: Sniffed = {
    ...sniffed,
    columns: sniffed.columns.map((c) => (failed.has(c.name) ? { name: c.name, type: 'VARCHAR' } : c)),
  };
  await again(run, text, cautious);
  return cautious;
}

async function again(run: Ask, text: string, sniffed: Sniffed): Promise<void> {
  await run('DROP TABLE data');
  await run('DROP TABLE IF EXISTS reject_errors');
  await run('DROP TABLE IF EXISTS reject_scans');
  await run(loadSql(text, sniffed));
}

/** Years of antiquity mean that two-digit years were read as they stood; such columns are kept as text and said so. */
async function respellDates(
  run: Ask,
  text: string,
  sniffed: Sniffed,
): Promise<{ sniffed: Sniffed; warnings: Warning[] }> {
  const times = sniffed.columns
    .filter((c) => c.type === 'DATE' || c.type.startsWith('TIMESTAMP'))
    .map((c) => c.name);
  if (times.length === 0) return { sniffed, warnings: [] };
  const early = (await run(dateJudgementSql('data', times))).filter((row) => Number(row[1]) > 0);
  if (early.length === 0) return { sniffed, warnings: [] };
  const warnings: Warning[] = [];
  for (const [name, n, low, high] of early) {
    const rows = await run(spellingsSql(spellingSql(text, sniffed, String(name))));
    warnings.push(judgeSpellings(String(name), rows, Number(n), Number(low), Number(high)));
  }
  const names = new Set(early.map((row) => String(row[0])));
  const kept: Sniffed = {
    ...sniffed,
    columns: sniffed.columns.map((c) => (names.has(c.name) ? { name: c.name, type: 'VARCHAR' } : c)),
  };
  await again(run, text, kept);
  return { sniffed: kept, warnings };
}

async function describe(
  run: Ask,
  text: string,
  ask: LoadAsk,
  found: Probe,
  sniffed: Sniffed,
  dateWarnings: readonly Warning[],
): Promise<Omit<Table, 'name'>> {
  const { dialect } = sniffed;
  const counted = await countRecords(
    text,
    {
      delimiter: dialect.delimiter,
      quote: dialect.quote,
      skip: dialect.skip,
      emptyLines: sniffed.columns.length === 1,
    },
    undefined,
    ask.signal,
  );
  const columns = columnsOf(await run('DESCRIBE data'));
  const loaded = Number((await run('SELECT count(*) FROM data'))[0]![0]);
  const rejected = Number((await run(rejectCountSql))[0]![0]);
  const rejects: Reject[] = (await run(rejectsSql)).map((row) => ({
    line: Number(row[0]),
    byte: Math.max(0, Number(row[1]) - 1),
    column: row[2] === null ? null : String(row[2]),
    reason: `${rejectReason[String(row[3])] ?? String(row[3]).toLowerCase()}: ${firstLine(String(row[4] ?? ''))}`,
    text: String(row[5] ?? '').replace(/^\n+/, ''),
  }));
  const receipt: Receipt = {
    records: counted.records - (dialect.header ? 1 : 0) + counted.skipped,
    loaded,
    rejected,
    skipped: counted.skipped,
    rejects,
    ...untouched,
  };
  const source = {
    path: ask.path,
    format: 'csv' as const,
    bytes: found.bytes,
    modified: found.modified,
    dialect,
  };
  const quiet = new Set(dateWarnings.map((w) => w.column));
  const texts = columns.filter((c) => c.kind === 'text' && c.type === 'VARCHAR').map((c) => c.name);
  const textWarnings: Warning[] = [];
  for (let i = 0; i < texts.length; i += 50) {
    const judged = await run(textJudgementSql('data', texts.slice(i, i + 50), JUDGED_ROWS));
    textWarnings.push(
      ...judgeText(judged).filter((w) => !(w.code === 'date-as-text' && quiet.has(w.column))),
    );
  }
  const encodingWarnings: Warning[] =
    found.encoding === 'windows-1252'
      ? [
          {
            code: 'type-guess',
            message: 'The file is not UTF-8 and was read as Windows-1252, the most common other encoding',
            remedy: 'Look at a value with accents; if it is wrong, save the file as UTF-8.',
          },
        ]
      : [];
  return {
    source,
    columns,
    rows: loaded,
    receipt,
    warnings: [
      ...judgeReceipt(receipt, columns.length, counted.first, counted.skipped),
      ...encodingWarnings,
      ...(dialect.header
        ? judgeNames(fieldsOf(counted.first, dialect.delimiter, dialect.quote), columns)
        : []),
      ...dateWarnings,
      ...textWarnings,
    ],
    proposals: [],
    candidates: [],
  };
}

const rejectReason: Readonly<Record<string, string>> = {
  CAST: 'a value does not fit its type',
  'MISSING COLUMNS': 'too few cells',
  'TOO MANY COLUMNS': 'too many cells',
  'UNQUOTED VALUE': 'text after a closing quote',
  'LINE SIZE OVER MAXIMUM': 'a line longer than can be read',
  'INVALID ENCODING': 'bytes that are not text in this encoding',
  'INVALID STATE': 'quotes that do not match',
};

function columnsOf(described: readonly (readonly Cell[])[]): Column[] {
  return described.map((row) => ({
    name: String(row[0]),
    type: String(row[1]),
    kind: kindOf(String(row[1])),
  }));
}

function watchProgress(connection: DuckDBConnection, onProgress: LoadAsk['onProgress']): { stop(): void } {
  if (onProgress === undefined) return { stop: () => {} };
  onProgress(null);
  const timer = setInterval(() => {
    const { percentage } = connection.progress;
    onProgress(percentage >= 0 ? percentage / 100 : null);
  }, 100);
  return { stop: () => clearInterval(timer) };
}

/** Deletes what a crash left and, beyond the bound, the copies longest unused. */
export async function tidyCopies(folder: string): Promise<void> {
  const facts = await Promise.all(
    (await readdir(folder)).map(async (name) => {
      const path = join(folder, name);
      const { size, mtimeMs } = await stat(path);
      return { path, name, size, used: mtimeMs };
    }),
  );
  const hourAgo = Date.now() - 3_600_000;
  let total = 0;
  for (const file of facts.sort((a, b) => b.used - a.used)) {
    total += file.size;
    const abandoned = file.name.startsWith('w_') && file.used < hourAgo;
    if (abandoned || (file.name.startsWith('t_') && total > COPIES_MAX)) await rm(file.path, { force: true });
  }
}
