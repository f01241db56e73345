/**
 * Edits: every change to a design is one of these values. Undo, redo, history, autosave and the command line share them.
 */
import { aggregationTitle } from '../aggregation';
import type {
  Design,
  DesignSource,
  DesignTable,
  Dimension,
  Exploration,
  Join,
  Measure,
  MemberRef,
  Muted,
  Segment,
} from './design';
import { tableFrom } from './draft';
import { memberNames, memberOf, tableOf } from './member';
import { followMember, followTable } from './rename';

export type Edit =
  | {
      readonly verb: 'rename-design';
      readonly name?: string;
      readonly title?: string;
      readonly description?: string;
    }
  /** Adds the source and, if there is none over it yet, a logical table of the same name. */
  | { readonly verb: 'add-source'; readonly source: DesignSource }
  /** What was detected or the path changed; members stay. */
  | {
      readonly verb: 'change-source';
      readonly source: string;
      readonly change: Partial<Omit<DesignSource, 'name' | 'extra'>>;
    }
  /** Takes the source and the logical tables over it out, with their joins. */
  | { readonly verb: 'remove-source'; readonly source: string }
  | {
      readonly verb: 'change-table';
      readonly table: string;
      readonly change: Partial<Pick<DesignTable, 'name' | 'title' | 'description' | 'grain'>>;
    }
  | { readonly verb: 'add-dimension'; readonly table: string; readonly dimension: Dimension }
  /** Renaming follows through to every reference. */
  | {
      readonly verb: 'change-dimension';
      readonly table: string;
      readonly name: string;
      readonly change: Partial<Omit<Dimension, 'extra'>>;
    }
  | { readonly verb: 'add-measure'; readonly table: string; readonly measure: Measure }
  | {
      readonly verb: 'change-measure';
      readonly table: string;
      readonly name: string;
      readonly change: Partial<Omit<Measure, 'extra'>>;
    }
  | { readonly verb: 'add-segment'; readonly table: string; readonly segment: Segment }
  | { readonly verb: 'remove-member'; readonly member: MemberRef }
  /** Moves a member to stand before another of its kind; null means last. */
  | { readonly verb: 'move-member'; readonly member: MemberRef; readonly before: string | null }
  | { readonly verb: 'dismiss'; readonly table: string; readonly column: string; readonly reason: string }
  /** Muting an alert again changes its reason. */
  | { readonly verb: 'mute'; readonly table: string; readonly alert: Muted }
  | { readonly verb: 'unmute'; readonly table: string; readonly alert: Omit<Muted, 'reason'> }
  | { readonly verb: 'add-join'; readonly join: Join }
  | { readonly verb: 'remove-join'; readonly join: Join }
  | { readonly verb: 'add-exploration'; readonly exploration: Exploration }
  | {
      readonly verb: 'change-exploration';
      readonly name: string;
      readonly change: Partial<Omit<Exploration, 'extra'>>;
    }
  | { readonly verb: 'remove-exploration'; readonly name: string }
  /** `join` is the join as it was. */
  | { readonly verb: 'change-join'; readonly join: Join; readonly change: Partial<Omit<Join, 'extra'>> }
  /** Several edits that the user made as one. */
  | { readonly verb: 'together'; readonly words: string; readonly edits: readonly Edit[] };

/** Whether two values of a design say the same. */
function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const left = Object.entries(a).filter(([, v]) => v !== undefined);
  const right = new Map(Object.entries(b).filter(([, v]) => v !== undefined));
  return left.length === right.size && left.every(([k, v]) => right.has(k) && same(v, right.get(k)));
}

/** The part with the change; itself if the change says nothing new. A key changed to undefined is taken out. */
function changed<T extends object>(part: T, change: Partial<T>): T {
  const news = Object.entries(change).filter(([k, v]) => !same(v, part[k as keyof T]));
  if (news.length === 0) return part;
  return Object.fromEntries(
    Object.entries({ ...part, ...Object.fromEntries(news) }).filter(([, v]) => v !== undefined),
  ) as T;
}

