import { describe, expect, it } from 'vitest';
import type { Design, Join } from '#core/design/design';
import { applyEdit, type Edit, editWords } from '#core/design/edit';
import type { ModelQuery } from '#core/design/query';
import { dimension, measure, salesDesign, segment, table } from '../../support/designs';

const base = salesDesign({
  dimensions: [dimension('region', { column: 'region' }), dimension('big', { expression: '{total} > 1' })],
  measures: [
    measure('total', { column: 'amount', filter: `{region} = '{region}'` }),
    measure('rows', { aggregation: 'count' }),
    measure('share', { aggregation: 'ratio', numerator: 'total', denominator: 'rows' }),
    measure('twice', { aggregation: 'expression', expression: '2 * {TABLE.total} + {others.total}' }),
  ],
  segments: [segment('north', `{region} = 'north'`)],
});
const design: Design = {
  ...base,
  tables: [
    ...base.tables,
    table('others', {
      source: 'sales',
      measures: [
        measure('total', { column: 'amount' }),
        measure('m', { aggregation: 'expression', expression: '{sales.total} - {total}' }),
      ],
    }),
  ],
  joins: [{ from: 'others', to: 'sales', relationship: 'many_to_one', on: [['id', 'id']], extra: {} }],
};

const rename = (name: string, to: string, table = 'sales'): Edit => ({
  verb: 'change-measure',
  table,
  name,
  change: { name: to },
});

