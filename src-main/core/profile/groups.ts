/**
 * The grouped road: a column is counted value by value into a small table, and every figure is computed from that. Exact,
 * and the cheapest way there is wherever values repeat.
 *
 * 1. `groupSql` makes the table; 2. `figuresSql` and `topSql` ask what stands by itself; 3. `orderSql` asks what needs the
 * mean; 4. `shapeSql` asks what needs the quartiles. All but the first read `GROUPS`.
 */
import { identifier, literal } from '../sql';
import { type Cell, type Column, isFloating, isWhole } from '../table';
import { type Bins, type Grain, stepOf } from './bins';
import { blankSql, paddedSql } from './blank';
import { discreteRank, ranksOf } from './moments';

/** The table of values `v` and how often each occurs, `n`. One at a time on a connection. */
export const GROUPS = 'assay_groups';
/** Values of the most frequent list. */
export const TOP = 20;
/** Characters of a value that are shown. */
export const SHOWN = 200;
/** Extreme values shown as examples, on each side. */
export const EXAMPLES = 5;
export const probabilities = [0.05, 0.25, 0.5, 0.75, 0.95] as const;
/** The factor of the interquartile range beyond which a value is an outlier. Source: Tukey, Exploratory Data Analysis (1977). */
export const IQR_K = 1.5;

/** DATE and TIMESTAMP can be infinite and span a calendar; TIME cannot. */
export function hasInfinity(column: Column): boolean {
  return column.type === 'DATE' || column.type.startsWith('TIMESTAMP');
}

/** A double literal that reads back as the same double. */
export function double(x: number): string {
  return `${x}::DOUBLE`;
}

/** @param sums Whether to add up decimals, which those of 38 digits overflow. */
export function groupSql(from: string, column: Column, sums: boolean): string {
  const c = identifier(column.name);
  if (column.kind === 'nested')
    return `CREATE OR REPLACE TEMP TABLE ${GROUPS} AS SELECT v::VARCHAR AS v, n FROM (SELECT ${c} AS v, count(*) AS n FROM ${from} GROUP BY 1)`;
  // The product of a decimal and a count may have more digits than a decimal can hold, where the sum has not.
  const sum = sums && column.type.startsWith('DECIMAL') ? `, sum(${c}) AS s` : '';
  return `CREATE OR REPLACE TEMP TABLE ${GROUPS} AS SELECT ${c} AS v, count(*) AS n${sum} FROM ${from} GROUP BY 1`;
}

/** Which values take part in the figures of size. */
function known(column: Column): string {
  if (column.kind === 'number') return isFloating(column.type) ? 'isfinite(v)' : 'v IS NOT NULL';
  return column.kind === 'time' && hasInfinity(column) ? 'isfinite(v)' : 'v IS NOT NULL';
}

const asNumber = (column: Column) => (isFloating(column.type) ? 'v' : 'v::DOUBLE');
const asText = (column: Column) => (column.type === 'VARCHAR' ? 'v' : 'v::VARCHAR');
const times = (condition: string) => `coalesce(sum(n) FILTER (WHERE ${condition}), 0)::BIGINT`;

/**
 * One row; columns are named as in `ColumnProfile`.
 * @param sums Whether to ask for the sum, which numbers of 38 digits overflow.
 */
