/**
 * An answer beside that of the range of time before: which rows of the two stand for the same.
 */
import type { ModelQuery } from '../design/query';
import type { Cell } from '../table';
import { rangeBefore, stepOf } from './period';
import type { AskedColumn } from './question';

type Rows = readonly (readonly Cell[])[];

/** The same question of the range before; null if it asks for no range. */
export function queryBefore(query: ModelQuery): ModelQuery | null {
  const before = query.range && rangeBefore(query.range.from, query.range.to);
  return query.range && before ? { ...query, range: { ...query.range, ...before } } : null;
}

/**
 * The rows of the range before, in the order of the rows they stand beside; null where there is none. Steps of time stand
 * beside each other by their place in their range, other values by being the same.
 */
export function besides(
  query: ModelQuery,
  columns: readonly AskedColumn[],
  now: Rows,
  before: Rows,
): readonly (readonly Cell[] | null)[] {
  const earlier = queryBefore(query)?.range;
  const dimensions = columns.filter((c) => c.kind === 'dimension');
  const key = (row: readonly Cell[], from: string) =>
    JSON.stringify(
      dimensions.map((c, i) => {
        const cell = row[i] ?? null;
        const moved = query.range?.dimension === c.name && c.grain !== null && typeof cell === 'string';
        return moved ? stepOf(cell, c.grain!) - stepOf(from, c.grain!) : [cell];
      }),
    );
  if (earlier === undefined || query.range === undefined) return now.map(() => null);
  const found = new Map(before.map((row) => [key(row, earlier.from), row]));
  return now.map((row) => found.get(key(row, query.range!.from)) ?? null);
}

/** How much a figure changed, as a share of what it was; null if one of the two is missing or it was 0. */
export function changeOf(now: Cell | undefined, before: Cell | undefined): number | null {
  if (now === null || now === undefined || before === null || before === undefined) return null;
  const [a, b] = [Number(now), Number(before)];
  return Number.isFinite(a) && Number.isFinite(b) && b !== 0 ? (a - b) / Math.abs(b) : null;
}
