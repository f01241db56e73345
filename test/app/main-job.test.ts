/**
 * The whole job once, by hand, in the real app: open, profile, draft, watch, undo, export, save, open again.
 */
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { type Launched, launchApp } from '../support/app';
import {
  dropFiles,
  dropTarget,
  figure,
  go,
  member,
  places,
  profiled,
  railButton,
  sample,
  treeColumn,
} from './window';

const golden = path.resolve(import.meta.dirname, '../golden/output/sample-app/dataos');
const pictures = path.resolve(import.meta.dirname, 'pictures');
const sizes = [
  { width: 1280, height: 800 },
  { width: 1680, height: 1050 },
];

let window: Launched;
let folder: string;
/** What the page threw and nobody caught. */
const thrown: string[] = [];

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'assay-job-'));
  window = await launchApp({ size: { width: 1680, height: 1050 } });
  window.page.on('pageerror', (error) => thrown.push(error.stack ?? error.message));
});

test.afterEach(() => {
  expect(thrown.splice(0)).toEqual([]);
});

test.afterAll(async () => {
  await window?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** All files below a folder by relative path. */
function filesIn(root: string): Record<string, string> {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(path.join(root, name)).isFile())
    .sort();
  return Object.fromEntries(
    files.map((name) => [name.replaceAll('\\', '/'), readFileSync(path.join(root, name), 'utf8')]),
  );
}

/** Answers the next dialogs for files and folders in place of the user. */
async function answerDialogs(open: string, save: string): Promise<void> {
  await window.app.evaluate(
    ({ dialog }, { open, save }) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [open] });
      dialog.showSaveDialog = async () => ({ canceled: false, filePath: save });
    },
    { open, save },
  );
}

test('three dropped files are open with all their rows', async () => {
  const { page } = window;
  await dropFiles(window, sample);
  await expect(page.getByRole('treeitem', { name: 'transactions, 16,676 rows' })).toBeVisible();
  await expect(page.getByRole('treeitem', { name: 'products, 8,646 rows' })).toBeVisible();
  await expect(page.getByRole('treeitem', { name: 'demographics, 801 rows' })).toBeVisible();
  await expect(page.locator('.ag-row').first()).toBeVisible();
});

test('the profile of a column is read with its outliers and its SQL', async () => {
  const { page } = window;
  await profiled(page);
  await page.getByRole('treeitem', { name: /^transactions, / }).click();
  await go(page, 'Profile');
  const list = page.getByRole('list', { name: 'Columns of transactions' });
  await list.getByRole('button', { name: 'number sales_value' }).click();
  const sheet = page.getByRole('region', { name: 'Profile of sales_value' });
  await expect(sheet).toBeVisible();
  await expect(sheet).toContainText('16,676');
  await expect(sheet.getByRole('button', { name: 'Copy SQL' }).first()).toBeVisible();
});

test('four dimensions and three measures are drafted by drag and by keyboard', async () => {
  const { page } = window;
  await go(page, 'Model');
  await treeColumn(page, 'week').dragTo(dropTarget(page, 'transactions', 'dimensions'));
  await expect(member(page, 'transactions', 'dimensions', 'week')).toBeVisible();
  await treeColumn(page, 'department').dragTo(dropTarget(page, 'products', 'dimensions'));
  await expect(member(page, 'products', 'dimensions', 'department')).toBeVisible();
  await treeColumn(page, 'store_id').click();
  await page.keyboard.press('d');
  await expect(member(page, 'transactions', 'dimensions', 'store_id')).toBeVisible();
  await treeColumn(page, 'income').click();
  await page.keyboard.press('d');
  await expect(member(page, 'demographics', 'dimensions', 'income')).toBeVisible();

  await treeColumn(page, 'quantity').dragTo(dropTarget(page, 'transactions', 'measures'));
  await expect(member(page, 'transactions', 'measures', 'total_quantity')).toContainText('1,719,899');
  await treeColumn(page, 'retail_disc').click();
  await page.keyboard.press('m');
  await expect(member(page, 'transactions', 'measures', 'total_retail_disc')).toContainText('8,678.08');
  await treeColumn(page, 'sales_value').click();
  await page.keyboard.press('m');
  await expect(member(page, 'transactions', 'measures', 'total_sales_value')).toContainText('52,645.05');
});

test('a column of another table is refused in words and nothing is drafted', async () => {
  const { page } = window;
  await treeColumn(page, 'brand').dragTo(dropTarget(page, 'transactions', 'dimensions'));
  await expect(dropTarget(page, 'transactions', 'dimensions').getByRole('alert')).toContainText(
    'brand is a column of products',
  );
  await expect(page.locator('[data-row="brand"]')).toHaveCount(0);
});

