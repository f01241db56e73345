/**
 * Places on this machine: the app's data, its caches, and the files named on a command line.
 */
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** The folder for what can be deleted at any moment. Beside the data if that was set by hand. */
export function cacheFolder(userData: string, setByHand: boolean): string {
  if (setByHand) return join(userData, 'cache');
  switch (process.platform) {
    case 'darwin':
      return join(homedir(), 'Library', 'Caches', 'assay');
    case 'win32':
      return join(process.env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'assay', 'cache');
    default:
      return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'assay');
  }
}

/**
 * The files a command line asks to open, as absolute paths.
 *
 * @param argv With the executable first, and the app's folder second if `development`.
 */
export function pathsOf(argv: readonly string[], folder: string, development: boolean): readonly string[] {
  const words: string[] = [];
  for (let i = 1; i < argv.length; i++) {
    const word = argv[i] ?? '';
    if (word === '-r' || word === '--require') i++;
    else if (word !== '' && !word.startsWith('-') && !/^[a-z][a-z0-9+.-]+:\/\//i.test(word)) words.push(word);
  }
  return words.slice(development ? 1 : 0).map((word) => resolve(folder, word));
}
