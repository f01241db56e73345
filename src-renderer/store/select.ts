/**
 * What follows from the state: suggestions, alerts, problems, the spec, completeness. Never stored; remembered for as long
 * as what it was made of is the same, so that a component may ask at each render.
 */
import type { DesignProblem } from '#contract';
import { checkDesign } from '#core/design/check';
import type { Design, DesignSource, DesignTable, Dimension, MemberRef, Muted } from '#core/design/design';
import { memberOf } from '#core/design/member';
import type { Spec } from '#core/export/target';
import { targetNamed, targets } from '#core/export/targets';
import { type Problem, remedy, words } from '#core/problem';
import { alertKey, alertsOf, tableAlerts } from '#core/profile/alerts';
import {
  type Alert,
  type ColumnProfile,
  isFirstLook,
  type Role,
  type Suggestion,
} from '#core/profile/profile';
import { suggest } from '#core/profile/suggest';
import { isSamePart, isSamePlace, leavesChoice } from '#core/source/part';
import type { Proposal, Warning } from '#core/source/receipt';
import type { Column, Table } from '#core/table';
import { failureName } from './failures';
import type { Asked, ImportDraft, Place, Selection, State, Telling } from './state';

/** Remembers the last answer of a function of a few things compared by identity. */
function last<A extends readonly unknown[], R>(make: (...args: A) => R): (...args: A) => R {
  let kept: { args: A; result: R } | null = null;
  return (...args) => {
    if (kept?.args.every((arg, i) => Object.is(arg, args[i]))) return kept.result;
    const result = make(...args);
    kept = { args, result };
    return result;
  };
}

const none: readonly never[] = [];

export function memberKey(member: Pick<MemberRef, 'table' | 'name'>): string {
  return `${member.table}.${member.name}`;
}

/** The logical table over an open table; the first, if there are several. */
export function designTableOf(s: Pick<State, 'design'>, table: string): DesignTable | undefined {
  return s.design.tables.find((t) => t.source === table);
}

export function columnOf(s: Pick<State, 'tables'>, table: string, column: string): Column | undefined {
  return s.tables[table]?.columns.find((c) => c.name === column);
}

export function profileOf(
  s: Pick<State, 'profiles'>,
  table: string,
  column: string,
): ColumnProfile | undefined {
  const columns = s.profiles[table];
  return columns !== undefined && Object.hasOwn(columns, column) ? columns[column] : undefined;
}

const suggested = new WeakMap<Readonly<Record<string, ColumnProfile>>, ReadonlyMap<string, Suggestion>>();
/** What a single profile proposes; kept apart, because all others stay as they are when one arrives. */
const proposed = new WeakMap<ColumnProfile, Suggestion>();

function proposalOf(table: string, profile: ColumnProfile): Suggestion {
  const kept = proposed.get(profile);
  if (kept !== undefined && kept.table === table) return kept;
  const suggestion = suggest(table, profile);
  proposed.set(profile, suggestion);
  return suggestion;
}

function allSuggestions(s: Pick<State, 'profiles'>, table: string): ReadonlyMap<string, Suggestion> {
  const columns = s.profiles[table];
  if (columns === undefined) return new Map();
  let made = suggested.get(columns);
  if (made === undefined) {
    // A first look is too little to propose anything from.
    const all = Object.values(columns).filter((profile) => !isFirstLook(profile));
    made = new Map(all.map((profile) => [profile.name, proposalOf(table, profile)]));
    suggested.set(columns, made);
  }
  return made;
}

/** What is proposed for a column, whatever became of the proposal. */
export function suggestionOf(
  s: Pick<State, 'profiles'>,
  table: string,
  column: string,
): Suggestion | undefined {
  return allSuggestions(s, table).get(column);
}

export interface RoleState {
  readonly role: Role;
  readonly state: 'suggested' | 'accepted' | 'dismissed';
}

