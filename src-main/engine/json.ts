/**
 * Reads JSON and JSON lines into a table: the records are found and judged here, apart from DuckDB, and written one a line
 * to a work file that DuckDB then reads; types are chosen by every value of a column, not by the first ones.
 *
 * A value is never rounded, cut or dropped without a word: whole numbers keep all their digits, columns that mix kinds
 * become text and say so, what is no record of the table is rejected or skipped with its place.
 */

import { isUtf8 } from 'node:buffer';
import { createReadStream, createWriteStream } from 'node:fs';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import { ProblemError, problem } from '../core/problem';
import { type Entry, skipEntry } from '../core/source/entries';
import type { Receipt, Skip, Warning } from '../core/source/receipt';
import { identifier, literal } from '../core/sql';
import { type Cell, type Column, kindOf } from '../core/table';
import { Entries } from './entries';
import { type Form, type Found, formOf, type Member, valuesOf } from './json-scan';
import { judgeRecord } from './record';

/** Raw text in a receipt is cut at this. */
const CUT = 2000;
/** With more keys the records are kept whole, in one column. */
const KEYS_MAX = 2000;
/** Columns that are looked at in one query. */
const BATCH = 100;
/** Deeper columns stay JSON text: their structure would cost more than it tells. */
const STRUCTURE_DEPTH = 32;

export type Run = (sql: string) => Promise<readonly (readonly Cell[])[]>;

export interface JsonAsk {
  readonly path: string;
  /** Path without an ending beside which work files may be written; DuckDB must be allowed to read there. */
  readonly work: string;
  /** Key of the array whose items are the records, of a file that is one object; '' for the object itself; searched unless given. */
  readonly entry?: string;
  /** Where all entries of the receipt are kept; without one only the first are. */
  readonly connection?: DuckDBConnection;
  readonly signal?: AbortSignal;
}

export interface JsonReading {
  readonly columns: readonly Column[];
  readonly receipt: Receipt;
  readonly warnings: readonly Warning[];
  /** Key of the array whose items were read, if the file is one object. */
  readonly entry: string | null;
}

/**
 * Makes the table `data` in the connection behind `run`.
 * @throws ProblemError `source-empty`, `source-broken` or `source-limit`; DuckDB's error if it fails on what was judged sound.
 */
export async function readJson(run: Run, ask: JsonAsk): Promise<JsonReading> {
  const utf8 = `${ask.work}.json`;
  const objects = `${ask.work}.ndjson`;
  const others = `${ask.work}.other.ndjson`;
  const { connection } = ask;
  const entries = new Entries({ connection });
  const strangers = new Entries({ connection, name: 'noted_others' });
  try {
    const encoding = await encodingOf(ask.path);
    if (encoding !== 'utf-8') await recode(ask.path, utf8, encoding, ask.signal);
    const text = encoding === 'utf-8' ? ask.path : utf8;
    const form = await formOf(text, ask.signal);
    const chosen = choose(form, ask);
    const records = new Records(entries, strangers);
    await collect(records, text, form, chosen.member, { objects, others }, ask.signal);
    const warnings: Warning[] = [...chosen.warnings, ...records.warnings()];
    if (encoding !== 'utf-8') {
      warnings.push({
        code: 'encoding-guess',
        message: `The file is ${encoding.toUpperCase()}, and JSON should be UTF-8; it was read as ${encoding.toUpperCase()}, and byte places are those of its UTF-8 form`,
        remedy: 'Nothing to do if the texts look right.',
      });
    }
    const skips = await skipsOf(text, chosen);
    for (const skip of skips) entries.note(skipEntry(skip));
    const columns = await makeTable(run, records, { objects, others }, warnings);
    const loaded = Number((await run('SELECT count(*) FROM data'))[0]![0]);
    return {
      columns,
      receipt: {
        records: records.records + skips.length,
        loaded,
        rejected: records.rejected,
        skipped: skips.length,
        mended: records.mended,
        ...(await entries.keep(run)),
      },
      warnings,
      entry: chosen.member?.key ?? null,
    };
  } finally {
    await entries.close();
    await strangers.close();
    await Promise.all([utf8, objects, others].map((file) => rm(file, { force: true })));
  }
}

