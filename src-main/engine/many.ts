/**
 * What a path stands for: one file, the data files below a folder, or those that match a pattern.
 */
import { lstat, open, readdir, realpath, stat } from 'node:fs/promises';
import { basename, join, relative, resolve, sep } from 'node:path';
import { ProblemError, problem } from '../core/problem';
import { hiveOf } from '../core/source/gather';
import { depthOf, isPattern, matcher, rootOf } from '../core/source/glob';
import type { FileFormat } from '../core/source/receipt';
import { reasonOf } from './reason';

/** More files than this are not opened as one. */
export const FILES_MAX = 10_000;
/** Entries that are looked at, whether they are data or not. */
const SEEN_MAX = 1_000_000;
const DEPTH_MAX = 64;

export interface FoundFile {
  /** Absolute. */
  readonly path: string;
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly modified: number;
  /** By its ending only. */
  readonly format: FileFormat;
  /** Keys and values of the `key=value` folders: below a folder that was opened, or of the whole path that matched. */
  readonly hive: readonly (readonly [string, string])[];
}

export interface LeftOut {
  readonly path: string;
  readonly reason: string;
}

export interface Expanded {
  readonly kind: 'file' | 'folder' | 'pattern';
  /** Sorted by path, numbers in names by their value. */
  readonly files: readonly FoundFile[];
  /** What could not be taken, at most 1,000, in order; other kinds of files and hidden ones are passed over. */
  readonly left: readonly LeftOut[];
}

const endings: readonly (readonly [RegExp, FileFormat])[] = [
  [/\.(csv|tsv|tab|psv|txt|dat)(\.(gz|zst|zip))?$/i, 'csv'],
  [/\.(json|jsonl|ndjson|geojson)(\.(gz|zst|zip))?$/i, 'json'],
  [/\.(parquet|parq|pq)$/i, 'parquet'],
  [/\.xls[xm]$/i, 'xlsx'],
  [/\.(duckdb|ddb)$/i, 'duckdb'],
];

/** The format that a file's ending promises; null if it promises none that is read. */
export function formatByName(path: string): FileFormat | null {
  return endings.find(([ending]) => ending.test(path))?.[1] ?? null;
}

/**
 * Finds the files that a path stands for. A file whose own name holds the marks of a pattern is that file.
 * @throws ProblemError `source-missing` if nothing is there or matches, `source-empty` for a folder without data files,
 *  `source-not-a-file`, `source-unreadable`, `source-limit` or `query-cancelled`.
 */
export async function expand(path: string, signal?: AbortSignal): Promise<Expanded> {
  const whole = resolve(path);
  const facts = await stat(whole).catch((error: NodeJS.ErrnoException) => error);
  if (!(facts instanceof Error)) {
    if (facts.isFile()) {
      const format = formatByName(whole) ?? 'csv';
      const file = { path: whole, bytes: facts.size, modified: facts.mtimeMs, format, hive: [] };
      return { kind: 'file', files: [file], left: [] };
    }
    if (!facts.isDirectory()) throw new ProblemError(problem('source-not-a-file', { path: whole }));
    const found = await walk(whole, Number.POSITIVE_INFINITY, null, signal);
    if (found.files.length === 0) {
      const [first] = found.left;
      if (first === undefined) throw new ProblemError(problem('source-empty', { path: whole }));
      throw new ProblemError(problem('source-unreadable', { path: first.path, reason: first.reason }));
    }
    return { kind: 'folder', ...found };
  }
  const missing = facts.code === 'ENOENT' || facts.code === 'ENOTDIR' || facts.code === 'ENAMETOOLONG';
  const pattern = whole.split(sep).join('/');
  if (!missing || !isPattern(pattern)) {
    throw new ProblemError(
      missing
        ? problem('source-missing', { path: whole })
        : problem('source-unreadable', { path: whole, reason: reasonOf(facts) }),
    );
  }
  const root = rootOf(pattern);
  if ((await stat(root).catch(() => null))?.isDirectory() !== true) {
    throw new ProblemError(problem('source-missing', { path: whole }));
  }
  const found = await walk(root, depthOf(pattern), matcher(pattern), signal);
  if (found.files.length === 0) {
    const [first] = found.left;
    throw new ProblemError(
      first === undefined
        ? problem('source-missing', { path: whole })
        : problem('source-unreadable', { path: first.path, reason: first.reason }),
    );
  }
  return { kind: 'pattern', ...found };
}

