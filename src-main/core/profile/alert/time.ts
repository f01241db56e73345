/**
 * Alerts about dates and times: those that cannot be, those that stand apart, those that lack.
 */
import type { Cell } from '../../table';
import type { Alert, ColumnProfile } from '../profile';
import { about, counted, type Facts, yearOf } from './say';
import { thresholds } from './thresholds';

/** Names of times that are meant to come. */
const comingName =
  /due|expir|valid|until|deadline|target|plan|schedul|forecast|end|next|matur|deliver|renew/i;
const day = 86_400_000;

export function timeAlerts({ profile, filled }: Facts): readonly Alert[] {
  if (profile.kind !== 'time') return [];
  const found: Alert[] = [];
  const { min = null, max = null } = profile;
  const [first, last] = [yearIn(min), yearIn(max)];
  const apart = apartOf(profile, filled);
  const reach = ['min', 'max', 'quantiles'];
  if (first < 1900 || last > 2100) {
    found.push(
      about(profile, 'far-date', 'warning', `runs from ${said(min)} to ${said(max)}`, reach, beyond(apart)),
    );
  } else if (apart !== null) {
    const half = `half of the values lie between ${said(profile.quantiles?.['0.25'] ?? null)} and ${said(profile.quantiles?.['0.75'] ?? null)}`;
    found.push(
      about(
        profile,
        'far-date',
        'warning',
        `${apart.edges.map(said).join(' and ')} ${apart.edges.length === 1 ? 'lies' : 'lie'} far from the others; ${half}`,
        reach,
        beyond(apart),
      ),
    );
  }
  if (isComing(profile)) {
    const today = profile.evidence.at.slice(0, 10);
    found.push(
      about(
        profile,
        'future-date',
        'info',
        `runs up to ${said(max)}, after the day on which it was profiled (${today})`,
        ['max'],
        { kind: 'range', low: today, high: null },
      ),
    );
  }
  const { range } = profile;
  if (range !== undefined && range.gaps > 0 && range.gaps <= thresholds.gaps * profile.distinct) {
    found.push(
      about(
        profile,
        'gaps',
        'info',
        `${counted(range.gaps, range.grain)} without a row between ${said(min)} and ${said(max)}`,
        ['range'],
      ),
    );
  }
  return found;
}

/** Dates after the profile was made, in a column whose name does not speak of what is to come. */
function isComing(profile: ColumnProfile): boolean {
  const year = yearOf(profile);
  const latest = Date.parse(withZone(profile.max ?? null));
  if (year === null || Number.isNaN(latest) || yearIn(profile.max ?? null) > 2100) return false;
  return latest > Date.parse(profile.evidence.at) + day && !comingName.test(profile.name);
}

interface Apart {
  readonly edges: readonly Cell[];
  readonly low: string | null;
  readonly high: string | null;
}

/** The least and the greatest date, if they lie far beyond the quartiles and more than a generation from them. */
function apartOf(profile: ColumnProfile, filled: number): Apart | null {
  const at = (key: string) => Date.parse(withZone(profile.quantiles?.[key] ?? null));
  const [p5, q1, q3, p95] = ['0.05', '0.25', '0.75', '0.95'].map(at) as [number, number, number, number];
  if ([p5, q1, q3, p95].some(Number.isNaN) || filled < 20) return null;
  const reach = Math.max(thresholds.farOut * (q3 - q1), 30 * 365 * day);
  const [min, max] = [Date.parse(withZone(profile.min ?? null)), Date.parse(withZone(profile.max ?? null))];
  const low = q1 - reach;
  const high = q3 + reach;
  const edges = [...(min < low ? [profile.min ?? null] : []), ...(max > high ? [profile.max ?? null] : [])];
  if (edges.length === 0) return null;
  const iso = (ms: number) => new Date(ms).toISOString().slice(0, 10);
  return { edges, low: min < low ? iso(low) : null, high: max > high ? iso(high) : null };
}

/** A filter has one range, so of two ends it shows the lower. */
function beyond(apart: Apart | null) {
  if (apart === null) return undefined;
  return apart.low !== null
    ? ({ kind: 'range', low: null, high: apart.low } as const)
    : ({ kind: 'range', low: apart.high, high: null } as const);
}

function withZone(value: Cell): string {
  const text = String(value ?? '').replace(' ', 'T');
  return text.length > 10 && !/(Z|[+-]\d{2}(:?\d{2})?)$/.test(text.slice(10)) ? `${text}Z` : text;
}

function said(value: Cell): string {
  return String(value ?? '–')
    .replace('T', ' ')
    .replace(/ 00:00:00(\.0+)?Z?$/, '');
}

function yearIn(value: Cell): number {
  const found = /^(-?\d{1,6})-/.exec(String(value ?? ''));
  return found === null ? 2000 : Number(found[1]);
}
