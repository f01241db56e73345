/**
 * Coefficients of two number columns on values in memory. NaN stands for a missing value; a pair takes part if both
 * values are there.
 */

/** A coefficient and the rows it rests on; null where it is not defined. */
export interface Figure {
  readonly value: number | null;
  readonly n: number;
}

/** Below so many rows any two columns go together. */
export const LEAST_ROWS = 3;

/** Pearson's r, by two passes over values scaled to at most 1, so that neither 1e300 nor a far-off mean spoils it. */
export function pearson(x: Float64Array, y: Float64Array): Figure {
  let n = 0;
  let [lowX, highX, lowY, highY] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < x.length; i++) {
    const [a, b] = [x[i]!, y[i]!];
    if (Number.isNaN(a) || Number.isNaN(b)) continue;
    n++;
    if (a < lowX) lowX = a;
    if (a > highX) highX = a;
    if (b < lowY) lowY = b;
    if (b > highY) highY = b;
  }
  if (n < LEAST_ROWS || lowX === highX || lowY === highY) return { value: null, n };
  const [centreX, centreY] = [lowX / 2 + highX / 2, lowY / 2 + highY / 2];
  const [sizeX, sizeY] = [highX / 2 - lowX / 2, highY / 2 - lowY / 2];
  let [sumX, sumY] = [0, 0];
  for (let i = 0; i < x.length; i++) {
    const [a, b] = [x[i]!, y[i]!];
    if (Number.isNaN(a) || Number.isNaN(b)) continue;
    sumX += (a - centreX) / sizeX;
    sumY += (b - centreY) / sizeY;
  }
  const [meanX, meanY] = [sumX / n, sumY / n];
  let [xx, yy, xy] = [0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    const [a, b] = [x[i]!, y[i]!];
    if (Number.isNaN(a) || Number.isNaN(b)) continue;
    const u = (a - centreX) / sizeX - meanX;
    const v = (b - centreY) / sizeY - meanY;
    xx += u * u;
    yy += v * v;
    xy += u * v;
  }
  return { value: within(xy / Math.sqrt(xx * yy)), n };
}

/** Rounding may carry a coefficient past its bounds. */
export function within(value: number): number | null {
  return Number.isNaN(value) ? null : Math.max(-1, Math.min(1, value));
}

/** Row numbers in ascending order of the values, missing ones left out. */
export function orderOf(x: Float64Array): Uint32Array {
  const order = new Uint32Array(x.length);
  let n = 0;
  for (let i = 0; i < x.length; i++) if (!Number.isNaN(x[i]!)) order[n++] = i;
  return order.subarray(0, n).sort((i, j) => x[i]! - x[j]!);
}

/** Ranks from 1 among the rows in which the other column has a value too; ties share their mean rank. */
function ranksAmong(x: Float64Array, order: Uint32Array, other: Float64Array): Float64Array {
  const ranks = new Float64Array(x.length).fill(Number.NaN);
  const tied: number[] = [];
  let next = 1;
  const settle = () => {
    const rank = next + (tied.length - 1) / 2;
    for (const row of tied) ranks[row] = rank;
    next += tied.length;
    tied.length = 0;
  };
  for (const row of order) {
    if (Number.isNaN(other[row]!)) continue;
    if (tied.length > 0 && x[tied[0]!] !== x[row]) settle();
    tied.push(row);
  }
  settle();
  return ranks;
}

/** Spearman's rho: Pearson's r of the ranks. @param orderX Of `orderOf(x)`, which serves all pairs of a column. */
export function spearman(x: Float64Array, y: Float64Array, orderX = orderOf(x), orderY = orderOf(y)): Figure {
  return pearson(ranksAmong(x, orderX, y), ranksAmong(y, orderY, x));
}

/**
 * Kendall's tau-b in O(n log n).
 * Source: Knight, "A Computer Method for Calculating Kendall's Tau with Ungrouped Data", JASA 61 (1966).
 */
export function kendall(x: Float64Array, y: Float64Array): Figure {
  const both = new Uint32Array(x.length);
  let n = 0;
  for (let i = 0; i < x.length; i++) if (!Number.isNaN(x[i]!) && !Number.isNaN(y[i]!)) both[n++] = i;
  const rows = both.subarray(0, n).sort((i, j) => x[i]! - x[j]! || y[i]! - y[j]!);
  if (n < LEAST_ROWS) return { value: null, n };
  const pairs = (n * (n - 1)) / 2;
  let [tiedX, tiedBoth, runX, runBoth] = [0, 0, 1, 1];
  for (let i = 1; i <= n; i++) {
    const sameX = i < n && x[rows[i]!] === x[rows[i - 1]!];
    if (sameX && y[rows[i]!] === y[rows[i - 1]!]) runBoth++;
    else {
      tiedBoth += (runBoth * (runBoth - 1)) / 2;
      runBoth = 1;
    }
    if (sameX) runX++;
    else {
      tiedX += (runX * (runX - 1)) / 2;
      runX = 1;
    }
  }
  const values = Float64Array.from(rows, (row) => y[row]!);
  const swaps = sortCountingSwaps(values);
  let [tiedY, runY] = [0, 1];
  for (let i = 1; i <= n; i++) {
    if (i < n && values[i] === values[i - 1]) runY++;
    else {
      tiedY += (runY * (runY - 1)) / 2;
      runY = 1;
    }
  }
  if (tiedX === pairs || tiedY === pairs) return { value: null, n };
  const difference = pairs - tiedX - tiedY + tiedBoth - 2 * swaps;
  return { value: within(difference / Math.sqrt(pairs - tiedX) / Math.sqrt(pairs - tiedY)), n };
}

/** Sorts in place by merging; answers how many pairs stood the wrong way round. */
function sortCountingSwaps(values: Float64Array): number {
  const n = values.length;
  let from = values;
  let to: Float64Array = new Float64Array(n);
  let swaps = 0;
  for (let width = 1; width < n; width *= 2) {
    for (let left = 0; left < n; left += 2 * width) {
      const middle = Math.min(left + width, n);
      const end = Math.min(left + 2 * width, n);
      let [i, j] = [left, middle];
      for (let k = left; k < end; k++) {
        if (i < middle && (j >= end || from[i]! <= from[j]!)) to[k] = from[i++]!;
        else {
          swaps += middle - i;
          to[k] = from[j++]!;
        }
      }
    }
    [from, to] = [to, from];
  }
  if (from !== values) values.set(from);
  return swaps;
}
