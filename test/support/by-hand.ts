/**
 * Questions to the shop, and answers to them by hand.
 */
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, expect } from 'vitest';
import type { Design, DesignTable } from '#core/design/design';
import { type DesignQuery, type MemberFilter, type ModelQuery, queryFor } from '#core/design/query';
import { ProblemError } from '#core/problem';
import { answerOf } from '../oracle/answers';
import { shop, shopRows } from './shop';

/** Each row with what it leads to, looked up. */
const looked = [
  `CREATE VIEW my_customers AS SELECT *, (SELECT label FROM regions r WHERE r.code = c.region) AS label FROM customers c`,
  `CREATE VIEW my_orders AS SELECT *, (SELECT country FROM customers c WHERE c.id = o.customer_id) AS country,
    (SELECT label FROM my_customers c WHERE c.id = o.customer_id) AS label FROM orders o`,
  `CREATE VIEW my_items AS SELECT *, (SELECT status FROM orders o WHERE o.id = i.order_id) AS status,
    (SELECT country FROM my_orders o WHERE o.id = i.order_id) AS country,
    (SELECT label FROM my_orders o WHERE o.id = i.order_id) AS label,
    (SELECT customer_id FROM orders o WHERE o.id = i.order_id) AS customer_id,
    (SELECT title FROM products p WHERE p.sku = i.sku) AS title FROM items i`,
  `CREATE VIEW my_tickets AS SELECT *, (SELECT country FROM customers c WHERE c.id = t.customer_id) AS country FROM tickets t`,
  `CREATE VIEW my_tagged AS SELECT *, (SELECT word FROM tags t WHERE t.tag = b.tag) AS word,
    (SELECT title FROM products p WHERE p.sku = b.sku) AS title FROM product_tags b`,
];

/** Title, what is asked, and the answer as SQL by hand. */
export type Question = readonly [title: string, asked: Partial<ModelQuery>, byHand: string];

export function queryOf(asked: Partial<ModelQuery>, design: Design = shop): DesignQuery {
  return queryFor(design, { measures: [], dimensions: [], segments: [], ...asked });
}

/** A question with one filter. */
export function one(member: string, operator: MemberFilter['operator'], ...values: MemberFilter['values']) {
  return { filters: [{ member, operator, values }] };
}

/** The shop with another table in place of one. */
export function changed(
  name: string,
  change: (table: DesignTable) => DesignTable,
  design: Design = shop,
): Design {
  return { ...design, tables: design.tables.map((t) => (t.name === name ? change(t) : t)) };
}

/** The code of the problem that an act ends with; `none` if it ends well. */
export function codeOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof ProblemError) return error.problem.code;
    throw error;
  }
  return 'none';
}

/** The shop in a database, for the tests of a file. */
export function openShop() {
  let instance: DuckDBInstance;
  let connection: DuckDBConnection;
  beforeAll(async () => {
    instance = await DuckDBInstance.create(':memory:');
    connection = await instance.connect();
    await connection.run(`SET TimeZone = 'UTC'`);
    for (const statement of [...shopRows, ...looked]) await connection.run(statement);
  });
  afterAll(() => instance.closeSync());
  return {
    run: async (sql: string) => void (await connection.run(sql)),
    rows: async (sql: string) => (await connection.runAndReadAll(sql)).getRowsJson(),
    answer: (sql: string) => answerOf(connection, sql),
    /** That a question has the answer by hand, rows in any order. */
    same: async (asked: Partial<ModelQuery>, byHand: string, design: Design = shop) => {
      const expected = await answerOf(connection, byHand);
      expect(await answerOf(connection, queryOf(asked, design).sql)).toEqual(expected);
    },
  };
}
