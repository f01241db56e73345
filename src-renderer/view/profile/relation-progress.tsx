import { useAssay, useAssayStore } from '../../store/hooks';
import { Button } from '../ui/button';

/** How far the job on the relations of a table is, with Cancel. Shows itself once it has lasted 200 ms. */
export function RelationProgress({ table, onCancel }: { table: string; onCancel: () => void }) {
  const store = useAssayStore();
  const job = useAssay((s) =>
    s.jobs.findLast((j) => j.kind === 'relations' && j.table === table && j.state === 'running'),
  );
  return (
    <span className="profile-progress relation-progress" role="status">
      <span className="profile-progress-bar" aria-hidden="true">
        <i style={{ width: `${100 * (job?.progress ?? 0)}%` }} />
      </span>
      {job?.detail || 'computing'}
      <Button
        onClick={() => {
          if (job !== undefined) store.getState().cancelJob(job.id);
          onCancel();
        }}
      >
        Cancel
      </Button>
    </span>
  );
}
