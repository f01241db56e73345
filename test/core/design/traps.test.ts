/**
 * Questions over joined tables, beside answers that count by hand: scalar subqueries, EXISTS and IN, one aggregate each, and
 * nowhere a join of facts.
 *
 * What a question means: its rows are those of the table the tree begins with, the asked-for table from which the fewest
 * many-to-one steps lead to all the others (of several the first: measures, dimensions, conditions), and the others are looked up
 * from there. A measure of a table that is multiplied counts each of its rows once in each group. If no table leads to all, a
 * one-to-one join may be gone backwards; then a table that was not asked for may be the first. If there is none either, every
 * table with a measure has rows of its own, and the answer has each group that one of them has. Without dimensions such tables
 * stand side by side.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Design } from '#core/design/design';
import { breakdownQuery, valueQuery } from '#core/design/query';
import { openShop, type Question, queryOf } from '../../support/by-hand';
import { dimension, measure } from '../../support/designs';
import { shop } from '../../support/shop';

const { run, answer, same } = openShop();

describe('measures of one table', () => {
  it.each<Question>([
    [
      'all kinds, over all rows',
      {
        measures: ['rows', 'filled', 'statuses', 'total', 'average', 'least', 'most', 'middle', 'latest'].map(
          (m) => `orders.${m}`,
        ),
      },
      `SELECT (SELECT count(*) FROM orders), (SELECT count(*) FROM orders WHERE amount IS NOT NULL),
        (SELECT count(*) FROM (SELECT DISTINCT status FROM orders WHERE status IS NOT NULL)), 127.5, 127.5 / 8, 0, 40, 12.5,
        DATE '2025-01-01'`,
    ],
    [
      'all kinds, by a dimension two steps away: orphans and null keys are a group',
      {
        measures: ['rows', 'filled', 'statuses', 'total', 'average', 'least', 'most', 'middle', 'latest'].map(
          (m) => `orders.${m}`,
        ),
        dimensions: ['regions.label'],
      },
      `SELECT label, (SELECT count(*) FROM my_orders o WHERE o.label IS NOT DISTINCT FROM g.label),
        (SELECT count(amount) FROM my_orders o WHERE o.label IS NOT DISTINCT FROM g.label),
        (SELECT count(DISTINCT status) FROM my_orders o WHERE o.label IS NOT DISTINCT FROM g.label),
        (SELECT sum(amount) FROM my_orders o WHERE o.label IS NOT DISTINCT FROM g.label),
        (SELECT avg(amount) FROM my_orders o WHERE o.label IS NOT DISTINCT FROM g.label),
        (SELECT min(amount) FROM my_orders o WHERE o.label IS NOT DISTINCT FROM g.label),
        (SELECT max(amount) FROM my_orders o WHERE o.label IS NOT DISTINCT FROM g.label),
        (SELECT median(amount) FROM my_orders o WHERE o.label IS NOT DISTINCT FROM g.label),
        (SELECT max(day) FROM my_orders o WHERE o.label IS NOT DISTINCT FROM g.label)
      FROM (SELECT DISTINCT label FROM my_orders) g`,
    ],
    [
      'ratios, expressions and a filter that names another table',
      {
        measures: ['german_total', 'german_share', 'spread', 'plus_one', 'holiday_rows'].map(
          (m) => `orders.${m}`,
        ),
        dimensions: ['orders.status'],
      },
      `SELECT status, (SELECT sum(amount) FROM my_orders o WHERE o.status IS NOT DISTINCT FROM g.status AND country = 'DE'),
        (SELECT sum(amount) FROM my_orders o WHERE o.status IS NOT DISTINCT FROM g.status AND country = 'DE')
          / nullif((SELECT sum(amount) FROM orders o WHERE o.status IS NOT DISTINCT FROM g.status), 0),
        (SELECT max(amount) - min(amount) FROM orders o WHERE o.status IS NOT DISTINCT FROM g.status),
        (SELECT coalesce(sum(amount), 0) + 1 FROM orders o WHERE o.status IS NOT DISTINCT FROM g.status),
        (SELECT count(*) FROM orders o WHERE o.status IS NOT DISTINCT FROM g.status
          AND day IN (SELECT day FROM dates WHERE holiday))
      FROM (SELECT DISTINCT status FROM orders) g`,
    ],
    [
      'a chain of three: items by the label of a region',
      { measures: ['items.pieces', 'items.value', 'items.northern_pieces'], dimensions: ['regions.label'] },
      `SELECT label, (SELECT sum(pieces) FROM my_items i WHERE i.label IS NOT DISTINCT FROM g.label),
        (SELECT sum(pieces * price) FROM my_items i WHERE i.label IS NOT DISTINCT FROM g.label),
        (SELECT sum(pieces) FROM my_items i WHERE i.label IS NOT DISTINCT FROM g.label AND i.label = 'North')
      FROM (SELECT DISTINCT label FROM my_items) g`,
    ],
    [
      'by dimensions that stand for those of other tables',
      { measures: ['orders.total'], dimensions: ['orders.country', 'orders.region'] },
      `SELECT country, label, (SELECT sum(amount) FROM my_orders o
        WHERE o.country IS NOT DISTINCT FROM g.country AND o.label IS NOT DISTINCT FROM g.label)
      FROM (SELECT DISTINCT country, label FROM my_orders) g`,
    ],
    [
      'by an expression that is not null where no row is met',
      { measures: ['orders.rows'], dimensions: ['customers.country_or_none'] },
      `SELECT c, (SELECT count(*) FROM my_orders o WHERE coalesce(o.country, 'none') = c)
      FROM (SELECT DISTINCT coalesce(country, 'none') AS c FROM my_orders)`,
    ],
    [
      'one source in two roles',
      { measures: ['orders.rows', 'orders.total'], dimensions: ['order_date.month', 'ship_date.month'] },
      `WITH o AS (SELECT amount, (SELECT "month name" FROM dates d WHERE d.day = o.day) AS a,
        (SELECT "month name" FROM dates d WHERE d.day = o.shipped) AS b FROM orders o)
      SELECT a, b, (SELECT count(*) FROM o WHERE o.a IS NOT DISTINCT FROM g.a AND o.b IS NOT DISTINCT FROM g.b),
        (SELECT sum(amount) FROM o WHERE o.a IS NOT DISTINCT FROM g.a AND o.b IS NOT DISTINCT FROM g.b)
      FROM (SELECT DISTINCT a, b FROM o) g`,
    ],
    [
      'a time by its own grain beside that of the question',
      { measures: ['orders.rows'], dimensions: ['orders.day.month', 'orders.shipped'], grain: 'year' },
      `SELECT m, y, (SELECT count(*) FROM orders o WHERE date_trunc('month', o.day) IS NOT DISTINCT FROM m
        AND date_trunc('year', o.shipped) IS NOT DISTINCT FROM y)
      FROM (SELECT DISTINCT date_trunc('month', day) AS m, date_trunc('year', shipped) AS y FROM orders)`,
    ],
    [
      'one time by two grains',
      { measures: ['tickets.minutes'], dimensions: ['opened.day', 'tickets.opened.quarter'] },
      `SELECT d, date_trunc('quarter', d), (SELECT sum(minutes) FROM tickets t WHERE t.opened::DATE IS NOT DISTINCT FROM d)
      FROM (SELECT DISTINCT opened::DATE AS d FROM tickets)`,
    ],
    [
      'a time that stands for one of another table, by a grain',
      { measures: ['orders.rows'], dimensions: ['orders.dated.month'] },
      `WITH o AS (SELECT date_trunc('month', (SELECT day FROM dates d WHERE d.day = o.day)) AS m FROM orders o)
      SELECT m, (SELECT count(*) FROM o WHERE o.m IS NOT DISTINCT FROM g.m) FROM (SELECT DISTINCT m FROM o) g`,
    ],
    [
      'texts that name the table itself, of one source in two roles',
      {
        measures: ['orders.early_rows', 'orders.rows'],
        dimensions: ['order_date.late', 'ship_date.late'],
        segments: ['orders.cheap'],
      },
      `WITH o AS (SELECT *,
          CASE WHEN (SELECT day FROM dates d WHERE d.day = o.day) > DATE '2024-02-01' THEN 'late' ELSE 'early' END AS a,
          CASE WHEN (SELECT day FROM dates d WHERE d.day = o.shipped) > DATE '2024-02-01' THEN 'late' ELSE 'early' END AS b
        FROM orders o WHERE amount < 10)
      SELECT a, b, (SELECT count(*) FROM o WHERE o.a = g.a AND o.b = g.b AND month(day) = 1 AND year(day) = 2024),
        (SELECT count(*) FROM o WHERE o.a = g.a AND o.b = g.b)
      FROM (SELECT DISTINCT a, b FROM o) g`,
    ],
    [
      'a dimension named as the column that it is made of, which conditions and measures mean',
      {
        measures: ['orders.web_total'],
        dimensions: ['orders.channel'],
        where: `channel <> 'fax'`,
        filters: [{ member: 'orders.web_total', operator: 'gt', values: [1] }],
      },
      `SELECT 'WEB', (SELECT sum(amount) FROM orders WHERE channel = 'web')`,
    ],
    [
      'a table that was not asked for leads to all that were',
      { dimensions: ['products.title', 'customers.country'] },
      'SELECT DISTINCT title, country FROM my_items',
    ],
    [
      'one dimension twice',
      { measures: ['orders.rows', 'customers.rows'], dimensions: ['orders.status', 'orders.status'] },
      `SELECT status, status, (SELECT count(*) FROM orders o WHERE o.status IS NOT DISTINCT FROM g.status),
        (SELECT count(*) FROM customers WHERE id IN (SELECT customer_id FROM orders o WHERE o.status IS NOT DISTINCT FROM g.status))
      FROM (SELECT DISTINCT status FROM orders) g`,
    ],
    [
      'a table without rows: no group, and totals of nothing',
      { measures: ['returns.rows', 'returns.amounts', 'returns.sure'] },
      'SELECT 0, NULL, 0',
    ],
    [
      'a table without rows, by what it leads to',
      { measures: ['returns.rows'], dimensions: ['orders.status'] },
      'SELECT NULL, 0 WHERE false',
    ],
    [
      'dimensions alone: the groups of the table that leads to the others',
      { dimensions: ['customers.name', 'regions.label', 'tickets.topic'] },
      `SELECT DISTINCT (SELECT "full name" FROM customers c WHERE c.id = t.customer_id),
        (SELECT label FROM my_customers c WHERE c.id = t.customer_id), topic FROM tickets t`,
    ],
    [
      'names with quotes, blanks and keywords',
      { measures: ['customers.limits', 'regions.places'], dimensions: ['customers.name'], limit: 100 },
      `SELECT n, (SELECT sum("limit") FROM customers WHERE "full name" = n),
        (SELECT sum("order") FROM regions WHERE code IN (SELECT region FROM customers WHERE "full name" = n))
      FROM (SELECT DISTINCT "full name" AS n FROM customers)`,
    ],
  ])('%s', (_, asked, byHand) => same(asked, byHand));
});

describe('measures of tables that the join multiplies', () => {
  it.each<Question>([
    [
      'customers beside orders by status: each customer once in each group',
      {
        measures: ['orders.total', 'customers.rows', 'customers.limits', 'customers.limit_average'],
        dimensions: ['orders.status'],
      },
      `SELECT status, (SELECT sum(amount) FROM orders o WHERE o.status IS NOT DISTINCT FROM g.status),
        (SELECT count(*) FROM customers WHERE id IN (SELECT customer_id FROM orders o WHERE o.status IS NOT DISTINCT FROM g.status)),
        (SELECT sum("limit") FROM customers WHERE id IN (SELECT customer_id FROM orders o WHERE o.status IS NOT DISTINCT FROM g.status)),
        (SELECT avg("limit") FROM customers WHERE id IN (SELECT customer_id FROM orders o WHERE o.status IS NOT DISTINCT FROM g.status))
      FROM (SELECT DISTINCT status FROM orders) g`,
    ],
    [
      'customers alone by the status of their orders',
      { measures: ['customers.limit_middle', 'customers.countries'], dimensions: ['orders.status'] },
      `SELECT status,
        (SELECT median("limit") FROM customers WHERE id IN (SELECT customer_id FROM orders o WHERE o.status IS NOT DISTINCT FROM g.status)),
        (SELECT count(DISTINCT country) FROM customers WHERE id IN (SELECT customer_id FROM orders o WHERE o.status IS NOT DISTINCT FROM g.status))
      FROM (SELECT DISTINCT status FROM orders) g`,
    ],
    [
      'four levels without dimensions: only rows that an item leads to',
      { measures: ['items.rows', 'orders.total', 'customers.limits', 'regions.rows'] },
      `SELECT (SELECT count(*) FROM items), (SELECT sum(amount) FROM orders WHERE id IN (SELECT order_id FROM items)),
        (SELECT sum("limit") FROM customers WHERE id IN (SELECT customer_id FROM my_items)),
        (SELECT count(*) FROM regions WHERE code IN
          (SELECT region FROM customers WHERE id IN (SELECT customer_id FROM my_items)))`,
    ],
    [
      'four levels by the title of a product, which stands twice',
      {
        measures: ['items.pieces', 'orders.total', 'customers.rows', 'regions.places'],
        dimensions: ['products.title'],
      },
      `SELECT title, (SELECT sum(pieces) FROM my_items i WHERE i.title IS NOT DISTINCT FROM g.title),
        (SELECT sum(amount) FROM orders WHERE id IN (SELECT order_id FROM my_items i WHERE i.title IS NOT DISTINCT FROM g.title)),
        (SELECT count(*) FROM customers WHERE id IN (SELECT customer_id FROM my_items i WHERE i.title IS NOT DISTINCT FROM g.title)),
        (SELECT sum("order") FROM regions WHERE code IN (SELECT region FROM customers WHERE id IN
          (SELECT customer_id FROM my_items i WHERE i.title IS NOT DISTINCT FROM g.title)))
      FROM (SELECT DISTINCT title FROM my_items) g`,
    ],
    [
      'over a bridge: products by words of their tags, each once although a word stands twice',
      { measures: ['products.rows', 'products.costs'], dimensions: ['tags.word'] },
      `SELECT word, (SELECT count(*) FROM products WHERE sku IN (SELECT sku FROM my_tagged b WHERE b.word IS NOT DISTINCT FROM g.word)),
        (SELECT sum(cost) FROM products WHERE sku IN (SELECT sku FROM my_tagged b WHERE b.word IS NOT DISTINCT FROM g.word))
      FROM (SELECT DISTINCT word FROM my_tagged) g`,
    ],
    [
      'over a bridge from the other side, with the bridge itself',
      { measures: ['tags.rows', 'product_tags.rows'], dimensions: ['products.title'] },
      `SELECT title, (SELECT count(*) FROM tags WHERE tag IN (SELECT tag FROM my_tagged b WHERE b.title IS NOT DISTINCT FROM g.title)),
        (SELECT count(*) FROM my_tagged b WHERE b.title IS NOT DISTINCT FROM g.title)
      FROM (SELECT DISTINCT title FROM my_tagged) g`,
    ],
    [
      'both ends of a bridge, without dimensions',
      { measures: ['products.costs', 'tags.rows'] },
      `SELECT (SELECT sum(cost) FROM products WHERE sku IN (SELECT sku FROM product_tags)),
        (SELECT count(*) FROM tags WHERE tag IN (SELECT tag FROM product_tags))`,
    ],
    [
      'both roles of a table of dates, counted',
      { measures: ['order_date.days', 'ship_date.days'], dimensions: ['orders.status'] },
      `SELECT status, (SELECT count(*) FROM dates WHERE day IN (SELECT day FROM orders o WHERE o.status IS NOT DISTINCT FROM g.status)),
        (SELECT count(*) FROM dates WHERE day IN (SELECT shipped FROM orders o WHERE o.status IS NOT DISTINCT FROM g.status))
      FROM (SELECT DISTINCT status FROM orders) g`,
    ],
    [
      'by a time in two grains',
      { measures: ['orders.rows', 'customers.rows'], dimensions: ['orders.day.month', 'orders.day.year'] },
      `SELECT m, date_trunc('year', m), (SELECT count(*) FROM orders o WHERE date_trunc('month', day) IS NOT DISTINCT FROM m),
        (SELECT count(*) FROM customers WHERE id IN (SELECT customer_id FROM orders o WHERE date_trunc('month', day) IS NOT DISTINCT FROM m))
      FROM (SELECT DISTINCT date_trunc('month', day) AS m FROM orders)`,
    ],
    [
      'a join and a key of two columns, each of them null somewhere',
      { measures: ['notes.rows', 'items.rows', 'items.value', 'orders.total'], dimensions: ['notes.what'] },
      `SELECT what, (SELECT count(*) FROM notes n WHERE n.what IS NOT DISTINCT FROM g.what),
        (SELECT count(*) FROM items i WHERE EXISTS (SELECT 1 FROM notes n WHERE n.what IS NOT DISTINCT FROM g.what
          AND n.order_id = i.order_id AND n.line = i.line)),
        (SELECT sum(pieces * price) FROM items i WHERE EXISTS (SELECT 1 FROM notes n WHERE n.what IS NOT DISTINCT FROM g.what
          AND n.order_id = i.order_id AND n.line = i.line)),
        (SELECT sum(amount) FROM orders o WHERE id IN (SELECT order_id FROM items i WHERE EXISTS (SELECT 1 FROM notes n
          WHERE n.what IS NOT DISTINCT FROM g.what AND n.order_id = i.order_id AND n.line = i.line)))
      FROM (SELECT DISTINCT what FROM notes) g`,
    ],
    [
      'one source as two tables, both counted',
      {
        measures: ['customers.limits', 'writers.limits', 'writers.rows'],
        dimensions: ['writers.own_country', 'customers.country'],
      },
      `WITH n AS (SELECT *, (SELECT country FROM customers c WHERE c.id = n.referred) AS a,
          (SELECT customer_id FROM my_items i WHERE i.order_id = n.order_id AND i.line = n.line) AS who,
          (SELECT country FROM my_items i WHERE i.order_id = n.order_id AND i.line = n.line) AS b FROM notes n)
      SELECT a, b,
        (SELECT sum("limit") FROM customers WHERE id IN (SELECT who FROM n WHERE n.a IS NOT DISTINCT FROM g.a AND n.b IS NOT DISTINCT FROM g.b)),
        (SELECT sum("limit") FROM customers WHERE id IN (SELECT referred FROM n WHERE n.a IS NOT DISTINCT FROM g.a AND n.b IS NOT DISTINCT FROM g.b)),
        (SELECT count(*) FROM customers WHERE id IN (SELECT referred FROM n WHERE n.a IS NOT DISTINCT FROM g.a AND n.b IS NOT DISTINCT FROM g.b))
      FROM (SELECT DISTINCT a, b FROM n) g`,
    ],
    [
      'a measure whose filter names the dimension that is asked for',
      { measures: ['customers.northern', 'orders.rows'], dimensions: ['regions.label'] },
      `SELECT label, (SELECT count(*) FROM my_customers c WHERE c.label = 'North' AND c.label IS NOT DISTINCT FROM g.label
          AND EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id)),
        (SELECT count(*) FROM my_orders o WHERE o.label IS NOT DISTINCT FROM g.label)
      FROM (SELECT DISTINCT label FROM my_orders) g`,
    ],
    [
      'a measure whose filter names a table two steps from the first',
      { measures: ['customers.northern', 'orders.rows'], dimensions: ['orders.status'] },
      `SELECT status, (SELECT count(*) FROM my_customers c WHERE c.label = 'North'
          AND EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id AND o.status IS NOT DISTINCT FROM g.status)),
        (SELECT count(*) FROM orders o WHERE o.status IS NOT DISTINCT FROM g.status)
      FROM (SELECT DISTINCT status FROM orders) g`,
    ],
    [
      'a table without rows first: nothing is led to',
      { measures: ['returns.rows', 'returns.sure', 'orders.total', 'orders.plus_one', 'customers.rows'] },
      'SELECT 0, 0, NULL, 1, 0',
    ],
    [
      'an expression that is not null over no rows, in groups without any',
      { measures: ['items.rows', 'orders.plus_one'], dimensions: ['items.sku'] },
      `SELECT sku, (SELECT count(*) FROM items i WHERE i.sku IS NOT DISTINCT FROM g.sku),
        (SELECT coalesce(sum(amount), 0) + 1 FROM orders WHERE id IN (SELECT order_id FROM items i WHERE i.sku IS NOT DISTINCT FROM g.sku))
      FROM (SELECT DISTINCT sku FROM items) g`,
    ],
    [
      'a ratio that is not null over no rows, and one of nothing but rows',
      {
        measures: ['tickets.rows', 'orders.plus_one_each', 'orders.filled_share'],
        dimensions: ['customers.name'],
      },
      `WITH o AS (SELECT amount, (SELECT "full name" FROM customers c WHERE c.id = o.customer_id) AS n FROM orders o),
        t AS (SELECT (SELECT "full name" FROM customers c WHERE c.id = t.customer_id) AS n FROM tickets t)
      SELECT n, (SELECT count(*) FROM t WHERE t.n IS NOT DISTINCT FROM g.n),
        (SELECT coalesce(sum(amount), 0) + 1 FROM o WHERE o.n IS NOT DISTINCT FROM g.n) / ((SELECT count(*) FROM o WHERE o.n IS NOT DISTINCT FROM g.n) + 1),
        (SELECT count(amount) FROM o WHERE o.n IS NOT DISTINCT FROM g.n) / nullif((SELECT count(*) FROM o WHERE o.n IS NOT DISTINCT FROM g.n), 0)
      FROM (SELECT n FROM o UNION SELECT n FROM t) g`,
    ],
    [
      'an expression of a dimension that names a table before its own and a column of both',
      { measures: ['orders.rows'], dimensions: ['customers.shown'] },
      `WITH o AS (SELECT id || ' ' || coalesce((SELECT c.id FROM customers c WHERE c.id = o.customer_id), 0) AS s FROM my_orders o)
      SELECT s, (SELECT count(*) FROM o WHERE o.s = g.s) FROM (SELECT DISTINCT s FROM o) g`,
    ],
  ])('%s', (_, asked, byHand) => same(asked, byHand));
});

describe('one-to-one joins', () => {
  it.each<Question>([
    [
      'from the side that declares it',
      { measures: ['passports.fees', 'customers.limits'], dimensions: ['customers.country'] },
      `WITH p AS (SELECT *, (SELECT c.country FROM customers c WHERE c.id = p.customer_id) AS home FROM passports p)
      SELECT home, (SELECT sum(fee) FROM p WHERE p.home IS NOT DISTINCT FROM g.home),
        (SELECT sum("limit") FROM customers c WHERE c.country IS NOT DISTINCT FROM g.home AND id IN (SELECT customer_id FROM passports))
      FROM (SELECT DISTINCT home FROM p) g`,
    ],
    [
      'columns of the same name on both sides are two columns',
      { measures: ['passports.rows'], dimensions: ['passports.country', 'customers.country'] },
      `WITH p AS (SELECT country AS a, (SELECT c.country FROM customers c WHERE c.id = p.customer_id) AS b FROM passports p)
      SELECT a, b, (SELECT count(*) FROM p WHERE p.a IS NOT DISTINCT FROM g.a AND p.b IS NOT DISTINCT FROM g.b)
      FROM (SELECT DISTINCT a, b FROM p) g`,
    ],
    [
      'backwards, where nothing else leads to all: passports by the status of orders',
      { measures: ['orders.rows', 'passports.fees'], dimensions: ['orders.status'] },
      `SELECT status, (SELECT count(*) FROM orders o WHERE o.status IS NOT DISTINCT FROM g.status),
        (SELECT sum(fee) FROM passports WHERE customer_id IN
          (SELECT customer_id FROM my_orders o WHERE o.status IS NOT DISTINCT FROM g.status AND customer_id IN (SELECT id FROM customers)))
      FROM (SELECT DISTINCT status FROM orders) g`,
    ],
    [
      'from the orders to their invoices, one each',
      { measures: ['orders.total', 'invoices.total', 'invoices.rows'], dimensions: ['customers.country'] },
      `SELECT country, (SELECT sum(amount) FROM my_orders o WHERE o.country IS NOT DISTINCT FROM g.country),
        (SELECT sum(total) FROM invoices WHERE order_id IN (SELECT id FROM my_orders o WHERE o.country IS NOT DISTINCT FROM g.country)),
        (SELECT count(*) FROM invoices WHERE order_id IN (SELECT id FROM my_orders o WHERE o.country IS NOT DISTINCT FROM g.country))
      FROM (SELECT DISTINCT country FROM my_orders) g`,
    ],
    [
      'invoices by a dimension that names columns of both sides, of which one has the same name',
      { measures: ['invoices.total', 'orders.rows'], dimensions: ['orders.billed'] },
      `WITH o AS (SELECT id, coalesce((SELECT status FROM invoices v WHERE v.order_id = o.id), '-') || '/' || coalesce(status, '-') AS b FROM orders o)
      SELECT b, (SELECT sum(total) FROM invoices WHERE order_id IN (SELECT id FROM o WHERE o.b = g.b)), (SELECT count(*) FROM o WHERE o.b = g.b)
      FROM (SELECT DISTINCT b FROM o) g`,
    ],
    [
      'an invoice whose filter names the order it belongs to',
      { measures: ['invoices.of_paid', 'orders.rows'], dimensions: ['customers.country'] },
      `SELECT country, (SELECT sum(total) FROM invoices WHERE order_id IN
          (SELECT id FROM my_orders o WHERE o.country IS NOT DISTINCT FROM g.country AND status = 'paid')),
        (SELECT count(*) FROM my_orders o WHERE o.country IS NOT DISTINCT FROM g.country)
      FROM (SELECT DISTINCT country FROM my_orders) g`,
    ],
    [
      'behind a table that is multiplied, with a filter that goes back to it',
      {
        measures: ['items.rows', 'invoices.total', 'invoices.of_paid', 'orders.total'],
        dimensions: ['items.sku'],
      },
      `WITH i AS (SELECT sku, order_id FROM items)
      SELECT sku, (SELECT count(*) FROM i WHERE i.sku IS NOT DISTINCT FROM g.sku),
        (SELECT sum(total) FROM invoices WHERE order_id IN (SELECT order_id FROM i WHERE i.sku IS NOT DISTINCT FROM g.sku)
          AND order_id IN (SELECT id FROM orders)),
        (SELECT sum(total) FROM invoices WHERE order_id IN (SELECT order_id FROM i WHERE i.sku IS NOT DISTINCT FROM g.sku)
          AND order_id IN (SELECT id FROM orders WHERE status = 'paid')),
        (SELECT sum(amount) FROM orders WHERE id IN (SELECT order_id FROM i WHERE i.sku IS NOT DISTINCT FROM g.sku))
      FROM (SELECT DISTINCT sku FROM i) g`,
    ],
    [
      'an invoice by itself, with a filter that goes back',
      { measures: ['invoices.of_paid', 'invoices.total'], dimensions: ['invoices.status'] },
      `SELECT status, (SELECT sum(total) FROM invoices v WHERE v.status IS NOT DISTINCT FROM g.status
          AND order_id IN (SELECT id FROM orders WHERE status = 'paid')),
        (SELECT sum(total) FROM invoices v WHERE v.status IS NOT DISTINCT FROM g.status)
      FROM (SELECT DISTINCT status FROM invoices) g`,
    ],
  ])('%s', (_, asked, byHand) => same(asked, byHand));
});

describe('facts that only share a dimension', () => {
  it.each<Question>([
    [
      'orders and tickets by country: every group that one of them has',
      {
        measures: [
          'orders.total',
          'orders.rows',
          'orders.plus_one',
          'tickets.minutes',
          'tickets.rows',
          'tickets.slowest',
        ],
        dimensions: ['customers.country'],
      },
      `SELECT country, (SELECT sum(amount) FROM my_orders o WHERE o.country IS NOT DISTINCT FROM g.country),
        (SELECT count(*) FROM my_orders o WHERE o.country IS NOT DISTINCT FROM g.country),
        (SELECT coalesce(sum(amount), 0) + 1 FROM my_orders o WHERE o.country IS NOT DISTINCT FROM g.country),
        (SELECT sum(minutes) FROM my_tickets t WHERE t.country IS NOT DISTINCT FROM g.country),
        (SELECT count(*) FROM my_tickets t WHERE t.country IS NOT DISTINCT FROM g.country),
        (SELECT max(minutes) FROM my_tickets t WHERE t.country IS NOT DISTINCT FROM g.country)
      FROM (SELECT country FROM my_orders UNION SELECT country FROM my_tickets) g`,
    ],
    [
      'with the shared table itself, all of whose rows count then',
      { measures: ['customers.limits', 'orders.rows', 'tickets.rows'], dimensions: ['customers.name'] },
      `SELECT n, (SELECT sum("limit") FROM customers WHERE "full name" IS NOT DISTINCT FROM n),
        (SELECT count(*) FROM orders o WHERE (SELECT "full name" FROM customers c WHERE c.id = o.customer_id) IS NOT DISTINCT FROM n),
        (SELECT count(*) FROM tickets t WHERE (SELECT "full name" FROM customers c WHERE c.id = t.customer_id) IS NOT DISTINCT FROM n)
      FROM (SELECT DISTINCT "full name" AS n FROM customers UNION SELECT NULL)`,
    ],
    [
      'items, orders and tickets: the orders all count, since the items are a tree of their own',
      { measures: ['items.pieces', 'orders.rows', 'tickets.minutes'], dimensions: ['regions.label'] },
      `SELECT label, (SELECT sum(pieces) FROM my_items i WHERE i.label IS NOT DISTINCT FROM g.label),
        (SELECT count(*) FROM my_orders o WHERE o.label IS NOT DISTINCT FROM g.label),
        (SELECT sum(minutes) FROM tickets t WHERE (SELECT label FROM my_customers c WHERE c.id = t.customer_id) IS NOT DISTINCT FROM g.label)
      FROM (SELECT label FROM my_items UNION SELECT label FROM my_orders
        UNION SELECT (SELECT label FROM my_customers c WHERE c.id = t.customer_id) FROM tickets t) g`,
    ],
    [
      'without dimensions, joined or not',
      { measures: ['orders.total', 'tickets.minutes', 'weather.warmest', 'returns.rows', 'weather.rows'] },
      `SELECT (SELECT sum(amount) FROM orders), (SELECT sum(minutes) FROM tickets), 25, 0, 3`,
    ],
    [
      'a segment and a filter on the shared dimension hold for both',
      {
        measures: ['orders.rows', 'tickets.rows'],
        dimensions: ['regions.label'],
        segments: ['customers.french'],
        filters: [{ member: 'customers.limit', operator: 'notSet', values: [] }],
      },
      `SELECT 'North', 1, 2`,
    ],
    [
      'a table with its own rows beside one that a bridge leads to',
      { measures: ['products.costs', 'campaigns.budgets'], dimensions: ['tags.word'] },
      `SELECT word, (SELECT sum(cost) FROM products WHERE sku IN (SELECT sku FROM my_tagged b WHERE b.word IS NOT DISTINCT FROM g.word)),
        (SELECT sum(budget) FROM campaigns c WHERE (SELECT word FROM tags t WHERE t.tag = c.tag) IS NOT DISTINCT FROM g.word)
      FROM (SELECT word FROM my_tagged UNION SELECT (SELECT word FROM tags t WHERE t.tag = c.tag) FROM campaigns c) g`,
    ],
    [
      'a condition over measures of both',
      {
        measures: ['orders.rows', 'tickets.rows'],
        dimensions: ['customers.country'],
        where: '{orders.rows} > {tickets.rows} OR {tickets.minutes} > 25',
      },
      `SELECT country, (SELECT count(*) FROM my_orders o WHERE o.country IS NOT DISTINCT FROM g.country) AS a,
        (SELECT count(*) FROM my_tickets t WHERE t.country IS NOT DISTINCT FROM g.country) AS b
      FROM (SELECT country FROM my_orders UNION SELECT country FROM my_tickets) g
      WHERE a > b OR (SELECT sum(minutes) FROM my_tickets t WHERE t.country IS NOT DISTINCT FROM g.country) > 25`,
    ],
  ])('%s', (_, asked, byHand) => same(asked, byHand));
});

describe('measures made of measures of several tables', () => {
  const perCustomer = `(SELECT sum(amount) FROM my_orders o WHERE o.country IS NOT DISTINCT FROM g.country)
    / nullif((SELECT count(*) FROM customers c WHERE c.country IS NOT DISTINCT FROM g.country AND id IN (SELECT customer_id FROM orders)), 0)`;
  it.each<Question>([
    [
      'a total of one over the rows of another',
      { measures: ['customers.per_customer'], dimensions: ['customers.country'] },
      `SELECT country, ${perCustomer} FROM (SELECT DISTINCT country FROM my_orders) g`,
    ],
    [
      'one of such a measure',
      {
        measures: ['customers.per_customer_percent', 'customers.per_customer'],
        dimensions: ['customers.country'],
      },
      `SELECT country, 100 * ${perCustomer}, ${perCustomer} FROM (SELECT DISTINCT country FROM my_orders) g`,
    ],
    [
      'a ratio over such a measure',
      { measures: ['customers.share'] },
      `SELECT (SELECT sum(amount) FROM orders) / 5 / 5`,
    ],
    [
      'over groups of which one table has no row',
      { measures: ['items.per_order'], dimensions: ['items.sku'] },
      `SELECT sku, (SELECT count(*) FROM items i WHERE i.sku IS NOT DISTINCT FROM g.sku)
        / nullif((SELECT count(*) FROM orders WHERE id IN (SELECT order_id FROM items i WHERE i.sku IS NOT DISTINCT FROM g.sku)), 0)
      FROM (SELECT DISTINCT sku FROM items) g`,
    ],
    [
      'as a condition on groups',
      {
        dimensions: ['customers.country'],
        filters: [{ member: 'customers.per_customer', operator: 'gte', values: [20] }],
      },
      `SELECT country FROM (SELECT DISTINCT country FROM my_orders) g WHERE ${perCustomer} >= 20`,
    ],
  ])('%s', (_, asked, byHand) => same(asked, byHand));

  it('are the same by themselves', async () => {
    const ref = { table: 'customers', kind: 'measure', name: 'per_customer' } as const;
    expect(await answer(valueQuery(shop, ref))).toEqual(['25.5 | 7 | 7']);
    const by = `SELECT country, ${perCustomer}, NULL, (SELECT count(*) FROM (SELECT DISTINCT country FROM my_orders))
      FROM (SELECT DISTINCT country FROM my_orders) g`;
    expect(await answer(breakdownQuery(shop, ref, 'country'))).toEqual(await answer(by));
  });
});

it('says which rows do not count', () => {
  expect(queryOf({ measures: ['orders.rows', 'items.rows'], dimensions: ['orders.status'] }).notes).toEqual([
    'Of orders only rows count that a row of items leads to, because the question begins there.',
  ]);
  expect(queryOf({ measures: ['orders.rows', 'tickets.rows'] }).notes).toEqual([]);
  const bridged = queryOf({ measures: ['products.rows', 'campaigns.budgets'], dimensions: ['tags.word'] });
  expect(bridged.notes).toEqual([
    'Of products only rows count that a row of product_tags leads to, because the question begins there.',
  ]);
});

describe('where two ways lead to a table', () => {
  // From orders to regions: by their customers, or by their parcels, which lead back to them one to one, as the invoices do.
  const design: Design = {
    ...shop,
    sources: [
      ...shop.sources,
      {
        name: 'parcels',
        path: '/data/parcels.csv',
        format: 'csv',
        columns: [
          { name: 'order_id', type: 'INTEGER' },
          { name: 'area', type: 'VARCHAR' },
        ],
        extra: {},
      },
    ],
    tables: [
      ...shop.tables.map((t) =>
        t.name !== 'invoices'
          ? t
          : {
              ...t,
              measures: [...t.measures, measure('far', { column: 'total', filter: `{parcels.area} = 'x'` })],
            },
      ),
      {
        ...shop.tables[0]!,
        name: 'parcels',
        source: 'parcels',
        dimensions: [
          dimension('order_id', { column: 'order_id', primaryKey: true }),
          dimension('area', { column: 'area' }),
        ],
        measures: [measure('rows', { aggregation: 'count' })],
      },
    ],
    joins: [
      { from: 'parcels', to: 'orders', relationship: 'one_to_one', on: [['order_id', 'id']], extra: {} },
      { from: 'invoices', to: 'orders', relationship: 'one_to_one', on: [['order_id', 'id']], extra: {} },
      { from: 'parcels', to: 'regions', relationship: 'many_to_one', on: [['area', 'code']], extra: {} },
      ...shop.joins.filter((j) => j.to !== 'invoices'),
    ],
  };
  beforeAll(async () => {
    await run(
      `CREATE TABLE parcels AS FROM (VALUES (1, 's'), (2, 'x'), (3, 'n'), (5, 'z')) AS t(order_id, area)`,
    );
  });
  const area = `(SELECT label FROM regions WHERE code = (SELECT area FROM parcels p WHERE p.order_id = v.order_id))`;

  it('every part of a question goes the same', () =>
    // The invoices lead to the parcels by the orders, and by these to regions.
    same(
      { measures: ['invoices.total', 'parcels.rows'], dimensions: ['regions.label'] },
      `WITH v AS (SELECT *, ${area} AS label FROM invoices v)
      SELECT label, (SELECT sum(total) FROM v WHERE v.label IS NOT DISTINCT FROM g.label),
        (SELECT count(*) FROM parcels WHERE order_id IN (SELECT order_id FROM v WHERE v.label IS NOT DISTINCT FROM g.label))
      FROM (SELECT DISTINCT label FROM v) g`,
      design,
    ));

  it('the first that was asked for leads, of two from which the ways are as long', () =>
    same(
      { measures: ['parcels.rows', 'invoices.total'] },
      `SELECT 4, (SELECT sum(total) FROM invoices WHERE order_id IN (SELECT order_id FROM parcels)
        AND order_id IN (SELECT id FROM orders))`,
      design,
    ));

  it('what the filter of a measure names does not change the way to a dimension', async () => {
    const home = `(SELECT label FROM my_orders o WHERE o.id = v.order_id)`;
    await same(
      { measures: ['invoices.total', 'invoices.far'], dimensions: ['regions.label'] },
      `WITH v AS (SELECT *, ${home} AS label FROM invoices v)
      SELECT label, (SELECT sum(total) FROM v WHERE v.label IS NOT DISTINCT FROM g.label),
        (SELECT sum(total) FROM v WHERE v.label IS NOT DISTINCT FROM g.label AND order_id IN (SELECT order_id FROM parcels WHERE area = 'x'))
      FROM (SELECT DISTINCT label FROM v) g`,
      design,
    );
  });
});
