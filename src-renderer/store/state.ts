/**
 * The store's whole shape: what the window knows, slice by slice, and the verbs that change it. No React here.
 *
 * What can be derived is not stored: problems, suggestions, alerts and spec text are selectors (select.ts).
 */

import type {
  Answer,
  AnswerOf,
  Ask,
  DesignProblem,
  DimensionValue,
  EngineStatus,
  Filter,
  FirstRows,
  Glance,
  HostState,
  Job,
  MeasureValue,
  Recent,
  Reply,
  Request,
} from '#contract';
import type { Aggregation } from '#core/aggregation';
import type { ColumnComparison } from '#core/compare/comparison';
import type { Matching } from '#core/compare/match';
import type { Side, SideFacts } from '#core/compare/side';
import type { Design, DimensionType, Join, MemberRef, Muted } from '#core/design/design';
import type { Edit } from '#core/design/edit';
import type { ModelQuery } from '#core/design/query';
import type { AskedColumn, Question } from '#core/explore/question';
import type { JoinAsk, JoinsFound, Comparison as KeyComparison, MeasuredJoin } from '#core/join/join';
import type { Problem } from '#core/problem';
import type { AskedAlerts } from '#core/profile/alert/ask';
import type { Alert, ColumnProfile } from '#core/profile/profile';
import type { Described } from '#core/profile/statistic';
import type { EntriesFound, EntriesWanted } from '#core/source/entries';
import type { Candidate, ColumnReading, Dialect, Part, Preview, Proposal } from '#core/source/receipt';
import type { Table } from '#core/table';
import type { Failures } from './failures';

export type Place = 'data' | 'import' | 'profile' | 'model' | 'explore' | 'spec';

/** A view of Profile on a table. */
export type ProfileView = 'columns' | 'statistics' | 'outliers' | 'missing' | 'relations' | 'compare';

/** A view of Model on the design. */
export type ModelView = 'canvas' | 'members' | 'yaml';

/** A file that is still being read: its first rows, and once it has come a profile of a sample. */
export interface Arriving {
  readonly first: FirstRows;
  readonly glance: Glance | null;
}

export interface SourcesSlice {
  /** Open tables by name, and their order in the tree. */
  readonly tables: Readonly<Record<string, Table>>;
  readonly order: readonly string[];
  /** Tables whose file changed or went away since it was read. */
  readonly stale: Readonly<Record<string, Problem>>;
  readonly recent: readonly Recent[];
  /** What could not be opened, by file and part, until it is opened after all or dismissed. */
  readonly failures: Failures;
  /** Paths and names being read right now. */
  readonly reading: readonly string[];
  /** What is known of files whose reading takes long, by path, until they are read. */
  readonly arriving: Readonly<Record<string, Arriving>>;
  /** The arriving file that stands in the place of the rows; null once another table was chosen. */
  readonly arrivingShown: string | null;
  /** Opens sources (each an edit of the design) and designs alike; says in `problems` what could not be opened. */
  openPaths(paths: readonly string[]): Promise<void>;
  openSample(): Promise<void>;
  reload(table: string, dialect?: Partial<Dialect>): Promise<void>;
  /** Takes the source out of the design, with its members; undo brings both back. */
  closeTable(table: string): Promise<void>;
  /** @param key Of `failures`. */
  dismissFailure(key: string): void;
  /** Reads the list of recent files anew. */
  refreshRecent(): Promise<void>;
}

/** What is told about a file: which of its parts is meant (null for the first or only one), and how that is written. */
export interface Telling {
  readonly part: Part | null;
  readonly told: Partial<Dialect>;
}

/** A file in the Import place: what the user told about it so far, and what it would be read as. */
export interface ImportDraft extends Telling {
  /** Of the record it is kept in; tables of one file have a draft each. */
  readonly key: string;
  readonly path: string;
  /** The table it is open as; null if it could not be opened. */
  readonly table: string | null;
  /** The source of the design that it is; null if it is none yet. */
  readonly source: string | null;
  /** The sheets, files or tables that the file holds, in order; null until they are known. */
  readonly parts: readonly Part[] | null;
  /** Those of them, by name, that are ticked to become tables of their own. */
  readonly picked: readonly string[];
  /** How many of them are opened so far, while they are; null otherwise. */
  readonly opening: { readonly done: number; readonly of: number } | null;
  /** What is told in the reading in force; cancelling goes back to it. */
  readonly before: Telling;
  /** What was told before, and what was taken back; both end when the draft is applied. */
  readonly past: readonly Telling[];
  readonly future: readonly Telling[];
  /** The last preview that came; it stays, dimmed, while a newer one is made. */
  readonly preview: Preview | null;
  /** Whether `preview` is older than `told`. */
  readonly waiting: boolean;
  /** Why there is no preview of what is told. */
  readonly problem: Problem | null;
  /** The last proposal for each column; it stays once accepted, so that what it rests on can still be read. */
  readonly why: Readonly<Record<string, Proposal>>;
  /** Columns whose proposal was dismissed. */
  readonly dismissed: readonly string[];
  /** Whether the user chose between several readings; then the choice is not put again. */
  readonly chosen: boolean;
  /** The line and the column that are looked at. */
  readonly line: number | null;
  readonly column: string | null;
  /** Whether it is being read this way right now. */
  readonly applying: boolean;
}

