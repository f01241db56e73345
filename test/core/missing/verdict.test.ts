import { expect, it } from 'vitest';
import type { Group } from '../../../src-main/core/missing/missing';
import { difference, judged, pooled, test, verdictWords } from '../../../src-main/core/missing/verdict';
import type { Column } from '../../../src-main/core/table';

const column = (name: string): Column => ({ name, type: 'VARCHAR', kind: 'text' });
const group = (label: string, rows: number, missing: number): Group => ({
  label,
  rows,
  missing,
  filter: { column: 'x', test: { kind: 'values', values: [label] } },
});
const tested = (name: string, groups: readonly Group[]) => {
  const found = test(column(name), groups);
  if (typeof found === 'string') throw new Error(found);
  return found;
};

it('groups too small for the test are put together, and nothing is lost', () => {
  const groups = [group('a', 100, 50), group('b', 60, 20), group('c', 4, 4), group('d', 3, 0)];
  const together = pooled(groups);
  expect(together.reduce((n, g) => n + g.rows, 0)).toBe(167);
  expect(together.reduce((n, g) => n + g.missing, 0)).toBe(74);
  // c and d are still too small together, so they go with the smaller of the others.
  expect(together).toHaveLength(2);
});

it('the column that explains the missing comes first, in plain words', () => {
  const depends = judged([
    tested('shop', [group('north', 100, 20), group('south', 100, 21)]),
    tested('channel', [group('web', 40, 32), group('store', 160, 9)]),
  ]);
  expect(depends.map((d) => [d.column, d.verdict])).toEqual([
    ['channel', 'strong'],
    ['shop', 'none'],
  ]);
  expect(verdictWords('income', 200, 41, depends)).toBe(
    'Missing depends on channel: 80 % missing where channel = web (32 of 40 rows), 5.6 % elsewhere.',
  );
});

it('what differs by chance only is told as unrelated', () => {
  const depends = judged([tested('shop', [group('north', 100, 20), group('south', 100, 21)])]);
  expect(verdictWords('income', 200, 41, depends)).toMatch(
    /^Missing looks unrelated to the one column tested \(smallest corrected p 0\.86\)/,
  );
});

it('one value, or too few rows, cannot be tested, and says so', () => {
  expect(test(column('x'), [group('a', 100, 20)])).toBe('it holds one value only');
  expect(test(column('x'), [group('a', 3, 1), group('b', 3, 0)])).toBe('its groups are too small to tell');
  expect(verdictWords('y', 0, 0, [])).toBe('There are no rows to look at.');
  expect(verdictWords('y', 9, 0, [])).toBe('y lacks nothing in these rows.');
  expect(verdictWords('y', 9, 9, [])).toMatch(/nothing to compare/);
  expect(verdictWords('y', 9, 3, [])).toMatch(/^Only 3 rows lack a value here/);
  expect(verdictWords('y', 90, 89, [])).toMatch(/^Only 1 row has a value here/);
  expect(verdictWords('y', 90, 30, [])).toBe('No other column could be tested.');
});

it('a share that is not none never reads as none', () => {
  expect(difference('x', [group('a', 100_000, 1), group('b', 10, 9)])).toBe(
    '90 % missing where x = b (9 of 10 rows), <0.1 % elsewhere',
  );
});

it('a small group that holds nearly all that is missing is found by its exact chance', () => {
  const groups = [group('grocery', 12_000, 4), group('drugs', 8_800, 8), group('other', 59, 40)];
  const [first] = judged([tested('department', groups)]);
  expect(first?.verdict).toBe('strong');
  expect(first?.words).toBe('68 % missing where department = other (40 of 59 rows), <0.1 % elsewhere');
});

it('small neighbours of numbers are joined in their order', () => {
  const range = (low: number, rows: number, missing: number): Group => ({
    ...group(String(low), rows, missing),
    filter: { column: 'x', test: { kind: 'range', low, high: low + 9 } },
  });
  // 24 of 240 lack it, so a group of 30 is expected to have 3 of them, and two together 6.
  const groups = Array.from({ length: 8 }, (_, i) => range(10 * i, 30, 3));
  expect(pooled(groups, true)).toEqual(Array.from({ length: 4 }, () => ({ rows: 60, missing: 6 })));
  const found = tested('x', groups);
  expect([found.chi2, found.df, found.p]).toEqual([0, 3, 1]);
});
