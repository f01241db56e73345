/**
 * Quantiles of Student's t and of chi-square, from the incomplete beta and gamma functions.
 *
 * Source: Press et al., Numerical Recipes, 3rd ed. (2007), 6.1–6.4: Lanczos, and continued fractions by Lentz.
 */
const lanczos = [
  76.18009172947146, -86.50532032941678, 24.01409824083091, -1.231739572450155, 0.1208650973866179e-2,
  -0.5395239384953e-5,
];
const TINY = 1e-300;

/** ln Γ(x) for x > 0; relative error below 2e-10. */
export function lnGamma(x: number): number {
  const t = x + 5.5 - (x + 0.5) * Math.log(x + 5.5);
  const sum = lanczos.reduce((s, c, i) => s + c / (x + 1 + i), 1.000000000190015);
  return -t + Math.log((Math.sqrt(2 * Math.PI) * sum) / x);
}

/** The regularised incomplete beta function I_x(a, b), for 0 ≤ x ≤ 1 and a, b > 0. */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(lnGamma(a + b) - lnGamma(a) - lnGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  return x < (a + 1) / (a + b + 2)
    ? (front * betaFraction(x, a, b)) / a
    : 1 - (front * betaFraction(1 - x, b, a)) / b;
}

function betaFraction(x: number, a: number, b: number): number {
  const safe = (v: number) => (Math.abs(v) < TINY ? TINY : v);
  let c = 1;
  let d = 1 / safe(1 - ((a + b) * x) / (a + 1));
  let h = d;
  for (let m = 1; m <= 1000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / safe(1 + even * d);
    c = safe(1 + even / c);
    h *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / safe(1 + odd * d);
    c = safe(1 + odd / c);
    h *= d * c;
    if (Math.abs(d * c - 1) < 1e-14) break;
  }
  return h;
}

/** The t beyond which the upper tail of Student's distribution holds `tail` (below one half), with `df` > 0 degrees of freedom. */
export function tBeyond(tail: number, df: number): number {
  const above = (t: number) => 0.5 * incompleteBeta(df / (df + t * t), df / 2, 0.5);
  let high = 1;
  while (above(high) > tail && high < 1e300) high *= 2;
  return bisect(0, high, (t) => above(t) > tail);
}

/** The regularised lower incomplete gamma function P(a, x). */
export function incompleteGamma(a: number, x: number): number {
  if (x <= 0) return 0;
  const front = Math.exp(-x + a * Math.log(x) - lnGamma(a));
  if (x < a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let n = 1; n < 2000 && Math.abs(term) > Math.abs(sum) * 1e-15; n++) {
      term *= x / (a + n);
      sum += term;
    }
    return sum * front;
  }
  let b = x + 1 - a;
  let c = 1 / TINY;
  let d = 1 / b;
  let h = d;
  for (let i = 1; i < 2000; i++) {
    const an = -i * (i - a);
    b += 2;
    d = 1 / (Math.abs(an * d + b) < TINY ? TINY : an * d + b);
    c = Math.abs(b + an / c) < TINY ? TINY : b + an / c;
    h *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return 1 - front * h;
}

/** The value below which chi-square with `df` degrees of freedom holds the share `p`, for 0 < p < 1. */
export function chiSquare(p: number, df: number): number {
  let high = df + 10;
  while (incompleteGamma(df / 2, high / 2) < p && high < 1e6) high *= 2;
  return bisect(0, high, (x) => incompleteGamma(df / 2, x / 2) < p);
}

function bisect(low: number, high: number, below: (x: number) => boolean): number {
  let [from, to] = [low, high];
  for (let i = 0; i < 200 && to - from > Number.EPSILON * to; i++) {
    const middle = (from + to) / 2;
    if (below(middle)) from = middle;
    else to = middle;
  }
  return (from + to) / 2;
}
