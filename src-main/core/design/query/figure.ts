/**
 * The figure of one member by itself: a measure or a segment on all rows, by a dimension, or the values of a dimension.
 */
import { ProblemError, problem } from '../../problem';
import { identifier } from '../../sql';
import type { Design, DesignTable, Dimension, MemberRef } from '../design';
import { tableOf } from '../member';
import { found, type Grain } from './ask';
import { isComposite } from './composite';
import { type From, foreignTables, fromFor } from './from';
import { remark, selected, truncated } from './item';
import { foreignOfMeasure, queryFor } from './plan';
import { measureSql, writtenFilter } from './text';

function tableFor(design: Design, ref: MemberRef): DesignTable {
  const table = tableOf(design, ref.table);
  if (!table) throw new ProblemError(problem('table-missing', { table: ref.table }));
  return table;
}

function foreignOfDimension(design: Design, table: DesignTable, dimension: Dimension): readonly string[] {
  return dimension.column === '' ? foreignTables(design, table, dimension.expression) : [];
}

/** The table of a measure that is made of measures of several tables; null for any other member. */
function compositeOf(design: Design, ref: MemberRef): DesignTable | null {
  if (ref.kind !== 'measure') return null;
  const { table, member } = found(design, `${ref.table}.${ref.name}`, (t) => t.measures);
  return isComposite(design, { table, member }) ? table : null;
}

/** The answer with its columns named `group` and `value`. */
function onlyFigure(design: Design, ref: MemberRef, dimensions: readonly string[]): string {
  const asked = { measures: [`${ref.table}.${ref.name}`], dimensions, segments: [] };
  const { sql, columns } = queryFor(design, asked);
  const names = columns.map(
    (c, i) => `${identifier(c.name)} AS ${i < dimensions.length ? '"group"' : '"value"'}`,
  );
  return `SELECT ${names.join(', ')} FROM (\n${sql}\n)`;
}

interface Figure {
  readonly from: From;
  readonly value: string;
  readonly rows: string;
  readonly by: string | null;
}

/** A measure or segment as a figure, and the rows that take part in it. A segment's figure is how many rows it holds. */
function figure(design: Design, ref: MemberRef, by: Dimension | null): Figure {
  const table = tableFor(design, ref);
  const of = by === null ? [] : [table.name, ...foreignOfDimension(design, table, by)];
  if (ref.kind === 'segment') {
    const { member } = found(design, `${ref.table}.${ref.name}`, (t) => t.segments);
    const from = fromFor(design, table, [...of, ...foreignTables(design, table, member.condition)]);
    const rows = `count(*) FILTER (WHERE ${from.condition(table, member.condition, member.name)})`;
    return { from, value: rows, rows, by: by && from.dimension(table, by) };
  }
  if (ref.kind === 'dimension') throw new RangeError(`a dimension has no figure: ${ref.table}.${ref.name}`);
  const { member } = found(design, `${ref.table}.${ref.name}`, (t) => t.measures);
  const from = fromFor(design, table, [...of, ...foreignOfMeasure(design, table, member)]);
  const filtered =
    member.filter.trim() !== '' && member.aggregation !== 'ratio' && member.aggregation !== 'expression';
  const rows = filtered
    ? `count(*) FILTER (WHERE ${writtenFilter(design, table, member, from.dimension)})`
    : 'count(*)';
  const value = measureSql(design, table, member, from.dimension);
  return { from, value, rows, by: by && from.dimension(table, by) };
}

/**
 * The value of a measure (or the size of a segment) on all rows. One row: `value`; `rows`, that took part after the
 * measure's filter; `of`, the rows of the table.
 */
export function valueQuery(design: Design, member: MemberRef): string {
  const composite = compositeOf(design, member);
  if (composite !== null) {
    const rows = `(SELECT count(*) FROM ${identifier(composite.source)})`;
    return `SELECT *, ${rows} AS "rows", ${rows} AS "of" FROM (\n${onlyFigure(design, member, [])}\n)`;
  }
  const { from, value, rows } = figure(design, member, null);
  const full = `${member.table}.${member.name}`;
  return [
    'SELECT',
    selected([
      { sql: value, name: 'value', note: full },
      { sql: rows, name: 'rows', note: 'rows that took part' },
      { sql: 'count(*)', name: 'of', note: 'rows of the table' },
    ]),
    ...from.lines(),
  ].join('\n');
}

/**
 * A measure by a dimension of its table, most rows first. Rows: `group`, `value`, `rows` that took part, and `total`,
 * the number of groups, on every row.
 */
export function breakdownQuery(
  design: Design,
  member: MemberRef,
  dimension: string,
  limit = 12,
  grain?: Grain,
): string {
  const table = tableFor(design, member);
  if (compositeOf(design, member) !== null) {
    const by = [`${table.name}.${dimension}${grain === undefined ? '' : `.${grain}`}`];
    return `SELECT *, NULL::BIGINT AS "rows", count(*) OVER () AS total FROM (\n${onlyFigure(design, member, by)}\n)\nLIMIT ${limit}`;
  }
  const asked = found(design, `${table.name}.${dimension}`, (t) => t.dimensions).member;
  const { from, value, rows, by } = figure(design, member, asked);
  const full = `${member.table}.${member.name}`;
  return [
    'SELECT',
    selected([
      {
        sql: truncated(asked.type, by ?? '', grain),
        name: 'group',
        note: `${table.name}.${asked.name}`,
      },
      { sql: value, name: 'value', note: full },
      { sql: rows, name: 'rows', note: 'rows that took part' },
      { sql: 'count(*) OVER ()', name: 'total', note: 'number of groups' },
    ]),
    ...from.lines(),
    'GROUP BY 1',
    'ORDER BY "rows" DESC, 1 NULLS LAST',
    `LIMIT ${limit}`,
  ].join('\n');
}

/**
 * The values of a dimension, most frequent first. Rows: `distinct` values without null, `nulls`, `rows`, the same on
 * every row, and `value` with its `count`. There is always a row; its `count` is null if there is no value.
 */
export function dimensionQuery(design: Design, member: MemberRef, limit = 12): string {
  const table = tableFor(design, member);
  const dimension = found(design, `${member.table}.${member.name}`, (t) => t.dimensions).member;
  const from = fromFor(design, table, foreignOfDimension(design, table, dimension));
  const value = from.dimension(table, dimension);
  return [
    'WITH "values" AS (',
    `  SELECT ${value} AS "value", count(*) AS "count" ${remark(`${table.name}.${dimension.name}`)}`,
    ...from.lines().map((line) => `  ${line}`),
    '  GROUP BY 1',
    '), "facts" AS (',
    '  SELECT',
    '    count("value") AS "distinct",',
    '    coalesce(sum("count") FILTER (WHERE "value" IS NULL), 0)::BIGINT AS "nulls",',
    '    coalesce(sum("count"), 0)::BIGINT AS "rows"',
    '  FROM "values"',
    '), "top" AS (',
    '  SELECT "value", "count" FROM "values" WHERE "value" IS NOT NULL',
    `  ORDER BY "count" DESC, "value" LIMIT ${limit}`,
    ')',
    'SELECT "distinct", "nulls", "rows", "value", "count"',
    'FROM "facts" LEFT JOIN "top" ON TRUE',
    'ORDER BY "count" DESC NULLS LAST, "value"',
  ].join('\n');
}
