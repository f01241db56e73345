/**
 * Relations inside a table: how columns go together, which columns determine others, and which say the same twice.
 */
import type { Evidence } from '../profile/profile';
import type { Cell, Column } from '../table';

/**
 * Coefficients of a pair of columns.
 *
 * pearson, spearman and kendall (tau-b) are signed, from −1 to 1, for numbers and times; cramer (V, bias-corrected) is
 * for two categories, eta (correlation ratio) for a category and a number, mutual (normalised mutual information on
 * binned values) for any two; these three go from 0 to 1.
 */
export const coefficients = ['pearson', 'spearman', 'kendall', 'cramer', 'eta', 'mutual'] as const;
export type Coefficient = (typeof coefficients)[number];

export const coefficientTitle: Readonly<Record<Coefficient, string>> = {
  pearson: 'Pearson r',
  spearman: 'Spearman ρ',
  kendall: 'Kendall τ-b',
  cramer: 'Cramér’s V',
  eta: 'Eta η',
  mutual: 'Mutual information',
};

/** Whether a coefficient has a direction; the others only say how strong. */
export function isSigned(coefficient: Coefficient): boolean {
  return coefficient === 'pearson' || coefficient === 'spearman' || coefficient === 'kendall';
}

/** How a column takes part: times count in seconds since 1970, texts and booleans as categories. */
export type Scale = 'number' | 'time' | 'category';

export interface RelatedColumn {
  readonly column: Column;
  readonly scale: Scale;
  /** Edges of its bins, where mutual information binned it. */
  readonly edges?: readonly number[];
}

/** A column that takes no part, and why, as the end of a sentence: `all its values are equal`. */
export interface LeftOut {
  readonly column: string;
  readonly reason: string;
}

/** How two columns go together. */
export interface Association {
  /** Indexes of the columns; a < b. */
  readonly a: number;
  readonly b: number;
  readonly coefficient: Coefficient;
  /** null where it is not defined: fewer than three rows with both values, or all values of one of them equal. */
  readonly value: number | null;
  /** Rows in which both columns have a value (numbers: a finite one). */
  readonly n: number;
  readonly basis: 'exact' | 'sample';
}

export interface AssociationMatrix {
  readonly columns: readonly RelatedColumn[];
  /** One for each pair that the coefficient fits. */
  readonly pairs: readonly Association[];
  readonly leftOut: readonly LeftOut[];
  /** What was not done and why, a sentence each. */
  readonly notes: readonly string[];
  /** Rows of the selection. */
  readonly rows: number;
  readonly evidence: Evidence;
}

/** Five numbers of a group; for times in seconds since 1970. */
export interface Box {
  /** null is the rest: all categories that are not named. */
  readonly group: Cell;
  readonly rest: boolean;
  /** Rows with a finite value. */
  readonly n: number;
  readonly min: number;
  readonly q1: number;
  readonly median: number;
  readonly q3: number;
  readonly max: number;
  readonly mean: number;
}

/** One way two columns can be laid against each other. Numbers of times are seconds since 1970. */
export type PairShape =
  | {
      readonly kind: 'numbers';
      /** Edges of the cells along each axis; values beyond the first and the last edge are in cells −1 and `edges.length − 1`. */
      readonly x: readonly number[];
      readonly y: readonly number[];
      /** (column, row, rows of the table), exact. */
      readonly cells: readonly (readonly [number, number, number])[];
      readonly points: readonly (readonly [number, number])[];
      readonly allPoints: boolean;
      /** The least-squares line y = slope · x + intercept over all rows. */
      readonly line: { readonly slope: number; readonly intercept: number } | null;
    }
  | {
      readonly kind: 'boxes';
      readonly boxes: readonly Box[];
      /** Categories of the column. */
      readonly groups: number;
      /** Whether the second column is the category. */
      readonly flipped: boolean;
    }
  | {
      readonly kind: 'counts';
      /** null at the end is the rest, if there is one. */
      readonly rows: readonly Cell[];
      readonly columns: readonly Cell[];
      readonly restRow: boolean;
      readonly restColumn: boolean;
      readonly counts: readonly (readonly number[])[];
    }
  | {
      readonly kind: 'line';
      readonly grain: string;
      readonly points: readonly {
        readonly at: string;
        readonly n: number;
        readonly mean: number | null;
        readonly median: number | null;
      }[];
      readonly flipped: boolean;
    };

export interface PairView {
  readonly a: RelatedColumn;
  readonly b: RelatedColumn;
  /** Rows in which both have a value. */
  readonly n: number;
  readonly rows: number;
  readonly shape: PairShape | null;
  /** Why there is no picture. */
  readonly reason: string | null;
  /** Every coefficient that fits. */
  readonly coefficients: readonly Association[];
  readonly evidence: Evidence;
}

/**
 * The left columns determine the right one: rows that agree on the left agree on the right. Rows with a null on the left
 * are left out; a null on the right is a value like any other.
 */
export interface Dependency {
  readonly left: readonly string[];
  readonly right: string;
  /** Rows whose left side has a value. */
  readonly rows: number;
  /** Rows that agree with the most frequent right value of their left value; all of them if it is exact. */
  readonly agree: number;
  /** Distinct left values. */
  readonly groups: number;
  /** Rows whose left value occurs more than once; only these can speak for it or against it. */
  readonly support: number;
  readonly sentence: string;
  readonly sql: string;
}

export type Redundancy = {
  readonly columns: readonly string[];
  /** A sentence with its figures. */
  readonly sentence: string;
  readonly sql: string;
} & (
  | { readonly kind: 'equal' | 'spelling' | 'nulls' | 'coding' }
  | { readonly kind: 'linear'; readonly slope: number; readonly intercept: number }
  | { readonly kind: 'sum' | 'product' }
);

export interface Findings {
  /** Exact ones first, then by the rows that speak for them. */
  readonly dependencies: readonly Dependency[];
  readonly redundancies: readonly Redundancy[];
  readonly leftOut: readonly LeftOut[];
  readonly notes: readonly string[];
  /** Columns that were looked at. */
  readonly looked: number;
  readonly rows: number;
  readonly evidence: Evidence;
}

/** Rows that break a dependency. */
export interface Breaks {
  readonly columns: readonly string[];
  /** The left values, the right value, the right value that most rows have, and a few other columns. */
  readonly page: readonly (readonly Cell[])[];
  readonly total: number;
  readonly sql: string;
}

/** The share that must agree, of the rows whose left value occurs more than once, for a dependency to be told as a near one. */
export const NEAR = 0.99;
/** Columns of a matrix at most. */
export const MATRIX_COLUMNS = 60;
/** Rows of the sample that every figure is first computed from, and below which it is exact at once. */
export const SAMPLE = 20_000;
/** Rows Kendall's tau-b is computed from at most. */
export const KENDALL_ROWS = 5_000;
/** Categories a column may have and still be related as one. */
export const CATEGORIES = 200;
