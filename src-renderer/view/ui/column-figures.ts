/**
 * The figures of a column by name, as they are read: which apply to its kind, in which order, with how many decimals.
 */
import type { ColumnProfile, MeaningName } from '#core/profile/profile';
import { count, decimalsOf, decimalsOfMean, number, numberOf, time } from './figure';

/** Name and figure. */
export type NamedFigure = readonly [string, string];

/** Counts and moments; those that do not apply to the kind are left out. */
export function statisticsOf(profile: ColumnProfile): readonly NamedFigure[] {
  const { kind } = profile;
  const d = decimalsOf(profile);
  const m = decimalsOfMean(profile);
  const rows: (NamedFigure | null)[] = [
    ['Rows', count(profile.rows)],
    ['Distinct', count(profile.distinct)],
    ['Unique', count(profile.unique)],
  ];
  if (kind === 'number') {
    rows.push(
      profile.zeros === undefined ? null : ['Zeros', count(profile.zeros)],
      profile.negatives === undefined ? null : ['Negative', count(profile.negatives)],
      profile.infinite ? ['Infinite', count(profile.infinite)] : null,
      profile.nan ? ['NaN', count(profile.nan)] : null,
      profile.sum === undefined ? null : ['Sum', number(profile.sum, d)],
      profile.mean === undefined ? null : ['Mean', number(profile.mean, m)],
      profile.stddev === undefined ? null : ['Std dev', number(profile.stddev, m)],
      profile.skewness === undefined ? null : ['Skewness', number(profile.skewness, 2)],
      profile.kurtosis === undefined ? null : ['Kurtosis', number(profile.kurtosis, 1)],
    );
  }
  if (profile.length !== undefined) {
    rows.push(
      ['Shortest', count(profile.length.min)],
      ['Longest', count(profile.length.max)],
      ['Mean length', number(profile.length.mean, 1)],
    );
  }
  if (profile.range !== undefined) rows.push(['Grain', profile.range.grain], ...gaps(profile));
  if (profile.meaning !== undefined) rows.push(['Meaning', meaningTitle[profile.meaning.name]]);
  return rows.filter((row) => row !== null);
}

/** Steps that lack, where most do not: of scattered times nearly every second lacks, which says nothing. */
function gaps(profile: ColumnProfile): NamedFigure[] {
  const lacking = profile.range?.gaps ?? 0;
  return lacking > profile.distinct ? [] : [['Gaps', count(lacking)]];
}

const meaningTitle: Readonly<Record<MeaningName, string>> = {
  identifier: 'identifier',
  code: 'code',
  category: 'category',
  ordinal: 'ordinal',
  quantity: 'quantity',
  money: 'money',
  percent: 'percent',
  ratio: 'ratio',
  count: 'count',
  flag: 'flag',
  date: 'date',
  time: 'point in time',
  email: 'e-mail address',
  phone: 'phone number',
  url: 'web address',
  ip: 'IP address',
  uuid: 'UUID',
  country: 'country',
  postcode: 'postcode',
  latitude: 'latitude',
  longitude: 'longitude',
  person: 'person',
  text: 'free text',
  json: 'JSON',
  path: 'file path',
  language: 'language',
};

/** Least to greatest with the quantiles between, for kinds that have an order. */
export function quantilesOf(profile: ColumnProfile): readonly NamedFigure[] {
  if (profile.kind !== 'number' && profile.kind !== 'time') return [];
  if (profile.min === undefined || profile.min === null) return [];
  const words = (v: ColumnProfile['min']) => (profile.kind === 'time' ? time(v) : numberOf(v, profile));
  const q = profile.quantiles ?? {};
  const title: Readonly<Record<string, string>> = {
    '0.05': 'P5',
    '0.25': 'Q1',
    '0.5': 'Median',
    '0.75': 'Q3',
    '0.95': 'P95',
  };
  const rows: [string, string][] = [['Min', words(profile.min)]];
  for (const [p, name] of Object.entries(title)) {
    const v = q[p];
    if (v !== undefined && v !== null) rows.push([name, words(v)]);
  }
  rows.push(['Max', words(profile.max)]);
  const [q1, q3] = [q['0.25'], q['0.75']];
  if (typeof q1 === 'number' && typeof q3 === 'number') rows.push(['IQR', words(q3 - q1)]);
  return rows;
}

/** What one asks first, each once: for a side pane, where two of them stand side by side. */
export function keyFiguresOf(profile: ColumnProfile): readonly NamedFigure[] {
  const all = new Map<string, string>([
    ...statisticsOf(profile),
    ...quantilesOf(profile),
    ['Missing', count(profile.nulls)],
  ]);
  return keys.flatMap((name): readonly NamedFigure[] => {
    const figure = all.get(name);
    return figure === undefined ? [] : [[name, figure]];
  });
}

const keys = [
  'Rows',
  'Sum',
  'Mean',
  'Median',
  'Std dev',
  'Min',
  'Max',
  'Shortest',
  'Longest',
  'Distinct',
  'Unique',
  'Zeros',
  'Negative',
  'Infinite',
  'NaN',
  'Missing',
];
