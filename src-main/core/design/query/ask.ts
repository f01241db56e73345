/**
 * A question through the model, and what its words mean in a design.
 */
import { ProblemError, problem } from '../../problem';
import type { Design, DesignTable, Dimension } from '../design';

/** Parts of time that a time dimension can be grouped by. */
export const grains = ['second', 'minute', 'hour', 'day', 'week', 'month', 'quarter', 'year'] as const;

export type Grain = (typeof grains)[number];

/** A condition on one member. On a measure it acts on groups, on a dimension on rows. */
export interface MemberFilter {
  /** `table.member`, or a name that only one table has. */
  readonly member: string;
  /**
   * As Cube and Lens name them. `equals` to several values means any of them, `notEquals` none of them; null values differ from
   * every value. `contains` and its kin do not mind case. Dates are in UTC, and a range ends with the last instant of its end.
   */
  readonly operator:
    | 'equals'
    | 'notEquals'
    | 'contains'
    | 'notContains'
    | 'startsWith'
    | 'endsWith'
    | 'gt'
    | 'gte'
    | 'lt'
    | 'lte'
    | 'set'
    | 'notSet'
    | 'inDateRange'
    | 'notInDateRange'
    | 'beforeDate'
    | 'afterDate';
  /** None for `set` and `notSet`; two, first and last day, for the ranges. */
  readonly values: readonly (string | number | boolean)[];
}

/**
 * A question through the model. Members are `table.member`, or a name that only one table has; a time dimension may name its
 * own grain, as in `orders.day.month`.
 */
export interface ModelQuery {
  readonly measures: readonly string[];
  readonly dimensions: readonly string[];
  /** All of them must hold. */
  readonly segments: readonly string[];
  /** For time dimensions that name none of their own. */
  readonly grain?: Grain;
  /** All of them must hold. */
  readonly filters?: readonly MemberFilter[];
  /** A condition over columns and {dimensions}, or one over {measures} alone. */
  readonly where?: string;
  /** First the first. Without it by time, else by the first measure, largest first. */
  readonly order?: readonly { readonly member: string; readonly descending: boolean }[];
  /** Rows of a time dimension from the first day to the last, both in UTC: a filter that also says where gaps end. */
  readonly range?: { readonly dimension: string; readonly from: string; readonly to: string };
  /** Whether times without rows are in the answer; where it groups by exactly one time with a grain. */
  readonly fill?: boolean;
  readonly limit?: number;
  readonly offset?: number;
}

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
