/**
 * Answers about a table that a view asks for when it is looked at: its outliers, what it lacks, how its columns go
 * together. They are kept as long as the reading of the table is the same, so that coming back to a view costs nothing.
 */
import type { AnswerOf, Ask } from '#contract';
import type { Table } from '#core/table';
import type { Deps, Slice } from './deps';
import type { AnswerSlice, TableRequest } from './state';

/** Answers kept, the latest. */
const KEPT = 80;

export const createAnswerSlice =
  ({ client }: Deps): Slice<AnswerSlice> =>
  (_set, get) => {
    const kept = new Map<string, { readonly of: Table | undefined; readonly value: unknown }>();
    return {
      async askTable<R extends TableRequest>(request: R, ask: Ask<R>, signal?: AbortSignal) {
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
    };
  };
