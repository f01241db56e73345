/**
 * Which columns lack values in the same rows. Each row is told as the set of columns that it lacks; the few sets that
 * there are give the correlations, the clusters and the commonest combinations at once.
 */
import { identifier } from '../sql';
import type { Cell } from '../table';
import { averageLinkage, leafOrder } from './cluster';
import type { Merge, MissingTogether } from './missing';

/** Columns at most: a set is a whole number of so many bits, and more could not be read. */
export const MEMBERS = 60;
/** Sets that are told. */
export const SETS = 20;
/** Different sets beyond which correlations are taken from a sample of the rows. */
export const DIFFERENT = 50_000;

/** Rows of (set, rows): bit i of a set stands for column i. */
export function setsSql(from: string, columns: readonly string[]): string {
  const bits = columns.map((name, i) => `(${identifier(name)} IS NULL)::BIGINT * ${2n ** BigInt(i)}`);
  return `SELECT ${bits.join(' + ') || '0'} AS missing, count(*) AS n FROM ${from} GROUP BY 1`;
}

export interface SetCount {
  readonly members: readonly number[];
  readonly rows: number;
}

export function readSets(rows: readonly (readonly Cell[])[], columns: number): readonly SetCount[] {
  return rows.map(([set, n]) => {
    const bits = BigInt(String(set ?? 0));
    const members = Array.from({ length: columns }, (_, i) => i).filter((i) => (bits >> BigInt(i)) & 1n);
    return { members, rows: Number(n) };
  });
}

/** In how many rows each two columns both lack their value; on the diagonal, in how many the one does. */
export function bothOf(sets: readonly SetCount[], columns: number): readonly (readonly number[])[] {
  const both = Array.from({ length: columns }, () => new Array<number>(columns).fill(0));
  for (const { members, rows } of sets)
    for (const i of members) for (const j of members) both[i]![j]! += rows;
  return both;
}

/**
 * Pearson's correlation of two yes-or-no figures.
 * @returns null if one of them is the same in all rows.
 */
export function phiOf(both: number, a: number, b: number, rows: number): number | null {
  const spread = Math.sqrt(a) * Math.sqrt(rows - a) * Math.sqrt(b) * Math.sqrt(rows - b);
  return spread === 0 ? null : Math.max(-1, Math.min(1, (rows * both - a * b) / spread));
}

/** Of the rows in which one of two columns lacks its value, the share in which the other does not (Jaccard). */
export function distanceOf(both: number, a: number, b: number): number {
  const either = a + b - both;
  return either === 0 ? 1 : 1 - both / either;
}

/** Correlations and clusters, the columns in the order of the dendrogram. */
export function relate(
  names: readonly string[],
  sets: readonly SetCount[],
): Pick<MissingTogether, 'phi' | 'both' | 'merges'> & { readonly order: readonly number[] } {
  const rows = sets.reduce((n, s) => n + s.rows, 0);
  const both = bothOf(sets, names.length);
  const own = (i: number) => both[i]![i]!;
  const distance = both.map((row, i) => row.map((n, j) => (i === j ? 0 : distanceOf(n, own(i), own(j)))));
  const merges = averageLinkage(distance);
  const order = leafOrder(names.length, merges);
  const placed = new Map(order.map((leaf, place) => [leaf, place]));
  const renamed = (id: number) => placed.get(id) ?? id;
  return {
    order,
    both: order.map((i) => order.map((j) => both[i]![j]!)),
    phi: order.map((i) => order.map((j) => phiOf(both[i]![j]!, own(i), own(j), rows))),
    merges: merges.map((m): Merge => ({ left: renamed(m.left), right: renamed(m.right), height: m.height })),
  };
}
