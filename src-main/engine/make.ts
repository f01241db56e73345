/**
 * Makes the columnar copy of one file: a DuckDB with the table `data` and what is known of its reading.
 */
import { rm } from 'node:fs/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import { ProblemError, problem } from '../core/problem';
import { judgeReceipt } from '../core/source/judge';
import { partName } from '../core/source/part';
import type { Dialect, Part, Receipt, Source, Warning } from '../core/source/receipt';
import { literal } from '../core/sql';
import { type Cell, type Column, kindOf, type Table } from '../core/table';
import { alone, type Run } from './alone';
import { checkPages } from './checksums';
import { type Kept, keepSql } from './copies';
import { attachSql, databaseProblem, partsOfEntry, tableSql, tablesOf } from './database';
import { damages, encodingDoubts, toldEncoding } from './doubts';
import { detectEncoding, type EncodingFound, looksUtf8 } from './encoding';
import { readJson } from './json';
import { partsOf } from './parts';
import { type Probe, probe } from './probe';
import type { SessionOptions } from './session';
import { readText } from './text';
import { transcode } from './transcode';
import { isJsonName, unpack } from './unpack';
import { sheetDialect, writeSheet } from './workbook';

export interface MakeAsk {
  readonly path: string;
  readonly dialect?: Partial<Dialect>;
  readonly part?: Part;
  /** Whether every value is wanted as it is spelt, as text. */
  readonly spelt?: boolean;
  readonly onProgress?: (share: number | null) => void;
  readonly signal?: AbortSignal;
}

/** A receipt in which nothing had to be put right. */
export const untouched: Receipt = {
  records: 0,
  loaded: 0,
  rejected: 0,
  skipped: 0,
  rejects: [],
  mended: 0,
  mends: [],
  skips: [],
  misfits: [],
};

interface Work {
  /** What is read: the file itself, or what was unpacked from it. */
  readonly file: string;
  readonly bytes: number;
  /** A path to which endings are put for work files. */
  readonly stem: string;
  readonly database: string;
  readonly source: Table['source'];
  readonly notes: readonly Warning[];
}

/** Endings of the work files that may be left behind, to be removed. */
export const workEndings = ['.duckdb', '.duckdb.wal', '.unpacked', '.txt', '.csv'] as const;

/**
 * @param stem A path in the folder of copies to which endings are put for work files.
 * @returns what the copy, made at `<stem>.duckdb`, says of itself.
 */
export async function make(ask: MakeAsk, found: Probe, stem: string, options: SessionOptions): Promise<Kept> {
  const source = {
    path: ask.path,
    format: found.format,
    bytes: found.bytes,
    modified: found.modified,
    ...(ask.part ? { part: ask.part } : {}),
  };
  const work: Work = {
    file: ask.path,
    bytes: found.bytes,
    stem,
    database: `${stem}.duckdb`,
    source,
    notes: [],
  };
  if (found.format === 'duckdb') return makeDatabase(ask, work, options);
  if (found.format === 'xlsx') return makeWorkbook(ask, work, options);
  if (found.packing !== null) return makeUnpacked(ask, found, work, options);
  if (found.format === 'json') return makeJson(ask, work, options);
  return makeText(ask, work, options);
}

async function makeUnpacked(ask: MakeAsk, found: Probe, work: Work, options: SessionOptions): Promise<Kept> {
  const packing = found.packing as NonNullable<Probe['packing']>;
  const parts = packing === 'zip' ? await partsOf(ask.path, options, ask.signal) : [];
  const part: Part = ask.part ?? parts[0] ?? {};
  const file = `${work.stem}.unpacked`;
  const unpacked = await unpack(ask.path, packing, file, {
    ...(part.entry ? { entry: part.entry } : {}),
    ...(ask.signal ? { signal: ask.signal } : {}),
  });
  if (unpacked.bytes === 0) throw new ProblemError(problem('source-empty', { path: ask.path }));
  const inner = await probe(file).catch((error: unknown) => {
    if (!(error instanceof ProblemError) || !('path' in error.problem.about)) throw error;
    throw new ProblemError({
      ...error.problem,
      about: { ...error.problem.about, path: ask.path },
    } as ProblemError['problem']);
  });
  const named = part.entry ?? ask.path;
  const format = isJsonName(named) ? 'json' : inner.format;
  if (/\.parquet$/i.test(named) && format !== 'parquet') {
    const reason = `${named} does not start as a Parquet file does`;
    throw new ProblemError(problem('source-broken', { path: ask.path, reason }));
  }
  const notes = [
    ...unpacked.notes.map((note) => remark('type-guess', note, 'Check that the archive is whole.')),
    ...several(ask, parts, part, 'The archive', 'files'),
  ];
  const next: Work = {
    ...work,
    file,
    bytes: unpacked.bytes,
    source: { ...work.source, format, ...(part.entry ? { part, ...oneOf(parts) } : {}) },
    notes,
  };
  if (format === 'json') return makeJson(ask, next, options);
  if (format === 'parquet') return makeParquet(ask, next, options);
  if (format !== 'csv' || inner.packing !== null) {
    throw new ProblemError(
      problem('source-broken', {
        path: ask.path,
        reason: 'it holds another archive or workbook; unpack it first',
      }),
    );
  }
  return makeText(ask, next, options);
}

