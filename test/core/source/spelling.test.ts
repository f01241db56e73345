import { expect, it } from 'vitest';
import { draftText } from '../../../src-main/core/source/spelling-draft';
import { numberPattern, timePattern, typeOf } from '../../../src-main/core/source/spelling-reading';
import { evidenceSql, shapesOf, timeShape } from '../../../src-main/core/source/spelling-shape';

const matches = (pattern: string, text: string) => new RegExp(`^${pattern}$`, 'u').test(text);

/** What the values of a column make worth trying: the readings without the column, or the remark. */
function tried(...values: string[]): unknown {
  const shapes = shapesOf(
    'c',
    values.map((value) => ({ value, count: 1 })),
    'rows',
  );
  const found = draftText(shapes);
  if (found === null) return null;
  if ('remark' in found) return found.remark.code;
  return found.draft.options.map(({ reading: { column: _, ...rest } }) => rest);
}

it('a column of names, codes, telephone numbers, versions, addresses or ranges is text', () => {
  for (const values of [
    ['Anna', 'Bob', 'Chris'],
    ['A1', 'B2', 'C3'],
    ['555-1234', '555-9876'],
    ['(503) 555-9831', '(503) 555-3199'],
    ['+31 6 12345678', '+31 6 87654321'],
    ['+31612345678', '+31687654321'],
    ['555 123 456', '600 987 654'],
    ['1.2.3', '1.10.2', '2.0.0'],
    ['1.2.13', '1.3.14', '2.4.15'],
    ['192.168.0.1', '10.0.0.255'],
    ['192.168.100.101', '192.168.100.102'],
    ['10-12', '13-15'],
    ['2012-2013', '2013-2014'],
    ['12345-6789', '98765-4321'],
    ['1/2', '3/4'],
    ['12E5', '14E7'],
    ['1234567890123456', '1234567890123457'],
    ['5 kg', '7 kg'],
    ['3:45', '12:02'],
    ['12%', '7', '8'],
    ['MAY', 'JUN'],
    ['yes', 'no', 'maybe'],
    ['yes', 'off'],
    ['$5.00', '$5.00'].slice(0, 1),
    ['NULL', 'NULL'],
  ])
    expect(tried(...values), values.join(' ')).toBeNull();
});

it('numbers with leading zeros stay text and are remarked on', () => {
  expect(tried('007', '008', '12')).toBe('leading-zeros');
  expect(tried('0', '0.5', '1,5')).not.toBe('leading-zeros');
});

it('money in several currencies is not one number', () => {
  expect(tried('$5.00', '€7.00', '$6.00')).toBe('money-as-text');
});

it('the digits after a mark decide what it means; where none do, both readings are tried', () => {
  expect(tried('1,5', '2,25')).toEqual([{ as: 'number', decimal: ',' }]);
  expect(tried('1,234', '12,345', '950')).toEqual([{ as: 'whole', grouping: ',' }]);
  expect(tried('1,234,567', '12,345')).toEqual([{ as: 'whole', grouping: ',' }]);
  expect(tried('1.234,50', '7,00')).toEqual([{ as: 'number', decimal: ',', grouping: '.' }]);
  expect(tried('1 234,5', '12,5')).toEqual([{ as: 'number', decimal: ',', grouping: ' ' }]);
  expect(tried("1'234.50", '7.25')).toEqual([{ as: 'number', grouping: "'" }]);
  expect(tried('1,234', '5,678')).toEqual([
    { as: 'whole', grouping: ',' },
    { as: 'number', decimal: ',' },
  ]);
});

it('signs of money, percent and parentheses are seen', () => {
  expect(tried('$84,835.00 ', '($1.50)', '-$7.00')).toEqual([{ as: 'number', grouping: ',', currency: '$' }]);
  expect(tried('12,50 €', '7 €')).toEqual([{ as: 'number', decimal: ',', currency: '€' }]);
  expect(tried('EUR 12.50', 'EUR 7.00')).toEqual([{ as: 'number', currency: 'EUR' }]);
  expect(tried('12%', '7.5 %')).toEqual([{ as: 'number', percent: true }]);
  expect(tried('12.5-', '7.5')).toEqual([{ as: 'number' }]);
});

