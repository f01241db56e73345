/**
 * When the first rows of a large file stand on the screen of the real window, from the click that opens it. Measured inside
 * the window, frame by frame, so that the time of the test's own steering is not counted.
 */
import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { type Launched, launchApp } from '../support/app';

/** Rows that are shown while a file is still read, or once it is. */
const rows = '.first-rows tbody tr, .ag-center-cols-container .ag-row';

/**
 * Opens a file again and again, each time with a design that holds nothing else.
 *
 * @returns Milliseconds per opening; the first is that of an app that has just started.
 * @throws Error in words if the app is not built or cannot be started here.
 */
export async function firstRowsOnScreen(path: string, openings: number): Promise<number[]> {
  const window = await launchApp({ size: { width: 1280, height: 800 } });
  try {
    await window.app.evaluate(({ dialog }, file) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [file] });
    }, path);
    const times: number[] = [];
    for (let i = 0; i < openings; i++) {
      times.push(await opening(window.page));
      await startAnew(window);
    }
    return times;
  } finally {
    await window.close();
  }
}

/** Milliseconds from the click on "Open files" to the first frame after the rows are in the page. */
async function opening(page: Page): Promise<number> {
  const button = page.getByRole('button', { name: 'Open files' });
  await button.waitFor();
  await page.evaluate(() =>
    addEventListener(
      'click',
      () => {
        document.documentElement.dataset.clicked = String(performance.now());
      },
      { capture: true, once: true },
    ),
  );
  const shown = page.waitForFunction(
    (selector) => {
      const clicked = Number(document.documentElement.dataset.clicked);
      if (document.querySelector(selector) === null) return null;
      return new Promise<number>((resolve) =>
        requestAnimationFrame(() => resolve(performance.now() - clicked)),
      );
    },
    rows,
    { polling: 'raf' },
  );
  await button.click();
  return Number(await (await shown).jsonValue());
}

/** Ends the reading and takes the file out of the design. */
async function startAnew({ page }: Launched): Promise<void> {
  await page.getByRole('button', { name: 'Cancel' }).first().click();
  await page.getByRole('button', { name: 'Open files' }).waitFor();
  await wait(500);
}
