/**
 * Reports: what is known of tables, written to one file to keep or to send.
 */
import type { Deps, Slice } from './deps';
import { failed } from './notices';
import { alertsIn, mutedIn, profileOf } from './select';
import type { ReportSlice } from './state';

export const createReportSlice =
  ({ client, bridge }: Deps): Slice<ReportSlice> =>
  (_set, get) => ({
    async writeReport(names) {
      const s = get();
      const open = names.filter((name) => s.tables[name] !== undefined);
      if (open.length === 0) return false;
      const stem = (open.length === 1 ? open[0] : s.design.title || s.design.name) || 'tables';
      const path = await bridge.saveReport(`${stem.replace(/[\\/:*?"<>|]+/g, '-')}-profile.html`);
      if (path === null) return false;
      const tables = open.map((table) => ({
        table,
        // Profiles stand in the order in which they came.
        profiles: (get().tables[table]?.columns ?? []).flatMap((c) => profileOf(get(), table, c.name) ?? []),
        duplicates: get().asked[table]?.found.duplicates ?? null,
        unlooked: get().asked[table]?.found.unlooked ?? [],
        alerts: alertsIn(get(), table),
        muted: mutedIn(get(), table).flatMap(({ alert, muted }) =>
          alert === undefined ? [] : [{ ...alert, reason: muted.reason }],
        ),
      }));
      const reply = await client.ask('report:write', { path, tables });
      if (!reply.ok) {
        get().notify(failed(reply, `Could not write ${path}`));
        return false;
      }
      get().notify({ words: 'Wrote the report', remedy: path, tone: 'good' });
      return true;
    },
  });
