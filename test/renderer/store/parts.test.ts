import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { runCommand } from '../../../src-renderer/store/commands';
import { canApply, importOf, problemsOf, undoWords } from '../../../src-renderer/store/select';
import { bookOf, zipOf } from '../../support/archive';
import { type Desk, sitDown } from './desk';

vi.mock('react', () => {
  throw new Error('the store must not need React');
});

let desk: Desk;
beforeEach(async () => {
  desk = await sitDown();
});
afterEach(() => desk.end());

const book = bookOf({
  Orders: [
    ['id', 'amount'],
    [1, 10],
    [2, 20],
  ],
  People: [
    ['name', 'city'],
    ['Ann', 'Rome'],
    ['Bob', 'Oslo'],
  ],
  Wide: [
    ['a title', null, null],
    [null, 'k', 'v'],
    [null, 'x', 1],
  ],
});

function put(name: string, content: Buffer): string {
  const path = join(desk.folder, name);
  writeFileSync(path, content);
  return path;
}

const now = () => desk.store.getState();
const draft = () => {
  const found = importOf(now());
  if (found === null) throw new Error('no file is in the Import place');
  return found;
};
const undo = () => runCommand('undo', desk.store, desk.shell.bridge);
const columnsOf = (table: string) => now().tables[table]?.columns.map((column) => column.name);
const settled = () => desk.until((s) => importOf(s)?.waiting === false && importOf(s)?.parts !== null);
const people = { sheet: 'People' };

async function importBook() {
  const path = put('book.xlsx', book);
  await now().openPaths([path]);
  const [table = ''] = now().order;
  now().importTable(table);
  await settled();
  return { path, table };
}

it('the Import place knows the parts of a file, and of a single table that there are none', async () => {
  await importBook();
  expect(draft().parts).toEqual([{ sheet: 'Orders' }, { sheet: 'People' }, { sheet: 'Wide' }]);
  expect(draft()).toMatchObject({ part: { sheet: 'Orders' }, before: { part: { sheet: 'Orders' } } });
  const single = desk.file('single.csv', 'a\n1\n');
  await now().openPaths([single]);
  now().importTable('single');
  await settled();
  expect(draft().parts).toEqual([]);
});

it('another part is previewed, applied in place in one edit, and undone', async () => {
  const { table } = await importBook();
  now().tellPart(people);
  await settled();
  expect(draft().preview?.columns.map((column) => column.name)).toEqual(['name', 'city']);
  expect(columnsOf(table)).toEqual(['id', 'amount']);
  expect(canApply(now())).toBe(true);
  const steps = now().past.length;
  expect(await now().applyReading()).toBe(true);
  expect(now().past).toHaveLength(steps + 1);
  expect(columnsOf(table)).toEqual(['name', 'city']);
  expect(now().design.sources).toMatchObject([{ name: table, part: people }]);
  expect(canApply(now())).toBe(false);
  undo();
  await desk.until((s) => s.tables[table]?.columns[0]?.name === 'id');
  expect(draft()).toMatchObject({ part: { sheet: 'Orders' }, told: {} });
  runCommand('redo', desk.store, desk.shell.bridge);
  await desk.until((s) => s.tables[table]?.columns[0]?.name === 'name');
  expect(draft().part).toEqual(people);
});

it('what is told of one part is not told of another, and comes back with it', async () => {
  await importBook();
  now().tellDialect({ headerRows: 0, header: false });
  now().tellPart(people);
  await settled();
  expect(draft().told).toEqual({});
  expect(undoWords(now())).toContain('book.xlsx');
  undo();
  await settled();
  expect(draft()).toMatchObject({ part: { sheet: 'Orders' }, told: { headerRows: 0 } });
  undo();
  await settled();
  expect(canApply(now())).toBe(false);
});

it('a range of cells is read as it was previewed, keeps what is told, and stays when the table is reloaded', async () => {
  const { table } = await importBook();
  now().tellPart({ sheet: 'Wide' });
  now().tellDialect({ decimal: ',' });
  now().tellPart({ sheet: 'Wide', range: 'B2:C3' });
  await settled();
  expect(draft().told).toEqual({ decimal: ',' });
  expect(await now().applyReading()).toBe(true);
  expect(columnsOf(table)).toEqual(['k', 'v']);
  await now().reload(table);
  expect(columnsOf(table)).toEqual(['k', 'v']);
  expect(now().design.sources[0]?.part).toEqual({ sheet: 'Wide', range: 'B2:C3' });
});

it('a range that is none is told beside the last preview and is not applied', async () => {
  await importBook();
  now().tellPart({ sheet: 'Orders', range: 'B9:A1' });
  await settled();
  expect(draft().problem?.code).toBe('range-invalid');
  expect(canApply(now())).toBe(false);
});

it('further parts become tables of their own in one edit, with a draft each; those that are open stay', async () => {
  const { table, path } = await importBook();
  const steps = now().past.length;
  expect(await now().openParts([{ sheet: 'Orders' }, people, { sheet: 'Wide' }])).toBe(2);
  expect(now().past).toHaveLength(steps + 1);
  expect(now().past.at(-1)?.words).toBe('opened 2 sheets of book.xlsx');
  expect(now().order).toEqual([table, 'book_people', 'book_wide']);
  now().tellDialect({ headerRows: 0, header: false });
  now().importTable('book_people');
  expect(draft()).toMatchObject({ path, part: people, told: {} });
  now().importTable(table);
  expect(draft().told).toMatchObject({ headerRows: 0 });
  now().undo();
  await desk.until((s) => s.order.length === 1);
  expect(Object.keys(now().imports)).toEqual([`table ${table}`]);
});

