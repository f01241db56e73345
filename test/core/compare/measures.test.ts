import { expect, it } from 'vitest';
import {
  jensenShannon,
  smirnov,
  stability,
  stabilityByChance,
} from '../../../src-main/core/compare/measures';

it('the PSI of shares 0.5, 0.5 against 0.25, 0.75 is what one computes by hand', () => {
  const byHand = -0.25 * Math.log(0.5) + 0.25 * Math.log(1.5);
  expect(stability([10, 10], [5, 15])).toBeCloseTo(byHand, 14);
  // A share of 0 counts as 0.0001.
  expect(stability([1, 0], [0, 1])).toBeCloseTo(2 * 0.9999 * Math.log(10_000), 10);
});

it('the Jensen–Shannon distance of shares 1, 0 against 0.5, 0.5 is what one computes by hand', () => {
  // m = (0.75, 0.25): half of log2(1/0.75), and half of 0.5 log2(0.5/0.75) + 0.5 log2(0.5/0.25).
  const divergence = 0.5 * Math.log2(4 / 3) + 0.25 * Math.log2(2 / 3) + 0.25 * Math.log2(2);
  expect(jensenShannon([4, 0], [3, 3])).toBeCloseTo(Math.sqrt(divergence), 14);
});

it('identical counts give 0, counts in other bins give 1, no counts give nothing', () => {
  expect(stability([1, 2, 3], [10, 20, 30])).toBe(0);
  expect(jensenShannon([1, 2, 3], [10, 20, 30])).toBe(0);
  expect(jensenShannon([5, 0], [0, 2])).toBe(1);
  expect(stability([0, 0], [1, 1])).toBeNull();
  expect(jensenShannon([1], [0])).toBeNull();
});

it.each([
  // Points of the limiting distribution. Source: Smirnov (1948), table 1.
  [1.2238, 0.1],
  [1.3581, 0.05],
  [1.6276, 0.01],
  [0.8276, 0.5],
])('the p-value at %f is %f', (x, p) => {
  // n = m = 2 gives √(nm / (n + m)) = 1.
  expect(smirnov(x, 2, 2)).toBeCloseTo(p, 3);
});

it('the p-value of no distance is 1, and both series agree where they meet', () => {
  expect(smirnov(0, 10, 10)).toBe(1);
  expect(smirnov(1.1799999, 2, 2)).toBeCloseTo(smirnov(1.18, 2, 2), 6);
});

it('the PSI that chance gives follows the 95 % point of χ²', () => {
  // χ²(0.95; 9) = 16.919, χ²(0.95; 1) = 3.841.
  expect(stabilityByChance(10, 1000, 500)).toBeCloseTo(16.919 * (1 / 1000 + 1 / 500), 4);
  expect(stabilityByChance(2, 1, 1)).toBeCloseTo(2 * 3.841, 0);
  expect(stabilityByChance(1, 10, 10)).toBe(0);
});
