import { chmodSync, mkdirSync, readdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tableFromIPC } from 'apache-arrow';
import { expect, it } from 'vitest';
import { put } from '../support/folder';
import { startBench } from '../support/service';

const codes = (warnings: readonly { code: string }[]) => warnings.map((w) => w.code);

it('the receipt of a sound file balances and says how the file is written', async () => {
  const bench = await startBench();
  const path = put(bench.folder, 'orders.csv', 'id;amount;day\n1;2,5;2024-01-31\n2;;2024-02-01\n');
  const table = await bench.ask('source:open', { path });
  expect(table.receipt).toEqual({
    records: 2,
    loaded: 2,
    rejected: 0,
    skipped: 0,
    rejects: [],
    mended: 0,
    mends: [],
    skips: [],
    misfits: [],
  });
  expect(table.source.dialect).toMatchObject({
    delimiter: ';',
    header: true,
    encoding: 'utf-8',
    newline: '\\n',
  });
  expect(table.name).toBe('orders');
});

it('a record that does not fit is rejected with its line, its reason and its text, and the rest is read', async () => {
  const bench = await startBench();
  const rows = Array.from({ length: 30 }, (_, i) => `${i},2024-01-${10 + (i % 20)}`);
  const path = put(bench.folder, 'a.csv', `id,day\n${rows.join('\n')}\n31,too,many\n32,2024-02-01\n`);
  const table = await bench.ask('source:open', { path });
  expect(table.receipt).toMatchObject({ records: 32, loaded: 31, rejected: 1, skipped: 0 });
  expect(table.receipt.rejects[0]).toMatchObject({ line: 32, text: '31,too,many' });
  expect(table.receipt.rejects[0]?.reason).toContain('too many cells');
  expect(codes(table.warnings)).toContain('rows-rejected');
});

it('a value that breaks a guessed type turns the column to text instead of losing the row', async () => {
  const bench = await startBench();
  const rows = Array.from({ length: 200_000 }, (_, i) => String(i));
  const path = put(
    bench.folder,
    'a.csv',
    `id,n\n${rows.map((r) => `${r},${r}`).join('\n')}\n200000,unknown\n`,
  );
  const table = await bench.ask('source:open', { path });
  expect(table.receipt).toMatchObject({ records: 200_001, loaded: 200_001, rejected: 0 });
  expect(table.columns.find((c) => c.name === 'n')?.type).toBe('VARCHAR');
});

it('two spellings of a year are kept as text and reported, never read as antiquity', async () => {
  const bench = await startBench();
  const path = put(bench.folder, 'a.csv', 'id,joined\n1,6/16/14\n2,06/15/2014\n3,5/13/14\n');
  const table = await bench.ask('source:open', { path });
  expect(table.columns[1]).toMatchObject({ name: 'joined', type: 'VARCHAR' });
  const warning = table.warnings.find((w) => w.code === 'date-mixed');
  expect(warning?.message).toContain('in 2 ways');
  expect(table.proposals).toMatchObject([
    { code: 'date-mixed', fits: 3, filled: 3, ambiguous: 0, reading: { column: 'joined', as: 'date' } },
  ]);
});

it('money written as text is reported with an example', async () => {
  const bench = await startBench();
  const path = put(bench.folder, 'a.csv', 'id,pay\n1,"$1,200.00 "\n2,$5.00\n3,\n');
  const table = await bench.ask('source:open', { path });
  expect(table.warnings).toMatchObject([{ code: 'money-as-text', column: 'pay' }]);
});

it('hostile and repeated column names stay usable and are reported', async () => {
  const bench = await startBench();
  const path = put(bench.folder, 'a.csv', '"""; drop table x; --",,a,A,😀\n1,2,3,4,5\n');
  const table = await bench.ask('source:open', { path });
  expect(table.columns.map((c) => c.name)).toEqual(['"; drop table x; --', 'column1', 'a', 'A_1', '😀']);
  expect(codes(table.warnings)).toEqual(['column-name-empty', 'column-name-duplicate']);
  const profiles = await bench.profile(table.name);
  expect(Object.keys(profiles)).toHaveLength(5);
  expect(profiles['"; drop table x; --']).toMatchObject({ min: 1, max: 1 });
});

it('encodings that are not UTF-8 are read and said', async () => {
  const bench = await startBench();
  const text = 'name,città\nna\u00efve,1\n';
  const little = put(
    bench.folder,
    'little.csv',
    Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]),
  );
  const big = put(
    bench.folder,
    'big.csv',
    Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(text, 'utf16le').swap16()]),
  );
  const latin = put(bench.folder, 'latin.csv', Buffer.from(text, 'latin1'));
  for (const path of [little, big, latin]) {
    const table = await bench.ask('source:open', { path });
    expect(table.columns.map((c) => c.name)).toEqual(['name', 'città']);
    expect((await bench.profile(table.name)).name?.top[0]?.value).toBe('naïve');
  }
});

it('a long file that looks like UTF-8 from its ends and is not in between is read as what it is', async () => {
  const bench = await startBench();
  const half = Array.from({ length: 400_000 }, (_, i) => `${i};fa${'b'.repeat(i % 30)}\n`).join('');
  const middle = Buffer.from(
    Array.from({ length: 40 }, (_, i) => `${i};Straße für Käse\n`).join(''),
    'latin1',
  );
  const quarter = Buffer.from(half.slice(0, half.length / 2).replace(/[^\n]*$/, ''));
  const path = put(
    bench.folder,
    'long.csv',
    Buffer.concat([Buffer.from('n;street\n'), quarter, middle, Buffer.from(half), Buffer.from(half)]),
  );
  const table = await bench.ask('source:open', { path });
  expect(table.source.dialect?.encoding).toBe('windows-1252');
  const { ipc } = await bench.ask('table:rows', {
    table: table.name,
    columns: ['street'],
    offset: 0,
    limit: 1,
    sort: [{ column: 'street', descending: false }],
  });
  expect(String(tableFromIPC(ipc).getChildAt(0)?.get(0))).toBe('Straße für Käse');
  expect(table.receipt.records).toBe(table.receipt.loaded);
  const left = readdirSync(join(bench.folder, 'cache'), { recursive: true }).map(String);
  expect(left.filter((name) => name.endsWith('.txt') || name.endsWith('.csv'))).toEqual([]);
});

