/**
 * The profile of a column: figures, what they rest on, and what they suggest.
 *
 * Keys that do not apply to the column's kind are absent, as in the JSON of the command line.
 */
import type { Aggregation } from '../aggregation';
import type { Filter } from '../filter';
import type { Cell, Kind } from '../table';

/** What a figure rests on. Times are ISO 8601; `ms` is how long the queries took. */
export interface Evidence {
  readonly basis: 'exact' | 'estimate' | 'sample';
  /** Rows the figures were computed from. */
  readonly rows: number;
  /** Rows that a sample stands for. */
  readonly of?: number;
  readonly at: string;
  readonly ms: number;
  /** The statements, in order, so that anybody can compute the figures again. */
  readonly sql: readonly string[];
}

/** How far a figure may be from the truth. */
export interface Inexact {
  readonly basis: 'estimate' | 'sample';
  /** The true figure lies within so much of the told one, at three standard errors; absent if that is not known. */
  readonly error?: number;
}

/** Closed on the left; the last bin is closed on both sides. For times, `low` and `high` are ISO text. */
export interface Bin {
  readonly low: number | string;
  readonly high: number | string;
  readonly count: number;
}

export interface TopValue {
  readonly value: Cell;
  readonly count: number;
}

/** Values outside [lower, upper]. */
export interface Outliers {
  readonly method: 'iqr';
  /** The factor of the interquartile range, 1.5. */
  readonly k: number;
  readonly lower: number;
  readonly upper: number;
  readonly count: number;
  readonly below: number;
  readonly above: number;
  /** The most extreme distinct values first, at most 10. */
  readonly examples: readonly Cell[];
}

/** How values are written: letters as A and a, digits as 9, all else as it stands. */
export interface Pattern {
  readonly mask: string;
  readonly count: number;
}

/** A value that usually stands for a missing one. */
export interface Disguised {
  readonly value: Cell;
  readonly count: number;
}

/** The coarsest grain that loses nothing of the times, and how many of its steps between the first and the last lack. */
export interface Range {
  readonly grain: string;
  readonly gaps: number;
}

/** How the letters of texts are written. Texts without letters of two cases are in none. */
export interface LetterCase {
  readonly upper: number;
  readonly lower: number;
  /** Capitals and small letters together. */
  readonly mixed: number;
}

/** Texts that hold letters of a script, for example Cyrillic; a text may count for several. */
export interface Script {
  readonly script: string;
  readonly count: number;
}

export const meaningNames = [
  'identifier',
  'code',
  'category',
  'ordinal',
  'quantity',
  'money',
  'percent',
  'ratio',
  'count',
  'flag',
  'date',
  'time',
  'email',
  'phone',
  'url',
  'ip',
  'uuid',
  'country',
  'postcode',
  'latitude',
  'longitude',
  'person',
  'text',
  'json',
  'path',
  'language',
] as const;
export type MeaningName = (typeof meaningNames)[number];

/** What the values mean beyond their kind, and what speaks for it. */
export interface Meaning {
  readonly name: MeaningName;
  readonly reason: string;
}

