/**
 * One look over a whole text under one grammar: where each record begins, how wide it is, whether it keeps to the grammar.
 */
import { endOfLine, oddQuotes } from './mend';
import { type Grammar, INNER, keeps, Scanner } from './scan';

export interface Survey {
  readonly text: string;
  readonly grammar: Grammar;
  /** Cells that most records have. */
  readonly width: number;
  /** Per record: offset, physical line (1-based), cells (0 if it breaks the grammar), lines it spans. */
  readonly starts: readonly number[];
  readonly lines: readonly number[];
  readonly widths: readonly number[];
  readonly spans: readonly number[];
  /** Records that follow a line without characters. */
  readonly afterBlank: ReadonlySet<number>;
  /** Line numbers of lines that are no records because of the comment mark. */
  readonly comments: readonly number[];
  /** Their offsets. */
  readonly commentStarts: readonly number[];
  /** Physical lines of the text. */
  readonly total: number;
  /** Offset after the last record. */
  readonly end: number;
}

/** The cells of a record of a survey; one that breaks the grammar gives those of its first line. */
export function rowOf(survey: Survey, i: number): { cells: string[]; quoted: boolean[] } {
  const scanner = new Scanner(survey.text, survey.grammar);
  scanner.read(survey.starts[i] as number);
  return {
    cells: scanner.cells(),
    quoted: Array.from({ length: scanner.count }, (_, k) => scanner.isQuoted(k)),
  };
}

/** @param width Cells that most records have. */
export function survey(text: string, grammar: Grammar, width: number): Survey {
  const scanner = new Scanner(text, grammar);
  const starts: number[] = [];
  const lines: number[] = [];
  const widths: number[] = [];
  const spans: number[] = [];
  const afterBlank = new Set<number>();
  const comments: number[] = [];
  const commentStarts: number[] = [];
  let line = 1;
  let at = 0;
  while (scanner.read(at)) {
    if (scanner.shape === 'record' || (scanner.shape === 'blank' && width === 1)) {
      const torn = (scanner.flaw & INNER) !== 0 && oddQuotes(scanner) > 0;
      const runaway = torn || !keeps(scanner.flaw) || isRunaway(scanner, at, width);
      const stop = runaway && scanner.lines > 1 ? endOfLine(text, at, grammar).next : scanner.next;
      starts.push(at);
      lines.push(line);
      widths.push(runaway ? 0 : scanner.count);
      spans.push(runaway ? 1 : scanner.lines);
      if (scanner.shape === 'blank') afterBlank.add(starts.length);
      line += runaway ? 1 : scanner.lines;
      at = stop;
      continue;
    }
    if (scanner.shape === 'blank') afterBlank.add(starts.length);
    else {
      comments.push(line);
      commentStarts.push(at);
    }
    line += 1;
    at = scanner.next;
  }
  return {
    text,
    grammar,
    width,
    starts,
    lines,
    widths,
    spans,
    afterBlank,
    comments,
    commentStarts,
    total: line - 1,
    end: at,
  };
}

/**
 * Whether a record that spans lines holds lines that are records by themselves: then a quote was left open and closed
 * again somewhere below.
 */
export function isRunaway(scanner: Scanner, at: number, width: number): boolean {
  if (scanner.lines === 1 || width < 2) return false;
  const { text, grammar, next } = scanner;
  const alone = new Scanner(text, grammar);
  const seen: boolean[] = [];
  for (let from = endOfLine(text, at, grammar).next; from < next && seen.length < 50; ) {
    const { end, next: after } = endOfLine(text, from, grammar);
    if (end > from && alone.read(from) && alone.next === after)
      seen.push(keeps(alone.flaw) && alone.count === width);
    from = after;
  }
  if (scanner.count !== width) return seen.some((whole) => whole);
  return width > 2 && seen.filter((whole) => whole).length * 2 > scanner.lines - 1;
}
