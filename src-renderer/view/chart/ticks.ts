/**
 * Where an axis is marked: at round numbers, or at the beginnings of days, months and years.
 */

/**
 * Round numbers (1, 2 or 5 times a power of ten apart) within a range.
 *
 * @param target Wished number of ticks; a hint. Fewer than 1 gives none, as does a range that is empty or not finite.
 */
export function numberTicks(low: number, high: number, target: number): readonly number[] {
  if (!Number.isFinite(low) || !Number.isFinite(high) || !(high > low) || target < 1) return [];
  // Ends whose difference is beyond the greatest number are marked at a tenth of their size.
  if (!Number.isFinite(high - low)) return numberTicks(low / 10, high / 10, target).map((tick) => 10 * tick);
  const rough = (high - low) / target;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((m) => m * power).find((s) => s >= rough * 0.999) ?? 10 * power;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  // Multiplying whole steps and rounding to their power keeps 0.30000000000000004 away.
  const digits = Math.max(0, -Math.floor(Math.log10(step)));
  return Array.from({ length: last - first + 1 }, (_, i) => {
    const tick = (first + i) * step;
    return digits <= 15 ? Number(tick.toFixed(digits)) : tick;
  });
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const month = 30.44 * day;
const year = 365.25 * day;

/** Steps of a fixed length, in milliseconds; beyond a week, months and years are counted by the calendar. */
const fixed = [
  second,
  5 * second,
  15 * second,
  30 * second,
  minute,
  5 * minute,
  15 * minute,
  30 * minute,
  hour,
  3 * hour,
  6 * hour,
  12 * hour,
  day,
  2 * day,
  7 * day,
];
const months = [1, 2, 3, 6];

export type TimeUnit = 'time' | 'day' | 'month' | 'year';

/**
 * Beginnings of seconds … years in UTC within a range of milliseconds since 1970, and the unit they are read in.
 *
 * @param target Wished number of ticks; a hint.
 */
export function timeTicks(
  low: number,
  high: number,
  target: number,
): { readonly ticks: readonly number[]; readonly unit: TimeUnit } {
  if (!Number.isFinite(low) || !Number.isFinite(high) || !(high > low) || target < 1) {
    return { ticks: [], unit: 'day' };
  }
  const rough = (high - low) / target;
  const step = fixed.find((s) => s >= rough);
  if (step !== undefined) {
    const first = Math.ceil(low / step);
    const ticks = Array.from({ length: Math.floor(high / step) - first + 1 }, (_, i) => (first + i) * step);
    return { ticks, unit: step >= day ? 'day' : 'time' };
  }
  const inMonths = months.find((m) => m * month >= rough);
  const every = inMonths ?? 12 * Math.max(1, Math.round(niceYears(rough / year)));
  const start = new Date(low);
  const begin =
    inMonths === undefined
      ? Math.floor(start.getUTCFullYear() / (every / 12)) * every
      : start.getUTCFullYear() * 12 + Math.floor(start.getUTCMonth() / every) * every;
  const ticks: number[] = [];
  for (let m = begin; ticks.length < 100; m += every) {
    const at = new Date(0).setUTCFullYear(Math.floor(m / 12), m % 12, 1);
    if (at > high || Number.isNaN(at)) break;
    if (at >= low) ticks.push(at);
  }
  return { ticks, unit: inMonths === undefined ? 'year' : 'month' };
}

function niceYears(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  return [1, 2, 5, 10].map((m) => m * power).find((s) => s >= rough * 0.999) ?? 10 * power;
}

/** How a tick reads. Years are named at their beginning when the unit is a month. */
export function timeTick(ms: number, unit: TimeUnit): string {
  const iso = new Date(ms).toISOString();
  const [date = '', clock = ''] = iso.split('T');
  const [, m = '', d = ''] = /(\d{2})-(\d{2})$/.exec(date) ?? [];
  const name = monthNames[Number(m) - 1] ?? '';
  switch (unit) {
    case 'time':
      return clock.startsWith('00:00:00')
        ? `${name} ${Number(d)}`
        : clock.slice(0, clock.slice(6, 8) === '00' ? 5 : 8);
    case 'day':
      return `${name} ${Number(d)}`;
    case 'month':
      return m === '01' ? date.slice(0, -6) : name;
    default:
      return date.slice(0, -6);
  }
}

const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
