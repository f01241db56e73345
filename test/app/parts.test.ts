/**
 * Choosing what of a file is read: the sheets of a workbook, their cells, and the files of an archive.
 */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, type Page, test } from '@playwright/test';
import { type Launched, launchApp } from '../support/app';
import { bookOf, zipOf } from '../support/archive';
import { go } from './window';

const pictures = path.resolve(import.meta.dirname, 'pictures');
const folder = mkdtempSync(path.join(tmpdir(), 'assay-parts-'));
const book = path.join(folder, 'book.xlsx');
const archive = path.join(folder, 'export.zip');
const shop = path.join(folder, 'shop.duckdb');
const many = path.join(folder, 'many.zip');
const saved = path.join(folder, 'parts.assay.yaml');

let window: Launched;
/** What the page threw and nobody caught. */
const thrown: string[] = [];

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  const rows = Array.from({ length: 30 }, (_, i) => [i + 1, ['Ann', 'Bob', 'Cleo'][i % 3] ?? '', 10.5 + i]);
  writeFileSync(
    book,
    bookOf({
      Orders: [['id', 'customer', 'amount'], ...rows],
      Customers: [
        ['customer', 'city'],
        ['Ann', 'Rome'],
        ['Bob', 'Oslo'],
        ['Cleo', 'Porto'],
      ],
      Targets: [
        ['Targets of the year', null, null],
        [null, 'city', 'target'],
        [null, 'Rome', 100],
        [null, 'Oslo', 200],
      ],
    }),
  );
  writeFileSync(archive, zipOf({ 'north.csv': 'id,kg\n1,2.5\n2,3.5\n', 'south.csv': 'code,litre\nA,1\n' }));
  const months = Array.from(
    { length: 120 },
    (_, i) => `${2010 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}`,
  );
  writeFileSync(
    many,
    zipOf(
      Object.fromEntries(months.map((month) => [`sales/${month}.csv`, `id,kg\n1,${month.slice(0, 4)}\n`])),
    ),
  );
  const database = await DuckDBInstance.create(shop);
  const connection = await database.connect();
  await connection.run("CREATE TABLE brands AS SELECT range AS id, 'brand ' || range AS name FROM range(40)");
  await connection.run('CREATE TABLE sales AS SELECT range AS day, NULL::INTEGER AS sold FROM range(900)');
  connection.closeSync();
  database.closeSync();
  window = await launchApp({ files: [book, archive, shop], size: { width: 1280, height: 800 } });
  window.page.on('pageerror', (error) => thrown.push(error.stack ?? error.message));
  await expect(treeTable(window.page, /^book, 30 rows, from book\.xlsx · Orders$/)).toBeVisible();
  await expect(treeTable(window.page, /^export, 2 rows, from export\.zip · north\.csv$/)).toBeVisible();
});

test.afterEach(() => {
  expect(thrown.splice(0)).toEqual([]);
});

test.afterAll(async () => {
  await window?.close();
  rmSync(folder, { recursive: true, force: true });
});

const treeTable = (page: Page, name: RegExp) => page.getByRole('treeitem', { name });
const parts = (page: Page) => page.getByRole('region', { name: /^The (sheets|files|tables) of / });
const settled = (page: Page) =>
  expect(page.locator('.import-place')).toHaveAttribute('data-waiting', 'false');
const heads = (page: Page) => page.locator('.import-column-name');

test('the warning that a workbook holds more leads to its sheets with one click', async () => {
  const { page } = window;
  await go(page, 'Data');
  await treeTable(page, /^book, /).click();
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  await expect(inspector.getByText('book.xlsx · Orders')).toBeVisible();
  await inspector.getByRole('button', { name: 'Choose what is read' }).click();
  await expect(page.getByRole('main', { name: 'Import' })).toBeVisible();
  await settled(page);
  await expect(parts(page).getByRole('radio')).toHaveCount(3);
  await expect(parts(page).getByRole('radio', { name: 'Orders' })).toBeChecked();
  await expect(parts(page).getByRole('listitem').first()).toContainText('read now');
});

test('another sheet is previewed by keyboard, read in its place, and undone', async () => {
  const { page } = window;
  await parts(page).getByRole('radio', { name: 'Orders' }).focus();
  await page.keyboard.press('ArrowDown');
  await expect(parts(page).getByRole('radio', { name: 'Customers' })).toBeChecked();
  await settled(page);
  await expect(heads(page)).toHaveText([/customer/, /city/]);
  await page.getByRole('button', { name: /^Read it this way/ }).click();
  await expect(treeTable(page, /^book, 3 rows, from book\.xlsx · Customers$/)).toBeVisible();
  await page.getByRole('button', { name: /^Undo: read book / }).click();
  await expect(treeTable(page, /^book, 30 rows, from book\.xlsx · Orders$/)).toBeVisible();
  await expect(parts(page).getByRole('radio', { name: 'Orders' })).toBeChecked();
});

