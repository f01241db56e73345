/**
 * Chance: how likely it is that counts differ so much by chance alone.
 */

/**
 * The upper tail of the chi-squared distribution: the probability of a value of at least `x`.
 * @param x Not negative.
 * @param df Degrees of freedom, at least 1.
 *
 * Source: Press et al., Numerical Recipes (2007), 6.2: the regularised incomplete gamma function Q(df/2, x/2).
 */
export function chiSquareTail(x: number, df: number): number {
  if (!(df >= 1) || Number.isNaN(x)) throw new RangeError(`no chi-squared of ${x} on ${df}`);
  if (x <= 0) return 1;
  if (x === Number.POSITIVE_INFINITY) return 0;
  const [a, y] = [df / 2, x / 2];
  return y < a + 1 ? 1 - lowerSeries(a, y) : upperFraction(a, y);
}

/** ln Γ(x) for x > 0. Source: Lanczos's approximation with g = 7 and nine terms. */
export function lnGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - lnGamma(1 - x);
  const terms = [
    676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
    -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
  ];
  const sum = terms.reduce((s, term, i) => s + term / (x + i), 0.9999999999998099);
  const t = x + 6.5;
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum);
}

const EPSILON = 1e-15;
const STEPS = 10_000;

function front(a: number, x: number): number {
  return Math.exp(a * Math.log(x) - x - lnGamma(a));
}

/** P(a, x) by its series, which converges fast below a + 1. */
function lowerSeries(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let n = 1; n < STEPS && Math.abs(term) > EPSILON * Math.abs(sum); n++) {
    term *= x / (a + n);
    sum += term;
  }
  return sum * front(a, x);
}

/** Q(a, x) by Lentz's continued fraction, which converges fast above a + 1. */
function upperFraction(a: number, x: number): number {
  const tiny = 1e-300;
  let b = x + 1 - a;
  let c = 1 / tiny;
  let d = 1 / b;
  let h = d;
  for (let n = 1; n < STEPS; n++) {
    const an = -n * (n - a);
    b += 2;
    d = 1 / nonZero(an * d + b, tiny);
    c = nonZero(b + an / c, tiny);
    const step = d * c;
    h *= step;
    if (Math.abs(step - 1) < EPSILON) break;
  }
  return h * front(a, x);
}

const nonZero = (x: number, tiny: number) => (Math.abs(x) < tiny ? tiny : x);

/**
 * Pearson's test of whether groups lack a value alike.
 * @param groups Rows of each group and how many of them lack it.
 * @returns null if all rows lack it, or none does, or there are fewer than two groups.
 */
export function likeness(
  groups: readonly { readonly rows: number; readonly missing: number }[],
): { readonly chi2: number; readonly df: number; readonly p: number; readonly v: number } | null {
  const filled = groups.filter((g) => g.rows > 0);
  const rows = filled.reduce((n, g) => n + g.rows, 0);
  const missing = filled.reduce((n, g) => n + g.missing, 0);
  if (filled.length < 2 || missing === 0 || missing === rows) return null;
  const share = missing / rows;
  let chi2 = 0;
  for (const g of filled) chi2 += (g.missing - g.rows * share) ** 2 / (g.rows * share * (1 - share));
  const df = filled.length - 1;
  return { chi2, df, p: chiSquareTail(chi2, df), v: Math.min(1, Math.sqrt(chi2 / rows)) };
}

/**
 * How likely it is that of a group of `rows` at least `found` lack the value, if `missing` of all `of` do and the group
 * is drawn at random: the upper tail of the hypergeometric distribution, as in Fisher's exact test.
 */
export function drawTail(found: number, rows: number, missing: number, of: number): number {
  if (found <= Math.max(0, rows + missing - of)) return 1;
  const chosen = (n: number, k: number) => lnGamma(n + 1) - lnGamma(k + 1) - lnGamma(n - k + 1);
  let tail = 0;
  for (let x = found; x <= Math.min(rows, missing); x++) {
    const chance = Math.exp(chosen(missing, x) + chosen(of - missing, rows - x) - chosen(of, rows));
    tail += chance;
    if (chance < EPSILON * tail) break;
  }
  return Math.min(1, tail);
}

/**
 * Chances corrected for how many were looked at, in the given order.
 * Source: Benjamini and Hochberg, "Controlling the False Discovery Rate" (1995).
 */
export function corrected(chances: readonly number[]): readonly number[] {
  const order = chances.map((_, i) => i).sort((a, b) => chances[b]! - chances[a]!);
  const result: number[] = new Array(chances.length).fill(1);
  let least = 1;
  order.forEach((at, i) => {
    least = Math.min(least, (chances[at]! * chances.length) / (chances.length - i));
    result[at] = least;
  });
  return result;
}
