/**
 * Mean, deviation, skewness and kurtosis from sums of powers, and the ranks that interpolated quantiles need.
 */

/** Sums over n values of y = (x − center) / scale, to the powers 1 to 4. */
export interface PowerSums {
  readonly n: number;
  readonly center: number;
  readonly scale: number;
  readonly sums: readonly [number, number, number, number];
}

/** In the values' own unit; absent where too few values, or none that differ, leave them without a meaning. */
export interface Moments {
  readonly mean?: number;
  readonly stddev?: number;
  readonly skewness?: number;
  readonly kurtosis?: number;
}

/**
 * Sample moments: deviation with n − 1, adjusted skewness G1 and excess kurtosis G2, as DuckDB's functions of these names.
 *
 * Source: Joanes and Gill, Comparing measures of sample skewness and kurtosis, The Statistician 47 (1998).
 */
export function momentsOf({ n, center, scale, sums }: PowerSums): Moments {
  if (n === 0) return {};
  const [s1, s2, s3, s4] = sums;
  const a = s1 / n;
  const mean = center + scale * a;
  // About the mean instead of the center.
  const m2 = Math.max(0, s2 / n - a * a);
  const m3 = s3 / n - (3 * a * s2) / n + 2 * a ** 3;
  const m4 = s4 / n - (4 * a * s3) / n + (6 * a * a * s2) / n - 3 * a ** 4;
  const stddev = n < 2 ? undefined : scale * Math.sqrt((m2 * n) / (n - 1));
  const flat = m2 <= 0 || !Number.isFinite(m2);
  const slant = m3 / m2 ** 1.5;
  // Sums of doubles leave that much of a symmetry.
  const skew = Math.abs(slant) < 1e-12 ? 0 : slant;
  const skewness = n < 3 || flat ? undefined : (skew * Math.sqrt(n * (n - 1))) / (n - 2);
  const kurtosis =
    n < 4 || flat ? undefined : ((n - 1) / ((n - 2) * (n - 3))) * ((n + 1) * (m4 / m2 ** 2 - 3) + 6);
  const known = { mean, stddev, skewness, kurtosis };
  return Object.fromEntries(Object.entries(known).filter(([, x]) => x !== undefined && Number.isFinite(x)));
}

/** The two ranks, from 0, between which the quantile lies, and how far it is from the lower to the upper. Type 7. */
export function ranksOf(p: number, n: number): { low: number; high: number; share: number } {
  const at = (n - 1) * p;
  const low = Math.floor(at);
  return { low, high: Math.min(n - 1, Math.ceil(at)), share: at - low };
}

/** The rank, from 0, of the least value at or below which the share p of the values lies; as DuckDB's `quantile_disc`. */
export function discreteRank(p: number, n: number): number {
  return Math.max(1, n - Math.floor(n - p * n)) - 1;
}
