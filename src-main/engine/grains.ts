/**
 * Finds what identifies a row of a table, and shows the rows that break it.
 */
import type { Ask, RowsFound } from '../contract';
import { breaksSql } from '../core/grain/breaks';
import type { GrainsFound } from '../core/grain/grain';
import { ProblemError, problem } from '../core/problem';
import { identifier } from '../core/sql';
import type { Engine, Reach } from './engine';
import { boundsOf, columnsNamed, withOthers } from './joins';
import type { Clock } from './profile';
import type { Progress } from './relations';

export async function findGrains(
  reach: Reach,
  _widest: number,
  clock: Clock,
  _progress: Progress,
): Promise<GrainsFound> {
  return {
    table: reach.table.name,
    grains: [],
    near: [],
    rows: reach.table.rows,
    tried: 0,
    refuted: 0,
    proved: 0,
    notes: [],
    evidence: {
      basis: 'exact',
      rows: reach.table.rows,
      at: new Date(clock.now()).toISOString(),
      ms: 0,
      sql: [],
    },
  };
}

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
