import { describe, expect, it } from 'vitest';
import { besides, changeOf, queryBefore } from '#core/explore/before';
import { chartFor, chartsFor, panelsOf } from '#core/explore/chart';
import { rowsBehind } from '#core/explore/drill';
import { rangeBefore, stepOf, stepText, stretchOf } from '#core/explore/period';
import { pivot } from '#core/explore/pivot';
import {
  columnsOf,
  emptyQuestion,
  isHeld,
  tablesReached,
  withGrain,
  withMember,
  withMoved,
  withOrder,
  withoutWord,
  withValue,
} from '#core/explore/question';
import { dimension, measure, salesDesign } from '../../support/designs';

const design = salesDesign({
  dimensions: [
    dimension('region', { column: 'region' }),
    dimension('day', { column: 'day', type: 'time', title: 'Day' }),
  ],
  measures: [
    measure('total', { column: 'amount', filter: 'pieces > 0' }),
    measure('rows', { aggregation: 'count' }),
  ],
});
const empty = emptyQuestion.query;
const member = (kind: 'measure' | 'dimension', name: string) => ({ table: 'sales', kind, name }) as const;

describe('a question', () => {
  it('takes members once, times by month, and nothing that is not there', () => {
    const one = withMember(design, empty, member('measure', 'total'));
    const two = withMember(design, one, member('dimension', 'day'));
    expect(two).toMatchObject({ measures: ['sales.total'], dimensions: ['sales.day.month'] });
    expect(withMember(design, two, member('dimension', 'day'))).toBe(two);
    expect(withMember(design, two, member('measure', 'gone'))).toBe(two);
  });

  it('keeps its order through another grain and loses it with the member', () => {
    const query = {
      ...empty,
      dimensions: ['sales.day.month'],
      order: [{ member: 'sales.day.month', descending: true }],
    };
    const year = withGrain(design, query, 'sales.day.month', 'year');
    expect(year.dimensions).toEqual(['sales.day.year']);
    expect(year.order).toEqual([{ member: 'sales.day.year', descending: true }]);
    expect(withGrain(design, year, 'sales.day.year', null).dimensions).toEqual(['sales.day']);
    expect(withoutWord(year, 'dimensions', 'sales.day.year')).toEqual({ ...empty, dimensions: [] });
  });

  it('moves members and turns an order round before it drops it', () => {
    const query = { ...empty, measures: ['a', 'b', 'c'] };
    expect(withMoved(query, 'measures', 'c', 'a').measures).toEqual(['c', 'a', 'b']);
    expect(withMoved(query, 'measures', 'a', null).measures).toEqual(['b', 'c', 'a']);
    const one = withOrder(query, 'a', true);
    const two = withOrder(one, 'a', true);
    expect([one.order?.[0]?.descending, two.order?.[0]?.descending]).toEqual([true, false]);
    expect(withOrder(two, 'a', true).order).toBeUndefined();
  });

  it('is held to a value and let go by the same gesture; null excludes others', () => {
    const one = withValue(empty, 'sales.region', 'north');
    const two = withValue(one, 'sales.region', 'south');
    expect(two.filters).toEqual([{ member: 'sales.region', operator: 'equals', values: ['north', 'south'] }]);
    expect(withValue(two, 'sales.region', 'south')).toEqual(one);
    expect(withValue(one, 'sales.region', 'north')).toEqual(empty);
    const none = withValue(two, 'sales.region', null);
    expect(none.filters).toEqual([{ member: 'sales.region', operator: 'notSet', values: [] }]);
    expect(isHeld(none, 'sales.region', null)).toBe(true);
    expect(withValue(none, 'sales.region', 'north').filters).toEqual(one.filters);
  });

  it('finds the tables that rows lead to, and not those of which they have many', () => {
    const join = (from: string, to: string, relationship: 'many_to_one' | 'one_to_many' | 'one_to_one') => ({
      from,
      to,
      relationship,
      on: [['id', 'id']] as const,
      extra: {},
    });
    const joined = {
      ...design,
      tables: ['sales', 'people', 'towns', 'lines', 'notes'].map((name) => ({ ...design.tables[0]!, name })),
      joins: [
        join('sales', 'people', 'many_to_one'),
        join('towns', 'people', 'one_to_many'),
        join('lines', 'sales', 'many_to_one'),
        join('notes', 'towns', 'one_to_one'),
      ],
    };
    expect(tablesReached(joined, 'sales').map((t) => t.name)).toEqual(['people', 'towns', 'notes']);
  });

  it('names the rows behind a row, with the filter of its measure', () => {
    const query = {
      ...empty,
      measures: ['sales.total'],
      dimensions: ['sales.region', 'sales.day.month'],
      filters: [
        { member: 'sales.total', operator: 'gt', values: [1] },
        { member: 'sales.region', operator: 'set', values: [] },
      ] as const,
      where: 'id > 1',
    };
    expect(rowsBehind(design, query, columnsOf(design, query), [null, '2024-02-01', 20])).toEqual({
      table: 'sales',
      filters: [
        { member: 'sales.region', operator: 'set', values: [] },
        { member: 'sales.region', operator: 'notSet', values: [] },
        { member: 'sales.day', operator: 'inDateRange', values: ['2024-02-01', '2024-02-29'] },
      ],
      segments: [],
      where: '(pieces > 0) AND (id > 1)',
    });
    expect(rowsBehind(design, { ...query, where: '{total} > 1' }, [], [])?.where).toBe('(pieces > 0)');
    expect(rowsBehind(design, empty, [], [])).toBeNull();
  });
});

