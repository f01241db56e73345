/**
 * Keeps the entries of a receipt while a file is read. The first of each kind are held, for the value that travels with the
 * table; once there are more, all of them go to a table of their own in the file's columnar copy, piece by piece, so that
 * a million of them take no more memory than a thousand. A reading without entries costs nothing.
 */
import type { DuckDBAppender, DuckDBConnection } from '@duckdb/node-api';
import {
  type EntriesFound,
  type EntriesWanted,
  type Entry,
  type EntryKind,
  entryCount,
  entryKinds,
  mendOf,
  type Note,
  rejectOf,
  skipOf,
  TRAVELLING,
  travellingEntries,
} from '../core/source/entries';
import type { EntryCounts, Receipt } from '../core/source/receipt';
import { identifier, literal } from '../core/sql';
import type { Cell, Table } from '../core/table';
import type { Places } from './places';
import type { Session } from './session';

type Run = (sql: string) => Promise<readonly (readonly Cell[])[]>;

/** The table of a copy that holds all entries, if they are more than travel. */
export const ENTRIES = 'assay_entries';

export interface EntriesAsk {
  /** Where all of them are kept; without one only the first are. */
  readonly connection?: DuckDBConnection | undefined;
  /** Says where their lines stand in bytes; without it they say so themselves. */
  readonly places?: Places | undefined;
  /** Of the temporary table that holds them meanwhile; needed where there are several of these on one connection. */
  readonly name?: string;
}

/** Entries of one answer at most. */
export const PAGE_MAX = 10_000;

type Noted = Exclude<EntryKind, 'misfit'>;
type Lists = Pick<Receipt, 'rejects' | 'mends' | 'skips' | 'misfits' | 'entries'>;

const columns =
  'seq BIGINT, kind VARCHAR, line BIGINT, byte BIGINT, "column" VARCHAR, count BIGINT, reason VARCHAR, text VARCHAR, cells VARCHAR';

/** Where entries go while a file is read. */
export class Entries {
  private held: Entry[] = [];
  private readonly first: Record<Noted, Entry[]> = { rejected: [], mended: [], skipped: [] };
  private readonly counts: Record<Noted, number> = { rejected: 0, mended: 0, skipped: 0 };
  private seq = 0;
  private appender: DuckDBAppender | null = null;
  private staged = false;
  private misfitting = false;
  private readonly name: string;

  constructor(private readonly ask: EntriesAsk = {}) {
    this.name = identifier(ask.name ?? 'noted');
  }

  /** Takes an entry of a record or a line; it is held until `settle`. */
  readonly note: Note = (entry) => {
    this.held.push(entry);
  };

  /** Puts away what was noted since the last time. Who notes much calls this often. */
  async settle(): Promise<void> {
    if (this.held.length === 0) return;
    const entries = this.held;
    this.held = [];
    const bytes = await this.ask.places?.of(entries.map((entry) => entry.line ?? 0));
    for (const [i, entry] of entries.entries()) {
      const placed = bytes === undefined ? entry : { ...entry, byte: bytes[i] ?? 0 };
      const kind = entry.kind as Noted;
      const first = this.first[kind];
      const travels = first.length < TRAVELLING;
      if (!travels) await this.stage();
      this.append(placed);
      // What is held must not hold on to the piece of the file that it was cut from.
      if (travels) first.push(detached(placed));
      this.counts[kind]++;
    }
    this.appender?.flushSync();
  }

  /** Takes over what another has, by place among its own. */
  async absorb(run: Run, other: Entries): Promise<void> {
    await this.settle();
    await other.settle();
    const kinds = ['rejected', 'mended', 'skipped'] as const;
    if (other.staged || kinds.some((kind) => this.counts[kind] + other.counts[kind] > TRAVELLING)) {
      await this.stage();
      if (other.staged) {
        this.appender?.flushSync();
        await run(`INSERT INTO ${this.name} FROM ${other.name}`);
      } else for (const kind of kinds) for (const entry of other.first[kind]) this.append(entry);
    }
    for (const kind of kinds) {
      const both = [...this.first[kind], ...other.first[kind]];
      this.first[kind] = both.sort((a, b) => (a.byte ?? 0) - (b.byte ?? 0)).slice(0, TRAVELLING);
      this.counts[kind] += other.counts[kind];
    }
  }

  /** Takes values that did not fit. @param select SQL of their column, value, count and reason. */
  async misfits(run: Run, select: string): Promise<void> {
    if (!this.misfitting)
      await run(`CREATE TEMP TABLE misfits ("column" VARCHAR, value VARCHAR, n BIGINT, reason VARCHAR)`);
    this.misfitting = true;
    await run(`INSERT INTO misfits ${select}`);
  }

  /** Ends the keeping: makes the table of all entries if they are more than travel. @returns those that travel. */
  async keep(run: Run): Promise<Lists> {
    await this.settle();
    let misfit = 0;
    let values = 0;
    let misfits: Lists['misfits'] = [];
    if (this.misfitting) {
      const [totals = []] = await run('SELECT count(*), sum(n) FROM misfits');
      misfit = Number(totals[0]);
      values = Number(totals[1]);
      const first = await run(`FROM misfits ORDER BY ${commonest} LIMIT ${TRAVELLING}`);
      misfits = first.map(([column, value, n, reason]) => ({
        column: String(column),
        value: String(value),
        count: Number(n),
        reason: String(reason),
      }));
    }
    const lists = {
      rejects: this.first.rejected.map(rejectOf),
      mends: this.first.mended.map(mendOf),
      skips: this.first.skipped.map(skipOf),
      misfits,
    };
    const entries: EntryCounts = { ...this.counts, misfit, values };
    if ([misfit, ...Object.values(this.counts)].every((count) => count <= TRAVELLING)) return lists;
    if (this.ask.connection !== undefined) {
      await this.stage();
      this.finish();
      const others = this.misfitting
        ? `UNION ALL SELECT row_number() OVER (ORDER BY ${commonest}), 'misfit', NULL, NULL, "column", n, reason, value, NULL FROM misfits`
        : '';
      await run(keptSql(`SELECT * FROM ${this.name} ${others}`, 'line, byte, seq'));
      await run(`DROP TABLE ${this.name}`);
    }
    return { ...lists, entries };
  }

