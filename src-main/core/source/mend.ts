/**
 * Puts records right that do not keep to the grammar or to the number of columns. Every way to take the line apart that
 * a writer's slip could explain is tried (a quote that stands for itself, no escape, another delimiter on this line), each
 * is laid along the columns, and the cheapest wins. What cannot be laid out is rejected, whole.
 */
import { type Aligned, align } from './align';
import type { Model, Token } from './model';
import { type Grammar, keeps, Scanner } from './scan';

export interface Mended {
  readonly cells: readonly string[];
  readonly reason: string;
  /** Where the next record begins. */
  readonly next: number;
  /** Physical lines it took. */
  readonly lines: number;
  /** Mean cost per column; above `DOUBTFUL` it is a guess that must not be trusted. */
  readonly cost: number;
  /** Whether the layout can be believed. */
  readonly sound: boolean;
}

/** Mean cost of a cell above which a layout is not believed. */
const DOUBTFUL = 2.6;
/** Cost of one cell that no record of the column has the like of. */
const STRANGE = 7.5;
/** Mean cost below which the plain way is taken without looking for another. */
const PLAIN = 0.75;
const others = [',', ';', '\t', '|', ' '];

interface Way {
  readonly scanner: Scanner;
  readonly tokens: readonly Token[];
  readonly glue: string;
  readonly penalty: number;
  readonly words: string;
  readonly next: number;
  readonly lines: number;
}

/**
 * @param text Holds the record and, if it may span lines, what follows it.
 * @param at Where it begins.
 * @returns the best layout, or null if there is none at all.
 */
export function mend(text: string, at: number, grammar: Grammar, model: Model): Mended | null {
  let best: { way: Way; laid: Aligned; cost: number } | null = null;
  for (const way of waysOf(text, at, grammar)) {
    const laid = align(way.tokens, model, way.glue);
    if (laid === null) continue;
    const cost = laid.cost + way.penalty;
    if (best === null || cost < best.cost - 1e-9) best = { way, laid, cost };
    // The plain way fits as well as records do that need no mending: nothing cleverer is wanted.
    const quoteInside = grammar.quote !== '' && way.tokens.some((t) => t.value.includes(grammar.quote));
    if (way.words === '' && way.penalty === 0 && !quoteInside && cost / Math.max(4, model.width) < PLAIN)
      break;
  }
  if (best === null) return null;
  const { way, laid, cost } = best;
  return {
    cells: laid.tokens.map((t) => t.value),
    reason: reasonOf(way, laid, model.width),
    next: way.next,
    lines: way.lines,
    cost: cost / Math.max(4, model.width),
    sound: cost / Math.max(4, model.width) <= DOUBTFUL && laid.worst < STRANGE,
  };
}

/** Every way to take the cells of a line apart, the plain one first. */
export function takes(
  text: string,
  at: number,
  grammar: Grammar,
): { cells: string[]; words: string; sound: boolean }[] {
  return [...waysOf(text, at, grammar)].map((way) => ({
    cells: way.tokens.map((t) => t.value),
    words: way.words,
    sound: keeps(way.scanner.flaw),
  }));
}

function reasonOf(way: Way, laid: Aligned, width: number): string {
  const said: string[] = [];
  if (way.words !== '') said.push(way.words);
  const cells = (n: number) => (n === 1 ? 'one cell' : `${n} cells`);
  if (way.tokens.length !== width) {
    said.push(`${cells(way.tokens.length)} instead of ${width}`);
  }
  if (laid.dropped > 0)
    said.push(`${laid.dropped === 1 ? 'an empty cell was' : `${laid.dropped} empty cells were`} dropped`);
  if (laid.joined > 0)
    said.push(`${cells(laid.joined + 1)} joined that a delimiter inside a value had parted`);
  if (laid.parted > 0)
    said.push(
      `${laid.parted === 1 ? 'a cell was' : `${laid.parted} cells were`} parted where a delimiter is missing`,
    );
  if (laid.missing > 0)
    said.push(`${laid.missing === 1 ? 'a missing cell is' : `${laid.missing} missing cells are`} empty`);
  return said.join('; ');
}

function wayFrom(scanner: Scanner, penalty: number, words: string, literal = -1): Way {
  const { delimiter, quote } = scanner.grammar;
  return {
    scanner,
    tokens: Array.from({ length: scanner.count }, (_, i) => {
      const value = scanner.cell(i);
      const token = { value, quoted: scanner.isQuoted(i) };
      // A stray quote at the edge of a value says nothing about what the value is.
      const stray =
        (literal >= 0 && scanner.startOf(i) === literal) || (token.quoted && scanner.grammar.escape === '');
      return stray && quote !== '' && value.includes(quote)
        ? { ...token, meant: trimmed(value, quote) }
        : token;
    }),
    glue: delimiter === ' +' ? ' ' : delimiter,
    penalty: penalty + oddQuotes(scanner),
    words,
    next: scanner.next,
    lines: scanner.lines,
  };
}

