/**
 * Alerts: what about a column or a table deserves a look. Most are read from the profile, some from the reading of the
 * file, some need questions of their own (alert/ask.ts). A family of alerts is a file of `alert/` and a line here.
 */
import type { Table } from '../table';
import { missingAlerts } from './alert/missing';
import { numberAlerts } from './alert/number';
import { readingAlerts } from './alert/reading';
import { about, count, type Facts, type Family, quoted } from './alert/say';
import { textAlerts } from './alert/text';
import { timeAlerts } from './alert/time';
import { valueAlerts } from './alert/values';
import type { Alert, AlertCode, ColumnProfile } from './profile';

export { thresholds } from './alert/thresholds';

/** The word on the badge. */
export const alertTitle: Readonly<Record<AlertCode, string>> = {
  empty: 'Empty',
  rejected: 'Rejected records',
  damaged: 'Damaged file',
  duplicates: 'Duplicate rows',
  'equal-but-key': 'Equal but for the key',
  'all-null': 'All missing',
  constant: 'Constant',
  'many-nulls': 'Missing',
  blanks: 'Blank text',
  disguised: 'Disguised missing',
  'values-lost': 'Values lost',
  'key-violated': 'Key violated',
  unique: 'Unique',
  'many-zeros': 'Zeros',
  skewed: 'Skewed',
  uniform: 'Uniform',
  outliers: 'Outliers',
  'not-finite': 'Not finite',
  'far-year': 'Far years',
  'high-cardinality': 'Many values',
  imbalanced: 'One value rules',
  'rare-values': 'Rare values',
  'near-labels': 'Near-duplicate labels',
  'mixed-dates': 'Mixed dates',
  'mixed-formats': 'Mixed formats',
  'mixed-units': 'Mixed units',
  'money-text': 'Money as text',
  'number-text': 'Numbers as text',
  'constant-length': 'One length',
  truncated: 'Cut values',
  'encoding-damage': 'Damaged letters',
  'far-date': 'Far dates',
  'future-date': 'Future dates',
  gaps: 'Gaps in time',
  trend: 'Trend',
  seasonal: 'Seasonal',
  unsupported: 'Only counted',
};

const families: readonly Family[] = [
  missingAlerts,
  valueAlerts,
  numberAlerts,
  textAlerts,
  timeAlerts,
  kindAlerts,
];

/** What the profile of a column shows by itself. */
export function alertsOf(profile: ColumnProfile): readonly Alert[] {
  const { rows, nulls, distinct } = profile;
  const filled = rows - nulls;
  if (rows === 0) return [];
  if (filled === 0)
    return [
      about(profile, 'all-null', 'warning', `all ${count(rows)} rows have no value`, ['nulls', 'rows']),
    ];
  const facts: Facts = { profile, filled };
  if (distinct === 1 && filled > 1) {
    const message = `every value is ${quoted(profile.top[0]?.value ?? null)}`;
    return [...missingAlerts(facts), about(profile, 'constant', 'warning', message, ['distinct', 'top'])];
  }
  return families.flatMap((family) => family(facts));
}

/** Types of which little more than counts can be told. */
function kindAlerts({ profile }: Facts): readonly Alert[] {
  const shut = profile.kind === 'nested' && (profile.inside ?? []).length === 0;
  const opaque = shut || /^(BLOB|BIT|INTERVAL|GEOMETRY)/.test(profile.type);
  if (!opaque) return [];
  const message = `values of type ${profile.type.length > 60 ? `${profile.type.slice(0, 59)}…` : profile.type} are counted and compared, and not looked into`;
  return [about(profile, 'unsupported', 'info', message, [])];
}

/**
 * All alerts of a table: about the table first, then by column in file order; of several about the same thing the first.
 * @param profiles Over all rows.
 * @param more Alerts that needed questions of their own.
 * @param ofColumn Gives the alerts of a column, for who has them at hand.
 */
export function tableAlerts(
  table: Table,
  profiles: readonly ColumnProfile[],
  more: readonly Alert[] = [],
  ofColumn: (profile: ColumnProfile) => readonly Alert[] = alertsOf,
): readonly Alert[] {
  const place = new Map(table.columns.map((column, i) => [column.name, i]));
  const seen = new Set<string>();
  const at = (alert: Alert) => (alert.column === undefined ? -1 : (place.get(alert.column) ?? 0));
  return [...readingAlerts(table), ...profiles.flatMap((profile) => ofColumn(profile)), ...more]
    .filter((alert) => {
      const key = alertKey(alert);
      return !seen.has(key) && seen.add(key);
    })
    .sort((a, b) => at(a) - at(b));
}

/** The same text for alerts of one kind about the same thing. */
export function alertKey({ code, column }: { readonly code: string; readonly column?: string }): string {
  return JSON.stringify(column === undefined ? [code] : [code, column]);
}
