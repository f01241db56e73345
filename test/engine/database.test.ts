import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, it } from 'vitest';
import { attachSql, describeTable, partsOfEntry, tableSql, tablesOf } from '../../src-main/engine/database';
import { lock } from '../../src-main/engine/session';
import { freshFolder, put } from '../support/folder';

const options = () => {
  const folder = freshFolder();
  return { tables: folder, temporary: folder, memory: '500MB' };
};

async function database(...statements: string[]): Promise<string> {
  const path = join(freshFolder(), "my 'data'.duckdb");
  const db = await DuckDBInstance.create(path);
  const connection = await db.connect();
  for (const sql of statements) await connection.run(sql);
  connection.closeSync();
  db.closeSync();
  return path;
}

const made = () =>
  database(
    `CREATE TABLE orders AS SELECT range AS id, 'x' || range AS name FROM range(1000)`,
    'CREATE SCHEMA "s.1"',
    'CREATE TABLE "s.1"."t""q" (x INTEGER)',
    'CREATE VIEW few AS SELECT id FROM orders WHERE id < 10',
  );

it('tables and views are listed, and the file stays as it was', async () => {
  const path = await made();
  const state = () => [createHash('sha256').update(readFileSync(path)).digest('hex'), statSync(path).mtimeMs];
  const before = state();
  expect(await tablesOf(path, options())).toEqual([
    { schema: 'main', table: 'orders', entry: 'main.orders', view: false, rows: 1000 },
    { schema: 's.1', table: 't"q', entry: '"s.1"."t""q"', view: false, rows: 0 },
    { schema: 'main', table: 'few', entry: 'main.few', view: true, rows: null },
  ]);
  expect(await describeTable(path, 'few', options())).toEqual({
    columns: [{ name: 'id', type: 'BIGINT', kind: 'number' }],
    rows: 10,
  });
  expect((await describeTable(path, '"s.1"."t""q"', options())).columns).toMatchObject([{ name: 'x' }]);
  expect(state()).toEqual(before);
  expect(readdirSync(join(path, '..'))).toEqual(["my 'data'.duckdb"]);
});

it('a locked connection reads a table and a view of it and nothing else', async () => {
  const path = await made();
  const db = await DuckDBInstance.create(':memory:');
  const connection = await db.connect();
  await lock(connection, [path, `${path}.wal`], []);
  await connection.run(attachSql(path, 'db_1'));
  await connection.run(`CREATE VIEW few AS FROM ${tableSql('db_1', 'main.few')}`);
  expect((await connection.runAndReadAll('SELECT count(*)::INTEGER FROM few')).getRows()).toEqual([[10]]);
  await expect(connection.run('INSERT INTO db_1.main.orders VALUES (1, 2)')).rejects.toThrow('read-only');
  connection.closeSync();
  db.closeSync();
});

it.each([
  ['main.orders', ['main', 'orders']],
  ['orders', ['main', 'orders']],
  ['"s.1"."t""q"', ['s.1', 't"q']],
])('the entry %s names %j', (entry, parts) => {
  expect(partsOfEntry(entry)).toEqual(parts);
});

it.each<[string, (bytes: Buffer) => Buffer, RegExp]>([
  ['cut off', (bytes) => bytes.subarray(0, 20_000), /damaged/],
  ['cut off within its head', (bytes) => bytes.subarray(0, 5000), /cut off/],
  ['with a damaged header', (bytes) => Buffer.from(bytes).fill(7, 4200, 12_000), /damaged/],
  ['that is none', () => Buffer.from('id,name\n1,x\n'), /does not begin/],
])('a database %s is refused', async (_, spoil, reason) => {
  const path = put(freshFolder(), 'a.duckdb', spoil(readFileSync(await made())));
  await expect(tablesOf(path, options())).rejects.toMatchObject({
    problem: { code: 'source-broken', about: { reason: expect.stringMatching(reason) } },
  });
});

it('a table that is not there, and a view that reads another file, are refused', async () => {
  const csv = put(freshFolder(), 'other.csv', 'a\n1\n');
  const path = await database(`CREATE VIEW away AS FROM read_csv('${csv}')`);
  await expect(describeTable(path, 'main.none', options())).rejects.toMatchObject({
    problem: { code: 'source-broken' },
  });
  await expect(describeTable(path, 'main.away', options())).rejects.toMatchObject({
    problem: { about: { reason: 'the view reads other files, which is not allowed here' } },
  });
});

it('a database that another program holds, or whose log is not written back, says so', async () => {
  const path = await made();
  const script = `const { DuckDBInstance } = require('@duckdb/node-api');
    DuckDBInstance.create(process.argv[1]).then(() => { console.log('up'); setTimeout(() => {}, 60000); });`;
  const holder = spawn(process.execPath, ['-e', script, path], { cwd: join(import.meta.dirname, '../..') });
  try {
    await new Promise((resolve) => holder.stdout.once('data', resolve));
    await expect(tablesOf(path, options())).rejects.toMatchObject({
      problem: { code: 'source-unreadable', about: { reason: 'another program holds it' } },
    });
  } finally {
    const gone = new Promise((resolve) => holder.once('exit', resolve));
    holder.kill();
    await gone;
  }
  put(join(path, '..'), "my 'data'.duckdb.wal", 'x');
  await expect(tablesOf(path, options())).rejects.toMatchObject({
    problem: { about: { reason: expect.stringContaining('.wal') } },
  });
});