async function walk(
  root: string,
  depth: number,
  matches: ((path: string) => boolean) | null,
  signal: AbortSignal | undefined,
): Promise<{ files: readonly FoundFile[]; left: readonly LeftOut[] }> {
  const files: FoundFile[] = [];
  const left: LeftOut[] = [];
  let seen = 0;
  const leave = (path: string, reason: string) => left.push({ path, reason });
  const wanted = (path: string) =>
    matches === null ? formatByName(path) !== null : matches(path.split(sep).join('/'));

  // `above` holds the real folders on the way down, so that a link back up is noticed.
  const visit = async (folder: string, level: number, above: readonly string[]): Promise<void> => {
    if (signal?.aborted) throw new ProblemError(problem('query-cancelled', {}));
    let names: string[];
    try {
      names = await readdir(folder);
    } catch (error) {
      leave(folder, reasonOf(error));
      return;
    }
    for (const name of names) {
      if (++seen > SEEN_MAX) {
        const reason = `it holds more than ${SEEN_MAX.toLocaleString('en')} files and folders`;
        throw new ProblemError(problem('source-limit', { path: root, reason }));
      }
      const path = join(folder, name);
      if (matches === null && /^[._]/.test(name)) continue;
      const facts = await stat(path).catch((error: NodeJS.ErrnoException) => error);
      if (facts instanceof Error) {
        if (wanted(path)) leave(path, await linkReason(path, facts));
        continue;
      }
      if (facts.isDirectory()) {
        if (level >= depth) continue;
        const real = await realpath(path).catch(() => path);
        if (above.includes(real)) leave(path, 'a link back to a folder above it');
        else if (level >= DEPTH_MAX) leave(path, `deeper than ${DEPTH_MAX} folders`);
        else await visit(path, level + 1, [...above, real]);
        continue;
      }
      if (!wanted(path)) continue;
      if (!facts.isFile()) {
        leave(path, `${kindOfEntry(facts)}, not a file`);
        continue;
      }
      if (facts.size === 0) {
        leave(path, 'it is empty');
        continue;
      }
      const refusal = await readable(path);
      if (refusal !== null) {
        leave(path, refusal);
        continue;
      }
      if (files.length >= FILES_MAX) {
        const reason = `more than ${FILES_MAX.toLocaleString('en')} files`;
        throw new ProblemError(problem('source-limit', { path: root, reason }));
      }
      files.push({
        path,
        bytes: facts.size,
        modified: facts.mtimeMs,
        format: formatByName(path) ?? 'csv',
        hive: hiveOf((matches === null ? relative(root, path) : path).split(sep).join('/')),
      });
    }
  };
  await visit(root, 0, [await realpath(root).catch(() => root)]);
  const order = new Intl.Collator('en', { numeric: true });
  const byPath = (a: { path: string }, b: { path: string }) =>
    order.compare(a.path, b.path) || (a.path < b.path ? -1 : 1);
  return { files: files.sort(byPath), left: left.sort(byPath).slice(0, 1000) };
}

async function readable(path: string): Promise<string | null> {
  try {
    await (await open(path, 'r')).close();
    return null;
  } catch (error) {
    return reasonOf(error);
  }
}

async function linkReason(path: string, error: NodeJS.ErrnoException): Promise<string> {
  if (error.code !== 'ENOENT') return reasonOf(error);
  const link = await lstat(path).catch(() => null);
  return link?.isSymbolicLink() ? 'a link to something that is not there' : `${basename(path)} is gone`;
}

function kindOfEntry(facts: { isFIFO(): boolean; isSocket(): boolean }): string {
  if (facts.isFIFO()) return 'a named pipe';
  return facts.isSocket() ? 'a socket' : 'a device';
}
