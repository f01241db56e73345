/**
 * Questions to the data through a design, as DuckDB SQL. Tables are named as their sources are in the engine.
 *
 * What the user can act on (a member that is missing, a filter that holds a semicolon) is thrown as a ProblemError, so
 * that no text that is unsafe ever becomes part of a query.
 */
import { ProblemError, problem } from '../problem';
import { identifier } from '../sql';
import { kindOf } from '../table';
import { textProblem } from './check';
import type { Design, DesignTable, Dimension, Measure, MemberRef, Segment } from './design';
import { CircularReference, columnsUsed, expand, folded, type Reference, references } from './expression';
import { tableOf } from './member';
import { freeName } from './names';

export type Grain = 'second' | 'minute' | 'hour' | 'day' | 'week' | 'month' | 'quarter' | 'year';

/** A question through the model. Members are `table.member`. */
export interface ModelQuery {
  readonly measures: readonly string[];
  readonly dimensions: readonly string[];
  /** All of them must hold. */
  readonly segments: readonly string[];
  /** For time dimensions. */
  readonly grain?: Grain;
  /** A condition over columns and {dimensions}, or one over {measures} alone. */
  readonly where?: string;
  readonly limit?: number;
}

export interface DesignQuery {
  readonly sql: string;
  /** What each column of the answer is: `member` is `table.member`. */
  readonly columns: readonly { readonly name: string; readonly member: string }[];
}

/** The aggregate expression of a measure, with all references written out. */
export function measureSql(design: Design, table: DesignTable, measure: Measure): string {
  return writtenOut(design, table, measure.name, measureText(table, measure), 'measure');
}

/** The value of a dimension in one row. Nested values read as text. */
export function dimensionSql(design: Design, table: DesignTable, dimension: Dimension): string {
  return writtenOut(design, table, dimension.name, dimensionText(design, table, dimension), 'dimension');
}

/** The condition of a segment. */
export function segmentSql(design: Design, table: DesignTable, segment: Segment): string {
  return writtenOut(
    design,
    table,
    segment.name,
    checked(segment.condition, segment.name, 'filter'),
    'filter',
  );
}

type Part = 'measure' | 'dimension' | 'filter';

function checked(text: string, name: string, part: 'expression' | 'filter'): string {
  if (text.trim() === '') throw new ProblemError(problem('expression-empty', { name }));
  const broken = textProblem(text, name, part);
  if (broken) throw new ProblemError(broken);
  return text.trim();
}

function dimensionText(design: Design, table: DesignTable, dimension: Dimension): string {
  if (dimension.column === '') return checked(dimension.expression, dimension.name, 'expression');
  const column = design.sources
    .find((s) => s.name === table.source)
    ?.columns.find((c) => folded(c.name) === folded(dimension.column));
  const name = identifier(dimension.column);
  return column && kindOf(column.type) === 'nested' && dimension.type === 'string'
    ? `CAST(${name} AS VARCHAR)`
    : name;
}

/** A measure as SQL in which other members still stand in braces. */
function measureText(table: DesignTable, m: Measure): string {
  if (m.aggregation === 'expression') return checked(m.expression, m.name, 'expression');
  if (m.aggregation === 'ratio') {
    for (const missing of ['numerator', 'denominator'] as const) {
      if (m[missing] === '') throw new ProblemError(problem('measure-incomplete', { name: m.name, missing }));
      if (!table.measures.some((other) => other.name === m[missing])) {
        const about = { table: table.name, member: m[missing], used: m.name };
        throw new ProblemError(problem('member-missing', about));
      }
    }
    return `CAST({${m.numerator}} AS DOUBLE) / nullif({${m.denominator}}, 0)`;
  }
  const filter = m.filter.trim() === '' ? '' : ` FILTER (WHERE ${checked(m.filter, m.name, 'filter')})`;
  return `${aggregateText(m)}${filter}`;
}

function aggregateText(m: Measure): string {
  if (m.column === '' && m.expression.trim() === '') {
    if (m.aggregation === 'count') return 'count(*)';
    throw new ProblemError(problem('measure-incomplete', { name: m.name, missing: 'column' }));
  }
  const operand = m.column === '' ? checked(m.expression, m.name, 'expression') : identifier(m.column);
  return m.aggregation === 'count_distinct' ? `count(DISTINCT ${operand})` : `${m.aggregation}(${operand})`;
}

/** Write references out; `name` is the member the text is of, '' for a text of the query itself. */
function writtenOut(design: Design, table: DesignTable, name: string, text: string, part: Part): string {
  const used = name === '' ? 'The query' : name;
  try {
    return expand(text, (r) => referenced(design, table, r, used, part), name === '' ? [] : [name]);
  } catch (error) {
    if (error instanceof CircularReference) {
      const about = { name: error.path[0] ?? name, path: error.path.join(' → ') };
      throw new ProblemError(problem('expression-circular', about));
    }
    if (error instanceof RangeError) {
      throw new ProblemError(problem('expression-invalid', { name: used, reason: error.message, at: null }));
    }
    throw error;
  }
}

