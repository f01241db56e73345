/**
 * Missing data: the way from a value that stands for a missing one to a reading of the file that says so.
 */
import type { ColumnReading, ReadAs } from '#core/source/receipt';
import { type Column, isFractional, type Table } from '#core/table';
import type { Slice } from './deps';
import type { MissingSlice } from './state';

/** What a column is read as, by the type it has now. */
function readAs({ kind, type }: Column): ReadAs | null {
  switch (kind) {
    case 'text':
      return 'text';
    case 'number':
      return isFractional(type) ? 'number' : 'whole';
    case 'time':
      return type === 'DATE' ? 'date' : null;
    default:
      return null;
  }
}

/**
 * How a column would be read with further words that mean missing; null where that cannot be told: of a file that is not
 * text, and of times that are not spelt as they are shown.
 */
export function readingWithout(table: Table, column: string, words: readonly string[]): ColumnReading | null {
  const { dialect, format } = table.source;
  const found = table.columns.find((c) => c.name === column);
  if (format !== 'csv' || dialect === undefined || found === undefined) return null;
  const told = dialect.columns?.find((reading) => reading.column === column);
  const as = told?.as ?? readAs(found);
  if (as === null || as === 'boolean' || as === 'time' || as === 'timestamp') return null;
  const iso = told?.formats === undefined && (dialect.dateFormat ?? '%Y-%m-%d') === '%Y-%m-%d';
  if (as === 'date' && !iso) return null;
  const reading = told ?? {
    column,
    as,
    ...(dialect.decimal === '.' || as === 'text' ? {} : { decimal: dialect.decimal }),
  };
  return { ...reading, nulls: [...new Set([...(reading.nulls ?? []), ...words])] };
}

export const createMissingSlice = (): Slice<MissingSlice> => (_set, get) => ({
  treatAsMissing(name, column, words) {
    const table = get().tables[name];
    const reading = table === undefined ? null : readingWithout(table, column, words);
    if (reading === null) return;
    get().importTable(name, column);
    get().tellColumn(reading);
  },
});
