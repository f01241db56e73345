/**
 * Clusters: columns that lack values in the same rows, joined step by step.
 */
import type { Merge } from './missing';

/**
 * Average linkage (UPGMA): the two branches whose leaves are nearest to each other on average join first, ties by
 * number. Takes the cube of the number of leaves, so it is for some hundred of them.
 * @param distance Symmetric; of leaf i to leaf j, not negative.
 * @returns One merge fewer than there are leaves, heights rising.
 *
 * Source: Sokal and Michener (1958).
 */
export function averageLinkage(distance: readonly (readonly number[])[]): readonly Merge[] {
  const leaves = distance.length;
  const merges: Merge[] = [];
  let open = distance.map((_, i) => ({ id: i, size: 1 }));
  const between = new Map<string, number>();
  const key = (a: number, b: number) => (a < b ? `${a} ${b}` : `${b} ${a}`);
  distance.forEach((row, i) => {
    row.forEach((d, j) => {
      if (i < j) between.set(key(i, j), d);
    });
  });
  while (open.length > 1) {
    let best = { a: open[0]!, b: open[1]!, d: Number.POSITIVE_INFINITY };
    for (const [i, a] of open.entries()) {
      for (const b of open.slice(i + 1)) {
        const d = between.get(key(a.id, b.id)) ?? 0;
        if (d < best.d) best = { a, b, d };
      }
    }
    const { a, b, d } = best;
    const joined = { id: leaves + merges.length, size: a.size + b.size };
    open = open.filter((one) => one !== a && one !== b);
    for (const other of open) {
      const far = a.size * between.get(key(a.id, other.id))! + b.size * between.get(key(b.id, other.id))!;
      between.set(key(joined.id, other.id), far / joined.size);
    }
    open.push(joined);
    merges.push({ left: a.id, right: b.id, height: d });
  }
  return merges;
}

/** The leaves in an order in which no branches cross. */
export function leafOrder(leaves: number, merges: readonly Merge[]): readonly number[] {
  if (merges.length === 0) return Array.from({ length: leaves }, (_, i) => i);
  const order: number[] = [];
  const waiting = [leaves + merges.length - 1];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const merge = merges[id - leaves];
    if (id < leaves || merge === undefined) order.push(id);
    else waiting.push(merge.right, merge.left);
  }
  return order;
}
