/**
 * Statistics of where values lie and how they spread.
 */
import type { Kind } from '../table';
import type { ColumnProfile } from './profile';
import { figure, type More, number, ordered, type Statistic, unknown } from './statistic';

const quantile = (p: string) => (profile: ColumnProfile) => profile.quantiles?.[p];
const quantileKey = (p: string): More => ({ figures: [`quantiles.${p}`] });
const amounts: readonly Kind[] = ['number', 'time'];

/**
 * Standard deviation over the absolute mean, without a unit; it compares the spread of columns of different size. Undefined
 * where either is absent or the mean is 0. It says little where the zero of the scale is arbitrary, as of temperatures, and
 * grows without bound where values of both signs cancel out.
 *
 * Source: Pearson, Regression, Heredity, and Panmixia, Philosophical Transactions A 187 (1896).
 */
export function coefficientOfVariation({
  mean,
  stddev,
}: Pick<ColumnProfile, 'mean' | 'stddev'>): number | undefined {
  if (mean === undefined || stddev === undefined || mean === 0) return undefined;
  const cv = stddev / Math.abs(mean);
  return Number.isFinite(cv) ? cv : undefined;
}

/** The third quartile less the first, of numbers; undefined where either is no number. */
export function interquartileRange({ quantiles }: Pick<ColumnProfile, 'quantiles'>): number | undefined {
  const [q1, q3] = [quantiles?.['0.25'], quantiles?.['0.75']];
  if (q1 === undefined || q3 === undefined || q1 === null || q3 === null) return undefined;
  const iqr = Number(q3) - Number(q1);
  return Number.isFinite(iqr) ? iqr : undefined;
}

export const spread: readonly Statistic[] = [
  figure(
    'Range',
    'min',
    'Min',
    ordered,
    'value',
    'The least value; of texts the first by their characters.',
    (p) => p.min,
  ),
  figure(
    'Range',
    'p5',
    'P5',
    amounts,
    'value',
    'A twentieth of the values lie at or below.',
    quantile('0.05'),
    quantileKey('0.05'),
  ),
  figure(
    'Range',
    'q1',
    'Q1',
    amounts,
    'value',
    'First quartile: a quarter of the values lie at or below.',
    quantile('0.25'),
    quantileKey('0.25'),
  ),
  figure(
    'Range',
    'median',
    'Median',
    amounts,
    'value',
    'Half of the values lie at or below.',
    quantile('0.5'),
    quantileKey('0.5'),
  ),
  figure(
    'Range',
    'q3',
    'Q3',
    amounts,
    'value',
    'Third quartile: three quarters of the values lie at or below.',
    quantile('0.75'),
    quantileKey('0.75'),
  ),
  figure(
    'Range',
    'p95',
    'P95',
    amounts,
    'value',
    'Nineteen twentieths of the values lie at or below.',
    quantile('0.95'),
    quantileKey('0.95'),
  ),
  figure(
    'Range',
    'max',
    'Max',
    ordered,
    'value',
    'The greatest value; of texts the last by their characters.',
    (p) => p.max,
  ),

  figure(
    'Moments',
    'mean',
    'Mean',
    number,
    'amount',
    'The sum of the finite values over their number.',
    (p) => p.mean,
  ),
  figure(
    'Moments',
    'stddev',
    'Std dev',
    number,
    'amount',
    'Sample standard deviation (n − 1) of the finite values.',
    (p) => p.stddev,
  ),
  figure(
    'Moments',
    'cv',
    'CV',
    number,
    'number',
    'Coefficient of variation: the standard deviation over the absolute mean.',
    coefficientOfVariation,
    {
      figures: ['stddev', 'mean'],
      error: unknown,
    },
  ),
  figure(
    'Moments',
    'mad',
    'MAD',
    number,
    'amount',
    'Median of the absolute differences from the median.',
    (p) => p.mad,
  ),
  figure(
    'Moments',
    'iqr',
    'IQR',
    number,
    'amount',
    'Interquartile range: the third quartile less the first.',
    interquartileRange,
    {
      figures: ['quantiles.0.25', 'quantiles.0.75'],
      error: (_, [low, high]) => (low === undefined || high === undefined ? undefined : low + high),
    },
  ),
  figure('Moments', 'sum', 'Sum', number, 'amount', 'All finite values added up.', (p) => p.sum),

  figure('Special numbers', 'zeros', 'Zeros', number, 'count', 'Values that are 0.', (p) => p.zeros),
  figure('Special numbers', 'negatives', 'Negative', number, 'count', 'Values below 0.', (p) => p.negatives),
  figure(
    'Special numbers',
    'infinite',
    'Infinite',
    amounts,
    'count',
    'Values that are infinite.',
    (p) => p.infinite,
  ),
  figure('Special numbers', 'nan', 'NaN', number, 'count', 'Values that are not a number.', (p) => p.nan),

  figure(
    'Shape',
    'skewness',
    'Skewness',
    number,
    'number',
    'How lopsided the values lie: above 0 with a long tail of large values, below 0 of small ones.',
    (p) => p.skewness,
  ),
  figure(
    'Shape',
    'kurtosis',
    'Kurtosis',
    number,
    'number',
    'How heavy the tails are, beyond those of a normal distribution.',
    (p) => p.kurtosis,
  ),
  figure(
    'Shape',
    'outliers',
    'Outliers',
    number,
    'count',
    'Values more than 1.5 interquartile ranges beyond the quartiles.',
    (p) => p.outliers?.[0]?.count,
    {
      error: unknown,
    },
  ),
];
