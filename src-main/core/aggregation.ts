/**
 * Aggregations: how a measure makes one figure of many rows, and which of them make sense on what.
 */
import type { Kind } from './table';

export type Aggregation =
  | 'count'
  | 'count_distinct'
  | 'count_distinct_approx'
  | 'sum'
  | 'avg'
  | 'min'
  | 'max'
  | 'median'
  | 'percentile'
  | 'weighted_avg'
  | 'ratio'
  | 'expression';

export const aggregations: readonly Aggregation[] = [
  'sum',
  'avg',
  'weighted_avg',
  'median',
  'percentile',
  'min',
  'max',
  'count',
  'count_distinct',
  'count_distinct_approx',
  'ratio',
  'expression',
];

/** The word on a button; the badge in a tree is `aggregationBadge`. */
export const aggregationTitle: Readonly<Record<Aggregation, string>> = {
  count: 'Count',
  count_distinct: 'Count distinct',
  count_distinct_approx: 'About how many distinct',
  sum: 'Sum',
  avg: 'Average',
  min: 'Minimum',
  max: 'Maximum',
  median: 'Median',
  percentile: 'Percentile',
  weighted_avg: 'Weighted average',
  ratio: 'Ratio',
  expression: 'Expression',
};

export const aggregationBadge: Readonly<Record<Aggregation, string>> = {
  count: 'cnt',
  count_distinct: 'dst',
  count_distinct_approx: '≈dst',
  sum: 'sum',
  avg: 'avg',
  min: 'min',
  max: 'max',
  median: 'med',
  percentile: 'pct',
  weighted_avg: 'wavg',
  ratio: 'a/b',
  expression: 'ƒx',
};

/**
 * Why an aggregation cannot be taken of a column of this kind; null if it can.
 * Minimum and maximum of text are refused because the targets order text differently.
 */
export function unfit(aggregation: Aggregation, kind: Kind): string | null {
  switch (aggregation) {
    case 'sum':
    case 'avg':
    case 'median':
    case 'percentile':
    case 'weighted_avg':
      return kind === 'number' ? null : `only numbers have a ${aggregationTitle[aggregation].toLowerCase()}`;
    case 'min':
    case 'max':
      return kind === 'number' || kind === 'time'
        ? null
        : 'only numbers and times are ordered the same everywhere';
    default:
      return null;
  }
}
