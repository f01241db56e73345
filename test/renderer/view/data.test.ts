import { describe, expect, it } from 'vitest';
import type { Column } from '#core/table';
import { cellText, paddingOf } from '../../../src-renderer/view/data/cell-text';
import { cellFrom, filterFrom, filterWords, type Typed } from '../../../src-renderer/view/data/filter-words';
import {
  type Entry,
  shownEntries,
  sliceOf,
  sortedFirst,
  topOf,
} from '../../../src-renderer/view/profile/column-list';

const double: Column = { name: 'x', type: 'DOUBLE', kind: 'number' };
const text: Column = { name: 't', type: 'VARCHAR', kind: 'text' };

describe('cells of the grid', () => {
  it('are padded so that points stand in a line, and never rounded', () => {
    const padding = paddingOf(double, [2.5, 3, 0.49, null]);
    expect([2.5, 3, 0.123456].map((v) => cellText(double, v, padding, true))).toEqual([
      '2.50',
      '3.00',
      '0.123456',
    ]);
  });

  it('part thousands of amounts only', () => {
    expect(cellText(double, 1234567, 0, true)).toBe('1,234,567');
    expect(cellText(double, '9223372036854775807', 0, false)).toBe('9223372036854775807');
  });

  it('keep to one line and name what cannot be seen', () => {
    expect(cellText(text, 'a\nb\tc', 0, false)).toBe('a ⏎ b ⇥ c');
    expect(cellText(text, '', 0, false)).toBe('(empty)');
    expect(cellText(text, null, 0, false)).toBe('null');
    expect(cellText(text, undefined, 0, false)).toBe('');
  });
});

describe('filters', () => {
  const typed = (change: Partial<Typed>): Typed => ({
    column: 'x',
    kind: 'number',
    test: 'range',
    not: false,
    low: '',
    high: '',
    ...change,
  });

  it('are made of what was typed', () => {
    expect(filterFrom(typed({ low: '1', high: '1,250.5' }))).toEqual({
      column: 'x',
      test: { kind: 'range', low: 1, high: 1250.5 },
    });
    expect(filterFrom(typed({ kind: 'text', test: 'equals', low: '', not: true }))).toEqual({
      column: 'x',
      not: true,
      test: { kind: 'values', values: [''] },
    });
  });

  it('say what they lack', () => {
    expect(filterFrom(typed({}))).toBe('Type at least one end of the range.');
    expect(filterFrom(typed({ low: '9', high: '1' }))).toBe('The range ends before it begins.');
    expect(filterFrom(typed({ low: 'nine' }))).toBe('Type a number, such as 1250.5.');
    expect(filterFrom(typed({ kind: 'time', low: '2017-02-01', high: '2017-01-01' }))).toBe(
      'The range ends before it begins.',
    );
  });

  it('keep every digit of a number beyond 2^53', () => {
    expect(cellFrom('number', '9223372036854775807')).toBe('9223372036854775807');
  });

  it('read as a condition', () => {
    const range = (low: number | null, high: number | null) =>
      filterWords({ column: 'x', test: { kind: 'range', low, high } });
    expect([range(1, 7.99), range(5, null), range(6.790000000000001, null)]).toEqual([
      '1 – 7.99',
      '≥ 5',
      '> 6.79',
    ]);
    expect(filterWords({ column: 'x', not: true, test: { kind: 'values', values: ['a', null] } })).toBe(
      '≠ a, null',
    );
    expect(filterWords({ column: 'x', not: true, test: { kind: 'null' } })).toBe('is not null');
  });
});

describe('the list of columns', () => {
  it('draws only the rows on screen, also around an open sheet', () => {
    expect(sliceOf(2000, 28, -1, 380, 0, 560)).toEqual({ first: 0, last: 27, height: 56_000 });
    const open = sliceOf(2000, 28, 0, 380, 408, 280);
    expect(open).toEqual({ first: 0, last: 18, height: 56_380 });
    expect(topOf(1, 28, 0, 380)).toBe(408);
    expect(topOf(0, 28, 0, 380)).toBe(0);
  });

  it('sorts by what is asked and keeps the file order among equals', () => {
    const entry = (name: string, index: number, warnings: number): Entry => ({
      column: { ...double, name },
      index,
      profile: undefined,
      total: undefined,
      alerts: Array.from({ length: warnings }, () => ({
        code: 'blanks' as const,
        column: name,
        severity: 'warning' as const,
        message: '',
      })),
      roles: [],
      hasRole: false,
    });
    const all = [entry('b10', 0, 0), entry('b9', 1, 1), entry('a', 2, 0)];
    const wish = { text: '', kind: 'all', withAlerts: false, noRole: false, alert: null } as const;
    const names = (by: string | null) =>
      shownEntries(all, { ...wish, sort: sortedFirst(by) }).map((e) => e.column.name);
    expect([names(null), names('name'), names('alerts')]).toEqual([
      ['b10', 'b9', 'a'],
      ['a', 'b9', 'b10'],
      ['b9', 'b10', 'a'],
    ]);
  });
});
