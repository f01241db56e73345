/**
 * A small, bounded result as an Arrow IPC stream.
 *
 * Types Arrow shares with DuckDB travel as they are; the rest (decimals, times, nested values, huge integers) as the text
 * a person would read, which is exact.
 */
import {
  Bool,
  type Data,
  Field,
  Float64,
  Int32,
  Int64,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  Table,
  tableToIPC,
  Utf8,
  vectorFromArray,
} from 'apache-arrow';
import type { Result } from './session';

const whole = new Set(['TINYINT', 'SMALLINT', 'INTEGER', 'UTINYINT', 'USMALLINT']);

export function toArrow(result: Result): Uint8Array {
  const vectors = result.columns.map((column, i) =>
    vectorOf(
      column.type,
      result.rows.map((row) => row[i] ?? null),
    ),
  );
  // Built by position: an object of columns would put names that look like numbers first.
  const fields = result.columns.map((column, i) => new Field(column.name, vectors[i]!.type, true));
  const schema = new Schema(fields);
  const length = result.rows.length;
  const children = vectors.map((vector) => vector.data[0] as Data);
  const data = makeData({ type: new Struct(fields), length, nullCount: 0, children });
  return tableToIPC(new Table(schema, [new RecordBatch(schema, data)]), 'stream');
}

function vectorOf(type: string, cells: readonly (string | number | boolean | null)[]) {
  if (whole.has(type)) return vectorFromArray(cells as (number | null)[], new Int32());
  if (type === 'BIGINT' || type === 'UINTEGER')
    return vectorFromArray(
      cells.map((c) => (c === null ? null : BigInt(c as number | string))),
      new Int64(),
    );
  if (type === 'DOUBLE' || type === 'FLOAT')
    return vectorFromArray(
      cells.map((c) => (c === null ? null : Number(c))),
      new Float64(),
    );
  if (type === 'BOOLEAN') return vectorFromArray(cells as (boolean | null)[], new Bool());
  return vectorFromArray(
    cells.map((c) => (c === null ? null : String(c))),
    new Utf8(),
  );
}
