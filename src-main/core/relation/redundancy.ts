/**
 * Columns that say the same twice: found on a sample in memory, proved by one statement over all rows.
 */
import { identifier } from '../sql';
import type { Column } from '../table';
import { comparedSql } from './dependency';
import { double, numberSql } from './plan';

/** Differences a computation in doubles may leave, as a share of what is computed with. */
const TOLERANCE = 1e-9;

/** Text without its case, and without white space at its ends and beyond one blank within; null if nothing is left. */
export function foldedSql(column: Column): string {
  return `nullif(lower(trim(regexp_replace(${identifier(column.name)}, '\\s+', ' ', 'g'))), '')`;
}

/** Whether two columns are the same where both have a value, and whether they lack values in the same rows. */
export function sameIn(
  a: Float64Array,
  b: Float64Array,
): { readonly same: boolean; readonly aligned: boolean; readonly both: number } {
  let [aligned, both] = [true, 0];
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i]!, b[i]!];
    if (x === y) both++;
    else if (Number.isNaN(x) || Number.isNaN(y)) aligned &&= Number.isNaN(x) && Number.isNaN(y);
    else return { same: false, aligned: false, both };
  }
  return { same: both > 0, aligned, both };
}

/** The line y = slope · x + intercept. */
export interface Line {
  readonly slope: number;
  readonly intercept: number;
}

function lies({ slope, intercept }: Line, x: number, y: number): boolean {
  const line = slope * x;
  return Math.abs(y - (line + intercept)) <= TOLERANCE * (Math.abs(y) + Math.abs(line) + Math.abs(intercept));
}

/**
 * The line on which all rows lie, with as few digits as it can be written with; null if there is none, or fewer than
 * three different values of x, which always lie on one.
 */
export function lineThrough(x: Float64Array, y: Float64Array): Line | null {
  let [low, high] = [-1, -1];
  for (let i = 0; i < x.length; i++) {
    if (Number.isNaN(x[i]!) || Number.isNaN(y[i]!)) continue;
    if (low < 0) [low, high] = [i, i];
    if (x[i]! < x[low]!) low = i;
    if (x[i]! > x[high]!) high = i;
  }
  if (low < 0 || x[low] === x[high]) return null;
  const slope = (y[high]! - y[low]!) / (x[high]! - x[low]!);
  if (!Number.isFinite(slope) || slope === 0) return null;
  const through = (s: number, digits: number): Line => {
    const intercept = y[low]! - s * x[low]!;
    const noise = 1e-12 * (Math.abs(y[low]!) + Math.abs(s * x[low]!));
    return { slope: s, intercept: Math.abs(intercept) <= noise ? 0 : Number(intercept.toPrecision(digits)) };
  };
  for (const digits of [3, 6, 9, 12, 15]) {
    const line = through(Number(slope.toPrecision(digits)), digits);
    const found = allLie(line, x, y);
    if (found !== null) return found >= 3 ? line : null;
  }
  return null;
}

/** How many different values of x there are, up to three, if all rows lie on the line; null if not. */
function allLie(line: Line, x: Float64Array, y: Float64Array): number | null {
  const seen = new Set<number>();
  for (let i = 0; i < x.length; i++) {
    if (Number.isNaN(x[i]!) || Number.isNaN(y[i]!)) continue;
    if (!lies(line, x[i]!, y[i]!)) return null;
    if (seen.size < 3) seen.add(x[i]!);
  }
  return seen.size;
}

/** z = x + y or z = x · y, rounded to so many decimals if that is not null. */
export interface Derived {
  readonly kind: 'sum' | 'product';
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly decimals: number | null;
}

/** Decimals with which all values can be written, at most 4; null if more. */
export function decimalsIn(values: Float64Array): number | null {
  for (let decimals = 0; decimals <= 4; decimals++) {
    const power = 10 ** decimals;
    if (values.every((v) => Number.isNaN(v) || Math.abs(Math.round(v * power) - v * power) <= 1e-6))
      return decimals;
  }
  return null;
}

/** How far z may be from what it is computed from. */
function allowed(kind: Derived['kind'], x: number, y: number, z: number, decimals: number | null): number {
  const size = kind === 'sum' ? Math.abs(x) + Math.abs(y) : Math.abs(x * y);
  return TOLERANCE * (size + Math.abs(z)) + (decimals === null ? 0 : 0.5001 * 10 ** -decimals);
}

