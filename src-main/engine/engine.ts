/**
 * The engine: the tables that are open, and what can be asked of them.
 */
import { mkdir, stat } from 'node:fs/promises';
import { basename, isAbsolute, join, resolve } from 'node:path';
import type { EngineStatus, FirstRows, Glance, RowsAsk } from '../contract';
import type { Side } from '../core/compare/side';
import { derivedCircle, readAmong, restingOn } from '../core/design/derived';
import { sameName } from '../core/design/expression';
import { type Filter, filterSql } from '../core/filter';
import { type Problem, ProblemError, problem } from '../core/problem';
import type { AlertHint, AskedAlerts } from '../core/profile/alert/ask';
import type { ColumnProfile } from '../core/profile/profile';
import { windowSql, windowsFor } from '../core/profile/sample';
import type { AssociationMatrix, Breaks, Findings, PairView } from '../core/relation/relation';
import type { EntriesFound, EntriesWanted, Entry } from '../core/source/entries';
import { isSamePart } from '../core/source/part';
import type { Dialect, Part, Preview } from '../core/source/receipt';
import { freeOf, identifier } from '../core/sql';
import type { Column, Table } from '../core/table';
import { askAlerts } from './alerts';
import { type ConvertAsk, convert } from './convert';
import { tidyCopies } from './copies';
import { checkedQuery, type DeriveAsk, derive, queryProblem } from './derive';
import { allEntries, entriesPage } from './entries';
import { countEqualRows } from './equal-rows';
import { type FirstRowsAsk, firstRows } from './first';
import { type GlanceAsk, glance } from './glance';
import { load } from './load';
import { partsOf } from './parts';
import { type PreviewAsk, preview } from './preview';
import type { Clock } from './profile';
import { profileTable, type RandomSample } from './profile-table';
import { type BreaksAsk, relationBreaks, relationFindings } from './relation-findings';
import { relationPair } from './relation-pair';
import { type MatrixAsk, type Progress, relationMatrix } from './relations';
import { Rows } from './rows';
import { type Query, type Result, Session, type SessionOptions } from './session';
import { type Comparing, compareSides, sideColumns } from './sides';

export interface EngineOptions {
  /** Folder for copies and for what does not fit in memory; everything in it may be deleted while Assay is closed. */
  readonly cache: string;
  readonly memory: string;
  readonly threads?: number;
  readonly clock: Clock;
}

export interface OpenAsk {
  readonly path: string;
  readonly name: string;
  readonly dialect?: Partial<Dialect>;
  readonly part?: Part;
  readonly onProgress?: (share: number | null) => void;
  readonly signal?: AbortSignal;
}

/** Rows of a table to look at: those that meet every filter and the condition; '' is none. */
export interface Selection {
  readonly filter: readonly Filter[];
  readonly where: string;
}

/** Up to so many cells rows are compared value by value. */
const DISTINCT_CELLS = 6_000_000;
/** Rows beside one another that are told apart from the others of a sample: they are often alike. */
const STRETCH = 256;

/** A selection of a table that can be asked on one connection, where temporary tables stay from one statement to the next. */
export interface Reach {
  readonly table: Table;
  /** What stands behind FROM. Name the columns: `*` may hold the row number too. */
  readonly from: string;
  /** The same as somebody writes it who computes the figures again. */
  readonly shown: string;
  /** As `from`, with the place of each row in the file from 0 as a column more, which is named so. */
  readonly placed: { readonly from: string; readonly shown: string; readonly place: string };
  /** About so many rows of the table from all over it, and of these what the selection holds; `whole` if that is all. */
  sample(rows: number): { readonly from: string; readonly whole: boolean };
  readonly query: Query;
}

/** What stands behind FROM for a selection of a table. */
function fromSql(from: string, { filter, where }: Selection, window = ''): string {
  const conditions = [
    ...(window === '' ? [] : [window]),
    ...filter.map(filterSql),
    ...(where === '' ? [] : [`(${where}\n)`]),
  ];
  return conditions.length === 0 ? from : `(FROM ${from} WHERE ${conditions.join(' AND ')})`;
}

