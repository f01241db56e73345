/**
 * The rows behind a figure: those of a logical table that meet conditions.
 */
import { ProblemError, problem } from '../../problem';
import { identifier } from '../../sql';
import type { Design } from '../design';
import { tableOf } from '../member';
import type { MemberFilter } from './ask';
import { readConditions, whereLines } from './condition';
import { fromFor } from './from';

export interface RowsQuery {
  /** A logical table. */
  readonly table: string;
  readonly filters?: readonly MemberFilter[];
  readonly segments?: readonly string[];
  /** A condition over columns and {dimensions}. */
  readonly where?: string;
  readonly offset?: number;
  readonly limit?: number;
}

/**
 * The rows of a table, whole, in the order of its source. Conditions may stand on tables that it leads to.
 * @returns Rows, and a count of all of them.
 * @throws ProblemError as `queryFor` does.
 */
export function rowsQuery(
  design: Design,
  query: RowsQuery,
): { readonly sql: string; readonly count: string } {
  const table = tableOf(design, query.table);
  if (table === undefined) throw new ProblemError(problem('table-missing', { table: query.table }));
  const { rows, figures, having } = readConditions(design, { segments: [], ...query }, [table]);
  if (figures.length > 0 || having !== null) {
    const reason = 'a condition on a measure is about groups, not about rows';
    throw new ProblemError(problem('filter-invalid', { name: 'The query', reason }));
  }
  const from = fromFor(
    design,
    table,
    rows.flatMap((c) => c.tables),
  );
  const where = whereLines(rows.map((c) => ({ sql: c.sql(from), note: c.note })));
  const lines = [...from.lines(), ...where];
  const page = [
    ...(query.limit === undefined ? [] : [`LIMIT ${Math.max(0, Math.trunc(query.limit) || 0)}`]),
    ...(query.offset ? [`OFFSET ${Math.max(0, Math.trunc(query.offset) || 0)}`] : []),
  ];
  return {
    sql: [`SELECT ${identifier(table.source)}.*`, ...lines, ...page].join('\n'),
    count: ['SELECT count(*)', ...lines].join('\n'),
  };
}
