import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createAssayStore } from '../../../src-renderer/store/store';
import { type Desk, orders, sitDown } from './desk';

let desk: Desk;
beforeEach(async () => {
  desk = await sitDown();
});
afterEach(() => desk.end());

it('what is left out is remembered, and a damaged note or a key of another time counts for nothing', () => {
  desk.store.getState().hideStatistics(['kurtosis', 'mad']);
  expect(createAssayStore(desk.deps).getState().statisticsHidden).toEqual(['kurtosis', 'mad']);
  desk.deps.memory.set('statistics-hidden', '["mad","gone",7]');
  expect(createAssayStore(desk.deps).getState().statisticsHidden).toEqual(['mad']);
  desk.deps.memory.set('statistics-hidden', '{');
  expect(createAssayStore(desk.deps).getState().statisticsHidden).toEqual([]);
});

it('statistics are written to a file with the filter they stand under', async () => {
  await desk.store.getState().openPaths([desk.file('orders.csv', orders)]);
  const { columns } = desk.store.getState().tables.orders!;
  desk.store.getState().profile('orders');
  await desk.until((s) => Object.keys(s.profiles.orders ?? {}).length === 3);
  desk.store.getState().filter('orders', 'country', {
    column: 'country',
    test: { kind: 'values', values: ['NL'] },
  });
  const s = await desk.until((now) => Object.keys(now.filtered.orders ?? {}).length === 3);
  const described = (profiles: typeof s.profiles) =>
    columns.map((column) => ({ column, profile: profiles.orders?.[column.name], roles: [], alerts: [] }));
  const wish = { statistics: ['rows', 'sum', 'unknown'] };
  const path = join(desk.folder, 'out.csv');
  desk.shell.answers.figures = path;
  const cells = () =>
    readFileSync(path, 'utf8')
      .split('\n')
      .map((line) => line.split(','));

  expect(
    await s.writeStatistics('orders', { ...wish, columns: described(s.profiles), filtered: false }),
  ).toBe(true);
  expect(cells()[0]?.slice(0, 4)).toEqual(['name', 'rows', 'sum', 'basis']);
  expect(cells()[2]?.slice(0, 4)).toEqual(['amount', '5', '100', 'exact']);
  expect(cells()[2]?.at(-1)).toBe('');
  await s.writeStatistics('orders', { ...wish, columns: described(s.filtered), filtered: true });
  expect(cells()[2]?.slice(0, 3)).toEqual(['amount', '2', '30']);
  expect(cells()[2]?.at(-1)).toBe(`"""country"" IN ('NL')"`);

  desk.shell.answers.figures = desk.folder;
  const failing = { ...wish, columns: [], filtered: false };
  expect(await s.writeStatistics('orders', failing)).toBe(false);
  expect(desk.store.getState().notices.at(-1)?.tone).not.toBe('good');
  desk.shell.answers.figures = null;
  expect(await s.writeStatistics('orders', failing)).toBe(false);
});