describe('stretches of time', () => {
  it.each([
    ['2024-01-01', '2024-03-31', '2023-10-01', '2023-12-31'],
    ['2024-03-01', '2024-03-31', '2024-02-01', '2024-02-29'],
    ['2024-03-04', '2024-03-10', '2024-02-26', '2024-03-03'],
    ['2024-03-04', '2024-03-04', '2024-03-03', '2024-03-03'],
    ['1899-12-31', '1900-01-01', '1899-12-29', '1899-12-30'],
  ])('before %s to %s comes %s to %s', (from, to, first, last) => {
    expect(rangeBefore(from, to)).toEqual({ from: first, to: last });
  });

  it('a range that is none has nothing before it', () => {
    expect(rangeBefore('2024-02-02', '2024-02-01')).toBeNull();
    expect(rangeBefore('soon', '2024-02-01')).toBeNull();
    expect(queryBefore(empty)).toBeNull();
  });

  it('a step of time is from its first to its last instant', () => {
    expect(stretchOf('2024-02-28T17:03:04', 'month')).toEqual(['2024-02-01', '2024-02-29']);
    expect(stretchOf('2024-02-28', 'week')).toEqual(['2024-02-26', '2024-03-03']);
    expect(stretchOf('2024-05-01', 'quarter')).toEqual(['2024-04-01', '2024-06-30']);
    expect(stretchOf('1890-05-01', 'year')).toEqual(['1890-01-01', '1890-12-31']);
    expect(stretchOf('2024-02-28 17:00:00', 'hour')).toEqual([
      '2024-02-28 17:00:00',
      '2024-02-28 17:59:59.999999',
    ]);
    expect(stretchOf('never', 'day')).toBeNull();
    expect(stepOf('1969-12-29', 'week')).toBe(0);
    expect(stepOf('1969-12-28', 'week')).toBe(-1);
  });

  it('reads as its grain', () => {
    const texts = (['year', 'quarter', 'month', 'day', 'minute', null] as const).map((g) =>
      stepText('2024-08-05T17:03:04', g),
    );
    expect(texts).toEqual([
      '2024',
      '2024 Q3',
      '2024-08',
      '2024-08-05',
      '2024-08-05 17:03',
      '2024-08-05 17:03:04',
    ]);
  });

  it('rows of the range before stand beside those of the same place in theirs', () => {
    const query = {
      ...empty,
      measures: ['sales.total'],
      dimensions: ['sales.day.month', 'sales.region'],
      range: { dimension: 'sales.day', from: '2024-03-01', to: '2024-04-30' },
    };
    const now = [
      ['2024-03-01', 'north', 1],
      ['2024-04-01', 'north', 2],
      ['2024-04-01', null, 3],
    ];
    const before = [
      ['2024-02-01', null, 30],
      ['2024-01-01', 'north', 10],
    ];
    expect(besides(query, columnsOf(design, query), now, before)).toEqual([before[1], null, before[0]]);
    expect([changeOf(3, 2), changeOf('1', '-2'), changeOf(1, 0), changeOf(null, 1)]).toEqual([
      0.5,
      1.5,
      null,
      null,
    ]);
  });
});

describe('an answer', () => {
  const columns = (dimensions: string[], measures: string[]) =>
    columnsOf(design, { ...empty, dimensions, measures });

  it('is drawn by what was asked', () => {
    const kind = (dimensions: string[], measures: string[]) =>
      chartFor(columns(dimensions, measures), 'auto');
    expect(kind(['sales.day.month'], ['sales.total'])).toBe('line');
    expect(kind(['sales.region'], ['sales.total', 'sales.rows'])).toBe('bar');
    expect(kind(['sales.region', 'sales.region'], ['sales.total'])).toBe('heat');
    expect(kind([], ['sales.total'])).toBe('table');
    expect(kind(['sales.region'], [])).toBe('table');
    expect(chartFor(columns(['sales.region'], ['sales.total']), 'line')).toBe('bar');
    expect(chartsFor(columns(['sales.region'], ['sales.total', 'sales.rows']))).toContain('scatter');
  });

  it('parts into series, largest first, with places in the order of time', () => {
    const rows = [
      ['2024-02-01', 'south', 5],
      ['2024-01-01', 'north', '40.0'],
      ['2024-02-01', 'north', null],
      [null, 'north', 1],
    ];
    const laid = panelsOf(columns(['sales.day.month', 'sales.region'], ['sales.total']), rows, 50);
    expect(laid.places).toEqual(['2024-01-01', '2024-02-01']);
    expect(laid.panels).toEqual([
      {
        measure: 0,
        series: [
          { name: 'north', values: [40, null] },
          { name: 'south', values: [null, 5] },
        ],
      },
    ]);
  });

  it('turns a dimension into columns', () => {
    const rows = [
      ['a', 2, 10],
      ['b', 1, 20],
      ['a', 1, 30],
      ['a', null, 40],
    ];
    expect(pivot(rows, 1, 2, true)).toEqual({
      heads: [1, 2, null],
      rows: [
        { keys: ['a'], cells: [[30], [10], [40]] },
        { keys: ['b'], cells: [[20], null, null] },
      ],
      left: 0,
    });
    expect(pivot(rows, 1, 2, false, 2)).toMatchObject({ heads: [2, 1], left: 1 });
  });
});
