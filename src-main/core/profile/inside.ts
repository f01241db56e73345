/**
 * What nested values hold: the elements of a list, the fields of a struct, the keys and the values of a map.
 */
import { identifier } from '../sql';
import type { Column } from '../table';

/** How a nested type is taken apart; null for one that is not, such as a union. */
export type Nesting = 'list' | 'struct' | 'map' | null;

export function nestingOf(type: string): Nesting {
  if (/\[\d*\]$/.test(type)) return 'list';
  if (type.startsWith('STRUCT(')) return 'struct';
  return type.startsWith('MAP(') ? 'map' : null;
}

/** One row: the fewest and the most elements of a value, and their mean; lists and maps only. */
export function elementsSql(from: string, column: Column): string {
  const c = identifier(column.name);
  const length = nestingOf(column.type) === 'map' ? `cardinality(${c})` : `len(${c})`;
  return `SELECT min(n) AS fewest, max(n) AS most, avg(n) AS elements FROM (SELECT ${length} AS n FROM ${from})`;
}

/**
 * What stands behind FROM for the parts of nested values, a column each. Of a list every element is a row.
 * @returns null if the type cannot be taken apart.
 */
export function insideSql(from: string, column: Column): string | null {
  const c = identifier(column.name);
  const part = (name: string) => identifier(`${column.name}${name}`);
  switch (nestingOf(column.type)) {
    case 'list':
      return `(SELECT unnest(${c}) AS ${part('[]')} FROM ${from})`;
    case 'map':
      return `(SELECT unnest(map_keys(${c})) AS ${part('.key')}, unnest(map_values(${c})) AS ${part('.value')} FROM ${from})`;
    case 'struct':
      return `(SELECT unnest(${c}) FROM ${from})`;
    default:
      return null;
  }
}
