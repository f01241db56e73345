/**
 * Tables that are hard to bear: values, types and names at the edge of what a file can hold, as Parquet.
 */
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { literal } from '../../src-main/core/sql';

/** By the name of the table; each over `range(rows)`, unless it says how many rows it has. */
const tables: Readonly<Record<string, (rows: number) => string>> = {
  nested: (rows) => `SELECT range AS id,
    [range % 7, NULL, range] AS list,
    CASE WHEN range % 5 > 0 THEN [[range % 3], []] END AS lists,
    {'a': range, 'b': {'select': 'x' || range % 4, 'c': [DATE '2020-01-01' + (range % 90)::INTEGER]}} AS struct,
    MAP {'k' || range % 3: range / 7, 'other': NULL} AS map,
    [{'price': range % 11, 'tags': ['a', 'b']}] AS items,
    CASE WHEN range < 0 THEN [1] END AS never,
    []::INTEGER[] AS empty_list FROM range(${rows})`,
  not_finite: (rows) => `SELECT range AS id,
    CASE range % 4 WHEN 0 THEN 'NaN'::DOUBLE WHEN 1 THEN 'Infinity' WHEN 2 THEN '-Infinity' ELSE range / 3 END AS mixed,
    CASE WHEN range % 100 > 0 THEN 'NaN'::DOUBLE ELSE range END AS mostly_nan,
    'NaN'::DOUBLE AS all_nan, 'Infinity'::FLOAT AS all_infinite,
    CASE WHEN range % 2 = 0 THEN 'NaN'::FLOAT END AS nan_or_null,
    CASE range % 3 WHEN 0 THEN 1.7976931348623157e308 WHEN 1 THEN -1.7976931348623157e308 ELSE 5e-324 END AS widest,
    -0.0::DOUBLE AS minus_zero, 1e-310 * range AS denormal FROM range(${rows})`,
  nothing: (
    rows,
  ) => `SELECT NULL::INTEGER AS null_number, NULL::VARCHAR AS null_text, NULL::TIMESTAMP AS null_time,
    NULL::BOOLEAN AS null_flag, NULL::INTEGER[] AS null_list, NULL::DECIMAL(38, 10) AS null_decimal,
    7 AS same_number, 'same' AS same_text, DATE '2020-02-29' AS same_day, true AS same_flag, '' AS empty_text,
    '   ' AS blank_text, 0.0 AS zero FROM range(${rows})`,
  no_rows: () =>
    `SELECT range AS id, 'a' AS text, DATE '2020-01-01' AS day, [1] AS list, true AS flag FROM range(0)`,
  one_row: () =>
    `SELECT 1 AS id, 'a' AS text, DATE '2020-01-01' AS day, [1] AS list, true AS flag, 'NaN'::DOUBLE AS x`,
  decimals: (rows) => `SELECT range AS id,
    ('0.' || lpad((range * 1000000007 % 97)::VARCHAR, 37, '0'))::DECIMAL(38, 37) AS fractions,
    99999999999999999999999999999999999999::DECIMAL(38, 0) - range AS longest,
    ((range % 90 - 45)::VARCHAR || repeat('0', 36))::DECIMAL(38, 0) AS far_apart,
    (range % 1000)::DECIMAL(18, 4) / 8 AS money,
    9223372036854775807 - range AS big, 18446744073709551615::UBIGINT - range::UBIGINT AS unsigned_big
    FROM range(${rows})`,
  times: (rows) => `SELECT range AS id,
    DATE '1066-10-14' + (range % 5000)::INTEGER AS old_day,
    DATE '4000-01-01 (BC)' + (range % 900000)::INTEGER AS ancient,
    DATE '99999-01-01' + (range % 400)::INTEGER AS distant,
    CASE range % 3 WHEN 0 THEN 'infinity'::DATE WHEN 1 THEN '-infinity'::DATE ELSE DATE '2020-01-01' + range::INTEGER % 300 END AS endless,
    TIMESTAMP '1899-12-31 23:59:59.999999' + to_hours(range % 9000) AS before_1900,
    TIMESTAMP '9999-12-31 00:00:00' + to_days((range % 30)::INTEGER) AS after_9999,
    TIMESTAMPTZ '2024-03-31 01:30:00+01' + to_minutes(range % 100000) AS zoned,
    'infinity'::TIMESTAMP AS never,
    TIME '23:59:59.999999' - to_seconds(range % 86399) AS clock,
    to_days((range % 40)::INTEGER) AS span
    FROM range(${rows})`,
  long_text: () => `SELECT range AS id, repeat('long text ', 1000000) || range % 3 AS ten_megabytes,
    repeat(chr(9785 + (range % 5)::INTEGER), 2000) AS smiles, repeat('x', (range * 40000)::INTEGER) AS growing,
    repeat(chr(10), 50) || range AS lines, repeat('ab', 500000)::BLOB AS bytes FROM range(12)`,
  names: (rows) => `SELECT range AS "select", range % 3 AS "group", 'a' || range % 9 AS "__proto__",
    range / 3 AS "constructor", DATE '2020-01-01' + (range % 99)::INTEGER AS "toString", range % 2 = 0 AS "a ""b"" 'c'",
    CASE WHEN range % 4 > 0 THEN range END AS "line
break", range * 2 AS "🦆 emoji", range % 5 AS "  blank  ", range % 6 AS "a.b[0]; DROP TABLE t --",
    range % 7 AS "<b>bold</b>", range % 8 AS "${'very long name '.repeat(20)}", [range] AS "null", range AS "order", range % 10 AS "Größe"
    FROM range(${rows})`,
};

export interface HardFile {
  readonly name: string;
  readonly path: string;
}

/** Writes them into a folder. @param wide Columns of one more table; 0 leaves it out. */
export async function hardFiles(folder: string, rows: number, wide: number): Promise<readonly HardFile[]> {
  const db = await DuckDBInstance.create(':memory:');
  const connection = await db.connect();
  const files: HardFile[] = [];
  const write = async (name: string, sql: string) => {
    const path = join(folder, `${name}.parquet`);
    await connection.run(`COPY (${sql}) TO ${literal(path)} (FORMAT parquet)`);
    files.push({ name, path });
  };
  try {
    await connection.run(`SET TimeZone = 'UTC'`);
    for (const [name, sql] of Object.entries(tables)) await write(name, sql(rows));
    if (wide > 0) {
      const columns = Array.from({ length: wide }, (_, i) =>
        i % 3 === 0
          ? `hash(range, ${i}) % ${i + 2} AS n${i}`
          : i % 3 === 1
            ? `'t' || range % ${i + 1} AS t${i}`
            : `CASE WHEN (range + ${i}) % 3 > 0 THEN range * ${i} / 7 END AS x${i}`,
      );
      await write('wide', `SELECT ${columns.join(', ')} FROM range(300)`);
    }
  } finally {
    connection.closeSync();
    db.closeSync();
  }
  return files;
}
