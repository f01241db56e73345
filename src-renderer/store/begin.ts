/**
 * The beginning of a session: takes up what the last one left, opens what was asked for, and listens to the shell.
 */
import { problem, remedy, words } from '#core/problem';
import type { Deps } from './deps';
import type { AssayStore } from './store';

/** How often the memory of the engine is asked for. */
const statusMs = 4000;

export function begin(store: AssayStore, { client, bridge, later }: Deps): void {
  const { getState, setState } = store;

  let settled = false;
  let held: string[] = [];
  const openPaths = (paths: readonly string[]) => {
    if (settled) void getState().openPaths(paths);
    else held.push(...paths);
  };
  const settle = () => {
    settled = true;
    const paths = held;
    held = [];
    if (paths.length > 0) void getState().openPaths(paths);
  };
  store.subscribe((s, before) => {
    if (!settled && before.restorable !== null && s.restorable === null) settle();
  });

  bridge.onOpenPaths(openPaths);
  bridge.onCloseAsked(() => void getState().closeWindow());
  bridge.onHost((host) => {
    setState({ host });
    if (host.state === 'up') return;
    client.lose(host.reason, host.state === 'down');
    if (host.state !== 'restarting') return;
    const restarted = problem('engine-restarted', { reason: host.reason }, 'warning');
    getState().notify({
      problem: restarted,
      words: words(restarted),
      remedy: remedy(restarted),
      tone: 'warning',
    });
  });

  const pollStatus = async () => {
    if (getState().host.state === 'up') {
      const reply = await client.ask('engine:status', null, { key: 'status' });
      if (reply.ok) setState({ status: reply.value });
    }
    later(() => void pollStatus(), statusMs);
  };

  bridge.connect();
  void getState().refreshRecent();
  void pollStatus();
  void client.ask('design:restore', null).then((reply) => {
    if (reply.ok && reply.value !== null) setState({ restorable: reply.value });
    else settle();
  });
}
