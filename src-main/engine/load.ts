/**
 * Loads a file: finds out what it is, reads it in a DuckDB of its own, and leaves a columnar copy that the session attaches
 * read-only. A Parquet file is read in place. A load that is cancelled or fails leaves no file behind.
 */
import { randomUUID } from 'node:crypto';
import { rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { ProblemError, problem } from '../core/problem';
import { judgeReceipt } from '../core/source/judge';
import type { Candidate, Dialect, Part, Receipt, Warning } from '../core/source/receipt';
import { literal } from '../core/sql';
import { type Cell, type Column, kindOf, type Table } from '../core/table';
import { alone, type Run } from './alone';
import { copyPath, type Kept, keepSql, readCopy } from './copies';
import { detectEncoding, type EncodingFound } from './encoding';
import { readJson } from './json';
import { type Probe, probe } from './probe';
import { reasonOf } from './reason';
import type { Reading, SessionOptions } from './session';
import { readText } from './text';
import { transcode } from './transcode';
import { unpack } from './unpack';

export interface Loaded {
  /** With `name` still to be given. */
  readonly table: Omit<Table, 'name'>;
  readonly reading: Reading;
  /** The header as it stands in the file; empty if there is none. */
  readonly heading: readonly string[];
}

export interface LoadAsk {
  readonly path: string;
  readonly dialect?: Partial<Dialect>;
  readonly part?: Part;
  /** Whether every value is wanted as it is spelt, as text. */
  readonly spelt?: boolean;
  /** 0…1, or null while unknown. */
  readonly onProgress?: (share: number | null) => void;
  readonly signal?: AbortSignal;
}

/** @throws ProblemError with a `source-…` code, `query-cancelled` or `memory-exhausted`. */
export async function load(ask: LoadAsk, options: SessionOptions): Promise<Loaded> {
  try {
    const found = await probe(ask.path);
    return found.format === 'parquet' && found.packing === null
      ? await loadParquet(ask, found, options)
      : await loadCopied(ask, found, options);
  } catch (error) {
    throw loadFailure(error, ask.path, ask.signal, options);
  }
}

/** What the user is told when a reading fails. */
export function loadFailure(
  error: unknown,
  path: string,
  signal: AbortSignal | undefined,
  options: SessionOptions,
): unknown {
  if (error instanceof ProblemError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  if (signal?.aborted || reason.startsWith('INTERRUPT'))
    return new ProblemError(problem('query-cancelled', {}));
  if (reason.startsWith('Out of Memory'))
    return new ProblemError(problem('memory-exhausted', { limit: options.memory }));
  if (/No space left on device/.test(reason))
    return new ProblemError(problem('source-unreadable', { path, reason: 'the disk of the cache is full' }));
  const code = (error as NodeJS.ErrnoException).code;
  if (code?.startsWith('E'))
    return new ProblemError(problem('source-unreadable', { path, reason: reasonOf(error) }));
  return new ProblemError(problem('source-broken', { path, reason: firstLine(reason) }));
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

async function loadParquet(ask: LoadAsk, found: Probe, options: SessionOptions): Promise<Loaded> {
  return alone(
    ':memory:',
    { files: [ask.path], folders: [options.tables] },
    options,
    ask.signal,
    async (run) => {
      const { columns, receipt } = await parquetFacts(run, ask.path);
      return {
        table: {
          source: { path: ask.path, format: 'parquet', bytes: found.bytes, modified: found.modified },
          columns,
          rows: receipt.loaded,
          receipt,
          warnings: judgeReceipt(receipt, columns.length, ''),
          proposals: [],
          candidates: [],
        },
        reading: { kind: 'parquet', path: ask.path },
        heading: columns.map((c) => c.name),
      };
    },
  );
}

async function parquetFacts(run: Run, path: string): Promise<{ columns: Column[]; receipt: Receipt }> {
  const file = literal(path);
  const columns = columnsOf(await run(`DESCRIBE FROM read_parquet(${file})`));
  const [records, rows] = (
    await run(
      `SELECT (SELECT sum(num_rows) FROM parquet_file_metadata(${file}))::BIGINT, (SELECT count(*) FROM read_parquet(${file}))`,
    )
  )[0]!.map(Number) as [number, number];
  return { columns, receipt: { ...untouched, records, loaded: rows } };
}

/** A receipt in which nothing had to be put right. */
const untouched: Receipt = {
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

async function loadCopied(ask: LoadAsk, found: Probe, options: SessionOptions): Promise<Loaded> {
  const copy = copyPath(options.tables, [
    ask.path,
    found.bytes,
    found.modified,
    ask.dialect ?? null,
    ask.part ?? null,
    ask.spelt === true,
  ]);
  const kept = await readCopy(copy, options, ask.signal);
  if (kept !== null) return { ...kept, reading: { kind: 'copy', file: copy } };

  const work = join(options.tables, `w_${randomUUID().replaceAll('-', '')}`);
  const database = `${work}.duckdb`;
  try {
    const made = await make(ask, found, work, database, options);
    const after = await stat(ask.path);
    if (after.size !== found.bytes || after.mtimeMs !== found.modified) {
      throw new ProblemError(
        problem('source-unreadable', { path: ask.path, reason: 'it changed while it was being read' }),
      );
    }
    await rename(database, copy);
    return { ...made, reading: { kind: 'copy', file: copy } };
  } finally {
    await Promise.all(
      [database, `${database}.wal`, `${work}.unpacked`, `${work}.txt`, `${work}.csv`].map((path) =>
        rm(path, { force: true }),
      ),
    );
  }
}

async function make(
  ask: LoadAsk,
  found: Probe,
  work: string,
  database: string,
  options: SessionOptions,
): Promise<Kept> {
  let file = ask.path;
  let { format, bytes } = found;
  const notes: Warning[] = [];
  if (found.packing !== null && format !== 'xlsx') {
    file = `${work}.unpacked`;
    const unpacked = await unpack(ask.path, found.packing, file, {
      ...(ask.part?.entry ? { entry: ask.part.entry } : {}),
      ...(ask.signal ? { signal: ask.signal } : {}),
    });
    bytes = unpacked.bytes;
    if (bytes === 0) throw new ProblemError(problem('source-empty', { path: ask.path }));
    format = (await probe(file)).format;
    if (/\.(json|jsonl|ndjson|geojson)(\.\w+)?$/i.test(ask.part?.entry ?? ask.path)) format = 'json';
    notes.push(
      ...unpacked.notes.map((note) => ({
        code: 'type-guess' as const,
        message: note,
        remedy: 'Check that the archive is whole.',
      })),
    );
  }
  const source = {
    path: ask.path,
    format,
    bytes: found.bytes,
    modified: found.modified,
    ...(ask.part ? { part: ask.part } : {}),
  };
  const reach = { files: [file], folders: [options.tables] };
  const keep = async (run: Run, kept: Kept): Promise<Kept> => {
    await run(keepSql(kept));
    await run('CHECKPOINT');
    return kept;
  };
  if (format === 'parquet') {
    return alone(database, reach, options, ask.signal, async (run) => {
      const { columns, receipt } = await parquetFacts(run, file);
      await run(`CREATE TABLE data AS FROM read_parquet(${literal(file)})`);
      return keep(run, {
        table: {
          source,
          columns,
          rows: receipt.loaded,
          receipt,
          warnings: [...judgeReceipt(receipt, columns.length, ''), ...notes],
          proposals: [],
          candidates: [],
        },
        heading: columns.map((c) => c.name),
      });
    });
  }
  if (format === 'json') {
    return alone(database, reach, options, ask.signal, async (run) => {
      const read = await readJson(run, {
        path: file,
        work,
        ...(ask.part?.entry && found.packing === null ? { entry: ask.part.entry } : {}),
        ...(ask.signal ? { signal: ask.signal } : {}),
      });
      return keep(run, {
        table: {
          source,
          columns: read.columns,
          rows: read.receipt.loaded,
          receipt: read.receipt,
          warnings: [...judgeReceipt(read.receipt, read.columns.length, ''), ...read.warnings, ...notes],
          proposals: [],
          candidates: [],
        },
        heading: read.columns.map((c) => c.name),
      });
    });
  }
  return makeText(ask, { file, bytes, work, database, source, notes }, options, keep);
}

interface TextWork {
  readonly file: string;
  readonly bytes: number;
  readonly work: string;
  readonly database: string;
  readonly source: Table['source'];
  readonly notes: readonly Warning[];
}

async function makeText(
  ask: LoadAsk,
  { file, bytes, work, database, source, notes }: TextWork,
  options: SessionOptions,
  keep: (run: Run, kept: Kept) => Promise<Kept>,
): Promise<Kept> {
  const given = ask.dialect ?? {};
  const found = await detectEncoding(file, bytes, ask.signal);
  if (found === null && given.encoding === undefined)
    throw new ProblemError(problem('source-binary', { path: ask.path }));
  const encoding = given.encoding ?? found?.encoding ?? 'utf-8';
  const asItIs =
    encoding === 'utf-8' && found?.damages.every((d) => d.kind === 'mojibake' || d.kind === 'nul') === true;
  const text = asItIs ? file : `${work}.txt`;
  let size = bytes;
  if (!asItIs) {
    const recoded = await transcode(file, text, encoding, ask.signal ? { signal: ask.signal } : {});
    size = recoded.bytes;
  }
  return alone(
    database,
    { files: [text], folders: [options.tables] },
    options,
    ask.signal,
    async (run, connection) => {
      const progress = watchProgress(connection, ask.onProgress);
      try {
        const { dialect, heading, ...facts } = await readText(run, {
          text,
          original: file,
          work,
          encoding,
          given,
          bytes: size,
          spelt: ask.spelt === true,
          signal: ask.signal,
        });
        const doubts =
          given.encoding === undefined ? encodingDoubts(found) : { warnings: [], candidates: [] };
        return await keep(run, {
          table: {
            ...facts,
            source: { ...source, dialect },
            warnings: [...facts.warnings, ...doubts.warnings, ...damages(found), ...notes],
            candidates: [...facts.candidates, ...doubts.candidates],
          },
          heading,
        });
      } finally {
        progress.stop();
      }
    },
  );
}

function encodingDoubts(found: EncodingFound | null): { warnings: Warning[]; candidates: Candidate[] } {
  if (found === null || found.certain) return { warnings: [], candidates: [] };
  const others = found.alternatives.map((a) => `${a.encoding} (“${a.sample}”)`).join(', ');
  return {
    warnings: [
      {
        code: 'encoding-guess',
        message: `The file does not say its encoding and was read as ${found.encoding}${found.sample === '' ? '' : ` (“${found.sample}”)`}${others === '' ? '' : `; it could be ${others}`}`,
        remedy: 'Look at a value with accents, and choose the encoding in which it reads right.',
      },
    ],
    candidates: found.alternatives.map((a) => ({
      dialect: { encoding: a.encoding },
      words: `encoding ${a.encoding}`,
      score: a.score,
      columns: [],
      rows: [[a.sample]],
    })),
  };
}

function damages(found: EncodingFound | null): Warning[] {
  return (found?.damages ?? []).map(({ kind, count, firstByte }) => {
    const times = count === 1 ? 'one place' : `${count.toLocaleString('en-US')} places`;
    switch (kind) {
      case 'nul':
        return {
          code: 'nul-bytes' as const,
          message: `The file holds NUL characters in ${times}, the first at byte ${firstByte}; they were kept in the values`,
          remedy:
            'They are invisible and break comparisons: export the file again, or clean the columns that hold them.',
        };
      case 'mojibake':
        return {
          code: 'encoding-damage' as const,
          message: `Text such as “Ã©” in ${times}, the first at byte ${firstByte}, was encoded twice before it came here`,
          remedy: 'Export it again with one encoding; it was read as it stands.',
        };
      default:
        return {
          code: 'encoding-damage' as const,
          message: `Bytes in ${times}, the first at byte ${firstByte}, are no characters in ${found?.encoding}; each was read as “\ufffd”`,
          remedy: 'Choose another encoding if many values are hurt; otherwise correct them at their source.',
        };
    }
  });
}

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
