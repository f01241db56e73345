/**
 * What to ask for the coefficients of columns over all rows, and the one statement by which anybody gets a figure again.
 * Statements read `from`, which is the quoted table or a selection of it in parentheses.
 */
import { identifier } from '../sql';
import { type Column, isFloating } from '../table';
import type { Coefficient, RelatedColumn, Scale } from './relation';

/** How a column takes part; null if it cannot. */
export function scaleOf(column: Column): Scale | null {
  switch (column.kind) {
    case 'number':
    case 'time':
      return column.kind;
    case 'nested':
      return null;
    default:
      return 'category';
  }
}

/** The coefficient that says most of a pair; null if the wanted one does not fit it. */
export function coefficientFor(wanted: Coefficient | 'auto', a: Scale, b: Scale): Coefficient | null {
  const categories = Number(a === 'category') + Number(b === 'category');
  const usual = (['pearson', 'eta', 'cramer'] as const)[categories]!;
  if (wanted === 'auto' || wanted === 'mutual') return wanted === 'auto' ? usual : 'mutual';
  const fits = categories === 0 ? ['pearson', 'spearman', 'kendall'] : [usual];
  return fits.includes(wanted) ? wanted : null;
}

/** A number, or a time in seconds since 1970, as DOUBLE; null where it is missing, NaN or infinite. */
export function numberSql({ name, type, kind }: Column): string {
  const c = identifier(name);
  if (kind === 'time') {
    if (type.startsWith('TIMESTAMP') || type === 'DATE') {
      const plain = /^(DATE|TIMESTAMP( WITH TIME ZONE)?)$/.test(type) ? c : `${c}::TIMESTAMP`;
      return `CASE WHEN isfinite(${plain}) THEN epoch(${plain}) END`;
    }
    return `epoch(${c}::TIME)`;
  }
  if (isFloating(type)) return `CASE WHEN isfinite(${c}) THEN ${c}::DOUBLE END`;
  return type === 'BIGNUM' ? `TRY_CAST(${c} AS DOUBLE)` : `${c}::DOUBLE`;
}

/** A category as it groups. */
export function categorySql({ name, type }: Column): string {
  return type === 'VARCHAR' || type === 'BOOLEAN' ? identifier(name) : `${identifier(name)}::VARCHAR`;
}

/** A value of any kind that is not nested as a DOUBLE that is equal where values are; null stays null. */
export function codeSql(column: Column, of = identifier(column.name)): string {
  // 53 bits are what a DOUBLE holds; among the values of a sample they do not meet.
  return `CASE WHEN ${of} IS NOT NULL THEN (hash(${of}) >> 11)::DOUBLE END`;
}

/** What of a column the sample holds. */
export function sampledSql({ column, scale }: RelatedColumn): string {
  return scale === 'category' ? codeSql(column, categorySql(column)) : numberSql(column);
}

/** A double literal that reads back as the same double. */
export function double(x: number): string {
  return `${x}::DOUBLE`;
}

/** Count, least and greatest of each number, in this order. */
export function boundsSql(from: string, columns: readonly Column[]): string {
  const parts = columns.map((_, i) => `count(x${i}), min(x${i}), max(x${i})`);
  return `SELECT ${parts.join(', ')}
FROM (SELECT ${columns.map((c, i) => `${numberSql(c)} AS x${i}`).join(', ')} FROM ${from})`;
}

/** Where a number lies between the ends of its column: from −1 to 1. */
export interface Bounds {
  readonly n: number;
  readonly low: number;
  readonly high: number;
}

/** The number brought into [−1, 1], so that no square of it overflows. */
function scaledSql(column: Column, { low, high }: Bounds): string {
  const centre = low / 2 + high / 2;
  const size = high / 2 - low / 2;
  return `(${numberSql(column)} - ${double(centre)}) / ${double(size)}`;
}

/** Pearson's r and the rows of each pair, in turn. @param pairs Indexes into the columns, none of them constant. */
export function pearsonSql(
  from: string,
  columns: readonly Column[],
  bounds: readonly Bounds[],
  pairs: readonly (readonly [number, number])[],
): string {
  const used = [...new Set(pairs.flat())];
  const inner = used.map((i) => `${scaledSql(columns[i]!, bounds[i]!)} AS x${i}`);
  return `SELECT ${pairs.map(([i, j]) => `corr(x${i}, x${j}), regr_count(x${i}, x${j})`).join(', ')}
FROM (SELECT ${inner.join(', ')} FROM ${from})`;
}

/** The rank of each number among all rows, ties sharing their mean rank; for columns that lack no value. */
export function rankSql(number: string): string {
  return `rank() OVER (ORDER BY ${number}) + (count(*) OVER (PARTITION BY ${number}) - 1) / 2.0`;
}

/** Both values of a pair as x and y, of the rows that have both. */
function bothSql(from: string, x: string, y: string): string {
  return `SELECT x, y FROM (SELECT ${x} AS x, ${y} AS y FROM ${from}) WHERE x IS NOT NULL AND y IS NOT NULL`;
}

