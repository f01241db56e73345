/**
 * Takes a JSON file apart into its records, by streaming and apart from DuckDB's reader: one value a line, values one
 * after another, the items of an array, or those of the one array of objects that a single object holds.
 *
 * A damaged value costs only itself where its brackets and quotes can still be told; it is handed on as it stands.
 */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';

/** A longer value is refused: it would have to be held in memory at once. */
export const RECORD_MAX = 64 * 1024 * 1024;
/** Bytes of the start by which the form of a file is told. */
const HEAD = 1 << 20;
/** Members of a single object that are looked at when its records are searched. */
const MEMBERS_MAX = 1000;

/** One value as it stands in the file. */
export interface Found {
  readonly bytes: Buffer;
  /** 1-based physical line on which it starts. */
  readonly line: number;
  /** 0-based offset of its first byte. */
  readonly byte: number;
  /** Why it cannot be sound, known before it is parsed; null otherwise. */
  readonly broken: string | null;
}

/** A member of a single object that stands beside its records. */
export interface Member {
  readonly key: string;
  readonly kind: 'object' | 'objects' | 'array' | 'scalar';
  /** 0-based offset of its value, and the 1-based line. */
  readonly byte: number;
  readonly line: number;
  /** Physical lines of its value, and its bytes. */
  readonly lines: number;
  readonly bytes: number;
}

/** `lines`: one value a line. `values`: one after another, and the items of an array each. */
export interface Form {
  readonly kind: 'lines' | 'values';
  /** Bytes before the first value: a byte order mark. */
  readonly start: number;
  /** Of a file that is one object: its members; null for others. */
  readonly members: readonly Member[] | null;
}

/**
 * How the file is laid out. One value a line if most of the first lines that hold something are an object or a list
 * each, or a quarter of them and the first.
 * @param path UTF-8 text.
 */
export async function formOf(path: string, signal?: AbortSignal): Promise<Form> {
  const file = await open(path, 'r');
  const head = Buffer.alloc(HEAD);
  let size = 0;
  try {
    size = (await file.read(head, 0, HEAD, 0)).bytesRead;
  } finally {
    await file.close();
  }
  const bytes = head.subarray(0, size);
  const start = bytes.length >= 3 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  const text = bytes.toString('latin1', start);
  const lines = text.split('\n');
  if (size === HEAD && lines.length > 1) lines.pop();
  const filled = lines.filter((line) => line.trim() !== '').slice(0, 20);
  const whole = filled.filter(isContainer).length;
  const begins = filled[0] !== undefined && isContainer(filled[0]);
  if (filled.length > 1 && (whole * 2 > filled.length || (begins && whole * 4 >= filled.length)))
    return { kind: 'lines', start, members: null };
  const first = /\S/.exec(text)?.[0];
  return {
    kind: 'values',
    start,
    members: first === '{' ? await membersOf(path, start, signal) : null,
  };
}

