/**
 * A shop whose joined tables hold every trap: orphans both ways, null keys and values, parents without children, two facts over
 * one dimension, a bridge, one-to-one tables, one source in two roles, a table without rows, labels that stand twice, and
 * columns named as keywords or as columns of other tables.
 */
import { type Design, type DesignTable, emptyDesign, type Join } from '#core/design/design';
import { dimension, measure, segment, table } from './designs';

export const shopRows: readonly string[] = [
  `CREATE TABLE regions AS FROM (VALUES
    ('n', 'North', 1), ('s', 'South', 2), ('x', 'North', 3), ('z', NULL, 4), (NULL, 'Nowhere', 5)
  ) AS t(code, label, "order")`,
  `CREATE TABLE customers AS FROM (VALUES
    (1, 'Ann O''Hara', 'DE', 'n', 100, DATE '2023-12-01'), (2, 'Bob "B" Blank', 'DE', 's', 50, NULL),
    (3, 'Cem', 'FR', 'x', NULL, DATE '2024-02-29'), (4, 'Dee', NULL, 'q', 70, DATE '2024-01-01'),
    (5, 'Eve; no orders --', 'FR', NULL, 30, DATE '2020-05-05'), (6, 'Ann O''Hara', 'it''s', 'z', 100, DATE '2023-12-01'),
    (NULL, 'Nobody', 'FR', 'n', 999, NULL)
  ) AS t(id, "full name", country, region, "limit", since)`,
  `CREATE TABLE orders AS FROM (VALUES
    (1, 1, DATE '2024-01-05', DATE '2024-01-07', 'paid', 10.0, 'web'),
    (2, 1, DATE '2024-01-20', NULL, 'open', 30.0, 'web'),
    (3, 2, DATE '2024-02-03', DATE '2024-02-03', 'paid', 5.0, 'shop'),
    (4, 2, DATE '2024-02-10', DATE '2024-03-01', NULL, NULL, 'web'),
    (5, 3, NULL, DATE '2024-02-10', 'paid', 15.0, NULL),
    (6, 99, DATE '2024-02-28', DATE '2024-03-02', 'open', 40.0, 'fax'),
    (7, NULL, DATE '2024-03-01', NULL, 'PAID', 20.0, 'shop'),
    (8, 6, DATE '2024-03-15', DATE '2024-03-15', '50%_off', 0.0, 'web'),
    (9, 4, DATE '2025-01-01', DATE '2024-01-05', 'paid', 7.5, 'shop')
  ) AS t(id, customer_id, day, shipped, status, amount, channel)`,
  `CREATE TABLE items AS FROM (VALUES
    (1, 1, 'a', 2, 1.5), (1, 2, 'b', 1, 4.0), (2, 1, 'a', 3, 1.5), (3, 1, NULL, 1, 2.0), (3, 2, 'zz', NULL, 9.0),
    (4, 1, 'b', 4, NULL), (77, 1, 'a', 5, 1.0), (NULL, 1, 'c', 6, 1.0), (8, 1, 'c', 0, 3.0)
  ) AS t(order_id, line, sku, pieces, price)`,
  `CREATE TABLE products AS FROM (VALUES
    ('a', 'It''s "A"', 1.0), ('b', 'Bee', NULL), ('c', 'Bee', 3.0), ('d', 'Never sold', 4.0)
  ) AS t(sku, title, cost)`,
  `CREATE TABLE tags AS FROM (VALUES
    ('t1', 'new'), ('t2', 'sale'), ('t3', 'sale'), ('t4', NULL), ('t5', 'unused')) AS t(tag, word)`,
  `CREATE TABLE product_tags AS FROM (VALUES
    ('a', 't1'), ('a', 't2'), ('a', 't3'), ('b', 't1'), ('b', 't4'), ('c', 't2'), ('d', 't9'), ('zz', 't1'), (NULL, 't2')
  ) AS t(sku, tag)`,
  `CREATE TABLE notes AS FROM (VALUES
    (1, 1, 'late', 1), (1, 1, 'torn', 1), (1, 2, 'late', 2), (3, 2, 'late', 1), (3, NULL, 'late', 1), (NULL, 1, 'torn', 3), (4, 9, NULL, 1)
  ) AS t(order_id, line, "what", referred)`,
  `CREATE TABLE campaigns AS FROM (VALUES (1, 't1', 500), (2, 't5', 70), (3, NULL, 20)) AS t(id, tag, budget)`,
  `CREATE TABLE tickets AS FROM (VALUES
    (1, 1, TIMESTAMP '2024-01-05 08:30:00', 5, 'bill'), (2, 1, TIMESTAMP '2024-01-31 23:59:59.5', NULL, 'ship'),
    (3, 3, TIMESTAMP '2024-02-01 00:00:00', 20, 'bill'), (4, 5, TIMESTAMP '2024-02-10 10:00:00', 7, NULL),
    (5, 98, TIMESTAMP '2024-02-11 10:00:00', 9, 'bill'), (6, NULL, NULL, 11, 'ship'),
    (7, 3, TIMESTAMP '2024-02-29 12:00:00', 1, 'ship')
  ) AS t(id, customer_id, opened, minutes, topic)`,
  `CREATE TABLE passports AS FROM (VALUES
    (1, 'P1', 'AT', 60), (3, 'P3', 'FR', NULL), (5, 'P5', NULL, 40), (97, 'P9', 'DE', 20), (NULL, 'P0', 'DE', 10)
  ) AS t(customer_id, "number", country, fee)`,
  `CREATE TABLE invoices AS FROM (VALUES
    (1, 'sent', 11), (2, 'late', 29), (5, NULL, 15), (96, 'sent', 8), (NULL, 'late', 3)) AS t(order_id, status, total)`,
  `CREATE TABLE dates AS FROM (VALUES
    (DATE '2024-01-05', 'January', false), (DATE '2024-01-07', 'January', true), (DATE '2024-01-20', 'January', true),
    (DATE '2024-02-03', 'February', true), (DATE '2024-02-10', 'February', NULL), (DATE '2024-02-28', 'February', false),
    (DATE '2024-03-01', 'March', false), (DATE '2024-03-02', 'March', true), (DATE '2024-03-15', 'March', false),
    (DATE '2024-12-24', 'December', true)
  ) AS t(day, "month name", holiday)`,
  'CREATE TABLE returns (order_id INTEGER, amount DOUBLE)',
  `CREATE TABLE channels AS FROM (VALUES ('web', 2), ('shop', 1), ('mail', 9)) AS t(code, fee)`,
  'CREATE TABLE weather AS FROM (VALUES (20), (NULL), (25)) AS t(degrees)',
];

