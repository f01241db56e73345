/**
 * Where lines start in a file as the user has it, whatever was decoded or put right since: newlines are found in the bytes
 * themselves.
 */
import { type FileHandle, open } from 'node:fs/promises';
import { chunksOf } from './encoding';

export interface PlacesAsk {
  readonly path: string;
  readonly encoding: string;
  /** What ends a line: a line feed only, or a carriage return too, alone or before one. */
  readonly newline: 'lf' | 'any';
  readonly signal?: AbortSignal | undefined;
}

/** Goes through a file once, from line to line, as far as it is asked. Opened at the first question. */
export class Places {
  private file: FileHandle | null = null;
  private chunks: ReturnType<typeof chunksOf> | null = null;
  private chunk: Uint8Array = new Uint8Array();
  /** Where the chunk begins in the file, and where to go on in it. */
  private base = 0;
  private at = 0;
  private size = 0;
  private line = 0;
  private start = 0;
  private afterReturn = false;
  private readonly unit: number;
  private readonly last: number;

  constructor(private readonly ask: PlacesAsk) {
    const { encoding } = ask;
    this.unit = encoding.startsWith('utf-16') ? 2 : encoding.startsWith('utf-32') ? 4 : 1;
    this.last = encoding.endsWith('be') ? this.unit - 1 : 0;
  }

  /**
   * @param lines 1-based; lines that go down begin the file anew.
   * @returns 0-based offsets; null for a line beyond the last. A byte order mark belongs to line 1.
   * @throws the system's error; ProblemError `query-cancelled`.
   */
  async of(lines: readonly number[]): Promise<(number | null)[]> {
    const found: (number | null)[] = [];
    for (const line of lines) {
      if (this.file === null || line < this.line) await this.begin();
      while (this.line < line && !this.walk(line) && (await this.more()));
      found.push(this.line === line && this.size > 0 ? this.start : null);
    }
    return found;
  }

  async close(): Promise<void> {
    await this.file?.close();
    this.file = null;
  }

  private async begin(): Promise<void> {
    this.file ??= await open(this.ask.path, 'r');
    this.size = (await this.file.stat()).size;
    this.chunks = chunksOf(this.file, this.size, this.ask.signal);
    this.chunk = new Uint8Array();
    this.base = 0;
    this.at = 0;
    this.line = 1;
    this.start = 0;
    this.afterReturn = false;
  }

  private async more(): Promise<boolean> {
    const next = await this.chunks?.next();
    if (next === undefined || next.done === true) return false;
    this.chunk = next.value.chunk;
    this.base = next.value.at;
    this.at = 0;
    return true;
  }

  /** Goes on to the start of a line; whether it was reached in this chunk. */
  private walk(line: number): boolean {
    const { chunk, unit, last, base, size } = this;
    const plain = unit === 1 && this.ask.newline === 'lf';
    while (this.at < chunk.length) {
      if (plain) {
        const next = chunk.indexOf(10, this.at);
        this.at = next < 0 ? chunk.length : next;
        if (next < 0) return false;
      }
      const { at } = this;
      const byte = chunk[at + last];
      const newline = (byte === 10 || byte === 13) && (unit === 1 || isAlone(chunk, at, unit, last));
      if (this.afterReturn) {
        this.afterReturn = false;
        if (!newline || byte !== 10) {
          this.start = base + at;
          this.line++;
          if (this.line === line) return true;
        }
      }
      this.at += unit;
      if (!newline) continue;
      if (byte === 13) this.afterReturn = this.ask.newline === 'any';
      else if (base + this.at < size) {
        this.start = base + this.at;
        this.line++;
        if (this.line === line) return true;
      }
    }
    return false;
  }
}

/** Whether the other bytes of a unit are zero. */
function isAlone(chunk: Uint8Array, at: number, unit: number, except: number): boolean {
  for (let i = 0; i < unit; i++) if (i !== except && chunk[at + i] !== 0) return false;
  return true;
}
