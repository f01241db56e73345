/**
 * Keeps the open tables the same as the sources of the design, whatever changed the design: undo and redo close and open
 * tables, and after a restart of the engine every source is read again.
 */
import { derivedCircle, makingOrder, readAmong } from '#core/design/derived';
import { sourceFrom } from '#core/design/draft';
import { problem } from '#core/problem';
import type { Table } from '#core/table';
import type { Deps } from './deps';
import { withFailure, withoutForeignFailures } from './failures';
import type { Reader } from './reading';
import { inFront, problemOf, withoutFigures, withoutTable, withTable } from './sources';
import type { State } from './state';
import type { AssayStore } from './store';

export function followSources(store: AssayStore, { client }: Deps, reader: Reader): void {
  const underway = new Map<string, Promise<void>>();

  const read = (name: string, first: boolean): Promise<void> => {
    const known = underway.get(name);
    if (known !== undefined) return known;
    const work = readNow(name, first);
    underway.set(name, work);
    return work;
  };

  const readNow = async (name: string, first: boolean) => {
    const { sources } = store.getState().design;
    const source = sources.find((other) => other.name === name);
    if (source === undefined) return;
    store.setState((s) => ({ reading: [...s.reading, name] }));
    if (source.query !== undefined) {
      const names = sources.map((other) => other.name);
      // On a circle everybody would wait for everybody.
      if (derivedCircle(sources, name) === null)
        await Promise.all(readAmong(source.query, names).map((needed) => underway.get(needed)));
    }
    const before = store.getState().tables[name];
    const reply = await reader.read(source, first);
    underway.delete(name);
    store.setState((s) => ({ reading: s.reading.filter((other) => other !== name) }));
    if (!store.getState().design.sources.some((other) => other.name === name)) {
      reader.forget(name);
      if (reply.ok) void client.ask('source:close', { table: name }, { first });
      return;
    }
    if (reply.ok) {
      const table = reply.value;
      const same =
        before !== undefined &&
        before.source.modified === table.source.modified &&
        before.source.bytes === table.source.bytes &&
        before.source.path === table.source.path &&
        before.source.made?.key === table.source.made?.key &&
        JSON.stringify([before.source.dialect, before.source.part, before.columns]) ===
          JSON.stringify([table.source.dialect, table.source.part, table.columns]);
      store.setState((s) => ({ ...(same ? {} : withoutFigures(s, name)), ...withTable(s, table) }));
      if (store.getState().table === null) store.setState(inFront(name));
      if (!first) store.getState().profile(name);
    } else {
      const { path, part = null } = source;
      const failed = { path, part, source: name, problem: problemOf(reply, path) };
      store.setState((s) => ({ ...withoutTable(s, name), failures: withFailure(s.failures, failed) }));
    }
  };

  const reconcile = () => {
    const { design, order } = store.getState();
    for (const name of order) {
      if (design.sources.some((source) => source.name === name)) continue;
      reader.forget(name);
      store.setState((s) => withoutTable(s, name));
      void client.ask('source:close', { table: name });
    }
    store.setState((s) => ({ failures: withoutForeignFailures(s.failures, design.sources) }));
    for (const source of makingOrder(design.sources)) {
      if (reader.holds(source.name, source)) continue;
      reader.note(source.name, source);
      void read(source.name, false);
    }
  };

  store.subscribe((state, before) => {
    if (state.design.sources !== before.design.sources) reconcile();
    if (state.tables !== before.tables) makeLacking(state, before);
  });

  /** A derived table that lacked a table is made once that one has come. */
  const makeLacking = (s: State, before: State) => {
    const names = s.design.sources.map((source) => source.name);
    for (const { source: name, problem: met } of Object.values(s.failures)) {
      const source = s.design.sources.find((other) => other.name === name);
      if (name === null || source?.query === undefined || met.code !== 'query-source-missing') continue;
      const reads = readAmong(source.query, names);
      const came = reads.some((one) => s.tables[one] !== undefined && before.tables[one] === undefined);
      if (came && reads.every((one) => s.tables[one] !== undefined)) void read(name, false);
    }
  };

  /** A derived table was made anew after what it reads. */
  const take = (table: Table) => {
    const { name } = table;
    const { design, tables, future } = store.getState();
    const source = design.sources.find((other) => other.name === name);
    if (source === undefined) return;
    const same = tables[name]?.source.made?.key === table.source.made?.key;
    store.setState((s) => ({ ...(same ? {} : withoutFigures(s, name)), ...withTable(s, table) }));
    const { columns } = sourceFrom(table);
    // While steps can be repeated, the design they lead to knows the columns already.
    if (future.length === 0 && JSON.stringify(columns) !== JSON.stringify(source.columns))
      store.getState().edit({ verb: 'change-source', source: name, change: { columns } });
    store.getState().profile(name);
  };

  client.onEvent((event) => {
    if (event.event === 'derived') take(event.table);
    if (event.event !== 'source') return;
    if (store.getState().tables[event.table] === undefined) return;
    store.setState((s) => ({ stale: { ...s.stale, [event.table]: event.problem } }));
  });

  client.onReady(async (again) => {
    if (!again) return;
    store.setState((s) => ({
      jobs: s.jobs.map((job) =>
        job.state === 'running'
          ? {
              ...job,
              state: 'failed',
              problem: problem('engine-restarted', { reason: 'the engine stopped' }),
            }
          : job,
      ),
    }));
    for (const source of makingOrder(store.getState().design.sources)) await read(source.name, true);
  });
}
