/**
 * Writes a text file anew in UTF-8, by streaming.
 */
import { isAscii, isUtf8 } from 'node:buffer';
import { type FileHandle, open, rm } from 'node:fs/promises';
import iconv from 'iconv-lite';
import { ProblemError, problem } from '../core/problem';
import { wholeCharacters } from './encoding';

export interface TranscodeOptions {
  readonly signal?: AbortSignal;
  /** Called with the bytes of the original that are done. */
  readonly onBytes?: (bytes: number) => void;
}

export interface Transcoded {
  /** Written. */
  readonly bytes: number;
  /** U+FFFD put in place of bytes that the encoding has no character for; those of the original do not count. */
  readonly replaced: number;
}

const CHUNK = 1 << 20;

/**
 * Copies text as UTF-8. A byte order mark is dropped; newlines, zeros and all else stay.
 *
 * @param to Must not exist. Whatever stops the copy, no file is left there.
 * @param encoding One of core's `encodings`.
 * @throws the system's error if the disk is full or the file cannot be read; ProblemError `query-cancelled`; RangeError
 *  if the encoding is unknown.
 */
export async function transcode(
  from: string,
  to: string,
  encoding: string,
  options: TranscodeOptions = {},
): Promise<Transcoded> {
  const recode = recoderOf(encoding);
  const source = await open(from, 'r');
  try {
    const target = await open(to, 'wx');
    try {
      return await copy(source, target, recode, options);
    } catch (error) {
      await target.close().catch(() => {});
      await rm(to, { force: true });
      throw error;
    } finally {
      await target.close().catch(() => {});
    }
  } finally {
    await source.close();
  }
}

async function copy(
  source: FileHandle,
  target: FileHandle,
  recode: Recoder,
  options: TranscodeOptions,
): Promise<Transcoded> {
  // Two buffers: the next piece is read while the last is recoded and written.
  const buffers = [Buffer.allocUnsafe(CHUNK), Buffer.allocUnsafe(CHUNK)] as const;
  let which: 0 | 1 = 0;
  let at = 0;
  let bytes = 0;
  let first = true;
  const write = async (piece: Uint8Array) => {
    let out = piece;
    if (first && out.length > 0) {
      // U+FEFF of any encoding has become that of UTF-8.
      if (out[0] === 0xef && out[1] === 0xbb && out[2] === 0xbf) out = out.subarray(3);
      first = false;
    }
    for (let done = 0; done < out.length; ) {
      done += (await target.write(out, done, out.length - done)).bytesWritten;
    }
    bytes += out.length;
  };
  let reading = source.read(buffers[which], 0, CHUNK, null);
  for (;;) {
    const { bytesRead } = await reading;
    if (options.signal?.aborted) throw new ProblemError(problem('query-cancelled', {}));
    if (bytesRead === 0) break;
    const chunk: Buffer = buffers[which].subarray(0, bytesRead);
    which = which === 0 ? 1 : 0;
    reading = source.read(buffers[which], 0, CHUNK, null);
    // If this piece fails, the read under way must not fail unheard.
    reading.catch(() => {});
    await write(recode.write(chunk));
    at += bytesRead;
    options.onBytes?.(at);
  }
  await write(recode.end());
  return { bytes, replaced: recode.replaced() };
}

/** Bytes of one encoding in, bytes of UTF-8 out. What is returned may be the argument and is used before the next call. */
interface Recoder {
  write(chunk: Buffer): Uint8Array;
  end(): Uint8Array;
  replaced(): number;
}

function recoderOf(encoding: string): Recoder {
  if (!iconv.encodingExists(encoding)) throw new RangeError(`unknown encoding: ${encoding}`);
  if (encoding === 'utf-8') return utf8Recoder();
  if (encoding.startsWith('utf-16') || encoding.startsWith('utf-32')) return unitRecoder(encoding);
  const letters = lettersOf(encoding);
  return letters === null ? wideRecoder(encoding) : tableRecoder(letters);
}

const nothing = new Uint8Array();

// ---- One byte, one character -----------------------------------------------------------------------------------

/** The characters of the 256 bytes; null if bytes are not characters of their own, or ASCII is not itself. */
function lettersOf(encoding: string): string | null {
  if (/^(gb|big5|shift_jis|euc-)/.test(encoding)) return null;
  const letters = iconv.decode(Buffer.from(Array.from({ length: 256 }, (_, i) => i)), encoding, {
    stripBOM: false,
  });
  const ascii = Array.from({ length: 128 }, (_, i) => String.fromCharCode(i)).join('');
  return letters.length === 256 && letters.startsWith(ascii) ? letters : null;
}

