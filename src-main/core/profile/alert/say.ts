/**
 * What all families of alerts use to say something.
 */
import type { Filter } from '../../filter';
import type { Cell } from '../../table';
import type { Alert, AlertCode, ColumnProfile } from '../profile';

/** A column's profile with the facts that most alerts ask for. */
export interface Facts {
  readonly profile: ColumnProfile;
  /** Values that are not null; at least 1. */
  readonly filled: number;
}

export type Family = (facts: Facts) => readonly Alert[];

export const count = (n: number) => n.toLocaleString('en-US');
export const counted = (n: number, one: string) => `${count(n)} ${n === 1 ? one : `${one}s`}`;

/** A share in percent; what is there never reads 0 %, and what is not all never 100 %. */
export function percent(n: number, of: number): string {
  const share = (100 * n) / of;
  if (n > 0 && share < 0.05) return '< 0.1 %';
  if (n < of && share >= 99.95) return '> 99.9 %';
  return `${share.toLocaleString('en-US', { maximumFractionDigits: 1 })} %`;
}

export const figure = (x: number) => x.toLocaleString('en-US', { maximumFractionDigits: 2 });

/** A value in a message: short, on one line, never empty. */
export function quoted(value: Cell): string {
  const text = String(value).replace(/\s+/g, ' ');
  const short = text.length > 60 ? `${text.slice(0, 59)}…` : text;
  return short.trim() === '' ? '(blank)' : short;
}

/** `a (2), b (1) and 3 more`. */
export function listed(items: readonly { readonly value: Cell; readonly count: number }[], most = 5): string {
  const shown = items.slice(0, most).map((item) => `${quoted(item.value)} (${count(item.count)})`);
  const more = items.length - shown.length;
  return `${shown.join(', ')}${more > 0 ? ` and ${count(more)} more` : ''}`;
}

/** An alert that rests on figures of the profile. */
export function about(
  profile: ColumnProfile,
  code: AlertCode,
  severity: Alert['severity'],
  message: string,
  figures: readonly string[],
  rows?: Filter['test'],
): Alert {
  return {
    code,
    column: profile.name,
    severity,
    message,
    figures,
    ...(rows === undefined ? {} : { rows: { column: profile.name, test: rows } }),
  };
}

/** Whether a figure is the true one, and neither estimated nor of a sample. */
export function isExact(profile: ColumnProfile, key: string): boolean {
  return profile.evidence.basis === 'exact' && profile.inexact?.[key] === undefined;
}

/** The year in which a profile was made; null if its clock does not say, as in a test. */
export function yearOf(profile: ColumnProfile): number | null {
  const year = Number(profile.evidence.at.slice(0, 4));
  return year > 2000 ? year : null;
}
