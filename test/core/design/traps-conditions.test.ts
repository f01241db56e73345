/**
 * Conditions, order and limits of questions over joined tables, beside answers by hand.
 */
import { describe, expect, it } from 'vitest';
import type { MemberFilter, ModelQuery } from '#core/design/query';
import { changed, one, openShop, type Question, queryOf } from '../../support/by-hand';
import { dimension } from '../../support/designs';

const { rows, same } = openShop();

describe('conditions', () => {
  // Over the keys of one table, so that the condition by hand is all there is to compare.
  it.each<readonly [MemberFilter, string]>([
    [{ member: 'orders.status', operator: 'equals', values: ['paid'] }, `status = 'paid'`],
    [{ member: 'orders.status', operator: 'equals', values: ['paid', 'open'] }, `status IN ('paid', 'open')`],
    [{ member: 'orders.status', operator: 'notEquals', values: ['paid'] }, `status IS DISTINCT FROM 'paid'`],
    [
      { member: 'orders.status', operator: 'notEquals', values: ['paid', `o'pen`] },
      `coalesce(status, '') NOT IN ('paid', 'o''pen')`,
    ],
    [{ member: 'orders.status', operator: 'contains', values: ['AI'] }, `instr(lower(status), 'ai') > 0`],
    [{ member: 'orders.status', operator: 'contains', values: ['%_'] }, `instr(status, '%_') > 0`],
    [
      { member: 'orders.status', operator: 'notContains', values: ['AI', '%'] },
      `status IS NULL OR status = 'open'`,
    ],
    [
      { member: 'orders.status', operator: 'startsWith', values: ['P', 'o'] },
      `lower(status[1]) IN ('p', 'o')`,
    ],
    [{ member: 'orders.status', operator: 'endsWith', values: ['OFF'] }, 'id = 8'],
    [{ member: 'orders.status', operator: 'set', values: [] }, 'id <> 4'],
    [{ member: 'orders.status', operator: 'notSet', values: [] }, 'id = 4'],
    [{ member: 'orders.status', operator: 'gt', values: ['open'] }, `status = 'paid'`],
    [{ member: 'orders.amount', operator: 'equals', values: ['5', 7.5] }, 'id IN (3, 9)'],
    [{ member: 'orders.amount', operator: 'notEquals', values: [0] }, 'id <> 8'],
    [{ member: 'orders.amount', operator: 'gt', values: [15] }, 'id IN (2, 6, 7)'],
    [{ member: 'orders.amount', operator: 'gte', values: ['1.5e1'] }, 'id IN (2, 5, 6, 7)'],
    [{ member: 'orders.amount', operator: 'lt', values: [5] }, 'id = 8'],
    [{ member: 'orders.amount', operator: 'lte', values: [5] }, 'id IN (3, 8)'],
    [{ member: 'orders.amount', operator: 'notSet', values: [] }, 'id = 4'],
    [{ member: 'orders.day', operator: 'equals', values: ['2024-02-03'] }, 'id = 3'],
    [
      { member: 'orders.day', operator: 'inDateRange', values: ['2024-01-20', '2024-02-10'] },
      'id IN (2, 3, 4)',
    ],
    [
      { member: 'orders.day', operator: 'notInDateRange', values: ['2024-01-20', '2024-02-28'] },
      'id IN (1, 7, 8, 9)',
    ],
    [{ member: 'orders.day', operator: 'beforeDate', values: ['2024-01-20'] }, 'id = 1'],
    [{ member: 'orders.day', operator: 'afterDate', values: ['2024-03-01'] }, 'id IN (8, 9)'],
    [{ member: 'orders.day', operator: 'set', values: [] }, 'id <> 5'],
    [{ member: 'orders.day', operator: 'gte', values: ['2024-03-01'] }, 'id IN (7, 8, 9)'],
    [{ member: 'customers.valued', operator: 'equals', values: [true] }, 'customer_id IN (1, 3, 6)'],
    [{ member: 'customers.valued', operator: 'equals', values: ['false'] }, 'customer_id = 2'],
    [
      { member: 'customers.valued', operator: 'notEquals', values: ['true'] },
      'coalesce(customer_id, 0) NOT IN (1, 3, 6)',
    ],
    [{ member: 'customers.valued', operator: 'notSet', values: [] }, 'id IN (6, 7, 9)'],
    [{ member: 'orders.country', operator: 'equals', values: [`it's`] }, 'id = 8'],
    [{ member: 'customers.country', operator: 'notEquals', values: ['DE'] }, 'id > 4'],
    [{ member: 'regions.label', operator: 'notSet', values: [] }, 'id > 5'],
    [{ member: 'regions.place', operator: 'lt', values: [3] }, 'id < 5'],
    [{ member: 'customers.id', operator: 'equals', values: [1, 99] }, 'customer_id = 1'],
  ])('on rows: %j', async (filter, byHand) => {
    await same({ dimensions: ['orders.id'], filters: [filter] }, `SELECT id FROM orders WHERE ${byHand}`);
    await same(
      { measures: ['orders.rows', 'customers.rows'], filters: [filter] },
      `SELECT (SELECT count(*) FROM orders WHERE ${byHand}),
        (SELECT count(*) FROM customers WHERE id IN (SELECT customer_id FROM orders WHERE ${byHand}))`,
    );
  });

  it('on figures that are times or texts', async () => {
    const latest = one('orders.latest', 'afterDate', '2024-02-10');
    await same(
      { dimensions: ['orders.status'], ...latest },
      `SELECT status FROM (SELECT DISTINCT status FROM orders) g
      WHERE (SELECT max(day) FROM orders o WHERE o.status IS NOT DISTINCT FROM g.status) > DATE '2024-02-10'`,
    );
  });

  it('on the text of a number', async () => {
    await same(
      { dimensions: ['orders.id'], ...one('orders.amount', 'startsWith', '1') },
      'SELECT unnest([1, 5])',
    );
    await same(
      { dimensions: ['orders.id'], ...one('customers.id', 'notContains', '9') },
      'SELECT id FROM orders',
    );
  });

  it('on a number that the design calls a text', async () => {
    const word = dimension('word', { column: 'id' });
    const design = changed('orders', (t) => ({ ...t, dimensions: [...t.dimensions, word] }));
    for (const [operator, value, byHand] of [
      ['equals', 'seven', 'false'],
      ['notEquals', '7', 'id <> 7'],
      ['endsWith', '7', 'id = 7'],
    ] as const)
      await same(
        { dimensions: ['orders.id'], ...one('orders.word', operator, value) },
        `SELECT id FROM orders WHERE ${byHand}`,
        design,
      );
  });

  it('a day ends with its last instant', async () => {
    const january = one('tickets.opened', 'inDateRange', '2024-01-01', '2024-01-31');
    await same({ dimensions: ['tickets.id'], ...january }, 'SELECT unnest([1, 2])');
    await same(
      { dimensions: ['tickets.id'], ...one('opened', 'afterDate', '2024-01-31') },
      'SELECT unnest([3, 4, 5, 7])',
    );
    const moment = one('opened', 'beforeDate', '2024-01-31T23:59:59.5Z');
    await same({ dimensions: ['tickets.id'], ...moment }, 'SELECT 1');
  });

  it.each<Question>([
    [
      'a filter on a measure acts on groups, also on one that is not asked for',
      {
        measures: ['orders.rows'],
        dimensions: ['orders.status'],
        filters: [
          { member: 'orders.total', operator: 'notSet', values: [] },
          { member: 'orders.rows', operator: 'equals', values: [1, 2] },
        ],
      },
      'SELECT NULL, 1',
    ],
    [
      'a filter on a measure of a table that is multiplied',
      {
        measures: ['orders.total'],
        dimensions: ['orders.status'],
        filters: [{ member: 'customers.limits', operator: 'gt', values: [200] }],
      },
      `SELECT status, (SELECT sum(amount) FROM orders o WHERE o.status = g.status) FROM (SELECT DISTINCT status FROM orders) g
      WHERE (SELECT sum("limit") FROM customers WHERE id IN (SELECT customer_id FROM orders o WHERE o.status = g.status)) > 200`,
    ],
    [
      'notEquals on a measure keeps groups whose figure is null',
      {
        dimensions: ['orders.status'],
        filters: [{ member: 'orders.german_total', operator: 'notEquals', values: [30] }],
      },
      `SELECT DISTINCT status FROM orders WHERE status IS DISTINCT FROM 'open'`,
    ],
    [
      'a segment of another table, and one that names another',
      {
        measures: ['items.rows'],
        dimensions: ['items.sku'],
        segments: ['orders.paid', 'customers.northerners'],
      },
      `SELECT sku, (SELECT count(*) FROM my_items i WHERE i.sku = g.sku AND lower(status) = 'paid' AND label = 'North')
      FROM (SELECT DISTINCT sku FROM my_items WHERE lower(status) = 'paid' AND label = 'North') g`,
    ],
    [
      'a segment of a table that leads to the asked one makes its rows the rows',
      { measures: ['customers.limits'], segments: ['tickets.long'] },
      `SELECT (SELECT sum("limit") FROM customers WHERE id IN (SELECT customer_id FROM tickets WHERE minutes > 5))`,
    ],
    [
      'a segment whose text names what is looked up, with null for none',
      { dimensions: ['orders.id'], segments: ['abroad'] },
      `SELECT id FROM orders WHERE customer_id IN (SELECT id FROM customers WHERE country <> 'DE')`,
    ],
    [
      'words over columns and members of two tables',
      {
        measures: ['orders.rows'],
        dimensions: ['customers.country'],
        where: `amount > 5 AND ({customers.country} = 'DE' OR {regions.label} IS NULL) OR {status} = '50%_off'`,
      },
      `WITH o AS (SELECT * FROM my_orders WHERE (amount > 5 AND (country = 'DE' OR label IS NULL)) OR id = 8)
      SELECT country, (SELECT count(*) FROM o WHERE o.country IS NOT DISTINCT FROM g.country) FROM (SELECT DISTINCT country FROM o) g`,
    ],
    [
      'words that only the second table has as its own',
      {
        measures: ['orders.rows'],
        dimensions: ['customers.country'],
        where: `"limit" > 60 AND {customers.valued}`,
      },
      `SELECT country, (SELECT count(*) FROM my_orders o WHERE o.country = g.country AND customer_id IN (1, 6))
      FROM (SELECT unnest(['DE', 'it''s']) AS country) g`,
    ],
    [
      'words over measures hold for groups',
      {
        measures: ['orders.total', 'customers.rows'],
        dimensions: ['orders.channel_name'],
        where: '{total} > 20 AND {customers.rows} >= 2',
      },
      `SELECT channel, (SELECT sum(amount) FROM orders o WHERE o.channel = g.channel),
        (SELECT count(*) FROM customers WHERE id IN (SELECT customer_id FROM orders o WHERE o.channel = g.channel))
      FROM (SELECT DISTINCT channel FROM orders) g
      WHERE (SELECT sum(amount) FROM orders o WHERE o.channel = g.channel) > 20
        AND (SELECT count(*) FROM customers WHERE id IN (SELECT customer_id FROM orders o WHERE o.channel = g.channel)) >= 2`,
    ],
    [
      'nothing is left',
      { measures: ['orders.total', 'customers.rows', 'orders.plus_one'], where: 'amount > 1000' },
      'SELECT NULL, 0, 1',
    ],
  ])('%s', (_, asked, byHand) => {
    const channel = dimension('channel_name', { column: 'channel' });
    const design = changed('orders', (t) => ({ ...t, dimensions: [...t.dimensions, channel] }));
    return same(asked, byHand, design);
  });
});