function referenced(design: Design, table: DesignTable, r: Reference, used: string, part: Part): string {
  if (r.table !== null && r.table !== table.name) {
    if (!tableOf(design, r.table)) throw new ProblemError(problem('table-missing', { table: r.table }));
    throw notJoined([table.name, r.table]);
  }
  if (r.member === null) return identifier(table.source);
  const dimension = table.dimensions.find((d) => d.name === r.member);
  if (dimension) return dimensionText(design, table, dimension);
  const measure = table.measures.find((m) => m.name === r.member);
  if (!measure) {
    throw new ProblemError(problem('member-missing', { table: table.name, member: r.member, used }));
  }
  if (part === 'dimension') throw new ProblemError(problem('expression-aggregate', { name: used }));
  if (part === 'filter') {
    const reason = `{${r.member}} is a measure, and a condition is about one row`;
    throw new ProblemError(problem('filter-invalid', { name: used, reason }));
  }
  return measureText(table, measure);
}

function notJoined(tables: readonly string[]): ProblemError {
  return new ProblemError(
    problem('query-failed', { reason: `${tables.join(' and ')} are not joined`, sql: '' }),
  );
}

/** The table and the member that `table.member`, or a member's name that only one table has, means. */
function found<M extends { readonly name: string }>(
  design: Design,
  asked: string,
  listOf: (table: DesignTable) => readonly M[],
): { readonly table: DesignTable; readonly member: M } {
  const hits = design.tables.flatMap((table) =>
    listOf(table)
      .filter((m) => asked === `${table.name}.${m.name}` || asked === m.name)
      .map((member) => ({ table, member })),
  );
  const hit = hits.find((h) => asked === `${h.table.name}.${h.member.name}`) ?? hits[0];
  const several = new Set(hits.map((h) => h.table.name)).size > 1;
  if (hit && (!several || asked === `${hit.table.name}.${hit.member.name}`)) return hit;
  const dot = asked.indexOf('.');
  const table = dot < 0 ? design.name : asked.slice(0, dot);
  throw new ProblemError(
    problem('member-missing', { table, member: asked.slice(dot + 1), used: 'The query' }),
  );
}

/** A name in a comment: one line of it. */
function remark(words: string): string {
  return `-- ${words.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')}`;
}

/** One column of a query: its SQL, its name in the answer, and what it is. */
interface Item {
  readonly sql: string;
  readonly name: string;
  readonly member: string;
  readonly note: string;
}

/** The list after SELECT, a line each, with what it is as a comment. */
function selected(items: readonly Item[]): string {
  return items
    .map((item, i) => {
      const comma = i < items.length - 1 ? ',' : '';
      return `  ${item.sql} AS ${identifier(item.name)}${comma} ${remark(item.note)}`;
    })
    .join('\n');
}

/** The one table all parts of a query stand in. */
function oneTable(tables: readonly DesignTable[]): DesignTable {
  const [first, second] = [...new Set(tables)];
  if (!first) {
    const reason = 'it asks for no measure and no dimension';
    throw new ProblemError(problem('query-failed', { reason, sql: '' }));
  }
  if (second) throw notJoined([first.name, second.name]);
  return first;
}

function truncated(dimension: Dimension, sql: string, grain: Grain | undefined): string {
  return grain && dimension.type === 'time' ? `date_trunc('${grain}', ${sql})` : sql;
}

/** Where a condition goes: over measures it acts on groups, over anything else on rows. */
function conditionOf(
  design: Design,
  table: DesignTable,
  where: string,
): { readonly clause: 'WHERE' | 'HAVING'; readonly sql: string } {
  const text = checked(where, 'The query', 'filter');
  const isMeasure = (r: Reference) =>
    (r.table === null || r.table === table.name) && table.measures.some((m) => m.name === r.member);
  const measures = references(text).filter(isMeasure);
  if (measures.length === 0) {
    return { clause: 'WHERE', sql: writtenOut(design, table, '', text, 'filter') };
  }
  const source = design.sources.find((s) => s.name === table.source);
  const columns = columnsUsed(text, source?.columns.map((c) => c.name) ?? [], table.source);
  if (measures.length < references(text).length || columns.length > 0) {
    const reason = 'a condition over measures cannot name dimensions or columns as well';
    throw new ProblemError(problem('filter-invalid', { name: 'The query', reason }));
  }
  return { clause: 'HAVING', sql: writtenOut(design, table, '', text, 'measure') };
}

/**
 * The query that answers a question over one table: dimensions first, then measures, one row per group; without
 * dimensions the totals. Ordered by the dimensions if one of them is a time, else by the first measure, largest first.
 */
