/**
 * What follows from the joins of the design and what was found and measured: their questions, proposals and contradictions.
 */
import type { Design, Join } from '#core/design/design';
import { tableOf, tableOver } from '#core/design/member';
import type { Cardinality, JoinAsk, JoinCandidate, MeasuredJoin } from '#core/join/join';
import type { Comparison } from '#core/key';
import type { JoinDraft, JoinMeasure, State } from './state';

type Declared = Join['relationship'];

/** A join as text: the same text means the same join. */
export function joinKey({
  from,
  to,
  relationship,
  on,
  comparison = 'value',
}: Omit<Join, 'comparison' | 'extra'> & { readonly comparison?: Comparison }): string {
  return JSON.stringify([from, to, relationship, on, comparison]);
}

/** The ends of a join as text, whichever of them comes first. */
export function endsKey({ from, to, on }: Pick<Join, 'from' | 'to' | 'on'>): string {
  const turned = on.map(([a, b]) => [b, a]);
  const ways = [
    [from, to, [...on].sort(byText)],
    [to, from, turned.sort(byText)],
  ].map((way) => JSON.stringify(way));
  return ways.sort()[0] ?? '';
}

function byText(a: readonly string[], b: readonly string[]): number {
  const [left, right] = [a.join('\0'), b.join('\0')];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** The question that measures a join; null while a table is not open or no pair is whole. */
export function joinAskOf(
  s: Pick<State, 'design' | 'tables'>,
  { from, to, on, comparison }: Pick<JoinDraft, 'from' | 'to' | 'on' | 'comparison'>,
): JoinAsk | null {
  const [left, right] = [tableOf(s.design, from)?.source, tableOf(s.design, to)?.source];
  const [a, b] = [s.tables[left ?? ''], s.tables[right ?? '']];
  if (left === undefined || right === undefined || a === undefined || b === undefined) return null;
  const known =
    on.length > 0 &&
    on.every(
      ([x, y]) => a.columns.some(({ name }) => name === x) && b.columns.some(({ name }) => name === y),
    );
  if (!known) return null;
  return {
    from: { table: left, columns: on.map(([x]) => x) },
    to: { table: right, columns: on.map(([, y]) => y) },
    comparison,
  };
}

/** The question of a join that stands in the design. */
export function askOfJoin(s: Pick<State, 'design' | 'tables'>, join: Join) {
  return joinAskOf(s, { ...join, comparison: join.comparison ?? 'value' });
}

/** How far a question is answered, if the answer rests on the tables as they are read now. */
export function measureOf(
  s: Pick<State, 'joinMeasures' | 'tables'>,
  ask: JoinAsk | null,
): JoinMeasure | undefined {
  if (ask === null) return undefined;
  const kept = s.joinMeasures[JSON.stringify(ask)];
  const [a, b] = kept?.of ?? [];
  return kept !== undefined && a === s.tables[ask.from.table] && b === s.tables[ask.to.table]
    ? kept
    : undefined;
}

/** What can be declared of a measured join; null if nothing can. */
export function declarable(cardinality: Cardinality | null): Declared | null {
  return cardinality === 'many_to_many' ? null : cardinality;
}

/** Whether the data has many where one is declared. */
export function contradicts(declared: Declared, measured: Cardinality | null): boolean {
  if (measured === null) return false;
  const [from, to] = [declared.startsWith('one'), declared.endsWith('one')];
  return (from && measured.startsWith('many')) || (to && measured.endsWith('many'));
}

/** By how much the rows of the `from` end grow when each is laid beside all its partners; 1 if they do not. */
export function growth({ from, pairs }: MeasuredJoin): number {
  const alone = from.orphans + from.nulls;
  return from.rows === 0 ? 1 : (pairs + alone) / from.rows;
}

/** Whether rows of the `from` end are multiplied. */
export function multiplies({ cardinality }: MeasuredJoin): boolean {
  return cardinality === 'one_to_many' || cardinality === 'many_to_many';
}

/** A join that was found, between logical tables. */
export interface ProposedJoin extends Pick<Join, 'from' | 'to' | 'on'> {
  /** Its ends as text. */
  readonly key: string;
  readonly candidate: JoinCandidate;
  readonly measured: MeasuredJoin;
}

interface Proposals {
  readonly sure: readonly ProposedJoin[];
  /** What is only told. */
  readonly unsure: readonly ProposedJoin[];
}

const nothing: Proposals = { sure: [], unsure: [] };
let kept: { readonly of: readonly unknown[]; readonly made: Proposals } | null = null;

/** What was found and neither accepted nor dismissed, and rests on the tables as they are read now. */
export function proposalsOf(
  s: Pick<State, 'design' | 'tables' | 'joinsFound' | 'joinsDismissed'>,
): Proposals {
  if (s.joinsFound === null) return nothing;
  const of = [s.joinsFound, s.design.tables, s.design.joins, s.joinsDismissed, s.tables];
  if (kept?.of.every((part, i) => part === of[i])) return kept.made;
  const taken = new Set([...s.design.joins.map(endsKey), ...s.joinsDismissed]);
  const read = new Set(s.joinsFound.of);
  const open = s.joinsFound.found.candidates.flatMap((candidate): ProposedJoin[] => {
    const { from, to } = candidate.measured.ask;
    const tables = [s.tables[from.table], s.tables[to.table]];
    if (!tables.every((table) => table !== undefined && read.has(table))) return [];
    const join = proposedBetween(s.design, candidate);
    return join === null || taken.has(join.key) ? [] : [join];
  });
  const made = {
    sure: open.filter(({ candidate }) => candidate.confident),
    unsure: open.filter(({ candidate }) => !candidate.confident),
  };
  kept = { of, made };
  return made;
}

function proposedBetween(design: Design, candidate: JoinCandidate): ProposedJoin | null {
  const { ask } = candidate.measured;
  const [from, to] = [tableOver(design, ask.from.table)?.name, tableOver(design, ask.to.table)?.name];
  if (from === undefined || to === undefined) return null;
  const on = ask.from.columns.map((column, i) => [column, ask.to.columns[i] ?? ''] as const);
  return { from, to, on, key: endsKey({ from, to, on }), candidate, measured: candidate.measured };
}

/** Joins of the design whose measured cardinality multiplies rows of their `from` end. */
export function multiplyingJoins(s: State): readonly Join[] {
  return s.design.joins.filter((join) => {
    const value = measureOf(s, askOfJoin(s, join))?.value;
    return value !== null && value !== undefined && multiplies(value);
  });
}
