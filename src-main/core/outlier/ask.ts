/**
 * What to ask of a column for the methods, and what the answers mean. Statements read `from`, which is the quoted table or
 * a selection of it in parentheses.
 */
import { maskSql } from '../profile/spelt';
import { double, identifier } from '../sql';
import { type Cell, type Column, isFloating } from '../table';
import { CATEGORIES, CODES } from './category';
import type { Calendar, Group, NumberFacts } from './method';
import { MASKS } from './pattern';
import { tails, upperTail } from './percentile';
import { between, ranksOf } from './rank';

type Row = readonly Cell[];

const probabilities = [0.25, 0.5, 0.75, ...tails, ...tails.map(upperTail)];

/** The finite numbers of a column as doubles named x. */
export function numbersFrom(from: string, column: Column): string {
  const c = identifier(column.name);
  const known = isFloating(column.type) ? `isfinite(${c})` : `isfinite(${c}::DOUBLE)`;
  return `(SELECT ${c}::DOUBLE AS x FROM ${from} WHERE ${known})`;
}

/** The condition under which a value is looked at. */
export function isFilled(column: Column): string {
  const c = identifier(column.name);
  if (column.kind === 'number') return `isfinite(${c}::DOUBLE)`;
  return hasCalendar(column) ? `isfinite(${c})` : `${c} IS NOT NULL`;
}

/** One row: rows, values that are not null, values that are looked at. */
export function countsSql(from: string, column: Column): string {
  const c = identifier(column.name);
  return `SELECT count(*), count(${c}), count_if(${isFilled(column)}) FROM ${from}`;
}

/** One row: least, greatest, and how many are above 0. */
export function rangeSql(from: string, column: Column): string {
  return `SELECT min(x), max(x), count_if(x > 0) FROM ${numbersFrom(from, column)}`;
}

/** One row: the quantiles, then the quartiles of the logarithms of what is above 0. For few rows; see `rank.ts` for many. */
export function quantilesSql(from: string, column: Column): string {
  return `SELECT ${probabilities.map((_, i) => `q[${i + 1}]`).join(', ')}, l[1], l[2]
FROM (SELECT quantile_cont(x, [${probabilities.join(', ')}]) AS q,
  quantile_cont(CASE WHEN x > 0 THEN ln(x) END, [0.25, 0.75]) AS l
FROM ${numbersFrom(from, column)})`;
}

/** Quantiles by probability, and the quartiles of the logarithms. */
export type Quantiles = Pick<NumberFacts, 'quantiles' | 'logQuartiles'>;

export function readQuantiles(row: Row): Quantiles {
  const [low, high] = [row.at(-2), row.at(-1)];
  return {
    quantiles: new Map(probabilities.map((p, i) => [p, number(row[i])])),
    logQuartiles: low === null || high === null ? null : [number(low), number(high)],
  };
}

/** Every rank that the quantiles need. @param n Values; `positive` of them are above 0. */
export function ranksWanted(n: number, positive: number): readonly number[] {
  const logs = positive === 0 ? [] : [0.25, 0.75].map((p) => ranksOf(p, positive));
  return [
    ...probabilities.map((p) => ranksOf(p, n)).flatMap(({ low, high }) => [low, high]),
    ...logs.flatMap(({ low, high }) => [n - positive + low, n - positive + high]),
  ];
}

/** The quantiles from the values at their ranks. */
export function quantilesAt(at: (rank: number) => number, n: number, positive: number): Quantiles {
  const log = (p: number) => {
    const { low, high, share } = ranksOf(p, positive);
    return between(Math.log(at(n - positive + low)), Math.log(at(n - positive + high)), share);
  };
  return {
    quantiles: new Map(
      probabilities.map((p) => {
        const { low, high, share } = ranksOf(p, n);
        return [p, between(at(low), at(high), share)];
      }),
    ),
    logQuartiles: positive === 0 ? null : [log(0.25), log(0.75)],
  };
}

/** Mean and deviation, which overflow on values near 1e300. */
export function momentsSql(from: string, column: Column): string {
  return `SELECT favg(x), stddev_samp(x) FROM ${numbersFrom(from, column)}`;
}

/** The distances of the finite numbers from their median, named x. */
export function distancesFrom(numbers: string, median: number): string {
  return `(SELECT abs(x - ${double(median)}) AS x FROM ${numbers})`;
}

export function medianSql(from: string): string {
  return `SELECT quantile_cont(x, 0.5) FROM ${from}`;
}

