/**
 * Looks at a file as it would be read, without reading it: its beginning only, and nothing is kept.
 */
import { randomUUID } from 'node:crypto';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ProblemError, problem } from '../core/problem';
import { detect } from '../core/source/detect';
import { linesOf } from '../core/source/lines';
import { dialectOf } from '../core/source/plain';
import type { Dialect, FileFormat, Part, Preview } from '../core/source/receipt';
import { alone } from './alone';
import { damages, encodingDoubts } from './doubts';
import { loadFailure } from './failure';
import { readHead } from './head';
import { partsOf } from './parts';
import { lookAtDatabase, lookAtRows } from './peek';
import { Places } from './places';
import { probe } from './probe';
import type { SessionOptions } from './session';
import { readText } from './text';
import { isJsonName, unpack } from './unpack';
import { sheetDialect, writeSheet } from './workbook';

export interface PreviewAsk {
  readonly path: string;
  readonly dialect?: Partial<Dialect>;
  readonly part?: Part;
  readonly signal?: AbortSignal;
}

/** Bytes that are looked at. */
const SEEN = 2 * 1024 * 1024;
/** Filled cells of a sheet that are looked at. */
const CELLS = 100_000;
const LINES = 500;

/** @throws ProblemError with a `source-…` code; `source-format-unknown` for a file that is no text and no container. */
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
  if (found.format === 'xlsx') return lookAtSheet(ask, found.bytes, work, options);
  if (found.format === 'duckdb') return lookAtDatabase(ask, found.bytes, options);
  const text = { file: ask.path, format: found.format, facts: {} };
  if (found.packing === null) return lookAtText(ask, text, work, options);
  const file = `${work}.unpacked`;
  const entry =
    found.packing === 'zip'
      ? (ask.part?.entry ?? (await partsOf(ask.path, options, ask.signal))[0]?.entry)
      : undefined;
  const part = entry === undefined ? {} : { part: { entry } };
  const { bytes } = await unpack(ask.path, found.packing, file, {
    ...signal,
    ...(entry === undefined ? {} : { entry }),
  });
  if (bytes === 0) throw new ProblemError(problem('source-empty', { path: ask.path }));
  const inner = await probe(file);
  const format = isJsonName(entry ?? ask.path) ? 'json' : inner.format;
  if (inner.packing !== null || format === 'xlsx' || format === 'duckdb') {
    const reason = 'it holds another archive, workbook or database; unpack it first';
    throw new ProblemError(problem('source-broken', { path: ask.path, reason }));
  }
  if (entry !== undefined && format !== 'csv') {
    const unpacked = { path: ask.path, file, format, bytes, part: { entry } };
    return lookAtRows(unpacked, work, options, ask.signal);
  }
  return lookAtText(ask, { file, format, facts: part }, work, options);
}

/** The beginning of a sheet, which is text once it is written out. */
async function lookAtSheet(
  ask: PreviewAsk,
  bytes: number,
  work: string,
  options: SessionOptions,
): Promise<Preview> {
  const file = `${work}.unpacked`;
  const { sheet, range } = ask.part ?? {};
  const asked = { ...(sheet === undefined ? {} : { sheet }), ...(range ? { range } : {}) };
  const written = await writeSheet(ask.path, { ...asked, cells: CELLS }, file, ask.signal);
  const part = { ...asked, sheet: written.sheet };
  const facts = { format: 'xlsx' as const, bytes, part };
  const told = { ...ask, dialect: { ...ask.dialect, ...sheetDialect } };
  const looked = await lookAtText(told, { file, format: 'csv', facts }, work, options);
  const all = written.whole && looked.seen >= looked.bytes;
  return { ...looked, seen: bytes, bytes, ...(all ? {} : { seenRows: looked.receipt.records }) };
}

interface TextAt {
  readonly file: string;
  readonly format: FileFormat;
  /** What the preview says of the file it is from. */
  readonly facts: Partial<Pick<Preview, 'format' | 'part'>>;
}

async function lookAtText(
  ask: PreviewAsk,
  { file, format, facts: from }: TextAt,
  work: string,
  options: SessionOptions,
): Promise<Preview> {
  if (format !== 'csv') throw new ProblemError(problem('source-format-unknown', { path: ask.path }));
  const { size } = await stat(file);
  const given = ask.dialect ?? {};
  const { original, text, shown, seen, encoding, encoded, detected } = await readHead({
    file,
    path: ask.path,
    bytes: size,
    most: SEEN,
    given,
    work,
    signal: ask.signal,
  });
  const doubts = given.encoding === undefined ? encodingDoubts(encoded) : { warnings: [], candidates: [] };
  return alone(':memory:', { files: [text], folders: [options.tables] }, options, ask.signal, async (run) => {
    const {
      dialect,
      heading: _,
      ...facts
    } = await readText(run, {
      text,
      original,
      work,
      encoding,
      given,
      bytes: (await stat(text)).size,
      detected,
      signal: ask.signal,
    });
    const fixed = from.format === 'xlsx' ? sheetDialect : {};
    const alike =
      Object.keys(given).length === 0
        ? dialect
        : dialectOf(detect(shown, fixed), encoded?.encoding ?? encoding, fixed);
    const lines = linesOf(detected, facts.receipt, LINES);
    const { newline } = detected.grammar;
    const places = new Places({ path: original, encoding, newline, signal: ask.signal });
    const bytes = await places.of(lines.map((l) => l.line)).finally(() => places.close());
    const told = new Map((given.columns ?? []).map((reading) => [reading.column, reading]));
    return {
      path: ask.path,
      format: 'csv',
      ...from,
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
