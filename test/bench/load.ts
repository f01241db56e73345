/**
 * How fast files are loaded beside plain DuckDB doing the same; a part of `npm run bench`, alone with `npm run bench -- load`.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { AnswerOf, Ask, Request } from '../../src-main/contract';

/** Milliseconds until the first rows of a large file are to stand on the screen. */
const GOAL = 500;

type Asking = <R extends Request>(request: R, ask: Ask<R>) => Promise<AnswerOf<R>>;

/** What the bench as a whole lends its parts. */
export interface Lent {
  readonly folder: string;
  /** A service on a fresh folder, so that nothing was read before. */
  withService<T>(work: (ask: Asking) => Promise<T>): Promise<T>;
  /** Milliseconds that the statements take in a DuckDB of their own. */
  withDuckDb(statements: readonly string[]): Promise<number>;
  /** Prints one line: ours, theirs, and what they do. */
  compare(
    title: string,
    ours: () => Promise<number>,
    theirs: () => Promise<number>,
    what: string,
  ): Promise<void>;
}

const quoted = (path: string) => `'${path.replaceAll("'", "''")}'`;

/** 20 columns of the usual kinds. */
const wide = (rows: number) => `SELECT range AS id,
  ${Array.from({ length: 8 }, (_, i) => `(hash(range, ${i}) % 1000000)::DOUBLE / 100 AS x${i}`).join(', ')},
  ${Array.from({ length: 5 }, (_, i) => `'group ' || (hash(range, ${i + 20}) % ${10 ** (i + 1)}) AS g${i}`).join(', ')},
  ${Array.from({ length: 4 }, (_, i) => `(hash(range, ${i + 40}) % ${5 ** (i + 2)})::INTEGER AS n${i}`).join(', ')},
  DATE '2020-01-01' + (hash(range, 60) % 1500)::INTEGER AS d, 'no, yes' AS s FROM range(${rows})`;

const narrow = (rows: number) => `SELECT range AS id, 'group ' || (hash(range, 1) % 1000) AS g,
  (hash(range, 2) % 1000000)::DOUBLE / 100 AS x, DATE '2020-01-01' + (hash(range, 3) % 1500)::INTEGER AS d,
  hash(range, 4) % 100 AS n FROM range(${rows})`;

/** Milliseconds until the service answers with the first rows. */
function firstRows(lent: Lent, path: string): Promise<number> {
  return lent.withService(async (ask) => {
    const begun = performance.now();
    const first = await ask('source:first', { path });
    if (first === null || first.rows.length === 0) throw new Error('there are no first rows');
    return performance.now() - begun;
  });
}

function opened(lent: Lent, path: string): Promise<number> {
  return lent.withService(async (ask) => {
    const begun = performance.now();
    await ask('source:open', { path });
    return performance.now() - begun;
  });
}

/** Milliseconds of opening, and of opening again what was closed and has not changed, to its first rows. */
function openedTwice(lent: Lent, path: string): Promise<[number, number]> {
  return lent.withService(async (ask) => {
    const begun = performance.now();
    const { name } = await ask('source:open', { path });
    const first = performance.now() - begun;
    await ask('source:close', { table: name });
    const rebegun = performance.now();
    const again = await ask('source:open', { path });
    await ask('table:rows', { table: again.name, columns: [], offset: 0, limit: 100 });
    return [first, performance.now() - rebegun];
  });
}

/** The same with the dialect told, so that nothing is left to detect. */
function told(lent: Lent, path: string): Promise<number> {
  return lent.withService(async (ask) => {
    const begun = performance.now();
    await ask('source:open', {
      path,
      dialect: {
        delimiter: ',',
        quote: '"',
        escape: '"',
        header: true,
        headerRows: 1,
        skip: 0,
        footer: 0,
        comment: '',
        encoding: 'utf-8',
      },
    });
    return performance.now() - begun;
  });
}

