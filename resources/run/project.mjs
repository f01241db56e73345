/**
 * The checkout itself: where it is, and whether it can be worked with.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

/** The folder that holds package.json. */
export const project = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Something the user has to put right first. The message is all there is to say: no stack is shown. */
export class NotReady extends Error {
  /** @param {string} message */
  constructor(message) {
    super(message);
    this.name = 'NotReady';
  }
}

/**
 * Check what everything else rests on: the version of Node, and the installed packages.
 *
 * @param {string} [root] @param {string} [version] Node's, such as "20.19.0".
 * @throws {NotReady}
 */
export function checkProject(root = project, version = process.versions.node) {
  const wanted = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')).engines.node.replace(
    /^\D*/,
    '',
  );
  if (isOlder(version, wanted))
    throw new NotReady(`Assay needs Node ${wanted} or later; this is Node ${version}.`);
  if (!existsSync(path.join(root, 'node_modules', 'electron-vite'))) {
    throw new NotReady('The packages of this project are not installed. Install them: npm ci');
  }
}

/**
 * Run a script's work; what the user can put right is said in words, anything else keeps its stack.
 *
 * @param {() => Promise<number>} work Returns the exit code.
 */
export async function main(work) {
  try {
    process.exitCode = await work();
  } catch (error) {
    console.error(error instanceof NotReady ? error.message : error);
    process.exitCode = 1;
  }
}

/** @param {string} version @param {string} wanted */
function isOlder(version, wanted) {
  const [have, need] = [version, wanted].map((text) => text.split('.').map(Number));
  for (const [at, part] of (need ?? []).entries()) {
    const mine = have?.[at] ?? 0;
    if (mine !== part) return mine < part;
  }
  return false;
}
