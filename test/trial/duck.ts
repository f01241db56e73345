/**
 * A file read with no hints as DuckDB's own automatic reader does, to compare with.
 */
import { DuckDBInstance } from '@duckdb/node-api';
import { literal } from '../../src-main/core/sql';
import type { Reader } from './read';

/** DuckDB's automatic reader with every column as text; it never asks. */
export function duckReader(): Reader {
  return {
    name: 'DuckDB',
    async readAll(path) {
      const db = await DuckDBInstance.create(':memory:');
      const connection = await db.connect();
      try {
        const sniffed = await connection.runAndReadAll(
          `SELECT HasHeader FROM sniff_csv(${literal(path)}, all_varchar = true)`,
        );
        const answer = await connection.runAndReadAll(
          `FROM read_csv(${literal(path)}, auto_detect = true, all_varchar = true)`,
        );
        return {
          header: answer.columnNames(),
          headed: sniffed.getRows()[0]?.[0] === true,
          rows: answer.getRows().map((row) => row.map((cell) => (cell === null ? '' : String(cell)))),
          asked: [],
          table: null,
        };
      } catch (error) {
        return { refused: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error) };
      } finally {
        connection.closeSync();
        db.closeSync();
      }
    },
    async close() {},
  };
}