describe('applyEdit', () => {
  it('lets every reference follow a renamed member, and no other text', () => {
    const after = applyEdit(design, rename('total', 'revenue'));
    const [sales, others] = after.tables;
    expect(sales?.measures.map((m) => m.name)).toEqual(['revenue', 'rows', 'share', 'twice']);
    expect(sales?.measures[2]?.numerator).toBe('revenue');
    expect(sales?.measures[3]?.expression).toBe('2 * {TABLE.revenue} + {others.total}');
    expect(sales?.dimensions[1]?.expression).toBe('{revenue} > 1');
    expect(others?.measures[1]?.expression).toBe('{sales.revenue} - {total}');
    const regions = applyEdit(after, {
      verb: 'change-dimension',
      table: 'sales',
      name: 'region',
      change: { name: 'area' },
    });
    expect(regions.tables[0]?.measures[0]?.filter).toBe(`{area} = '{region}'`);
    expect(regions.tables[0]?.segments[0]?.condition).toBe(`{area} = 'north'`);
  });

  it('renaming back gives an equal design', () => {
    expect(applyEdit(applyEdit(design, rename('total', 'x')), rename('x', 'total'))).toEqual(design);
  });

  it('lets joins and references follow a renamed table, and keeps its source', () => {
    const after = applyEdit(design, { verb: 'change-table', table: 'sales', change: { name: 'orders' } });
    expect(after.tables[0]).toMatchObject({ name: 'orders', source: 'sales' });
    expect(after.tables[1]?.measures[1]?.expression).toBe('{orders.total} - {total}');
    expect(after.joins[0]).toMatchObject({ from: 'others', to: 'orders' });
  });

  it.each<[string, Edit]>([
    [
      'a title that is the same',
      { verb: 'change-measure', table: 'sales', name: 'total', change: { title: '' } },
    ],
    ['a grain that is the same', { verb: 'change-table', table: 'sales', change: { grain: [] } }],
    ['no parts', { verb: 'together', words: 'nothing', edits: [] }],
    ['a member before itself', { verb: 'move-member', member: ref('measure', 'rows'), before: 'rows' }],
    ['a member to where it is', { verb: 'move-member', member: ref('measure', 'twice'), before: null }],
    ['the same source again', { verb: 'add-source', source: design.sources[0]! }],
    ['a join that is there', { verb: 'add-join', join: design.joins[0]! }],
    ['a design of the same name', { verb: 'rename-design', name: 'shop' }],
  ])('answers the very same design for %s', (_, edit) => {
    expect(applyEdit(design, edit)).toBe(design);
  });

  it.each<[string, Edit]>([
    ['a missing table', { verb: 'change-table', table: 'x', change: {} }],
    ['a missing member', { verb: 'remove-member', member: ref('measure', 'x') }],
    ['a missing source', { verb: 'remove-source', source: 'x' }],
    ['a name that a measure has', rename('total', 'rows')],
    ['a name that a dimension has', rename('total', 'region')],
    ['a second table of a name', { verb: 'change-table', table: 'sales', change: { name: 'others' } }],
    [
      'another file under a taken name',
      { verb: 'add-source', source: { ...design.sources[0]!, path: '/x.csv' } },
    ],
  ])('throws a RangeError for %s', (_, edit) => {
    expect(() => applyEdit(design, edit)).toThrow(RangeError);
  });

  it('adds a table over a new source under a legal name, and takes both and their joins away again', () => {
    const source = { ...design.sources[0]!, name: '2024 sales!', path: '/b.csv' };
    const added = applyEdit(design, { verb: 'add-source', source });
    expect(added.tables[2]).toMatchObject({
      name: 'n_2024_sales',
      source: '2024 sales!',
      title: 'N 2024 sales',
    });
    expect(applyEdit(added, { verb: 'remove-source', source: '2024 sales!' })).toEqual(design);
    expect(applyEdit(design, { verb: 'remove-source', source: 'sales' })).toMatchObject({
      sources: [],
      tables: [],
      joins: [],
    });
  });

  it('moves a member before another', () => {
    const after = applyEdit(design, { verb: 'move-member', member: ref('measure', 'twice'), before: 'rows' });
    expect(after.tables[0]?.measures.map((m) => m.name)).toEqual(['total', 'twice', 'rows', 'share']);
  });

  it('keeps one dismissal of a column, with the last reason', () => {
    const dismiss = (reason: string): Edit => ({ verb: 'dismiss', table: 'sales', column: 'id', reason });
    const after = applyEdit(applyEdit(design, dismiss('')), dismiss('not needed'));
    expect(after.tables[0]?.dismissed).toEqual([{ column: 'id', reason: 'not needed' }]);
  });

  it('mutes an alert once, with the last reason, and takes that back', () => {
    const mute = (column: string | null, reason: string): Edit => ({
      verb: 'mute',
      table: 'sales',
      alert: { code: 'duplicates', column, reason },
    });
    const after = [mute(null, ''), mute('id', 'known'), mute(null, 'a log')].reduce(applyEdit, design);
    expect(after.tables[0]?.muted).toEqual([
      { code: 'duplicates', column: null, reason: 'a log' },
      { code: 'duplicates', column: 'id', reason: 'known' },
    ]);
    const unmute: Edit = { verb: 'unmute', table: 'sales', alert: { code: 'duplicates', column: null } };
    expect(applyEdit(after, unmute).tables[0]?.muted.map((m) => m.column)).toEqual(['id']);
    expect(applyEdit(design, unmute)).toBe(design);
  });

  it('keeps explorations, changes and removes them, and lets them follow names', () => {
    const query: ModelQuery = {
      measures: ['sales.total'],
      dimensions: ['sales.day.month'],
      segments: [],
      filters: [{ member: 'sales.total', operator: 'gt', values: [1] }],
      order: [{ member: 'sales.total', descending: true }],
      where: '{sales.total} > 2',
    };
    const exploration = {
      name: 'monthly',
      title: 'Monthly',
      query,
      chart: 'auto',
      pivot: '',
      compare: false,
      extra: {},
    } as const;
    const kept = applyEdit(design, { verb: 'add-exploration', exploration });
    expect(kept.explorations).toEqual([exploration]);
    expect(() => applyEdit(kept, { verb: 'add-exploration', exploration })).toThrow('taken');
    const change: Edit = { verb: 'change-exploration', name: 'monthly', change: { chart: 'bar' } };
    expect(applyEdit(kept, change).explorations[0]?.chart).toBe('bar');
    expect(applyEdit(kept, { ...change, change: { chart: 'auto' } })).toBe(kept);
    expect(applyEdit(kept, rename('total', 'revenue')).explorations[0]?.query).toEqual({
      ...query,
      measures: ['sales.revenue'],
      filters: [{ member: 'sales.revenue', operator: 'gt', values: [1] }],
      order: [{ member: 'sales.revenue', descending: true }],
      where: '{sales.revenue} > 2',
    });
    const moved = applyEdit(kept, { verb: 'change-table', table: 'sales', change: { name: 'orders' } });
    expect(moved.explorations[0]?.query.dimensions).toEqual(['orders.day.month']);
    expect(moved.explorations[0]?.query.where).toBe('{orders.total} > 2');
    expect(applyEdit(kept, { verb: 'remove-exploration', name: 'monthly' })).toEqual(design);
    expect(() => applyEdit(design, change)).toThrow('no exploration monthly');
    expect(editWords(change, kept)).toBe('changed the exploration Monthly');
    expect(editWords({ ...change, change: { title: 'By month' } }, kept)).toBe(
      'renamed an exploration to By month',
    );
    expect(editWords({ verb: 'remove-exploration', name: 'monthly' }, kept)).toBe(
      'removed the exploration Monthly',
    );
    expect(editWords({ verb: 'add-exploration', exploration }, design)).toBe('kept the exploration Monthly');
  });

  it('changes a join where it stands, and refuses one that is not there', () => {
    const join = design.joins[0]!;
    const other: Join = { ...join, relationship: 'one_to_one' };
    const two = applyEdit(design, { verb: 'add-join', join: other });
    const keys: Join['on'] = [
      ['id', 'id'],
      ['day', 'week'],
    ];
    const after = applyEdit(two, { verb: 'change-join', join: structuredClone(join), change: { on: keys } });
    expect(after.joins).toEqual([{ ...join, on: keys }, other]);
    expect(after.tables).toBe(two.tables);
    expect(applyEdit(two, { verb: 'change-join', join, change: { on: join.on } })).toBe(two);
    expect(
      applyEdit(two, { verb: 'change-join', join, change: { relationship: 'one_to_one' } }).joins,
    ).toEqual([other]);
    const gone: Edit = { verb: 'change-join', join: { ...join, on: keys }, change: { from: 'sales' } };
    expect(() => applyEdit(design, gone)).toThrow('no join of others and sales');
    expect(() => applyEdit(design, { ...gone, join, change: { from: 'nobody' } })).toThrow('no table nobody');
  });

  it('leaves the parts that an edit does not touch the same objects', () => {
    const after = applyEdit(design, rename('rows', 'lines'));
    expect(after.tables[1]).toBe(design.tables[1]);
    expect(after.sources).toBe(design.sources);
  });
});

