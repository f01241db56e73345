/**
 * A window without a screen: the store and the client over the real service, which runs in this process behind the two ends
 * of a message channel.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { Bridge, FromHost, Recent, Request, ServiceEvent, ToHost } from '#contract';
import { type Running, startService } from '../../../src-main/service';
import { type Client, createClient, type Port } from '../../../src-renderer/client';
import type { Deps } from '../../../src-renderer/store/deps';
import type { State } from '../../../src-renderer/store/state';
import { type AssayStore, createAssayStore } from '../../../src-renderer/store/store';

/** What the shell would do, done by the test: dialogs are answered from `answers`, words are kept in `said`. */
export interface Shell {
  readonly bridge: Bridge;
  readonly answers: {
    files: readonly string[];
    design: string | null;
    save: string | null;
    report: string | null;
    figures: string | null;
    folder: string | null;
  };
  readonly said: string[];
  openPaths(paths: readonly string[]): void;
  askToClose(): void;
}

function createShell(): Shell {
  const answers: Shell['answers'] = {
    files: [],
    design: null,
    save: null,
    report: null,
    figures: null,
    folder: null,
  };
  const said: string[] = [];
  const recent: Recent[] = [];
  let openPaths: (paths: readonly string[]) => void = () => undefined;
  let close: () => void = () => undefined;
  const bridge: Bridge = {
    connect: () => undefined,
    pathOf: () => '',
    openFiles: async () => answers.files,
    openDesign: async () => answers.design,
    saveDesign: async () => answers.save,
    saveReport: async () => answers.report,
    saveFigures: async () => answers.figures,
    chooseFolder: async () => answers.folder,
    showItem: () => undefined,
    recent: async () => recent,
    noteRecent: (path, kind) => void recent.unshift({ path, kind, missing: false }),
    onOpenPaths: (listener) => {
      openPaths = listener;
    },
    onHost: () => undefined,
    onMenu: () => undefined,
    window: (action) => void said.push(action),
    onCloseAsked: (listener) => {
      close = listener;
    },
    platform: 'linux',
    version: '0',
  };
  return { bridge, answers, said, openPaths: (paths) => openPaths(paths), askToClose: () => close() };
}

export interface Desk {
  readonly store: AssayStore;
  readonly client: Client;
  readonly deps: Deps;
  readonly shell: Shell;
  /** Where its files lie. */
  readonly folder: string;
  /** Every request that reached the service, in order. */
  readonly asked: { request: Request; ask: unknown }[];
  readonly running: () => Running;
  /** Writes a file of the folder and answers its path. */
  file(name: string, text: string): string;
  /** Waits until the state is so. */
  until(so: (s: State) => boolean): Promise<State>;
  /** Ends the engine as a crash would, and starts another. */
  restart(): Promise<void>;
  /** The window and the engine die; the answer is the next session, over the same files. */
  again(): Promise<Desk>;
  end(): Promise<void>;
}

/**
 * @param step Milliseconds by which the clock moves with each look at it.
 * @param folder Its files; a new folder unless given.
 */
export async function sitDown({
  step = 10_000,
  folder = mkdtempSync(join(tmpdir(), 'assay-desk-')),
} = {}): Promise<Desk> {
  const client = createClient();
  const shell = createShell();
  const asked: Desk['asked'] = [];
  let clock = 0;
  const timers = new Set<NodeJS.Immediate>();
  const kept = new Map<string, string>();
  const deps: Deps = {
    client,
    bridge: shell.bridge,
    now: () => {
      clock += step;
      return clock;
    },
    // No clock: what is due within two seconds is done next, in order; what is due later never comes.
    later(action, ms) {
      if (ms > 2000) return () => undefined;
      const timer = setImmediate(() => {
        timers.delete(timer);
        action();
      });
      timers.add(timer);
      return () => {
        clearImmediate(timer);
        timers.delete(timer);
      };
    },
    memory: { get: (key) => kept.get(key) ?? null, set: (key, value) => void kept.set(key, value) },
  };

  let running: Running | null = null;
  let far: MessagePort | null = null;
  const atWork = new Set<Promise<void>>();
  const start = async () => {
    const { port1, port2 } = new MessageChannel();
    const emit = (event: ServiceEvent) => port1.postMessage(event satisfies FromHost);
    const up = await startService({
      data: folder,
      cache: join(folder, 'cache'),
      memory: '512MB',
      threads: 1,
      sample: [],
      emit,
      now: () => 0,
      log: () => undefined,
    });
    running = up;
    far = port1;
    const calls = new Map<number, AbortController>();
    port1.on('message', (message: ToHost) => {
      if ('cancel' in message) {
        calls.get(message.cancel)?.abort();
        return;
      }
      asked.push({ request: message.request, ask: message.ask });
      const abort = new AbortController();
      calls.set(message.call, abort);
      const answer = up.service[message.request] as (ask: unknown, signal: AbortSignal) => Promise<unknown>;
      const work = answer(message.ask, abort.signal).then((reply) => {
        port1.postMessage({ call: message.call, reply });
        atWork.delete(work);
      });
      atWork.add(work);
    });
    client.attach(port2 as unknown as Port);
    port1.postMessage({ ready: true, version: '0' } satisfies FromHost);
  };

  const leave = async () => {
    client.lose('the test is over', true);
    for (const timer of timers) clearImmediate(timer);
    far?.close();
    await Promise.allSettled(atWork);
    await running?.close();
  };

  const store = createAssayStore(deps);
  await start();
  return {
    store,
    client,
    deps,
    shell,
    folder,
    asked,
    running: () => {
      if (running === null) throw new Error('the service is not up');
      return running;
    },
    file(name, text) {
      const path = join(folder, name);
      writeFileSync(path, text);
      return path;
    },
    until(so) {
      return new Promise((resolve) => {
        const look = (s: State) => {
          if (!so(s)) return;
          stop();
          resolve(s);
        };
        const stop = store.subscribe(look);
        look(store.getState());
      });
    },
    async restart() {
      client.lose('it was killed');
      far?.close();
      await running?.close();
      await start();
    },
    async again() {
      await leave();
      return sitDown({ step, folder });
    },
    async end() {
      await leave();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Five readable rows, one of them with nulls. */
export const orders = 'id,amount,country\n1,10,NL\n2,20,NL\n3,,BE\n4,40,\n5,30,DE\n';
