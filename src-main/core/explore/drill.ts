/**
 * The rows behind a row of an answer, as conditions that they meet.
 */
import type { Design } from '../design/design';
import { references } from '../design/expression';
import type { MemberFilter, ModelQuery, RowsQuery } from '../design/query';
import type { Cell } from '../table';
import { stretchOf } from './period';
import { type AskedColumn, askedOf } from './question';

/** What a row says of a dimension, as a filter. */
function held(column: AskedColumn, cell: Cell): MemberFilter {
  const member = column.name;
  if (cell === null) return { member, operator: 'notSet', values: [] };
  if (column.grain !== null && typeof cell !== 'boolean') {
    const stretch = stretchOf(cell, column.grain);
    if (stretch !== null) return { member, operator: 'inDateRange', values: stretch };
  }
  return { member, operator: 'equals', values: [cell] };
}

/**
 * The rows of the first measure's table (of the first dimension's if there is no measure) that a row of an answer counts.
 * Conditions on measures are about groups and are left out. null if the question asks for nothing.
 * @param row Its cells, dimensions first.
 */
export function rowsBehind(
  design: Design,
  query: ModelQuery,
  columns: readonly AskedColumn[],
  row: readonly Cell[],
): RowsQuery | null {
  const first = askedOf(design, query.measures[0] ?? query.dimensions[0] ?? '');
  if (first === null) return null;
  const dimensions = columns.filter((c) => c.kind === 'dimension');
  const asked = (query.filters ?? []).filter((f) => askedOf(design, f.member)?.kind === 'dimension');
  const { range } = query;
  const filters: MemberFilter[] = [
    ...asked,
    ...(range
      ? [{ member: range.dimension, operator: 'inDateRange', values: [range.from, range.to] } as const]
      : []),
    ...dimensions.map((c, i) => held(c, row[i] ?? null)),
  ];
  const ownFilter =
    first.kind === 'measure' &&
    first.member.aggregation !== 'ratio' &&
    first.member.aggregation !== 'expression'
      ? first.member.filter.trim()
      : '';
  const where = [ownFilter, isAboutMeasures(design, query.where) ? '' : (query.where ?? '').trim()].filter(
    (w) => w !== '',
  );
  return {
    table: first.table.name,
    filters,
    segments: query.segments,
    ...(where.length === 0 ? {} : { where: where.map((w) => `(${w})`).join(' AND ') }),
  };
}

function isAboutMeasures(design: Design, where: string | undefined): boolean {
  return references(where ?? '').some((r) =>
    design.tables.some(
      (t) => (r.table === null || r.table === t.name) && t.measures.some((m) => m.name === r.member),
    ),
  );
}
