/**
 * Profiles many columns of a table: figures of a sample first, then each column by the road that is cheapest for it.
 *
 * Two lanes work side by side, so that the core that ends a statement alone does not keep the other waiting. Up to `SMALL`
 * rows, and where all is to be exact, every column takes the grouped road. Beyond, the sample tells which columns have so
 * many different values that the wide road is cheaper; these are taken a few at a time, because they share a scan.
 */
import { randomUUID } from 'node:crypto';
import { COUNTED, estimatedDistinct, incidenceSql } from '../core/profile/cardinality';
import { readsAsIdentifier } from '../core/profile/name';
import type { ColumnProfile } from '../core/profile/profile';
import type { Drawn } from '../core/profile/read';
import { scaled } from '../core/profile/scale';
import { freeOf, identifier } from '../core/sql';
import type { Column, Table } from '../core/table';
import { Book, type Clock, type Origin, overflows, profileColumn } from './profile';
import { profileWide } from './profile-wide';
import type { Query } from './session';
import type { Sampled } from './wide-part';

/** Up to so many rows every figure is exact. */
const SMALL = 300_000;
/** Beyond so many rows a sample is looked at first. */
const LARGE = 100_000;
/** Rows of the sample; fewer where there are so many columns that it would hold more cells than this. */
const SAMPLE_ROWS = 12_000;
const SAMPLE_CELLS = 4_000_000;
/** Beyond so many cells, where there are not so many rows, a small sample of the columns that come first is looked at first. */
const MANY_CELLS = 5_000_000;
/** About as many columns as stand on a screen, and rows enough to show what each is. */
const FIRST_COLUMNS = 48;
const FIRST_ROWS = 2_000;
/** Columns that share a scan on the wide road. */
const BATCH = 4;

export interface RandomSample {
  readonly rows: number;
  readonly seed: number;
}

/** What is to be profiled, and where. */
export interface Desk {
  readonly table: Table;
  readonly origin: Origin;
  /** Whether there are no conditions. */
  readonly whole: boolean;
  /** Columns still to be profiled, next first; taken from it one by one, and it may be put in another order meanwhile. */
  readonly waiting: string[];
  /** Whether estimates are not wanted. */
  readonly exact: boolean;
  /** A random sample that is to stand for the whole; the same seed draws the same rows. */
  readonly sample: RandomSample | null;
  readonly clock: Clock;
  /** Runs work on a connection of its own. */
  lane(work: (query: Query) => Promise<void>): Promise<void>;
  /** What stands behind FROM for about so many rows in windows, and the number of the stretch a row lies in; null for all rows. */
  windows(rows: number): { readonly from: string; readonly stretch: string; readonly share: number } | null;
  /** The name of the row number that `origin.read` has besides the columns. */
  readonly row: string;
  /** Drops a table, cancelled or not. */
  drop(table: string): Promise<void>;
  /** Called with each profile; with those of a sample first where there is one. `final` tells them apart. */
  done(profile: ColumnProfile, final: boolean): void;
}

/** @throws ProblemError if the data cannot be read or the query was cancelled. */
export async function profileTable(desk: Desk): Promise<void> {
  if (desk.sample !== null) return profileSample(desk, desk.sample);
  const { columns, rows } = firstLook(desk);
  const windows = columns.length > 0 ? desk.windows(rows) : null;
  if (windows === null) {
    await both(desk, (query) => exactly(desk, query));
    return;
  }
  const sample = momentary();
  const list = columns.map((c) => identifier(c.name)).join(', ');
  // The column of the sample that says in which stretch of the table a row lies.
  const stretch = freeOf(
    columns.map((c) => c.name),
    'assay_stretch',
  );
  const early = [...columns];
  const sampled = new Map<string, Sampled>();
  const looked = new Gate(lanes);
  let made: Promise<number> | null = null;
  const make = async (query: Query) => {
    await query(
      `CREATE TABLE ${sample} AS SELECT ${list}, ${windows.stretch} AS ${identifier(stretch)} FROM ${windows.from}`,
    );
    return Number((await query(`SELECT count(*) FROM ${sample}`)).rows[0]?.[0]);
  };
  const work = async (query: Query) => {
    made ??= make(query);
    const n = await made;
    const total = desk.whole ? desk.table.rows : Math.round(n / windows.share);
    const origin = { read: sample, shown: `(FROM ${desk.origin.shown} LIMIT ${n})` };
    for (let column = early.shift(); column !== undefined; column = early.shift())
      sampled.set(column.name, await look(desk, query, origin, column, total));
    await looked.pass();
    if (desk.exact || total <= SMALL) await exactly(desk, query);
    else await byRoads(desk, query, { from: sample, stretch }, sampled);
  };
  try {
    await both(desk, async (query) => {
      try {
        await work(query);
      } catch (error) {
        // The other lane must neither wait for this one nor go on for nothing.
        early.length = 0;
        desk.waiting.length = 0;
        looked.open();
        throw error;
      }
    });
  } finally {
    await desk.drop(sample);
  }
}

