/**
 * Derived tables: what a query over open tables answers, kept as a copy of its own, so that it costs its query once and
 * stays the same while it is looked at. The copy is named by the query and by what each table that it reads is, so that
 * the same query over the same tables costs nothing the second time.
 */
import { randomUUID } from 'node:crypto';
import { rename, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { bareQuery, lineOf, queryFault } from '../core/design/derived';
import { unstableIn } from '../core/design/expression';
import { plainly } from '../core/design/failure';
import { placeIn } from '../core/place';
import { type Problem, ProblemError, problem } from '../core/problem';
import type { Receipt, Warning } from '../core/source/receipt';
import { identifier, literal } from '../core/sql';
import type { Table } from '../core/table';
import { alone } from './alone';
import { copyPath, keepSql, readCopy } from './copies';
import { columnsOf, watchProgress, workEndings } from './make';
import type { Clock } from './profile';
import { attachment, type Reading, type SessionOptions } from './session';

/** A table that a query reads, and where it lies. */
export interface Read {
  readonly name: string;
  readonly reading: Reading;
}

export interface DeriveAsk {
  readonly name: string;
  /** Exactly one SELECT; the caller has looked. */
  readonly query: string;
  /** Every table that it reads; no other can be reached. */
  readonly reads: readonly Read[];
  readonly signal?: AbortSignal;
  readonly onProgress?: (share: number | null) => void;
}

export interface Derived {
  readonly table: Omit<Table, 'name'>;
  readonly reading: Reading & { readonly kind: 'copy' };
}

/** @throws ProblemError `query-invalid`, `query-cancelled` or `memory-exhausted`. */
export async function derive(ask: DeriveAsk, options: SessionOptions, clock: Clock): Promise<Derived> {
  const copy = await copyOf(ask, options, clock);
  try {
    const kept = await readCopy(copy, options, ask.signal);
    if (kept !== null) return { table: kept.table, reading: { kind: 'copy', file: copy } };
    const stem = join(options.tables, `w_${randomUUID().replaceAll('-', '')}`);
    try {
      const table = await make(ask, `${stem}.duckdb`, attachment(copy), options, clock);
      await rename(`${stem}.duckdb`, copy);
      return { table, reading: { kind: 'copy', file: copy } };
    } finally {
      await Promise.all(workEndings.map((ending) => rm(stem + ending, { force: true })));
    }
  } catch (error) {
    throw deriveFailure(error, ask, options);
  }
}

async function copyOf({ query, reads }: DeriveAsk, options: SessionOptions, clock: Clock): Promise<string> {
  const tables = await Promise.all(
    reads.map(async ({ name, reading }) => {
      if (reading.kind === 'copy') return [name, basename(reading.file)];
      const { size, mtimeMs } = await stat(reading.path);
      return [name, reading.path, size, mtimeMs];
    }),
  );
  // What answers differently each time is not to be had from an earlier time.
  const when = unstableIn(query).length > 0 ? clock.now() : null;
  return copyPath(options.tables, ['query', query, tables, when]);
}

async function make(
  { query, reads, signal, onProgress }: DeriveAsk,
  file: string,
  key: string,
  options: SessionOptions,
  clock: Clock,
): Promise<Omit<Table, 'name'>> {
  const parquet = reads.flatMap(({ reading }) => (reading.kind === 'parquet' ? [reading.path] : []));
  const reach = { files: parquet, folders: [options.tables] };
  return alone(':memory:', reach, options, signal, async (run, connection) => {
    for (const { name, reading } of reads) {
      const from = reading.kind === 'copy' ? attachment(reading.file) : '';
      if (reading.kind === 'copy')
        await run(`ATTACH IF NOT EXISTS ${literal(reading.file)} AS ${identifier(from)} (READ_ONLY)`);
      const data =
        reading.kind === 'copy' ? `${identifier(from)}.main.data` : `read_parquet(${literal(reading.path)})`;
      await run(`CREATE VIEW ${identifier(name)} AS FROM ${data}`);
    }
    await run(`ATTACH ${literal(file)} AS ${identifier(attachment(file))}`);
    const data = `${identifier(attachment(file))}.main.data`;
    const begun = clock.now();
    const progress = watchProgress(connection, onProgress);
    try {
      await run(`CREATE TABLE ${data} AS\n${query}`);
    } finally {
      progress.stop();
    }
    const columns = columnsOf(await run(`DESCRIBE ${data}`));
    const rows = Number((await run(`SELECT count(*) FROM ${data}`))[0]?.[0]);
    const at = clock.now();
    const table: Omit<Table, 'name'> = {
      source: {
        path: '',
        format: 'query',
        bytes: 0,
        modified: at,
        made: { query, reads: reads.map((read) => read.name), key, ms: Math.round(at - begun) },
      },
      columns,
      rows,
      receipt: receiptOf(rows),
      warnings: warningsOf(rows),
      proposals: [],
      candidates: [],
    };
    await run(`USE ${identifier(attachment(file))}`);
    await run(keepSql({ table, heading: columns.map((column) => column.name) }));
    await run('CHECKPOINT');
    return table;
  });
}

function receiptOf(rows: number): Receipt {
  const none = { rejected: 0, skipped: 0, mended: 0, rejects: [], mends: [], skips: [], misfits: [] };
  return { records: rows, loaded: rows, ...none };
}

function warningsOf(rows: number): Warning[] {
  if (rows > 0) return [];
  const remedy = 'Look at its conditions and its joins.';
  return [{ code: 'no-rows', message: 'The query gives no rows', remedy }];
}

/** The query in the form in which it is kept and run. @throws ProblemError `query-invalid` if it cannot be one SELECT. */
export function checkedQuery(name: string, query: string): string {
  const fault = queryFault(query);
  if (fault === null) return bareQuery(query);
  throw new ProblemError(problem('query-invalid', { name, ...fault, line: lineOf(query, fault.at) }));
}

/**
 * What the user is told when a query fails: the place in the query, and which table is not there.
 * @param before Lines that stood before the query in what was run.
 */
export function queryProblem(name: string, query: string, failed: Problem, before = 0): Problem {
  if (failed.code !== 'query-failed') return failed;
  const { reason } = failed.about;
  const lacks = /Table with name (.+?) does not exist!/.exec(reason)?.[1];
  if (lacks !== undefined) return problem('query-source-missing', { name, lacks });
  const at = placeIn(query, reason, before);
  return problem('query-invalid', {
    name,
    reason: plainly(reason).reason,
    at,
    line: at === null ? null : lineOf(query, at),
  });
}

function deriveFailure(error: unknown, { name, query, signal }: DeriveAsk, options: SessionOptions): unknown {
  if (error instanceof ProblemError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  const invalid = (why: string) =>
    new ProblemError(problem('query-invalid', { name, reason: why, at: null, line: null }));
  if (signal?.aborted || reason.startsWith('INTERRUPT'))
    return new ProblemError(problem('query-cancelled', {}));
  if (reason.startsWith('Out of Memory'))
    return new ProblemError(problem('memory-exhausted', { limit: options.memory }));
  if (/No space left on device/.test(reason)) return invalid('the disk of the cache is full');
  const found = queryProblem(name, query, problem('query-failed', { reason, sql: query }), 1);
  // The caller has found every table open, so that this one was not seen to be read: query('FROM crm') hides it.
  return found.code === 'query-source-missing'
    ? invalid(`it reads ${found.about.lacks}, but does not name it after FROM or JOIN`)
    : new ProblemError(found);
}
