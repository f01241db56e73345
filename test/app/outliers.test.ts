/**
 * The outlier bench in the window: by keyboard from a column to its flagged rows, a filter and a segment.
 */
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { launchApp } from '../support/app';
import { go, sample } from './window';

test('a threshold is set by keyboard, and its rule becomes a filter and a segment', async () => {
  const window = await launchApp({ files: [sample[0] as string], size: { width: 1280, height: 800 } });
  const { page } = window;
  const thrown: string[] = [];
  page.on('pageerror', (error) => thrown.push(error.stack ?? error.message));
  const row = (method: string) => page.locator(`.outlier-table tr[data-method="${method}"]`);
  const live = page.locator('.outlier-live');
  try {
    await expect(page.getByRole('treeitem', { name: /^transactions, / })).toBeVisible();
    await go(page, 'Profile');
    await page.getByRole('group', { name: 'View' }).getByRole('button', { name: 'Outliers' }).click();
    await page.getByLabel('Column', { exact: true }).selectOption({ label: 'sales_value' });
    await expect(row('iqr')).toContainText('1,228');
    await expect(row('log-iqr')).toContainText('452');
    await expect(row('mad')).toContainText('1,042');
    await expect(row('z-score')).toContainText('291');
    await expect(page.locator('.outlier-unfit')).toContainText('The test is for small data');
    await expect(page.locator('.outlier-matrix')).toContainText('1,042');

    const slider = page.getByRole('slider', { name: 'Threshold of IQR' });
    await expect(page.locator('.flag-curve-area')).toBeVisible();
    await slider.focus();
    for (let i = 0; i < 15; i++) await page.keyboard.press('ArrowRight');
    await expect(slider).toHaveAttribute('aria-valuetext', /^3: /);
    await expect(live).toContainText('523 rows');
    await expect(page.locator('.outlier-rows header')).toContainText('1–25 of 523');
    await page.getByLabel('k of IQR').fill('2.25');
    await page.keyboard.press('Enter');
    await expect(row('iqr')).toContainText('k 2.25');
    await expect(live).not.toContainText('523 rows');

    await row('z-score').getByRole('radio').focus();
    await page.keyboard.press('Space');
    await expect(live).toContainText('291 rows');
    await page.getByRole('button', { name: 'Make segment' }).click();
    await expect(page.getByText('Drafted the segment sales_value_outliers')).toBeVisible();
    await page.getByRole('button', { name: 'Filter to them' }).click();
    // The bench still judges all rows; the other places show the flagged ones.
    await expect(row('z-score')).toContainText('1.7');
    await expect(page.locator('.profile-filtered')).toContainText('itself is left out');
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().include('.outliers').analyze();
    expect(violations.map((one) => one.id)).toEqual([]);
    await page.getByRole('button', { name: 'Show in Data' }).click();
    await expect(page.locator('.data-rows')).toContainText('291 of 16,676');

    await go(page, 'Profile');
    await page.getByRole('button', { name: 'Several at once' }).click();
    await expect(page.getByRole('region', { name: 'Farthest rows' })).toContainText(/sampled|rows/);
    expect(thrown).toEqual([]);
  } finally {
    await window.close();
  }
});
