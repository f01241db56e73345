/**
 * How fast Assay is beside plain DuckDB doing the same, in one run. Ratios are the point; the times are this machine's.
 *
 * `npm run bench` prints a table; nothing is asserted. `npm run bench -- load`, `-- profile`, `-- window`, `-- model` and `-- query` run only a part.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { DuckDBInstance } from '@duckdb/node-api';
import type { AnswerOf, Ask, Reply, Request, ServiceEvent } from '../../src-main/contract';
import { startService } from '../../src-main/service';
import { benchLoad } from './load';
import { benchModel } from './model';
import { benchProfile } from './profile';
import { benchQuery } from './query';

const ROUNDS = 3;
const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'assay-bench-'));

type Asking = <R extends Request>(request: R, ask: Ask<R>) => Promise<AnswerOf<R>>;

/** A service on a fresh folder, so that nothing was read before. */
async function withService<T>(
  work: (ask: Asking, profiled: (job: string) => Promise<void>) => Promise<T>,
): Promise<T> {
  const data = mkdtempSync(join(folder, 'data-'));
  const ended = new Set<string>();
  let wake = () => {};
  const emit = (event: ServiceEvent) => {
    if (event.event === 'job' && event.job.state !== 'running') ended.add(event.job.id);
    wake();
  };
  const running = await startService({
    data,
    cache: join(data, 'cache'),
    memory: '4GB',
    sample: [],
    emit,
    now: Date.now,
    log: console.error,
  });
  const ask: Asking = async (request, asked) => {
    const reply = (await running.service[request](asked)) as Reply<never>;
    if (!reply.ok) throw new Error(JSON.stringify(reply));
    return reply.value;
  };
  const profiled = async (job: string) => {
    while (!ended.has(job)) await new Promise<void>((resolve) => (wake = resolve));
  };
  try {
    return await work(ask, profiled);
  } finally {
    await running.close();
    rmSync(data, { recursive: true, force: true });
  }
}

async function withDuckDb(statements: readonly string[]): Promise<number> {
  const begun = performance.now();
  const db = await DuckDBInstance.create(':memory:');
  const connection = await db.connect();
  for (const sql of statements) await connection.runAndReadAll(sql);
  connection.closeSync();
  db.closeSync();
  return performance.now() - begun;
}

async function median(measure: () => Promise<number>): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < ROUNDS; i++) times.push(await measure());
  return times.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? Number.NaN;
}

const firstRows = (paths: readonly string[]) => () =>
  withService(async (ask) => {
    const begun = performance.now();
    for (const path of paths) {
      const table = await ask('source:open', { path });
      await ask('table:rows', { table: table.name, columns: [], offset: 0, limit: 100 });
    }
    return performance.now() - begun;
  });

const complete = (paths: readonly string[]) => () =>
  withService(async (ask, profiled) => {
    const begun = performance.now();
    for (const path of paths) {
      const table = await ask('source:open', { path });
      const { job } = await ask('profile:start', {
        table: table.name,
        columns: table.columns.map((c) => c.name),
      });
      await profiled(job);
    }
    return performance.now() - begun;
  });

const quoted = (path: string) => `'${path.replaceAll("'", "''")}'`;

async function compare(
  title: string,
  ours: () => Promise<number>,
  theirs: () => Promise<number>,
  what: string,
): Promise<void> {
  const [a, b] = [await median(ours), await median(theirs)];
  const ms = (t: number) => `${t.toFixed(0)} ms`.padStart(9);
  console.log(`${title.padEnd(46)}${ms(a)}${ms(b)}${`${(a / b).toFixed(2)} ×`.padStart(9)}   ${what}`);
}

async function main(): Promise<void> {
  if (process.argv.includes('profile')) return benchProfile({ folder, withDuckDb });
  if (process.argv.includes('window')) return onWindow();
  if (process.argv.includes('model')) return benchModel({ folder, withDuckDb, withService });
  if (process.argv.includes('query')) return benchQuery();
  console.log(
    `${'median of 3, fresh each time'.padEnd(46)}${'Assay'.padStart(9)}${'DuckDB'.padStart(9)}${'ratio'.padStart(9)}   what DuckDB does`,
  );
  await benchLoad({ folder, withService, withDuckDb, compare });
  if (process.argv.includes('load')) return;
  const sample = ['transactions', 'products', 'demographics'].map((name) =>
    join(root, 'resources/sample', `${name}.csv`),
  );
  const million = join(folder, 'million.parquet');
  await withDuckDb([
    `COPY (SELECT range AS id, ${Array.from({ length: 8 }, (_, i) => `(hash(range, ${i}) % 1000000)::DOUBLE / 100 AS x${i}`).join(', ')},
      ${Array.from({ length: 5 }, (_, i) => `'group ' || (hash(range, ${i + 20}) % ${10 ** (i + 1)}) AS g${i}`).join(', ')},
      ${Array.from({ length: 4 }, (_, i) => `(hash(range, ${i + 40}) % ${5 ** (i + 2)})::INTEGER AS n${i}`).join(', ')},
      TIMESTAMP '2020-01-01' + to_seconds((hash(range, 60) % 100000000)::BIGINT) AS t, hash(range, 61) % 2 = 0 AS b
      FROM range(1000000)) TO ${quoted(million)} (FORMAT parquet)`,
  ]);
  const csvRows = sample.map((path) => `SELECT * FROM read_csv(${quoted(path)}) LIMIT 100`);
  const csvSummary = sample.map((path) => `SUMMARIZE FROM read_csv(${quoted(path)})`);
  await compare(
    'sample (3 CSV, 1.7 MB): open to first rows',
    firstRows(sample),
    () => withDuckDb(csvRows),
    'SELECT … LIMIT 100 of each',
  );
  await compare(
    'sample: open to profile complete',
    complete(sample),
    () => withDuckDb(csvSummary),
    'SUMMARIZE of each',
  );
  const select = `SELECT * FROM read_parquet(${quoted(million)}) LIMIT 100`;
  const summarize = `SUMMARIZE FROM read_parquet(${quoted(million)})`;
  await compare(
    '1 M × 20 Parquet: open to first rows',
    firstRows([million]),
    () => withDuckDb([select]),
    'SELECT … LIMIT 100',
  );
  await compare(
    '1 M × 20 Parquet: open to profile complete',
    complete([million]),
    () => withDuckDb([summarize]),
    'SUMMARIZE',
  );
  await benchProfile({ folder, withDuckDb });
  await onWindow();
}

/** Loaded here, so that all else is measured where the window's driver is not installed. */
async function onWindow(): Promise<void> {
  try {
    const { benchWindow } = await import('./window');
    await benchWindow({ folder, withDuckDb });
  } catch (error) {
    console.log(`window: not measured. ${error instanceof Error ? error.message : String(error)}`);
  }
}

try {
  await main();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