/** One array for each, so that the same answer is the same value. */
const proposedRole = Object.fromEntries(
  (['key', 'dimension', 'measure', 'time', 'ignored'] as const).map((role) => [
    role,
    { suggested: [{ role, state: 'suggested' }], dismissed: [{ role, state: 'dismissed' }] },
  ]),
) as unknown as Readonly<Record<Role, Readonly<Record<'suggested' | 'dismissed', readonly RoleState[]>>>>;

/** The roles of a column: those the design gives it, else the one that is proposed or was dismissed. */
export function rolesOf(
  s: Pick<State, 'profiles' | 'design'>,
  table: string,
  column: string,
): readonly RoleState[] {
  const accepted = acceptedRoles(s.design).get(table)?.get(column);
  if (accepted !== undefined) return accepted;
  const proposed = suggestionOf(s, table, column);
  if (proposed === undefined || proposed.role === 'ignored') return none;
  const dismissed = designTableOf(s, table)?.dismissed.some((d) => d.column === column);
  return proposedRole[proposed.role][dismissed ? 'dismissed' : 'suggested'];
}

/** By source and column. */
const acceptedRoles = last(
  (design: Design): ReadonlyMap<string, ReadonlyMap<string, readonly RoleState[]>> => {
    const roles = new Map<string, Map<string, RoleState[]>>();
    for (const table of design.tables) {
      const columns = roles.get(table.source) ?? new Map<string, RoleState[]>();
      roles.set(table.source, columns);
      const add = (column: string, role: Role) => {
        if (column === '') return;
        const held = columns.get(column) ?? [];
        if (!held.some((r) => r.role === role)) held.push({ role, state: 'accepted' });
        columns.set(column, held);
      };
      for (const column of table.grain) add(column, 'key');
      for (const d of table.dimensions)
        add(d.column, d.primaryKey ? 'key' : d.type === 'time' ? 'time' : 'dimension');
      for (const m of table.measures) add(m.column, 'measure');
    }
    return roles;
  },
);

interface OpenProposals {
  readonly design: Design;
  readonly columns: readonly Column[] | undefined;
  readonly made: readonly Suggestion[];
}
const proposals = new WeakMap<Readonly<Record<string, ColumnProfile>>, OpenProposals>();

/** Proposals for the columns of a table that were neither accepted nor dismissed, in file order. */
export function suggestionsOf(
  s: Pick<State, 'profiles' | 'design' | 'tables'>,
  table: string,
): readonly Suggestion[] {
  const profiles = s.profiles[table];
  const columns = s.tables[table]?.columns;
  if (profiles === undefined || columns === undefined) return none;
  const kept = proposals.get(profiles);
  if (kept !== undefined && kept.design === s.design && kept.columns === columns) return kept.made;
  const made = columns.flatMap((column) => {
    const proposed = suggestionOf(s, table, column.name);
    const [role] = rolesOf(s, table, column.name);
    return proposed !== undefined && role?.state === 'suggested' ? [proposed] : [];
  });
  proposals.set(profiles, { design: s.design, columns, made });
  return made;
}

/** An alert that is muted; `alert` is absent if the data no longer gives it. */
export interface MutedAlert {
  readonly muted: Muted;
  readonly alert: Alert | undefined;
}

interface MadeAlerts {
  readonly table: Table;
  readonly asked: Asked | undefined;
  readonly told: readonly Muted[];
  readonly open: readonly Alert[];
  readonly byColumn: ReadonlyMap<string, readonly Alert[]>;
  readonly muted: readonly MutedAlert[];
}
const ofColumn = new WeakMap<ColumnProfile, readonly Alert[]>();
const made = new WeakMap<Readonly<Record<string, ColumnProfile>>, MadeAlerts>();
type OfAlerts = Pick<State, 'profiles' | 'tables' | 'asked' | 'design'>;

function columnAlerts(profile: ColumnProfile): readonly Alert[] {
  let kept = ofColumn.get(profile);
  if (kept === undefined) {
    kept = isFirstLook(profile) ? none : alertsOf(profile);
    ofColumn.set(profile, kept);
  }
  return kept;
}

