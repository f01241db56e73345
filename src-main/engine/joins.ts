/**
 * Joins measured on all rows, the rows that do not go through them, and what they do to measures.
 */
import type { Ask, RowsFound } from '../contract';
import type { Design, DesignTable, Join } from '../core/design/design';
import { tableOf } from '../core/design/member';
import { effectOf, joinedSql, measuresOf, valuesSql, type WrittenMeasure } from '../core/join/effect';
import type { JoinAsk, JoinEffect, JoinEnd, MeasuredJoin } from '../core/join/join';
import { endRowsSql, type KeyedEnd, keyCountsSql, measuredFrom, readKeyCounts } from '../core/join/measure';
import { keyNameFor, orderSql, rowsSql } from '../core/join/rows';
import { filledSql, type Keys, keysOf } from '../core/key';
import { ProblemError, problem } from '../core/problem';
import { identifier } from '../core/sql';
import type { Cell, Column, Table } from '../core/table';
import type { Engine, Reach } from './engine';
import type { Clock } from './profile';
import type { Query, Result } from './session';

/** Rows of a page at most, and columns beside the key. */
const PAGE = 1_000;
const OTHERS = 40;
/** Rows a join may make for measures to be computed over it. */
const JOINED_ROWS = 200_000_000;

/** Columns by name. @throws ProblemError `column-missing`. */
export function columnsNamed(table: Table, names: readonly string[], used: string): readonly Column[] {
  return names.map((name) => {
    const column = table.columns.find((c) => c.name === name);
    if (column === undefined)
      throw new ProblemError(problem('column-missing', { table: table.name, column: name, used }));
    return column;
  });
}

function endOf(engine: Engine, end: JoinEnd): readonly Column[] {
  return columnsNamed(engine.table(end.table), end.columns, 'The join');
}

/** Measures a join on a connection that is there. */
export async function measured(
  query: Query,
  ask: JoinAsk,
  reaches: { readonly from: Omit<Reach, 'query'>; readonly to: Omit<Reach, 'query'> },
  clock: Clock,
): Promise<MeasuredJoin> {
  const begun = clock.now();
  const columns = {
    from: columnsNamed(reaches.from.table, ask.from.columns, 'The join'),
    to: columnsNamed(reaches.to.table, ask.to.columns, 'The join'),
  };
  const keys = keysOf(columns.from, columns.to, ask.comparison);
  const end = (side: 'from' | 'to', as: 'from' | 'shown'): KeyedEnd => ({
    from: reaches[side][as],
    filled: filledSql(columns[side]),
  });
  const sql = (as: 'from' | 'shown') => [
    keyCountsSql(end('from', as), end('to', as), keys),
    endRowsSql(end('from', as), end('to', as)),
  ];
  const [counting, sizing] = sql('from');
  const counts = readKeyCounts((await query(counting!)).rows);
  const sizes = (await query(sizing!)).rows[0] ?? [];
  const found = measuredFrom(counts, { from: Number(sizes[0]), to: Number(sizes[1]) });
  return { ask, ...found, sql: sql('shown'), ms: Math.round(clock.now() - begun) };
}

export function measureJoin(
  engine: Engine,
  ask: JoinAsk,
  clock: Clock,
  signal?: AbortSignal,
): Promise<MeasuredJoin> {
  return engine.lanes(
    [ask.from.table, ask.to.table],
    ([from, to], query) => measured(query, ask, { from: from!, to: to! }, clock),
    signal,
  );
}

/** A page of the rows of one end that do not go through the join. */
export function joinRows(engine: Engine, ask: Ask<'join:rows'>, signal?: AbortSignal): Promise<RowsFound> {
  const columns = { from: endOf(engine, ask.from), to: endOf(engine, ask.to) };
  const keys = keysOf(columns.from, columns.to, ask.comparison);
  const other = ask.side === 'from' ? 'to' : 'from';
  return engine.lanes(
    [ask[ask.side].table, ask[other].table],
    ([mine, partner], query) =>
      pageOf(query, { mine: mine!, partner: partner! }, columns[ask.side], columns[other], {
        keys: ask.side === 'from' ? keys : { from: keys.to, to: keys.from },
        ...ask,
      }),
    signal,
  );
}

