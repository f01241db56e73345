/**
 * A table made by a query, as a user drafts it: from a file of customers to one row per customer and category.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { launchApp } from '../support/app';
import { go, profiled } from './window';

const product = `SELECT id, id || '-' || k AS product_id, category, spend
FROM crm, LATERAL (VALUES (1, 'Wines', wines), (2, 'Meats', meats), (3, 'Fish', fish)) AS per(k, category, spend)
WHERE spend > 0`;

test('a table is drafted from a query, made, profiled, modelled, changed and saved', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'assay-derived-'));
  const file = path.join(folder, 'crm.csv');
  const lines = Array.from({ length: 1000 }, (_, i) => `${i + 1},${i % 7},${i % 5},${i % 2}`);
  writeFileSync(file, `id,wines,meats,fish\n${lines.join('\n')}\n`);
  // Each category by arithmetic of its own: what is left when each seventh, fifth and second has none.
  const rows = 1000 - 143 + (1000 - 200) + (1000 - 500);
  const window = await launchApp({ files: [file], size: { width: 1280, height: 800 } });
  const { page } = window;
  const thrown: string[] = [];
  page.on('pageerror', (error) => thrown.push(error.stack ?? error.message));
  const editor = page.getByRole('textbox', { name: 'Query', exact: true });
  const says = page.locator('.query-says');
  const write = async (text: string) => {
    await editor.click();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.insertText(text);
  };
  try {
    await expect(page.getByRole('treeitem', { name: /^crm, 1,000 rows/ })).toBeVisible();
    await page.getByRole('button', { name: /^New table from a query/ }).click();
    await expect(says).toHaveText(/^The first 100 rows \(there are more\), 4 columns/);
    await write('SELECT id, wine FROM crm');
    await expect(says).toHaveText(/^The query cannot be run: there is no column “wine”/);
    await expect(page.locator('.query-field .expression-error')).toHaveText('wine');
    await expect(page.locator('.query-rows')).toHaveAttribute('data-old', 'true');
    await expect(page.locator('.query-rows tbody tr')).toHaveCount(100);
    const create = page.getByRole('button', { name: /^Create/ });
    await expect(create).toBeDisabled();
    await write('SELECT m.wi\nFROM crm m');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('End');
    await page.keyboard.press('Control+Space');
    await page.locator('.cm-tooltip-autocomplete li', { hasText: 'wines' }).click();
    await expect(editor).toContainText('m.wines');
    await write(product);
    await page.getByLabel('Name', { exact: true }).fill('product');
    await expect(says).toHaveText(/4 columns/);
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().include('.query-pane').analyze();
    expect(violations.map((one) => one.id)).toEqual([]);

    await page.getByRole('treeitem', { name: /^crm, / }).click();
    await expect(page.locator('.query-pane')).toHaveCount(0);
    await page.getByRole('button', { name: 'Query of product' }).click();
    await expect(editor).toContainText('LATERAL');
    await expect(create).toBeEnabled();
    await editor.click();
    await page.keyboard.press('ControlOrMeta+Enter');
    await expect(
      page.getByRole('treeitem', {
        name: `product, ${rows.toLocaleString('en-US')} rows, from a query over crm`,
      }),
    ).toBeVisible();
    await expect(page.getByRole('tab', { name: 'product' })).toHaveAttribute('aria-selected', 'true');
    await expect(page.getByRole('main', { name: 'Data' })).toContainText('2-3');
    const inspector = page.getByRole('complementary', { name: 'Inspector' });
    await expect(inspector).toContainText(`All ${rows.toLocaleString('en-US')} rows of the query kept`);
    await expect(inspector.getByRole('button', { name: 'Show in folder' })).toHaveCount(0);
    await profiled(page);
    await go(page, 'Profile');
    await expect(page.locator('.profile-facts')).toContainText('a query over crm');
    await expect(page.locator('.profile-facts')).toContainText('product_id');

    await page.getByRole('treeitem', { name: /^spend, / }).click();
    await page.keyboard.press('m');
    await expect(page.locator('output[data-value]')).toHaveAttribute('data-value', String(sumOfSpend()));

    await page.keyboard.press('ControlOrMeta+K');
    await page.keyboard.type('edit the query');
    await page.keyboard.press('Enter');
    await write(`${product} AND category <> 'Fish'`);
    await page.getByRole('button', { name: /^Save/ }).click();
    await expect(
      page.getByRole('treeitem', {
        name: `product, ${(rows - 500).toLocaleString('en-US')} rows`,
        exact: false,
      }),
    ).toBeVisible();
    const saved = path.join(folder, 'affinity.assay.yaml');
    await window.app.evaluate(({ dialog }, to) => {
      dialog.showSaveDialog = async () => ({ canceled: false, filePath: to });
    }, saved);
    await page.keyboard.press('ControlOrMeta+S');
    await expect
      .poll(() => textOf(saved))
      .toContain(
        "  - name: product\n    query: |-\n      SELECT id, id || '-' || k AS product_id, category, spend\n",
      );
    expect(thrown).toEqual([]);
  } finally {
    await window.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

function sumOfSpend(): number {
  let sum = 0;
  for (let i = 0; i < 1000; i += 1) sum += (i % 7) + (i % 5) + (i % 2);
  return sum;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
