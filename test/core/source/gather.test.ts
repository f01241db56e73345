import { DuckDBInstance } from '@duckdb/node-api';
import { expect, it } from 'vitest';
import { gather, hiveOf } from '#core/source/gather';

const files = [
  {
    path: '/d/a.csv',
    from: 'a',
    columns: [
      { name: 'id', type: 'BIGINT' },
      { name: 'Name ', type: 'VARCHAR' },
      { name: 'amount', type: 'BIGINT' },
      { name: 'day', type: 'DATE' },
    ],
    hive: [
      ['year', '2024'],
      ['month', '07'],
    ] as const,
  },
  {
    path: "/d/b'.csv",
    from: 'b',
    columns: [
      { name: 'amount', type: 'DOUBLE' },
      { name: 'name', type: 'VARCHAR' },
      { name: 'day', type: 'VARCHAR' },
      { name: 'source_file', type: 'VARCHAR' },
    ],
    hive: [['year', '2025']] as const,
  },
];

it('tables are united by name, and every difference is said', () => {
  const made = gather(files);
  expect(made.columns).toEqual([
    { name: 'id', type: 'BIGINT' },
    { name: 'Name ', type: 'VARCHAR' },
    { name: 'amount', type: 'DOUBLE' },
    { name: 'day', type: 'VARCHAR' },
    { name: 'source_file', type: 'VARCHAR' },
    { name: 'year', type: 'BIGINT' },
    { name: 'month', type: 'VARCHAR' },
    { name: 'source_file_1', type: 'VARCHAR' },
  ]);
  expect(made.differences).toEqual(
    [
      { path: '/d/a.csv', column: 'amount', type: 'BIGINT', expected: 'DOUBLE' },
      { path: '/d/a.csv', column: 'day', type: 'DATE', expected: 'VARCHAR' },
      { path: "/d/b'.csv", column: 'id', type: null, expected: 'BIGINT' },
      { path: "/d/b'.csv", column: 'day', type: 'VARCHAR', expected: 'VARCHAR' },
      {
        path: "/d/b'.csv",
        column: 'source_file',
        type: 'VARCHAR',
        expected: 'no such column in the first file',
      },
    ].filter((d) => d.type !== d.expected),
  );
  expect(made.notes).toEqual(['“name” was taken for “Name ”']);
});

it('the union binds and keeps every row with its file', async () => {
  const db = await DuckDBInstance.create(':memory:');
  const connection = await db.connect();
  await connection.run(
    `CREATE TABLE a AS SELECT 1::BIGINT AS id, 'x' AS "Name ", 2::BIGINT AS amount, DATE '2024-01-31' AS day`,
  );
  await connection.run(
    `CREATE TABLE b AS SELECT 2.5::DOUBLE AS amount, NULL AS name, 'soon' AS day, 'f' AS source_file`,
  );
  const rows = (await connection.runAndReadAll(gather(files).sql)).getRowsJson();
  expect(rows).toEqual([
    ['1', 'x', 2, '2024-01-31', null, '2024', '07', '/d/a.csv'],
    [null, null, 2.5, 'soon', 'f', '2025', null, "/d/b'.csv"],
  ]);
  connection.closeSync();
  db.closeSync();
});

it.each([
  ['BIGINT', 'INTEGER', 'BIGINT'],
  ['BIGINT', 'DECIMAL(10,2)', 'DECIMAL(21,2)'],
  ['BIGINT', 'HUGEINT', 'HUGEINT'],
  ['HUGEINT', 'DOUBLE', 'VARCHAR'],
  ['DATE', 'TIMESTAMP', 'TIMESTAMP'],
  ['BOOLEAN', 'BIGINT', 'VARCHAR'],
])('%s and %s become %s', (one, other, type) => {
  const made = gather([
    { path: 'a', from: 'a', columns: [{ name: 'x', type: one }] },
    { path: 'b', from: 'b', columns: [{ name: 'X', type: other }] },
  ]);
  expect(made.columns[0]).toEqual({ name: 'x', type });
});

it('hive keys are read from the folders, decoded, and a leading zero stays', () => {
  expect(hiveOf('year=2024/plain/city=S%C3%A3o%20Paulo/m=07/a=b.csv')).toEqual([
    ['year', '2024'],
    ['city', 'São Paulo'],
    ['m', '07'],
  ]);
});
