import { expect, it } from 'vitest';
import {
  isSamePart,
  isSamePlace,
  leavesChoice,
  partName,
  partsCalled,
  partWords,
  sourceWords,
} from '../../../src-main/core/source/part';
import { columnAt, columnLetters, readRange } from '../../../src-main/core/source/range';

it.each([
  ['B3:F200', { top: 2, left: 1, bottom: 199, right: 5 }],
  [' $b$3:$f$200 ', { top: 2, left: 1, bottom: 199, right: 5 }],
  ['B:F', { top: 0, left: 1, bottom: 1_048_575, right: 5 }],
  ['3:40', { top: 2, left: 0, bottom: 39, right: 16_383 }],
  ['C4', { top: 3, left: 2, bottom: 3, right: 2 }],
  ['XFD1048576', { top: 1_048_575, left: 16_383, bottom: 1_048_575, right: 16_383 }],
  ['', { top: 0, left: 0, bottom: 1_048_575, right: 16_383 }],
])('the range %j means its cells', (range, box) => {
  expect(readRange(range)).toEqual({ box });
});

it.each([
  ['hello world', 'it does not begin with a cell'],
  [':B2', 'it does not begin with a cell'],
  ['B3:', 'it lacks the cell it ends at'],
  ['B0:C2', 'rows begin at 1'],
  ['A1:XFE5', 'a sheet ends at XFD1048576'],
  ['A1:B1048577', 'a sheet ends at XFD1048576'],
  ['B9:C2', 'its last row is above its first'],
  ['F1:B2', 'its last column is left of its first'],
])('%j is no range, with the reason', (range, reason) => {
  expect(readRange(range)).toEqual({ reason });
});

it('columns and their letters lead to each other', () => {
  for (const [column, letters] of [
    [0, 'A'],
    [25, 'Z'],
    [26, 'AA'],
    [16_383, 'XFD'],
  ] as const) {
    expect(columnLetters(column)).toBe(letters);
    expect(columnAt(letters)).toBe(column);
  }
});

it('other cells of a sheet are another part at the same place', () => {
  const [whole, cut] = [{ sheet: 'A' }, { range: 'B2:C9', sheet: 'A' }];
  expect([isSamePlace(whole, cut), isSamePart(whole, cut)]).toEqual([true, false]);
  expect(isSamePart({ sheet: 'A', range: '' }, whole)).toBe(true);
  expect(isSamePlace({ sheet: 'A' }, { entry: 'A' })).toBe(false);
  expect(isSamePart(undefined, null)).toBe(true);
  expect([partName(cut), partWords(cut), partWords({ entry: 'a/b.csv' }), partWords(null)]).toEqual([
    'A',
    'A · B2:C9',
    'a/b.csv',
    '',
  ]);
  expect([
    partsCalled(whole, 'xlsx'),
    partsCalled({ entry: 'x' }, 'duckdb'),
    partsCalled(null, 'csv'),
  ]).toEqual(['sheet', 'table', 'file']);
});

it('only what says itself how it is read, and is alone in its file, leaves nothing to choose', () => {
  expect(leavesChoice({ format: 'csv' })).toBe(true);
  expect(leavesChoice({ format: 'xlsx' })).toBe(true);
  expect(leavesChoice({ format: 'duckdb' })).toBe(false);
  expect(leavesChoice({ format: 'duckdb', parts: 2 })).toBe(true);
});

it('a table says its part only if its file holds others, and its cells always', () => {
  const path = 'C:\\data\\book.xlsx';
  expect(sourceWords({ path })).toBe('book.xlsx');
  expect(sourceWords({ path, part: { sheet: 'A' } })).toBe('book.xlsx');
  expect(sourceWords({ path, part: { sheet: 'A', range: 'B2:C9' } })).toBe('book.xlsx · B2:C9');
  expect(sourceWords({ path, part: { sheet: 'A' }, parts: 3 })).toBe('book.xlsx · A');
});
