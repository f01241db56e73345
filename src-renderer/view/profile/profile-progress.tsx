import type { Table } from '#core/table';
import { useAssay, useAssayStore } from '../../store/hooks';
import { unprofiled } from '../../store/profiles';
import { Button } from '../ui/button';
import { count } from '../ui/figure';

/**
 * How far the profile of a table is, with Cancel; and a way on if it was stopped. A first look at a sample counts for nothing.
 * Says nothing when all is there.
 */
export function ProfileProgress({ table }: { table: Table }) {
  const store = useAssayStore();
  const { name, columns } = table;
  const job = useAssay((s) =>
    s.jobs.findLast((j) => j.kind === 'profile' && j.table === name && j.state === 'running'),
  );
  const done = columns.length - useAssay((s) => unprofiled(s, name).length);
  if (done >= columns.length) return null;
  return (
    <span className="profile-progress" role="status">
      <span className="profile-progress-bar" aria-hidden="true">
        <i style={{ width: `${(100 * done) / Math.max(1, columns.length)}%` }} />
      </span>
      {count(done)} of {count(columns.length)} columns
      {job !== undefined ? (
        <Button onClick={() => store.getState().cancelJob(job.id)}>Cancel</Button>
      ) : (
        <Button onClick={() => store.getState().profile(name)}>Go on</Button>
      )}
    </span>
  );
}
