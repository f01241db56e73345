import fc from 'fast-check';
import { expect, it } from 'vitest';
import { countQuickly, countRecords } from '../../src-main/engine/count';
import { freshFolder, put } from '../support/folder';

const plain = { delimiter: ',', quote: '"', skip: 0, emptyLines: false };

it('a newline inside quotes does not end a record', async () => {
  const path = put(freshFolder(), 'a.csv', 'id,note\n1,"two\nlines"\n2,"a ""quoted"" word"\n');
  expect(await countRecords(path, plain)).toMatchObject({ records: 3, open: false });
});

it('a quote in the middle of a field is an ordinary character', async () => {
  const path = put(freshFolder(), 'a.csv', 'id,size\n1,5" pipe\n2,6" pipe\n');
  expect((await countRecords(path, plain)).records).toBe(3);
});

it('empty lines are records only where a file has one column', async () => {
  const path = put(freshFolder(), 'a.csv', 'a\n1\n\n3\n\n');
  expect((await countRecords(path, plain)).records).toBe(3);
  expect((await countRecords(path, { ...plain, emptyLines: true })).records).toBe(5);
});

it('lines above the header are counted as skipped, and the header is the first record after them', async () => {
  const path = put(freshFolder(), 'a.csv', 'Report of 2024\n\nid,name\n1,x\n');
  expect(await countRecords(path, { ...plain, skip: 2 })).toMatchObject({
    records: 2,
    skipped: 1,
  });
});

it('a file that ends inside quotes says so', async () => {
  const path = put(freshFolder(), 'a.csv', 'id,note\n1,"never closed\n2,x\n');
  expect(await countRecords(path, plain)).toMatchObject({ records: 2, open: true });
});

it('any table written in any newline is counted, quickly too where lines end with LF', async () => {
  const folder = freshFolder();
  const cell = fc.string({ maxLength: 8 }).map((s) => s.replaceAll('\r', ' '));
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 20 }),
      fc.constantFrom('\n', '\r\n', '\r'),
      fc.boolean(),
      async (rows, newline, last) => {
        const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
        const text = rows.map((row) => row.map(quoted).join(',')).join(newline) + (last ? newline : '');
        const counted = await countRecords(put(folder, 'p.csv', text), plain);
        expect(counted.records).toBe(rows.length);
        const quick = await countQuickly(put(folder, 'q.csv', text), plain);
        if (newline !== '\r') expect(quick.records).toBe(rows.length);
      },
    ),
    { seed: 7, numRuns: 200 },
  );
});
