/**
 * Accepting a suggestion: what profile proposes becomes an edit of the design. The one place where the two meet.
 */
import { type Aggregation, unfit } from './aggregation';
import type { Design, DesignTable } from './design/design';
import { dimensionFrom, measureFrom } from './design/draft';
import { applyEdit, type Edit } from './design/edit';
import { tableOver } from './design/member';
import type { JoinCandidate } from './join/join';
import type { Suggestion } from './profile/profile';
import type { Column, Table } from './table';

/** The aggregation that makes sense first of a column: the suggested one if it fits, else by kind. */
export function firstAggregation(column: Column, suggestion: Suggestion | undefined): Aggregation {
  const suggested = suggestion?.aggregation;
  if (suggested !== undefined && unfit(suggested, column.kind) === null) return suggested;
  return column.kind === 'number' ? 'sum' : 'count_distinct';
}

/**
 * The edits that accept a suggestion; none for a column that is best ignored.
 * A key becomes a dimension that is the primary key, and the grain of its table while that is unknown.
 */
export function acceptEdits(table: DesignTable, column: Column, suggestion: Suggestion): readonly Edit[] {
  switch (suggestion.role) {
    case 'ignored':
      return [];
    case 'measure':
      return [
        {
          verb: 'add-measure',
          table: table.name,
          measure: measureFrom(table, column, firstAggregation(column, suggestion)),
        },
      ];
    case 'key': {
      const first = table.grain.length === 0;
      const dimension = { ...dimensionFrom(table, column), primaryKey: first };
      const add: Edit = { verb: 'add-dimension', table: table.name, dimension };
      return first
        ? [add, { verb: 'change-table', table: table.name, change: { grain: [column.name] } }]
        : [add];
    }
    default:
      return [{ verb: 'add-dimension', table: table.name, dimension: dimensionFrom(table, column) }];
  }
}

/**
 * The edits that join tables as it was found in the data, in the order in which they were found; one of many rows to many is none
 * that a design can say.
 */
export function joinEdits(design: Design, found: readonly JoinCandidate[]): readonly Edit[] {
  return found.flatMap(({ measured }): readonly Edit[] => {
    const { ask, cardinality } = measured;
    const from = tableOver(design, ask.from.table);
    const to = tableOver(design, ask.to.table);
    if (from === undefined || to === undefined) return [];
    if (cardinality === null || cardinality === 'many_to_many') return [];
    const compared = ask.comparison === 'value' ? {} : { comparison: ask.comparison };
    const on = ask.from.columns.map((column, i) => [column, ask.to.columns[i] ?? ''] as const);
    return [
      {
        verb: 'add-join',
        join: { from: from.name, to: to.name, relationship: cardinality, on, ...compared, extra: {} },
      },
    ];
  });
}

/** The edits that make columns the grain and the primary key of a table; dimensions of them are drafted where there are none. */
export function grainEdits(table: DesignTable, columns: readonly Column[]): readonly Edit[] {
  const names = columns.map((column) => column.name);
  return [
    ...columns.map((column): Edit => {
      const known = table.dimensions.find((d) => d.column === column.name);
      return known === undefined
        ? {
            verb: 'add-dimension',
            table: table.name,
            dimension: { ...dimensionFrom(table, column), primaryKey: true },
          }
        : { verb: 'change-dimension', table: table.name, name: known.name, change: { primaryKey: true } };
    }),
    { verb: 'change-table', table: table.name, change: { grain: names } },
  ];
}

/** One edit that accepts all of these suggestions for a table, so that one undo takes them back; null if nothing changes. */
export function acceptAll(design: Design, table: Table, suggestions: readonly Suggestion[]): Edit | null {
  const edits: Edit[] = [];
  let after = design;
  let accepted = 0;
  for (const suggestion of suggestions) {
    const over = after.tables.find((t) => t.source === table.name);
    const column = table.columns.find((c) => c.name === suggestion.column);
    if (over === undefined || column === undefined) continue;
    // Each name is chosen beside those already taken by the edits before it.
    const made = acceptEdits(over, column, suggestion);
    if (made.length > 0) accepted++;
    for (const edit of made) after = applyEdit(after, edit);
    edits.push(...made);
  }
  if (accepted === 0) return null;
  const words = `accepted ${accepted} ${accepted === 1 ? 'suggestion' : 'suggestions'} for ${table.name}`;
  return { verb: 'together', words, edits };
}
