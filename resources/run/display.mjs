/**
 * Where a window can be shown: X11, Wayland, the system's own way, or nowhere.
 */
import { connect } from 'node:net';
import path from 'node:path';
import process from 'node:process';

const ANSWER_MILLISECONDS = 3000;

/**
 * @typedef {object} Display
 * @property {'x11' | 'wayland' | 'native' | 'none'} kind Native on macOS and Windows.
 * @property {string} why If there is none, why, as the start of a sentence without its full stop; otherwise empty.
 */

/**
 * Find the display and see whether it answers: the runtime crashes on one that does not.
 *
 * @param {NodeJS.ProcessEnv} [env]
 * @param {string} [platform] As process.platform.
 * @returns {Promise<Display>}
 */
export async function findDisplay(env = process.env, platform = process.platform) {
  if (platform !== 'linux') return { kind: 'native', why: '' };
  const { DISPLAY, WAYLAND_DISPLAY } = env;
  const silent = [];
  if (DISPLAY) {
    if (await anyAnswers(x11Addresses(DISPLAY))) return { kind: 'x11', why: '' };
    silent.push(`DISPLAY is ${DISPLAY}`);
  }
  if (WAYLAND_DISPLAY) {
    const socket = path.resolve(env.XDG_RUNTIME_DIR || '/', WAYLAND_DISPLAY);
    if (await anyAnswers([{ path: socket }])) return { kind: 'wayland', why: '' };
    silent.push(`WAYLAND_DISPLAY is ${WAYLAND_DISPLAY}`);
  }
  if (silent.length === 0)
    return { kind: 'none', why: 'There is no display: neither DISPLAY nor WAYLAND_DISPLAY is set' };
  return { kind: 'none', why: `There is no display: ${silent.join(' and ')}, but nothing answers there` };
}

/**
 * The switches that make the runtime draw there.
 * @param {Display['kind']} kind
 * @returns {string[]}
 */
export function drawingFlags(kind) {
  if (kind === 'none') return ['--ozone-platform=headless'];
  return kind === 'wayland' ? ['--ozone-platform=wayland'] : [];
}

/**
 * Where an X server listens.
 *
 * @param {string} display Such as ":0", "unix:1.0" or "far:10.0".
 * @returns {({ path: string } | { host: string, port: number })[]} Empty if it is no display's name.
 */
export function x11Addresses(display) {
  const [, host, number] = /^([^/]*):(\d+)(?:\.\d+)?$/.exec(display) ?? [];
  if (host === undefined) return [];
  if (host !== '' && host !== 'unix') return [{ host, port: 6000 + Number(number) }];
  const socket = `/tmp/.X11-unix/X${number}`;
  // Servers in a container may listen at the abstract address only.
  return [{ path: socket }, { path: `\0${socket}` }];
}

/** @param {({ path: string } | { host: string, port: number })[]} addresses */
async function anyAnswers(addresses) {
  for (const address of addresses) if (await answers(address)) return true;
  return false;
}

/**
 * @param {{ path: string } | { host: string, port: number }} address
 * @returns {Promise<boolean>}
 */
function answers(address) {
  return new Promise((resolve) => {
    const socket = connect(address);
    const end = (/** @type {boolean} */ answer) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(ANSWER_MILLISECONDS, () => end(false));
    socket.on('connect', () => end(true)).on('error', () => end(false));
  });
}
