/**
 * The rows of the tree: tables and their columns, as far as they are unfolded and pass the filter.
 */
import type { Column, Table } from '#core/table';

export type TreeRow =
  | {
      readonly kind: 'table';
      readonly id: string;
      readonly table: Table;
      readonly open: boolean;
      readonly at: number;
      readonly of: number;
    }
  | {
      readonly kind: 'column';
      readonly id: string;
      readonly table: string;
      readonly column: Column;
      readonly at: number;
      readonly of: number;
    };

export const rowHeight = 24;

/**
 * @param filter Text that column names must contain; '' lets all pass. A table that has no match is left out, unless its
 *  own name matches; then all its columns stay.
 * @param folded Names of tables that are folded. A filter unfolds everything.
 */
export function treeRows(
  tables: readonly Table[],
  filter: string,
  folded: ReadonlySet<string>,
): readonly TreeRow[] {
  const wanted = filter.trim().toLowerCase();
  const rows: TreeRow[] = [];
  const matches = (name: string) => name.toLowerCase().includes(wanted);
  const shown = tables.flatMap((table) => {
    const whole = wanted === '' || matches(table.name);
    const columns = whole ? table.columns : table.columns.filter((column) => matches(column.name));
    return whole || columns.length > 0 ? [{ table, columns }] : [];
  });
  shown.forEach(({ table, columns }, at) => {
    const open = wanted !== '' || !folded.has(table.name);
    rows.push({ kind: 'table', id: `t:${table.name}`, table, open, at: at + 1, of: shown.length });
    if (!open) return;
    columns.forEach((column, i) => {
      rows.push({
        kind: 'column',
        id: `c:${table.name}\n${column.name}`,
        table: table.name,
        column,
        at: i + 1,
        of: columns.length,
      });
    });
  });
  return rows;
}

/** The rows in sight and a few beyond, as a half-open range. */
export function rowsInSight(top: number, height: number, count: number): { from: number; to: number } {
  const beyond = 8;
  const from = Math.max(0, Math.floor(top / rowHeight) - beyond);
  return { from, to: Math.min(count, Math.ceil((top + height) / rowHeight) + beyond) };
}
