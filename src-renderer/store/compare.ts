/**
 * Comparisons: which two sides are chosen for a table in front, and what their comparison found so far.
 */
import type { Job } from '#contract';
import type { ColumnComparison } from '#core/compare/comparison';
import { foldedName } from '#core/compare/match';
import type { Side } from '#core/compare/side';
import { words } from '#core/problem';
import type { Table } from '#core/table';
import type { Deps, Slice } from './deps';
import { problemOf } from './sources';
import type { CompareSlice, Comparison, SideDraft, State } from './state';

/** Rows of a side that is a sample. */
export const SAMPLE_ROWS = 10_000;
/** How long arriving columns are gathered before they are shown. */
const gatherMs = 60;

const wholly = (table: string): SideDraft => ({ table, rows: 'all', where: '', sql: '' });

/** The sides as they are chosen, or as they are likeliest to be wanted. */
export function sidesOf(
  s: Pick<State, 'tables' | 'order' | 'filters' | 'sideDrafts'>,
  table: string,
): readonly [SideDraft, SideDraft] {
  const chosen = s.sideDrafts[table];
  if (chosen !== undefined) return chosen;
  if ((s.filters[table]?.length ?? 0) > 0) return [wholly(table), { ...wholly(table), rows: 'filter' }];
  const alike = likeliest(s, table);
  return [wholly(table), alike === null ? { ...wholly(table), rows: 'sample' } : wholly(alike)];
}

/** The other table that shares most of its columns with this one, if it shares at least half of them. */
function likeliest(s: Pick<State, 'tables' | 'order'>, table: string): string | null {
  const names = (of: string) => (s.tables[of]?.columns ?? []).map((c) => foldedName(c.name));
  const own = new Set(names(table));
  const shares = s.order
    .filter((other) => other !== table && s.tables[other] !== undefined)
    .map((other) => ({ other, share: names(other).filter((n) => own.has(n)).length / Math.max(1, own.size) }))
    .sort((x, y) => y.share - x.share);
  return (shares[0]?.share ?? 0) >= 0.5 ? (shares[0]?.other ?? null) : null;
}

/** The side that a choice means, or in words what it still lacks. */
export function sideFrom(s: Pick<State, 'tables' | 'filters'>, draft: SideDraft): Side | string {
  if (draft.table === null)
    return draft.sql.trim() === '' ? 'Type a SELECT over the open tables.' : { sql: draft.sql };
  const { table, rows, where } = draft;
  if (s.tables[table] === undefined) return `${table} is no longer open.`;
  const filter = s.filters[table] ?? [];
  switch (rows) {
    case 'all':
      return { table };
    case 'sample':
      return { table, sample: SAMPLE_ROWS };
    case 'where':
      return where.trim() === '' ? 'Type a condition over its columns.' : { table, where };
    default:
      if (filter.length === 0) return `${table} has no filter now. Set one in Data or on a column.`;
      return rows === 'others' ? { table, filter, others: true } : { table, filter };
  }
}

/** Whether a table that a comparison rests on was read anew or closed since. */
export function isOld(s: Pick<State, 'tables'>, comparison: Comparison): boolean {
  return comparison.of.some((table) => s.tables[table.name] !== table);
}

const tablesIn = (s: Pick<State, 'tables'>, side: Side): readonly Table[] =>
  'sql' in side ? Object.values(s.tables) : [s.tables[side.table]].filter((t) => t !== undefined);

