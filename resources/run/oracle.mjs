/**
 * `npm run test:oracle`: compares answers with those of Cube's own compiler, which is installed in test/oracle the first time.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { run } from './command.mjs';
import { project } from './project.mjs';

const folder = path.join(project, 'test', 'oracle');
if (!existsSync(path.join(folder, 'node_modules'))) {
  console.log('Installing the compiler of Cube in test/oracle (about 310 MB) …');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  // Its native part is downloaded by a script, and is not needed.
  const { code, output } = await run(npm, ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: folder,
  });
  if (code !== 0) {
    console.error(output);
    process.exit(1);
  }
}
const check = path.join(folder, 'check.ts');
const { code, output } = await run(process.execPath, ['--import', 'tsx', check, ...process.argv.slice(2)], {
  cwd: project,
});
console.log(output.trimEnd());
process.exit(code);