const count = (name: string, filter = '') => measure(name, { aggregation: 'count', filter });
const sum = (name: string, column: string, filter = '') => measure(name, { column, filter });
const made = (name: string, expression: string) => measure(name, { aggregation: 'expression', expression });
const text = (name: string, column = name) => dimension(name, { column });
const said = (name: string, expression: string) => dimension(name, { expression });
const time = (name: string) => dimension(name, { column: name, type: 'time' });
const key = (name: string, type: 'string' | 'number' | 'time' = 'number') =>
  dimension(name, { column: name, type, primaryKey: true });

const dates = (name: string) =>
  table(name, {
    source: 'dates',
    dimensions: [
      key('day', 'time'),
      text('month', 'month name'),
      dimension('holiday', { column: 'holiday', type: 'boolean' }),
      said('late', `CASE WHEN {TABLE}.day > DATE '2024-02-01' THEN 'late' ELSE 'early' END`),
    ],
    measures: [count('days')],
  });

const tables: readonly DesignTable[] = [
  table('regions', {
    dimensions: [
      key('code', 'string'),
      text('label'),
      dimension('place', { column: 'order', type: 'number' }),
    ],
    measures: [count('rows'), sum('places', 'order')],
  }),
  table('customers', {
    dimensions: [
      key('id'),
      text('name', 'full name'),
      text('country'),
      time('since'),
      dimension('limit', { column: 'limit', type: 'number' }),
      said('region_label', '{regions.label}'),
      dimension('valued', { expression: `"limit" >= 100 OR country = 'FR'`, type: 'boolean' }),
      said('country_or_none', `coalesce({country}, 'none')`),
      // Names a column of the orders that lead here, and its own of the same name.
      said('shown', `{orders.id} || ' ' || coalesce(id, 0)`),
    ],
    measures: [
      count('rows'),
      sum('limits', 'limit'),
      measure('limit_middle', { aggregation: 'median', column: 'limit' }),
      measure('limit_average', { aggregation: 'avg', column: 'limit' }),
      measure('countries', { aggregation: 'count_distinct', column: 'country' }),
      count('northern', `{regions.label} = 'North'`),
      made('per_customer', '{orders.total} / nullif({rows}, 0)'),
      made('per_customer_percent', '100 * {per_customer}'),
      measure('share', { aggregation: 'ratio', numerator: 'per_customer', denominator: 'rows' }),
    ],
    segments: [segment('french', `country = 'FR'`), segment('northerners', `{regions.label} = 'North'`)],
  }),
  table('orders', {
    dimensions: [
      key('id'),
      text('status'),
      time('day'),
      time('shipped'),
      dimension('amount', { column: 'amount', type: 'number' }),
      said('country', '{customers.country}'),
      dimension('dated', { expression: '{order_date.day}', type: 'time' }),
      // Has the name of the column that it is made of.
      said('channel', 'upper(channel)'),
      said('region', '{customers.region_label}'),
      said('billed', `coalesce({invoices.status}, '-') || '/' || coalesce(status, '-')`),
    ],
    measures: [
      count('rows'),
      measure('filled', { aggregation: 'count', column: 'amount' }),
      measure('statuses', { aggregation: 'count_distinct', column: 'status' }),
      sum('total', 'amount'),
      measure('average', { aggregation: 'avg', column: 'amount' }),
      measure('least', { aggregation: 'min', column: 'amount' }),
      measure('most', { aggregation: 'max', column: 'amount' }),
      measure('middle', { aggregation: 'median', column: 'amount' }),
      measure('latest', { aggregation: 'max', column: 'day' }),
      sum('german_total', 'amount', `{customers.country} = 'DE'`),
      measure('german_share', { aggregation: 'ratio', numerator: 'german_total', denominator: 'total' }),
      made('spread', 'max(amount) - min({TABLE}.amount)'),
      made('plus_one', 'coalesce(sum(amount), 0) + 1'),
      made('rows_and_one', 'count(*) + 1'),
      measure('plus_one_each', { aggregation: 'ratio', numerator: 'plus_one', denominator: 'rows_and_one' }),
      measure('filled_share', { aggregation: 'ratio', numerator: 'filled', denominator: 'rows' }),
      count('holiday_rows', '{order_date.holiday}'),
      sum('web_total', 'amount', `channel = 'web'`),
      count('early_rows', `{TABLE}.day < DATE '2024-02-01'`),
    ],
    segments: [
      segment('paid', `lower({status}) = 'paid'`),
      segment('abroad', `{customers.country} <> 'DE'`),
      segment('cheap', '{TABLE}.amount < 10'),
    ],
  }),
  table('items', {
    grain: ['order_id', 'line'],
    dimensions: [text('sku')],
    measures: [
      count('rows'),
      sum('pieces', 'pieces'),
      measure('value', { expression: 'pieces * price' }),
      sum('northern_pieces', 'pieces', `{orders.region} = 'North'`),
      made('per_order', '{rows} / nullif({orders.rows}, 0)'),
    ],
  }),
  table('notes', { dimensions: [text('what')], measures: [count('rows')] }),
  // The customers once more, whom notes name as their writers.
  table('writers', {
    source: 'customers',
    dimensions: [key('id'), text('name', 'full name'), said('own_country', '{TABLE}.country')],
    measures: [count('rows'), sum('limits', 'limit')],
  }),
  table('products', {
    dimensions: [key('sku', 'string'), text('title')],
    measures: [count('rows'), sum('costs', 'cost')],
  }),
  table('tags', { dimensions: [key('tag', 'string'), text('word')], measures: [count('rows')] }),
  table('product_tags', { measures: [count('rows')] }),
  table('campaigns', { dimensions: [key('id')], measures: [sum('budgets', 'budget')] }),
  table('tickets', {
    dimensions: [key('id'), text('topic'), time('opened')],
    measures: [
      count('rows'),
      sum('minutes', 'minutes'),
      measure('slowest', { aggregation: 'max', column: 'minutes' }),
    ],
    segments: [segment('long', 'minutes > 5')],
  }),
  table('passports', {
    dimensions: [key('number', 'string'), text('country')],
    measures: [count('rows'), sum('fees', 'fee')],
  }),
  table('invoices', {
    dimensions: [key('order_id'), text('status')],
    measures: [count('rows'), sum('total', 'total'), sum('of_paid', 'total', `{orders.status} = 'paid'`)],
  }),
  dates('order_date'),
  dates('ship_date'),
  table('returns', {
    measures: [count('rows'), sum('amounts', 'amount'), made('sure', 'coalesce(sum(amount), 0)')],
  }),
  table('channels', { dimensions: [text('code')], measures: [sum('fees', 'fee')] }),
  table('weather', {
    measures: [count('rows'), measure('warmest', { aggregation: 'max', column: 'degrees' })],
  }),
];

