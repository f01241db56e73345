/**
 * Derived tables in the window: drafted with their first rows, made in one edit, and the same as the design through undo,
 * closing, restarts and new files.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { begin } from '../../../src-renderer/store/begin';
import { draftHindrance, queryDraftOf } from '../../../src-renderer/store/derive';
import type { State } from '../../../src-renderer/store/state';
import { type Desk, orders, sitDown } from './desk';

let desk: Desk;
beforeEach(async () => {
  desk = await sitDown();
});
afterEach(() => desk.end());

const get = () => desk.store.getState();
const settled = (s: State) => queryDraftOf(s)?.waiting === false;
const query = 'SELECT country, sum(amount) AS amount FROM orders GROUP BY ALL ORDER BY ALL';

async function openOrders() {
  const path = desk.file('orders.csv', orders);
  await get().openPaths([path]);
  return path;
}

async function derive(name: string, text: string) {
  get().draftQuery();
  get().changeQuery({ name, query: text });
  await desk.until(settled);
  return get().makeQuery();
}

it('a draft shows its first rows, keeps the last good ones beside an error, and becomes a table in one edit', async () => {
  await openOrders();
  get().draftQuery();
  expect(get()).toMatchObject({ place: 'data', queryFront: '' });
  await desk.until(settled);
  expect(queryDraftOf(get())).toMatchObject({
    name: 'derived',
    query: 'SELECT *\nFROM orders',
    problem: null,
  });
  expect(queryDraftOf(get())?.preview?.rows.length).toBe(5);
  get().changeQuery({ query: 'SELECT nope FROM orders' });
  await desk.until(settled);
  expect(queryDraftOf(get())).toMatchObject({
    preview: { rows: { length: 5 } },
    problem: { code: 'query-invalid', about: { at: 7 } },
  });
  get().changeQuery({ name: 'by_country', query: `${query};` });
  await desk.until(settled);
  const steps = get().past.length;
  expect(await get().makeQuery()).toBe(true);
  expect(get()).toMatchObject({
    order: ['orders', 'by_country'],
    table: 'by_country',
    queryFront: null,
    queryDrafts: {},
    selection: { kind: 'table', table: 'by_country' },
  });
  expect(
    get()
      .past.slice(steps)
      .map((step) => step.words),
  ).toEqual(['derived by_country from a query']);
  expect(get().design.sources[1]).toEqual({
    name: 'by_country',
    path: '',
    format: 'query',
    query,
    columns: [
      { name: 'country', type: 'VARCHAR' },
      { name: 'amount', type: 'HUGEINT' },
    ],
    extra: {},
  });
  expect(get().design.tables.map((t) => t.name)).toEqual(['orders', 'by_country']);
  await desk.until((s) => Object.keys(s.profiles.by_country ?? {}).length === 2);
  expect(get().profiles.by_country?.amount).toMatchObject({ rows: 4, sum: expect.anything() });
});

it('a name must be legal and free, and the draft waits while a table is looked at', async () => {
  await openOrders();
  get().draftQuery();
  const hindrance = (name: string) => {
    get().changeQuery({ name });
    return draftHindrance(get(), queryDraftOf(get())!);
  };
  expect(hindrance('')).toContain('no name');
  expect(hindrance('two words')).toContain('A name is');
  expect(hindrance('Orders')).toContain('there already');
  expect(hindrance('fine')).toBe('');
  get().changeQuery({ query: ' -- nothing' });
  expect(draftHindrance(get(), queryDraftOf(get())!)).toContain('empty');
  get().showTable('orders');
  expect(get().queryFront).toBeNull();
  get().draftQuery();
  expect(queryDraftOf(get())).toMatchObject({ name: 'fine', query: ' -- nothing' });
  get().cancelQuery();
  expect(get().queryDrafts).toEqual({});
});

it('a query is edited again in one edit, and undo brings the earlier rows back', async () => {
  await openOrders();
  await derive('by_country', query);
  await derive('total', 'SELECT count(*) AS n FROM by_country');
  get().draftQuery('by_country');
  expect(queryDraftOf(get())).toMatchObject({ source: 'by_country', query });
  get().changeQuery({ query: 'SELECT DISTINCT country FROM orders WHERE country IS NOT NULL' });
  await desk.until(settled);
  expect(await get().makeQuery()).toBe(true);
  expect(get().past.at(-1)?.words).toBe('changed the query of by_country');
  await desk.until((s) => s.profiles.total?.n?.sum === 3 || s.profiles.total?.n?.max === 3);
  expect(get().tables.by_country).toMatchObject({ rows: 3, columns: { length: 1 } });
  get().undo();
  await desk.until((s) => s.tables.by_country?.rows === 4 && s.reading.length === 0);
  await desk.until((s) => s.profiles.total?.n?.max === 4);
  expect(get().stale).toEqual({});
});

it('what rests on a file follows its reloading, says what it lacks when it is closed, and is whole again by undo', async () => {
  const path = await openOrders();
  await derive('by_country', query);
  await derive('total', 'SELECT count(*) AS n FROM by_country');
  writeFileSync(path, `${orders}6,1,FR\n`);
  await get().reload('orders');
  expect(get().tables.by_country?.rows).toBe(5);
  await desk.until((s) => s.profiles.total?.n?.max === 5);
  await get().closeTable('orders');
  await desk.until((s) => s.stale.by_country !== undefined);
  expect(get().stale.by_country).toMatchObject({
    code: 'query-source-missing',
    about: { name: 'by_country', lacks: 'orders' },
  });
  expect(get().tables.by_country?.rows).toBe(5);
  expect(get().design.tables.map((t) => t.name)).toEqual(['by_country', 'total']);
  get().undo();
  await desk.until((s) => s.tables.orders !== undefined && s.stale.by_country === undefined);
  expect(get().tables.by_country?.rows).toBe(5);
});

it('a design opens its derived tables after a restart, another session and a file that moved', async () => {
  const path = await openOrders();
  await derive('by_country', query);
  await derive('total', 'SELECT count(*) AS n FROM by_country');
  await desk.restart();
  await desk.until((s) => s.reading.length === 0 && s.host.state === 'up');
  const reply = await desk.client.ask('source:list', null);
  expect(reply.ok && reply.value.map((t) => t.name)).toEqual(['orders', 'by_country', 'total']);

  desk.shell.answers.save = `${desk.folder}/shop.assay.yaml`;
  expect(await get().save()).toBe(true);
  const moved = `${desk.folder}/elsewhere.csv`;
  writeFileSync(moved, orders);
  writeFileSync(path, '');
  await get().openDesign(`${desk.folder}/shop.assay.yaml`);
  expect(get().order).toEqual([]);
  expect(Object.values(get().failures).map((f) => [f.source, f.problem.code])).toEqual([
    ['orders', 'source-empty'],
    ['by_country', 'query-source-missing'],
    ['total', 'query-source-missing'],
  ]);
  get().edit({ verb: 'change-source', source: 'orders', change: { path: moved } });
  await desk.until((s) => s.tables.total !== undefined);
  expect(get().order.toSorted()).toEqual(['by_country', 'orders', 'total']);
  expect(get().failures).toEqual({});
});

it('what the last session left unsaved comes back with its derived tables', async () => {
  await openOrders();
  await derive('by_country', query);
  await derive('total', 'SELECT count(*) AS n FROM by_country');
  await vi.waitFor(() =>
    expect(readFileSync(join(desk.folder, 'journal.json'), 'utf8')).toContain('FROM by_country'),
  );
  desk = await desk.again();
  begin(desk.store, desk.deps);
  await desk.until((s) => s.restorable !== null);
  await get().restore(true);
  await desk.until((s) => s.tables.total !== undefined && s.reading.length === 0);
  expect(get().failures).toEqual({});
  expect(get().tables.by_country).toMatchObject({ rows: 4, source: { format: 'query' } });
});
