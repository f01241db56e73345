/**
 * What is found out about a text, and how its records are read: each case is a slip that real files have.
 */
import { describe, expect, it } from 'vitest';
import { detect } from '../../../src-main/core/source/detect';
import { linesOf } from '../../../src-main/core/source/lines';
import { columnNames, dialectOf, doubtsOf, obstacle } from '../../../src-main/core/source/plain';
import type { Dialect, Receipt } from '../../../src-main/core/source/receipt';
import { Scanner } from '../../../src-main/core/source/scan';
import { readText } from '../../trial/core';

/** A receipt that names no line. */
const untouched: Receipt = {
  records: 0,
  loaded: 0,
  rejected: 0,
  skipped: 0,
  rejects: [],
  mended: 0,
  mends: [],
  skips: [],
  misfits: [],
};
const lines = (...list: readonly string[]) => `${list.join('\n')}\n`;
const people = Array.from(
  { length: 12 },
  (_, i) => [`${i + 1}`, `Name ${i}`, `2024-01-${10 + i}`, `${i * 10}.50`] as const,
);
const head = ['id', 'name', 'day', 'amount'] as const;
const table = (glue: string) => [head, ...people].map((row) => row.join(glue));
const dialect = (text: string, given: Partial<Dialect> = {}) =>
  dialectOf(detect(text, given), 'utf-8', given);

describe('the grammar', () => {
  it.each([',', ';', '\t', '|', '::', '||', '~|~', ', ', '^'])(
    'is found with the delimiter %j',
    (delimiter) => {
      const text = lines(...table(delimiter));
      expect(dialect(text)).toMatchObject({ delimiter, header: true, headerRows: 1, skip: 0, footer: 0 });
      expect(readText(text).rows).toEqual(people.map((row) => [...row]));
    },
  );

  it('keeps what the user told and finds the rest', () => {
    const text = lines('a,b;c', '1,2;3', '4,5;6');
    expect(dialect(text, { delimiter: ';' })).toMatchObject({ delimiter: ';', header: true });
    expect(dialect(text, { delimiter: ',', header: false })).toMatchObject({ header: false, headerRows: 0 });
  });

  it('of a backslash before a quote is an escape', () => {
    const text = lines('id,said', '1,"a \\"b\\", c"', '2,"d"', '3,"e, f"');
    expect(dialect(text).escape).toBe('\\');
    expect(readText(text).rows[0]).toEqual(['1', 'a "b", c']);
  });

  it('asks where two readings fit alike', () => {
    const found = doubtsOf(detect(lines('1,5;2,5', '3,5;4,5', '5,5;6,5', '7,5;8,5')));
    expect(found.candidates.length).toBeGreaterThan(0);
    expect(found.warnings.map((w) => w.code)).toContain('dialect-guess');
  });

  it('of times and dates does not cut them', () => {
    expect(detect(lines('06:42', '05:17', '07:43')).layout.width).toBe(1);
  });
});

describe('the layout', () => {
  it('has titles above and notes below the table', () => {
    const text = lines('Sales of the year', '', ...table(','), '', 'Source: the shop');
    expect(dialect(text)).toMatchObject({ skip: 2, headerRows: 1, footer: 1 });
    expect(detect(text).layout.skips.map((s) => [s.line, s.lines])).toEqual([
      [1, 1],
      [17, 1],
    ]);
  });

  it('joins a header of two rows', () => {
    const text = lines(
      'time,time,money',
      'id,day,amount',
      '1,2024-01-01,2.5',
      '2,2024-01-02,3.5',
      '3,2024-01-03,4.5',
      '4,2024-01-04,1.5',
    );
    expect(readText(text).header).toEqual(['time id', 'time day', 'money amount']);
  });

  it('sees that there is no header, and that words over words may be one', () => {
    expect(dialect(lines('1,2024-01-01', '2,2024-01-02', '3,2024-01-03')).header).toBe(false);
    const found = detect(lines('alpha,beta', 'gamma,delta', 'eps,zeta'));
    expect(found.layout.doubts.map((d) => d.code)).toContain('header-guess');
  });

  it('reads years over figures as names', () => {
    expect(
      readText(lines('country,2021,2022,2023', 'NL,1.5,2.5,3.5', 'BE,4.5,5.5,6.5', 'DE,7.5,8.5,9.5')).header,
    ).toEqual(['country', '2021', '2022', '2023']);
  });

  it('reads the first of two tables, and says where the other is', () => {
    const text = lines(...table(','), '', 'code,price', 'A,1.5', 'B,2.5', 'C,3.5');
    const { layout } = detect(text);
    expect(layout.to - layout.from).toBe(12);
    expect(layout.doubts.map((d) => d.code)).toContain('tables-several');
  });

  it('takes rows under a repeated header as more of the table, and the same table again as a copy', () => {
    const more = people.map(([id, ...rest]) => [`9${id}`, ...rest].join(','));
    expect(readText(lines(...table(','), head.join(','), ...more)).rows).toHaveLength(24);
    expect(readText(lines(...table(','), ...table(','))).rows).toHaveLength(12);
  });

  it('drops a trailing delimiter that only the rows have', () => {
    const text = lines(head.join(','), ...people.map((row) => `${row.join(',')},`));
    expect(readText(text).rows).toEqual(people.map((row) => [...row]));
  });

  it('passes over comment lines', () => {
    const text = lines('# made by hand', ...table(',').slice(0, 6), '# half', ...table(',').slice(6));
    expect(dialect(text).comment).toBe('#');
    expect(readText(text).rows).toHaveLength(12);
  });
});

