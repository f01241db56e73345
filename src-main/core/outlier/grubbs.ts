import { type Facts, fences, type Method, type Parameter, unfit } from './method';
import { tBeyond } from './student';

/** Values up to which the tests of small data are made. */
export const SMALL = 5_000;
/** How seldom a test of small data may find an outlier where there is none. */
export const significance: Parameter = {
  title: 'α',
  stops: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1],
  standard: 0.05,
  least: 0.0001,
  most: 0.5,
  free: true,
  unit: 'plain',
};

/**
 * The critical value of the two-sided test for one outlier among n ≥ 3 values, in standard deviations from the mean.
 *
 * Source: Grubbs, Procedures for Detecting Outlying Observations in Samples (1969); NIST/SEMATECH e-Handbook 1.3.5.17.1.
 */
export function grubbsCritical(n: number, alpha: number): number {
  const t = tBeyond(alpha / (2 * n), n - 2);
  return ((n - 1) / Math.sqrt(n)) * Math.sqrt((t * t) / (n - 2 + t * t));
}

export const grubbs: Method = {
  name: 'grubbs',
  title: 'Grubbs',
  short: 'Grubbs',
  about:
    'Tests whether the farthest value of small, about normal data is one outlier (Grubbs 1969). Several hide each other.',
  kinds: ['number'],
  parameter: significance,
  judge(facts, alpha) {
    const values = smallOf(facts, 7);
    if (typeof values === 'string') return unfit(values);
    const { mean, deviation } = (facts.numbers as { value: { mean: number; deviation: number } }).value;
    const reach = grubbsCritical(values.length, alpha) * deviation;
    return fences(mean - reach, mean + reach);
  },
};

/** All values, or why they cannot be tested as small data. */
export function smallOf(facts: Facts, least: number): readonly number[] | string {
  const { numbers, filled } = facts;
  if ('why' in numbers) return numbers.why;
  if (filled < least) return `The test needs at least ${least} values.`;
  if (numbers.value.values === null)
    return `The test is for small data, up to ${SMALL.toLocaleString('en-US')} values.`;
  const { mean, deviation } = numbers.value;
  if (mean === null || deviation === null) return 'The values are too large for a standard deviation.';
  if (deviation === 0) return 'The standard deviation is 0: all values are the same.';
  return numbers.value.values;
}