function madeAlerts(s: OfAlerts, name: string): MadeAlerts | null {
  const [table, profiles] = [s.tables[name], s.profiles[name]];
  if (table === undefined || profiles === undefined) return null;
  const asked = s.asked[name]?.of === table ? s.asked[name] : undefined;
  const told = designTableOf(s, name)?.muted ?? none;
  const kept = made.get(profiles);
  if (kept !== undefined && kept.table === table && kept.asked === asked && kept.told === told) return kept;
  const known = table.columns.flatMap((c) => profileOf(s, name, c.name) ?? []);
  const all = tableAlerts(table, known, asked?.found.alerts, columnAlerts);
  const shut = new Map(told.map((m) => [alertKey({ code: m.code, ...columnIn(m) }), m]));
  const open = all.filter((alert) => !shut.has(alertKey(alert)));
  const byColumn = new Map<string, Alert[]>();
  for (const alert of open) {
    if (alert.column === undefined) continue;
    const held = byColumn.get(alert.column);
    if (held === undefined) byColumn.set(alert.column, [alert]);
    else held.push(alert);
  }
  const muted = [...shut].map(([key, m]) => ({
    muted: m,
    alert: all.find((alert) => alertKey(alert) === key),
  }));
  const now = { table, asked, told, open, byColumn, muted };
  made.set(profiles, now);
  return now;
}

const columnIn = ({ column }: Muted) => (column === null ? {} : { column });

/** Alerts of a table that are not muted: about the table first, then in file order of its columns. */
export function alertsIn(s: OfAlerts, table: string): readonly Alert[] {
  return madeAlerts(s, table)?.open ?? none;
}

/** The same by column; those about the table are left out. */
export function alertsByColumn(s: OfAlerts, table: string): ReadonlyMap<string, readonly Alert[]> {
  return madeAlerts(s, table)?.byColumn ?? noAlerts;
}
const noAlerts: ReadonlyMap<string, readonly Alert[]> = new Map();

/** The alerts of a table that are muted. */
export function mutedIn(s: OfAlerts, table: string): readonly MutedAlert[] {
  return madeAlerts(s, table)?.muted ?? none;
}

/** Alerts of all tables that are more than a remark. */
export function alertCount(s: OfAlerts & Pick<State, 'order'>): number {
  return s.order.reduce(
    (sum, table) => sum + alertsIn(s, table).filter((a) => a.severity === 'warning').length,
    0,
  );
}

/** The dimension a measure's value is broken down by: the chosen one, else the first that makes few groups. */
export function breakdownOf(
  s: Pick<State, 'design' | 'breakdownBy' | 'profiles'>,
  member: MemberRef,
): string | null {
  const table = s.design.tables.find((t) => t.name === member.table);
  if (table === undefined) return null;
  const chosen = s.breakdownBy[memberKey(member)];
  if (chosen !== undefined && table.dimensions.some((d) => d.name === chosen)) return chosen;
  const groups = table.dimensions.filter((d) => !d.primaryKey && d.type !== 'time');
  const distinct = (d: Dimension) =>
    profileOf(s, table.source, d.column)?.distinct ?? Number.POSITIVE_INFINITY;
  const words = groups.filter((d) => d.type !== 'number');
  const few = [...words, ...groups].find((d) => distinct(d) > 1 && distinct(d) <= 60);
  return (few ?? words[0] ?? groups[0])?.name ?? null;
}

/** Defects that the design shows by itself. */
export const designProblems = last((design: Design): readonly DesignProblem[] => checkDesign(design));

/** A line of the Problems pane. */
export interface Listed {
  readonly key: string;
  readonly severity: 'error' | 'warning';
  readonly words: string;
  readonly remedy: string;
  /** What it is about, for the eye: `transactions.total_sales`. */
  readonly where: string;
  /** Where a click leads; null if nowhere. */
  readonly go: { readonly place: Place | null; readonly selection: Selection } | null;
  /** A table to read again, if that is the remedy. */
  readonly reload?: string;
  /** A table whose reading can be put right in the Import place. */
  readonly fix?: string;
  /** What the way there is called. */
  readonly fixWords?: string;
  /** A path that can be taken off the list. */
  readonly failure?: string;
}

