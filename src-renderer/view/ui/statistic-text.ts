/**
 * How a statistic of a column reads in the window, and what it rests on in words.
 */
import { type ColumnProfile, isFirstLook } from '#core/profile/profile';
import { type Described, inexactness, type Statistic } from '#core/profile/statistic';
import type { Cell } from '#core/table';
import { evidenceWords } from './evidence';
import { count, decimalsOf, decimalsOfMean, none, number, numberOf, share, time, valueText } from './figure';

/** A statistic as it is shown. `off` is absent where it is exact or not there. */
export interface Told {
  readonly text: string;
  readonly off?: string;
}

const kept = new WeakMap<ColumnProfile, Map<string, Told>>();
const nothing: Told = { text: '' };

/** A figure that is not exact has ≈ before it. Nothing, where the column has no such figure, is ''. */
export function statisticTold(of: Described, statistic: Statistic): Told {
  const { profile } = of;
  // What is no figure of the profile does not change with it.
  if (profile === undefined || statistic.figures.length === 0) {
    const value = statistic.read(of);
    if (value === undefined || value === null) return nothing;
    return { text: statistic.key === 'type' ? String(value).toLowerCase() : String(value) };
  }
  let told = kept.get(profile);
  if (told === undefined) {
    told = new Map();
    kept.set(profile, told);
  }
  let found = told.get(statistic.key);
  if (found === undefined) {
    found = tell(of, profile, statistic);
    told.set(statistic.key, found);
  }
  return found;
}

function tell(of: Described, profile: ColumnProfile, statistic: Statistic): Told {
  const value = statistic.read(of);
  if (value === undefined || value === null) return nothing;
  const text = plain(value, profile, statistic);
  const how = inexactness(of, statistic);
  if (how === null) return { text };
  const basis = how.basis === 'sample' ? 'from a sample' : 'estimated';
  const error = how.error === undefined ? '' : `, ± ${short(how.error)} at most in 997 of 1,000 cases`;
  // A word is right or it is not; about right it cannot be.
  return { text: statistic.form === 'word' ? text : `≈ ${text}`, off: `${basis}${error}` };
}

function plain(
  value: Exclude<Cell, null>,
  profile: ColumnProfile,
  { key, form, decimals }: Statistic,
): string {
  switch (form) {
    case 'count':
      return count(Number(value));
    case 'percent':
      return share(Number(value), 100);
    case 'number':
      return number(value, decimals);
    case 'amount':
      if (key === 'sum') return number(value, decimalsOf(profile));
      return key === 'iqr' ? numberOf(value, profile) : number(value, decimalsOfMean(profile));
    case 'value':
      if (key === 'top') return valueText(value, profile);
      return profile.kind === 'time' ? time(value) : valueText(value, profile);
    default:
      return String(value);
  }
}

function short(x: number): string {
  return x >= 100 || Number.isInteger(x) ? count(x) : String(Number(x.toPrecision(2)));
}

/** What a figure is and rests on, in lines: for a tooltip. */
export function statisticWords(of: Described, statistic: Statistic): string {
  const { text, off } = statisticTold(of, statistic);
  const name = of.column.name === '' ? '(no name)' : of.column.name;
  const head = `${statistic.title} of ${name}: ${text === '' ? none : text}`;
  return [head, statistic.means, basisWords(of, statistic, off)].filter((line) => line !== '').join('\n');
}

/** `exact · 42,199 rows · 18 ms`, or how far a figure may be off; '' for what is no figure of the profile. */
export function basisWords(
  { profile, column }: Described,
  statistic: Statistic,
  off: string | undefined,
): string {
  if (!statistic.kinds.includes(column.kind)) return `does not apply to the kind ${column.kind}`;
  if (statistic.figures.length === 0) return '';
  if (profile === undefined) return 'not profiled yet';
  if (isFirstLook(profile)) return `a first look: ${evidenceWords(profile.evidence)}`;
  // The profile as a whole may hold estimates, of which this is none.
  if (off === undefined) return evidenceWords({ ...profile.evidence, basis: 'exact' });
  return `≈ ${off} · ${evidenceWords({ ...profile.evidence, basis: 'exact' }).replace(/^exact · /, '')}`;
}
