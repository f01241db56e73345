/**
 * Statistics: which of them the table of all shows, and the file that is written of it.
 */
import { statisticNamed } from '#core/profile/statistics';
import type { Deps, Memory, Slice } from './deps';
import { failed } from './notices';
import type { StatisticsSlice } from './state';

const place = 'statistics-hidden';

/** Keys that are none any more are forgotten. */
function recall(memory: Memory): readonly string[] {
  try {
    const kept: unknown = JSON.parse(memory.get(place) ?? '[]');
    return Array.isArray(kept)
      ? kept.filter((key) => typeof key === 'string' && statisticNamed(key) !== undefined)
      : [];
  } catch {
    // A damaged note of settings is worth no message: all of them are shown.
    return [];
  }
}

export const createStatisticsSlice =
  ({ client, bridge, memory }: Deps): Slice<StatisticsSlice> =>
  (set, get) => ({
    statisticsHidden: recall(memory),
    hideStatistics(keys) {
      set({ statisticsHidden: keys });
      memory.set(place, JSON.stringify(keys));
    },
    async writeStatistics(table, { columns, statistics, filtered }) {
      const path = await bridge.saveFigures(`${table.replace(/[\\/:*?"<>|]+/g, '-')}-statistics.csv`);
      if (path === null) return false;
      const filter = filtered ? (get().filters[table] ?? []) : [];
      const reply = await client.ask('statistics:write', { path, columns, statistics, filter });
      if (!reply.ok) {
        get().notify(failed(reply, `Could not write ${path}`));
        return false;
      }
      const { written } = reply.value;
      get().notify({
        words: `Wrote the statistics of ${written} ${written === 1 ? 'column' : 'columns'}`,
        remedy: path,
        tone: 'good',
      });
      return true;
    },
  });