/** A page of the rows of one table that break a key. */
export async function pageOf(
  query: Query,
  { mine, partner }: { readonly mine: Omit<Reach, 'query'>; readonly partner: Omit<Reach, 'query'> },
  key: readonly Column[],
  partnerKey: readonly Column[],
  ask: Pick<Ask<'join:rows'>, 'kind' | 'offset' | 'limit'> & { readonly keys: Keys },
): Promise<RowsFound> {
  const name = keyNameFor([...mine.table.columns, ...partner.table.columns]);
  const ends = (read: string, other: string) =>
    [
      { from: read, filled: filledSql(key), keys: ask.keys.from },
      { from: other, filled: filledSql(partnerKey), keys: ask.keys.to },
    ] as const;
  const [own, others] = ends(mine.placed.from, partner.from);
  const columns = withOthers(mine.table, key);
  const list = columns.map((c) => `m.${identifier(c.name)}`).join(', ');
  const rows = rowsSql(own, others, ask.kind, name);
  const { offset, limit } = boundsOf(ask);
  const order = orderSql(own, ask.kind, name, mine.placed.place);
  const page = await query(`SELECT ${list} FROM ${rows} ORDER BY ${order} LIMIT ${limit} OFFSET ${offset}`);
  const total = await query(`SELECT count(*) FROM ${rows}`);
  const shown = rowsSql(...ends(mine.shown, partner.shown), ask.kind, name);
  return {
    columns: columns.map((c) => c.name),
    rows: page.rows,
    total: Number(total.rows[0]?.[0] ?? 0),
    sql: `SELECT ${list} FROM ${shown}`,
  };
}

/** The columns of a key and some of the others. */
export function withOthers(table: Table, key: readonly Column[]): readonly Column[] {
  return [...new Set([...key, ...table.columns.filter((c) => !key.includes(c)).slice(0, OTHERS)])];
}

/** A page as it is given: at most 1,000 rows. */
export function boundsOf({ offset, limit }: { offset: number; limit: number }) {
  return {
    offset: Math.max(0, Math.trunc(offset) || 0),
    limit: Math.max(0, Math.min(PAGE, Math.trunc(limit) || 0)),
  };
}

/** What a join of the design does to the measures of its tables. */
export async function joinEffect(
  engine: Engine,
  { design, join }: Ask<'join:effect'>,
  clock: Clock,
  signal?: AbortSignal,
): Promise<readonly JoinEffect[]> {
  const [from, to] = [logical(design, join.from), logical(design, join.to)];
  const ends = {
    from: { table: from.source, columns: join.on.map(([a]) => a) },
    to: { table: to.source, columns: join.on.map(([, b]) => b) },
  };
  const { pairs } = await measureJoin(
    engine,
    { ...ends, comparison: join.comparison ?? 'value' },
    clock,
    signal,
  );
  if (pairs > JOINED_ROWS) {
    const reason = `it makes ${pairs.toLocaleString('en-US')} rows, too many to compute measures over`;
    throw new ProblemError(problem('join-unfit', { reason }));
  }
  const effects: JoinEffect[] = [];
  for (const [table, side] of [
    [from, 'from'],
    [to, 'to'],
  ] as const) {
    if (side === 'to' && to === from) break;
    const over = joinedSql(design, join, from, to, side);
    effects.push(
      ...(await effectsOf(engine, measuresOf(design, table), identifier(table.source), over, signal)),
    );
  }
  return effects;
}

function logical(design: Design, name: Join['from']): DesignTable {
  const table = tableOf(design, name);
  if (table === undefined) throw new ProblemError(problem('table-missing', { table: name }));
  return table;
}

/** All measures in one scan; one by one if any of them fails, so that the others have their effect. */
async function effectsOf(
  engine: Engine,
  measures: readonly WrittenMeasure[],
  alone: string,
  joined: string,
  signal: AbortSignal | undefined,
): Promise<readonly JoinEffect[]> {
  if (measures.length === 0) return [];
  try {
    const before = await engine.select(valuesSql(measures, alone), signal);
    const after = await engine.select(valuesSql(measures, joined), signal);
    return measures.map((m, i) => effectOf(m.member, typeAt(before, i), cellAt(before, i), cellAt(after, i)));
  } catch (error) {
    if (!(error instanceof ProblemError) || error.problem.code !== 'query-failed') throw error;
    if (measures.length === 1) return [];
    const each: JoinEffect[] = [];
    for (const one of measures) each.push(...(await effectsOf(engine, [one], alone, joined, signal)));
    return each;
  }
}

const typeAt = (result: Result, i: number): string => result.columns[i]?.type ?? '';
const cellAt = (result: Result, i: number): Cell => result.rows[0]?.[i] ?? null;
