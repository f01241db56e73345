/**
 * Looks at a file as it would be read, without reading it: its beginning only, and nothing is kept.
 */
import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ProblemError, problem } from '../core/problem';
import { detect } from '../core/source/detect';
import { linesOf } from '../core/source/lines';
import { dialectOf } from '../core/source/plain';
import type { Dialect, Part, Preview } from '../core/source/receipt';
import { alone } from './alone';
import { damages, encodingDoubts, toldEncoding } from './doubts';
import { detectEncoding } from './encoding';
import { loadFailure } from './failure';
import { Places } from './places';
import { probe } from './probe';
import type { SessionOptions } from './session';
import { readText } from './text';
import { transcode } from './transcode';
import { unpack } from './unpack';

export interface PreviewAsk {
  readonly path: string;
  readonly dialect?: Partial<Dialect>;
  readonly part?: Part;
  readonly signal?: AbortSignal;
}

/** Bytes that are looked at. */
const SEEN = 2 * 1024 * 1024;
const LINES = 500;

/** @throws ProblemError with a `source-…` code; `source-format-unknown` for a file that is no text. */
export async function preview(ask: PreviewAsk, options: SessionOptions): Promise<Preview> {
  const work = join(options.tables, `w_${randomUUID().replaceAll('-', '')}`);
  const made = [`${work}.unpacked`, `${work}.head`, `${work}.txt`, `${work}.csv`];
  try {
    return await look(ask, work, options);
  } catch (error) {
    throw loadFailure(error, ask.path, ask.signal, options);
  } finally {
    await Promise.all(made.map((path) => rm(path, { force: true })));
  }
}

async function look(ask: PreviewAsk, work: string, options: SessionOptions): Promise<Preview> {
  const found = await probe(ask.path);
  const signal = ask.signal ? { signal: ask.signal } : {};
  let file = ask.path;
  if (found.packing !== null && found.format !== 'xlsx') {
    file = `${work}.unpacked`;
    await unpack(ask.path, found.packing, file, {
      ...signal,
      ...(ask.part?.entry ? { entry: ask.part.entry } : {}),
    });
  }
  const format = file === ask.path ? found.format : (await probe(file)).format;
  if (format !== 'csv') throw new ProblemError(problem('source-format-unknown', { path: ask.path }));
  const { size } = await stat(file);
  const given = ask.dialect ?? {};
  const seen = Math.min(size, SEEN);
  const head = `${work}.head`;
  await pipeline(createReadStream(file, { end: seen - 1 }), createWriteStream(head, { flags: 'wx' }), signal);
  const encoded = await detectEncoding(head, seen, ask.signal);
  if (encoded === null && given.encoding === undefined)
    throw new ProblemError(problem('source-binary', { path: ask.path }));
  const encoding = toldEncoding(ask.path, given) ?? encoded?.encoding ?? 'utf-8';
  const text = `${work}.txt`;
  await transcode(head, text, encoding, signal);
  const whole = new TextDecoder('utf-8').decode(await readFile(text));
  const cut = seen < size ? whole.lastIndexOf('\n') + 1 : whole.length;
  const shown = cut > 0 ? whole.slice(0, cut) : whole;
  if (shown.length < whole.length) await writeFile(text, shown);
  const detected = detect(shown, given);
  const doubts = given.encoding === undefined ? encodingDoubts(encoded) : { warnings: [], candidates: [] };
  return alone(':memory:', { files: [text], folders: [options.tables] }, options, ask.signal, async (run) => {
    const {
      dialect,
      heading: _,
      ...facts
    } = await readText(run, {
      text,
      original: head,
      work,
      encoding,
      given,
      bytes: (await stat(text)).size,
      detected,
      signal: ask.signal,
    });
    const alike =
      Object.keys(given).length === 0 ? dialect : dialectOf(detect(shown), encoded?.encoding ?? encoding, {});
    const lines = linesOf(detected, facts.receipt, LINES);
    const { newline } = detected.grammar;
    const places = new Places({ path: head, encoding, newline, signal: ask.signal });
    const bytes = await places.of(lines.map((l) => l.line)).finally(() => places.close());
    const told = new Map((given.columns ?? []).map((reading) => [reading.column, reading]));
    return {
      path: ask.path,
      format: 'csv',
      bytes: size,
      dialect,
      detected: alike,
      candidates: [...facts.candidates, ...doubts.candidates],
      lines: lines.map((line, i) => ({ ...line, byte: bytes[i] ?? line.byte })),
      columns: facts.columns.map(({ name, type }) => ({ name, type, reading: told.get(name) ?? null })),
      proposals: facts.proposals,
      receipt: facts.receipt,
      warnings: [...facts.warnings, ...doubts.warnings, ...damages(encoded)],
      seen,
    };
  });
}