test('a range of cells is checked as it is typed, and the preview follows it', async () => {
  const { page } = window;
  await parts(page).getByRole('radio', { name: 'Targets' }).check();
  await settled(page);
  const cells = parts(page).getByLabel('Cells');
  await cells.fill('C4:B2');
  await expect(parts(page).getByRole('alert')).toContainText('its last row is above its first');
  await cells.fill('b2:c4');
  await expect(parts(page).getByRole('alert')).toHaveCount(0);
  await cells.press('Enter');
  await settled(page);
  await expect(cells).toHaveValue('B2:C4');
  await expect(heads(page)).toHaveText([/city/, /target/]);
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
      if (size.width === 1280) {
        const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
        const serious = violations
          .filter(({ impact }) => impact === 'serious' || impact === 'critical')
          .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 200)}`));
        expect(serious, colorScheme).toEqual([]);
      }
      await page.screenshot({
        path: path.join(pictures, `parts-${colorScheme}-${size.width}x${size.height}.png`),
      });
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
});

test('further sheets and the other file of an archive are opened as tables of their own', async () => {
  const { page } = window;
  await page.getByRole('button', { name: 'Cancel' }).click();
  // A key that is pressed while the place still changes goes nowhere.
  await expect(async () => {
    await treeTable(page, /^book, /).click({ timeout: 2000 });
    await page.keyboard.press('i');
    await expect(page.getByRole('button', { name: 'Tick all others' })).toBeVisible({ timeout: 2000 });
  }).toPass();
  await settled(page);
  await page.getByRole('button', { name: 'Tick all others' }).click();
  await page.getByRole('button', { name: /^Open as / }).click();
  await expect(treeTable(page, /^book_customers, 3 rows, from book\.xlsx · Customers$/)).toBeVisible();
  await expect(treeTable(page, /^book_targets, .*, from book\.xlsx · Targets$/)).toBeVisible();
  await expect(parts(page).getByRole('button', { name: 'open: book_customers' })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Open as / })).toHaveCount(0);

  await treeTable(page, /^export, /).click();
  await expect(parts(page).getByRole('radio')).toHaveCount(2);
  await settled(page);
  await parts(page).getByRole('checkbox', { name: 'Open south.csv as a table of its own' }).check();
  await page.getByRole('button', { name: /^Open as / }).click();
  await expect(treeTable(page, /^export_south, 1 row, from export\.zip · south\.csv$/)).toBeVisible();
});

test('the tables of a database are previewed by their first rows, and another one is read in place', async () => {
  const { page } = window;
  await treeTable(page, /^shop, 40 rows, from shop\.duckdb · main\.brands$/).click();
  await settled(page);
  await parts(page).getByRole('radio', { name: 'main.sales' }).check();
  await settled(page);
  await expect(heads(page)).toHaveText([/day/, /sold/]);
  await expect(page.getByText('Of the first 500 rows')).toBeVisible();
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: path.join(pictures, `parts-database-${colorScheme}.png`) });
  }
  await page.getByRole('button', { name: /^Read it this way/ }).click();
  await expect(treeTable(page, /^shop, 900 rows, from shop\.duckdb · main\.sales$/)).toBeVisible();
});

test('of many files the first are listed, a search finds the others, and what is ticked stays in sight', async () => {
  const { page, app } = window;
  await app.evaluate(({ dialog }, file) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [file] });
  }, many);
  await page.keyboard.press('Control+o');
  await expect(treeTable(page, /^many, 1 row, from many\.zip · sales\/2010-01\.csv$/)).toBeVisible();
  await expect(parts(page).getByRole('heading')).toHaveText('120 files');
  await expect(parts(page).getByRole('radio')).toHaveCount(50);
  await expect(parts(page)).toContainText('70 more files; search to see them.');
  const search = parts(page).getByLabel('Search files');
  await search.fill('2019-1');
  await expect(parts(page).getByRole('radio')).toHaveCount(4);
  await expect(parts(page)).toContainText('3 files have this in the name.');
  await parts(page).getByRole('button', { name: 'Tick the 3 found' }).click();
  await search.fill('2012-05');
  await expect(parts(page).getByRole('checkbox', { checked: true })).toHaveCount(3);
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: path.join(pictures, `parts-many-${colorScheme}.png`) });
  }
  await parts(page).getByRole('radio', { name: 'sales/2012-05.csv' }).check();
  await settled(page);
  await expect(parts(page).getByRole('checkbox', { checked: true })).toHaveCount(3);
  await page.getByRole('button', { name: 'Open as 3 tables' }).click();
  await expect(treeTable(page, /^many_2019_12, 1 row/)).toBeVisible();
});

test('the tables of one file survive saving and reopening the design', async () => {
  const { page, app } = window;
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath });
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [filePath] });
  }, saved);
  await page.keyboard.press('Control+s');
  await expect.poll(() => existsSync(saved)).toBe(true);
  const names = await page
    .getByRole('treeitem', { level: 1 })
    .evaluateAll((rows) => rows.map((row) => row.getAttribute('aria-label') ?? ''));
  expect(names).toHaveLength(10);
  await window.close();
  window = await launchApp({ files: [saved], size: { width: 1280, height: 800 } });
  window.page.on('pageerror', (error) => thrown.push(error.stack ?? error.message));
  for (const name of names) {
    await expect(window.page.getByRole('treeitem', { name, exact: true })).toBeVisible();
  }
});