/** A selection with the place of each row, under a name that no column has. */
function placedSql(table: Table, from: string, row: string, selection: Selection): Reach['placed'] {
  const taken = table.columns.map((c) => c.name);
  const place = freeOf([...taken, row], 'assay_row');
  const numbered = (number: string, of: string) =>
    fromSql(`(SELECT *, ${number} AS ${place} FROM ${of})`, selection);
  return {
    from: numbered(row, from),
    shown: numbered('row_number() OVER () - 1', identifier(table.name)),
    place,
  };
}

export class Engine {
  private readonly tables = new Map<string, Table>();
  private readonly session: Session;
  private readonly rows: Rows;
  private readonly limits: SessionOptions;

  private constructor(private readonly options: EngineOptions) {
    this.limits = {
      tables: join(options.cache, 'tables'),
      temporary: join(options.cache, 'spill'),
      memory: options.memory,
      ...(options.threads ? { threads: options.threads } : {}),
    };
    this.session = new Session(this.limits);
    this.rows = new Rows(this.session);
  }

  static async start(options: EngineOptions): Promise<Engine> {
    const engine = new Engine(options);
    await mkdir(engine.limits.tables, { recursive: true });
    await mkdir(engine.limits.temporary, { recursive: true });
    await tidyCopies(engine.limits.tables);
    return engine;
  }

  list(): readonly Table[] {
    return [...this.tables.values()];
  }

  /** @throws ProblemError `table-missing`. */
  table(name: string): Table {
    const table = this.tables.get(name);
    if (table === undefined) throw new ProblemError(problem('table-missing', { table: name }));
    return table;
  }

  /** The table read from this path, and from this part of it if one is named, if it is open. */
  at(path: string, part?: Part): Table | undefined {
    return this.list().find(
      (t) =>
        t.source.path === resolve(path) && (part === undefined || isSamePart(t.source.part ?? null, part)),
    );
  }

  /** What a file looks like under a dialect. */
  preview(ask: PreviewAsk): Promise<Preview> {
    return preview({ ...ask, path: resolve(ask.path) }, this.limits);
  }

  /** The first rows of a file; null if it is not worth the look. */
  first(ask: FirstRowsAsk, signal?: AbortSignal): Promise<FirstRows | null> {
    return firstRows({ ...ask, path: resolve(ask.path) }, this.limits, signal);
  }

  /** What a sample from all over a text file says of its columns. */
  glance(ask: GlanceAsk, signal?: AbortSignal): Promise<Glance> {
    return glance({ ...ask, path: resolve(ask.path) }, this.limits, this.options.clock, signal);
  }

  /** What of a container can be opened as a table each. */
  parts(path: string, signal?: AbortSignal): Promise<readonly Part[]> {
    return partsOf(resolve(path), this.limits, signal);
  }

  /** Writes a file out clean. */
  async convert(ask: ConvertAsk): Promise<Omit<Table, 'name'>> {
    return (await convert({ ...ask, path: resolve(ask.path), to: resolve(ask.to) }, this.limits)).table;
  }

  /** Reads a file and makes it a table; replaces the table that has the name. */
  async open(ask: OpenAsk): Promise<Table> {
    const path = isAbsolute(ask.path) ? ask.path : resolve(ask.path);
    const { name: _, ...rest } = ask;
    const loaded = await load({ ...rest, path }, this.limits);
    const table: Table = { name: ask.name, ...loaded.table };
    await this.session.add(
      ask.name,
      loaded.reading,
      table.columns.map((c) => c.name),
    );
    this.rows.forget(ask.name);
    this.tables.set(ask.name, table);
    return table;
  }

