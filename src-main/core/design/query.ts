/**
 * Questions to the data through a design, as DuckDB SQL. Tables are named as their sources are in the engine.
 *
 * What the user can act on (a member that is missing, a filter that holds a semicolon) is thrown as a ProblemError, so
 * that no text that is unsafe ever becomes part of a query.
 */
export type { DesignQuery } from './query/ask';
export { breakdownQuery, dimensionQuery, valueQuery } from './query/figure';
export { queryFor } from './query/plan';
export {
  type Grain,
  grains,
  type MemberFilter,
  type ModelQuery,
  type Operator,
  operators,
} from './query/question';
export { type RowsQuery, rowsQuery } from './query/rows';
export { dimensionSql, measureSql, segmentSql } from './query/text';
