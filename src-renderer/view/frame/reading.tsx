import { useAssay } from '../../store/hooks';
import { Button } from '../ui/button';
import { useSlowly } from './tree-row';

/** In the middle while the first files are read: which, how far, and a way out. */
export function Reading() {
  const reading = useAssay((s) => s.reading);
  const job = useAssay((s) => s.jobs.find((other) => other.kind === 'open' && other.state === 'running'));
  const cancel = useAssay((s) => s.cancelJob);
  const slow = useSlowly(reading.length > 0);
  if (!slow) return null;
  const names = reading.map((what) => what.split(/[\\/]/).at(-1));
  return (
    <div className="reading" role="status">
      <h2>Reading {names.join(', ')}</h2>
      <progress
        className="job-progress"
        aria-label="Reading"
        max={1}
        {...(job === undefined || job.progress === null ? {} : { value: job.progress })}
      />
      {job === undefined ? null : (
        <>
          <p>{job.detail}</p>
          <Button onClick={() => cancel(job.id)}>Cancel</Button>
        </>
      )}
    </div>
  );
}
