/**
 * Two versions of a file, a condition and a query compared in the window.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { launchApp } from '../support/app';
import { go } from './window';

test('two versions of a file are compared, then a condition and a query', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'assay-compare-'));
  const write = (name: string, header: string, row: (i: number) => string) => {
    const file = path.join(folder, name);
    writeFileSync(file, `${header}\n${Array.from({ length: 400 }, (_, i) => row(i)).join('\n')}\n`);
    return file;
  };
  const before = write('before.csv', 'id,select,Unit Price,old', (i) => `${i},${'abc'[i % 3]},${i % 40},1`);
  const after = write('after.csv', 'id,select,unit_price', (i) => `${i},${'abd'[i % 3]},${20 + (i % 40)}`);
  const window = await launchApp({ files: [before, after], size: { width: 1680, height: 1050 } });
  const { page } = window;
  const thrown: string[] = [];
  page.on('pageerror', (error) => thrown.push(error.stack ?? error.message));
  const compare = page.locator('.compare-head').getByRole('button', { name: 'Compare', exact: true });
  const sentence = page.locator('.compare-summary [role="status"]');
  const row = (name: string) =>
    page.locator('.compare-row', { has: page.locator('.profile-name', { hasText: name }) });
  try {
    await expect(page.getByRole('treeitem', { name: 'after, 400 rows' })).toBeVisible();
    await page.getByRole('treeitem', { name: 'before, 400 rows' }).click();
    await go(page, 'Profile');
    await page.getByRole('group', { name: 'View' }).getByRole('button', { name: 'Compare' }).click();
    // The other version is proposed by itself.
    await expect(page.getByLabel('Table of side B')).toHaveValue('after');
    await compare.click();
    await expect(sentence).toHaveText(
      /^2 of 3 columns differ: .*Unit Price \(large.*; 1 only in A\. 1 holds the same values/,
    );
    await expect(page.locator('.compare-row .profile-name').first()).toHaveText('old');
    await expect(row('Unit Price')).toContainText('= unit_price');
    await expect(row('id')).toContainText('same values');
    await row('Unit Price').getByRole('button').press('Enter');
    const sheet = page.getByRole('region', { name: 'Comparison of Unit Price' });
    await expect(sheet).toContainText('matched with unit_price, ignoring case and punctuation');
    await expect(sheet.locator('.compare-figures')).toContainText('Mean19.5039.50+20.00');
    await expect(sheet.locator('.compare-measures')).toContainText('New in B 20 values in 200 rows');
    await sheet.getByRole('button', { name: 'Table' }).click();
    await expect(sheet.getByRole('region', { name: 'Bins of Unit Price' })).toContainText('10');
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().include('.compare').analyze();
    expect(violations.map((one) => one.id)).toEqual([]);

    await page.getByLabel('Table of side B').selectOption('before');
    await page.getByLabel('Rows of side B').selectOption('where');
    const condition = page.getByRole('textbox', { name: 'Condition of side B' });
    await condition.fill('nowhere = 1');
    await expect(page.getByRole('group', { name: 'Side B' })).toContainText(
      'Referenced column "nowhere" not found',
    );
    await condition.fill('id < 100');
    await compare.click();
    await expect(page.getByRole('group', { name: 'Side B' })).toContainText('100 rows of 400');

    await page.getByLabel('Table of side B').selectOption({ label: 'the result of a query…' });
    await page.getByRole('textbox', { name: 'Query of side B' }).fill('SELECT id::VARCHAR AS id FROM after');
    await compare.click();
    await expect(sentence).toHaveText(/^1 of 1 column differs: id \(number became text\); 3 only in A/);
    expect(thrown).toEqual([]);
  } finally {
    await window.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
