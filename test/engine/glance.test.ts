import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ProblemError } from '../../src-main/core/problem';
import { startBench } from '../support/service';

const rows = (n: number, row: (i: number) => string) =>
  Array.from({ length: n }, (_, i) => row(i)).join('\n');

it('a glance at a sorted file sees its end as well as its beginning, and says that it is a sample', async () => {
  const bench = await startBench();
  const path = join(bench.folder, 'sorted.csv');
  writeFileSync(
    path,
    `id,half,name\n${rows(300_000, (i) => `${i},${i % 2 ? '' : i / 2},name ${String(i).padStart(6, '0')}`)}\n`,
  );
  const glance = await bench.ask('source:glance', { path });
  expect(glance.seen).toBeLessThan(glance.bytes / 2);
  expect(glance.rows).toBeLessThan(300_000 / 2);
  const [id, half, name] = glance.profiles;
  expect(id).toMatchObject({ name: 'id', type: 'BIGINT', min: 0, max: 299_999, rows: glance.rows, nulls: 0 });
  expect(id?.evidence).toMatchObject({ basis: 'sample', rows: glance.rows });
  expect(Number(id?.quantiles?.['0.5'])).toBeGreaterThan(140_000);
  expect(Number(id?.quantiles?.['0.5'])).toBeLessThan(160_000);
  expect((half?.nulls ?? 0) / glance.rows).toBeCloseTo(0.5, 2);
  expect(name).toMatchObject({ kind: 'text', min: 'name 000000', max: 'name 299999' });
  expect(readdirSync(join(bench.folder, 'cache', 'tables'))).toEqual([]);
});

it('where a record spans lines, or a line feed may be half a character, only the beginning is looked at', async () => {
  const bench = await startBench();
  const spanning = join(bench.folder, 'spanning.csv');
  writeFileSync(spanning, `id,note\n${rows(200_000, (i) => `${i},"two\nlines ${i}"`)}\n`);
  const glance = await bench.ask('source:glance', { path: spanning });
  expect(glance.seen).toBeLessThanOrEqual(128 * 1024);
  expect(glance.profiles[0]).toMatchObject({ name: 'id', min: 0, max: glance.rows - 1 });
  const wide = join(bench.folder, 'wide.csv');
  writeFileSync(wide, Buffer.from(`\ufeffid,note\n${rows(200_000, (i) => `${i},Ċ ${i}`)}\n`, 'utf16le'));
  const other = await bench.ask('source:glance', { path: wide });
  expect(other.profiles[0]).toMatchObject({ name: 'id', min: 0, max: other.rows - 1 });
});

it('what is no text has no glance, and says so', async () => {
  const bench = await startBench();
  const path = join(bench.folder, 'x.json');
  writeFileSync(path, '[{"a":1}]');
  await expect(bench.ask('source:glance', { path })).rejects.toThrow(ProblemError);
});
