import { fences, type Method, steps, unfit } from './method';

/** The MAD of a normal distribution in standard deviations. */
const NORMAL = 0.6745;

/** Source: Iglewicz & Hoaglin, How to Detect and Handle Outliers (1993). */
export const mad: Method = {
  name: 'mad',
  title: 'Robust z (MAD)',
  short: 'MAD',
  about:
    'Further from the median than so many deviations, estimated by the median of the distances (Iglewicz & Hoaglin 1993).',
  kinds: ['number'],
  parameter: {
    title: 'z',
    stops: steps(1, 10, 0.1),
    standard: 3.5,
    least: 0,
    most: 1000,
    free: true,
    unit: 'plain',
  },
  judge({ numbers, filled }, z) {
    if ('why' in numbers) return unfit(numbers.why);
    if (filled < 3) return unfit('A median distance needs at least 3 values.');
    const median = numbers.value.quantiles.get(0.5) ?? Number.NaN;
    if (numbers.value.mad === 0)
      return unfit(
        'The MAD is 0: at least half of the values are the same, so every other would be flagged.',
      );
    const reach = (z * numbers.value.mad) / NORMAL;
    return fences(median - reach, median + reach);
  },
};
