import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { usualLimit, withGrain, withOrder, withoutWord, withValue } from '#core/explore/question';
import { isChanged, queryAsked, titleOf } from '../../../src-renderer/store/explore';
import { type Desk, sitDown } from './desk';

vi.mock('react', () => {
  throw new Error('the store must not need React');
});

const orders =
  'id,amount,day,country\n1,10,2024-01-05,NL\n2,20,2024-02-20,NL\n3,,2024-02-03,BE\n4,40,2024-04-10,\n5,30,2024-04-28,DE\n';

let desk: Desk;
beforeEach(async () => {
  desk = await sitDown();
  await desk.store.getState().openPaths([desk.file('orders.csv', orders)]);
  get().draftMeasure('orders', 'amount', 'sum');
  get().draftDimension('orders', 'country');
  get().draftDimension('orders', 'day');
});
afterEach(() => desk.end());

const get = () => desk.store.getState();
const names = () => get().design.tables[0]!.measures.map((m) => m.name);
const measure = () => ({ table: 'orders', kind: 'measure', name: names()[0]! }) as const;
const dimension = (name: string) => ({ table: 'orders', kind: 'dimension', name }) as const;
/** The answer to the question as it is now, with its totals. */
const answered = () =>
  desk.until(
    (s) =>
      s.exploring === 'rest' &&
      s.explored !== null &&
      JSON.stringify(s.explored.query) === JSON.stringify(queryAsked(s.design, s.question)),
  );

it('a question is asked when it changes, with its totals', async () => {
  get().exploreMember(measure());
  get().exploreMember(dimension('country'));
  const { explored, place } = await answered();
  expect(place).toBe('explore');
  expect(explored?.answer.rows.map((row) => row.map(String))).toEqual([
    ['null', '40'],
    ['DE', '30'],
    ['NL', '30'],
    ['BE', 'null'],
  ]);
  expect(explored?.totals?.rows.map((row) => row.map(String))).toEqual([['100']]);
  expect(explored?.query.limit).toBe(usualLimit);
  get().changeAsked((q) => withValue(q, 'orders.country', 'NL'));
  expect((await answered()).explored?.answer.rows.map((row) => row.map(String))).toEqual([['NL', '30']]);
});

it('times without rows are in a line and not in bars, and the range before stands beside', async () => {
  get().exploreMember(measure());
  get().exploreMember(dimension('day'));
  expect((await answered()).explored?.answer.rows).toHaveLength(4);
  get().changeQuestion({ chart: 'bar' });
  expect((await answered()).explored?.answer.rows).toHaveLength(3);
  get().changeAsked((q) => ({
    ...q,
    range: { dimension: 'orders.day', from: '2024-03-01', to: '2024-04-30' },
  }));
  get().changeQuestion({ compare: true });
  const { explored } = await desk.until(
    (s) => s.exploring === 'rest' && s.explored?.totalsBefore !== null && s.explored !== null,
  );
  expect(explored?.before?.rows.map((row) => Number(row[1]))).toEqual([10, 20]);
  expect(Number(explored?.totalsBefore?.rows[0]?.[0])).toBe(30);
  get().changeAsked(({ range: _, ...q }) => q);
  expect(get().question.compare).toBe(false);
});

it('the last answer stays when the next question fails, and the reason is a problem', async () => {
  get().exploreMember(measure());
  const before = (await answered()).explored;
  get().changeAsked((q) => ({ ...q, filters: [{ member: 'orders.id', operator: 'gt', values: [1] }] }));
  const { explored, exploreTrouble } = await desk.until((s) => s.exploreTrouble !== null);
  expect(explored).toBe(before);
  expect(exploreTrouble).toMatchObject({ code: 'member-missing' });
});

it('of questions in a row the newest is answered, and stopping says so', async () => {
  get().exploreMember(measure());
  get().exploreMember(dimension('day'));
  for (const grain of ['year', 'quarter', 'day'] as const)
    get().changeAsked((q, design) => withGrain(design, q, q.dimensions[0]!, grain));
  expect((await answered()).explored?.columns[0]?.grain).toBe('day');
  get().changeAsked((q) => withOrder(q, q.measures[0]!, true));
  await desk.until((s) => s.exploring !== 'rest');
  get().stopExploring();
  expect(get().exploreTrouble).toMatchObject({ code: 'query-cancelled' });
  get().askAgain();
  expect((await answered()).exploreTrouble).toBeNull();
});

it('a question is kept in the design, says when it is changed, and comes back by undo', async () => {
  get().exploreMember(measure());
  get().exploreMember(dimension('country'));
  get().keepExploration();
  const [kept] = get().design.explorations;
  expect(kept).toMatchObject({
    title: titleOf(get().design, get().question.query),
    query: get().question.query,
  });
  expect([get().explorationOpen, isChanged(get())]).toEqual([kept?.name, false]);
  get().changeAsked((q) => withoutWord(q, 'dimensions', 'orders.country'));
  expect(isChanged(get())).toBe(true);
  get().keepExploration();
  expect([get().design.explorations.length, isChanged(get())]).toEqual([1, false]);
  get().undo();
  expect(get().design.explorations[0]).toEqual(kept);
  get().openExploration(kept!.name);
  expect(get().question.query).toEqual(kept?.query);
  get().keepExploration('Another');
  expect(get().design.explorations.map((e) => e.name)).toEqual([kept?.name, 'another']);
  get().removeExploration('another');
  expect([get().explorationOpen, get().design.explorations.length]).toEqual([null, 1]);
  expect(get().past.at(-1)?.words).toBe('removed the exploration Another');
});

it('a question follows a member that is renamed', async () => {
  get().exploreMember(measure());
  get().exploreMember(dimension('day'));
  get().edit({ verb: 'change-dimension', table: 'orders', name: 'day', change: { name: 'sold' } });
  get().edit({ verb: 'change-table', table: 'orders', change: { name: 'sales' } });
  expect(get().question.query).toMatchObject({
    measures: [`sales.${names()[0]}`],
    dimensions: ['sales.sold.month'],
  });
  expect((await answered()).explored?.answer.rows).toHaveLength(4);
});

it('answers of leaderboards are kept while what they rest on is the same', async () => {
  const query = {
    measures: [`orders.${names()[0]}`],
    dimensions: ['orders.country'],
    segments: [],
    limit: 8,
  };
  const count = () => desk.asked.filter((a) => a.request === 'design:query').length;
  await get().askModel(query);
  const once = count();
  await get().askModel(query);
  expect(count()).toBe(once);
  await get().reload('orders');
  await get().askModel(query);
  expect(count()).toBe(once + 1);
});
