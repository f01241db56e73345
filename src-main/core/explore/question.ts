/**
 * A question as it is put together: members added, taken away, put in order and looked at by grain.
 */
import type {
  ChartChoice,
  Design,
  DesignTable,
  Dimension,
  Exploration,
  Measure,
  MemberRef,
} from '../design/design';
import { type Grain, grains, type MemberFilter, type ModelQuery } from '../design/query';
import { stepsOf } from '../design/query/tree';

/** A question, and how its answer is looked at. */
export interface Question {
  readonly query: ModelQuery;
  readonly chart: ChartChoice;
  /** A dimension of the query, as it names it, that is laid over columns; '' if none is. */
  readonly pivot: string;
  /** Whether the range of time before stands beside the one asked for. */
  readonly compare: boolean;
}

/** Rows of an answer unless more are asked for. */
export const usualLimit = 500;

export const emptyQuestion: Question = {
  query: { measures: [], dimensions: [], segments: [], limit: usualLimit },
  chart: 'auto',
  pivot: '',
  compare: false,
};

/** What a word of a query names. */
export type Asked =
  | { readonly kind: 'measure'; readonly table: DesignTable; readonly member: Measure }
  | {
      readonly kind: 'dimension';
      readonly table: DesignTable;
      readonly member: Dimension;
      readonly grain: Grain | null;
    };

/** The measure or dimension that a word of a query names; null if there is none, or several of a bare name. */
export function askedOf(design: Design, word: string): Asked | null {
  const whole = byName(design, word);
  if (whole !== null) return whole;
  const dot = word.lastIndexOf('.');
  const grain = grains.find((g) => dot > 0 && g === word.slice(dot + 1));
  const part = grain === undefined ? null : byName(design, word.slice(0, dot));
  return part?.kind === 'dimension' && part.member.type === 'time' ? { ...part, grain: grain ?? null } : null;
}

function byName(design: Design, word: string): Asked | null {
  const hits = design.tables.flatMap((table): readonly Asked[] => {
    const named = (name: string) => word === name || word === `${table.name}.${name}`;
    return [
      ...table.measures
        .filter((m) => named(m.name))
        .map((member) => ({ kind: 'measure', table, member }) as const),
      ...table.dimensions
        .filter((d) => named(d.name))
        .map((member) => ({ kind: 'dimension', table, member, grain: null }) as const),
    ];
  });
  const whole = hits.find((h) => word === `${h.table.name}.${h.member.name}`);
  return whole ?? (hits.length === 1 ? (hits[0] ?? null) : null);
}

/** The word of a member without its grain. */
export function withoutGrain(design: Design, word: string): string {
  const asked = askedOf(design, word);
  return asked === null ? word : `${asked.table.name}.${asked.member.name}`;
}

/** A column of an answer. */
export interface AskedColumn {
  /** As the query names it. */
  readonly word: string;
  readonly kind: 'dimension' | 'measure';
  /** `table.member`. */
  readonly name: string;
  readonly title: string;
  readonly type: Dimension['type'];
  readonly grain: Grain | null;
  readonly format: string;
}

/** The columns of the answer to a query, in its order; words that name nothing are left out. */
export function columnsOf(design: Design, query: ModelQuery): readonly AskedColumn[] {
  return [...query.dimensions, ...query.measures].flatMap((word): readonly AskedColumn[] => {
    const asked = askedOf(design, word);
    if (asked === null) return [];
    const { kind, table, member } = asked;
    const time = asked.kind === 'dimension' && asked.member.type === 'time';
    const grain = asked.kind === 'dimension' ? (asked.grain ?? (time ? (query.grain ?? null) : null)) : null;
    return [
      {
        word,
        kind,
        name: `${table.name}.${member.name}`,
        title: member.title || member.name,
        type: asked.kind === 'measure' ? 'number' : asked.member.type,
        grain,
        format: member.format,
      },
    ];
  });
}

/** Tables that a question names, in the order of the design. */
export function tablesAsked(design: Design, query: ModelQuery): readonly DesignTable[] {
  const words = [
    ...query.measures,
    ...query.dimensions,
    ...(query.filters ?? []).map((f) => f.member),
    ...(query.range === undefined ? [] : [query.range.dimension]),
  ];
  const named = new Set(words.map((word) => askedOf(design, word)?.table.name));
  for (const segment of query.segments)
    for (const t of design.tables)
      if (t.segments.some((s) => segment === `${t.name}.${s.name}` || segment === s.name)) named.add(t.name);
  return design.tables.filter((t) => named.has(t.name));
}

/** Tables that joins lead to from the rows of a table, each once or not at all for a row; nearest first, without itself. */
export function tablesReached(design: Design, from: string): readonly DesignTable[] {
  const steps = stepsOf(design, true);
  const reached = [from];
  for (const at of reached)
    for (const step of steps) if (step.from === at && !reached.includes(step.to)) reached.push(step.to);
  return reached.slice(1).flatMap((name) => design.tables.find((t) => t.name === name) ?? []);
}