export function valuesSql(from: string, column: Column, most: number): string {
  return `SELECT x FROM ${numbersFrom(from, column)} ORDER BY x LIMIT ${most}`;
}

function number(cell: Cell | undefined): number {
  return cell === null || cell === undefined ? Number.NaN : Number(cell);
}

/**
 * @param range The answer of `rangeSql`; `moments` that of `momentsSql`, null where it overflowed; `values` that of
 *  `valuesSql`, null where there are too many.
 */
export function readNumbers(
  range: Row,
  quantiles: Quantiles,
  moments: Row | null,
  mad: number,
  values: readonly Row[] | null,
): NumberFacts {
  const finite = (cell: Cell | undefined) => (Number.isFinite(number(cell)) ? number(cell) : null);
  return {
    min: number(range[0]),
    max: number(range[1]),
    positive: Number(range[2] ?? 0),
    ...quantiles,
    mean: moments === null ? null : finite(moments[0]),
    deviation: moments === null ? null : finite(moments[1]),
    mad,
    values: values?.map((row) => Number(row[0])) ?? null,
  };
}

/** Different values beyond which rarity says nothing, by kind. */
export function groupsMost(column: Column): number {
  return column.kind === 'number' ? CODES : CATEGORIES;
}

/** One row of a sample: rows with a value, different values, mean length. */
export function varietySql(from: string, column: Column): string {
  const c = identifier(column.name);
  const length = column.kind === 'text' ? `avg(length(${c}::VARCHAR))` : '0';
  return `SELECT count(${c}), count(DISTINCT ${c}), ${length} FROM ${from}`;
}

/** The temporary table of all values with their rows, which the next two read. */
export const groupTable = 'assay_groups';
export function groupTableSql(from: string, column: Column): string {
  const c = identifier(column.name);
  const v = column.kind === 'text' && column.type !== 'VARCHAR' ? `${c}::VARCHAR` : c;
  return `CREATE TEMP TABLE ${groupTable} AS SELECT ${v} AS v, count(*) AS n FROM ${from} WHERE ${isFilled(column)} GROUP BY 1`;
}

/** Rows of (different values, value, count), the most frequent first, one more than `most` if there are more. */
export function groupsSql(from: string, most: number): string {
  return `SELECT (SELECT count(*) FROM ${from}), v, n FROM ${from} ORDER BY n DESC, v LIMIT ${most + 1}`;
}

/** Rows of (mask, count), the most frequent first. */
export function masksSql(from: string): string {
  return `SELECT ${maskSql('v')} AS m, sum(n)::BIGINT AS n FROM ${from} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${MASKS + 1}`;
}

export function readGroups(rows: readonly Row[], value: number, count: number): readonly Group[] {
  return rows.map((row) => ({ value: row[value] ?? null, count: Number(row[count]) }));
}

/** Dates and timestamps have a calendar; times of day do not. */
export function hasCalendar(column: Column): boolean {
  return column.type === 'DATE' || column.type.startsWith('TIMESTAMP');
}

/** One row: seconds from the 1st to the 99th hundredth of the times, and from the first to the last. */
export function spanSql(from: string, column: Column): string {
  const c = `${identifier(column.name)}::TIMESTAMP`;
  return `SELECT epoch(q[2]) - epoch(q[1]), epoch(hi) - epoch(lo), lo::VARCHAR, hi::VARCHAR
FROM (SELECT quantile_disc(${c}, [0.01, 0.99]) AS q, min(${c}) AS lo, max(${c}) AS hi FROM ${from} WHERE isfinite(${identifier(column.name)}))`;
}

/** Rows of (beginning of a step, rows), ascending, the steps without rows among them. */
export function calendarSql(from: string, column: Column, grain: string): string {
  const c = identifier(column.name);
  return `WITH g AS (SELECT date_trunc('${grain}', ${c}::TIMESTAMP) AS s, count(*) AS n FROM ${from} WHERE isfinite(${c}) GROUP BY 1)
SELECT strftime(t.s, '%Y-%m-%dT%H:%M:%S'), coalesce(g.n, 0) FROM (SELECT unnest(generate_series(min(s), max(s), INTERVAL '1 ${grain}')) AS s FROM g) t LEFT JOIN g USING (s) ORDER BY t.s`;
}

export function readCalendar(grain: string, rows: readonly Row[]): Calendar {
  return { grain, steps: rows.map((row) => ({ start: String(row[0]), rows: Number(row[1]) })) };
}
