/**
 * What the fallback runtime runs in place of Electron's own default app, which it lacks.
 *
 * It takes the command line Electron takes: `electron [switches] [-r module]… <folder or file> [args]` and
 * `electron --version`. It is a module with top-level await, because the app's own top-level code must
 * have run before Electron is ready; it starts CommonJS and ES module apps alike.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { app as electronApp } from 'electron';

/** @typedef {{ setVersion(version: string): void, setAppPath(path: string): void }} Undocumented What the default app uses too. */
const app = /** @type {import('electron').App & Undocumented} */ (electronApp);

const asked = read(process.argv.slice(1));
if (asked.version) {
  console.log(`v${process.versions.electron}`);
  process.exit(0);
}
if (asked.target === undefined) {
  console.error('Usage: electron [switches] [-r module] <app folder or file> [arguments]');
  process.exit(1);
}

const require = createRequire(path.join(process.cwd(), 'electron'));
for (const module of asked.preloads) require(module);
Object.defineProperty(process, 'defaultApp', { value: true, enumerable: true, configurable: false });
await import(pathToFileURL(introduce(path.resolve(asked.target))).href);

/**
 * @param {string[]} words The command line without the executable.
 * @returns {{ version: boolean, preloads: string[], target: string | undefined }}
 */
function read(words) {
  const preloads = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    if (word === '-v' || word === '--version') return { version: true, preloads, target: undefined };
    if (word === '-r' || word === '--require') preloads.push(words[++at] ?? '');
    else if (!word.startsWith('-')) return { version: false, preloads, target: word };
  }
  return { version: false, preloads, target: undefined };
}

/**
 * Tell Electron which app it is, as its manifest says.
 *
 * @param {string} target Folder with a package.json, or a script.
 * @returns {string} The script to run.
 */
function introduce(target) {
  const manifest = path.join(target, 'package.json');
  if (!existsSync(manifest)) {
    app.setAppPath(path.dirname(target));
    return target;
  }
  const { name, productName, version, main = 'index.js' } = JSON.parse(readFileSync(manifest, 'utf8'));
  if (version) app.setVersion(version);
  if (productName || name) {
    app.setName(productName || name);
    app.setPath('userData', path.join(app.getPath('appData'), productName || name));
  }
  app.setAppPath(target);
  return path.join(target, main);
}