export function figuresSql(column: Column, sums: boolean): string {
  const parts = [
    'coalesce(sum(n), 0)::BIGINT AS rows',
    `${times('v IS NOT NULL')} AS filled`,
    'count(v) AS "distinct"',
    'count_if(n = 1 AND v IS NOT NULL) AS "unique"',
    'coalesce(sum(n * log2(n)) FILTER (WHERE v IS NOT NULL), 0) AS spread',
  ];
  const k = known(column);
  if (column.kind === 'number') {
    const floats = isFloating(column.type);
    const x = asNumber(column);
    parts.push(
      `min(v) FILTER (WHERE ${k}) AS min`,
      `max(v) FILTER (WHERE ${k}) AS max`,
      `${times(k)} AS finite`,
      `${times('v = 0')} AS zeros`,
      `${times('v < 0')} AS negatives`,
      floats ? `${times('isinf(v)')} AS infinite` : '0 AS infinite',
      floats ? `${times('isnan(v)')} AS nan` : '0 AS nan',
      // Weighed by its share of the rows, a sum cannot overflow where the values do not.
      `fsum(${x} * (n / total)) FILTER (WHERE ${k}) AS center`,
    );
    if (sums) {
      const sum = floats
        ? `fsum(v * n) FILTER (WHERE ${k})`
        : column.type.startsWith('DECIMAL')
          ? 'sum(s)'
          : 'sum(v::HUGEINT * n)';
      parts.push(`${sum} AS sum`);
    }
    return `SELECT ${parts.join(',\n  ')}\nFROM ${GROUPS}, (SELECT sum(n) FILTER (WHERE ${k}) AS total FROM ${GROUPS})`;
  }
  if (column.kind === 'time') {
    parts.push(
      `min(v) FILTER (WHERE ${k}) AS min`,
      `max(v) FILTER (WHERE ${k}) AS max`,
      `${times(k)} AS finite`,
    );
    if (hasInfinity(column))
      parts.push(
        `${times('isinf(v)')} AS infinite`,
        `epoch(max(v) FILTER (WHERE ${k})) - epoch(min(v) FILTER (WHERE ${k})) AS span`,
      );
  }
  if (column.kind === 'text') {
    const text = asText(column);
    parts.push(
      `${times(blankSql(text))} AS blanks`,
      `left(min(${text}), ${SHOWN}) AS min`,
      `left(max(${text}), ${SHOWN}) AS max`,
      `min(length(${text})) AS shortest`,
      `max(length(${text})) AS longest`,
      `sum(length(${text}) * n) / ${times('v IS NOT NULL')} AS length`,
      `${times(paddedSql(text))} AS padded`,
      `${times(`regexp_matches(${text}, ${literal(unseen)})`)} AS unseen`,
    );
  }
  if (column.kind === 'boolean') parts.push('min(v) AS min', 'max(v) AS max');
  return `SELECT ${parts.join(',\n  ')}\nFROM ${GROUPS}`;
}

/** Control characters but tab and line ends, and characters without width: zero-width spaces, joiners and marks, soft hyphens. */
const unseen =
  '[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\x7F\\x{80}-\\x{9F}\\x{AD}\\x{200B}-\\x{200F}\\x{2060}\\x{FEFF}]';

/** Rows of (count, value), most frequent first, ties by value. */
export function topSql(column: Column): string {
  const cut = column.kind === 'text' || column.kind === 'nested';
  const shown = cut ? `left(v::VARCHAR, ${SHOWN})` : 'v';
  return `SELECT n, ${shown} FROM (SELECT n, v FROM ${GROUPS} WHERE v IS NOT NULL ORDER BY n DESC, v LIMIT ${TOP}) ORDER BY n DESC, v`;
}

/**
 * One row for numbers and times: sums of powers about the mean (`s1` to `s4`, numbers only), and the values at the ranks of
 * the quantiles, `r0`, `r1` and so on: two for each of a number, one for each of a time.
 * @param finite Values that take part, more than 0.
 * @param center About what numbers are summed; `scale` is the greatest distance from it.
 * @param least If given, it is taken from the values before they become doubles, and `center` is what remains of theirs.
 */
