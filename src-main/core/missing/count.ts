/**
 * Counts of what columns lack: nulls, blank text, words that stand for a missing value; and the ends of numbers and times,
 * among which values that stand for a missing one are found.
 */
import { blankSql } from '../profile/blank';
import { hasInfinity } from '../profile/groups';
import { doubtfulNullWords, nullWords, nullWordsOfFigures } from '../source/spelling-words';
import { identifier, literal } from '../sql';
import { type Cell, type Column, isFloating } from '../table';
import type { ColumnLack } from './missing';

/** Words that usually stand for a missing value. */
const likelyWords: readonly string[] = [...nullWords, ...doubtfulNullWords];
/** The same with words that may be a category of their own. */
const words: readonly string[] = [...likelyWords, ...nullWordsOfFigures];
/** Bytes of the longest word, and room for blanks around it. */
const LONGEST = Math.max(...words.map((word) => word.length)) + 6;

/** Whether a word usually stands for a missing value, rather than perhaps. */
export function isLikelyWord(word: string): boolean {
  return likelyWords.includes(word);
}

/** What is known of a column before a suspect is named. */
export interface Ends {
  readonly filled: number;
  /** Values that are such a word. */
  readonly words: number;
  /** Of finite numbers and times; null for other kinds and where there are none. */
  readonly min: Cell;
  readonly max: Cell;
}

/** Whether values of a column can be put on a line, so that its ends mean something. */
export function isOrdered(column: Column): boolean {
  return column.kind === 'number' || hasInfinity(column);
}

function asText(column: Column): string {
  return column.type === 'VARCHAR' ? identifier(column.name) : `${identifier(column.name)}::VARCHAR`;
}

function wordTest(text: string): string {
  return `CASE WHEN strlen(${text}) <= ${LONGEST} THEN trim(${text}) IN (${words.map(literal).join(', ')}) ELSE false END`;
}

/** One row: how many rows there are, then the filled and the blank of each column. */
export function countsSql(from: string, columns: readonly Column[]): string {
  const parts = columns.flatMap((column) => [
    `count(${identifier(column.name)})`,
    column.kind === 'text' ? `count_if(${blankSql(asText(column))})` : '0',
  ]);
  return `SELECT count(*),\n  ${parts.join(',\n  ')}\nFROM ${from}`;
}

export function readCounts(
  columns: readonly Column[],
  row: readonly Cell[],
): { readonly rows: number; readonly columns: readonly ColumnLack[] } {
  const rows = Number(row[0] ?? 0);
  const read = columns.map(({ name, kind }, i): ColumnLack => {
    const [filled, blanks] = row.slice(1 + 2 * i, 3 + 2 * i).map(Number);
    return { name, kind, nulls: rows - (filled ?? 0), blanks: blanks ?? 0 };
  });
  return { rows, columns: read };
}

/** One row: three figures of each column. */
export function endsSql(from: string, columns: readonly Column[]): string {
  const parts = columns.flatMap((column) => {
    const c = identifier(column.name);
    if (column.kind === 'text') return [`count(${c})`, `count_if(${wordTest(asText(column))})`, 'NULL'];
    if (!isOrdered(column)) return ['0', 'NULL', 'NULL'];
    const odd = isFloating(column.type) || column.kind === 'time';
    const finite = odd ? ` FILTER (WHERE isfinite(${c}))` : '';
    return [`count(${c})`, `min(${c})${finite}`, `max(${c})${finite}`];
  });
  return `SELECT ${parts.join(',\n  ')}\nFROM ${from}`;
}

export function readEnds(columns: readonly Column[], row: readonly Cell[]): readonly Ends[] {
  return columns.map((column, i) => {
    const [filled, a, b] = row.slice(3 * i, 3 * i + 3);
    const ordered = isOrdered(column);
    return {
      filled: Number(filled ?? 0),
      words: column.kind === 'text' ? Number(a ?? 0) : 0,
      min: ordered ? (a ?? null) : null,
      max: ordered ? (b ?? null) : null,
    };
  });
}

/** Rows of (place of the column in the list, word, count). */
export function wordsSql(from: string, columns: readonly Column[]): string {
  return columns
    .map((column, i) => {
      const text = asText(column);
      return `SELECT ${i} AS k, trim(${text}) AS word, count(*) AS n FROM ${from} WHERE ${wordTest(text)} GROUP BY 2`;
    })
    .join('\nUNION ALL ');
}

/** One row: how often each column holds a value, given as text. */
export function timesSql(
  from: string,
  asked: readonly { readonly column: Column; readonly value: string }[],
): string {
  const counts = asked.map(
    ({ column, value }) => `count_if(${identifier(column.name)} = CAST(${literal(value)} AS ${column.type}))`,
  );
  return `SELECT ${counts.join(', ')} FROM ${from}`;
}
