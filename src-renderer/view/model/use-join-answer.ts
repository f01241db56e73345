/**
 * What the service answers to a question of the join lab about two tables, asked anew when the question or a table changes.
 */
import { useEffect, useState } from 'react';
import type { AnswerOf, Ask } from '#contract';
import { remedy, words } from '#core/problem';
import { useAssay, useAssayStore } from '../../store/hooks';
import type { JoinRequest } from '../../store/state';

/** Work that takes less than this is not spoken of. */
const slowMs = 200;

export interface JoinAnswer<T> {
  /** The last answer; it stays while a newer one is worked out. */
  readonly value: T | null;
  readonly fresh: boolean;
  readonly slow: boolean;
  /** Why there is no newer answer; 'stopped' if the user wished so. */
  readonly trouble: 'stopped' | { readonly words: string; readonly remedy: string } | null;
  stop(): void;
  again(): void;
}

/** @param ask null asks nothing. @param key Stands for the question. @param tables The open tables it is about. */
export function useJoinAnswer<R extends JoinRequest>(
  request: R,
  ask: Ask<R> | null,
  key: string,
  tables: readonly [string, string],
): JoinAnswer<AnswerOf<R>> {
  const store = useAssayStore();
  const left = useAssay((s) => s.tables[tables[0]]);
  const right = useAssay((s) => s.tables[tables[1]]);
  const [found, setFound] = useState<{ readonly of: string; readonly value: AnswerOf<R> } | null>(null);
  const [work, setWork] = useState<{ readonly abort: AbortController; readonly slow: boolean } | null>(null);
  const [trouble, setTrouble] = useState<JoinAnswer<unknown>['trouble']>(null);
  const [turn, setTurn] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the question, the turn asks it again.
  useEffect(() => {
    setTrouble(null);
    if (ask === null || left === undefined || right === undefined) return setWork(null);
    const abort = new AbortController();
    let gone = false;
    setWork({ abort, slow: false });
    const slow = setTimeout(() => setWork({ abort, slow: true }), slowMs);
    void store
      .getState()
      .askJoin(request, ask, tables, abort.signal)
      .then((reply) => {
        clearTimeout(slow);
        if (gone) return;
        setWork(null);
        if (reply.ok) setFound({ of: key, value: reply.value });
        else if (!('problem' in reply))
          setTrouble({ words: 'This is a fault of Assay, not of your data', remedy: reply.fault });
        else if (reply.problem.code === 'query-cancelled') setTrouble('stopped');
        else setTrouble({ words: words(reply.problem), remedy: remedy(reply.problem) });
      });
    return () => {
      gone = true;
      clearTimeout(slow);
      abort.abort();
    };
  }, [store, request, key, left, right, turn]);

  return {
    value: found?.value ?? null,
    fresh: found?.of === key,
    slow: work?.slow ?? false,
    trouble,
    stop: () => work?.abort.abort(),
    again: () => setTurn((n) => n + 1),
  };
}