/** JSON has no other encodings than Unicode's; the first bytes tell which (RFC 4627, section 3). */
async function encodingOf(path: string): Promise<'utf-8' | 'utf-16le' | 'utf-16be'> {
  const file = await open(path, 'r');
  const head = Buffer.alloc(4);
  try {
    const { bytesRead } = await file.read(head, 0, 4, 0);
    if (bytesRead === 0) throw new ProblemError(problem('source-empty', { path }));
  } finally {
    await file.close();
  }
  const [a, b, c, d] = head;
  if ((a === 0xff && b === 0xfe && c === 0 && d === 0) || (a === 0 && b === 0 && (c === 0 || c === 0xfe))) {
    throw new ProblemError(problem('source-broken', { path, reason: 'JSON in UTF-32 is not read' }));
  }
  if ((a === 0xff && b === 0xfe) || (a !== 0 && b === 0 && c !== 0 && d === 0)) return 'utf-16le';
  if ((a === 0xfe && b === 0xff) || (a === 0 && b !== 0)) return 'utf-16be';
  return 'utf-8';
}

async function recode(
  from: string,
  to: string,
  encoding: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const decoder = new TextDecoder(encoding);
  const transform = new Transform({
    transform(chunk: Buffer, _, done) {
      done(null, decoder.decode(chunk, { stream: true }));
    },
    flush(done) {
      done(null, decoder.decode());
    },
  });
  await pipeline(createReadStream(from), transform, createWriteStream(to, { flags: 'wx' }), { signal });
}

interface Chosen {
  /** The array whose items are the records; null for the whole file. */
  readonly member: Member | null;
  /** What stands beside it. */
  readonly beside: readonly Member[];
  readonly warnings: readonly Warning[];
}

/** Of a file that is one object: its only array of objects, if it has just one, unless the asker says which. */
function choose(form: Form, ask: JsonAsk): Chosen {
  const whole: Chosen = { member: null, beside: [], warnings: [] };
  if (form.members === null) return whole;
  const arrays = form.members.filter((m) => m.kind === 'objects');
  const named = (members: readonly Member[]) => members.map((m) => `“${m.key}”`).join(', ');
  if (ask.entry !== undefined) {
    if (ask.entry === '') return whole;
    const member = form.members.find(
      (m) => m.key === ask.entry && (m.kind === 'objects' || m.kind === 'array'),
    );
    if (member === undefined) {
      throw new ProblemError(
        problem('source-broken', { path: ask.path, reason: `it holds no list named “${ask.entry}”` }),
      );
    }
    return { member, beside: form.members.filter((m) => m !== member), warnings: [] };
  }
  const [only] = arrays;
  if (arrays.length === 1 && only !== undefined) {
    const beside = form.members.filter((m) => m !== only);
    const warnings: Warning[] =
      beside.length === 0
        ? []
        : [
            {
              code: 'type-guess',
              message: `The file is one object; the items of its list “${only.key}” were read as the records, and ${named(beside.slice(0, 5))} ${beside.length === 1 ? 'was' : 'were'} left out`,
              remedy: 'Look at what was left out in the receipt.',
            },
          ];
    return { member: only, beside, warnings };
  }
  if (arrays.length > 1) {
    return {
      ...whole,
      warnings: [
        {
          code: 'tables-several',
          message: `The file is one object with several lists of objects (${named(arrays.slice(0, 5))}), and was read as one record`,
          remedy: 'Say which of the lists holds the records.',
        },
      ],
    };
  }
  return whole;
}

/** What stands beside the records, each as one skipped stretch. */
async function skipsOf(path: string, chosen: Chosen): Promise<readonly Skip[]> {
  if (chosen.beside.length === 0) return [];
  const file = await open(path, 'r');
  try {
    const skips: Skip[] = [];
    for (const { key, byte, line, lines, bytes } of chosen.beside) {
      const raw = Buffer.alloc(Math.min(bytes, CUT * 3));
      await file.read(raw, 0, raw.length, byte);
      const text = `${JSON.stringify(key)}: ${raw.toString('utf8').trimEnd()}`.slice(0, CUT);
      skips.push({ line, byte, lines, reason: `“${key}” stands beside “${chosen.member?.key}”`, text });
    }
    return skips;
  } finally {
    await file.close();
  }
}

