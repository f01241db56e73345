/**
 * What members stand for, as SQL: their references written out.
 *
 * A member sees the columns of its own table by their bare names. What it names of another table is resolved by whoever asks,
 * because only a query knows how that table is reached.
 */
import { ProblemError, problem } from '../../problem';
import { identifier } from '../../sql';
import { kindOf } from '../../table';
import { textProblem } from '../check';
import type { Design, DesignTable, Dimension, Measure, Segment } from '../design';
import { CircularReference, expand, folded, type Reference } from '../expression';
import { tableOf } from '../member';

/** The value of a dimension of another table in a row of this one, as SQL. */
export type Elsewhere = (table: DesignTable, dimension: Dimension) => string;

/** Which percentile is meant where none is said. */
export const PERCENTILE = 0.9;

/** What a text is of its member. */
export type Part = 'measure' | 'dimension' | 'filter';

/** The aggregate expression of a measure, with all references written out. */
export function measureSql(
  design: Design,
  table: DesignTable,
  measure: Measure,
  elsewhere?: Elsewhere,
): string {
  return writtenOut(design, table, measure.name, measureText(table, measure), 'measure', elsewhere);
}

/** The value of a dimension in one row. Nested values read as text. */
export function dimensionSql(
  design: Design,
  table: DesignTable,
  dimension: Dimension,
  elsewhere?: Elsewhere,
): string {
  const text = dimensionText(design, table, dimension);
  return writtenOut(design, table, dimension.name, text, 'dimension', elsewhere);
}

/** The condition of a segment. */
export function segmentSql(
  design: Design,
  table: DesignTable,
  segment: Segment,
  elsewhere?: Elsewhere,
): string {
  const text = checked(segment.condition, segment.name, 'filter');
  return writtenOut(design, table, segment.name, text, 'filter', elsewhere);
}

/** The filter of a measure. @throws ProblemError if it has none. */
export function writtenFilter(design: Design, table: DesignTable, m: Measure, elsewhere?: Elsewhere): string {
  return writtenOut(design, table, m.name, checked(m.filter, m.name, 'filter'), 'filter', elsewhere);
}

/** A text that may be used. @throws ProblemError if it may not, or is empty. */
export function checked(text: string, name: string, part: 'expression' | 'filter'): string {
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
export function measureText(table: DesignTable, m: Measure): string {
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
  return aggregateText(m, filter);
}

function aggregateText(m: Measure, filter: string): string {
  if (m.column === '' && m.expression.trim() === '') {
    if (m.aggregation === 'count') return `count(*)${filter}`;
    throw new ProblemError(problem('measure-incomplete', { name: m.name, missing: 'column' }));
  }
  const operand = m.column === '' ? checked(m.expression, m.name, 'expression') : identifier(m.column);
  switch (m.aggregation) {
    case 'count_distinct':
      return `count(DISTINCT ${operand})${filter}`;
    case 'count_distinct_approx':
      return `approx_count_distinct(${operand})${filter}`;
    case 'percentile':
      return `quantile_cont(${operand}, ${shareOf(m)})${filter}`;
    case 'weighted_avg': {
      const weight = m.weight ?? '';
      if (weight === '')
        throw new ProblemError(problem('measure-incomplete', { name: m.name, missing: 'weight' }));
      const w = identifier(weight);
      const known = `CASE WHEN (${operand}) IS NOT NULL THEN ${w} END`;
      return `CAST(sum((${operand}) * ${w})${filter} AS DOUBLE) / nullif(sum(${known})${filter}, 0)`;
    }
    default:
      return `${m.aggregation}(${operand})${filter}`;
  }
}

/** The share of a percentile; whatever else stands there would not be one. */
function shareOf(m: Measure): number {
  const share = m.percentile ?? PERCENTILE;
  if (!(share >= 0 && share <= 1)) {
    const reason = 'a percentile is a share between 0 and 1';
    throw new ProblemError(problem('expression-invalid', { name: m.name, reason, at: null }));
  }
  return share;
}

/** Write references out; `name` is the member the text is of, '' for a text of the query itself. */
export function writtenOut(
  design: Design,
  table: DesignTable,
  name: string,
  text: string,
  part: Part,
  elsewhere?: Elsewhere,
): string {
  const used = name === '' ? 'The query' : name;
  try {
    return expand(
      text,
      (r) => referenced(design, table, r, used, part, elsewhere),
      name === '' ? [] : [name],
    );
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

function referenced(
  design: Design,
  table: DesignTable,
  r: Reference,
  used: string,
  part: Part,
  elsewhere: Elsewhere | undefined,
): string {
  if (r.table !== null && r.table !== table.name) return fromElsewhere(design, table, r, used, elsewhere);
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

function fromElsewhere(
  design: Design,
  table: DesignTable,
  r: Reference,
  used: string,
  elsewhere: Elsewhere | undefined,
): string {
  const other = tableOf(design, r.table ?? '');
  if (!other) throw new ProblemError(problem('table-missing', { table: r.table ?? '' }));
  const dimension = other.dimensions.find((d) => d.name === r.member);
  if (dimension === undefined) {
    const measure = other.measures.find((m) => m.name === r.member);
    if (measure === undefined) {
      const about = { table: other.name, member: r.member ?? '', used };
      throw new ProblemError(problem('member-missing', about));
    }
    const reason = `{${other.name}.${measure.name}} is a measure of another table; only an expression of nothing but measures may name it`;
    throw new ProblemError(problem('expression-invalid', { name: used, reason, at: r.at }));
  }
  if (elsewhere === undefined) throw notJoined([table.name, other.name]);
  return elsewhere(other, dimension);
}

/** Tables that no path joins. */
export function notJoined(tables: readonly string[]): ProblemError {
  const names = [...new Set(tables)];
  const list =
    names.length > 2 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}` : names.join(' and ');
  return new ProblemError(problem('tables-not-joined', { tables: list }));
}
