/**
 * Missing data: asked when it is looked at, kept as long as the table is the same, and the way from a value that stands
 * for a missing one to a reading of the file that says so.
 */
import type { AnswerOf, Ask } from '#contract';
import type { ColumnReading, ReadAs } from '#core/source/receipt';
import { type Column, isFractional, type Table } from '#core/table';
import type { Deps, Slice } from './deps';
import type { MissingRequest, MissingSlice } from './state';

/** Answers kept, the latest. */
const KEPT = 40;

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

export const createMissingSlice =
  ({ client }: Deps): Slice<MissingSlice> =>
  (_set, get) => {
    const kept = new Map<string, { readonly of: Table | undefined; readonly value: unknown }>();
    return {
      async askMissing<R extends MissingRequest>(request: R, ask: Ask<R>, signal?: AbortSignal) {
        const key = JSON.stringify([request, ask]);
        const of = get().tables[ask.table];
        const known = kept.get(key);
        if (known !== undefined && known.of === of) return { ok: true, value: known.value as AnswerOf<R> };
        const reply = await client.ask(request, ask, signal === undefined ? {} : { signal });
        if (reply.ok && get().tables[ask.table] === of) {
          kept.delete(key);
          kept.set(key, { of, value: reply.value });
          for (const old of [...kept.keys()].slice(0, -KEPT)) kept.delete(old);
        }
        return reply;
      },
      treatAsMissing(name, column, words) {
        const table = get().tables[name];
        const reading = table === undefined ? null : readingWithout(table, column, words);
        if (reading === null) return;
        get().importTable(name, column);
        get().tellColumn(reading);
      },
    };
  };
