/**
 * What outlier methods need to know of a column, measured over all rows of a selection.
 */
import * as ask from '../core/outlier/ask';
import { SMALL } from '../core/outlier/grubbs';
import type { Facts, Known } from '../core/outlier/method';
import { MASKS } from '../core/outlier/pattern';
import { between, bucketsOf, bucketsSql, edgesFrom, ranksOf, ranksSql } from '../core/outlier/rank';
import { seasonGrain } from '../core/outlier/season';
import { ProblemError } from '../core/problem';
import { hasMasks } from '../core/profile/spelt';
import { identifier } from '../core/sql';
import type { Cell, Column } from '../core/table';
import type { Reach } from './engine';

type Row = readonly Cell[];

/** Values up to which quantiles are asked for in one list. */
const FEW = 200_000;
/** Rows of a sample that tells whether all rows need be grouped, and of one that is drawn. */
const LOOK = 20_000;

/** The statements of an answer, as somebody else would write them, and what was read of the selection. */
export interface Desk {
  readonly reach: Reach;
  readonly column: Column;
  readonly sql: string[];
  /** Reads the selection; `from` is what to read where it is not all of it. */
  rows(statement: (from: string) => string, from?: string): Promise<readonly Row[]>;
}

/** Everything the methods ask for. Parts that could not be had say why. */
export async function factsOf(desk: Desk): Promise<Facts> {
  const { column } = desk;
  const none = (why: string): { why: string } => ({ why });
  const [counts = []] =
    column.kind === 'nested'
      ? await desk.rows((from) => `SELECT count(*), count(${identifier(column.name)}), 0 FROM ${from}`)
      : await desk.rows((from) => ask.countsSql(from, column));
  const [rows, notNull, filled] = [0, 1, 2].map((i) => Number(counts[i] ?? 0)) as [number, number, number];
  const facts: Facts = {
    column,
    rows,
    nulls: rows - notNull,
    notFinite: column.kind === 'nested' ? 0 : notNull - filled,
    filled,
    numbers: none('It is no number.'),
    groups: none('It has no groups.'),
    masks: none('It is no text.'),
    calendar: none('It is no time.'),
  };
  if (filled === 0) return facts;
  if (column.kind === 'time') return { ...facts, calendar: await calendarOf(desk, filled) };
  const grouped = await groupsOf(desk, filled);
  return {
    ...facts,
    ...grouped,
    ...(column.kind === 'number' ? { numbers: await numbersOf(desk, filled) } : {}),
  };
}

async function numbersOf(desk: Desk, filled: number): Promise<Facts['numbers']> {
  const { column } = desk;
  const numbers = (from: string) => ask.numbersFrom(from, column);
  const [range = []] = await desk.rows((from) => ask.rangeSql(from, column));
  const positive = Number(range[2] ?? 0);
  const few = filled <= FEW;
  const quantiles = few
    ? ask.readQuantiles((await desk.rows((from) => ask.quantilesSql(from, column)))[0] ?? [])
    : ask.quantilesAt(await valuesAt(desk, numbers, ask.ranksWanted(filled, positive)), filled, positive);
  const moments = await desk
    .rows((from) => ask.momentsSql(from, column))
    .catch((error: unknown) => {
      if (!(error instanceof ProblemError) || error.problem.code !== 'query-failed') throw error;
      desk.sql.pop();
      return null;
    });
  const median = quantiles.quantiles.get(0.5) ?? Number.NaN;
  const distant = (from: string) => ask.distancesFrom(numbers(from), median);
  const mad = few
    ? Number((await desk.rows((from) => ask.medianSql(distant(from))))[0]?.[0] ?? Number.NaN)
    : await medianAt(desk, distant, filled);
  const values = filled > SMALL ? null : await desk.rows((from) => ask.valuesSql(from, column, SMALL));
  return { value: ask.readNumbers(range, quantiles, moments?.[0] ?? null, mad, values) };
}

async function medianAt(desk: Desk, x: (from: string) => string, n: number): Promise<number> {
  const { low, high, share } = ranksOf(0.5, n);
  const at = await valuesAt(desk, x, [low, high]);
  return between(at(low), at(high), share);
}

