/**
 * The window as a user works it: places, the tree, members, drops and drags.
 */
import path from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import type { Launched } from '../support/app';

/** The bundled sample, in the order a user would drop it. */
export const sample = ['transactions', 'products', 'demographics'].map((name) =>
  path.resolve(import.meta.dirname, '../../resources/sample', `${name}.csv`),
);

export const places = ['Data', 'Import', 'Profile', 'Model', 'Explore', 'Spec'] as const;
export type PlaceTitle = (typeof places)[number];

/** Drops files on the middle of the window, as the system does. */
export async function dropFiles({ page }: Launched, files: readonly string[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const { x, y } = await page.evaluate(() => ({ x: innerWidth / 2, y: innerHeight / 2 }));
  const data = { items: [], files: [...files], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x, y, data });
  }
  await session.detach();
}

/** Goes to a place by the rail. */
export async function go(page: Page, title: PlaceTitle): Promise<void> {
  await railButton(page, title).click();
  await expect(page.getByRole('main', { name: title })).toBeVisible();
  // Most tests of the model work in its lists.
  if (title === 'Model') await page.getByRole('button', { name: 'Members', exact: true }).click();
}

export function railButton(page: Page, title: PlaceTitle): Locator {
  return page.getByRole('button', { name: new RegExp(`^${title}: `) });
}

/** A column in the tree, by a name that only one table has. */
export function treeColumn(page: Page, column: string): Locator {
  return page.getByRole('treeitem', { name: new RegExp(`^${column}, `) });
}

/** The row of a member in Model. */
export function member(page: Page, table: string, kind: 'dimensions' | 'measures', name: string): Locator {
  return page.locator(`[data-drop="${table}.${kind}"] [data-row="${name}"]`);
}

/** The list of Model where columns are dropped. */
export function dropTarget(page: Page, table: string, kind: 'dimensions' | 'measures'): Locator {
  return page.locator(`[data-drop="${table}.${kind}"]`);
}

/** The exact value of the measure in the inspector, as it came from the engine; '' while there is none. */
export function figure(page: Page): Locator {
  return page.locator('output[data-value]');
}

/** Waits until every column of the open tables is profiled. */
export async function profiled(page: Page): Promise<void> {
  await expect(railButton(page, 'Profile')).toHaveAccessibleName(/Profile: (\d+) of \1 columns profiled/, {
    timeout: 60_000,
  });
}
