/**
 * What to ask of a pair of columns. The values of both sides are counted into one table first, from which everything else
 * follows, exactly and without a further look at the rows:
 *
 * `assay_values` (v, na, nb): each distinct value with its rows in A and in B, null among them;
 * `assay_ordered` (v, na, nb, ca, cb): the finite values of numbers and times in order, with running counts.
 */
import type { Bins, Grain } from '../profile/bins';
import { EXAMPLES, probabilities, SHOWN } from '../profile/groups';
import { identifier } from '../sql';
import { type Column, isFloating } from '../table';
import { type Form, isClock, type Pair } from './match';
import { epsilonOf } from './measures';

/** Values of the most frequent list of each side. */
export const TOP = 12;
/** Where A has no more distinct numbers or times than this, the bins of its PSI are its values. */
export const FEW = 10;
/** Examples of values that only one side has. */
const LONE = 2 * EXAMPLES;

/** What stands behind FROM for both sides. */
export interface Sources {
  readonly a: string;
  readonly b: string;
}

function valueSql(column: Column): string {
  const c = identifier(column.name);
  if (column.kind === 'number' || column.kind === 'time' || column.kind === 'boolean') return c;
  return column.type === 'VARCHAR' ? c : `${c}::VARCHAR`;
}

/** One row of (rows, values, distinct values) of one side, for kinds that cannot be compared. */
export function sideSql(from: string, column: Column): string {
  const v = valueSql(column);
  return `SELECT count(*), count(${v}), count(DISTINCT ${v}) FROM ${from}`;
}

export function valuesSql({ a, b }: Sources, pair: Pair): string {
  return `CREATE OR REPLACE TEMP TABLE assay_values AS
SELECT v, count(*) FILTER (s = 0) AS na, count(*) FILTER (s = 1) AS nb
FROM (SELECT ${valueSql(pair.a)} AS v, 0 AS s FROM ${a} UNION ALL SELECT ${valueSql(pair.b)}, 1 FROM ${b})
GROUP BY v`;
}

/** What keeps NaN, infinities and nulls out. */
function finiteSql(pair: Pair): string {
  const endless = isFloating(pair.a.type) || isFloating(pair.b.type) || isDate(pair.a);
  return endless ? 'isfinite(v)' : 'v IS NOT NULL';
}

const isDate = (column: Column) => column.kind === 'time' && !isClock(column);

/** One row, columns named as `readCounts` reads them. */
export function countsSql(pair: Pair): string {
  const floating = pair.a.kind === 'number' && (isFloating(pair.a.type) || isFloating(pair.b.type));
  const dates = isDate(pair.a);
  const side = (n: string) => [
    `sum(${n})`,
    `sum(${n}) FILTER (v IS NULL)`,
    `count_if(v IS NOT NULL AND ${n} > 0)`,
    floating ? `sum(${n}) FILTER (isnan(v))` : '0',
    floating || dates ? `sum(${n}) FILTER (isinf(v))` : '0',
  ];
  const lone = (without: string, n: string) => [
    `count_if(v IS NOT NULL AND ${without} = 0)`,
    `sum(${n}) FILTER (v IS NOT NULL AND ${without} = 0)`,
  ];
  const figures = [...side('na'), ...side('nb'), ...lone('na', 'nb'), ...lone('nb', 'na')];
  return `SELECT count_if(na <> nb), count_if(v IS NOT NULL),
  ${figures.map((figure) => `coalesce(${figure}, 0)`).join(', ')}
FROM assay_values`;
}

