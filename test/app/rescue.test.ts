/**
 * A public file with unquoted commas in its addresses, which plain readers take for one column, is put right by hand and eye.
 */
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { launchApp } from '../support/app';
import { otherData } from '../support/shared';

test.skip(otherData === null, 'the additional test data is absent');

test('Northwind orders are rescued: 830 × 14, the rows put right looked at, the missing words told', async () => {
  const file = path.join(otherData as string, 'real/northwind/orders.csv');
  const { page, close } = await launchApp({ files: [file], size: { width: 1680, height: 1050 } });
  try {
    await expect(page.getByRole('treeitem', { name: /^orders, 830 rows/ })).toBeVisible();
    await page.getByRole('button', { name: 'Look at the reading' }).click();
    await expect(page.locator('.import-place')).toHaveAttribute('data-waiting', 'false');
    const fourth = page.locator('tr[data-line="4"]');
    await expect(fourth).toHaveAttribute('data-role', 'mended');
    await expect(page.getByRole('listbox', { name: 'Columns' }).getByRole('option')).toHaveCount(14);
    await page.locator('[role="option"][data-line="4"]').click();
    await expect(page.getByRole('tabpanel').getByText('Rua do Paço, 67', { exact: true })).toBeVisible();
    await page.screenshot({ path: path.resolve(import.meta.dirname, 'pictures/import-northwind.png') });
    await page.getByRole('button', { name: /^Accept all 3 proposals/ }).click();
    await expect(page.locator('.import-place')).toHaveAttribute('data-waiting', 'false');
    await page.getByRole('button', { name: /^Read it this way/ }).click();
    await expect(page.getByText('as it is read now')).toBeVisible();
    await expect(page.getByRole('treeitem', { name: /^shippedDate, time/ })).toBeVisible();
  } finally {
    await close();
  }
});
