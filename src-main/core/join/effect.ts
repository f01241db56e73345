/**
 * What a join does to measures: each computed over its own table, and over both tables joined first.
 *
 * Measures name columns without a table, so the table they are of stands whole in the query, and of the other only its
 * key, under names that neither has.
 */
import type { Design, DesignTable, Join } from '../design/design';
import { measureSql } from '../design/query';
import { joinSql } from '../design/query/meet';
import { ProblemError } from '../problem';
import { freeOf, identifier } from '../sql';
import { type Cell, kindOf } from '../table';
import type { JoinEffect } from './join';

/** A measure that can be written out. */
export interface WrittenMeasure {
  /** `table.measure`. */
  readonly member: string;
  readonly sql: string;
}

/** The measures of a table as SQL; those that cannot be written out are left out. */
export function measuresOf(design: Design, table: DesignTable): readonly WrittenMeasure[] {
  return table.measures.flatMap((measure) => {
    try {
      const sql = measureSql(design, table, measure);
      return [{ member: `${table.name}.${measure.name}`, sql }];
    } catch (error) {
      if (error instanceof ProblemError) return [];
      throw error;
    }
  });
}

/** What stands behind FROM for the measures of one table of `from LEFT JOIN to`. */
export function joinedSql(
  design: Design,
  join: Join,
  from: DesignTable,
  to: DesignTable,
  of: 'from' | 'to',
): string {
  const [mine, other] = of === 'from' ? [from, to] : [to, from];
  const columns = design.sources.find((s) => s.name === mine.source)?.columns.map((c) => c.name) ?? [];
  const taken = [...columns, mine.source];
  const alias = freeOf(taken, 'assay_other');
  const whole = identifier(mine.source);
  const keys = new Map<string, string>();
  for (const [a, b] of join.on) {
    const key = of === 'from' ? b : a;
    if (!keys.has(key)) keys.set(key, freeOf(taken, `assay_key_${keys.size}`));
  }
  const list = [...keys].map(([column, name]) => `${identifier(column)} AS ${name}`).join(', ');
  const rest = `(SELECT ${list} FROM ${identifier(other.source)}) AS ${alias}`;
  const here = (column: string) => `${whole}.${identifier(column)}`;
  const there = (column: string) => `${alias}.${keys.get(column)}`;
  const step = { from: join.from, to: join.to, on: join.on, join };
  const on = of === 'from' ? joinSql(design, step, here, there) : joinSql(design, step, there, here);
  return of === 'from' ? `${whole} LEFT JOIN ${rest} ON ${on}` : `${rest} LEFT JOIN ${whole} ON ${on}`;
}

/** The values of measures in one row, each under `m0` and so on. */
export function valuesSql(measures: readonly WrittenMeasure[], from: string): string {
  return `SELECT ${measures.map((m, i) => `${m.sql} AS m${i}`).join(',\n  ')}\nFROM ${from}`;
}

/** @param type DuckDB's type of the values. */
export function effectOf(member: string, type: string, alone: Cell, joined: Cell): JoinEffect {
  const factor = kindOf(type) === 'number' ? Number(joined) / Number(alone) : Number.NaN;
  const told = alone !== null && joined !== null && Number.isFinite(factor);
  return { member, alone, joined, factor: told ? factor : null };
}