/** What the way to the Import place is called, where a warning about a reading leads there. */
export function fixWords(warning: Pick<Warning, 'code'>): string {
  return warning.code === 'tables-several' ? 'Choose what is read' : 'Fix the reading';
}

function listedDesign(design: Design, found: DesignProblem): Listed {
  const { problem, about } = found;
  const base = { severity: problem.severity, words: words(problem), remedy: remedy(problem) };
  if (about === undefined) return { ...base, key: base.words, where: 'design', go: null };
  if ('kind' in about) {
    const known = memberOf(design, about) !== undefined;
    return {
      ...base,
      key: `${memberKey(about)}: ${base.words}`,
      where: memberKey(about),
      go: known ? { place: null, selection: { kind: 'member', member: about } } : null,
    };
  }
  const source =
    'source' in about
      ? about.source
      : (design.tables.find((t) => t.name === about.table)?.source ?? about.table);
  const where = 'source' in about ? about.source : about.table;
  return {
    ...base,
    key: `${where}: ${base.words}`,
    where,
    go: { place: null, selection: { kind: 'table', table: source } },
  };
}

const makeProblems = last(
  (
    design: Design,
    dataProblems: readonly DesignProblem[],
    stale: State['stale'],
    failures: State['failures'],
    tables: State['tables'],
    order: readonly string[],
  ): readonly Listed[] => {
    const listed: Listed[] = [];
    const add = (problem: Problem, more: Omit<Listed, 'severity' | 'words' | 'remedy' | 'key'>) => {
      const said = words(problem);
      const key = `${more.where}: ${said}`;
      listed.push({ ...more, key, severity: problem.severity, words: said, remedy: remedy(problem) });
    };
    for (const [failure, met] of Object.entries(failures))
      add(met.problem, { where: failureName(met), go: null, failure });
    for (const [table, problem] of Object.entries(stale)) {
      const go = { place: 'data', selection: { kind: 'table', table } } as const;
      add(problem, { where: table, go, reload: table });
    }
    for (const found of [...designProblems(design), ...dataProblems])
      listed.push(listedDesign(design, found));
    for (const name of order) {
      const table = tables[name];
      if (table === undefined) continue;
      const { source, warnings } = table;
      for (const warning of warnings) {
        listed.push({
          key: `${name}: ${warning.code} ${warning.column ?? ''} ${warning.message}`,
          severity: 'warning',
          words: warning.message,
          remedy: warning.remedy,
          where: warning.column === undefined ? name : `${name}.${warning.column}`,
          ...(leavesChoice(source) ? { fix: name, fixWords: fixWords(warning) } : {}),
          go: {
            place: null,
            selection:
              warning.column === undefined
                ? { kind: 'table', table: name }
                : { kind: 'column', table: name, column: warning.column },
          },
        });
      }
    }
    const seen = new Set<string>();
    const once = listed.filter((p) => !seen.has(p.key) && seen.add(p.key));
    return [...once.filter((p) => p.severity === 'error'), ...once.filter((p) => p.severity === 'warning')];
  },
);

/** Everything that asks for the user's attention, errors first: failed files, stale sources, defects of the design, warnings of readings. */
export function problemsOf(s: State): readonly Listed[] {
  return makeProblems(s.design, s.dataProblems, s.stale, s.failures, s.tables, s.order);
}

const makeMemberProblems = last(
  (design: Design, dataProblems: readonly DesignProblem[]): ReadonlyMap<string, readonly Problem[]> => {
    const by = new Map<string, Problem[]>();
    for (const { problem, about } of [...designProblems(design), ...dataProblems]) {
      if (about === undefined || !('kind' in about)) continue;
      const held = by.get(memberKey(about)) ?? [];
      if (!held.some((p) => words(p) === words(problem))) held.push(problem);
      by.set(memberKey(about), held);
    }
    return by;
  },
);

