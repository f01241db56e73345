/**
 * The session: one DuckDB, locked, in which everything that is open can be queried and nothing else can be reached.
 *
 * Access to the outside is switched off and the configuration locked before the first query, so no expression of a
 * user can read another file, reach a network, load an extension or change a limit. What may be read is fixed at that
 * moment; opening a file elsewhere therefore builds the instance anew, which is cheap: the session holds only views.
 * Queries that still run on an earlier instance end there.
 */
import { type DuckDBConnection, DuckDBInstance, StatementType } from '@duckdb/node-api';
import { ProblemError, problem } from '../core/problem';
import { freeOf, identifier, literal } from '../core/sql';
import type { Cell } from '../core/table';
import { toCell } from './cell';

export interface SessionOptions {
  /** Folder of the materialised tables; its files may be read. */
  readonly tables: string;
  /** Folder for what does not fit in memory. */
  readonly temporary: string;
  /** DuckDB's memory limit, for example `4GB`. */
  readonly memory: string;
  /** Worker threads; default DuckDB's own choice. */
  readonly threads?: number;
}

/** How a table is reached: a materialised copy, or a Parquet file read in place. */
export type Reading =
  | { readonly kind: 'copy'; readonly file: string }
  | { readonly kind: 'parquet'; readonly path: string };

export interface Result {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly (readonly Cell[])[];
}

/** Puts one statement to a DuckDB and reads all it answers. */
export type Query = (sql: string) => Promise<Result>;

interface Instance {
  readonly db: DuckDBInstance;
  users: number;
  retired: boolean;
}

/** Settings under which every instance runs, the session's and the loader's alike. */
export function limits(options: SessionOptions): Record<string, string> {
  return {
    memory_limit: options.memory,
    temp_directory: options.temporary,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    ...(options.threads ? { threads: String(options.threads) } : {}),
  };
}

/**
 * Interrupts what runs on a connection once the signal says so, and until the returned function is called: an
 * interrupt that arrives between two statements, or before one has begun, would otherwise be lost.
 */
export function interruptOn(connection: DuckDBConnection, signal: AbortSignal | undefined): () => void {
  let timer: ReturnType<typeof setInterval> | undefined;
  const interrupt = () => {
    connection.interrupt();
    timer ??= setInterval(() => connection.interrupt(), 20);
  };
  if (signal?.aborted) interrupt();
  signal?.addEventListener('abort', interrupt);
  return () => {
    signal?.removeEventListener('abort', interrupt);
    clearInterval(timer);
  };
}

/** Shuts the instance in: only these files and folders from here on. */
export async function lock(
  connection: DuckDBConnection,
  files: readonly string[],
  folders: readonly string[],
): Promise<void> {
  const list = (paths: readonly string[]) => `[${paths.map(literal).join(', ')}]`;
  await connection.run("SET GLOBAL TimeZone = 'UTC'");
  await connection.run(`SET allowed_directories = ${list(folders)}`);
  await connection.run(`SET allowed_paths = ${list(files)}`);
  await connection.run('SET enable_external_access = false');
  await connection.run('SET lock_configuration = true');
}

/** All that a statement answers. @throws DuckDB's own error. */
export async function wholeResult(connection: DuckDBConnection, sql: string): Promise<Result> {
  const reader = await connection.runAndReadAll(sql);
  const names = reader.deduplicatedColumnNames();
  const types = reader.columnTypes();
  return {
    columns: names.map((name, i) => ({ name, type: String(types[i]) })),
    rows: reader.getRows().map((row) => row.map(toCell)),
  };
}

export class Session {
  private instance: Promise<Instance> | null = null;
  private readonly readings = new Map<string, Reading & { readonly columns: readonly string[] }>();
  private orders = 0;

  constructor(readonly options: SessionOptions) {}

  /** Makes a table readable under its name; replaces what had the name. @param columns Names of its columns. */
  async add(name: string, reading: Reading, columns: readonly string[]): Promise<void> {
    this.readings.set(name, { ...reading, columns });
    await this.retire();
  }

  async remove(name: string): Promise<void> {
    if (this.readings.delete(name)) await this.retire();
  }

  has(name: string): boolean {
    return this.readings.has(name);
  }

  /** What stands behind `FROM` to read the table with its row number, and the row number's name, which no column has. */
  numbered(name: string): { from: string; row: string } {
    const reading = this.reading(name);
    const copy = reading.kind === 'copy';
    const from = copy
      ? `${identifier(attachment(reading.file))}.main.data`
      : `read_parquet(${literal(reading.path)})`;
    const row = copy ? 'rowid' : 'file_row_number';
    // A column of that name hides the number, or keeps the file from being read with it; then rows are counted.
    if (reading.columns.some((column) => column.toLowerCase() === row)) {
      const counted = freeOf(reading.columns, 'assay_row');
      return { from: `(SELECT *, row_number() OVER () - 1 AS ${counted} FROM ${from})`, row: counted };
    }
    return copy
      ? { from, row }
      : { from: `read_parquet(${literal(reading.path)}, file_row_number = true)`, row };
  }

  /** A name that no column of a table has. */
  free(name: string, wished: string): string {
    return freeOf(this.reading(name).columns, wished);
  }

  private reading(name: string) {
    const reading = this.readings.get(name);
    if (reading === undefined) throw new ProblemError(problem('table-missing', { table: name }));
    return reading;
  }

  /** How a table is reached. @throws ProblemError `table-missing`. */
  readingOf(name: string): Reading {
    return this.reading(name);
  }

  /** What stands behind `FROM` to read another table of the copy in which a table lies. @throws RangeError if it lies in none. */
  beside(name: string, other: string): string {
    const reading = this.readings.get(name);
    if (reading?.kind !== 'copy') throw new RangeError(`no copy: ${name}`);
    return `${identifier(attachment(reading.file))}.main.${identifier(other)}`;
  }