export function queryFor(design: Design, query: ModelQuery): DesignQuery {
  const dimensions = query.dimensions.map((asked) => found(design, asked, (t) => t.dimensions));
  const measures = query.measures.map((asked) => found(design, asked, (t) => t.measures));
  const segments = query.segments.map((asked) => found(design, asked, (t) => t.segments));
  const asked = [...dimensions, ...measures].map((h) => h.table);
  const table = oneTable(asked.length === 0 ? [] : [...asked, ...segments.map((h) => h.table)]);

  const items: Item[] = [];
  const add = (member: { readonly name: string }, sql: string, detail = '') => {
    const full = `${table.name}.${member.name}`;
    const name = freeName(
      member.name,
      items.map((i) => i.name),
    );
    items.push({ sql, name, member: full, note: `${full}${detail}` });
  };
  for (const { member } of dimensions) {
    const sql = truncated(member, dimensionSql(design, table, member), query.grain);
    add(member, sql, query.grain && member.type === 'time' ? ` by ${query.grain}` : '');
  }
  for (const { member } of measures) add(member, measureSql(design, table, member));

  const where = segments.map(({ member }) => ({
    sql: segmentSql(design, table, member),
    note: `${table.name}.${member.name}`,
  }));
  const condition =
    query.where === undefined || query.where.trim() === '' ? null : conditionOf(design, table, query.where);
  if (condition?.clause === 'WHERE') where.push({ sql: condition.sql, note: 'as asked' });

  const lines = ['SELECT', selected(items), `FROM ${identifier(table.source)}`];
  where.forEach(({ sql, note }, i) => {
    lines.push(`${i === 0 ? 'WHERE' : '  AND'} (${sql}) ${remark(note)}`);
  });
  const ordinals = dimensions.map((_, i) => `${i + 1}`);
  if (dimensions.length > 0) lines.push(`GROUP BY ${ordinals.join(', ')}`);
  if (condition?.clause === 'HAVING') lines.push(`HAVING ${condition.sql}`);
  if (dimensions.length > 0) {
    const byTime = dimensions.some(({ member }) => member.type === 'time') || measures.length === 0;
    const first = `${dimensions.length + 1} DESC NULLS LAST`;
    const order = [...(byTime ? [] : [first]), ...ordinals.map((o) => `${o} NULLS LAST`)];
    lines.push(`ORDER BY ${order.join(', ')}`);
  }
  if (query.limit !== undefined) lines.push(`LIMIT ${Math.max(0, Math.trunc(query.limit) || 0)}`);
  return { sql: lines.join('\n'), columns: items.map(({ name, member }) => ({ name, member })) };
}

function tableFor(design: Design, ref: MemberRef): DesignTable {
  const table = tableOf(design, ref.table);
  if (!table) throw new ProblemError(problem('table-missing', { table: ref.table }));
  return table;
}

/** A measure or segment as a figure, and the rows that take part in it. A segment's figure is how many rows it holds. */
function figure(design: Design, ref: MemberRef): { table: DesignTable; value: string; rows: string } {
  const table = tableFor(design, ref);
  if (ref.kind === 'segment') {
    const { member } = found(design, `${ref.table}.${ref.name}`, (t) => t.segments);
    const rows = `count(*) FILTER (WHERE ${segmentSql(design, table, member)})`;
    return { table, value: rows, rows };
  }
  if (ref.kind === 'dimension') throw new RangeError(`a dimension has no figure: ${ref.table}.${ref.name}`);
  const { member } = found(design, `${ref.table}.${ref.name}`, (t) => t.measures);
  const filtered =
    member.filter.trim() !== '' && member.aggregation !== 'ratio' && member.aggregation !== 'expression';
  const rows = filtered
    ? `count(*) FILTER (WHERE ${writtenOut(design, table, member.name, checked(member.filter, member.name, 'filter'), 'filter')})`
    : 'count(*)';
  return { table, value: measureSql(design, table, member), rows };
}

/**
 * The value of a measure (or the size of a segment) on all rows. One row: `value`; `rows`, that took part after the
 * measure's filter; `of`, the rows of the table.
 */
export function valueQuery(design: Design, member: MemberRef): string {
  const { table, value, rows } = figure(design, member);
  const full = `${member.table}.${member.name}`;
  return [
    'SELECT',
    selected([
      { sql: value, name: 'value', member: full, note: full },
      { sql: rows, name: 'rows', member: '', note: 'rows that took part' },
      { sql: 'count(*)', name: 'of', member: '', note: 'rows of the table' },
    ]),
    `FROM ${identifier(table.source)}`,
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
  const { table, value, rows } = figure(design, member);
  const by = found(design, `${table.name}.${dimension}`, (t) => t.dimensions).member;
  const full = `${member.table}.${member.name}`;
  return [
    'SELECT',
    selected([
      {
        sql: truncated(by, dimensionSql(design, table, by), grain),
        name: 'group',
        member: '',
        note: `${table.name}.${by.name}`,
      },
      { sql: value, name: 'value', member: full, note: full },
      { sql: rows, name: 'rows', member: '', note: 'rows that took part' },
      { sql: 'count(*) OVER ()', name: 'total', member: '', note: 'number of groups' },
    ]),
    `FROM ${identifier(table.source)}`,
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
  return [
    'WITH "values" AS (',
    `  SELECT ${dimensionSql(design, table, dimension)} AS "value", count(*) AS "count" ${remark(`${table.name}.${dimension.name}`)}`,
    `  FROM ${identifier(table.source)}`,
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
