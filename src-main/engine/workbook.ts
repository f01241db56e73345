/**
 * Reads a sheet of a workbook (`.xlsx`, `.xlsm`) and writes it as a text table that the text reader then reads. The sheet
 * is streamed; only its texts are held. Values are those that stand in the file: what a formula gave when it was saved.
 */
import { type FileHandle, open, rm } from 'node:fs/promises';
import { ProblemError, problem } from '../core/problem';
import { type Box, columnAt, columnLetters, readRange } from '../core/source/range';
import type { Dialect } from '../core/source/receipt';
import { entryStream, listZip } from './unpack';
import { type XmlHandler, XmlReader } from './xml';

/** Texts of a workbook are held in memory; more than this, unpacked, is refused. */
const TEXTS_MAX = 200 * 1024 * 1024;
/** A sheet may unpack to this, and the text written may be as large. */
const SHEET_MAX = 4 * 1024 ** 3;
/** Blank rows between filled ones are kept, so that tables stay apart; a longer gap is this long. */
const GAP_MAX = 2;

/** How `writeSheet` writes; nothing of it can be told otherwise. */
export const sheetDialect: Pick<Dialect, 'delimiter' | 'quote' | 'escape' | 'encoding'> = {
  delimiter: ',',
  quote: '"',
  escape: '"',
  encoding: 'utf-8',
};

export interface Sheet {
  readonly name: string;
  readonly hidden: boolean;
}

export interface SheetAsk {
  /** The first visible sheet unless given. */
  readonly sheet?: string;
  /** `B3:F40`, also `B:F` or `3:40`; all that is filled unless given. */
  readonly range?: string;
  /** Stops after the row in which this many cells are filled; the whole sheet unless given. */
  readonly cells?: number;
}

export interface SheetWritten {
  readonly sheet: string;
  /** The cells that were written, `A1:F40`; '' if none is filled. */
  readonly range: string;
  readonly rows: number;
  readonly columns: number;
  /** Row of the sheet of the first line, 1-based. */
  readonly firstRow: number;
  /** Cells that hold an error such as #N/A, written as they show. */
  readonly errors: number;
  /** Formulas without a stored value, which are empty. */
  readonly uncomputed: number;
  /** Ranges of merged cells; the value stands in the first cell only. */
  readonly merged: number;
  /** Rows that are hidden in the sheet and were written all the same. */
  readonly hiddenRows: number;
  /** Whether all of it was written. */
  readonly whole: boolean;
}

function broken(path: string, reason: string): ProblemError {
  return new ProblemError(problem('source-broken', { path, reason }));
}

/**
 * Refuses what looks like a workbook and is none that can be read.
 * @param head The first bytes of the file.
 * @throws ProblemError `source-broken`.
 */
export async function refuseOldWorkbook(path: string, head: Buffer): Promise<void> {
  if (head.toString('hex', 0, 8) !== 'd0cf11e0a1b11ae1') return;
  // In a compound file the names of its streams stand in UTF-16.
  const name = Buffer.from('EncryptedPackage', 'utf16le');
  const file = await open(path, 'r');
  try {
    const part = Buffer.alloc(1 << 20);
    const size = (await file.stat()).size;
    let locked = false;
    for (let at = 0; at < size && !locked; at += part.length - name.length) {
      const { bytesRead } = await file.read(part, 0, part.length, at);
      locked = part.subarray(0, bytesRead).includes(name);
      if (bytesRead < part.length) break;
    }
    throw broken(
      path,
      locked
        ? 'the workbook is protected by a password; save it without one'
        : 'it is an old workbook (.xls) or another old Office file; save it as .xlsx',
    );
  } finally {
    await file.close();
  }
}

interface Book {
  readonly sheets: readonly (Sheet & { readonly entry: string })[];
  readonly entries: ReadonlySet<string>;
  /** Whether days count from 1904. */
  readonly from1904: boolean;
}

/** Sheets with cells in the order of the workbook. @throws ProblemError `source-broken`. */
export async function sheetsOf(path: string): Promise<readonly Sheet[]> {
  const book = await bookOf(path);
  return book.sheets.map(({ name, hidden }) => ({ name, hidden }));
}

