/**
 * What the window, the command line and the tests may ask of the service, and what it tells them. Types only.
 *
 * One argument, one answer. Rows travel as Arrow IPC bytes and are always bounded; facts travel as values. A long thing
 * has a job, arrives in pieces as events, can be cancelled, and a newer one with the same key replaces it.
 */

import type { ColumnComparison } from './core/compare/comparison';
import type { Matching } from './core/compare/match';
import type { Side, SideFacts } from './core/compare/side';
import type { DesignProblem } from './core/design/check';
import type { Design, Join, MemberRef } from './core/design/design';
import type { ModelQuery, RowsQuery } from './core/design/query';
import type { Spec, TargetOptions } from './core/export/target';
import type { Filter } from './core/filter';
import type { GrainsFound } from './core/grain/grain';
import type { JoinAsk, JoinEffect, JoinsFound, MeasuredJoin } from './core/join/join';
import type { RowKind } from './core/join/rows';
import type {
  AboutAsk,
  EffectAsk,
  MissingAbout,
  MissingAsk,
  MissingDisguised,
  MissingEffect,
  MissingMatrix,
  MissingOverview,
  MissingTogether,
} from './core/missing/missing';
import type {
  AgreementAnswer,
  BenchAnswer,
  CurveAnswer,
  DistanceAnswer,
  Outcome,
  StripAnswer,
} from './core/outlier/bench';
import type { MethodName, Rule } from './core/outlier/method';
import type { Problem } from './core/problem';
import type { AlertHint, AskedAlerts } from './core/profile/alert/ask';
import type { Alert, ColumnProfile } from './core/profile/profile';
import type { Described } from './core/profile/statistic';
import type { AssociationMatrix, Breaks, Coefficient, Findings, PairView } from './core/relation/relation';
import type { EntriesFound, EntryKind } from './core/source/entries';
import type { Dialect, Part, Preview } from './core/source/receipt';
import type { Cell, Column, Table } from './core/table';

export type { DesignProblem } from './core/design/check';
export type { ModelQuery, RowsQuery } from './core/design/query';

export type { Filter } from './core/filter';

/** One Arrow IPC stream: schema, then record batches. */
export type ArrowBytes = Uint8Array;

export interface RowsAsk {
  readonly table: string;
  /** In this order; empty means all. */
  readonly columns: readonly string[];
  readonly offset: number;
  /** At most 10,000. */
  readonly limit: number;
  readonly sort?: readonly { readonly column: string; readonly descending: boolean }[];
  readonly filter?: readonly Filter[];
}

/** A column in the rows of its table that meet every filter. */
export interface OutlierAsk {
  readonly table: string;
  readonly column: string;
  readonly filter?: readonly Filter[];
}

/** Settings of methods; of those that are not named the usual ones. */
export type OutlierParameters = Partial<Readonly<Record<MethodName, number>>>;

/** A value of a measure on the loaded data, and what it rests on. */
export interface MeasureValue {
  /** null if there are no rows or the measure is not defined on them. */
  readonly value: Cell;
  /** Rows that took part, after the measure's filter. */
  readonly rows: number;
  /** Rows of the table. */
  readonly of: number;
  readonly sql: string;
  readonly ms: number;
  /** By the asked dimension, largest rows first, at most 12; absent if none was asked. */
  readonly breakdown?: {
    readonly dimension: string;
    readonly groups: readonly { readonly group: Cell; readonly value: Cell; readonly rows: number }[];
    readonly total: number;
  };
}

/** The values of a dimension on the loaded data. */
export interface DimensionValue {
  readonly distinct: number;
  readonly nulls: number;
  readonly rows: number;
  readonly top: readonly { readonly value: Cell; readonly count: number }[];
  readonly sql: string;
  readonly ms: number;
}

/** A small answer as values, for scripts and for the window's side panes. */
export interface Answer {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly (readonly Cell[])[];
  readonly sql: string;
  readonly ms: number;
  /** Whether more rows exist than were sent. */
  readonly more: boolean;
  /** What somebody should know who reads the answer. */
  readonly notes?: readonly string[];
}

/** What opening a design gave: the design itself, the tables that could be read, and what could not. */
export interface OpenedDesign {
  readonly path: string;
  readonly design: Design;
  readonly tables: readonly Table[];
  readonly problems: readonly Problem[];
  /** The sources among `design.sources` that could not be read, each with the one of `problems` that says why. */
  readonly unread: readonly { readonly source: string; readonly problem: Problem }[];
}

