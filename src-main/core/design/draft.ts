/**
 * Drafting: members with good names made from columns, as a drag or a suggestion makes them. Names are free in the table.
 */
import type { Aggregation } from '../aggregation';
import type { Column, Table } from '../table';
import type { DesignSource, DesignTable, Dimension, DimensionType, Measure, Segment } from './design';
import { memberNames } from './member';
import { freeName, legalName, nameFrom, titleFrom } from './names';

export {
  dimensionOf,
  measureOf,
  memberNames,
  memberOf,
  memberRefs,
  refsOf,
  sourceOf,
  tableOf,
  tableOver,
} from './member';

/** The source of a table that was opened. What was detected is not kept: it is found anew at each opening. */
export function sourceFrom(table: Table): DesignSource {
  return {
    name: table.name,
    path: table.source.path,
    format: table.source.format,
    ...(table.source.part ? { part: table.source.part } : {}),
    ...(table.source.made ? { query: table.source.made.query } : {}),
    columns: table.columns.map(({ name, type }) => ({ name, type })),
    extra: {},
  };
}

/** An empty logical table over a source, of the same name as far as that is legal and free. */
export function tableFrom(source: DesignSource, taken: Iterable<string>): DesignTable {
  const name = freeName(legalName(source.name), taken);
  return {
    name,
    source: source.name,
    title: titleFrom(name),
    description: '',
    grain: [],
    dimensions: [],
    measures: [],
    segments: [],
    dismissed: [],
    muted: [],
    extra: {},
  };
}

const emptyMeasure: Measure = {
  name: '',
  title: '',
  description: '',
  aggregation: 'count',
  column: '',
  expression: '',
  numerator: '',
  denominator: '',
  filter: '',
  format: '',
  public: true,
  extra: {},
};

const emptyDimension: Dimension = {
  name: '',
  title: '',
  description: '',
  type: 'string',
  column: '',
  expression: '',
  primaryKey: false,
  public: true,
  format: '',
  extra: {},
};

const prefix: Readonly<Partial<Record<Aggregation, string>>> = {
  sum: 'total_',
  avg: 'average_',
  min: 'minimum_',
  max: 'maximum_',
  median: 'median_',
  percentile: 'p90_',
  weighted_avg: 'weighted_',
  count: 'count_of_',
  count_distinct: 'distinct_',
  count_distinct_approx: 'about_distinct_',
};

/**
 * A measure of a column: sum of `sales_value` is `total_sales_value`. A ratio or an expression starts empty, under the
 * column's name.
 */
export function measureFrom(table: DesignTable, column: Column, aggregation: Aggregation): Measure {
  const base = nameFrom(column.name);
  const start = prefix[aggregation] ?? '';
  const spoken = base.startsWith(start) ? base : `${start}${base}`;
  const name = freeName(spoken, memberNames(table));
  const overColumn = aggregation !== 'ratio' && aggregation !== 'expression';
  return {
    ...emptyMeasure,
    name,
    title: titleFrom(name),
    aggregation,
    column: overColumn ? column.name : '',
  };
}

/** The number of rows. */
export function countMeasure(table: DesignTable): Measure {
  const name = freeName('row_count', memberNames(table));
  return { ...emptyMeasure, name, title: titleFrom(name) };
}

/** One measure by another of the same table. */
export function ratioMeasure(table: DesignTable, numerator: string, denominator: string): Measure {
  const spoken = numerator && denominator ? nameFrom(`${numerator} per ${denominator}`) : 'new_ratio';
  const name = freeName(spoken, memberNames(table));
  return { ...emptyMeasure, name, title: titleFrom(name), aggregation: 'ratio', numerator, denominator };
}

/** An expression measure that is still empty. */
export function expressionMeasure(table: DesignTable): Measure {
  const name = freeName('new_measure', memberNames(table));
  return { ...emptyMeasure, name, title: titleFrom(name), aggregation: 'expression' };
}

const dimensionType: Readonly<Record<Column['kind'], DimensionType>> = {
  number: 'number',
  text: 'string',
  time: 'time',
  boolean: 'boolean',
  nested: 'string',
};

/** A dimension of a column, of the type that its kind says unless one is given; nested values read as text. */
export function dimensionFrom(table: DesignTable, column: Column, type?: DimensionType): Dimension {
  const name = freeName(nameFrom(column.name), memberNames(table));
  return {
    ...emptyDimension,
    name,
    title: titleFrom(name),
    type: type ?? dimensionType[column.kind],
    column: column.name,
  };
}

/** An expression dimension that is still empty. */
export function expressionDimension(table: DesignTable): Dimension {
  const name = freeName('new_dimension', memberNames(table));
  return { ...emptyDimension, name, title: titleFrom(name) };
}

/** A segment over a condition. */
export function segmentFrom(table: DesignTable, condition: string): Segment {
  const name = freeName('new_segment', memberNames(table));
  return { name, title: titleFrom(name), description: '', condition, extra: {} };
}
