/**
 * Which grammar a text is written in: every grammar that could be is tried, and the one under which the text is most
 * regular wins.
 *
 * The measure follows G.J.J. van den Burg, A. Nazábal and C. Sutton, "Wrangling messy CSV files by detecting row and type
 * patterns" (2019): regular rows times recognisable cells. Ours counts records of the commonest width instead of abstract
 * patterns, and a record that breaks the grammar counts against it.
 */
import { DOUBLED, type Grammar, OPEN, Scanner, STRAY } from './scan';
import { isTelling, type Look, lookOf } from './spelt';

export interface Guess {
  readonly grammar: Grammar;
  /** Cells of most records. */
  readonly width: number;
  /** Share of records that have them and keep to the grammar. */
  readonly regular: number;
  /** 0…1, comparable between guesses about the same text. */
  readonly score: number;
}

/** What the user said; the rest is guessed. */
export interface Given {
  readonly delimiter?: string;
  readonly quote?: string;
  readonly escape?: string;
  readonly comment?: string;
}

/** How usual a delimiter is; decides between readings that fit alike. */
const usual: Readonly<Record<string, number>> = {
  ',': 1,
  '\t': 1,
  ';': 1,
  '|': 0.98,
  ', ': 0.99,
  '; ': 0.99,
  ' | ': 0.99,
  '\u0001': 0.97,
  '\u001f': 0.97,
  '^': 0.9,
  '~': 0.9,
  '§': 0.9,
  '¦': 0.9,
  ':': 0.7,
  '*': 0.8,
  '!': 0.8,
  '#': 0.75,
  '&': 0.8,
  ' ': 0.8,
  ' +': 0.75,
};

const singles = Object.keys(usual).filter((d) => d.length === 1);
const quotes = ['"', "'", '`'];
/** Records looked at by class; the rest only by width. */
const CLASSED = 400;

/** Guesses about a text, best first. `text` should end at a line end unless it is whole. */
export function guess(text: string, given: Given = {}): Guess[] {
  const head = text.slice(0, HEAD);
  const lines = head.split(/\r\n|\n|\r/).filter((line) => line !== '');
  const delimiters = given.delimiter === undefined ? delimitersIn(lines) : [given.delimiter];
  const returns = (head.match(/\r(?!\n)/g) ?? []).length;
  const feeds = (head.match(/\n/g) ?? []).length;
  // A few returns among many line feeds may stand inside values.
  const newlines: Grammar['newline'][] = returns > 0 && returns < feeds ? ['any', 'lf'] : ['any'];
  const found: Guess[] = [];
  for (const delimiter of delimiters) {
    for (const quote of quotesFor(head, delimiter, given.quote)) {
      for (const escaping of escapesFor(head, quote, given.escape)) {
        for (const newline of newlines) {
          found.push(
            weigh(head, { delimiter, quote, escape: escaping, comment: given.comment ?? '', newline }),
          );
        }
      }
    }
  }
  found.sort((a, b) => b.score - a.score);
  return found;
}

/** Characters of the head on which the guesses are compared. */
export const HEAD = 200_000;