function replaced<T>(list: readonly T[], before: T, after: T): readonly T[] {
  return before === after ? list : list.map((item) => (item === before ? after : item));
}

function tableAt(design: Design, name: string): DesignTable {
  const table = tableOf(design, name);
  if (!table) throw new RangeError(`no table ${name}`);
  return table;
}

function withTable(design: Design, before: DesignTable, after: DesignTable): Design {
  return before === after ? design : { ...design, tables: replaced(design.tables, before, after) };
}

function refuseTaken(name: string, taken: readonly string[]): void {
  if (taken.includes(name)) throw new RangeError(`the name ${name} is taken`);
}

/** The key of a table under which members of a kind stand. */
function listOf(kind: MemberRef['kind']): 'dimensions' | 'measures' | 'segments' {
  return `${kind}s`;
}

function addMember(design: Design, name: string, kind: MemberRef['kind'], member: Member): Design {
  const table = tableAt(design, name);
  refuseTaken(member.name, memberNames(table));
  return withTable(design, table, { ...table, [listOf(kind)]: [...table[listOf(kind)], member] });
}

type Member = Dimension | Measure | Segment;

function changeMember(design: Design, ref: MemberRef, change: Partial<Member>): Design {
  const table = tableAt(design, ref.table);
  const list: readonly Member[] = table[listOf(ref.kind)];
  const before = memberOf(design, ref);
  if (!before) throw new RangeError(`no ${ref.kind} ${ref.name} in ${ref.table}`);
  const to = change.name ?? ref.name;
  if (to !== ref.name) refuseTaken(to, memberNames(table));
  const after = changed(before, change);
  if (after === before) return design;
  const next = withTable(design, table, { ...table, [listOf(ref.kind)]: replaced(list, before, after) });
  return to === ref.name ? next : followMember(next, table.name, ref.name, to);
}

function moveMember(design: Design, ref: MemberRef, before: string | null): Design {
  const table = tableAt(design, ref.table);
  const list: readonly Member[] = table[listOf(ref.kind)];
  const member = memberOf(design, ref);
  if (!member) throw new RangeError(`no ${ref.kind} ${ref.name} in ${ref.table}`);
  if (before === ref.name) return design;
  const rest = list.filter((m) => m !== member);
  const at = before === null ? rest.length : rest.findIndex((m) => m.name === before);
  if (at < 0) throw new RangeError(`no ${ref.kind} ${before} in ${ref.table}`);
  const moved = [...rest.slice(0, at), member, ...rest.slice(at)];
  if (moved.every((m, i) => m === list[i])) return design;
  return withTable(design, table, { ...table, [listOf(ref.kind)]: moved });
}

function addSource(design: Design, source: DesignSource): Design {
  const known = design.sources.find((s) => s.name === source.name);
  if (known && known.path !== source.path) throw new RangeError(`the name ${source.name} is taken`);
  const sources = known
    ? replaced(design.sources, known, changed(known, source))
    : [...design.sources, source];
  const next = sources === design.sources ? design : { ...design, sources };
  if (next.tables.some((t) => t.source === source.name)) return next;
  const table = tableFrom(
    source,
    next.tables.map((t) => t.name),
  );
  return { ...next, tables: [...next.tables, table] };
}

function removeSource(design: Design, source: string): Design {
  if (!design.sources.some((s) => s.name === source)) throw new RangeError(`no source ${source}`);
  const gone = new Set(design.tables.filter((t) => t.source === source).map((t) => t.name));
  return {
    ...design,
    sources: design.sources.filter((s) => s.name !== source),
    tables: design.tables.filter((t) => !gone.has(t.name)),
    joins: design.joins.filter((j) => !gone.has(j.from) && !gone.has(j.to)),
  };
}

