/**
 * What this machine offers to a window: the shared libraries, a sandbox, fonts; and what is
 * missing, by the name of the package that brings it.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline/promises';
import { drawingFlags, findDisplay } from './display.mjs';
import { NotReady } from './project.mjs';

/** Shared library of the runtime → the Debian package that brings it. */
const packageOf = {
  'libasound.so.2': 'libasound2',
  'libatk-1.0.so.0': 'libatk1.0-0',
  'libatk-bridge-2.0.so.0': 'libatk-bridge2.0-0',
  'libatspi.so.0': 'libatspi2.0-0',
  'libcairo.so.2': 'libcairo2',
  'libcups.so.2': 'libcups2',
  'libdbus-1.so.3': 'libdbus-1-3',
  'libdrm.so.2': 'libdrm2',
  'libexpat.so.1': 'libexpat1',
  'libgbm.so.1': 'libgbm1',
  'libgdk-3.so.0': 'libgtk-3-0',
  'libgdk_pixbuf-2.0.so.0': 'libgdk-pixbuf-2.0-0',
  'libgio-2.0.so.0': 'libglib2.0-0',
  'libglib-2.0.so.0': 'libglib2.0-0',
  'libgobject-2.0.so.0': 'libglib2.0-0',
  'libgtk-3.so.0': 'libgtk-3-0',
  'libnspr4.so': 'libnspr4',
  'libnss3.so': 'libnss3',
  'libnssutil3.so': 'libnss3',
  'libpango-1.0.so.0': 'libpango-1.0-0',
  'libpangocairo-1.0.so.0': 'libpangocairo-1.0-0',
  'libsmime3.so': 'libnss3',
  'libudev.so.1': 'libudev1',
  'libX11.so.6': 'libx11-6',
  'libXcomposite.so.1': 'libxcomposite1',
  'libXdamage.so.1': 'libxdamage1',
  'libXext.so.6': 'libxext6',
  'libXfixes.so.3': 'libxfixes3',
  'libXrandr.so.2': 'libxrandr2',
  'libxcb.so.1': 'libxcb1',
  'libxkbcommon.so.0': 'libxkbcommon0',
};

/** Packages whose name ends in t64 since Debian 13 and Ubuntu 24.04. */
const renamed = new Set([
  'libasound2',
  'libatk1.0-0',
  'libatk-bridge2.0-0',
  'libatspi2.0-0',
  'libcups2',
  'libgtk-3-0',
  'libglib2.0-0',
]);

const FONT_PACKAGE = 'fonts-dejavu-core';

/**
 * @typedef {object} Missing
 * @property {string[]} libraries Shared libraries the runtime needs and the machine lacks, sorted.
 * @property {string[]} packages The Debian packages that bring them, and a font if there is none; sorted, each once.
 * @property {string[]} unknown Those of the libraries no package is known for.
 */

/**
 * @typedef {object} Sandbox
 * @property {string[]} flags Switches the runtime needs; empty if its sandbox works as it is.
 * @property {string | undefined} warning What the user should know; undefined if there is nothing.
 */

/** The machine lacks something the user has to install. The message says what and how. */
export class SystemIncomplete extends NotReady {
  /** @param {string} message */
  constructor(message) {
    super(message);
    this.name = 'SystemIncomplete';
  }
}

/**
 * Whether, and how, the sandbox of the runtime can be used.
 *
 * @param {object} machine
 * @param {string} machine.platform As process.platform.
 * @param {number | undefined} machine.uid The user; 0 is root.
 * @param {boolean} machine.namespaces Whether an ordinary user may make user namespaces.
 * @param {boolean} machine.helper Whether the runtime's chrome-sandbox belongs to root with mode 4755.
 * @returns {Sandbox}
 */
export function decideSandbox({ platform, uid, namespaces, helper }) {
  if (platform !== 'linux') return { flags: [], warning: undefined };
  if (uid === 0) return { flags: ['--no-sandbox'], warning: 'Running as root: the browser sandbox is off.' };
  if (namespaces || helper) return { flags: [], warning: undefined };
  return {
    flags: ['--no-sandbox'],
    warning:
      'This system allows neither user namespaces nor a sandbox helper, so the browser sandbox is off. ' +
      'To have it: sudo sysctl kernel.unprivileged_userns_clone=1, or on Ubuntu kernel.apparmor_restrict_unprivileged_userns=0.',
  };
}