/** What a sample of a file says before the file is read. */
export interface Glance {
  readonly path: string;
  /** Of the sample: each figure counts its rows only, and its evidence says `sample`. */
  readonly profiles: readonly ColumnProfile[];
  /** Rows of the sample. */
  readonly rows: number;
  /** Bytes that were looked at, and bytes of the file. */
  readonly seen: number;
  readonly bytes: number;
}

/** What the window knows of a table, for a report. */
export interface ReportedTable {
  readonly table: string;
  /** Over all rows, of the columns that are profiled so far. */
  readonly profiles: readonly ColumnProfile[];
  /** Rows equal to an earlier one; null if that is not known. */
  readonly duplicates: number | null;
  /** Alerts that were not looked for, in words. */
  readonly unlooked: readonly string[];
  readonly alerts: readonly Alert[];
  readonly muted: readonly (Alert & { readonly reason: string })[];
}

/** The first rows of a file, each value as it is spelt; at most 60 rows, 100 columns and 200 characters of a value. */
export interface FirstRows {
  readonly columns: readonly string[];
  /** Columns of the file. */
  readonly of: number;
  readonly rows: readonly (readonly string[])[];
}

/** Rows that were looked for, at most 1,000 of `total`: the columns of the key first, then others of the table. */
export interface RowsFound {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  readonly total: number;
  readonly sql: string;
}

