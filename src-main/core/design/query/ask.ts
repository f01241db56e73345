/**
 * What the words of a question mean in a design.
 */
import { ProblemError, problem } from '../../problem';
import type { Design, DesignTable, Dimension } from '../design';
import { type Grain, grains } from './question';

export type { Grain, MemberFilter, ModelQuery } from './question';

export interface DesignQuery {
  readonly sql: string;
  /** What each column of the answer is: `member` is `table.member`, with the grain of a time. */
  readonly columns: readonly { readonly name: string; readonly member: string }[];
  /** What somebody should know who reads the answer. */
  readonly notes: readonly string[];
}

/** A dimension as it was asked for. */
export interface AskedDimension {
  readonly table: DesignTable;
  readonly member: Dimension;
  readonly grain: Grain | null;
  /** Whether the dimension named the grain itself. */
  readonly own: boolean;
}

/**
 * The table and the member that `table.member`, or a member's name that only one table has, means.
 * @throws ProblemError `member-missing`.
 */
export function found<M extends { readonly name: string }>(
  design: Design,
  asked: string,
  listOf: (table: DesignTable) => readonly M[],
): { readonly table: DesignTable; readonly member: M } {
  const hit = foundOrNull(design, asked, listOf);
  if (hit !== null) return hit;
  const dot = asked.indexOf('.');
  const table = dot < 0 ? design.name : asked.slice(0, dot);
  throw new ProblemError(
    problem('member-missing', { table, member: asked.slice(dot + 1), used: 'The query' }),
  );
}

function foundOrNull<M extends { readonly name: string }>(
  design: Design,
  asked: string,
  listOf: (table: DesignTable) => readonly M[],
): { readonly table: DesignTable; readonly member: M } | null {
  const hits = design.tables.flatMap((table) =>
    listOf(table)
      .filter((m) => asked === `${table.name}.${m.name}` || asked === m.name)
      .map((member) => ({ table, member })),
  );
  const hit = hits.find((h) => asked === `${h.table.name}.${h.member.name}`) ?? hits[0];
  const several = new Set(hits.map((h) => h.table.name)).size > 1;
  return hit && (!several || asked === `${hit.table.name}.${hit.member.name}`) ? hit : null;
}

/** A dimension with the grain that its own word, or else the query, gives. @throws ProblemError `member-missing`. */
export function askedDimension(design: Design, asked: string, grain: Grain | null): AskedDimension {
  const dimensions = (t: DesignTable) => t.dimensions;
  const whole = foundOrNull(design, asked, dimensions);
  const dot = asked.lastIndexOf('.');
  const word = grains.find((g) => dot > 0 && g === asked.slice(dot + 1));
  if (whole === null && word !== undefined) {
    const part = foundOrNull(design, asked.slice(0, dot), dimensions);
    if (part?.member.type === 'time') return { ...part, grain: word, own: true };
  }
  const { table, member } = whole ?? found(design, asked, dimensions);
  return { table, member, grain: member.type === 'time' ? grain : null, own: false };
}