/** The values at these ranks of a selection that has too many to be sorted. @param x What has them in a column x. */
async function valuesAt(
  desk: Desk,
  x: (from: string) => string,
  ranks: readonly number[],
): Promise<(rank: number) => number> {
  const sample = desk.reach.sample(LOOK);
  const found = (await desk.reach.query(edgesFrom(x(sample.from), LOOK))).rows;
  const edges = found.map((row) => Number(row[0])).filter(Number.isFinite);
  const counts = edges.length === 0 ? [] : await desk.rows((from) => bucketsSql(x(from), edges));
  const buckets = bucketsOf(ranks, edges, counts);
  const values = await desk.rows((from) => ranksSql(x(from), buckets));
  const at = new Map(values.map((row) => [Number(row[0]), Number(row[1])]));
  return (rank) => at.get(rank) ?? Number.NaN;
}

/** Values and masks with their rows. A sample tells first whether it is worth grouping all rows. */
async function groupsOf(desk: Desk, filled: number): Promise<Pick<Facts, 'groups' | 'masks'>> {
  const { column, reach } = desk;
  const most = ask.groupsMost(column);
  const sample = reach.sample(LOOK);
  const [look = []] = (await reach.query(ask.varietySql(sample.from, column))).rows;
  const [seen, distinct, length] = [0, 1, 2].map((i) => Number(look[i] ?? 0)) as [number, number, number];
  const many = (n: string): Known<never> => ({
    why: `It has ${n} different values; rarity says something of up to ${most.toLocaleString('en-US')}.`,
  });
  const unmasked = {
    why: 'Its values are nearly all different or long, so that patterns of all rows cost too much.',
  };
  if (column.kind === 'number' && distinct > most)
    return { groups: many(`at least ${distinct.toLocaleString('en-US')}`), masks: unmasked };
  if (!sample.whole && seen > 1_000 && distinct * 2 > seen)
    return {
      groups: {
        why: `Nearly every value is different: ${distinct.toLocaleString('en-US')} of ${seen.toLocaleString('en-US')} in a sample.`,
      },
      masks: unmasked,
    };
  await reach.query(ask.groupTableSql(reach.from, column));
  desk.sql.push(ask.groupTableSql(reach.shown, column));
  const rows = await desk.rows((from) => ask.groupsSql(from, most), ask.groupTable);
  const different = Number(rows[0]?.[0] ?? 0);
  const groups: Known<ReturnType<typeof ask.readGroups>> =
    different > most
      ? many(different.toLocaleString('en-US'))
      : different * 2 > filled && different > 20
        ? {
            why: `Nearly every value is different: ${different.toLocaleString('en-US')} of ${filled.toLocaleString('en-US')}.`,
          }
        : { value: ask.readGroups(rows, 1, 2) };
  if (column.kind !== 'text') return { groups, masks: { why: 'It is no text.' } };
  if (!hasMasks(different, length)) return { groups, masks: unmasked };
  const masks = await desk.rows((from) => ask.masksSql(from), ask.groupTable);
  return {
    groups,
    masks:
      masks.length > MASKS
        ? { why: `It is written in more than ${MASKS.toLocaleString('en-US')} different ways.` }
        : { value: ask.readGroups(masks, 0, 1) },
  };
}

async function calendarOf(desk: Desk, filled: number): Promise<Facts['calendar']> {
  const { column } = desk;
  if (!ask.hasCalendar(column)) return { why: 'A time of day has no calendar.' };
  const [span = []] = await desk.rows((from) => ask.spanSql(from, column));
  const [most, whole] = [Number(span[0] ?? 0), Number(span[1] ?? 0)];
  const ends = `${String(span[2])} to ${String(span[3])}`;
  if (whole > 10 * Math.max(86_400, most))
    return {
      why: `The times reach from ${ends}, far beyond nearly all of them: mend or filter those far dates first.`,
    };
  const grain = seasonGrain(whole, filled, column.type === 'DATE');
  if (grain === null)
    return {
      why: `From ${ends} there are too few rows per hour, day, week, month or year, or too few of these.`,
    };
  const rows = await desk.rows((from) => ask.calendarSql(from, column, grain));
  return { value: ask.readCalendar(grain, rows) };
}
