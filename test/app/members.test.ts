/**
 * Members worked on by keyboard in Model: moved, renamed, deleted, proposed and taken back.
 */
import { expect, test } from '@playwright/test';
import { type Launched, launchApp } from '../support/app';
import { dropTarget, go, member, profiled, sample } from './window';

let window: Launched;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  window = await launchApp({ files: sample.slice(1), size: { width: 1280, height: 800 } });
  await expect(window.page.getByRole('treeitem', { name: 'demographics, 801 rows' })).toBeVisible();
  await profiled(window.page);
  await go(window.page, 'Model');
});

test.afterAll(async () => {
  await window?.close();
});

/** Names of the dimensions of a table, as they stand. */
function names(table: string): Promise<(string | null)[]> {
  return dropTarget(window.page, table, 'dimensions')
    .locator('[data-row]')
    .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-row')));
}

const undo = () => window.page.getByRole('button', { name: /^Undo: / }).click();

test('suggestions accepted together are taken back by one undo', async () => {
  const { page } = window;
  const section = page.getByRole('region', { name: 'products', exact: true });
  await section.getByRole('button', { name: /^Accept all \d+ above/ }).click();
  await expect(member(page, 'products', 'dimensions', 'department')).toBeVisible();
  expect((await names('products')).length).toBeGreaterThan(4);
  await undo();
  await expect(dropTarget(page, 'products', 'dimensions').locator('[data-row]')).toHaveCount(0);
  await page.getByRole('button', { name: /^Redo: / }).click();
  await expect(member(page, 'products', 'dimensions', 'department')).toBeVisible();
});

test('a suggestion says why, and one that was dismissed does not come back', async () => {
  const { page } = window;
  const section = page.getByRole('region', { name: 'demographics', exact: true });
  await section.getByRole('button', { name: /^Why age as/ }).click();
  const why = page.getByRole('dialog', { name: /^Why age as/ });
  await expect(why.getByRole('listitem').first()).toContainText(/\d/);
  await why.getByRole('textbox', { name: 'Reason to dismiss it' }).fill('counted elsewhere');
  await why.getByRole('button', { name: 'Dismiss' }).click();
  await expect(section.getByRole('button', { name: /^Why age as/ })).toHaveCount(0);
});

test('Alt and an arrow moves a member, and the order is kept', async () => {
  const { page } = window;
  const before = await names('products');
  const name = before[1] as string;
  await member(page, 'products', 'dimensions', name).click();
  await page.getByRole('listbox', { name: 'Dimensions of products' }).focus();
  await page.keyboard.press('Alt+ArrowUp');
  await expect.poll(() => names('products')).toEqual([before[1], before[0], ...before.slice(2)]);
  await page.keyboard.press('Alt+ArrowDown');
  await expect.poll(() => names('products')).toEqual(before);
});

test('F2 renames in place, and a name that is taken or illegal is refused', async () => {
  const { page } = window;
  await member(page, 'products', 'dimensions', 'department').click();
  await page.getByRole('listbox', { name: 'Dimensions of products' }).focus();
  await page.keyboard.press('F2');
  const field = page.getByRole('textbox', { name: 'New name of department' });
  await field.fill('brand');
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await field.fill('two words');
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await field.fill('aisle');
  await field.press('Enter');
  await expect(member(page, 'products', 'dimensions', 'aisle')).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByRole('complementary', { name: 'Inspector' })).toContainText('aisle');
  await undo();
  await expect(member(page, 'products', 'dimensions', 'department')).toBeVisible();
  await page.getByRole('button', { name: /^Redo: / }).click();
  await member(page, 'products', 'dimensions', 'aisle').click();
});

test('the inspector keeps the focus while it renames, and undo takes the name back', async () => {
  const { page } = window;
  const name = page.locator('[data-field="name"]');
  await name.fill('section');
  await name.press('Enter');
  await expect(member(page, 'products', 'dimensions', 'section')).toBeVisible();
  await expect(name).toBeFocused();
  await undo();
  await expect(member(page, 'products', 'dimensions', 'aisle')).toBeVisible();
});

test('typing is one step of the history', async () => {
  const { page } = window;
  await member(page, 'products', 'dimensions', 'aisle').click();
  const title = page.getByRole('textbox', { name: 'Title', exact: true });
  await title.fill('');
  await title.pressSequentially('Aisle of the shop', { delay: 15 });
  await title.press('Enter');
  await expect(member(page, 'products', 'dimensions', 'aisle')).toContainText('Aisle of the shop');
  await undo();
  await expect(member(page, 'products', 'dimensions', 'aisle')).toContainText('Department');
});

test('Delete removes a member and undo brings it back where it was', async () => {
  const { page } = window;
  const before = await names('products');
  await member(page, 'products', 'dimensions', 'aisle').click();
  await page.getByRole('listbox', { name: 'Dimensions of products' }).focus();
  await page.keyboard.press('Delete');
  await expect(member(page, 'products', 'dimensions', 'aisle')).toHaveCount(0);
  await undo();
  await expect.poll(() => names('products')).toEqual(before);
});
