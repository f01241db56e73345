/**
 * The only door from the window to the service: numbers the calls, keeps the newest, and decodes rows.
 *
 * The port comes from outside, so a test can hold the other end. While there is no port, calls wait; when a port is
 * lost, what was asked over it is answered with `engine-restarted`, because nobody will answer it any more.
 */
import { type DataType, DateUnit, TimeUnit, Type, tableFromIPC, type Vector } from 'apache-arrow';
import type { AnswerOf, Ask, FromHost, Reply, Request, RowsAsk, ServiceEvent, ToHost } from '#contract';
import { problem } from '#core/problem';
import type { Cell } from '#core/table';

/** What a MessagePort and its doubles have in common. */
export interface Port {
  postMessage(message: ToHost): void;
  start(): void;
  close(): void;
  onmessage: ((event: MessageEvent) => void) | null;
}

export interface AskOptions {
  /** A newer call with the same key cancels the older, which is answered with `query-cancelled`. */
  readonly key?: string;
  readonly signal?: AbortSignal;
  /** Goes out even while the sources are being opened again after a restart. For that restoring itself. */
  readonly first?: boolean;
}

/** Rows to look at, decoded when a cell is read. */
export interface Page {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  /** Rows in this page. */
  readonly rowCount: number;
  /** Rows under the filter, of which this page is a part. */
  readonly total: number;
  /** The statement that gave the page. */
  readonly sql: string;
  /** Times are ISO 8601 text, whole numbers beyond 2^53 are text. Outside the page: null. */
  get(row: number, column: number): Cell;
}

/** Called when the service answers on a new port; `again` means that an earlier one was lost. Calls wait until it is done. */
export type ReadyListener = (again: boolean) => Promise<void>;

export interface Client {
  ask<R extends Request>(request: R, ask: Ask<R>, options?: AskOptions): Promise<Reply<AnswerOf<R>>>;
  rows(ask: RowsAsk, options?: AskOptions): Promise<Reply<Page>>;
  /** Takes a new port; what waits on an older one is answered with `engine-restarted`. */
  attach(port: Port): void;
  /**
   * Gives up the port, and with it everything that was asked over it. Calls made from now on wait for the next; if there
   * will be none (`final`), they are refused at once.
   */
  lose(reason: string, final?: boolean): void;
  onEvent(listener: (event: ServiceEvent) => void): () => void;
  onReady(listener: ReadyListener): () => void;
}

interface Call {
  readonly request: Request;
  readonly ask: unknown;
  readonly key: string | undefined;
  readonly answer: (reply: Reply<unknown>) => void;
}

const cancelled: Reply<never> = { ok: false, problem: problem('query-cancelled', {}, 'warning') };

export function createClient(): Client {
  let port: Port | null = null;
  let open = false;
  let attached = 0;
  let refusing: string | null = null;
  let next = 1;
  const sent = new Map<number, Call>();
  const waiting = new Map<number, Call>();
  const newest = new Map<string, number>();
  const eventListeners = new Set<(event: ServiceEvent) => void>();
  const readyListeners = new Set<ReadyListener>();

  const settle = (number: number, reply: Reply<unknown>) => {
    const call = sent.get(number) ?? waiting.get(number);
    if (call === undefined) return;
    sent.delete(number);
    waiting.delete(number);
    if (call.key !== undefined && newest.get(call.key) === number) newest.delete(call.key);
    call.answer(reply);
  };

  const send = (number: number, call: Call) => {
    waiting.delete(number);
    sent.set(number, call);
    port?.postMessage({ call: number, request: call.request, ask: call.ask });
  };

  const cancel = (number: number) => {
    if (sent.has(number)) port?.postMessage({ cancel: number });
    settle(number, cancelled);
  };

  const lose = (reason: string, final = false) => {
    const old = port;
    refusing = final ? reason : null;
    port = null;
    open = false;
    if (old !== null) {
      old.onmessage = null;
      old.close();
    }
    for (const number of [...sent.keys(), ...(final ? waiting.keys() : [])]) {
      settle(number, { ok: false, problem: problem('engine-restarted', { reason }, 'warning') });
    }
  };

  const ready = async (again: boolean) => {
    const mine = port;
    await Promise.all([...readyListeners].map((listener) => listener(again)));
    if (port !== mine) return;
    open = true;
    for (const [number, call] of [...waiting]) send(number, call);
  };

  const ask = <R extends Request>(
    request: R,
    what: Ask<R>,
    options: AskOptions = {},
  ): Promise<Reply<AnswerOf<R>>> => {
    const { key, signal, first } = options;
    if (signal?.aborted) return Promise.resolve(cancelled);
    if (refusing !== null) {
      const lost = problem('engine-restarted', { reason: refusing }, 'warning');
      return Promise.resolve({ ok: false, problem: lost });
    }
    const number = next++;
    if (key !== undefined) {
      const older = newest.get(key);
      if (older !== undefined) cancel(older);
      newest.set(key, number);
    }
    return new Promise((resolve) => {
      const abort = () => cancel(number);
      signal?.addEventListener('abort', abort, { once: true });
      const call: Call = {
        request,
        ask: what,
        key,
        answer: (reply) => {
          signal?.removeEventListener('abort', abort);
          resolve(reply as Reply<AnswerOf<R>>);
        },
      };
      if (port !== null && (open || first)) send(number, call);
      else waiting.set(number, call);
    });
  };

  return {
    ask,
    lose,
    async rows(what, options) {
      const reply = await ask('table:rows', what, options);
      if (!reply.ok) return reply;
      return { ok: true, value: pageOf(reply.value.ipc, reply.value.total, reply.value.sql) };
    },
    attach(fresh) {
      const again = attached++ > 0;
      lose('a new engine took over');
      port = fresh;
      fresh.onmessage = (event) => {
        const message = event.data as FromHost;
        if ('ready' in message) void ready(again);
        else if ('call' in message) settle(message.call, message.reply);
        else for (const listener of eventListeners) listener(message);
      };
      fresh.start();
    },
    onEvent(listener) {
      eventListeners.add(listener);
      return () => eventListeners.delete(listener);
    },
    onReady(listener) {
      readyListeners.add(listener);
      return () => readyListeners.delete(listener);
    },
  };
}