function isContainer(line: string): boolean {
  const text = line.trim();
  if (!/^[{[]/.test(text)) return false;
  try {
    JSON.parse(text.replace(/\b(?:NaN|Infinity)\b/g, '0'));
    return true;
  } catch {
    return false;
  }
}

const blank = (c: number) => c === 32 || c === 10 || c === 13 || c === 9;

/** The members of a file that is exactly one object; null if something follows it or it has too many. */
async function membersOf(
  path: string,
  start: number,
  signal: AbortSignal | undefined,
): Promise<readonly Member[] | null> {
  const members: {
    key: string;
    kind: Member['kind'];
    byte: number;
    line: number;
    lines: number;
    bytes: number;
  }[] = [];
  let depth = 0;
  let line = 1;
  let at = start;
  let inText = false;
  let escaped = false;
  let key: number[] | null = null;
  let named = '';
  let awaits: 'key' | 'value' | 'item' | null = null;
  let ended = false;
  for await (const chunk of createReadStream(path, { start, highWaterMark: 1 << 18, signal })) {
    const bytes = chunk as Buffer;
    for (let i = 0; i < bytes.length; i++, at++) {
      const c = bytes[i]!;
      if (c === 10) line++;
      if (inText) {
        if (escaped) escaped = false;
        else if (c === 92) escaped = true;
        else if (c === 34 || c === 10) {
          inText = false;
          if (key !== null) named = textOf(key);
          key = null;
        }
        if (inText && key !== null && key.length < 1000) key.push(c);
      } else if (!blank(c)) {
        if (ended) return null;
        const last = members.at(-1);
        if (awaits === 'value' && c !== 58) {
          const kind = c === 123 ? 'object' : c === 91 ? 'array' : 'scalar';
          members.push({ key: named, kind, byte: at, line, lines: 1, bytes: 0 });
          if (members.length > MEMBERS_MAX) return null;
          awaits = c === 91 ? 'item' : null;
        } else if (awaits === 'item' && last !== undefined) {
          if (c === 123) last.kind = 'objects';
          awaits = null;
        }
        if (c === 34) {
          inText = true;
          if (depth === 1 && awaits === 'key') key = [];
        } else if (c === 123 || c === 91) {
          depth++;
          if (depth === 1) awaits = 'key';
        } else if (c === 125 || c === 93) {
          depth--;
          if (depth === 1 && last !== undefined) {
            last.lines = line - last.line + 1;
            last.bytes = at + 1 - last.byte;
          }
          if (depth === 0) {
            ended = true;
            if (last?.bytes === 0) last.bytes = at - last.byte;
          }
        } else if (depth === 1 && c === 58) awaits = 'value';
        else if (depth === 1 && c === 44) {
          awaits = 'key';
          if (last?.bytes === 0) last.bytes = at - last.byte;
        }
      }
    }
  }
  return ended ? members : null;
}

function textOf(bytes: readonly number[]): string {
  const raw = Buffer.from(bytes).toString('utf8');
  try {
    return JSON.parse(`"${raw}"`) as string;
  } catch {
    return raw;
  }
}

/**
 * Every value of the file in its order, with where it stands.
 * @param from Where to begin: the start of the file, or the array of a member, after which reading ends.
 */
export async function* valuesOf(
  path: string,
  form: Form,
  from: { readonly byte: number; readonly line: number; readonly only: boolean },
  signal?: AbortSignal,
): AsyncGenerator<readonly Found[], { readonly unclosed: boolean }> {
  const splitter = form.kind === 'lines' ? new Lines(from.byte, from.line) : new Values(from);
  for await (const chunk of createReadStream(path, { start: from.byte, highWaterMark: 1 << 20, signal })) {
    const found = splitter.push(chunk as Buffer);
    if (found.length > 0) yield found;
    if (splitter.done) break;
  }
  const rest = splitter.end();
  if (rest.length > 0) yield rest;
  return { unclosed: splitter.unclosed };
}

/** Collects the bytes of one value over the chunks it stretches. */
class Collected {
  private parts: Buffer[] = [];
  private size = 0;
  tooLong = false;

  add(part: Buffer): void {
    if (part.length === 0 || this.tooLong) return;
    if (this.size + part.length > RECORD_MAX) {
      this.tooLong = true;
      this.parts = [Buffer.concat([...this.parts, part]).subarray(0, 8000)];
      return;
    }
    this.parts.push(part);
    this.size += part.length;
  }

  take(): Buffer {
    const whole = this.parts.length === 1 ? this.parts[0]! : Buffer.concat(this.parts);
    this.parts = [];
    this.size = 0;
    return whole;
  }
}

const tooLong = `longer than ${RECORD_MAX / 1024 / 1024} MB`;

class Lines {
  private readonly held = new Collected();
  private start: number;
  private at: number;
  readonly unclosed = false;
  readonly done = false;

  constructor(
    byte: number,
    private line: number,
  ) {
    this.start = byte;
    this.at = byte;
  }

  push(chunk: Buffer): Found[] {
    const found: Found[] = [];
    let from = 0;
    for (;;) {
      const end = chunk.indexOf(10, from);
      if (end < 0) break;
      this.held.add(chunk.subarray(from, end));
      this.finish(found);
      this.line++;
      from = end + 1;
      this.start = this.at + from;
    }
    // A copy, because the stream may use its memory again.
    this.held.add(Buffer.from(chunk.subarray(from)));
    this.at += chunk.length;
    return found;
  }

  end(): Found[] {
    const found: Found[] = [];
    this.finish(found);
    return found;
  }

  private finish(found: Found[]): void {
    const broken = this.held.tooLong ? tooLong : null;
    const bytes = this.held.take();
    this.held.tooLong = false;
    if (bytes.every(blank)) return;
    found.push({ bytes, line: this.line, byte: this.start, broken });
  }
}

class Values {
  private readonly held = new Collected();
  private at: number;
  private line: number;
  private inArray = false;
  private readonly stack: number[] = [];
  /** What is being read: nothing, a container, a text at the top, or a bare word. */
  private state: 'between' | 'container' | 'text' | 'word' = 'between';
  private inText = false;
  private escaped = false;
  /** The last byte that was no blank, within a container. */
  private before = 0;
  private broken: string | null = null;
  private startByte = 0;
  private startLine = 1;
  private afterComma = false;
  private readonly only: boolean;
  done = false;

  constructor(from: { readonly byte: number; readonly line: number; readonly only: boolean }) {
    this.at = from.byte;
    this.line = from.line;
    this.only = from.only;
  }

  get unclosed(): boolean {
    return this.inArray;
  }

  push(chunk: Buffer): Found[] {
    const found: Found[] = [];
    let from = this.state === 'between' ? -1 : 0;
    let i = 0;
    const begin = (state: Values['state']) => {
      this.state = state;
      this.startByte = this.at + i;
      this.startLine = this.line;
      this.afterComma = false;
      from = i;
    };
    const finish = (end: number) => {
      this.held.add(chunk.subarray(from, end));
      found.push(this.found());
      from = -1;
    };
    for (; i < chunk.length && !this.done; i++) {
      const c = chunk[i]!;
      if (this.state === 'container') {
        if (this.inText) {
          if (this.escaped) this.escaped = false;
          else if (c === 92) this.escaped = true;
          else if (c === 34) this.inText = false;
          else if (c === 10) {
            this.inText = false;
            this.broken ??= 'a text is not closed on its line';
          }
        } else if (c === 34) this.inText = true;
        else if (c === 123 && this.before !== 58 && this.stack.at(-1) === 123) {
          // No object stands there in an object: the next record has begun.
          this.broken ??= 'it is not closed before the next one';
          finish(i);
          begin('container');
          this.stack.push(c);
        } else if (c === 123 || c === 91) this.stack.push(c);
        else if (c === 125 || c === 93) {
          const opener = c === 125 ? 123 : 91;
          const depth = this.stack.lastIndexOf(opener);
          if (depth < 0) {
            this.broken ??= 'brackets that do not match';
            if (c === 93 && this.inArray) {
              this.stack.length = 0;
              finish(i);
              this.closeArray();
            }
          } else {
            if (depth !== this.stack.length - 1) this.broken ??= 'brackets that do not match';
            this.stack.length = depth;
            if (depth === 0) finish(i + 1);
          }
        }
        if (!blank(c)) this.before = c;
      } else if (this.state === 'text') {
        if (this.escaped) this.escaped = false;
        else if (c === 92) this.escaped = true;
        else if (c === 34) finish(i + 1);
        else if (c === 10) {
          this.broken ??= 'a text is not closed on its line';
          finish(i);
        }
      } else if (this.state === 'word') {
        if (blank(c) || c === 44 || c === 93 || c === 125 || c === 123 || c === 91 || c === 34) {
          finish(i);
          i--;
          continue;
        }
      } else if (!blank(c)) {
        if (c === 123 || (c === 91 && this.inArray)) {
          begin('container');
          this.stack.push(c);
        } else if (c === 91) {
          this.inArray = true;
          this.afterComma = true;
        } else if (c === 34) begin('text');
        else if (c === 93 && this.inArray) this.closeArray();
        else if (c === 44) {
          if (this.afterComma && this.inArray) {
            begin('word');
            this.broken = 'nothing before a comma';
            finish(i + 1);
          }
          this.afterComma = true;
        } else {
          begin('word');
          if (c === 125 || c === 93) {
            this.broken = 'a bracket that closes nothing';
            finish(i + 1);
          }
        }
      }
      if (c === 10) this.line++;
    }
    if (from >= 0 && this.state !== 'between') this.held.add(Buffer.from(chunk.subarray(from)));
    this.at += chunk.length;
    return found;
  }

  end(): Found[] {
    if (this.state === 'between') return [];
    if (this.state !== 'word') this.broken ??= 'the file ends within it';
    return [this.found()];
  }

  private closeArray(): void {
    this.inArray = false;
    if (this.only) this.done = true;
  }

  private found(): Found {
    const broken = this.held.tooLong ? tooLong : this.broken;
    const bytes = Buffer.from(this.held.take());
    this.held.tooLong = false;
    this.state = 'between';
    this.inText = false;
    this.escaped = false;
    this.broken = null;
    this.stack.length = 0;
    return { bytes, line: this.startLine, byte: this.startByte, broken };
  }
}
