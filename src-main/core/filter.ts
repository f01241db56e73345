/**
 * Filters: conditions on columns, as the grid and the profile use them, and what they are in SQL and in words.
 */
import { identifier, literal, value } from './sql';
import type { Cell } from './table';

/** A condition on one column. `values` compare by equality, null among them; `low` and `high` are inclusive, null is open. */
export interface Filter {
  readonly column: string;
  readonly not?: boolean;
  readonly test:
    | { readonly kind: 'values'; readonly values: readonly Cell[] }
    | { readonly kind: 'range'; readonly low: Cell; readonly high: Cell }
    | { readonly kind: 'contains'; readonly text: string }
    | { readonly kind: 'null' };
}

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
