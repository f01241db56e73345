import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Ask } from '#contract';
import { emptyDesign } from '#core/design/design';
import { begin } from '../../../src-renderer/store/begin';
import { isUnsaved } from '../../../src-renderer/store/design';
import { memberProblems, redoWords, undoWords } from '../../../src-renderer/store/select';
import { type Desk, orders, sitDown } from './desk';

let desk: Desk;
beforeEach(async () => {
  desk = await sitDown();
});
afterEach(() => desk.end());

const now = () => desk.store.getState();
const measures = () => now().design.tables[0]?.measures.map((m) => m.name);

async function openOrders() {
  await now().openPaths([desk.file('orders.csv', orders)]);
}

it('undo takes back exactly one edit, and redo brings it again', async () => {
  await openOrders();
  now().draftMeasure('orders', 'amount', 'sum');
  now().draftMeasure('orders', 'amount', 'avg');
  const [first, second] = measures() ?? [];
  now().undo();
  expect(measures()).toEqual([first]);
  expect(redoWords(now())).toContain(second);
  now().redo();
  expect(measures()).toEqual([first, second]);
  expect(undoWords(now())).toContain(second);
});

it('history travels to just after any step, and to the beginning', async () => {
  await openOrders();
  for (const aggregation of ['sum', 'avg', 'max'] as const)
    now().draftMeasure('orders', 'amount', aggregation);
  const { design } = now();
  now().travel(1);
  expect(measures()).toHaveLength(1);
  expect(now().future).toHaveLength(2);
  now().travel(3);
  expect(now().design).toBe(design);
  now().travel(-1);
  expect(now().design).toBe(emptyDesign);
  expect(now().past).toEqual([]);
  now().travel(3);
  expect(now().design).toBe(design);
});

it('an edit after undo forgets what was undone', async () => {
  await openOrders();
  now().draftMeasure('orders', 'amount', 'sum');
  now().undo();
  now().draftMeasure('orders', 'amount', 'max');
  expect(now().future).toEqual([]);
});

it('a drafted member is selected, the selection follows its new name and leaves it when it is undone', async () => {
  await openOrders();
  const name = now().draftMeasure('orders', 'amount', 'sum');
  expect(now().selection).toEqual({ kind: 'member', member: { table: 'orders', kind: 'measure', name } });
  now().edit({ verb: 'change-measure', table: 'orders', name: name ?? '', change: { name: 'revenue' } });
  expect(now().selection).toMatchObject({ member: { name: 'revenue' } });
  now().undo();
  now().undo();
  expect(now().selection).toEqual({ kind: 'none' });
});

it('typing in one field is one step, typing in another is the next, and each choice is a step', async () => {
  await desk.end();
  desk = await sitDown({ step: 100 });
  await openOrders();
  const name = now().draftMeasure('orders', 'amount', 'sum') ?? '';
  const steps = now().past.length;
  const change = (edit: object) =>
    now().edit({ verb: 'change-measure', table: 'orders', name, change: edit });
  for (const title of ['R', 'Re', 'Rev']) change({ title });
  for (const description of ['w', 'wh']) change({ description });
  expect(now().past).toHaveLength(steps + 2);
  change({ aggregation: 'avg' });
  change({ aggregation: 'max' });
  expect(now().past).toHaveLength(steps + 4);
  const measure = () => now().design.tables[0]?.measures[0];
  now().undo();
  expect(measure()?.aggregation).toBe('avg');
  for (let i = 0; i < 3; i++) now().undo();
  expect(measure()).toMatchObject({ aggregation: 'sum', description: '' });
  expect(measure()?.title).not.toBe('Rev');
});

it('a saved design opens again as it was, with its tables, and is clean', async () => {
  await openOrders();
  now().draftMeasure('orders', 'amount', 'sum');
  now().draftDimension('orders', 'country');
  desk.shell.answers.save = join(desk.folder, 'shop.assay.yaml');
  expect(await now().save()).toBe(true);
  expect(isUnsaved(now())).toBe(false);
  expect(readFileSync(desk.shell.answers.save, 'utf8')).not.toContain(desk.folder);
  const { design } = now();
  await now().newDesign();
  await desk.until((s) => s.order.length === 0);
  await now().openPaths([desk.shell.answers.save]);
  expect(now().design).toEqual(design);
  expect(now().order).toEqual(['orders']);
  expect(isUnsaved(now())).toBe(false);
});

it('a design that cannot be read leaves everything as it was', async () => {
  await openOrders();
  desk.shell.answers.save = join(desk.folder, 'a.assay.yaml');
  await now().save();
  const before = now().design;
  await now().openDesign(desk.file('bad.assay.yaml', 'a: [1\nb: }'));
  expect(now().design).toBe(before);
  expect(now().order).toEqual(['orders']);
  expect(now().notices.at(-1)?.problem?.code).toBe('design-not-yaml');
});

it('unsaved changes are asked about, and cancel keeps them', async () => {
  await openOrders();
  const { design } = now();
  const going = now().newDesign();
  expect(now().unsavedAsked).toBe('new');
  now().answerUnsaved('cancel');
  await going;
  expect(now().design).toBe(design);
  const discarded = now().newDesign();
  now().answerUnsaved('discard');
  await discarded;
  expect(now().design).toBe(emptyDesign);
});

