/**
 * Alerts: what about a column deserves a look, read from its profile.
 */
import type { Alert, AlertCode, ColumnProfile } from './profile';

/** The word on the badge. */
export const alertTitle: Readonly<Record<AlertCode, string>> = {
  'all-null': 'All missing',
  constant: 'Constant',
  'many-nulls': 'Missing',
  blanks: 'Blank text',
  unique: 'Unique',
  'many-zeros': 'Zeros',
  skewed: 'Skewed',
  outliers: 'Outliers',
  'not-finite': 'Not finite',
  'high-cardinality': 'Many values',
  imbalanced: 'One value rules',
  'far-date': 'Far dates',
  disguised: 'Disguised missing',
  'rare-values': 'Rare values',
};

const count = (n: number) => n.toLocaleString('en-US');
const percent = (n: number, of: number) =>
  `${((100 * n) / of).toLocaleString('en-US', { maximumFractionDigits: 1 })} %`;

/** Shares and figures beyond which an alert is given. */
export const thresholds = {
  nulls: 0.05,
  zeros: 0.5,
  skew: 3,
  outliers: 0.05,
  cardinality: 0.5,
  imbalance: 0.95,
  /** A value rarer than this among the values, where there are few distinct ones. */
  rare: 0.002,
} as const;

export function alertsOf(profile: ColumnProfile): readonly Alert[] {
  const { name, rows, nulls, distinct, unique } = profile;
  const filled = rows - nulls;
  const found: Alert[] = [];
  const say = (code: AlertCode, severity: Alert['severity'], message: string) =>
    found.push({ code, column: name, severity, message });
  if (rows === 0) return found;
  if (filled === 0) {
    say('all-null', 'warning', `all ${count(rows)} rows have no value`);
    return found;
  }
  if (nulls / rows >= thresholds.nulls)
    say(
      'many-nulls',
      'warning',
      `${count(nulls)} of ${count(rows)} rows have no value (${percent(nulls, rows)})`,
    );
  if ((profile.blanks ?? 0) > 0)
    say(
      'blanks',
      'warning',
      `${count(profile.blanks ?? 0)} values are empty or white space, and are not null`,
    );
  if (distinct === 1 && filled > 1) {
    say('constant', 'warning', `every value is ${String(profile.top[0]?.value)}`);
    return found;
  }
  const strange = (profile.infinite ?? 0) + (profile.nan ?? 0);
  if (strange > 0)
    say(
      'not-finite',
      'warning',
      `${count(strange)} values are infinite or not a number; the figures leave them out`,
    );
  if (unique === filled && filled > 1 && profile.kind !== 'time')
    say('unique', 'info', `all ${count(filled)} values are distinct`);
  const most = profile.top[0];
  if (most !== undefined && most.count / filled >= thresholds.imbalance && distinct > 1) {
    say('imbalanced', 'info', `${percent(most.count, filled)} of the values are ${String(most.value)}`);
  }
  const disguised = profile.disguised ?? [];
  if (disguised.length > 0) {
    const listed = disguised.slice(0, 3).map((d) => `${String(d.value)} (${count(d.count)})`);
    say('disguised', 'warning', `${listed.join(', ')}: values that usually stand for a missing one`);
  }
  if (profile.kind === 'text' && distinct > 1 && distinct <= profile.top.length) {
    const rare = profile.top.filter((t) => t.count / filled < thresholds.rare);
    if (rare.length > 0 && rare.length < distinct) {
      const listed = rare.slice(0, 5).map((t) => `${String(t.value)} (${count(t.count)})`);
      say(
        'rare-values',
        'info',
        `${listed.join(', ')}: fewer than ${percent(thresholds.rare, 1)} of the values each`,
      );
    }
  }
  if (profile.kind === 'number') {
    const zeros = profile.zeros ?? 0;
    if (zeros / filled >= thresholds.zeros)
      say('many-zeros', 'info', `${percent(zeros, filled)} of the values are 0`);
    if (Math.abs(profile.skewness ?? 0) >= thresholds.skew)
      say(
        'skewed',
        'info',
        `skewness ${(profile.skewness ?? 0).toLocaleString('en-US', { maximumFractionDigits: 1 })}; mean and deviation say little`,
      );
    const out = profile.outliers?.[0];
    if (out !== undefined && out.count / filled >= thresholds.outliers && out.lower !== out.upper) {
      say(
        'outliers',
        'info',
        `${count(out.count)} values lie outside ${shown(out.lower)} … ${shown(out.upper)} (1.5 × IQR)`,
      );
    }
  }
  if (
    profile.kind === 'text' &&
    unique !== filled &&
    distinct > 100 &&
    distinct / filled >= thresholds.cardinality
  ) {
    say('high-cardinality', 'info', `${count(distinct)} distinct values in ${count(filled)} rows`);
  }
  if (profile.kind === 'time' && (year(profile.min) < 1900 || year(profile.max) > 2100)) {
    say('far-date', 'warning', `runs from ${String(profile.min)} to ${String(profile.max)}`);
  }
  return found;
}

function shown(x: number): string {
  return x.toLocaleString('en-US', { maximumFractionDigits: 2 });
}

function year(cell: unknown): number {
  const found = /^(-?\d{1,6})-/.exec(String(cell ?? ''));
  return found === null ? 2000 : Number(found[1]);
}
