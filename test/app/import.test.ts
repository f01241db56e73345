/**
 * Putting the reading of a file right: its lines, its dialect, its proposals, its receipt; applied and taken back.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { type Launched, launchApp } from '../support/app';

const pictures = path.resolve(import.meta.dirname, 'pictures');
const folder = mkdtempSync(path.join(tmpdir(), 'assay-import-'));
const ragged = '17;HILAA;05/06/2014;81,91;no;one more';

/** Semicolons, two lines of preamble, dates of which none says whether its day or its month comes first. */
const orders = [
  'Orders of the first half;exported by the till',
  '',
  'id;customer;shipped;freight;paid',
  ...Array.from({ length: 40 }, (_, i) => {
    if (i === 16) return ragged;
    const [day, month] = [1 + (i % 12), 1 + ((i * 5) % 12)].map((n) => String(n).padStart(2, '0'));
    const customer = ['VINET', 'TOMSP', '"Chop-suey; Chinese"', 'HANAR'][i % 4];
    return `${i + 1};${customer};${day}/${month}/2014;${(12.5 + i * 1.37).toFixed(2).replace('.', ',')};${i % 3 === 0 ? 'no' : 'yes'}`;
  }),
].join('\n');

let window: Launched;
/** What the page threw and nobody caught. */
const thrown: string[] = [];

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  const file = path.join(folder, 'orders_2014.csv');
  writeFileSync(file, `${orders}\n`);
  window = await launchApp({ files: [file], size: { width: 1280, height: 800 } });
  window.page.on('pageerror', (error) => thrown.push(error.stack ?? error.message));
  await expect(window.page.getByRole('treeitem', { name: /^orders_2014, 40 rows/ })).toBeVisible();
});

test.afterEach(() => {
  expect(thrown.splice(0)).toEqual([]);
});

test.afterAll(async () => {
  await window?.close();
  rmSync(folder, { recursive: true, force: true });
});

const rawLine = (page: Page, line: number) => page.locator(`[role="option"][data-line="${line}"]`);
const readLine = (page: Page, line: number) => page.locator(`tr[data-line="${line}"]`);
/** Waits until the preview is that of what is told. */
const settled = (page: Page) =>
  expect(page.locator('.import-place')).toHaveAttribute('data-waiting', 'false');
const tab = (page: Page, name: RegExp) => page.getByRole('tab', { name }).click();
const balance = (page: Page) => page.getByRole('region', { name: 'Balance' });

test('a file whose reading is worth a look offers it, and the place shows each line by what became of it', async () => {
  const { page } = window;
  await page.getByRole('button', { name: 'Look at the reading' }).click();
  await expect(page.getByRole('main', { name: 'Import' })).toBeVisible();
  await settled(page);
  await expect(rawLine(page, 1)).toHaveAttribute('data-role', 'skipped');
  await expect(rawLine(page, 3)).toHaveAttribute('data-role', 'header');
  await expect(rawLine(page, 4)).toHaveAttribute('data-role', 'record');
  await expect(readLine(page, 6)).toContainText('Chop-suey; Chinese');
  await expect(balance(page)).toHaveAttribute('data-balance', 'holds');
});

test('a line selected on one side is selected on the other, and a column in every line', async () => {
  const { page } = window;
  await rawLine(page, 5).getByText('TOMSP').click();
  await expect(readLine(page, 5)).toHaveAttribute('data-selected', 'true');
  await expect(
    page.getByRole('listbox', { name: 'Columns' }).locator('[aria-selected="true"]'),
  ).toHaveAttribute('data-column', 'customer');
  await expect(rawLine(page, 4).locator('[data-cell="1"][data-on]')).toHaveText('VINET');
  await readLine(page, 7).locator('[data-cell="0"]').click();
  await expect(rawLine(page, 7)).toHaveAttribute('aria-selected', 'true');
  await page.getByRole('listbox', { name: 'Lines as they stand in the file' }).focus();
  await page.keyboard.press('ArrowDown');
  await expect(rawLine(page, 8)).toHaveAttribute('aria-selected', 'true');
});

test('the delimiter and the header rows are tried out at once and set back', async () => {
  const { page } = window;
  await tab(page, /^File/);
  await page.getByLabel('Delimiter', { exact: true }).selectOption('is |');
  await settled(page);
  await expect(page.locator('.import-column')).toHaveCount(1);
  await expect(balance(page)).toHaveAttribute('data-balance', 'holds');
  await page.getByRole('button', { name: /^Delimiter is set by you/ }).click();
  await settled(page);
  await expect(page.locator('.import-column').first()).toContainText('id');

  await page.getByRole('group', { name: 'Header rows' }).getByRole('button', { name: '0' }).click();
  await settled(page);
  await expect(rawLine(page, 3)).not.toHaveAttribute('data-role', 'header');
  await page.keyboard.press('Control+z');
  await settled(page);
  await expect(rawLine(page, 3)).toHaveAttribute('data-role', 'header');
});

