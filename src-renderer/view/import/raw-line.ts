/**
 * A raw line in pieces: what of it is cell, delimiter and quote under a dialect, so that the eye can follow the reading.
 */
import type { Dialect } from '#core/source/receipt';

export interface Piece {
  readonly kind: 'cell' | 'delimiter' | 'quote';
  readonly text: string;
  /** The cell it belongs to, or that ends with it, from 0. */
  readonly cell: number;
}

/** How many characters of a delimiter stand at a place; 0 if none does. `' +'` is any run of blanks. */
function delimiterAt(text: string, at: number, delimiter: string): number {
  if (delimiter === '') return 0;
  if (delimiter !== ' +') return text.startsWith(delimiter, at) ? delimiter.length : 0;
  let end = at;
  while (text[end] === ' ') end++;
  return end - at;
}

/**
 * The pieces of a record in order; together they are the text.
 * @param text One record as it stands in the file; it may hold line breaks inside quotes.
 */
export function piecesOf(
  text: string,
  { delimiter, quote, escape: mark }: Pick<Dialect, 'delimiter' | 'quote' | 'escape'>,
): readonly Piece[] {
  const pieces: Piece[] = [];
  let cell = 0;
  let held = '';
  let quoted = false;
  let fresh = true;
  const flush = () => {
    if (held !== '') pieces.push({ kind: 'cell', text: held, cell });
    held = '';
  };
  const put = (kind: 'delimiter' | 'quote', piece: string) => {
    flush();
    pieces.push({ kind, text: piece, cell });
  };
  let at = 0;
  while (at < text.length) {
    if (quoted) {
      const doubled = mark === quote ? quote + quote : '';
      if (doubled !== '' && text.startsWith(doubled, at)) {
        held += doubled;
        at += doubled.length;
      } else if (mark !== '' && mark !== quote && text.startsWith(mark, at)) {
        held += text.slice(at, at + mark.length + 1);
        at += mark.length + 1;
      } else if (text.startsWith(quote, at)) {
        put('quote', quote);
        quoted = false;
        at += quote.length;
      } else held += text[at++];
      continue;
    }
    if (fresh && quote !== '' && text.startsWith(quote, at)) {
      put('quote', quote);
      quoted = true;
      fresh = false;
      at += quote.length;
      continue;
    }
    const length = delimiterAt(text, at, delimiter);
    if (length > 0) {
      put('delimiter', text.slice(at, at + length));
      at += length;
      cell++;
      fresh = true;
      continue;
    }
    if (text[at] !== ' ') fresh = false;
    held += text[at++];
  }
  flush();
  return pieces;
}

/** The cells a record has as it stands, before anything was put right: quotes off, the rest untouched. */
export function cellsOf(
  text: string,
  dialect: Pick<Dialect, 'delimiter' | 'quote' | 'escape'>,
): readonly string[] {
  const cells: string[] = [''];
  for (const piece of piecesOf(text, dialect)) {
    while (cells.length <= piece.cell) cells.push('');
    if (piece.kind === 'cell') cells[piece.cell] += piece.text;
    else if (piece.kind === 'delimiter') cells.push('');
  }
  return cells;
}

/** Text with what cannot be seen made visible: tabs, line breaks, control characters. */
export function visible(text: string): string {
  return text
    .replace(/\r\n|\n|\r/g, '↵')
    .replaceAll('\t', '⇥')
    .replace(/\p{Cc}/gu, (c) => {
      const code = c.charCodeAt(0);
      return code < 0x20 ? String.fromCharCode(0x2400 + code) : code === 0x7f ? '␡' : '·';
    });
}

/**
 * The pieces of a line that are in sight, and what lies before and after them as one piece of text each: a line of
 * thousands of cells is drawn in as many parts as a short one.
 * @param from First character in sight, from 0.
 * @param to The one after the last.
 */
export function piecesInSight(
  pieces: readonly Piece[],
  from: number,
  to: number,
): { readonly before: string; readonly pieces: readonly Piece[]; readonly after: string } {
  let [at, first, last] = [0, -1, pieces.length];
  pieces.forEach((piece, i) => {
    const end = at + piece.text.length;
    if (first < 0 && end > from) first = i;
    if (last === pieces.length && at >= to) last = i;
    at = end;
  });
  const start = first < 0 ? pieces.length : Math.min(first, last);
  const text = (some: readonly Piece[]) => some.map((piece) => piece.text).join('');
  return {
    before: text(pieces.slice(0, start)),
    pieces: pieces.slice(start, last),
    after: text(pieces.slice(last)),
  };
}
