/**
 * The figures of a column by name, as they are read: which apply to its kind, in which order, with how many decimals.
 */

import { meaningTitle } from '#core/profile/meaning';
import { type ColumnProfile, isInexact } from '#core/profile/profile';
import { statisticTitle } from '#core/profile/statistics';
import { count, decimalsOf, decimalsOfMean, number, numberOf, time } from './figure';

/** Name, figure, and where it is not exact how far it may be off. */
export type NamedFigure = readonly [name: string, figure: string, off?: string];

/** A figure as it is told: with ≈ and how far it may be off if it is not exact. @param key Of the profile, `quantiles.0.5`. */
function figure(profile: ColumnProfile, key: string, name: string, words: string): NamedFigure {
  if (!isInexact(profile, key)) return [name, words];
  const how = profile.inexact?.[key];
  const basis = how?.basis ?? profile.evidence.basis;
  const error = how?.error === undefined ? '' : `, ± ${short(how.error)} at most in 997 of 1,000 cases`;
  return [name, `≈ ${words}`, `${basis === 'sample' ? 'from a sample' : 'estimated'}${error}`];
}

/** Counts and moments; those that do not apply to the kind are left out. */
export function statisticsOf(profile: ColumnProfile): readonly NamedFigure[] {
  const { kind } = profile;
  const d = decimalsOf(profile);
  const m = decimalsOfMean(profile);
  const rows: NamedFigure[] = [];
  const put = <T>(key: string, name: string, x: T | undefined, words: (x: T) => string) => {
    if (x !== undefined) rows.push(figure(profile, key, name, words(x)));
  };
  const some = (n: number | undefined) => (n === 0 ? undefined : n);
  put('rows', statisticTitle('rows'), profile.rows, count);
  put('distinct', statisticTitle('distinct'), profile.distinct, count);
  put('unique', statisticTitle('unique'), profile.unique, count);
  if (kind === 'number') {
    put('zeros', statisticTitle('zeros'), profile.zeros, count);
    put('negatives', statisticTitle('negatives'), profile.negatives, count);
    put('infinite', statisticTitle('infinite'), some(profile.infinite), count);
    put('nan', statisticTitle('nan'), some(profile.nan), count);
    // Of identifiers a sum or a mean says nothing.
    if (profile.meaning?.name !== 'identifier') {
      put('sum', statisticTitle('sum'), profile.sum, (x) => number(x, d));
      put('mean', statisticTitle('mean'), profile.mean, (x) => number(x, m));
      put('stddev', statisticTitle('stddev'), profile.stddev, (x) => number(x, m));
      put('mad', statisticTitle('mad'), profile.mad, (x) => number(x, m));
      put('skewness', statisticTitle('skewness'), profile.skewness, (x) => number(x, 2));
      put('kurtosis', statisticTitle('kurtosis'), profile.kurtosis, (x) => number(x, 1));
    }
  }
  if (profile.length !== undefined) {
    const { min, max, mean } = profile.length;
    const nested = kind === 'nested';
    put('length', nested ? 'Fewest' : statisticTitle('shortest'), min, count);
    put('length', nested ? 'Most' : statisticTitle('longest'), max, count);
    put('length', nested ? 'Mean size' : statisticTitle('mean_length'), mean, (x) => number(x, 1));
  }
  if (kind === 'text') {
    put('padded', statisticTitle('padded'), some(profile.padded), count);
    put('unseen', statisticTitle('unseen'), some(profile.unseen), count);
  }
  if (kind === 'text' || kind === 'boolean')
    put('entropy', statisticTitle('entropy'), profile.entropy, (x) => `${number(x, 2)} bit`);
  if (profile.sorted !== undefined)
    rows.push([statisticTitle('sorted'), profile.sorted.replace('strictly-', '')]);
  if (profile.range !== undefined) {
    rows.push([statisticTitle('grain'), profile.range.grain]);
    // Of scattered times nearly every step lacks, which says nothing.
    const { gaps } = profile.range;
    if (gaps <= profile.distinct)
      rows.push(figure(profile, 'range.gaps', statisticTitle('gaps'), count(gaps)));
  }
  if (profile.meaning !== undefined)
    rows.push([statisticTitle('meaning'), meaningTitle[profile.meaning.name], profile.meaning.reason]);
  return rows;
}

function short(x: number): string {
  return x >= 100 || Number.isInteger(x) ? count(x) : String(Number(x.toPrecision(2)));
}

/** Least to greatest with the quantiles between, for kinds that have an order. */
export function quantilesOf(profile: ColumnProfile): readonly NamedFigure[] {
  if (profile.kind !== 'number' && profile.kind !== 'time') return [];
  if (profile.min === undefined || profile.min === null) return [];
  const words = (v: ColumnProfile['min']) => (profile.kind === 'time' ? time(v) : numberOf(v, profile));
  const q = profile.quantiles ?? {};
  const title: Readonly<Record<string, string>> = {
    '0.05': statisticTitle('p5'),
    '0.25': statisticTitle('q1'),
    '0.5': statisticTitle('median'),
    '0.75': statisticTitle('q3'),
    '0.95': statisticTitle('p95'),
  };
  const rows: NamedFigure[] = [figure(profile, 'min', statisticTitle('min'), words(profile.min))];
  for (const [p, name] of Object.entries(title)) {
    const v = q[p];
    if (v !== undefined && v !== null) rows.push(figure(profile, `quantiles.${p}`, name, words(v)));
  }
  rows.push(figure(profile, 'max', statisticTitle('max'), words(profile.max ?? null)));
  const [q1, q3] = [q['0.25'], q['0.75']];
  if (typeof q1 === 'number' && typeof q3 === 'number') {
    const off = isInexact(profile, 'quantiles.0.25') || isInexact(profile, 'quantiles.0.75');
    rows.push([statisticTitle('iqr'), `${off ? '≈ ' : ''}${words(q3 - q1)}`]);
  }
  return rows;
}

/** What one asks first, each once: for a side pane, where two of them stand side by side. */
export function keyFiguresOf(profile: ColumnProfile): readonly NamedFigure[] {
  const all = new Map(
    [...statisticsOf(profile), ...quantilesOf(profile), missingOf(profile)].map((f) => [f[0], f]),
  );
  return [...keys, missing].flatMap((name): readonly NamedFigure[] => {
    const found = all.get(name);
    return found === undefined ? [] : [found];
  });
}

const missing = 'Missing';

function missingOf(profile: ColumnProfile): NamedFigure {
  return figure(profile, 'nulls', missing, count(profile.nulls));
}

const keys = [
  ...['rows', 'sum', 'mean', 'median', 'stddev', 'min', 'max', 'shortest', 'longest', 'distinct', 'unique'],
  ...['zeros', 'negatives', 'infinite', 'nan'],
].map(statisticTitle);