async function bookOf(path: string): Promise<Book> {
  await refuseOldWorkbook(path, await headOf(path));
  const entries = new Set((await listZip(path)).map((entry) => entry.fileName));
  if (entries.has('xl/workbook.bin')) throw broken(path, 'it is a binary workbook (.xlsb); save it as .xlsx');
  if (entries.has('content.xml')) throw broken(path, 'it is an OpenDocument file; save it as .xlsx');
  if (!entries.has('xl/workbook.xml')) throw broken(path, 'it is no workbook');
  const targets = new Map<string, { target: string; type: string }>();
  await readXml(path, 'xl/_rels/workbook.xml.rels', {
    open: (name, a) => {
      if (name === 'Relationship') targets.set(a.Id ?? '', { target: a.Target ?? '', type: a.Type ?? '' });
    },
  });
  const sheets: (Sheet & { entry: string })[] = [];
  let from1904 = false;
  await readXml(path, 'xl/workbook.xml', {
    open: (name, a) => {
      if (name === 'workbookPr') from1904 = a.date1904 === '1' || a.date1904 === 'true';
      if (name !== 'sheet') return;
      const found = targets.get(a.id ?? '');
      if (found === undefined || !found.type.endsWith('/worksheet')) return;
      const entry = found.target.startsWith('/') ? found.target.slice(1) : `xl/${found.target}`;
      const hidden = a.state !== undefined && a.state !== 'visible';
      if (entries.has(entry)) sheets.push({ name: a.name ?? '', hidden, entry });
    },
  });
  if (sheets.length === 0) throw broken(path, 'the workbook has no sheet with cells');
  return { sheets, entries, from1904 };
}

async function headOf(path: string): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const head = Buffer.alloc(8);
    await file.read(head, 0, 8, 0);
    return head;
  } finally {
    await file.close();
  }
}

/** Reads one part of the workbook; `pause` is awaited after each piece, and no more is read once it is `enough`. */
async function readXml(
  path: string,
  entry: string,
  handler: Partial<XmlHandler>,
  options: {
    limit?: number;
    signal?: AbortSignal | undefined;
    pause?: () => Promise<void>;
    enough?: () => boolean;
  } = {},
): Promise<void> {
  const limit = options.limit ?? TEXTS_MAX;
  const { stream, close } = await entryStream(path, entry);
  const nothing = () => {};
  const reader = new XmlReader({ open: nothing, close: nothing, text: nothing, ...handler });
  let bytes = 0;
  try {
    for await (const chunk of stream) {
      if (options.signal?.aborted) throw new ProblemError(problem('query-cancelled', {}));
      bytes += (chunk as Buffer).length;
      if (bytes > limit) {
        const reason = `${entry} in it is larger than ${limit / 1024 ** 2} MB`;
        throw new ProblemError(problem('source-limit', { path, reason }));
      }
      reader.push(chunk as Buffer);
      await options.pause?.();
      if (options.enough?.()) return;
    }
    reader.end();
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    throw broken(
      path,
      `${entry} in it is damaged (${error instanceof Error ? error.message : String(error)})`,
    );
  } finally {
    stream.destroy();
    close();
  }
}

function boxOf(path: string, range: string | undefined): Box {
  const read = readRange(range ?? '');
  if ('box' in read) return read.box;
  throw new ProblemError(problem('range-invalid', { path, range: range ?? '', reason: read.reason }));
}

/**
 * Writes a sheet as comma-separated UTF-8 (RFC 4180, LF): texts in quotes, numbers with all the digits that stand in the
 * file, dates and times in ISO form, booleans as TRUE and FALSE, errors as they show, empty cells as nothing.
 * @param ask Without a sheet, the first that holds anything, those in sight before hidden ones.
 * @param to Must not exist; removed again if writing fails.
 * @throws ProblemError `source-broken`, `source-limit`, `part-missing`, `source-empty` (no cell is filled) or `query-cancelled`.
 */
