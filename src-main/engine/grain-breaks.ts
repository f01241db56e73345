/**
 * Rows of a table that a proposed grain does not identify.
 */
import type { Ask, RowsFound } from '../contract';
import { breaksSql } from '../core/grain/breaks';
import { ProblemError, problem } from '../core/problem';
import { identifier } from '../core/sql';
import type { Engine, Reach } from './engine';
import { boundsOf, columnsNamed, withOthers } from './joins';

/** A page of the rows that a proposed grain does not identify. */
export function grainBreaks(
  engine: Engine,
  ask: Ask<'grain:breaks'>,
  signal?: AbortSignal,
): Promise<RowsFound> {
  const { table } = ask;
  if (ask.columns.length === 0)
    throw new ProblemError(problem('column-missing', { table, column: '', used: 'The grain' }));
  const key = columnsNamed(engine.table(table), ask.columns, 'The grain');
  return engine.lane(table, { filter: [], where: '' }, (reach) => breaksOf(reach, ask), signal);

  async function breaksOf({ query, placed, shown }: Reach, page: Ask<'grain:breaks'>): Promise<RowsFound> {
    const columns = withOthers(engine.table(table), key);
    const list = columns.map((c) => `m.${identifier(c.name)}`).join(', ');
    const order = [...key.map((c) => `m.${identifier(c.name)} NULLS FIRST`), `m.${identifier(placed.place)}`];
    const { offset, limit } = boundsOf(page);
    const rows = breaksSql(placed.from, key);
    const found = await query(
      `SELECT ${list} FROM ${rows} ORDER BY ${order.join(', ')} LIMIT ${limit} OFFSET ${offset}`,
    );
    const total = await query(`SELECT count(*) FROM ${rows}`);
    return {
      columns: columns.map((c) => c.name),
      rows: found.rows,
      total: Number(total.rows[0]?.[0] ?? 0),
      sql: `SELECT ${list} FROM ${breaksSql(shown, key)}`,
    };
  }
}