/** A reading that is kept for files of a pattern. */
export interface RememberedReading {
  readonly pattern: string;
  readonly dialect: Partial<Dialect>;
}

export interface ImportSlice {
  /** Files in the Import place by their key; a draft stays until it is applied or cancelled. */
  readonly imports: Readonly<Record<string, ImportDraft>>;
  /** The key of the one in front. */
  readonly importKey: string | null;
  /** Readings kept for files of a pattern, as far as they were asked for. */
  readonly remembered: readonly RememberedReading[];
  /** Puts the file of an open table into the Import place and goes there. */
  importTable(table: string, column?: string): void;
  /** The same for what could not be opened. @param key Of `failures`, or the path of a file. */
  importFile(key: string): void;
  /** Sets a part of the dialect by hand. */
  tellDialect(change: Partial<Dialect>): void;
  /** Sets parts of it back to what is detected. */
  untellDialect(...keys: readonly (keyof Dialect)[]): void;
  /** Means another part of the file, or other cells of a sheet. What was told of another sheet, file or table is left. */
  tellPart(part: Part): void;
  /** Ticks parts of the file in front, or takes the ticks off. */
  pickParts(parts: readonly Part[], on: boolean): void;
  /**
   * Opens further parts of the file in front as tables of their own, in one edit, and takes their ticks off; answers how
   * many were opened.
   */
  openParts(parts: readonly Part[]): Promise<number>;
  /** Opens no more of them after the one that is being read. */
  stopOpening(): void;
  /** Sets how a column is read. */
  tellColumn(reading: ColumnReading): void;
  /** Sets a column back to what is detected. */
  untellColumn(column: string): void;
  /** Accepts what is proposed for these columns; for all that are open unless given. */
  acceptProposals(columns?: readonly string[]): void;
  dismissProposal(column: string): void;
  /** Takes another reading of the file; null keeps the one in use. */
  chooseReading(candidate: Candidate | null): void;
  /** Takes back the last thing told, or tells it again. */
  undoTold(): void;
  redoTold(): void;
  /** Makes the preview of a draft anew. */
  lookAgain(key: string): void;
  lookAt(at: { readonly line?: number | null; readonly column?: string | null }): void;
  /** Reads the file as told, and with `folder` all open text files beside it; one edit. Answers whether it was read. */
  applyReading(folder?: boolean): Promise<boolean>;
  /** Leaves the reading as it is. */
  cancelImport(): void;
  refreshRemembered(): Promise<void>;
  /** Keeps what is told in the Import place for files of a pattern; with `forget` the pattern is forgotten. */
  rememberReading(pattern: string, forget?: boolean): Promise<boolean>;
  /** Asks for a folder and writes what was rejected, mended, skipped and did not fit to a CSV file in it. */
  exportReceipt(table: string): Promise<boolean>;
}

/** A query that is to make a table, as it is typed, and what it answers. */
export interface QueryDraft {
  /** The derived table that it is to make anew; null for a new one. */
  readonly source: string | null;
  readonly name: string;
  readonly query: string;
  /** The first rows of the last query that could be run; they stay, dimmed, while a newer one cannot. */
  readonly preview: Answer | null;
  /** Whether the query is younger than what is shown of it. */
  readonly waiting: boolean;
  readonly problem: Problem | null;
  /** Whether the table is being made right now. */
  readonly making: boolean;
}

