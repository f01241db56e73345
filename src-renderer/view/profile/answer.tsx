/**
 * An answer as a part of a view: the last one stays, dimmed, while a newer is worked out.
 */
import type { ReactNode } from 'react';
import { Button } from '../ui/button';
import type { Asked } from './use-answer';
import './answer.css';

/**
 * How the work on an answer stands: what is done with Cancel, or why it ended with a way to begin again. Says nothing when
 * all is well or the work is short.
 *
 * @param doing What is worked out, in words: `Counting`.
 * @param share How much of it is done, from 0 to 1, where that is known.
 */
export function Work({
  answer,
  doing,
  share,
}: {
  answer: Pick<Asked<unknown>, 'slow' | 'trouble' | 'stop' | 'again'>;
  doing: string;
  share?: number | undefined;
}) {
  const { slow, trouble, stop, again } = answer;
  return (
    <span className="answer-work" role="status">
      {slow ? (
        <>
          {share === undefined ? (
            <i className="answer-spinner" aria-hidden="true" />
          ) : (
            <span className="profile-progress-bar" aria-hidden="true">
              <i style={{ width: `${100 * share}%` }} />
            </span>
          )}
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
    </span>
  );
}

/**
 * What an answer shows, in a room that is kept for it.
 *
 * @param height Least height, in pixels.
 */
export function Answer<T>({
  answer,
  doing,
  height = 120,
  children,
}: {
  answer: Asked<T>;
  doing: string;
  height?: number;
  children: (value: T) => ReactNode;
}) {
  const { value, slow } = answer;
  return (
    <div className="answer" style={{ minHeight: height }} aria-busy={answer.busy}>
      <div className="answer-state">
        <Work answer={answer} doing={doing} />
      </div>
      {value === null ? null : <div className={slow ? 'answer-older' : undefined}>{children(value)}</div>}
    </div>
  );
}
