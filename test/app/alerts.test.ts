/**
 * Alerts and the report: a badge opens with what it rests on, is muted with a reason and comes back; the report that is
 * written shows every figure with scripts blocked.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { launchApp } from '../support/app';
import { go, profiled } from './window';

test('alerts are muted with a reason, and the report holds the figures of the window', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'assay-alerts-'));
  const file = path.join(folder, 'people.csv');
  const out = path.join(folder, 'people.html');
  const rows = Array.from({ length: 300 }, (_, i) => {
    const born = i === 7 ? 1893 : 1950 + (i % 40);
    return `${i + 1},${born},${i % 150},<b>${i % 3}</b>,same`;
  });
  writeFileSync(file, `person_id,birth_year,score,"a ""b"" <i>",constant\n${rows.join('\n')}\n`);
  const window = await launchApp({ files: [file], size: { width: 1280, height: 800 } });
  const { page, app } = window;
  const thrown: string[] = [];
  page.on('pageerror', (error) => thrown.push(error.stack ?? error.message));
  const chip = (name: string) => page.locator('.profile-alert', { hasText: name });
  try {
    await go(page, 'Profile');
    await profiled(page);

    await chip('Constant').click();
    const pane = page.getByRole('dialog', { name: 'Constant' });
    await expect(pane).toContainText('every value is same');
    await expect(pane).toContainText('exact · 300 rows');
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().include('.alert-pane').analyze();
    expect(violations.map((one) => one.id)).toEqual([]);
    await pane.getByRole('button', { name: 'Mute constant' }).click();
    await page.keyboard.type('filled in by the export');
    await page.keyboard.press('Enter');
    await expect(chip('Constant')).toHaveCount(0);
    await page.getByRole('button', { name: '1 muted' }).click();
    const muted = page.getByRole('dialog', { name: 'Muted alerts' });
    await expect(muted).toContainText('filled in by the export');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+z');
    await expect(chip('Constant')).toHaveCount(1);
    await page.keyboard.press('Control+Shift+z');
    await expect(chip('Constant')).toHaveCount(0);

    await page.getByRole('button', { name: 'Far years' }).last().click();
    await page.getByRole('button', { name: 'Show the rows' }).click();
    await expect(page.getByText('1 of 300 rows')).toBeVisible();
    await go(page, 'Profile');

    await app.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = async () => ({ canceled: false, filePath });
    }, out);
    await page.getByRole('button', { name: 'Report…' }).click();
    await expect(page.getByText('Wrote the report')).toBeVisible();
    expect(readFileSync(out, 'utf8')).not.toContain('<script');

    const opened = app.waitForEvent('window');
    await app.evaluate(async ({ BrowserWindow }, filePath) => {
      const report = new BrowserWindow({
        show: false,
        width: 1100,
        height: 900,
        webPreferences: { partition: 'report', javascript: false, offscreen: true },
      });
      await report.loadFile(filePath);
    }, out);
    const report = await opened;
    const sheets = report.locator('section.sheet');
    await expect(sheets).toHaveCount(5);
    await expect(report.locator('table.index tbody tr')).toHaveCount(5);
    await expect(sheets.nth(1)).toContainText('1893');
    await expect(sheets.nth(1).getByRole('img').first()).toBeVisible();
    await expect(sheets.nth(3)).toContainText('<b>0</b>');
    await expect(report.locator('body')).toContainText('filled in by the export');
    await expect(report.locator('h4 i, td b')).toHaveCount(0);
    const wide = await report.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    expect(wide).toBe(false);
    expect(thrown).toEqual([]);
  } finally {
    await window.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
