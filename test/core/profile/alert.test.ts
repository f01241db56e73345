import { expect, it } from 'vitest';
import { keysOf, worthAsking } from '#core/profile/alert/ask';
import { labelKey, sameLabels, slips } from '#core/profile/alert/label';
import { dateWay, shapeWay } from '#core/profile/alert/text';
import { alertsOf, alertTitle, tableAlerts } from '#core/profile/alerts';
import type { ColumnProfile } from '#core/profile/profile';
import type { Table } from '#core/table';

const evidence = { basis: 'exact', rows: 1000, at: '2026-03-01T00:00:00.000Z', ms: 1, sql: [] } as const;
const base: ColumnProfile = {
  name: 'c',
  type: 'VARCHAR',
  kind: 'text',
  rows: 1000,
  nulls: 0,
  distinct: 500,
  unique: 200,
  top: [],
  evidence,
};
const codes = (part: Partial<ColumnProfile>) => alertsOf({ ...base, ...part }).map((a) => a.code);
const messageOf = (part: Partial<ColumnProfile>, code: string) =>
  alertsOf({ ...base, ...part }).find((a) => a.code === code)?.message;

const years: Partial<ColumnProfile> = {
  name: 'year_of_birth',
  type: 'BIGINT',
  kind: 'number',
  distinct: 60,
  unique: 3,
  quantiles: { '0.25': 1959, '0.5': 1970, '0.75': 1977 },
  outliers: [
    {
      method: 'iqr',
      k: 1.5,
      lower: 1932,
      upper: 2004,
      count: 3,
      below: 3,
      above: 0,
      examples: [1893, 1899, 1931],
    },
  ],
};

it('years of birth that stand apart are named, and those only near the fence are not', () => {
  expect(messageOf(years, 'far-year')).toBe(
    '1893, 1899: born more than 120 years ago; half of the values lie between 1959 and 1977',
  );
  expect(codes({ ...years, name: 'height' })).not.toContain('far-year');
});

it('a key is violated by a few repeats, but not where figures are estimated or values are no names', () => {
  const almost = { name: 'order_id', distinct: 997, unique: 994, top: [{ value: 'A1', count: 4 }] };
  expect(messageOf(almost, 'key-violated')).toBe(
    '997 of 1,000 values are distinct; 3 rows repeat an earlier one: A1 (4)',
  );
  expect(codes({ ...almost, inexact: { distinct: { basis: 'estimate', error: 9 } } })).not.toContain(
    'key-violated',
  );
  expect(codes({ ...almost, name: 'comment' })).not.toContain('key-violated');
  expect(codes({ ...almost, distinct: 900 })).not.toContain('key-violated');
  const lacks = { name: 'order_id', nulls: 2, distinct: 998, unique: 998 };
  expect(codes(lacks)).toEqual(expect.arrayContaining(['key-violated', 'unique']));
});

it('dates of two spellings are told apart by the place and the length of the year', () => {
  expect(['9/99/99', '99/9/99'].map(dateWay)).toEqual(Array(2).fill('9/9/year of two digits'));
  expect(dateWay('99/99/9999')).toBe('9/9/year');
  expect(dateWay('9999-99-99 99:99')).toBe('year-9-9');
  expect(dateWay('Aaa 9, 9999')).toBe('name of the month, day, year');
  expect(dateWay('9.99')).toBe(null);
  const patterns = [
    { mask: '9/99/99', count: 600 },
    { mask: '99/99/9999', count: 395 },
    { mask: 'aaa', count: 5 },
  ];
  expect(codes({ patterns })).toContain('mixed-dates');
  expect(codes({ patterns: patterns.slice(0, 1) })).not.toContain('mixed-dates');
});

it('a fraction is a number like others, and several words are text like one', () => {
  expect(['$9.9 A', '$9,999 Aa'].map(shapeWay)).toEqual(['$9 A', '$9 A']);
  expect(shapeWay('Aa 99 AA aa')).toBe('A 9 A');
  expect(shapeWay('Aaa')).toBe(null);
  const patterns = [
    { mask: '(999) 999-9999', count: 700 },
    { mask: '999-999-9999', count: 300 },
  ];
  expect(messageOf({ patterns }, 'mixed-formats')).toBe(
    'values are written in 2 ways: (9) 9-9 (700, 70 %), 9-9-9 (300, 30 %)',
  );
});

it('labels that differ by case, accents and punctuation are one; those that differ by a sign or a figure are not', () => {
  const same = (...values: string[]) =>
    sameLabels(values.map((value, i) => ({ value, count: 9 - i }))).length;
  expect(same('São Paulo', ' sao  paulo')).toBe(1);
  expect(same('St. Louis', 'ST LOUIS')).toBe(1);
  expect(same('New-York', 'new york')).toBe(1);
  expect(same('C', 'C++', 'C#')).toBe(0);
  expect(same('BBB+', 'BBB-', 'BBB')).toBe(0);
  expect(same('16 oz', '.16 oz', '1.6 oz')).toBe(0);
  expect(labelKey('__proto__')).toBe('proto');
});

