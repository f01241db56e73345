/**
 * A DuckDB for one piece of work: shut in to the files it needs, limited in memory, gone afterwards. A file that makes
 * it fail fatally takes nothing else with it.
 */
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { ProblemError, problem } from '../core/problem';
import type { Cell } from '../core/table';
import { toCell } from './cell';
import { interruptOn, limits, lock, type SessionOptions } from './session';

/** Ways to compress text that take longer to choose and to write than a copy in the cache is worth. */
const slow = ['fsst', 'dict_fsst', 'zstd'];

export type Limits = SessionOptions;
export type Run = (sql: string) => Promise<readonly (readonly Cell[])[]>;

/**
 * @param database A file to make or open, or `:memory:`.
 * @param reach Files and folders it may touch.
 */
export async function alone<T>(
  database: string,
  reach: { readonly files: readonly string[]; readonly folders: readonly string[] },
  options: Limits,
  signal: AbortSignal | undefined,
  work: (run: Run, connection: DuckDBConnection) => Promise<T>,
): Promise<T> {
  const db = await DuckDBInstance.create(database, limits(options));
  const connection = await db.connect();
  const stopped = interruptOn(connection, signal);
  try {
    if (signal?.aborted) throw new ProblemError(problem('query-cancelled', {}));
    await connection.run('SET enable_progress_bar = true');
    await connection.run('SET enable_progress_bar_print = false');
    await connection.run(`SET disabled_compression_methods = '${slow.join(',')}'`);
    await lock(connection, reach.files, reach.folders);
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
