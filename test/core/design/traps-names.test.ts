/**
 * Names that stand in one another’s way, members by themselves, and questions over joined tables that have no answer.
 */
import { describe, expect, it } from 'vitest';
import type { Design, DesignTable, MemberRef } from '#core/design/design';
import {
  breakdownQuery,
  dimensionQuery,
  type MemberFilter,
  type ModelQuery,
  valueQuery,
} from '#core/design/query';
import { changed, codeOf, openShop, queryOf } from '../../support/by-hand';
import { dimension, measure, segment } from '../../support/designs';
import { shop } from '../../support/shop';

const { run, rows, same } = openShop();

describe('names of columns that stand in the way', () => {
  it('a column named as a key of a part, and one named as a table', async () => {
    await run(
      `CREATE OR REPLACE TABLE odd AS SELECT id AS k, "limit" AS "odd key", country AS "orders", 7 AS "found" FROM customers`,
    );
    const columns = ['k', 'odd key', 'orders', 'found'].map((name) => ({ name, type: 'INTEGER' }));
    const odd: DesignTable = {
      ...shop.tables[0]!,
      name: 'odd',
      source: 'odd',
      grain: ['k'],
      dimensions: [
        dimension('place', { column: 'orders' }),
        dimension('both', { expression: `"orders" || {orders.status}` }),
      ],
      measures: [
        measure('keys', { expression: '"odd key" + 0' }),
        measure('found', { column: 'found', aggregation: 'max' }),
      ],
      segments: [],
    };
    const source = { name: 'odd', path: '/data/odd.csv', format: 'csv', columns, extra: {} } as const;
    const design: Design = {
      ...shop,
      sources: [...shop.sources, source],
      tables: [...shop.tables, odd],
      joins: [
        ...shop.joins,
        { from: 'orders', to: 'odd', relationship: 'many_to_one', on: [['customer_id', 'k']], extra: {} },
      ],
    };
    await same(
      { measures: ['orders.rows', 'odd.keys', 'odd.found'], dimensions: ['odd.place'] },
      `SELECT country, (SELECT count(*) FROM my_orders o WHERE o.country IS NOT DISTINCT FROM g.country),
        (SELECT sum("limit") FROM customers c WHERE c.country IS NOT DISTINCT FROM g.country AND id IN (SELECT customer_id FROM orders)),
        CASE WHEN EXISTS (SELECT 1 FROM customers c WHERE c.country IS NOT DISTINCT FROM g.country AND id IN (SELECT customer_id FROM orders)) THEN 7 END
      FROM (SELECT DISTINCT country FROM my_orders) g`,
      design,
    );
    await same(
      { measures: ['orders.rows'], dimensions: ['odd.both'] },
      `SELECT s, (SELECT count(*) FROM my_orders o WHERE country || status IS NOT DISTINCT FROM s)
      FROM (SELECT DISTINCT country || status AS s FROM my_orders)`,
      design,
    );
  });
});

it('logical tables that have the names of one another’s sources', async () => {
  const swapped = (name: string) =>
    name === 'orders' ? 'customers' : name === 'customers' ? 'orders' : name;
  const design: Design = {
    ...shop,
    tables: shop.tables.flatMap((t) =>
      t.name === 'orders'
        ? [
            {
              ...t,
              name: 'customers',
              source: 'orders',
              dimensions: t.dimensions.filter((d) => d.column !== ''),
              measures: t.measures.slice(0, 9),
              segments: [],
            },
          ]
        : t.name === 'customers'
          ? [
              {
                ...t,
                name: 'orders',
                source: 'customers',
                dimensions: t.dimensions.filter((d) => d.column !== ''),
                measures: t.measures.slice(0, 5),
                segments: [segment('french', `{TABLE}.country = 'FR'`)],
              },
            ]
          : [],
    ),
    joins: shop.joins
      .filter((j) => j.from === 'orders' && j.to === 'customers')
      .map((j) => ({ ...j, from: swapped(j.from), to: swapped(j.to) })),
  };
  await same(
    {
      measures: ['customers.total', 'orders.limits'],
      dimensions: ['customers.status'],
      segments: ['orders.french'],
    },
    `SELECT 'paid', 15, NULL`,
    design,
  );
});

it('a member by itself finds other tables as a question does', async () => {
  const ref = (table: string, kind: MemberRef['kind'], name: string): MemberRef => ({ table, kind, name });
  // Ann and Cem, and the customer without a key, live in the north.
  expect(await rows(valueQuery(shop, ref('customers', 'measure', 'northern')))).toEqual([['3', '3', '7']]);
  expect(await rows(valueQuery(shop, ref('customers', 'segment', 'northerners')))).toEqual([['3', '3', '7']]);
  expect(await rows(breakdownQuery(shop, ref('customers', 'measure', 'northern'), 'region_label'))).toEqual([
    ['North', '3', '3', '3'],
    ['South', '0', '0', '3'],
    [null, '0', '0', '3'],
  ]);
  expect(await rows(dimensionQuery(shop, ref('orders', 'dimension', 'region')))).toEqual([
    ['2', '4', '9', 'North', '3'],
    ['2', '4', '9', 'South', '2'],
  ]);
  expect(codeOf(() => dimensionQuery(shop, ref('customers', 'dimension', 'shown')))).toBe(
    'tables-not-joined',
  );
});

