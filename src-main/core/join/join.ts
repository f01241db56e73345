/**
 * Joins as the data shows them: measured on every row, proposed with what speaks for and against them.
 */
import type { Comparison } from '../key';
import type { Cell } from '../table';

export type { Comparison } from '../key';

export type Cardinality = 'one_to_one' | 'one_to_many' | 'many_to_one' | 'many_to_many';

/** One end of a join: a table that is open and the columns of its key, in the order of the other end's. */
export interface JoinEnd {
  readonly table: string;
  readonly columns: readonly string[];
}

export interface JoinAsk {
  readonly from: JoinEnd;
  readonly to: JoinEnd;
  readonly comparison: Comparison;
}

/** What was counted at one end, over all rows. */
export interface MeasuredEnd {
  readonly rows: number;
  /** Rows whose key has a null in any of its columns; they meet nothing. */
  readonly nulls: number;
  /** Different keys without nulls. */
  readonly keys: number;
  /** Rows with a key that the other end does not have, and how many such keys there are. */
  readonly orphans: number;
  readonly orphanKeys: number;
  /** Rows of one key: the fewest and the most, of keys that the other end has; 0 if there is none. */
  readonly fewest: number;
  readonly most: number;
  /** How many keys have so many rows, from `fewest` up; at most 12 steps, the last one holds all above. */
  readonly perKey: readonly { readonly rows: number; readonly keys: number; readonly andMore: boolean }[];
}

export interface MeasuredJoin {
  readonly ask: JoinAsk;
  readonly from: MeasuredEnd;
  readonly to: MeasuredEnd;
  /** Pairs of rows that meet. */
  readonly pairs: number;
  /** From the keys that both ends have; null if there is none. */
  readonly cardinality: Cardinality | null;
  readonly sql: readonly string[];
  readonly ms: number;
}

/** A measure before and after a join, computed as somebody would who joins the tables and then aggregates. */
export interface JoinEffect {
  /** `table.measure`. */
  readonly member: string;
  readonly alone: Cell;
  readonly joined: Cell;
  /** joined / alone; null where that says nothing. */
  readonly factor: number | null;
}

/** A join that was found in the data. */
export interface JoinCandidate {
  readonly measured: MeasuredJoin;
  /** 0…1: how surely the one is a key of the other. */
  readonly confidence: number;
  /** Whether it is proposed; else it is only told. */
  readonly confident: boolean;
  /** In words, for and against it. */
  readonly reasons: readonly string[];
  readonly against: readonly string[];
}

/** Joins that were looked for in the values of tables. */
export interface JoinsFound {
  /** Confident ones first, then by confidence. */
  readonly candidates: readonly JoinCandidate[];
  readonly looked: JoinsLooked;
  readonly ms: number;
}

/** What was compared. */
export interface JoinsLooked {
  readonly tables: number;
  /** Columns that can be keys. */
  readonly columns: number;
  /** Pairs of columns whose values can meet, how many of them the ranges or a share of the values refuted, and how many were measured on all rows. */
  readonly pairs: number;
  readonly refuted: number;
  readonly measured: number;
  /** What was not done and why, a sentence each. */
  readonly notes: readonly string[];
}
