/**
 * Alerts about numbers: their shape, values that are none, and years that stand apart.
 */

import type { Filter } from '../../filter';
import { isWhole } from '../../table';
import type { Alert, ColumnProfile, Outliers } from '../profile';
import { suggest } from '../suggest';
import { about, count, type Facts, figure, percent, quoted, yearOf } from './say';
import { thresholds } from './thresholds';

export function numberAlerts(facts: Facts): readonly Alert[] {
  if (facts.profile.kind !== 'number') return [];
  return [...finiteAlerts(facts), ...shapeAlerts(facts), ...yearAlerts(facts)];
}

function finiteAlerts({ profile }: Facts): readonly Alert[] {
  const strange = (profile.infinite ?? 0) + (profile.nan ?? 0);
  if (strange === 0) return [];
  const message = `${count(strange)} values are infinite or not a number; the figures leave them out`;
  return [
    about(profile, 'not-finite', 'warning', message, ['infinite', 'nan'], {
      kind: 'values',
      values: [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN],
    }),
  ];
}

function shapeAlerts({ profile, filled }: Facts): readonly Alert[] {
  const found: Alert[] = [];
  const zeros = profile.zeros ?? 0;
  const { role } = suggest('', profile);
  if (role !== 'key' && profile.distinct > 2 && zeros / filled >= thresholds.zeros) {
    found.push(
      about(
        profile,
        'many-zeros',
        'info',
        `${count(zeros)} values are 0 (${percent(zeros, filled)})`,
        ['zeros'],
        { kind: 'values', values: [0] },
      ),
    );
  }
  // The shape of identifiers, years and flags says nothing.
  if (role !== 'measure') return found;
  const skewness = profile.skewness ?? 0;
  if (Math.abs(skewness) >= thresholds.skew) {
    const said = skewness.toLocaleString('en-US', { maximumFractionDigits: 1 });
    found.push(
      about(profile, 'skewed', 'info', `skewness ${said}; mean and deviation say little`, ['skewness']),
    );
  }
  const out = profile.outliers?.[0];
  if (out !== undefined && out.count / filled >= thresholds.outliers && out.lower !== out.upper) {
    const message = `${count(out.count)} values lie outside ${figure(out.lower)} … ${figure(out.upper)} (1.5 × IQR)`;
    const rows = outside(profile, out);
    const alert = about(profile, 'outliers', 'info', message, ['outliers']);
    found.push(rows === null ? alert : { ...alert, rows });
  }
  if (isEven(profile, filled)) {
    const message = `every stretch between ${quoted(profile.min ?? null)} and ${quoted(profile.max ?? null)} holds about as many values, as made-up numbers and running ones do`;
    found.push(about(profile, 'uniform', 'info', message, ['histogram']));
  }
  return found;
}

/** The rows outside the fences, where one filter can say so: `not` would let rows without a value in. */
function outside(profile: ColumnProfile, out: Outliers): Filter | null {
  const { lower, upper, below, above } = out;
  const step = (x: number) => Math.max(Number.EPSILON * Math.abs(x), Number.MIN_VALUE);
  const range = (low: number | null, high: number | null): Filter => ({
    column: profile.name,
    test: { kind: 'range', low, high },
  });
  if (below === 0) return range(upper + step(upper), null);
  if (above === 0) return range(null, lower - step(lower));
  return profile.nulls === 0 ? { ...range(lower, upper), not: true } : null;
}

/** Whether the inner bins differ by no more than chance would have them, and a little; keys are even by nature. */
function isEven(profile: ColumnProfile, filled: number): boolean {
  const inner = (profile.histogram ?? []).slice(1, -1).map((bin) => bin.count);
  if (inner.length < thresholds.evenBins || filled < thresholds.evenValues) return false;
  if (profile.unique === filled) return false;
  const mean = inner.reduce((sum, n) => sum + n, 0) / inner.length;
  if (mean < 5) return false;
  const variance = inner.reduce((sum, n) => sum + (n - mean) ** 2, 0) / (inner.length - 1);
  return variance <= 2 * mean || Math.sqrt(variance) <= thresholds.even * mean;
}

const yearName = /(^|[^a-z])(year|yr|jahr|annee|born|birth)|[a-z](Year|Birth|Born)/i;
const birthName = /birth|born|geburt|dob/i;

/** Years far from the others, and years of birth at which nobody alive was born. */
function yearAlerts({ profile, filled }: Facts): readonly Alert[] {
  const out = profile.outliers?.[0];
  const [q1, q3] = [Number(profile.quantiles?.['0.25']), Number(profile.quantiles?.['0.75'])];
  const years = isWhole(profile.type) && yearName.test(profile.name) && q1 >= 1000 && q3 <= 2500;
  if (!years || out === undefined) return [];
  const now = yearOf(profile);
  const birth = birthName.test(profile.name);
  const reach = thresholds.farOut * Math.max(1, q3 - q1);
  const low = birth && now !== null ? Math.max(q1 - reach, now - thresholds.age) : q1 - reach;
  const high = birth && now !== null ? Math.min(q3 + reach, now) : q3 + reach;
  const apart = out.examples.map(Number).filter((year) => year < low || year > high);
  if (apart.length === 0 || out.count / filled > thresholds.apart) return [];
  const told = apart
    .sort((a, b) => a - b)
    .map(String)
    .join(', ');
  const rest = `half of the values lie between ${figure0(q1)} and ${figure0(q3)}`;
  const dead = birth && now !== null && apart.every((year) => year < now - thresholds.age);
  const message = dead
    ? `${told}: born more than ${thresholds.age} years ago; ${rest}`
    : `${told}: far from the other years; ${rest}`;
  return [
    about(profile, 'far-year', 'warning', message, ['outliers', 'quantiles'], {
      kind: 'values',
      values: apart,
    }),
  ];
}

const figure0 = (x: number) => String(Math.round(x));
