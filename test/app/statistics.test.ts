/**
 * All statistics of a table: sorted, searched and grouped by keyboard, copied, and written to a file that is read back.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { launchApp } from '../support/app';
import { go, profiled } from './window';

test('statistics are sorted, searched, copied and kept', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'assay-statistics-'));
  const file = path.join(folder, 'people.csv');
  const out = path.join(folder, 'out.csv');
  const rows = Array.from(
    { length: 400 },
    (_, i) => `${i + 1},${i % 4 === 0 ? '' : i * 1000},c${i % 3},same`,
  );
  writeFileSync(file, `person_id,income,"select ""x""",constant\n${rows.join('\n')}\n`);
  const window = await launchApp({ files: [file], size: { width: 1280, height: 800 } });
  const { page, app } = window;
  const thrown: string[] = [];
  page.on('pageerror', (error) => thrown.push(error.stack ?? error.message));
  const grid = page.getByRole('grid', { name: 'Statistics of people' });
  const names = () => grid.getByRole('rowheader').allTextContents();
  const name = (text: string) => expect.stringContaining(text);
  const foot = page.locator('.statistics-foot');
  const clipboard = () => app.evaluate(({ clipboard: board }) => board.readText());
  try {
    await go(page, 'Profile');
    await profiled(page);
    await page.getByRole('button', { name: 'Statistics', exact: true }).click();
    await expect(grid.getByRole('rowheader')).toHaveCount(4);

    await grid.getByRole('columnheader', { name: 'Nulls', exact: true }).click();
    await expect(grid.getByRole('columnheader', { name: 'Nulls', exact: true })).toHaveAttribute(
      'aria-sort',
      'descending',
    );
    expect(await names()).toEqual([name('income'), name('person_id'), name('select'), name('constant')]);
    await expect(foot).toContainText('Rows without a value.');

    // By keyboard: to the head of Null %, and on to the figures below it.
    await grid.focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await expect(grid.getByRole('columnheader', { name: 'Null %' })).toHaveAttribute(
      'aria-sort',
      'ascending',
    );
    expect((await names())[3]).toContain('income');
    await page.keyboard.press('Control+End');
    await expect(foot).toContainText('Null % of income');
    await expect(foot).toContainText('25.0');
    await expect(foot).toContainText('exact · 400 rows');
    await page.keyboard.press('End');
    await expect(foot).toContainText('Alerts of income');

    await page.keyboard.press('Home');
    await page.keyboard.press('Shift+ArrowUp');
    await expect(page.getByText('4 columns, 2 selected')).toBeVisible();
    await page.keyboard.press('Control+c');
    await expect(page.getByText('2 columns copied')).toBeVisible();
    const lines = (await clipboard()).split('\n').map((line) => line.split('\t'));
    const at = (title: string) => lines[0]!.indexOf(title);
    expect(lines.map((line) => line[0])).toEqual(['Name', 'constant', 'income']);
    expect(lines[2]![at('Null %')]).toBe('25');
    expect(lines[2]![at('Max')]).toBe('399000');
    await page.keyboard.press('Escape');

    await page.getByRole('button', { name: 'Copy', exact: true }).click();
    await page.getByRole('menuitem', { name: 'As Markdown' }).click();
    await expect(page.getByText('4 columns copied as Markdown')).toBeVisible();
    expect(await clipboard()).toContain('| income |');

    await page.getByLabel('Search columns').fill('SELECT');
    await expect(grid.getByRole('rowheader')).toHaveCount(1);
    await page.getByLabel('Search columns').fill('');
    await page.getByLabel('Group').selectOption('by alert');
    await expect(grid.locator('.statistics-title').first()).toBeVisible();
    await page.getByLabel('Group').selectOption('not at all');

    await page.getByRole('button', { name: /^Statistics \d+ of/ }).click();
    await page.getByRole('checkbox', { name: 'Null %' }).uncheck();
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().include('main').analyze();
    expect(violations.map((one) => one.id)).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(grid.getByRole('columnheader', { name: 'Null %' })).toHaveCount(0);

    await app.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = async () => ({ canceled: false, filePath });
    }, out);
    await page.getByRole('button', { name: 'Export CSV…' }).click();
    await expect(page.getByText('Wrote the statistics of 4 columns')).toBeVisible();
    const written = readFileSync(out, 'utf8').trimEnd().split('\n');
    const fields = (line: string) => [...line.matchAll(/(?:^|,)("(?:[^"]|"")*"|[^,]*)/g)].map((m) => m[1]);
    const head = fields(written[0]!);
    expect(head).not.toContain('null_percent');
    const income = written.find((line) => line.startsWith('income,'))!;
    const of = (key: string) => fields(income)[head.indexOf(key)];
    expect(of('nulls')).toBe('100');
    expect(of('mean')).toBe('200000');
    expect(of('basis')).toBe('exact');

    // The sheet of the column opens in place, where the same list sorts the columns.
    await grid.getByRole('rowheader', { name: /^.*person_id/ }).dblclick();
    await expect(page.getByRole('button', { name: /person_id/, expanded: true })).toBeVisible();
    await page.getByLabel('Sort').selectOption('Mean');
    await expect(page.locator('.profile-list li .profile-name').first()).toHaveText('income');
    await expect(page.locator('.profile-list li .profile-range').first()).toHaveText('200,000.00');

    // Under a filter the figures are those of its rows, until those of all are asked for.
    await page.getByRole('button', { name: /select/, expanded: false }).click();
    await page.locator('.chart-top-list button').first().click();
    await page.getByRole('button', { name: 'Statistics', exact: true }).click();
    const rowsOf = grid.getByRole('row', { name: /income/ }).locator('[aria-colindex="6"]');
    await expect(rowsOf).toHaveText('134');
    await page.getByRole('button', { name: 'All rows' }).click();
    await expect(rowsOf).toHaveText('400');
    expect(thrown).toEqual([]);
  } finally {
    await window.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
