/**
 * Filters: conditions on columns, as the grid and the profile use them, and what they are in SQL and in words.
 */
import { maskSql } from './profile/spelt';
import { double, identifier, literal, value } from './sql';
import type { Cell } from './table';

/** A condition on one column. `values` compare by equality, null among them; `low` and `high` are inclusive, null is open. */
export interface Filter {
  readonly column: string;
  readonly not?: boolean;
  readonly test:
    | { readonly kind: 'values'; readonly values: readonly Cell[] }
    | { readonly kind: 'range'; readonly low: Cell; readonly high: Cell }
    | { readonly kind: 'contains'; readonly text: string }
    | { readonly kind: 'null' }
    | Flag;
}

/**
 * What marks a value as an outlier. A null never is one; of numbers only finite values are.
 *
 * - outside: strictly below `low` or above `high`, null is open; with `positive` only values above 0 are looked at;
 * - unlike: text whose mask (profile/spelt.ts) is none of these;
 * - periods: times in the grains that begin at these times, ISO 8601.
 */
export type Flag =
  | {
      readonly kind: 'outside';
      readonly low: number | null;
      readonly high: number | null;
      readonly positive?: boolean;
    }
  | { readonly kind: 'unlike'; readonly masks: readonly string[] }
  | { readonly kind: 'periods'; readonly grain: string; readonly starts: readonly string[] };

/** The condition in SQL; rows where it is unknown count as not meeting it, also under `not`. */
export function filterSql(filter: Filter): string {
  const column = identifier(filter.column);
  const test = testSql(column, filter.test);
  return filter.not ? `(${test}) IS NOT TRUE` : test;
}

function testSql(column: string, test: Filter['test']): string {
  switch (test.kind) {
    case 'null':
      return `${column} IS NULL`;
    case 'contains':
      return `contains(lower(${column}::VARCHAR), lower(${literal(test.text)}))`;
    case 'range': {
      const ends = [
        ...(test.low === null ? [] : [`${column} >= ${value(test.low)}`]),
        ...(test.high === null ? [] : [`${column} <= ${value(test.high)}`]),
      ];
      return ends.length === 0 ? `${column} IS NOT NULL` : ends.join(' AND ');
    }
    case 'outside': {
      const x = `${column}::DOUBLE`;
      const ends = [
        ...(test.low === null ? [] : [`${x} < ${double(test.low)}`]),
        ...(test.high === null ? [] : [`${x} > ${double(test.high)}`]),
      ];
      const beyond = ends.length === 0 ? 'FALSE' : ends.join(' OR ');
      return `(isfinite(${x})${test.positive ? ` AND ${x} > 0` : ''} AND (${beyond}))`;
    }
    case 'unlike':
      return test.masks.length === 0
        ? `${column} IS NOT NULL`
        : `${maskSql(`${column}::VARCHAR`)} NOT IN (${test.masks.map(literal).join(', ')})`;
    case 'periods':
      return test.starts.length === 0
        ? 'FALSE'
        : `date_trunc(${literal(test.grain)}, ${column}::TIMESTAMP) IN (${test.starts.map((s) => `${literal(s)}::TIMESTAMP`).join(', ')})`;
    case 'values': {
      const filled = test.values.filter((v) => v !== null);
      const parts = [
        ...(filled.length > 0 ? [`${column} IN (${filled.map(value).join(', ')})`] : []),
        ...(filled.length < test.values.length ? [`${column} IS NULL`] : []),
      ];
      return parts.length === 0 ? 'FALSE' : parts.length === 1 ? parts[0]! : `(${parts.join(' OR ')})`;
    }
  }
}

/** `WHERE …` with all conditions, or ''. */
export function whereSql(filters: readonly Filter[]): string {
  return filters.length === 0 ? '' : `WHERE ${filters.map(filterSql).join(' AND ')}`;
}
