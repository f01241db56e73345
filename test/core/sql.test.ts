import { DuckDBInstance } from '@duckdb/node-api';
import { expect, it } from 'vitest';
import { literal } from '../../src-main/core/sql';

it('any text comes back from a statement as it was, quotes and NUL among it', async () => {
  const db = await DuckDBInstance.create(':memory:');
  const connection = await db.connect();
  for (const text of ['', "it's", 'a\0b', "\0'\0", '\0', 'é\n"x"; --']) {
    const found = (await connection.runAndReadAll(`SELECT ${literal(text)}, 'after'`)).getRows()[0];
    expect(found).toEqual([text, 'after']);
  }
  connection.closeSync();
  db.closeSync();
});
