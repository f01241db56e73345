/**
 * Relations inside a table, asked for by the view that shows them. Answers are kept as long as the reading of the table and
 * its filter are the same, so that coming back to a view costs nothing.
 */
import type { AnswerOf, Ask } from '#contract';
import type { Table } from '#core/table';
import type { Deps, Slice } from './deps';
import { failed } from './notices';
import { problemOf } from './sources';
import type { RelationsSlice } from './state';

/** Rows of a page of those that break a dependency. */
export const breaksOf = 100;
/** Answers kept; the oldest goes first. */
const KEPT = 60;

type Request = 'relation:matrix' | 'relation:pair' | 'relation:findings' | 'relation:breaks';

export const createRelationsSlice =
  ({ client }: Deps): Slice<RelationsSlice> =>
  (_set, get) => {
    const known = new Map<string, { readonly of: Table | undefined; readonly answer: unknown }>();

    const answer = async <R extends Request>(
      request: R,
      ask: Ask<R>,
      doing: string,
      signal: AbortSignal | undefined,
    ): Promise<AnswerOf<R> | null> => {
      const filter = get().filters[ask.table] ?? [];
      const of = get().tables[ask.table];
      const whole = { ...ask, ...(filter.length === 0 ? {} : { filter }) };
      const key = JSON.stringify([request, whole]);
      const kept = known.get(key);
      if (kept !== undefined && kept.of === of) return kept.answer as AnswerOf<R>;
      const reply = await client.ask(request, whole, signal === undefined ? {} : { signal });
      if (reply.ok) {
        known.delete(key);
        known.set(key, { of, answer: reply.value });
        for (const oldest of known.keys()) {
          if (known.size <= KEPT) break;
          known.delete(oldest);
        }
        return reply.value;
      }
      if (problemOf(reply, ask.table).code !== 'query-cancelled') get().notify(failed(reply, doing));
      return null;
    };

    return {
      relateColumns: (table, wish, signal) =>
        answer('relation:matrix', { table, ...wish }, `Could not relate the columns of ${table}`, signal),
      relatePair: (table, a, b, signal) =>
        answer('relation:pair', { table, a, b }, `Could not relate ${a} and ${b}`, signal),
      findRelations: (table, signal) =>
        answer('relation:findings', { table }, `Could not look for dependencies in ${table}`, signal),
      findBreaks: (table, { left, right }, offset, signal) =>
        answer(
          'relation:breaks',
          { table, left, right, offset, limit: breaksOf },
          `Could not read the rows of ${table}`,
          signal,
        ),
    };
  };
