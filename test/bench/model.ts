/**
 * How fast grains and joins are found beside a bare scan of the same columns; `npm run bench -- model`. Ratios are taken in
 * turn in one run. `ASSAY_BENCH_ROWS` sets the rows of the large table, ten million unless told; `ASSAY_BENCH_LARGE` names a
 * Parquet file to take instead of writing one, `ASSAY_BENCH_ROUNDS` other rounds than three.
 */
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { AnswerOf, Ask, Request } from '../../src-main/contract';
import { taxi } from './shapes';

/** What the bench as a whole lends its parts. */
interface Lent {
  readonly folder: string;
  withDuckDb(statements: readonly string[]): Promise<number>;
  withService<T>(
    work: (ask: <R extends Request>(request: R, ask: Ask<R>) => Promise<AnswerOf<R>>) => Promise<T>,
  ): Promise<T>;
}

const ROUNDS = Number(process.env.ASSAY_BENCH_ROUNDS ?? 3);
const quoted = (path: string) => `'${path.replaceAll("'", "''")}'`;
const median = (times: readonly number[]) =>
  [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
const bare = (path: string, but = '') =>
  `SELECT max(hash(COLUMNS(*${but}))) FROM read_parquet(${quoted(path)})`;

/** The goal is a multiple of the scan. */
async function line(
  title: string,
  goal: number,
  scan: () => Promise<number>,
  find: () => Promise<[number, string]>,
) {
  const [scans, finds]: [number[], number[]] = [[], []];
  let told = '';
  for (let i = 0; i < ROUNDS; i++) {
    scans.push(await scan());
    const [time, words] = await find();
    finds.push(time);
    told = words;
  }
  const [a, b] = [median(finds), median(scans)];
  console.log(
    `${title.padEnd(44)}${`${a.toFixed(0)} ms`.padStart(10)}${`${b.toFixed(0)} ms`.padStart(10)}${`${(a / b).toFixed(1)} ×`.padStart(8)}  (goal ${goal})  ${told}`,
  );
}

export async function benchModel({ folder, withDuckDb, withService }: Lent): Promise<void> {
  const rows = Number(process.env.ASSAY_BENCH_ROWS ?? 10_000_000);
  const written = async (name: string, select: string) => {
    const path = join(folder, `${name}.parquet`);
    await withDuckDb([`COPY (${select}) TO ${quoted(path)} (FORMAT parquet)`]);
    return path;
  };
  console.log(
    `${`median of ${ROUNDS}`.padEnd(44)}${'Assay'.padStart(10)}${'scan'.padStart(10)}${'ratio'.padStart(8)}`,
  );
  const large = process.env.ASSAY_BENCH_LARGE ?? (await written('large', taxi(rows)));
  const legs = await written(
    'legs',
    `SELECT trip_id // 4 AS ride, (trip_id % 4)::TINYINT AS leg, * EXCLUDE (trip_id, note) FROM read_parquet(${quoted(large)})`,
  );
  for (const [title, path] of [
    ['grain, one column', large],
    ['grain, two columns', legs],
  ] as const) {
    const find = () =>
      withService(async (ask): Promise<[number, string]> => {
        const { name } = await ask('source:open', { path });
        const begun = performance.now();
        const found = await ask('grain:find', { table: name });
        const told = found.grains.map((g) => g.columns.join(' + ')).join(', ');
        return [
          performance.now() - begun,
          `${told}; ${found.proved} of ${found.tried} sets counted on all rows`,
        ];
      });
    await line(`${title}, of 20 columns`, 10, () => withDuckDb([bare(path)]), find);
  }

  const tables: string[] = [];
  for (const [name, select] of Object.entries(star(1_000_000))) tables.push(await written(name, select));
  const scans = tables.map((path) => bare(path, ' EXCLUDE (amount)'));
  const find = () =>
    withService(async (ask): Promise<[number, string]> => {
      const names: string[] = [];
      for (const path of tables) names.push((await ask('source:open', { path })).name);
      const begun = performance.now();
      const { candidates, looked } = await ask('join:find', { tables: names });
      const sure = candidates.filter((c) => c.confident).length;
      const told = `${sure} joins of ${looked.pairs} pairs, ${looked.measured} measured`;
      return [performance.now() - begun, told];
    });
  await line('joins, 12 tables of 1 M rows', 20, () => withDuckDb(scans), find);
}

/** Four tables that are referred to and eight that refer to two or three of them, 16 joins in all. */
function star(rows: number): Readonly<Record<string, string>> {
  const things = ['customer', 'product', 'device', 'account'];
  const key = (thing: number, of: string) =>
    thing === 3 ? `md5((${of})::VARCHAR)` : `(${of}) * ${7 + 4 * thing} + ${1000 * thing}`;
  const referred = things.map((thing, i): [string, string] => [
    `${thing}s`,
    `SELECT ${key(i, 'range')} AS ${thing}_id, '${thing} ' || range AS title, (hash(range, ${i}) % 40)::INTEGER AS kind,
      DATE '2020-01-01' + (hash(range, 9) % 1500)::INTEGER AS since, (hash(range, 8) % 10000) / 100.0 AS amount FROM range(${rows})`,
  ]);
  const referring = Array.from({ length: 8 }, (_, i): [string, string] => {
    const keys = [i % 4, (i + 1) % 4].map(
      (thing) => `${key(thing, `(hash(range, ${thing + 10 * i}) % ${rows})::BIGINT`)} AS ${things[thing]}_id`,
    );
    return [
      `events_${i}`,
      `SELECT range + ${i}00000000 AS event_no, ${keys.join(', ')}, TIMESTAMP '2024-01-01' + to_seconds(range * 20) AS at,
        (['new', 'open', 'done'])[1 + range % 3] AS state, (range % 9)::INTEGER AS pieces, (hash(range, 8) % 10000) / 100.0 AS amount FROM range(${rows})`,
    ];
  });
  return Object.fromEntries([...referred, ...referring]);
}
