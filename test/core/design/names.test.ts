import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { namePattern } from '#core/design/design';
import { dimensionFrom, measureFrom, ratioMeasure, sourceFrom, tableFrom } from '#core/design/draft';
import { freeName, legalName, nameFrom, titleFrom } from '#core/design/names';
import { table } from '../../support/designs';

describe('nameFrom', () => {
  it.each([
    ['sales_value', 'sales_value'],
    ['MntWines', 'mnt_wines'],
    ['CustomerID', 'customer_id'],
    ['HTTPStatus code', 'http_status_code'],
    ['Größe (cm)', 'grosse_cm'],
    ['Średnia łączna', 'srednia_laczna'],
    ['50% off', 'n_50_percent_off'],
    ['2024', 'n_2024'],
    ['_id', 'id'],
    ['"; drop table x; --', 'drop_table_x'],
    ['😀', 'column'],
    ['', 'column'],
    ['売上', 'column'],
  ])('%s becomes %s', (text, name) => {
    expect(nameFrom(text)).toBe(name);
  });

  it('is always legal and its own name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const name = nameFrom(text);
        expect(name).toMatch(namePattern);
        expect(nameFrom(name)).toBe(name);
        expect(legalName(text)).toMatch(namePattern);
      }),
      { seed: 3, numRuns: 500 },
    );
  });
});

it('freeName counts up past names that differ only in case', () => {
  expect(freeName('a', [])).toBe('a');
  expect(freeName('a', ['A', 'a_2'])).toBe('a_3');
});

it.each([
  ['sales_value', 'Sales value'],
  ['customerID', 'Customer ID'],
  ['n_2024', 'N 2024'],
  ['', ''],
])('the title of %s is %s', (name, title) => {
  expect(titleFrom(name)).toBe(title);
});

describe('drafting', () => {
  const column = { name: 'Sales Value', type: 'DOUBLE', kind: 'number' } as const;
  const empty = table('t', {});

  it.each([
    ['sum', 'total_sales_value', 'Total sales value'],
    ['avg', 'average_sales_value', 'Average sales value'],
    ['count', 'count_of_sales_value', 'Count of sales value'],
    ['count_distinct', 'distinct_sales_value', 'Distinct sales value'],
  ] as const)('a %s is called %s', (aggregation, name, title) => {
    expect(measureFrom(empty, column, aggregation)).toMatchObject({
      name,
      title,
      aggregation,
      column: 'Sales Value',
    });
  });

  it('never takes a name twice, nor a prefix', () => {
    const first = measureFrom(empty, column, 'sum');
    const more = { ...empty, measures: [first] };
    expect(measureFrom(more, column, 'sum').name).toBe('total_sales_value_2');
    expect(measureFrom(empty, { ...column, name: 'total_paid' }, 'sum').name).toBe('total_paid');
    expect(dimensionFrom({ ...more, dimensions: [dimensionFrom(empty, column)] }, column).name).toBe(
      'sales_value_2',
    );
  });

  it('takes the type of a dimension from the kind of its column', () => {
    const type = (kind: 'number' | 'text' | 'time' | 'boolean' | 'nested') =>
      dimensionFrom(empty, { ...column, kind }).type;
    expect((['number', 'text', 'time', 'boolean', 'nested'] as const).map(type)).toEqual([
      'number',
      'string',
      'time',
      'boolean',
      'string',
    ]);
    expect(dimensionFrom(empty, column, 'string').type).toBe('string');
  });

  it('names a ratio after its parts', () => {
    expect(ratioMeasure(empty, 'spend', 'trips')).toMatchObject({
      name: 'spend_per_trips',
      aggregation: 'ratio',
    });
  });

  it('takes name, path and columns of a source from its table', () => {
    const source = sourceFrom({
      name: 'my data',
      source: { path: '/a/my data.csv', format: 'csv', bytes: 1, modified: 0 },
      columns: [column],
      rows: 1,
      receipt: {
        records: 1,
        loaded: 1,
        rejected: 0,
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
    expect(source).toEqual({
      name: 'my data',
      path: '/a/my data.csv',
      format: 'csv',
      columns: [{ name: 'Sales Value', type: 'DOUBLE' }],
      extra: {},
    });
    expect(tableFrom(source, ['MY_DATA']).name).toBe('my_data_2');
  });
});
