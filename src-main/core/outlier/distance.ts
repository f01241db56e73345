/**
 * How far rows lie out in several columns at once: the Mahalanobis distance from a robust centre.
 *
 * Centre and spread come from the half of the rows that lie closest together, found by concentration steps from one fixed
 * start, so that the same rows always give the same answer.
 *
 * Source: Rousseeuw & Van Driessen, A Fast Algorithm for the Minimum Covariance Determinant Estimator (1999).
 */
import { chiSquare } from './student';

/** Shares of normal rows that lie closer than a cut. */
export const shares: readonly number[] = [0.95, 0.975, 0.99, 0.995, 0.999, 0.9999];
/** The share of rows the centre is made of. */
const CORE = 0.75;
const STEPS = 30;

export interface Distances {
  /** Squared, per row. */
  readonly squared: readonly number[];
  readonly medians: readonly number[];
  /** Why there is none; '' if there is. */
  readonly why: string;
}

/**
 * @param rows Finite values, one list per row, all of the length of `names`.
 * @param names Of the columns, for the words.
 */
export function distances(rows: readonly (readonly number[])[], names: readonly string[]): Distances {
  const p = names.length;
  const column = (i: number) => rows.map((row) => row[i] as number);
  const medians = names.map((_, i) => medianOf(column(i)));
  const none = (why: string): Distances => ({ squared: [], medians, why });
  if (p < 2) return none('Choose at least two number columns.');
  if (rows.length < Math.max(20, 5 * p))
    return none(`${p} columns need at least ${Math.max(20, 5 * p)} rows with a value in each.`);
  const scales = names.map((_, i) => {
    const median = medians[i] as number;
    const mad = medianOf(column(i).map((x) => Math.abs(x - median))) / 0.6745;
    return mad > 0 ? mad : deviationOf(column(i));
  });
  const flat = names.filter((_, i) => rows.every((row) => row[i] === rows[0]![i]) || !(scales[i]! > 0));
  const huge = names.filter((_, i) => !Number.isFinite(scales[i]!));
  if (huge.length > 0) return none(`The values of ${huge.join(', ')} are too large for distances.`);
  if (flat.length > 0) return none(`${flat.join(', ')} ${flat.length === 1 ? 'is' : 'are'} all one value.`);
  const z = rows.map((row) => row.map((x, i) => (x - medians[i]!) / scales[i]!));
  const core = Math.floor(CORE * rows.length);
  let closest = nearest(
    z.map((row) => row.reduce((sum, x) => sum + x * x, 0)),
    core,
  );
  let squared: number[] = [];
  for (let step = 0; step < STEPS; step++) {
    const { centre, covariance } = momentsOf(z, closest, p);
    const root = cholesky(covariance);
    if (typeof root === 'number')
      return none(
        `Among most rows ${names[root]} is one value or follows from the columns before it: leave it out.`,
      );
    squared = z.map((row) => distanceOf(row, centre, root));
    const next = nearest(squared, core);
    if (next.every((row, i) => row === closest[i])) break;
    closest = next;
  }
  // Of the closest rows the spread is too small; half of normal rows lie within the median of chi-square.
  const scale = medianOf(squared) / chiSquare(0.5, p);
  if (!(scale > 0)) return none('Most rows are the same in these columns.');
  return { squared: squared.map((d) => d / scale), medians, why: '' };
}

function medianOf(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  const half = sorted.length / 2;
  if (sorted.length === 0) return Number.NaN;
  return ((sorted[Math.ceil(half) - 1] as number) + (sorted[Math.floor(half)] as number)) / 2;
}

function deviationOf(values: readonly number[]): number {
  const mean = values.reduce((sum, x) => sum + x / values.length, 0);
  return Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2 / values.length, 0));
}

/** Positions of the smallest distances, ascending by position. */
function nearest(squared: readonly number[], most: number): readonly number[] {
  return squared
    .map((_, i) => i)
    .sort((a, b) => (squared[a] as number) - (squared[b] as number) || a - b)
    .slice(0, most)
    .sort((a, b) => a - b);
}

function momentsOf(
  rows: readonly (readonly number[])[],
  at: readonly number[],
  p: number,
): { centre: number[]; covariance: number[][] } {
  const centre = new Array<number>(p).fill(0);
  for (const r of at) for (let i = 0; i < p; i++) centre[i]! += rows[r]![i]! / at.length;
  const covariance = Array.from({ length: p }, () => new Array<number>(p).fill(0));
  for (const r of at) {
    for (let i = 0; i < p; i++) {
      const di = rows[r]![i]! - centre[i]!;
      for (let j = 0; j <= i; j++) covariance[i]![j]! += (di * (rows[r]![j]! - centre[j]!)) / (at.length - 1);
    }
  }
  return { centre, covariance };
}

/** The lower root of a matrix of which only the lower half is read; the place at which it is not positive definite if so. */
function cholesky(matrix: readonly (readonly number[])[]): number[][] | number {
  const root: number[][] = matrix.map(() => []);
  for (let i = 0; i < matrix.length; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i]![j]!;
      for (let k = 0; k < j; k++) sum -= root[i]![k]! * root[j]![k]!;
      if (i === j) {
        // Relative to the variance itself: a column that follows from others leaves only rounding.
        if (!(sum > 1e-10 * matrix[i]![i]!)) return i;
        root[i]![i] = Math.sqrt(sum);
      } else root[i]![j] = sum / root[j]![j]!;
    }
  }
  return root;
}

/** The squared length of root⁻¹ · (row − centre). */
function distanceOf(row: readonly number[], centre: readonly number[], root: readonly number[][]): number {
  const y: number[] = [];
  let squared = 0;
  for (let i = 0; i < row.length; i++) {
    let v = row[i]! - centre[i]!;
    for (let k = 0; k < i; k++) v -= root[i]![k]! * y[k]!;
    const solved = v / root[i]![i]!;
    y.push(solved);
    squared += solved * solved;
  }
  return squared;
}
