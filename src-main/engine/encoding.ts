/**
 * Finds the encoding of a text file, and proves it over the whole of it.
 */
import { isAscii, isUtf8 } from 'node:buffer';
import { type FileHandle, open } from 'node:fs/promises';
import iconv from 'iconv-lite';
import { ProblemError, problem } from '../core/problem';
import {
  type Decode,
  judgeEncodings,
  looksBinary,
  mojibakeIn,
  type Piece,
  sampleOf,
  unmarkedUnicode,
} from '../core/source/encoding';

/**
 * What is wrong with the characters of a file. `invalid-utf8`: sequences that read as U+FFFD; `replacement`: U+FFFD that
 * is in the file already, or halves of characters in UTF-16; `mojibake`: letters that were encoded twice; `nul`: zero
 * characters.
 */
export interface Damage {
  readonly kind: 'invalid-utf8' | 'replacement' | 'mojibake' | 'nul';
  readonly count: number;
  /** 0-based offset in the file of the first. */
  readonly firstByte: number;
}

export interface EncodingFound {
  /** One of core's `encodings`. */
  readonly encoding: string;
  /** Whether the file starts with a byte order mark. */
  readonly bom: boolean;
  /** Whether it is beyond reasonable doubt; if not, the user is to be asked. */
  readonly certain: boolean;
  /**
   * Other readings, best first, empty if it is certain. `sample` are a few words that would read differently; `score`
   * is 0…1, the chosen one's is 1.
   */
  readonly alternatives: readonly {
    readonly encoding: string;
    readonly sample: string;
    readonly score: number;
  }[];
  /** A few words with letters outside ASCII as they are read; '' if there are none. */
  readonly sample: string;
  /** The gravest of `damages`. */
  readonly damage: Damage | null;
  /** All that was found, gravest first. */
  readonly damages: readonly Damage[];
  /** Whether the whole file is ASCII, so that most encodings read it alike. */
  readonly ascii: boolean;
}

const CHUNK = 1 << 20;
const WINDOW = 1 << 16;

/** Decodes with U+FFFD for what cannot be decoded; a byte order mark stays. */
export const decodeBytes: Decode = (bytes, encoding) =>
  iconv.decode(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), encoding, { stripBOM: false });

/**
 * @param bytes How much of the file is looked at, all of it from the start; bytes that are added later are not.
 * @returns null if it is no text.
 * @throws the system's error if the file cannot be read; ProblemError `query-cancelled`.
 */
export async function detectEncoding(
  path: string,
  bytes: number,
  signal?: AbortSignal,
): Promise<EncodingFound | null> {
  const file = await open(path, 'r');
  try {
    const windows = await lookAt(file, bytes);
    const head = windows[0] ?? new Uint8Array();
    const mark = markOf(head);
    if (mark !== null && mark.encoding !== 'utf-8') return await wideFound(file, bytes, mark, signal);
    const sound = windows.every((w) => brokenIn(w, 0).broken <= 6);
    const unmarked = mark === null ? unmarkedUnicode(windows, sound) : null;
    if (unmarked !== null) return await wideFound(file, bytes, { encoding: unmarked, length: 0 }, signal);
    if (looksBinary(windows, sound)) return null;
    return await narrowFound(file, bytes, mark !== null, signal);
  } finally {
    await file.close();
  }
}

/** Whether head, middle and tail are sound UTF-8, so that the rest is worth hoping for. It proves nothing. */
export async function looksUtf8(path: string, bytes: number): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const windows = await lookAt(file, bytes);
    const mark = markOf(windows[0] ?? new Uint8Array());
    if (mark !== null && mark.encoding !== 'utf-8') return false;
    return windows.every((w) => !w.includes(0) && brokenIn(w, 0).broken <= 2);
  } finally {
    await file.close();
  }
}

/** Head, middle and tail, each from a multiple of four; one window if the file is short. */
async function lookAt(file: FileHandle, bytes: number): Promise<Uint8Array[]> {
  const short = bytes <= 3 * WINDOW;
  const length = short ? bytes : WINDOW;
  const windows: Uint8Array[] = [];
  for (const start of short ? [0] : [0, floorTo4(bytes / 2), floorTo4(bytes - WINDOW)]) {
    const buffer = Buffer.alloc(length);
    const read = await fill(file, buffer, start);
    windows.push(buffer.subarray(0, read));
  }
  return windows;
}