  /**
   * Runs one statement and reads all it answers. The caller bounds the rows.
   * @throws ProblemError `query-cancelled`, `memory-exhausted` or `query-failed`.
   */
  async query(sql: string, signal?: AbortSignal): Promise<Result> {
    return this.use(signal, sql, (connection) => wholeResult(connection, sql));
  }

  /**
   * One connection for several statements, so that what one keeps in a temporary table the next can read; both are gone
   * when the work has ended.
   */
  async lane<T>(signal: AbortSignal | undefined, work: (query: Query) => Promise<T>): Promise<T> {
    return this.use(signal, '', (connection) =>
      work(async (sql) => {
        if (signal?.aborted) throw new ProblemError(problem('query-cancelled', {}));
        try {
          return await wholeResult(connection, sql);
        } catch (error) {
          throw this.failure(error, sql, signal);
        }
      }),
    );
  }

  /** The same for a statement that came from a user: refused unless it is exactly one SELECT. */
  async select(sql: string, signal?: AbortSignal): Promise<Result> {
    await this.checkSelect(sql, signal);
    return this.query(sql, signal);
  }

  /** Refuses a statement unless it is exactly one SELECT; does not run it. @throws ProblemError `query-failed`. */
  async checkSelect(sql: string, signal?: AbortSignal): Promise<void> {
    await this.use(signal, sql, async (connection) => {
      const statements = await connection.extractStatements(sql);
      if (statements.count !== 1) throw new Error('more than one statement');
      const prepared = await statements.prepare(0);
      try {
        if (prepared.statementType !== StatementType.SELECT) throw new Error('not a SELECT');
      } finally {
        prepared.destroySync();
      }
    });
  }

  /** Keeps row numbers in an order, for deep scrolling; answers the name of the list, which has a rowid of its own. */
  async keepOrder(select: string, signal?: AbortSignal): Promise<string> {
    const name = `assay_order_${++this.orders}`;
    await this.query(`CREATE TABLE memory.main.${identifier(name)} AS ${select}`, signal);
    return name;
  }

  async dropOrder(name: string): Promise<void> {
    await this.drop(`memory.main.${identifier(name)}`);
  }

  /** Drops a table, quoted and with its schema, if it is there; it is not where the instance was built anew. */
  async drop(table: string): Promise<void> {
    await this.query(`DROP TABLE IF EXISTS ${table}`);
  }

  /** A number that changes whenever kept orders are gone. */
  generation = 0;

  async close(): Promise<void> {
    await this.retire();
  }

  private async use<T>(
    signal: AbortSignal | undefined,
    sql: string,
    work: (connection: DuckDBConnection) => Promise<T>,
  ): Promise<T> {
    if (signal?.aborted) throw new ProblemError(problem('query-cancelled', {}));
    const instance = await this.current();
    instance.users++;
    const connection = await instance.db.connect();
    const stopped = interruptOn(connection, signal);
    try {
      if (signal?.aborted) throw new ProblemError(problem('query-cancelled', {}));
      return await work(connection);
    } catch (error) {
      throw this.failure(error, sql, signal);
    } finally {
      stopped();
      connection.closeSync();
      instance.users--;
      if (instance.retired && instance.users === 0) instance.db.closeSync();
    }
  }

  private failure(error: unknown, sql: string, signal: AbortSignal | undefined): unknown {
    if (error instanceof ProblemError) return error;
    const reason = error instanceof Error ? error.message : String(error);
    if (signal?.aborted || reason.startsWith('INTERRUPT'))
      return new ProblemError(problem('query-cancelled', {}));
    if (/^FATAL|database has been invalidated/.test(reason)) void this.retire();
    if (reason.startsWith('Out of Memory'))
      return new ProblemError(problem('memory-exhausted', { limit: this.options.memory }));
    return new ProblemError(problem('query-failed', { reason, sql }));
  }

  private current(): Promise<Instance> {
    this.instance ??= this.build();
    return this.instance;
  }

  private async retire(): Promise<void> {
    const old = this.instance;
    this.instance = null;
    this.generation++;
    if (old === null) return;
    const instance = await old.catch(() => null);
    if (instance === null) return;
    instance.retired = true;
    if (instance.users === 0) instance.db.closeSync();
  }

  private async build(): Promise<Instance> {
    const db = await DuckDBInstance.create(':memory:', limits(this.options));
    const connection = await db.connect();
    try {
      // What is added from here on is for the next instance: this one lets no further file be read.
      const readings = [...this.readings];
      const parquet = readings.flatMap(([, r]) => (r.kind === 'parquet' ? [r.path] : []));
      await lock(connection, parquet, [this.options.tables]);
      for (const [name, reading] of readings) {
        if (reading.kind === 'copy') {
          await connection.run(
            `ATTACH IF NOT EXISTS ${literal(reading.file)} AS ${identifier(attachment(reading.file))} (READ_ONLY)`,
          );
          await connection.run(
            `CREATE VIEW ${identifier(name)} AS FROM ${identifier(attachment(reading.file))}.main.data`,
          );
        } else {
          await connection.run(
            `CREATE VIEW ${identifier(name)} AS FROM read_parquet(${literal(reading.path)})`,
          );
        }
      }
      return { db, users: 0, retired: false };
    } catch (error) {
      db.closeSync();
      throw error;
    } finally {
      connection.closeSync();
    }
  }
}

/** The name under which a materialised file is attached: its own stem, which is a hash. */
export function attachment(file: string): string {
  return file.replace(/^.*[\\/]/, '').replace(/\.duckdb$/, '');
}
