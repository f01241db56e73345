/**
 * Reads a text file into the table `data` of a DuckDB.
 *
 * The file is first looked at as a whole. If every record keeps to one grammar DuckDB's reader reads it as it lies there, and
 * its loss is checked against an independent count; if not, or if DuckDB rejects anything, the file is written anew by the
 * tolerant reader, which accounts for each record, and DuckDB reads that.
 */
import { open, rm } from 'node:fs/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import { ProblemError, problem } from '../core/problem';
import type { Body } from '../core/source/body';
import { type Detected, detect } from '../core/source/detect';
import { skipEntry, TRAVELLING } from '../core/source/entries';
import {
  dateJudgementSql,
  judgeNames,
  judgeReceipt,
  judgeSpellings,
  spellingsSql,
} from '../core/source/judge';
import { columnNames, dialectOf, doubtsOf, obstacle } from '../core/source/plain';
import {
  castFailuresSql,
  loadSql,
  type ReaderDialect,
  readSniff,
  rejectCountSql,
  type Sniffed,
  sniffSql,
  spellingSql,
} from '../core/source/reading';
import type { Dialect, Proposal, Receipt, Warning } from '../core/source/receipt';
import { bodyLines, skippedAround, skipsAround } from '../core/source/skips';
import { misfitReason, misfitsSql, readingSql, studySentinels, studySpelling } from '../core/source/spelling';
import { rowOf } from '../core/source/survey';
import { identifier, literal } from '../core/sql';
import { type Cell, type Column, kindOf, type Table } from '../core/table';
import { writeCanonical } from './canonical';
import { countQuickly, countRecords, linesIn } from './count';
import { Entries } from './entries';
import { Places } from './places';

export type Run = (sql: string) => Promise<readonly (readonly Cell[])[]>;

export interface TextAsk {
  /** UTF-8. */
  readonly text: string;
  /** Where temporary files may be made: a path to which endings are put. */
  readonly work: string;
  readonly encoding: string;
  readonly given: Partial<Dialect>;
  /** Of the text. */
  readonly bytes: number;
  /** The file as the user has it, where places are told. */
  readonly original: string;
  /** Where all entries of the receipt are kept; without one only the first are. */
  readonly connection?: DuckDBConnection;
  /** Whether every value is wanted as it is spelt. */
  readonly spelt?: boolean;
  /** What was found out about the text already. */
  readonly detected?: Detected;
  /** Share of the file that the tolerant reader has written anew, 0…1. */
  readonly onShare?: (share: number) => void;
  readonly signal?: AbortSignal | undefined;
}

export type TextFacts = Pick<
  Table,
  'columns' | 'rows' | 'receipt' | 'warnings' | 'proposals' | 'candidates'
> & {
  readonly dialect: Dialect;
  /** The header as it stands in the file; empty if there is none. */
  readonly heading: readonly string[];
};

/** Files up to this size are looked at whole; of larger ones the beginning, and DuckDB's rejects decide. */
const WHOLE = 64 * 1024 * 1024;
const BEGINNING = 1024 * 1024;
/** Rows of a larger file of which DuckDB guesses the types; a wrong guess costs a second reading, and no value. */
const SNIFFED = 20_480;
/** DuckDB's own bound on the length of a line, and the greatest it can be given. */
const LINE = 2_000_000;
const LINE_MAX = 400_000_000;

export async function readText(run: Run, ask: TextAsk): Promise<TextFacts> {
  const whole = ask.bytes <= WHOLE;
  const detected =
    ask.detected ??
    detect(await beginningOf(ask.text, whole ? ask.bytes : BEGINNING, whole, ask.signal), ask.given);
  ask.signal?.throwIfAborted();
  const { newline } = detected.grammar;
  const places = new Places({ path: ask.original, encoding: ask.encoding, newline, signal: ask.signal });
  const entries = new Entries({ connection: ask.connection, places });
  try {
    const plain = obstacle(detected) === null ? await readPlain(run, ask, detected, entries) : null;
    return plain ?? (await readAnew(run, ask, detected, whole, entries));
  } finally {
    await entries.close();
  }
}

/** Notes what lies around the table, a little at a time. */
async function noteSkips(entries: Entries, detected: Detected, where: 'above' | 'below'): Promise<void> {
  let held = 0;
  for (const skip of skipsAround(detected, where)) {
    entries.note(skipEntry(skip));
    if (++held % TRAVELLING === 0) await entries.settle();
  }
}

