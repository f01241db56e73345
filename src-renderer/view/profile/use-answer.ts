/**
 * What the service answers to a question of a view about its table, asked anew when the question or the table changes.
 */
import { useEffect, useState } from 'react';
import type { AnswerOf, Ask } from '#contract';
import { remedy, words } from '#core/problem';
import { useAssay, useAssayStore } from '../../store/hooks';
import type { TableRequest } from '../../store/state';

/** Work that takes less than this is not spoken of. */
const slowMs = 200;

/** Why there is no newer answer; 'stopped' if the user wished so. */
export type Trouble = 'stopped' | { readonly words: string; readonly remedy: string };

export interface Asked<T> {
  /** The last answer; it stays while a newer one is worked out. */
  readonly value: T | null;
  /** Whether `value` answers the question as it is now. */
  readonly fresh: boolean;
  /** Whether a newer answer is on its way, and whether that takes long. */
  readonly busy: boolean;
  readonly slow: boolean;
  readonly trouble: Trouble | null;
  stop(): void;
  again(): void;
}

/**
 * @param ask null asks nothing.
 * @param rest Milliseconds for which the question must rest before it is put. Default: none.
 */
export function useAnswer<R extends TableRequest>(
  request: R,
  ask: Ask<R> | null,
  rest = 0,
): Asked<AnswerOf<R>> {
  const store = useAssayStore();
  const key = ask === null ? null : JSON.stringify(ask);
  const table = useAssay((s) => (ask === null ? undefined : s.tables[ask.table]));
  const [found, setFound] = useState<{ readonly of: string; readonly value: AnswerOf<R> } | null>(null);
  const [work, setWork] = useState<{ readonly abort: AbortController; readonly slow: boolean } | null>(null);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [turn, setTurn] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the question, the turn asks it again.
  useEffect(() => {
    setTrouble(null);
    if (key === null || table === undefined) return setWork(null);
    const abort = new AbortController();
    let left = false;
    let slow: ReturnType<typeof setTimeout> | undefined;
    setWork({ abort, slow: false });
    const put = () => {
      slow = setTimeout(() => setWork({ abort, slow: true }), slowMs);
      void store
        .getState()
        .askTable(request, JSON.parse(key) as Ask<R>, abort.signal)
        .then((reply) => {
          clearTimeout(slow);
          if (left) return;
          setWork(null);
          if (reply.ok) setFound({ of: key, value: reply.value });
          else if (!('problem' in reply))
            setTrouble({ words: 'This is a fault of Assay, not of your data', remedy: reply.fault });
          else if (reply.problem.code === 'query-cancelled') setTrouble('stopped');
          else setTrouble({ words: words(reply.problem), remedy: remedy(reply.problem) });
        });
    };
    const wait = rest > 0 ? setTimeout(put, rest) : undefined;
    if (rest === 0) put();
    return () => {
      left = true;
      clearTimeout(wait);
      clearTimeout(slow);
      abort.abort();
    };
  }, [store, request, key, table, rest, turn]);

  return {
    value: found?.value ?? null,
    fresh: found !== null && found.of === key,
    busy: work !== null,
    slow: work?.slow ?? false,
    trouble,
    stop: () => work?.abort.abort(),
    again: () => setTurn((n) => n + 1),
  };
}
