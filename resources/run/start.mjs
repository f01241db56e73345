/**
 * `npm start`: the app in a window, or, with no display, the same work without one.
 */
import process from 'node:process';
import { buildIfStale } from './build.mjs';
import { handOver } from './command.mjs';
import { fromCaller, withoutWindow } from './headless.mjs';
import { checkProject, main, project } from './project.mjs';
import { describe, resolveRuntime } from './runtime.mjs';
import { completeSystem, hasDisplay, launchFlags } from './system.mjs';

const say = console.error;

await main(async () => {
  checkProject();
  const words = process.argv.slice(2);
  if (!hasDisplay()) return withoutWindow(words, say);

  const runtime = await resolveRuntime({ say });
  say(describe(runtime));
  await completeSystem(runtime.executable, { say });
  await buildIfStale(say);
  const { flags, warning } = launchFlags(runtime.executable);
  if (warning) say(warning);
  // Editors that are themselves Electron leave this variable to their terminals; with it no window opens.
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env;
  return handOver(runtime.executable, [...flags, project, ...words.map(fromCaller)], { cwd: project, env });
});
