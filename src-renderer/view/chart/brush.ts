/**
 * What a drag over bins selects, as the two ends of a range filter.
 */
import type { ColumnProfile } from '#core/profile/profile';
import type { Cell } from '#core/table';
import type { NumericBin } from './bins';

/** Both ends inclusive, in the column's own values. */
export interface Range {
  readonly low: Cell;
  readonly high: Cell;
}

/**
 * The range of the bins from one index to another, in either order. Bins are open on the right, ranges are not: where
 * values come in steps (whole numbers, decimals, days), the range ends one step before the edge of the next bin.
 * null if there is no such bin.
 */
export function rangeOfBins(
  profile: ColumnProfile,
  bins: readonly NumericBin[],
  from: number,
  to: number,
): Range | null {
  const low = bins[Math.min(from, to)];
  const high = bins[Math.max(from, to)];
  if (low === undefined || high === undefined) return null;
  const last = high === bins.at(-1);
  const step = stepOf(profile);
  const end = last || step === 0 || high.high - high.low < step ? high.high : high.high - step;
  return { low: cellOf(profile, low.low), high: cellOf(profile, Math.max(end, low.low)) };
}

/** The least distance of two values, in the column's unit or milliseconds; 0 if they are not in steps. */
function stepOf(profile: ColumnProfile): number {
  if (profile.kind === 'time') return profile.type === 'DATE' ? 86_400_000 : 0;
  const scale = /^DECIMAL\(\d+,(\d+)\)/.exec(profile.type)?.[1];
  if (scale !== undefined) return 10 ** -Number(scale);
  return profile.type === 'DOUBLE' || profile.type === 'FLOAT' ? 0 : 1;
}

function cellOf(profile: ColumnProfile, edge: number): Cell {
  if (profile.kind !== 'time') return Number(edge.toPrecision(15));
  const [date = '', clock = ''] = new Date(edge)
    .toISOString()
    .replace(/\.000Z$|Z$/, '')
    .split('T');
  if (profile.type === 'DATE') return date;
  return profile.type === 'TIME' ? clock : `${date}T${clock}`;
}