function* waysOf(text: string, at: number, grammar: Grammar): Generator<Way> {
  const whole = new Scanner(text, grammar);
  if (!whole.read(at)) return;
  const flawed = whole.flaw;
  yield wayFrom(whole, keeps(flawed) ? 0 : 3, keeps(flawed) ? '' : 'quotes that do not match');
  // The slip is looked for on one line: a quote that swallows the following lines is one of the slips.
  const stop = endOfLine(text, at, grammar);
  const line = text.slice(at, stop.end);
  const inLine = (way: Way): Way => ({ ...way, next: stop.next, lines: 1 });
  const take = (g: Grammar, literal: number, penalty: number, words: string, from = line): Way | null => {
    const scanner = new Scanner(from, g);
    return scanner.read(0, true, literal) && scanner.next >= from.length
      ? inLine(wayFrom(scanner, penalty + (keeps(scanner.flaw) ? 0 : 4), words, literal))
      : null;
  };
  if (line.length > 200_000) return;
  const { quote } = grammar;
  const ways: (Way | null)[] = [];
  if (quote !== '' && line.includes(quote)) {
    ways.push(take({ ...grammar, escape: '' }, -1, 1.2, 'quotes inside quotes'));
    ways.push(take({ ...grammar, quote: '' }, -1, 3, 'quotes taken as they stand'));
    for (const start of openingsIn(line, grammar)) {
      ways.push(take(grammar, start, 1.5, 'a quote that is never closed'));
      ways.push(take({ ...grammar, escape: '' }, start, 2.2, 'a quote that is never closed'));
    }
    for (const glued of gluedIn(line, grammar)) {
      ways.push(take(grammar, -1, 2, 'a delimiter is missing beside a quote', glued));
    }
  }
  for (const delimiter of others) {
    if (delimiter === grammar.delimiter.slice(0, 1) || !line.includes(delimiter)) continue;
    ways.push(take({ ...grammar, delimiter }, -1, 2, `another delimiter on this line (${seen(delimiter)})`));
    if (quote !== '' && line.includes(quote)) {
      ways.push(
        take(
          { ...grammar, delimiter, escape: '' },
          -1,
          3,
          `another delimiter on this line (${seen(delimiter)})`,
        ),
      );
    }
  }
  for (const way of ways) if (way !== null) yield way;
}

/** Quotes that stand where a cell begins. */
function openingsIn(line: string, grammar: Grammar): number[] {
  const found: number[] = [];
  const { quote } = grammar;
  const delimiter = grammar.delimiter.slice(0, 1);
  for (let i = line.indexOf(quote); i >= 0 && found.length < 64; i = line.indexOf(quote, i + 1)) {
    const before = line.slice(0, i).trimEnd();
    if (i === 0 || line[i - 1] === delimiter || before === '' || before.endsWith(delimiter)) found.push(i);
  }
  return found;
}

function trimmed(value: string, quote: string): string {
  return value.slice(
    value.startsWith(quote) ? 1 : 0,
    value.endsWith(quote) && value.length > 1 ? -1 : undefined,
  );
}

/** Bare cells that hold one half of a pair of quotes, when there are two: the pair was torn apart. */
export function oddQuotes(scanner: Scanner): number {
  const { quote } = scanner.grammar;
  if (quote === '') return 0;
  let odd = 0;
  for (let i = 0; i < scanner.count; i++) {
    if (!scanner.isQuoted(i) && scanner.cell(i).split(quote).length % 2 === 0) odd++;
  }
  return odd >= 2 ? odd * 2 : 0;
}

/** The line with a delimiter put in where a quote stands right against another cell: `Hat"Let your…"`, `"…boots.""https…"`. */
function* gluedIn(line: string, { quote, delimiter }: Grammar): Generator<string> {
  let tried = 0;
  for (let i = line.indexOf(quote); i >= 0 && tried < 64; i = line.indexOf(quote, i + 1)) {
    if (i > 0 && !line.slice(0, i).endsWith(delimiter)) {
      tried++;
      yield line.slice(0, i) + delimiter + line.slice(i);
    }
    if (line[i + 1] !== undefined && !line.startsWith(delimiter, i + 1) && line[i + 1] !== quote) {
      tried++;
      yield line.slice(0, i + 1) + delimiter + line.slice(i + 1);
    }
  }
}

function seen(delimiter: string): string {
  return delimiter === '\t' ? 'tab' : delimiter === ' ' ? 'blank' : delimiter;
}

/** Where the physical line at an offset ends, and where the next begins. */
export function endOfLine(text: string, at: number, grammar: Grammar): { end: number; next: number } {
  let i = at;
  for (; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 10) return { end: i, next: i + 1 };
    if (c === 13 && (grammar.newline === 'any' || text.charCodeAt(i + 1) === 10)) {
      return { end: i, next: text.charCodeAt(i + 1) === 10 ? i + 2 : i + 1 };
    }
  }
  return { end: i, next: i };
}