it('closing the window with saved work asks nothing; with unsaved work it asks and leaves no journal when discarded', async () => {
  await now().closeWindow();
  expect(desk.shell.said).toEqual(['close']);
  await desk.end();
  desk = await sitDown();
  await openOrders();
  await desk.until(() => desk.asked.some((a) => a.request === 'design:journal'));
  const closing = now().closeWindow();
  expect(desk.shell.said).toEqual([]);
  now().answerUnsaved('discard');
  await closing;
  expect(desk.shell.said).toEqual(['close']);
  expect(existsSync(join(desk.folder, 'journal.json'))).toBe(false);
});

it('what was not saved is in the journal, and the next session offers exactly that', async () => {
  await openOrders();
  now().draftMeasure('orders', 'amount', 'sum');
  const { design } = now();
  await vi.waitFor(() =>
    expect(readFileSync(join(desk.folder, 'journal.json'), 'utf8')).toContain('total_amount'),
  );
  desk = await desk.again();
  begin(desk.store, desk.deps);
  const offered = await desk.until((s) => s.restorable !== null);
  expect(offered.restorable?.design).toEqual(design);
  expect(offered.order).toEqual([]);
  await offered.restore(true);
  const back = await desk.until((s) => s.order.length === 1);
  expect(back.design).toEqual(design);
  expect(isUnsaved(back)).toBe(true);
});

it('files named at the start wait until the user has said what becomes of the last session', async () => {
  await openOrders();
  await vi.waitFor(() => expect(existsSync(join(desk.folder, 'journal.json'))).toBe(true));
  desk = await desk.again();
  begin(desk.store, desk.deps);
  desk.shell.openPaths([desk.file('more.csv', orders)]);
  await desk.until((s) => s.restorable !== null);
  expect(now().reading).toEqual([]);
  await now().restore(true);
  const both = await desk.until((s) => s.design.sources.length === 2);
  expect(both.design.sources.map((source) => source.name)).toEqual(['orders', 'more']);
});

it('a measure has its value beside it, and keeps the last good one while its expression is wrong', async () => {
  await openOrders();
  const name = now().draftMeasure('orders', 'amount', 'sum') ?? '';
  const key = `orders.${name}`;
  const good = await desk.until((s) => s.measureValues[key] !== undefined);
  expect(good.measureValues[key]).toMatchObject({ value: 100, rows: 5, of: 5 });
  now().edit({
    verb: 'change-measure',
    table: 'orders',
    name,
    change: { aggregation: 'expression', column: '', expression: 'sum(nothing)' },
  });
  const wrong = await desk.until((s) => s.valueProblems[key] !== undefined);
  expect(wrong.measureValues[key]?.value).toBe(100);
  now().edit({ verb: 'change-measure', table: 'orders', name, change: { expression: 'max(amount)' } });
  const right = await desk.until((s) => s.measureValues[key]?.value === 40);
  expect(right.valueProblems[key]).toBeUndefined();
});

it('a change of title asks for no value again, a change of column does', async () => {
  await openOrders();
  const [first, second] = [
    now().draftMeasure('orders', 'amount', 'sum'),
    now().draftMeasure('orders', 'amount', 'max'),
  ];
  await desk.until((s) => Object.keys(s.measureValues).length === 2);
  const asks = (name: string | null) =>
    desk.asked.filter(
      (a) => a.request === 'draft:measure' && (a.ask as Ask<'draft:measure'>).member.name === name,
    ).length;
  const before = asks(first);
  now().edit({ verb: 'change-measure', table: 'orders', name: first ?? '', change: { title: 'Another' } });
  now().edit({ verb: 'change-measure', table: 'orders', name: second ?? '', change: { column: 'id' } });
  await desk.until((s) => s.measureValues[`orders.${second}`]?.value === 5);
  expect(asks(first)).toBe(before);
});

it('problems that only the data can show arrive at their member, and leave with the cause', async () => {
  await openOrders();
  const name = now().draftExpression('orders', 'measure');
  const say = (expression: string) =>
    now().edit({ verb: 'change-measure', table: 'orders', name, change: { expression } });
  say('sum(country)');
  const member = { table: 'orders', kind: 'measure', name } as const;
  const found = await desk.until((s) => s.dataProblems.length > 0);
  expect(memberProblems(found, member).map((p) => p.code)).toContain('expression-invalid');
  say('sum(amount)');
  const mended = await desk.until(
    (s) => s.dataProblems.length === 0 && s.valueProblems[`orders.${name}`] === undefined,
  );
  expect(memberProblems(mended, member)).toEqual([]);
});

it('the spec is written to the chosen folder, and foreign files are asked about first', async () => {
  await openOrders();
  now().draftMeasure('orders', 'amount', 'sum');
  now().draftDimension('orders', 'country');
  desk.shell.answers.folder = join(desk.folder, 'spec');
  expect(await now().writeSpec()).toBe(true);
  expect(Object.keys(now().lastExport?.files ?? {}).length).toBeGreaterThan(0);
  desk.shell.answers.folder = desk.folder;
  expect(await now().writeSpec()).toBe(false);
  expect(now().replaceAsked).toBe(desk.folder);
  now().keepFolder();
  expect(now().replaceAsked).toBeNull();
});
