/**
 * Counts the records of a text file apart from any reader, so that a reader's loss shows.
 *
 * A record ends at a newline that is not inside quotes. A quote opens a quoted field only at the start of a field; a
 * doubled quote inside stays inside. Lines without any character are not records, unless the file has one column,
 * where an empty line is an empty value.
 */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';

export interface Counted {
  /** Records after the skipped lines, the header included. */
  readonly records: number;
  /** Lines before them that hold anything. */
  readonly skipped: number;
  /** Whether the file ends inside quotes. */
  readonly open: boolean;
  /** Columns, from 0, in which a value after the first record begins with a zero and another digit. */
  readonly zeros: ReadonlySet<number>;
}

export interface CountOptions {
  readonly delimiter: string;
  /** '' if there is none. */
  readonly quote: string;
  /** Lines to pass over first. */
  readonly skip: number;
  /** Whether lines without characters are records. */
  readonly emptyLines: boolean;
}

const LF = 10;
const CR = 13;
const BLANK = 32;
const ZERO = 48;
const NINE = 57;

/**
 * @param path A file in an encoding in which ASCII stands for itself (UTF-8 and the like).
 * @param onBytes Called with the bytes read so far.
 */
export async function countRecords(
  path: string,
  options: CountOptions,
  onBytes: (bytes: number) => void = () => {},
  signal?: AbortSignal,
): Promise<Counted> {
  const quote = options.quote === '' ? -1 : options.quote.charCodeAt(0);
  const delimiterEnd = Buffer.from(options.delimiter).at(-1) ?? -1;
  let skipLeft = options.skip;
  let skipped = 0;
  let records = 0;
  let inQuotes = false;
  let quotePending = false;
  let fieldStart = true;
  let filled = false;
  let anyByte = false;
  let afterCR = false;
  let bytes = 0;
  let start = true;
  let column = 0;
  // 1: a value may begin here; 2: it began with a zero.
  let leading = 1;
  const zeros = new Set<number>();

  const endLine = () => {
    if (skipLeft > 0) {
      skipLeft--;
      if (filled) skipped++;
    } else if (filled || options.emptyLines) {
      records++;
    }
    filled = false;
    anyByte = false;
    fieldStart = true;
    column = 0;
    leading = 1;
  };

  for await (const chunk of createReadStream(path, {
    highWaterMark: 1 << 20,
    signal,
  }) as AsyncIterable<Buffer>) {
    let i = 0;
    if (start) {
      start = false;
      if (chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf) i = 3;
    }
    for (; i < chunk.length; i++) {
      const byte = chunk[i]!;
      if (quotePending) {
        quotePending = false;
        if (byte === quote) continue;
        inQuotes = false;
      }
      if (leading !== 0 && byte !== quote && byte !== BLANK) {
        if (leading === 2 && byte >= ZERO && byte <= NINE && records > 0) zeros.add(column);
        leading = leading === 1 && byte === ZERO ? 2 : 0;
      }
      if (inQuotes) {
        if (byte === quote) quotePending = true;
        continue;
      }
      if (byte === LF && afterCR) {
        afterCR = false;
        continue;
      }
      afterCR = false;
      if (byte === LF || byte === CR) {
        afterCR = byte === CR;
        endLine();
        continue;
      }
      anyByte = true;
      filled = true;
      if (byte === quote && fieldStart && skipLeft === 0) {
        inQuotes = true;
        fieldStart = false;
        continue;
      }
      fieldStart = byte === delimiterEnd;
      if (fieldStart) {
        column++;
        leading = 1;
      }
    }
    bytes += chunk.length;
    onBytes(bytes);
  }
  if (quotePending) inQuotes = false;
  if (anyByte) endLine();
  return { records, skipped, open: inQuotes, zeros };
}

export interface QuickCount {
  /** Records after the skipped lines, the header included. */
  readonly records: number;
  readonly zeros: ReadonlySet<number>;
}

/**
 * Counts as `countRecords` does, several times as fast, by looking for line feeds and quotes only: a line feed ends a record
 * if an even number of quotes stands before it. Wrong where a quote stands by itself in a bare cell; then it differs from
 * the reader, and the careful count is asked.
 */
