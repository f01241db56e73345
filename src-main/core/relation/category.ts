/**
 * Coefficients with a category in them: from counts and group figures, however these were got.
 */
import type { Figure } from './rank';
import { LEAST_ROWS } from './rank';

/** Values as small numbers from 0, −1 for a missing one. */
export interface Codes {
  readonly codes: Int32Array;
  readonly distinct: number;
}

/** Numbers the distinct values of a column; NaN is a missing value. */
export function codesOf(values: Float64Array): Codes {
  const known = new Map<number, number>();
  const codes = new Int32Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (Number.isNaN(value)) {
      codes[i] = -1;
      continue;
    }
    let code = known.get(value);
    if (code === undefined) {
      code = known.size;
      known.set(value, code);
    }
    codes[i] = code;
  }
  return { codes, distinct: known.size };
}

/** How often each pair of categories occurs; absent pairs may be left out. */
export type Counts = readonly (readonly [a: unknown, b: unknown, n: number])[];

export function countsOf(a: Codes, b: Codes): Counts {
  const table = new Map<number, number>();
  for (let i = 0; i < a.codes.length; i++) {
    const [x, y] = [a.codes[i]!, b.codes[i]!];
    if (x < 0 || y < 0) continue;
    const key = x * b.distinct + y;
    table.set(key, (table.get(key) ?? 0) + 1);
  }
  return [...table].map(([key, n]) => [Math.floor(key / b.distinct), key % b.distinct, n] as const);
}

function margins(counts: Counts) {
  const rows = new Map<unknown, number>();
  const columns = new Map<unknown, number>();
  let n = 0;
  for (const [a, b, k] of counts) {
    rows.set(a, (rows.get(a) ?? 0) + k);
    columns.set(b, (columns.get(b) ?? 0) + k);
    n += k;
  }
  return { rows, columns, n };
}

/**
 * Cramér's V, corrected for its bias.
 * Source: Bergsma, "A bias-correction for Cramér's V and Tschuprow's T", J. Korean Statistical Society 42 (2013).
 */
export function cramer(counts: Counts): Figure {
  const { rows, columns, n } = margins(counts);
  const [r, c] = [rows.size, columns.size];
  if (n < LEAST_ROWS || r < 2 || c < 2) return { value: null, n };
  // Σ (o − e)² / e over all cells is n (Σ o² / (row · column) − 1), which needs no empty cells.
  let sum = 0;
  for (const [a, b, k] of counts) sum += (k / rows.get(a)!) * (k / columns.get(b)!);
  const phi = Math.max(0, sum - 1 - ((r - 1) * (c - 1)) / (n - 1));
  const least = Math.min(r - (r - 1) ** 2 / (n - 1), c - (c - 1) ** 2 / (n - 1)) - 1;
  return { value: least > 0 ? Math.min(1, Math.sqrt(phi / least)) : null, n };
}

/**
 * Mutual information of two categories over the geometric mean of their entropies: 0 if independent, 1 if each
 * determines the other.
 * Source: Strehl and Ghosh, "Cluster Ensembles", J. Machine Learning Research 3 (2002).
 */
export function mutual(counts: Counts): Figure {
  const { rows, columns, n } = margins(counts);
  if (n < LEAST_ROWS || rows.size < 2 || columns.size < 2) return { value: null, n };
  const entropy = (parts: Iterable<number>) => {
    let sum = 0;
    for (const k of parts) sum -= (k / n) * Math.log(k / n);
    return sum;
  };
  let shared = 0;
  for (const [a, b, k] of counts) shared += (k / n) * Math.log(((k / rows.get(a)!) * n) / columns.get(b)!);
  const whole = Math.sqrt(entropy(rows.values()) * entropy(columns.values()));
  return { value: Math.max(0, Math.min(1, shared / whole)), n };
}

/** Count, mean and population variance of the numbers of a category. */
export interface Group {
  readonly n: number;
  readonly mean: number;
  readonly variance: number;
}

/** The correlation ratio eta: the square root of the share of a number's variance that lies between the categories. */
export function eta(groups: readonly Group[]): Figure {
  const filled = groups.filter((g) => g.n > 0);
  const n = filled.reduce((sum, g) => sum + g.n, 0);
  if (n < LEAST_ROWS || filled.length < 2) return { value: null, n };
  const mean = filled.reduce((sum, g) => sum + (g.n / n) * g.mean, 0);
  const between = filled.reduce((sum, g) => sum + (g.n / n) * (g.mean - mean) ** 2, 0);
  const inside = filled.reduce((sum, g) => sum + (g.n / n) * g.variance, 0);
  const whole = between + inside;
  return { value: whole > 0 ? Math.sqrt(Math.min(1, between / whole)) : null, n };
}

/** The groups of a number by a category, on values of at most 1 so that squares do not overflow. */
export function groupsOf(category: Codes, numbers: Float64Array): readonly Group[] {
  let size = 0;
  for (const x of numbers) if (Math.abs(x) > size) size = Math.abs(x);
  const count = new Float64Array(category.distinct);
  const mean = new Float64Array(category.distinct);
  const squares = new Float64Array(category.distinct);
  for (let i = 0; i < numbers.length; i++) {
    const code = category.codes[i]!;
    if (code < 0 || Number.isNaN(numbers[i]!)) continue;
    const x = size > 0 ? numbers[i]! / size : 0;
    const k = ++count[code]!;
    const away = x - mean[code]!;
    mean[code]! += away / k;
    squares[code]! += away * (x - mean[code]!);
  }
  return Array.from(count, (n, code) => ({ n, mean: mean[code]!, variance: n > 0 ? squares[code]! / n : 0 }));
}

/**
 * Edges that part numbers into about equally full bins: the cube root of their number, 2 to 12, fewer where values
 * repeat. A value belongs to bin i if i of the edges are at most it.
 */
export function binEdges(values: Float64Array): readonly number[] {
  const known = values.filter((x) => !Number.isNaN(x)).sort();
  const bins = Math.max(2, Math.min(12, Math.round(Math.cbrt(known.length))));
  const edges = new Set<number>();
  for (let i = 1; i < bins; i++) {
    const edge = known[Math.floor((i * known.length) / bins)];
    if (edge !== undefined && edge > known[0]!) edges.add(edge);
  }
  return [...edges];
}

/** Numbers as the bins they fall in. */
export function binned(values: Float64Array, edges: readonly number[]): Codes {
  const codes = new Int32Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    let bin = -1;
    if (!Number.isNaN(value)) {
      bin = 0;
      while (bin < edges.length && value >= edges[bin]!) bin++;
    }
    codes[i] = bin;
  }
  return { codes, distinct: edges.length + 1 };
}
