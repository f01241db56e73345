/**
 * Two columns laid against each other: the statements, and what their answers mean.
 */
import type { Grain } from '../profile/bins';
import { identifier } from '../sql';
import type { Cell, Column } from '../table';
import { categorySql, double, numberSql } from './plan';
import type { Box, PairShape, RelatedColumn } from './relation';

/** Categories that have a box of their own, and rows and columns of a table of counts. */
export const BOXES = 20;
export const CROSS = 15;
/** Characters of a category that are shown. */
const SHOWN = 200;

/** Whether a calendar can part the times: a time of day has none. */
export function timeColumn(column: Column): boolean {
  return column.type === 'DATE' || column.type.startsWith('TIMESTAMP');
}

function valueSql({ column, scale }: RelatedColumn): string {
  return scale === 'category' ? categorySql(column) : numberSql(column);
}

export function bothRowsSql(from: string, a: RelatedColumn, b: RelatedColumn): string {
  return `SELECT count(*) AS n FROM (SELECT ${valueSql(a)} AS x, ${valueSql(b)} AS y FROM ${from})
WHERE x IS NOT NULL AND y IS NOT NULL`;
}

/** The cell of a value along an axis: −1 below the first edge, the last index beyond the last; the last cell is closed. */
function cellSql(x: string, edges: readonly number[]): string {
  const last = edges.length - 1;
  const [low, high] = [edges[0]!, edges[last]!];
  const width = (high - low) / last;
  // Division may put a value beside its edge by one unit in the last place; comparing with the edges themselves mends it.
  const at = `[${edges.map(double).join(', ')}]`;
  const rough = `greatest(0, least(${last - 1}, floor((${x} - ${double(low)}) / ${double(width)})))::INTEGER`;
  return `CASE WHEN ${x} < ${double(low)} THEN -1 WHEN ${x} > ${double(high)} THEN ${last}
    WHEN ${x} < (${at})[${rough} + 1] THEN ${rough} - 1
    WHEN ${rough} < ${last - 1} AND ${x} >= (${at})[${rough} + 2] THEN ${rough} + 1 ELSE ${rough} END`;
}

/** Rows by cell of two numbers: (column, row, rows). */
export function cellsSql(
  from: string,
  a: Column,
  b: Column,
  x: readonly number[],
  y: readonly number[],
): string {
  return `SELECT ${cellSql('x', x)} AS i, ${cellSql('y', y)} AS j, count(*) AS n
FROM (SELECT ${numberSql(a)} AS x, ${numberSql(b)} AS y FROM ${from})
WHERE x IS NOT NULL AND y IS NOT NULL GROUP BY ALL ORDER BY i, j`;
}

export function readCells(
  rows: readonly (readonly Cell[])[],
): readonly (readonly [number, number, number])[] {
  return rows.map((r) => [Number(r[0]), Number(r[1]), Number(r[2])] as const);
}

/** Boxes of the most frequent categories and of the rest: (group, rest, n, five numbers, mean, categories). */
export function boxesSql(from: string, category: Column, number: Column): string {
  return `WITH p AS (SELECT * FROM (SELECT ${categorySql(category)} AS g, ${numberSql(number)} AS x FROM ${from})
  WHERE g IS NOT NULL AND x IS NOT NULL),
t AS (SELECT g, row_number() OVER (ORDER BY count(*) DESC, g) AS place FROM p GROUP BY g)
SELECT left(any_value(CASE WHEN place <= ${BOXES} THEN p.g::VARCHAR END), ${SHOWN}) AS g, least(place, ${BOXES + 1}) AS place,
  count(*) AS n, quantile_cont(x, [0, 0.25, 0.5, 0.75, 1])::VARCHAR AS q, avg(x) AS mean, (SELECT count(*) FROM t) AS groups
FROM p JOIN t USING (g) GROUP BY least(place, ${BOXES + 1}) ORDER BY place`;
}

export function readBoxes(rows: readonly (readonly Cell[])[], flipped: boolean): PairShape {
  const boxes = rows.map((r): Box => {
    const [min = 0, q1 = 0, median = 0, q3 = 0, max = 0] = String(r[3])
      .replace(/[[\]]/g, '')
      .split(',')
      .map(Number);
    const rest = Number(r[1]) > BOXES;
    return {
      group: rest ? null : (r[0] ?? null),
      rest,
      n: Number(r[2]),
      min,
      q1,
      median,
      q3,
      max,
      mean: Number(r[4]),
    };
  });
  return { kind: 'boxes', boxes, groups: Number(rows[0]?.[5] ?? 0), flipped };
}

/** Rows by the most frequent categories of two columns: (row, column, row's place, column's place, n). */
export function crossSql(from: string, a: Column, b: Column): string {
  const ranked = (c: string) =>
    `SELECT ${c}, row_number() OVER (ORDER BY count(*) DESC, ${c}) AS place FROM p GROUP BY ${c}`;
  const shown = (c: string, t: string) =>
    `left(any_value(CASE WHEN ${t}.place <= ${CROSS} THEN p.${c}::VARCHAR END), ${SHOWN})`;
  return `WITH p AS (SELECT * FROM (SELECT ${categorySql(a)} AS x, ${categorySql(b)} AS y FROM ${from})
  WHERE x IS NOT NULL AND y IS NOT NULL),
r AS (${ranked('x')}),
c AS (${ranked('y')})
SELECT ${shown('x', 'r')} AS x, ${shown('y', 'c')} AS y, least(r.place, ${CROSS + 1}) AS i, least(c.place, ${CROSS + 1}) AS j, count(*) AS n
FROM p JOIN r USING (x) JOIN c USING (y) GROUP BY i, j ORDER BY i, j`;
}

export function readCross(answer: readonly (readonly Cell[])[]): PairShape {
  const places = (at: number) => Math.max(0, ...answer.map((r) => Number(r[at])));
  const [height, width] = [places(2), places(3)];
  const rows: Cell[] = Array.from({ length: height }, () => null);
  const columns: Cell[] = Array.from({ length: width }, () => null);
  const counts = rows.map(() => new Array<number>(width).fill(0));
  for (const [x, y, i, j, n] of answer) {
    rows[Number(i) - 1] = x ?? null;
    columns[Number(j) - 1] = y ?? null;
    counts[Number(i) - 1]![Number(j) - 1] = Number(n);
  }
  return { kind: 'counts', rows, columns, restRow: height > CROSS, restColumn: width > CROSS, counts };
}

/** A number over time: (start of the step, rows, mean, median). */
export function lineSql(from: string, time: Column, number: Column, grain: Grain): string {
  const t = identifier(time.name);
  return `SELECT date_trunc('${grain}', t)::VARCHAR AS at, count(x) AS n, avg(x) AS mean, median(x) AS median
FROM (SELECT ${t}::TIMESTAMP AS t, ${numberSql(number)} AS x FROM ${from})
WHERE isfinite(t) AND x IS NOT NULL GROUP BY 1 ORDER BY min(t)`;
}
