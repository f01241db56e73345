/**
 * Functional dependencies: refuted on a sample in memory, proved by one statement over all rows.
 *
 * Rows with a null on the left are left out; a null on the right is a value like any other. What chance alone would give
 * is no finding: see `mightBeChance`.
 */
import { identifier } from '../sql';
import type { Column } from '../table';
import type { Codes } from './category';
import { categorySql } from './plan';
import { NEAR } from './relation';

/** Rows of a sample by their left value; groups of one row are not kept, they speak for nothing. */
export interface Partition {
  /** Rows that have a left value. */
  readonly rows: number;
  readonly groups: number;
  /** Row numbers, group after group, and where each group ends. */
  readonly order: Uint32Array;
  readonly ends: readonly number[];
}

export function partitionOf({ codes, distinct }: Codes): Partition {
  const sizes = new Uint32Array(distinct + 1);
  let rows = 0;
  for (const code of codes) {
    if (code < 0) continue;
    sizes[code]!++;
    rows++;
  }
  const starts = new Uint32Array(distinct + 1);
  const ends: number[] = [];
  let at = 0;
  for (let code = 0; code < distinct; code++) {
    starts[code] = at;
    if (sizes[code]! < 2) continue;
    at += sizes[code]!;
    ends.push(at);
  }
  const order = new Uint32Array(at);
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row]!;
    if (code >= 0 && sizes[code]! > 1) order[starts[code]!++] = row;
  }
  return { rows, groups: distinct, order, ends };
}

/** Rows that do not have the most frequent right value of their group; stops counting beyond `most`. */
export function breaking({ order, ends }: Partition, right: Codes, most: number): number {
  const counts = new Uint32Array(right.distinct + 1);
  let found = 0;
  let begin = 0;
  for (const end of ends) {
    let top = 0;
    for (let i = begin; i < end; i++) {
      // A missing value has the code −1 and is counted in the first place.
      const n = ++counts[right.codes[order[i]!]! + 1]!;
      if (n > top) top = n;
    }
    for (let i = begin; i < end; i++) counts[right.codes[order[i]!]! + 1] = 0;
    found += end - begin - top;
    if (found > most) return found;
    begin = end;
  }
  return found;
}

/** The chance that two rows have the same right value, and the share of its most frequent one. */
export function sameness(right: Codes): { readonly same: number; readonly top: number } {
  const counts = new Float64Array(right.distinct + 1);
  for (const code of right.codes) counts[code + 1]!++;
  const n = Math.max(1, right.codes.length);
  let [same, top] = [0, 0];
  for (const k of counts) {
    same += (k / n) ** 2;
    top = Math.max(top, k / n);
  }
  return { same, top };
}

/** Values of a column taken together with those of another. */
export function together(a: Codes, b: Codes): Codes {
  const known = new Map<number, number>();
  const codes = new Int32Array(a.codes.length);
  for (let i = 0; i < codes.length; i++) {
    const [x, y] = [a.codes[i]!, b.codes[i]!];
    if (x < 0 || y < 0) {
      codes[i] = -1;
      continue;
    }
    const key = x * b.distinct + y;
    let code = known.get(key);
    if (code === undefined) {
      code = known.size;
      known.set(key, code);
    }
    codes[i] = code;
  }
  return { codes, distinct: known.size };
}

/**
 * Whether columns without any bond would agree as well: each row beyond the first of its group agrees by chance as often
 * as two rows have the same right value, and all of them together would less often than once in a billion.
 */
export function mightBeChance(rows: number, groups: number, same: number): boolean {
  return (rows - groups) * -Math.log(Math.min(1, same)) < 20.7;
}

/**
 * Whether rows agree so often that it says something: nearly all whose left value occurs more than once, and far more
 * than the most frequent right value alone gives.
 */
export function isNear(
  { rows, agree, support }: { readonly rows: number; readonly agree: number; readonly support: number },
  top: number,
): boolean {
  if (support === 0 || rows - agree > (1 - NEAR) * support) return false;
  return top < 1 && (agree / rows - top) / (1 - top) >= 0.9;
}

