/**
 * Times as places on a line.
 */
import type { Cell } from './table';

const date =
  /^(\d{1,6})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(\.\d+)?)?)?(Z|[+-]\d{2}(?::?\d{2})?)?$/;

/**
 * A time as milliseconds since 1970 in UTC; a time of day counts from 1970-01-01; NaN if it is no time, or one beyond what
 * a Date can hold (about 271,000 years).
 * @param value As in transit: years may have any length, and those before the year 1 are followed by `(BC)`.
 */
export function instant(value: Cell | undefined): number {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return Number.NaN;
  const text = value.trim();
  if (/^\d{1,2}:\d{2}/.test(text)) return Date.parse(`1970-01-01T${text}Z`);
  const before = /[T ]?\(BC\)/.exec(text)?.[0];
  const parts = date.exec(before === undefined ? text : text.replace(before, ''));
  if (parts === null) return Date.parse(text.replace(' ', 'T'));
  const [, year, month, day, hours = 0, minutes = 0, seconds = 0, fraction = 0, zone = 'Z'] = parts;
  if (Number(month) < 1 || Number(month) > 12 || Number(day) < 1 || Number(day) > 31) return Number.NaN;
  const midnight = new Date(0).setUTCFullYear(
    before === undefined ? Number(year) : 1 - Number(year),
    Number(month) - 1,
    Number(day),
  );
  const clock = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
  return midnight + clock + Math.floor(1000 * Number(fraction)) - offset(zone);
}

function offset(zone: string): number {
  const [, sign, hours = 0, minutes = 0] = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}