async function beginningOf(
  path: string,
  bytes: number,
  whole: boolean,
  signal?: AbortSignal,
): Promise<string> {
  const file = await open(path, 'r');
  try {
    const buffer = Buffer.allocUnsafe(bytes);
    let read = 0;
    while (read < bytes) {
      signal?.throwIfAborted();
      const { bytesRead } = await file.read(buffer, read, Math.min(bytes - read, 1 << 24), read);
      if (bytesRead === 0) break;
      read += bytesRead;
    }
    const text = new TextDecoder('utf-8').decode(buffer.subarray(0, read));
    if (whole) return text;
    const end = text.lastIndexOf('\n') + 1;
    return text.slice(0, end > 0 ? end : undefined);
  } finally {
    await file.close();
  }
}

/** The options with which DuckDB's sniffer and reader see the file. */
function plainDialect(detected: Detected, ask: TextAsk): Dialect {
  const dialect = dialectOf(detected, ask.encoding, ask.given);
  return { ...dialect, nulls: ask.spelt ? [''] : dialect.nulls };
}

async function readPlain(
  run: Run,
  ask: TextAsk,
  detected: Detected,
  entries: Entries,
): Promise<TextFacts | null> {
  const dialect = plainDialect(detected, ask);
  const { layout, survey } = detected;
  const longest = longestLine(detected);
  if (longest > LINE / 2) return null;
  const names = columnNames(layout.names, layout.width);
  const sniffed = await typesOf(run, ask, ask.text, dialect, names).catch((error: unknown) => {
    ask.signal?.throwIfAborted();
    if (isFatal(error)) throw error;
    return null;
  });
  if (sniffed === null) return null;
  const how = {
    delimiter: dialect.delimiter,
    quote: dialect.quote,
    skip: dialect.skip,
    emptyLines: layout.width === 1,
  };
  // Counted while DuckDB reads: it leaves this thread free.
  const quick = countQuickly(ask.text, how, ask.signal);
  quick.catch(() => {});
  const loaded = await loadWithoutLoss(run, ask.text, sniffed).catch((error: unknown) => {
    ask.signal?.throwIfAborted();
    if (isFatal(error)) throw error;
    return null;
  });
  if (loaded === null) return null;
  const rows = Number((await run('SELECT count(*) FROM data'))[0]?.[0]);
  const rejected = Number((await run(rejectCountSql))[0]?.[0]);
  const heads = dialect.header ? 1 : 0;
  const fast = await quick;
  const agreed = fast.records - heads === rows && dialect.skip === 0 && detected.newline !== '\\r';
  const counted = agreed ? { ...fast, skipped: 0 } : await countRecords(ask.text, how, undefined, ask.signal);
  const records = counted.records - heads;
  if (rejected > 0 || rows !== records) return null;
  const zeros = ask.spelt ? [] : zeroed(loaded, counted.zeros, ask.given);
  const kept = zeros.length === 0 ? loaded : await asText(run, ask.text, loaded, zeros);
  await noteSkips(entries, detected, 'above');
  const skipped = counted.skipped;
  const heading = dialect.header ? rowOf(survey, layout.head).cells : [];
  const receipt = {
    records: records + skipped,
    loaded: rows,
    rejected: 0,
    skipped,
    mended: 0,
  };
  return finish(run, ask, detected, entries, {
    sniffed: kept,
    file: ask.text,
    dialect,
    receipt,
    heading,
    sized: survey.total,
  });
}