/** A column as it is compared: types that do not order by themselves as text. */
export function comparedSql(column: Column): string {
  return column.kind === 'text' ? categorySql(column) : identifier(column.name);
}

function leftSql(left: readonly Column[]): { list: string; names: string; filled: string } {
  return {
    list: left.map((c, i) => `${comparedSql(c)} AS l${i}`).join(', '),
    names: left.map((_, i) => `l${i}`).join(', '),
    filled: left.map((_, i) => `l${i} IS NOT NULL`).join(' AND '),
  };
}

/** Rows, groups, and for each right column the groups in which it has more than one value. */
export function determinesSql(from: string, left: readonly Column[], rights: readonly Column[]): string {
  const { list, names, filled } = leftSql(left);
  const one = rights.map(
    (_, i) => `NOT (min(r${i}) IS NOT DISTINCT FROM max(r${i}) AND count(r${i}) IN (0, count(*))) AS b${i}`,
  );
  return `SELECT count(*), sum(n), sum(n) FILTER (n > 1), ${rights.map((_, i) => `count_if(b${i})`).join(', ')}
FROM (SELECT count(*) AS n, ${one.join(', ')}
  FROM (SELECT ${list}, ${rights.map((c, i) => `${comparedSql(c)} AS r${i}`).join(', ')} FROM ${from})
  WHERE ${filled} GROUP BY ${names})`;
}

/** Rows, rows that agree with the most frequent right value of their left value, groups, and rows in groups of several. */
export function agreementSql(from: string, left: readonly Column[], right: Column): string {
  const { list, names, filled } = leftSql(left);
  return `SELECT sum(n) AS rows, sum(most) AS agree, count(*) AS groups, sum(n) FILTER (n > 1) AS support
FROM (SELECT sum(n) AS n, max(n) AS most
  FROM (SELECT ${names}, r, count(*) AS n
    FROM (SELECT ${list}, ${comparedSql(right)} AS r FROM ${from})
    WHERE ${filled} GROUP BY ALL)
  GROUP BY ${names})`;
}

/** Characters of a value that are shown. */
const SHOWN = 200;

/**
 * The rows that break a dependency, by their left values: left, right, the right value most rows have, other columns;
 * and how many rows break it in all.
 */
export function breaksSql(
  from: string,
  left: readonly Column[],
  right: Column,
  others: readonly Column[],
  offset: number,
  limit: number,
): { readonly page: string; readonly total: string } {
  const { list, names, filled } = leftSql(left);
  const shown = (c: Column) =>
    c.kind === 'text' || c.kind === 'nested'
      ? `left(${identifier(c.name)}::VARCHAR, ${SHOWN})`
      : identifier(c.name);
  const rest = others.map((c, i) => `${shown(c)} AS o${i}`);
  const parts = [list, `${comparedSql(right)} AS r`, ...rest].join(', ');
  // Of equally frequent values the least counts as the one that most rows have.
  const known = `WITH p AS (SELECT ${parts} FROM ${from}),
c AS (SELECT ${names}, r, count(*) AS n FROM p WHERE ${filled} GROUP BY ALL),
m AS (SELECT ${names}, arg_min({'v': r}, {'n': -n, 'last': r IS NULL, 'v': r}).v AS most FROM c GROUP BY ${names} HAVING count(*) > 1)`;
  const broken = `FROM p JOIN m USING (${names}) WHERE r IS DISTINCT FROM most`;
  const text = (name: string, column: Column) => (column.kind === 'text' ? `left(${name}, ${SHOWN})` : name);
  const select = [
    ...left.map((c, i) => text(`l${i}`, c)),
    text('r', right),
    text('most', right),
    ...others.map((_, i) => `o${i}`),
  ].join(', ');
  const order = [names, 'r', ...others.map((_, i) => `o${i}`)].join(', ');
  return {
    page: `${known}\nSELECT ${select}\n${broken}\nORDER BY ${order} LIMIT ${limit} OFFSET ${offset}`,
    total: `${known}\nSELECT count(*)\n${broken}`,
  };
}