function remark(code: Warning['code'], message: string, remedy: string): Warning {
  return { code, message, remedy };
}

/** Says that a container holds more than was read; not if the user chose what is read. */
function several(ask: MakeAsk, parts: readonly Part[], chosen: Part, what: string, kind: string): Warning[] {
  if (parts.length < 2 || ask.part !== undefined) return [];
  const list = parts.slice(0, 5).map(partName).join(', ');
  return [
    remark(
      'tables-several',
      `${what} holds ${parts.length} ${kind} (${list}${parts.length > 5 ? ', …' : ''}); “${partName(chosen)}” was read`,
      'Open another of them if you meant that.',
    ),
  ];
}

/** How many parts a container holds, for a table that is one of several. */
export function oneOf(parts: readonly Part[]): Pick<Source, 'parts'> {
  return parts.length < 2 ? {} : { parts: parts.length };
}

async function keep(run: Run, kept: Kept): Promise<Kept> {
  await run(keepSql(kept));
  await run('CHECKPOINT');
  return kept;
}

/** The copy of a table whose reader leaves nothing to propose. */
function settled(
  work: Work,
  columns: readonly Column[],
  receipt: Receipt,
  warnings: readonly Warning[] = [],
): Kept {
  return {
    table: {
      source: work.source,
      columns,
      rows: receipt.loaded,
      receipt,
      warnings: [...judgeReceipt(receipt, columns.length, ''), ...warnings, ...work.notes],
      proposals: [],
      candidates: [],
    },
    heading: columns.map((c) => c.name),
  };
}

/**
 * Columns and balance of a Parquet file.
 * @throws ProblemError `source-broken` if a page differs from the checksum that the file carries for it.
 */
export async function parquetFacts(
  run: Run,
  path: string,
  signal?: AbortSignal,
): Promise<{ columns: Column[]; receipt: Receipt }> {
  const file = literal(path);
  const columns = columnsOf(await run(`DESCRIBE FROM read_parquet(${file})`));
  const [records, rows] = (
    await run(
      `SELECT (SELECT sum(num_rows) FROM parquet_file_metadata(${file}))::BIGINT, (SELECT count(*) FROM read_parquet(${file}))`,
    )
  )[0]!.map(Number) as [number, number];
  const chunks = await run(
    `SELECT path_in_schema, least(coalesce(nullif(dictionary_page_offset, 0), data_page_offset), data_page_offset), total_compressed_size FROM parquet_metadata(${file})`,
  );
  const { damaged } = await checkPages(
    path,
    chunks.map((row) => ({ column: String(row[0]), start: Number(row[1]), size: Number(row[2]) })),
    signal,
  );
  const [first] = damaged;
  if (first !== undefined) {
    const pages = damaged.length === 1 ? 'a page differs' : `${damaged.length} pages differ`;
    const reason = `${pages} from the checksum that the file carries, the first in ${first.column} at byte ${first.byte}`;
    throw new ProblemError(problem('source-broken', { path, reason }));
  }
  return { columns, receipt: { ...untouched, records, loaded: rows } };
}

function makeParquet(ask: MakeAsk, work: Work, options: SessionOptions): Promise<Kept> {
  const reach = { files: [work.file], folders: [options.tables] };
  return alone(work.database, reach, options, ask.signal, async (run) => {
    const { columns, receipt } = await parquetFacts(run, work.file, ask.signal);
    await run(`CREATE TABLE data AS FROM read_parquet(${literal(work.file)})`);
    return keep(run, settled(work, columns, receipt));
  });
}

