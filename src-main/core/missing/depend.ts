/**
 * Groups of rows by another column, and how many of each lack a value: categories by their commonest values, numbers and
 * times by tenths of their values.
 */
import type { Filter } from '../filter';
import { hasInfinity } from '../profile/groups';
import { identifier, literal } from '../sql';
import { type Cell, type Column, isFloating } from '../table';
import type { Group } from './missing';

/** Values that make a group of their own. */
const VALUES = 20;
/** Different numbers or times up to which each makes a group of its own. */
const FEW = 12;
/** Characters of a text that may make a group. */
const LONGEST = 200;
const tenths = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

/** How the values of a column are put into groups. */
export type Grouping =
  | { readonly by: 'values'; readonly values: readonly string[]; readonly all: boolean }
  | { readonly by: 'bins'; readonly edges: readonly string[] };

const canBin = (column: Column) => column.kind === 'number' || hasInfinity(column);
const canBeOdd = (column: Column) => isFloating(column.type) || hasInfinity(column);
/** Types without a literal of their own are compared as text. */
const asValue = (column: Column) =>
  column.kind === 'text' && column.type !== 'VARCHAR'
    ? `${identifier(column.name)}::VARCHAR`
    : identifier(column.name);
const typeOf = (column: Column) => (column.kind === 'text' ? 'VARCHAR' : column.type);
const constant = (column: Column, text: string) => `CAST(${literal(text)} AS ${typeOf(column)})`;

/** Rows of (column, what, value, count, different, values): the commonest values, and the tenths of numbers and times. */
export function sketchSql(from: string, columns: readonly Column[]): string {
  return columns
    .map((column, k) => {
      const v = asValue(column);
      const known = canBeOdd(column) ? `isfinite(${v})` : `${v} IS NOT NULL`;
      const edges = canBin(column)
        ? `\nUNION ALL SELECT ${k}, 'edge', unnest((SELECT quantile_disc(v, [${tenths.join(', ')}]) FROM v))::VARCHAR, 0, 0, 0`
        : '';
      return `SELECT * FROM (WITH v AS MATERIALIZED (SELECT ${v} AS v FROM ${from} WHERE ${known}),
  g AS (SELECT v, count(*) AS n FROM v GROUP BY v)
(SELECT ${k} AS k, 'value' AS what, v::VARCHAR AS s, n, (SELECT count(*) FROM g) AS d, (SELECT count(*) FROM v) AS t
FROM g ORDER BY n DESC, v LIMIT ${VALUES})${edges})`;
    })
    .join('\nUNION ALL ');
}

/** What the sketch of a column says of how to group it; in words why it cannot be. */
export function groupingOf(
  column: Column,
  k: number,
  sketch: readonly (readonly Cell[])[],
): Grouping | string {
  const mine = sketch.filter((row) => Number(row[0]) === k);
  const values = mine.filter((row) => row[1] === 'value');
  const [distinct, total] = [Number(values[0]?.[4] ?? 0), Number(values[0]?.[5] ?? 0)];
  if (canBin(column) && distinct > FEW) {
    const edges = [...new Set(mine.filter((row) => row[1] === 'edge').map((row) => String(row[2])))];
    return { by: 'bins', edges };
  }
  if (!canBin(column) && distinct > 50 && distinct > total / 2) return 'nearly every value is different';
  const texts = values.map((row) => String(row[2])).filter((text) => text.length <= LONGEST);
  if (texts.length === 0 && distinct > 0) return 'its values are long texts';
  const ordered = canBin(column) ? inOrder(column, texts) : texts;
  return { by: 'values', values: ordered, all: distinct <= texts.length };
}

function inOrder(column: Column, texts: readonly string[]): readonly string[] {
  return column.kind === 'number'
    ? texts.toSorted((a, b) => Number(a) - Number(b))
    : texts.toSorted((a, b) => (a < b ? -1 : 1));
}

/** Rows of (column, group, rows, missing, least, greatest): −1 is the missing of the column itself, −2 all the rest. */
export function groupsSql(
  from: string,
  target: string,
  asked: readonly { readonly k: number; readonly column: Column; readonly grouping: Grouping }[],
): string {
  return asked
    .map(({ k, column, grouping }) => {
      const v = asValue(column);
      const odd = canBeOdd(column) ? ` WHEN NOT isfinite(${v}) THEN -2` : '';
      const list = grouping.by === 'bins' ? grouping.edges : grouping.values;
      const values = list.map((text) => constant(column, text));
      const group =
        values.length === 0
          ? '-2'
          : grouping.by === 'bins'
            ? values.map((edge) => `(v >= ${edge})::INTEGER`).join(' + ')
            : `coalesce(list_position([${values.join(', ')}], v) - 1, -2)`;
      const ends = grouping.by === 'bins' ? 'min(v)::VARCHAR, max(v)::VARCHAR' : 'NULL, NULL';
      return `SELECT ${k} AS k, CASE WHEN v IS NULL THEN -1${odd.replaceAll(v, 'v')} ELSE ${group} END AS g, count(*), count_if(m), ${ends}
FROM (SELECT ${v} AS v, ${identifier(target)} IS NULL AS m FROM ${from}) GROUP BY 2`;
    })
    .join('\nUNION ALL ');
}

/** The groups of a column in the order of their values, the rest and the missing last; empty ones are left out. */
export function readGroups(
  column: Column,
  grouping: Grouping,
  rows: readonly (readonly Cell[])[],
): readonly Group[] {
  const place = (g: number) => (g === -1 ? 1e9 : g === -2 ? 1e8 : g);
  return rows
    .map((row) => ({
      g: Number(row[1]),
      rows: Number(row[2]),
      missing: Number(row[3]),
      low: String(row[4]),
      high: String(row[5]),
    }))
    .sort((a, b) => place(a.g) - place(b.g))
    .map(({ g, rows: n, missing, low, high }): Group => {
      const counted = { rows: n, missing };
      if (g === -1)
        return { ...counted, label: '(missing)', filter: { column: column.name, test: { kind: 'null' } } };
      if (g === -2) return { ...counted, label: '(other values)', filter: null };
      if (grouping.by === 'bins') {
        const label = low === high ? tidy(column, low) : `${tidy(column, low)} – ${tidy(column, high)}`;
        const test = { kind: 'range' as const, low: cellOf(column, low), high: cellOf(column, high) };
        return { ...counted, label, filter: { column: column.name, test } };
      }
      const text = grouping.values[g] ?? '';
      const filter: Filter = {
        column: column.name,
        test: { kind: 'values', values: [cellOf(column, text)] },
      };
      return { ...counted, label: text.trim() === '' ? '(blank)' : tidy(column, text), filter };
    });
}

function tidy(column: Column, text: string): string {
  if (column.kind === 'time') return text.replace(/ 00:00:00(\+00)?$/, '');
  if (column.kind !== 'number') return text;
  const x = Number(text);
  if (!Number.isFinite(x) || (Number.isInteger(x) && !Number.isSafeInteger(x))) return text;
  return Math.abs(x) >= 1e-3 || x === 0 ? String(Number(x.toPrecision(6))) : x.toExponential(2);
}

/** A value as a filter takes it: numbers that a double holds exactly as numbers, all else as text. */
export function cellOf(column: Column, text: string): Cell {
  if (column.kind === 'boolean') return text === 'true';
  if (column.kind !== 'number' || column.type.startsWith('DECIMAL')) return text;
  const x = Number(text);
  if (column.type === 'FLOAT') return Math.fround(x);
  return Number.isInteger(x) && !Number.isSafeInteger(x) ? text : x;
}
