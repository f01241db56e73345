/**
 * The canvas of Model: joins found and accepted, drawn, chosen by the form, measured in the lab, and taken back.
 */
import { readFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { type Launched, launchApp } from '../support/app';
import { profiled, railButton, sample } from './window';

let window: Launched;
const thrown: string[] = [];

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  window = await launchApp({ files: sample, size: { width: 1280, height: 800 } });
  const { page } = window;
  page.on('pageerror', (error) => thrown.push(error.stack ?? error.message));
  await expect(page.getByRole('treeitem', { name: 'demographics, 801 rows' })).toBeVisible();
  await profiled(page);
  await railButton(page, 'Model').click();
});

test.afterAll(async () => {
  await window?.close();
});

const card = (table: string) => window.page.locator(`.card[data-table="${table}"]`);
const lab = () => window.page.getByRole('region', { name: 'Join lab' });
const press = (name: string | RegExp) => window.page.getByRole('button', { name, exact: true }).click();
const undo = () => press(/^Undo: /);
/** The label of a join that stands in the design. */
const label = (on: string) => window.page.getByRole('button', { name: new RegExp(`^Join ${on}, `) });
const ofHouseholds = 'transactions.household_id = demographics.household_id';

async function sound(part: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page: window.page }).setLegacyMode().include(part).analyze();
  expect(violations.map((one) => `${one.id}: ${one.nodes[0]?.html}`)).toEqual([]);
}

test('every table stands on the canvas with its rows and columns', async () => {
  const { page } = window;
  await expect(page.locator('.card')).toHaveCount(3);
  await expect(card('transactions')).toContainText('16,676 rows');
  await expect(card('products')).toContainText('product_id');
  await expect(card('transactions').getByRole('option', { name: '3 more' })).toBeVisible();
  await sound('.model-place');
});

test('a card is walked through by keyboard, and what is selected is drafted', async () => {
  const { page } = window;
  await card('products').getByRole('option', { name: 'product_id' }).click();
  await expect(page.getByRole('complementary', { name: 'Inspector' })).toContainText('product_id');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('d');
  await expect(
    card('products').getByRole('option', { name: /manufacturer_id/, selected: true }),
  ).toBeVisible();
  await expect(card('products')).toContainText('Dimensions');
  await undo();
  await expect(card('products')).not.toContainText('Dimensions');
  const list = page.locator('[data-list="products"]');
  await list.focus();
  await page.keyboard.press('ArrowLeft');
  await expect(card('products').getByRole('button', { name: 'Unfold products' })).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Shift+Tab');
  await expect(list).not.toBeFocused();
});

test('joins that are found stand dashed; one accepted is in the design, one dismissed does not come back', async () => {
  const { page } = window;
  await press('Find joins');
  await expect(page.getByRole('button', { name: /^Accept the join/ })).toHaveCount(2);
  await press(`Accept the join ${ofHouseholds}`);
  await expect(label(ofHouseholds)).toHaveAccessibleName(/many to one, 0 orphans$/);
  await press('YAML');
  await expect(page.locator('.cm-content')).toContainText('relationship: many_to_one');
  await press('Canvas');
  await expect(label(ofHouseholds)).toBeVisible();
  await undo();
  await expect(label(ofHouseholds)).toHaveCount(0);
  await press(`Dismiss the join ${ofHouseholds}`);
  await press('Find joins');
  await expect(page.getByRole('button', { name: 'Find joins', exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Accept the join/ })).toHaveCount(1);
});

test('the form drafts a join, the lab counts it, and only adding it changes the design', async () => {
  const { page } = window;
  await page.locator('.canvas').focus();
  await page.keyboard.press('j');
  const form = page.getByRole('dialog', { name: 'Join two tables' });
  await form.getByLabel('From table').selectOption('products');
  await form.getByLabel('From column').selectOption({ label: 'product_id' });
  await form.getByLabel('To table').selectOption('transactions');
  await form.getByLabel('To column').selectOption({ label: 'product_id' });
  await form.getByRole('button', { name: 'Open in the join lab' }).click();
  const row = (name: string) => lab().getByRole('row', { name: new RegExp(`^${name}`) });
  // Counted by other means: from the text of the files.
  const keys = (file: string, at: number) =>
    readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(',')[at] ?? '');
  const lines = keys(sample[0] ?? '', 3);
  const products = new Set(keys(sample[1] ?? '', 0));
  const n = (count: number) => count.toLocaleString('en-US');
  const lost = lines.filter((key) => !products.has(key)).length;
  await expect(row('Rows \\d')).toHaveText(`Rows${n(products.size)}${n(lines.length)}`);
  await expect(row('Distinct keys')).toHaveText(`Distinct keys${n(products.size)}${n(new Set(lines).size)}`);
  await expect(row('Orphans')).toHaveText(`Orphans0 rows${n(lost)} rows`);
  expect([products.size, lines.length, lost]).toEqual([8646, 16_676, 57]);
  await expect(lab()).toContainText('Measured 1 : n');
  await expect(lab()).toContainText('Rows of products grow × 1.92');
  await press('Show 57 orphans of transactions');
  const rows = lab().getByRole('region', {
    name: 'Rows of transactions with a key that products does not have',
  });
  await expect(rows.getByRole('row')).toHaveCount(58);
  await expect(rows).toContainText(/1093587|5978648|5978656/);
  await sound('.join-lab');
  await press('Back to the effect');
  await expect(label('products')).toHaveCount(0);
  await press('Add join');
  await expect(label('products.product_id = transactions.product_id')).toHaveAccessibleName(
    /one to many, fan-out × 1\.92$/,
  );
  await expect(page.getByText('1 join multiplies')).toBeVisible();
  await sound('.canvas');
});