/** Writes lines, and makes its file only when there is one. */
class Out {
  private file: FileHandle | null = null;
  private held: string[] = [];
  private size = 0;
  count = 0;
  longest = 0;

  constructor(private readonly path: string) {}

  async line(text: string): Promise<void> {
    this.count++;
    this.held.push(text, '\n');
    this.size += text.length;
    // UTF-8 takes at most three bytes for a unit of UTF-16.
    this.longest = Math.max(this.longest, text.length * 3);
    if (this.size > 1 << 20) await this.flush();
  }

  private async flush(): Promise<void> {
    this.file ??= await open(this.path, 'wx');
    await this.file.writeFile(this.held.join(''));
    this.held = [];
    this.size = 0;
  }

  async close(): Promise<void> {
    try {
      if (this.held.length > 0) await this.flush();
    } finally {
      await this.file?.close();
    }
  }
}

/** What was found in a file, and the names of its columns in their order. */
class Records {
  records = 0;
  rejected = 0;
  mended = 0;
  readonly keys = new Map<string, number>();
  depth = 0;
  latin = 0;
  /** Records in which numbers became texts. */
  spelt = 0;
  unclosed = false;
  objects = 0;
  otherCount = 0;
  longest = 0;

  /** @param others Takes the values that are no objects: only at the end it shows whether they are strangers. */
  constructor(
    readonly entries: Entries,
    readonly others: Entries,
  ) {}

  reject(found: Found, text: string, reason: string): void {
    this.rejected++;
    this.entries.note(entryOf(found, text, reason));
  }

  warnings(): Warning[] {
    const warnings: Warning[] = [];
    const times = (n: number, one: string) => `${n.toLocaleString('en')} ${one}${n === 1 ? '' : 's'}`;
    if (this.rejected > 0) {
      warnings.push({
        code: 'rows-rejected',
        message: `${times(this.rejected, 'record')} could not be read as JSON`,
        remedy: 'Look at them in the receipt and correct the file.',
      });
    }
    if (this.mended > 0) {
      warnings.push({
        code: 'rows-mended',
        message: `${times(this.mended, 'record')} had to be put right`,
        remedy: 'Look at them in the receipt.',
      });
    }
    if (this.latin > 0) {
      warnings.push({
        code: 'encoding-guess',
        message: `${times(this.latin, 'record')} ${this.latin === 1 ? 'is not UTF-8 and was' : 'are not UTF-8 and were'} read as Windows-1252`,
        remedy: 'Look at a value with accents; if it is wrong, save the file as UTF-8.',
      });
    }
    if (this.spelt > 0) {
      warnings.push({
        code: 'type-guess',
        message: `${times(this.spelt, 'record')} ${this.spelt === 1 ? 'holds' : 'hold'} numbers with more digits, or larger, than a number column keeps; they stay as they are spelt, and their columns are text`,
        remedy: 'Read the column as a number if rounding does no harm.',
      });
    }
    if (this.unclosed) {
      warnings.push({
        code: 'records-lost',
        message: 'The file ends before its list is closed, so it is probably cut off',
        remedy: 'Get a fresh copy of the file.',
      });
    }
    return warnings;
  }
}

function entryOf(
  { line, byte }: Found,
  text: string,
  reason: string,
  cells: readonly string[] | null = null,
): Entry {
  const kind = cells === null ? 'rejected' : 'mended';
  return { kind, line, byte, column: null, count: 1, reason, text: text.slice(0, CUT), cells };
}

