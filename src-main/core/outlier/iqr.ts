import { fences, type Method, type Parameter, steps, unfit } from './method';

/** How many times the distance between the quartiles is still usual. */
export const quartileReach: Parameter = {
  title: 'k',
  stops: steps(0.5, 6, 0.1),
  standard: 1.5,
  least: 0,
  most: 100,
  free: true,
  unit: 'plain',
};

/** Source: Tukey, Exploratory Data Analysis (1977). */
export const iqr: Method = {
  name: 'iqr',
  title: 'IQR',
  short: 'IQR',
  about: 'Beyond the quartiles by more than k times the distance between them (Tukey 1977).',
  kinds: ['number'],
  parameter: quartileReach,
  judge({ numbers, filled }, k) {
    if ('why' in numbers) return unfit(numbers.why);
    if (filled < 4) return unfit('Quartiles need at least 4 values.');
    const q1 = numbers.value.quantiles.get(0.25) ?? Number.NaN;
    const q3 = numbers.value.quantiles.get(0.75) ?? Number.NaN;
    if (q1 === q3)
      return unfit(
        'The IQR is 0: at least half of the values are the same, so every other would be flagged.',
      );
    return fences(q1 - k * (q3 - q1), q3 + k * (q3 - q1));
  },
};
