import { writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Request } from '#contract';
import { problemsOf } from '../../../src-renderer/store/select';
import { type Desk, orders, sitDown } from './desk';

vi.mock('react', () => {
  throw new Error('the store must not need React');
});

let desk: Desk;
beforeEach(async () => {
  desk = await sitDown();
});
afterEach(() => desk.end());

it('opening a file adds its source to the design, selects its table and profiles it', async () => {
  await desk.store.getState().openPaths([desk.file('orders.csv', orders)]);
  const s = await desk.until((now) => Object.keys(now.profiles.orders ?? {}).length === 3);
  expect(s.design.sources.map((source) => source.name)).toEqual(['orders']);
  expect(s.design.tables.map((table) => table.name)).toEqual(['orders']);
  expect(s.selection).toEqual({ kind: 'table', table: 'orders' });
  expect(s.profiles.orders?.amount?.nulls).toBe(1);
  expect(s.past.map((step) => step.words)).toHaveLength(1);
});

it('a file that cannot be opened is told and listed, and the others open', async () => {
  const [good, empty] = [desk.file('good.csv', orders), desk.file('empty.csv', '')];
  await desk.store.getState().openPaths([empty, `${desk.folder}/nowhere.csv`, good]);
  const s = desk.store.getState();
  expect(s.order).toEqual(['good']);
  expect(Object.values(s.failures).map((failed) => failed.problem.code)).toEqual([
    'source-empty',
    'source-missing',
  ]);
  expect(s.notices.map((notice) => notice.tone)).toEqual(['error', 'error']);
  const listed = problemsOf(s).filter((p) => p.failure !== undefined);
  expect(listed.map((p) => p.where)).toEqual(['empty.csv', 'nowhere.csv']);
  s.dismissFailure(empty);
  expect(Object.keys(desk.store.getState().failures)).toEqual([`${desk.folder}/nowhere.csv`]);
  expect(desk.store.getState().notices).toHaveLength(1);
});

it('what the open list of problems shows is not told a second time', async () => {
  await desk.store.getState().openPaths([`${desk.folder}/nowhere.csv`]);
  expect(desk.store.getState().notices).toHaveLength(1);
  desk.store.getState().set('bottom', 'problems');
  expect(desk.store.getState().notices).toEqual([]);
  await desk.store.getState().openPaths([`${desk.folder}/elsewhere.csv`]);
  expect(desk.store.getState().notices).toEqual([]);
});

it('a file that failed is off the list once it opens', async () => {
  const path = `${desk.folder}/late.csv`;
  await desk.store.getState().openPaths([path]);
  expect(Object.keys(desk.store.getState().failures)).toEqual([path]);
  desk.file('late.csv', orders);
  await desk.store.getState().openPaths([path]);
  expect(desk.store.getState().failures).toEqual({});
});

it('undoing the opening closes the table, and redoing opens it again', async () => {
  await desk.store.getState().openPaths([desk.file('orders.csv', orders)]);
  desk.store.getState().undo();
  const closed = await desk.until((s) => s.order.length === 0);
  expect(closed.table).toBeNull();
  expect(closed.selection).toEqual({ kind: 'none' });
  desk.store.getState().redo();
  const open = await desk.until((s) => s.order.length === 1);
  expect(open.tables.orders?.rows).toBe(5);
  expect(await desk.running().service['source:list'](null)).toMatchObject({
    ok: true,
    value: [{ name: 'orders' }],
  });
});

it('closing a table takes its source and members out, and one undo brings them back', async () => {
  await desk.store.getState().openPaths([desk.file('orders.csv', orders)]);
  desk.store.getState().draftMeasure('orders', 'amount', 'sum');
  await desk.store.getState().closeTable('orders');
  await desk.until((s) => s.order.length === 0);
  expect(desk.store.getState().design.tables).toEqual([]);
  desk.store.getState().undo();
  const back = await desk.until((s) => s.order.length === 1);
  expect(back.design.tables[0]?.measures).toHaveLength(1);
});

it('opening a path that is open already reads it anew and is no second source', async () => {
  const path = desk.file('orders.csv', orders);
  await desk.store.getState().openPaths([path]);
  writeFileSync(path, `${orders}6,60,FR\n`);
  await desk.store.getState().openPaths([path]);
  const s = desk.store.getState();
  expect(s.order).toEqual(['orders']);
  expect(s.tables.orders?.rows).toBe(6);
  expect(s.design.sources).toHaveLength(1);
});

it('opening a path once more keeps what was told about its reading', async () => {
  const path = desk.file('orders.csv', orders);
  await desk.store.getState().openPaths([path]);
  await desk.store.getState().reload('orders', { skip: 1, header: false });
  const told = desk.store.getState().tables.orders?.rows;
  await desk.store.getState().openPaths([path]);
  const s = desk.store.getState();
  expect(s.order).toEqual(['orders']);
  expect(s.tables.orders?.rows).toBe(told);
  expect(s.tables.orders?.source.dialect).toMatchObject({ skip: 1, header: false });
  expect(s.design.sources[0]?.dialect).toMatchObject({ skip: 1, header: false });
});

it('a file that changed on disk is stale until it is reloaded', async () => {
  const path = desk.file('orders.csv', orders);
  await desk.store.getState().openPaths([path]);
  writeFileSync(path, `${orders}6,60,FR\n`);
  await desk.running().checkSources();
  const stale = await desk.until((s) => s.stale.orders !== undefined);
  expect(problemsOf(stale)[0]).toMatchObject({ reload: 'orders', where: 'orders' });
  await stale.reload('orders');
  expect(desk.store.getState().stale).toEqual({});
  const fresh = await desk.until((s) => s.profiles.orders?.id !== undefined);
  expect(fresh.profiles.orders?.id?.rows).toBe(6);
});

