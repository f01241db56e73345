/**
 * What the linter asks the data of one table: one row of figures, in one statement.
 */
import type { Design, DesignTable, Dimension, Measure, MemberRef, Segment } from '../design/design';
import { references } from '../design/expression';
import { dimensionSql, measureSql, segmentSql } from '../design/query';
import { writtenFilter } from '../design/query/text';
import { ProblemError } from '../problem';
import { identifier } from '../sql';
import { type Cell, kindOf } from '../table';

/** Figures of one table. */
export interface Facts {
  readonly rows: number;
  /** Of number columns that measures rest on. */
  readonly columns: ReadonlyMap<
    string,
    { readonly filled: number; readonly distinct: number; readonly min: number; readonly max: number }
  >;
  /** Of dimensions: whether all their values are one, and which. */
  readonly dimensions: ReadonlyMap<string, { readonly constant: boolean; readonly value: Cell }>;
  /** Rows that the filter of a measure, or a segment, lets through. */
  readonly reached: ReadonlyMap<string, number>;
  /** Values of measures that others divide by. */
  readonly denominators: ReadonlyMap<string, Cell>;
}

interface Item {
  readonly sql: string;
  note(cell: Cell, facts: Draft): void;
}

interface Draft {
  rows: number;
  columns: Map<string, { filled: number; distinct: number; min: number; max: number }>;
  dimensions: Map<string, { constant: boolean; value: Cell }>;
  reached: Map<string, number>;
  denominators: Map<string, Cell>;
}

export interface LintAsk {
  readonly sql: string;
  read(row: readonly Cell[]): Facts;
}

/**
 * @param isSound Whether nothing is wrong with a member that would keep it from being computed.
 */
export function lintAsk(
  design: Design,
  table: DesignTable,
  isSound: (member: MemberRef) => boolean,
): LintAsk {
  const source = design.sources.find((s) => s.name === table.source);
  const typeOf = (column: string) => source?.columns.find((c) => c.name === column)?.type ?? '';
  const items: Item[] = [{ sql: 'count(*)', note: (cell, facts) => (facts.rows = Number(cell)) }];
  const add = (sql: () => string, note: Item['note']) => {
    try {
      items.push({ sql: sql(), note });
    } catch (error) {
      // What cannot be written as SQL is told where it stands.
      if (!(error instanceof ProblemError)) throw error;
    }
  };
  const sound = (kind: MemberRef['kind'], name: string) => isSound({ table: table.name, kind, name });
  for (const column of numberColumns(table, typeOf)) columnItems(column, add);
  for (const d of table.dimensions)
    if (!d.primaryKey && sound('dimension', d.name) && isOwn(d.expression))
      dimensionItems(design, table, d, add);
  for (const s of table.segments)
    if (sound('segment', s.name) && isOwn(s.condition)) segmentItem(design, table, s, add);
  for (const m of table.measures) if (sound('measure', m.name)) measureItems(design, table, m, add);
  return {
    sql: `SELECT ${items.map(({ sql }, i) => `${sql} AS c${i}`).join(',\n  ')}\nFROM ${identifier(table.source)}`,
    read(row) {
      const facts: Draft = {
        rows: 0,
        columns: new Map(),
        dimensions: new Map(),
        reached: new Map(),
        denominators: new Map(),
      };
      for (const [i, item] of items.entries()) item.note(row[i] ?? null, facts);
      return facts;
    },
  };
}

type Add = (sql: () => string, note: Item['note']) => void;

/** Whether a text names members of its own table only. */
function isOwn(text: string): boolean {
  return references(text).every((r) => r.table === null);
}

function numberColumns(table: DesignTable, typeOf: (column: string) => string): readonly string[] {
  const used = table.measures
    .filter((m) => ['sum', 'avg', 'median'].includes(m.aggregation) && m.column !== '')
    .map((m) => m.column);
  return [...new Set(used)].filter((column) => kindOf(typeOf(column)) === 'number');
}

function columnItems(column: string, add: Add): void {
  const c = identifier(column);
  const figures = (facts: Draft) => {
    const known = facts.columns.get(column) ?? { filled: 0, distinct: 0, min: Number.NaN, max: Number.NaN };
    facts.columns.set(column, known);
    return known;
  };
  add(
    () => `count(${c})`,
    (cell, facts) => (figures(facts).filled = Number(cell)),
  );
  add(
    () => `approx_count_distinct(${c})`,
    (cell, facts) => (figures(facts).distinct = Number(cell)),
  );
  for (const end of ['min', 'max'] as const) {
    add(
      () => `${end}(${c})::DOUBLE`,
      (cell, facts) => (figures(facts)[end] = cell === null ? Number.NaN : Number(cell)),
    );
  }
}

function dimensionItems(design: Design, table: DesignTable, d: Dimension, add: Add): void {
  const sql = () => dimensionSql(design, table, d);
  add(
    () => `CASE WHEN min(${sql()}) = max(${sql()}) THEN min(${sql()})::VARCHAR END`,
    (cell, facts) => facts.dimensions.set(d.name, { constant: cell !== null, value: cell }),
  );
}

function segmentItem(design: Design, table: DesignTable, s: Segment, add: Add): void {
  add(
    () => `count(*) FILTER (WHERE ${segmentSql(design, table, s)})`,
    (cell, facts) => facts.reached.set(s.name, Number(cell)),
  );
}

function measureItems(design: Design, table: DesignTable, m: Measure, add: Add): void {
  if (m.filter.trim() !== '' && isOwn(m.filter)) {
    add(
      () => `count(*) FILTER (WHERE ${writtenFilter(design, table, m)})`,
      (cell, facts) => facts.reached.set(m.name, Number(cell)),
    );
  }
  const denominator = m.aggregation === 'ratio' && table.measures.find((o) => o.name === m.denominator);
  if (!denominator || !isOwn(denominator.expression) || !isOwn(denominator.filter)) return;
  add(
    () => measureSql(design, table, denominator),
    (cell, facts) => facts.denominators.set(denominator.name, cell),
  );
}