export interface DeriveSlice {
  /** By the table they make anew; '' is that of a new table. */
  readonly queryDrafts: Readonly<Record<string, QueryDraft>>;
  /** The key of the one that stands in the place of the rows; null while rows do. */
  readonly queryFront: string | null;
  /** Goes to the query of a derived table, or to that of a new one, as far as it was typed before. */
  draftQuery(table?: string): void;
  changeQuery(change: Partial<Pick<QueryDraft, 'name' | 'query'>>): void;
  /** Makes the table; one edit. Answers whether it was made. */
  makeQuery(): Promise<boolean>;
  /** Throws the draft in front away, and stops making its table. */
  cancelQuery(): void;
}

export interface ReceiptSlice {
  /** A page of the entries of an open table; null if there is no answer, which is said unless it was aborted. */
  askEntries(
    at: Omit<EntriesWanted, 'limit'> & { readonly table: string },
    signal?: AbortSignal,
  ): Promise<EntriesFound | null>;
}

/** What a table was asked for its alerts beyond the profiles of its columns, and the reading of it that answered. */
export interface Asked {
  readonly of: Table;
  readonly found: AskedAlerts;
}

export interface AlertSlice {
  /** By table, once all of its columns are profiled; what belongs to an earlier reading counts for nothing. */
  readonly asked: Readonly<Record<string, Asked>>;
  /** Mutes alerts of a table in one edit. */
  muteAlerts(table: string, alerts: readonly Alert[], reason: string): void;
  unmuteAlert(table: string, alert: Omit<Muted, 'reason'>): void;
  /** Goes to the rows an alert is about, under its filter. */
  showAlertRows(table: string, alert: Alert): void;
}

export interface ReportSlice {
  /** Asks for a path and writes a report on these tables, as far as they are profiled. Answers whether it was written. */
  writeReport(tables: readonly string[]): Promise<boolean>;
}

export interface StatisticsSlice {
  /** Statistics, by their key, that the table of all of them leaves out; outlives the window. */
  readonly statisticsHidden: readonly string[];
  hideStatistics(keys: readonly string[]): void;
  /**
   * Asks for a path and writes statistics of columns of a table to a CSV file, those of all rows or of those under its
   * filter. Answers whether it was written.
   */
  writeStatistics(table: string, wish: StatisticsWish): Promise<boolean>;
}

export interface StatisticsWish {
  /** In this order. */
  readonly columns: readonly Described[];
  /** By their key, in this order. */
  readonly statistics: readonly string[];
  /** Whether the figures are those under the filter. */
  readonly filtered: boolean;
}

/** What is asked of a table by the view that shows it. */
export type TableRequest = Extract<
  Request,
  | `missing:${string}`
  | `relation:${string}`
  | `outlier:${'bench' | 'count' | 'curve' | 'agreement' | 'strip' | 'distance'}`
>;

export interface AnswerSlice {
  /** Answers at once what was answered before and still holds. */
  askTable<R extends TableRequest>(
    request: R,
    ask: Ask<R>,
    signal?: AbortSignal,
  ): Promise<Reply<AnswerOf<R>>>;
}

export interface MissingSlice {
  /** Goes to Import with the column told to read these words as missing; it is read so when the user applies it. */
  treatAsMissing(table: string, column: string, words: readonly string[]): void;
}

export interface OutlierSlice {
  /** Drafts a segment of the rows that meet a condition on a column; answers its name, null if the table has no design. */
  draftSegment(table: string, column: string, condition: string): string | null;
}

export interface ProfileSlice {
  /** profiles[table][column]: over all rows. */
  readonly profiles: Readonly<Record<string, Readonly<Record<string, ColumnProfile>>>>;
  /** The same under the table's filter; absent while it has none. */
  readonly filtered: Readonly<Record<string, Readonly<Record<string, ColumnProfile>>>>;
  readonly filters: Readonly<Record<string, readonly Filter[]>>;
  /** Ensures that a profile is running or done; `first` are the columns on screen. */
  profile(table: string, first?: readonly string[]): void;
  /** Profiles a column once more without estimates, over all rows or under the filter. */
  makeExact(table: string, column: string, filtered: boolean): Promise<void>;
  /** Replaces the filter on this column (null takes it away); profiles under the filter anew. */
  filter(table: string, column: string, filter: Filter | null): void;
  clearFilters(table: string): void;
}

/** Which rows of a table are a side: `filter` are those under its filter, `others` those that are not. */
export type SideRows = 'all' | 'filter' | 'others' | 'where' | 'sample';

/** How a side of a comparison is chosen; what was typed stays while another choice is looked at. */
export interface SideDraft {
  /** null means the query. */
  readonly table: string | null;
  readonly rows: SideRows;
  readonly where: string;
  readonly sql: string;
}