it('two parts of one file survive saving and reopening the design', async () => {
  const path = put('two.zip', zipOf({ 'a.csv': 'x,y\n1,2\n', 'b.csv': 'u\n3\n4\n' }));
  await now().openPaths([path]);
  const [table = ''] = now().order;
  now().importTable(table);
  await settled();
  expect(await now().openParts([{ entry: 'b.csv' }])).toBe(1);
  expect(now().past.at(-1)?.words).toBe('opened two.zip');
  const saved = join(desk.folder, 'two.assay.yaml');
  desk.shell.answers.save = saved;
  expect(await now().save()).toBe(true);
  const names = now().order;
  await now().newDesign();
  await desk.until((s) => s.order.length === 0);
  await now().openDesign(saved);
  await desk.until((s) => s.order.length === 2);
  expect(names.map(columnsOf)).toEqual([['x', 'y'], ['u']]);
  expect(now().design.sources.map((source) => source.part)).toEqual([{ entry: 'a.csv' }, { entry: 'b.csv' }]);
});

it('the warning that a file holds more leads to the choice, and is gone once it is made', async () => {
  const { table } = await importBook();
  const several = () => problemsOf(now()).filter((problem) => problem.fixWords === 'Choose what is read');
  expect(several()).toMatchObject([{ fix: table }]);
  now().tellPart(people);
  await now().applyReading();
  expect(several()).toEqual([]);
});

/** A saved design of two sheets, of which the workbook then holds neither. */
async function designOfLostSheets(): Promise<string> {
  const { table, path } = await importBook();
  await now().openParts([people]);
  desk.shell.answers.save = join(desk.folder, 'lost.assay.yaml');
  await now().save();
  writeFileSync(
    path,
    bookOf({
      Sales: [
        ['id', 'amount'],
        [7, 70],
      ],
      Staff: [['name'], ['Cy']],
    }),
  );
  await now().newDesign();
  await desk.until((s) => s.order.length === 0);
  await now().openDesign(desk.shell.answers.save);
  return table;
}

it('two sheets that are missing are told each by itself', async () => {
  const table = await designOfLostSheets();
  const failed = Object.values(now().failures);
  expect(failed.map(({ source, part, problem: { code } }) => [source, part, code])).toEqual([
    [table, { sheet: 'Orders' }, 'part-missing'],
    ['book_people', people, 'part-missing'],
  ]);
  expect(problemsOf(now()).flatMap((p) => (p.failure === undefined ? [] : [p.where]))).toEqual([
    'book.xlsx · Orders',
    'book.xlsx · People',
  ]);
  const [first = ''] = Object.keys(now().failures);
  now().dismissFailure(first);
  expect(Object.values(now().failures).map(({ source }) => source)).toEqual(['book_people']);
});

it('a sheet that takes the place of a missing one changes its source, which undo brings back', async () => {
  await designOfLostSheets();
  const lost = Object.keys(now().failures)[1] ?? '';
  now().importFile(lost);
  await settled();
  expect(draft()).toMatchObject({ table: null, source: 'book_people', part: people });
  expect(draft().problem?.code).toBe('part-missing');
  now().tellPart({ sheet: 'Staff' });
  await settled();
  expect(await now().applyReading()).toBe(true);
  expect(now().design.sources.map(({ name, part }) => [name, part?.sheet])).toEqual([
    ['book', 'Orders'],
    ['book_people', 'Staff'],
  ]);
  expect(columnsOf('book_people')).toEqual(['name']);
  expect(Object.values(now().failures).map(({ source }) => source)).toEqual(['book']);
  expect(draft()).toMatchObject({ key: 'table book_people', table: 'book_people' });
  now().undo();
  await desk.until((s) => Object.keys(s.failures).length === 2);
  expect(now().design.sources[1]?.part).toEqual(people);
});

it('a file that is looked at because it could not be opened stays in front until a table is chosen', async () => {
  await importBook();
  const late = desk.file('late.csv', 'a\n1\n');
  const broken = put('broken.parquet', Buffer.from('nothing'));
  await now().openPaths([broken]);
  const opening = now().openPaths([late]);
  now().importFile(broken);
  await opening;
  expect(now().order).toContain('late');
  expect(draft()).toMatchObject({ path: broken, table: null });
  now().showTable('late');
  expect(importOf(now())).toBeNull();
});

it('ticks stay while previews come and go, and leave the parts that are opened', async () => {
  await importBook();
  const wide = { sheet: 'Wide' };
  now().pickParts([people, wide], true);
  now().tellPart(wide);
  await settled();
  now().lookAgain(draft().key);
  await settled();
  expect(draft().picked).toEqual(['People', 'Wide']);
  now().pickParts([wide], false);
  expect(draft().picked).toEqual(['People']);
  now().pickParts([wide], true);
  expect(await now().openParts([people])).toBe(1);
  expect(draft()).toMatchObject({ picked: ['Wide'], opening: null });
});

it('opening many parts can be stopped; those that are open by then stay, in one edit', async () => {
  await importBook();
  const opened = now().openParts([people, { sheet: 'Wide' }]);
  expect(draft().opening).toEqual({ done: 0, of: 2 });
  now().stopOpening();
  expect(await opened).toBe(1);
  expect(now().order).toEqual(['book', 'book_people']);
});