test('a day-first column becomes month-first, and its warning goes', async () => {
  const { page } = window;
  await tab(page, /^Columns/);
  await page.locator('[data-column="shipped"]').click();
  const remarks = page.getByRole('list', { name: 'Remarks on shipped' });
  await expect(remarks).toBeVisible();
  await page.getByRole('button', { name: /^Accept (it|all \d+ proposals)$/ }).click();
  await settled(page);
  await page.locator('[data-column="shipped"]').click();
  await page.getByRole('radio', { name: /month first/ }).check();
  await settled(page);
  await expect(remarks).toHaveCount(0);
  await expect(page.getByRole('region', { name: 'Reading of shipped' })).toContainText('month first');
  await expect(page.getByRole('button', { name: /^Accept (it|all \d+ proposals)$/ })).toHaveCount(0);
});

test('the receipt is browsed and exported', async () => {
  const { page, app } = window;
  await tab(page, /^(Put right|Rejected) [1-9]/);
  await expect(page.getByRole('tabpanel', { name: /^(Put right|Rejected)/ })).toContainText('HILAA');
  await page.getByRole('button', { name: 'Go to line 20' }).click();
  await expect(rawLine(page, 20)).toHaveAttribute('aria-selected', 'true');
  const target = path.join(folder, 'receipt');
  mkdirSync(target);
  await app.evaluate(
    ({ dialog }, filePaths) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths });
    },
    [target],
  );
  await page.getByRole('button', { name: 'Export…' }).click();
  await expect(page.getByText(/^Wrote \d+ lines? of the receipt$/)).toBeVisible();
  expect(readdirSync(target)).toEqual(['orders_2014-receipt.csv']);
  expect(readFileSync(path.join(target, 'orders_2014-receipt.csv'), 'utf8')).toContain('HILAA');
});

test('the place has no serious accessibility violation and leaves its picture', async () => {
  const { page, app } = window;
  mkdirSync(pictures, { recursive: true });
  for (const size of [
    { width: 1280, height: 800 },
    { width: 1680, height: 1050 },
  ]) {
    await app.evaluate(({ BrowserWindow }, { width, height }) => {
      BrowserWindow.getAllWindows()[0]?.setContentSize(width, height);
    }, size);
    await page.waitForFunction(({ width }) => innerWidth === width, size);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      for (const side of [/^File/, /^Columns/]) {
        await tab(page, side);
        if (size.width > 1280) continue;
        const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
        const serious = violations
          .filter(({ impact }) => impact === 'serious' || impact === 'critical')
          .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 200)}`));
        expect(serious, `${side}, ${colorScheme}`).toEqual([]);
      }
      await page.screenshot({
        path: path.join(pictures, `import-${colorScheme}-${size.width}x${size.height}.png`),
      });
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
});

test('the file is read this way, and undo reads it as before', async () => {
  const { page } = window;
  const first = page.locator('[role="gridcell"][col-id="c2"]').first();
  await page.getByRole('button', { name: /^Read it this way/ }).click();
  await expect(page.getByText('as it is read now')).toBeVisible();
  await page.getByRole('button', { name: /^Data: / }).click();
  await page.getByRole('treeitem', { name: /^shipped, time/ }).waitFor();
  const second = page.locator('[row-index="1"] [role="gridcell"][col-id="c2"]');
  // The second row is shipped 02/06/2014.
  await expect(second).toHaveText('2014-02-06');
  await expect(first).toHaveText(/2014/);
  await page.getByRole('button', { name: /^Undo: read orders_2014 differently/ }).click();
  await expect(second).not.toHaveText('2014-02-06');
  await page.getByRole('button', { name: /^Redo: / }).click();
  await expect(second).toHaveText('2014-02-06');
});

test('closing the place leaves the reading as it is', async () => {
  const { page } = window;
  await page.getByRole('treeitem', { name: /^orders_2014, / }).click();
  await page.keyboard.press('i');
  await settled(page);
  await tab(page, /^File/);
  await page.getByLabel('Delimiter', { exact: true }).selectOption('is |');
  await settled(page);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('main', { name: 'Data' })).toBeVisible();
  await expect(page.getByRole('treeitem', { name: /^shipped, / })).toBeVisible();
});
