/**
 * The wide road: figures of columns with very many different values, which counting them value by value would make dear.
 *
 * 1. `wideSql` asks for several columns in one scan; 2. `shareSql` counts one sixteenth of the distinct values; 3. `fineSql`
 * counts a column in fine buckets that fall together with the bins of its histogram; 4. `fencesSql` counts beyond the
 * fences. Counts, sums, moments and extremes are exact. Distinct values are estimated from the sixteenth, quantiles from
 * the buckets.
 */
import { identifier, literal } from '../sql';
import { type Cell, type Column, isFloating } from '../table';
import type { Bins } from './bins';
import { blankSql, paddedSql } from './blank';
import { double, EXAMPLES, GROUPS, SHOWN } from './groups';

/** The table of one row that `wideSql` makes. */
export const WIDE = 'assay_wide';

/** One in so many distinct values is counted. */
export const SHARE = 16;

/** A column with what its sample said of it; `scale` is more than 0. */
export interface Rough {
  readonly column: Column;
  readonly center: number;
  readonly scale: number;
}

const asNumber = (column: Column) => {
  const c = identifier(column.name);
  return isFloating(column.type) ? c : `${c}::DOUBLE`;
};

/**
 * Makes a table of one row for several columns: figures named as in `ColumnProfile` with the place of the column before, `2_min`, and for
 * numbers the sums of powers `s1` to `s4`. Not for columns that hold NaN or infinities: their `min`, `max` or sums are none
 * that a number can be, by which they are known.
 */
export function wideSql(from: string, roughs: readonly Rough[]): string {
  const parts = roughs.flatMap((rough, i) => [...figuresOf(rough, i), hashesOf(rough.column, i)]);
  return `CREATE OR REPLACE TEMP TABLE ${WIDE} AS SELECT count(*) AS rows,\n  ${parts.join(',\n  ')}\nFROM ${from}`;
}

/** Hashes are kept and counted afterwards, because another scan of the column would cost more. */
function hashesOf(column: Column, place: number): string {
  const c = identifier(column.name);
  return `list(hash(${c})) FILTER (WHERE ${c} IS NOT NULL AND hash(${c}) & ${SHARE - 1} = 0) AS "${place}_hashes"`;
}

function figuresOf({ column, center, scale }: Rough, i: number): readonly string[] {
  const c = identifier(column.name);
  const as = (name: string) => `"${i}_${name}"`;
  if (column.kind === 'nested') return [`count(${c}) AS ${as('filled')}`];
  const all = [`count(${c}) AS ${as('filled')}`, `min(${c}) AS ${as('min')}`, `max(${c}) AS ${as('max')}`];
  if (column.kind === 'text') {
    return [
      all[0]!,
      `left(min(${c}), ${SHOWN}) AS ${as('min')}`,
      `left(max(${c}), ${SHOWN}) AS ${as('max')}`,
      // Only what begins with a blank or a lesser character can be blank, and few do.
      `count_if(${blankSql(c)}) AS ${as('blanks')}`,
      `count_if(${paddedSql(c)}) AS ${as('padded')}`,
      `min(length(${c})) AS ${as('shortest')}`,
      `max(length(${c})) AS ${as('longest')}`,
      `avg(length(${c})) AS ${as('length')}`,
    ];
  }
  if (column.kind === 'time') {
    const known = `FILTER (WHERE isfinite(${c}))`;
    return [
      all[0]!,
      `min(${c}) ${known} AS ${as('min')}`,
      `max(${c}) ${known} AS ${as('max')}`,
      `count_if(isinf(${c})) AS ${as('infinite')}`,
      `epoch(max(${c}) ${known}) - epoch(min(${c}) ${known}) AS ${as('span')}`,
    ];
  }
  const y = `(${asNumber(column)} - ${double(center)}) * ${double(1 / scale)}`;
  return [
    ...all,
    `count_if(${c} = 0) AS ${as('zeros')}`,
    `count_if(${c} < 0) AS ${as('negatives')}`,
    `${isFloating(column.type) ? 'fsum' : 'sum'}(${c}) AS ${as('sum')}`,
    ...['y', 'y * y', 'y * y * y', '(y * y) * (y * y)'].map(
      (power, k) => `sum(${power.replaceAll('y', y)}) AS ${as(`s${k + 1}`)}`,
    ),
  ];
}

/** One row: distinct and unique values among those of a column whose hash falls into one sixteenth, which WIDE keeps. */
export function shareSql(place: number): string {
  return `SELECT count(*), count_if(n = 1) FROM (SELECT count(*) AS n FROM (SELECT unnest("${place}_hashes") AS h FROM ${WIDE}) GROUP BY h)`;
}

/** The figures that WIDE keeps, without the hashes. */
export const wideFiguresSql = `SELECT COLUMNS(c -> NOT c LIKE '%hashes') FROM ${WIDE}`;

/** Buckets of which whole numbers of make a bin: bucket j lies in bin j / `per`; the tails are -1 and `bins.count · per`. */
export interface Fine {
  readonly bins: Bins;
  readonly per: number;
}

