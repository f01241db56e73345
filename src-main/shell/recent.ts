/**
 * Recent files: a short list in the app's data folder, and the system's own.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { app } from 'electron';
import type { Recent } from '../contract';

const kept = 12;

type Entry = Omit<Recent, 'missing'>;

export interface RecentFiles {
  /** Newest first; files that are gone are marked, not dropped. */
  list(): readonly Recent[];
  note(path: string, kind: Recent['kind']): void;
}

export function recentFiles(file: string): RecentFiles {
  const read = (): readonly Entry[] => {
    if (!existsSync(file)) return [];
    try {
      const entries: unknown = JSON.parse(readFileSync(file, 'utf8'));
      if (!Array.isArray(entries)) return [];
      return entries.filter(
        (e): e is Entry => typeof e?.path === 'string' && (e.kind === 'source' || e.kind === 'design'),
      );
    } catch {
      // A damaged list is worth no message: it fills again by use.
      return [];
    }
  };
  return {
    list: () => read().map((entry) => ({ ...entry, missing: !existsSync(entry.path) })),
    note(path, kind) {
      const entries = [{ path, kind }, ...read().filter((entry) => entry.path !== path)].slice(0, kept);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(`${file}.new`, JSON.stringify(entries, null, 2));
      renameSync(`${file}.new`, file);
      app.addRecentDocument(path);
    },
  };
}