export function orderSql(
  column: Column,
  finite: number,
  center: number,
  scale: number,
  least: Cell = null,
): string {
  const number = column.kind === 'number';
  const ranks = number
    ? probabilities.flatMap((p) => [ranksOf(p, finite).low, ranksOf(p, finite).high])
    : probabilities.map((p) => discreteRank(p, finite));
  const picks = ranks.map((rank, i) => `min(v) FILTER (WHERE upto > ${rank}) AS r${i}`);
  const x = number ? asNumber(column) : 'v';
  const upto = 'sum(n) OVER (ORDER BY v ROWS UNBOUNDED PRECEDING) AS upto';
  const from = (more: string) => `FROM (SELECT ${x} AS v, n${more} FROM ${GROUPS} WHERE ${known(column)})`;
  if (!number) return `SELECT ${picks.join(', ')}\nFROM (SELECT v, ${upto} ${from('')})`;
  // The difference of two numbers near 1e308 is none; they are made small before.
  const d = least === null ? 'v' : 'd';
  const apart = least === null ? '' : `, ${apartSql(column, least)} AS d`;
  const y =
    Math.abs(scale) > 1e300
      ? `(v / ${double(scale)} - ${double(center / scale)})`
      : `((${d} - ${double(center)}) / ${double(scale)})`;
  const powers = ['y', 'y * y', 'y * y * y', 'y * y * y * y'].map((p, i) => `sum(${p} * n) AS s${i + 1}`);
  return `SELECT ${[...powers, ...picks].join(', ')}\nFROM (SELECT v, n, ${y} AS y, ${upto} ${from(apart)})`;
}

/** How far a value lies above the least one, as a double: exact where the values themselves have too many digits for one. */
function apartSql(column: Column, least: Cell): string {
  return `(v - ${literal(String(least))}::${column.type})::DOUBLE`;
}

/** One row: the mean and the greatest of the distances from the least value. */
export function apartFiguresSql(column: Column, least: Cell): string {
  const d = apartSql(column, least);
  return `SELECT fsum(${d} * n) / sum(n) AS center, max(${d}) AS reach FROM ${GROUPS} WHERE v IS NOT NULL`;
}

/** One row: how often a value lies below the one before it, above it, and is equal to it; in the order of the rows, nulls left out. */
export function stepsOfOrderSql(from: string, column: Column): string {
  const c = identifier(column.name);
  return `SELECT count_if(v < before), count_if(v > before), count_if(v = before)
FROM (SELECT v, lag(v) OVER () AS before FROM (SELECT ${c} AS v FROM ${from} WHERE ${c} IS NOT NULL))`;
}

/** What the statement on the shape is to find besides. */
export interface NumberShape {
  readonly bins: Bins;
  readonly lower: number;
  readonly upper: number;
  readonly median: number;
  /** Values to be counted. */
  readonly suspects: readonly Cell[];
  /** Distinct values; the deviation about the median is left out where there are very many. */
  readonly distinct: number;
  readonly finite: number;
}

/** Beyond so many distinct values the median deviation, which sorts them once more, costs more than it says. */
const MAD_MOST = 50_000;

/**
 * Rows of (what, a, b), as text: `bin` with its number and count (below 0 and from `bins.count` up are the tails), `fence`
 * with the counts below and above, `low` and `high` with the most extreme values, `suspect` with place and count, `mad`,
 * `digit` with a leading digit and its count, `heap` with a power of ten and how many values are multiples of it.
 */