function changeTable(design: Design, name: string, change: Partial<DesignTable>): Design {
  const table = tableAt(design, name);
  const to = change.name ?? name;
  if (to !== name) {
    refuseTaken(
      to,
      design.tables.map((t) => t.name),
    );
  }
  const next = withTable(design, table, changed(table, change));
  return to === name ? next : followTable(next, name, to);
}

function changeJoin(design: Design, join: Join, change: Partial<Omit<Join, 'extra'>>): Design {
  const before = design.joins.find((j) => same(j, join));
  if (before === undefined) throw new RangeError(`no join of ${join.from} and ${join.to}`);
  const after = changed<Join>(before, change);
  if (after === before) return design;
  tableAt(design, after.from);
  tableAt(design, after.to);
  // Two joins that say the same would be one that cannot be told from the other.
  const rest = design.joins.filter((j) => j !== before);
  const joins = rest.some((j) => same(j, after)) ? rest : replaced(design.joins, before, after);
  return { ...design, joins };
}

function dismiss(design: Design, name: string, column: string, reason: string): Design {
  const table = tableAt(design, name);
  const known = table.dismissed.find((d) => d.column === column);
  if (!known)
    return withTable(design, table, { ...table, dismissed: [...table.dismissed, { column, reason }] });
  const dismissed = replaced(table.dismissed, known, changed(known, { reason }));
  return dismissed === table.dismissed ? design : withTable(design, table, { ...table, dismissed });
}

/** Whether two name the same alert. */
function isSameAlert(a: Omit<Muted, 'reason'>, b: Omit<Muted, 'reason'>): boolean {
  return a.code === b.code && a.column === b.column;
}

function mute(design: Design, name: string, alert: Muted): Design {
  const table = tableAt(design, name);
  const known = table.muted.find((m) => isSameAlert(m, alert));
  if (known === undefined) return withTable(design, table, { ...table, muted: [...table.muted, alert] });
  const muted = replaced(table.muted, known, changed(known, { reason: alert.reason }));
  return muted === table.muted ? design : withTable(design, table, { ...table, muted });
}

function unmute(design: Design, name: string, alert: Omit<Muted, 'reason'>): Design {
  const table = tableAt(design, name);
  const muted = table.muted.filter((m) => !isSameAlert(m, alert));
  return muted.length === table.muted.length ? design : withTable(design, table, { ...table, muted });
}

function explorationAt(design: Design, name: string): Exploration {
  const found = design.explorations.find((e) => e.name === name);
  if (!found) throw new RangeError(`no exploration ${name}`);
  return found;
}

function changeExploration(design: Design, name: string, change: Partial<Exploration>): Design {
  const before = explorationAt(design, name);
  const others = design.explorations.filter((e) => e !== before);
  if (change.name !== undefined)
    refuseTaken(
      change.name,
      others.map((e) => e.name),
    );
  const explorations = replaced(design.explorations, before, changed(before, change));
  return explorations === design.explorations ? design : { ...design, explorations };
}

/**
 * The design after an edit; the very same object if the edit changes nothing.
 *
 * Names need not be legal (check.ts says so), but a name that is taken is refused, because edits find members by name:
 * ask `nameProblem` (check.ts) first.
 * @throws RangeError if the edit names a part that is not there, or gives a name that is taken.
 */
