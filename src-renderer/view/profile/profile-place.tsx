/**
 * Profile: what is in a table. Its facts, and below them one of several views: its columns first.
 */
import { useMemo } from 'react';
import type { Table } from '#core/table';
import { useAssay, useAssayStore, useBridge } from '../../store/hooks';
import { suggestionOf } from '../../store/select';
import { Button } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { duration } from '../ui/figure';
import { Segmented } from '../ui/segmented';
import { ProfileFacts } from './profile-facts';
import { profileViews } from './views';
import './profile.css';

const noProfiles = {};

export function ProfilePlace() {
  const bridge = useBridge();
  const store = useAssayStore();
  const table = useAssay(
    (s) => (s.table === null ? undefined : s.tables[s.table]) ?? s.tables[s.order[0] ?? ''],
  );
  if (table === undefined) {
    return (
      <EmptyState
        title="Nothing to profile yet"
        action={
          <Button
            tone="primary"
            onClick={() =>
              void bridge.openFiles().then((paths) => {
                if (paths.length > 0) return store.getState().openPaths(paths);
              })
            }
          >
            Open files…
          </Button>
        }
      >
        Open a file, and every column is profiled: nulls, shapes, outliers, keys.
      </EmptyState>
    );
  }
  return <TableProfile key={table.name} table={table} />;
}

function TableProfile({ table }: { table: Table }) {
  const store = useAssayStore();
  const name = table.name;
  const profiles = useAssay((s) => s.profiles[name] ?? noProfiles);
  const chosen = useAssay((s) => s.profileView);
  const reading = useAssay((s) =>
    s.jobs.findLast((j) => j.kind === 'open' && j.table === name && j.state === 'done'),
  );
  const suggestions = useMemo(
    () => table.columns.flatMap((c) => suggestionOf({ profiles: { [name]: profiles } }, name, c.name) ?? []),
    [table, name, profiles],
  );
  const readMs = / · (\d+) ms$/.exec(reading?.detail ?? '')?.[1];
  const { View } = profileViews.find((view) => view.id === chosen) ?? profileViews[0]!;

  return (
    <div className="profile-place">
      <ProfileFacts
        table={table}
        profiles={profiles}
        suggestions={suggestions}
        readIn={
          readMs === undefined ? '' : `${table.source.made ? 'made' : 'read'} in ${duration(Number(readMs))}`
        }
        onReceipt={() => store.getState().set('receiptOf', name)}
        onReport={() => void store.getState().writeReport([name])}
      />
      {profileViews.length < 2 ? null : (
        <nav className="profile-views">
          <Segmented
            label="View"
            value={chosen}
            choices={profileViews.map(({ id, title }) => ({ value: id, label: title }))}
            onChange={(view) => store.getState().set('profileView', view)}
          />
        </nav>
      )}
      <View table={name} />
    </div>
  );
}