/** Buckets a bin is split into. */
const PER = 64;

/** Buckets of whole numbers are not narrower than 1. */
export function fineOf(bins: Bins, whole: boolean): Fine {
  if (!whole || bins.width >= PER) {
    // Of a whole width only a divisor splits it so that no value stands between two edges.
    const per = whole ? divisorBelow(bins.width, PER) : PER;
    return { bins, per };
  }
  return { bins, per: bins.width };
}

function divisorBelow(width: number, most: number): number {
  for (let per = most; per > 1; per--) if (width % per === 0) return per;
  return 1;
}

/**
 * Rows of (bucket, count, least, greatest). Buckets are numbered from the first bin's lower edge; values beyond the bins are
 * in the tails.
 */
export function fineSql(from: string, column: Column, { bins, per }: Fine): string {
  const c = identifier(column.name);
  const x = asNumber(column);
  const low = double(bins.low * bins.width);
  const step = double(bins.width / per);
  const all = bins.count * per;
  const bucket = `CASE WHEN ${x} < ${low} THEN -1 ELSE least(${all}, floor((${x} - ${low}) / ${step} + 1e-9))::INTEGER END`;
  return `SELECT ${bucket} AS b, count(*) AS n, min(${x}), max(${x}) FROM ${from} WHERE ${c} IS NOT NULL GROUP BY 1 ORDER BY 1`;
}

/** Times counted by steps of so many microseconds since 1970, put where the grouped road has its values. */
export function stepGroupsSql(from: string, column: Column, step: number): string {
  const c = identifier(column.name);
  return `CREATE OR REPLACE TEMP TABLE ${GROUPS} AS SELECT make_timestamp(b * ${step}) AS v, n
FROM (SELECT floor(epoch_us(${c}) / ${step})::BIGINT AS b, count(*) AS n FROM ${from} WHERE isfinite(${c}) GROUP BY 1)`;
}

/** Microseconds of a step. */
const steps = [1_000, 1_000_000, 60_000_000, 3_600_000_000, 86_400_000_000] as const;
/** Steps a column of times is counted by at most. */
const STEPS_MOST = 100_000;

/** The finest step, in microseconds, that splits a span of seconds into few enough parts; null if none does. */
export function stepFor(span: number): number | null {
  return steps.find((step) => (span * 1_000_000) / step <= STEPS_MOST) ?? null;
}

/** A column with its fences, and values that are to be counted. */
export interface Fenced {
  readonly column: Column;
  readonly lower: number;
  readonly upper: number;
  readonly suspects: readonly Cell[];
}

/** Most extreme values asked for on a side: some of them may be equal. */
const EXTREMES = 4 * EXAMPLES;

/** One row for several columns: `0_below`, `0_above`, `0_low` and `0_high` (lists, most extreme first), `0_suspect0`. */
export function fencesSql(from: string, fenced: readonly Fenced[]): string {
  const parts = fenced.flatMap(({ column, lower, upper, suspects }, i) => {
    const c = identifier(column.name);
    const x = asNumber(column);
    const as = (name: string) => `"${i}_${name}"`;
    const [low, high] = [double(lower), double(upper)];
    return [
      `count_if(${x} < ${low}) AS ${as('below')}`,
      `count_if(${x} > ${high}) AS ${as('above')}`,
      `array_to_string(min(${c}, ${EXTREMES}) FILTER (WHERE ${x} < ${low}), ' ') AS ${as('low')}`,
      `array_to_string(max(${c}, ${EXTREMES}) FILTER (WHERE ${x} > ${high}), ' ') AS ${as('high')}`,
      ...suspects.map((s, k) => `count_if(${c} = ${suspectSql(s)}) AS ${as(`suspect${k}`)}`),
    ];
  });
  return `SELECT ${parts.join(',\n  ')}\nFROM ${from}`;
}

function suspectSql(s: Cell): string {
  return typeof s === 'number' ? String(s) : literal(String(s));
}

/** Rows of (word, count): words for a missing value among short texts. */
export function wordsSql(from: string, column: Column, words: readonly string[]): string {
  const c = identifier(column.name);
  const longest = Math.max(...words.map((word) => word.length)) + 2;
  return `SELECT trim(${c}), count(*) FROM ${from} WHERE strlen(${c}) <= ${longest} AND trim(${c}) IN (${words.map(literal).join(', ')}) GROUP BY 1`;
}

/** Rows of (count, value) of the values of a list, most frequent first. */
export function hittersSql(from: string, column: Column, values: readonly string[]): string {
  const c = identifier(column.name);
  const shown = column.kind === 'text' ? `left(v, ${SHOWN})` : 'v';
  return `SELECT n, ${shown} FROM (SELECT ${c} AS v, count(*) AS n FROM ${from} WHERE ${c} IN (${values.join(', ')}) GROUP BY 1) ORDER BY n DESC, v`;
}
