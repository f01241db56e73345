/**
 * The host: the service in a utility process, spoken to over message ports that the shell hands over.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type {} from 'electron';
import type { FromHost, Request, ServiceEvent, ToHost } from './contract';
import { type Running, startService } from './service';

interface Port {
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
  on(event: 'close', listener: () => void): void;
  postMessage(message: unknown): void;
  start(): void;
}

/** Milliseconds between looks at the open files. */
const LOOK_EVERY = 2_000;

const { values } = parseArgs({
  args: process.argv.slice(2),
  options: {
    'user-data': { type: 'string' },
    cache: { type: 'string' },
    sample: { type: 'string' },
    memory: { type: 'string' },
    version: { type: 'string' },
  },
  strict: false,
});

const ports = new Set<Port>();
const tell = (event: ServiceEvent) => {
  for (const port of ports) port.postMessage(event satisfies FromHost);
};

const text = (value: string | boolean | undefined, otherwise: string) =>
  typeof value === 'string' ? value : otherwise;
const sample = text(values.sample, '');
const started: Promise<Running> = startService({
  data: text(values['user-data'], '.'),
  cache: text(values.cache, './cache'),
  memory: text(values.memory, '4GB'),
  version: text(values.version, ''),
  sample: ['transactions.csv', 'products.csv', 'demographics.csv'].map((name) => join(sample, name)),
  emit: tell,
  now: Date.now,
  log: (error) => console.error(error),
});

started.then(
  (running) => {
    const look = async () => {
      await running.checkSources();
      setTimeout(() => void look(), LOOK_EVERY);
    };
    void look();
  },
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);

/** Serves one window: each call may be cancelled by its number. */
function serve(port: Port): void {
  const calls = new Map<number, AbortController>();
  port.on('message', ({ data }) => {
    const message = data as ToHost;
    if ('cancel' in message) {
      calls.get(message.cancel)?.abort();
      return;
    }
    const { call, request, ask } = message;
    const abort = new AbortController();
    calls.set(call, abort);
    void started.then(async ({ service }) => {
      const answer = Object.hasOwn(service, request)
        ? (service[request as Request] as (ask: unknown, signal: AbortSignal) => Promise<unknown>)
        : undefined;
      const reply =
        answer === undefined
          ? { ok: false, fault: `no such request: ${String(request)}` }
          : await answer(ask, abort.signal);
      calls.delete(call);
      if (ports.has(port)) port.postMessage({ call, reply });
    });
  });
  port.on('close', () => {
    ports.delete(port);
    for (const abort of calls.values()) abort.abort();
  });
  ports.add(port);
  port.start();
  void started.then(() =>
    port.postMessage({ ready: true, version: text(values.version, '') } satisfies FromHost),
  );
}

process.parentPort.on('message', (event) => {
  const [port] = event.ports;
  if (port !== undefined) serve(port as unknown as Port);
});
