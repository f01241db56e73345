/**
 * Outlier methods: what each needs to know of a column, and the rule it makes of it. A method is one file of this folder
 * and one entry of `methods.ts`.
 */
import type { Flag } from '../filter';
import type { Cell, Column, Kind } from '../table';

export const methodNames = [
  'iqr',
  'log-iqr',
  'z-score',
  'mad',
  'percentile',
  'grubbs',
  'esd',
  'category',
  'pattern',
  'season',
] as const;
export type MethodName = (typeof methodNames)[number];

/** Figures of the finite values of a number column; null where they overflow or there is no value. */
export interface NumberFacts {
  readonly min: number;
  readonly max: number;
  readonly mean: number | null;
  /** Sample standard deviation (n − 1). */
  readonly deviation: number | null;
  /** Interpolated (type 7), by probability. */
  readonly quantiles: ReadonlyMap<number, number>;
  /** Median of the absolute distances from the median, not scaled. */
  readonly mad: number;
  /** Values above 0, and the quartiles of their natural logarithms; null if there are none. */
  readonly positive: number;
  readonly logQuartiles: readonly [number, number] | null;
  /** All values in ascending order, where they are few enough for tests of small data; null if not. */
  readonly values: readonly number[] | null;
}

/** Rows that are alike: in their value, or in how it is written. */
export interface Group {
  readonly value: Cell;
  readonly count: number;
}

/** Rows per step of a calendar, ascending; steps without rows are there too. */
export interface Calendar {
  readonly grain: string;
  /** Beginning of a step, ISO 8601 without a zone. */
  readonly steps: readonly { readonly start: string; readonly rows: number }[];
}

/** A part that could not be had says why in a sentence. */
export type Known<T> = { readonly value: T } | { readonly why: string };

/** What is known of a column in a selection of its table. */
export interface Facts {
  readonly column: Column;
  readonly rows: number;
  readonly nulls: number;
  /** NaN and infinities, which no method looks at. */
  readonly notFinite: number;
  /** Values the methods look at. */
  readonly filled: number;
  readonly numbers: Known<NumberFacts>;
  /** Every value with its rows, rarest last. */
  readonly groups: Known<readonly Group[]>;
  /** Every mask with its rows, rarest last. */
  readonly masks: Known<readonly Group[]>;
  readonly calendar: Known<Calendar>;
}

/** The setting of a method: how far out is out. */
export interface Parameter {
  readonly title: string;
  /** Steps of the slider, ascending. */
  readonly stops: readonly number[];
  readonly standard: number;
  /** Legal values that are typed lie within, both ends included. */
  readonly least: number;
  readonly most: number;
  /** Whether values between the stops may be typed. */
  readonly free: boolean;
  /** How a value reads: `3.5`, or `1 %` for 0.01. */
  readonly unit: 'plain' | 'percent';
}

/** A rule, or in a sentence why the method makes none of this column. */
export type Verdict = Rule | { readonly fits: false; readonly why: string };

export interface Rule {
  readonly fits: true;
  readonly flag: Flag | ValuesFlag;
  /** Fences in the column's unit; null where the rule has none. */
  readonly low: number | null;
  readonly high: number | null;
  /** What the reader should know of it, in a sentence; '' if nothing. */
  readonly remark: string;
  /** What is known without another look at the data: rows on each side and the groups that are flagged. */
  readonly counted?: Counted;
}

/** Values that are rare; the filter of the grid says the same. */
export interface ValuesFlag {
  readonly kind: 'values';
  readonly values: readonly Cell[];
}

export interface Counted {
  /** Rows below, or of steps with too few rows. */
  readonly below: number;
  readonly above: number;
  /** What is flagged and out of how many, in the plural: `3 of 45 patterns`. */
  readonly groups: readonly GroupFlag[];
  readonly of: number;
  readonly noun: string;
}

/** A value, a pattern or a step of a calendar that is flagged. */
export interface GroupFlag {
  readonly value: Cell;
  readonly rows: number;
  /** Rows one would expect of a step of a calendar. */
  readonly expected?: number;
}

export interface Method {
  readonly name: MethodName;
  readonly title: string;
  /** For the head of a narrow column. */
  readonly short: string;
  /** How it decides, in a sentence, with its source. */
  readonly about: string;
  /** Kinds it may work on; of others it says so. */
  readonly kinds: readonly Kind[];
  readonly parameter: Parameter;
  /** @param parameter Within `parameter.least` and `most`. */
  judge(facts: Facts, parameter: number): Verdict;
}

export function unfit(why: string): Verdict {
  return { fits: false, why };
}

/** A rule of two fences, or why they are none. */
export function fences(low: number, high: number, remark = ''): Verdict {
  if (!Number.isFinite(low) || !Number.isFinite(high))
    return unfit('The fences lie beyond the range of numbers.');
  return { fits: true, flag: { kind: 'outside', low, high }, low, high, remark };
}

/** From `from` to `to` in equal steps, both included, free of the dust of adding. */
export function steps(from: number, to: number, step: number): readonly number[] {
  const n = Math.round((to - from) / step);
  return Array.from({ length: n + 1 }, (_, i) => Number((from + i * step).toFixed(6)));
}
