/**
 * How the values of a text column are spelt, over all of them: the masks they have, and words that usually stand for a
 * missing value.
 */
import { doubtfulNullWords, nullWords } from '../source/spelling-words';
import { literal } from '../sql';
import type { Cell, Column } from '../table';
import { GROUPS } from './groups';
import type { Disguised, LetterCase, Pattern, Script } from './profile';

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

const within = (first: string, last: string) =>
  Array.from({ length: last.charCodeAt(0) - first.charCodeAt(0) + 1 }, (_, i) =>
    String.fromCharCode(first.charCodeAt(0) + i),
  ).join('');
const ascii = [within('b', 'z'), within('B', 'Z'), within('0', '8')] as const;
const masks = ['a'.repeat(25), 'A'.repeat(25), '9'.repeat(9)].join('');

/** A small letter becomes a, a capital A, a letter without case a, a digit 9; all else stays as it is. */
export function maskSql(v: string): string {
  const cut = `left(${v}, ${MASKED})`;
  const small = `regexp_replace(${cut}, '[\\p{Ll}\\p{Lo}\\p{Lm}\\p{Lt}]', 'a', 'g')`;
  const any = `regexp_replace(regexp_replace(${small}, '\\p{Lu}', 'A', 'g'), '\\p{Nd}', '9', 'g')`;
  // Where every character is one byte the same is done faster.
  return `CASE WHEN strlen(${v}) = length(${v}) THEN translate(${cut}, '${ascii.join('')}', '${masks}') ELSE ${any} END`;
}

/** Scripts that are told apart, as RE2 names them. */
const scripts = [
  'Latin',
  'Cyrillic',
  'Greek',
  'Han',
  'Hiragana',
  'Katakana',
  'Hangul',
  'Arabic',
  'Hebrew',
  'Devanagari',
  'Thai',
  'Armenian',
  'Georgian',
] as const;

/**
 * Rows of (what, text, count) of the values of GROUPS: words for a missing value, letter cases, scripts, and masks if wanted.
 * @param part Of how many distinct values one is looked at for all but the words; counts are grown by as much.
 */
export function speltSql(column: Column, masks: boolean, part = 1): string {
  const v = column.type === 'VARCHAR' ? 'v' : 'v::VARCHAR';
  const words = [...nullWords, ...doubtfulNullWords];
  const longest = Math.max(...words.map((word) => word.length)) + 2;
  const parts = [
    `SELECT 'word' AS what, trim(v) AS t, sum(n)::BIGINT AS n FROM g WHERE strlen(v) <= ${longest} AND trim(v) IN (${words.map(literal).join(', ')}) GROUP BY 2`,
  ];
  if (masks) {
    const letters = `CASE WHEN upper(v) = lower(v) THEN 'none' WHEN v = upper(v) THEN 'upper' WHEN v = lower(v) THEN 'lower' ELSE 'mixed' END`;
    const written = scripts.map(
      (script) => `(sum(n) FILTER (WHERE regexp_matches(v, '\\p{${script}}')) * ${part})::BIGINT`,
    );
    parts.push(
      `(SELECT 'mask', ${maskSql('v')} AS t, (sum(n) * ${part})::BIGINT AS n FROM p GROUP BY 2 ORDER BY 3 DESC, 2 LIMIT ${MASKS})`,
      `SELECT 'case', ${letters}, (sum(n) * ${part})::BIGINT FROM p GROUP BY 2`,
      `SELECT 'script', unnest([${scripts.map(literal).join(', ')}]), unnest(counts) FROM (SELECT [${written.join(', ')}] AS counts FROM o)`,
    );
  }
  return `WITH g AS (SELECT ${v} AS v, n FROM ${GROUPS} WHERE v IS NOT NULL),
p AS (FROM g${part === 1 ? '' : ` WHERE hash(v) % ${part} = 0`}),
o AS (FROM p WHERE EXISTS (SELECT 1 FROM p AS h WHERE strlen(h.v) <> length(h.v)))
${parts.join('\nUNION ALL ')}`;
}

export interface Spelt {
  readonly patterns: readonly Pattern[];
  readonly disguised: readonly Disguised[];
  readonly letterCase: LetterCase;
  readonly scripts: readonly Script[];
}

/** Reads the answer of `speltSql`, commonest first, ties by text. */
export function readSpelt(rows: readonly (readonly Cell[])[]): Spelt {
  const of = (what: string) =>
    rows
      .filter((row) => row[0] === what)
      .map((row) => ({ text: String(row[1]), count: Number(row[2]) }))
      .sort((a, b) => b.count - a.count || (a.text < b.text ? -1 : 1));
  const cases = new Map(of('case').map(({ text, count }) => [text, count]));
  const letters = (name: string) => cases.get(name) ?? 0;
  const written = of('script').filter(({ count }) => count > 0);
  return {
    patterns: of('mask').map(({ text, count }) => ({ mask: text, count })),
    disguised: of('word').map(({ text, count }) => ({ value: text, count })),
    letterCase: { upper: letters('upper'), lower: letters('lower'), mixed: letters('mixed') },
    scripts: written.some(({ text }) => text !== 'Latin')
      ? written.map(({ text, count }) => ({ script: text, count }))
      : [],
  };
}
