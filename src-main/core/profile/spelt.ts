/**
 * How the values of a text column are spelt, over all of them: the masks they have, and words that usually stand for a
 * missing value.
 */
import { doubtfulNullWords, nullWords } from '../source/spelling-words';
import { identifier, literal } from '../sql';
import type { Cell, Column } from '../table';
import type { Disguised, Pattern } from './profile';

/** Masks that are told at most, commonest first. */
export const MASKS = 20;
/** Characters of a value of which a mask is made. */
const MASKED = 48;
/** Beyond so many different values, or so long ones, a column has no masks worth their cost. */
const MOST = 50_000;
const LONGEST = 64;

/** Whether masks of a column say something. @param mean Mean length of its values in characters. */
export function hasMasks(distinct: number, mean: number): boolean {
  return distinct > 0 && distinct <= MOST && mean <= LONGEST;
}

/** A small letter becomes a, a capital A, a letter without case a, a digit 9; all else stays as it is. */
export function maskSql(v: string): string {
  const cut = `left(${v}, ${MASKED})`;
  const small = `regexp_replace(${cut}, '[\\p{Ll}\\p{Lo}\\p{Lm}\\p{Lt}]', 'a', 'g')`;
  return `regexp_replace(regexp_replace(${small}, '\\p{Lu}', 'A', 'g'), '\\p{Nd}', '9', 'g')`;
}

/** Rows of (what, text, count): masks, if they are wanted, and words for a missing value. */
export function speltSql(from: string, column: Column, masks: boolean): string {
  const c = column.type === 'VARCHAR' ? identifier(column.name) : `${identifier(column.name)}::VARCHAR`;
  const words = [...nullWords, ...doubtfulNullWords];
  const longest = Math.max(...words.map((word) => word.length)) + 2;
  const parts = [
    `SELECT 'word' AS what, trim(v) AS t, sum(n)::BIGINT AS n FROM g WHERE trim(v) IN (${words.map(literal).join(', ')}) GROUP BY 2`,
    ...(masks
      ? [
          `(SELECT 'mask', ${maskSql('v')} AS t, sum(n)::BIGINT AS n FROM g GROUP BY 2 ORDER BY 3 DESC, 2 LIMIT ${MASKS})`,
        ]
      : []),
  ];
  const kept = masks ? c : `CASE WHEN strlen(${c}) <= ${longest} THEN ${c} END`;
  return `WITH g AS (SELECT v, count(*) AS n FROM (SELECT ${kept} AS v FROM ${from}) WHERE v IS NOT NULL GROUP BY 1)
${parts.join('\nUNION ALL ')}`;
}

export interface Spelt {
  readonly patterns: readonly Pattern[];
  readonly disguised: readonly Disguised[];
}

/** Reads the answer of `speltSql`, commonest first, ties by text. */
export function readSpelt(rows: readonly (readonly Cell[])[]): Spelt {
  const of = (what: string) =>
    rows
      .filter((row) => row[0] === what)
      .map((row) => ({ text: String(row[1]), count: Number(row[2]) }))
      .sort((a, b) => b.count - a.count || (a.text < b.text ? -1 : 1));
  return {
    patterns: of('mask').map(({ text, count }) => ({ mask: text, count })),
    disguised: of('word').map(({ text, count }) => ({ value: text, count })),
  };
}
