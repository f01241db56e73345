/**
 * Sketches of the values of columns, by which most pairs are refuted before a join is measured: the different values whose
 * hash is a multiple of a power of two. Two sketches are compared on the values that both would hold.
 *
 * Source: Broder, "On the resemblance and containment of documents" (1997), with hashes taken by modulus.
 */
import { identifier } from '../sql';
import type { Column } from '../table';

/** How values are compared: as numbers, as texts without case and blanks around them, as times. */
export type Form = 'number' | 'text' | 'time';

/** What one scan says of a column in a form. The distinct values are an estimate that may be off by a third. */
export interface Extent {
  readonly filled: number;
  readonly distinct: number;
  /** Of numbers and times (in seconds since 1970); null for texts. */
  readonly low: number | null;
  readonly high: number | null;
}

export interface Sketch {
  /** A power of two. */
  readonly modulus: number;
  /** Hashes of the values, 53 bits of each, divided by nothing: multiples of the modulus in their low bits. */
  readonly hashes: ReadonlySet<number>;
  /** Numbers behind the hashes, ascending; empty for texts. */
  readonly values: Float64Array;
  /** Rows that have these values. */
  readonly rows: number;
}

/** Values a sketch holds, about. */
const HELD = 4096;

/** The values of a column in a form; null where they cannot be read so. */
export function formSql({ name, kind, type }: Column, form: Form): string {
  const quoted = identifier(name);
  // To trim a text costs more than all else; most begin and end with no blank.
  if (form === 'text') {
    const text = `${quoted}::VARCHAR`;
    return `lower(CASE WHEN ${text} < '!' OR ${text} >= chr(160) OR suffix(${text}, ' ') THEN trim(${text}) ELSE ${text} END)`;
  }
  if (form === 'time') return type === 'DATE' ? `epoch(${quoted}::TIMESTAMP)` : `epoch(${quoted})`;
  return kind === 'text' ? `TRY_CAST(trim(${quoted}::VARCHAR) AS DOUBLE)` : `${quoted}::DOUBLE`;
}

/** Four figures of a column: values, different values about, the least and the greatest. */
export function extentParts(column: Column, form: Form): readonly string[] {
  const sql = form === 'text' ? identifier(column.name) : formSql(column, form);
  // The least text says nothing about whether texts meet.
  const ends = form === 'text' ? ['NULL', 'NULL'] : [`min(${sql})`, `max(${sql})`];
  return [`count(${sql})`, `approx_count_distinct(${sql})`, ...ends];
}

export function modulusFor(distinct: number): number {
  return 2 ** Math.max(0, Math.ceil(Math.log2(Math.max(1, distinct) / HELD)));
}

/** Rows: the hash, the number or null, and how many rows have the value. */
export function sketchSql(from: string, column: Column, form: Form, modulus: number): string {
  const value = form === 'text' ? 'NULL' : 'any_value(x)';
  return `SELECT (h & 9007199254740991)::BIGINT, ${value}, count(*) FROM (
  SELECT x, hash(x) AS h FROM (SELECT ${formSql(column, form)} AS x FROM ${from}) WHERE x IS NOT NULL
) WHERE h % ${modulus} = 0 GROUP BY h`;
}

export function readSketch(rows: readonly (readonly unknown[])[], modulus: number): Sketch {
  const numbers = rows.flatMap(([, x]) => (x === null || !Number.isFinite(Number(x)) ? [] : [Number(x)]));
  return {
    modulus,
    hashes: new Set(rows.map(([h]) => Number(h))),
    values: Float64Array.from(numbers).sort(),
    rows: rows.reduce((sum, [, , n]) => sum + Number(n), 0),
  };
}

/** Share of the values of `a` that `b` has too, and from how many it was found. */
export function containment(a: Sketch, b: Sketch): { readonly share: number; readonly of: number } {
  const modulus = Math.max(a.modulus, b.modulus);
  let [of, found] = [0, 0];
  for (const hash of a.hashes) {
    if (hash % modulus !== 0) continue;
    of++;
    if (b.hashes.has(hash)) found++;
  }
  return { share: of === 0 ? 0 : found / of, of };
}

/**
 * How likely a value from where most of `from` lies is in `to` by accident: the share of the places there that `to` fills,
 * where places are as far apart as the values of `to` let them be.
 * @returns 0…1; for texts, which have no places, what their kind makes likely.
 */
export function chanceOf(from: Sketch, to: Sketch, form: Form, length: number): number {
  if (form === 'text') return length <= 2 ? 0.3 : length <= 4 ? 0.1 : 0.03;
  const { values } = from;
  if (values.length === 0 || to.values.length === 0) return 1;
  const at = (share: number) => values[Math.floor(share * (values.length - 1))]!;
  const [low, high] = [at(0.05), at(0.95)];
  const inside = to.values.filter((x) => x >= low && x <= high).length * to.modulus;
  const places = (high - low) / stepOf(to.values) + 1;
  return Math.min(1, Math.max(1 / places, inside / places));
}

/** The greatest step on which all these numbers lie; 1 for fractions. */
function stepOf(values: Float64Array): number {
  let step = 0;
  for (let i = 1; i < values.length; i++) {
    let [a, b] = [Math.abs(values[i]! - values[0]!), step];
    if (!Number.isSafeInteger(a)) return 1;
    while (b > 0) [a, b] = [b, a % b];
    step = a;
    if (step === 1) break;
  }
  return Math.max(1, step);
}
