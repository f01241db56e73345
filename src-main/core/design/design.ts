/**
 * The design: the one document the user makes. A value; every change is an edit (edit.ts), every defect is derived (check.ts).
 *
 * A design knows columns by name and type only through the sources it lists, so it can be read, checked and exported
 * without the data. Keys we do not know are kept in `extra` of the part they stood in and written back (file.ts).
 */
import type { Aggregation } from '../aggregation';
import type { Comparison } from '../key';
import type { Dialect, Format, Part } from '../source/receipt';
import type { ModelQuery } from './query/question';

export interface Design {
  /** Identifier of the data product: a name by the rule of members. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly sources: readonly DesignSource[];
  readonly tables: readonly DesignTable[];
  readonly joins: readonly Join[];
  readonly explorations: readonly Exploration[];
  readonly extra: Extra;
}

/** Unknown keys of a part, kept as they were read. */
export type Extra = Readonly<Record<string, unknown>>;

/** A file the design rests on, or a table that a query makes from others. `columns` are remembered so that a missing file leaves a readable design. */
export interface DesignSource {
  /** Also the name of the table it is read as. */
  readonly name: string;
  /** Absolute in memory; relative to the design in its file. '' if a query makes it. */
  readonly path: string;
  /** `query` if and only if there is one. */
  readonly format: Format;
  /** One SELECT of DuckDB over the names of other sources. */
  readonly query?: string;
  /** What the user set by hand; what was detected is found anew at each opening. */
  readonly dialect?: Partial<Dialect>;
  /** Of a workbook, an archive or a database: what of it is read. */
  readonly part?: Part;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  /** Columns for which another reading was proposed and dismissed. Nothing dismissed comes back. */
  readonly dismissed?: readonly string[];
  readonly extra: Extra;
}

/** A logical table: the members drafted over one source. */
export interface DesignTable {
  readonly name: string;
  /** Name of the source it reads. */
  readonly source: string;
  readonly title: string;
  readonly description: string;
  /** Names of columns that identify a row, as accepted by the user; empty if unknown. */
  readonly grain: readonly string[];
  readonly dimensions: readonly Dimension[];
  readonly measures: readonly Measure[];
  readonly segments: readonly Segment[];
  /** Columns whose suggestion was dismissed, with the reason if one was given. Nothing dismissed comes back. */
  readonly dismissed: readonly { readonly column: string; readonly reason: string }[];
  /** Alerts that are known and need no look; they are still told apart, and anybody can take that back. */
  readonly muted: readonly Muted[];
  readonly extra: Extra;
}

/** An alert that was muted. */
export interface Muted {
  /** The kind of the alert. */
  readonly code: string;
  /** null if the alert is about the table. */
  readonly column: string | null;
  readonly reason: string;
}

export type DimensionType = 'string' | 'number' | 'time' | 'boolean';

/** A value per row to group or filter by. Exactly one of `column` and `expression` is set; the other is ''. */
export interface Dimension {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly type: DimensionType;
  /** A column of the table's source. */
  readonly column: string;
  /** DuckDB SQL over columns and {members} of the same table. */
  readonly expression: string;
  readonly primaryKey: boolean;
  readonly public: boolean;
  /** A format word (format.ts); '' means by type. */
  readonly format: string;
  readonly extra: Extra;
}

/**
 * A figure over many rows.
 *
 * - count: rows, or the non-null values of `column` if one is set;
 * - count_distinct, count_distinct_approx (within about 2 %), sum, avg, min, max, median: of `column`, or of the row-level `expression` if `column` is '';
 * - percentile: of the same, the value below which the share `percentile` of the values lies, interpolated;
 * - weighted_avg: the average of the same in which each row weighs as much as its `weight`, a column; rows that lack either do not count;
 * - ratio: `numerator` / `denominator`, names of measures of the same table; null where the denominator is 0;
 * - expression: `expression`, which aggregates by itself and may use {measures}.
 */
export interface Measure {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly aggregation: Aggregation;
  readonly column: string;
  readonly expression: string;
  readonly numerator: string;
  readonly denominator: string;
  /** Of a percentile: a share between 0 and 1; 0.9 if absent. */
  readonly percentile?: number;
  /** Of a weighted average: a column of the table's source. */
  readonly weight?: string;
  /** A condition over columns and {dimensions}; '' means all rows. Not for ratio and expression. */
  readonly filter: string;
  readonly format: string;
  readonly public: boolean;
  readonly extra: Extra;
}

/** A named condition over the rows of its table. */
export interface Segment {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly condition: string;
  readonly extra: Extra;
}

/** A path between two logical tables. */
export interface Join {
  readonly from: string;
  readonly to: string;
  readonly relationship: 'one_to_one' | 'one_to_many' | 'many_to_one';
  /** Pairs of columns: [column of from, column of to]. */
  readonly on: readonly (readonly [string, string])[];
  /** How keys are compared; absent, as they stand. */
  readonly comparison?: Exclude<Comparison, 'value'>;
  readonly extra: Extra;
}

/** A question through the model that is worth asking again, and how its answer is looked at. */
export interface Exploration {
  /** By which it is found; unique in the design. */
  readonly name: string;
  readonly title: string;
  readonly query: ModelQuery;
  readonly chart: ChartChoice;
  /** The dimension of the query that is laid over columns, as the query names it; '' if none is. */
  readonly pivot: string;
  /** Whether the range of time before stands beside the one asked for. */
  readonly compare: boolean;
  readonly extra: Extra;
}

/** How an answer is drawn. `auto` chooses by what is asked; `table` draws nothing beside the table. */
export const chartChoices = ['auto', 'line', 'area', 'bar', 'heat', 'scatter', 'table'] as const;
export type ChartChoice = (typeof chartChoices)[number];

/** Where a member stands. Names are unique across the members of a table. */
export interface MemberRef {
  readonly table: string;
  readonly kind: 'dimension' | 'measure' | 'segment';
  readonly name: string;
}

export const emptyDesign: Design = {
  name: 'untitled',
  title: '',
  description: '',
  sources: [],
  tables: [],
  joins: [],
  explorations: [],
  extra: {},
};

/** The rule of names of tables and members, the strictest of the targets'. */
export const namePattern = /^[a-zA-Z][a-zA-Z0-9_]*$/;
