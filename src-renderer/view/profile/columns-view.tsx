/**
 * The columns of a table: a row each, the full sheet in place.
 */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { statisticNamed } from '#core/profile/statistics';
import type { Table } from '#core/table';
import { useAssay, useAssayStore } from '../../store/hooks';
import { unprofiled } from '../../store/profiles';
import { alertsByColumn, alertsIn, rolesOf } from '../../store/select';
import { EmptyState } from '../ui/empty-state';
import { AlertStrip } from './alert-strip';
import { alertGroups, type Entry, keptEntries, shownEntries, unsorted, type Wish } from './column-list';
import { FilterNote } from './filter-note';
import { ProfileList } from './profile-list';
import { ProfileProgress } from './profile-progress';
import { ProfileToolbar } from './profile-toolbar';

const noProfiles = {};
const noAlerts: Entry['alerts'] = [];
const everything: Wish = {
  text: '',
  kind: 'all',
  withAlerts: false,
  noRole: false,
  alert: null,
  sort: unsorted,
};

/** Statistics that a row tells anyway. Any other by which the columns are sorted takes the place of the range. */
const inRow = new Set(['name', 'type', 'kind', 'role', 'null_percent', 'distinct', 'alerts']);

export function ColumnsView({ table: name }: { table: string }) {
  const store = useAssayStore();
  const table = useAssay((s) => s.tables[name]);
  const profiles = useAssay((s) => s.profiles[name] ?? noProfiles);
  const filtered = useAssay((s) => s.filtered[name] ?? noProfiles);
  const design = useAssay((s) => s.design);
  const alerts = useAssay((s) => alertsIn(s, name));
  const byColumn = useAssay((s) => alertsByColumn(s, name));
  const looking = useAssay((s) =>
    s.jobs.some((j) => j.kind === 'alerts' && j.table === name && j.state === 'running'),
  );
  const early = useAssay((s) => unprofiled(s, name).length > 0);
  const selected = useAssay((s) =>
    s.selection.kind === 'column' && s.selection.table === name ? s.selection.column : null,
  );
  const [wish, setWish] = useState(everything);
  const [open, setOpen] = useState<string | null>(() => selected);

  useEffect(() => store.getState().profile(name, []), [store, name]);

  const before = useRef<readonly Entry[]>([]);
  const entries = useMemo(() => {
    const now = table === undefined ? [] : entriesOf(table, profiles, filtered, design, byColumn);
    before.current = keptEntries(before.current, now);
    return before.current;
  }, [table, profiles, filtered, design, byColumn]);
  const shown = useMemo(() => shownEntries(entries, wish), [entries, wish]);
  const groups = useMemo(() => alertGroups(alerts), [alerts]);
  const change = useCallback((part: Partial<Wish>) => setWish((w) => ({ ...w, ...part })), []);
  const visible = useCallback(
    (columns: readonly string[]) => store.getState().profile(name, columns),
    [store, name],
  );
  if (table === undefined) return null;

  return (
    <>
      <AlertStrip
        table={name}
        groups={groups}
        looking={looking}
        early={early}
        chosen={wish.alert}
        onChoose={(alert) => change({ alert })}
      >
        <FilterNote table={name} />
        <ProfileProgress table={table} />
      </AlertStrip>
      <ProfileToolbar
        columns={table.columns}
        wish={wish}
        withAlerts={entries.filter((e) => e.alerts.length > 0).length}
        noRole={entries.filter((e) => !e.hasRole).length}
        onWish={change}
      />
      {table.columns.length === 0 ? (
        <EmptyState title={`${name} has no columns`} />
      ) : (
        <ProfileList
          table={name}
          entries={shown}
          shown={inRow.has(wish.sort.by ?? '') ? undefined : statisticNamed(wish.sort.by ?? '')}
          open={open}
          selected={selected}
          onOpen={setOpen}
          onSelect={(column) => store.getState().select({ kind: 'column', table: name, column })}
          onDraft={(kind, column) =>
            kind === 'dimension'
              ? store.getState().draftDimension(name, column)
              : store.getState().draftMeasure(name, column)
          }
          onVisible={visible}
        />
      )}
    </>
  );
}

/** Profiles, alerts and roles of the columns, in file order. */
function entriesOf(
  table: Table,
  profiles: Parameters<typeof alertsIn>[0]['profiles'][string],
  filtered: Parameters<typeof alertsIn>[0]['profiles'][string],
  design: Parameters<typeof rolesOf>[0]['design'],
  alerts: ReturnType<typeof alertsByColumn>,
): readonly Entry[] {
  const state = { profiles: { [table.name]: profiles }, design };
  return table.columns.map((column, index): Entry => {
    const total = Object.hasOwn(profiles, column.name) ? profiles[column.name] : undefined;
    const under = Object.hasOwn(filtered, column.name) ? filtered[column.name] : undefined;
    const roles = rolesOf(state, table.name, column.name);
    return {
      column,
      index,
      profile: under ?? total,
      total: under === undefined ? undefined : total,
      alerts: alerts.get(column.name) ?? noAlerts,
      roles,
      hasRole: roles.some((role) => role.state === 'accepted'),
    };
  });
}