it('a slip is a rare label one letter away from a common one', () => {
  const label = (value: string, count: number) => ({ value, count });
  expect(slips([label('Graduation', 900), label('Gradution', 2), label('Basic', 50)])).toEqual([
    [label('Graduation', 900), label('Gradution', 2)],
  ]);
  expect(slips([label('Ireland', 9), label('Iceland', 2)])).toEqual([]);
  expect(slips([label('sandwich', 90), label('sandwichs', 2)])).toEqual([]);
  expect(slips([label('Region 1', 90), label('Region 2', 2)])).toEqual([]);
});

it('dates beyond the day of the profile are future ones, unless the column is about what is to come', () => {
  const dates: Partial<ColumnProfile> = { kind: 'time', type: 'DATE', min: '2024-01-01', max: '2031-05-01' };
  expect(messageOf({ ...dates, name: 'ordered' }, 'future-date')).toContain('2031-05-01');
  expect(codes({ ...dates, name: 'valid_until' })).not.toContain('future-date');
  const quantiles = {
    '0.05': '1990-01-01',
    '0.25': '2000-01-01',
    '0.75': '2005-01-01',
    '0.95': '2010-01-01',
  };
  const far = alertsOf({ ...base, ...dates, max: '2011-01-01', min: '1902-01-01', quantiles });
  expect(far.find((a) => a.code === 'far-date')).toMatchObject({
    message: '1902-01-01 lies far from the others; half of the values lie between 2000-01-01 and 2005-01-01',
    rows: { column: 'c', test: { kind: 'range', low: null } },
  });
});

it('no profile however strange makes the alerts fail, and each alert has a title', () => {
  const strange: Partial<ColumnProfile>[] = [
    { rows: 0, distinct: 0, unique: 0 },
    { nulls: 1000, distinct: 0, unique: 0 },
    { distinct: 1, unique: 0, top: [{ value: ' ', count: 1000 }] },
    { kind: 'time', type: 'TIMESTAMP', min: '-0044-03-15', max: 'infinity', quantiles: {} },
    { kind: 'time', type: 'TIME', min: '00:00:00', max: '24:00:00', quantiles: { '0.25': '06:00:00' } },
    { kind: 'number', type: 'DOUBLE', min: null, max: null, histogram: [], outliers: [], infinite: 3 },
    { kind: 'nested', type: 'STRUCT(a INTEGER)[]' },
    {
      name: '__proto__',
      patterns: [
        { mask: '', count: 1000 },
        { mask: '9'.repeat(300), count: 1 },
      ],
    },
  ];
  for (const part of strange) {
    for (const alert of alertsOf({ ...base, ...part })) {
      expect([alert.code, alertTitle[alert.code]]).not.toContain(undefined);
      expect(alert.message).not.toMatch(/NaN|undefined|null/);
    }
  }
});

it('alerts of a table stand first, then those of columns in the order of the file, one of a kind', () => {
  const table = {
    name: 't',
    columns: ['b', 'a'].map((name) => ({ name, type: 'VARCHAR', kind: 'text' })),
    rows: 0,
    receipt: { records: 3, loaded: 0, rejected: 3, skipped: 0 },
    warnings: [{ code: 'money-as-text', column: 'a', message: 'a holds money', remedy: '', sql: 'SELECT 1' }],
  } as unknown as Table;
  const profiles = ['a', 'b'].map((name) => ({ ...base, name, nulls: 1000, distinct: 0, unique: 0 }));
  const more = [{ code: 'money-text', column: 'a', severity: 'warning', message: 'again' }] as const;
  expect(tableAlerts(table, profiles, more).map((a) => [a.code, a.column])).toEqual([
    ['empty', undefined],
    ['rejected', undefined],
    ['all-null', 'b'],
    ['money-text', 'a'],
    ['all-null', 'a'],
  ]);
});

it('rows are compared without their key only where something else is left to compare', () => {
  const hint = (column: string, key: boolean) =>
    ({
      column,
      key,
      type: 'BIGINT',
      kind: 'number',
      rows: 9,
      filled: 9,
      distinct: 9,
      unique: key,
      amount: false,
    }) as const;
  expect(keysOf([hint('id', true), hint('a', false), hint('b', false)])).toEqual(['id']);
  expect(keysOf([hint('id', true), hint('a', false)])).toEqual([]);
});

it('what a unique column rules out is not asked of the table', () => {
  const hint = (column: string, unique: boolean, key = false) =>
    ({
      column,
      key,
      unique,
      type: 'BIGINT',
      kind: 'number',
      rows: 9,
      filled: 9,
      distinct: 9,
      amount: false,
    }) as const;
  expect(worthAsking([hint('a', false), hint('b', false)], [])).toEqual({ equal: true, apart: false });
  expect(worthAsking([hint('id', true, true), hint('b', false), hint('c', false)], ['id'])).toEqual({
    equal: false,
    apart: true,
  });
  expect(worthAsking([hint('id', true, true), hint('mail', true)], ['id'])).toEqual({
    equal: false,
    apart: false,
  });
});

it('nested values whose parts are profiled are not said to be only counted', () => {
  const nested = { kind: 'nested', type: 'INTEGER[]', distinct: 3, unique: 1 } as const;
  expect(codes(nested)).toContain('unsupported');
  expect(codes({ ...nested, inside: [base] })).not.toContain('unsupported');
});
