/**
 * Profiles: figures per column as they arrive, over all rows and under the table's filter.
 */
import type { Job } from '#contract';
import { type ColumnProfile, isFirstLook } from '#core/profile/profile';
import type { Table } from '#core/table';
import { type Deps, debounced, type Slice } from './deps';
import { failed } from './notices';
import type { ProfileSlice, State } from './state';

/** How long arriving profiles are gathered before they are shown, so that thousands of columns do not mean thousands of renders. */
const gatherMs = 60;
/** How long a filter must rest before the columns are profiled under it. */
const filterMs = 120;

type Figures = Readonly<Record<string, Readonly<Record<string, ColumnProfile>>>>;

function withFigures(figures: Figures, table: string, fresh: readonly ColumnProfile[]): Figures {
  // fromEntries and not assignment, because a column may be named __proto__.
  const columns = Object.fromEntries([
    ...Object.entries(figures[table] ?? {}),
    ...fresh.map((profile) => [profile.name, profile] as const),
  ]);
  return { ...figures, [table]: columns };
}

/** Columns of a table that still lack a profile over all rows, in file order; a first look at a sample is none. */
export function unprofiled(s: State, table: string): readonly string[] {
  const done = s.profiles[table] ?? {};
  const lacks = (name: string) => {
    const profile = Object.hasOwn(done, name) ? done[name] : undefined;
    return profile === undefined || isFirstLook(profile);
  };
  return (s.tables[table]?.columns ?? []).map((c) => c.name).filter(lacks);
}

/** `first` before the rest, each once, and only those among `columns`. */
export function visibleFirst(columns: readonly string[], first: readonly string[]): readonly string[] {
  const known = new Set(columns);
  const ahead = new Set(first.filter((name) => known.has(name)));
  return [...ahead, ...columns.filter((name) => !ahead.has(name))];
}

interface Run {
  /** null until the service has answered with it. */
  job: string | null;
  readonly wanted: ReadonlySet<string>;
  /** The reading it profiles; another one makes it worthless. */
  readonly of: Table | undefined;
}

