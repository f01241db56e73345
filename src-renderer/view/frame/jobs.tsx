import { Ban, CircleAlert, CircleCheck, LoaderCircle } from 'lucide-react';
import type { Job } from '#contract';
import { words } from '#core/problem';
import { useAssay } from '../../store/hooks';
import { Button } from '../ui/button';

/** What the engine does and did; what runs can be cancelled. */
export function JobsList() {
  const jobs = useAssay((s) => s.jobs);
  if (jobs.length === 0) return <p className="bottom-empty">The engine has done nothing yet.</p>;
  return (
    <ul>
      {jobs.map((job) => (
        <li key={job.id}>
          <JobRow job={job} />
        </li>
      ))}
    </ul>
  );
}

const icons = { running: LoaderCircle, done: CircleCheck, cancelled: Ban, failed: CircleAlert } as const;
const tones = {
  running: 'tone-busy',
  done: 'tone-good',
  cancelled: 'tone-quiet',
  failed: 'tone-bad',
} as const;

function JobRow({ job }: { job: Job }) {
  const cancel = useAssay((s) => s.cancelJob);
  const Icon = icons[job.state];
  return (
    <div className="bottom-row job-row">
      <Icon className={tones[job.state]} size={14} role="img" aria-label={job.state} />
      <span className="job-title">{job.title}</span>
      {job.state === 'running' ? (
        <progress
          className="job-progress"
          aria-label={job.title}
          max={1}
          {...(job.progress === null ? {} : { value: job.progress })}
        />
      ) : null}
      <span className="job-detail">{job.problem === undefined ? job.detail : words(job.problem)}</span>
      {job.state === 'running' ? <Button onClick={() => cancel(job.id)}>Cancel</Button> : null}
    </div>
  );
}