/**
 * Columns that are the sum or the product of two others in all rows of the sample. A difference x − y = z is told as the
 * sum y + z = x, a quotient as the product. Rows in which a part adds nothing (0 to a sum; 0 or 1 to a product) do not
 * speak for it; at least 3 others with 3 different results must.
 *
 * @param decimals With which each column is written; a product may be rounded to 2 to 4 of them.
 */
export function* derivedIn(
  values: readonly Float64Array[],
  decimals: readonly (number | null)[],
): Generator<Derived> {
  for (let z = 0; z < values.length; z++) {
    for (let x = 0; x < values.length; x++) {
      if (x === z) continue;
      for (let y = x; y < values.length; y++) {
        if (y === z) continue;
        if (y !== x && holds('sum', values[x]!, values[y]!, values[z]!, null))
          yield { kind: 'sum', x, y, z, decimals: null };
        const places = decimals[z] ?? null;
        if (holds('product', values[x]!, values[y]!, values[z]!, null))
          yield { kind: 'product', x, y, z, decimals: null };
        else if (
          places !== null &&
          places >= 2 &&
          holds('product', values[x]!, values[y]!, values[z]!, places)
        )
          yield { kind: 'product', x, y, z, decimals: places };
      }
    }
  }
}

function holds(
  kind: Derived['kind'],
  xs: Float64Array,
  ys: Float64Array,
  zs: Float64Array,
  decimals: number | null,
): boolean {
  const results = new Set<number>();
  let speaking = 0;
  for (let i = 0; i < zs.length; i++) {
    const [x, y, z] = [xs[i]!, ys[i]!, zs[i]!];
    if (Number.isNaN(x) || Number.isNaN(y) || Number.isNaN(z)) continue;
    const computed = kind === 'sum' ? x + y : x * y;
    if (Math.abs(z - computed) > allowed(kind, x, y, z, decimals)) return false;
    const adds = (v: number) => v !== 0 && (kind === 'sum' || Math.abs(v) !== 1);
    if (!adds(x) || !adds(y)) continue;
    // A result that rounding swallows speaks for nothing.
    if (decimals !== null && Math.abs(z) < 100 * 10 ** -decimals) continue;
    speaking++;
    if (results.size < 3) results.add(z);
  }
  return speaking >= 3 && results.size >= 3;
}

/** Rows; rows that differ; rows with both values; of these, those that differ; rows in which only one lacks a value. */
export function sameSql(from: string, a: Column, b: Column, folded: boolean): string {
  const [x, y] = [a, b].map((c) => (folded ? foldedSql(c) : comparedSql(c)));
  return `SELECT count(*) AS rows, count_if(x IS DISTINCT FROM y) AS different, count_if(x IS NOT NULL AND y IS NOT NULL) AS "both",
  count_if(x <> y) AS conflicting, count(x) AS left_filled, count(y) AS right_filled
FROM (SELECT ${x} AS x, ${y} AS y FROM ${from})`;
}

/** Rows that have both values, and those that are not on the line. */
export function lineSqlOf(from: string, x: Column, y: Column, { slope, intercept }: Line): string {
  const line = `(${double(slope)} * x + ${double(intercept)})`;
  return `SELECT count(*) AS n, count_if(abs(y - ${line}) > ${TOLERANCE} * (abs(y) + abs(${double(slope)} * x) + abs(${double(intercept)}))) AS "off"
FROM (SELECT ${numberSql(x)} AS x, ${numberSql(y)} AS y FROM ${from}) WHERE x IS NOT NULL AND y IS NOT NULL`;
}

/** Rows that have all three values, and those in which the third is not computed from the others. */
export function derivedSql(
  from: string,
  columns: readonly [Column, Column, Column],
  { kind, decimals }: Pick<Derived, 'kind' | 'decimals'>,
): string {
  const [computed, size] = kind === 'sum' ? ['x + y', 'abs(x) + abs(y)'] : ['x * y', 'abs(x * y)'];
  const more = decimals === null ? '' : ` + ${0.5001 * 10 ** -decimals}`;
  const list = columns.map((c, i) => `${numberSql(c)} AS ${'xyz'[i]}`);
  return `SELECT count(*) AS n, count_if(abs(z - (${computed})) > ${TOLERANCE} * (${size} + abs(z))${more}) AS "off"
FROM (SELECT ${list.join(', ')} FROM ${from}) WHERE x IS NOT NULL AND y IS NOT NULL AND z IS NOT NULL`;
}
