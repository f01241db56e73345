/**
 * An answer about missing data as a part of a view: the last one stays, dimmed, while a newer is worked out.
 */
import { type ReactNode, useEffect, useState } from 'react';
import type { AnswerOf, Ask } from '#contract';
import { remedy, words } from '#core/problem';
import { useAssay, useAssayStore } from '../../store/hooks';
import type { MissingRequest } from '../../store/state';
import { Button } from '../ui/button';

/** Work that takes less than this is not spoken of. */
const slowMs = 200;

export interface Answered<T> {
  readonly value: T | null;
  /** Whether a newer answer is on its way, and whether that takes long. */
  readonly busy: boolean;
  readonly slow: boolean;
  /** Why there is no newer answer; 'stopped' if the user wished so. */
  readonly trouble: 'stopped' | { readonly words: string; readonly remedy: string } | null;
  stop(): void;
  again(): void;
}

/** Asks anew whenever the question or the table changes; null asks nothing. */
export function useMissing<R extends MissingRequest>(request: R, ask: Ask<R> | null): Answered<AnswerOf<R>> {
  const store = useAssayStore();
  const key = ask === null ? null : JSON.stringify(ask);
  const table = useAssay((s) => (ask === null ? undefined : s.tables[ask.table]));
  const [value, setValue] = useState<AnswerOf<R> | null>(null);
  const [work, setWork] = useState<{ readonly abort: AbortController; readonly slow: boolean } | null>(null);
  const [trouble, setTrouble] = useState<Answered<never>['trouble']>(null);
  const [turn, setTurn] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the question, the turn asks it again.
  useEffect(() => {
    if (key === null || table === undefined) return;
    const abort = new AbortController();
    let left = false;
    setWork({ abort, slow: false });
    setTrouble(null);
    const timer = setTimeout(() => setWork({ abort, slow: true }), slowMs);
    void store
      .getState()
      .askMissing(request, JSON.parse(key) as Ask<R>, abort.signal)
      .then((reply) => {
        clearTimeout(timer);
        if (left) return;
        setWork(null);
        if (reply.ok) setValue(reply.value);
        else if (!('problem' in reply))
          setTrouble({ words: 'This is a fault of Assay, not of your data', remedy: reply.fault });
        else if (reply.problem.code === 'query-cancelled') setTrouble('stopped');
        else setTrouble({ words: words(reply.problem), remedy: remedy(reply.problem) });
      });
    return () => {
      left = true;
      clearTimeout(timer);
      abort.abort();
    };
  }, [store, request, key, table, turn]);

  return {
    value,
    busy: work !== null,
    slow: work?.slow ?? false,
    trouble,
    stop: () => work?.abort.abort(),
    again: () => setTurn((n) => n + 1),
  };
}

/**
 * What an answer shows, in a room that is kept for it.
 * @param doing What is worked out, in words: `Counting`.
 * @param height Least height, in pixels.
 */
export function Answer<T>({
  answer,
  doing,
  height = 120,
  children,
}: {
  answer: Answered<T>;
  doing: string;
  height?: number;
  children: (value: T) => ReactNode;
}) {
  const { value, slow, trouble, stop, again } = answer;
  return (
    <div className="missing-answer" style={{ minHeight: height }} aria-busy={answer.busy}>
      <div className="missing-state" role="status">
        {slow ? (
          <>
            <i className="missing-spinner" aria-hidden="true" />
            {doing}…<Button onClick={stop}>Cancel</Button>
          </>
        ) : trouble === 'stopped' ? (
          <>
            Cancelled.<Button onClick={again}>Start again</Button>
          </>
        ) : trouble !== null ? (
          <>
            <b>{trouble.words}.</b> {trouble.remedy}
            <Button onClick={again}>Try again</Button>
          </>
        ) : null}
      </div>
      {value === null ? null : <div className={slow ? 'missing-older' : undefined}>{children(value)}</div>}
    </div>
  );
}