/**
 * The sandbox on this machine for this runtime.
 * @param {string} executable
 * @returns {Sandbox}
 */
export function sandboxFor(executable) {
  const uid = process.getuid?.();
  const measure = process.platform === 'linux' && uid !== 0;
  return decideSandbox({
    platform: process.platform,
    uid,
    // Mapping the user is what AppArmor forbids where it restricts namespaces; making one alone would pass.
    namespaces:
      measure &&
      spawnSync('unshare', ['--user', '--map-root-user', 'true'], { stdio: 'ignore' }).status === 0,
    helper: measure && isSetuidRoot(path.join(path.dirname(executable), 'chrome-sandbox')),
  });
}

/**
 * Switches for starting the runtime here: the sandbox, and where to draw.
 *
 * @param {string} executable
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<Sandbox>} The flags, and the sandbox's warning.
 */
export async function launchFlags(executable, env = process.env) {
  const sandbox = sandboxFor(executable);
  const display = await findDisplay(env);
  return { flags: [...sandbox.flags, ...drawingFlags(display.kind)], warning: sandbox.warning };
}

/**
 * Read what `ldd` prints.
 * @param {string} output
 * @returns {string[]} The libraries it did not find, sorted, each once.
 */
export function missingLibraries(output) {
  const found = [...output.matchAll(/^\s*(\S+) => not found\s*$/gm)].map((match) => match[1] ?? '');
  return [...new Set(found)].sort();
}

/**
 * The packages to install.
 *
 * @param {string[]} libraries Shared libraries that are missing.
 * @param {object} machine
 * @param {boolean} machine.fonts Whether there is any font.
 * @param {boolean} machine.t64 Whether the system's packages have the newer names.
 * @returns {Missing}
 */
export function packagesFor(libraries, { fonts, t64 }) {
  const known = new Map(Object.entries(packageOf));
  const packages = new Set(fonts ? [] : [FONT_PACKAGE]);
  const unknown = [];
  for (const library of libraries) {
    const name = known.get(library);
    if (name === undefined) unknown.push(library);
    else packages.add(t64 && renamed.has(name) ? `${name}t64` : name);
  }
  return { libraries, packages: [...packages].sort(), unknown };
}

/**
 * Whether a system names its packages the newer way, from its os-release file.
 * @param {string} release
 */
export function hasNewNames(release) {
  const field = (/** @type {string} */ name) =>
    release.match(new RegExp(`^${name}="?([^"\n]*)"?$`, 'm'))?.[1] ?? '';
  const version = Number.parseFloat(field('VERSION_ID'));
  if (field('ID') === 'ubuntu') return version >= 24.04;
  if (field('ID') === 'debian') return Number.isNaN(version) || version >= 13;
  return (
    ['noble', 'plucky', 'questing'].includes(field('UBUNTU_CODENAME')) ||
    field('DEBIAN_CODENAME') === 'trixie'
  );
}

/**
 * What this machine lacks to run the program.
 * @param {string} executable
 * @returns {Missing}
 */
export function missingPackages(executable) {
  if (process.platform !== 'linux') return { libraries: [], packages: [], unknown: [] };
  const ldd = spawnSync('ldd', [executable], { encoding: 'utf8' });
  const release = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '';
  return packagesFor(missingLibraries(ldd.stdout ?? ''), { fonts: hasFonts(), t64: hasNewNames(release) });
}

/**
 * The command that installs packages.
 * @param {string[]} packages @param {boolean} asRoot Whether the user is root already.
 */
export function installCommand(packages, asRoot) {
  const sudo = asRoot ? '' : 'sudo ';
  return `${sudo}apt-get update && ${sudo}apt-get install -y --no-install-recommends ${packages.join(' ')}`;
}

