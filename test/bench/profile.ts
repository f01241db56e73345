/**
 * How fast tables are profiled beside a bare scan and DuckDB's SUMMARIZE; a part of `npm run bench`, alone with
 * `npm run bench -- profile`. Every measurement is a process of its own; rounds are taken in turn. `ASSAY_BENCH_ROWS` sets the
 * rows of the large table, ten million unless told. `ASSAY_BENCH_PYTHON` names a Python that has peers to compare with.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Measured } from './one';
import { broad, shapes, taxi } from './shapes';

const run = promisify(execFile);
const quoted = (path: string) => `'${path.replaceAll("'", "''")}'`;

/** What the bench as a whole lends its parts. */
interface Lent {
  readonly folder: string;
  withDuckDb(statements: readonly string[]): Promise<number>;
}

async function one(what: string, path: string): Promise<Measured> {
  const { stdout } = await run(
    process.execPath,
    ['--import', 'tsx', join(import.meta.dirname, 'one.ts'), what, path],
    {
      maxBuffer: 1 << 24,
    },
  );
  return JSON.parse(stdout) as Measured;
}

/** The median of each figure over rounds in which every subject had its turn. */
async function inTurn(
  subjects: readonly string[],
  path: string,
  rounds: number,
): Promise<Map<string, Measured>> {
  const all = new Map<string, Measured[]>(subjects.map((s) => [s, []]));
  for (let i = 0; i < rounds; i++) for (const s of subjects) all.get(s)?.push(await one(s, path));
  const median = (of: Measured[], key: keyof Measured) =>
    of.map((m) => m[key] ?? 0).sort((a, b) => a - b)[Math.floor(of.length / 2)] ?? Number.NaN;
  return new Map(
    [...all].map(([s, of]) => {
      const keys = ['wall', 'cpu', 'rss', 'first', 'page', 'cancel'] as const;
      return [s, Object.fromEntries(keys.map((key) => [key, median(of, key)])) as unknown as Measured];
    }),
  );
}

const ratio = (a: number, b: number) => `${(a / b).toFixed(2)} ×`.padStart(8);
const ms = (t: number) => `${t.toFixed(0)} ms`.padStart(9);
const mb = (n: number) => `${(n / 1e6).toFixed(0)} MB`.padStart(7);

function line(title: string, m: Measured, raw: Measured, summarize: Measured, more = ''): void {
  console.log(
    `${title.padEnd(40)}${ms(m.wall)}${ratio(m.wall, raw.wall)}${ratio(m.wall, summarize.wall)}${ratio(m.cpu, summarize.cpu)}${mb(m.rss)}   ${more}`,
  );
}

function head(title: string): void {
  console.log(
    `\n${title}\n${''.padEnd(40)}${'wall'.padStart(9)}${'raw'.padStart(8)}${'SUMM.'.padStart(8)}${'SUMM.cpu'.padStart(8)}${'memory'.padStart(7)}`,
  );
}

export async function benchProfile({ folder, withDuckDb }: Lent): Promise<void> {
  const rows = Number(process.env.ASSAY_BENCH_ROWS ?? 10_000_000);
  const written = async (name: string, select: string) => {
    const path = join(folder, `${name}.parquet`);
    if (!existsSync(path)) await withDuckDb([`COPY (${select}) TO ${quoted(path)} (FORMAT parquet)`]);
    return path;
  };
  const large = await written('large', taxi(rows));
  head(`${rows.toLocaleString('en-US')} × 20 Parquet, median of 3`);
  const subjects = ['raw', 'summarize', 'profile', 'duplicates'];
  let found = await inTurn(subjects, large, 3);
  const of = (what: string) => found.get(what)!;
  line('bare scan', of('raw'), of('raw'), of('summarize'));
  line('SUMMARIZE', of('summarize'), of('raw'), of('summarize'));
  const first = of('profile').first ?? 0;
  line(
    'profile (goal 6.5 raw, 0.45 SUMM.)',
    of('profile'),
    of('raw'),
    of('summarize'),
    `first figures ${ms(first)} = ${ratio(first, of('raw').wall)} raw (goal 0.8)`,
  );
  line('with whole-row duplicates (goal 0.60)', of('duplicates'), of('raw'), of('summarize'));
  const exact = await one('exact', large);
  line('nothing estimated, once', exact, of('raw'), of('summarize'));
  const page = await one('page', large);
  const cancel = await one('cancel', large);
  console.log(
    `slowest page meanwhile ${ms(page.page ?? 0)} (goal 100), cancel ${ms(cancel.cancel ?? 0)} (goal 100)`,
  );

  for (const [title, select] of [
    ['1 M × 20', taxi(1_000_000)],
    ['1 M × 200', broad(1_000_000)],
  ] as const) {
    head(`${title} Parquet, median of 3 (goal 0.85 SUMM.)`);
    found = await inTurn(
      ['raw', 'summarize', 'profile'],
      await written(title.replaceAll(/\W/g, ''), select),
      3,
    );
    line('SUMMARIZE', of('summarize'), of('raw'), of('summarize'));
    line('profile', of('profile'), of('raw'), of('summarize'));
  }

  head('Other shapes, 2 M rows, once each');
  for (const [title, select] of Object.entries(shapes(2_000_000))) {
    const path = await written(title.replaceAll(/\W/g, '_'), select);
    found = await inTurn(['raw', 'summarize', 'profile'], path, 1);
    line(title, of('profile'), of('raw'), of('summarize'));
  }
  const million = await written('1M20', taxi(1_000_000));
  const text = join(folder, 'million.csv');
  if (process.env.ASSAY_BENCH_PYTHON !== undefined)
    await withDuckDb([
      `COPY (FROM read_parquet(${quoted(million)})) TO ${quoted(text)} (FORMAT csv, HEADER)`,
    ]);
  await peers(million, text);
}

/** Peers that read Parquet, and programs that read the same rows as text. */
const readers = ['polars', 'pandas', 'ydata-minimal', 'ydata-profiling'];
const programs = ['miller', 'csvstat', 'R summary'];

/** What other tools take for the same million rows, and which figures they give. */
async function peers(path: string, text: string): Promise<void> {
  const python = process.env.ASSAY_BENCH_PYTHON;
  if (python === undefined) {
    console.log(
      '\nPeers: none; name a Python that has pandas, polars or ydata-profiling in ASSAY_BENCH_PYTHON.',
    );
    return;
  }
  console.log(
    `\nPeers on 1 M × 20\n${'tool'.padEnd(28)}${'wall'.padStart(10)}${'memory'.padStart(9)}   figures`,
  );
  const ours = await one('profile', path);
  const told = 'all of Assay: moments, quantiles, histogram, fences, top values, patterns, meaning';
  console.log(`${'Assay'.padEnd(28)}${ms(ours.wall).padStart(10)}${mb(ours.rss).padStart(9)}   ${told}`);
  for (const peer of [...readers, ...programs]) {
    try {
      const script = join(import.meta.dirname, 'peers.py');
      const file = programs.includes(peer) ? text : path;
      const { stdout } = await run(python, [script, peer, file], { timeout: 900_000, maxBuffer: 1 << 24 });
      const { wall, rss, figures } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}');
      console.log(`${peer.padEnd(28)}${ms(wall).padStart(10)}${mb(rss).padStart(9)}   ${figures}`);
    } catch (error) {
      const words = error instanceof Error ? (error.message.trim().split('\n').at(-1) ?? '') : String(error);
      console.log(`${peer.padEnd(28)}${'–'.padStart(10)}${'–'.padStart(9)}   ${words.slice(0, 120)}`);
    }
  }
}
