import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  alertsIn,
  completenessOf,
  designTitle,
  problemsOf,
  rolesOf,
  specOf,
  suggestionsOf,
} from '../../../src-renderer/store/select';
import { type Desk, orders, sitDown } from './desk';

let desk: Desk;
beforeEach(async () => {
  desk = await sitDown();
});
afterEach(() => desk.end());

const now = () => desk.store.getState();

async function openOrders() {
  await now().openPaths([desk.file('orders.csv', orders)]);
  await desk.until((s) => Object.keys(s.profiles.orders ?? {}).length === 3);
}

it('a suggestion that was accepted or dismissed is not proposed again', async () => {
  await openOrders();
  const proposed = () => suggestionsOf(now(), 'orders').map((s) => s.column);
  const all = proposed();
  expect(all.length).toBeGreaterThan(1);
  now().draftDimension('orders', 'country');
  now().edit({ verb: 'dismiss', table: 'orders', column: 'amount', reason: 'not of interest' });
  expect(proposed()).toEqual(all.filter((column) => column !== 'country' && column !== 'amount'));
  expect(rolesOf(now(), 'orders', 'country')).toEqual([{ role: 'dimension', state: 'accepted' }]);
  expect(rolesOf(now(), 'orders', 'amount')).toMatchObject([{ state: 'dismissed' }]);
  now().undo();
  expect(proposed()).toContain('amount');
});

it('asking twice gives the same value, so that nothing renders for nothing', async () => {
  await openOrders();
  for (const select of [
    problemsOf,
    completenessOf,
    specOf,
    (s: ReturnType<typeof now>) => suggestionsOf(s, 'orders'),
    (s: ReturnType<typeof now>) => alertsIn(s, 'orders'),
    (s: ReturnType<typeof now>) => rolesOf(s, 'orders', 'amount'),
    (s: ReturnType<typeof now>) => rolesOf(s, 'orders', 'country'),
  ]) {
    expect(select(now())).toBe(select({ ...now() }));
  }
});

it('completeness follows the work, from nothing to written', async () => {
  expect(completenessOf(now()).data).toMatchObject({ done: 0, of: 0 });
  await openOrders();
  expect(completenessOf(now()).data).toMatchObject({ done: 1, of: 1 });
  expect(completenessOf(now()).profile).toMatchObject({ done: 3, of: 3 });
  expect(completenessOf(now()).model).toMatchObject({ done: 0, of: 1 });
  now().draftMeasure('orders', 'amount', 'sum');
  now().draftDimension('orders', 'country');
  expect(completenessOf(now()).model).toMatchObject({ done: 1, of: 1 });
  desk.shell.answers.folder = `${desk.folder}/spec`;
  await now().writeSpec();
  const { done, of } = completenessOf(now()).spec;
  expect(done).toBe(of);
  now().draftMeasure('orders', 'amount', 'max');
  expect(completenessOf(now()).spec.done).toBeLessThan(of);
});

it('problems are listed once, errors first, each with where it leads', async () => {
  await openOrders();
  const name = now().draftExpression('orders', 'measure');
  await now().openPaths([`${desk.folder}/nowhere.csv`]);
  const listed = problemsOf(now());
  expect(new Set(listed.map((p) => p.key)).size).toBe(listed.length);
  expect(listed[0]?.severity).toBe('error');
  const own = listed.find((p) => p.where === `orders.${name}`);
  expect(own?.go?.selection).toEqual({ kind: 'member', member: { table: 'orders', kind: 'measure', name } });
});

it('the title is the one given, else the name of the file', () => {
  const { design } = now();
  expect(designTitle({ design, path: null })).toBe('Untitled design');
  expect(designTitle({ design, path: '/a/shop.assay.yaml' })).toBe('shop');
  expect(designTitle({ design: { ...design, title: 'My shop' }, path: '/a/shop.assay.yaml' })).toBe(
    'My shop',
  );
});
