/**
 * Sources: the files that are open. Opening one is an edit of the design, so that undo closes it and redo opens it again.
 */
import type { FirstRows, Reply } from '#contract';
import type { DesignSource } from '#core/design/design';
import { sourceFrom } from '#core/design/draft';
import { type Problem, problem } from '#core/problem';
import { changesBetween } from '#core/source/changes';
import type { Table } from '#core/table';
import type { Deps, Slice } from './deps';
import { withFailure, withoutFailuresOf } from './failures';
import { failed } from './notices';
import type { Reader } from './reading';
import type { SourcesSlice, State } from './state';

/** Whether a path is that of a design rather than of a source. */
export function isDesignPath(path: string): boolean {
  return /\.assay\.ya?ml$/i.test(path);
}

/** The state with a table that was read, in the place of one of the same name or last. */
export function withTable(s: State, table: Table): Partial<State> {
  const { [table.name]: _, ...stale } = s.stale;
  return {
    tables: { ...s.tables, [table.name]: table },
    order: s.order.includes(table.name) ? s.order : [...s.order, table.name],
    failures: withoutFailuresOf(s.failures, table),
    stale,
  };
}

/** What changes when a table comes to the front. */
export function inFront(table: string): Partial<State> {
  return { table, selection: { kind: 'table', table }, arrivingShown: null, queryFront: null };
}

/** The state without a table and what hangs on it. */
export function withoutTable(s: State, name: string): Partial<State> {
  const drop = <T>(record: Readonly<Record<string, T>>) => {
    const { [name]: _, ...rest } = record;
    return rest;
  };
  const order = s.order.filter((other) => other !== name);
  const at = s.order.indexOf(name);
  const gone = (s.selection.kind === 'table' || s.selection.kind === 'column') && s.selection.table === name;
  return {
    order,
    tables: drop(s.tables),
    profiles: drop(s.profiles),
    filtered: drop(s.filtered),
    filters: drop(s.filters),
    stale: drop(s.stale),
    table: s.table === name ? (order[Math.min(at, order.length - 1)] ?? null) : s.table,
    receiptOf: s.receiptOf === name ? null : s.receiptOf,
    ...(gone ? { selection: { kind: 'none' } as const } : {}),
  };
}

/** The state without the figures of a table, for when its rows are others. */
export function withoutFigures(s: State, name: string): Partial<State> {
  const { [name]: _, ...profiles } = s.profiles;
  const { [name]: __, ...filtered } = s.filtered;
  const { [name]: ___, ...filters } = s.filters;
  return { profiles, filtered, filters };
}

/** The problem of a refused reading; a fault of ours becomes one that names the log. */
export function problemOf(reply: Reply<unknown> & { ok: false }, path: string): Problem {
  return 'problem' in reply ? reply.problem : problem('source-unreadable', { path, reason: reply.fault });
}

/** What is read within this shows nothing in between. */
const quickMs = 150;
/** Bytes of a text file that takes longer for certain: its first rows are looked for at once. */
const large = 16 * 1024 * 1024;
/** Any other file has so much longer, so that its first rows do not flash up just before the table. */
const smallMs = 150;