test('the value follows the aggregation, and undo and redo take it back and forth', async () => {
  const { page } = window;
  await member(page, 'transactions', 'measures', 'total_sales_value').click();
  await expect(figure(page)).toHaveText('52,645.05');
  await page.getByRole('radio', { name: 'Average', exact: true }).check();
  await expect(figure(page)).toHaveText('3.16');
  await page.getByRole('button', { name: /^Undo: / }).click();
  await expect(figure(page)).toHaveText('52,645.05');
  await page.getByRole('button', { name: /^Redo: / }).click();
  await expect(figure(page)).toHaveText('3.16');
  await page.getByRole('button', { name: /^Undo: / }).click();
  await expect(page.getByRole('radio', { name: 'Sum' })).toBeChecked();
});

test('a wrong expression keeps the last good value and says what is wrong beside it', async () => {
  const { page } = window;
  await page.getByRole('radio', { name: 'Expression' }).check();
  const field = page.getByRole('textbox', { name: 'Expression' });
  await expect(field).toHaveText('sum(sales_value)');
  await field.click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type(' / sum(nothing)');
  await page.keyboard.press('Escape');
  await expect(page.locator('.inspect-form .field-problem')).toContainText('“nothing”');
  await expect(page.locator('.expression-error')).toHaveText('nothing');
  await expect(figure(page)).toHaveText('52,645.05');
  await expect(figure(page)).toHaveAttribute('data-stale', 'true');
  while (await page.getByRole('radio', { name: 'Expression' }).isChecked()) {
    await page.getByRole('button', { name: /^Undo: / }).click();
  }
  await expect(page.getByRole('radio', { name: 'Sum' })).toBeChecked();
  await expect(page.locator('.inspect-form .field-problem')).toHaveCount(0);
});

test('the exported folder is the golden one', async () => {
  const { page } = window;
  const target = path.join(folder, 'spec');
  mkdirSync(target);
  await answerDialogs(target, '');
  await go(page, 'Spec');
  await page.getByRole('button', { name: 'Export…' }).click();
  await expect(page.getByText('The folder holds what you see here.')).toBeVisible();
  if (process.env.UPDATE_GOLDEN === '1') {
    rmSync(golden, { recursive: true, force: true });
    cpSync(target, golden, { recursive: true });
  }
  expect(existsSync(golden), 'the golden folder is missing; write it with UPDATE_GOLDEN=1').toBe(true);
  expect(filesIn(target)).toEqual(filesIn(golden));
});

test('the design is saved, and opens again with the same members and values', async () => {
  const { page } = window;
  const file = path.join(folder, 'sample.assay.yaml');
  await answerDialogs(file, file);
  await page.keyboard.press('Control+s');
  await expect.poll(() => existsSync(file)).toBe(true);
  expect(readFileSync(file, 'utf8')).not.toContain(folder);
  await page.keyboard.press('Control+n');
  await expect(page.getByRole('main', { name: 'Begin' })).toBeVisible();
  await page.keyboard.press('Control+Shift+o');
  await expect(page.getByRole('treeitem', { name: 'transactions, 16,676 rows' })).toBeVisible();
  await go(page, 'Model');
  await expect(member(page, 'transactions', 'measures', 'total_sales_value')).toContainText('52,645.05');
  await expect(page.locator('[data-row]')).toHaveCount(7);
});

test('no place has a serious accessibility violation, in light or dark', async () => {
  const { page } = window;
  await profiled(page);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    for (const place of places) {
      await go(page, place);
      if (place === 'Model') await member(page, 'transactions', 'measures', 'total_quantity').click();
      const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
      const serious = violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 200)}`));
      expect(serious, `${place}, ${colorScheme}`).toEqual([]);
    }
  }
});

test('every place leaves its picture, light and dark, at two sizes', async () => {
  const { app, page } = window;
  mkdirSync(pictures, { recursive: true });
  for (const size of sizes) {
    await app.evaluate(({ BrowserWindow }, { width, height }) => {
      BrowserWindow.getAllWindows()[0]?.setContentSize(width, height);
    }, size);
    await page.waitForFunction(({ width }) => innerWidth === width, size);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      for (const place of places) {
        await go(page, place);
        if (place === 'Model') {
          await member(page, 'transactions', 'measures', 'total_sales_value').click();
          await expect(figure(page)).toHaveText('52,645.05');
        }
        if (place === 'Data')
          await expect(page.locator('[role="gridcell"][col-id="c0"]').first()).toHaveText(/\d/);
        const name = `${place.toLowerCase()}-${colorScheme}-${size.width}x${size.height}.png`;
        await page.screenshot({ path: path.join(pictures, name) });
        expect(statSync(path.join(pictures, name)).size).toBeGreaterThan(10_000);
      }
    }
  }
  await expect(railButton(page, 'Spec')).toBeVisible();
});
