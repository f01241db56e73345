/**
 * Statistics: a figure of a column by one name, with what it means, the kinds it applies to, and how it is read from a
 * profile. What all of them are is in statistics.ts.
 */
import type { Cell, Column, Kind } from '../table';
import { type Alert, type ColumnProfile, type Inexact, isFirstLook, isInexact, type Role } from './profile';

/** A column with what is known about it. */
export interface Described {
  readonly column: Column;
  /** Absent until it has arrived. */
  readonly profile: ColumnProfile | undefined;
  /** Roles the design gives it, or the one that is proposed; a dismissed one counts for nothing. */
  readonly roles: readonly {
    readonly role: Role;
    readonly state: 'accepted' | 'suggested' | 'dismissed';
  }[];
  readonly alerts: readonly Alert[];
}

/**
 * How a figure reads: a word; a count; a percentage from 0 to 100; a value of the column; an amount in the unit of the
 * column that is computed over it; a number without a unit.
 */
export type Form = 'word' | 'count' | 'percent' | 'value' | 'amount' | 'number';

export const statisticGroups = [
  'Column',
  'Missing',
  'Distinct values',
  'Range',
  'Moments',
  'Special numbers',
  'Shape',
  'Text and size',
  'Order and time',
  'Most frequent',
  'Alerts',
] as const;
export type StatisticGroup = (typeof statisticGroups)[number];

export interface Statistic {
  /** The name in files: small letters and underscores. */
  readonly key: string;
  /** The name in the window. */
  readonly title: string;
  /** One sentence. */
  readonly means: string;
  readonly group: StatisticGroup;
  /** Kinds it applies to. */
  readonly kinds: readonly Kind[];
  readonly form: Form;
  /** Digits after the point, of numbers without a unit. */
  readonly decimals: number;
  /** Figures of the profile it rests on, by their key; empty if it rests on none. */
  readonly figures: readonly string[];
  /** Undefined or null where the column has none. */
  readonly read: (of: Described) => Cell | undefined;
  /** What it is sorted by, if that is not what it reads. */
  readonly rank: ((of: Described) => number | undefined) | undefined;
  /** How far it may be from the truth, from how far the figures may be; undefined if that is not known. */
  readonly error: (profile: ColumnProfile, errors: readonly number[]) => number | undefined;
}

/** The error of a figure of which it cannot be told from those it is made of. */
export function unknown(): undefined {
  return undefined;
}

export const all: readonly Kind[] = ['number', 'text', 'time', 'boolean', 'nested'];
export const ordered: readonly Kind[] = ['number', 'text', 'time', 'boolean'];
export const sized: readonly Kind[] = ['text', 'nested'];
export const number: readonly Kind[] = ['number'];
export const text: readonly Kind[] = ['text'];
export const time: readonly Kind[] = ['time'];

/** What differs from the usual: a figure of the profile of the same key, whose error is that of the statistic. */
export type More = Partial<Pick<Statistic, 'figures' | 'rank' | 'error' | 'decimals'>>;

/** A statistic that comes from the profile, of the kinds it applies to. */
export function figure(
  group: StatisticGroup,
  key: string,
  title: string,
  kinds: readonly Kind[],
  form: Form,
  means: string,
  read: (profile: ColumnProfile) => Cell | undefined,
  more: More = {},
): Statistic {
  const own = (of: Described) =>
    of.profile === undefined || !kinds.includes(of.column.kind) ? undefined : read(of.profile);
  return { group, key, title, kinds, form, means, read: own, ...usual(key), ...more };
}

/** A statistic that does not come from the profile. */
export function fact(
  group: StatisticGroup,
  key: string,
  title: string,
  means: string,
  read: (of: Described) => Cell | undefined,
  more: More = {},
): Statistic {
  return { group, key, title, kinds: all, form: 'word', means, read, ...usual(key), figures: [], ...more };
}

const usual = (key: string) => ({
  figures: [key],
  rank: undefined,
  decimals: 2,
  error: (_: ColumnProfile, errors: readonly number[]) => errors[0],
});

/** A percentage; undefined of nothing. */
export const shareOf = (part: number, of: number) => (of === 0 ? undefined : (100 * part) / of);

/** Whether it is a figure for most kinds, and stands at the right edge. */
export function isNumeric({ form, key }: Pick<Statistic, 'form' | 'key'>): boolean {
  return form !== 'word' && key !== 'top';
}

/** Why a statistic of a column is not exact, and how far it may be off; null if it is exact, or is not there. */
export function inexactness(of: Described, statistic: Statistic): Inexact | null {
  const { profile } = of;
  if (profile === undefined || !statistic.kinds.includes(profile.kind)) return null;
  const marks = profile.inexact ?? {};
  const how = statistic.figures.map(
    (key): Inexact | undefined => marks[key] ?? marks[key.replace(/\..*$/, '')] ?? partly(marks, `${key}.`),
  );
  // Of a sample everything is, apart from the number of rows, which may be known.
  const off = statistic.figures.map(
    (key, i) => how[i] !== undefined || isInexact(profile, key) || (isFirstLook(profile) && key !== 'rows'),
  );
  if (!off.includes(true)) return null;
  const sampled = profile.evidence.basis === 'sample' || how.some((one) => one?.basis === 'sample');
  const basis = sampled ? 'sample' : 'estimate';
  // A figure that is exact is off by nothing; one whose error is not known makes the whole unknown.
  const errors = off.map((is, i) => (is ? how[i]?.error : 0));
  const known = errors.filter((error) => error !== undefined);
  const error = known.length === errors.length ? statistic.error(profile, known) : undefined;
  return error === undefined ? { basis } : { basis, error };
}

/** A figure of which parts are not exact; how far the whole may be off is not known. */
function partly(marks: Readonly<Record<string, Inexact>>, prefix: string): Inexact | undefined {
  const found = Object.entries(marks).find(([key]) => key.startsWith(prefix));
  return found === undefined ? undefined : { basis: found[1].basis };
}