/** Box plot figures are `quantiles` and `outliers`; whiskers end at the last value inside the fences. */
export interface ColumnProfile {
  readonly name: string;
  readonly type: string;
  readonly kind: Kind;
  readonly rows: number;
  readonly nulls: number;
  /** Text that is empty or only white space; text columns only. */
  readonly blanks?: number;
  /** Distinct values that are not null. */
  readonly distinct: number;
  /** Values that occur exactly once. */
  readonly unique: number;
  readonly min?: Cell;
  readonly max?: Cell;
  /** Over finite values only. */
  readonly mean?: number;
  /** Sample standard deviation (n − 1); absent below two values. */
  readonly stddev?: number;
  readonly sum?: Cell;
  readonly zeros?: number;
  readonly negatives?: number;
  readonly infinite?: number;
  readonly nan?: number;
  readonly skewness?: number;
  readonly kurtosis?: number;
  /** Median of the absolute differences from the median; left out above 50,000 distinct values. */
  readonly mad?: number;
  /** Of the values, in bits. Source: Shannon, A Mathematical Theory of Communication (1948). */
  readonly entropy?: number;
  /** Values by their first digit that is not 0, from 1 to 9; numbers only. */
  readonly digits?: readonly number[];
  /** Whole numbers only: values other than 0 that are multiples of 5, 10, 100, 1000, keyed by these. */
  readonly heaps?: Readonly<Record<string, number>>;
  /** Interpolated (type 7), keyed by the probability: "0.05", "0.25", "0.5", "0.75", "0.95". */
  readonly quantiles?: Readonly<Record<string, Cell>>;
  readonly histogram?: readonly Bin[];
  /** Most frequent first, ties by value; at most 20, nulls left out. */
  readonly top: readonly TopValue[];
  readonly outliers?: readonly Outliers[];
  /** Of texts in characters, of lists and maps in elements. */
  readonly length?: { readonly min: number; readonly max: number; readonly mean: number };
  /** Texts with white space before or after other characters. */
  readonly padded?: number;
  /** Texts with control characters or characters without width. */
  readonly unseen?: number;
  readonly letterCase?: LetterCase;
  /** Most frequent first; only where not all letters are Latin. */
  readonly scripts?: readonly Script[];
  /** Values on Sunday to Saturday, and at the hours 0 to 23; times only, hours not of dates. */
  readonly weekdays?: readonly number[];
  readonly hours?: readonly number[];
  /** How the rows are ordered by this column, if they are; strictly where no value repeats. Nulls leave it open. */
  readonly sorted?: 'ascending' | 'descending' | 'strictly-ascending' | 'strictly-descending';
  /** What lies inside nested values: the elements of a list, the fields of a struct, the keys and the values of a map. */
  readonly inside?: readonly ColumnProfile[];
  /** Commonest first, at most 20; text of up to 50,000 distinct values that are not long only. */
  readonly patterns?: readonly Pattern[];
  /** Values that usually stand for a missing one; absent if there are none. They count as values everywhere else. */
  readonly disguised?: readonly Disguised[];
  /** Dates and timestamps of at least three distinct values only. */
  readonly range?: Range;
  readonly meaning?: Meaning;
  /** Figures that are not exact, by their key, `quantiles.0.5` for one of several; absent if the evidence says it of all. */
  readonly inexact?: Readonly<Record<string, Inexact>>;
  readonly evidence: Evidence;
}

/** Whether a figure, by its key, may be off; one of several too if they are marked together. */
export function isInexact(profile: ColumnProfile, key: string): boolean {
  const { inexact, evidence } = profile;
  if (inexact === undefined) return evidence.basis !== 'exact';
  return inexact[key] !== undefined || inexact[key.replace(/\..*$/, '')] !== undefined;
}

/** Whether a profile is only a first look, to be told again from all rows. */
export function isFirstLook(profile: ColumnProfile): boolean {
  return profile.evidence.basis === 'sample';
}

export type Role = 'key' | 'dimension' | 'measure' | 'time' | 'ignored';

/** A role proposed for a column, with what speaks for it and against it. */
export interface Suggestion {
  readonly table: string;
  readonly column: string;
  readonly role: Role;
  /** For a measure, the aggregation that makes sense first. */
  readonly aggregation?: Aggregation;
  /** 0…1; at or above 0.7 the command line accepts it. */
  readonly confidence: number;
  /** Sentences with figures. */
  readonly reasons: readonly string[];
  readonly against: readonly string[];
}

/** Something about a column, or about the table if no column is named, that deserves a look. */
export interface Alert {
  readonly code: AlertCode;
  /** Absent if it is about the table. */
  readonly column?: string;
  readonly severity: 'info' | 'warning';
  readonly message: string;
  /** Figures of the column's profile that it rests on, by their key; absent if it rests on something else. */
  readonly figures?: readonly string[];
  /** What it rests on, where that is neither the profile of the column nor the reading of the file. */
  readonly evidence?: Evidence;
  /** Of a warning about the reading: the query whose rows speak for it. */
  readonly sql?: string;
  /** The rows it is about, where a filter can say which. */
  readonly rows?: Filter;
}

export type AlertCode =
  | 'empty'
  | 'rejected'
  | 'damaged'
  | 'duplicates'
  | 'equal-but-key'
  | 'all-null'
  | 'constant'
  | 'many-nulls'
  | 'blanks'
  | 'disguised'
  | 'values-lost'
  | 'key-violated'
  | 'unique'
  | 'many-zeros'
  | 'skewed'
  | 'uniform'
  | 'outliers'
  | 'not-finite'
  | 'far-year'
  | 'high-cardinality'
  | 'imbalanced'
  | 'rare-values'
  | 'near-labels'
  | 'mixed-dates'
  | 'mixed-formats'
  | 'mixed-units'
  | 'money-text'
  | 'number-text'
  | 'constant-length'
  | 'truncated'
  | 'encoding-damage'
  | 'far-date'
  | 'future-date'
  | 'gaps'
  | 'trend'
  | 'seasonal'
  | 'unsupported';
