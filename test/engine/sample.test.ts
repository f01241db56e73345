import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, it } from 'vitest';
import type { ColumnProfile } from '../../src-main/core/profile/profile';
import { put } from '../support/folder';
import { type Bench, startBench } from '../support/service';

async function opened(rows: number): Promise<{ bench: Bench; table: string }> {
  const bench = await startBench();
  const path = join(bench.folder, 'n.parquet');
  const db = await DuckDBInstance.create(':memory:');
  const connection = await db.connect();
  await connection.run(
    `COPY (SELECT range AS id, CASE WHEN hash(range) % 5 = 0 THEN NULL ELSE (hash(range, 1) % 10007)::DOUBLE END AS x,
      (['a', 'b', 'c'])[1 + (hash(range, 2) % 3)::INTEGER] AS g, round(exp((hash(range, 3) % 1000) / 150.0), 3) AS s
      FROM range(${rows})) TO '${path}' (FORMAT parquet)`,
  );
  connection.closeSync();
  db.closeSync();
  return { bench, table: (await bench.ask('source:open', { path })).name };
}

async function sampled({ bench, table }: { bench: Bench; table: string }, rows: number, seed: number) {
  const columns = ['id', 'x', 'g', 's'];
  const { job } = await bench.ask('profile:start', { table, columns, sample: { rows, seed } });
  const done = () =>
    bench.events.some((e) => e.event === 'job' && e.job.id === job && e.job.state === 'done');
  await expect.poll(done, { interval: 5, timeout: 10_000 }).toBe(true);
  const found = bench.events.flatMap((e) => (e.event === 'profile' && e.job === job ? [e.profile] : []));
  return Object.fromEntries(found.map((p) => [p.name, p])) as Record<string, ColumnProfile>;
}

it('a random sample is the same for the same seed, stands for all rows and says how far off it may be', async () => {
  const where = await opened(20_000);
  const exact = await where.bench.profile(where.table);
  const [one, same, other] = [
    await sampled(where, 1000, 7),
    await sampled(where, 1000, 7),
    await sampled(where, 1000, 8),
  ];
  expect(same).toEqual(one);
  expect(other.x?.mean).not.toBe(one.x?.mean);
  expect(one.x).toMatchObject({ rows: 20_000, evidence: { basis: 'sample', rows: 1000, of: 20_000 } });
  let [inside, all] = [0, 0];
  const hold = (told: unknown, truth: unknown, error: number | undefined) => {
    if (error === undefined) return;
    all++;
    if (Math.abs(Number(told) - Number(truth)) <= error + 1e-9) inside++;
  };
  for (let seed = 1; seed <= 40; seed++) {
    const drawn = await sampled(where, 1000, seed);
    for (const [name, profile] of Object.entries(drawn)) {
      const truth = exact[name];
      const off = (key: string) => profile.inexact?.[key]?.error;
      for (const key of ['nulls', 'distinct', 'unique', 'zeros', 'mean', 'stddev', 'sum'] as const)
        if (truth?.[key] !== undefined) hold(profile[key], truth[key], off(key));
      for (const [p, q] of Object.entries(profile.quantiles ?? {}))
        hold(q, truth?.quantiles?.[p], off(`quantiles.${p}`));
      if (name === 'g')
        for (const [i, { value, count }] of profile.top.entries())
          hold(count, truth?.top.find((t) => t.value === value)?.count, off(`top.${i}`));
    }
  }
  expect(all).toBeGreaterThan(1000);
  expect(inside / all).toBeGreaterThanOrEqual(0.99);
}, 60_000);

it('a sample that is not smaller than the table is the table, and exact', async () => {
  const { x } = await sampled(await opened(500), 500, 1);
  expect(x).toMatchObject({ rows: 500, evidence: { basis: 'exact', rows: 500 } });
  expect(x).not.toHaveProperty('inexact');
});

it('a large text file is profiled from a sample first, under a filter, and by a random sample of it', async () => {
  const bench = await startBench();
  const lines = Array.from({ length: 120_000 }, (_, i) => `${i},${i % 7}`);
  const path = put(bench.folder, 'large.csv', `id,g\n${lines.join('\n')}\n`);
  const { name } = await bench.ask('source:open', { path });
  const { id } = await bench.profile(name);
  expect(id).toMatchObject({ rows: 120_000, distinct: 120_000, max: 119_999, sorted: 'strictly-ascending' });
  expect(bench.events.filter((e) => e.event === 'profile')).toHaveLength(4);
  const under = async (ask: object) => {
    const { job } = await bench.ask('profile:start', { table: name, columns: ['id'], ...ask });
    const state = () => bench.events.findLast((e) => e.event === 'job' && e.job.id === job);
    await expect.poll(state, { interval: 5, timeout: 10_000 }).toMatchObject({ job: { state: 'done' } });
    return bench.events.findLast((e) => e.event === 'profile' && e.job === job);
  };
  const expected = Array.from({ length: 120_000 }, (_, i) => i % 7).filter((g) => g > 2).length;
  expect(await under({ where: 'g > 2' })).toMatchObject({ profile: { rows: expected, min: 3 } });
  expect(await under({ where: 'g > 2', sample: { rows: 1000, seed: 3 } })).toMatchObject({
    profile: { rows: expected, evidence: { basis: 'sample', rows: 1000, of: expected } },
  });
});
