import { fences, type Method, steps, unfit } from './method';

export const zScore: Method = {
  name: 'z-score',
  title: 'z-score',
  short: 'z-score',
  about:
    'Further from the mean than so many standard deviations; both are pulled by the outliers themselves.',
  kinds: ['number'],
  parameter: {
    title: 'z',
    stops: steps(1, 8, 0.1),
    standard: 3,
    least: 0,
    most: 1000,
    free: true,
    unit: 'plain',
  },
  judge({ numbers, filled }, z) {
    if ('why' in numbers) return unfit(numbers.why);
    if (filled < 3) return unfit('A standard deviation needs at least 3 values to single one out.');
    const { mean, deviation } = numbers.value;
    if (mean === null || deviation === null)
      return unfit('The values are too large for a standard deviation.');
    if (deviation === 0) return unfit('The standard deviation is 0: all values are the same.');
    // The farthest of n values lies at most (n − 1) / √n deviations out.
    const farthest = (filled - 1) / Math.sqrt(filled);
    const remark =
      farthest <= z ? `No value of ${filled} can lie ${z} standard deviations out, whatever it is.` : '';
    return fences(mean - z * deviation, mean + z * deviation, remark);
  },
};