export async function writeSheet(
  path: string,
  ask: SheetAsk,
  to: string,
  signal?: AbortSignal,
): Promise<SheetWritten> {
  if (ask.sheet !== undefined) return writeNamed(path, { ...ask, sheet: ask.sheet }, to, signal);
  const { sheets } = await bookOf(path);
  // A first sheet without a cell must not keep the others from being read.
  const inTurn = [...sheets.filter((s) => !s.hidden), ...sheets.filter((s) => s.hidden)];
  let empty: unknown;
  for (const { name } of inTurn) {
    try {
      return await writeNamed(path, { ...ask, sheet: name }, to, signal);
    } catch (error) {
      if (!(error instanceof ProblemError) || error.problem.code !== 'source-empty') throw error;
      empty ??= error;
    }
  }
  throw empty;
}

async function writeNamed(
  path: string,
  ask: SheetAsk & { readonly sheet: string },
  to: string,
  signal?: AbortSignal,
): Promise<SheetWritten> {
  const book = await bookOf(path);
  const sheet = book.sheets.find((s) => s.name === ask.sheet);
  if (sheet === undefined)
    throw new ProblemError(problem('part-missing', { path, kind: 'sheet', part: ask.sheet }));
  let wanted = boxOf(path, ask.range);
  const texts = await textsOf(path, book, signal);
  const formats = await formatsOf(path, book);
  const options = { limit: SHEET_MAX, signal };

  // Twice: how wide the table is must be known before its first line is written.
  const extent = { top: Number.POSITIVE_INFINITY, left: Number.POSITIVE_INFINITY, bottom: -1, right: -1 };
  const facts = { merged: 0, hiddenRows: 0, errors: 0, uncomputed: 0 };
  const most = ask.cells ?? Number.POSITIVE_INFINITY;
  let filled = 0;
  let whole = true;
  const measuring = new Cells(texts, formats, book.from1904, wanted, {
    cell: (row, column) => {
      if (filled >= most && row !== extent.bottom) whole = false;
      if (!whole) return;
      filled++;
      extent.top = Math.min(extent.top, row);
      extent.bottom = Math.max(extent.bottom, row);
      extent.left = Math.min(extent.left, column);
      extent.right = Math.max(extent.right, column);
    },
    merged: () => facts.merged++,
    hiddenRow: () => facts.hiddenRows++,
    error: () => facts.errors++,
    uncomputed: () => facts.uncomputed++,
  });
  await readXml(path, sheet.entry, measuring, { ...options, enough: () => !whole });
  if (extent.bottom < 0) throw new ProblemError(problem('source-empty', { path }));
  if (!whole) wanted = { ...wanted, bottom: extent.bottom };

  const file = await open(to, 'wx');
  const out = new Lines(path, file);
  try {
    const width = extent.right - extent.left + 1;
    let line: string[] = Array(width).fill('');
    let at = extent.top;
    let rows = 0;
    const finish = () => {
      out.add(line.join(','));
      rows++;
      line = Array(width).fill('');
    };
    const writing = new Cells(texts, formats, book.from1904, wanted, {
      cell: (row, column, value, quoted) => {
        if (row !== at) {
          finish();
          const blanks = Math.min(GAP_MAX, row - at - 1);
          for (let i = 0; i < blanks; i++) finish();
          at = row;
        }
        line[column - extent.left] = quoted ? `"${value.replaceAll('"', '""')}"` : value;
      },
    });
    await readXml(path, sheet.entry, writing, {
      ...options,
      pause: () => out.flush(false),
      enough: () => !whole && writing.isPast,
    });
    finish();
    await out.flush(true);
    await file.close();
    const range = `${columnLetters(extent.left)}${extent.top + 1}:${columnLetters(extent.right)}${extent.bottom + 1}`;
    return { sheet: sheet.name, range, rows, columns: width, firstRow: extent.top + 1, whole, ...facts };
  } catch (error) {
    await file.close();
    await rm(to, { force: true });
    throw error;
  }
}

class Lines {
  private held: string[] = [];
  private size = 0;
  private written = 0;

  constructor(
    private readonly path: string,
    private readonly file: FileHandle,
  ) {}

  add(line: string): void {
    this.held.push(line, '\n');
    this.size += line.length + 1;
    this.written += line.length + 1;
    if (this.written > SHEET_MAX) {
      const reason = 'the sheet is so wide and long that its text is larger than 4 GB; choose a range of it';
      throw new ProblemError(problem('source-limit', { path: this.path, reason }));
    }
  }

