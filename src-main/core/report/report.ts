/**
 * What a report is made of: tables with their profiles, and what is known of them besides.
 */
import type { Alert, ColumnProfile } from '../profile/profile';
import { suggest } from '../profile/suggest';
import type { Table } from '../table';

export interface Reported {
  readonly table: Table;
  /** Columns that are missing here were not profiled. */
  readonly profiles: readonly ColumnProfile[];
  /** Rows equal to an earlier row in every column; null if they were not counted. */
  readonly duplicates: number | null;
  /** Alerts that were not looked for, in words. */
  readonly unlooked: readonly string[];
  readonly alerts: readonly Alert[];
  readonly muted: readonly (Alert & { readonly reason: string })[];
}

/** `Profile of orders, customers`. */
export function reportTitle(tables: readonly string[]): string {
  return `Profile of ${tables.join(', ')}`;
}

/** What the report says of itself. */
export interface Imprint {
  readonly title: string;
  /** Of the program. */
  readonly version: string;
  /** ISO 8601. */
  readonly at: string;
  /** The condition in SQL under which rows were profiled; '' is all rows. */
  readonly where: string;
}

/** Facts of a table by name, as a report tells them first. */
export interface TableFacts {
  readonly cells: number;
  readonly nulls: number;
  /** Columns proposed as the key. */
  readonly keys: readonly string[];
  /** Columns by kind, the kinds that occur only. */
  readonly kinds: readonly (readonly [string, number])[];
  /** Columns that were not profiled. */
  readonly missing: number;
}

export function factsOf({ table, profiles }: Reported): TableFacts {
  const kinds = new Map<string, number>();
  for (const { kind } of table.columns) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  return {
    cells: profiles.reduce((sum, p) => sum + p.rows, 0),
    nulls: profiles.reduce((sum, p) => sum + p.nulls, 0),
    keys: profiles.filter((p) => suggest(table.name, p).role === 'key').map((p) => p.name),
    kinds: [...kinds],
    missing: table.columns.length - profiles.length,
  };
}
