/**
 * One measurement of the profile bench in a process of its own, so that its processor time and its memory are its own.
 * Started by profile.ts: `one.ts WHAT FILE` prints one line of JSON.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { DuckDBInstance } from '@duckdb/node-api';
import type { Reply, Request, ServiceEvent } from '../../src-main/contract';
import { startService } from '../../src-main/service';

/** Times in milliseconds, `cpu` of all cores together, memory in bytes; what was not measured is absent. */
export interface Measured {
  readonly wall: number;
  readonly cpu: number;
  readonly rss: number;
  /** Until every column had figures, be they of a sample. */
  readonly first?: number;
  /** The slowest page of rows meanwhile, and how long cancelling took. */
  readonly page?: number;
  readonly cancel?: number;
}

const quoted = (path: string) => `'${path.replaceAll("'", "''")}'`;

async function duck(sql: string): Promise<Measured> {
  const db = await DuckDBInstance.create(':memory:', { memory_limit: '4GB' });
  const connection = await db.connect();
  const cpu = process.cpuUsage();
  const begun = performance.now();
  await connection.runAndReadAll(sql);
  return measured(begun, cpu);
}

function measured(begun: number, cpu: NodeJS.CpuUsage): Measured {
  const { user, system } = process.cpuUsage(cpu);
  return {
    wall: performance.now() - begun,
    cpu: (user + system) / 1000,
    rss: process.resourceUsage().maxRSS * 1024,
  };
}

async function assay(path: string, what: string): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'assay-one-'));
  const seen = new Set<string>();
  let columns = 0;
  let first = 0;
  let begun = 0;
  let wake = () => {};
  let ended = '';
  const emit = (event: ServiceEvent) => {
    if (event.event === 'profile') {
      seen.add(event.profile.name);
      if (seen.size === columns && first === 0) first = performance.now() - begun;
    }
    if (event.event === 'job' && event.job.kind === 'profile' && event.job.state !== 'running')
      ended = event.job.state;
    wake();
  };
  const running = await startService({
    data: folder,
    cache: join(folder, 'cache'),
    memory: '4GB',
    sample: [],
    emit,
    now: Date.now,
    log: console.error,
  });
  const ask = async <T>(request: Request, asked: unknown): Promise<T> => {
    const work = running.service[request] as (asked: unknown) => Promise<Reply<unknown>>;
    const reply = await work(asked);
    if (!reply.ok) throw new Error(JSON.stringify(reply));
    return reply.value as T;
  };
  try {
    const table = await ask<{ name: string; columns: { name: string }[] }>('source:open', { path });
    const names = table.columns.map((c) => c.name);
    columns = names.length;
    // The grid has shown its first page before anything is profiled.
    if (what === 'page') await ask('table:rows', { table: table.name, columns: [], offset: 0, limit: 100 });
    const cpu = process.cpuUsage();
    begun = performance.now();
    const { job } = await ask<{ job: string }>('profile:start', {
      table: table.name,
      columns: names,
      exact: what === 'exact',
    });
    let page = 0;
    if (what === 'page') {
      while (ended === '') {
        const asked = performance.now();
        await ask('table:rows', {
          table: table.name,
          columns: [],
          offset: Math.floor(seen.size * 1000),
          limit: 100,
        });
        page = Math.max(page, performance.now() - asked);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
    let cancel = 0;
    if (what === 'cancel') {
      await new Promise((resolve) => setTimeout(resolve, 1500));
      const asked = performance.now();
      await ask('job:cancel', { job });
      // The engine is free again when a statement of its own is answered.
      await ask('engine:status', null);
      cancel = performance.now() - asked;
    }
    while (ended === '') await new Promise<void>((resolve) => (wake = resolve));
    if (what === 'duplicates') await ask('table:duplicates', { table: table.name });
    return { ...measured(begun, cpu), first, page, cancel };
  } finally {
    await running.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const [what = '', path = ''] = process.argv.slice(2);
const sql: Readonly<Record<string, string>> = {
  raw: `SELECT last(COLUMNS(*)) FROM read_parquet(${quoted(path)})`,
  summarize: `SUMMARIZE FROM read_parquet(${quoted(path)})`,
};
const statement = sql[what];
console.log(JSON.stringify(await (statement === undefined ? assay(path, what) : duck(statement))));