export function applyEdit(design: Design, edit: Edit): Design {
  switch (edit.verb) {
    case 'rename-design': {
      const { verb: _, ...change } = edit;
      const said = Object.fromEntries(Object.entries(change).filter(([, v]) => v !== undefined));
      return changed(design, said);
    }
    case 'add-source':
      return addSource(design, edit.source);
    case 'change-source': {
      const source = design.sources.find((s) => s.name === edit.source);
      if (!source) throw new RangeError(`no source ${edit.source}`);
      const sources = replaced(design.sources, source, changed<DesignSource>(source, edit.change));
      return sources === design.sources ? design : { ...design, sources };
    }
    case 'remove-source':
      return removeSource(design, edit.source);
    case 'change-table':
      return changeTable(design, edit.table, edit.change);
    case 'add-dimension':
      return addMember(design, edit.table, 'dimension', edit.dimension);
    case 'change-dimension':
      return changeMember(design, { table: edit.table, kind: 'dimension', name: edit.name }, edit.change);
    case 'add-measure':
      return addMember(design, edit.table, 'measure', edit.measure);
    case 'change-measure':
      return changeMember(design, { table: edit.table, kind: 'measure', name: edit.name }, edit.change);
    case 'add-segment':
      return addMember(design, edit.table, 'segment', edit.segment);
    case 'remove-member': {
      const table = tableAt(design, edit.member.table);
      const member = memberOf(design, edit.member);
      if (!member) throw new RangeError(`no ${edit.member.kind} ${edit.member.name} in ${edit.member.table}`);
      const list: readonly Member[] = table[listOf(edit.member.kind)];
      return withTable(design, table, {
        ...table,
        [listOf(edit.member.kind)]: list.filter((m) => m !== member),
      });
    }
    case 'move-member':
      return moveMember(design, edit.member, edit.before);
    case 'dismiss':
      return dismiss(design, edit.table, edit.column, edit.reason);
    case 'mute':
      return mute(design, edit.table, edit.alert);
    case 'unmute':
      return unmute(design, edit.table, edit.alert);
    case 'add-join':
      tableAt(design, edit.join.from);
      tableAt(design, edit.join.to);
      if (design.joins.some((j) => same(j, edit.join))) return design;
      return { ...design, joins: [...design.joins, edit.join] };
    case 'remove-join': {
      const joins = design.joins.filter((j) => !same(j, edit.join));
      if (joins.length === design.joins.length) {
        throw new RangeError(`no join of ${edit.join.from} and ${edit.join.to}`);
      }
      return { ...design, joins };
    }
    case 'add-exploration':
      refuseTaken(
        edit.exploration.name,
        design.explorations.map((e) => e.name),
      );
      return { ...design, explorations: [...design.explorations, edit.exploration] };
    case 'change-exploration':
      return changeExploration(design, edit.name, edit.change);
    case 'remove-exploration': {
      const before = explorationAt(design, edit.name);
      return { ...design, explorations: design.explorations.filter((e) => e !== before) };
    }
    case 'change-join':
      return changeJoin(design, edit.join, edit.change);
    case 'together':
      return edit.edits.reduce(applyEdit, design);
  }
}

const relationshipWords: Readonly<Record<Join['relationship'], string>> = {
  one_to_one: 'one to one',
  one_to_many: 'one to many',
  many_to_one: 'many to one',
};

/** What became of a join; its ends and several things at once are only named as a change. */
function joinWords(join: Join, change: Partial<Omit<Join, 'extra'>>): string {
  const tables = `${join.from} and ${join.to}`;
  const news = Object.entries(change).flatMap(([k, v]) => (same(v, join[k as keyof Join]) ? [] : [k]));
  if (news.length === 0) return `changed nothing of the join of ${tables}`;
  if (news.join() === 'on') return `joined ${tables} by ${(change.on ?? []).map(pairWords).join(' and ')}`;
  if (news.join() === 'comparison')
    return `compared the keys of ${tables} ${change.comparison === undefined ? 'as they stand' : `as ${change.comparison}s`}`;
  return news.join() === 'relationship' && change.relationship !== undefined
    ? `made the join of ${tables} ${relationshipWords[change.relationship]}`
    : `changed the join of ${tables}`;
}

function pairWords([from, to]: readonly [string, string]): string {
  return from === to ? from : `${from} = ${to}`;
}

const partWords: Readonly<Record<string, string>> = {
  aggregation: 'aggregation',
  primaryKey: 'key',
  public: 'visibility',
};