it('each thing that cannot be read has a problem of its own, and none harms the next', async () => {
  const bench = await startBench();
  const { folder } = bench;
  const sound = put(folder, 'sound.csv', 'a\n1\n2\n');
  const loop = join(folder, 'loop.csv');
  symlinkSync(loop, loop);
  mkdirSync(join(folder, 'inside.csv'));
  const parquet = put(folder, 'cut.parquet', 'PAR1 and then nothing');
  const cases: [string, string][] = [
    [join(folder, 'nowhere.csv'), 'source-missing'],
    [join(folder, 'sound.csv', 'below.csv'), 'source-missing'],
    [loop, 'source-unreadable'],
    [join(folder, 'inside.csv'), 'source-empty'],
    [put(folder, 'empty.csv', ''), 'source-empty'],
    [
      put(folder, 'binary.csv', Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919) % 256))),
      'source-binary',
    ],
    [
      put(folder, 'book.csv', Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(100, 65)])),
      'source-broken',
    ],
    [parquet, 'source-broken'],
    [
      put(
        folder,
        'broken.parquet',
        Buffer.concat([
          Buffer.from('PAR1'),
          Buffer.alloc(64, 7),
          Buffer.from([64, 0, 0, 0]),
          Buffer.from('PAR1'),
        ]),
      ),
      'source-broken',
    ],
  ];
  for (const [path, code] of cases) {
    expect([path, await bench.problemOf('source:open', { path })]).toEqual([path, code]);
    expect((await bench.ask('source:open', { path: sound })).rows).toBe(2);
  }
  expect(readdirSync(join(folder, 'cache', 'tables')).filter((f) => f.startsWith('w_'))).toEqual([]);
});

it.skipIf(process.getuid?.() === 0)(
  'a file that may not be read says so (skipped as root, who may read all)',
  async () => {
    const bench = await startBench();
    const path = put(bench.folder, 'secret.csv', 'a\n1\n');
    chmodSync(path, 0);
    expect(await bench.problemOf('source:open', { path })).toBe('source-unreadable');
  },
);

it('a table without rows, with one column and with 2,000 columns is a table', async () => {
  const bench = await startBench();
  const none = await bench.ask('source:open', { path: put(bench.folder, 'none.csv', 'a,b,c\n') });
  expect([none.rows, none.columns.length, codes(none.warnings)]).toEqual([0, 3, ['no-rows']]);
  expect((await bench.profile('none')).a).toMatchObject({ rows: 0, nulls: 0, distinct: 0, top: [] });
  const one = await bench.ask('source:open', { path: put(bench.folder, 'one.csv', 'a\n1\n\n3\n') });
  expect(one.receipt).toMatchObject({ records: 3, loaded: 3 });
  const names = Array.from({ length: 2000 }, (_, i) => `c${i}`);
  const wide = await bench.ask('source:open', {
    path: put(bench.folder, 'wide.csv', `${names.join(',')}\n${names.map((_, i) => i).join(',')}\n`),
  });
  expect([wide.rows, wide.columns.length]).toEqual([1, 2000]);
});

it('paths with quotes, newlines, globs and other scripts are read as they stand', async () => {
  const bench = await startBench();
  for (const name of ["it's.csv", 'a[1]*?.csv', 'two\nlines.csv', '売上 データ.csv', '"; drop.csv']) {
    const table = await bench.ask('source:open', { path: put(bench.folder, name, 'x,y\n1,2\n') });
    expect([name, table.rows, /^[a-zA-Z]\w*$/.test(table.name)]).toEqual([name, 1, true]);
  }
});

it('an unchanged file is read from its copy, a changed one anew, a deleted copy again', async () => {
  const bench = await startBench();
  const path = put(bench.folder, 'a.csv', 'n\n1\n2\n');
  const copies = () => readdirSync(join(bench.folder, 'cache', 'tables'));
  const first = await bench.ask('source:open', { path });
  expect(copies()).toHaveLength(1);
  expect(await bench.ask('source:open', { path })).toEqual(first);
  expect(copies()).toHaveLength(1);
  put(bench.folder, 'a.csv', 'n\n1\n2\n3\n');
  expect((await bench.ask('source:open', { path })).rows).toBe(3);
  await bench.ask('source:close', { table: 'a' });
  for (const copy of copies()) writeFileSync(join(bench.folder, 'cache', 'tables', copy), 'damaged');
  expect((await bench.ask('source:open', { path })).rows).toBe(3);
});

it('a file that changes or goes away while it is open is reported once, and what was read stays', async () => {
  const bench = await startBench();
  const path = put(bench.folder, 'a.csv', 'n\n1\n2\n3\n');
  await bench.ask('source:open', { path });
  const said = () => bench.events.flatMap((e) => (e.event === 'source' ? [e.problem.code] : []));
  await bench.checkSources();
  expect(said()).toEqual([]);
  truncateSync(path, 4);
  await bench.checkSources();
  await bench.checkSources();
  expect(said()).toEqual(['source-changed']);
  expect((await bench.profile('a')).n).toMatchObject({ rows: 3 });
});