/** A query with a member more: a measure, a dimension (a time by month) or a segment. The same if it asks for it already. */
export function withMember(design: Design, query: ModelQuery, ref: MemberRef): ModelQuery {
  const name = `${ref.table}.${ref.name}`;
  if (ref.kind === 'segment')
    return query.segments.includes(name) ? query : { ...query, segments: [...query.segments, name] };
  const asked = askedOf(design, name);
  if (asked === null) return query;
  if (asked.kind === 'measure')
    return query.measures.includes(name) ? query : { ...query, measures: [...query.measures, name] };
  if (query.dimensions.some((d) => withoutGrain(design, d) === name)) return query;
  const word = asked.member.type === 'time' ? `${name}.month` : name;
  return { ...query, dimensions: [...query.dimensions, word] };
}

/** A query without what a word asks for; an order by it goes, too. */
export function withoutWord(
  query: ModelQuery,
  shelf: 'measures' | 'dimensions' | 'segments',
  word: string,
): ModelQuery {
  return {
    ...ordered(
      query,
      (query.order ?? []).filter((o) => o.member !== word),
    ),
    [shelf]: query[shelf].filter((w) => w !== word),
  };
}

/** A query with a word of a shelf moved to stand before another; null means last. */
export function withMoved(
  query: ModelQuery,
  shelf: 'measures' | 'dimensions',
  word: string,
  before: string | null,
): ModelQuery {
  const list = query[shelf];
  if (!list.includes(word) || word === before) return query;
  const rest = list.filter((w) => w !== word);
  const at = before === null ? rest.length : rest.indexOf(before);
  if (at < 0) return query;
  return { ...query, [shelf]: [...rest.slice(0, at), word, ...rest.slice(at)] };
}

/** A query in which a time dimension has another grain; null takes times as they are. */
export function withGrain(design: Design, query: ModelQuery, word: string, grain: Grain | null): ModelQuery {
  const name = withoutGrain(design, word);
  const next = grain === null ? name : `${name}.${grain}`;
  if (next !== word && query.dimensions.includes(next)) return query;
  const swap = (w: string) => (w === word ? next : w);
  return {
    ...query,
    dimensions: query.dimensions.map(swap),
    ...(query.order && { order: query.order.map((o) => ({ ...o, member: swap(o.member) })) }),
  };
}

/** A query with other filters; none are left out of it. */
export function withFilters(query: ModelQuery, filters: readonly MemberFilter[]): ModelQuery {
  const { filters: _, ...rest } = query;
  return filters.length === 0 ? rest : { ...rest, filters };
}

function ordered(query: ModelQuery, order: NonNullable<ModelQuery['order']>): ModelQuery {
  const { order: _, ...rest } = query;
  return order.length === 0 ? rest : { ...rest, order };
}

/** A query ordered by a word: numbers first from the largest, then from the least, then as it was without it. */
export function withOrder(query: ModelQuery, word: string, isMeasure: boolean): ModelQuery {
  const now = query.order?.find((o) => o.member === word);
  if (now === undefined) return ordered(query, [{ member: word, descending: isMeasure }]);
  return ordered(query, now.descending === isMeasure ? [{ member: word, descending: !isMeasure }] : []);
}

/** Whether a filter holds a dimension to a value, null being one. */
export function isHeld(query: ModelQuery, name: string, value: string | number | boolean | null): boolean {
  return (query.filters ?? []).some((f) =>
    f.member !== name
      ? false
      : value === null
        ? f.operator === 'notSet'
        : f.operator === 'equals' && f.values.some((v) => String(v) === String(value)),
  );
}

/**
 * A query in which a dimension is held to one value more, or to one less if it is held to it already. Several values of one
 * dimension mean any of them; null cannot stand beside others.
 */
export function withValue(
  query: ModelQuery,
  name: string,
  value: string | number | boolean | null,
): ModelQuery {
  const filters = query.filters ?? [];
  const others = filters.filter(
    (f) => f.member !== name || (f.operator !== 'equals' && f.operator !== 'notSet'),
  );
  if (value === null)
    return withFilters(
      query,
      isHeld(query, name, null) ? others : [...others, { member: name, operator: 'notSet', values: [] }],
    );
  const held = filters.find((f) => f.member === name && f.operator === 'equals')?.values ?? [];
  const values = isHeld(query, name, value)
    ? held.filter((v) => String(v) !== String(value))
    : [...held, value];
  if (values.length === 0) return withFilters(query, others);
  const next: MemberFilter = { member: name, operator: 'equals', values };
  const at = filters.findIndex((f) => f.member === name && f.operator === 'equals');
  return withFilters(
    query,
    at < 0
      ? [...others, next]
      : filters
          .filter((f) => others.includes(f) || f === filters[at])
          .map((f) => (f === filters[at] ? next : f)),
  );
}

/** The question that an exploration keeps. */
export function questionOf({ query, chart, pivot, compare }: Exploration): Question {
  return { query, chart, pivot, compare };
}
