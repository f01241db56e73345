/**
 * What a study of spelling asks and answers.
 */
import type { Cell } from '../table';
import type { Proposal, Warning } from './receipt';

/** Puts a statement to the engine; rows in the order of the statement. Throws if the user cancelled. */
export type Ask = (sql: string) => Promise<readonly (readonly Cell[])[]>;

/** A column to look at. */
export interface Subject {
  readonly name: string;
  /** DuckDB's type so far: `VARCHAR` if it was left as text. */
  readonly type: string;
  /** Of dates and times: the strptime format in which DuckDB has read them, if it is known. */
  readonly format?: string | null;
}

export interface Spelling {
  /** At most one per column, in the order of the columns. */
  readonly proposals: readonly Proposal[];
  /** One for each proposal, with its code and column, and those that nothing is proposed for. */
  readonly warnings: readonly Warning[];
}
