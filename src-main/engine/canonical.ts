/**
 * Writes a file that DuckDB's reader cannot be trusted with anew: commas, doubled quotes, LF, as many cells in every
 * record as there are columns. Works by streaming; what is put right, rejected or skipped is noted with its line and its text.
 */
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { Body } from '../core/source/body';
import type { Detected } from '../core/source/detect';
import type { Entries } from './entries';

export interface Canonical {
  readonly body: Body;
  /** Bytes of the longest line written. */
  readonly longest: number;
  /** Physical lines up to the end of the body. */
  readonly lines: number;
}

export interface CanonicalAsk {
  /** UTF-8 text. */
  readonly from: string;
  readonly to: string;
  readonly detected: Detected;
  /** Whether the detection saw the whole file. */
  readonly whole: boolean;
  readonly names: readonly string[];
  /** Takes what is put right, rejected or skipped. */
  readonly entries: Pick<Entries, 'note' | 'settle'>;
  readonly signal?: AbortSignal | undefined;
  readonly onBytes?: (bytes: number) => void;
}

const FLUSH = 1 << 20;
/** A record longer than this is not held in memory. */
const RECORD_MAX = 256 * 1024 * 1024;

export async function writeCanonical(ask: CanonicalAsk): Promise<Canonical> {
  const { detected } = ask;
  const { layout, survey } = detected;
  const out = createWriteStream(ask.to, { flags: 'wx' });
  // Errors of the disk arrive at any time, and are told where the next write waits.
  let broken: Error | null = null;
  const failed = new Promise<never>((_, reject) => {
    out.on('error', (error) => {
      broken = error;
      reject(error);
    });
  });
  failed.catch(() => {});
  let buffer = '';
  let longest = 0;
  const put = (cells: readonly string[]) => {
    const line =
      cells.length === 1 ? quoted(cells[0] as string, true) : cells.map((c) => quoted(c, false)).join(',');
    // The bound is in bytes; only lines near it are worth measuring.
    if (line.length > longest) longest = line.length > 100_000 ? Buffer.byteLength(line) : line.length * 3;
    buffer += `${line}\n`;
  };
  const flush = async (least: number) => {
    if (broken) throw broken;
    ask.signal?.throwIfAborted();
    await ask.entries.settle();
    if (buffer.length < least || buffer === '') return;
    const ready = out.write(buffer);
    buffer = '';
    if (!ready) {
      await Promise.race([once(out, 'drain'), failed]);
    }
  };
  try {
    put(ask.names);
    const start = survey.starts[layout.from] ?? survey.end;
    const body = new Body(
      { grammar: detected.grammar, layout, emit: put, note: ask.entries.note },
      survey.lines[layout.from] ?? survey.total + 1,
    );
    if (ask.whole) {
      const repeats = new Set([...layout.repeats].map((i) => survey.starts[i] as number));
      const end =
        layout.to < survey.starts.length ? (survey.starts[layout.to] as number) : survey.text.length;
      for (let at = start; at < end; ) {
        // In slices, so that what is written can drain and the user can cancel.
        at = body.read(survey.text, at, Math.min(end, at + FLUSH), true, repeats);
        await flush(FLUSH);
      }
    } else {
      await readLong(ask, body, start, flush);
    }
    await flush(0);
    out.end();
    await finished(out);
    return { body, longest: longest + 2, lines: body.line - 1 };
  } catch (error) {
    out.destroy();
    throw error;
  }
}

async function readLong(
  ask: CanonicalAsk,
  body: Body,
  start: number,
  flush: (least: number) => Promise<void>,
): Promise<void> {
  const decoder = new TextDecoder('utf-8');
  let text = '';
  let at = start;
  let bytes = 0;
  let enough = 0;
  const stream = createReadStream(ask.from, { highWaterMark: FLUSH, signal: ask.signal });
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    text += decoder.decode(chunk, { stream: true });
    bytes += chunk.length;
    ask.onBytes?.(bytes);
    // A record that is longer than what is there would be gone through from its beginning with each piece.
    if (at >= text.length || text.length < enough) continue;
    at = body.read(text, at, text.length, false);
    text = text.slice(at);
    enough = at === 0 ? text.length * 2 : 0;
    at = 0;
    if (text.length > RECORD_MAX) throw new RangeError('a record of more than 256 MB');
    await flush(FLUSH);
  }
  text += decoder.decode();
  body.read(text, at, text.length, true);
}

const special = /[",\n\r]|^\s|\s$/;

function quoted(cell: string, alone: boolean): string {
  if (cell === '') return alone ? '""' : '';
  return special.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
