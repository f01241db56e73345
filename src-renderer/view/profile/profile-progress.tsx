import type { Filter } from '#contract';
import { type ColumnProfile, isFirstLook } from '#core/profile/profile';
import type { Table } from '#core/table';
import { useAssay, useAssayStore } from '../../store/hooks';
import { Button } from '../ui/button';
import { count } from '../ui/figure';

const noProfiles: Readonly<Record<string, ColumnProfile>> = {};
const noFilters: readonly Filter[] = [];

/**
 * How far the profile of a table is, with Cancel; and a way on if it was stopped. A first look at a sample counts for nothing.
 * Says nothing when all is there.
 */
export function ProfileProgress({ table }: { table: Table }) {
  const store = useAssayStore();
  const { name, columns } = table;
  const profiles = useAssay((s) => s.profiles[name] ?? noProfiles);
  const job = useAssay((s) =>
    s.jobs.findLast((j) => j.kind === 'profile' && j.table === name && j.state === 'running'),
  );
  const done = columns.filter((column) => {
    const all = Object.hasOwn(profiles, column.name) ? profiles[column.name] : undefined;
    return all !== undefined && !isFirstLook(all);
  }).length;
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

/** Under how many filters the table is, with Reset. Says nothing if it is under none. */
export function UnderFilter({ table }: { table: string }) {
  const store = useAssayStore();
  const filters = useAssay((s) => s.filters[table] ?? noFilters);
  if (filters.length === 0) return null;
  return (
    <span className="profile-progress">
      under {filters.length === 1 ? 'a filter' : `${filters.length} filters`}
      <Button onClick={() => store.getState().clearFilters(table)}>Reset</Button>
    </span>
  );
}
