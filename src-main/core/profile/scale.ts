/**
 * What a sample says of the whole: counts grown to all rows, each figure with how far it may be from the truth.
 */
import type { Cell } from '../table';
import type { Inexact } from './profile';
import { quantileFrom } from './quantile';
import type { Drawn } from './read';

/** Standard errors within which the truth lies in more than 99 of 100 cases. */
const Z = 3;

/** @param random Whether every row was as likely to be in the sample as any other; of windows no error can be told. */
export function scaled(sample: Drawn, rows: number, random: boolean): Drawn {
  const n = sample.rows;
  if (n === 0) return sample;
  const grow = rows / n;
  const inexact: Record<string, Inexact> = {};
  const mark = (key: string, error?: number) => {
    inexact[key] = { basis: 'sample', ...(random && error !== undefined ? { error } : {}) };
  };
  // What is left of the variance where the sample is a good part of the whole.
  const rest = Math.sqrt(Math.max(0, 1 - n / rows));
  const countError = (count: number) => {
    const p = count / n;
    return Math.ceil(rows * (Z * Math.sqrt((p * (1 - p)) / n) + Z / n) * rest);
  };
  const grown = (count: number) => Math.round(count * grow);
  const counted = (key: string, count: number | undefined): Record<string, number> => {
    if (count === undefined) return {};
    mark(key, countError(count));
    return { [key]: grown(count) };
  };
  const list = <T extends { readonly count: number }>(key: string, items: readonly T[] | undefined) => {
    if (items === undefined) return {};
    for (const [i, item] of items.entries()) mark(`${key}.${i}`, countError(item.count));
    return { [key]: items.map((item) => ({ ...item, count: grown(item.count) })) };
  };
  const filled = n - sample.nulls;
  const all = Math.max(filled === 0 ? 0 : 1, grown(filled));
  const { low, value, high } = distinctBounds(sample.distinct, sample.unique, grow, all);
  mark('distinct', Math.max(value - low, high - value));
  const once = Math.min(value, Math.round(sample.unique * Math.sqrt(grow)));
  mark('unique', Math.max(once, Math.min(all, Math.round(sample.unique * grow)) - once));
  for (const key of ['min', 'max', 'skewness', 'kurtosis', 'mad', 'entropy', 'length', 'range'] as const)
    if (sample[key] !== undefined) mark(key);
  return {
    ...sample,
    rows,
    ...counted('nulls', sample.nulls),
    ...counted('blanks', sample.blanks),
    ...counted('padded', sample.padded),
    ...counted('unseen', sample.unseen),
    ...counted('zeros', sample.zeros),
    ...counted('negatives', sample.negatives),
    ...counted('infinite', sample.infinite),
    ...counted('nan', sample.nan),
    ...list('histogram', sample.histogram),
    ...list('top', sample.top),
    ...list('patterns', sample.patterns),
    ...list('disguised', sample.disguised),
    ...list('scripts', sample.scripts),
    ...grownParts(sample, grown, (key) => mark(key)),
    distinct: value,
    unique: once,
    ...momentErrors(sample, filled, all, rest, mark),
    ...quantileErrors(sample, filled, mark),
    inexact,
  } as Drawn;
}

/**
 * Distinct values of the whole. Values seen once stand for between one and `grow` others; their geometric mean is taken.
 *
 * Source: Charikar et al., Towards estimation error guarantees for distinct values, PODS (2000): GEE and its bounds.
 */
function distinctBounds(distinct: number, once: number, grow: number, all: number) {
  const more = distinct - once;
  const at = (factor: number) => Math.min(all, Math.round(once * factor + more));
  return { low: Math.min(distinct, all), value: at(Math.sqrt(grow)), high: at(grow) };
}

function grownParts(sample: Drawn, grown: (count: number) => number, mark: (key: string) => void) {
  const parts: Record<string, unknown> = {};
  for (const key of ['weekdays', 'hours', 'digits'] as const) {
    const counts = sample[key];
    if (counts === undefined) continue;
    mark(key);
    parts[key] = counts.map(grown);
  }
  for (const key of ['heaps', 'letterCase'] as const) {
    const counts = sample[key];
    if (counts === undefined) continue;
    mark(key);
    parts[key] = Object.fromEntries(Object.entries(counts).map(([k, count]) => [k, grown(count)]));
  }
  if (sample.outliers !== undefined) {
    mark('outliers');
    parts.outliers = sample.outliers.map((o) => {
      const [below, above] = [grown(o.below), grown(o.above)];
      return { ...o, below, above, count: below + above };
    });
  }
  return parts;
}

function momentErrors(
  sample: Drawn,
  filled: number,
  all: number,
  rest: number,
  mark: (key: string, error?: number) => void,
): Partial<Drawn> {
  if (sample.mean === undefined) return {};
  const sd = sample.stddev;
  const meanError = sd === undefined ? undefined : ((Z * sd) / Math.sqrt(filled)) * rest;
  mark('mean', meanError);
  if (sd !== undefined)
    mark('stddev', Z * sd * Math.sqrt(Math.max(0, (sample.kurtosis ?? 0) + 2) / (4 * filled)) * rest);
  if (sample.sum === undefined) return {};
  const share = filled / sample.rows;
  const countError = Z * Math.sqrt((share * (1 - share)) / sample.rows) * (all / share) * rest;
  mark('sum', meanError === undefined ? undefined : all * meanError + Math.abs(sample.mean) * countError);
  return { sum: sample.mean * all };
}

/** A quantile lies between those of p plus and minus its standard errors, read off the sample's histogram. */
function quantileErrors(
  sample: Drawn,
  filled: number,
  mark: (key: string, error?: number) => void,
): Partial<Drawn> {
  if (sample.quantiles === undefined) return {};
  const buckets =
    sample.kind !== 'number'
      ? []
      : (sample.histogram ?? []).map(({ low, high, count }) => ({
          low: Number(low),
          high: Number(high),
          count,
        }));
  for (const [p, value] of Object.entries(sample.quantiles) as [string, Cell][]) {
    const reach =
      Z * Math.sqrt((Number(p) * (1 - Number(p))) / Math.max(1, filled)) + 1 / Math.max(1, filled);
    const at = (q: number) => quantileFrom(buckets, Math.min(1, Math.max(0, q)));
    const [low, high] = [at(Number(p) - reach), at(Number(p) + reach)];
    const error =
      low === null || high === null
        ? undefined
        : Math.max(Number(value) - low.value + low.error, high.value + high.error - Number(value), 0);
    mark(`quantiles.${p}`, error);
  }
  return {};
}