export interface Requests {
  /**
   * Reads a file. Opening a path that is open already reads it anew under its name, and as the part of it that is open
   * unless another is asked for. Reports a job while it reads. What rests on it is made anew before it answers.
   */
  'source:open': {
    ask: { path: string; name?: string; dialect?: Partial<Dialect>; part?: Part };
    answer: Table;
  };
  /**
   * What a file looks like under a dialect, before it is read. Looks at its first 2 MB; of a sheet or a table at its
   * first rows. Of several parts it shows the first unless one is asked for.
   */
  'source:preview': { ask: { path: string; dialect?: Partial<Dialect>; part?: Part }; answer: Preview };
  /**
   * The first rows of a file, to be shown while it is read; of text only its first 256 kB are looked at. With `least` only a
   * plain text file of so many bytes is looked at, and the answer is null for any other.
   */
  'source:first': {
    ask: { path: string; dialect?: Partial<Dialect>; part?: Part; least?: number };
    answer: FirstRows | null;
  };
  /** A profile of rows from all over a large text file, while the whole is still read; the first 100 columns. */
  'source:glance': { ask: { path: string; dialect?: Partial<Dialect> }; answer: Glance };
  /**
   * Writes a file out clean, CSV or Parquet by the ending of `to`: each value as it stands in the file, or `typed` in ISO
   * spelling. A CSV has a header if the file has one, or if `nameAll`.
   */
  'source:convert': {
    ask: {
      path: string;
      dialect?: Partial<Dialect>;
      part?: Part;
      to: string;
      typed: boolean;
      nameAll: boolean;
    };
    answer: Omit<Table, 'name'>;
  };
  /**
   * Makes a table of what a query over open tables answers: exactly one SELECT. Replaces the derived table that has the
   * name, and makes anew what rests on it. Costs nothing if the query and what it reads are as they were. Reports a job.
   */
  'source:derive': { ask: { name: string; query: string }; answer: Table };
  /** The first 100 rows of what such a query answers; with `name`, as a query of that table. */
  'source:derive-preview': { ask: { query: string; name?: string }; answer: Answer };
  /** The sheets of a workbook, the tables of a database, the entries of an archive; empty if the path is none of these. */
  'source:parts': { ask: { path: string }; answer: readonly Part[] };
  /**
   * Entries of the receipt of a table, at most 10,000 of them from `offset` on; with `search`, those in whose text, reason or
   * column the words stand, in any case.
   */
  'receipt:entries': {
    ask: { table: string; kind: EntryKind; offset: number; limit: number; search?: string };
    answer: EntriesFound;
  };
  /** Writes every reject, mend, skip and misfit of a table to a CSV file; answers how many entries. */
  'source:receipt': { ask: { table: string; path: string }; answer: { written: number } };
  /** Readings kept for files of a pattern; `dialect` null forgets it. A pattern is a file name in which `*` is anything. */
  'reading:remember': { ask: { pattern: string; dialect: Partial<Dialect> | null }; answer: null };
  'reading:list': { ask: null; answer: readonly { pattern: string; dialect: Partial<Dialect> }[] };
  'source:close': { ask: { table: string }; answer: null };
  'source:list': { ask: null; answer: readonly Table[] };
  /** Paths of the bundled sample, in the order to open them. */
  'source:sample': { ask: null; answer: readonly string[] };
  /** `total` counts the rows under the filter. */
  'table:rows': { ask: RowsAsk; answer: { ipc: ArrowBytes; total: number; sql: string } };
  /**
   * Profiles columns in the given order (what is visible first); results arrive as `profile` events. Of a large table each
   * column comes twice: first from a sample, then from all rows, where what would be dear is estimated unless `exact`.
   */
  'profile:start': {
    ask: {
      table: string;
      columns: readonly string[];
      filter?: readonly Filter[];
      /** A condition in SQL, in addition to the filter. */
      where?: string;
      exact?: boolean;
      /** A random sample to stand for the whole: figures are grown to all rows and tell their error. */
      sample?: { rows: number; seed: number };
    };
    answer: { job: string };
  };
  /** What each column lacks. */
  'missing:overview': { ask: MissingAsk; answer: MissingOverview };
  /** Which values may stand for a missing one. */
  'missing:disguised': { ask: MissingAsk; answer: MissingDisguised };
  /** What each of about 200 strips of rows in file order lacks; the 120 columns that lack most. */
  'missing:matrix': { ask: MissingAsk; answer: MissingMatrix };
  /** Which columns lack values in the same rows; the 60 that lack most. */
  'missing:together': { ask: MissingAsk; answer: MissingTogether };
  /** What the missing of one column depends on: time, file, other columns. */
  'missing:about': { ask: AboutAsk; answer: MissingAbout };
  /** What dropping rows or filling values in would change. */
  'missing:effect': { ask: EffectAsk; answer: MissingEffect };
  /** Rows equal to an earlier row in every column. */
  'table:duplicates': {
    ask: { table: string; where?: string; exact?: boolean };
    answer: { duplicates: number; sql: string };
  };
  /** The columns of a side of a comparison; a problem says what is wrong with its condition or its query. */
  'compare:side': { ask: { side: Side }; answer: { columns: readonly Column[] } };
  /**
   * Compares two sides, column by column; results arrive as `sides` and `compared` events. The first 500 pairs of columns
   * unless `all`; `compared` is how many.
   */
  'compare:start': {
    ask: { a: Side; b: Side; all?: boolean };
    answer: { job: string; matching: Matching; compared: number };
  };
  /**
   * Alerts that the profiles do not show: equal rows, spelling of text, amounts over time. For columns with a hint.
   * Reports a job while it looks; a newer one for the table replaces the older.
   */
  'table:alerts': {
    ask: { table: string; hints: readonly AlertHint[]; where?: string };
    answer: AskedAlerts;
  };
  /**
   * How columns go together, up to 60 of them: the first that can be related, or those that are named. From a sample of
   * 20,000 rows; with `all`, what can be paid from all rows. Reports a job.
   */
  'relation:matrix': {
    ask: {
      table: string;
      columns: readonly string[];
      coefficient: Coefficient | 'auto';
      all: boolean;
      filter?: readonly Filter[];
    };
    answer: AssociationMatrix;
  };
  /** Two columns laid against each other. */
  'relation:pair': {
    ask: { table: string; a: string; b: string; filter?: readonly Filter[] };
    answer: PairView;
  };
  /** Which columns determine others, and which say the same twice. Reports a job. */
  'relation:findings': { ask: { table: string; filter?: readonly Filter[] }; answer: Findings };
  /** Rows that break a dependency, at most 1,000 of them. */
  'relation:breaks': {
    ask: {
      table: string;
      left: readonly string[];
      right: string;
      offset: number;
      limit: number;
      filter?: readonly Filter[];
    };
    answer: Breaks;
  };
  /**
   * The smallest sets of columns that identify a row, of at most `widest` columns (3 unless told), and those that nearly do.
   * Reports a job; a newer one for the table replaces the older.
   */
  'grain:find': { ask: { table: string; widest?: number }; answer: GrainsFound };
  /** Rows whose key is not whole or stands in other rows too, those of one key beside each other. */
  'grain:breaks': {
    ask: { table: string; columns: readonly string[]; offset: number; limit: number };
    answer: RowsFound;
  };
  /** Joins between these tables, by their values. Reports a job; a newer one replaces it. */
  'join:find': { ask: { tables: readonly string[] }; answer: JoinsFound };
  /** A join measured on all rows; a problem says why keys do not compare. */
  'join:measure': { ask: JoinAsk; answer: MeasuredJoin };
  /** Rows of one end whose key has no partner, is not whole, or stands in other rows of that end too. */
  'join:rows': {
    ask: JoinAsk & { side: 'from' | 'to'; kind: RowKind; offset: number; limit: number };
    answer: RowsFound;
  };
  /**
   * The measures of both logical tables alone and over `from LEFT JOIN to`; those that cannot be computed are left out. A
   * problem says if the join makes too many rows to compute.
   */
  'join:effect': { ask: { design: Design; join: Join }; answer: readonly JoinEffect[] };
  /** Every outlier method on a column: its fences and what it flags, or in words why it cannot work. */
  'outlier:bench': { ask: OutlierAsk & { parameters?: OutlierParameters }; answer: BenchAnswer };
  /** One method at one setting. */
  'outlier:count': { ask: OutlierAsk & { method: MethodName; parameter: number }; answer: Outcome };
  /** One method at every stop of its slider. */
  'outlier:curve': { ask: OutlierAsk & { method: MethodName }; answer: CurveAnswer };
  /** Rows that two methods flag alike, for every pair of methods that work on the column. */
  'outlier:agreement': { ask: OutlierAsk & { parameters?: OutlierParameters }; answer: AgreementAnswer };
  /** Values of a number column to draw, those a rule flags apart. */
  'outlier:strip': { ask: OutlierAsk & { flag: Rule['flag'] }; answer: StripAnswer };
  /** How far rows lie out in 2 to 20 number columns at once, on a sample of about 20,000 rows. */
  'outlier:distance': {
    ask: { table: string; columns: readonly string[]; filter?: readonly Filter[] };
    answer: DistanceAnswer;
  };
  /** Puts these columns first among those still waiting. */
  'profile:first': { ask: { job: string; columns: readonly string[] }; answer: null };
  'job:cancel': { ask: { job: string }; answer: null };
  'draft:measure': { ask: { design: Design; member: MemberRef; by?: string }; answer: MeasureValue };
  'draft:dimension': { ask: { design: Design; member: MemberRef }; answer: DimensionValue };
  /** Problems that only the data can show: expressions that do not bind, columns that are gone, divisions by zero. */
  'design:check': { ask: { design: Design }; answer: readonly DesignProblem[] };
  'design:query': { ask: { design: Design; query: ModelQuery }; answer: Answer };
  /** Rows of a logical table that meet conditions, at most 1,000; `total` is how many there are. */
  'design:rows': { ask: { design: Design; query: RowsQuery }; answer: Answer & { total: number } };
  'design:open': { ask: { path: string }; answer: OpenedDesign };
  /** Written atomically; answers the text that was written. */
  'design:save': { ask: { design: Design; path: string }; answer: { text: string } };
  /** The journal of the unsaved state; the newest wins. `design` null means there is nothing to restore. */
  'design:journal': { ask: { design: Design | null; path: string | null }; answer: null };
  /** What the journal holds, if the last session ended without saving. */
  'design:restore': { ask: null; answer: { design: Design; path: string | null; at: string } | null };
  /** Writes the spec; refuses a folder with foreign files unless `replace`. */
  'spec:write': {
    ask: { design: Design; target: string; options: TargetOptions; folder: string; replace: boolean };
    answer: { spec: Spec; folder: string; written: readonly string[] };
  };
  /** Writes a report on the profiles of open tables, Markdown or HTML by the ending of the path. */
  'report:write': {
    ask: { path: string; tables: readonly ReportedTable[]; where?: string };
    answer: { characters: number };
  };
  /**
   * Writes statistics of columns to a CSV file, a line for each; see `statisticsCsv` for its columns. Those of no known
   * key are left out.
   */
  'statistics:write': {
    ask: {
      path: string;
      columns: readonly Described[];
      statistics: readonly string[];
      filter: readonly Filter[];
    };
    answer: { written: number };
  };
  'engine:status': { ask: null; answer: EngineStatus };
}