export async function countQuickly(
  path: string,
  options: CountOptions,
  signal?: AbortSignal,
): Promise<QuickCount> {
  const quote = options.quote === '' ? -1 : options.quote.charCodeAt(0);
  const delimiter = options.delimiter.charCodeAt(0);
  const zeroed = Buffer.from(`${options.delimiter}0`);
  const zeros = new Set<number>();
  let records = 0;
  let line = 0;
  let open = false;
  let blank = true;
  let left = 0;
  for await (const chunk of piecesOf(path, () => left, signal)) {
    const last = chunk.lastIndexOf(LF);
    const end = last < 0 ? 0 : last + 1;
    let nextQuote = quote < 0 ? -1 : chunk.indexOf(quote);
    for (let from = 0; from < end; ) {
      const stop = chunk.indexOf(LF, from);
      while (nextQuote >= 0 && nextQuote < stop) {
        open = !open;
        nextQuote = chunk.indexOf(quote, nextQuote + 1);
      }
      const empty = stop === from || (stop === from + 1 && chunk[from] === CR);
      blank &&= empty;
      if (!open) {
        if (line >= options.skip && (!blank || options.emptyLines)) records++;
        blank = true;
      }
      if (records > 1 && chunk[from] === ZERO && isDigit(chunk[from + 1])) zeros.add(0);
      line++;
      from = stop + 1;
    }
    for (
      let at = chunk.indexOf(zeroed);
      at >= 0 && at < end;
      at = chunk.indexOf(zeroed, at + zeroed.length)
    ) {
      if (!isDigit(chunk[at + zeroed.length])) continue;
      const start = chunk.lastIndexOf(LF, at) + 1;
      const column = columnAt(chunk, start, at, delimiter, quote);
      if (column !== null) zeros.add(column);
    }
    // The rest is looked at again with what follows, so quotes in it count then.
    left = chunk.length - end;
    // Such lines are for the careful count, which holds none of them.
    if (left > 1 << 23) return { records: -1, zeros };
  }
  if (left > 0) records++;
  return { records, zeros };
}

/** Bytes read at a time. */
const PIECE = 1 << 20;

/**
 * A file in pieces that share one buffer, because new ones for every piece cost more than the counting. Each begins with the
 * bytes that were left of the one before.
 */
async function* piecesOf(
  path: string,
  left: () => number,
  signal: AbortSignal | undefined,
): AsyncGenerator<Buffer> {
  const file = await open(path, 'r');
  try {
    let room = Buffer.allocUnsafe(2 * PIECE);
    let kept = 0;
    for (let at = 0; ; ) {
      signal?.throwIfAborted();
      if (kept + PIECE > room.length) {
        const larger = Buffer.allocUnsafe(2 * room.length);
        room.copy(larger, 0, 0, kept);
        room = larger;
      }
      const { bytesRead } = await file.read(room, kept, PIECE, at);
      if (bytesRead === 0) return;
      at += bytesRead;
      const held = kept + bytesRead;
      yield room.subarray(0, held);
      kept = left();
      room.copyWithin(0, held - kept, held);
    }
  } finally {
    await file.close();
  }
}

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= ZERO && byte <= NINE;

/** The column of the cell that follows a delimiter; null if the delimiter stands in quotes. */
function columnAt(chunk: Buffer, start: number, at: number, delimiter: number, quote: number): number | null {
  let column = 1;
  let open = false;
  for (let i = start; i < at; i++) {
    if (chunk[i] === quote) open = !open;
    else if (chunk[i] === delimiter && !open) column++;
  }
  return open ? null : column;
}

/**
 * Physical lines of a file; a last line without an end counts.
 * @param cr Whether a lone CR ends a line.
 */
export async function linesIn(path: string, cr: boolean, signal?: AbortSignal): Promise<number> {
  let lines = 0;
  let last = LF;
  for await (const chunk of createReadStream(path, {
    highWaterMark: 1 << 20,
    signal,
  }) as AsyncIterable<Buffer>) {
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i]!;
      if (byte === LF ? !(cr && last === CR) : cr && byte === CR) lines++;
      last = byte;
    }
  }
  return last === LF || (cr && last === CR) ? lines : lines + 1;
}