describe('a record that does not fit', () => {
  const spoilt = (row: string) => readText(lines(...table(',').slice(0, 6), row, ...table(',').slice(6)));

  it.each([
    ['two cells without a delimiter', '77Ann,2024-02-02,12.50', ['77', 'Ann', '2024-02-02', '12.50']],
    ['a delimiter inside a value', '77,Ann, Bob,2024-02-02,12.50', ['77', 'Ann, Bob', '2024-02-02', '12.50']],
    ['an empty cell too many', '77,Ann,,2024-02-02,12.50', ['77', 'Ann', '2024-02-02', '12.50']],
    ['a quote that is never closed', '77,"Ann,2024-02-02,12.50', ['77', '"Ann', '2024-02-02', '12.50']],
    ['another delimiter', '77;Ann;2024-02-02;12.50', ['77', 'Ann', '2024-02-02', '12.50']],
    ['a cell too few', '77,Ann,2024-02-02', ['77', 'Ann', '2024-02-02', '']],
  ])('is put right after %s, and said', (_, row, cells) => {
    const read = spoilt(row);
    expect(read.rows[5]).toEqual(cells);
    expect(read.rows).toHaveLength(13);
    expect(read.asked.join()).toMatch(/mended|candidates/);
  });

  it('is rejected whole where no layout can be believed', () => {
    const read = spoilt('a,b,c,d,e,f,g');
    expect(read.rows).toHaveLength(12);
    expect(read.asked).toContain('rejected');
  });

  it('swallows no lines below it', () => {
    const read = spoilt('77,Ann,2024-02-02,"');
    expect(read.rows.slice(6)).toEqual(people.slice(5).map((row) => [...row]));
  });
});

it('a scanner gives each character to a cell, a delimiter, a quote or a line end', () => {
  const scanner = new Scanner('a,"b ""c""\nd",e\r\n', {
    delimiter: ',',
    quote: '"',
    escape: '"',
    comment: '',
    newline: 'any',
  });
  expect(scanner.read(0)).toBe(true);
  expect(scanner.cells()).toEqual(['a', 'b "c"\nd', 'e']);
  expect([scanner.lines, scanner.next, scanner.flaw]).toEqual([2, 17, 0]);
  expect(scanner.read(scanner.next)).toBe(false);
});

it('names are filled in, made unique, and never take the name of another column', () => {
  expect(columnNames(['a', ' A ', '', 'a', 'a_1'], 6)).toEqual([
    'a',
    'A_2',
    'column2',
    'a_3',
    'a_1',
    'column5',
  ]);
});

it('a sound text is left to DuckDB, and what is not says why', () => {
  expect(obstacle(detect(lines(...table(','))))).toBeNull();
  expect(obstacle(detect(lines(...table(' | '))))).not.toBeNull();
  expect(obstacle(detect(lines(...table(','), '1,2')))).toBe('records of another width');
});

it('the lines for the eye say what each is', () => {
  const text = lines('Title', '', ...table(','), '77,Ann,2024-02-02', 'x,y,z,a,b,c', '', 'Source: me');
  const roles = linesOf(detect(text), untouched, 100).map((l) => `${l.line} ${l.role}`);
  expect(roles.filter((r) => !r.endsWith('record'))).toEqual([
    '1 skipped',
    '3 header',
    '16 mended',
    '17 rejected',
    '18 blank',
    '19 footer',
  ]);
});

it('the last records are records where odd ones stand among them, and notes below are still notes', () => {
  const odd = '98,Ann,2024-02-01,rain, wind, and more,1.50';
  const rows = people.map((row) => row.join(','));
  const text = lines(head.join(','), ...rows, odd, ...rows, odd, ...rows.slice(0, 2));
  expect(detect(text).layout).toMatchObject({ from: 1, to: 1 + 12 + 1 + 12 + 1 + 2 });
  const noted = `${text}Source: the office of weights\n`;
  expect(detect(noted).layout.to).toBe(1 + 12 + 1 + 12 + 1 + 2);
});

it('a whole number is not parted to fill the columns of a record that is too short', () => {
  const rows = Array.from({ length: 40 }, (_, i) => (i === 17 ? '17,17' : `${i},${i},${i}`));
  const text = lines('id,n,m', ...rows);
  expect(readText(text).rows[17]).toEqual(['17', '17', '']);
  expect(linesOf(detect(text), untouched, 100).filter((line) => line.role === 'mended')).toMatchObject([
    { line: 19, reason: '2 cells instead of 3; a missing cell is empty' },
  ]);
});
