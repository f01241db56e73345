import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startBench } from '../support/service';

it('the first rows are the rows of the table as they are spelt, without what is no record', async () => {
  const bench = await startBench();
  const path = join(bench.folder, 'odd.csv');
  writeFileSync(path, '# made by hand\nid,name\n007,"Ann, B"\n\n8,x,too,many\n9,""\n');
  const first = await bench.ask('source:first', { path });
  const { receipt, rows } = await bench.ask('source:open', { path });
  expect(first).toEqual({
    columns: ['id', 'name'],
    of: 2,
    rows: [
      ['007', 'Ann, B'],
      ['9', ''],
    ],
  });
  expect([rows, receipt.rejected]).toEqual([2, 1]);
});

it('the first rows are read as was told, or as is kept for such files', async () => {
  const bench = await startBench();
  const path = join(bench.folder, 'days-1.csv');
  writeFileSync(path, Buffer.from('Gr\u00f6\u00dfe|Tag\n1|a\n2|c\n', 'latin1'));
  const dialect = { header: false } as const;
  expect((await bench.ask('source:first', { path }))?.columns).toEqual(['Gr\u00f6\u00dfe', 'Tag']);
  const told = await bench.ask('source:first', { path, dialect });
  expect(told?.rows[0]).toEqual(['Gr\u00f6\u00dfe', 'Tag']);
  await bench.ask('reading:remember', { pattern: 'days-*.csv', dialect });
  expect(await bench.ask('source:first', { path })).toEqual(told);
});

it('of a wide file the first hundred columns are answered, and it is said how many there are', async () => {
  const bench = await startBench();
  const path = join(bench.folder, 'wide.csv');
  const names = Array.from({ length: 2000 }, (_, i) => `c${i}`);
  writeFileSync(
    path,
    [names, names.map(() => 'v'.repeat(500)), names].map((row) => row.join(',')).join('\n'),
  );
  const first = await bench.ask('source:first', { path });
  expect(first?.of).toBe(2000);
  expect(first?.columns).toEqual(names.slice(0, 100));
  expect(first?.rows.every((row) => row.length === 100 && row.every((cell) => cell.length <= 200))).toBe(
    true,
  );
});

it('a file that is small or no plain text is left alone if only large ones are wanted', async () => {
  const bench = await startBench();
  const path = join(bench.folder, 'small.csv');
  writeFileSync(path, 'a,b\n1,2\n');
  expect(await bench.ask('source:first', { path, least: 9 })).toBeNull();
  expect((await bench.ask('source:first', { path, least: 8 }))?.rows).toEqual([['1', '2']]);
  expect(await bench.problemOf('source:first', { path: join(bench.folder, 'none.csv') })).toBe(
    'source-missing',
  );
});