export interface EngineStatus {
  /** Resident memory of the engine's process in bytes. */
  readonly memory: number;
  readonly version: string;
  /** As set on DuckDB, for example `4.0 GiB`. */
  readonly limit: string;
}

export type JobState = 'running' | 'done' | 'cancelled' | 'failed';

export interface Job {
  readonly id: string;
  readonly kind: 'open' | 'profile' | 'compare' | 'alerts' | 'relations' | 'grain' | 'joins' | 'export';
  /** What the user reads: `Profiling transactions`. */
  readonly title: string;
  readonly table?: string;
  readonly state: JobState;
  /** 0…1; null while unknown. */
  readonly progress: number | null;
  /** `7 of 11 columns`, `42,199 rows · 212 ms`. */
  readonly detail: string;
  readonly problem?: Problem;
}

/** Events, pushed in order. */
export type ServiceEvent =
  | { readonly event: 'job'; readonly job: Job }
  | {
      readonly event: 'profile';
      readonly job: string;
      readonly table: string;
      readonly profile: ColumnProfile;
      readonly filtered: boolean;
    }
  | { readonly event: 'sides'; readonly job: string; readonly sides: readonly [SideFacts, SideFacts] }
  | { readonly event: 'compared'; readonly job: string; readonly column: ColumnComparison }
  /** A derived table was made anew, because one that it reads was read anew. */
  | { readonly event: 'derived'; readonly table: Table }
  /**
   * A file changed or went away on disk while it was open, or a derived table could not be made anew: its rows are those
   * of before.
   */
  | { readonly event: 'source'; readonly table: string; readonly problem: Problem };