  /**
   * Makes a table of what a query over open tables answers; replaces the derived table that has the name.
   * @throws ProblemError `query-invalid`, `query-circular`, `query-source-missing`, `table-taken`, `name-empty`,
   *  `query-cancelled` or `memory-exhausted`.
   */
  async derive(ask: Omit<DeriveAsk, 'reads'>): Promise<Table> {
    const { name, signal } = ask;
    if (name.trim() === '')
      throw new ProblemError(problem('name-empty', { table: 'the design', kind: 'table' }));
    const taken = this.list().find((t) => sameName(t.name, name));
    if (taken !== undefined && (taken.name !== name || taken.source.made === undefined))
      throw new ProblemError(problem('table-taken', { name }));
    const query = checkedQuery(name, ask.query);
    await this.checkQuery(name, query, signal);
    const reads = this.readBy(query).map((read) => ({ name: read, reading: this.session.readingOf(read) }));
    const derived = await derive({ ...ask, query, reads }, this.limits, this.options.clock);
    const table: Table = { name, ...derived.table };
    const columns = table.columns.map((c) => c.name);
    // The very same copy is there already: what runs on it need not be let go.
    const held = this.tables.has(name) ? this.session.readingOf(name) : null;
    if (held?.kind !== 'copy' || held.file !== derived.reading.file) {
      await this.session.add(name, derived.reading, columns);
      this.rows.forget(name);
    }
    this.tables.set(name, table);
    return table;
  }

  /** The first rows of what a query answers, and one more if there are more. `name` is the table it is to make, or ''. */
  async previewQuery(name: string, text: string, rows: number, signal?: AbortSignal): Promise<Result> {
    const query = checkedQuery(name, text);
    await this.checkQuery(name, query, signal);
    try {
      return await this.session.query(`FROM (\n${query}\n) LIMIT ${rows + 1}`, signal);
    } catch (error) {
      throw asQueryProblem(name, query, error, 1);
    }
  }

  /** The derived tables that rest on a table, directly or through others, in the order in which they are made. */
  restingOn(name: string): readonly Table[] {
    return restingOn(this.derivables(), name).map((one) => this.table(one.name));
  }

  /** The open tables that a query reads. */
  private readBy(query: string): readonly string[] {
    return readAmong(
      query,
      this.list().map((t) => t.name),
    );
  }

  private derivables() {
    return this.list().map(({ name, source: { made } }) => ({
      name,
      ...(made ? { query: made.query } : {}),
    }));
  }

  /** Refuses a query that is not exactly one SELECT over open tables, or that the table it makes would be read by. */
  private async checkQuery(name: string, query: string, signal?: AbortSignal): Promise<void> {
    const others = this.derivables().filter((one) => one.name !== name);
    const circle = derivedCircle([...others, { name, query }], name);
    if (circle !== null)
      throw new ProblemError(problem('query-circular', { name, path: circle.join(' → ') }));
    try {
      await this.session.checkSelect(query, signal);
    } catch (error) {
      throw asQueryProblem(name, query, error);
    }
  }

  async closeTable(name: string): Promise<void> {
    this.tables.delete(name);
    this.rows.forget(name);
    await this.session.remove(name);
  }

  page(ask: RowsAsk, signal?: AbortSignal): Promise<{ ipc: Uint8Array; total: number; sql: string }> {
    const table = this.table(ask.table);
    for (const column of ask.columns) this.columnOf(table, column);
    return this.rows.page(table, ask, signal);
  }

  /**
   * Profiles columns of a selection, those that `waiting` begins with first.
   * @param waiting Names; it is emptied, and may be put in another order meanwhile.
   * @param how Whether estimates are not wanted, and whether a random sample is to stand for the whole.
   * @param done Called with each profile; those that are not `final` are of a sample and are told again.
   */
  async profile(
    name: string,
    selection: Selection,
    waiting: string[],
    how: { readonly exact: boolean; readonly sample: RandomSample | null },
    done: (profile: ColumnProfile, final: boolean) => void,
    signal?: AbortSignal,
  ): Promise<void> {
    const table = this.table(name);
    for (const column of waiting) this.columnOf(table, column);
    const { from: numbered, row } = this.session.numbered(name);
    // Behind a condition the number of a row is there only if it is a column.
    const from = row === 'rowid' ? `(SELECT *, rowid FROM ${numbered})` : numbered;
    await profileTable({
      table,
      origin: { read: fromSql(from, selection), shown: fromSql(identifier(name), selection) },
      whole: selection.filter.length === 0 && selection.where === '',
      waiting,
      ...how,
      row,
      clock: this.options.clock,
      lane: (work) => this.session.lane(signal, work),
      drop: (kept) => this.session.drop(kept),
      windows: (rows) => {
        const windows = windowsFor(table.rows, rows);
        if (windows === null) return null;
        return {
          from: fromSql(from, selection, windowSql(row, windows)),
          stretch: `${identifier(row)} // ${STRETCH}`,
          share: windows.rows / windows.stride,
        };
      },
      done,
    });
  }

