/**
 * Missing along time and by file.
 */
import { type Grain, grainFor } from '../profile/bins';
import { hasInfinity } from '../profile/groups';
import { identifier } from '../sql';
import type { Cell, Column, Table } from '../table';
import type { Group, MissingAbout } from './missing';

/** Steps of time at most, as a hint. */
const STEPS = 60;
/** Files that are told at most. */
export const FILES = 200;

/** Columns along which a table can be followed. */
export function timesOf(columns: readonly Column[]): readonly Column[] {
  return columns.filter(hasInfinity);
}

/** One row: the seconds between the first and the last time. */
export function spanSql(from: string, time: string): string {
  const t = identifier(time);
  return `SELECT epoch(max(${t})) - epoch(min(${t})) FROM ${from} WHERE isfinite(${t})`;
}

export function grainOf(span: Cell, time: Column): Grain | null {
  return span === null ? null : grainFor(Number(span), STEPS, time.type === 'DATE');
}

/** Rows of (start of the step, rows, missing, first time, last time), in order; the start of those without a time is null. */
export function alongSql(from: string, column: string, time: string, grain: Grain): string {
  const t = identifier(time);
  return `SELECT CASE WHEN isfinite(${t}) THEN date_trunc('${grain}', ${t}::TIMESTAMP) END::VARCHAR AS low, count(*), count(*) - count(${identifier(column)}), min(${t})::VARCHAR, max(${t})::VARCHAR
FROM ${from} GROUP BY 1 ORDER BY min(${t}) NULLS LAST`;
}

export function readAlong(
  time: Column,
  grain: Grain,
  rows: readonly (readonly Cell[])[],
): NonNullable<MissingAbout['time']> {
  const groups = rows.flatMap(([low, n, missing, first, last]) =>
    typeof low !== 'string'
      ? []
      : [
          {
            label: stepWords(low, grain),
            low,
            rows: Number(n),
            missing: Number(missing),
            filter: {
              column: time.name,
              test: { kind: 'range' as const, low: String(first), high: String(last) },
            },
          },
        ],
  );
  const without = rows.filter((row) => typeof row[0] !== 'string').reduce((n, row) => n + Number(row[1]), 0);
  return { column: time.name, grain, groups, without };
}

/** `2017`, `2017 Q3`, `2017-03`, `2017-03-04`, `2017-03-04 13:00`. @param low Start of the step, `2017-03-04 13:00:00`. */
export function stepWords(low: string, grain: Grain): string {
  const [date = '', clock = ''] = low.split(' ');
  const [, year = date, month = '01'] = /^(-?\d+)-(\d\d)-\d\d/.exec(date) ?? [];
  switch (grain) {
    case 'century':
    case 'decade':
      return `${year}s`;
    case 'year':
      return year;
    case 'quarter':
      return `${year} Q${Math.ceil(Number(month) / 3)}`;
    case 'month':
      return `${year}-${month}`;
    case 'week':
      return `week of ${date}`;
    case 'day':
      return date;
    default:
      return `${date} ${grain === 'second' ? clock : clock.slice(0, 5)}`;
  }
}

/** The column that holds the file each row came from; the reading of several files puts it last. */
export function fileColumn(table: Table): Column | null {
  return table.source.files === undefined ? null : (table.columns.at(-1) ?? null);
}

/** Rows of (file, rows, missing, files), in the order of the files. */
export function filesSql(from: string, column: string, file: string): string {
  return `SELECT *, count(*) OVER () FROM (SELECT ${identifier(file)} AS f, count(*), count(*) - count(${identifier(column)}) FROM ${from} GROUP BY 1) ORDER BY f LIMIT ${FILES}`;
}

export function readFiles(
  file: Column,
  rows: readonly (readonly Cell[])[],
): NonNullable<MissingAbout['files']> {
  const folder = sharedFolder(rows.map(([name]) => String(name ?? '')));
  const groups = rows.map(
    ([name, n, missing]): Group => ({
      label: name === null ? '(missing)' : String(name).slice(folder),
      rows: Number(n),
      missing: Number(missing),
      filter: {
        column: file.name,
        test: name === null ? { kind: 'null' } : { kind: 'values', values: [name ?? null] },
      },
    }),
  );
  return { column: file.name, groups, of: Number(rows[0]?.[3] ?? 0) };
}

/** Length of the folder that all paths begin with. */
function sharedFolder(paths: readonly string[]): number {
  const [first = '', ...others] = paths;
  const above = (path: string) => path.slice(0, Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  let folder = above(first);
  while (folder !== '' && !others.every((path) => path.startsWith(folder)))
    folder = above(folder.slice(0, -1));
  return folder.length;
}