/** How regular a text is under a grammar. */
export function weigh(text: string, grammar: Grammar): Guess {
  const scanner = new Scanner(text, grammar);
  const widths = new Map<number, number>();
  let records = 0;
  let broken = 0;
  let clean = 0;
  let cells = 0;
  const looked: Look[][] = [];
  for (let at = 0; scanner.read(at); at = scanner.next) {
    if (scanner.shape !== 'record') continue;
    records++;
    if (scanner.flaw & (STRAY | OPEN | DOUBLED)) broken++;
    else widths.set(scanner.count, (widths.get(scanner.count) ?? 0) + 1);
    if (records > CLASSED) continue;
    const looks: Look[] = [];
    for (let i = 0; i < scanner.count && i < 200; i++) {
      cells++;
      const value = scanner.cell(i);
      const look = lookOf(value);
      looks.push(look);
      if (value.startsWith(' ') && value.length > 1) clean -= 0.1;
      clean += scanner.isQuoted(i) ? (scanner.flaw & STRAY ? 0.2 : 1) : plainness(value, look, grammar);
    }
    looked.push(looks);
  }
  let width = 1;
  let most = 0;
  for (const [w, n] of widths) {
    // Where many widths occur alike, the wider is the table and the narrower its titles and notes.
    if (n * (w > 1 ? 1 : 0.6) > most || (n === most && w > width)) {
      width = w;
      most = n * (w > 1 ? 1 : 0.6);
    }
  }
  const regular = records === 0 ? 0 : (widths.get(width) ?? 0) / records;
  const nearly = regular + (1 - regular) * 0.6 * resemblance(looked, width);
  const typed = cells === 0 ? 0 : clean / cells;
  const prior =
    usual[grammar.delimiter] ?? (grammar.delimiter === '' ? 1 : 0.95 + 0.005 * grammar.delimiter.length);
  const hollow = hollowIn(looked, width) ? 0.5 : 1;
  const wide = width > 1 ? 1 - 0.25 / width : 0.3;
  const quoted = grammar.quote === '"' || grammar.quote === '' ? 1 : 0.97;
  const unbroken = records === 0 ? 1 : 1 - broken / records;
  return {
    grammar,
    width,
    regular,
    score: nearly * nearly * typed * unbroken * hollow * wide * prior * quoted,
  };
}

/** Whether a column between others holds nothing in any record, its header included: then two delimiters are one. */
function hollowIn(looked: readonly (readonly Look[])[], width: number): boolean {
  const fit = looked.filter((looks) => looks.length === width);
  if (width < 3 || fit.length < 2) return false;
  for (let i = 1; i < width - 1; i++) if (fit.every((looks) => looks[i] === 'empty')) return true;
  return false;
}

