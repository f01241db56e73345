/**
 * What a container holds that can be opened as a table each: sheets of a workbook, files of an archive, tables of a database.
 */
import { open } from 'node:fs/promises';
import { ProblemError, problem } from '../core/problem';
import type { Part } from '../core/source/receipt';
import { isDatabase, tablesOf } from './database';
import { formatByName } from './many';
import { reasonOf } from './reason';
import type { SessionOptions } from './session';
import { listZip, packingOf } from './unpack';
import { refuseOldWorkbook, sheetsOf } from './workbook';

/** What kind of container a file is, by what is in it and not by its name. */
export type Container = 'workbook' | 'zip' | 'gzip' | 'zstd' | 'database';

/**
 * @returns null if the file is none, so that it is read as it stands.
 * @throws ProblemError `source-broken` for an archive or workbook of a kind that is not read; `source-missing`,
 *  `source-unreadable`.
 */
export async function containerOf(path: string): Promise<Container | null> {
  const head = Buffer.alloc(512);
  let size = 0;
  try {
    const file = await open(path, 'r');
    try {
      size = (await file.read(head, 0, head.length, 0)).bytesRead;
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
  const start = head.subarray(0, size);
  if (isDatabase(start)) return 'database';
  await refuseOldWorkbook(path, start);
  const packing = packingOf(path, start);
  if (packing !== 'zip') return packing;
  const names = (await listZip(path)).map((entry) => entry.fileName);
  if (names.some((name) => /^xl\/workbook\.(xml|bin)$/.test(name))) return 'workbook';
  if (names.includes('content.xml') && names.includes('META-INF/manifest.xml')) return 'workbook';
  if (names.includes('[Content_Types].xml')) {
    throw new ProblemError(
      problem('source-broken', { path, reason: 'it is an Office document without sheets' }),
    );
  }
  return 'zip';
}

/**
 * The parts of a file, those first that are most likely meant: visible sheets, files with the ending of a data file,
 * tables before views. Empty for a file that is one table.
 * @throws ProblemError as `containerOf`, `sheetsOf` and `tablesOf` do.
 */
export async function partsOf(
  path: string,
  options: SessionOptions,
  signal?: AbortSignal,
): Promise<readonly Part[]> {
  switch (await containerOf(path)) {
    case 'workbook': {
      const sheets = await sheetsOf(path);
      return [...sheets.filter((s) => !s.hidden), ...sheets.filter((s) => s.hidden)].map((s) => ({
        sheet: s.name,
      }));
    }
    case 'zip': {
      const names = (await listZip(path)).map((entry) => entry.fileName);
      const data = names.filter((name) => formatByName(name) !== null);
      const others = names.filter((name) => formatByName(name) === null);
      return [...data, ...others].map((entry) => ({ entry }));
    }
    case 'database':
      return (await tablesOf(path, options, signal)).map(({ entry }) => ({ entry }));
    default:
      return [];
  }
}
