/**
 * What to ask of a column: the statements of a profile, in three steps because the later need answers of the earlier.
 *
 * 1. figures: one row over all values; 2. values: distinct, unique and the most frequent; 3. shape: histogram and fences.
 * Statements read `from`, which is the quoted table or a filtered selection of it in parentheses.
 */
import { identifier } from '../sql';
import { type Column, isFloating } from '../table';
import type { Bins, Grain } from './bins';

/** Values of the most frequent list. */
export const TOP = 20;
/** Characters of a value that are shown. */
export const SHOWN = 200;
/** Extreme values shown as examples, on each side. */
export const EXAMPLES = 5;
export const probabilities = [0.05, 0.25, 0.5, 0.75, 0.95] as const;
/** The factor of the interquartile range beyond which a value is an outlier. Source: Tukey, Exploratory Data Analysis (1977). */
export const IQR_K = 1.5;

/** The column as a number to compute with, NaN and infinities left out by `finite`. */
function asNumber(column: Column): string {
  return isFloating(column.type) ? identifier(column.name) : `${identifier(column.name)}::DOUBLE`;
}

function finite(column: Column): string {
  return isFloating(column.type) ? ` FILTER (WHERE isfinite(${identifier(column.name)}))` : '';
}

/**
 * Step 1. Columns of the answer are named as in `ColumnProfile`.
 * @param moments Whether to ask for mean, deviation, skewness and kurtosis, which overflow on values near 1e300.
 */
export function figuresSql(from: string, column: Column, moments: boolean): string {
  const c = identifier(column.name);
  const parts = ['count(*) AS rows', `count(${c}) AS filled`];
  if (column.kind === 'number') {
    const f = finite(column);
    const x = asNumber(column);
    parts.push(
      `min(${c})${f} AS min`,
      `max(${c})${f} AS max`,
      `count_if(${c} = 0) AS zeros`,
      `count_if(${c} < 0) AS negatives`,
      isFloating(column.type) ? `count_if(isinf(${c})) AS infinite` : '0 AS infinite',
      isFloating(column.type) ? `count_if(isnan(${c})) AS nan` : '0 AS nan',
      `quantile_cont(${x}, [${probabilities.join(', ')}])${f} AS q`,
    );
    if (moments) {
      parts.push(
        isFloating(column.type) ? `fsum(${c})${f} AS sum` : `sum(${c}) AS sum`,
        `favg(${x})${f} AS mean`,
        `stddev_samp(${x})${f} AS stddev`,
        `skewness(${x})${f} AS skewness`,
        `kurtosis(${x})${f} AS kurtosis`,
      );
    }
    const list = probabilities.map((_, i) => `q[${i + 1}] AS q${i}`).join(', ');
    return `SELECT * EXCLUDE (q), ${list}\nFROM (SELECT ${parts.join(',\n  ')}\nFROM ${from})`;
  }
  if (column.kind === 'time') {
    const known = hasInfinity(column) ? ` FILTER (WHERE isfinite(${c}))` : '';
    parts.push(`min(${c})${known} AS min`, `max(${c})${known} AS max`);
    if (hasInfinity(column))
      parts.push(
        `count_if(isinf(${c})) AS infinite`,
        `epoch(max(${c})${known}) - epoch(min(${c})${known}) AS span`,
      );
    parts.push(`quantile_disc(${c}, [${probabilities.join(', ')}])${known} AS q`);
    const list = probabilities.map((_, i) => `q[${i + 1}] AS q${i}`).join(', ');
    return `SELECT * EXCLUDE (q), ${list}\nFROM (SELECT ${parts.join(',\n  ')}\nFROM ${from})`;
  }
  if (column.kind === 'text') {
    const text = asText(column);
    parts.push(
      `count_if(trim(${text}) = '') AS blanks`,
      `left(min(${text}), ${SHOWN}) AS min`,
      `left(max(${text}), ${SHOWN}) AS max`,
      `min(length(${text})) AS shortest`,
      `max(length(${text})) AS longest`,
      `avg(length(${text})) AS length`,
    );
  }
  if (column.kind === 'boolean') parts.push(`min(${c}) AS min`, `max(${c}) AS max`);
  return `SELECT ${parts.join(',\n  ')}\nFROM ${from}`;
}

