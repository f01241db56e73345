import { expect, it } from 'vitest';
import { chiSquareTail, corrected, drawTail, likeness, lnGamma } from '../../../src-main/core/missing/chance';

it('the tail of chi-squared meets its table', () => {
  // Critical values as printed in statistical tables (NIST/SEMATECH 1.3.6.7.4).
  for (const [df, at05, at001] of [
    [1, 3.841, 10.828],
    [2, 5.991, 13.816],
    [5, 11.07, 20.515],
    [10, 18.307, 29.588],
    [30, 43.773, 59.703],
    [100, 124.342, 149.449],
  ] as const) {
    expect(chiSquareTail(at05, df)).toBeCloseTo(0.05, 4);
    expect(chiSquareTail(at001, df)).toBeCloseTo(0.001, 5);
  }
});

it('with two degrees of freedom the tail is exp(−x/2), and with four exp(−x/2)(1 + x/2)', () => {
  for (const x of [0.001, 0.5, 1, 2.9, 3.1, 10, 50, 300]) {
    expect(chiSquareTail(x, 2) / Math.exp(-x / 2)).toBeCloseTo(1, 10);
    expect(chiSquareTail(x, 4) / (Math.exp(-x / 2) * (1 + x / 2))).toBeCloseTo(1, 10);
  }
});

it('the tail begins at 1, ends at 0 and has no place without degrees of freedom', () => {
  expect(chiSquareTail(0, 3)).toBe(1);
  expect(chiSquareTail(Number.POSITIVE_INFINITY, 3)).toBe(0);
  expect(chiSquareTail(1e6, 3)).toBe(0);
  expect(() => chiSquareTail(1, 0)).toThrow(RangeError);
});

it('lnGamma is the logarithm of the factorial', () => {
  let factorial = 1;
  for (let n = 1; n <= 20; n++) {
    factorial *= n;
    expect(lnGamma(n + 1)).toBeCloseTo(Math.log(factorial), 10);
  }
  expect(lnGamma(0.5)).toBeCloseTo(Math.log(Math.sqrt(Math.PI)), 12);
});

it('a table of two by two gives the chi-squared one can work out by hand', () => {
  // 20 of 100 against 40 of 100: n (ad − bc)² / products of the margins.
  const found = likeness([
    { rows: 100, missing: 20 },
    { rows: 100, missing: 40 },
  ]);
  const byHand = (200 * (20 * 60 - 40 * 80) ** 2) / (60 * 140 * 100 * 100);
  expect(found?.chi2).toBeCloseTo(byHand, 10);
  expect(found?.v).toBeCloseTo(Math.sqrt(byHand / 200), 10);
  expect(found?.df).toBe(1);
});

it('there is no test where all rows lack the value, none does, or all are of one group', () => {
  expect(
    likeness([
      { rows: 5, missing: 5 },
      { rows: 7, missing: 7 },
    ]),
  ).toBeNull();
  expect(
    likeness([
      { rows: 5, missing: 0 },
      { rows: 7, missing: 0 },
    ]),
  ).toBeNull();
  expect(likeness([{ rows: 5, missing: 2 }])).toBeNull();
  expect(likeness([])).toBeNull();
});

it('chances are corrected as Benjamini and Hochberg say, in the order they were given', () => {
  // p · m / rank, made monotone from the largest down.
  const q = corrected([0.04, 0.005, 0.03, 0.9]);
  expect(q.map((x) => Number(x.toFixed(6)))).toEqual([0.053333, 0.02, 0.053333, 0.9]);
  expect(corrected([])).toEqual([]);
  expect(corrected([0.3])).toEqual([0.3]);
});

it('the exact chance of a draw is that of the lady tasting tea', () => {
  // Fisher (1935): of 8 cups 4 have the milk first; all 4 are named right by chance once in 70 times, 3 or more 17 times.
  expect(drawTail(4, 4, 4, 8)).toBeCloseTo(1 / 70, 12);
  expect(drawTail(3, 4, 4, 8)).toBeCloseTo(17 / 70, 12);
  expect(drawTail(0, 4, 4, 8)).toBe(1);
  expect(drawTail(3, 7, 4, 8)).toBe(1);
});
