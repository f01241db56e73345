/**
 * The engine's process is killed while it works: the window says so, nothing is lost, and the work is done after all.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, test } from '@playwright/test';
import { type Launched, launchApp } from '../support/app';
import { dropFiles, figure, go, member, profiled, railButton, treeColumn } from './window';

const columns = 40;

let window: Launched;
let folder: string;
let file: string;

test.beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'assay-death-'));
  file = path.join(folder, 'many.parquet');
  const list = Array.from({ length: columns }, (_, i) => `hash(range * 64 + ${i}) % 1000003 AS c${i}`);
  const connection = await (await DuckDBInstance.create()).connect();
  await connection.run(`COPY (SELECT ${list.join(', ')} FROM range(400000)) TO '${file}' (FORMAT parquet)`);
  connection.closeSync();
  window = await launchApp({ size: { width: 1280, height: 800 } });
});

test.afterAll(async () => {
  await window?.close();
  rmSync(folder, { recursive: true, force: true });
});

function enginePid(): Promise<number | null> {
  return window.app.evaluate(
    ({ app }) => app.getAppMetrics().find((one) => one.name === 'Assay engine')?.pid ?? null,
  );
}

test('a kill in the middle of a profile loses nothing, and the profile completes', async () => {
  const { page } = window;
  await dropFiles(window, [file]);
  await expect(page.getByRole('treeitem', { name: 'many, 400,000 rows' })).toBeVisible();
  await treeColumn(page, 'c0').click();
  await page.keyboard.press('m');
  await go(page, 'Model');
  await expect(railButton(page, 'Profile')).not.toHaveAccessibleName(/Profile: (\d+) of \1 columns/);

  const before = await enginePid();
  expect(before).not.toBeNull();
  process.kill(before as number, 'SIGKILL');

  await expect(page.getByText('The engine stopped and was started again').first()).toBeVisible();
  await expect.poll(enginePid).not.toBe(before);
  await expect(member(page, 'many', 'measures', 'total_c0')).toBeVisible();
  await member(page, 'many', 'measures', 'total_c0').click();
  await expect(figure(page)).toHaveAttribute('data-value', /^\d+$/, { timeout: 30_000 });
  await expect(figure(page)).toHaveAttribute('data-stale', 'false');
  await profiled(page);
  await expect(railButton(page, 'Profile')).toHaveAccessibleName(
    `Profile: ${columns} of ${columns} columns profiled`,
  );
});
