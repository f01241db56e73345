/**
 * Dependencies and redundancies of a table: refuted on a sample in memory, proved over all rows as far as the budget goes.
 */
import { codesOf } from '../core/relation/category';
import { breaksSql, comparedSql } from '../core/relation/dependency';
import { codeSql, numberSql, scaleOf } from '../core/relation/plan';
import { foldedSql } from '../core/relation/redundancy';
import type { Breaks, Findings, LeftOut } from '../core/relation/relation';
import type { Column } from '../core/table';
import type { Reach } from './engine';
import type { Clock } from './profile';
import { dependenciesIn } from './relation-dependencies';
import { redundanciesIn } from './relation-redundancies';
import { fetched, keep, sampleOf } from './relation-sample';
import type { Progress } from './relations';

/** Columns looked at; the others are left out, and that is said. */
const COLUMNS = 500;
/** Rows of the sample, and values of it in memory. */
const ROWS = 20_000;
const CELLS = 1_500_000;
/** Rows of a page at most. */
const PAGE = 1_000;
/** Columns shown beside those of a dependency. */
const OTHERS = 8;

/** A column with its values in the sample. */
export interface Looked {
  readonly column: Column;
  /** A number for each value, the same for the same; NaN for null. */
  readonly code: Float64Array;
  /** Finite numbers; times in seconds since 1970. */
  readonly value: Float64Array | null;
  /** As `code`, for text without its case and white space. */
  readonly folded: Float64Array | null;
  readonly distinct: number;
}

export interface Looking {
  readonly reach: Reach;
  readonly columns: readonly Looked[];
  /** Rows of the selection. */
  readonly rows: number;
  /** Whether the sample is the selection. */
  readonly whole: boolean;
  readonly notes: string[];
}

export async function relationFindings(reach: Reach, clock: Clock, progress: Progress): Promise<Findings> {
  const begun = clock.now();
  const notes: string[] = [];
  const leftOut: LeftOut[] = [];
  const flat = reach.table.columns.filter((c) => {
    if (scaleOf(c) !== null) return true;
    leftOut.push({ column: c.name, reason: 'it is nested' });
    return false;
  });
  if (flat.length > COLUMNS)
    notes.push(`Only the first ${COLUMNS} of ${flat.length.toLocaleString('en-US')} columns were looked at.`);
  const candidates = flat.slice(0, COLUMNS);
  const wanted = Math.max(2_000, Math.min(ROWS, Math.floor(CELLS / Math.max(1, candidates.length))));
  const sample = await sampleOf(reach, wanted);
  progress(0.02, 'taking a sample');
  const { columns, taken } = await look(reach, sample.from, candidates);
  const varied = columns.filter((c) => {
    if (c.distinct > 1 || (c.distinct === 1 && c.code.some(Number.isNaN))) return true;
    const reason = c.distinct === 0 ? 'it has no value' : 'all its values are equal';
    leftOut.push({ column: c.column.name, reason: sample.whole ? reason : `${reason} in the sample` });
    return false;
  });
  const looking: Looking = { reach, columns: varied, rows: sample.rows, whole: sample.whole, notes };
  const found = await redundanciesIn(looking, (share, detail) => progress(0.05 + 0.35 * share, detail));
  const stay = varied.filter((c) => !found.copies.has(c.column.name));
  const { dependencies, codings } = await dependenciesIn({ ...looking, columns: stay }, (share, detail) =>
    progress(0.4 + 0.6 * share, detail),
  );
  if (!sample.whole)
    notes.unshift(
      `Candidates come from a sample of ${taken.toLocaleString('en-US')} rows; each finding was then proved over all rows.`,
    );
  return {
    dependencies,
    redundancies: [...found.redundancies, ...codings],
    leftOut,
    notes,
    looked: candidates.length,
    rows: sample.rows,
    evidence: {
      basis: 'exact',
      rows: sample.rows,
      at: new Date(begun).toISOString(),
      ms: Math.round(clock.now() - begun),
      sql: [],
    },
  };
}

async function look(reach: Reach, from: string, candidates: readonly Column[]) {
  const expressions: string[] = [];
  const put = (sql: string | null) => (sql === null ? null : expressions.push(sql) - 1);
  const places = candidates.map((column) => ({
    column,
    code: put(codeSql(column, comparedSql(column)))!,
    value: put(column.kind === 'number' || column.kind === 'time' ? numberSql(column) : null),
    folded: put(column.type === 'VARCHAR' ? codeSql(column, foldedSql(column)) : null),
  }));
  const kept = await keep(reach.query, from, expressions);
  const arrays = await fetched(
    reach.query,
    kept.name,
    kept.taken,
    expressions.map((_, i) => i),
  );
  const columns = places.map(
    ({ column, code, value, folded }): Looked => ({
      column,
      code: arrays[code]!,
      value: value === null ? null : arrays[value]!,
      folded: folded === null ? null : arrays[folded]!,
      distinct: codesOf(arrays[code]!).distinct,
    }),
  );
  return { columns, taken: kept.taken };
}

export interface BreaksAsk {
  readonly left: readonly string[];
  readonly right: string;
  readonly offset: number;
  readonly limit: number;
}

/** A page of the rows that break a dependency, with a few other columns of the table. */
export async function relationBreaks(reach: Reach, ask: BreaksAsk): Promise<Breaks> {
  const named = (name: string) => reach.table.columns.find((c) => c.name === name)!;
  const left = ask.left.map(named);
  const right = named(ask.right);
  const others = reach.table.columns
    .filter((c) => !ask.left.includes(c.name) && c.name !== ask.right)
    .slice(0, OTHERS);
  const limit = Math.max(1, Math.min(PAGE, Math.floor(ask.limit)));
  const sql = breaksSql(reach.from, left, right, others, Math.max(0, Math.floor(ask.offset)), limit);
  const page = (await reach.query(sql.page)).rows;
  const total = Number((await reach.query(sql.total)).rows[0]?.[0] ?? 0);
  return {
    columns: [...ask.left, ask.right, `most rows: ${ask.right}`, ...others.map((c) => c.name)],
    page,
    total,
    sql: sql.page.replaceAll(reach.from, reach.shown),
  };
}