/** Which columns are looked at in a sample first, and in how many of its rows; none where that would not pay. */
function firstLook({ table, waiting, exact }: Desk): { columns: readonly Column[]; rows: number } {
  const named = new Map(table.columns.map((c) => [c.name, c]));
  const columns = waiting.flatMap((name) => named.get(name) ?? []);
  // A single column that is to be exact was looked at before.
  if (exact && columns.length === 1) return { columns: [], rows: 0 };
  if (table.rows > LARGE) {
    const rows = Math.floor(SAMPLE_CELLS / Math.max(1, columns.length));
    return { columns, rows: Math.max(1_000, Math.min(SAMPLE_ROWS, rows)) };
  }
  const many = columns.length > FIRST_COLUMNS && columns.length * table.rows > MANY_CELLS;
  return many && table.rows > 2 * FIRST_ROWS
    ? { columns: columns.slice(0, FIRST_COLUMNS), rows: FIRST_ROWS }
    : { columns: [], rows: 0 };
}

/** A name in the session's own memory for a table of a moment. */
function momentary(): string {
  return `memory.main.${identifier(`assay_sample_${randomUUID().replaceAll('-', '')}`)}`;
}

/** The rows whose number, hashed with the seed, comes first: any row as likely as another, and the same ones each time. */
async function profileSample(desk: Desk, { rows, seed }: RandomSample): Promise<void> {
  const kept = momentary();
  const columns = desk.waiting.flatMap((name) => desk.table.columns.filter((c) => c.name === name));
  const list = columns.map((c) => identifier(c.name)).join(', ');
  const drawn = (from: string) =>
    `(SELECT ${list} FROM ${from} ORDER BY hash(${identifier(desk.row)}, ${seed}) LIMIT ${rows})`;
  try {
    await desk.lane(async (query) => {
      const total = Number((await query(`SELECT count(*) FROM ${desk.origin.read}`)).rows[0]?.[0]);
      if (total <= rows) return exactly(desk, query);
      await query(`CREATE TABLE ${kept} AS FROM ${drawn(desk.origin.read)}`);
      const origin = { read: kept, shown: drawn(desk.origin.shown) };
      desk.waiting.length = 0;
      for (const column of columns) {
        const { evidence, ...sample } = await profileColumn(
          query,
          origin,
          column,
          desk.clock,
          'sample',
          false,
        );
        desk.done({ ...scaled(sample, total, true), evidence: { ...evidence, of: total } }, true);
      }
    });
  } finally {
    await desk.drop(kept);
  }
}

/** Lets nobody pass before all have come. */
class Gate {
  private come = 0;
  open = () => {};
  private readonly opened = new Promise<void>((resolve) => {
    this.open = resolve;
  });

  constructor(private readonly all: number) {}

  pass(): Promise<void> {
    if (++this.come === this.all) this.open();
    return this.opened;
  }
}

const lanes = 2;