/** DATE and TIMESTAMP can be infinite and span a calendar; TIME cannot. */
export function hasInfinity(column: Column): boolean {
  return column.type === 'DATE' || column.type.startsWith('TIMESTAMP');
}

function asText(column: Column): string {
  return column.type === 'VARCHAR' ? identifier(column.name) : `${identifier(column.name)}::VARCHAR`;
}

/** Step 2. Rows of (distinct, unique, count, value), most frequent first, ties by value; no row if all is null. */
export function valuesSql(from: string, column: Column): string {
  const c = identifier(column.name);
  const v = column.kind === 'nested' ? `${c}::VARCHAR` : c;
  const shown =
    column.kind === 'text' || column.kind === 'nested' ? `left(item.v::VARCHAR, ${SHOWN})` : 'item.v';
  return `WITH g AS (SELECT ${v} AS v, count(*) AS n FROM ${from} WHERE ${c} IS NOT NULL GROUP BY 1)
SELECT d, u, -item.n AS n, ${shown} AS v
FROM (SELECT count(*) AS d, count_if(n = 1) AS u, min({'n': -n, 'v': v}, ${TOP}) AS items FROM g), UNNEST(items) AS t(item)
ORDER BY item.n, item.v`;
}

/** Step 3 for numbers: rows of (bin, count); bins below 0 and from `count` up are the tails beyond the edges. */
export function histogramSql(from: string, column: Column, bins: Bins): string {
  const c = identifier(column.name);
  const x = asNumber(column);
  const edge = (i: string) => `(${bins.low} + ${i}) * ${decimal(bins.width)}`;
  // Division may put a value beside its edge by one unit in the last place; comparing with the edges themselves mends it.
  return `SELECT CASE WHEN b < 0 THEN -1 WHEN b >= ${bins.count} THEN ${bins.count} ELSE b END AS bin, count(*) AS n
FROM (SELECT i + CASE WHEN x >= ${edge('i + 1')} THEN 1 WHEN x < ${edge('i')} THEN -1 ELSE 0 END AS b
  FROM (SELECT ${x} AS x, greatest(-2, least(${bins.count + 1}, floor(x / ${decimal(bins.width)}) - ${bins.low}))::BIGINT AS i
    FROM ${from} WHERE ${isFloating(column.type) ? `isfinite(${c})` : `${c} IS NOT NULL`}))
GROUP BY 1 ORDER BY 1`;
}

/** Step 3 for numbers: below, above, whiskers and the most extreme distinct values on each side. */
export function fencesSql(from: string, column: Column, lower: number, upper: number): string {
  const c = identifier(column.name);
  const x = asNumber(column);
  const known = isFloating(column.type) ? `isfinite(${c})` : `${c} IS NOT NULL`;
  const low = decimal(lower);
  const high = decimal(upper);
  return `SELECT 'count' AS what, count_if(${x} < ${low})::VARCHAR AS a, count_if(${x} > ${high})::VARCHAR AS b FROM ${from} WHERE ${known}
UNION ALL (SELECT DISTINCT 'low', ${c}::VARCHAR, NULL FROM ${from} WHERE ${known} AND ${x} < ${low} ORDER BY ${c} LIMIT ${EXAMPLES})
UNION ALL (SELECT DISTINCT 'high', ${c}::VARCHAR, NULL FROM ${from} WHERE ${known} AND ${x} > ${high} ORDER BY ${c} DESC LIMIT ${EXAMPLES})`;
}

/** Step 3 for times: rows of (start of the grain, start of the next, count). */
export function calendarSql(from: string, column: Column, grain: Grain): string {
  const c = identifier(column.name);
  const step =
    grain === 'quarter'
      ? '3 months'
      : grain === 'decade'
        ? '10 years'
        : grain === 'century'
          ? '100 years'
          : `1 ${grain}`;
  return `SELECT low::VARCHAR, (low + INTERVAL '${step}')::VARCHAR, n
FROM (SELECT date_trunc('${grain}', ${c}::TIMESTAMP) AS low, count(*) AS n FROM ${from} WHERE isfinite(${c}) GROUP BY 1) ORDER BY low`;
}

/** A double literal that reads back as the same double. */
function decimal(x: number): string {
  return `${x}::DOUBLE`;
}
