/**
 * Readings kept for files of a pattern: how the next file of the same kind is read.
 */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { matcher } from '../core/source/glob';
import type { Dialect } from '../core/source/receipt';
import { writeWhole } from './files';

export interface Remembered {
  /** A file name in which `*` is anything. */
  readonly pattern: string;
  readonly dialect: Partial<Dialect>;
}

export class RememberedReadings {
  constructor(private readonly path: string) {}

  /** All of them, newest first; none if the file is gone or cannot be understood. */
  async list(): Promise<readonly Remembered[]> {
    try {
      const read: unknown = JSON.parse(await readFile(this.path, 'utf8'));
      return Array.isArray(read) ? read.filter(isRemembered) : [];
    } catch {
      return [];
    }
  }

  /** Keeps a reading, or forgets it if `dialect` is null. */
  async keep(pattern: string, dialect: Partial<Dialect> | null): Promise<void> {
    const others = (await this.list()).filter((r) => r.pattern !== pattern);
    const all = dialect === null ? others : [{ pattern, dialect }, ...others];
    await writeWhole(this.path, `${JSON.stringify(all, null, 2)}\n`);
  }

  /** The newest reading whose pattern a file's name matches. */
  async of(path: string): Promise<Remembered | null> {
    const name = basename(path);
    return (await this.list()).find((r) => matcher(r.pattern)(name)) ?? null;
  }
}

function isRemembered(entry: unknown): entry is Remembered {
  const { pattern, dialect } = (entry ?? {}) as Partial<Remembered>;
  return typeof pattern === 'string' && typeof dialect === 'object' && dialect !== null;
}
