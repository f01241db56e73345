/**
 * The beginning of a text file: copied, decoded, and laid out as far as it goes in whole lines.
 */
import { createReadStream, createWriteStream } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { ProblemError, problem } from '../core/problem';
import { type Detected, detect } from '../core/source/detect';
import type { Dialect } from '../core/source/receipt';
import { toldEncoding } from './doubts';
import { detectEncoding, type EncodingFound } from './encoding';
import { transcode } from './transcode';

export interface HeadAsk {
  readonly file: string;
  /** As the user knows the file. */
  readonly path: string;
  /** Of the file. */
  readonly bytes: number;
  /** Bytes that are looked at, at most. */
  readonly most: number;
  readonly given: Partial<Dialect>;
  /** Where the files `.head` and `.txt` are made; the caller removes them. */
  readonly work: string;
  readonly signal?: AbortSignal | undefined;
}

export interface Head {
  /** File with the bytes as they stand. */
  readonly original: string;
  /** File with the whole lines in UTF-8, and what is in it. */
  readonly text: string;
  readonly shown: string;
  /** Bytes that were looked at. */
  readonly seen: number;
  readonly encoding: string;
  /** null if it is no text and the encoding was told. */
  readonly encoded: EncodingFound | null;
  readonly detected: Detected;
}

/** @throws ProblemError `source-binary` if it is no text, `query-cancelled`; the system's error. */
export async function readHead(ask: HeadAsk): Promise<Head> {
  const { file, path, bytes, given, work } = ask;
  const signal = ask.signal ? { signal: ask.signal } : {};
  const seen = Math.min(bytes, ask.most);
  const original = `${work}.head`;
  const text = `${work}.txt`;
  await pipeline(
    createReadStream(file, { end: seen - 1 }),
    createWriteStream(original, { flags: 'wx' }),
    signal,
  );
  const encoded = await detectEncoding(original, seen, ask.signal);
  if (encoded === null && given.encoding === undefined)
    throw new ProblemError(problem('source-binary', { path }));
  const encoding = toldEncoding(path, given) ?? encoded?.encoding ?? 'utf-8';
  await transcode(original, text, encoding, signal);
  const whole = new TextDecoder('utf-8').decode(await readFile(text));
  const cut = seen < bytes ? whole.lastIndexOf('\n') + 1 : whole.length;
  const shown = cut > 0 ? whole.slice(0, cut) : whole;
  if (shown.length < whole.length) await writeFile(text, shown);
  return { original, text, shown, seen, encoding, encoded, detected: detect(shown, given) };
}
