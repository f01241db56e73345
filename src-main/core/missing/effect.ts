/**
 * What dropping rows or filling values in would change.
 */
import { identifier } from '../sql';
import { type Cell, type Column, isFloating } from '../table';
import type { Effect, MissingEffect } from './missing';

/** One row: rows, rows left, and for each column the rows that lack it and none of the others. */
export function leftSql(from: string, drop: readonly string[]): string {
  const lacking = drop.map((name) => `(${identifier(name)} IS NULL)::INTEGER`);
  const sum = lacking.length === 0 ? '0' : lacking.join(' + ');
  const alone = drop.map((name) => `count_if(k = 1 AND m${drop.indexOf(name)})`);
  const marks = drop.map((name, i) => `, ${identifier(name)} IS NULL AS m${i}`);
  return `SELECT ${['count(*)', 'count_if(k = 0)', ...alone].join(', ')}\nFROM (SELECT ${sum} AS k${marks.join('')} FROM ${from})`;
}

export function readLeft(
  drop: readonly string[],
  row: readonly Cell[],
): Pick<MissingEffect, 'rows' | 'left' | 'alone'> {
  return {
    rows: Number(row[0] ?? 0),
    left: Number(row[1] ?? 0),
    alone: drop.map((column, i) => ({ column, rows: Number(row[2 + i] ?? 0) })),
  };
}

const ways: readonly Effect['way'][] = ['present', 'drop', 'zero', 'mean', 'median', 'mode'];

/**
 * One row for each way, in order: way, fill, values, mean, median, deviation. NaN and infinities are left out, and are
 * not filled either.
 */
export function effectSql(from: string, column: Column, drop: readonly string[]): string {
  const c = identifier(column.name);
  const x = isFloating(column.type)
    ? `CASE WHEN ${c} IS NULL OR isfinite(${c}) THEN ${c}::DOUBLE END`
    : `${c}::DOUBLE`;
  const odd = isFloating(column.type) ? ` WHERE ${c} IS NULL OR isfinite(${c})` : '';
  const lacks = drop.map((name) => `${identifier(name)} IS NULL`).join(' OR ') || 'FALSE';
  const figures = (way: Effect['way'], fill: string, value: string, where = '') =>
    `SELECT '${way}' AS way, ${fill} AS fill, count(v), favg(v), quantile_cont(v, 0.5), stddev_samp(v)\nFROM (SELECT ${value} AS v FROM d${where})`;
  return `WITH d AS (SELECT ${x} AS x, (${lacks}) AS lacks FROM ${from}${odd}),
f AS (SELECT favg(x) AS mean, quantile_cont(x, 0.5) AS median FROM d),
m AS (SELECT x AS mode FROM d WHERE x IS NOT NULL GROUP BY x ORDER BY count(*) DESC, x LIMIT 1)
${[
  figures('present', 'NULL::DOUBLE', 'x'),
  figures('drop', 'NULL', 'x', ' WHERE NOT lacks'),
  figures('zero', '0', 'coalesce(x, 0)'),
  ...(['mean', 'median', 'mode'] as const).map((way) => {
    const fill = `(SELECT ${way} FROM ${way === 'mode' ? 'm' : 'f'})`;
    return figures(way, fill, `coalesce(x, ${fill})`);
  }),
].join('\nUNION ALL ')}`;
}

export function readEffects(rows: readonly (readonly Cell[])[]): readonly Effect[] {
  const figure = (cell: Cell | undefined) =>
    cell === null || cell === undefined || !Number.isFinite(Number(cell)) ? null : Number(cell);
  return ways.flatMap((way) => {
    const row = rows.find((r) => r[0] === way);
    if (row === undefined) return [];
    return [
      {
        way,
        fill: row[1] ?? null,
        values: Number(row[2] ?? 0),
        mean: figure(row[3]),
        median: figure(row[4]),
        stddev: figure(row[5]),
      },
    ];
  });
}
