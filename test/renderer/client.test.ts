import { MessageChannel, type MessagePort } from 'node:worker_threads';
import {
  DateDay,
  Field,
  Float64,
  Int32,
  Int64,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  Table,
  TimestampMicrosecond,
  tableToIPC,
  Utf8,
  vectorFromArray,
} from 'apache-arrow';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { FromHost, ServiceEvent, ToHost } from '#contract';
import { type Client, createClient, type Port, pageOf } from '../../src-renderer/client';

/** The other end of the port: hears what the client says, and answers when the test wants. */
interface Host {
  readonly heard: ToHost[];
  say(message: FromHost): void;
  /** The next message that has not been taken yet. */
  next(): Promise<ToHost>;
}

let open: MessagePort[] = [];
let client: Client;
beforeEach(() => {
  client = createClient();
});
afterEach(() => {
  for (const port of open) port.close();
  open = [];
});

function attach(): Host {
  const { port1, port2 } = new MessageChannel();
  open.push(port1, port2);
  const heard: ToHost[] = [];
  let taken = 0;
  let wake: () => void = () => undefined;
  port1.on('message', (message: ToHost) => {
    heard.push(message);
    wake();
  });
  client.attach(port2 as unknown as Port);
  return {
    heard,
    say: (message) => port1.postMessage(message),
    async next() {
      while (heard.length <= taken) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      const message = heard[taken++];
      if (message === undefined) throw new Error('nothing heard');
      return message;
    },
  };
}

const callOf = (message: ToHost) => ('call' in message ? message.call : Number.NaN);

it('calls wait for the service, go out in order and are answered by number', async () => {
  const list = client.ask('source:list', null);
  const sample = client.ask('source:sample', null);
  const host = attach();
  host.say({ ready: true, version: '1' });
  const [first, second] = [await host.next(), await host.next()];
  expect(first).toMatchObject({ request: 'source:list' });
  host.say({ call: callOf(second), reply: { ok: true, value: ['a.csv'] } });
  host.say({ call: callOf(first), reply: { ok: true, value: [] } });
  expect(await sample).toEqual({ ok: true, value: ['a.csv'] });
  expect(await list).toEqual({ ok: true, value: [] });
});

it('a newer call with the same key cancels the older', async () => {
  const host = attach();
  host.say({ ready: true, version: '1' });
  const older = client.ask('engine:status', null, { key: 'status' });
  const first = await host.next();
  const newer = client.ask('engine:status', null, { key: 'status' });
  expect(await host.next()).toEqual({ cancel: callOf(first) });
  expect(await older).toMatchObject({ ok: false, problem: { code: 'query-cancelled' } });
  const value = { memory: 1, version: 'v', limit: '1 GiB' };
  host.say({ call: callOf(await host.next()), reply: { ok: true, value } });
  expect(await newer).toEqual({ ok: true, value });
});

it('a call that was never sent is cancelled without a word to the service', async () => {
  const older = client.ask('source:list', null, { key: 'list' });
  void client.ask('source:list', null, { key: 'list' });
  expect(await older).toMatchObject({ problem: { code: 'query-cancelled' } });
  const host = attach();
  host.say({ ready: true, version: '1' });
  expect(await host.next()).toMatchObject({ request: 'source:list', call: 2 });
});

it('a signal cancels its call, and an aborted one asks nothing', async () => {
  const host = attach();
  host.say({ ready: true, version: '1' });
  const abort = new AbortController();
  const reply = client.ask('source:list', null, { signal: abort.signal });
  const sent = await host.next();
  abort.abort();
  expect(await reply).toMatchObject({ problem: { code: 'query-cancelled' } });
  expect(await host.next()).toEqual({ cancel: callOf(sent) });
  expect(await client.ask('source:list', null, { signal: abort.signal })).toMatchObject({ ok: false });
  expect(host.heard).toHaveLength(2);
});

