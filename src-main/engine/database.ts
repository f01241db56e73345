/**
 * Reads an existing DuckDB file without changing it: what tables it holds, and one of them, in an instance of its own
 * that is gone afterwards, so that neither a damaged file nor a lock touches the session.
 */
import { access, open, stat } from 'node:fs/promises';
import { DuckDBInstance } from '@duckdb/node-api';
import { ProblemError, problem } from '../core/problem';
import { identifier, literal } from '../core/sql';
import { type Column, kindOf } from '../core/table';
import { reasonOf } from './reason';
import { interruptOn, limits, lock, type SessionOptions } from './session';

/** A table or view of a database. */
export interface DatabaseTable {
  readonly schema: string;
  readonly table: string;
  /** `schema.table`, each part in double quotes where it holds a dot or a quote. */
  readonly entry: string;
  readonly view: boolean;
  /** As the file says; of a view null, for counting it means to run it. */
  readonly rows: number | null;
}

/** Whether a file begins as a DuckDB file does. @param head Its first 12 bytes or more. */
export function isDatabase(head: Buffer): boolean {
  return head.toString('latin1', 8, 12) === 'DUCK';
}

/**
 * The SQL that makes a database readable in a locked connection that may read the file.
 * @param as The name it is attached under.
 */
export function attachSql(path: string, as: string): string {
  return `ATTACH ${literal(path)} AS ${identifier(as)} (READ_ONLY)`;
}

/** What stands behind `FROM` for a table of an attached database. @throws RangeError if the entry names no table. */
export function tableSql(as: string, entry: string): string {
  const [schema, table] = partsOfEntry(entry);
  return [as, schema, table].map(identifier).join('.');
}

/** Takes `schema.table` apart; a name without a schema is one of `main`. */
export function partsOfEntry(entry: string): readonly [schema: string, table: string] {
  const parts = [...entry.matchAll(/"((?:[^"]|"")*)"|([^".]+)/g)].map((m) =>
    m[1] !== undefined ? m[1].replaceAll('""', '"') : m[2]!,
  );
  if (parts.length === 1) return ['main', parts[0]!];
  if (parts.length !== 2) throw new RangeError(`not a table of a database: ${entry}`);
  return [parts[0]!, parts[1]!];
}

function entryOf(schema: string, table: string): string {
  const part = (name: string) => (/[".]/.test(name) || name === '' ? identifier(name) : name);
  return `${part(schema)}.${part(table)}`;
}

/**
 * Tables and views of a database by name, tables first.
 * @throws ProblemError `source-broken` (damaged, of a newer DuckDB, encrypted), `source-unreadable` (held by another
 *  program, no permission), `query-cancelled`.
 */
export async function tablesOf(
  path: string,
  options: SessionOptions,
  signal?: AbortSignal,
): Promise<readonly DatabaseTable[]> {
  return within(path, options, signal, async (run) => {
    const tables = await run(
      "SELECT schema_name, table_name, estimated_size FROM duckdb_tables() WHERE database_name = 'source' AND NOT internal ORDER BY ALL",
    );
    const views = await run(
      "SELECT schema_name, view_name FROM duckdb_views() WHERE database_name = 'source' AND NOT internal ORDER BY ALL",
    );
    const made = (row: readonly unknown[], view: boolean): DatabaseTable => ({
      schema: String(row[0]),
      table: String(row[1]),
      entry: entryOf(String(row[0]), String(row[1])),
      view,
      rows: view ? null : Number(row[2]),
    });
    return [...tables.map((row) => made(row, false)), ...views.map((row) => made(row, true))];
  });
}

/**
 * Columns and rows of one table, counted.
 * @throws ProblemError as `tablesOf` does, and `source-broken` if there is no such table or a view needs what is not there.
 */
export async function describeTable(
  path: string,
  entry: string,
  options: SessionOptions,
  signal?: AbortSignal,
): Promise<{ readonly columns: readonly Column[]; readonly rows: number }> {
  return within(path, options, signal, async (run) => {
    const from = tableSql('source', entry);
    const columns = (await run(`DESCRIBE FROM ${from}`)).map((row) => ({
      name: String(row[0]),
      type: String(row[1]),
      kind: kindOf(String(row[1])),
    }));
    const rows = Number((await run(`SELECT count(*) FROM ${from}`))[0]![0]);
    return { columns, rows };
  });
}

type Run = (sql: string) => Promise<readonly (readonly unknown[])[]>;

async function within<T>(
  path: string,
  options: SessionOptions,
  signal: AbortSignal | undefined,
  work: (run: Run) => Promise<T>,
): Promise<T> {
  await check(path);
  const db = await DuckDBInstance.create(':memory:', limits(options));
  const connection = await db.connect();
  const stopped = interruptOn(connection, signal);
  try {
    if (signal?.aborted) throw new ProblemError(problem('query-cancelled', {}));
    await lock(connection, [path, `${path}.wal`], []);
    await connection.run(attachSql(path, 'source'));
    return await work(async (sql) => (await connection.runAndReadAll(sql)).getRows());
  } catch (error) {
    if (signal?.aborted) throw new ProblemError(problem('query-cancelled', {}));
    throw databaseProblem(path, error);
  } finally {
    stopped();
    connection.closeSync();
    db.closeSync();
  }
}

/** What can be told before DuckDB touches the file. */
async function check(path: string): Promise<void> {
  const head = Buffer.alloc(20);
  try {
    const file = await open(path, 'r');
    try {
      await file.read(head, 0, 20, 0);
    } finally {
      await file.close();
    }
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new ProblemError(
      missing
        ? problem('source-missing', { path })
        : problem('source-unreadable', { path, reason: reasonOf(error) }),
    );
  }
  if (!isDatabase(head)) {
    throw new ProblemError(
      problem('source-broken', { path, reason: 'it does not begin as a DuckDB file does' }),
    );
  }
  // Three blocks of headers come before any table.
  if ((await stat(path)).size < 12_288) {
    throw new ProblemError(problem('source-broken', { path, reason: 'the database is cut off' }));
  }
  const log = await access(`${path}.wal`).then(
    () => stat(`${path}.wal`),
    () => null,
  );
  if (log !== null && log.size > 0) {
    const reason =
      'changes to it still stand in its log (.wal); close the program that writes it, or open and close it there once';
    throw new ProblemError(problem('source-unreadable', { path, reason }));
  }
}

/** DuckDB's reasons in a sentence of ours. */
export function databaseProblem(path: string, error: unknown): unknown {
  if (error instanceof ProblemError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  const broken = (text: string) => new ProblemError(problem('source-broken', { path, reason: text }));
  if (/Could not set lock|Conflicting lock|being used by another process/i.test(reason)) {
    return new ProblemError(problem('source-unreadable', { path, reason: 'another program holds it' }));
  }
  if (/version number|newer version|storage version/i.test(reason)) {
    return broken('it was written by another version of DuckDB than this one reads');
  }
  if (/encrypt/i.test(reason)) return broken('the database is encrypted');
  if (/disabled by configuration|file system operations are disabled/i.test(reason)) {
    return broken('the view reads other files, which is not allowed here');
  }
  if (/^Catalog Error/.test(reason))
    return broken((reason.split('\n')[0] ?? '').replace(/^Catalog Error: /, ''));
  const told = (reason.split('\n')[0] ?? '').replace(/^\w+ Error: (Corrupt database file: )?/, '');
  return broken(`the database is damaged (${told.slice(0, 200)})`);
}