/** Spearman's rho and its rows. */
export function spearmanSql(from: string, a: Column, b: Column): string {
  return `SELECT corr(r, s) AS spearman, count(*) AS n
FROM (SELECT ${rankSql('x')} AS r, ${rankSql('y')} AS s
  FROM (${bothSql(from, numberSql(a), numberSql(b))}))`;
}

/** How often each pair of categories occurs: (a, b, rows). @param most Rows of the answer at most. */
export function countsSql(from: string, a: Column, b: Column, most: number): string {
  return `SELECT x, y, count(*) AS n FROM (${bothSql(from, categorySql(a), categorySql(b))})
GROUP BY ALL LIMIT ${most}`;
}

/** By category: for each number its rows, mean and population variance, scaled to [−1, 1]. */
export function groupsSql(
  from: string,
  category: Column,
  numbers: readonly Column[],
  bounds: readonly Bounds[],
  most: number,
): string {
  const inner = numbers.map((c, i) => `${scaledSql(c, bounds[i]!)} AS x${i}`);
  const parts = numbers.map((_, i) => `count(x${i}), avg(x${i}), var_pop(x${i})`);
  return `SELECT ${parts.join(', ')}
FROM (SELECT ${categorySql(category)} AS g, ${inner.join(', ')} FROM ${from})
WHERE g IS NOT NULL GROUP BY g LIMIT ${most}`;
}

function binSql(column: Column, edges: readonly number[]): string {
  const x = numberSql(column);
  return `CASE WHEN ${x} IS NOT NULL THEN len(list_filter([${edges.map(double).join(', ')}]::DOUBLE[], lambda e: ${x} >= e)) END`;
}

/**
 * One statement that gives a coefficient and its rows over all of `from`. Its answer is the figure itself where that is
 * exact, and what the figure of a sample stands for where it is not.
 *
 * @param edges Of the bins of a and b; for `mutual` of numbers and times only.
 */
export function coefficientSql(
  coefficient: Coefficient,
  from: string,
  a: RelatedColumn,
  b: RelatedColumn,
  edges: { readonly a?: readonly number[] | undefined; readonly b?: readonly number[] | undefined } = {},
): string {
  const [category, number] = a.scale === 'category' ? [a, b] : [b, a];
  switch (coefficient) {
    case 'pearson':
      return `SELECT corr(x, y) AS pearson, count(*) AS n
FROM (${bothSql(from, numberSql(a.column), numberSql(b.column))})`;
    case 'spearman':
      return spearmanSql(from, a.column, b.column);
    case 'kendall':
      return `-- compares each row with each: for some thousand rows
WITH p AS (SELECT row_number() OVER () AS i, x, y FROM (${bothSql(from, numberSql(a.column), numberSql(b.column))}))
SELECT sum(sign(p.x - q.x) * sign(p.y - q.y)) / sqrt(count_if(p.x <> q.x)) / sqrt(count_if(p.y <> q.y)) AS kendall,
  (SELECT count(*) FROM p) AS n
FROM p JOIN p AS q ON p.i < q.i`;
    case 'cramer':
      return `WITH o AS (SELECT x, y, count(*) AS k FROM (${bothSql(from, categorySql(a.column), categorySql(b.column))}) GROUP BY ALL),
m AS (SELECT *, sum(k) OVER (PARTITION BY x) AS row_n, sum(k) OVER (PARTITION BY y) AS column_n FROM o),
s AS (SELECT sum(k / row_n * (k / column_n)) - 1 AS phi, sum(k)::DOUBLE AS n, count(DISTINCT x) AS r, count(DISTINCT y) AS c FROM m)
SELECT sqrt(greatest(0, phi - (r - 1) * (c - 1) / (n - 1))
  / (least(r - (r - 1) ^ 2 / (n - 1), c - (c - 1) ^ 2 / (n - 1)) - 1)) AS cramer, n
FROM s`;
    case 'eta':
      return `WITH g AS (SELECT x, count(*) AS k, avg(y) AS m, var_pop(y) AS v
  FROM (${bothSql(from, categorySql(category.column), numberSql(number.column))}) GROUP BY x),
a AS (SELECT sum(k * m) / sum(k) AS mean FROM g)
SELECT sqrt(sum(k * (m - mean) ^ 2) / sum(k * (m - mean) ^ 2 + k * v)) AS eta, sum(k) AS n FROM g, a`;
    default: {
      const part = (c: RelatedColumn, e: readonly number[] | undefined) =>
        c.scale === 'category' ? categorySql(c.column) : binSql(c.column, e ?? []);
      return `WITH o AS (SELECT x, y, count(*) AS k FROM (${bothSql(from, part(a, edges.a), part(b, edges.b))}) GROUP BY ALL),
p AS (SELECT x, y, k / sum(k) OVER () AS p, k FROM o),
m AS (SELECT *, sum(p) OVER (PARTITION BY x) AS px, sum(p) OVER (PARTITION BY y) AS py FROM p)
SELECT sum(p * ln(p / px / py)) / sqrt(sum(p * ln(px)) * sum(p * ln(py))) AS mutual, sum(k) AS n FROM m`;
    }
  }
}
