import { quartileReach } from './iqr';
import { type Method, unfit } from './method';

/** The fences of the IQR on logarithms, for amounts that spread by factors rather than by sums. */
export const logIqr: Method = {
  name: 'log-iqr',
  title: 'IQR on log',
  short: 'log IQR',
  about: 'The same fences on the logarithms of the values above 0, for amounts that differ by factors.',
  kinds: ['number'],
  parameter: quartileReach,
  judge({ numbers, filled }, k) {
    if ('why' in numbers) return unfit(numbers.why);
    const { positive, logQuartiles } = numbers.value;
    const out = filled - positive;
    if (out * 2 > filled)
      return unfit('Most of the values are not above 0, and only those have a logarithm.');
    if (positive < 4 || logQuartiles === null) return unfit('Quartiles need at least 4 values above 0.');
    const [q1, q3] = logQuartiles;
    if (q1 === q3)
      return unfit(
        'The IQR is 0: at least half of the values above 0 are the same, so every other would be flagged.',
      );
    const low = Math.exp(q1 - k * (q3 - q1));
    const high = Math.exp(q3 + k * (q3 - q1));
    if (!Number.isFinite(high)) return unfit('The upper fence lies beyond the range of numbers.');
    const remark = out === 0 ? '' : `${words(out)} that ${out === 1 ? 'is' : 'are'} not above 0 left out.`;
    return { fits: true, flag: { kind: 'outside', low, high, positive: true }, low, high, remark };
  },
};

function words(n: number): string {
  return n === 1 ? '1 value' : `${n.toLocaleString('en-US')} values`;
}
