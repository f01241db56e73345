/**
 * Runs the profile of one column: the plan's statements in turn, each answer read by core.
 */

import { ProblemError } from '../core/problem';
import { readSuspects, suspectsOf, suspectsSql } from '../core/profile/disguise';
import { claimSql, meaningOf, readClaim, shapeClaim } from '../core/profile/meaning';
import {
  calendarSql,
  fencesSql,
  figuresSql,
  hasInfinity,
  histogramSql,
  valuesSql,
} from '../core/profile/plan';
import type { Bin, ColumnProfile, Evidence, Outliers } from '../core/profile/profile';
import {
  type Figures,
  readCalendar,
  readFences,
  readHistogram,
  readProfile,
  readValues,
  shapeOf,
  type Values,
} from '../core/profile/read';
import { gapsSql, grainSql, readGrain, readRange } from '../core/profile/regular';
import { hasMasks, readSpelt, speltSql } from '../core/profile/spelt';
import type { Cell, Column } from '../core/table';
import type { Query, Result } from './session';

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
}

/**
 * @param query Where the data can be asked.
 * @param source What stands behind FROM: as it is read, and as it is shown to somebody who computes the figures again.
 * @param basis Whether these are all rows of the table or a sample of them.
 * @throws ProblemError if the data cannot be read or the query was cancelled.
 */
export async function profileColumn(
  query: Query,
  source: { readonly read: string; readonly shown: string },
  column: Column,
  clock: Clock,
  basis: Evidence['basis'] = 'exact',
): Promise<ColumnProfile> {
  const from = source.read;
  const begun = clock.now();
  const sql: string[] = [];
  const ask = async (statement: string): Promise<Result> => {
    sql.push(statement.replaceAll(source.read, source.shown));
    return query(statement);
  };
  const figures = await askFigures(ask, sql, from, column);
  const values = readValues((await ask(valuesSql(from, column))).rows);
  let histogram: readonly Bin[] | null = null;
  let outliers: Outliers | null = null;
  const shape = shapeOf(column, figures);
  if (shape?.kind === 'time')
    histogram = readCalendar((await ask(calendarSql(from, column, shape.grain))).rows);
  if (shape?.kind === 'number') {
    histogram = readHistogram(shape, (await ask(histogramSql(from, column, shape.bins))).rows);
    const asCell = (text: string): Cell =>
      column.type.startsWith('DECIMAL') || !Number.isSafeInteger(Math.trunc(Number(text)))
        ? text
        : Number(text);
    outliers = readFences(shape, (await ask(fencesSql(from, column, shape.lower, shape.upper))).rows, asCell);
  }
  const more = await askMore(ask, from, column, figures, values, outliers);
  const rows = Number(figures.rows ?? 0);
  const evidence = {
    basis,
    rows,
    at: new Date(begun).toISOString(),
    ms: Math.round(clock.now() - begun),
    sql,
  };
  const profile = { ...readProfile(column, figures, values, histogram, outliers, evidence), ...more };
  const claim = shapeClaim(column, values.top);
  const proved =
    claim === null ? null : readClaim(claim, (await ask(claimSql(from, column, claim))).rows[0] ?? []);
  const meaning = meaningOf(profile, proved);
  return meaning === null ? profile : { ...profile, meaning };
}

/** How the values are spelt, which of them may stand for a missing one, how regular they are. */
async function askMore(
  ask: (sql: string) => Promise<Result>,
  from: string,
  column: Column,
  figures: Figures,
  values: Values,
  outliers: Outliers | null,
): Promise<Pick<ColumnProfile, 'patterns' | 'disguised' | 'range'>> {
  if (values.distinct === 0) return {};
  if (column.kind === 'text') {
    const masks = hasMasks(values.distinct, Number(figures.length ?? 0));
    const { patterns, disguised } = readSpelt((await ask(speltSql(from, column, masks))).rows);
    return { ...(masks ? { patterns } : {}), ...(disguised.length > 0 ? { disguised } : {}) };
  }
  const suspects = suspectsOf(column, figures.min ?? null, figures.max ?? null, outliers);
  const disguised =
    suspects.length === 0
      ? []
      : readSuspects(suspects, (await ask(suspectsSql(from, column, suspects))).rows[0] ?? []);
  const more = disguised.length > 0 ? { disguised } : {};
  if (column.kind !== 'time' || !hasInfinity(column)) return more;
  const grain = readGrain((await ask(grainSql(from, column))).rows[0] ?? [], values.distinct);
  if (grain === null) return more;
  return { ...more, range: readRange(grain, (await ask(gapsSql(from, column, grain))).rows[0] ?? []) };
}

/** Moments overflow on huge values; then everything else is still worth having. */
async function askFigures(
  ask: (sql: string) => Promise<Result>,
  sql: string[],
  from: string,
  column: Column,
): Promise<Figures> {
  try {
    return byName(await ask(figuresSql(from, column, true)));
  } catch (error) {
    const overflow =
      error instanceof ProblemError &&
      error.problem.code === 'query-failed' &&
      /out of range|overflow/i.test(error.problem.about.reason);
    if (!overflow || column.kind !== 'number') throw error;
    sql.pop();
    return byName(await ask(figuresSql(from, column, false)));
  }
}

function byName(result: Result): Figures {
  return Object.fromEntries(result.columns.map((c, i) => [c.name, result.rows[0]?.[i] ?? null]));
}
