/**
 * The rows that a set of columns does not identify.
 */
import { identifier } from '../sql';
import type { Column } from '../table';

/** What stands behind FROM for the rows, as `m`, that lack a value of the key or share it with another row. */
export function breaksSql(from: string, key: readonly Column[]): string {
  const names = key.map((c) => identifier(c.name));
  const list = names.map((name, i) => `${name} AS k${i}`).join(', ');
  const filled = names.map((name) => `${name} IS NOT NULL`).join(' AND ');
  const on = names.map((name, i) => `m.${name} = r.k${i}`).join(' AND ');
  const lacking = names.map((name) => `m.${name} IS NULL`).join(' OR ');
  return `${from} AS m LEFT JOIN (
  SELECT ${list} FROM ${from} WHERE ${filled} GROUP BY ALL HAVING count(*) > 1
) AS r ON ${on} WHERE ${lacking} OR r.k0 IS NOT NULL`;
}