describe('problems', () => {
  const day = (
    operator: MemberFilter['operator'],
    ...values: MemberFilter['values']
  ): Partial<ModelQuery> => ({
    dimensions: ['orders.id'],
    filters: [{ member: 'orders.day', operator, values }],
  });
  const filter = (member: string, ...values: MemberFilter['values']): Partial<ModelQuery> => ({
    dimensions: ['orders.id'],
    filters: [{ member, operator: 'gt', values }],
  });
  it.each<readonly [string, Partial<ModelQuery>, string]>([
    [
      'no path to a dimension',
      { measures: ['weather.rows'], dimensions: ['orders.status'] },
      'tables-not-joined',
    ],
    [
      'one fact by the dimension of another',
      { measures: ['orders.rows', 'tickets.rows'], dimensions: ['tickets.topic'] },
      'tables-not-joined',
    ],
    [
      'a condition that one fact cannot have',
      { measures: ['orders.rows', 'tickets.rows'], segments: ['tickets.long'] },
      'tables-not-joined',
    ],
    ['no key of a table that is multiplied', { measures: ['orders.rows', 'channels.fees'] }, 'key-missing'],
    ['a name that two tables have', { measures: ['rows'] }, 'member-missing'],
    ['a dimension that two tables have', { dimensions: ['status'] }, 'member-missing'],
    ['a condition on a name that two tables have', filter('country', 'DE'), 'member-missing'],
    [
      'an order by what was not asked',
      { dimensions: ['orders.id'], order: [{ member: 'status', descending: true }] },
      'member-missing',
    ],
    ['a part of something that is no time', { dimensions: ['orders.status.month'] }, 'member-missing'],
    ['a word for no number', filter('orders.amount', 'much'), 'filter-invalid'],
    ['a filter without a value', filter('orders.amount'), 'filter-invalid'],
    ['a word for no day', day('beforeDate', 'soon'), 'filter-invalid'],
    ['a word for no time', day('equals', 'soon'), 'filter-invalid'],
    ['a day that its month does not have', day('lt', '2023-02-29'), 'filter-invalid'],
    ['an hour that no day has', day('inDateRange', '2024-01-01', '2024-01-01 24:00'), 'filter-invalid'],
    [
      'measures and columns in one condition',
      { measures: ['orders.total'], where: '{orders.total} > 3 AND {orders.status} IS NULL' },
      'filter-invalid',
    ],
  ])('%s', (_, asked, code) => expect(codeOf(() => queryOf(asked))).toBe(code));

  const expression = (text: string) =>
    changed('customers', (t) => ({
      ...t,
      measures: [...t.measures, measure('made', { aggregation: 'expression', expression: text })],
    }));
  it.each([
    ['{orders.total} / count(*)', 'expression-invalid'],
    ['{orders.total} / "limit"', 'expression-invalid'],
    ['{orders.total} / {country}', 'expression-invalid'],
    ['{orders.total} / {orders.status}', 'expression-invalid'],
    ['{orders.total} / {orders.gone}', 'member-missing'],
    ['{orders.total} / {gone}', 'member-missing'],
    ['{orders.total} / (SELECT 1)', 'expression-unsafe'],
    ['{orders.total} + {made}', 'expression-circular'],
    ['{made} + 1', 'expression-circular'],
    ['sum({orders.total})', 'expression-invalid'],
  ])('of a measure made of %s', (text, code) => {
    expect(codeOf(() => queryOf({ measures: ['customers.made'] }, expression(text)))).toBe(code);
  });

  it('a circle of measures across tables', () => {
    const across = changed(
      'orders',
      (t) => ({
        ...t,
        measures: [
          ...t.measures,
          measure('back', { aggregation: 'expression', expression: '1 + {customers.made}' }),
        ],
      }),
      expression('{orders.back} * 2'),
    );
    expect(codeOf(() => queryOf({ measures: ['orders.back'] }, across))).toBe('expression-circular');
  });

  it('a circle of dimensions across tables', () => {
    const design = changed(
      'orders',
      (t) => ({
        ...t,
        dimensions: [...t.dimensions, dimension('round', { expression: '{customers.round}' })],
      }),
      changed('customers', (t) => ({
        ...t,
        dimensions: [...t.dimensions, dimension('round', { expression: '{orders.round}' })],
      })),
    );
    expect(codeOf(() => queryOf({ dimensions: ['orders.round'] }, design))).toBe('expression-circular');
  });

  it('a condition on a name that is a measure of one table and a dimension of another', () => {
    const design = changed('tickets', (t) => ({
      ...t,
      dimensions: [...t.dimensions, dimension('filled', { column: 'minutes', type: 'number' })],
    }));
    expect(codeOf(() => queryOf(filter('filled', 1), design))).toBe('member-missing');
    expect(codeOf(() => queryOf(filter('orders.filled', 1), design))).toBe('none');
  });
});