  async flush(all: boolean): Promise<void> {
    if (!all && this.size < 1 << 20) return;
    await this.file.writeFile(this.held.join(''));
    this.held = [];
    this.size = 0;
  }
}

/** The texts that cells point to. */
async function textsOf(
  path: string,
  book: Book,
  signal: AbortSignal | undefined,
): Promise<readonly string[]> {
  const texts: string[] = [];
  if (!book.entries.has('xl/sharedStrings.xml')) return texts;
  let text = '';
  let inText = false;
  let phonetic = false;
  const handler: XmlHandler = {
    open: (name) => {
      if (name === 'si') text = '';
      else if (name === 't') inText = true;
      else if (name === 'rPh') phonetic = true;
    },
    close: (name) => {
      if (name === 'si') texts.push(unescaped(text));
      else if (name === 't') inText = false;
      else if (name === 'rPh') phonetic = false;
    },
    text: (piece) => {
      if (inText && !phonetic) text += piece;
    },
  };
  await readXml(path, 'xl/sharedStrings.xml', handler, { limit: TEXTS_MAX, signal });
  return texts;
}

/** Workbooks write characters that XML cannot hold as `_x000D_`. */
function unescaped(text: string): string {
  return text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text;
}

/** What a number is by its format. */
type Shown = 'number' | 'date' | 'time' | 'datetime' | 'elapsed';

async function formatsOf(path: string, book: Book): Promise<readonly Shown[]> {
  const own = new Map<number, string>();
  const shown: Shown[] = [];
  if (!book.entries.has('xl/styles.xml')) return shown;
  let inCells = false;
  await readXml(path, 'xl/styles.xml', {
    open: (name, a) => {
      if (name === 'numFmt') own.set(Number(a.numFmtId), a.formatCode ?? '');
      else if (name === 'cellXfs') inCells = true;
      else if (name === 'xf' && inCells) {
        const id = Number(a.numFmtId ?? 0);
        shown.push(own.has(id) ? shownBy(own.get(id)!) : builtIn(id));
      }
    },
    close: (name) => {
      if (name === 'cellXfs') inCells = false;
    },
  });
  return shown;
}

/** Numbers of formats that need no code (ECMA-376 part 1, 18.8.30; 27–36 and 50–58 are those of East Asia). */
function builtIn(id: number): Shown {
  if (id === 22) return 'datetime';
  if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || id === 45 || id === 47) return 'time';
  if (id === 46) return 'elapsed';
  if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id === 36 || (id >= 50 && id <= 58)) return 'date';
  return 'number';
}

/** What a format code shows: the letters of dates outside of quotes, escapes, colours and conditions. */
export function shownBy(code: string): Shown {
  const first = code.split(';')[0] ?? '';
  const bare = first
    .replace(/"[^"]*"?/g, '')
    .replace(/\\./g, '')
    .replace(/[_*]./g, '');
  if (/\[(h+|m+|s+)\]/i.test(bare)) return 'elapsed';
  const letters = bare.replace(/\[[^\]]*\]/g, '').replace(/AM\/PM|A\/P/gi, 'h');
  if (/general/i.test(letters)) return 'number';
  const day = /[dy]/i.test(letters);
  const time = /[hs]/i.test(letters);
  if (day && time) return 'datetime';
  if (day) return 'date';
  if (time) return 'time';
  return /m/i.test(letters) ? 'date' : 'number';
}

interface CellsHandler {
  cell(row: number, column: number, value: string, quoted: boolean): void;
  merged?(): void;
  hiddenRow?(): void;
  error?(): void;
  uncomputed?(): void;
}

/** Follows the cells of a sheet. */
class Cells implements XmlHandler {
  private row = -1;
  private column = -1;
  private type = '';
  private style = 0;
  private value = '';
  private hasFormula = false;
  private inValue = false;
  private inFormula = false;
  private phonetic = false;

  constructor(
    private readonly texts: readonly string[],
    private readonly formats: readonly Shown[],
    private readonly from1904: boolean,
    private readonly wanted: Box,
    private readonly handler: CellsHandler,
  ) {}

  /** Whether what is wanted lies above, so that nothing of it is still to come. */
  get isPast(): boolean {
    return this.row > this.wanted.bottom;
  }

