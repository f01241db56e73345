import { afterEach, beforeEach, expect, it } from 'vitest';
import { isOld, sideFrom, sidesOf } from '../../../src-renderer/store/compare';
import { linesOf } from '../../../src-renderer/view/profile/compare-figures';
import { type Desk, orders, sitDown } from './desk';

let desk: Desk;
beforeEach(async () => {
  desk = await sitDown();
});
afterEach(() => desk.end());

const get = () => desk.store.getState();
const wish = { text: '', sort: 'drift', differing: false, opened: [] } as const;

it('what is likeliest is proposed: the rows under the filter, another version, or a sample', async () => {
  await get().openPaths([desk.file('orders.csv', orders), desk.file('other.csv', 'x,y\n1,2\n')]);
  expect(sidesOf(get(), 'orders').map((side) => [side.table, side.rows])).toEqual([
    ['orders', 'all'],
    ['orders', 'sample'],
  ]);
  await get().openPaths([desk.file('newer.csv', orders.replace('amount', 'Amount'))]);
  expect(sidesOf(get(), 'orders')[1]).toMatchObject({ table: 'newer', rows: 'all' });
  get().filter('orders', 'country', { column: 'country', test: { kind: 'values', values: ['NL'] } });
  expect(sidesOf(get(), 'orders')[1]).toMatchObject({ table: 'orders', rows: 'filter' });
  get().draftSide('orders', 1, { rows: 'others' });
  expect(sideFrom(get(), sidesOf(get(), 'orders')[1])).toMatchObject({ table: 'orders', others: true });
  get().clearFilters('orders');
  expect(sideFrom(get(), sidesOf(get(), 'orders')[1])).toContain('has no filter now');
});

it('a file opened as a side leaves the table in front where it is', async () => {
  await get().openPaths([desk.file('orders.csv', orders)]);
  await get().openSide('orders', 1, [desk.file('second.csv', orders)]);
  expect(get().table).toBe('orders');
  expect(sidesOf(get(), 'orders')[1]).toMatchObject({ table: 'second', rows: 'all' });
});

it('columns come one by one, and a table read anew makes the comparison old', async () => {
  await get().openPaths([desk.file('orders.csv', orders), desk.file('newer.csv', `${orders}6,50,FR\n`)]);
  await get().compare('orders');
  const { comparisons } = await desk.until((s) => s.comparisons.orders?.state === 'done');
  const found = comparisons.orders!;
  expect(found.facts).toMatchObject([{ rows: 5 }, { rows: 6 }]);
  expect(found.columns.map((c) => c.a.name).toSorted()).toEqual(['amount', 'country', 'id']);
  const lines = linesOf(found.matching!, found.pairs, found.columns, wish);
  expect(lines.map((line) => line.kind)).toEqual(['compared', 'compared', 'compared']);
  expect(isOld(get(), found)).toBe(false);
  await get().reload('newer');
  expect(isOld(get(), found)).toBe(true);
});

it('a wrong condition is said, and a comparison that cannot begin keeps its problem', async () => {
  await get().openPaths([desk.file('orders.csv', orders)]);
  const signal = new AbortController().signal;
  expect(await get().checkSide({ table: 'orders', where: 'nowhere = 1' }, signal)).toContain('"nowhere"');
  expect(await get().checkSide({ sql: 'SELECT 1; SELECT 2' }, signal)).toContain('more than one statement');
  expect(await get().checkSide({ table: 'orders', where: 'id > 1' }, signal)).toBe('');
  get().draftSide('orders', 1, { table: null, sql: 'SELECT nowhere FROM orders' });
  await get().compare('orders');
  expect(get().comparisons.orders).toMatchObject({ state: 'failed', problem: { code: 'query-failed' } });
});

it('many columns that only one side has stand in one line until it is opened', () => {
  const column = (name: string) => ({ name, type: 'INTEGER', kind: 'number' as const });
  const matching = { pairs: [], onlyA: ['a', 'b', 'c', 'd', 'e'].map(column), onlyB: [column('a')] };
  const kinds = (opened: readonly ('A' | 'B')[]) =>
    linesOf(matching, 0, [], { ...wish, opened }).map((line) => line.kind);
  expect(kinds([])).toEqual(['lones', 'lone']);
  expect(kinds(['A'])).toEqual(['lones', 'lone', 'lone', 'lone', 'lone', 'lone', 'lone']);
});