export function numberShapeSql(column: Column, shape: NumberShape): string {
  const { bins, lower, upper, median, suspects, distinct, finite } = shape;
  const edge = (i: string) => `(${bins.low} + ${i}) * ${double(bins.width)}`;
  const low = double(lower);
  const high = double(upper);
  const k = `(SELECT v, ${asNumber(column)} AS x, n FROM ${GROUPS} WHERE ${known(column)})`;
  const parts = [
    // Division may put a value beside its edge by one unit in the last place; comparing with the edges themselves mends it.
    `SELECT 'bin' AS what, (CASE WHEN b < 0 THEN -1 WHEN b >= ${bins.count} THEN ${bins.count} ELSE b END)::VARCHAR AS a, sum(n)::BIGINT::VARCHAR AS b
FROM (SELECT n, i + CASE WHEN x >= ${edge('i + 1')} THEN 1 WHEN x < ${edge('i')} THEN -1 ELSE 0 END AS b
  FROM (SELECT x, n, greatest(-2, least(${bins.count + 1}, floor(x / ${double(bins.width)}) - ${bins.low}))::BIGINT AS i FROM ${k}))
GROUP BY 2`,
    `SELECT 'fence', ${times(`x < ${low}`)}::VARCHAR, ${times(`x > ${high}`)}::VARCHAR FROM ${k}`,
    `(SELECT 'low', v::VARCHAR, NULL FROM ${k} WHERE x < ${low} ORDER BY v LIMIT ${EXAMPLES})`,
    `(SELECT 'high', v::VARCHAR, NULL FROM ${k} WHERE x > ${high} ORDER BY v DESC LIMIT ${EXAMPLES})`,
    ...suspects.map(
      (s, i) => `SELECT 'suspect', '${i}', ${times(`v = ${suspectSql(s)}`)}::VARCHAR FROM ${GROUPS}`,
    ),
  ];
  if (distinct <= MAD_MOST) {
    const { low: a, high: b } = ranksOf(0.5, finite);
    parts.push(
      `SELECT 'mad', (min(d) FILTER (WHERE upto > ${a}))::VARCHAR, (min(d) FILTER (WHERE upto > ${b}))::VARCHAR
FROM (SELECT d, sum(n) OVER (ORDER BY d ROWS UNBOUNDED PRECEDING) AS upto FROM (SELECT abs(x - ${double(median)}) AS d, n FROM ${k}))`,
    );
  }
  parts.push(
    // Division may put 3 a little below itself; nothing shown differs from 9.9999999995 by so little.
    `SELECT 'digit', (((greatest(1, floor(abs(x) / 10 ** floor(log10(abs(x))) + 1e-10))::BIGINT - 1) % 9) + 1)::VARCHAR, sum(n)::BIGINT::VARCHAR FROM ${k} WHERE abs(x) > 1e-300 GROUP BY 2`,
  );
  if (isWhole(column.type))
    for (const step of [5, 10, 100, 1000])
      parts.push(`SELECT 'heap', '${step}', ${times(`v <> 0 AND v % ${step} = 0`)}::VARCHAR FROM ${GROUPS}`);
  return parts.join('\nUNION ALL ');
}

function suspectSql(s: Cell): string {
  return typeof s === 'number' ? String(s) : literal(String(s));
}

/** One row: per grain whether every value stands at the beginning of one. */
export function grainSql(tests: readonly string[]): string {
  return `SELECT ${tests.join(', ')} FROM (SELECT v::TIMESTAMP AS t FROM ${GROUPS} WHERE isfinite(v))`;
}

/**
 * Rows of (what, a, b, c): `bin` with its beginning, the next one's and the count; `suspect` with place and count; `weekday`
 * (0 is Sunday) and `hour` with their counts; `gaps` with the steps of a grain from the first to the last value.
 */
export function calendarSql(
  column: Column,
  grain: Grain,
  suspects: readonly Cell[],
  steps: string | null,
): string {
  const k = `(SELECT v::TIMESTAMP AS t, n FROM ${GROUPS} WHERE isfinite(v))`;
  const parts = [
    `(SELECT 'bin' AS what, low::VARCHAR AS a, (low + INTERVAL '${stepOf(grain)}')::VARCHAR AS b, n::VARCHAR AS c
FROM (SELECT date_trunc('${grain}', t) AS low, sum(n)::BIGINT AS n FROM ${k} GROUP BY 1) ORDER BY low)`,
    `SELECT 'weekday', dayofweek(t)::VARCHAR, NULL, sum(n)::BIGINT::VARCHAR FROM ${k} GROUP BY 2`,
    ...(column.type === 'DATE'
      ? []
      : [`SELECT 'hour', hour(t)::VARCHAR, NULL, sum(n)::BIGINT::VARCHAR FROM ${k} GROUP BY 2`]),
    ...suspects.map(
      (s, i) => `SELECT 'suspect', '${i}', NULL, ${times(`v = ${suspectSql(s)}`)}::VARCHAR FROM ${GROUPS}`,
    ),
    ...(steps === null ? [] : [`SELECT 'gaps', NULL, NULL, (${steps})::BIGINT::VARCHAR FROM ${k}`]),
  ];
  return parts.join('\nUNION ALL ');
}
