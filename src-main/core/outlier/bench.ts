/**
 * What the bench answers: every method on one column, side by side, and what can be asked of one of them.
 */
import type { Filter, Flag } from '../filter';
import type { Evidence } from '../profile/profile';
import type { Column } from '../table';
import type { GroupFlag, MethodName, Rule, ValuesFlag } from './method';

/** A method that works on the column: its rule and what it flags. */
export interface Found {
  readonly method: MethodName;
  readonly fits: true;
  readonly parameter: number;
  readonly flag: Flag | ValuesFlag;
  readonly low: number | null;
  readonly high: number | null;
  readonly below: number;
  readonly above: number;
  readonly remark: string;
  /** Rare values, patterns or steps of a calendar, at most 200 of them; absent where the rule is of fences. */
  readonly groups?: readonly GroupFlag[];
  /** Groups that are flagged, of how many, and what they are called. */
  readonly flagged?: number;
  readonly of?: number;
  readonly noun?: string;
}

export type Outcome =
  | Found
  | { readonly method: MethodName; readonly fits: false; readonly parameter: number; readonly why: string };

export interface BenchAnswer {
  readonly column: Column;
  readonly rows: number;
  readonly nulls: number;
  readonly notFinite: number;
  /** Values the methods look at: neither null, nor NaN, nor infinite. */
  readonly filled: number;
  /** Least, quartiles and greatest of the finite numbers; null if it is no number or there is none. */
  readonly box: readonly [number, number, number, number, number] | null;
  readonly outcomes: readonly Outcome[];
  readonly evidence: Evidence;
}

/** What a method flags at each stop of its slider, in order; null at stops where it cannot work. */
export interface CurveAnswer {
  readonly method: MethodName;
  readonly points: readonly (CurvePoint | null)[];
  readonly evidence: Evidence;
}

export type CurvePoint = Pick<Found, 'parameter' | 'low' | 'high' | 'below' | 'above' | 'flag'>;

/** Rows flagged by both of two methods; on the diagonal, by the one. */
export interface AgreementAnswer {
  readonly methods: readonly MethodName[];
  readonly both: readonly (readonly number[])[];
  /** Rows flagged by at least one, and by all. */
  readonly any: number;
  readonly all: number;
  readonly evidence: Evidence;
}

/** Values to draw: some of those that are not flagged, and different ones that are. */
export interface StripAnswer {
  readonly usual: readonly number[];
  /** Different flagged values with their rows, ascending; the most extreme and an even choice of the others if `flaggedOf` is larger. */
  readonly flagged: readonly { readonly value: number; readonly rows: number }[];
  readonly flaggedOf: number;
  /** Of `usual`. */
  readonly evidence: Evidence;
}

/** How far rows lie out in several columns at once, on a sample. */
export interface DistanceAnswer {
  readonly columns: readonly string[];
  /** Rows of the sample with a finite value in every column, and those without. */
  readonly sampled: number;
  readonly leftOut: number;
  /** The squared distance of which a share of normal rows is closer, and rows of the sample beyond it. */
  readonly cuts: readonly { readonly share: number; readonly distance: number; readonly rows: number }[];
  /** The farthest rows first. */
  readonly farthest: readonly { readonly values: readonly number[]; readonly distance: number }[];
  /** Medians of the columns, to compare the rows with. */
  readonly medians: readonly number[];
  /** Why there is no distance, in a sentence; '' if there is. */
  readonly why: string;
  readonly evidence: Evidence;
}

/** The filter that leaves the flagged rows of a column. */
export function flaggedFilter(column: string, flag: Rule['flag']): Filter {
  return { column, test: flag };
}
