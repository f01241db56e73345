/**
 * Relations inside a table in the window: the matrix by keyboard, one pair, a dependency with the rows that break it, and
 * what is redundant.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { launchApp } from '../support/app';
import { go } from './window';

test('columns are related, a pair is looked at, and what breaks a dependency is shown', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'assay-relations-'));
  const file = path.join(folder, 'visits.csv');
  const records = Array.from({ length: 400 }, (_, i) => {
    const zip = `z${i % 20}`;
    const city = i === 47 ? 'typo' : `city ${(i % 20) % 6}`;
    const [net, tax] = [(i * 7919) % 101, (i * 104_729) % 13];
    return `${zip},${city},${net},${tax},${net + tax},2024-01-${String(1 + (i % 28)).padStart(2, '0')}`;
  });
  writeFileSync(file, `zip,city,net,tax,total,day\n${records.join('\n')}\n`);
  const window = await launchApp({ files: [file], size: { width: 1280, height: 800 } });
  const { page } = window;
  const thrown: string[] = [];
  page.on('pageerror', (error) => thrown.push(error.stack ?? error.message));
  const press = (name: string | RegExp) => page.getByRole('button', { name, exact: true }).click();
  const sound = async (part: string) => {
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().include(part).analyze();
    expect(violations.map((one) => one.id)).toEqual([]);
  };
  try {
    await go(page, 'Profile');
    await press('Relations');
    const matrix = page.getByRole('application', { name: /^Associations of visits/ });
    await expect(page.locator('.relation-basis')).toContainText('exact · 400 rows');
    await matrix.focus();
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowRight', 'ArrowRight'])
      await page.keyboard.press(key);
    await expect(page.locator('.heat-readout').first()).toHaveText(
      'total × net · Pearson r 0.99 · exact · 400 rows',
    );
    await page.keyboard.press('Enter');
    const pair = page.getByRole('region', { name: 'total and net' });
    await expect(pair).toContainText('all 400 rows');
    await expect(pair.getByRole('row', { name: /^Spearman/ })).toContainText('exact · 400 rows');
    await sound('.relations');
    await press('Close the pair');

    await press('Table');
    const pairs = page.getByRole('region', { name: 'Pairs of columns of visits' });
    await expect(pairs.getByRole('row').nth(1)).toContainText('net × total');
    await page.getByLabel('Coefficient').selectOption('cramer');
    await expect(pairs.getByRole('row')).toHaveCount(2);
    await pairs.getByRole('button', { name: 'zip × city' }).click();
    await expect(page.getByRole('region', { name: 'Rows by zip and city' })).toContainText('typo');
    await press('Close the pair');

    await press('Dependencies');
    await expect(page.locator('.relation-findings')).toContainText(
      'zip nearly determines city: 99.75 % of 400 rows agree, 1 row breaks it.',
    );
    await press('Show 1 row');
    const rows = page.getByRole('region', { name: 'Rows that break zip determines city' });
    await expect(rows.getByRole('row').nth(1)).toContainText(/z7\s*typo\s*city 1/);
    await sound('.relations');
    await press('Redundancies');
    await expect(page.locator('.relation-findings li')).toHaveText([
      /total = net \+ tax in all 400 rows with all three values\./,
    ]);
    expect(thrown).toEqual([]);
  } finally {
    await window.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
