import { useAssay } from '../../store/hooks';

const clock = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

/** Every step of the design, the newest first; a click goes back or forth to just after it. */
export function HistoryList() {
  const past = useAssay((s) => s.past);
  const future = useAssay((s) => s.future);
  const travel = useAssay((s) => s.travel);
  const steps = [...past, ...future];
  const here = past.length - 1;
  if (steps.length === 0) {
    return <p className="bottom-empty">No change yet. Everything you do to the design can be undone here.</p>;
  }
  return (
    <ol className="history" aria-label="History, newest first">
      {steps
        .map((step, index) => ({ step, index }))
        .reverse()
        .map(({ step, index }) => (
          <li key={`${index} ${step.at}`}>
            <button
              type="button"
              className={index > here ? 'bottom-row-main history-undone' : 'bottom-row-main'}
              aria-current={index === here ? 'step' : undefined}
              onClick={() => travel(index)}
            >
              <time dateTime={new Date(step.at).toISOString()}>{clock.format(step.at)}</time>
              <span className="bottom-row-words">{step.words}</span>
              <span className="bottom-row-where">
                {index === here ? 'now' : index > here ? 'undone' : ''}
              </span>
            </button>
          </li>
        ))}
      <li>
        <button
          type="button"
          className="bottom-row-main"
          aria-current={here === -1 ? 'step' : undefined}
          onClick={() => travel(-1)}
        >
          <time />
          <span className="bottom-row-words">As it was opened</span>
          <span className="bottom-row-where">{here === -1 ? 'now' : ''}</span>
        </button>
      </li>
    </ol>
  );
}