/** A comparison that was asked for, and what came of it. */
export interface Comparison {
  readonly sides: readonly [Side, Side];
  /** The readings it rests on; others make it old. */
  readonly of: readonly Table[];
  /** null until the service has answered with it. */
  readonly job: string | null;
  readonly state: 'running' | 'done' | 'cancelled' | 'failed';
  readonly problem: Problem | null;
  readonly matching: Matching | null;
  /** Pairs of columns that are compared; fewer than match if there are very many. */
  readonly pairs: number;
  readonly facts: readonly [SideFacts, SideFacts] | null;
  /** In the order in which they came. */
  readonly columns: readonly ColumnComparison[];
}

export interface CompareSlice {
  /** The sides as they are chosen, and the last comparison, by the table in front. */
  readonly sideDrafts: Readonly<Record<string, readonly [SideDraft, SideDraft]>>;
  readonly comparisons: Readonly<Record<string, Comparison>>;
  /** Changes side A (0) or B (1). */
  draftSide(table: string, at: 0 | 1, change: Partial<SideDraft>): void;
  /** Opens files and makes the first of them a side; the table in front stays there. */
  openSide(table: string, at: 0 | 1, paths: readonly string[]): Promise<void>;
  /** What is wrong with a side; '' if nothing, null if the check was aborted. */
  checkSide(side: Side, signal: AbortSignal): Promise<string | null>;
  /** Compares the two sides as they are chosen; `all` goes beyond the first 500 pairs of columns. */
  compare(table: string, all?: boolean): Promise<void>;
  /** Puts columns of A first among those that still wait. */
  compareFirst(table: string, columns: readonly string[]): void;
}

/** One step of the history: the words of the edit and when it was made. */
export interface Step {
  readonly words: string;
  readonly at: number;
  readonly before: Design;
}

export interface DesignSlice {
  readonly design: Design;
  /** Where it is saved; null if it never was. */
  readonly path: string | null;
  /** The design as it stands on disk, compared by identity to know whether there is something to save. */
  readonly saved: Design;
  readonly past: readonly Step[];
  readonly future: readonly (Step & { readonly after: Design })[];
  edit(edit: Edit): void;
  undo(): void;
  redo(): void;
  /** Goes back or forth to just after the step at this index of past ++ future; −1 is the beginning. */
  travel(index: number): void;
  newDesign(): Promise<void>;
  openDesign(path: string): Promise<void>;
  /** Asks for a path if there is none, or if `as`. Answers whether it was saved. */
  save(as?: boolean): Promise<boolean>;
  /** What the last session left unsaved, until the user has said what becomes of it. */
  readonly restorable: Restorable | null;
  /** Takes up what was left, or throws it away. */
  restore(accept: boolean): Promise<void>;
  /** What waits for an answer about unsaved changes. */
  readonly unsavedAsked: 'close' | 'new' | 'open' | null;
  answerUnsaved(answer: 'save' | 'discard' | 'cancel'): void;
  /** Closes the window, after asking about unsaved changes. */
  closeWindow(): Promise<void>;
}

export interface Restorable {
  readonly design: Design;
  readonly path: string | null;
  /** ISO 8601. */
  readonly at: string;
}

export interface DraftSlice {
  /** Last good value of a member by `table.name`; stays while a newer one is computed or fails. */
  readonly measureValues: Readonly<Record<string, MeasureValue>>;
  readonly dimensionValues: Readonly<Record<string, DimensionValue>>;
  /** What is wrong with a member right now, as the data shows it; by `table.name`. */
  readonly valueProblems: Readonly<Record<string, Problem>>;
  /** Members whose value is being computed. */
  readonly computing: Readonly<Record<string, boolean>>;
  /** Problems that only the data can show. */
  readonly dataProblems: readonly DesignProblem[];
  /** The dimension of the breakdown, by member; absent means the first that fits. */
  readonly breakdownBy: Readonly<Record<string, string>>;
  breakDown(member: MemberRef, dimension: string): void;
  /** Drafts a member from a column and selects it; answers its name. Suggests aggregation and name unless given. */
  draftMeasure(table: string, column: string, aggregation?: Aggregation): string | null;
  draftDimension(table: string, column: string, type?: DimensionType): string | null;
  /** An empty expression measure or dimension, selected for editing. */
  draftExpression(table: string, kind: 'measure' | 'dimension'): string;
}