it('a new port answers what was asked over the old one, and holds calls back until the sources are restored', async () => {
  const order: string[] = [];
  client.onReady(async (again) => {
    order.push(again ? 'again' : 'first');
    if (again) await client.ask('source:list', null, { first: true });
  });
  const old = attach();
  old.say({ ready: true, version: '1' });
  const lost = client.ask('source:list', null);
  await old.next();
  const host = attach();
  expect(await lost).toMatchObject({ ok: false, problem: { code: 'engine-restarted' } });
  const held = client.ask('source:sample', null);
  host.say({ ready: true, version: '1' });
  const restoring = await host.next();
  expect(restoring).toMatchObject({ request: 'source:list' });
  expect(host.heard).toHaveLength(1);
  host.say({ call: callOf(restoring), reply: { ok: true, value: [] } });
  const sample = await host.next();
  expect(sample).toMatchObject({ request: 'source:sample' });
  host.say({ call: callOf(sample), reply: { ok: true, value: [] } });
  expect(await held).toMatchObject({ ok: true });
  expect(order).toEqual(['first', 'again']);
});

it('when there will be no other port, what waits and what comes is refused at once', async () => {
  const waiting = client.ask('source:list', null);
  client.lose('too many crashes', true);
  expect(await waiting).toMatchObject({
    problem: { code: 'engine-restarted', about: { reason: 'too many crashes' } },
  });
  expect(await client.ask('source:list', null)).toMatchObject({ ok: false });
});

it('events reach their listeners until they leave', async () => {
  const host = attach();
  const heard: ServiceEvent[] = [];
  const leave = client.onEvent((event) => heard.push(event));
  const job = {
    id: '1',
    kind: 'open',
    title: 'Reading a',
    state: 'running',
    progress: null,
    detail: '',
  } as const;
  host.say({ event: 'job', job });
  host.say({ ready: true, version: '1' });
  void client.ask('source:list', null);
  await host.next();
  leave();
  host.say({ event: 'job', job });
  const last = client.ask('source:sample', null);
  host.say({ call: callOf(await host.next()), reply: { ok: true, value: [] } });
  await last;
  expect(heard).toEqual([{ event: 'job', job }]);
});

it('cells are numbers, text and ISO times; what a number cannot hold is text', () => {
  const columns = {
    whole: vectorFromArray([1n, 2n ** 60n, null], new Int64()),
    small: vectorFromArray([7, -7, null], new Int32()),
    share: vectorFromArray([0.5, Number.NaN, Number.POSITIVE_INFINITY], new Float64()),
    text: vectorFromArray(['a', '', null], new Utf8()),
  };
  const page = pageOf(tableToIPC(new Table(columns), 'stream'), 42, 'SELECT 1');
  const cells = [0, 1, 2].map((row) => page.columns.map((_, column) => page.get(row, column)));
  expect(cells).toEqual([
    [1, 7, 0.5, 'a'],
    ['1152921504606846976', -7, 'NaN', ''],
    [null, null, 'Infinity', null],
  ]);
  expect(page).toMatchObject({ rowCount: 3, total: 42, sql: 'SELECT 1' });
  expect([page.get(3, 0), page.get(-1, 0), page.get(0, 4)]).toEqual([null, null, null]);
});

it('dates are days, timestamps keep their microseconds and lose empty fractions', () => {
  const days = makeData({ type: new DateDay(), data: Int32Array.of(0, 17_167, -1) });
  const times = makeData({
    type: new TimestampMicrosecond(),
    data: BigInt64Array.of(0n, 1_483_228_800_123_456n, -1n),
  });
  const fields = [new Field('day', new DateDay()), new Field('time', new TimestampMicrosecond())];
  const rows = makeData({
    type: new Struct<{ day: DateDay; time: TimestampMicrosecond }>(fields),
    length: 3,
    children: [days, times],
  });
  const table = new Table(new Schema(fields), [new RecordBatch(new Schema(fields), rows)]);
  const page = pageOf(tableToIPC(table, 'stream'), 3, '');
  expect([0, 1, 2].map((row) => [page.get(row, 0), page.get(row, 1)])).toEqual([
    ['1970-01-01', '1970-01-01T00:00:00'],
    ['2017-01-01', '2017-01-01T00:00:00.123456'],
    ['1969-12-31', '1969-12-31T23:59:59.999999'],
  ]);
});

it('a page of no rows has its columns and no cells', () => {
  const page = pageOf(tableToIPC(new Table({ a: vectorFromArray([], new Utf8()) }), 'stream'), 0, '');
  expect(page.columns.map((column) => column.name)).toEqual(['a']);
  expect(page.rowCount).toBe(0);
  expect(page.get(0, 0)).toBeNull();
});