async function collect(
  records: Records,
  path: string,
  form: Form,
  member: Member | null,
  to: { readonly objects: string; readonly others: string },
  signal: AbortSignal | undefined,
): Promise<void> {
  const objects = new Out(to.objects);
  const others = new Out(to.others);
  const from =
    member === null
      ? { byte: form.start, line: 1, only: false }
      : { byte: member.byte, line: member.line, only: true };
  const decoder = new TextDecoder('windows-1252');

  const put = async (found: Found, text: string, latin: boolean): Promise<void> => {
    records.records++;
    const judged = judgeRecord(text);
    if (!judged.ok) {
      records.reject(found, text, judged.reason);
      return;
    }
    const mends = latin
      ? ['Bytes that are not UTF-8 were read as Windows-1252', ...judged.mends]
      : judged.mends;
    if (mends.length > 0) {
      records.mended++;
      records.entries.note(entryOf(found, text, mends.join('; '), cellsOf(judged.value)));
    }
    if (judged.spelt) records.spelt++;
    records.depth = Math.max(records.depth, judged.depth);
    const { value } = judged;
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      records.objects++;
      if (records.keys.size <= KEYS_MAX) {
        for (const key of Object.keys(value)) {
          if (!records.keys.has(key)) records.keys.set(key, records.keys.size);
        }
      }
      await objects.line(judged.text);
    } else {
      records.otherCount++;
      records.others.note(entryOf(found, text, 'not an object, as the other records are'));
      await others.line(judged.text);
    }
  };

  try {
    const values = valuesOf(path, form, from, signal);
    for (;;) {
      const next = await values.next();
      if (next.done) {
        records.unclosed = next.value.unclosed;
        break;
      }
      for (const found of next.value) {
        const utf8 = isUtf8(found.bytes);
        const text = utf8 ? found.bytes.toString('utf8') : decoder.decode(found.bytes);
        if (found.broken !== null) {
          records.records++;
          records.reject(found, text, found.broken);
          continue;
        }
        if (!utf8) records.latin++;
        const items = form.kind === 'lines' ? itemsOf(text) : null;
        if (items === null) await put(found, text, !utf8);
        else for (const item of items) await put(found, item, !utf8);
      }
      await records.entries.settle();
      await records.others.settle();
    }
  } finally {
    await objects.close();
    await others.close();
  }
  records.longest = Math.max(objects.longest, others.longest);
}