/** An Error loses all but its message on the way across; a reply does not. A fault is ours and has no remedy but the log. */
export type Reply<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: Problem }
  | { readonly ok: false; readonly fault: string };

export type Request = keyof Requests;
export type Ask<R extends Request> = Requests[R]['ask'];
export type AnswerOf<R extends Request> = Requests[R]['answer'];

/** Kept once, by service.ts; spoken over a port, by the CLI and by the tests alike. */
export type Service = {
  [R in Request]: (ask: Ask<R>, signal?: AbortSignal) => Promise<Reply<AnswerOf<R>>>;
};

/** What goes over the port. The window numbers its calls; a cancel names one. */
export type ToHost =
  | { readonly call: number; readonly request: Request; readonly ask: unknown }
  | { readonly cancel: number };
export type FromHost =
  | { readonly ready: true; readonly version: string }
  | { readonly call: number; readonly reply: Reply<unknown> }
  | ServiceEvent;

/** What the preload script gives the window as `window.assay`; only what needs Electron. */
export interface Bridge {
  /** Asks for a port to the host; it arrives as a window message 'engine-port', again after each restart of the host. */
  connect(): void;
  /** The path of a file that was dropped or chosen; '' if it has none. */
  pathOf(file: File): string;
  openFiles(): Promise<readonly string[]>;
  openDesign(): Promise<string | null>;
  saveDesign(suggested: string): Promise<string | null>;
  /** Where a report is to be written; ends in `.html` or `.md`. */
  saveReport(suggested: string): Promise<string | null>;
  /** Where a table of figures is to be written; ends in `.csv`. */
  saveFigures(suggested: string): Promise<string | null>;
  chooseFolder(): Promise<string | null>;
  showItem(path: string): void;
  recent(): Promise<readonly Recent[]>;
  noteRecent(path: string, kind: Recent['kind']): void;
  /** Paths given on the command line or by the system. */
  onOpenPaths(listener: (paths: readonly string[]) => void): void;
  onHost(listener: (state: HostState) => void): void;
  onMenu(listener: (command: string) => void): void;
  window(action: 'minimize' | 'maximize' | 'close'): void;
  onCloseAsked(listener: () => void): void;
  readonly platform: string;
  readonly version: string;
}
export interface Recent {
  readonly path: string;
  readonly kind: 'source' | 'design';
  readonly missing: boolean;
}
export type HostState =
  | { readonly state: 'up' }
  | { readonly state: 'restarting'; readonly reason: string }
  | { readonly state: 'down'; readonly reason: string };
