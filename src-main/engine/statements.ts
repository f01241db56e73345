/**
 * Statements that are put and kept, so that the figures made from them can say what they rest on.
 */
import type { Evidence } from '../core/profile/profile';
import type { Cell } from '../core/table';
import type { Reach } from './engine';
import type { Clock } from './profile';

/** Puts statements and notes each, as somebody writes it who computes the figures again. */
export interface Statements {
  /** The rows of the answer. */
  ask(sql: string): Promise<readonly (readonly Cell[])[]>;
  /** What was asked since the last call, or the beginning. */
  evidence(rows: number, basis?: Evidence['basis']): Evidence;
}

export function statements({ query, from, shown, placed }: Reach, clock: Clock): Statements {
  let begun = clock.now();
  let sql: string[] = [];
  return {
    async ask(statement) {
      sql.push(statement.replaceAll(placed.from, placed.shown).replaceAll(from, shown));
      return (await query(statement)).rows;
    },
    evidence(rows, basis = 'exact') {
      const ms = Math.round(clock.now() - begun);
      const evidence = { basis, rows, at: new Date(begun).toISOString(), ms, sql };
      begun = clock.now();
      sql = [];
      return evidence;
    },
  };
}