  open = (name: string, a: Readonly<Record<string, string>>): void => {
    switch (name) {
      case 'row':
        this.row = a.r === undefined ? this.row + 1 : Number(a.r) - 1;
        this.column = -1;
        if (a.hidden === '1' || a.hidden === 'true') this.handler.hiddenRow?.();
        break;
      case 'c': {
        const letters = /^[A-Za-z]+/.exec(a.r ?? '')?.[0];
        this.column = letters === undefined ? this.column + 1 : columnAt(letters);
        this.type = a.t ?? 'n';
        this.style = Number(a.s ?? 0);
        this.value = '';
        this.hasFormula = false;
        break;
      }
      case 'v':
      case 't':
        this.inValue = !this.phonetic;
        break;
      case 'f':
        this.inFormula = true;
        this.hasFormula = true;
        break;
      case 'rPh':
        this.phonetic = true;
        break;
      case 'mergeCell':
        this.handler.merged?.();
        break;
    }
  };

  text = (piece: string): void => {
    if (this.inValue && !this.inFormula) this.value += piece;
  };

  close = (name: string): void => {
    if (name === 'v' || name === 't') this.inValue = false;
    else if (name === 'f') this.inFormula = false;
    else if (name === 'rPh') this.phonetic = false;
    else if (name === 'c') this.finish();
  };

  private finish(): void {
    const { row, column, wanted } = this;
    if (row < wanted.top || row > wanted.bottom || column < wanted.left || column > wanted.right) return;
    if (this.value === '') {
      if (this.hasFormula && this.type !== 'str') this.handler.uncomputed?.();
      return;
    }
    const bare = (value: string) => this.handler.cell(row, column, value, false);
    switch (this.type) {
      case 's':
        this.put(this.texts[Number(this.value)] ?? '');
        break;
      case 'inlineStr':
      case 'str':
        this.put(unescaped(this.value));
        break;
      case 'b':
        bare(this.value === '1' || this.value === 'true' ? 'TRUE' : 'FALSE');
        break;
      case 'e':
        this.handler.error?.();
        this.put(this.value);
        break;
      case 'd':
        bare(this.value.replace(/Z$/, ''));
        break;
      default: {
        const shown = this.formats[this.style] ?? 'number';
        const number = Number(this.value);
        if (!Number.isFinite(number)) this.put(this.value);
        else bare(shown === 'number' ? this.value : timeOf(number, shown, this.from1904, this.value));
      }
    }
  }

  private put(text: string): void {
    if (text !== '') this.handler.cell(this.row, this.column, text, true);
  }
}

/**
 * A serial number of days as ISO 8601, to the millisecond. Day 60 is the 29 February 1900, which never was and which
 * workbooks count all the same (ECMA-376 part 1, 18.17.4.1).
 * @param raw Answered for what is no date: negative numbers and those past the year 9999.
 */
export function timeOf(serial: number, shown: Shown, from1904: boolean, raw: string): string {
  const total = Math.round(serial * 86_400_000);
  if (total < 0 || (shown !== 'elapsed' && serial >= 2_958_466)) return raw;
  const days = Math.floor(total / 86_400_000);
  const within = total - days * 86_400_000;
  if (shown === 'elapsed') return clock(total);
  if (days === 0 && !from1904 && (shown === 'time' || within > 0)) return clock(within);
  const date = from1904
    ? Date.UTC(1904, 0, 1) + days * 86_400_000
    : Date.UTC(1899, 11, days < 60 ? 31 : 30) + days * 86_400_000;
  const day = !from1904 && days === 60 ? '1900-02-29' : new Date(date).toISOString().slice(0, 10);
  if (shown === 'time' && from1904 && days === 0) return clock(within);
  // The time of day is kept though the format hides it, and a date without one is a date.
  return within === 0 && shown === 'date' ? day : `${day} ${clock(within)}`;
}

function clock(ms: number): string {
  const two = (n: number) => String(n).padStart(2, '0');
  const rest = ms % 1000;
  const text = `${two(Math.floor(ms / 3_600_000))}:${two(Math.floor(ms / 60_000) % 60)}:${two(Math.floor(ms / 1000) % 60)}`;
  return rest === 0 ? text : `${text}.${String(rest).padStart(3, '0')}`;
}
