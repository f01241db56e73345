import { expect, it } from 'vitest';
import type { ColumnProfile } from '#core/profile/profile';
import { statisticNamed, statistics } from '#core/profile/statistics';
import { sortedFirst, unsorted } from '../../../src-renderer/view/profile/column-list';
import {
  columnsIn,
  laidOut,
  linesOf,
  nextSort,
  onScreen,
  type StatisticsLine,
  type StatisticsRow,
} from '../../../src-renderer/view/profile/statistics-list';
import { statisticTold, statisticWords } from '../../../src-renderer/view/ui/statistic-text';

const evidence = { basis: 'exact', rows: 1000, at: '2026-03-01T00:00:00.000Z', ms: 1, sql: [] } as const;

function row(
  index: number,
  name: string,
  part: Partial<ColumnProfile>,
  more: Partial<StatisticsRow> = {},
): StatisticsRow {
  const profile: ColumnProfile = {
    ...{
      name,
      type: 'DOUBLE',
      kind: 'number',
      rows: 1000,
      nulls: 0,
      distinct: 5,
      unique: 0,
      top: [],
      evidence,
    },
    ...part,
  };
  const { type, kind } = profile;
  return { index, column: { name, type, kind }, profile, roles: [], alerts: [], ...more };
}

const warned = { code: 'many-nulls', severity: 'warning', message: '' } as const;
const remarked = { code: 'skewed', severity: 'info', message: '' } as const;
const rows = [
  row(0, 'Income', { nulls: 24 }, { alerts: [warned, remarked] }),
  row(1, 'city', { kind: 'text', type: 'VARCHAR', nulls: 3 }),
  row(2, 'Age', { nulls: 0 }, { alerts: [remarked] }),
];
const wish = { text: '', kind: 'all', sort: unsorted, group: 'none' } as const;
const words = (lines: readonly StatisticsLine[]) =>
  lines.map((line) => (line.kind === 'heading' ? `# ${line.title} ${line.count}` : line.row.column.name));

it('columns are searched, filtered by kind and sorted by a statistic', () => {
  expect(words(linesOf(rows, { ...wish, text: ' IN' }))).toEqual(['Income']);
  expect(words(linesOf(rows, { ...wish, kind: 'text' }))).toEqual(['city']);
  expect(words(linesOf(rows, { ...wish, sort: sortedFirst('nulls') }))).toEqual(['Income', 'city', 'Age']);
  expect(words(linesOf(rows, { ...wish, sort: { by: 'nulls', descending: false } }))).toEqual([
    'Age',
    'city',
    'Income',
  ]);
});

it('under each alert stand the columns that have it, warnings first, and the rest at the end', () => {
  const lines = linesOf(rows, { ...wish, group: 'alert' });
  expect(words(lines)).toEqual([
    '# Missing 1',
    'Income',
    '# Skewed 2',
    'Income',
    'Age',
    '# No alerts 1',
    'city',
  ]);
  expect(new Set(lines.map((line) => (line.kind === 'column' ? line.key : line.title))).size).toBe(7);
  expect(columnsIn(lines).map((r) => r.column.name)).toEqual(['Income', 'Age', 'city']);
  expect(words(linesOf(rows, { ...wish, group: 'kind' }))).toEqual([
    '# Numbers 2',
    'Income',
    'Age',
    '# Texts 1',
    'city',
  ]);
});

it('a click on a head sorts one way, then the other, then not at all', () => {
  const first = nextSort(unsorted, sortedFirst('nulls'));
  expect(first).toEqual({ by: 'nulls', descending: true });
  const second = nextSort(first, sortedFirst('nulls'));
  expect(second).toEqual({ by: 'nulls', descending: false });
  expect(nextSort(second, sortedFirst('nulls'))).toEqual(unsorted);
  expect(nextSort(unsorted, sortedFirst('name'))).toEqual({ by: 'name', descending: false });
});

it('only statistics near the screen are drawn, and no figure is cut', () => {
  const long = row(3, 'sum', { sum: 123_456_789_012.25, max: 123_456_789_012.25 });
  const laid = laidOut(statistics.slice(1), [...rows, long]);
  const sum = laid.find((one) => one.statistic.key === 'sum')!;
  expect(sum.width).toBeGreaterThanOrEqual('123,456,789,012.25'.length * 7.2 + 16);
  expect(laid.every((one, i) => i === 0 || one.left === laid[i - 1]!.left + laid[i - 1]!.width)).toBe(true);
  const part = onScreen(laid, 2000, 900);
  expect(laid[part.first]!.left).toBeLessThanOrEqual(2000);
  expect(part.last - part.first).toBeLessThan(laid.length / 2);
  expect(onScreen(laid, 0, 100_000)).toEqual({ first: 0, last: laid.length });
  expect(onScreen([], 0, 900)).toEqual({ first: 0, last: 0 });
});

it('what is not exact says so, and a first look at a sample too', () => {
  const nulls = statisticNamed('nulls')!;
  const distinct = statisticNamed('distinct')!;
  const rough = row(0, 'id', { distinct: 12_345, inexact: { distinct: { basis: 'estimate', error: 300 } } });
  expect(statisticTold(rough, distinct)).toEqual({
    text: '≈ 12,345',
    off: 'estimated, ± 300 at most in 997 of 1,000 cases',
  });
  expect(statisticTold(rough, nulls)).toEqual({ text: '0' });
  expect(statisticWords(rough, nulls)).toContain('exact · 1,000 rows');
  const look = row(0, 'id', { evidence: { ...evidence, basis: 'sample', of: 90_000 } });
  expect(statisticTold(look, nulls)).toEqual({ text: '≈ 0', off: 'from a sample' });
  expect(statisticWords(look, nulls)).toContain('a first look: sample · 1,000 of 90,000 rows');
});
