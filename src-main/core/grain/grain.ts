/**
 * Grains as the data shows them: the smallest sets of columns that identify a row, and those that nearly do.
 */
import type { Evidence } from '../profile/profile';

/** A set of columns that identifies every row: no value lacks, no two rows agree. No part of it does so alone. */
export interface FoundGrain {
  readonly columns: readonly string[];
  /** What speaks for it as the grain, in words. */
  readonly reasons: readonly string[];
  /** The statement that proves it: it counts the rows and the different keys. */
  readonly sql: string;
}

/** A set of columns that identifies all rows but a few. */
export interface NearGrain {
  readonly columns: readonly string[];
  /** Rows that lack a value in a column of the set. */
  readonly nulls: number;
  /** Rows without nulls whose key another row has too, and how many keys these are. */
  readonly repeated: number;
  readonly repeatedKeys: number;
  /** In words: `3 rows lack a value`. */
  readonly sentence: string;
  readonly sql: string;
}

export interface GrainsFound {
  readonly table: string;
  /** The likeliest first. */
  readonly grains: readonly FoundGrain[];
  /** Fewest breaking rows first. */
  readonly near: readonly NearGrain[];
  readonly rows: number;
  /** Sets of columns that were looked at, how many of them a sample refuted, and how many were counted on all rows. */
  readonly tried: number;
  readonly refuted: number;
  readonly proved: number;
  /** What was not done and why, a sentence each. */
  readonly notes: readonly string[];
  readonly evidence: Evidence;
}
