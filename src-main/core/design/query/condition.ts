/**
 * The conditions of a question: those on rows, and those on the figures of groups.
 */
import { ProblemError, problem } from '../../problem';
import { kindOf } from '../../table';
import type { Design, DesignTable, Dimension, Measure } from '../design';
import { columnsUsed, folded, type Reference, references } from '../expression';
import { found, type MemberFilter, type ModelQuery } from './ask';
import type { TableMeasure } from './composite';
import { memberFilterSql } from './filter';
import { type From, foreignTables } from './from';
import { remark } from './item';
import { checked } from './text';

/** A condition on rows: what it is of, and its SQL in a FROM. */
export interface Condition {
  readonly note: string;
  /** The tables it needs. */
  readonly tables: readonly string[];
  sql(from: From): string;
}

export interface Conditions {
  readonly rows: readonly Condition[];
  /** Filters on measures, by `table.measure`. */
  readonly figures: readonly { readonly filter: MemberFilter; readonly name: string }[];
  /** A condition over measures as it was asked, and `table.measure` of what it names. */
  readonly having: { readonly text: string; nameOf(r: Reference): string } | null;
  /** The measures that conditions name. */
  readonly measures: readonly TableMeasure[];
}

type Asked = Pick<ModelQuery, 'filters' | 'range' | 'where' | 'segments'>;

/**
 * @param tables Those of the members that are asked for, the first first.
 * @throws ProblemError for members that are missing and texts that may not be used.
 */
export function readConditions(design: Design, asked: Asked, tables: readonly DesignTable[]): Conditions {
  const own = [...new Set(tables)];
  const rows: Condition[] = asked.segments.map((name) => {
    const { table, member } = found(design, name, (t) => t.segments);
    return onRows(design, table, member.condition, member.name, `${table.name}.${member.name}`);
  });
  const figures: { filter: MemberFilter; name: string }[] = [];
  const measures: TableMeasure[] = [];
  for (const filter of [...(asked.filters ?? []), ...rangeOf(asked)]) {
    // Of both kinds at once, so that a name which one table has as a measure and another as a dimension is no name of one.
    const { table, member } = found<Measure | Dimension>(design, filter.member, (t) => [
      ...t.measures,
      ...t.dimensions,
    ]);
    if ('aggregation' in member) {
      measures.push({ table, member });
      figures.push({ filter, name: `${table.name}.${member.name}` });
    } else rows.push(onDimension(design, filter, table, member));
  }
  const text = asked.where?.trim() ?? '';
  if (text === '') return { rows, figures, having: null, measures };
  checked(text, 'The query', 'filter');
  const inText = references(text).flatMap((r) => measureNamed(design, own, r) ?? []);
  if (inText.length === 0)
    return { rows: [...rows, rowsAsked(design, own, text)], figures, having: null, measures };
  const columns = design.tables.flatMap((t) => columnsUsed(text, columnsOf(design, t), t.source));
  if (inText.length < references(text).length || columns.length > 0) {
    const reason = 'a condition over measures cannot name dimensions or columns as well';
    throw new ProblemError(problem('filter-invalid', { name: 'The query', reason }));
  }
  const nameOf = (r: Reference) => {
    const { table, member } = measureNamed(design, own, r) as TableMeasure;
    return `${table.name}.${member.name}`;
  };
  return { rows, figures, having: { text, nameOf }, measures: [...measures, ...inText] };
}

/** The names of the columns of a table's source. */
export function columnsOf(design: Design, table: DesignTable): readonly string[] {
  return design.sources.find((s) => s.name === table.source)?.columns.map((c) => c.name) ?? [];
}

/** WHERE with its conditions, a line each. */
export function whereLines(
  conditions: readonly { readonly sql: string; readonly note: string }[],
): readonly string[] {
  return conditions.map(({ sql, note }, i) => `${i === 0 ? 'WHERE' : '  AND'} (${sql}) ${remark(note)}`);
}

function onRows(design: Design, table: DesignTable, text: string, used: string, note: string): Condition {
  const tables = [table.name, ...foreignTables(design, table, text)];
  return { note, tables, sql: (from) => from.condition(table, text, used) };
}

function onDimension(design: Design, filter: MemberFilter, table: DesignTable, member: Dimension): Condition {
  const text = member.column === '' ? member.expression : '';
  return {
    note: `${table.name}.${member.name} ${filter.operator}`,
    tables: [table.name, ...foreignTables(design, table, text)],
    sql: (from) => memberFilterSql(filter, comparable(design, from, table, member), member.type),
  };
}

/** The value of a dimension as one operand, and as a text where the design calls something else one. */
function comparable(design: Design, from: From, table: DesignTable, dimension: Dimension): string {
  const sql = from.dimension(table, dimension);
  if (dimension.column === '') return `(${sql})`;
  const source = design.sources.find((s) => s.name === table.source);
  const column = source?.columns.find((c) => folded(c.name) === folded(dimension.column));
  const isText = column === undefined || ['text', 'nested'].includes(kindOf(column.type));
  return dimension.type === 'string' && !isText ? `CAST(${sql} AS VARCHAR)` : sql;
}

/** The range as the filter that it is. */
function rangeOf({ range }: Asked): readonly MemberFilter[] {
  return range === undefined
    ? []
    : [{ member: range.dimension, operator: 'inDateRange', values: [range.from, range.to] }];
}

/** The measure a reference in a text of the query names: of the table it says, else of the first asked for that has it. */
function measureNamed(design: Design, asked: readonly DesignTable[], r: Reference): TableMeasure | null {
  const owners = r.table === null ? asked : design.tables.filter((t) => t.name === r.table);
  for (const table of owners) {
    const member = table.measures.find((m) => m.name === r.member);
    if (member !== undefined) return { table, member };
  }
  return null;
}

/** A condition on rows in the user's words: of the first table that has all the columns and members it names as its own. */
function rowsAsked(design: Design, asked: readonly DesignTable[], text: string): Condition {
  const own = references(text).filter((r) => r.table === null);
  const elsewhere = asked.flatMap((t) => columnsUsed(text, columnsOf(design, t), t.source));
  const owner = asked.find((table) => {
    const columns = columnsUsed(text, columnsOf(design, table), table.source);
    return (
      elsewhere.every((c) => columns.includes(c)) &&
      own.every((r) => table.dimensions.some((d) => d.name === r.member))
    );
  });
  return onRows(design, owner ?? (asked[0] as DesignTable), text, 'The query', 'as asked');
}