/** A question that was answered. */
export interface Explored {
  readonly query: ModelQuery;
  readonly design: Design;
  readonly columns: readonly AskedColumn[];
  readonly answer: Answer;
  /** The measures over all groups, and the same question of the range before; null until they have come, or if not asked. */
  readonly totals: Answer | null;
  readonly before: Answer | null;
  /** Of the range before, all groups. */
  readonly totalsBefore: Answer | null;
  /** When, in milliseconds since 1970. */
  readonly at: number;
}

export interface ExploreSlice {
  readonly question: Question;
  readonly explored: Explored | null;
  /** Whether an answer is on its way, and whether that takes long. */
  readonly exploring: 'rest' | 'busy' | 'slow';
  readonly exploreTrouble: Problem | { readonly fault: string } | null;
  /** Asked anew when this changes. */
  readonly exploreTurn: number;
  /** The name of the exploration that was opened last or kept; null if the question is a new one. */
  readonly explorationOpen: string | null;
  /** What a command wants on the clipboard, until the place has put it there. */
  readonly copyAsked: 'sql' | 'lens' | 'cube' | 'curl' | null;
  /** Changes the query; the other parts follow it. */
  changeAsked(change: (query: ModelQuery, design: Design) => ModelQuery): void;
  changeQuestion(change: Partial<Question>): void;
  /** Adds a member to the question and goes to it. */
  exploreMember(member: MemberRef): void;
  newExploration(): void;
  openExploration(name: string): void;
  /** Keeps the question: under the exploration that is open, or as a new one with a title. */
  keepExploration(title?: string): void;
  removeExploration(name: string): void;
  stopExploring(): void;
  askAgain(): void;
  askCopy(what: ExploreSlice['copyAsked']): void;
  /** Answers at once what was answered before and still holds. */
  askModel(query: ModelQuery, signal?: AbortSignal): Promise<Reply<Answer>>;
}

/** A column of a logical table, as an end of a line that is drawn. */
export interface ColumnAt {
  readonly table: string;
  readonly column: string;
}

/** A join in the join lab. Nothing of it is in the design before it is added or saved. */
export interface JoinDraft {
  /** The join of the design that is looked at; null for one that is not in it. */
  readonly before: Join | null;
  /** Names of logical tables. */
  readonly from: string;
  readonly to: string;
  readonly on: Join['on'];
  /** null means as it is measured. */
  readonly relationship: Join['relationship'] | null;
  readonly comparison: KeyComparison;
}

/** How far a join is measured, and the readings of its tables that it rests on. */
export interface JoinMeasure {
  readonly of: readonly [Table, Table];
  readonly state: 'waiting' | 'running' | 'done' | 'stopped' | 'failed';
  /** The last one of this very question. */
  readonly value: MeasuredJoin | null;
  readonly trouble: { readonly words: string; readonly remedy: string } | null;
}

/** What is asked of two tables by the join lab. */
export type JoinRequest = 'join:rows' | 'join:effect';

export interface JoinSlice {
  /** What stands in the join lab; null while it is closed. */
  readonly joinDraft: JoinDraft | null;
  /** Columns marked to be joined, at most two. */
  readonly joinMarks: readonly ColumnAt[];
  /** By the question as text. */
  readonly joinMeasures: Readonly<Record<string, JoinMeasure>>;
  /** What was found in these readings of the open tables. */
  readonly joinsFound: { readonly of: readonly Table[]; readonly found: JoinsFound } | null;
  readonly findingJoins: boolean;
  /** Proposals that were dismissed, by their ends as text. */
  readonly joinsDismissed: readonly string[];
  /** Where tables were moved by hand on the canvas, by name, in its own pixels. Not part of the design. */
  readonly cardPlaces: Readonly<Record<string, { readonly x: number; readonly y: number }>>;
  /** What is folded (false) or unfolded (true) against the usual, by table and part. */
  readonly cardFolds: Readonly<Record<string, boolean>>;
  /** Draws a line; one that stands in the design already is opened. */
  draftJoin(from: ColumnAt, to: ColumnAt): void;
  openJoin(join: Join): void;
  /** Puts a join that is not in the design into the lab. */
  lookAtJoin(join: Pick<Join, 'from' | 'to' | 'on'>, comparison: KeyComparison): void;
  changeJoinDraft(change: Partial<Omit<JoinDraft, 'before'>>): void;
  closeJoin(): void;
  /** Adds what is in the lab to the design, or saves what was changed of it. Answers whether it could be. */
  keepJoin(): boolean;
  /** Takes the join in the lab out of the design. */
  removeJoin(): void;
  markColumn(at: ColumnAt, more: boolean): void;
  clearMarks(): void;
  /** Measures a join unless it is measured or about to be. What waits is measured one after the other. */
  measureJoin(ask: JoinAsk, first?: boolean): void;
  stopMeasure(ask: JoinAsk): void;
  /** Answers at once what was answered before and still holds. */
  askJoin<R extends JoinRequest>(
    request: R,
    ask: Ask<R>,
    tables: readonly string[],
    signal?: AbortSignal,
  ): Promise<Reply<AnswerOf<R>>>;
  /** Looks for joins in the values of all open tables; again stops it. */
  findJoins(): Promise<void>;
  /** Adds a proposed join to the design, as it was measured. */
  acceptJoin(key: string): void;
  dismissJoin(key: string): void;
  moveCard(table: string, at: { readonly x: number; readonly y: number }): void;
  /** Forgets what was moved by hand; `cardTurn` says that all is to be laid out anew. */
  layOutCards(): void;
  readonly cardTurn: number;
  /** Forgets where cards of other names stood. */
  forgetCards(but: readonly string[]): void;
  foldCard(part: string, open: boolean): void;
}