function tableRecoder(letters: string): Recoder {
  // What each byte becomes; 0 where there is no second or third.
  const one = new Uint8Array(256);
  const two = new Uint8Array(256);
  const three = new Uint8Array(256);
  for (let byte = 0; byte < 256; byte++) {
    const spelt = Buffer.from(letters[byte]!);
    one[byte] = spelt[0]!;
    two[byte] = spelt[1] ?? 0;
    three[byte] = spelt[2] ?? 0;
  }
  const missing = new Uint8Array(256);
  for (let byte = 0; byte < 256; byte++) if (letters[byte] === '\ufffd') missing[byte] = 1;
  const out = new Uint8Array(CHUNK * 3);
  let replaced = 0;
  return {
    write(chunk) {
      if (isAscii(chunk)) return chunk;
      let to = 0;
      for (let i = 0; i < chunk.length; i++) {
        const byte = chunk[i]!;
        out[to++] = one[byte]!;
        if (byte < 0x80) continue;
        const second = two[byte]!;
        if (second === 0) continue;
        out[to++] = second;
        const third = three[byte]!;
        if (third !== 0) out[to++] = third;
        replaced += missing[byte]!;
      }
      return out.subarray(0, to);
    },
    end: () => nothing,
    replaced: () => replaced,
  };
}

// ---- One or several bytes --------------------------------------------------------------------------------------

function wideRecoder(encoding: string): Recoder {
  const decoder = iconv.getDecoder(encoding, { stripBOM: false });
  const writer = textWriter();
  return {
    write: (chunk) => writer.write(decoder.write(chunk)),
    end: () => Buffer.concat([writer.write(decoder.end() ?? ''), writer.end()]),
    // These encodings have no U+FFFD of their own, so each was put there.
    replaced: () => writer.replaced() + writer.kept(),
  };
}

/** Text as UTF-8: a surrogate pair may come in two pieces; half of one alone becomes U+FFFD. */
function textWriter() {
  let high = '';
  let kept = 0;
  let replaced = 0;
  const put = (text: string): Buffer => {
    const out = Buffer.from(text);
    const before = occurrences(text);
    kept += before;
    replaced += markers(out) - before;
    return out;
  };
  return {
    write(piece: string): Buffer {
      let text = high + piece;
      high = '';
      const last = text.charCodeAt(text.length - 1);
      if (last >= 0xd800 && last < 0xdc00) {
        high = text.slice(-1);
        text = text.slice(0, -1);
      }
      return put(text);
    },
    end: (): Buffer => put(high),
    /** Halves of pairs. */
    replaced: () => replaced,
    /** U+FFFD that were in the text. */
    kept: () => kept,
  };
}

function occurrences(text: string): number {
  let count = 0;
  for (let i = text.indexOf('\ufffd'); i >= 0; i = text.indexOf('\ufffd', i + 1)) count++;
  return count;
}

const marker = Buffer.from('\ufffd');
function markers(bytes: Buffer): number {
  let count = 0;
  for (let i = bytes.indexOf(marker); i >= 0; i = bytes.indexOf(marker, i + 3)) count++;
  return count;
}

// ---- UTF-16, UTF-32 --------------------------------------------------------------------------------------------

function unitRecoder(encoding: string): Recoder {
  const unit = encoding.startsWith('utf-16') ? 2 : 4;
  const little = encoding.endsWith('le');
  const writer = textWriter();
  let rest: Buffer = Buffer.alloc(0);
  let replaced = 0;
  const text = (bytes: Buffer): string => {
    if (unit === 2) return (little ? bytes : Buffer.from(bytes).swap16()).toString('utf16le');
    const units = new Uint16Array(bytes.length / 2);
    let to = 0;
    for (let i = 0; i < bytes.length; i += 4) {
      const code = little ? bytes.readUInt32LE(i) : bytes.readUInt32BE(i);
      if (code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) {
        units[to++] = 0xfffd;
        replaced++;
      } else if (code < 0x10000) units[to++] = code;
      else {
        units[to++] = 0xd800 + ((code - 0x10000) >> 10);
        units[to++] = 0xdc00 + ((code - 0x10000) & 0x3ff);
      }
    }
    return Buffer.from(units.buffer, 0, to * 2).toString('utf16le');
  };
  return {
    write(chunk) {
      const all = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      const whole = all.length - (all.length % unit);
      rest = Buffer.from(all.subarray(whole));
      return writer.write(text(all.subarray(0, whole)));
    },
    end() {
      // Bytes that make no unit are lost text, and are shown as such.
      const cut = rest.length > 0;
      if (cut) replaced++;
      return Buffer.concat([writer.end(), cut ? marker : nothing]);
    },
    replaced: () => replaced + writer.replaced(),
  };
}

// ---- UTF-8 itself ----------------------------------------------------------------------------------------------

/** Puts U+FFFD where UTF-8 is broken, one for each sequence as the Unicode standard cuts them. */
function utf8Recoder(): Recoder {
  let rest: Buffer = Buffer.alloc(0);
  let replaced = 0;
  const recode = (part: Buffer): Buffer => {
    if (isUtf8(part)) return part;
    const out = Buffer.from(part.toString('utf8'));
    replaced += markers(out) - markers(part);
    return out;
  };
  return {
    write(chunk) {
      const all = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      const end = wholeCharacters(all);
      rest = Buffer.from(all.subarray(end));
      return recode(all.subarray(0, end));
    },
    end: () => recode(rest),
    replaced: () => replaced,
  };
}