/** How much a bare cell looks like one value: 1 for a number or a date, 0 where another delimiter or a quote stands in it. */
function plainness(value: string, look: Look, grammar: Grammar): number {
  if (value.includes('\r') || value.includes('\n')) return 0;
  if (value.length > 2 && value.startsWith("'") && value.endsWith("'")) return 0.4;
  if (grammar.quote === '' && value.length > 1 && /^"|"$/.test(value)) return 0.1;
  if ((look === 'word' || look === 'code') && value.includes(':')) return 0.4;
  if (look === 'word') {
    if (grammar.quote !== '' && value.includes(grammar.quote)) return 0.1;
    return /[;|\t]/.test(value) || (value.includes(',') && value.length > 1) ? 0.2 : 1;
  }
  if (look === 'code') return /[;|\t,]/.test(value) ? 0.2 : /["]/.test(value) ? 0.1 : 0.95;
  if (look !== 'text') return look === 'empty' ? 0.9 : 1;
  if (/[;|\t"]/.test(value)) return 0.1;
  // Several dates, times and numbers in one cell are several cells.
  const parts = value.length < 200 ? value.split(' ').map(lookOf) : [];
  if (parts.length > 2 && parts.filter((part) => isTelling(part) && part !== 'code').length > 2) return 0.3;
  return value.includes(',') ? 0.5 : 0.85;
}

/**
 * How far the records of another width resemble those of the usual one, 0…1: the share of columns whose class of values
 * they repeat from the left and from the right. A row with one delimiter too many still begins and ends as the others do.
 */
function resemblance(looked: readonly (readonly Look[])[], width: number): number {
  const fit = looked.filter((looks) => looks.length === width).slice(1);
  const odd = looked.filter((looks) => looks.length !== width);
  if (width < 3 || fit.length < 2 || odd.length === 0) return 0;
  const columns = Array.from({ length: width }, (_, i) => usualLook(fit.map((looks) => looks[i] as Look)));
  let sum = 0;
  for (const looks of odd) {
    if (looks.length < width / 2) continue;
    let left = 0;
    while (left < Math.min(width, looks.length) && looks[left] === columns[left]) left++;
    let right = 0;
    while (
      right < Math.min(width, looks.length) - left &&
      looks[looks.length - 1 - right] === columns[width - 1 - right]
    )
      right++;
    const telling = columns.filter(
      (look, i) => (i < left || i >= width - right) && look !== null && isTelling(look),
    );
    if (telling.length > 0) sum += (left + right) / width;
  }
  return sum / odd.length;
}

function usualLook(looks: readonly Look[]): Look | null {
  const counts = new Map<Look, number>();
  for (const look of looks) counts.set(look, (counts.get(look) ?? 0) + 1);
  const [best] = [...counts].sort((a, b) => b[1] - a[1]);
  return best !== undefined && best[1] >= looks.length * 0.6 ? best[0] : null;
}

function delimitersIn(lines: readonly string[]): string[] {
  const some = lines.slice(0, 300);
  const holding = (d: string) => some.reduce((n, line) => n + (line.includes(d) ? 1 : 0), 0);
  const enough = (d: string) => holding(d) >= Math.max(1, Math.min(some.length, 2) * 0.5);
  const found = singles.filter(enough);
  // Several marks that always stand together are one delimiter.
  for (const [run, n] of runsIn(some)) if (n >= some.length * 0.6) found.push(run);
  const bare = some.join('\n').replaceAll(/"[^"\n]*"/g, '""');
  for (const d of [',', ';']) {
    const all = bare.split(d).length - 1;
    const spaced = bare.split(new RegExp(`\\${d} |\\${d}$`, 'm')).length - 1;
    if (all > 0 && spaced >= all * 0.8) found.push(`${d} `);
  }
  if (some.filter((line) => line.includes(' | ')).length >= some.length * 0.6) found.push(' | ');
  if (some.filter((line) => /\S {2,}\S/.test(line)).length >= some.length * 0.5) found.push(' +');
  return [...found, ''];
}

/** Runs of two to four punctuation marks, with the lines that hold them. */
function runsIn(lines: readonly string[]): Map<string, number> {
  const runs = new Set(
    lines.slice(0, 100).flatMap((line) => line.match(/[^\p{L}\p{N}\s"'`.$€£()[\]{}<>%+\-\\/_]{2,4}/gu) ?? []),
  );
  const found = new Map<string, number>();
  for (const run of [...runs].slice(0, 30)) {
    // An empty cell between two commas is not a delimiter of two commas, unless single ones never occur.
    const repeated = /^([,;|\t])\1*$/.test(run);
    const holding = lines.filter(
      (line) => line.includes(run) && !(repeated && line.replaceAll(run, '').includes(run[0] as string)),
    );
    found.set(run, holding.length);
  }
  return found;
}

function quotesFor(text: string, delimiter: string, given: string | undefined): string[] {
  if (given !== undefined) return [given];
  const d = delimiter === ' +' ? ' ' : delimiter.slice(0, 1);
  const found = quotes.filter((q) => {
    if (!text.includes(q)) return false;
    const opens =
      text.startsWith(q) ||
      text.includes(`\n${q}`) ||
      text.includes(`\r${q}`) ||
      (d !== '' && (text.includes(d + q) || text.includes(`${d} ${q}`)));
    const closes =
      text.endsWith(q) ||
      text.includes(`${q}\n`) ||
      text.includes(`${q}\r`) ||
      (d !== '' && text.includes(q + d));
    return opens && closes;
  });
  // Where no quote is used the standard one does no harm, and a later record may use it.
  if (!found.includes('"')) found.unshift('"');
  return [...found, ...(text.includes('"') && found.length === 1 && delimiter !== '' ? [''] : [])];
}

function escapesFor(text: string, quote: string, given: string | undefined): string[] {
  if (given !== undefined) return [given];
  if (quote === '') return [''];
  const found = [quote];
  // Backslashes in pairs are one each if they escape, and two if they do not: the user is asked.
  if (text.includes(`\\${quote}`) || text.includes('\\\\')) found.push('\\');
  if (text.includes(quote)) found.push('');
  return found;
}
