import { useAssay, useAssayStore } from '../../store/hooks';
import { Work } from './answer';
import type { Asked } from './use-answer';

/** How the job on the relations of a table stands: the same as of any answer, with how far it is. */
export function RelationWork({
  table,
  answer,
  doing,
}: {
  table: string;
  answer: Pick<Asked<unknown>, 'slow' | 'trouble' | 'stop' | 'again'>;
  /** In words; the job adds how far it is. */
  doing: string;
}) {
  const store = useAssayStore();
  const job = useAssay((s) =>
    s.jobs.findLast((j) => j.kind === 'relations' && j.table === table && j.state === 'running'),
  );
  const stop = () => {
    if (job !== undefined) store.getState().cancelJob(job.id);
    answer.stop();
  };
  return (
    <Work
      answer={{ ...answer, stop }}
      doing={job?.detail ? `${doing}: ${job.detail}` : doing}
      share={job?.progress ?? undefined}
    />
  );
}