export const createSourcesSlice =
  ({ client, bridge, later }: Deps, reader: Reader): Slice<SourcesSlice> =>
  (set, get) => {
    const busy = async <T>(what: string, action: () => Promise<T>): Promise<T> => {
      set((s) => ({ reading: [...s.reading, what] }));
      try {
        return await action();
      } finally {
        set((s) => ({ reading: s.reading.filter((other) => other !== what) }));
      }
    };

    /** Shows the first rows of a file whose reading takes long, then a profile of a sample; answers what ends that. */
    const showArriving = (path: string, told: Pick<DesignSource, 'dialect' | 'part'> = {}): (() => void) => {
      const { dialect, part } = told;
      const what = { path, ...(dialect ? { dialect } : {}), ...(part ? { part } : {}) };
      const gone = new AbortController();
      const how = { signal: gone.signal };
      const still = () => !gone.signal.aborted && get().reading.includes(path);
      const show = async (reply: Reply<FirstRows | null>) => {
        if (!reply.ok || reply.value === null || !still()) return;
        const arriving = { first: reply.value, glance: null };
        set((s) => ({ arriving: { ...s.arriving, [path]: arriving }, arrivingShown: path }));
        const glance = await client.ask('source:glance', what, how);
        if (!glance.ok || !still()) return;
        set((s) => ({ arriving: { ...s.arriving, [path]: { ...arriving, glance: glance.value } } }));
      };
      const early = client.ask('source:first', { ...what, least: large }, how);
      let stop = later(async () => {
        const reply = await early;
        if (!reply.ok || reply.value !== null) await show(reply);
        else if (still())
          stop = later(async () => show(await client.ask('source:first', what, how)), smallMs);
      }, quickMs);
      return () => {
        stop();
        gone.abort();
        set((s) => {
          const { [path]: _, ...arriving } = s.arriving;
          return { arriving, arrivingShown: s.arrivingShown === path ? null : s.arrivingShown };
        });
      };
    };

    const openSource = async (path: string): Promise<Table | null> => {
      // What is told about a source of the design holds when its file is opened once more.
      const source = get().design.sources.find((other) => other.path === path);
      const arrived = showArriving(path, source);
      const reply = await busy(path, () =>
        reader.open(path, source?.name, source?.dialect, false, source?.part),
      );
      arrived();
      if (!reply.ok) {
        const failure = problemOf(reply, path);
        if (failure.code === 'query-cancelled') return null;
        const { name = null, part = null } = source ?? {};
        const met = { path, part, source: name, problem: failure };
        set((s) => ({ failures: withFailure(s.failures, met) }));
        // An open list of problems tells it already.
        if (get().bottom !== 'problems') get().notify(failed(reply, `Could not open ${path}`));
        return null;
      }
      const table = reply.value;
      const known = get().design.sources.some((source) => source.name === table.name);
      set((s) => ({ ...(known ? withoutFigures(s, table.name) : {}), ...withTable(s, table) }));
      if (!known) get().edit({ verb: 'add-source', source: sourceFrom(table) });
      bridge.noteRecent(table.source.path, 'source');
      get().profile(table.name);
      return table;
    };

    return {
      tables: {},
      order: [],
      stale: {},
      recent: [],
      failures: {},
      reading: [],
      arriving: {},
      arrivingShown: null,
      async openPaths(paths) {
        const [design, ...otherDesigns] = paths.filter(isDesignPath);
        if (design !== undefined) await get().openDesign(design);
        if (otherDesigns.length > 0) {
          get().notify({
            words: 'Only one design can be open at a time',
            remedy: `Opened ${design}. Open the others after it.`,
            tone: 'warning',
          });
        }
        // Who has gone elsewhere while a file is read is left there.
        const { selection } = get();
        const imported = (s: State) => (s.place === 'import' ? s.importKey : null);
        const before = imported(get());
        const stayed = (s: State) =>
          s.selection === selection && (imported(s) === null || imported(s) === before);
        let first: Table | null = null;
        for (const path of paths.filter((p) => !isDesignPath(p))) {
          const table = await openSource(path);
          if (table === null) continue;
          if (first === null && stayed(get())) get().showTable(table.name);
          else if (get().table === null) set(inFront(table.name));
          first ??= table;
        }
        await get().refreshRecent();
      },
      async openSample() {
        const reply = await client.ask('source:sample', null);
        if (reply.ok) await get().openPaths(reply.value);
        else get().notify(failed(reply, 'The sample could not be opened'));
      },
      async reload(name, dialect) {
        const source = get().design.sources.find((other) => other.name === name);
        const table = get().tables[name];
        const path = source?.path ?? table?.source.path;
        if (path === undefined) return;
        const query = source?.query;
        const merged = dialect || source?.dialect ? { ...source?.dialect, ...dialect } : undefined;
        const part = source?.part ?? table?.source.part;
        const reply = await busy(name, () =>
          query === undefined ? reader.open(path, name, merged, false, part) : reader.derive(name, query),
        );
        if (!reply.ok) {
          get().notify(failed(reply, `Could not ${query === undefined ? 'reload' : 'make'} ${name}`));
          return;
        }
        const again = query === undefined ? `Reloaded ${name}` : `Made ${name} anew`;
        set((s) => ({ ...withoutFigures(s, name), ...withTable(s, reply.value) }));
        if (table !== undefined) {
          const changes = changesBetween(table, reply.value);
          get().notify({
            words:
              changes.length === 0
                ? `${again}: the same columns and rows`
                : `${again}: ${changes.join('; ')}`,
            remedy:
              changes.length === 0
                ? 'Values may differ all the same.'
                : 'Members that used what is gone say so.',
            tone: 'good',
          });
        }
        const { columns, format } = sourceFrom(reply.value);
        const change = { columns, format, ...(merged ? { dialect: merged } : {}) };
        const same =
          source !== undefined &&
          JSON.stringify([source.columns, source.format, source.dialect]) ===
            JSON.stringify([columns, format, merged]);
        if (source !== undefined && !same) get().edit({ verb: 'change-source', source: name, change });
        get().profile(name);
      },
      async closeTable(name) {
        if (get().design.sources.some((source) => source.name === name)) {
          get().edit({ verb: 'remove-source', source: name });
        }
      },
      dismissFailure(key) {
        set((s) => {
          const { [key]: gone, ...failures } = s.failures;
          return {
            failures,
            notices: s.notices.filter((n) => n.problem === undefined || n.problem !== gone?.problem),
          };
        });
      },
      async refreshRecent() {
        set({ recent: await bridge.recent() });
      },
    };
  };