export const createCompareSlice =
  ({ client, later }: Deps): Slice<CompareSlice> =>
  (set, get) => {
    let gathered: { job: string; column: ColumnComparison }[] = [];
    let gathering = false;

    const change = (of: (c: Comparison) => boolean, to: (c: Comparison) => Partial<Comparison>) =>
      set((s) => ({
        comparisons: Object.fromEntries(
          Object.entries(s.comparisons).map(([table, c]) => [table, of(c) ? { ...c, ...to(c) } : c]),
        ),
      }));

    const flush = () => {
      gathering = false;
      const fresh = gathered;
      gathered = [];
      change(
        (c) => fresh.some((f) => f.job === c.job),
        (c) => ({ columns: [...c.columns, ...fresh.filter((f) => f.job === c.job).map((f) => f.column)] }),
      );
    };

    const ended = (job: Job) => {
      if (job.state === 'running') return;
      flush();
      const { state, problem = null } = job;
      change(
        (c) => c.job === job.id,
        () => ({ state, problem }),
      );
    };

    client.onEvent((event) => {
      if (event.event === 'job' && event.job.kind === 'compare') ended(event.job);
      if (event.event === 'sides')
        change(
          (c) => c.job === event.job,
          () => ({ facts: event.sides }),
        );
      if (event.event !== 'compared') return;
      gathered.push({ job: event.job, column: event.column });
      if (!gathering) later(flush, gatherMs);
      gathering = true;
    });

    client.onReady(async (again) => {
      if (!again) return;
      change(
        (c) => c.state === 'running',
        () => ({ state: 'cancelled' }),
      );
    });

    return {
      sideDrafts: {},
      comparisons: {},
      draftSide(table, at, changed) {
        const [a, b] = sidesOf(get(), table);
        const next = at === 0 ? ([{ ...a, ...changed }, b] as const) : ([a, { ...b, ...changed }] as const);
        set((s) => ({ sideDrafts: { ...s.sideDrafts, [table]: next } }));
      },
      async openSide(table, at, paths) {
        const before = { ...get().tables };
        await get().openPaths(paths);
        const now = get();
        const fresh =
          now.order.find((name) => before[name] === undefined) ??
          now.order.find((name) => paths.includes(now.tables[name]?.source.path ?? ''));
        if (now.tables[table] === undefined) return;
        now.showTable(table);
        if (fresh !== undefined) now.draftSide(table, at, { table: fresh, rows: 'all' });
      },
      async checkSide(side, signal) {
        const reply = await client.ask('compare:side', { side }, { signal });
        if (reply.ok) return '';
        const found = problemOf(reply, '');
        if (found.code === 'query-cancelled' || found.code === 'engine-restarted') return null;
        return found.code === 'query-failed' ? found.about.reason : words(found);
      },
      async compare(table, all = false) {
        const drafts = sidesOf(get(), table);
        const [a, b] = drafts.map((draft) => sideFrom(get(), draft));
        if (a === undefined || b === undefined || typeof a === 'string' || typeof b === 'string') return;
        const older = get().comparisons[table];
        if (older?.state === 'running' && older.job !== null) get().cancelJob(older.job);
        const mine: Comparison = {
          sides: [a, b],
          of: [...new Set([...tablesIn(get(), a), ...tablesIn(get(), b)])],
          job: null,
          state: 'running',
          problem: null,
          matching: null,
          pairs: 0,
          facts: null,
          columns: [],
        };
        // What was proposed is chosen now, and does not change under the comparison.
        set((s) => ({
          comparisons: { ...s.comparisons, [table]: mine },
          sideDrafts: { ...s.sideDrafts, [table]: drafts },
        }));
        const reply = await client.ask('compare:start', { a, b, all }, { key: 'compare' });
        if (!reply.ok) {
          const found = problemOf(reply, table);
          const state = found.code === 'query-cancelled' ? 'cancelled' : 'failed';
          change(
            (c) => c === mine,
            () => ({ state, problem: found }),
          );
          return;
        }
        const { job, matching, compared } = reply.value;
        change(
          (c) => c === mine,
          () => ({ job, matching, pairs: compared }),
        );
        const early = get().jobs.find((other) => other.id === job);
        if (early !== undefined) ended(early);
      },
      compareFirst(table, columns) {
        const { job, state } = get().comparisons[table] ?? {};
        if (job && state === 'running' && columns.length > 0)
          void client.ask('profile:first', { job, columns }, { key: `compare-first:${table}` });
      },
    };
  };
