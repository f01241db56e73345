/**
 * Tables at the edge of what a file can hold, through every view of Profile: nothing is thrown, nothing breaks, no view
 * gives a fault for an answer.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { launchApp } from '../support/app';
import { hardFiles } from '../support/hard';
import { go } from './window';

const views = ['Outliers', 'Missing', 'Relations', 'Compare', 'Columns'] as const;

/** Waits until no view works any more; answers what still does after a while, in HTML. */
async function settled(page: Page): Promise<string | null> {
  const working = () =>
    page.evaluate(() => {
      const main = document.querySelector('main');
      const busy = main?.querySelector('[aria-busy="true"], .ui-skeleton');
      const cancel = [...(main?.querySelectorAll('button') ?? [])].find((b) => b.textContent === 'Cancel');
      return (busy ?? cancel?.parentElement)?.outerHTML.slice(0, 300) ?? null;
    });
  let still = await working();
  for (let i = 0; i < 100 && still !== null; i++) {
    await page.waitForTimeout(100);
    still = await working();
  }
  return still;
}

test('the hardest tables have an answer in every view of Profile', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'assay-hard-'));
  const files = await hardFiles(folder, 400, 0);
  const window = await launchApp({
    files: files.map((file) => file.path),
    size: { width: 1280, height: 800 },
  });
  const { page } = window;
  const faults: string[] = [];
  let at = 'opening';
  const found = (what: string) => faults.push(`${at}: ${what}`);
  page.on('pageerror', (error) => found(error.stack ?? error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') found(message.text());
  });
  const look = async () => {
    const still = await settled(page);
    if (still !== null) found(`it never ends: ${still}`);
    const text = await page.getByRole('main').innerText();
    for (const wrong of ['Assay made a mistake', 'a fault of Assay', 'undefined', '[object', 'Invalid Date'])
      if (text.includes(wrong)) found(wrong);
    for (const notice of await page.locator('.notice-error').allInnerTexts()) found(notice);
  };
  try {
    for (const { name } of files) {
      await page.locator('#tree-filter').fill(name);
      const row = page.locator(`[role="treeitem"][aria-level="1"][aria-label^="${name},"]`);
      await row.click();
      await go(page, 'Profile');
      at = `${name}, Columns`;
      await look();
      const columns = page.locator('.profile-open');
      at = `${name}, the sheet of a column`;
      await columns.last().click();
      await look();
      await columns.last().click();
      for (const view of views) {
        at = `${name}, ${view}`;
        await page
          .getByRole('group', { name: 'View', exact: true })
          .getByRole('button', { name: view })
          .click();
        if (view === 'Compare') {
          await page.getByLabel('Table of side B').selectOption(name);
          const compare = page.locator('.compare-head').getByRole('button', { name: 'Compare', exact: true });
          if (await compare.isEnabled()) await compare.click();
        }
        await look();
      }
    }
    expect(faults).toEqual([]);
  } finally {
    await window.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