describe('editWords', () => {
  it.each<[Edit, string]>([
    [{ verb: 'add-measure', table: 'sales', measure: measure('total_spend', {}) }, 'drafted total_spend'],
    [rename('total', 'revenue'), 'renamed total to revenue'],
    [
      { verb: 'add-source', source: { ...design.sources[0]!, path: 'C:\\d\\transactions.csv' } },
      'opened transactions.csv',
    ],
    [
      { verb: 'change-measure', table: 'sales', name: 'total', change: { filter: 'x', title: '' } },
      'changed the filter of total',
    ],
    [{ verb: 'dismiss', table: 'sales', column: 'week', reason: '' }, 'dismissed the suggestion for week'],
    [
      { verb: 'mute', table: 'sales', alert: { code: 'gaps', column: 'day', reason: '' } },
      'muted an alert of day',
    ],
    [{ verb: 'unmute', table: 'sales', alert: { code: 'empty', column: null } }, 'unmuted an alert of sales'],
    [
      { verb: 'change-measure', table: 'sales', name: 'total', change: { aggregation: 'avg' } },
      'made total an average',
    ],
    [{ verb: 'remove-member', member: ref('measure', 'total') }, 'removed total'],
    [{ verb: 'remove-join', join: design.joins[0]! }, 'took apart others and sales'],
    [
      { verb: 'change-join', join: design.joins[0]!, change: { relationship: 'one_to_many' } },
      'made the join of others and sales one to many',
    ],
    [
      {
        verb: 'change-join',
        join: design.joins[0]!,
        change: {
          on: [
            ['id', 'sale'],
            ['day', 'day'],
          ],
        },
      },
      'joined others and sales by id = sale and day',
    ],
    [
      { verb: 'change-join', join: design.joins[0]!, change: { from: 'sales', to: 'others' } },
      'changed the join of others and sales',
    ],
    [{ verb: 'change-table', table: 'sales', change: { grain: ['id'] } }, 'changed the grain of sales'],
    [{ verb: 'rename-design', title: 'Shop' }, 'changed the title of the design'],
    [{ verb: 'together', words: 'drafted 3 measures', edits: [] }, 'drafted 3 measures'],
  ])('%o: %s', (edit, words) => {
    expect(editWords(edit, design)).toBe(words);
  });
});

function ref(kind: 'measure' | 'dimension', name: string) {
  return { table: 'sales', kind, name } as const;
}

it('a derived table is a source: added, asked otherwise and closed by the edits of sources', () => {
  const source = {
    name: 'product',
    path: '',
    format: 'query' as const,
    query: 'FROM sales',
    columns: [],
    extra: {},
  };
  const add: Edit = { verb: 'add-source', source };
  const after = applyEdit(design, add);
  expect(after.tables.at(-1)).toMatchObject({ name: 'product', source: 'product' });
  expect(editWords(add, design)).toBe('derived product from a query');
  const change: Edit = {
    verb: 'change-source',
    source: 'product',
    change: { query: 'SELECT 1', columns: [{ name: '1', type: 'INTEGER' }] },
  };
  expect(applyEdit(after, change).sources.at(-1)?.query).toBe('SELECT 1');
  expect(editWords(change, after)).toBe('changed the query of product');
  expect(applyEdit(after, { verb: 'remove-source', source: 'product' })).toEqual(design);
  expect(() => applyEdit(design, { verb: 'add-source', source: { ...source, name: 'sales' } })).toThrow(
    'taken',
  );
});