it('words for missing do not stand in the way of figures', () => {
  expect(tried('12', 'NA', '13')).toEqual([{ as: 'whole', nulls: ['NA'] }]);
  expect(tried('12.5', 'unknown', '13.5')).toEqual([{ as: 'number', nulls: ['unknown'] }]);
  expect(tried('Y', 'N', '-')).toEqual([{ as: 'boolean', yes: ['y'], no: ['n'], nulls: ['-'] }]);
});

it('a shape says which dates it may be', () => {
  const formats = (shape: string) => timeShape(shape)?.formats ?? null;
  expect(formats('99/99/9999')).toEqual({ dmy: '%d/%m/%Y', mdy: '%m/%d/%Y' });
  expect(formats('9-9-99')).toEqual({ dmy: '%d-%m-%y', mdy: '%m-%d-%y' });
  expect(formats('99.99.99')).toEqual({ dmy: '%d.%m.%y', mdy: '%m.%d.%y', ymd: '%y.%m.%d' });
  expect(formats('9999/9/99')).toEqual({ ymd: '%Y/%m/%d' });
  expect(formats('99999999')).toEqual({ ymd: '%Y%m%d' });
  expect(formats('99-Mar-99')).toEqual({ dmy: '%d-%b-%y' });
  expect(formats('9 January 9999')).toEqual({ dmy: '%d %B %Y' });
  expect(formats('Monday, March 9, 9999')).toEqual({ mdy: '%A, %B %d, %Y' });
  expect(formats('9999-99-99T99:99:99Z')).toEqual({ ymd: '%Y-%m-%dT%H:%M:%SZ' });
  expect(formats('9999-99-99 99:99:99.999+99:99')).toEqual({ ymd: '%Y-%m-%d %H:%M:%S.%f%z' });
  expect(formats('9/9/9999 9:99 PM')).toEqual({ dmy: '%d/%m/%Y %I:%M %p', mdy: '%m/%d/%Y %I:%M %p' });
  expect(formats('99:99')).toEqual({ ymd: '%H:%M' });
  for (const shape of ['99-99', '9999-99', '99 99 99', '99/99-9999', '9.9.9', '999-9999', 'Jan 99']) {
    expect(formats(shape), shape).toBeNull();
  }
});

it('a format asks for the digits that it names', () => {
  expect(matches(timePattern('%m/%d/%Y'), '6/16/2014')).toBe(true);
  expect(matches(timePattern('%m/%d/%Y'), '6/16/14')).toBe(false);
  expect(matches(timePattern('%m/%d/%y'), '6/16/2014')).toBe(false);
  expect(matches(timePattern('%Y%m%d'), '20140616')).toBe(true);
  expect(matches(timePattern('%Y%m%d'), '2014616')).toBe(false);
});

it('a number has one minus, on one side, and whole groups', () => {
  const money = numberPattern({ column: 'c', as: 'number', grouping: ',', currency: '$' });
  for (const text of ['$1', '-$1,234.50', '$-5', '$5-', '($5.25)', '$(5)', '1,234', '$ 7', '.5', '7 $'])
    expect(matches(money, text), text).toBe(true);
  for (const text of [
    '',
    '$',
    '-',
    '--5',
    '-5-',
    '1,23',
    '12,34,567',
    '0,123',
    '$1.23456',
    '€5',
    '1e5',
    '5%',
  ])
    expect(matches(money, text), text).toBe(false);
  const plain = numberPattern({ column: 'c', as: 'number' });
  for (const text of ['nan', 'inf', '0x10', '1_000', '1,5', '1.2.3']) {
    expect(matches(plain, text), text).toBe(false);
  }
  expect(matches(plain, '1.5e-10')).toBe(true);
});

it('a reading gives a type of DuckDB; money is exact', () => {
  expect(typeOf({ column: 'c', as: 'number', currency: '$' })).toBe('DECIMAL(18,4)');
  expect(typeOf({ column: 'c', as: 'number' })).toBe('DOUBLE');
  expect(typeOf({ column: 'c', as: 'whole' })).toBe('BIGINT');
  expect(typeOf({ column: 'c', as: 'timestamp' })).toBe('TIMESTAMP');
});

it('the statement quotes the names of columns and samples large tables by the hash of the value', () => {
  const sql = evidenceSql('t', [`a "b"'c`], 1_000_000);
  expect(sql).toContain(`'a "b"''c'`);
  expect(sql).toContain(`"a ""b""'c"`);
  expect(sql).toContain('% 50 = 1');
});