const join = (from: string, to: string, a: string, b: string, relationship: Join['relationship']): Join => ({
  from,
  to,
  relationship,
  on: [[a, b]],
  extra: {},
});

const joins: readonly Join[] = [
  join('customers', 'regions', 'region', 'code', 'many_to_one'),
  join('orders', 'customers', 'customer_id', 'id', 'many_to_one'),
  join('customers', 'tickets', 'id', 'customer_id', 'one_to_many'),
  join('passports', 'customers', 'customer_id', 'id', 'one_to_one'),
  join('orders', 'invoices', 'id', 'order_id', 'one_to_one'),
  join('items', 'orders', 'order_id', 'id', 'many_to_one'),
  {
    from: 'notes',
    to: 'items',
    relationship: 'many_to_one',
    on: [
      ['order_id', 'order_id'],
      ['line', 'line'],
    ],
    extra: {},
  },
  join('notes', 'writers', 'referred', 'id', 'many_to_one'),
  join('items', 'products', 'sku', 'sku', 'many_to_one'),
  join('product_tags', 'products', 'sku', 'sku', 'many_to_one'),
  join('tags', 'product_tags', 'tag', 'tag', 'one_to_many'),
  join('campaigns', 'tags', 'tag', 'tag', 'many_to_one'),
  join('orders', 'order_date', 'day', 'day', 'many_to_one'),
  join('orders', 'ship_date', 'shipped', 'day', 'many_to_one'),
  join('returns', 'orders', 'order_id', 'id', 'many_to_one'),
  join('orders', 'channels', 'channel', 'code', 'many_to_one'),
];

