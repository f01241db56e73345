/**
 * A join measured: how often each key stands at either end, counted in one pass over both, and what follows from it.
 *
 * Both ends go through one grouping, so that types are brought together once and no key has to be looked up.
 */

import type { Keys } from '../key';
import type { Cell } from '../table';
import type { Cardinality, MeasuredEnd, MeasuredJoin } from './join';

/** So many steps has the histogram of rows per key. */
const STEPS = 12;

/** What is read at an end: what stands behind FROM, and the condition that its key is whole. */
export interface KeyedEnd {
  readonly from: string;
  readonly filled: string;
}

/** One row of what was counted: so many keys have so many rows at either end. */
export interface KeyCount {
  readonly from: number;
  readonly to: number;
  readonly keys: number;
}

/** Counts the keys by their rows at either end. Rows: `from_rows`, `to_rows`, `keys`. */
export function keyCountsSql(from: KeyedEnd, to: KeyedEnd, keys: Keys): string {
  const list = (parts: readonly string[]) => parts.map((part, i) => `${part} AS k${i}`).join(', ');
  const names = keys.from.map((_, i) => `k${i}`).join(', ');
  return `SELECT from_rows, to_rows, count(*) AS keys FROM (
  SELECT count(f) AS from_rows, count(t) AS to_rows FROM (
    SELECT ${list(keys.from)}, 1 AS f, NULL AS t FROM ${from.from} WHERE ${from.filled}
    UNION ALL
    SELECT ${list(keys.to)}, NULL, 1 FROM ${to.from} WHERE ${to.filled}
  ) GROUP BY ${names}
) GROUP BY ALL ORDER BY ALL`;
}

/** Rows of both ends. */
export function endRowsSql(from: KeyedEnd, to: KeyedEnd): string {
  return `SELECT (SELECT count(*) FROM ${from.from}) AS from_rows, (SELECT count(*) FROM ${to.from}) AS to_rows`;
}

export function readKeyCounts(rows: readonly (readonly Cell[])[]): readonly KeyCount[] {
  return rows.map(([from, to, keys]) => ({ from: Number(from), to: Number(to), keys: Number(keys) }));
}

/** What the counts say of a join. @param rows Rows of each end, nulls included. */
export function measuredFrom(
  counts: readonly KeyCount[],
  rows: { readonly from: number; readonly to: number },
): Pick<MeasuredJoin, 'from' | 'to' | 'pairs' | 'cardinality'> {
  const turned = counts.map(({ from, to, keys }) => ({ from: to, to: from, keys }));
  const from = endOf(counts, rows.from);
  const to = endOf(turned, rows.to);
  return { from, to, pairs: pairsOf(counts), cardinality: cardinalityOf(from.most, to.most) };
}

/** Pairs of rows that meet. */
function pairsOf(counts: readonly KeyCount[]): number {
  return Number(counts.reduce((sum, c) => sum + BigInt(c.from) * BigInt(c.to) * BigInt(c.keys), 0n));
}

function cardinalityOf(from: number, to: number): Cardinality | null {
  if (from === 0 || to === 0) return null;
  if (from === 1) return to === 1 ? 'one_to_one' : 'one_to_many';
  return to === 1 ? 'many_to_one' : 'many_to_many';
}

/** One end, from its own side: `from` are its rows. */
function endOf(counts: readonly KeyCount[], rows: number): MeasuredEnd {
  let [filled, keys, orphans, orphanKeys] = [0, 0, 0, 0];
  const steps = new Map<number, number>();
  for (const count of counts) {
    if (count.from === 0) continue;
    filled += count.from * count.keys;
    keys += count.keys;
    if (count.to > 0) steps.set(count.from, (steps.get(count.from) ?? 0) + count.keys);
    else {
      orphans += count.from * count.keys;
      orphanKeys += count.keys;
    }
  }
  const each = [...steps].sort(([a], [b]) => a - b);
  return {
    rows,
    nulls: rows - filled,
    keys,
    orphans,
    orphanKeys,
    fewest: each[0]?.[0] ?? 0,
    most: each.at(-1)?.[0] ?? 0,
    perKey: stepsOf(each),
  };
}

function stepsOf(each: readonly (readonly [number, number])[]): MeasuredEnd['perKey'] {
  const shown = each.length <= STEPS ? each : each.slice(0, STEPS - 1);
  const rest = each.slice(shown.length);
  const told = shown.map(([rows, keys]) => ({ rows, keys, andMore: false }));
  if (rest[0] === undefined) return told;
  return [...told, { rows: rest[0][0], keys: rest.reduce((sum, [, n]) => sum + n, 0), andMore: true }];
}