async function readAnew(
  run: Run,
  ask: TextAsk,
  detected: Detected,
  whole: boolean,
  entries: Entries,
): Promise<TextFacts> {
  const { layout, survey } = detected;
  const names = columnNames(layout.names, layout.width);
  const file = `${ask.work}.csv`;
  await clear(run);
  await noteSkips(entries, detected, 'above');
  const { body, longest, lines } = await writeCanonical({
    from: ask.text,
    to: file,
    detected,
    whole,
    names,
    entries,
    signal: ask.signal,
    onBytes: (bytes) => ask.onShare?.(bytes / ask.bytes),
  });
  try {
    if (longest > LINE_MAX) {
      throw new ProblemError(
        problem('source-limit', { path: ask.original, reason: 'it holds a line of more than 400 MB' }),
      );
    }
    const told = dialectOf(detected, ask.encoding, ask.given);
    const dialect: ReaderDialect = {
      ...told,
      delimiter: ',',
      quote: '"',
      escape: '"',
      header: true,
      headerRows: 1,
      skip: 0,
      nulls: ask.spelt ? [''] : told.nulls,
      ...(longest > LINE / 2 ? { lineBytes: Math.max(LINE, longest + 16) } : {}),
    };
    const sniffed = await typesOf(run, ask, file, dialect, names);
    const loaded = await loadWithoutLoss(run, file, sniffed);
    const rows = Number((await run('SELECT count(*) FROM data'))[0]?.[0]);
    const zeros = ask.spelt ? [] : zeroed(loaded, body.zeros, ask.given);
    const kept = zeros.length === 0 ? loaded : await asText(run, file, loaded, zeros);
    // Of a long file only the beginning was looked at: what lies below is read as records.
    if (whole) await noteSkips(entries, detected, 'below');
    const skipped =
      skippedAround(detected, 'above') + body.skipped + (whole ? skippedAround(detected, 'below') : 0);
    const physical = await linesIn(ask.text, detected.grammar.newline === 'any', ask.signal);
    const seen = whole ? lines + (survey.total + 1 - bodyLines(detected).to) : lines;
    // Both must hold: every physical line was looked at, and DuckDB has every record that was written for it.
    const unseen = Math.abs(physical - seen);
    const receipt = {
      records: body.loaded + body.rejected + skipped + unseen,
      loaded: rows,
      rejected: body.rejected,
      skipped,
      mended: body.mended,
    };
    return await finish(run, ask, detected, entries, {
      sniffed: kept,
      file,
      dialect: {
        ...told,
        dateFormat: loaded.dialect.dateFormat,
        timestampFormat: loaded.dialect.timestampFormat,
      },
      receipt,
      heading: layout.names,
      body,
      sized: physical,
    });
  } finally {
    await rm(file, { force: true });
  }
}

function longestLine({ survey }: Detected): number {
  let longest = 0;
  for (let i = 0; i < survey.starts.length; i++) {
    longest = Math.max(longest, (survey.starts[i + 1] ?? survey.end) - (survey.starts[i] as number));
  }
  return longest;
}

/** Types as DuckDB's sniffer finds them over all records, under our names. */
async function typesOf(
  run: Run,
  ask: TextAsk,
  file: string,
  dialect: ReaderDialect,
  names: readonly string[],
): Promise<Sniffed> {
  const told = new Set((dialect.columns ?? []).map((reading) => reading.column));
  if (ask.spelt) return { dialect, columns: names.map((name) => ({ name, type: 'VARCHAR' })) };
  const sample = ask.bytes <= WHOLE ? -1 : SNIFFED;
  const { quote, delimiter, header, skip, nulls, decimal } = dialect;
  const fixed: Partial<Dialect> = {
    delimiter,
    quote,
    escape: dialect.escape,
    header,
    skip,
    nulls,
    decimal,
    ...(ask.given.dateFormat ? { dateFormat: ask.given.dateFormat } : {}),
    ...(ask.given.timestampFormat ? { timestampFormat: ask.given.timestampFormat } : {}),
  };
  const found = readSniff(
    await run(sniffSql(file, { ...fixed, ...lineOf(dialect) }, sample)),
    fixed,
    ask.encoding,
  );
  if (found.columns.length !== names.length) throw new RangeError('the sniffer sees other columns');
  return {
    dialect: {
      ...dialect,
      dateFormat: found.dialect.dateFormat,
      timestampFormat: found.dialect.timestampFormat,
    },
    columns: names.map((name, i) => ({
      name,
      type: told.has(name) ? 'VARCHAR' : (found.columns[i]?.type ?? 'VARCHAR'),
    })),
  };
}

const lineOf = (dialect: ReaderDialect) => (dialect.lineBytes ? { lineBytes: dialect.lineBytes } : {});

/** Loads, and loads again with the columns as text whose values did not convert: a wrong guess must cost no row. */
async function loadWithoutLoss(run: Run, file: string, sniffed: Sniffed): Promise<Sniffed> {
  await clear(run);
  await run(loadSql(file, sniffed));
  const failed = (await run(castFailuresSql)).map((row) => String(row[0]));
  return failed.length === 0 ? sniffed : asText(run, file, sniffed, failed);
}

/** Columns of numbers in which values begin with zeros: as numbers they would lose them. */
function zeroed(sniffed: Sniffed, zeros: ReadonlySet<number>, given: Partial<Dialect>): string[] {
  const told = new Set((given.columns ?? []).map((reading) => reading.column));
  return sniffed.columns
    .filter((c, i) => zeros.has(i) && kindOf(c.type) === 'number' && !told.has(c.name))
    .map((c) => c.name);
}

/** Reads the file once more with some columns as text. */
async function asText(run: Run, file: string, sniffed: Sniffed, names: readonly string[]): Promise<Sniffed> {
  const cautious: Sniffed = {
    ...sniffed,
    columns: sniffed.columns.map((c) => (names.includes(c.name) ? { name: c.name, type: 'VARCHAR' } : c)),
  };
  await clear(run);
  await run(loadSql(file, cautious));
  return cautious;
}

