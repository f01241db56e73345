/**
 * An order of columns in which what goes together stands together.
 */
import type { Association } from './relation';

/**
 * Orders columns by clustering: the two nearest groups become one until one is left, groups being as far apart as their
 * members on average (UPGMA). Joined groups are turned so that their nearest ends meet.
 *
 * @param count Columns.
 * @param pairs Their associations; columns without one are as far apart as can be.
 * @returns Indexes of the columns in their new order.
 */
export function clusteredOrder(count: number, pairs: readonly Association[]): readonly number[] {
  const far = Array.from({ length: count }, () => new Float64Array(count).fill(1));
  for (const { a, b, value } of pairs) far[a]![b] = far[b]![a] = 1 - Math.abs(value ?? 0);
  const between = far.map((row) => row.slice());
  const groups: (number[] | null)[] = Array.from({ length: count }, (_, i) => [i]);
  for (let left = count; left > 1; left--) {
    let [p, q, best] = [-1, -1, Infinity];
    for (let i = 0; i < count; i++) {
      if (groups[i] === null) continue;
      for (let j = i + 1; j < count; j++) {
        if (groups[j] === null || between[i]![j]! >= best) continue;
        [p, q, best] = [i, j, between[i]![j]!];
      }
    }
    const [one, other] = [groups[p]!, groups[q]!];
    for (let k = 0; k < count; k++) {
      const mean =
        (between[p]![k]! * one.length + between[q]![k]! * other.length) / (one.length + other.length);
      between[p]![k] = between[k]![p] = mean;
    }
    groups[p] = joined(one, other, far);
    groups[q] = null;
  }
  return groups.find((group) => group !== null) ?? [];
}

function joined(one: number[], other: number[], far: readonly Float64Array[]): number[] {
  const gap = (a: number | undefined, b: number | undefined) => far[a ?? 0]?.[b ?? 0] ?? 1;
  const back = (list: number[]) => [...list].reverse();
  const ways = [
    [gap(one.at(-1), other[0]), one, other],
    [gap(one.at(-1), other.at(-1)), one, back(other)],
    [gap(one[0], other[0]), back(one), other],
    [gap(one[0], other.at(-1)), back(one), back(other)],
  ] as const;
  const best = ways.reduce((least, way) => (way[0] < least[0] ? way : least));
  return [...best[1], ...best[2]];
}