  /** Alerts that the profiles of the columns do not show. */
  alerts(
    name: string,
    hints: readonly AlertHint[],
    where: string,
    onProgress: (share: number) => void,
    signal?: AbortSignal,
  ): Promise<AskedAlerts> {
    const work = (reach: Reach) => askAlerts(reach, hints, this.options.clock, onProgress);
    return this.lane(name, { filter: [], where }, work, signal);
  }

  /** Works on a selection of a table by statements of one connection. */
  lane<T>(
    name: string,
    selection: Selection,
    work: (reach: Reach) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    const reach = this.reach(name, selection);
    return this.session.lane(signal, (query) => work({ ...reach, query }));
  }

  /** Works on all rows of several tables by statements of one connection. */
  lanes<T>(
    names: readonly string[],
    work: (reaches: readonly Omit<Reach, 'query'>[], query: Query) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    const reaches = names.map((name) => this.reach(name, { filter: [], where: '' }));
    return this.session.lane(signal, (query) => work(reaches, query));
  }

  /** Where a selection of a table is read. */
  reach(name: string, selection: Selection): Omit<Reach, 'query'> {
    const table = this.table(name);
    // Read past the view: binding its columns costs more than the work itself where there are thousands.
    const { from, row } = this.session.numbered(name);
    const sample = (rows: number) => {
      const windows = windowsFor(table.rows, rows);
      return windows === null
        ? { from: fromSql(from, selection), whole: true }
        : { from: fromSql(from, selection, windowSql(row, windows)), whole: false };
    };
    return {
      table,
      from: fromSql(from, selection),
      shown: fromSql(identifier(name), selection),
      placed: placedSql(table, from, row, selection),
      sample,
    };
  }

  /** The columns of a side of a comparison. @throws ProblemError `query-failed` with what is wrong with it. */
  sideColumns(side: Side, signal?: AbortSignal): Promise<readonly Column[]> {
    return sideColumns(this.session, this, side, signal);
  }

  /** Compares two sides, column by column. The sides are those that `sideColumns` let pass. */
  compare(comparing: Comparing, signal?: AbortSignal): Promise<void> {
    return compareSides(this.session, this, this.options.clock, comparing, signal);
  }

  /** How columns of a selection go together. */
  relationMatrix(
    name: string,
    selection: Selection,
    ask: MatrixAsk,
    progress: Progress,
    signal?: AbortSignal,
  ): Promise<AssociationMatrix> {
    for (const column of ask.columns) this.columnOf(this.table(name), column);
    const work = (reach: Reach) => relationMatrix(reach, ask, this.options.clock, progress);
    return this.lane(name, selection, work, signal);
  }

  /** Two columns of a selection laid against each other. */
  relationPair(
    name: string,
    selection: Selection,
    a: string,
    b: string,
    signal?: AbortSignal,
  ): Promise<PairView> {
    const [one, other] = [a, b].map((column) => this.columnOf(this.table(name), column));
    const work = (reach: Reach) => relationPair(reach, one!, other!, this.options.clock);
    return this.lane(name, selection, work, signal);
  }

  /** Dependencies and redundancies of a selection. */
  relationFindings(
    name: string,
    selection: Selection,
    progress: Progress,
    signal?: AbortSignal,
  ): Promise<Findings> {
    return this.lane(
      name,
      selection,
      (reach) => relationFindings(reach, this.options.clock, progress),
      signal,
    );
  }

