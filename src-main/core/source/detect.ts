/**
 * Finds out how a text is written: its grammar, what stands where in it, and what is in doubt.
 */
import { type Given, type Guess, guess, HEAD } from './guess';
import { type Layout, layOut } from './layout';
import type { Dialect } from './receipt';
import { type Grammar, Scanner } from './scan';
import { lookOf } from './spelt';
import { type Survey, survey } from './survey';

export interface Detected {
  readonly grammar: Grammar;
  readonly layout: Layout;
  readonly survey: Survey;
  /** Other grammars that fit nearly as well, best first. */
  readonly others: readonly Guess[];
  readonly score: number;
  /** `\n`, `\r\n` or `\r` as they are spelt, or `mixed`. */
  readonly newline: string;
}

/** Scores this near to the best are in doubt. */
const NEAR = 0.86;
/** Of a few records less is known. */
const NEAR_OF_FEW = 0.7;

/**
 * @param text The whole file, or its beginning up to a line end.
 * @param given What the user fixed by hand.
 */
export function detect(text: string, given: Partial<Dialect> = {}): Detected {
  const comment = given.comment ?? commentIn(text.slice(0, HEAD));
  const told: Given = {
    comment,
    ...(given.delimiter === undefined ? {} : { delimiter: given.delimiter }),
    ...(given.quote === undefined ? {} : { quote: given.quote }),
    ...(given.escape === undefined ? {} : { escape: given.escape }),
  };
  const guesses = guess(text, told);
  const first = guesses[0] as Guess;
  const one = given.delimiter === undefined ? asOneColumn(text, first, guesses) : null;
  // Times and dates are one value each; two whole numbers with a comma between them may be two, and are asked about.
  const best = one !== null && first.grammar.delimiter !== ',' ? one : first;
  const surveyed = survey(text, best.grammar, best.width);
  const layout = layOut(surveyed, given);
  return {
    grammar: best.grammar,
    layout,
    survey: surveyed,
    others: [
      ...(one !== null && best !== one ? [{ ...one, score: best.score * 0.95 }] : []),
      ...otherReadings(guesses, best, text),
    ],
    score: best.score,
    newline: newlineOf(text),
  };
}

/** Guesses that give another table and score nearly as well. */
function otherReadings(guesses: readonly Guess[], best: Guess, text: string): Guess[] {
  const near = text.length < 400 ? NEAR_OF_FEW : NEAR;
  const found: Guess[] = [];
  const taken = [firstRows(text, best.grammar)];
  for (const other of guesses.slice(1)) {
    if (other.score < best.score * near || found.length >= 3) break;
    // Quotes that close everywhere are quotes: a reading that takes them for text is no alternative.
    if (other.grammar.quote === '' && best.regular > 0.97) continue;
    const rows = firstRows(text, other.grammar);
    if (taken.includes(rows)) continue;
    taken.push(rows);
    found.push(other);
  }
  return found;
}

/** The reading of every line as one value, if a reading in two columns cuts what is a time, a date or a number each time. */
function asOneColumn(text: string, best: Guess, guesses: readonly Guess[]): Guess | null {
  if (best.width !== 2) return null;
  const lines = text
    .slice(0, HEAD)
    .split(/\r\n|\n|\r/)
    .filter((line) => line !== '')
    .slice(0, 300);
  const looks = lines.map((line) => lookOf(line.replace(/^(["'])(.*)\1$/, '$2')));
  const rest = looks.slice(looks.length > 2 ? 1 : 0);
  const [look] = rest;
  if (look === undefined || !['time', 'date', 'moment', 'number', 'money'].includes(look)) return null;
  if (!rest.every((l) => l === look)) return null;
  return guesses.find((g) => g.grammar.delimiter === '') ?? null;
}

function firstRows(text: string, grammar: Grammar): string {
  const scanner = new Scanner(text.slice(0, HEAD), grammar);
  const rows: string[] = [];
  for (let at = 0; rows.length < 500 && scanner.read(at); at = scanner.next)
    rows.push(scanner.cells().join('\u0000'));
  return rows.join('\u0001');
}

/** A mark that starts lines in the middle of the table too, or only lines unlike all others. */
function commentIn(head: string): string {
  const lines = head.split(/\r\n|\n|\r/).filter((line) => line !== '');
  for (const mark of ['#', '//', '--', '%']) {
    const marked = lines.filter((line) => line.startsWith(mark));
    if (marked.length === 0 || marked.length > lines.length / 2) continue;
    const rest = lines.filter((line) => !line.startsWith(mark));
    const usual = [',', ';', '\t', '|'].find(
      (d) => rest.filter((line) => line.includes(d)).length >= rest.length * 0.9,
    );
    if (usual === undefined) continue;
    const widths = (list: readonly string[]) => list.map((line) => line.split(usual).length);
    const width = mode(widths(rest));
    // A line that is as wide as the table may be its header, or a record.
    if (widths(marked).every((w) => w !== width)) return mark;
  }
  return '';
}

function mode(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const v of values) counts.set(v, (counts.get(v) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 0;
}

function newlineOf(text: string): string {
  const head = text.slice(0, 4_000_000);
  const crlf = (head.match(/\r\n/g) ?? []).length;
  const lf = (head.match(/\n/g) ?? []).length - crlf;
  const cr = (head.match(/\r/g) ?? []).length - crlf;
  const kinds = [crlf > 0, lf > 0, cr > 0].filter(Boolean).length;
  if (kinds > 1) return 'mixed';
  return crlf > 0 ? '\\r\\n' : cr > 0 ? '\\r' : '\\n';
}