/** Problems of one member, from the design and from the data. */
export function memberProblems(
  s: Pick<State, 'design' | 'dataProblems'>,
  member: MemberRef,
): readonly Problem[] {
  return makeMemberProblems(s.design, s.dataProblems).get(memberKey(member)) ?? none;
}

const makeSpec = last((design: Design, target: string, catalog: string, schema: string): Spec | null => {
  const chosen = targetNamed(target) ?? targets[0];
  return chosen === undefined ? null : chosen.write(design, { catalog, schema });
});

/** The spec of the chosen target, as it would be written now; null if there is no target at all. */
export function specOf(s: Pick<State, 'design' | 'target' | 'catalog' | 'schema'>): Spec | null {
  return makeSpec(s.design, s.target, s.catalog, s.schema);
}

/** The file in front in the Import place. */
export function importOf(s: Pick<State, 'imports' | 'importKey'>): ImportDraft | null {
  return s.importKey === null ? null : (s.imports[s.importKey] ?? null);
}

/** The source of the design that a draft is, if the draft means the same sheet, file or table of it. */
export function sourceOfDraft(s: Pick<State, 'design'>, draft: ImportDraft): DesignSource | undefined {
  const source = s.design.sources.find(({ name }) => name === draft.source);
  return source !== undefined && isSamePlace(source.part, draft.part ?? source.part) ? source : undefined;
}

const makeDismissed = last((draft: readonly string[], source: readonly string[] | undefined) =>
  source === undefined ? draft : [...new Set([...source, ...draft])],
);

/** Columns of the file in front whose proposed reading was dismissed, now or before. */
export function dismissedIn(s: Pick<State, 'design'>, draft: ImportDraft): readonly string[] {
  return makeDismissed(draft.dismissed, sourceOfDraft(s, draft)?.dismissed);
}

const makeOpenProposals = last((draft: ImportDraft, dismissed: readonly string[]): readonly Proposal[] => {
  const told = new Set(draft.told.columns?.map((reading) => reading.column));
  const shut = new Set(dismissed);
  const found = draft.preview?.proposals ?? none;
  return found.filter((p) => !told.has(p.reading.column) && !shut.has(p.reading.column));
});

/** Proposals for columns of the file in front that were neither accepted, nor dismissed, nor settled by hand. */
export function openProposals(s: Pick<State, 'imports' | 'importKey' | 'design'>): readonly Proposal[] {
  const draft = importOf(s);
  return draft === null || draft.preview === null ? none : makeOpenProposals(draft, dismissedIn(s, draft));
}

/** A table as it is asked about: without proposals that were dismissed. */
export function undismissed(s: Pick<State, 'design'>, table: Table): Table {
  const shut = s.design.sources.find(({ name }) => name === table.name)?.dismissed ?? [];
  if (shut.length === 0) return table;
  return { ...table, proposals: table.proposals.filter((p) => !shut.includes(p.reading.column)) };
}

/** Whether what is told differs from the reading in force. */
export function isToldAnew(draft: Telling & { readonly before: Telling }): boolean {
  return canonical(draft.told) !== canonical(draft.before.told) || !isSamePart(draft.part, draft.before.part);
}

/** The same text for the same things told, whatever their order. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

/** Whether the file in front can be read as told now. */
export function canApply(s: Pick<State, 'imports' | 'importKey'>): boolean {
  const draft = importOf(s);
  if (draft === null || draft.applying || draft.problem !== null) return false;
  return draft.table === null ? draft.preview !== null : isToldAnew(draft);
}

/**
 * What is worth a look about how a table was read, in words: `14 rows were put right`. Empty if every record was loaded as
 * it stands and nothing is in doubt.
 */
