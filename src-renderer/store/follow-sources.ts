/**
 * Keeps the open tables the same as the sources of the design, whatever changed the design: undo and redo close and open
 * tables, and after a restart of the engine every source is read again.
 */
import { problem } from '#core/problem';
import type { Deps } from './deps';
import { withFailure, withoutForeignFailures } from './failures';
import type { Reader } from './reading';
import { inFront, problemOf, withoutFigures, withoutTable, withTable } from './sources';
import type { AssayStore } from './store';

export function followSources(store: AssayStore, { client }: Deps, reader: Reader): void {
  const underway = new Set<string>();

  const read = async (name: string, first: boolean) => {
    const source = store.getState().design.sources.find((other) => other.name === name);
    if (source === undefined || underway.has(name)) return;
    underway.add(name);
    store.setState((s) => ({ reading: [...s.reading, name] }));
    const before = store.getState().tables[name];
    const reply = await reader.open(source.path, name, source.dialect, first, source.part);
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
    for (const source of design.sources) {
      if (reader.holds(source.name, source)) continue;
      reader.note(source.name, source);
      void read(source.name, false);
    }
  };

  store.subscribe((state, before) => {
    if (state.design.sources !== before.design.sources) reconcile();
  });

  client.onEvent((event) => {
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
    for (const source of store.getState().design.sources) await read(source.name, true);
  });
}
