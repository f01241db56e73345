/**
 * The files named on a command line.
 */
import { resolve } from 'node:path';

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