test('what is declared against the data is said, and a save is one step of the history', async () => {
  await lab().getByRole('button', { name: 'n : 1', exact: true }).click();
  await expect(lab()).toContainText('Declared n : 1, measured 1 : n');
  await press('Save');
  await expect(
    window.page.getByRole('button', { name: /^Undo: made the join of products and transactions/ }),
  ).toBeVisible();
  await press('Use measured');
  await press('Save');
  await undo();
  await undo();
  await expect(lab()).toContainText('Measured 1 : n');
  await lab().getByRole('button', { name: 'Text', exact: true }).click();
  await lab().getByRole('button', { name: 'Save', exact: true }).click();
  await press(/^Undo: compared the keys of products and transactions as texts/);
  await press('Close the join lab');
});

test('Delete removes the selected join and undo brings it back', async () => {
  const { page } = window;
  const join = label('products.product_id = transactions.product_id');
  await join.click();
  await page.keyboard.press('Delete');
  await expect(join).toHaveCount(0);
  await undo();
  await expect(join).toBeVisible();
  await undo();
  await expect(join).toHaveCount(0);
});

test('a line is drawn from a column to a column', async () => {
  const { page } = window;
  await page.locator('.canvas').focus();
  await page.keyboard.press('0');
  const box = async (table: string, column: string) => {
    const found = await card(table).locator(`[data-column="${column}"]`).boundingBox();
    if (found === null) throw new Error(`no ${column} on screen`);
    return found;
  };
  await expect(card('demographics').locator('[data-column="household_id"]')).toBeInViewport();
  // The way to all tables is drawn in steps; it has come to rest once two looks in a row are the same.
  let before = '';
  await expect
    .poll(async () => {
      const now = JSON.stringify(await box('demographics', 'household_id'));
      const rests = now === before;
      before = now;
      return rests;
    })
    .toBe(true);
  const from = await box('demographics', 'household_id');
  const to = await box('transactions', 'household_id');
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await page.mouse.move(from.x + 1, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(to.x + 90, to.y + 60, { steps: 4 });
  await page.mouse.move(to.x + 60, to.y + to.height / 2, { steps: 4 });
  await page.mouse.up();
  await expect(lab()).toContainText('demographics.household_id = transactions.household_id');
  await expect(lab()).toContainText('Measured 1 : n');
  await press('Close the join lab');
  expect(thrown).toEqual([]);
});

test('two marked columns are joined by J, and many to many is refused with a way out', async () => {
  const { page } = window;
  await card('transactions').locator('[data-column="store_id"]').click();
  await card('products')
    .locator('[data-column="manufacturer_id"]')
    .click({ modifiers: ['Shift'] });
  await page.keyboard.press('j');
  await expect(lab()).toContainText('Many to many cannot be declared');
  await expect(lab()).toContainText('bridge table');
  await expect(lab().getByRole('button', { name: 'Add join' })).toBeDisabled();
  await press('Pair');
  await expect(lab().getByLabel('transactions 2')).toBeVisible();
  await press('Close the join lab');
});

test('the search dims what does not match, and the view is remembered', async () => {
  const { page } = window;
  await page.getByRole('textbox', { name: 'Find on the canvas' }).fill('kids');
  await expect(card('transactions')).toHaveAttribute('data-dimmed', 'true');
  await expect(card('demographics')).toHaveAttribute('data-dimmed', 'false');
  await press('Members');
  await railButton(page, 'Data').click();
  await railButton(page, 'Model').click();
  await expect(page.getByRole('button', { name: 'Members', exact: true })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  expect(thrown).toEqual([]);
});
