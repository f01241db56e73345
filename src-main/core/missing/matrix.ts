/**
 * The matrix of missing: rows in file order cut into strips, so that a change in the file shows as an edge.
 */
import { identifier } from '../sql';
import type { Cell } from '../table';
import type { Break, MissingMatrix } from './missing';

/** Strips at most. */
export const STRIPS = 200;
/** Columns at most: beyond it they would be narrower than can be seen. */
export const COLUMNS = 120;
/** A change is told if the shares differ by so much. */
const CHANGE = 0.2;
/** Share of the rows that must lie on each side of a change. */
const SIDE = 0.02;
/** Changes told at most. */
const TOLD = 5;

/** Rows of a strip, so that there are at most `STRIPS`. */
export function stripLength(rows: number): number {
  return Math.max(1, Math.ceil(rows / STRIPS));
}

/** Rows of (strip, rows, nulls of each column). @param row Name of the row number, which begins at 0. */
export function matrixSql(from: string, row: string, length: number, columns: readonly string[]): string {
  const nulls = columns.map((name) => `count(*) - count(${identifier(name)})`);
  return `SELECT ${identifier(row)} // ${length} AS strip, count(*) AS n,\n  ${nulls.join(',\n  ')}\nFROM ${from}\nGROUP BY 1 ORDER BY 1`;
}

/** Reads the answers of `matrixSql` for several batches of columns, all over the same rows. */
export function readMatrix(
  batches: readonly (readonly (readonly Cell[])[])[],
  length: number,
): MissingMatrix['strips'] {
  return (batches[0] ?? []).map((row, i) => ({
    from: Number(row[0]) * length + 1,
    rows: Number(row[1]),
    nulls: batches.flatMap((batch) => (batch[i] ?? []).slice(2).map(Number)),
  }));
}

/**
 * Where the share of missing of a column changes most: the edge between two strips at which the rows before and after
 * differ most by a chi-squared test, if their shares differ by a fifth or more.
 */
export function breaksOf(columns: readonly string[], strips: MissingMatrix['strips']): readonly Break[] {
  const rows = strips.reduce((n, s) => n + s.rows, 0);
  const found = columns.flatMap((column, k) => {
    const all = strips.reduce((n, s) => n + s.nulls[k]!, 0);
    let best: (Break & { readonly chi2: number }) | null = null;
    let [rowsBefore, nullsBefore] = [0, 0];
    for (const [i, strip] of strips.entries()) {
      if (i > 0 && Math.min(rowsBefore, rows - rowsBefore) >= Math.max(1, SIDE * rows)) {
        const before = nullsBefore / rowsBefore;
        const after = (all - nullsBefore) / (rows - rowsBefore);
        const share = all / rows;
        const spread = share * (1 - share) * (1 / rowsBefore + 1 / (rows - rowsBefore));
        const chi2 = spread === 0 ? 0 : (before - after) ** 2 / spread;
        if (best === null || chi2 > best.chi2) best = { column, row: strip.from, before, after, chi2 };
      }
      rowsBefore += strip.rows;
      nullsBefore += strip.nulls[k]!;
    }
    // Nearly 4 standard errors: the place was chosen among 200, so the usual 2 would often be met by chance.
    return best !== null && Math.abs(best.after - best.before) >= CHANGE && best.chi2 >= 15 ? [best] : [];
  });
  return found
    .sort((a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before))
    .slice(0, TOLD)
    .map(({ chi2: _, ...told }) => told);
}
