/**
 * Alerts about text, as far as the profile shows it: lengths, ways of writing, labels that are one.
 */
import type { Alert, ColumnProfile, Pattern } from '../profile';
import { type Label, sameLabels, slips } from './label';
import { about, count, counted, type Facts, percent, quoted } from './say';
import { thresholds } from './thresholds';

export function textAlerts(facts: Facts): readonly Alert[] {
  const { profile } = facts;
  if (profile.kind !== 'text') return [];
  const labels =
    profile.distinct <= profile.top.length
      ? profile.top.map((t) => ({ value: String(t.value), count: t.count }))
      : [];
  return [...lengthAlerts(facts), ...formatAlerts(facts), ...labelAlerts(profile, labels)];
}

function lengthAlerts({ profile }: Facts): readonly Alert[] {
  const { length } = profile;
  const same = length !== undefined && length.min === length.max && length.min > 1;
  if (!same || profile.distinct <= thresholds.sameLength) return [];
  const message = `all values have ${count(length.min)} characters`;
  return [about(profile, 'constant-length', 'info', message, ['length'])];
}

/** How a way of writing reads, with the values that are written so. */
interface Way {
  readonly name: string;
  readonly count: number;
  readonly example: string;
}

function formatAlerts({ profile, filled }: Facts): readonly Alert[] {
  const patterns = profile.patterns ?? [];
  if (patterns.length < 2 || /^(url|path|person|text|json)$/.test(profile.meaning?.name ?? '')) return [];
  const dates = ways(patterns, dateWay);
  if (explain(dates, filled)) {
    const common = dates.filter((way) => way.count / filled >= thresholds.spelling);
    if (common.length < 2) return [];
    const message = `dates are written in ${common.length} ways: ${told(common, filled)}`;
    return [about(profile, 'mixed-dates', 'warning', message, ['patterns'])];
  }
  if (profile.distinct <= thresholds.formatFrom) return [];
  const shapes = ways(patterns, shapeWay);
  const common = shapes.filter((way) => way.count / filled >= thresholds.format);
  if (common.length < 2 || common.length > 5 || !explain(common, filled)) return [];
  const message = `values are written in ${common.length} ways: ${told(common, filled)}`;
  return [about(profile, 'mixed-formats', 'info', message, ['patterns'])];
}

const explain = (found: readonly Way[], filled: number) =>
  found.reduce((sum, way) => sum + way.count, 0) / filled >= thresholds.explained;

const told = (found: readonly Way[], filled: number) =>
  found.map((way) => `${way.name} (${count(way.count)}, ${percent(way.count, filled)})`).join(', ');

function ways(patterns: readonly Pattern[], name: (mask: string) => string | null): readonly Way[] {
  const found = new Map<string, Way>();
  for (const { mask, count: n } of patterns) {
    const way = name(mask.trim());
    if (way === null) continue;
    const held = found.get(way);
    found.set(way, { name: way, count: (held?.count ?? 0) + n, example: held?.example ?? mask });
  }
  return [...found.values()].sort((a, b) => b.count - a.count);
}

/** The order and the length of the parts of a date; null if the mask is none. */
export function dateWay(mask: string): string | null {
  const date = mask.replace(/[T ]+\d{1,2}:\d{2}.*$/, '');
  const parts = /^(9{1,4})([-/.])(9{1,2})\2(9{1,4})$/.exec(date);
  if (parts !== null) {
    const [, first = '', mark = '', , last = ''] = parts;
    if (first.length === 4) return `year${mark}9${mark}9`;
    if (last.length === 4) return `9${mark}9${mark}year`;
    return first.length <= 2 && last.length === 2 ? `9${mark}9${mark}year of two digits` : null;
  }
  if (/^9{1,2}[-. ]+[Aa]{3,9}[-., ]+9{2,4}$/.test(date)) return 'day, name of the month, year';
  if (/^[Aa]{3,9}[. ]+9{1,2},? +9{4}$/.test(date)) return 'name of the month, day, year';
  return null;
}

/** A mask with runs of words and of digits as one each, a fraction as a number like others; null if it holds no digit, as names and words do. */
export function shapeWay(mask: string): string | null {
  if (!mask.includes('9') || mask.length > 40) return null;
  return mask
    .replace(/[Aa]+(\s+[Aa]+)*/g, 'A')
    .replace(/9+([.,]9+)*/g, '9')
    .replace(/\s+/g, ' ');
}

/** @param labels All labels of the column, or the commonest. */
export function labelAlerts(
  profile: Pick<ColumnProfile, 'name' | 'meaning'>,
  labels: readonly Label[],
): readonly Alert[] {
  if (namesAlone.test(profile.meaning?.name ?? '')) return [];
  const groups = [...sameLabels(labels), ...slips(labels)];
  if (groups.length === 0) return [];
  const shown = groups.slice(0, 3).map((group) =>
    group
      .slice(0, 4)
      .map((label) => `${quoted(label.value)} (${count(label.count)})`)
      .join(' and '),
  );
  const more = groups.length - shown.length;
  const message = `likely the same: ${shown.join('; ')}${more > 0 ? `; and ${counted(more, 'more group')}` : ''}`;
  return [
    {
      code: 'near-labels',
      column: profile.name,
      severity: 'warning',
      message,
      figures: ['top'],
      rows: {
        column: profile.name,
        test: {
          kind: 'values',
          values: groups
            .flat()
            .map((label) => label.value)
            .slice(0, 200),
        },
      },
    },
  ];
}

/** Meanings whose values differ by every character. */
const namesAlone = /^(identifier|code|uuid|url|path|email|ip|json|phone|postcode)$/;