/** The items of a line that is a list of objects; null for any other line. Numbers stay as they are spelt. */
function itemsOf(line: string): readonly string[] | null {
  if (!/^\s*\[\s*\{/.test(line)) return null;
  const items: string[] = [];
  let depth = 0;
  let start = -1;
  let inText = false;
  for (let i = 0; i < line.length; i++) {
    const c = line[i];
    if (inText) {
      if (c === '\\') i++;
      else if (c === '"') inText = false;
      continue;
    }
    if (c === '"') inText = true;
    if (c === '{' || c === '[') depth++;
    if (c === '}' || c === ']') depth--;
    const ends = (depth === 1 && c === ',') || (depth === 0 && c === ']');
    if (ends) {
      if (start >= 0) items.push(line.slice(start, i));
      start = -1;
      if (depth === 0) return line.slice(i + 1).trim() === '' ? items : null;
    } else if (depth >= 1 && start < 0 && i > line.indexOf('[') && c?.trim() !== '') start = i;
  }
  return null;
}

function cellsOf(value: unknown): readonly string[] {
  const cell = (item: unknown) => (typeof item === 'string' ? item : JSON.stringify(item)).slice(0, CUT);
  return typeof value === 'object' && value !== null
    ? Object.values(value).slice(0, 200).map(cell)
    : [cell(value)];
}

/** A column before its type is chosen: where its values stand and what it will be called. */
interface Raw {
  readonly key: string | null;
  readonly name: string;
  /** Expression of its JSON value. */
  readonly sql: string;
}

async function makeTable(
  run: Run,
  records: Records,
  files: { readonly objects: string; readonly others: string },
  warnings: Warning[],
): Promise<readonly Column[]> {
  const { objects, otherCount } = records;
  if (objects + otherCount === 0) {
    await run('CREATE TABLE data (json VARCHAR)');
    warnings.push({
      code: 'no-rows',
      message: 'The file holds no records',
      remedy: 'Check that it is the right file.',
    });
    return [{ name: 'json', type: 'VARCHAR', kind: 'text' }];
  }
  const few = objects > 0 && otherCount > 0 && otherCount <= objects / 9;
  if (few) {
    records.rejected += otherCount;
    await records.entries.absorb(run, records.others);
    if (!warnings.some((w) => w.code === 'rows-rejected')) {
      warnings.push({
        code: 'rows-rejected',
        message: `${otherCount === 1 ? 'One record is' : `${otherCount.toLocaleString('en')} records are`} no object, as the others are`,
        remedy: 'Look at them in the receipt and correct the file.',
      });
    }
  }
  const size = Math.max(16_777_216, records.longest + 1024);
  const keyed = objects > 0 && (few || otherCount === 0) && records.keys.size > 0;
  if (keyed && records.keys.size <= KEYS_MAX) return makeKeyed(run, records, files.objects, size, warnings);
  const read = [objects > 0 && files.objects, otherCount > 0 && !few && files.others]
    .filter((file) => file !== false)
    .map(literal);
  if (keyed) {
    warnings.push({
      code: 'type-guess',
      column: 'json',
      message: `The records have more than ${KEYS_MAX.toLocaleString('en')} different keys and were kept whole, in one column`,
      remedy: 'Take out the keys that are needed with an expression.',
    });
  } else if (objects > 0 && otherCount > 0) {
    warnings.push({
      code: 'type-guess',
      column: 'json',
      message: `Only ${objects.toLocaleString('en')} of ${(objects + otherCount).toLocaleString('en')} records are objects; all were kept whole, in one column`,
      remedy: 'Separate the two kinds into files of their own.',
    });
  }
  const from = `read_ndjson_objects([${read.join(', ')}], maximum_object_size = ${size})`;
  return makeTyped(
    run,
    from,
    [{ key: null, name: 'json', sql: "CASE WHEN json_type(json) <> 'NULL' THEN json END" }],
    records,
    warnings,
  );
}

async function makeKeyed(
  run: Run,
  records: Records,
  file: string,
  size: number,
  warnings: Warning[],
): Promise<readonly Column[]> {
  const keys = [...records.keys.keys()];
  const folded = keys.map((key) => key.toLowerCase());
  const plain = new Set(folded).size === keys.length && !keys.some((key) => key === '' || key.includes('\0'));
  const names = uniqueNames(keys, warnings);
  const options = `format = 'newline_delimited', maximum_object_size = ${size}`;
  if (plain) {
    const columns = keys.map((key) => `${identifier(key)}: 'JSON'`).join(', ');
    const from = `read_json(${literal(file)}, ${options}, columns = {${columns}})`;
    const raw = keys.map((key, i): Raw => ({ key, name: names[i]!, sql: identifier(key) }));
    return makeTyped(run, from, raw, records, warnings);
  }
  // Keys that only differ by case cannot be columns of one reader, so each is taken out of the record by its pointer.
  const from = `(SELECT json AS assay_record FROM read_ndjson_objects(${literal(file)}, ${options}))`;
  const raw = keys.map((key, i): Raw => {
    const pointer = `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    const value = `(assay_record->${literal(pointer)})`;
    return { key, name: names[i]!, sql: `CASE WHEN json_type(${value}) <> 'NULL' THEN ${value} END` };
  });
  return makeTyped(run, from, raw, records, warnings);
}

/** Column names as DuckDB takes them: none empty, none the same but for case. */
function uniqueNames(keys: readonly string[], warnings: Warning[]): readonly string[] {
  const given = new Set(keys.map((key) => key.toLowerCase()));
  const taken = new Set<string>();
  return keys.map((key, i) => {
    const base = key.replaceAll('\0', '') === '' ? `column${i}` : key.replaceAll('\0', '');
    let name = base;
    // A name of the file goes before one that is made up.
    for (let n = 1; taken.has(name.toLowerCase()) || (name !== key && given.has(name.toLowerCase())); n++) {
      name = `${base}_${n}`;
    }
    taken.add(name.toLowerCase());
    if (key === '') {
      warnings.push({
        code: 'column-name-empty',
        column: name,
        message: `A key is empty; its column was named “${name}”`,
        remedy: 'Give it a name in the file.',
      });
    } else if (name !== key) {
      warnings.push({
        code: 'column-name-duplicate',
        column: name,
        message: `The key “${key}” differs from another only by case; its column was named “${name}”`,
        remedy: 'Rename one of the keys in the file if they mean different things.',
      });
    }
    return name;
  });
}

/** What all values of a column are, counted. */
interface Facts {
  readonly filled: number;
  readonly texts: number;
  readonly booleans: number;
  readonly wholes: number;
  readonly numbers: number;
  readonly objects: number;
  readonly arrays: number;
  /** Whole numbers that are beyond BIGINT; beyond HUGEINT; beyond what a double tells apart. */
  readonly beyondBig: number;
  readonly beyondHuge: number;
  readonly beyondDouble: number;
  readonly dates: number;
  readonly stamps: number;
  readonly zoned: number;
  /** Nested values with a number of so many digits that a double may round it. */
  readonly longNumbers: number;
}

const counted: readonly [keyof Facts, (v: string) => string][] = [
  ['filled', (v) => v],
  ['texts', (v) => `CASE WHEN json_type(${v}) = 'VARCHAR' THEN 1 END`],
  ['booleans', (v) => `CASE WHEN json_type(${v}) = 'BOOLEAN' THEN 1 END`],
  ['wholes', (v) => `CASE WHEN ${isNumber(v)} AND ${isWhole(v)} THEN 1 END`],
  ['numbers', (v) => `CASE WHEN ${isNumber(v)} THEN 1 END`],
  ['objects', (v) => `CASE WHEN json_type(${v}) = 'OBJECT' THEN 1 END`],
  ['arrays', (v) => `CASE WHEN json_type(${v}) = 'ARRAY' THEN 1 END`],
  [
    'beyondBig',
    (v) =>
      `CASE WHEN ${isNumber(v)} AND ${isWhole(v)} AND TRY_CAST(${v}::VARCHAR AS BIGINT) IS NULL THEN 1 END`,
  ],
  [
    'beyondHuge',
    (v) =>
      `CASE WHEN ${isNumber(v)} AND ${isWhole(v)} AND TRY_CAST(${v}::VARCHAR AS HUGEINT) IS NULL THEN 1 END`,
  ],
  [
    'beyondDouble',
    (v) =>
      `CASE WHEN ${isNumber(v)} AND ${isWhole(v)} AND coalesce(abs(TRY_CAST(${v}::VARCHAR AS HUGEINT)) > 9007199254740992, true) THEN 1 END`,
  ],
  [
    'dates',
    (v) =>
      `CASE WHEN ${isText(v, '\\d{4}-\\d{2}-\\d{2}')} AND TRY_CAST(${v}->>'$' AS DATE) IS NOT NULL THEN 1 END`,
  ],
  [
    'stamps',
    (v) =>
      `CASE WHEN ${isText(v, '\\d{4}-\\d{2}-\\d{2}[T ]\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,6})?)?')} AND TRY_CAST(${v}->>'$' AS TIMESTAMP) IS NOT NULL THEN 1 END`,
  ],
  [
    'zoned',
    (v) =>
      `CASE WHEN ${isText(v, '\\d{4}-\\d{2}-\\d{2}[T ]\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,6})?Z')} AND TRY_CAST(${v}->>'$' AS TIMESTAMP) IS NOT NULL THEN 1 END`,
  ],
  [
    'longNumbers',
    (v) =>
      `CASE WHEN json_type(${v}) IN ('OBJECT', 'ARRAY') AND regexp_matches(${v}::VARCHAR, '[0-9]{16,}|[0-9]\\.[0-9]{15,}|NaN|Infinity') THEN 1 END`,
  ],
];

function isNumber(v: string): string {
  return `json_type(${v}) IN ('BIGINT', 'UBIGINT', 'DOUBLE')`;
}

/** DuckDB calls whole numbers that are longer than its own doubles. */
function isWhole(v: string): string {
  return `regexp_full_match(${v}::VARCHAR, '-?[0-9]+')`;
}

function isText(v: string, pattern: string): string {
  return `json_type(${v}) = 'VARCHAR' AND regexp_full_match(${v}->>'$', ${literal(pattern)})`;
}

async function makeTyped(
  run: Run,
  from: string,
  raw: readonly Raw[],
  records: Records,
  warnings: Warning[],
): Promise<readonly Column[]> {
  const casts: string[] = [];
  for (let at = 0; at < raw.length; at += BATCH) {
    const batch = raw.slice(at, at + BATCH);
    const figures = batch.flatMap((column) => counted.map(([, sql]) => `count(${sql(column.sql)})`));
    const row = (await run(`SELECT ${figures.join(', ')} FROM ${from}`))[0]!;
    for (const [i, column] of batch.entries()) {
      const facts = Object.fromEntries(
        counted.map(([name], k) => [name, Number(row[i * counted.length + k])]),
      ) as unknown as Facts;
      const cast = await castOf(run, from, column, facts, records.depth, warnings);
      casts.push(`${cast} AS ${identifier(column.name)}`);
    }
  }
  await run(`CREATE TABLE data AS SELECT ${casts.join(', ')} FROM ${from}`);
  return (await run('DESCRIBE data')).map((row) => ({
    name: String(row[0]),
    type: String(row[1]),
    kind: kindOf(String(row[1])),
  }));
}

/** The expression that makes a column of its kind. Every value converts, because all of them were counted. */
async function castOf(
  run: Run,
  from: string,
  column: Raw,
  facts: Facts,
  depth: number,
  warnings: Warning[],
): Promise<string> {
  const { filled } = facts;
  const text = `(${column.sql}->>'$')`;
  const as = (type: string) => `CAST(${text} AS ${type})`;
  const say = (message: string) =>
    warnings.push({
      code: 'type-guess',
      column: column.name,
      message,
      remedy: 'Choose how the column is read.',
    });
  if (filled === 0) return as('VARCHAR');
  if (facts.booleans === filled) return as('BOOLEAN');
  if (facts.numbers === filled) {
    if (facts.wholes === filled) {
      if (facts.beyondBig === 0) return as('BIGINT');
      if (facts.beyondHuge === 0) return as('HUGEINT');
    } else if (facts.beyondDouble === 0) return as('DOUBLE');
    say(`${column.name} holds whole numbers with too many digits to be counted with; it was kept as text`);
    return as('VARCHAR');
  }
  if (facts.texts === filled) {
    if (facts.dates === filled) return as('DATE');
    if (facts.stamps === filled || facts.zoned === filled) return as('TIMESTAMP');
    return as('VARCHAR');
  }
  if (facts.objects === filled || facts.arrays === filled) {
    const structure = await structureOf(run, from, column, facts, depth);
    return structure === null ? column.sql : `json_transform(${column.sql}, ${literal(structure)})`;
  }
  const kinds: readonly (readonly [number, string])[] = [
    [facts.texts, 'text'],
    [facts.numbers, 'number'],
    [facts.booleans, 'true or false'],
    [facts.objects, 'object'],
    [facts.arrays, 'list'],
  ];
  const listed = kinds.filter(([n]) => n > 0).map(([n, word]) => `${n.toLocaleString('en')} × ${word}`);
  say(`${column.name} mixes kinds (${listed.join(', ')}); it was kept as text`);
  return as('VARCHAR');
}

/** The structure of a nested column for DuckDB; null if its values are better kept as JSON text. */
async function structureOf(
  run: Run,
  from: string,
  column: Raw,
  facts: Facts,
  depth: number,
): Promise<string | null> {
  if (depth > STRUCTURE_DEPTH || facts.longNumbers > 0) return null;
  const found = (await run(`SELECT json_group_structure(${column.sql}) FROM ${from}`))[0]?.[0];
  if (typeof found !== 'string' || found.length > 20_000) return null;
  const plain = plainStructure(JSON.parse(found));
  return plain === null ? null : JSON.stringify(plain);
}

/** The structure with types that lose nothing; null if two keys would be one field, or a key is empty. */
function plainStructure(structure: unknown): unknown {
  if (typeof structure === 'string') {
    if (structure === 'UBIGINT') return 'BIGINT';
    return ['BIGINT', 'DOUBLE', 'BOOLEAN', 'VARCHAR'].includes(structure) ? structure : 'JSON';
  }
  if (Array.isArray(structure)) {
    const item = plainStructure(structure[0]);
    return item === null ? null : [item];
  }
  const keys = Object.keys(structure as object);
  if (keys.length === 0) return 'JSON';
  if (keys.includes('') || new Set(keys.map((key) => key.toLowerCase())).size < keys.length) return null;
  const made: [string, unknown][] = [];
  for (const [key, of] of Object.entries(structure as object)) {
    const plain = plainStructure(of);
    if (plain === null) return null;
    made.push([key, plain]);
  }
  return Object.fromEntries(made);
}