function makeJson(ask: MakeAsk, work: Work, options: SessionOptions): Promise<Kept> {
  const reach = { files: [work.file], folders: [options.tables] };
  return alone(work.database, reach, options, ask.signal, async (run, connection) => {
    const read = await readJson(run, {
      connection,
      path: work.file,
      work: work.stem,
      ...(ask.part?.entry && work.file === ask.path ? { entry: ask.part.entry } : {}),
      ...(ask.signal ? { signal: ask.signal } : {}),
    });
    return keep(run, settled(work, read.columns, read.receipt, read.warnings));
  });
}

async function makeDatabase(ask: MakeAsk, work: Work, options: SessionOptions): Promise<Kept> {
  const tables = await tablesOf(ask.path, options, ask.signal);
  const entry = ask.part?.entry ?? tables[0]?.entry;
  if (entry === undefined)
    throw new ProblemError(
      problem('source-broken', { path: ask.path, reason: 'the database holds no table' }),
    );
  const named = (table: string) => partsOfEntry(table).join('\n');
  if (!tables.some((table) => named(table.entry) === named(entry)))
    throw new ProblemError(problem('part-missing', { path: ask.path, kind: 'table', part: entry }));
  const reach = { files: [ask.path, `${ask.path}.wal`], folders: [options.tables] };
  return alone(work.database, reach, options, ask.signal, async (run) => {
    try {
      await run(attachSql(ask.path, 'source'));
      const from = tableSql('source', entry);
      const records = Number((await run(`SELECT count(*) FROM ${from}`))[0]?.[0]);
      await run(`CREATE TABLE data AS FROM ${from}`);
      await run('DETACH source');
      const columns = columnsOf(await run('DESCRIBE data'));
      const loaded = Number((await run('SELECT count(*) FROM data'))[0]?.[0]);
      const parts = tables.map((t) => ({ entry: t.entry }));
      const chosen: Work = { ...work, source: { ...work.source, part: { entry }, ...oneOf(parts) } };
      const notes = several(ask, parts, { entry }, 'The database', 'tables');
      return await keep(run, settled(chosen, columns, { ...untouched, records, loaded }, notes));
    } catch (error) {
      throw databaseProblem(ask.path, error);
    }
  });
}

async function makeWorkbook(ask: MakeAsk, work: Work, options: SessionOptions): Promise<Kept> {
  const parts = await partsOf(ask.path, options, ask.signal);
  const file = `${work.stem}.unpacked`;
  const asked = ask.part ?? {};
  const written = await writeSheet(ask.path, asked, file, ask.signal);
  const notes: Warning[] = [...several(ask, parts, { sheet: written.sheet }, 'The workbook', 'sheets')];
  const say = (n: number, words: string, remedy: string) => {
    if (n > 0)
      notes.push(remark('type-guess', `${n === 1 ? 'One' : n.toLocaleString('en-US')} ${words}`, remedy));
  };
  say(
    written.errors,
    'cells of the sheet hold an error such as #N/A, read as it shows',
    'Correct them in the workbook, or count them as missing.',
  );
  say(
    written.uncomputed,
    'formulas have no stored value and are empty',
    'Open the workbook, save it, and read it again.',
  );
  say(
    written.merged,
    'ranges of merged cells have their value in their first cell only',
    'Fill the others in the workbook if each row needs it.',
  );
  say(
    written.hiddenRows,
    'rows are hidden in the sheet and were read all the same',
    'Filter them out if they should not count.',
  );
  const bytes = (await probe(file)).bytes;
  const part: Part = { sheet: written.sheet, ...(asked.range ? { range: asked.range } : {}) };
  return makeText(
    { ...ask, dialect: { ...ask.dialect, ...sheetDialect } },
    { ...work, file, bytes, source: { ...work.source, part, ...oneOf(parts) }, notes },
    options,
  );
}

/** Files of more bytes are read while their encoding is being proved. */
const LONG = 16 * 1024 * 1024;

