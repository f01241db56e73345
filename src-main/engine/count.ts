/**
 * Counts the records of a text file apart from any reader, so that a reader's loss shows.
 *
 * A record ends at a newline that is not inside quotes. A quote opens a quoted field only at the start of a field; a
 * doubled quote inside stays inside. Lines without any character are not records, unless the file has one column,
 * where an empty line is an empty value.
 */
import { createReadStream } from 'node:fs';

export interface Counted {
  /** Records after the skipped lines, the header included. */
  readonly records: number;
  /** Lines before them that hold anything. */
  readonly skipped: number;
  /** Raw text of the first record after the skipped lines, cut at 1 MB. */
  readonly first: string;
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
  const first: Buffer[] = [];
  let firstBytes = 0;
  let firstDone = false;
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
      firstDone = true;
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
    let from = i;
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
        from = Math.max(from, i + 1);
        continue;
      }
      afterCR = false;
      if (byte === LF || byte === CR) {
        afterCR = byte === CR;
        if (!firstDone && skipLeft === 0 && firstBytes < 1 << 20) {
          first.push(chunk.subarray(from, i));
          firstBytes += i - from;
        }
        endLine();
        if (!firstDone) {
          first.length = 0;
          firstBytes = 0;
        }
        from = i + 1;
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
    if (!firstDone && skipLeft === 0 && firstBytes < 1 << 20) {
      first.push(chunk.subarray(from));
      firstBytes += chunk.length - from;
    }
    bytes += chunk.length;
    onBytes(bytes);
  }
  if (quotePending) inQuotes = false;
  if (anyByte) endLine();
  return { records, skipped, first: Buffer.concat(first).toString('utf8'), open: inQuotes, zeros };
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
