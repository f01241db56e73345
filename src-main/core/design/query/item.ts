/**
 * What stands after SELECT, and remarks beside it.
 */
import { identifier } from '../../sql';
import type { Dimension } from '../design';
import type { Grain } from './ask';

/** One column of a query: its SQL, its name in the answer, and what it is. */
export interface Item {
  readonly sql: string;
  readonly name: string;
  readonly note: string;
}

/** A name in a comment: one line of it. */
export function remark(words: string): string {
  return `-- ${words.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')}`;
}

/** The list after SELECT, a line each, with what it is as a comment. */
export function selected(items: readonly Item[]): string {
  return items
    .map((item, i) => {
      const comma = i < items.length - 1 ? ',' : '';
      const note = item.note === '' ? '' : ` ${remark(item.note)}`;
      return `  ${item.sql} AS ${identifier(item.name)}${comma}${note}`;
    })
    .join('\n');
}

export function truncated(type: Dimension['type'], sql: string, grain: Grain | null | undefined): string {
  return grain && type === 'time' ? `date_trunc('${grain}', ${sql})` : sql;
}
