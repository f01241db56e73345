/**
 * Missing data in the window: what the columns lack, where and with what, why, and the way to a reading that says so.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { launchApp } from '../support/app';
import { go } from './window';

/** 400 rows: income is lacking on the web only, phone from row 301 on, score is -999 now and then. */
const records = Array.from({ length: 400 }, (_, i) => {
  const channel = ['web', 'shop', 'phone', 'fair'][i % 4];
  const income = channel === 'web' && i % 20 !== 0 ? '' : 1000 + i;
  const phone = i >= 300 ? '' : `p${i % 7}`;
  const score = i % 10 === 5 ? -999 : 50 + (i % 30);
  return `${i},${channel},${income},${phone},${score},k${i % 3}`;
});

const part = (page: Page, name: string) =>
  page
    .getByRole('group', { name: 'Part of Missing' })
    .getByRole('button', { name: new RegExp(`^${name}`) })
    .click();

test('what a table lacks is told, explained, and read as missing where it is disguised', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'assay-missing-'));
  const file = path.join(folder, 'people.csv');
  writeFileSync(file, `id,channel,income,phone,score,kind\n${records.join('\n')}\n`);
  const window = await launchApp({ files: [file], size: { width: 1280, height: 800 } });
  const { page } = window;
  const thrown: string[] = [];
  page.on('pageerror', (error) => thrown.push(error.stack ?? error.message));
  const sound = async () => {
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().include('.missing-body').analyze();
    expect(violations.map((one) => [one.id, one.nodes[0]?.html])).toEqual([]);
  };
  const body = page.locator('.missing-body');
  try {
    await expect(page.getByRole('treeitem', { name: /^people, 400 rows/ })).toBeVisible();
    await go(page, 'Profile');
    await page.getByRole('group', { name: 'View' }).getByRole('button', { name: 'Missing' }).click();
    const rows = body.locator('.missing-bars tbody tr');
    await expect(rows).toHaveCount(3);
    await expect(rows.nth(0)).toContainText(/phone.*100.*25\.0/);
    await expect(rows.nth(1)).toContainText(/income.*80.*20\.0/);
    await expect(rows.nth(2)).toContainText(/score.*40/);
    await expect(body).toContainText('3 columns that lack nothing');

    await part(page, 'In the file');
    await expect(body.locator('.missing-breaks')).toContainText(
      'phone: 0.0 % missing before row 301, 100.0 % from there on',
    );
    await page.getByRole('application', { name: /^Matrix of missing values/ }).focus();
    await page.keyboard.press('ArrowRight');
    await expect(body.locator('.nullity-readout')).toHaveText('phone · rows 1 – 2 · 0 of 2 missing · 0.0 %');
    await sound();

    await part(page, 'Together');
    await expect(body.locator('.missing-sets tbody tr')).toHaveCount(4);

    await part(page, 'Columns');
    await page.getByRole('button', { name: 'What missing income depends on' }).click();
    await expect(body.locator('.missing-words')).toContainText(
      'Missing depends on channel: 80 % missing where channel = web (80 of 100 rows), 0 % elsewhere.',
    );
    await body.getByRole('button', { name: 'channel' }).click();
    await sound();
    await body
      .getByRole('table', { name: 'Missing by channel' })
      .getByRole('button', { name: 'web' })
      .click();
    await expect(page.locator('.profile-filtered')).toContainText('under 1 filter on channel');
    await expect(body).toContainText('exact · 100 rows');
    await page.getByRole('button', { name: 'Reset' }).click();

    await part(page, 'Drop or fill');
    await expect(body.locator('.missing-left')).toContainText('320 of 400 rows are left');
    await body.getByRole('checkbox', { name: /^phone/ }).check();
    await expect(body.locator('.missing-left')).toContainText('240 of 400 rows are left');
    await sound();

    await part(page, 'Disguised');
    await expect(body.locator('.missing-suspects tbody tr')).toHaveCount(1);
    await page.getByRole('button', { name: 'Treat -999 in score as missing' }).click();
    await expect(page.getByRole('main', { name: 'Import' })).toBeVisible();
    expect(thrown).toEqual([]);
  } finally {
    await window.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
