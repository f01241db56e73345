/**
 * `npm run dist [-- target…]`: the app as people install it, in the folder release.
 *
 * Targets are those of electron-builder for this platform (dir, tar.gz, zip, deb, …); the default is dir, an
 * unpacked folder. A release is built with the official runtime. ASSAY_DIST_WITH_FALLBACK=1 allows another
 * one, for a build that is only tried out; such a build can also be driven by a test.
 */
import { chmodSync, cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { build } from './build.mjs';
import { handOver } from './command.mjs';
import { writeNotices } from './notices.mjs';
import { checkProject, main, NotReady, project } from './project.mjs';
import { describe, resolveRuntime } from './runtime.mjs';

const require = createRequire(import.meta.url);
const say = console.error;

await main(async () => {
  checkProject();
  const targets = process.argv.slice(2);
  const runtime = await resolveRuntime({ say });
  say(describe(runtime));
  const forTrial = runtime.kind === 'fallback' || !isWanted(runtime.version);
  if (forTrial && process.env.ASSAY_DIST_WITH_FALLBACK !== '1') {
    throw new NotReady(
      'A release is built with the official runtime only, and this is another one.\n' +
        'Let this machine reach the download host of Electron, or name a mirror in ELECTRON_MIRROR.\n' +
        'For a build that is only tried out: ASSAY_DIST_WITH_FALLBACK=1 npm run dist',
    );
  }
  say(`Wrote the notices of ${writeNotices()} packages.`);
  await build();
  say('Built the app.');

  const work = mkdtempSync(path.join(os.tmpdir(), 'assay-dist-'));
  try {
    const config = path.join(project, 'resources', 'electron-builder.json');
    const own = {
      electronVersion: runtime.version,
      electronDist: runtimeFolder(runtime, work),
      'electronFuses.enableNodeCliInspectArguments': forTrial,
    };
    const args = [
      require.resolve('electron-builder/cli.js'),
      ...[platformSwitch(), ...(targets.length > 0 ? targets : ['dir'])],
      ...['--config', config, '--publish', 'never', '--projectDir', project],
      ...Object.entries(own).map(([key, value]) => `--config.${key}=${value}`),
    ];
    const code = await handOver(process.execPath, args, {
      cwd: project,
      env: { ...process.env, ...sevenZip() },
    });
    if (code === 0 && forTrial) say('This build is for trial only: do not publish it.');
    return code;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
});

/**
 * The unpacked runtime; of a fallback a copy without the stand-in app, which must not be shipped.
 *
 * @param {import('./runtime.mjs').Runtime} runtime
 * @param {string} work
 */
function runtimeFolder(runtime, work) {
  const folder =
    process.platform === 'darwin'
      ? path.resolve(runtime.executable, '../../../..')
      : path.dirname(runtime.executable);
  if (runtime.kind !== 'fallback') return folder;
  const copy = path.join(work, 'electron');
  const standIn = path.join(folder, 'resources', 'app');
  cpSync(folder, copy, {
    recursive: true,
    filter: (file) => file !== standIn && path.basename(file) !== '.ok',
  });
  return copy;
}

/** @param {string} version */
function isWanted(version) {
  const manifest = path.join(project, 'node_modules', 'electron', 'package.json');
  return JSON.parse(readFileSync(manifest, 'utf8')).version === version;
}

function platformSwitch() {
  if (process.platform === 'darwin') return '--mac';
  return process.platform === 'win32' ? '--win' : '--linux';
}

/** Archives are packed by the 7-Zip of npm, because electron-builder would download its own. */
function sevenZip() {
  const { path7za } = require('7zip-bin');
  if (process.platform !== 'win32') chmodSync(path7za, 0o755);
  return { ELECTRON_BUILDER_7ZIP_PATH: path7za };
}
