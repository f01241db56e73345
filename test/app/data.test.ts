/**
 * Looking at data: filters that everything follows, orders, a jump to a column, hostile files side by side with sound ones.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { type Launched, launchApp } from '../support/app';
import { go, profiled, sample, treeColumn } from './window';

let window: Launched;
const folder = mkdtempSync(path.join(tmpdir(), 'assay-app-'));

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  window = await launchApp({
    files: [...sample.slice(0, 1), path.join(folder, 'nowhere.csv')],
    size: { width: 1440, height: 900 },
  });
  await expect(window.page.getByRole('treeitem', { name: 'transactions, 16,676 rows' })).toBeVisible();
  await profiled(window.page);
});

test.afterAll(async () => {
  await window?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Text of the cells that are drawn in a column of the grid, from the top. */
async function cells(column: number): Promise<string[]> {
  const found = window.page.locator(`[role="gridcell"][col-id="c${column}"]`);
  const rows = await found.evaluateAll((all) =>
    all.map(
      (cell) =>
        [Number(cell.closest('[row-index]')?.getAttribute('row-index')), cell.textContent ?? ''] as const,
    ),
  );
  return rows.sort((a, b) => a[0] - b[0]).map(([, text]) => text.trim());
}

test('a file that is not there is named, and the others are open', async () => {
  const { page } = window;
  await expect(page.getByText(/There is no file at .*nowhere\.csv/).first()).toBeVisible();
});

test('brushing a distribution filters the grid and every profile, and Reset takes it back', async () => {
  const { page } = window;
  await treeColumn(page, 'sales_value').click();
  const brush = page.locator('.chart-brush-active').first();
  await brush.scrollIntoViewIfNeeded();
  const box = await brush.boundingBox();
  if (box === null) throw new Error('the distribution is not drawn');
  await page.mouse.move(box.x + box.width * 0.2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.5, box.y + box.height / 2, { steps: 5 });
  await page.mouse.up();
  const rows = page.getByRole('status').filter({ hasText: /^[\d,]+ of 16,676 rows$/ });
  await expect(rows).toBeVisible();
  const chips = page.getByRole('list', { name: 'Filters' });
  await expect(chips.getByRole('listitem')).toHaveCount(1);
  const total = Number((await rows.textContent())?.split(' ')[0]?.replaceAll(',', ''));
  expect(total).toBeGreaterThan(100);
  expect(total).toBeLessThan(16_676);
  const figures = page.getByRole('complementary').getByText('In filter');
  await expect(figures).toBeVisible();
  await page.getByRole('button', { name: 'Reset' }).click();
  await expect(page.getByRole('status').filter({ hasText: /^16,676 rows/ })).toBeVisible();
});

test('a click on a column name sorts down to the last row and back', async () => {
  const { page } = window;
  const quantity = page.locator('.ag-header-cell[col-id="c4"]').getByRole('button', { name: 'quantity' });
  await quantity.click();
  await expect.poll(async () => (await cells(4))[0]).toBe('0');
  await quantity.click();
  await expect.poll(async () => (await cells(4))[0]).toMatch(/^32,?623$/);
  await quantity.click();
  await expect.poll(async () => (await cells(4))[0]).toBe('1');
});

test('the search goes to a column that is out of sight', async () => {
  const { page } = window;
  await page.getByPlaceholder('Go to column').fill('timestamp');
  await page.keyboard.press('Enter');
  await expect(page.locator('.ag-header-cell[col-id="c10"]')).toBeInViewport();
});

test('columns with hostile names, an empty table and a wide one are shown as they are', async () => {
  const { page, app } = window;
  const hostile = path.join(folder, 'hostile.csv');
  writeFileSync(hostile, '"""; drop table x; --",,a,A,<b>😀</b>\n1,2,3,4,5\n6,,8,9,10\n');
  const none = path.join(folder, 'none.csv');
  writeFileSync(none, 'x,y\n');
  const wide = path.join(folder, 'wide.csv');
  const names = Array.from({ length: 2000 }, (_, i) => `c${i}`);
  writeFileSync(wide, `${names.join(',')}\n${names.map((_, i) => i).join(',')}\n`);
  await app.evaluate(
    ({ dialog }, filePaths) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths });
    },
    [hostile, none, wide],
  );
  await page.keyboard.press('Control+o');
  await expect(page.getByRole('tab', { name: /wide/ })).toBeVisible({ timeout: 60_000 });
  await page.getByRole('tab', { name: /hostile/ }).click();
  for (const name of ['"; drop table x; --', '<b>😀</b>']) {
    await expect(page.getByRole('columnheader').getByText(name, { exact: true })).toBeVisible();
  }
  await page.getByRole('tab', { name: /none/ }).click();
  await expect(page.getByRole('heading', { name: 'none has no rows' })).toBeVisible();
  await page.getByRole('tab', { name: /wide/ }).click();
  await page.getByPlaceholder('Go to column').fill('c1999');
  await page.keyboard.press('Enter');
  await expect(page.locator('.ag-header-cell[col-id="c1999"]')).toBeInViewport();
  await go(page, 'Profile');
  await expect(page.getByRole('main', { name: 'Profile' })).toContainText('2,000');
});
