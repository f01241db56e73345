/**
 * The two sides of a comparison, A and B: each an open table, some of its rows, or what a query answers.
 */
import { type Filter, filterSql } from '../filter';

export type Side =
  | TableSide
  | {
      /** One SELECT over the open tables. */
      readonly sql: string;
    };

/** An open table, or some of its rows. */
export interface TableSide {
  readonly table: string;
  /** Conditions that rows must meet, as the grid has them. */
  readonly filter?: readonly Filter[];
  /** A condition in SQL, in addition to the filter; '' is none. */
  readonly where?: string;
  /** Takes the rows that do not meet the filter and the condition instead; unknown is not met. */
  readonly others?: boolean;
  /** About so many rows from all over the table; all unless given. */
  readonly sample?: number;
}

/** What the rows of a side turned out to be. */
export interface SideFacts {
  readonly rows: number;
  /** Rows of the table; null if the side is a query. */
  readonly of: number | null;
  /** Whether the rows are a sample of those that meet the condition. */
  readonly sampled: boolean;
}

/** The rows of a side of a table as one condition in SQL; '' if it is all of them. */
export function conditionOf(side: TableSide): string {
  const parts = [
    ...(side.filter ?? []).map(filterSql),
    ...(isBlank(side.where) ? [] : [`(${side.where}\n)`]),
  ];
  if (parts.length === 0) return '';
  const all = parts.join(' AND ');
  return side.others === true ? `(${all}) IS NOT TRUE` : all;
}

/** A statement without the semicolon at its end, so that it can stand in parentheses. */
export function bareSql(sql: string): string {
  return sql.trim().replace(/[;\s]+$/, '');
}

/** What a side is, in a few words: `taxis, a sample`, `taxis where tip > 0`, `a query`. */
export function sideWords(side: Side): string {
  if ('sql' in side) return 'a query';
  const condition = conditionOf(side).replace(/\s+/g, ' ').trim();
  const rows = condition === '' ? '' : ` where ${condition.replace(/^\((.*) \)$/, '$1')}`;
  return `${side.table}${rows}${side.sample === undefined ? '' : ', a sample'}`;
}

const isBlank = (text: string | undefined) => text === undefined || text.trim() === '';
