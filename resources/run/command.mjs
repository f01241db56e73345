/**
 * Running another program and keeping what it says.
 */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import process from 'node:process';
import { stripVTControlCharacters } from 'node:util';

/**
 * @typedef {object} Outcome
 * @property {number} code Exit code; 1 if the program could not be started or was ended by a signal.
 * @property {string} output Everything it printed, both streams in the order they came, without colours.
 */

/**
 * Run a program to its end. It gets no input.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {object} [how]
 * @param {string} [how.cwd]
 * @param {NodeJS.ProcessEnv} [how.env]
 * @param {number} [how.timeout] Milliseconds after which it is ended. Default: never.
 * @returns {Promise<Outcome>} Never rejects.
 */
export function run(command, args, { cwd, env, timeout } = {}) {
  return new Promise((resolve) => {
    let output = '';
    const keep = (/** @type {Buffer} */ piece) => {
      output += piece.toString('utf8');
    };
    const child = spawn(command, args, { cwd, env, timeout, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => resolve({ code: 1, output: `${output}${command}: ${error.message}` }));
    child.on('close', (code, signal) => {
      if (signal && timeout) output += `\n${command} was ended after ${Math.round(timeout / 1000)} s`;
      resolve({ code: code ?? 1, output: stripVTControlCharacters(output) });
    });
  });
}

/**
 * Run a program in our place: it has our terminal, and what ends us ends it.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {object} [how]
 * @param {string} [how.cwd]
 * @param {NodeJS.ProcessEnv} [how.env]
 * @returns {Promise<number>} Its exit code; 128 and the signal's number if a signal ended it, as a shell says it.
 * @throws {Error} If it could not be started.
 */
export function handOver(command, args, { cwd, env } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: 'inherit' });
    // The terminal sends Ctrl-C to both; we only wait, so that the program can end in its own way.
    const ignore = () => {};
    const pass = (/** @type {NodeJS.Signals} */ signal) => child.kill(signal);
    process.on('SIGINT', ignore).on('SIGTERM', pass).on('SIGHUP', pass);
    const done = () => process.off('SIGINT', ignore).off('SIGTERM', pass).off('SIGHUP', pass);
    child.on('error', (error) => {
      done();
      reject(new Error(`${command} could not be started: ${error.message}`));
    });
    child.on('close', (code, signal) => {
      done();
      resolve(code ?? 128 + (signal ? constants.signals[signal] : 0));
    });
  });
}

/**
 * The command that runs npm: the very one that runs us, if one does.
 * @param {NodeJS.ProcessEnv} env
 * @returns {[string, ...string[]]}
 */
export function npm(env) {
  return env.npm_execpath?.endsWith('.js') ? [process.execPath, env.npm_execpath] : ['npm'];
}

/**
 * The end of what a failed program said, as one line: without stack frames and the decoration of npm.
 * @param {string} output
 */
export function lastWords(output) {
  return output
    .split('\n')
    .map((line) => line.trim().replace(/^npm (error|ERR!) ?/, ''))
    .filter((line) => line && !/^at |^A complete log of this run|^npm warn |^code \w+$|^errno /.test(line))
    .slice(-3)
    .join(' / ');
}
