/**
 * Measures of how far two distributions lie apart.
 */

/** What a share of 0 counts as in a PSI, which would be infinite; half a row where that is less. */
export const EPSILON = 0.0001;

/** The same for a side of `n` values. */
export function epsilonOf(n: number): number {
  return Math.min(EPSILON, 0.5 / n);
}

/** PSI from which a column counts as drifted, and as drifted far. Source: Siddiqi, Credit Risk Scorecards (2006). */
export const psiLevels = { moderate: 0.1, large: 0.25 } as const;

/**
 * Population stability index of counts over the same bins: Σ (q − p) · ln(q / p) over the shares p of A and q of B.
 * @returns null if a side has no count at all.
 */
export function stability(a: readonly number[], b: readonly number[]): number | null {
  const [of, ofB] = [sum(a), sum(b)];
  if (of === 0 || ofB === 0) return null;
  return sum(
    a.map((n, i) => {
      const p = n === 0 ? epsilonOf(of) : n / of;
      const q = b[i] ? b[i] / ofB : epsilonOf(ofB);
      return (q - p) * Math.log(q / p);
    }),
  );
}

/**
 * The PSI that two samples of one distribution stay below in 95 of 100 cases: (1/n + 1/m) times the 95 % point of χ² with
 * one degree of freedom fewer than there are bins. 0 for a single bin.
 *
 * Sources: Yurdakul and Naranjo, "Statistical properties of the population stability index", Journal of Risk Model
 * Validation 14 (2020); the point of χ² by Wilson and Hilferty (1931).
 */
export function stabilityByChance(bins: number, n: number, m: number): number {
  const k = bins - 1;
  if (k < 1 || n === 0 || m === 0) return 0;
  const c = 2 / (9 * k);
  return (1 / n + 1 / m) * k * (1 - c + 1.6448536269514722 * Math.sqrt(c)) ** 3;
}

/**
 * Jensen–Shannon distance of counts over the same bins: the root of the divergence to base 2, from 0 (alike) to 1 (no
 * bin in common).
 * @returns null if a side has no count at all.
 *
 * Source: Endres and Schindelin, "A new metric for probability distributions", IEEE Trans. Inf. Theory 49 (2003).
 */
export function jensenShannon(a: readonly number[], b: readonly number[]): number | null {
  const [of, ofB] = [sum(a), sum(b)];
  if (of === 0 || ofB === 0) return null;
  return rootOfDivergence(
    sum(
      a.map((n, i) => {
        const [p, q] = [n / of, (b[i] ?? 0) / ofB];
        const part = (x: number) => (x === 0 ? 0 : x * Math.log2((2 * x) / (p + q)));
        return 0.5 * (part(p) + part(q));
      }),
    ),
  );
}

/** Rounding may carry a divergence a little beyond its ends, or leave it a little short of them. */
export function rootOfDivergence(divergence: number): number {
  if (divergence < 1e-14) return 0;
  return divergence > 1 - 1e-14 ? 1 : Math.sqrt(divergence);
}

/**
 * Asymptotic p-value of a two-sample Kolmogorov–Smirnov statistic: the chance of so great a one if both sides came from
 * one continuous distribution. Ties make the true one smaller.
 * @param d The statistic, 0…1.
 *
 * Source: Smirnov, "Table for estimating the goodness of fit", Annals of Mathematical Statistics 19 (1948).
 */
export function smirnov(d: number, n: number, m: number): number {
  const x = d * Math.sqrt((n * m) / (n + m));
  if (!(x > 0)) return 1;
  // Two series of one function; each converges fast where the other does not.
  const terms = [1, 2, 3, 4, 5, 6, 7, 8];
  const p =
    x < 1.18
      ? 1 -
        (Math.sqrt(2 * Math.PI) / x) *
          sum(terms.map((k) => Math.exp((-((2 * k - 1) ** 2) * Math.PI ** 2) / (8 * x * x))))
      : 2 * sum(terms.map((k) => (k % 2 === 1 ? 1 : -1) * Math.exp(-2 * k * k * x * x)));
  return Math.min(1, Math.max(0, p));
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, n) => total + n, 0);