/** What the inspector shows. */
export type Selection =
  | { readonly kind: 'none' }
  | { readonly kind: 'table'; readonly table: string }
  | { readonly kind: 'column'; readonly table: string; readonly column: string }
  | { readonly kind: 'member'; readonly member: MemberRef };

export interface FrameSlice {
  readonly place: Place;
  readonly selection: Selection;
  /** The table in front in Data and Profile. */
  readonly table: string | null;
  readonly theme: 'system' | 'light' | 'dark';
  readonly headerProfile: 'off' | 'compact' | 'full';
  readonly bottom: 'problems' | 'jobs' | 'history' | null;
  readonly inspectorOpen: boolean;
  readonly treeOpen: boolean;
  readonly palette: boolean;
  readonly shortcuts: boolean;
  readonly profileView: ProfileView;
  readonly modelView: ModelView;
  /** The dialog with the receipt of a table. */
  readonly receiptOf: string | null;
  go(place: Place): void;
  select(selection: Selection): void;
  showTable(table: string): void;
  set<
    K extends
      | 'theme'
      | 'headerProfile'
      | 'bottom'
      | 'inspectorOpen'
      | 'treeOpen'
      | 'palette'
      | 'shortcuts'
      | 'profileView'
      | 'modelView'
      | 'receiptOf',
  >(key: K, value: FrameSlice[K]): void;
}

/** A message that needs no answer: a problem, or good news. */
export interface Notice {
  readonly id: number;
  readonly problem?: Problem;
  readonly words: string;
  readonly remedy: string;
  readonly tone: 'good' | 'warning' | 'error';
  /** A table whose reading is worth a look; the notice leads to it. */
  readonly look?: string;
}

export interface EngineSlice {
  readonly host: HostState;
  readonly status: EngineStatus | null;
  readonly jobs: readonly Job[];
  readonly notices: readonly Notice[];
  cancelJob(job: string): void;
  notify(notice: Omit<Notice, 'id'>): void;
  dismissNotice(id: number): void;
}

export interface SpecSlice {
  readonly target: string;
  /** The file in front, by path; null means the first. */
  readonly specFile: string | null;
  readonly catalog: string;
  readonly schema: string;
  readonly lastExport: { readonly folder: string; readonly files: Readonly<Record<string, string>> } | null;
  chooseTarget(target: string): void;
  showSpecFile(path: string): void;
  setAddress(catalog: string, schema: string): void;
  /** A folder with foreign files, until the user has said whether they may be replaced. */
  readonly replaceAsked: string | null;
  /** Asks for a folder (`replace` goes to the one that was asked about); answers whether it was written. */
  writeSpec(replace?: boolean): Promise<boolean>;
  /** Leaves the folder of `replaceAsked` as it is. */
  keepFolder(): void;
}

export type State = SourcesSlice &
  ImportSlice &
  DeriveSlice &
  ReceiptSlice &
  AlertSlice &
  ReportSlice &
  StatisticsSlice &
  AnswerSlice &
  MissingSlice &
  OutlierSlice &
  ProfileSlice &
  CompareSlice &
  DesignSlice &
  DraftSlice &
  ExploreSlice &
  JoinSlice &
  FrameSlice &
  EngineSlice &
  SpecSlice;
