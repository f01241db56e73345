import { describe, expect, it } from 'vitest';
import type { ColumnProfile } from '#core/profile/profile';
import { tsv } from '../../../src-renderer/view/ui/copy';
import {
  bytes,
  decimalsOf,
  duration,
  number,
  numberOf,
  percent,
  share,
  span,
  valueText,
} from '../../../src-renderer/view/ui/figure';

const profile = (change: Partial<ColumnProfile>): ColumnProfile => ({
  name: 'amount',
  type: 'DOUBLE',
  kind: 'number',
  rows: 5,
  nulls: 1,
  distinct: 4,
  unique: 4,
  top: [],
  evidence: { basis: 'exact', rows: 5, at: '2026-01-01T00:00:00Z', ms: 1, sql: [] },
  ...change,
});

describe('figures of the window', () => {
  it('a share that is not nothing never reads as nothing, and one that is not all never as all', () => {
    expect([share(0, 9), share(1, 100_000), share(99_999, 100_000), share(9, 9), share(1, 0)]).toEqual([
      '0.0',
      '<0.1',
      '>99.9',
      '100.0',
      '–',
    ]);
    expect(percent(1, 8)).toBe('12.5\u00a0%');
  });

  it('a zero has no sign', () => {
    expect([number(-0, 0), number(-0, 2)]).toEqual(['0', '0.00']);
  });

  it('a number too small for its decimals is not shown as zero', () => {
    expect(number(0.00001, 2)).toBe('1.00e-5');
    expect(number(0, 2)).toBe('0.00');
    expect(number(-1234.5, 2)).toBe('-1,234.50');
  });

  it('whole numbers beyond 2^53 keep every digit', () => {
    expect(number('9223372036854775807', 0)).toBe('9,223,372,036,854,775,807');
    expect(number('9223372036854775807', 0, false)).toBe('9223372036854775807');
  });

  it('money has the decimals its values are written with', () => {
    const money = profile({ min: 0, max: 99.99, stddev: 0.03, top: [{ value: 2.5, count: 2 }] });
    expect(decimalsOf(money)).toBe(2);
    expect(numberOf(2.5, money)).toBe('2.50');
    expect(decimalsOf(profile({ min: 0.123456789, max: 1, stddev: 0.2 }))).toBe(2);
    expect(decimalsOf(profile({ type: 'DECIMAL(10,3)' }))).toBe(3);
  });

  it('years and identifiers are not parted into thousands, amounts are', () => {
    const years = profile({ name: 'Year_Birth', type: 'BIGINT', min: 1893, max: 1996, rows: 99, unique: 0 });
    const amounts = profile({
      name: 'amount',
      type: 'BIGINT',
      min: 0,
      max: 32623,
      rows: 99,
      unique: 0,
      distinct: 60,
    });
    expect(numberOf(1970, years)).toBe('1970');
    expect(numberOf(32623, amounts)).toBe('32,623');
  });

  it('sizes and durations read in the unit that fits', () => {
    expect([bytes(999), bytes(2_700_000), duration(0.4), duration(1234), duration(123_000)]).toEqual([
      '999\u00a0B',
      '2.7\u00a0MB',
      '<1\u00a0ms',
      '1.2\u00a0s',
      '2\u00a0min 3\u00a0s',
    ]);
  });

  it('a span of times names the year once if it is the same', () => {
    expect(span('2017-01-01T11:53:26', '2017-12-31')).toBe('Jan 1 – Dec 31, 2017');
    expect(span('2016-12-31', '2017-01-01')).toBe('Dec 31, 2016 – Jan 1, 2017');
  });

  it('null, empty and blank values say what they are', () => {
    const text = profile({ kind: 'text', type: 'VARCHAR' });
    expect([null, '', '  ', 'x'].map((v) => valueText(v, text))).toEqual(['null', '(empty)', '(blank)', 'x']);
  });

  it('copied rows keep one line each whatever is in their cells', () => {
    expect(tsv(['a\tb', 'c'], [['x\ny', null]])).toBe('a b\tc\nx y\t');
  });
});
