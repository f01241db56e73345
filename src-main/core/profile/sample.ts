/**
 * Samples that speak for the whole table: short windows of rows at equal distances, because rows from the beginning say
 * little about a table that is sorted, and because a window costs only the row groups that it touches.
 */
import { identifier } from '../sql';

/** Rows of a row group of DuckDB. Every group that a window touches is read in good part, so one window each is enough. */
const GROUP = 122_880;
/** Windows of a sample, as far as there are rows. */
const WINDOWS = 48;
/** So few windows still speak for all; where there are fewer row groups, or less than twice as many, each has its windows. */
const FEWEST = 8;

export interface Windows {
  /** A window begins at every multiple of this row number. */
  readonly stride: number;
  /** Rows of a window. */
  readonly rows: number;
}

/**
 * Windows that hold about so many rows.
 * @param total Rows of the table.
 * @param wanted Rows of the sample.
 * @returns null if the table is not larger than the sample: then it is its own.
 */
export function windowsFor(total: number, wanted: number): Windows | null {
  if (total <= wanted) return null;
  const stride = strideOf(total);
  return { stride, rows: Math.min(stride - 1, Math.max(1, Math.ceil((wanted * stride) / total))) };
}

function strideOf(total: number): number {
  const even = Math.floor(total / WINDOWS);
  const groups = Math.floor(total / GROUP);
  // Half of the groups say as much, and half the bytes need not be read.
  if (even < GROUP && groups >= 2 * FEWEST) return 2 * GROUP;
  return even < GROUP ? Math.max(2, even) : Math.ceil(even / GROUP) * GROUP;
}

/** The condition under which a row lies in a window. @param row The name of the row number. */
export function windowSql(row: string, { stride, rows }: Windows): string {
  return `${identifier(row)} % ${stride} < ${rows}`;
}
