/**
 * A question through the model. A value of texts and numbers, so that it can be kept.
 */

/** Parts of time that a time dimension can be grouped by. */
export const grains = ['second', 'minute', 'hour', 'day', 'week', 'month', 'quarter', 'year'] as const;

export type Grain = (typeof grains)[number];

/** Conditions a member can be held to, as Cube and Lens name them. */
export const operators = [
  'equals',
  'notEquals',
  'contains',
  'notContains',
  'startsWith',
  'endsWith',
  'gt',
  'gte',
  'lt',
  'lte',
  'set',
  'notSet',
  'inDateRange',
  'notInDateRange',
  'beforeDate',
  'afterDate',
] as const;

export type Operator = (typeof operators)[number];

/** A condition on one member. On a measure it acts on groups, on a dimension on rows. */
export interface MemberFilter {
  /** `table.member`, or a name that only one table has. */
  readonly member: string;
  /**
   * As Cube and Lens name them. `equals` to several values means any of them, `notEquals` none of them; null values differ from
   * every value. `contains` and its kin do not mind case. Dates are in UTC, and a range ends with the last instant of its end.
   */
  readonly operator: Operator;
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