/** The sources of the design, with the columns that the statements make. */
const columns: Readonly<Record<string, string>> = {
  regions: 'code VARCHAR, label VARCHAR, order INTEGER',
  customers: 'id INTEGER, full name VARCHAR, country VARCHAR, region VARCHAR, limit INTEGER, since DATE',
  orders:
    'id INTEGER, customer_id INTEGER, day DATE, shipped DATE, status VARCHAR, amount DECIMAL(3,1), channel VARCHAR',
  items: 'order_id INTEGER, line INTEGER, sku VARCHAR, pieces INTEGER, price DECIMAL(2,1)',
  notes: 'order_id INTEGER, line INTEGER, what VARCHAR, referred INTEGER',
  products: 'sku VARCHAR, title VARCHAR, cost DECIMAL(2,1)',
  tags: 'tag VARCHAR, word VARCHAR',
  product_tags: 'sku VARCHAR, tag VARCHAR',
  campaigns: 'id INTEGER, tag VARCHAR, budget INTEGER',
  tickets: 'id INTEGER, customer_id INTEGER, opened TIMESTAMP, minutes INTEGER, topic VARCHAR',
  passports: 'customer_id INTEGER, number VARCHAR, country VARCHAR, fee INTEGER',
  invoices: 'order_id INTEGER, status VARCHAR, total INTEGER',
  dates: 'day DATE, month name VARCHAR, holiday BOOLEAN',
  returns: 'order_id INTEGER, amount DOUBLE',
  channels: 'code VARCHAR, fee INTEGER',
  weather: 'degrees INTEGER',
};

export const shop: Design = {
  ...emptyDesign,
  name: 'shop',
  sources: Object.entries(columns).map(([name, list]) => ({
    name,
    path: `/data/${name}.csv`,
    format: 'csv',
    columns: list.split(/, (?=[a-z])/).map((c) => {
      const at = c.lastIndexOf(' ');
      return { name: c.slice(0, at), type: c.slice(at + 1) };
    }),
    extra: {},
  })),
  tables,
  joins,
};
