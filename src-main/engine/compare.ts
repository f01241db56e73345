/**
 * Runs a comparison of two sides: the rows of each, then pair by pair of columns the plan's statements in turn.
 */
import type { ColumnComparison, Lone, SideFigures } from '../core/compare/comparison';
import { formOf, type Pair } from '../core/compare/match';
import {
  binsSql,
  calendarSql,
  categoriesSql,
  countsSql,
  FEW,
  orderedSql,
  type Sources,
  sideSql,
  spreadSql,
  stabilitySql,
  topSql,
  totalsSql,
  valuesSql,
} from '../core/compare/plan';
import {
  categoryMeasures,
  orderedMeasures,
  readBins,
  readCalendar,
  readCounts,
  readSide,
  readSpread,
  readTop,
  readTotals,
  sharedBins,
} from '../core/compare/read';
import { ProblemError, words } from '../core/problem';
import { grainFor } from '../core/profile/bins';
import type { Clock } from './profile';
import type { Query, Result } from './session';

/** What stands behind FROM for a side: as it is read, and as it is shown to somebody who computes the figures again. */
export interface SideSource {
  readonly read: string;
  readonly shown: string;
  /** Whether these are a sample of the rows that are meant. */
  readonly sampled: boolean;
}

const nobody: Lone = { values: 0, rows: 0, examples: [] };

/** Calendars are split into so many bins at most. */
const TARGET = 40;

/**
 * Compares one pair of columns. A pair whose values cannot be read answers why.
 * @param query One connection, whose temporary tables the statements use.
 * @throws ProblemError only if the query was cancelled or memory ran out.
 */
export async function compareColumn(
  query: Query,
  [a, b]: readonly [SideSource, SideSource],
  pair: Pair,
  clock: Clock,
): Promise<ColumnComparison> {
  const begun = clock.now();
  const sql: string[] = [];
  const ask = async (statement: string): Promise<Result['rows']> => {
    sql.push(statement.replaceAll(a.read, a.shown).replaceAll(b.read, b.shown));
    return (await query(statement)).rows;
  };
  const sources = { a: a.read, b: b.read };
  let found: Found;
  try {
    found = await (formOf(pair) === null ? counted(ask, sources, pair) : compared(ask, sources, pair));
  } catch (error) {
    if (!(error instanceof ProblemError) || error.problem.code !== 'query-failed') throw error;
    found = { ...nothing, why: words(error.problem) };
  }
  const rows = (found.figures?.[0].rows ?? 0) + (found.figures?.[1].rows ?? 0);
  return {
    ...pair,
    form: formOf(pair),
    ...found,
    evidence: {
      basis: a.sampled || b.sampled ? 'sample' : 'exact',
      rows,
      at: new Date(begun).toISOString(),
      ms: Math.round(clock.now() - begun),
      sql,
    },
  };
}

type Ask = (statement: string) => Promise<Result['rows']>;
type Found = Omit<ColumnComparison, keyof Pair | 'form' | 'evidence'>;

const nothing: Found = {
  figures: null,
  same: false,
  measures: null,
  why: '',
  bins: null,
  top: [],
  fresh: nobody,
  lost: nobody,
};

async function counted(ask: Ask, sources: Sources, pair: Pair): Promise<Found> {
  const a = readSide((await ask(sideSql(sources.a, pair.a)))[0] ?? []);
  const b = readSide((await ask(sideSql(sources.b, pair.b)))[0] ?? []);
  const kinds =
    pair.a.kind === pair.b.kind ? `${pair.a.type} and ${pair.b.type}` : `${pair.a.kind} and ${pair.b.kind}`;
  return {
    ...nothing,
    figures: [a, b],
    why: `${kinds} have no values in common to compare; only counts are`,
  };
}

async function compared(ask: Ask, sources: Sources, pair: Pair): Promise<Found> {
  const form = formOf(pair) ?? 'category';
  await ask(valuesSql(sources, pair));
  const counts = readCounts((await ask(countsSql(pair)))[0] ?? [], pair);
  const lists = readTop(await ask(topSql(form)), counts);
  const base = { ...nothing, ...lists, same: counts.same };
  const [a, b] = counts.sides;
  if (form === 'category') {
    const why = whyNone(a, b, a.rows - a.nulls, b.rows - b.nulls);
    if (why !== '') return { ...base, figures: [a, b], why };
    const answer = await ask(categoriesSql(a.rows - a.nulls, b.rows - b.nulls));
    const measures = categoryMeasures(answer[0] ?? [], counts.distinct, a.rows - a.nulls, b.rows - b.nulls);
    return { ...base, figures: [a, b], measures };
  }
  await ask(orderedSql(pair));
  const totals = readTotals((await ask(totalsSql(form)))[0] ?? []);
  const spread = readSpread((await ask(spreadSql(form, totals)))[0] ?? [], form, totals);
  const figures = [
    { ...a, ...spread.figures[0] },
    { ...b, ...spread.figures[1] },
  ] as const;
  const bins = totals.n + totals.m === 0 ? null : await binned(ask, pair, totals, spread.pooled);
  const why = whyNone(a, b, totals.n, totals.m);
  if (why !== '') return { ...base, figures, bins, why };
  const few = totals.distinctA <= FEW;
  const tenths = await ask(stabilitySql(totals.n, few));
  return { ...base, figures, bins, measures: orderedMeasures(tenths, few, bins, spread.ks, totals) };
}

async function binned(
  ask: Ask,
  pair: Pair,
  totals: ReturnType<typeof readTotals>,
  pooled: readonly [number, number],
): Promise<Found['bins']> {
  if (formOf(pair) === 'time') {
    const dateOnly = pair.a.type === 'DATE' && pair.b.type === 'DATE';
    return readCalendar(await ask(calendarSql(pair, grainFor(totals.span, TARGET, dateOnly))));
  }
  const shape = sharedBins(pair, totals, pooled);
  return shape === null ? null : readBins(shape, await ask(binsSql(shape.bins)));
}

/** Why two sides cannot be measured against each other; '' if they can. @param n Values of A to measure, `m` of B. */
function whyNone(a: SideFigures, b: SideFigures, n: number, m: number): string {
  const of = (name: string, side: SideFigures, values: number) => {
    if (side.rows === 0) return `${name} has no rows`;
    if (side.nulls === side.rows) return `every value of ${name} is null`;
    return values === 0 ? `no value of ${name} is finite` : '';
  };
  const found = [of('A', a, n), of('B', b, m)].filter((words) => words !== '');
  return found.join(', and ');
}
