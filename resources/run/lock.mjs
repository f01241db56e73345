/**
 * Doing something while no other process does it, by a lock file that names its owner.
 */
import { closeSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import process from 'node:process';

/** A lock this old is abandoned, whoever it names: no download takes longer. */
const LONGEST_MILLISECONDS = 30 * 60_000;
const LOOK_AGAIN_MILLISECONDS = 500;

/**
 * Wait for the lock, work, and give it back. A lock whose owner is gone is taken over.
 *
 * @template T
 * @param {string} lock Path of the lock file; its folder must exist.
 * @param {(line: string) => void} say Told once if there is something to wait for.
 * @param {() => Promise<T>} work
 * @returns {Promise<T>} What the work returns.
 */
export async function alone(lock, say, work) {
  for (let look = 0; !take(lock); look++) {
    if (look === 0) say('Another run is at it already; waiting for it …');
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MILLISECONDS));
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

/** @param {string} lock @returns {boolean} Whether it is ours now. */
function take(lock) {
  try {
    const file = openSync(lock, 'wx');
    writeSync(file, String(process.pid));
    closeSync(file);
    return true;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  if (abandoned(lock)) rmSync(lock, { force: true });
  return false;
}

/** @param {string} lock */
function abandoned(lock) {
  try {
    // A lock without a number was taken this very moment and is about to get one.
    const owner = Number.parseInt(readFileSync(lock, 'utf8'), 10);
    const age = Date.now() - statSync(lock).mtimeMs;
    return age > LONGEST_MILLISECONDS || (Number.isInteger(owner) && !alive(owner));
  } catch {
    return false; // Given back in between: the next look takes it.
  }
}

/** @param {number} pid */
function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Someone else's process may not be signalled, but it is there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