  /** Gives up what is open. */
  async close(): Promise<void> {
    this.appender?.clear();
    this.finish();
    await this.ask.places?.close();
  }

  /** From here on every entry goes to a table; first those that were only held. */
  private async stage(): Promise<void> {
    const { connection } = this.ask;
    if (this.staged || connection === undefined) return;
    this.staged = true;
    await connection.run(`CREATE TEMP TABLE ${this.name} (${columns})`);
    this.appender = await connection.createAppender(this.ask.name ?? 'noted', 'main', 'temp');
    for (const entry of Object.values(this.first).flat()) this.append(entry);
  }

  private append({ kind, line, byte, column, count, reason, text, cells }: Entry): void {
    const { appender } = this;
    if (appender === null) return;
    const whole = (n: number | null) =>
      n === null ? appender.appendNull() : appender.appendBigInt(BigInt(n));
    const words = (s: string | null) => (s === null ? appender.appendNull() : appender.appendVarchar(s));
    whole(this.seq++);
    words(kind);
    whole(line);
    whole(byte);
    words(column);
    whole(count);
    words(reason);
    words(text);
    words(cells === null ? null : JSON.stringify(cells));
    appender.endRow();
  }

  private finish(): void {
    this.appender?.closeSync();
    this.appender = null;
  }
}

const commonest = 'n DESC, "column", value';

/**
 * SQL that makes the table of all entries.
 * @param select Rows with the columns of an entry, in any order.
 * @param order By what those of a kind are put in order.
 */
export function keptSql(select: string, order: string): string {
  return `CREATE TABLE ${ENTRIES} AS
SELECT kind, row_number() OVER (PARTITION BY kind ORDER BY ${order}) - 1 AS ordinal, line, byte, "column", count, reason, text, cells
FROM (${select}) ORDER BY kind, ordinal`;
}

/** The same text in memory of its own. */
function copied(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}

function detached(entry: Entry): Entry {
  return { ...entry, text: copied(entry.text), cells: entry.cells?.map(copied) ?? null };
}

/**
 * Some entries of a table, in order, and how many there are that meet the search.
 * @throws ProblemError `query-cancelled`.
 */
export async function entriesPage(
  session: Session,
  table: Table,
  ask: EntriesWanted,
  signal?: AbortSignal,
): Promise<EntriesFound> {
  const { kind, search } = ask;
  const offset = Math.max(0, Math.trunc(ask.offset));
  const limit = Math.min(PAGE_MAX, Math.max(0, Math.trunc(ask.limit)));
  const travelling = travellingEntries(table.receipt, { kind, offset, limit, search });
  if (travelling !== null) return travelling;
  const from = `FROM ${session.beside(table.name, ENTRIES)} WHERE kind = ${literal(kind)}`;
  const fields = 'SELECT line, byte, "column", count, reason, text, cells';
  const read = async (sql: string) =>
    (await session.query(sql, signal)).rows.map((row): Entry => entryFrom(kind, row));
  if (search === '') {
    const entries = await read(
      `${fields} ${from} AND ordinal >= ${offset} AND ordinal < ${offset + limit} ORDER BY ordinal`,
    );
    return { entries, total: entryCount(table.receipt, kind) };
  }
  const words = literal(search.toLowerCase());
  const found = `${from} AND (contains(lower(text), ${words}) OR contains(lower(reason), ${words}) OR contains(lower("column"), ${words}))`;
  const { rows } = await session.query(`SELECT count(*) ${found}`, signal);
  const entries = await read(`${fields} ${found} ORDER BY ordinal LIMIT ${limit} OFFSET ${offset}`);
  return { entries, total: Number(rows[0]?.[0] ?? 0) };
}

/** All entries of a table, kind after kind, some at a time. @throws ProblemError `query-cancelled`. */
export async function* allEntries(
  session: Session,
  table: Table,
  signal?: AbortSignal,
): AsyncGenerator<readonly Entry[]> {
  for (const kind of entryKinds) {
    const total = entryCount(table.receipt, kind);
    for (let offset = 0; offset < total; offset += PAGE_MAX) {
      const wanted = { kind, offset, limit: PAGE_MAX, search: '' };
      yield (await entriesPage(session, table, wanted, signal)).entries;
    }
  }
}

function entryFrom(kind: EntryKind, row: readonly Cell[]): Entry {
  const [line, byte, column, count, reason, text, cells] = row;
  const whole = (cell: Cell | undefined) => (cell === null || cell === undefined ? null : Number(cell));
  return {
    kind,
    line: whole(line),
    byte: whole(byte),
    column: column === null || column === undefined ? null : String(column),
    count: Number(count),
    reason: String(reason),
    text: String(text),
    cells: cells === null || cells === undefined ? null : (JSON.parse(String(cells)) as string[]),
  };
}
