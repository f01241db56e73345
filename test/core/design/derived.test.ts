import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it } from 'vitest';
import {
  bareQuery,
  derivedCircle,
  makingOrder,
  readBeside,
  restingOn,
  tablesRead,
} from '#core/design/derived';
import { identifier } from '#core/sql';

/** Queries over `a`, `b` and `c "d"`, each with what it reads. */
const queries: readonly (readonly [string, string])[] = [
  ['SELECT * FROM a', 'a'],
  ['FROM a', 'a'],
  ['SELECT * FROM A x, b AS y', 'A b'],
  ['SELECT * FROM a JOIN b USING (k) LEFT JOIN "c ""d""" z ON z.k = a.k', 'a b c "d"'],
  ['SELECT 1', ''],
  ['SELECT (SELECT max(k) FROM b) FROM a WHERE EXISTS (FROM "c ""d""")', 'b a c "d"'],
  ['SELECT k FROM a UNION ALL SELECT k FROM b', 'a b'],
  ['WITH a AS (SELECT * FROM b) SELECT * FROM a', 'b'],
  ['WITH a AS (SELECT * FROM a) SELECT * FROM a', 'a'],
  ['WITH x AS (FROM a), y(k) AS MATERIALIZED (FROM x, b) SELECT * FROM y', 'a b'],
  ['WITH RECURSIVE r(k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM r WHERE k < 3) SELECT * FROM r, a', 'a'],
  ['SELECT * FROM (WITH a AS (SELECT 1 AS k) FROM a) JOIN a USING (k)', 'a'],
  ['SELECT extract(day FROM d), trim(both FROM t), k IS DISTINCT FROM 1 FROM a', 'a'],
  ['SELECT * FROM a, unnest([1, 2]) AS u(i), range(3) r, b', 'a b'],
  ['SELECT * FROM a, LATERAL (SELECT a.k + 1) l, b', 'a b'],
  ['SELECT a.k FROM ((a JOIN b USING (k)) CROSS JOIN "c ""d""")', 'a b c "d"'],
  ['SELECT b.k, a.k FROM b, a ORDER BY b.k, a.k', 'b a'],
  ['SELECT k AS b, count(*) OVER (PARTITION BY k ORDER BY d) c FROM main.a', 'a'],
  ['SELECT \'FROM b\', "k" -- FROM b\nFROM a /* , b */', 'a'],
  ['SELECT k, CASE WHEN k IN (SELECT k FROM b) THEN 1 ELSE 2 END FROM a GROUP BY ALL', 'b a'],
  ['FROM a SELECT k, [x FOR x IN [1, 2]] l', 'a'],
  ['SELECT list_transform([1], x -> x + 1), {k: 1} s, t FROM a', 'a'],
  ['FROM a ASOF JOIN b ON a.k >= b.k', 'a b'],
  ['VALUES (1), (2)', ''],
  ['SELECT * FROM (VALUES (1, 2), (3, 4)) v(k, d), a', 'a'],
  ['(SELECT k FROM a) EXCEPT (SELECT k FROM b)', 'a b'],
  ['SELECT count(*) FILTER (WHERE k > 1), max(substring(t FROM 1 FOR 2)) FROM a', 'a'],
  ['TABLE a', 'a'],
  ['UNPIVOT a ON k, d::BIGINT INTO NAME n VALUE v', 'a'],
  ['SELECT * FROM a QUALIFY row_number() OVER (ORDER BY k) = 1', 'a'],
];

describe('what a query reads', () => {
  it.each(queries)('%s', (query, read) => {
    expect(
      tablesRead(query)
        .map((table) => table.name)
        .join(' '),
    ).toBe(read);
  });

  it('DuckDB needs these tables and no other', async () => {
    for (const [query] of queries) {
      const read = [...new Set(tablesRead(query).map((table) => table.name.toLowerCase()))];
      const day = query.startsWith('UNPIVOT') ? '2' : "DATE '2024-01-05'";
      const db = await DuckDBInstance.create(':memory:');
      const connection = await db.connect();
      for (const name of read)
        await connection.run(`CREATE TABLE ${identifier(name)} AS SELECT 1 AS k, 't' AS t, ${day} AS d`);
      await connection.run(query);
      for (const name of read) {
        await connection.run(`ALTER TABLE ${identifier(name)} RENAME TO away`);
        const failed = await connection.run(query).then(String, String);
        expect(`${query}: ${failed.toLowerCase()}`).toMatch(/table with name|circular reference to cte/);
        expect(failed.toLowerCase()).toContain(name);
        await connection.run(`ALTER TABLE away RENAME TO ${identifier(name)}`);
      }
      connection.closeSync();
      db.closeSync();
    }
  });

  it('a table of the system is not missed, and what is missed is told once', () => {
    expect(readBeside('FROM a, x JOIN X USING (k), duckdb_tables, information_schema.tables', ['A'])).toEqual(
      ['x', 'X'],
    );
  });

  it('never throws on a text that is cut anywhere', () => {
    for (const [query] of queries)
      for (let end = 0; end <= query.length; end += 1) {
        tablesRead(query.slice(0, end));
        tablesRead(query.slice(end));
      }
  });
});

it('a query ends before what follows its last word', () => {
  expect(bareQuery(' SELECT 1;; -- the end\n/* ; */ ;\n')).toBe(' SELECT 1');
  expect(bareQuery(" SELECT ';' ")).toBe(" SELECT ';'");
  expect(bareQuery(' ; -- nothing')).toBe('');
});

describe('several derived tables', () => {
  const sources = [
    { name: 'top', query: 'FROM middle, file' },
    { name: 'middle', query: 'FROM File' },
    { name: 'file' },
    { name: 'other', query: 'SELECT 1' },
  ];

  it('each is made after what it reads', () => {
    expect(makingOrder(sources).map((s) => s.name)).toEqual(['file', 'other', 'middle', 'top']);
  });

  it('those that rest on a table follow it, in order', () => {
    expect(restingOn(sources, 'file').map((s) => s.name)).toEqual(['middle', 'top']);
    expect(restingOn(sources, 'middle').map((s) => s.name)).toEqual(['top']);
    expect(restingOn(sources, 'other')).toEqual([]);
  });

  it('a circle is told by its way, and stops neither the order nor who rests on it', () => {
    const round = [
      { name: 'a', query: 'FROM c' },
      { name: 'b', query: 'FROM a' },
      { name: 'c', query: 'FROM b' },
      { name: 'd', query: 'FROM a' },
      { name: 'self', query: 'FROM self' },
    ];
    expect(derivedCircle(round, 'a')).toEqual(['a', 'c', 'b', 'a']);
    expect(derivedCircle(round, 'self')).toEqual(['self', 'self']);
    expect(derivedCircle(round, 'd')).toBeNull();
    expect(makingOrder(round).length).toBe(5);
    expect(restingOn(round, 'a').map((s) => s.name)).toEqual(['b', 'c', 'd']);
  });
});
