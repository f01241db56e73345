/**
 * A sample of a selection in memory, a number for each value, from which relations are first computed or refuted.
 */
import type { RelatedColumn } from '../core/relation/relation';
import type { Reach } from './engine';
import type { Query } from './session';

/** Columns of one statement: enough that scans are few, few enough that converting an answer blocks nobody. */
const BATCH = 100;
/** Values converted at a time. */
const CELLS = 200_000;

export interface Sample {
  /** Rows of the selection. */
  readonly rows: number;
  /** Rows of the sample. */
  readonly taken: number;
  /** Whether the sample is the selection. */
  readonly whole: boolean;
  /** What stands behind FROM to read it. */
  readonly from: string;
}

/** Rows of the selection, and about `wanted` of them from all over it; the selection itself if it is not larger. */
export async function sampleOf(reach: Reach, wanted: number): Promise<Omit<Sample, 'taken'>> {
  const rows = Number((await reach.query(`SELECT count(*) FROM ${reach.from}`)).rows[0]?.[0] ?? 0);
  if (rows <= wanted) return { rows, whole: true, from: reach.from };
  // A filter leaves of the windows only its share.
  const { from, whole } = reach.sample(Math.ceil((wanted * reach.table.rows) / rows));
  return { rows, whole, from };
}

/** Keeps expressions over a sample in a temporary table as columns v0, v1, …; answers its name and its rows. */
export async function keep(
  query: Query,
  from: string,
  expressions: readonly string[],
  table = 'assay_relation_sample',
): Promise<{ name: string; taken: number }> {
  const list = expressions.map((e, i) => `${e} AS v${i}`);
  await query(`CREATE OR REPLACE TEMP TABLE ${table} AS SELECT ${list.join(', ') || '1'} FROM ${from}`);
  const { rows } = await query(`SELECT count(*) FROM ${table}`);
  return { name: table, taken: Number(rows[0]?.[0] ?? 0) };
}

/** Values and different values of the kept columns from `first` on, at most a batch of them. */
export async function surveyed(
  query: Query,
  name: string,
  first: number,
  end: number,
): Promise<readonly { readonly filled: number; readonly distinct: number }[]> {
  const range = Array.from({ length: Math.min(BATCH, end - first) }, (_, i) => first + i);
  const parts = range.map((i) => `count(v${i}), count(DISTINCT v${i})`);
  const row = (await query(`SELECT ${parts.join(', ')} FROM ${name}`)).rows[0] ?? [];
  return range.map((_, i) => ({ filled: Number(row[2 * i] ?? 0), distinct: Number(row[2 * i + 1] ?? 0) }));
}

/** The kept columns as arrays in the order of the rows, NaN for null. */
export async function fetched(
  query: Query,
  name: string,
  taken: number,
  columns: readonly number[],
): Promise<readonly Float64Array[]> {
  const arrays: Float64Array[] = [];
  const width = Math.max(1, Math.floor(CELLS / Math.max(1, taken)));
  for (let first = 0; first < columns.length; first += width) {
    const some = columns.slice(first, first + width);
    const { rows } = await query(`SELECT ${some.map((i) => `v${i}`).join(', ')} FROM ${name} ORDER BY rowid`);
    for (let i = 0; i < some.length; i++) {
      arrays.push(
        Float64Array.from(rows, (row) => {
          const cell = row[i];
          return cell === null || cell === undefined ? Number.NaN : Number(cell);
        }),
      );
    }
  }
  return arrays;
}

/** Lets others have their turn: what computes in memory would otherwise hold up every answer of the service. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** The column with the edges of its bins. */
export function withEdges(column: RelatedColumn, edges: readonly number[]): RelatedColumn {
  return column.scale === 'category' ? column : { ...column, edges };
}
