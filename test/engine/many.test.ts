import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, it } from 'vitest';
import { expand } from '../../src-main/engine/many';
import { freshFolder, put } from '../support/folder';

const names = (root: string, files: readonly { path: string }[]) => files.map((f) => relative(root, f.path));

it('a folder stands for its data files, numbers in order, without hidden ones', async () => {
  const folder = freshFolder();
  for (const name of [
    'a10.csv',
    'a2.csv',
    'b/c.parquet',
    '.x.csv',
    '.git/y.csv',
    '_tmp/z.csv',
    'readme.md',
    'd.csv.gz',
  ])
    put(folder, name, 'x\n1\n');
  const found = await expand(folder);
  expect(found.kind).toBe('folder');
  expect(names(folder, found.files)).toEqual(['a2.csv', 'a10.csv', 'b/c.parquet', 'd.csv.gz']);
  expect(found.files.map((f) => f.format)).toEqual(['csv', 'csv', 'parquet', 'csv']);
  expect(found.files[0]).toMatchObject({ bytes: 4, hive: [] });
});

it('what is no file, empty or a link in a circle is left out with its reason', async () => {
  const folder = freshFolder();
  put(folder, 'a/good.csv', 'x\n1\n');
  put(folder, 'empty.csv', '');
  execFileSync('mkfifo', [join(folder, 'pipe.csv')]);
  symlinkSync(join(folder, 'nowhere'), join(folder, 'broken.csv'));
  symlinkSync(join(folder, 'self.csv'), join(folder, 'self.csv'));
  symlinkSync(folder, join(folder, 'a/up'));
  const found = await expand(folder);
  expect(names(folder, found.files)).toEqual(['a/good.csv']);
  expect(found.left.map((l) => [relative(folder, l.path), l.reason])).toEqual([
    ['a/up', 'a link back to a folder above it'],
    ['broken.csv', 'a link to something that is not there'],
    ['empty.csv', 'it is empty'],
    ['pipe.csv', 'a named pipe, not a file'],
    ['self.csv', 'its links lead in a circle'],
  ]);
});

it('a pattern finds what matches, and hive keys come from the folders below it', async () => {
  const folder = freshFolder();
  for (const name of [
    'year=2024/m=1/a.csv',
    'year=2024/m=2/a.csv',
    'year=2025/m=1/a.txt',
    'year=2024/deep/er/a.csv',
  ])
    put(folder, name, 'x\n1\n');
  const found = await expand(join(folder, 'year=*/m=?/*.csv'));
  expect(names(folder, found.files)).toEqual(['year=2024/m=1/a.csv', 'year=2024/m=2/a.csv']);
  expect(found.files[1]?.hive).toEqual([
    ['year', '2024'],
    ['m', '2'],
  ]);
  expect((await expand(join(folder, '**/*.csv'))).files).toHaveLength(3);
});

it('a file whose name holds marks of a pattern is itself, whatever its name', async () => {
  const folder = freshFolder();
  put(folder, 'a[1]*.csv', 'x\n1\n');
  put(folder, 'a1b.csv', 'x\n1\n');
  const odd = put(folder, '売上\n"\'.csv', 'x\n1\n');
  expect(names(folder, (await expand(join(folder, 'a[1]*.csv'))).files)).toEqual(['a[1]*.csv']);
  expect((await expand(odd)).files[0]?.path).toBe(odd);
});

it('nothing there is a problem that says so', async () => {
  const folder = freshFolder();
  mkdirSync(join(folder, 'none'));
  await expect(expand(join(folder, 'x.csv'))).rejects.toMatchObject({ problem: { code: 'source-missing' } });
  await expect(expand(join(folder, '*.csv'))).rejects.toMatchObject({ problem: { code: 'source-missing' } });
  await expect(expand(join(folder, 'none'))).rejects.toMatchObject({ problem: { code: 'source-empty' } });
  execFileSync('mkfifo', [join(folder, 'p')]);
  await expect(expand(join(folder, 'p'))).rejects.toMatchObject({ problem: { code: 'source-not-a-file' } });
});

it.skipIf(process.getuid?.() === 0)('a file that may not be read is left out with its reason', async () => {
  const folder = freshFolder();
  put(folder, 'a.csv', 'x\n1\n');
  chmodSync(put(folder, 'b.csv', 'x\n1\n'), 0);
  expect((await expand(folder)).left).toMatchObject([{ reason: 'permission denied' }]);
});

it('a search that is no longer wanted ends', async () => {
  const folder = freshFolder();
  put(folder, 'a.csv', 'x\n1\n');
  await expect(expand(folder, AbortSignal.abort())).rejects.toMatchObject({
    problem: { code: 'query-cancelled' },
  });
});