async function clear(run: Run): Promise<void> {
  for (const table of ['data', 'reject_errors', 'reject_scans']) await run(`DROP TABLE IF EXISTS ${table}`);
}

/** Errors after which the instance, the memory or the disk is the matter, not the file's shape. */
function isFatal(error: unknown): boolean {
  const reason = error instanceof Error ? error.message : String(error);
  return /^(FATAL|Out of Memory|INTERRUPT)|No space left|database has been invalidated/i.test(reason);
}

interface Read {
  readonly sniffed: Sniffed;
  /** What DuckDB read. */
  readonly file: string;
  readonly dialect: Dialect;
  readonly receipt: Pick<Receipt, 'records' | 'loaded' | 'rejected' | 'skipped' | 'mended'>;
  readonly heading: readonly string[];
  readonly body?: Body;
  readonly sized: number;
}

async function finish(
  run: Run,
  ask: TextAsk,
  detected: Detected,
  entries: Entries,
  read: Read,
): Promise<TextFacts> {
  let { sniffed } = read;
  const warnings: Warning[] = [];
  const proposals: Proposal[] = [];
  if (!ask.spelt) {
    const early = await respellDates(run, read.file, sniffed);
    sniffed = early.sniffed;
    const study = await studyColumns(
      run,
      read.file,
      sniffed,
      new Set((ask.given.columns ?? []).map((c) => c.column)),
    );
    const answered = new Set(study.warnings.map((w) => w.column));
    warnings.push(...early.warnings.filter((w) => !answered.has(w.column)), ...study.warnings);
    proposals.push(...study.proposals);
  }
  await applyReadings(run, ask.given, entries);
  const described = await run('DESCRIBE data');
  const columns: Column[] = described.map((row) => ({
    name: String(row[0]),
    type: String(row[1]),
    kind: kindOf(String(row[1])),
  }));
  const { warnings: doubts, candidates } = doubtsOf(detected);
  const receipt: Receipt = { ...read.receipt, ...(await entries.keep(run)) };
  return {
    columns,
    rows: receipt.loaded,
    receipt,
    dialect: {
      ...read.dialect,
      dateFormat: sniffed.dialect.dateFormat,
      timestampFormat: sniffed.dialect.timestampFormat,
    },
    heading: read.heading,
    warnings: [
      ...judgeReceipt(receipt, columns.length, read.heading.join(detected.grammar.delimiter)),
      ...doubts,
      ...(detected.layout.headerRows > 0 ? judgeNames(read.heading, columns) : []),
      ...warnings,
    ],
    proposals,
    candidates,
  };
}

/** Reads columns as the dialect tells, in place of their text; what does not fit is null and told. */
async function applyReadings(run: Run, given: Partial<Dialect>, entries: Entries): Promise<void> {
  const present = new Set((await run('DESCRIBE data')).map((row) => String(row[0])));
  const readings = (given.columns ?? []).filter((r) => present.has(r.column));
  if (readings.length === 0) return;
  for (const reading of readings) {
    const found = misfitsSql(reading, identifier(reading.column), 'data', null);
    await entries.misfits(
      run,
      `SELECT ${literal(reading.column)}, left(v, 2000), n, ${literal(misfitReason(reading))} FROM (${found})`,
    );
  }
  const replaced = readings.map((r) => `${readingSql(r, identifier(r.column))} AS ${identifier(r.column)}`);
  await run('ALTER TABLE data RENAME TO spelt');
  await run(`CREATE TABLE data AS SELECT * REPLACE (${replaced.join(', ')}) FROM spelt`);
  await run('DROP TABLE spelt');
}

/** Proposals for columns of text, of dates in an order that must be proved, and of numbers that stand for missing. */
async function studyColumns(
  run: Run,
  file: string,
  sniffed: Sniffed,
  told: ReadonlySet<string>,
): Promise<{ proposals: Proposal[]; warnings: Warning[] }> {
  const free = sniffed.columns.filter((c) => !told.has(c.name));
  const texts = free.filter((c) => c.type === 'VARCHAR').map((c) => ({ name: c.name, type: c.type }));
  const raw = await rawColumns(run, file, sniffed, free);
  const spelt = await studySpelling(run, 'data', texts);
  const others = raw.length === 0 ? nothing : await studySpelling(run, 'raw_columns', raw);
  const numbers = free
    .filter((c) => kindOf(c.type) === 'number')
    .map((c) => ({ name: c.name, type: c.type }));
  const apart = await studySentinels(run, 'data', numbers);
  const first = new Set([...spelt.proposals, ...others.proposals].map((p) => p.reading.column));
  const place = new Map(sniffed.columns.map((c, at) => [c.name, at]));
  const inOrder = <T>(list: readonly T[], column: (entry: T) => string | undefined): T[] =>
    [...list].sort((a, b) => (place.get(column(a) ?? '') ?? 0) - (place.get(column(b) ?? '') ?? 0));
  return {
    proposals: inOrder(
      [
        ...spelt.proposals,
        ...others.proposals,
        ...apart.proposals.filter((p) => !first.has(p.reading.column)),
      ],
      (p) => p.reading.column,
    ),
    warnings: inOrder([...spelt.warnings, ...others.warnings, ...apart.warnings], (w) => w.column),
  };
}