async function both(desk: Desk, work: (query: Query) => Promise<void>): Promise<void> {
  const results = await Promise.allSettled(Array.from({ length: lanes }, () => desk.lane(work)));
  const failed = results.find((result) => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

/** Profiles the sample, tells it, and keeps it for the choice of the road. */
async function look(
  desk: Desk,
  query: Query,
  origin: Origin,
  column: Column,
  total: number,
): Promise<Sampled> {
  const { evidence, ...sample } = await profileColumn(query, origin, column, desk.clock, 'sample');
  const grown = scaled(sample, total, false);
  const rows: ColumnProfile['inexact'] = desk.whole ? {} : { rows: { basis: 'sample' } };
  desk.done(
    { ...grown, inexact: { ...grown.inexact, ...rows }, evidence: { ...evidence, of: total } },
    false,
  );
  return { column, sample, scaled: grown, book: new Book(query, desk.origin, desk.clock) };
}

async function exactly(desk: Desk, query: Query): Promise<void> {
  for (let name = desk.waiting.shift(); name !== undefined; name = desk.waiting.shift()) {
    const column = desk.table.columns.find((c) => c.name === name);
    if (column !== undefined) desk.done(await profileColumn(query, desk.origin, column, desk.clock), true);
  }
}

/** The sample as a table, and the name of its column of stretches. */
interface Kept {
  readonly from: string;
  readonly stretch: string;
}

async function byRoads(
  desk: Desk,
  query: Query,
  sample: Kept,
  sampled: ReadonlyMap<string, Sampled>,
): Promise<void> {
  for (let name = desk.waiting.shift(); name !== undefined; name = desk.waiting.shift()) {
    const first = sampled.get(name);
    if (first === undefined) continue;
    if (!(await isWide(query, sample, first))) {
      desk.done(await counted(desk, query, first), true);
      continue;
    }
    const batch = [first];
    for (const other of [...desk.waiting]) {
      if (batch.length === BATCH) break;
      const next = sampled.get(other);
      if (next?.column.kind !== first.column.kind || !(await isWide(query, sample, next))) continue;
      // Another lane, or a new order, may have taken it while it was looked at.
      const at = desk.waiting.indexOf(other);
      if (at < 0) continue;
      desk.waiting.splice(at, 1);
      batch.push(next);
    }
    await widely(desk, query, batch);
  }
}

/** Whether a column reads as an identifier and may have no value twice, which is worth knowing and no estimate can say. */
function mayBeKey({ name, rows, nulls, distinct, inexact }: Drawn): boolean {
  const error = inexact?.distinct?.error;
  return error !== undefined && nulls === 0 && readsAsIdentifier(name) && rows - distinct <= error;
}

/** The same profile with its distinct values counted; unique ones are known if all are. */
async function keyProved(
  desk: Desk,
  query: Query,
  { column }: Sampled,
  profile: Drawn,
  book: Book,
): Promise<ColumnProfile> {
  const statement = `SELECT count(DISTINCT ${identifier(column.name)}) FROM ${desk.origin.read}`;
  const distinct = Number((await query(statement)).rows[0]?.[0]);
  book.note(statement);
  const { distinct: _, unique, ...rest } = profile.inexact ?? {};
  const all = distinct === profile.rows;
  const inexact = { ...rest, ...(all || unique === undefined ? {} : { unique }) };
  return {
    ...profile,
    distinct,
    ...(all ? { unique: distinct } : {}),
    inexact,
    evidence: book.evidence('estimate', profile.rows),
  };
}

/** A column by the grouped road; its order is proved only if the sample has it. */
function counted(desk: Desk, query: Query, { column, sample }: Sampled): Promise<ColumnProfile> {
  return profileColumn(query, desk.origin, column, desk.clock, 'exact', sample.sorted !== undefined);
}

/** Nothing for each column if a sum of one of them overflows, which the other road can do without. */
async function wideOrNone(
  query: Query,
  from: string,
  batch: readonly Sampled[],
): ReturnType<typeof profileWide> {
  try {
    return await profileWide(query, from, batch);
  } catch (error) {
    if (!overflows(error)) throw error;
    return batch.map(() => null);
  }
}

async function widely(desk: Desk, query: Query, batch: readonly Sampled[]): Promise<void> {
  const books = batch.map((sampled) => ({ ...sampled, book: new Book(query, desk.origin, desk.clock) }));
  const found = await wideOrNone(query, desk.origin.read, books);
  for (const [i, profile] of found.entries()) {
    const { book } = books[i]!;
    if (profile === null) desk.done(await counted(desk, query, batch[i]!), true);
    else if (mayBeKey(profile)) desk.done(await keyProved(desk, query, batch[i]!, profile, book), true);
    else
      desk.done(
        { ...profile, evidence: book.evidence('estimate', profile.rows) } as ColumnProfile & Drawn,
        true,
      );
  }
}

/** Whether a column has so many different values that counting each of them is dear. */
async function isWide(
  query: Query,
  { from, stretch }: Kept,
  { column, sample: seen }: Sampled,
): Promise<boolean> {
  if (column.kind === 'boolean') return false;
  if (column.kind === 'time' && !column.type.startsWith('TIMESTAMP')) return false;
  if (column.kind === 'text' && column.type !== 'VARCHAR') return false;
  if (/HUGEINT|BIGNUM/.test(column.type)) return false;
  if (seen.distinct <= seen.rows / 20) return false;
  const { rows } = await query(incidenceSql(from, column, stretch));
  return estimatedDistinct(rows[0] ?? []) > COUNTED;
}