it('a dialect set by hand is an edit that undo takes back, with the reading', async () => {
  await desk.store.getState().openPaths([desk.file('semi.csv', 'a;b\n1;2\n')]);
  await desk.store.getState().reload('semi', { delimiter: ',' });
  expect(desk.store.getState().tables.semi?.columns).toHaveLength(1);
  expect(desk.store.getState().design.sources[0]?.dialect).toEqual({ delimiter: ',' });
  desk.store.getState().undo();
  const back = await desk.until((s) => s.tables.semi?.columns.length === 2);
  expect(back.design.sources[0]?.dialect).toBeUndefined();
});

it('after the engine died the sources are back under their names and the profile completes', async () => {
  await desk.store.getState().openPaths([desk.file('orders.csv', orders), desk.file('more.csv', orders)]);
  desk.store.getState().draftMeasure('orders', 'amount', 'sum');
  const { design } = desk.store.getState();
  desk.store.setState({ profiles: {} });
  await desk.restart();
  const s = await desk.until(
    (now) =>
      Object.keys(now.profiles.orders ?? {}).length === 3 &&
      Object.keys(now.profiles.more ?? {}).length === 3,
  );
  expect(s.design).toBe(design);
  expect(s.order).toEqual(['orders', 'more']);
  const list = await desk.running().service['source:list'](null);
  expect(list.ok && list.value.map((table) => table.name)).toEqual(['orders', 'more']);
});

it('a filter profiles the columns under it and leaves the figures of all rows', async () => {
  await desk.store.getState().openPaths([desk.file('orders.csv', orders)]);
  await desk.until((s) => Object.keys(s.profiles.orders ?? {}).length === 3);
  const test = { kind: 'values', values: ['NL'] } as const;
  desk.store.getState().filter('orders', 'country', { column: 'country', test });
  const s = await desk.until((now) => Object.keys(now.filtered.orders ?? {}).length === 3);
  expect(s.filtered.orders?.amount?.rows).toBe(2);
  expect(s.profiles.orders?.amount?.rows).toBe(5);
  s.clearFilters('orders');
  const cleared = desk.store.getState();
  expect(cleared.filtered.orders).toBeUndefined();
  expect(cleared.filters.orders).toBeUndefined();
});

it('a file that takes long shows its first rows and a sample of it, until it is read or another table is chosen', async () => {
  const path = desk.file('long.csv', 'id,name,x\n1,a,\n2,b,0.5\n3,c,0.75\n');
  await desk.store.getState().openPaths([desk.file('orders.csv', orders)]);
  let read: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => (read = resolve));
  const real = desk.client.ask;
  desk.client.ask = (async (request: Request, ask: never, options: never) => {
    if (request === 'source:open') await gate;
    return real(request, ask, options);
  }) as typeof desk.client.ask;
  const opened = desk.store.getState().openPaths([path]);
  const s = await desk.until((now) => (now.arriving[path]?.glance ?? null) !== null);
  expect(s.arrivingShown).toBe(path);
  expect(s.arriving[path]?.first).toEqual({
    columns: ['id', 'name', 'x'],
    of: 3,
    rows: [
      ['1', 'a', ''],
      ['2', 'b', '0.5'],
      ['3', 'c', '0.75'],
    ],
  });
  const [id, , x] = s.arriving[path]?.glance?.profiles ?? [];
  expect(id).toMatchObject({ min: 1, max: 3, evidence: { basis: 'sample', rows: 3 } });
  expect(x?.nulls).toBe(1);
  s.showTable('orders');
  expect(desk.store.getState().arrivingShown).toBeNull();
  read();
  await opened;
  expect(desk.store.getState()).toMatchObject({ arriving: {}, arrivingShown: null });
  expect(desk.store.getState().tables.long?.rows).toBe(3);
});

it('first rows that come once the file is read are not shown', async () => {
  const shown = new Set<string | null>();
  desk.store.subscribe((now) => shown.add(now.arrivingShown));
  let read: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => (read = resolve));
  const real = desk.client.ask;
  desk.client.ask = (async (request: Request, ask: never, options: never) => {
    if (request === 'source:first') await gate;
    return real(request, ask, options);
  }) as typeof desk.client.ask;
  await desk.store.getState().openPaths([desk.file('orders.csv', orders)]);
  read();
  await desk.until((s) => Object.keys(s.profiles.orders ?? {}).length === 3);
  expect([...shown]).toEqual([null]);
});

it('a table that comes late does not take the front from what was chosen meanwhile', async () => {
  await desk.store.getState().openPaths([desk.file('orders.csv', orders), desk.file('others.csv', orders)]);
  let read: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => (read = resolve));
  const real = desk.client.ask;
  desk.client.ask = (async (request: Request, ask: never, options: never) => {
    if (request === 'source:open') await gate;
    return real(request, ask, options);
  }) as typeof desk.client.ask;
  const opened = desk.store.getState().openPaths([desk.file('late.csv', orders)]);
  desk.store.getState().showTable('others');
  read();
  await opened;
  expect(desk.store.getState()).toMatchObject({ order: ['orders', 'others', 'late'], table: 'others' });
});
