import { afterEach, expect, it } from 'vitest';
import {
  askOfJoin,
  contradicts,
  endsKey,
  growth,
  joinAskOf,
  measureOf,
  multiplies,
  proposalsOf,
} from '../../../src-renderer/store/join-reading';
import { type Desk, sitDown } from './desk';

let desk: Desk;
afterEach(() => desk.end());

/** Four shops, the fourth without a sale; eleven sales, one of a shop that is not there, one of none. */
const shops = 'shop_id,town\n1,Bonn\n2,Kiel\n3,Ulm\n4,Trier\n';
const sold = [1, 1, 1, 1, 1, 2, 2, 2, 3, 9, ''].map((shop, i) => `${100 + i},${shop},${i}`);
const sales = `sale,shop_id,amount\n${sold.join('\n')}\n`;

async function opened(texts = { shops, sales }) {
  desk = await sitDown();
  const { store } = desk;
  await store
    .getState()
    .openPaths([desk.file('shops.csv', texts.shops), desk.file('sales.csv', texts.sales)]);
  return store;
}

/** Enough rows to prove something: sixty shops, each of them with sales. */
const many = {
  shops: `shop_id,town\n${Array.from({ length: 60 }, (_, i) => `${500 + i},town ${i % 7}`).join('\n')}\n`,
  sales: `sale,shop_id,amount\n${Array.from({ length: 400 }, (_, i) => `${9000 + i},${500 + ((i * 7) % 60)},${i % 13}.5`).join('\n')}\n`,
};

const at = (table: string, column = 'shop_id') => ({ table, column });

async function drafted() {
  const store = await opened();
  store.getState().draftJoin(at('sales'), at('shops'));
  const ask = joinAskOf(store.getState(), store.getState().joinDraft!)!;
  store.getState().measureJoin(ask, true);
  const s = await desk.until((now) => measureOf(now, ask)?.state === 'done');
  return { store, ask, measured: measureOf(s, ask)!.value! };
}

it('a drafted join is measured, and in the design only once it is added', async () => {
  const { store, measured } = await drafted();
  expect(store.getState().design.joins).toEqual([]);
  expect(measured.cardinality).toBe('many_to_one');
  expect([measured.from.orphans, measured.from.nulls, measured.to.orphans, measured.pairs]).toEqual([
    1, 1, 1, 9,
  ]);
  expect([multiplies(measured), growth(measured)]).toEqual([false, 1]);
  expect(store.getState().keepJoin()).toBe(true);
  const [join] = store.getState().design.joins;
  expect(join).toEqual({
    from: 'sales',
    to: 'shops',
    relationship: 'many_to_one',
    on: [['shop_id', 'shop_id']],
    extra: {},
  });
  expect(store.getState().joinDraft?.before).toEqual(join);
  store.getState().undo();
  expect([store.getState().design.joins, store.getState().joinDraft]).toEqual([[], null]);
});

it('turned around it multiplies, by what a left join makes of the rows', async () => {
  const store = await opened();
  store.getState().draftJoin(at('shops'), at('sales'));
  const ask = joinAskOf(store.getState(), store.getState().joinDraft!)!;
  store.getState().measureJoin(ask, true);
  const s = await desk.until((now) => measureOf(now, ask)?.state === 'done');
  const measured = measureOf(s, ask)!.value!;
  // 9 sales of three shops and the fourth shop once, over 4 shops.
  expect([measured.cardinality, multiplies(measured), growth(measured)]).toEqual([
    'one_to_many',
    true,
    10 / 4,
  ]);
});

it('a line drawn over a join that stands opens it, and a save changes it as one step', async () => {
  const { store } = await drafted();
  store.getState().keepJoin();
  store.getState().closeJoin();
  store.getState().draftJoin(at('shops'), at('sales'));
  expect(store.getState().joinDraft?.before).toEqual(store.getState().design.joins[0]);
  store.getState().changeJoinDraft({ relationship: 'one_to_one' });
  const steps = store.getState().past.length;
  expect(store.getState().keepJoin()).toBe(true);
  expect(store.getState().design.joins.map((join) => join.relationship)).toEqual(['one_to_one']);
  expect(
    store
      .getState()
      .past.slice(steps)
      .map((step) => step.words),
  ).toEqual(['made the join of sales and shops one to one']);
  store.getState().undo();
  expect(store.getState().joinDraft?.relationship).toBe('many_to_one');
  store.getState().removeJoin();
  expect([store.getState().design.joins, store.getState().joinDraft]).toEqual([[], null]);
});

it('a join found is accepted as measured, one dismissed does not come back, and an accepted one is no proposal', async () => {
  const store = await opened(many);
  await store.getState().findJoins();
  const found = () => [...proposalsOf(store.getState()).sure, ...proposalsOf(store.getState()).unsure];
  const [first] = found();
  expect(first).toMatchObject({ from: 'sales', to: 'shops', on: [['shop_id', 'shop_id']] });
  store.getState().acceptJoin(first!.key);
  expect(store.getState().design.joins[0]?.relationship).toBe('many_to_one');
  expect(found().map(({ key }) => key)).not.toContain(first!.key);
  expect(
    measureOf(store.getState(), askOfJoin(store.getState(), store.getState().design.joins[0]!))?.state,
  ).toBe('done');
  store.getState().undo();
  expect(found().map(({ key }) => key)).toContain(first!.key);
  store.getState().dismissJoin(first!.key);
  await store.getState().findJoins();
  expect(found().map(({ key }) => key)).not.toContain(first!.key);
});

it('columns that do not compare are refused in words, and a column that is gone asks nothing', async () => {
  const store = await opened();
  store.getState().draftJoin(at('sales', 'amount'), at('shops', 'town'));
  const ask = joinAskOf(store.getState(), store.getState().joinDraft!)!;
  store.getState().measureJoin(ask, true);
  const s = await desk.until((now) => ['done', 'failed'].includes(measureOf(now, ask)?.state ?? ''));
  expect(measureOf(s, ask)?.trouble?.words).toContain('do not compare');
  expect(store.getState().keepJoin()).toBe(false);
  store.getState().changeJoinDraft({ on: [['nothing', 'town']] });
  expect(joinAskOf(store.getState(), store.getState().joinDraft!)).toBeNull();
});

it('marks are at most two, and a further mark takes the place of the older', async () => {
  const store = await opened();
  const { markColumn } = store.getState();
  markColumn(at('sales'), false);
  markColumn(at('shops'), true);
  markColumn(at('shops', 'town'), true);
  expect(store.getState().joinMarks).toEqual([at('shops'), at('shops', 'town')]);
  markColumn(at('shops'), true);
  expect(store.getState().joinMarks).toEqual([at('shops', 'town')]);
});

it('ends are the same whichever comes first, and a narrower join contradicts nothing', async () => {
  desk = await sitDown();
  const on = [
    ['a', 'x'],
    ['b', 'y'],
  ] as const;
  const turned = [
    ['y', 'b'],
    ['x', 'a'],
  ] as const;
  expect(endsKey({ from: 'l', to: 'r', on })).toBe(endsKey({ from: 'r', to: 'l', on: turned }));
  expect(endsKey({ from: 'l', to: 'r', on })).not.toBe(endsKey({ from: 'l', to: 'r', on: [['a', 'y']] }));
  expect(contradicts('many_to_one', 'one_to_one')).toBe(false);
  expect(contradicts('many_to_one', 'one_to_many')).toBe(true);
  expect(contradicts('one_to_many', 'many_to_many')).toBe(true);
  expect(contradicts('one_to_one', null)).toBe(false);
});
