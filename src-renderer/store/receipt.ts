/**
 * Receipts: their entries, page by page. The first of each kind come with the table and need no asking.
 */
import type { Deps, Slice } from './deps';
import { failed } from './notices';
import { problemOf } from './sources';
import type { ReceiptSlice } from './state';

/** Entries of a page. */
export const pageOf = 200;

/** Where one can go from a page that begins at `offset`; null where there is no way. */
export function stepsFrom(
  offset: number,
  total: number,
): { back: number | null; on: number | null; last: number } {
  return {
    back: offset > 0 ? Math.max(0, offset - pageOf) : null,
    on: offset + pageOf < total ? offset + pageOf : null,
    last: Math.max(0, Math.floor((total - 1) / pageOf) * pageOf),
  };
}

export const createReceiptSlice =
  ({ client }: Deps): Slice<ReceiptSlice> =>
  (_set, get) => ({
    async askEntries({ table, kind, offset, search }, signal) {
      const ask = { table, kind, offset, limit: pageOf, ...(search === '' ? {} : { search }) };
      const reply = await client.ask('receipt:entries', ask, signal === undefined ? {} : { signal });
      if (reply.ok) return reply.value;
      if (problemOf(reply, table).code !== 'query-cancelled')
        get().notify(failed(reply, `The receipt of ${table} could not be read`));
      return null;
    },
  });
