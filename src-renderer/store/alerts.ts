/**
 * Alerts that need questions of their own, asked once all columns of a table are profiled; and what the user does with an
 * alert. The alerts themselves are derived (select.ts).
 */
import { hintOf } from '#core/profile/alert/ask';
import type { Table } from '#core/table';
import type { Deps, Slice } from './deps';
import { failed } from './notices';
import { unprofiled } from './profiles';
import { designTableOf } from './select';
import { problemOf } from './sources';
import type { AlertSlice, State } from './state';
import type { AssayStore } from './store';

export const createAlertSlice = (): Slice<AlertSlice> => (_set, get) => ({
  asked: {},
  muteAlerts(table, alerts, reason) {
    const own = designTableOf(get(), table);
    if (own === undefined || alerts.length === 0) return;
    const edits = alerts.map(({ code, column = null }) => ({
      verb: 'mute' as const,
      table: own.name,
      alert: { code, column, reason },
    }));
    const [only, second] = edits;
    if (only !== undefined && second === undefined) get().edit(only);
    else get().edit({ verb: 'together', words: `muted ${edits.length} alerts of ${table}`, edits });
  },
  unmuteAlert(table, { code, column }) {
    const own = designTableOf(get(), table);
    if (own !== undefined) get().edit({ verb: 'unmute', table: own.name, alert: { code, column } });
  },
  showAlertRows(table, { rows }) {
    if (rows === undefined) return;
    get().filter(table, rows.column, rows);
    get().showTable(table);
    get().select({ kind: 'column', table, column: rows.column });
    get().go('data');
  },
});

/** Whether every column is profiled over all rows. */
function isProfiled(s: State, table: Table): boolean {
  return table.columns.length > 0 && unprofiled(s, table.name).length === 0;
}

export function followAlerts(store: AssayStore, { client }: Deps): void {
  const wanted = new Map<string, Table>();

  const ask = async (table: Table) => {
    wanted.set(table.name, table);
    const hints = Object.values(store.getState().profiles[table.name] ?? {}).map(hintOf);
    const reply = await client.ask('table:alerts', { table: table.name, hints });
    // A newer reading has asked for itself.
    if (wanted.get(table.name) !== table) return;
    if (reply.ok) {
      store.setState((s) => ({ asked: { ...s.asked, [table.name]: { of: table, found: reply.value } } }));
      return;
    }
    const { code } = problemOf(reply, table.name);
    // The engine that comes next is asked again.
    if (code === 'engine-restarted') wanted.delete(table.name);
    else if (code !== 'query-cancelled' && code !== 'table-missing')
      store.getState().notify(failed(reply, `Could not look for alerts in ${table.name}`));
  };

  const look = () => {
    const s = store.getState();
    for (const name of s.order) {
      const table = s.tables[name];
      if (table === undefined || wanted.get(name) === table || s.asked[name]?.of === table) continue;
      if (isProfiled(s, table)) void ask(table);
    }
  };

  store.subscribe((s, before) => {
    if (s.profiles !== before.profiles || s.tables !== before.tables) look();
  });
  client.onReady(async (again) => {
    if (again) look();
  });
}