const floorTo4 = (n: number): number => Math.floor(n / 4) * 4;

/** Reads until the buffer is full or the file ends. */
async function fill(file: FileHandle, buffer: Buffer, position: number): Promise<number> {
  let done = 0;
  while (done < buffer.length) {
    const { bytesRead } = await file.read(buffer, done, buffer.length - done, position + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return done;
}

interface Mark {
  readonly encoding: string;
  readonly length: number;
}

/** The byte order mark that bytes start with. UTF-32LE comes first: its mark starts as that of UTF-16LE. */
export function markOf(head: Uint8Array): Mark | null {
  const starts = (...mark: number[]) => mark.every((byte, i) => head[i] === byte);
  if (starts(0xff, 0xfe, 0, 0)) return { encoding: 'utf-32le', length: 4 };
  if (starts(0, 0, 0xfe, 0xff)) return { encoding: 'utf-32be', length: 4 };
  if (starts(0xff, 0xfe)) return { encoding: 'utf-16le', length: 2 };
  if (starts(0xfe, 0xff)) return { encoding: 'utf-16be', length: 2 };
  if (starts(0xef, 0xbb, 0xbf)) return { encoding: 'utf-8', length: 3 };
  return null;
}

/** The file in pieces of a megabyte. The buffer is used again for the next. */
export async function* chunksOf(
  file: FileHandle,
  bytes: number,
  signal?: AbortSignal,
): AsyncGenerator<{ readonly chunk: Buffer; readonly at: number }> {
  const buffer = Buffer.alloc(Math.min(CHUNK, Math.max(1, bytes)));
  for (let at = 0; at < bytes; ) {
    if (signal?.aborted) throw new ProblemError(problem('query-cancelled', {}));
    const read = await fill(file, buffer.subarray(0, Math.min(buffer.length, bytes - at)), at);
    if (read === 0) return;
    yield { chunk: buffer.subarray(0, read), at };
    at += read;
  }
}

// ---- UTF-16 and UTF-32 -----------------------------------------------------------------------------------------

async function wideFound(
  file: FileHandle,
  bytes: number,
  mark: Mark,
  signal?: AbortSignal,
): Promise<EncodingFound | null> {
  const unit = mark.encoding.startsWith('utf-16') ? 2 : 4;
  const little = mark.encoding.endsWith('le');
  const bad = counter('replacement');
  const nul = counter('nul');
  let control = 0;
  let high = -1;
  let ascii = true;
  let sample = '';
  for await (const { chunk, at } of chunksOf(file, bytes, signal)) {
    const whole = chunk.length - (chunk.length % unit);
    for (let i = at === 0 ? mark.length : 0; i < whole; i += unit) {
      let code: number;
      if (unit === 2) code = little ? chunk[i]! | (chunk[i + 1]! << 8) : (chunk[i]! << 8) | chunk[i + 1]!;
      else code = little ? chunk.readUInt32LE(i) : chunk.readUInt32BE(i);
      if (code >= 128) ascii = false;
      else if (code === 0) nul.add(at + i);
      else if (code < 32 && (code < 9 || code > 13)) control++;
      if (unit === 4) {
        if (code === 0xfffd || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) bad.add(at + i);
        continue;
      }
      if (code >= 0xdc00 && code < 0xe000) {
        if (high < 0) bad.add(at + i);
        high = -1;
        continue;
      }
      if (high >= 0) bad.add(high);
      high = code >= 0xd800 && code < 0xdc00 ? at + i : -1;
      if (code === 0xfffd) bad.add(at + i);
    }
    if (whole < chunk.length) bad.add(at + whole);
    if (sample === '' && !ascii) {
      const text = decodeBytes(chunk.subarray(at === 0 ? mark.length : 0, whole), mark.encoding);
      sample = sampleOf(text.split(/[\n,;\t]/));
    }
  }
  if (high >= 0) bad.add(high);
  // Rows of small numbers have their zeros where text has them.
  if (mark.length === 0 && (control + nul.count) * 50 * unit > bytes) return null;
  const damages = [nul.damage, bad.damage].filter((d) => d !== null);
  return {
    encoding: mark.encoding,
    bom: mark.length > 0,
    // A mark that the content belies, or a pattern of zeros in a handful of bytes, is not proof.
    certain: bad.count + nul.count <= bytes / unit / 50 && (mark.length > 0 || bytes >= 8 * unit),
    alternatives: [],
    sample,
    damage: damages[0] ?? null,
    damages,
    ascii,
  };
}

interface Counter {
  readonly damage: Damage | null;
  readonly count: number;
  add(at: number, times?: number): void;
}

function counter(kind: Damage['kind']): Counter {
  let count = 0;
  let firstByte = -1;
  return {
    get damage() {
      return count === 0 ? null : { kind, count, firstByte };
    },
    get count() {
      return count;
    },
    add(at, times = 1) {
      if (count === 0) firstByte = at;
      count += times;
    },
  };
}

// ---- UTF-8 and the rest ----------------------------------------------------------------------------------------

/** Sound sequences are no accident: ten for each broken one leave no doubt, if there are some. */
const sureOf = (sound: number, broken: number): boolean => sound >= 10 && broken <= sound * 0.1;

async function narrowFound(
  file: FileHandle,
  bytes: number,
  bom: boolean,
  signal?: AbortSignal,
): Promise<EncodingFound> {
  const proof = await proveUtf8(file, bytes, signal);
  const { sound, broken } = proof;
  const utf8 = (certain: boolean, alternatives: EncodingFound['alternatives']): EncodingFound => {
    const damages = [broken.damage, proof.nul.damage, proof.replacement.damage, proof.mojibake.damage].filter(
      (d) => d !== null,
    );
    return {
      encoding: 'utf-8',
      bom,
      certain,
      alternatives,
      sample: proof.sample,
      damage: damages[0] ?? null,
      damages,
      ascii: proof.ascii,
    };
  };
  if (broken.count === 0) return utf8(true, []);
  const isUnicode = sound >= broken.count || bom;
  if (sureOf(sound, broken.count)) return utf8(true, []);
  const { pieces, all, nul } = await gather(file, bytes, signal);
  const { readings, certain } = judgeEncodings(pieces, all, decodeBytes);
  const top = readings[0];
  const others = readings.map(({ encoding, sample, score }) => ({
    encoding,
    sample,
    score: Math.exp((score - (top?.score ?? 0)) / 5),
  }));
  if (isUnicode || top === undefined) {
    return utf8(
      false,
      others.slice(0, 3).map((o) => ({ ...o, score: (o.score * broken.count) / (sound + broken.count) })),
    );
  }
  const damages = [nul.damage].filter((d) => d !== null);
  return {
    encoding: top.encoding,
    bom: false,
    certain,
    alternatives: certain ? [] : others.slice(1),
    sample: top.sample,
    damage: damages[0] ?? null,
    damages,
    ascii: false,
  };
}

interface Utf8Proof {
  ascii: boolean;
  /** Sound sequences of several bytes; counted only if there are broken ones. */
  sound: number;
  readonly broken: Counter;
  readonly nul: Counter;
  readonly replacement: Counter;
  readonly mojibake: Counter;
  sample: string;
}

/** Reads the whole file as UTF-8, or until it is plain that it is not. */
async function proveUtf8(file: FileHandle, bytes: number, signal?: AbortSignal): Promise<Utf8Proof> {
  const proof: Utf8Proof = {
    ascii: true,
    sound: 0,
    broken: counter('invalid-utf8'),
    nul: counter('nul'),
    replacement: counter('replacement'),
    mojibake: counter('mojibake'),
    sample: '',
  };
  let harmed = false;
  for await (const { part, at } of partsOf(file, bytes, signal)) {
    for (let i = part.indexOf(0); i >= 0; i = part.indexOf(0, i + 1)) proof.nul.add(at + i);
    if (isAscii(part)) continue;
    proof.ascii = false;
    if (proof.sample === '')
      proof.sample = sampleOf(
        part
          .toString('utf8')
          .replace('\ufeff', '')
          .split(/[\r\n,;\t"]/),
      );
    lookThrough(part, at, proof);
    harmed ||= !isUtf8(part);
  }
  if (!harmed) return proof;
  for await (const { part, at } of partsOf(file, bytes, signal)) {
    if (isAscii(part)) continue;
    const found = brokenIn(part, at);
    proof.sound += found.sound;
    if (found.broken > 0) proof.broken.add(found.firstByte, found.broken);
    if (proof.broken.count > 10_000 && proof.broken.count > proof.sound * 4) break;
  }
  return proof;
}

/** The file in pieces that split no character of UTF-8. */
async function* partsOf(
  file: FileHandle,
  bytes: number,
  signal?: AbortSignal,
): AsyncGenerator<{ readonly part: Buffer; readonly at: number }> {
  let carried: Buffer = Buffer.alloc(0);
  let end = 0;
  for await (const { chunk, at } of chunksOf(file, bytes, signal)) {
    const all = carried.length === 0 ? chunk : Buffer.concat([carried, chunk]);
    const whole = wholeCharacters(all);
    yield { part: all.subarray(0, whole), at: at - carried.length };
    end = at + chunk.length;
    carried = Buffer.from(all.subarray(whole));
  }
  if (carried.length > 0) yield { part: carried, at: end - carried.length };
}

/** Length of UTF-8 without a character that its end may have split. */
export function wholeCharacters(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!;
    if (byte < 0x80) return bytes.length;
    if (byte >= 0xc0) {
      const needs = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return needs > back ? bytes.length - back : bytes.length;
    }
  }
  return bytes.length;
}

/** U+FFFD, and `Â`…`ð` with another letter outside ASCII right behind it, as the bytes of UTF-8. */
const suspect = /\u00ef\u00bf\u00bd|\u00c3[\u0082-\u00b0](?=[\u00c2-\u00f4])/g;

/** What nearly all harm of Latin and Cyrillic letters holds: U+FFFD, `Â`, `Ã`, `â€`, `Ð`. */
const signs = ['efbfbd', 'c382', 'c383', 'c3a2e282', 'c390c2'].map((hex) => Buffer.from(hex, 'hex'));

/** Whether a part is worth a slower look: for its signs, found natively, or for its first characters. */
function suspicious(part: Buffer): boolean {
  const signed = signs.some((sign) => {
    for (let i = part.indexOf(sign); i >= 0; i = part.indexOf(sign, i + 1)) {
      if (sign.length > 2 || part[i + 2]! >= 0xc2) return true;
    }
    return false;
  });
  suspect.lastIndex = 0;
  return signed || suspect.test(part.toString('latin1', 0, WINDOW));
}

/** Notes the characters that tell of earlier harm. */
function lookThrough(part: Buffer, at: number, proof: Utf8Proof): void {
  if (!suspicious(part)) return;
  const text = part.toString('latin1');
  suspect.lastIndex = 0;
  for (let hit = suspect.exec(text); hit !== null; hit = suspect.exec(text)) {
    const i = hit.index;
    if (hit[0].length === 3) {
      proof.replacement.add(at + i);
      continue;
    }
    let end = i + 2;
    while (end < part.length && part[end]! >= 0x80 && end - i < 64) end++;
    // One more character: some patterns need the letter that follows.
    const found = mojibakeIn(part.toString('utf8', i, Math.min(part.length, end + 1)));
    if (found > 0) {
      proof.mojibake.add(at + i, found);
      suspect.lastIndex = end;
    }
  }
}

/** Counts sound and broken sequences, the broken as the Unicode standard cuts them: one U+FFFD each. */
function brokenIn(part: Uint8Array, at: number): { sound: number; broken: number; firstByte: number } {
  let sound = 0;
  let broken = 0;
  let firstByte = -1;
  const length = part.length;
  let i = 0;
  while (i < length) {
    const byte = part[i]!;
    if (byte < 0x80) {
      i++;
      continue;
    }
    const needs = byte < 0xc2 || byte > 0xf4 ? 0 : byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
    let low = byte === 0xe0 ? 0xa0 : byte === 0xf0 ? 0x90 : 0x80;
    let top = byte === 0xed ? 0x9f : byte === 0xf4 ? 0x8f : 0xbf;
    let got = 0;
    while (got < needs && i + got + 1 < length) {
      const next = part[i + got + 1]!;
      if (next < low || next > top) break;
      low = 0x80;
      top = 0xbf;
      got++;
    }
    if (needs > 0 && got === needs) sound++;
    else {
      if (broken === 0) firstByte = at + i;
      broken++;
    }
    i += got + 1;
  }
  return { sound, broken, firstByte };
}

/** Each byte above 127 is looked at this often among its neighbours. */
const USES = 24;
const PIECE = 96;

/**
 * Collects the words of a file that hold bytes above 127: all of the rare bytes, enough of the frequent ones.
 *
 * Words end at bytes that no encoding uses inside a character (below 0x30).
 */
async function gather(
  file: FileHandle,
  bytes: number,
  signal?: AbortSignal,
): Promise<{ readonly pieces: readonly Piece[]; readonly all: Uint8Array; readonly nul: Counter }> {
  const uses = new Float64Array(256);
  const words = new Map<string, number>();
  const nul = counter('nul');
  for await (const { chunk, at } of chunksOf(file, bytes, signal)) {
    for (let i = chunk.indexOf(0); i >= 0; i = chunk.indexOf(0, i + 1)) nul.add(at + i);
    if (isAscii(chunk)) continue;
    const length = chunk.length;
    for (let i = 0; i < length; i++) {
      if (chunk[i]! < 0x80) continue;
      // Bytes that were met often are passed over; what is seldom is still found.
      if (uses[chunk[i]!]! >= USES) continue;
      let from = i;
      while (from > 0 && chunk[from - 1]! >= 0x30 && i - from < PIECE / 4) from--;
      let to = i;
      let wanted = false;
      while (to < length && chunk[to]! >= 0x30) {
        const byte = chunk[to]!;
        if (byte >= 0x80 && uses[byte]!++ < USES) wanted = true;
        to++;
      }
      if (wanted) {
        const word = chunk.toString('latin1', from, Math.min(to, from + PIECE));
        words.set(word, (words.get(word) ?? 0) + 1);
      }
      i = to;
    }
  }
  const all: number[] = [];
  for (let byte = 128; byte < 256; byte++) if (uses[byte]! > 0) all.push(byte);
  return {
    pieces: [...words].map(([word, count]) => ({ bytes: Buffer.from(word, 'latin1'), count })),
    all: Uint8Array.from(all),
    nul,
  };
}

// ---- Places in the original file -------------------------------------------------------------------------------

/**
 * How many bytes of the original file a UTF-16 code unit of the decoded text stands for; half of a surrogate pair stands
 * for half of its character. Exact for text that was decoded without loss; after a U+FFFD that was put in place of broken
 * bytes it is not, and then `Places` is.
 */
export function byteWidth(encoding: string): (codeUnit: number) => number {
  switch (encoding) {
    case 'utf-8':
      return (unit) => (unit < 0x80 ? 1 : unit < 0x800 || isSurrogate(unit) ? 2 : 3);
    case 'utf-16le':
    case 'utf-16be':
      return () => 2;
    case 'utf-32le':
    case 'utf-32be':
      return (unit) => (isSurrogate(unit) ? 2 : 4);
    case 'gb18030':
    case 'big5':
    case 'shift_jis':
    case 'euc-kr':
    case 'euc-jp': {
      const widths = new Uint8Array(65536);
      return (unit) => {
        if (unit < 0x80) return 1;
        if (isSurrogate(unit)) return encoding === 'gb18030' ? 2 : 1;
        widths[unit] ||= unit === 0xfffd ? 1 : iconv.encode(String.fromCharCode(unit), encoding).length;
        return widths[unit]!;
      };
    }
    default:
      return () => 1;
  }
}

const isSurrogate = (unit: number): boolean => unit >= 0xd800 && unit < 0xe000;
