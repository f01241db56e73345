/**
 * Columnar copies of what was read, in the cache: keyed by the file and how it is read, so that an unchanged file costs nothing the
 * second time, and any of them may be deleted at any moment.
 */
import { createHash } from 'node:crypto';
import { access, readdir, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { literal } from '../core/sql';
import type { Table } from '../core/table';
import { alone, type Limits } from './alone';

/** Changes whenever the meaning of a copy does, so that old copies are not taken for new ones. */
const COPY_VERSION = 7;
/** Copies together may take this much; the longest unused go first. */
const COPIES_MAX = 10 * 1024 ** 3;

/** What a copy says of itself. */
export interface Kept {
  readonly table: Omit<Table, 'name'>;
  /** The header as it stands in the file; empty if there is none. */
  readonly heading: readonly string[];
}

/** The path of the copy of what these words describe. */
export function copyPath(folder: string, words: readonly unknown[]): string {
  const key = createHash('sha256')
    .update(JSON.stringify([COPY_VERSION, ...words]))
    .digest('hex')
    .slice(0, 24);
  return join(folder, `t_${key}.duckdb`);
}

/** SQL that makes a database a copy. */
export function keepSql(kept: Kept): string {
  return `CREATE TABLE assay_receipt AS SELECT ${literal(JSON.stringify(kept))} AS made`;
}

/** What a copy made earlier says; null if there is none or it cannot be used. */
export async function readCopy(copy: string, limits: Limits, signal?: AbortSignal): Promise<Kept | null> {
  try {
    await access(copy);
  } catch {
    return null;
  }
  try {
    const made = await alone(
      ':memory:',
      { files: [copy], folders: [limits.tables] },
      limits,
      signal,
      async (run) => {
        await run(`ATTACH ${literal(copy)} AS kept (READ_ONLY)`);
        return (await run('SELECT made FROM kept.main.assay_receipt'))[0]?.[0];
      },
    );
    const now = new Date();
    await utimes(copy, now, now);
    return JSON.parse(String(made)) as Kept;
  } catch (error) {
    if (signal?.aborted) throw error;
    await rm(copy, { force: true });
    return null;
  }
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