export function questionsOf(table: Pick<Table, 'receipt' | 'proposals' | 'candidates'>): readonly string[] {
  const { rejected, mended, skipped } = table.receipt;
  const say = (n: number, one: string, many: string) => (n === 0 ? [] : [`${n} ${n === 1 ? one : many}`]);
  return [
    ...(table.candidates.length > 0 ? ['it can be read in more than one way'] : []),
    ...say(rejected, 'row was rejected', 'rows were rejected'),
    ...say(mended, 'row was put right', 'rows were put right'),
    ...say(skipped, 'line was skipped', 'lines were skipped'),
    ...say(table.proposals.length, 'column can be read better', 'columns can be read better'),
  ];
}

/** How far a step is: `done` of `of`, and the same in words. */
export interface Completeness {
  readonly done: number;
  readonly of: number;
  readonly words: string;
}

const makeCompleteness = last(
  (
    design: Design,
    tables: State['tables'],
    profiles: State['profiles'],
    stale: State['stale'],
    lastExport: State['lastExport'],
    spec: Spec | null,
  ): Readonly<Record<Place, Completeness>> => {
    const names = Object.keys(tables);
    const fresh = names.filter((name) => stale[name] === undefined).length;
    const texts = Object.values(tables).filter((table) => table.source.format === 'csv');
    const settled = texts.filter((table) => questionsOf(undismissed({ design }, table)).length === 0).length;
    const columns = names.reduce((sum, name) => sum + (tables[name]?.columns.length ?? 0), 0);
    const profiled = names.reduce((sum, name) => sum + Object.keys(profiles[name] ?? {}).length, 0);
    const modelled = design.tables.filter((t) => t.dimensions.length > 0 && t.measures.length > 0).length;
    const files = spec?.files ?? [];
    const written = files.filter((file) => lastExport?.files[file.path] === file.text).length;
    const say = (done: number, of: number, what: string, nothing: string): Completeness => ({
      done,
      of,
      words: of === 0 ? nothing : `${done} of ${of} ${what}`,
    });
    return {
      data: say(fresh, design.sources.length, 'sources open and up to date', 'no source open yet'),
      import: say(settled, texts.length, 'text files read without a question', 'no text file open yet'),
      profile: say(Math.min(profiled, columns), columns, 'columns profiled', 'no columns yet'),
      model: say(modelled, design.tables.length, 'tables have dimensions and measures', 'no tables yet'),
      explore: say(
        0,
        0,
        '',
        design.explorations.length === 0
          ? 'ask the model'
          : `${design.explorations.length} ${design.explorations.length === 1 ? 'exploration' : 'explorations'} kept`,
      ),
      spec: say(
        written,
        design.tables.length === 0 ? 0 : files.length,
        'files written as they are now',
        'nothing to write yet',
      ),
    };
  },
);

/** How complete each place is. */
export function completenessOf(s: State): Readonly<Record<Place, Completeness>> {
  return makeCompleteness(s.design, s.tables, s.profiles, s.stale, s.lastExport, specOf(s));
}

type Told = Pick<State, 'imports' | 'importKey' | 'place'>;

/** Whether undo (`past`) or redo (`future`) is about what was told in the Import place and not applied yet. */
export function toldStep(s: Told, way: 'past' | 'future'): boolean {
  return s.place === 'import' && (importOf(s)?.[way].length ?? 0) > 0;
}

function toldWords(s: Told): string {
  return `told how to read ${importOf(s)?.path.split(/[\\/]/).at(-1)}`;
}

/** What undo would take back, in words; null if there is nothing. */
export function undoWords(s: Told & Pick<State, 'past'>): string | null {
  if (toldStep(s, 'past')) return toldWords(s);
  return s.past.at(-1)?.words ?? null;
}

export function redoWords(s: Told & Pick<State, 'future'>): string | null {
  if (toldStep(s, 'future')) return toldWords(s);
  return s.future[0]?.words ?? null;
}

/** The name of the design for the title bar: its title, else its file, else Untitled. */
export function designTitle(s: Pick<State, 'design' | 'path'>): string {
  if (s.design.title.trim() !== '') return s.design.title;
  const file = s.path?.split(/[\\/]/).at(-1);
  return file?.replace(/\.assay\.ya?ml$/i, '') ?? 'Untitled design';
}