/** Rows of (list, value, rows in A, rows in B): the most frequent of each side, and values that only one has. */
export function topSql(form: Form): string {
  const shown = form === 'category' ? `left(v::VARCHAR, ${SHOWN})` : 'v';
  const list = (name: string, where: string, by: string, limit: number) =>
    `(SELECT '${name}', ${shown}, na, nb FROM assay_values WHERE v IS NOT NULL AND ${where} ORDER BY ${by} DESC, v LIMIT ${limit})`;
  return [
    list('a', 'na > 0', 'na', TOP),
    list('b', 'nb > 0', 'nb', TOP),
    list('fresh', 'na = 0', 'nb', LONE),
    list('lost', 'nb = 0', 'na', LONE),
  ].join('\nUNION ALL ');
}

/** One row of (PSI, Jensen–Shannon divergence) value by value. @param of Values of A, `ofB` of B; not 0. */
export function categoriesSql(of: number, ofB: number): string {
  const lifted = (x: string, n: number) => `CASE WHEN ${x} > 0 THEN ${x} ELSE ${epsilonOf(n)}::DOUBLE END`;
  const [p, q] = [lifted('p', of), lifted('q', ofB)];
  const part = (x: string) => `${x} * log2(greatest(2 * ${x} / (p + q), 1e-300))`;
  return `SELECT fsum((${q} - ${p}) * ln(${q} / ${p})),
  fsum(0.5::DOUBLE * (${part('p')} + ${part('q')}))
FROM (SELECT na / ${of}::DOUBLE AS p, nb / ${ofB}::DOUBLE AS q FROM assay_values WHERE v IS NOT NULL)`;
}

export function orderedSql(pair: Pair): string {
  return `CREATE OR REPLACE TEMP TABLE assay_ordered AS
SELECT v, na, nb, (sum(na) OVER o)::BIGINT AS ca, (sum(nb) OVER o)::BIGINT AS cb
FROM assay_values WHERE ${finiteSql(pair)} WINDOW o AS (ORDER BY v)`;
}

/** One row: values of A and B, distinct values of A, least and greatest of each, and the mean of numbers. */
export function totalsSql(form: Form): string {
  const ends = (n: string) => `min(v) FILTER (${n} > 0), max(v) FILTER (${n} > 0)`;
  const mean = (n: string) => (form === 'number' ? `fsum(v::DOUBLE * ${n}) / nullif(sum(${n}), 0)` : 'NULL');
  return `SELECT coalesce(sum(na), 0), coalesce(sum(nb), 0), count_if(na > 0), ${ends('na')}, ${ends('nb')},
  ${mean('na')}, ${mean('nb')}, ${form === 'time' ? 'epoch(max(v)) - epoch(min(v))' : 'NULL'}
FROM assay_ordered`;
}

/** The positions between which a quantile of n values lies, counted from 0. Type 7 for numbers, the value itself for times. */
export function positions(form: Form, n: number, p: number): readonly [number, number, number] {
  if (form === 'time') {
    const at = Math.max(0, Math.ceil(p * n - 1e-9) - 1);
    return [at, at, 0];
  }
  const at = (n - 1) * p;
  const low = Math.floor(at + 1e-9);
  return [low, Math.min(n - 1, low + 1), Math.max(0, at - low)];
}

export interface Totals {
  readonly n: number;
  readonly m: number;
  readonly meanA: number | null;
  readonly meanB: number | null;
}

/**
 * One row: the KS statistic and where it is reached, the variances, the values at the positions of the quantiles of A and
 * of B, and the first and the third quartile of both together. `n` and `m` may be 0; then there is no statistic.
 */
