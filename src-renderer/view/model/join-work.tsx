import { useEffect, useState } from 'react';
import type { JoinAsk } from '#core/join/join';
import { useAssayStore } from '../../store/hooks';
import type { JoinMeasure } from '../../store/state';
import { Button } from '../ui/button';

/** How the measuring of a join stands; says nothing while it is short. */
export function JoinWork({ measure, ask }: { measure: JoinMeasure | undefined; ask: JoinAsk }) {
  const store = useAssayStore();
  const running = measure === undefined || measure.state === 'running' || measure.state === 'waiting';
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    if (!running) return setSlow(false);
    const timer = setTimeout(() => setSlow(true), 200);
    return () => clearTimeout(timer);
  }, [running]);
  if (running) {
    return (
      <span className="join-work" role="status">
        {slow ? (
          <>
            <i className="join-spinner" aria-hidden="true" />
            Counting all rows…
            <Button onClick={() => store.getState().stopMeasure(ask)}>Cancel</Button>
          </>
        ) : null}
      </span>
    );
  }
  return (
    <span className="join-work" role="status">
      {measure.trouble === null ? (
        'Cancelled.'
      ) : (
        <>
          <b>{measure.trouble.words}.</b> {measure.trouble.remedy}
        </>
      )}
      <Button onClick={() => store.getState().measureJoin(ask, true)}>Measure</Button>
    </span>
  );
}