/** `renamed a to b`, or `changed the filter of a`; several things at once are only named as a change. */
function changeWords(name: string, change: object, before: object | undefined): string {
  const news = Object.entries(change).filter(
    ([k, v]) => before === undefined || !same(v, before[k as keyof typeof before]),
  );
  const to = news.find(([k]) => k === 'name')?.[1];
  if (typeof to === 'string') return `renamed ${name} to ${to}`;
  const [only, second] = news;
  if (!only) return `changed nothing of ${name}`;
  if (second && news.some(([k]) => k === 'aggregation')) return aggregationWords(name, change);
  if (second) return `changed ${name}`;
  if (only[0] === 'aggregation') return aggregationWords(name, change);
  return `changed the ${partWords[only[0]] ?? only[0]} of ${name}`;
}

function aggregationWords(name: string, change: { readonly aggregation?: Measure['aggregation'] }): string {
  return change.aggregation
    ? `made ${name} ${article(aggregationTitle[change.aggregation].toLowerCase())}`
    : `changed ${name}`;
}

function article(words: string): string {
  return `${/^[aeiou]/.test(words) ? 'an' : 'a'} ${words}`;
}

function fileName(path: string): string {
  return path.split(/[\\/]/).at(-1) || path;
}

/**
 * What an edit did, for the history: `drafted total_spend`, `opened transactions.csv`.
 * @param before The design it was applied to.
 */
export function editWords(edit: Edit, before: Design): string {
  switch (edit.verb) {
    case 'rename-design':
      return edit.name !== undefined && edit.name !== before.name
        ? `named the design ${edit.name}`
        : `changed the ${edit.title !== undefined ? 'title' : 'description'} of the design`;
    case 'add-source':
      if (edit.source.query !== undefined) return `derived ${edit.source.name} from a query`;
      return `opened ${fileName(edit.source.path) || edit.source.name}`;
    case 'change-source':
      if (Object.keys(edit.change).join() === 'dismissed')
        return `dismissed a proposed reading of ${edit.source}`;
      if (edit.change.query !== undefined) return `changed the query of ${edit.source}`;
      if (edit.change.path !== undefined) return `pointed ${edit.source} to ${fileName(edit.change.path)}`;
      return edit.change.dialect !== undefined
        ? `read ${edit.source} differently`
        : `read ${edit.source} anew`;
    case 'remove-source':
      return `closed ${edit.source}`;
    case 'change-table':
      return changeWords(edit.table, edit.change, tableOf(before, edit.table));
    case 'add-dimension':
      return `drafted ${edit.dimension.name}`;
    case 'add-measure':
      return `drafted ${edit.measure.name}`;
    case 'add-segment':
      return `drafted the segment ${edit.segment.name}`;
    case 'change-dimension':
    case 'change-measure': {
      const kind = edit.verb === 'change-measure' ? 'measure' : 'dimension';
      const member = memberOf(before, { table: edit.table, kind, name: edit.name });
      return changeWords(edit.name, edit.change, member);
    }
    case 'remove-member':
      return `removed ${edit.member.name}`;
    case 'move-member':
      return `moved ${edit.member.name}`;
    case 'dismiss':
      return `dismissed the suggestion for ${edit.column}`;
    case 'mute':
    case 'unmute':
      return `${edit.verb}d an alert of ${edit.alert.column ?? edit.table}`;
    case 'add-join':
      return `joined ${edit.join.from} to ${edit.join.to}`;
    case 'remove-join':
      return `took apart ${edit.join.from} and ${edit.join.to}`;
    case 'add-exploration':
      return `kept the exploration ${edit.exploration.title || edit.exploration.name}`;
    case 'change-exploration': {
      const exploration = before.explorations.find((e) => e.name === edit.name);
      const called = edit.change.title;
      if (called !== undefined && called !== exploration?.title) return `renamed an exploration to ${called}`;
      return `changed the exploration ${exploration?.title || edit.name}`;
    }
    case 'remove-exploration': {
      const exploration = before.explorations.find((e) => e.name === edit.name);
      return `removed the exploration ${exploration?.title || edit.name}`;
    }
    case 'change-join':
      return joinWords(edit.join, edit.change);
    case 'together':
      return edit.words;
  }
}
