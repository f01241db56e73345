/**
 * What `npm start` does on a machine with no display: it works through the sample, or the files named, by
 * the command line, and leaves a report, a design and a spec. It needs no Electron.
 */
import { accessSync, constants, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { handOver } from './command.mjs';
import { NotReady, project } from './project.mjs';

const FOLDER = 'assay-sample-run';
const made = { report: 'report.html', design: 'sample.assay.yaml', spec: 'spec' };
const sample = ['transactions.csv', 'products.csv', 'demographics.csv'].map((name) =>
  path.join(project, 'resources', 'sample', name),
);

/**
 * Profile, draft and export, and say where the results are.
 *
 * @param {string[]} words Files to use instead of the sample: data files, or one design. Switches are for the window and left out.
 * @param {string} why Why there is no window, without the full stop.
 * @param {(line: string) => void} say
 * @returns {Promise<number>} Exit code: that of the first command that did not succeed, otherwise 0.
 */
export async function withoutWindow(words, why, say) {
  const files = words.filter((word) => !word.startsWith('-')).map(fromCaller);
  const given = files.find((file) => file.endsWith('.assay.yaml'));
  const tables = files.length > 0 ? files : sample;
  const folder = outputFolder(process.env);
  const at = (/** @type {string} */ name) => path.join(folder, name);
  say(`${why}. Working through ${files.length > 0 ? files.join(', ') : 'the sample'} without a window …`);
  const steps = [
    ...(given
      ? []
      : [
          {
            args: ['profile', ...tables, '--html', at(made.report)],
            makes: made.report,
            is: 'the profile of every column',
          },
        ]),
    ...(given
      ? []
      : [
          {
            args: ['draft', ...tables, '-o', at(made.design)],
            makes: made.design,
            is: 'a drafted design: dimensions and measures',
          },
        ]),
    {
      args: ['export', given ?? at(made.design), '--target', 'dataos', '-o', at(made.spec)],
      makes: `${made.spec}/`,
      is: 'the spec: a DataOS Lens model',
    },
  ];
  for (const { args, makes } of steps) {
    const code = await cli(args);
    if (code !== 0) {
      say(`assay ${args[0]} ended with exit code ${code}; ${makes} was not made.`);
      return code;
    }
  }
  say(`Done. In ${folder}:`);
  for (const { makes, is } of steps) say(`  ${makes.padEnd(20)} ${is}`);
  return 0;
}

/**
 * A file as the user meant it: relative to where npm was called, which is not where npm runs us.
 * @param {string} word A file, or a switch, which stays as it is.
 */
export function fromCaller(word) {
  return word.startsWith('-') ? word : path.resolve(callersFolder(process.env), word);
}

/**
 * Where to write: ASSAY_OUT, else a folder where npm was called, else a temporary one. What an earlier run
 * left there is removed; anything else is never touched.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {string} An existing folder that is empty.
 * @throws {NotReady} If ASSAY_OUT holds other files or cannot be written.
 */
export function outputFolder(env) {
  const caller = callersFolder(env);
  if (env.ASSAY_OUT) {
    const folder = path.resolve(caller, env.ASSAY_OUT);
    const obstacle = clear(folder);
    if (obstacle) throw new NotReady(`ASSAY_OUT cannot be used: ${obstacle}. Name an empty or a new folder.`);
    return folder;
  }
  const folder = path.join(caller, FOLDER);
  if (clear(folder) === undefined) return folder;
  return mkdtempSync(path.join(os.tmpdir(), `${FOLDER}-`));
}

/** @param {string} folder @returns {string | undefined} Why it cannot be used. */
function clear(folder) {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch (error) {
    return `${folder} may not be written (${error instanceof Error ? error.message : error})`;
  }
  const ours = Object.values(made);
  const foreign = readdirSync(folder).find((name) => !ours.includes(name));
  if (foreign !== undefined) return `${folder} holds other files, such as ${foreign}`;
  for (const name of ours) rmSync(path.join(folder, name), { recursive: true, force: true });
  return undefined;
}

/** @param {NodeJS.ProcessEnv} env */
function callersFolder(env) {
  return env.INIT_CWD && existsSync(env.INIT_CWD) ? env.INIT_CWD : process.cwd();
}

/** @param {string[]} args */
function cli(args) {
  const loader = import.meta.resolve('tsx');
  return handOver(process.execPath, ['--import', loader, path.join(project, 'src-main', 'cli.ts'), ...args], {
    cwd: project,
  });
}
