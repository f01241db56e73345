/**
 * Answers of two queries beside one another.
 */
import type { DuckDBConnection } from '@duckdb/node-api';

/** Rows as texts, numbers rounded to twelve digits, in an order of their own. */
export async function answerOf(connection: DuckDBConnection, sql: string): Promise<readonly string[]> {
  const rows = (await connection.runAndReadAll(sql)).getRowsJson();
  return rows.map((row) => row.map(cell).join(' | ')).sort();
}

function cell(value: unknown): string {
  if (value === null) return '–';
  const text = String(value);
  if (/^\d{4}-\d\d-\d\d/.test(text)) return text.slice(0, 10);
  return /^-?\d+(\.\d+)?(e[-+]?\d+)?$/i.test(text) ? String(Number(Number(text).toPrecision(12))) : text;
}
