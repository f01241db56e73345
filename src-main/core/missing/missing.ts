/**
 * Missing data: what is asked about it and what the answers hold. A value is missing where it is null; text that is
 * blank and values that stand for a missing one are counted apart, because they count as values everywhere else.
 */
import type { Filter } from '../filter';
import type { Evidence } from '../profile/profile';
import type { Cell, Kind } from '../table';

/** Rows of a table to look at. */
export interface MissingAsk {
  readonly table: string;
  readonly filter?: readonly Filter[];
}

/** What a column lacks, over all rows looked at. */
export interface ColumnLack {
  readonly name: string;
  readonly kind: Kind;
  readonly nulls: number;
  /** Text that is empty or only blanks; 0 for other kinds. */
  readonly blanks: number;
}

/** Why a value may stand for a missing one. */
export type SuspectKind = 'word' | 'sentinel' | 'calendar' | 'zero' | 'end' | 'default';

/** A value that may stand for a missing one. */
export interface Suspect {
  readonly column: string;
  /** As text; blank text around a word is left out. */
  readonly value: string;
  readonly kind: SuspectKind;
  /** Rows that hold it, exact. */
  readonly count: number;
  /** Values of the column that are not null. */
  readonly filled: number;
  /** Whether it usually means missing; else it only looks odd. */
  readonly likely: boolean;
  /** A sentence with the figures that speak for it. */
  readonly why: string;
}

export interface MissingOverview {
  readonly rows: number;
  /** In file order. */
  readonly columns: readonly ColumnLack[];
  readonly evidence: Evidence;
}

export interface MissingDisguised {
  /** Likely ones first, then by count. */
  readonly suspects: readonly Suspect[];
  /** Rows from which odd values were found; their counts are exact all the same. */
  readonly sampled: number;
  /** Of the counts. */
  readonly evidence: Evidence;
}

/** A column whose share of missing changes at a place of the file. */
export interface Break {
  readonly column: string;
  /** Row number, from 1, of the first row after the change: the first row of a strip. */
  readonly row: number;
  /** Shares missing before and after it. */
  readonly before: number;
  readonly after: number;
}

/** Rows in file order in strips of equal length, and what each lacks of each column. */
export interface MissingMatrix {
  /** Columns that lack something, in file order. */
  readonly columns: readonly { readonly name: string; readonly nulls: number }[];
  /** Columns that lack something but are beyond the limit. */
  readonly left: number;
  /** Rows of the table in a strip; the last may hold fewer. */
  readonly length: number;
  readonly strips: readonly {
    /** Row number of its first row in the file, from 1. */
    readonly from: number;
    /** Rows that the selection holds of it. */
    readonly rows: number;
    /** Nulls of each column. */
    readonly nulls: readonly number[];
  }[];
  /** At most one of each column, the greatest changes first. */
  readonly breaks: readonly Break[];
  readonly evidence: Evidence;
}

/** Columns that lack values in the same rows. */
export interface MissingTogether {
  /** In the order of the dendrogram. */
  readonly columns: readonly { readonly name: string; readonly nulls: number }[];
  readonly left: number;
  /** Correlation of being missing, −1 … 1, of each two columns; null where one of them lacks all or nothing. */
  readonly phi: readonly (readonly (number | null)[])[];
  /** Rows in which both lack their value. */
  readonly both: readonly (readonly number[])[];
  readonly merges: readonly Merge[];
  /** Sets of columns that lack together and nothing else does, commonest first, at most 20; the empty set is among them. */
  readonly sets: readonly { readonly columns: readonly string[]; readonly rows: number }[];
  /** How many different sets there are. */
  readonly different: number;
  readonly rows: number;
  /** Of the sets. */
  readonly evidence: Evidence;
  /** Of the correlations. */
  readonly pairs: Evidence;
}

/** Two branches that join. Leaves are numbered as the columns, the branch of merge i is `columns + i`. */
export interface Merge {
  readonly left: number;
  readonly right: number;
  /** 0: always missing together; 1: never. */
  readonly height: number;
}

export interface AboutAsk extends MissingAsk {
  readonly column: string;
  /** A column of times to follow it along; the first that fits unless given. */
  readonly time?: string;
  /** Whether all rows are tested where there are so many that a sample would be taken. */
  readonly exact?: boolean;
}

/** Rows that have something in common, and how many of them lack the value. */
export interface Group {
  readonly label: string;
  readonly rows: number;
  readonly missing: number;
  /** What leaves these rows only; null if no filter says it. */
  readonly filter: Filter | null;
}

/** How far the missing of one column depends on another. */
export interface Dependence {
  readonly column: string;
  readonly kind: Kind;
  /** In the order of their values; the rest and the missing last. */
  readonly groups: readonly Group[];
  /** Cramér's V, 0 … 1. */
  readonly v: number;
  /** Of groups large enough for the test; null if there are not two of them. */
  readonly chi2: number | null;
  readonly df: number | null;
  /** By the chi-squared test, or exact for a small group where that is more telling; the pair corrected. */
  readonly p: number;
  /** Corrected for the number of columns tested. Source: Benjamini and Hochberg (1995). */
  readonly q: number;
  /** `strong`, `some` and `slight` are significant; `none` is not. */
  readonly verdict: 'strong' | 'some' | 'slight' | 'none';
  /** `80 % missing where channel = web (12 of 15 rows), 3 % elsewhere`. */
  readonly words: string;
}

export interface MissingAbout {
  readonly column: string;
  readonly rows: number;
  readonly missing: number;
  /** Columns of times that can be followed. */
  readonly times: readonly string[];
  readonly time: {
    readonly column: string;
    readonly grain: string;
    readonly groups: readonly (Group & { readonly low: string })[];
    /** Rows without a time. */
    readonly without: number;
  } | null;
  /** By the file they came from; null for a table of one file. */
  readonly files: { readonly column: string; readonly groups: readonly Group[]; readonly of: number } | null;
  /** Strongest first. */
  readonly depends: readonly Dependence[];
  /** Columns that could not be tested, and why. */
  readonly untested: readonly { readonly column: string; readonly why: string }[];
  /** What all this says, in one sentence. */
  readonly words: string;
  readonly evidence: Evidence;
  /** Of the dependences: exact, or a sample where there is much to read. */
  readonly tested: Evidence;
}

export interface EffectAsk extends MissingAsk {
  /** A column of numbers whose figures are compared; null for the rows only. */
  readonly column: string | null;
  /** Rows that lack one of these are dropped. */
  readonly drop: readonly string[];
}

/** Figures of a column of numbers after its missing values were dealt with in one way. */
export interface Effect {
  readonly way: 'present' | 'drop' | 'zero' | 'mean' | 'median' | 'mode';
  /** What was filled in; null where nothing is. */
  readonly fill: Cell;
  readonly values: number;
  readonly mean: number | null;
  readonly median: number | null;
  /** Sample standard deviation (n − 1). */
  readonly stddev: number | null;
}

export interface MissingEffect {
  readonly rows: number;
  /** Rows that are left if those that lack one of the columns are dropped. */
  readonly left: number;
  /** Rows that lack this one and none of the others. */
  readonly alone: readonly { readonly column: string; readonly rows: number }[];
  readonly effects: readonly Effect[];
  readonly evidence: Evidence;
}
