/**
 * An answer laid out anew: the values of one dimension become columns.
 */
import type { Cell } from '../table';

export interface Pivot {
  /** Values of the dimension that is laid over columns. */
  readonly heads: readonly Cell[];
  /** Of each row its other dimensions, and for each head the measures; null where the answer has no such row. */
  readonly rows: readonly {
    readonly keys: readonly Cell[];
    readonly cells: readonly (readonly Cell[] | null)[];
  }[];
  /** Values that found no room. */
  readonly left: number;
}

/** Values that become columns. */
export const mostHeads = 24;

/**
 * @param at Which of the dimensions is laid over columns.
 * @param dimensions How many columns of the answer are dimensions; the others are measures.
 * @param sorted Whether heads stand in the order of their values; else in that of the answer.
 */
export function pivot(
  rows: readonly (readonly Cell[])[],
  at: number,
  dimensions: number,
  sorted: boolean,
  most = mostHeads,
): Pivot {
  const heads = new Map<string, Cell>();
  const keyed = new Map<string, { keys: readonly Cell[]; cells: Map<string, readonly Cell[]> }>();
  const name = (cell: Cell) => JSON.stringify(cell);
  for (const row of rows) {
    const head = row[at] ?? null;
    heads.set(name(head), head);
    const keys = row.slice(0, dimensions).filter((_, i) => i !== at);
    const key = JSON.stringify(keys);
    const found = keyed.get(key) ?? { keys, cells: new Map() };
    keyed.set(key, found);
    found.cells.set(name(head), row.slice(dimensions));
  }
  const all = [...heads.values()];
  if (sorted) all.sort(inOrder);
  const shown = all.slice(0, most);
  return {
    heads: shown,
    rows: [...keyed.values()].map(({ keys, cells }) => ({
      keys,
      cells: shown.map((head) => cells.get(name(head)) ?? null),
    })),
    left: all.length - shown.length,
  };
}

function inOrder(a: Cell, b: Cell): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0;
}