export const createProfileSlice =
  ({ client, later }: Deps): Slice<ProfileSlice> =>
  (set, get) => {
    const running = new Map<string, Run>();
    const underFilter = new Map<string, Run>();
    const superseded = new Set<string>();
    /** Tables whose profile was stopped or failed; only an explicit wish starts it again. */
    const stopped = new Set<string>();
    const visible = new Map<string, readonly string[]>();
    const filterTimers = new Map<string, ReturnType<typeof debounced>>();
    let gathered: { job: string; table: string; filtered: boolean; profile: ColumnProfile }[] = [];
    let gathering = false;

    const flush = () => {
      gathering = false;
      const fresh = gathered;
      gathered = [];
      set((s) => {
        let { profiles, filtered } = s;
        for (const table of new Set(fresh.map((f) => f.table))) {
          if (s.tables[table] === undefined) continue;
          const of = (under: boolean) =>
            fresh.filter((f) => f.table === table && f.filtered === under).map((f) => f.profile);
          const [all, under] = [of(false), of(true)];
          if (all.length > 0) profiles = withFigures(profiles, table, all);
          if (under.length > 0 && (s.filters[table]?.length ?? 0) > 0)
            filtered = withFigures(filtered, table, under);
        }
        return { profiles, filtered };
      });
    };

    const start = async (runs: Map<string, Run>, table: string, columns: readonly string[]) => {
      const run: Run = { job: null, wanted: new Set(columns), of: get().tables[table] };
      runs.set(table, run);
      const filter = runs === underFilter ? get().filters[table] : undefined;
      const reply = await client.ask('profile:start', { table, columns, ...(filter ? { filter } : {}) });
      if (runs.get(table) !== run) {
        if (reply.ok) stop(reply.value.job);
        return;
      }
      if (reply.ok) {
        run.job = reply.value.job;
        const early = get().jobs.find((job) => job.id === run.job);
        if (early !== undefined) ended(early);
      } else {
        runs.delete(table);
        const lost = 'problem' in reply && reply.problem.code === 'engine-restarted';
        if (!lost) get().notify(failed(reply, `Could not profile ${table}`));
      }
    };

    const stop = (job: string) => {
      superseded.add(job);
      gathered = gathered.filter((g) => g.job !== job);
      void client.ask('job:cancel', { job });
    };

    const ended = (job: Job) => {
      if (job.state === 'running') return;
      for (const runs of [running, underFilter]) {
        for (const [table, run] of runs) {
          if (run.job !== job.id) continue;
          runs.delete(table);
          if (runs === running && job.state !== 'done' && !superseded.has(job.id)) stopped.add(table);
        }
      }
    };

    client.onEvent((event) => {
      if (event.event === 'job') ended(event.job);
      if (event.event !== 'profile' || superseded.has(event.job)) return;
      gathered.push({ job: event.job, table: event.table, filtered: event.filtered, profile: event.profile });
      if (!gathering) later(flush, gatherMs);
      gathering = true;
    });

    client.onReady(async (again) => {
      if (!again) return;
      const wanted = [...running.keys()];
      running.clear();
      underFilter.clear();
      // Not awaited: these calls go out once the sources are back.
      for (const table of new Set([...wanted, ...get().order])) {
        if (!stopped.has(table)) later(() => get().profile(table, visible.get(table) ?? []), 0);
      }
      for (const [table, filters] of Object.entries(get().filters)) {
        if (filters.length > 0) later(() => profileUnderFilter(table), 0);
      }
    });

    const profileUnderFilter = (table: string) => {
      const older = underFilter.get(table);
      if (older?.job) stop(older.job);
      underFilter.delete(table);
      const columns = get().tables[table]?.columns.map((c) => c.name) ?? [];
      if ((get().filters[table]?.length ?? 0) === 0 || columns.length === 0) return;
      void start(underFilter, table, visibleFirst(columns, visible.get(table) ?? []));
    };

    const filtersChanged = (table: string) => {
      const filters = get().filters[table] ?? [];
      let timer = filterTimers.get(table);
      if (timer === undefined) {
        timer = debounced(later);
        filterTimers.set(table, timer);
      }
      if (filters.length === 0) {
        set((s) => {
          const { [table]: _, ...filtered } = s.filtered;
          const { [table]: __, ...rest } = s.filters;
          return { filtered, filters: rest };
        });
      }
      timer(() => profileUnderFilter(table), filterMs);
    };

    return {
      profiles: {},
      filtered: {},
      filters: {},
      profile(table, first) {
        if (first !== undefined && first.length > 0) visible.set(table, first);
        const arrived = new Set(
          gathered
            .filter((g) => g.table === table && !g.filtered && !isFirstLook(g.profile))
            .map((g) => g.profile.name),
        );
        const missing = unprofiled(get(), table).filter((name) => !arrived.has(name));
        const run = running.get(table);
        if (missing.length === 0) return;
        if (
          run !== undefined &&
          run.of === get().tables[table] &&
          missing.every((name) => run.wanted.has(name))
        ) {
          const ahead = (first ?? []).filter((name) => missing.includes(name));
          if (run.job !== null && ahead.length > 0) {
            void client.ask('profile:first', { job: run.job, columns: ahead }, { key: `first:${table}` });
          }
          return;
        }
        if (first === undefined) stopped.delete(table);
        if (stopped.has(table)) return;
        if (run?.job) stop(run.job);
        void start(running, table, visibleFirst(missing, visible.get(table) ?? []));
      },
      async makeExact(table, column, filtered) {
        const filter = filtered ? get().filters[table] : undefined;
        const reply = await client.ask('profile:start', {
          table,
          columns: [column],
          exact: true,
          ...(filter ? { filter } : {}),
        });
        if (!reply.ok) get().notify(failed(reply, `Could not profile ${column} of ${table}`));
      },
      filter(table, column, filter) {
        set((s) => {
          const others = (s.filters[table] ?? []).filter((f) => f.column !== column);
          return { filters: { ...s.filters, [table]: filter === null ? others : [...others, filter] } };
        });
        filtersChanged(table);
      },
      clearFilters(table) {
        set((s) => ({ filters: { ...s.filters, [table]: [] } }));
        filtersChanged(table);
      },
    };
  };