export async function benchLoad(lent: Lent): Promise<void> {
  const { folder, withDuckDb, compare } = lent;
  const csv = async (name: string, select: string) => {
    const path = join(folder, name);
    await withDuckDb([`COPY (${select}) TO ${quoted(path)} (FORMAT csv, HEADER)`]);
    return path;
  };
  const table = (path: string) => [`CREATE TABLE t AS FROM read_csv(${quoted(path)})`];
  const limit = (path: string) => [`SELECT * FROM read_csv(${quoted(path)}) LIMIT 100`];

  const million = await csv('million.csv', wide(1_000_000));
  // On disk, as ours is: a table in memory is neither written nor kept.
  const onDisk = () => {
    const database = join(folder, `plain-${Math.round(performance.now())}.duckdb`);
    return withDuckDb([
      `ATTACH ${quoted(database)} AS kept`,
      `CREATE TABLE kept.t AS FROM read_csv(${quoted(million)})`,
      'CHECKPOINT kept',
    ]).finally(() => rmSync(database, { force: true }));
  };
  // In turn, and the middle of the ratios: a machine that slows down for a while slows both down.
  const pairs: { first: number; again: number; plain: number }[] = [];
  for (let i = 0; i < 7; i++) {
    const plain = await onDisk();
    const [first, again] = await openedTwice(lent, million);
    pairs.push({ first, again, plain });
  }
  pairs.sort((a, b) => a.first / a.plain - b.first / b.plain);
  const ratios = pairs.map((p) => (p.first / p.plain).toFixed(2)).join(' ');
  const { first, again, plain } = pairs[3]!;
  const once = (ms: number) => () => Promise.resolve(ms);
  await compare(
    '1 M × 20 CSV: materialise (the median of 7 pairs)',
    once(first),
    once(plain),
    `CREATE TABLE AS, on disk; all: ${ratios}`,
  );
  await compare(
    '1 M × 20 CSV: materialise (once)',
    once(first),
    () => withDuckDb(table(million)),
    'CREATE TABLE AS, in memory',
  );
  await compare(
    '1 M × 20 CSV: open again from the cache (once)',
    once(again),
    () => withDuckDb(limit(million)),
    'SELECT … LIMIT 100',
  );
  rmSync(million);

  const small = await csv('small.csv', wide(62_000));
  const all = await opened(lent, small);
  await compare(
    '10 MB CSV: open, all detected (once)',
    once(all),
    () => told(lent, small),
    'Assay with the dialect told',
  );
  await compare(
    '10 MB CSV: open, all detected (once)',
    once(all),
    () => withDuckDb(table(small)),
    'CREATE TABLE AS, in memory',
  );

  // As semicolons with decimal commas in Windows-1252, in which nothing is as DuckDB takes for granted.
  const foreign = join(folder, 'foreign.csv');
  const line = (i: number) =>
    `${i};Stück ${i % 97};${i % 1000},${String(i % 100).padStart(2, '0')};0${i % 9}.11.2023`;
  writeFileSync(
    foreign,
    Buffer.from(
      ['Nr;Größe;Preis;Tag', ...Array.from({ length: 300_000 }, (_, i) => line(i))].join('\r\n'),
      'latin1',
    ),
  );
  await compare(
    '10 MB CSV, Windows-1252: open, all detected',
    () => opened(lent, foreign),
    () =>
      withDuckDb([`CREATE TABLE t AS FROM read_csv(${quoted(foreign)}, encoding = 'latin-1', delim = ';')`]),
    'CREATE TABLE AS, encoding and delimiter told',
  );

  const tenMillion = await csv('ten-million.csv', narrow(10_000_000));
  await compare(
    '10 M × 5 CSV: first rows',
    () => firstRows(lent, tenMillion),
    () => withDuckDb(limit(tenMillion)),
    'SELECT … LIMIT 100',
  );
  await onScreen(tenMillion);
}

/** Milliseconds from the click to the first rows in the real window, once for each time that the file is opened. */
async function onScreen(path: string): Promise<void> {
  const title = `10 M × 5 CSV: first rows on screen (goal ${GOAL} ms)`;
  try {
    // Loaded here, so that all else is measured where the window's driver is not installed.
    const { firstRowsOnScreen } = await import('./screen');
    const times = await firstRowsOnScreen(path, 5);
    const words = times.map((ms) => `${ms.toFixed(0)} ms`).join(', ');
    const reached = times.every((ms) => ms <= GOAL) ? 'reached' : 'missed';
    console.log(
      `${title}: ${words}; the first just after the start. ${reached}; load ${loadavg()[0]?.toFixed(1)}`,
    );
  } catch (error) {
    console.log(`${title}: not measured. ${error instanceof Error ? error.message : String(error)}`);
  }
}
