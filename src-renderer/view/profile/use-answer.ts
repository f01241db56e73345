/**
 * What the service answers to a question of a view, asked anew when the question changes.
 */
import { useCallback, useEffect, useState } from 'react';
import type { AnswerOf, Ask } from '#contract';
import { useAssay } from '../../store/hooks';
import type { OutlierRequest } from '../../store/state';

export interface Asked<T> {
  /** The last answer; it stays while a newer one is computed. */
  readonly answer: T | null;
  /** `stopped` after a cancel or a failure, until it is asked again. */
  readonly state: 'waiting' | 'done' | 'stopped';
  cancel(): void;
  again(): void;
}

/**
 * @param ask null asks nothing.
 * @param rest Milliseconds for which the question must rest before it is put.
 */
export function useAnswer<R extends OutlierRequest>(
  request: R,
  ask: Ask<R> | null,
  rest = 0,
): Asked<AnswerOf<R>> {
  const askOutliers = useAssay((s) => s.askOutliers);
  const key = ask === null ? null : JSON.stringify(ask);
  const [answer, setAnswer] = useState<AnswerOf<R> | null>(null);
  const [state, setState] = useState<{ of: string | null; is: 'done' | 'stopped' }>({ of: null, is: 'done' });
  const [turn, setTurn] = useState(0);
  const [running, setRunning] = useState<AbortController | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another turn asks the same again.
  useEffect(() => {
    if (key === null) return;
    const gone = new AbortController();
    const timer = setTimeout(() => {
      setRunning(gone);
      void askOutliers(request, JSON.parse(key) as Ask<R>, gone.signal).then((found) => {
        if (found !== null && !gone.signal.aborted) setAnswer(found);
        setState({ of: key, is: found === null ? 'stopped' : 'done' });
      });
    }, rest);
    return () => {
      clearTimeout(timer);
      gone.abort();
    };
  }, [askOutliers, request, key, rest, turn]);

  return {
    answer,
    state: key === null ? 'done' : state.of === key ? state.is : 'waiting',
    cancel: useCallback(() => running?.abort(), [running]),
    again: useCallback(() => {
      setState({ of: null, is: 'done' });
      setTurn((n) => n + 1);
    }, []),
  };
}
