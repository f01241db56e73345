/**
 * `npm test`: types, lint, unit tests, build, and the tests in the real window, in this order and all of
 * them whatever fails. One line per step that is green, everything it said if it is red; the last line
 * counts. Steps can be named to run only those: `npm test -- types unit`.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { build } from './build.mjs';
import { run } from './command.mjs';
import { add, check, countPlaywright, countVitest, none, summary } from './counts.mjs';
import { checkProject, main, NotReady, project } from './project.mjs';
import { describe, resolveRuntime } from './runtime.mjs';
import { completeSystem } from './system.mjs';

/**
 * @typedef {object} Result
 * @property {import('./counts.mjs').Counts} counts
 * @property {string} note A few words for the step's line.
 * @property {string} output What to show if it is red.
 */

const rooms = ['src-main/core', 'src-main', 'src-renderer', 'test'];
const reports = mkdtempSync(path.join(os.tmpdir(), 'assay-test-'));
const tool = (/** @type {string[]} */ ...place) => path.join(project, 'node_modules', ...place);
const node = (/** @type {string[]} */ args, /** @type {NodeJS.ProcessEnv} */ env = {}) =>
  run(process.execPath, args, { cwd: project, env: { ...process.env, NO_COLOR: '1', ...env } });

let built = true;

/** @type {Record<string, () => Promise<Result>>} */
const steps = {
  async types() {
    const results = await Promise.all(
      rooms.map(async (room) => ({ room, ...(await node([tool('typescript', 'bin', 'tsc'), '-p', room])) })),
    );
    const red = results.filter(({ code }) => code !== 0);
    return {
      counts: check(red.length === 0),
      note: `${rooms.length} projects`,
      output: red.map(({ room, output }) => `${room}:\n${output}`).join('\n'),
    };
  },

  async lint() {
    const biome = tool('@biomejs', 'biome', 'bin', 'biome');
    // Warnings would push the errors out of what is shown.
    const { code, output } = await node([
      biome,
      'check',
      '--diagnostic-level=error',
      '--max-diagnostics=none',
    ]);
    return { counts: check(code === 0), note: output.match(/Checked (\d+ files)/)?.[1] ?? '', output };
  },

  async unit() {
    const report = path.join(reports, 'unit.json');
    const { code, output } = await node([
      tool('vitest', 'vitest.mjs'),
      'run',
      ...[
        '-c',
        'test/vitest.config.ts',
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${report}`,
      ],
    ]);
    const counts = countVitest(readReport(report), code);
    return { counts, note: summary(counts), output };
  },

  async build() {
    built = false;
    await build();
    built = true;
    return { counts: check(true), note: '', output: '' };
  },

  async app() {
    if (!built) throw new NotReady('The app was not built, so its window could not be tested.');
    const runtime = await resolveRuntime({ say: console.error });
    await completeSystem(runtime.executable);
    const report = path.join(reports, 'app.json');
    const { code, output } = await node(
      [
        tool('@playwright', 'test', 'cli.js'),
        'test',
        '-c',
        'test/app/playwright.config.ts',
        '--reporter=line,json',
      ],
      { PLAYWRIGHT_JSON_OUTPUT_FILE: report, FORCE_COLOR: '0' },
    );
    const counts = countPlaywright(readReport(report), code);
    return { counts, note: `${summary(counts)}; ${describe(runtime)}`, output };
  },
};

await main(async () => {
  checkProject();
  const asked = process.argv.slice(2);
  const unknown = asked.find((name) => !Object.hasOwn(steps, name));
  if (unknown)
    throw new NotReady(`There is no step ${unknown}; the steps are ${Object.keys(steps).join(', ')}.`);
  let total = none;
  try {
    for (const [name, step] of Object.entries(steps)) {
      if (asked.length > 0 && !asked.includes(name)) continue;
      const started = performance.now();
      const { counts, note, output } = await attempt(step);
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      console.log(
        `${counts.failed === 0 ? 'ok  ' : 'FAIL'} ${name.padEnd(6)} ${seconds.padStart(6)} s  ${note}`.trimEnd(),
      );
      if (counts.failed > 0) console.log(`\n${output.trim()}\n`);
      total = add(total, counts);
    }
  } finally {
    rmSync(reports, { recursive: true, force: true });
  }
  console.log(summary(total));
  return total.failed === 0 ? 0 : 1;
});

/**
 * A step that cannot be done is a failed one: the others still run.
 * @param {() => Promise<Result>} step @returns {Promise<Result>}
 */
async function attempt(step) {
  try {
    return await step();
  } catch (error) {
    const output =
      error instanceof NotReady ? error.message : String(error instanceof Error ? error.stack : error);
    return { counts: check(false), note: '', output };
  }
}

/** @param {string} file @returns {unknown} */
function readReport(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}
