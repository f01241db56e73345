/**
 * Building the app, and knowing when that is needed.
 */
import { existsSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { run } from './command.mjs';
import { checkProject, main, NotReady, project } from './project.mjs';

/** What the build reads, below the project's folder. */
const sources = [
  'src-main',
  'src-renderer',
  'electron.config.ts',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
];
const stamp = path.join('out', '.built');
const results = ['out/main/index.js', 'out/main/host.js', 'out/preload/index.cjs', 'out/renderer/index.html'];

/**
 * Why the built app does not stand for the sources.
 *
 * @param {string} [root]
 * @returns {string | undefined} Undefined if it does.
 */
export function staleness(root = project) {
  const built = statSync(path.join(root, stamp), { throwIfNoEntry: false });
  if (!built) return 'it was not built yet';
  const lost = results.find((name) => !existsSync(path.join(root, name)));
  if (lost) return `${lost} is missing`;
  const newer = sources.find((name) => newest(path.join(root, name)) > built.mtimeMs);
  return newer && `${newer} changed`;
}

/**
 * Build the app.
 * @param {string} [root]
 * @throws {NotReady} If it fails, with everything the build said.
 */
export async function build(root = project) {
  const started = Date.now();
  const tool = path.join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  const args = [tool, 'build', '-c', 'electron.config.ts', '--logLevel', 'warn'];
  const { code, output } = await run(process.execPath, args, {
    cwd: root,
    env: { ...process.env, NO_COLOR: '1' },
  });
  if (code !== 0) throw new NotReady(`The build failed.\n${output.trim()}`);
  // Dated to the start, so that what was saved meanwhile counts as newer.
  writeFileSync(path.join(root, stamp), `${new Date(started).toISOString()}\n`);
  utimesSync(path.join(root, stamp), new Date(started), new Date(started));
}

/**
 * Build the app if the sources changed since the last time.
 * @param {(line: string) => void} say
 */
export async function buildIfStale(say) {
  const why = staleness();
  if (why === undefined) return;
  const started = Date.now();
  await build();
  say(`Built the app in ${((Date.now() - started) / 1000).toFixed(1)} s, because ${why}.`);
}

/**
 * When something below a path last changed; a removed file counts, by its folder.
 * @param {string} place @returns {number} Milliseconds since 1970; 0 if it does not exist.
 */
function newest(place) {
  const found = statSync(place, { throwIfNoEntry: false });
  if (!found) return 0;
  if (!found.isDirectory()) return found.mtimeMs;
  return Math.max(found.mtimeMs, ...readdirSync(place).map((name) => newest(path.join(place, name))));
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main(async () => {
    checkProject();
    const started = Date.now();
    await build();
    console.log(`Built the app in ${((Date.now() - started) / 1000).toFixed(1)} s.`);
    return 0;
  });
}
