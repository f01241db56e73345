/**
 * A rule as the condition of a segment: SQL over the column that other tools understand as well.
 */
import { identifier, literal, value } from '../sql';
import type { Rule } from './method';

/** Values and steps that are written out at most; longer lists are no condition to read. */
const WRITTEN = 200;

/**
 * The condition, or null where it cannot be said without functions of our own, or would be too long.
 *
 * @param ends The least and greatest finite value, where the column also holds values that are not; null if it does not.
 */
export function segmentCondition(
  column: string,
  flag: Rule['flag'],
  ends: readonly [number, number] | null,
): string | null {
  const c = identifier(column);
  switch (flag.kind) {
    case 'outside': {
      const floor = flag.positive ? ` AND ${c} > 0` : ends === null ? '' : ` AND ${c} >= ${ends[0]}`;
      const roof = ends === null ? '' : ` AND ${c} <= ${ends[1]}`;
      const sides = [
        ...(flag.low === null ? [] : [floor === '' ? `${c} < ${flag.low}` : `(${c} < ${flag.low}${floor})`]),
        ...(flag.high === null ? [] : [roof === '' ? `${c} > ${flag.high}` : `(${c} > ${flag.high}${roof})`]),
      ];
      return sides.length === 0 ? null : sides.join(' OR ');
    }
    case 'values':
      return flag.values.length === 0 || flag.values.length > WRITTEN
        ? null
        : `${c} IN (${flag.values.map(value).join(', ')})`;
    case 'periods':
      return flag.starts.length === 0 || flag.starts.length > WRITTEN
        ? null
        : `date_trunc('${flag.grain}', ${c}) IN (${flag.starts.map((s) => `TIMESTAMP ${literal(s.replace('T', ' '))}`).join(', ')})`;
    default:
      return null;
  }
}