export function spreadSql(form: Form, { n, m, meanA, meanB }: Totals): string {
  const both = n > 0 && m > 0;
  const gap = `abs(ca::HUGEINT * ${m} - cb::HUGEINT * ${n})`;
  const variance = (count: string, of: number, mean: number | null) =>
    form !== 'number' || mean === null || of < 2
      ? 'NULL'
      : `fsum(${count} * (v::DOUBLE - ${decimal(mean)}) * (v::DOUBLE - ${decimal(mean)})) / ${of - 1}`;
  const at = (running: string, of: number) =>
    probabilities.flatMap((p) => {
      if (of === 0) return ['NULL', 'NULL'];
      const [low, high] = positions(form, of, p);
      return [`min(v) FILTER (${running} > ${low})`, `min(v) FILTER (${running} > ${high})`];
    });
  const pooled = [0.25, 0.75].map((p) =>
    form === 'number' && n + m > 0 ? `min(v) FILTER (ca + cb > ${positions('time', n + m, p)[0]})` : 'NULL',
  );
  const parts = [
    both ? `max(${gap})::DOUBLE / (${n}::DOUBLE * ${m})` : 'NULL',
    both ? `arg_max(v, ${gap})` : 'NULL',
    variance('na', n, meanA),
    variance('nb', m, meanB),
    ...at('ca', n),
    ...at('cb', m),
    ...pooled,
  ];
  return `SELECT ${parts.join(',\n  ')}\nFROM assay_ordered`;
}

/**
 * Rows of (name, rows in A, rows in B) for the PSI of numbers and times: bins that end at the tenths of A, or its values
 * and null for all others.
 * @param few Whether A has so few values that they are the bins.
 */
export function stabilitySql(n: number, few: boolean): string {
  // A value belongs to the tenth in which the first of its equals in A stands.
  const tenth = `least(9, (10 * (ca - na)) // ${Math.max(1, n)})`;
  return few
    ? 'SELECT CASE WHEN na > 0 THEN v::VARCHAR END, sum(na), sum(nb) FROM assay_ordered GROUP BY 1 ORDER BY min(v)'
    : `SELECT CASE WHEN count(*) = 1 THEN min(v)::VARCHAR ELSE min(v)::VARCHAR || ' … ' || max(v)::VARCHAR END, sum(na), sum(nb)
FROM assay_ordered GROUP BY ${tenth} ORDER BY min(v)`;
}

/** Rows of (bin, rows in A, rows in B); bins below 0 and from `count` up are the tails beyond the edges. */
export function binsSql(bins: Bins): string {
  const edge = (i: string) => `(${bins.low} + ${i}) * ${decimal(bins.width)}`;
  // Division may put a value beside its edge by one unit in the last place; comparing with the edges themselves mends it.
  return `SELECT CASE WHEN b < 0 THEN -1 WHEN b >= ${bins.count} THEN ${bins.count} ELSE b END AS bin, sum(na), sum(nb)
FROM (SELECT na, nb, i + CASE WHEN x >= ${edge('i + 1')} THEN 1 WHEN x < ${edge('i')} THEN -1 ELSE 0 END AS b
  FROM (SELECT na, nb, v::DOUBLE AS x, greatest(-2, least(${bins.count + 1}, floor(v::DOUBLE / ${decimal(bins.width)}) - ${bins.low}))::BIGINT AS i
    FROM assay_ordered))
GROUP BY 1 ORDER BY 1`;
}

const steps: Partial<Readonly<Record<Grain, string>>> = {
  quarter: '3 months',
  decade: '10 years',
  century: '100 years',
};

/** Rows of (start, start of the next, rows in A, rows in B); times of a day by the hour. */
export function calendarSql(pair: Pair, grain: Grain): string {
  if (isClock(pair.a)) {
    return `SELECT printf('%02d:00:00', h), printf('%02d:00:00', h + 1), a, b
FROM (SELECT hour(v::TIME) AS h, sum(na) AS a, sum(nb) AS b FROM assay_ordered GROUP BY 1) ORDER BY h`;
  }
  return `SELECT low::VARCHAR, (low + INTERVAL '${steps[grain] ?? `1 ${grain}`}')::VARCHAR, a, b
FROM (SELECT date_trunc('${grain}', v::TIMESTAMP) AS low, sum(na) AS a, sum(nb) AS b FROM assay_ordered GROUP BY 1) ORDER BY low`;
}

/** A double literal that reads back as the same double. */
function decimal(x: number): string {
  return `${x}::DOUBLE`;
}
