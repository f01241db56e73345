import { afterEach, expect, it } from 'vitest';
import { readingWithout } from '../../../src-renderer/store/missing';
import { type Desk, sitDown } from './desk';

let desk: Desk;
afterEach(() => desk.end());

const text = `id;score;born;place\n${Array.from({ length: 60 }, (_, i) =>
  [
    i,
    i % 6 === 0 ? '-999.00' : `${i}.25`,
    i % 10 === 0 ? '1900-01-01' : `2020-01-${10 + (i % 20)}`,
    i % 4 === 0 ? ' n/a ' : `p${i}`,
  ].join(';'),
).join('\n')}\n`;

async function opened() {
  desk = await sitDown();
  const { store } = desk;
  await store.getState().openPaths([desk.file('t.csv', text)]);
  return store;
}

it('treating a value as missing really makes it null, once the reading is applied', async () => {
  const store = await opened();
  const name = store.getState().order[0]!;
  const ask = { table: name };
  const first = await store.getState().askTable('missing:disguised', ask);
  if (!first.ok) throw new Error('no answer');
  const likely = first.value.suspects.filter((s) => s.likely);
  expect(likely.map((s) => [s.column, s.value, s.count])).toEqual([
    ['place', 'n/a', 15],
    ['score', '-999', 10],
    ['born', '1900-01-01', 6],
  ]);
  for (const { column, value } of likely) store.getState().treatAsMissing(name, column, [value]);
  expect(store.getState().place).toBe('import');
  expect(await store.getState().applyReading()).toBe(true);
  const second = await store.getState().askTable('missing:overview', ask);
  if (!second.ok) throw new Error('no answer');
  expect(Object.fromEntries(second.value.columns.map((c) => [c.name, c.nulls]))).toEqual({
    id: 0,
    score: 10,
    born: 6,
    place: 15,
  });
  const table = store.getState().tables[name]!;
  expect(table.columns.map((c) => c.kind)).toEqual(['number', 'number', 'time', 'text']);
});

it('an answer is kept while the table is the same, and asked anew for another filter', async () => {
  const store = await opened();
  const name = store.getState().order[0]!;
  const asked = () => desk.asked.filter((a) => a.request === 'missing:overview').length;
  const ask = { table: name };
  await store.getState().askTable('missing:overview', ask);
  await store.getState().askTable('missing:overview', ask);
  expect(asked()).toBe(1);
  await store.getState().askTable('missing:overview', {
    ...ask,
    filter: [{ column: 'id', test: { kind: 'null' } }],
  });
  expect(asked()).toBe(2);
  await store.getState().reload(name);
  await store.getState().askTable('missing:overview', ask);
  expect(asked()).toBe(3);
});

it('no way is offered for what is not text, and for times spelt otherwise than they are shown', async () => {
  const store = await opened();
  const table = store.getState().tables[store.getState().order[0]!]!;
  expect(readingWithout(table, 'place', ['n/a'])?.nulls).toEqual(['n/a']);
  expect(readingWithout(table, 'nowhere', ['n/a'])).toBeNull();
  expect(
    readingWithout({ ...table, source: { ...table.source, format: 'parquet' } }, 'place', ['x']),
  ).toBeNull();
  const dialect = { ...table.source.dialect!, dateFormat: '%d/%m/%Y' };
  expect(
    readingWithout({ ...table, source: { ...table.source, dialect } }, 'born', ['1900-01-01']),
  ).toBeNull();
});
