import { fences, type Method, unfit } from './method';

export const tails: readonly number[] = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.02, 0.025, 0.05, 0.1];

export const percentile: Method = {
  name: 'percentile',
  title: 'Percentile',
  short: 'Percentile',
  about: 'The lowest and the highest share of the values, whatever they are: it always finds some.',
  kinds: ['number'],
  parameter: {
    title: 'each tail',
    stops: tails,
    standard: 0.01,
    least: 0.0005,
    most: 0.1,
    free: false,
    unit: 'percent',
  },
  judge({ numbers, filled }, share) {
    if ('why' in numbers) return unfit(numbers.why);
    if (filled * share < 1)
      return unfit(`A tail of ${100 * share} % needs at least ${Math.ceil(1 / share)} values.`);
    const { min, max, quantiles } = numbers.value;
    if (min === max) return unfit('All values are the same.');
    const low = quantiles.get(share);
    const high = quantiles.get(upperTail(share));
    if (low === undefined || high === undefined)
      return unfit(`Tails are of ${tails.map((t) => 100 * t).join(', ')} %.`);
    return fences(low, high);
  },
};

/** 1 − share without the dust of subtracting, so that it can be looked up. */
export function upperTail(share: number): number {
  return Number((1 - share).toFixed(6));
}