/** Reads one Arrow IPC stream as a page. */
export function pageOf(ipc: Uint8Array, total: number, sql: string): Page {
  const table = tableFromIPC(ipc);
  const vectors = table.schema.fields.map((_, i) => table.getChildAt(i));
  return {
    columns: table.schema.fields.map((field) => ({ name: field.name, type: String(field.type) })),
    rowCount: table.numRows,
    total,
    sql,
    get(row, column) {
      const vector = vectors[column];
      if (vector === null || vector === undefined || row < 0 || row >= table.numRows) return null;
      return cellOf(vector, row);
    },
  };
}

function cellOf(vector: Vector, row: number): Cell {
  const value: unknown = vector.get(row);
  if (value === null || value === undefined) return null;
  const type = vector.type as DataType & { unit?: number; timezone?: string | null };
  if (type.typeId === Type.Date) return dateText(Number(value), type.unit === DateUnit.DAY);
  if (type.typeId === Type.Timestamp) return timestampText(Number(value), Boolean(type.timezone));
  if (type.typeId === Type.Time) return timeText(Number(value), type.unit ?? TimeUnit.SECOND);
  switch (typeof value) {
    case 'bigint':
      return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
    case 'number':
      return Number.isFinite(value) ? value : String(value);
    case 'boolean':
    case 'string':
      return value;
    default:
      return nestedText(value);
  }
}

/** Structures as JSON; what JSON cannot say is said as text. */
function nestedText(value: unknown): string {
  if (value instanceof Uint8Array)
    return `0x${Array.from(value, (b) => b.toString(16).padStart(2, '0')).join('')}`;
  return JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? String(part) : part)) ?? '';
}

/** Years beyond 9999 keep the sign and six digits that ISO 8601 gives them. */
function isoOf(ms: number): string | null {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

function dateText(ms: number, day: boolean): string {
  const iso = isoOf(ms);
  if (iso === null) return String(ms);
  return day ? iso.slice(0, iso.indexOf('T')) : timestampText(ms, false);
}

function timestampText(ms: number, zoned: boolean): string {
  const all = Math.round(ms * 1000);
  const whole = Math.floor(all / 1000);
  const iso = isoOf(whole);
  if (iso === null) return String(ms);
  const micros = all - whole * 1000;
  const fraction = `${iso.slice(-4, -1)}${String(micros).padStart(3, '0')}`.replace(/0+$/, '');
  return `${iso.slice(0, -5)}${fraction === '' ? '' : `.${fraction}`}${zoned ? 'Z' : ''}`;
}

const perSecond: Readonly<Record<number, number>> = {
  [TimeUnit.SECOND]: 1,
  [TimeUnit.MILLISECOND]: 1e3,
  [TimeUnit.MICROSECOND]: 1e6,
  [TimeUnit.NANOSECOND]: 1e9,
};

function timeText(value: number, unit: number): string {
  const seconds = value / (perSecond[unit] ?? 1);
  return timestampText(seconds * 1000, false).slice('1970-01-01T'.length);
}
