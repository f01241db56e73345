/**
 * All rows of a share of the values of a column: whatever is there twice is there twice in its share, so that a small part of
 * a table refutes what a sample of rows cannot.
 */
import { bitsSql, fitsBits } from '../core/grain/prove';
import type { Candidate } from '../core/grain/rank';
import { identifier } from '../core/sql';
import type { Cell } from '../core/table';
import type { Reach } from './engine';

/** Rows of a share, about, and columns of one statement. */
const SHARE = 100_000;
const BATCH = 16;

export interface Share {
  /** Rows that break the column as a key, about. */
  readonly breaking: number;
  /** A quick proof, where there is one. */
  readonly bits: string | null;
}

/** What a share of the values of each column says of it alone. @param rows Rows of the table. */
export async function sharesOf(
  reach: Reach,
  candidates: readonly Candidate[],
  rows: number,
): Promise<readonly Share[]> {
  const shares: Share[] = [];
  for (let first = 0; first < candidates.length; first += BATCH)
    shares.push(...(await someShares(reach, candidates.slice(first, first + BATCH), rows)));
  return shares;
}

async function someShares(
  { query, from }: Reach,
  candidates: readonly Candidate[],
  rows: number,
): Promise<readonly Share[]> {
  const parts = Math.max(1, Math.floor(rows / SHARE));
  const list = candidates.flatMap(({ column }) => {
    const name = identifier(column.name);
    const share = `FILTER (WHERE hash(${name}) % ${parts} = 0)`;
    const ends = column.kind === 'number' ? [`min(${name})`, `max(${name})`] : ['NULL', 'NULL'];
    return [`count(${name})`, `count(${name}) ${share}`, `count(DISTINCT ${name}) ${share}`, ...ends];
  });
  const row = (await query(`SELECT ${list.join(', ')} FROM ${from}`)).rows[0] ?? [];
  return candidates.map(({ column }, i) => {
    const [filled, some, different, low, high] = row.slice(5 * i, 5 * i + 5).map(numberOf);
    const breaking = rows - filled! + (some! - different!) * parts;
    const bits = fitsBits(column, low!, high!, rows) ? bitsSql(from, column, low!, high!) : null;
    return { breaking, bits };
  });
}

/** Rows that break each set, from all rows of a share of the values of one column that is in all of them. */
export async function sharedBreaks(
  { query, from }: Reach,
  rows: number,
  columns: readonly Candidate[],
  anchor: number,
  sets: readonly (readonly number[])[],
): Promise<readonly number[]> {
  const { column, distinct } = columns[anchor]!;
  const parts = Math.max(1, Math.min(Math.floor(rows / SHARE), Math.floor(distinct / 4)));
  const used = [...new Set(sets.flat())];
  const list = used.map((i) => `hash(${identifier(columns[i]!.column.name)}) AS h${i}`);
  await query(
    `CREATE OR REPLACE TEMP TABLE assay_grain_share AS SELECT ${list.join(', ')} FROM ${from} WHERE hash(${identifier(column.name)}) % ${parts} = 0`,
  );
  const counts = sets.map((set) => `count(*) - count(DISTINCT hash(${set.map((i) => `h${i}`).join(', ')}))`);
  const row = (await query(`SELECT ${counts.join(', ')} FROM assay_grain_share`)).rows[0] ?? [];
  await query('DROP TABLE assay_grain_share');
  return sets.map((_, i) => Number(row[i] ?? 0) * parts);
}

export function numberOf(cell: Cell | undefined): number {
  return cell === null || cell === undefined ? Number.NaN : Number(cell);
}
