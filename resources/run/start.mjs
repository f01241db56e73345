/**
 * `npm start`: the app in a window, or, with no display, the same work without one.
 */
import process from 'node:process';
import { buildIfStale } from './build.mjs';
import { handOver } from './command.mjs';
import { findDisplay } from './display.mjs';
import { fromCaller, withoutWindow } from './headless.mjs';
import { checkProject, main, project } from './project.mjs';
import { describe, resolveRuntime } from './runtime.mjs';
import { completeSystem, launchFlags } from './system.mjs';

const say = console.error;
/** Ended by a segmentation fault, as a shell says it. */
const CRASHED = 139;

await main(async () => {
  checkProject();
  const words = process.argv.slice(2);
  const display = await findDisplay();
  if (display.kind === 'none') return withoutWindow(words, display.why, say);

  const runtime = await resolveRuntime({ say });
  say(describe(runtime));
  await completeSystem(runtime.executable, { say });
  await buildIfStale(say);
  const { flags, warning } = await launchFlags(runtime.executable);
  if (warning) say(warning);
  // Editors that are themselves Electron leave this variable to their terminals; with it no window opens.
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env;
  const code = await handOver(runtime.executable, [...flags, project, ...words.map(fromCaller)], {
    cwd: project,
    env,
  });
  if (code === CRASHED && display.kind !== 'native') {
    say('The runtime crashed. If no window was seen, the display may have refused it (xauth, xhost);');
    say('without DISPLAY and WAYLAND_DISPLAY, npm start works without a window.');
  }
  return code;
});