  /** Rows of a selection that break a dependency. */
  relationBreaks(name: string, selection: Selection, ask: BreaksAsk, signal?: AbortSignal): Promise<Breaks> {
    for (const column of [...ask.left, ask.right]) this.columnOf(this.table(name), column);
    return this.lane(name, selection, (reach) => relationBreaks(reach, ask), signal);
  }

  /** Entries of the receipt of a table, at most 10,000. */
  entries(name: string, wanted: EntriesWanted, signal?: AbortSignal): Promise<EntriesFound> {
    return entriesPage(this.session, this.table(name), wanted, signal);
  }

  /** All of them, some at a time. */
  allEntries(name: string, signal?: AbortSignal): AsyncGenerator<readonly Entry[]> {
    return allEntries(this.session, this.table(name), signal);
  }

  /** Rows equal to an earlier one. Of a large table they are compared by a hash of 64 bits unless `exact`. */
  async duplicates(
    name: string,
    where: string,
    exact: boolean,
    signal?: AbortSignal,
  ): Promise<{ duplicates: number; sql: string }> {
    const { rows: all, columns } = this.table(name);
    const from = fromSql(identifier(name), { filter: [], where });
    if (!exact && all * columns.length > DISTINCT_CELLS) {
      const names = columns.map((column) => column.name);
      const { counts, sql } = await this.session.lane(signal, (query) =>
        countEqualRows(query, from, [names]),
      );
      return { duplicates: counts[0] ?? 0, sql: sql.join(';\n') };
    }
    const sql = `SELECT (SELECT count(*) FROM ${from}) - (SELECT count(*) FROM (SELECT DISTINCT * FROM ${from}))`;
    const { rows } = await this.session.select(sql, signal);
    return { duplicates: Number(rows[0]?.[0] ?? 0), sql };
  }

  /** Runs one SELECT. @throws ProblemError `query-failed` with the SQL. */
  select(sql: string, signal?: AbortSignal): Promise<Result> {
    return this.session.select(sql, signal);
  }

  /** What became of the file of a table since it was read; null if nothing. */
  async changed(table: Table): Promise<Problem | null> {
    const { path, bytes, modified, files, made } = table.source;
    // What it reads speaks for it.
    if (made !== undefined) return null;
    try {
      const same = async (file: { path: string; bytes: number; modified: number }) => {
        const now = await stat(file.path);
        return now.size === file.bytes && now.mtimeMs === file.modified;
      };
      const all = await Promise.all((files ?? [{ path, bytes, modified }]).map(same));
      return all.every((unchanged) => unchanged)
        ? null
        : problem('source-changed', { table: table.name, path }, 'warning');
    } catch {
      return problem('source-gone', { table: table.name, path }, 'warning');
    }
  }

  async status(): Promise<EngineStatus> {
    const { rows } = await this.session.query("SELECT version(), current_setting('memory_limit')");
    return { memory: process.memoryUsage.rss(), version: String(rows[0]?.[0]), limit: String(rows[0]?.[1]) };
  }

  close(): Promise<void> {
    return this.session.close();
  }

  private columnOf(table: Table, name: string) {
    const column = table.columns.find((c) => c.name === name);
    if (column === undefined)
      throw new ProblemError(
        problem('column-missing', { table: table.name, column: name, used: 'the request' }),
      );
    return column;
  }
}

/** A failed query as a problem of the table that it is to make. */
function asQueryProblem(name: string, query: string, error: unknown, before = 0): unknown {
  return error instanceof ProblemError
    ? new ProblemError(queryProblem(name, query, error.problem, before))
    : error;
}

/** The stem of a file's name, from which a table's name is made. */
export function stemOf(path: string): string {
  return basename(path).replace(
    /(\.(csv|tsv|tab|psv|txt|dat|parquet|parq|pq|json|jsonl|ndjson|geojson|xlsx|xlsm|duckdb|ddb|gz|zst|zip))+$/i,
    '',
  );
}
