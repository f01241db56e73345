/**
 * Splits text into records and cells, and says where a record does not keep to its own grammar. It never drops a character:
 * what does not fit is marked as a flaw, and what becomes of it is decided elsewhere.
 */

export interface Grammar {
  /** One or several characters; `' +'` is any run of blanks, and blanks after the first character (`', '`) are optional. '' if every line is one cell. */
  readonly delimiter: string;
  /** One character; '' if there is none. */
  readonly quote: string;
  /** The quote itself (doubled), a backslash, or '' if a quote inside quotes stands for itself. */
  readonly escape: string;
  /** What starts a line that is no record; '' if there is none. */
  readonly comment: string;
  /** Which characters end a line; `any` is LF, CR LF and CR. */
  readonly newline: 'any' | 'lf';
}

/** Text after a closing quote. */
export const STRAY = 1;
/** The text ends inside quotes. */
export const OPEN = 2;
/** A quote inside a cell that is not quoted; harmless by itself. */
export const INNER = 4;
/** Two quotes in a row inside quotes, where the grammar has no escape: a sign that it should have. */
export const DOUBLED = 8;

/** Whether a record with these flaws keeps to its grammar: a quote inside a bare cell does. */
export function keeps(flaw: number): boolean {
  return (flaw & ~INNER) === 0;
}

const LF = 10;
const CR = 13;
const BLANK = 32;
const TAB = 9;

type Mark = 0 | 1 | 2;
const BARE: Mark = 0;
const QUOTED: Mark = 1;
const ESCAPED: Mark = 2;

export type Shape = 'record' | 'blank' | 'comment';

/** Reads one record at a time; what it found stays in its fields until the next. */
export class Scanner {
  /** Cells of the record. */
  count = 0;
  /** STRAY, OPEN and INNER together; 0 if the record keeps to the grammar. */
  flaw = 0;
  /** Line ends the record holds, its own included. */
  lines = 0;
  /** Where its text ends, without the line end. */
  end = 0;
  /** Where the next record begins. */
  next = 0;
  shape: Shape = 'record';
  private readonly starts: number[] = [];
  private readonly ends: number[] = [];
  private readonly marks: Mark[] = [];
  private readonly first: number;
  private readonly rest: string;
  private readonly runs: boolean;
  private readonly loose: boolean;
  private readonly quote: number;
  private readonly escape: number;
  private readonly cr: number;

  constructor(
    public text: string,
    readonly grammar: Grammar,
  ) {
    const { delimiter } = grammar;
    this.runs = delimiter === ' +';
    this.loose =
      !this.runs && delimiter.length > 1 && delimiter.slice(1).trim() === '' && delimiter[0] !== ' ';
    this.first = delimiter === '' ? -1 : delimiter.charCodeAt(0);
    this.rest = this.runs || this.loose ? '' : delimiter.slice(1);
    this.quote = grammar.quote === '' ? -1 : grammar.quote.charCodeAt(0);
    this.escape = grammar.escape === '' ? -1 : grammar.escape.charCodeAt(0);
    this.cr = grammar.newline === 'any' ? CR : -1;
  }

  /**
   * Reads the record at an offset.
   * @param literal Offset of a quote that is to stand for itself; −1 for none.
   * @returns false if there is none, or if it is not whole and more text may come (`final` false).
   */
  read(at: number, final = true, literal = -1): boolean {
    const { text } = this;
    const { length } = text;
    if (at >= length) return false;
    this.count = 0;
    this.flaw = 0;
    this.lines = 1;
    this.shape = 'record';
    if (this.grammar.comment !== '' && text.startsWith(this.grammar.comment, at)) {
      let i = at;
      while (i < length && !this.isEnd(text.charCodeAt(i))) i++;
      this.shape = 'comment';
      this.put(at, i, BARE);
      return this.finish(i, final);
    }
    let i = at;
    if (this.runs) i = this.blanks(i);
    for (;;) {
      if (this.loose && this.count > 0) i = this.blanks(i);
      const c = i < length ? text.charCodeAt(i) : -1;
      if (c === this.quote && c !== -1 && i !== literal) {
        i = this.quoted(i);
        if (i < 0) {
          if (!final) return false;
          this.flaw |= OPEN;
          i = length;
        }
      } else {
        i = this.bare(i, literal);
      }
      if (i < length && this.isDelimiter(i)) {
        i = this.past(i);
        if (this.runs && (i >= length || this.isEnd(text.charCodeAt(i)))) return this.finish(i, final);
        continue;
      }
      return this.finish(i, final);
    }
  }

  /** The value of a cell, quotes and escapes taken off. */
  cell(i: number): string {
    const raw = this.text.slice(this.starts[i], this.ends[i]);
    if (this.marks[i] !== ESCAPED) return raw;
    const { quote, escape: escaping } = this.grammar;
    if (escaping === quote) return raw.replaceAll(quote + quote, quote);
    let value = '';
    for (let k = 0; k < raw.length; k++) {
      const c = raw[k] as string;
      const after = raw[k + 1];
      if (c === escaping && (after === quote || after === escaping)) {
        value += after;
        k++;
      } else value += c;
    }
    return value;
  }

