/**
 * How figures read in the window: grouped, with as many decimals as their column deserves, never rounded in silence to
 * something else than they are. Files never use these.
 */
import { instant } from '#core/instant';
import type { ColumnProfile } from '#core/profile/profile';
import { suggest } from '#core/profile/suggest';
import { type Cell, isFractional } from '#core/table';

const locale = 'en-US';
const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 });
const byDecimals = new Map<string, Intl.NumberFormat>();

/** What stands where there is no figure. */
export const none = '–';

/** A count of rows, columns or values: `42,199`. */
export function count(n: number): string {
  return whole.format(n);
}

/** A count for an axis, where room is short: `2K`, `1.5M`. */
export function shortCount(n: number): string {
  return n < 1 && n > 0 ? String(n) : short.format(n);
}

/** `1 row`, `42,199 rows`. The plural is the singular with an s unless given. */
export function counted(n: number, one: string, many = `${one}s`): string {
  return `${count(n)} ${n === 1 ? one : many}`;
}

/**
 * A share as a percentage without its sign, one decimal: `7.4`. A share that is not 0 never reads 0.0 and one that is
 * not whole never reads 100.0: they read `<0.1` and `>99.9`. No rows: a dash.
 */
export function share(part: number, of: number): string {
  if (of === 0) return none;
  const percentage = (100 * part) / of;
  if (part > 0 && percentage < 0.05) return '<0.1';
  if (part < of && percentage >= 99.95) return '>99.9';
  return percentage.toFixed(1);
}

/** The same with its sign, for sentences: `7.4 %`. */
export function percent(part: number, of: number): string {
  const text = share(part, of);
  return text === none ? none : `${text}\u00a0%`;
}

/** A size in bytes, in steps of 1,000: `2.7 MB`. */
export function bytes(n: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let rest = n;
  let unit = 0;
  while (rest >= 999.5 && unit < units.length - 1) {
    rest /= 1000;
    unit++;
  }
  return `${unit === 0 || rest >= 99.95 ? Math.round(rest) : rest.toFixed(1)}\u00a0${units[unit]}`;
}

