/**
 * The sides of a comparison: whether they can be read, and reading both on one connection.
 */
import type { ColumnComparison } from '../core/compare/comparison';
import type { Pair } from '../core/compare/match';
import { bareSql, conditionOf, type Side, type SideFacts } from '../core/compare/side';
import { ProblemError, problem } from '../core/problem';
import { identifier } from '../core/sql';
import { type Column, kindOf, type Table } from '../core/table';
import { compareColumn, type SideSource } from './compare';
import type { Reach, Selection } from './engine';
import type { Clock } from './profile';
import type { Query, Session } from './session';

/** The open tables. */
interface Tables {
  table(name: string): Table;
  reach(name: string, selection: Selection): Omit<Reach, 'query'>;
}

export interface Comparing {
  readonly sides: readonly [Side, Side];
  /** The pair to compare next; undefined ends the comparison. */
  readonly next: () => Pair | undefined;
  readonly onSides: (facts: readonly [SideFacts, SideFacts]) => void;
  readonly onColumn: (column: ColumnComparison) => void;
}

/**
 * The columns of a side, after looking at its condition or its query without running it.
 * @throws ProblemError `table-missing` or `query-failed`.
 */
export async function sideColumns(
  session: Session,
  tables: Tables,
  side: Side,
  signal?: AbortSignal,
): Promise<readonly Column[]> {
  if ('sql' in side) {
    const sql = bareSql(side.sql);
    if (sql === '') throw new ProblemError(problem('query-failed', { reason: 'it is empty', sql: side.sql }));
    await session.checkSelect(sql, signal);
    const { rows } = await session.query(
      `SELECT column_name, column_type FROM (DESCRIBE FROM (${sql}\n))`,
      signal,
    );
    return rows.map(([name, type]) => ({
      name: String(name),
      type: String(type),
      kind: kindOf(String(type)),
    }));
  }
  const { columns } = tables.table(side.table);
  const from = identifier(side.table);
  // Without its parentheses the condition must stand as well, or it could close them and open others.
  if ((side.where ?? '').trim() !== '')
    await session.select(`SELECT ${side.where}\nFROM ${from} LIMIT 0`, signal);
  const condition = conditionOf(side);
  if (condition !== '') await session.select(`SELECT 1 FROM ${from} WHERE ${condition} LIMIT 0`, signal);
  return columns;
}

/** Reads both sides and compares pair by pair until there is no next. */
export function compareSides(
  session: Session,
  tables: Tables,
  clock: Clock,
  { sides, next, onSides, onColumn }: Comparing,
  signal?: AbortSignal,
): Promise<void> {
  return session.lane(signal, async (query) => {
    const a = await sourceOf(query, tables, sides[0], 'assay_side_a');
    const b = await sourceOf(query, tables, sides[1], 'assay_side_b');
    onSides([await factsOf(query, tables, sides[0], a), await factsOf(query, tables, sides[1], b)]);
    for (let pair = next(); pair !== undefined; pair = next())
      onColumn(await compareColumn(query, [a, b], pair, clock));
  });
}

/** Where a side is read. A query is run once and kept, so that all columns are of the same rows. */
async function sourceOf(query: Query, tables: Tables, side: Side, kept: string): Promise<SideSource> {
  if ('sql' in side) {
    const sql = bareSql(side.sql);
    await query(`CREATE TEMP TABLE ${kept} AS FROM (${sql}\n)`);
    return { read: `temp.main.${kept}`, shown: `(${sql}\n)`, sampled: false };
  }
  const { from, shown, sample } = tables.reach(side.table, { filter: [], where: conditionOf(side) });
  if (side.sample === undefined) return { read: from, shown, sampled: false };
  const found = sample(side.sample);
  const whole = tables.reach(side.table, { filter: [], where: '' }).from;
  // The windows lie all over the file, and are few rows: read once, not once per column.
  await query(`CREATE TEMP TABLE ${kept} AS FROM ${found.from}`);
  return {
    read: `temp.main.${kept}`,
    shown: found.from.replace(whole, () => identifier(side.table)),
    sampled: !found.whole,
  };
}

async function factsOf(query: Query, tables: Tables, side: Side, source: SideSource): Promise<SideFacts> {
  const rows = Number((await query(`SELECT count(*) FROM ${source.read}`)).rows[0]?.[0] ?? 0);
  return { rows, of: 'sql' in side ? null : tables.table(side.table).rows, sampled: source.sampled };
}
