/**
 * Stretches of time: what a grain's step holds, and the range before a range.
 */
import type { Grain } from '../design/query';
import { instant } from '../instant';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const lengths: Readonly<Partial<Record<Grain, number>>> = { second, minute, hour, day };

/** The number of a step, counted from 1970; steps beside each other differ by one. NaN if it is no time. */
export function stepOf(time: string | number, grain: Grain): number {
  const at = instant(time);
  if (Number.isNaN(at)) return Number.NaN;
  const length = lengths[grain];
  if (length !== undefined) return Math.floor(at / length);
  // The first of January 1970 was a Thursday, and weeks begin on Mondays.
  if (grain === 'week') return Math.floor((at / day + 3) / 7);
  const date = new Date(at);
  const months = 12 * (date.getUTCFullYear() - 1970) + date.getUTCMonth();
  return Math.floor(months / (grain === 'month' ? 1 : grain === 'quarter' ? 3 : 12));
}

function beginOf(step: number, grain: Grain): number {
  const length = lengths[grain];
  if (length !== undefined) return step * length;
  if (grain === 'week') return (7 * step - 3) * day;
  const months = step * (grain === 'month' ? 1 : grain === 'quarter' ? 3 : 12);
  return new Date(0).setUTCFullYear(1970 + Math.floor(months / 12), ((months % 12) + 12) % 12, 1);
}

/** A day as text: `2024-01-31`. */
export function dayText(ms: number): string {
  return Number.isNaN(new Date(ms).getTime()) ? '' : new Date(ms).toISOString().split('T')[0]!;
}

/** First and last instant of the step that a time stands in, as filters take them; null if it is no time. */
export function stretchOf(time: string | number, grain: Grain): readonly [string, string] | null {
  const step = stepOf(time, grain);
  if (Number.isNaN(step)) return null;
  const [from, to] = [beginOf(step, grain), beginOf(step + 1, grain) - 1];
  if (lengths[grain] === undefined || grain === 'day') return [dayText(from), dayText(to)];
  const text = (ms: number) => new Date(ms).toISOString().replace('T', ' ').slice(0, 19);
  return [text(from), `${text(to)}.999999`];
}

/** A day as a count of days; NaN if it is none. */
function dayOf(text: string): number {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? instant(text) / day : Number.NaN;
}

/**
 * The range of the same length that ends the day before a range begins. A range of whole months is preceded by as many
 * whole months. null if the texts are no days or run backwards.
 */
export function rangeBefore(from: string, to: string): { readonly from: string; readonly to: string } | null {
  const [first, last] = [dayOf(from), dayOf(to)];
  if (!(last >= first)) return null;
  const before = dayText((first - 1) * day);
  const wholeMonths = from.endsWith('-01') && dayText((last + 1) * day).endsWith('-01');
  if (wholeMonths) {
    const months = stepOf(to, 'month') - stepOf(from, 'month') + 1;
    return { from: dayText(beginOf(stepOf(from, 'month') - months, 'month')), to: before };
  }
  return { from: dayText((first - (last - first + 1)) * day), to: before };
}

/** How a step of time reads: `2024`, `2024 Q3`, `2024-03`, `2024-03-04`, `2024-03-04 17:00`. */
export function stepText(time: string, grain: Grain | null): string {
  const text = time.replace('T', ' ').replace(/Z$/, '');
  const parts = /^(-?\d+)-(\d{2})-(\d{2})(?: (\d{2}):(\d{2}):(\d{2}))?/.exec(text);
  if (grain === null || parts === null) return text.replace(/ 00:00:00(\.0+)?$/, '');
  const [, year, month = '', date, h = '00', m = '00', s = '00'] = parts;
  switch (grain) {
    case 'year':
      return year!;
    case 'quarter':
      return `${year} Q${Math.ceil(Number(month) / 3)}`;
    case 'month':
      return `${year}-${month}`;
    case 'week':
    case 'day':
      return `${year}-${month}-${date}`;
    default:
      return `${year}-${month}-${date} ${h}:${m}${grain === 'second' ? `:${s}` : ''}`;
  }
}
