/**
 * Files we write: designs, specs and the journal. Each is written whole or not at all.
 */
import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { ProblemError, problem } from '../core/problem';
import { reasonOf } from './reason';

/** A design is small; a larger file is something else. */
const DESIGN_MAX = 50 * 1024 * 1024;

/** @throws ProblemError `design-unreadable`. */
export async function readDesignText(path: string): Promise<string> {
  try {
    const facts = await stat(path);
    if (!facts.isFile())
      throw new ProblemError(problem('design-unreadable', { path, reason: 'it is not a file' }));
    if (facts.size > DESIGN_MAX)
      throw new ProblemError(problem('design-unreadable', { path, reason: 'it is larger than 50 MB' }));
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    const reason =
      (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file' : reasonOf(error);
    throw new ProblemError(problem('design-unreadable', { path, reason }));
  }
}

/** Writes through a temporary file beside it. @throws ProblemError `folder-not-writable`. */
export async function writeWhole(path: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFileAtomic(path, text, { encoding: 'utf8' });
  } catch (error) {
    throw new ProblemError(problem('folder-not-writable', { path: dirname(path), reason: reasonOf(error) }));
  }
}

/**
 * The same for a text that comes piece by piece, however long.
 * @throws ProblemError `folder-not-writable`; whatever the pieces throw.
 */
export async function writePieces(path: string, pieces: AsyncIterable<string>): Promise<void> {
  const refuse = (error: unknown): never => {
    throw new ProblemError(problem('folder-not-writable', { path: dirname(path), reason: reasonOf(error) }));
  };
  await mkdir(dirname(path), { recursive: true }).catch(refuse);
  const temporary = `${path}.${randomUUID()}`;
  const file = await open(temporary, 'wx').catch(refuse);
  try {
    for await (const piece of pieces) await file.appendFile(piece).catch(refuse);
    await file.sync().catch(refuse);
    await file.close();
    await rename(temporary, path).catch(refuse);
  } catch (error) {
    await file.close();
    await rm(temporary, { force: true });
    throw error;
  }
}

export async function removeQuietly(path: string): Promise<void> {
  await rm(path, { force: true });
}

/** Name of the list, inside an export, of what the export wrote. */
export const MANIFEST = '.assay-export.json';

/**
 * Writes an export. Files of an earlier export that this one no longer has are taken away; foreign files stop it
 * unless `replace`, and are never deleted.
 * @returns Paths relative to the folder, with `/`.
 * @throws ProblemError `folder-not-empty` or `folder-not-writable`.
 */
export async function writeFolder(
  folder: string,
  files: readonly { readonly path: string; readonly text: string }[],
  replace: boolean,
): Promise<readonly string[]> {
  const root = resolve(folder);
  const earlier = await readManifest(root);
  const present = await listFolder(root);
  const ours = new Set([...earlier, MANIFEST]);
  if (!replace && present.some((path) => !ours.has(path)))
    throw new ProblemError(problem('folder-not-empty', { path: root }));
  const written = files.map((file) => file.path);
  for (const file of files) {
    const path = join(root, file.path);
    if (relative(root, path).startsWith('..')) throw new RangeError(`outside the folder: ${file.path}`);
    await writeWhole(path, file.text);
  }
  await writeWhole(join(root, MANIFEST), `${JSON.stringify({ assay: 1, files: written }, null, 2)}\n`);
  for (const path of earlier) if (!written.includes(path)) await rm(join(root, path), { force: true });
  return written;
}

async function readManifest(root: string): Promise<readonly string[]> {
  try {
    const read: unknown = JSON.parse(await readFile(join(root, MANIFEST), 'utf8'));
    const files = (read as { files?: unknown }).files;
    const safe = (path: unknown): path is string =>
      typeof path === 'string' && !relative(root, join(root, path)).startsWith('..');
    return Array.isArray(files) ? files.filter(safe) : [];
  } catch {
    return [];
  }
}

async function listFolder(root: string): Promise<readonly string[]> {
  try {
    const found = await readdir(root, { recursive: true, withFileTypes: true });
    return found
      .filter((f) => !f.isDirectory())
      .map((f) => relative(root, join(f.parentPath, f.name)).split(sep).join('/'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw new ProblemError(problem('folder-not-writable', { path: root, reason: reasonOf(error) }));
  }
}