  cells(): string[] {
    return Array.from({ length: this.count }, (_, i) => this.cell(i));
  }

  /** Whether a cell was written in quotes. */
  isQuoted(i: number): boolean {
    return this.marks[i] !== BARE;
  }

  /** Where a cell stands, its quotes not included. */
  startOf(i: number): number {
    return this.starts[i] as number;
  }

  endOf(i: number): number {
    return this.ends[i] as number;
  }

  private put(start: number, end: number, mark: Mark): void {
    this.starts[this.count] = start;
    this.ends[this.count] = end;
    this.marks[this.count] = mark;
    this.count++;
  }

  private isEnd(c: number): boolean {
    return c === LF || c === this.cr;
  }

  private isDelimiter(i: number): boolean {
    if (this.text.charCodeAt(i) !== this.first) return false;
    return this.rest === '' || this.text.startsWith(this.rest, i + 1);
  }

  private past(i: number): number {
    return this.runs ? this.blanks(i) : i + 1 + this.rest.length;
  }

  private blanks(at: number): number {
    let i = at;
    for (;;) {
      const c = this.text.charCodeAt(i);
      if (c !== BLANK && c !== TAB) return i;
      i++;
    }
  }

  private bare(at: number, literal: number): number {
    const { text, first, rest, cr, quote } = this;
    const { length } = text;
    let i = at;
    for (; i < length; i++) {
      const c = text.charCodeAt(i);
      if (c === LF || c === cr) break;
      if (c === first && (rest === '' || text.startsWith(rest, i + 1))) break;
      if (c === quote && i !== literal) this.flaw |= INNER;
    }
    this.put(at, i, BARE);
    return i;
  }

  /** @returns where the cell ends, or −1 if its quotes do not. */
  private quoted(at: number): number {
    const { text, quote, escape: escaping } = this;
    const { length } = text;
    let mark: Mark = QUOTED;
    for (let i = at + 1; i < length; i++) {
      const c = text.charCodeAt(i);
      if (c === LF || (c === this.cr && text.charCodeAt(i + 1) !== LF)) {
        this.lines++;
        continue;
      }
      if (c === escaping && escaping !== quote) {
        mark = ESCAPED;
        i++;
        continue;
      }
      if (c !== quote) continue;
      const after = i + 1 < length ? text.charCodeAt(i + 1) : -1;
      if (after === quote && escaping === quote) {
        mark = ESCAPED;
        i++;
        continue;
      }
      if (after === -1 || this.isEnd(after) || after === CR || this.isDelimiter(i + 1)) {
        this.put(at + 1, i, mark);
        return i + 1;
      }
      const beyond = this.blanks(i + 1);
      if (
        beyond > i + 1 &&
        (beyond >= length || this.isEnd(text.charCodeAt(beyond)) || this.isDelimiter(beyond))
      ) {
        this.put(at + 1, i, mark);
        return beyond;
      }
      if (escaping === -1) {
        if (after === quote && !this.closes(i + 1)) this.flaw |= DOUBLED;
        continue;
      }
      this.flaw |= STRAY;
      let j = i + 1;
      while (j < length && !this.isEnd(text.charCodeAt(j)) && !this.isDelimiter(j)) j++;
      this.put(at, j, BARE);
      return j;
    }
    this.put(at + 1, length, mark);
    return -1;
  }

  /** Whether a quote at an offset ends its cell. */
  private closes(at: number): boolean {
    const i = at + 1;
    return i >= this.text.length || this.isEnd(this.text.charCodeAt(i)) || this.isDelimiter(i);
  }

  private finish(end: number, final: boolean): boolean {
    const { text } = this;
    const { length } = text;
    // A CR at the very end may be half of a line end.
    if (!final && (end >= length || (text.charCodeAt(end) === CR && end + 1 >= length))) return false;
    this.end = end;
    let next = end;
    if (next < length) {
      next += text.charCodeAt(next) === CR && text.charCodeAt(next + 1) === LF ? 2 : 1;
    }
    // With LF alone a CR before it is still part of the line end.
    this.next = next;
    if (this.count === 1 && this.marks[0] === BARE && this.shape === 'record') {
      const start = this.starts[0] as number;
      let stop = this.ends[0] as number;
      if (this.grammar.newline === 'lf' && text.charCodeAt(stop - 1) === CR) {
        stop--;
        this.ends[0] = stop;
      }
      if (start >= stop) this.shape = 'blank';
    } else if (this.grammar.newline === 'lf' && text.charCodeAt(end) === LF) {
      const last = this.count - 1;
      if (this.marks[last] === BARE && text.charCodeAt((this.ends[last] as number) - 1) === CR) {
        this.ends[last] = (this.ends[last] as number) - 1;
      }
    }
    return true;
  }
}