const nothing = { proposals: [], warnings: [] } as const;

/**
 * Columns of fractions whose point may stand between thousands: no value has more than three decimals or reaches a
 * thousand, and, if `proved`, one has three.
 */
async function thousandsIn(
  run: Run,
  from: string,
  columns: readonly string[],
  proved: boolean,
): Promise<string[]> {
  const found: string[] = [];
  for (let i = 0; i < columns.length; i += 50) {
    const batch = columns.slice(i, i + 50);
    const tests = batch.map((name) => {
      const v = identifier(name);
      const three = proved ? ` AND bool_or(abs(${v} * 100 - round(${v} * 100)) > 1e-6)` : '';
      return `coalesce(bool_and(isfinite(${v}) AND abs(${v}) < 1000 AND abs(${v} * 1000 - round(${v} * 1000)) < 1e-6)${three}, ${!proved})`;
    });
    const row = (await run(`SELECT ${tests.join(', ')} FROM ${from}`))[0] ?? [];
    found.push(...batch.filter((_, k) => row[k] === true));
  }
  return found;
}

/**
 * A table `raw_columns` with the text of typed columns that may have been read wrongly: dates whose order of day and month
 * was guessed, and numbers that would be thousands if their mark were not a decimal one.
 */
async function rawColumns(
  run: Run,
  file: string,
  sniffed: Sniffed,
  free: readonly { readonly name: string; readonly type: string }[],
): Promise<{ name: string; type: string; format: string | null }[]> {
  const { dateFormat, timestampFormat } = sniffed.dialect;
  const times = free.flatMap((c) => {
    const format = c.type === 'DATE' ? dateFormat : c.type.startsWith('TIMESTAMP') ? timestampFormat : null;
    return format === null || /^%Y/.test(format) ? [] : [{ name: c.name, type: c.type, format }];
  });
  const doubles = free.filter((c) => c.type === 'DOUBLE').map((c) => c.name);
  // A few rows rule most columns out; of the rest all rows are asked.
  const likely = await thousandsIn(run, '(FROM data LIMIT 2000)', doubles, false);
  const marked = await thousandsIn(run, 'data', likely, true);
  const wanted = [...times, ...marked.map((name) => ({ name, type: 'DOUBLE', format: null }))];
  if (wanted.length > 0) {
    const names = wanted.map((w) => w.name);
    await run(`CREATE OR REPLACE TEMP TABLE raw_columns AS ${spellingSql(file, sniffed, names)}`);
  }
  return wanted;
}

/** Years of antiquity mean that two-digit years were read as they stood; such columns are kept as text and said so. */
async function respellDates(
  run: Run,
  file: string,
  sniffed: Sniffed,
): Promise<{ sniffed: Sniffed; warnings: Warning[] }> {
  const times = sniffed.columns
    .filter((c) => c.type === 'DATE' || c.type.startsWith('TIMESTAMP'))
    .map((c) => c.name);
  if (times.length === 0) return { sniffed, warnings: [] };
  const early = (await run(dateJudgementSql('data', times))).filter((row) => Number(row[1]) > 0);
  if (early.length === 0) return { sniffed, warnings: [] };
  const warnings: Warning[] = [];
  for (const [name, n, low, high] of early) {
    const rows = await run(spellingsSql(spellingSql(file, sniffed, [String(name)]), String(name)));
    warnings.push(judgeSpellings(String(name), rows, Number(n), Number(low), Number(high)));
  }
  const names = new Set(early.map((row) => String(row[0])));
  const kept: Sniffed = {
    ...sniffed,
    columns: sniffed.columns.map((c) => (names.has(c.name) ? { name: c.name, type: 'VARCHAR' } : c)),
  };
  await clear(run);
  await run(loadSql(file, kept));
  return { sniffed: kept, warnings };
}
