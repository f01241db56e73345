/**
 * The receipt of a file with more rejects than travel: its pages, its search, and the file that is written of it.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { launchApp } from '../support/app';

test('every reject of a long receipt can be paged to and found', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'assay-receipt-'));
  const file = path.join(folder, 'sensor.csv');
  const records = Array.from({ length: 15_000 }, (_, i) =>
    i % 10 === 5 ? `${i},x,${i},bad,${i}` : `${i},${i},${i}`,
  );
  writeFileSync(file, `id,n,m\n${records.join('\n')}\n`);
  const window = await launchApp({ files: [file], size: { width: 1280, height: 800 } });
  const { page } = window;
  const thrown: string[] = [];
  page.on('pageerror', (error) => thrown.push(error.stack ?? error.message));
  const place = page.locator('.receipt-place');
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  try {
    await expect(page.getByRole('treeitem', { name: /^sensor, 13,500 rows/ })).toBeVisible();
    await page
      .getByRole('button', { name: /^Import/ })
      .first()
      .click();
    await page.getByRole('tab', { name: /^Rejected/ }).click();
    await expect(place).toHaveText('1–200 of 1,500');
    await press('Next');
    await expect(place).toHaveText('201–400 of 1,500');
    await press('Last');
    await expect(place).toHaveText('1,401–1,500 of 1,500');
    const last = page.locator('.receipt-table tbody tr').last();
    await expect(last).toContainText('14995,x,14995,bad,14995');
    await expect(last.getByRole('cell').first()).toHaveText('14,997');
    await page.getByLabel('Search text and reason').fill('14985,X');
    await expect(place).toHaveText('1–1 of 1 found');
    await expect(last).toContainText('14985,x,14985,bad,14985');
    await page.getByLabel('Search text and reason').fill('nowhere');
    await expect(page.locator('.receipt-pages')).toContainText('Nothing holds “nowhere”.');
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().include('.receipt-lists').analyze();
    expect(violations.map((one) => one.id)).toEqual([]);
    expect(thrown).toEqual([]);
  } finally {
    await window.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