/**
 * Make sure the program can run here. As root with apt what is missing is installed: without asking if CI is
 * "true" or ASSAY_INSTALL is "yes", after asking on a terminal.
 *
 * @param {string} executable
 * @param {object} [how]
 * @param {NodeJS.ProcessEnv} [how.env]
 * @param {(line: string) => void} [how.say]
 * @throws {SystemIncomplete} If something is missing and was not installed.
 */
export async function completeSystem(executable, { env = process.env, say = console.error } = {}) {
  const missing = missingPackages(executable);
  if (missing.libraries.length === 0 && missing.packages.length === 0) return;
  const asRoot = process.getuid?.() === 0;
  const apt =
    existsSync('/etc/debian_version') &&
    spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status === 0;
  const words = shortfall(missing, { asRoot, apt });
  if (!asRoot || !apt || missing.packages.length === 0) throw new SystemIncomplete(words);

  const unasked = env.CI === 'true' || env.ASSAY_INSTALL === 'yes';
  if (!unasked) {
    if (!process.stdin.isTTY || !process.stderr.isTTY) {
      throw new SystemIncomplete(`${words}\nOr set ASSAY_INSTALL=yes and run this again.`);
    }
    say(words);
    if (!(await agreed('Install them now? [Y/n] '))) throw new SystemIncomplete('Nothing was installed.');
  }
  say(`Installing system packages: ${missing.packages.join(' ')} …`);
  install(missing.packages, env);
  const left = missingPackages(executable);
  if (left.libraries.length > 0) throw new SystemIncomplete(shortfall(left, { asRoot, apt }));
}

/**
 * What is missing and what to do about it, in words.
 * @param {Missing} missing @param {{ asRoot: boolean, apt: boolean }} machine
 */
export function shortfall({ libraries, packages, unknown }, { asRoot, apt }) {
  const lines = [];
  if (libraries.length > 0)
    lines.push(`The window needs shared libraries this system lacks: ${libraries.join(', ')}.`);
  if (packages.includes(FONT_PACKAGE)) lines.push('No font is installed.');
  if (packages.length > 0 && apt)
    lines.push('Install the packages that are missing:', `  ${installCommand(packages, asRoot)}`);
  if (packages.length > 0 && !apt) {
    lines.push(`Install what brings them here; on Debian the packages are: ${packages.join(' ')}.`);
  }
  if (unknown.length > 0)
    lines.push(
      `No package is known for ${unknown.join(', ')}; search it with: apt-file search ${unknown[0]}`,
    );
  return lines.join('\n');
}

/** @param {string[]} packages @param {NodeJS.ProcessEnv} env */
function install(packages, env) {
  const quiet = {
    env: { ...env, DEBIAN_FRONTEND: 'noninteractive' },
    encoding: /** @type {const} */ ('utf8'),
  };
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', ...packages]]) {
    let result = spawnSync('apt-get', args, quiet);
    if (result.status !== 0) result = spawnSync('apt-get', args, quiet);
    if (result.status !== 0 && args[0] === 'install') {
      const output = `${result.stdout}${result.stderr}`.trim().split('\n').slice(-8).join('\n');
      throw new SystemIncomplete(`apt-get ${args.join(' ')} failed:\n${output}`);
    }
  }
}

/** @param {string} question */
async function agreed(question) {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return !/^n/i.test((await lines.question(question)).trim());
  } finally {
    lines.close();
  }
}

/** Whether any font file is in one of the usual folders. */
function hasFonts() {
  const home = os.homedir();
  const folders = [
    '/usr/share/fonts',
    '/usr/local/share/fonts',
    path.join(home, '.fonts'),
    path.join(home, '.local/share/fonts'),
  ];
  return folders.some(
    (folder) =>
      existsSync(folder) &&
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).some((name) =>
        /\.(ttf|otf|ttc|pfb)$/i.test(name),
      ),
  );
}

/** @param {string} file */
function isSetuidRoot(file) {
  const found = statSync(file, { throwIfNoEntry: false });
  return found !== undefined && found.uid === 0 && (found.mode & 0o7777) === 0o4755;
}