async function makeText(ask: MakeAsk, work: Work, options: SessionOptions): Promise<Kept> {
  const { file, bytes, stem } = work;
  const given = ask.dialect ?? {};
  const told = toldEncoding(ask.path, given);
  const hopeful = told === undefined && bytes > LONG && (await looksUtf8(file, bytes));
  const proof = detectEncoding(file, bytes, ask.signal);
  if (hopeful) {
    const kept = await readMeanwhile(ask, work, options, proof);
    if (kept !== null) return kept;
  }
  const found = await proof;
  if (found === null && told === undefined)
    throw new ProblemError(problem('source-binary', { path: ask.path }));
  const encoding = told ?? found?.encoding ?? 'utf-8';
  if (encoding === 'utf-8' && isHarmless(found))
    return readAs(ask, work, options, { text: file, bytes, encoding, proof });
  const text = `${stem}.txt`;
  const written = await transcode(file, text, encoding, ask.signal ? { signal: ask.signal } : {});
  return readAs(ask, work, options, { text, bytes: written.bytes, encoding, proof });
}

/** Whether what is damaged can be read as it stands. */
function isHarmless(found: EncodingFound | null): boolean {
  return found?.damages.every((d) => d.kind === 'mojibake' || d.kind === 'nul') === true;
}

/** Reads what looks like sound UTF-8 while it is proved. @returns null if it is something else. */
async function readMeanwhile(
  ask: MakeAsk,
  work: Work,
  options: SessionOptions,
  proof: Promise<EncodingFound | null>,
): Promise<Kept | null> {
  const wrong = new AbortController();
  const sound = proof.then((found) => {
    if (found?.encoding === 'utf-8' && isHarmless(found)) return found;
    wrong.abort();
    throw new ProblemError(problem('query-cancelled', {}));
  });
  sound.catch(() => wrong.abort());
  const signal = ask.signal ? AbortSignal.any([ask.signal, wrong.signal]) : wrong.signal;
  try {
    const text = { text: work.file, bytes: work.bytes, encoding: 'utf-8', proof: sound };
    return await readAs({ ...ask, signal }, work, options, text);
  } catch (error) {
    if (!wrong.signal.aborted || ask.signal?.aborted) throw error;
    for (const ending of ['.duckdb', '.duckdb.wal', '.csv'])
      await rm(`${work.stem}${ending}`, { force: true });
    return null;
  }
}

interface Readable {
  /** A file in UTF-8. */
  readonly text: string;
  readonly bytes: number;
  /** Of the file as the user has it. */
  readonly encoding: string;
  readonly proof: Promise<EncodingFound | null>;
}

function readAs(ask: MakeAsk, work: Work, options: SessionOptions, from: Readable): Promise<Kept> {
  const given = ask.dialect ?? {};
  const reach = { files: [from.text], folders: [options.tables] };
  return alone(work.database, reach, options, ask.signal, async (run, connection) => {
    const progress = watchProgress(connection, ask.onProgress);
    try {
      const { dialect, heading, ...facts } = await readText(run, {
        text: from.text,
        original: work.file,
        connection,
        work: work.stem,
        encoding: from.encoding,
        given,
        bytes: from.bytes,
        spelt: ask.spelt === true,
        signal: ask.signal,
        onShare: (share) => ask.onProgress?.(share),
      });
      const found = await from.proof;
      const doubts = given.encoding === undefined ? encodingDoubts(found) : { warnings: [], candidates: [] };
      return await keep(run, {
        table: {
          ...facts,
          source: work.source.format === 'csv' ? { ...work.source, dialect } : work.source,
          warnings: [...facts.warnings, ...doubts.warnings, ...damages(found), ...work.notes],
          candidates: [...facts.candidates, ...doubts.candidates],
        },
        heading,
      });
    } finally {
      progress.stop();
    }
  });
}

export function columnsOf(described: readonly (readonly Cell[])[]): Column[] {
  return described.map((row) => ({
    name: String(row[0]),
    type: String(row[1]),
    kind: kindOf(String(row[1])),
  }));
}

export function watchProgress(
  connection: DuckDBConnection,
  onProgress: MakeAsk['onProgress'],
): { stop(): void } {
  if (onProgress === undefined) return { stop: () => {} };
  onProgress(null);
  const timer = setInterval(() => {
    const { percentage } = connection.progress;
    onProgress(percentage >= 0 ? percentage / 100 : null);
  }, 100);
  return { stop: () => clearInterval(timer) };
}
