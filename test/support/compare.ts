/**
 * Whether what was read is what was written, and if it is not, whether the user was told.
 */
import type { Table } from '../../src-main/core/table';

/**
 * The warnings that send the user to look at the reading itself. Those about the type of a column do not excuse another
 * table than the one in the file; that is why not every warning counts.
 */
const asking = new Set([
  'records-lost',
  'rows-rejected',
  'lines-skipped',
  'single-column',
  'no-rows',
  'values-lost',
  'encoding-damage',
  'encoding-guess',
  'dialect-guess',
  'header-guess',
  'rows-mended',
  'rows-padded',
  'tables-several',
  'nul-bytes',
  'quotes-unclosed',
]);

/** Why the reading of a table asks its user to look; empty if it is shown as fine. */
export function asks(table: Omit<Table, 'name'>): string[] {
  const { receipt } = table;
  return [
    ...new Set([
      ...(table.candidates.length > 0 ? ['candidates'] : []),
      ...(receipt.rejected > 0 ? ['rejected'] : []),
      ...(receipt.mended > 0 ? ['mended'] : []),
      ...table.warnings.filter((w) => asking.has(w.code)).map((w) => w.code),
    ]),
  ];
}

export interface Cells {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** The first difference in words; null if there is none. */
export function difference(expected: Cells, read: Cells): string | null {
  if (expected.header.length !== read.header.length)
    return `${read.header.length} columns for ${expected.header.length}`;
  for (const [i, name] of expected.header.entries())
    if (read.header[i] !== name)
      return `column ${i + 1} is called ${shown(read.header[i])} for ${shown(name)}`;
  if (expected.rows.length !== read.rows.length)
    return `${read.rows.length} rows for ${expected.rows.length}`;
  for (const [r, row] of expected.rows.entries()) {
    const other = read.rows[r] ?? [];
    if (row.length !== other.length) return `row ${r + 1}: ${other.length} cells for ${row.length}`;
    for (const [c, cell] of row.entries())
      if (other[c] !== cell) return `row ${r + 1}, cell ${c + 1}: ${shown(other[c])} for ${shown(cell)}`;
  }
  return null;
}

/**
 * The first column that is named otherwise than in the file without a warning that says so; null if there is none.
 * @param expected The header as it stands in the file.
 */
export function otherName(expected: readonly string[], table: Omit<Table, 'name'>): string | null {
  if (expected.length !== table.columns.length)
    return `${table.columns.length} columns for ${expected.length}`;
  const told = new Set(table.warnings.filter((w) => w.code.startsWith('column-name')).map((w) => w.column));
  for (const [i, { name }] of table.columns.entries())
    if (name !== expected[i] && !told.has(name))
      return `column ${i + 1} is called ${shown(name)} for ${shown(expected[i])}`;
  return null;
}

function shown(text: string | undefined): string {
  if (text === undefined) return 'nothing';
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}
