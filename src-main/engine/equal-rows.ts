/**
 * Rows equal to an earlier one, for large tables: rows are compared by a hash of 64 bits, part by part, so that ten million of
 * them need no gigabyte.
 */
import { identifier } from '../core/sql';
import type { Query } from './session';

/** The hashes of rows, one column for each set of columns. */
const HASHES = 'assay_hashes';
/** Parts the hashes are counted in. */
const PARTS = 8;

/**
 * @param sets Sets of columns, none of them empty.
 * @returns for each set how many rows are equal in it to an earlier row, and the statements.
 */
export async function countEqualRows(
  query: Query,
  from: string,
  sets: readonly (readonly string[])[],
): Promise<{ readonly counts: readonly number[]; readonly sql: readonly string[] }> {
  const hashed = sets.map((columns, i) => `hash(${columns.map(identifier).join(', ')}) AS h${i}`);
  const make = `CREATE OR REPLACE TEMP TABLE ${HASHES} AS SELECT ${hashed.join(', ')} FROM ${from}`;
  await query(make);
  const counts: number[] = [];
  const sql = [make];
  for (const i of sets.keys()) {
    let equal = 0;
    for (let part = 0; part < PARTS; part++) {
      const statement = `SELECT count(*) - count(DISTINCT h${i}) FROM ${HASHES} WHERE h${i} % ${PARTS} = ${part}`;
      equal += Number((await query(statement)).rows[0]?.[0] ?? 0);
    }
    counts.push(equal);
    sql.push(`SELECT count(*) - count(DISTINCT h${i}) FROM ${HASHES}`);
  }
  await query(`DROP TABLE ${HASHES}`);
  return { counts, sql };
}