/** A duration in milliseconds: `<1 ms`, `18 ms`, `1.2 s`, `2 min 3 s`. */
export function duration(ms: number): string {
  if (ms < 1) return '<1\u00a0ms';
  if (ms < 999.5) return `${Math.round(ms)}\u00a0ms`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)}\u00a0s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)}\u00a0min ${seconds % 60}\u00a0s`;
}

function formatter(decimals: number, grouped: boolean): Intl.NumberFormat {
  const key = `${decimals} ${grouped}`;
  let found = byDecimals.get(key);
  if (found === undefined) {
    found = new Intl.NumberFormat(locale, {
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
      useGrouping: grouped,
    });
    byDecimals.set(key, found);
  }
  return found;
}

/**
 * A number with this many decimals. What would read as zero though it is not, and what is too large for its digits to
 * mean anything, is in scientific notation. Text that is a number (beyond 2^53, or a decimal) is not rounded.
 *
 * @param grouped Whether thousands are parted; they are, unless told otherwise.
 */
export function number(value: Cell | undefined, decimals: number, grouped = true): string {
  if (value === null || value === undefined) return none;
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return numericText(value, grouped);
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : '-∞';
  const size = Math.abs(value);
  if (size >= 1e15 || (value !== 0 && size < 0.5 * 10 ** -decimals)) return value.toExponential(2);
  // A negative zero would keep its sign.
  return formatter(decimals, grouped).format(value === 0 ? 0 : value);
}

function numericText(text: string, grouped: boolean): string {
  if (text === 'Infinity') return '∞';
  if (text === '-Infinity') return '-∞';
  const parts = /^(-?)(\d+)(\.\d+)?$/.exec(text);
  if (parts === null) return text;
  const whole = parts[2] ?? '';
  return `${parts[1]}${grouped ? whole.replace(/\B(?=(\d{3})+$)/g, ',') : whole}${parts[3] ?? ''}`;
}

const naming = new WeakMap<ColumnProfile, boolean>();

/**
 * Whether the numbers of a column are names of things (identifiers, years, codes) rather than amounts: then thousands are
 * not parted, a range says little, and no value lies far out.
 */
export function namesThings(profile: ColumnProfile): boolean {
  let known = naming.get(profile);
  if (known === undefined) {
    const { role } = suggest('', profile);
    known = profile.kind === 'number' && (role === 'key' || role === 'dimension');
    naming.set(profile, known);
  }
  return known;
}

/** A number of a column: its decimals, and thousands parted if they are amounts. A fraction keeps at least two. */
export function numberOf(value: Cell | undefined, profile: ColumnProfile): string {
  const usual = decimalsOf(profile);
  const fraction = typeof value === 'number' && usual < 2 && !Number.isInteger(value);
  return number(value, fraction ? 2 : usual, !namesThings(profile));
}

/**
 * Decimals of the values of a number column: as many as the values we know of are written with; where that is more than
 * four, enough to tell values a hundredth of the spread apart, from 2 to 8. The scale of a decimal; 0 for whole numbers.
 */
export function decimalsOf(profile: ColumnProfile): number {
  if (!isFractional(profile.type)) return 0;
  const scale = /^DECIMAL\(\d+,(\d+)\)/.exec(profile.type)?.[1];
  if (scale !== undefined) return Math.min(Number(scale), 8);
  const known = [profile.min, profile.max, ...profile.top.map((t) => t.value)];
  const written = Math.max(0, ...known.map(writtenDecimals));
  return written <= 4 ? written : decimalsOfSpread(profile.stddev ?? 0);
}

/** Digits after the point of a number as it is written; 0 for whole numbers and what is written with an exponent. */
export function writtenDecimals(cell: Cell | undefined): number {
  if (cell === null || cell === undefined || typeof cell === 'boolean') return 0;
  return /^-?\d+\.(\d+)$/.exec(String(cell))?.[1]?.length ?? 0;
}

/** Decimals of what is computed over a column (mean, deviation): at least 2. */
export function decimalsOfMean(profile: ColumnProfile): number {
  return Math.max(2, decimalsOf(profile), decimalsOfSpread(profile.stddev ?? 0));
}

function decimalsOfSpread(spread: number): number {
  if (!(spread > 0) || !Number.isFinite(spread)) return 2;
  return Math.min(8, Math.max(2, 1 - Math.floor(Math.log10(spread))));
}

/** A coefficient from −1 to 1, two decimals: `0.82`. One that is not whole never reads 1.00; none: a dash. */
export function coefficient(value: number | null): string {
  if (value === null) return none;
  const size = Math.abs(value);
  const text = size < 1 && size >= 0.995 ? '>0.99' : size.toFixed(2);
  if (size >= 0.005 && value < 0) return text.startsWith('>') ? '<−0.99' : `−${text}`;
  return text;
}

/** ISO text as it reads best: a blank for the T, no midnight if the whole column is dates. */
export function time(value: Cell | undefined): string {
  if (value === null || value === undefined) return none;
  return String(value)
    .replace('T', ' ')
    .replace(/ 00:00:00(\.0+)?Z?$/, '');
}

/** Any value of a column of this profile, for lists and readouts. Empty and blank text say what they are. */
export function valueText(value: Cell | undefined, profile: ColumnProfile): string {
  if (value === null || value === undefined) return 'null';
  switch (profile.kind) {
    case 'number':
      return numberOf(value, profile);
    case 'time':
      return time(value);
    default:
      return plainText(value);
  }
}

/** Text as it is, except that what cannot be seen is named. */
export function plainText(value: Cell): string {
  if (value === null) return 'null';
  const text = String(value);
  if (text === '') return '(empty)';
  return text.trim() === '' ? '(blank)' : text;
}

/** A long name by its beginning and, more telling where many begin alike, its end. @param most Characters, at least 8. */
export function shortName(name: string, most: number): string {
  const letters = [...name];
  if (letters.length <= most) return name;
  const start = Math.floor((most - 1) / 3);
  return `${letters.slice(0, start).join('').trimEnd()}…${letters
    .slice(start + 1 - most)
    .join('')
    .trimStart()}`;
}

const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' });
const dayOfYear = new Intl.DateTimeFormat(locale, {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});

/** From a first to a last time, in days: `Jan 1 – Dec 31, 2017`. Text that is not a date stands as it is. */
export function span(low: Cell | undefined, high: Cell | undefined): string {
  const [from, to] = [instant(low), instant(high)];
  if (Number.isNaN(from) || Number.isNaN(to)) return `${time(low)} … ${time(high)}`;
  if (Math.floor(from / 86_400_000) === Math.floor(to / 86_400_000)) return dayOfYear.format(from);
  const sameYear = new Date(from).getUTCFullYear() === new Date(to).getUTCFullYear();
  return `${(sameYear ? day : dayOfYear).format(from)} – ${dayOfYear.format(to)}`;
}
