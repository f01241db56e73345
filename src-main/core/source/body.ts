/**
 * Reads the body of a table, record by record, and accounts for every one: loaded as it stands, put right, or rejected.
 */
import type { Note } from './entries';
import type { Layout } from './layout';
import { endOfLine, type Mended, mend, oddQuotes } from './mend';
import { type Grammar, INNER, keeps, Scanner } from './scan';
import { isRunaway } from './survey';

export interface BodyOptions {
  readonly grammar: Grammar;
  readonly layout: Layout;
  /** Called with each record's cells, exactly as many as there are columns. */
  readonly emit: (cells: readonly string[]) => void;
  /** Called with each record that is put right or rejected and each line that is skipped, its byte still 0. */
  readonly note?: Note;
}

const SHOWN = 2000;

/** The state of a reading that may come in pieces. Where a line stands in bytes is for the engine to say, which has the file. */
export class Body {
  loaded = 0;
  mended = 0;
  rejected = 0;
  padded = 0;
  /** Lines that are comments or hold nothing, and headers that are repeated. */
  passed = 0;
  /** Of these the ones that hold something. */
  skipped = 0;
  line: number;
  /** Columns in which a value begins with a zero and another digit. */
  readonly zeros = new Set<number>();
  private readonly scanner: Scanner;
  private readonly own: number;

  /** @param line Physical line at which the body begins, 1-based. */
  constructor(
    private readonly options: BodyOptions,
    line: number,
  ) {
    this.line = line;
    this.scanner = new Scanner('', options.grammar);
    this.own = options.layout.model.width;
  }

  /**
   * Reads the whole records of a text.
   * @param from Offset to begin at. @param to Offset to end at; records that begin before it are read whole.
   * @param final Whether nothing follows.
   * @param repeats Offsets of records that repeat the header.
   * @returns the offset of what is left over.
   */
  read(
    text: string,
    from: number,
    to: number,
    final: boolean,
    repeats: ReadonlySet<number> = new Set(),
  ): number {
    const { scanner } = this;
    const { grammar, layout } = this.options;
    const emit = (cells: readonly string[]) => {
      for (let i = 0; i < cells.length; i++) {
        const cell = cells[i] as string;
        if (cell.charCodeAt(0) === 48 && /^0\d/.test(cell)) this.zeros.add(i);
      }
      this.options.emit(cells);
    };
    scanner.text = text;
    let at = from;
    while (at < to && scanner.read(at, final)) {
      const { lines, next, shape } = scanner;
      if (shape === 'comment' || (shape === 'blank' && this.own > 1) || repeats.has(at)) {
        this.passed++;
        if (shape === 'comment' || repeats.has(at)) {
          this.skipped++;
          const reason = shape === 'comment' ? 'a comment' : 'repeats the header';
          this.note('skipped', reason, text.slice(at, next), null, lines);
        }
        this.line += lines;
        at = next;
        continue;
      }
      if (scanner.count === this.own && keeps(scanner.flaw) && !isRunaway(scanner, at, this.own)) {
        const found = scanner.cells();
        if (!(scanner.flaw & INNER) || oddQuotes(scanner) === 0) {
          emit(this.fit(found));
          this.loaded++;
          this.line += lines;
          at = next;
          continue;
        }
      }
      const plain = keeps(scanner.flaw) && !isRunaway(scanner, at, this.own);
      const { count } = scanner;
      const cells = scanner.cells();
      if (plain && layout.spare > 0 && count === this.own - layout.spare) {
        emit(cells);
        this.loaded++;
        this.line += lines;
        at = next;
        continue;
      }
      const span = Math.max(next, endOfLine(text, at, grammar).next);
      const piece = text.slice(at, Math.min(text.length, span));
      const best = mend(piece, 0, grammar, layout.model);
      scanner.text = text;
      const told = this.settle(best, plain, cells, piece, grammar);
      const raw = piece.slice(0, told.next);
      if (told.cells !== null) {
        const fitted = this.fit(told.cells);
        emit(fitted);
        this.loaded++;
        if (told.reason !== '') {
          this.mended++;
          this.note('mended', told.reason, raw, fitted);
        }
      } else {
        this.rejected++;
        this.note('rejected', told.reason, raw, null);
      }
      this.line += told.lines;
      at += told.next;
    }
    return at;
  }

  private note(
    kind: 'rejected' | 'mended' | 'skipped',
    reason: string,
    raw: string,
    cells: readonly string[] | null,
    count = 1,
  ): void {
    if (this.options.note === undefined) return;
    const text = raw.replace(/[\r\n]+$/, '').slice(0, SHOWN);
    this.options.note({ kind, line: this.line, byte: 0, column: null, count, reason, text, cells });
  }

  private settle(
    best: Mended | null,
    plain: boolean,
    cells: readonly string[],
    piece: string,
    grammar: Grammar,
  ): { cells: readonly string[] | null; reason: string; next: number; lines: number } {
    const { model } = this.options.layout;
    const first = endOfLine(piece, 0, grammar).next;
    const knows = model.records >= 3;
    if (best?.sound && knows) return best;
    const inside = piece.replace(/(\r\n|\n|\r)$/, '');
    const whole = {
      next: piece.length,
      lines: 1 + (inside.match(grammar.newline === 'lf' ? /\n/g : /\r\n|\n|\r/g) ?? []).length,
    };
    if (plain && cells.length < this.own) {
      this.padded++;
      return {
        cells: [...cells, ...new Array<string>(this.own - cells.length).fill('')],
        reason: `${cells.length} cells instead of ${this.own}; the missing ones at the end are empty`,
        ...whole,
      };
    }
    if (plain && cells.slice(this.own).every((c) => c.trim() === '')) {
      return {
        cells: cells.slice(0, this.own),
        reason: `${cells.length} cells instead of ${this.own}; the empty ones at the end were dropped`,
        ...whole,
      };
    }
    const reason = plain
      ? `too many cells: ${cells.length} instead of ${this.own}`
      : 'quotes that do not match, and no way to read the line fits the columns';
    return plain ? { cells: null, reason, ...whole } : { cells: null, reason, next: first, lines: 1 };
  }

  /** As many cells as there are columns: without the spare ones, with those that only the header has. */
  private fit(cells: readonly string[]): readonly string[] {
    const { width } = this.options.layout;
    if (cells.length === width) return cells;
    if (cells.length > width) return cells.slice(0, width);
    return [...cells, ...new Array<string>(width - cells.length).fill('')];
  }
}
