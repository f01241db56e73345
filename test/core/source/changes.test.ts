import { expect, it } from 'vitest';
import { changesBetween } from '../../../src-main/core/source/changes';
import { kindOf, type Table } from '../../../src-main/core/table';

const table = (columns: Readonly<Record<string, string>>, rows: number, rejected = 0): Table => ({
  name: 't',
  source: { path: '/t.csv', format: 'csv', bytes: 1, modified: 0 },
  columns: Object.entries(columns).map(([name, type]) => ({ name, type, kind: kindOf(type) })),
  rows,
  receipt: {
    records: rows,
    loaded: rows,
    rejected,
    skipped: 0,
    rejects: [],
    mended: 0,
    mends: [],
    skips: [],
    misfits: [],
  },
  warnings: [],
  proposals: [],
  candidates: [],
});

it('tells columns, types, order, rows and rejects, and nothing where all is the same', () => {
  const before = table({ id: 'BIGINT', name: 'VARCHAR', price: 'DOUBLE' }, 830);
  expect(changesBetween(before, before)).toEqual([]);
  expect(changesBetween(before, table({ id: 'BIGINT', price: 'VARCHAR', day: 'DATE' }, 845, 2))).toEqual([
    'name is gone',
    'day is new',
    'price is VARCHAR instead of DOUBLE',
    '15 rows more (845)',
    '2 rejected instead of 0',
  ]);
  expect(changesBetween(before, table({ name: 'VARCHAR', id: 'BIGINT', price: 'DOUBLE' }, 829))).toEqual([
    'the columns stand in another order',
    '1 row fewer (829)',
  ]);
});
