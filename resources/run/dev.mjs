/**
 * `npm run dev`: the app from the sources, with the window reloading as they change.
 */
import path from 'node:path';
import process from 'node:process';
import { handOver } from './command.mjs';
import { findDisplay } from './display.mjs';
import { checkProject, main, NotReady, project } from './project.mjs';
import { describe, resolveRuntime } from './runtime.mjs';
import { completeSystem, launchFlags } from './system.mjs';

const say = console.error;

await main(async () => {
  checkProject();
  const display = await findDisplay();
  if (display.kind === 'none') throw new NotReady(`${display.why}, so there is no window to develop in.`);
  const runtime = await resolveRuntime({ say });
  say(describe(runtime));
  await completeSystem(runtime.executable, { say });
  const { flags, warning } = await launchFlags(runtime.executable);
  if (warning) say(warning);
  const tool = path.join(project, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  const sandbox = flags.includes('--no-sandbox') ? ['--noSandbox'] : [];
  const others = [...flags.filter((flag) => flag !== '--no-sandbox'), ...process.argv.slice(2)];
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env;
  return handOver(
    process.execPath,
    [tool, 'dev', '-c', 'electron.config.ts', ...sandbox, ...(others.length > 0 ? ['--', ...others] : [])],
    { cwd: project, env: { ...env, ELECTRON_EXEC_PATH: runtime.executable } },
  );
});
