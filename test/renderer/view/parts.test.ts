import { expect, it } from 'vitest';
import type { Table } from '#core/table';
import { openPlaces, rangeFault } from '../../../src-renderer/view/import/part-words';

const tableOf = (name: string, path: string, sheet: string, range?: string) =>
  ({ name, source: { path, part: { sheet, ...(range ? { range } : {}) } } }) as unknown as Table;
const open = {
  order: ['a', 'b', 'c'],
  tables: {
    a: tableOf('a', '/book.xlsx', 'One'),
    b: tableOf('b', '/book.xlsx', 'Two', 'B2:C9'),
    c: tableOf('c', '/other.xlsx', 'Three'),
  },
};
const front = { path: '/book.xlsx', table: 'a' };

it('a part that another table is read from is said to be open as that, whatever cells of it are read', () => {
  expect([...openPlaces(open, front)]).toEqual([['Two', 'b']]);
  expect([...openPlaces(open, { ...front, table: null })]).toEqual([
    ['One', 'a'],
    ['Two', 'b'],
  ]);
});

it.each(['', 'B3:F200', 'b3:f200', '$B$3:$F$200', 'B:F', '3:200', 'C4'])('%j can be read', (range) => {
  expect(rangeFault(range)).toBeNull();
});

it.each([
  ['B3:', 'it lacks the cell it ends at'],
  ['B9:C2', 'its last row is above its first'],
  ['nothing', 'it does not begin with a cell'],
])('%j cannot, and the reason and a way out are said', (range, reason) => {
  expect(rangeFault(range)).toBe(
    `This is no range of cells: ${reason}. Write B3:F200, or columns B:F, or rows 3:200.`,
  );
});