describe('order and limits', () => {
  const firsts = async (asked: Partial<ModelQuery>) => (await rows(queryOf(asked).sql)).map((row) => row[0]);
  const asked = { measures: ['orders.total', 'customers.rows'], dimensions: ['orders.status'] };

  it('the largest of the first measure first, and null last', async () => {
    // paid 37.5, open 70, none null, PAID 20, 50%_off 0.
    expect(await firsts(asked)).toEqual(['open', 'paid', 'PAID', '50%_off', null]);
  });

  it('as asked for, null last in both directions', async () => {
    const by = (member: string, descending: boolean) => ({ ...asked, order: [{ member, descending }] });
    expect(await firsts(by('orders.total', false))).toEqual(['50%_off', 'PAID', 'paid', 'open', null]);
    expect(await firsts(by('status', true))).toEqual(['paid', 'open', 'PAID', '50%_off', null]);
    const two = [
      { member: 'customers.rows', descending: true },
      { member: 'orders.status', descending: false },
    ];
    // Customers: paid 1, 2, 3, 4; open 1; none 2; PAID none; 50%_off 6.
    expect(await firsts({ ...asked, order: two })).toEqual(['paid', '50%_off', 'open', null, 'PAID']);
  });

  it('from an offset, so many at most', async () => {
    expect(await firsts({ ...asked, limit: 2, offset: 1 })).toEqual(['paid', 'PAID']);
    expect(await firsts({ ...asked, limit: 0 })).toEqual([]);
    expect(await firsts({ ...asked, offset: 4 })).toEqual([null]);
  });

  it('times run forward, and can be ordered by the word that asked for them', async () => {
    const months = await firsts({ measures: ['orders.rows'], dimensions: ['orders.day.month'] });
    const days = ['2024-01-01', '2024-02-01', '2024-03-01', '2025-01-01'];
    expect(months.map((m) => (m === null ? null : String(m).slice(0, 10)))).toEqual([...days, null]);
    const back = await firsts({
      dimensions: ['orders.day.month'],
      order: [{ member: 'orders.day.month', descending: true }],
    });
    expect(back.map((m) => (m === null ? null : String(m).slice(0, 10)))).toEqual([...days.reverse(), null]);
  });
});
