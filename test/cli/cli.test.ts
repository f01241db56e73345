import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import { bookOf, zipOf } from '../support/archive';
import { freshFolder, put } from '../support/folder';
import { otherData } from '../support/shared';

const root = join(import.meta.dirname, '../..');
const sample = (name: string) => join(root, 'resources/sample', `${name}.csv`);

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command line as a user would, in a folder and with data of its own. */
function assay(folder: string, ...args: string[]): Promise<Ran> {
  return new Promise((resolve) => {
    const env = { ...process.env, ASSAY_USER_DATA: join(folder, 'data') };
    execFile(
      process.execPath,
      ['--import', 'tsx', join(root, 'src-main/cli.ts'), ...args],
      { env, cwd: root, maxBuffer: 1 << 26 },
      (error, out, err) => {
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
        resolve({ code, out, err });
      },
    );
  });
}

function valid(schema: string, value: unknown): void {
  const ajv = new Ajv2020({ allowUnionTypes: true, allErrors: true });
  const check = ajv.compile(
    JSON.parse(readFileSync(join(root, 'resources/schema', `${schema}.schema.json`), 'utf8')),
  );
  check(value);
  expect(check.errors ?? []).toEqual([]);
}

it('load and profile of the sample print JSON that keeps to the shipped schemas', async () => {
  const folder = freshFolder();
  const loaded = await assay(
    folder,
    'load',
    sample('transactions'),
    sample('products'),
    sample('demographics'),
    '--json',
  );
  expect([loaded.code, loaded.err]).toEqual([0, '']);
  const receipts = JSON.parse(loaded.out);
  valid('load', receipts);
  expect(receipts.tables.map((t: { name: string; rows: number }) => [t.name, t.rows])).toEqual([
    ['transactions', 16676],
    ['products', 8646],
    ['demographics', 801],
  ]);
  const profiled = await assay(folder, 'profile', sample('demographics'), '--exact', '--json');
  const profile = JSON.parse(profiled.out);
  valid('profile', profile);
  expect(profile.tables[0].keys).toEqual([{ columns: ['household_id'], unique: true, violations: 0 }]);
  expect(profile.tables[0].columns[3]).toMatchObject({
    name: 'home_ownership',
    nulls: 233,
    role: 'dimension',
  });
});

it('load reads every sheet of a workbook and every data file of an archive, each as a table of its own', async () => {
  const folder = freshFolder();
  const book = join(folder, 'book.xlsx');
  const sheets = {
    Orders: [['id'], [1], [2]],
    Nothing: [],
    People: [
      ['name', 'city'],
      ['Ann', 'Rome'],
    ],
  };
  writeFileSync(book, bookOf(sheets));
  const archive = join(folder, 'export.zip');
  const entries = {
    'read.me': 'Hello',
    'b/north.csv': 'id,kg\n1,2\n',
    'south.csv': 'code\nA\nB\n',
    'bad.parquet': 'no',
  };
  writeFileSync(archive, zipOf(entries));
  const ran = await assay(folder, 'load', book, archive, book, '--json');
  expect(ran.code).toBe(0);
  const answer = JSON.parse(ran.out);
  valid('load', answer);
  expect(
    answer.tables.map((t: { name: string; rows: number; source: { part: unknown } }) => [
      t.name,
      t.rows,
      t.source.part,
    ]),
  ).toEqual([
    ['book', 2, { sheet: 'Orders' }],
    ['book_people', 1, { sheet: 'People' }],
    ['export', 1, { entry: 'b/north.csv' }],
    ['export_south', 2, { entry: 'south.csv' }],
  ]);
  const said = (i: number) => answer.tables[i].warnings.map((w: { message: string }) => w.message).join('\n');
  expect(said(0)).toContain('“Nothing” was not read: ');
  expect(said(1)).not.toContain('“');
  expect(said(2)).toContain('“bad.parquet” was not read: ');
  expect(said(2)).toContain('The archive also holds read.me, which by the name is no data');
  const text = await assay(folder, 'load', book);
  expect(text.out).toContain(`book_people  ${book} · People`);
});

it('load prints every reject as JSON, and the first few and their number to read', async () => {
  const folder = freshFolder();
  const records = Array.from({ length: 15_000 }, (_, i) =>
    i % 10 === 5 ? `${i},x,${i},bad,${i}\n` : `${i},${i},${i}\n`,
  );
  const path = put(folder, 'long.csv', `id,n,m\n${records.join('')}`);
  const printed = JSON.parse((await assay(folder, 'load', path, '--json')).out);
  valid('load', printed);
  const { rejected, rejects, entries } = printed.tables[0].receipt;
  expect([rejected, rejects.length, entries]).toEqual([1500, 1500, undefined]);
  const before = `id,n,m\n${records.slice(0, 14_995).join('')}`;
  expect(rejects.at(-1)).toMatchObject({
    line: 14_997,
    byte: before.length,
    text: records[14_995]?.trimEnd(),
  });
  const { out } = await assay(folder, 'load', path);
  expect(out.match(/rejected line/g)).toHaveLength(20);
  expect(out).toContain('rejected 1,500');
  expect(out).toContain('… and 1,480 more');
  valid('profile', JSON.parse((await assay(folder, 'profile', path, '--json')).out));
});

it('profile takes columns and a condition, and writes Markdown and a page without scripts', async () => {
  const folder = freshFolder();
  const only = await assay(
    folder,
    'profile',
    sample('demographics'),
    '--columns',
    'age,income',
    '--where',
    "age = '65+'",
    '--json',
  );
  const { columns } = JSON.parse(only.out).tables[0];
  expect(columns.map((c: { name: string; rows: number }) => [c.name, c.rows])).toEqual([
    ['age', 72],
    ['income', 72],
  ]);
  const page = join(folder, 'report.html');
  const written = await assay(folder, 'profile', sample('demographics'), '--html', page);
  expect([written.code, written.out]).toEqual([0, '']);
  const html = readFileSync(page, 'utf8');
  expect(html).toContain('1 table, 801 rows, 8 columns');
  expect(html).not.toMatch(/<script|https?:/);
  expect((await assay(folder, 'profile', sample('demographics'), '--md')).out).toContain(
    '| household_id | BIGINT | key | identifier | 0 | 801 |',
  );
});

it('draft, lint, query and export make one way from raw files to a spec', async () => {
  const folder = freshFolder();
  const design = join(folder, 'grocery.assay.yaml');
  expect(
    (
      await assay(
        folder,
        'draft',
        sample('transactions'),
        sample('products'),
        sample('demographics'),
        '-o',
        design,
      )
    ).code,
  ).toBe(0);
  const lint = await assay(folder, 'lint', design, '--json');
  valid('lint', JSON.parse(lint.out));
  expect([lint.code, JSON.parse(lint.out).problems]).toEqual([0, []]);
  const asked = [
    '--measures',
    'transactions.total_quantity',
    '--dimensions',
    'transactions.week',
    '--limit',
    '2',
  ];
  const query = await assay(folder, 'query', design, ...asked, '--json');
  const answer = JSON.parse(query.out);
  valid('query', answer);
  expect(answer.columns.map((c: { name: string }) => c.name)).toEqual([
    'transactions.week',
    'transactions.total_quantity',
  ]);
  expect([answer.rows.length, answer.more]).toEqual([2, true]);
  expect((await assay(folder, 'query', design, ...asked, '--sql')).out).toContain('SELECT');
  const exported = await assay(
    folder,
    'export',
    design,
    '--target',
    'all',
    '-o',
    join(folder, 'spec'),
    '--json',
  );
  const written = JSON.parse(exported.out);
  valid('export', written);
  expect(exported.code).toBe(0);
  for (const { folder: at, files } of written.targets)
    for (const file of files) expect(existsSync(join(at, file))).toBe(true);
});

it('a path is told as it was given', async () => {
  const folder = freshFolder();
  const relative = join('resources', 'sample', 'demographics.csv');
  const loaded = await assay(folder, 'load', relative, '--json');
  expect(JSON.parse(loaded.out).tables[0].source.path).toBe(relative);
});

it('wrong use ends with 2, a problem of the input with 3 and words, also as JSON', async () => {
  const folder = freshFolder();
  expect((await assay(folder, 'nothing')).code).toBe(2);
  expect((await assay(folder, 'profile')).code).toBe(2);
  expect((await assay(folder, 'load', 'a.csv', '--dialect', 'colour=red')).code).toBe(2);
  const missing = await assay(folder, 'load', join(folder, 'no.csv'), '--json');
  expect(missing.code).toBe(3);
  expect(missing.err).toContain('There is no file at');
  valid('problems', JSON.parse(missing.out));
  expect(JSON.parse(missing.out).problems[0]).toMatchObject({ code: 'source-missing', severity: 'error' });
  const wrongColumn = await assay(
    folder,
    'profile',
    sample('demographics'),
    '--columns',
    'nothing',
    '--json',
  );
  expect([wrongColumn.code, JSON.parse(wrongColumn.out).problems[0].code]).toEqual([3, 'column-missing']);
  const badWhere = await assay(folder, 'profile', sample('demographics'), '--where', 'age ===', '--json');
  expect([badWhere.code, JSON.parse(badWhere.out).problems[0].code]).toEqual([3, 'query-failed']);
});

it('a design that cannot be opened says what and where', async () => {
  const folder = freshFolder();
  const cases: [string, string][] = [
    [put(folder, 'a.assay.yaml', 'assay: 1\nname: [unclosed\n'), 'design-not-yaml'],
    [put(folder, 'b.assay.yaml', 'assay: 99\nname: later\n'), 'design-newer'],
    [put(folder, 'c.assay.yaml', 'just: something\n'), 'design-invalid'],
    [join(folder, 'd.assay.yaml'), 'design-unreadable'],
  ];
  for (const [path, code] of cases) {
    const ran = await assay(folder, 'lint', path, '--json');
    expect([path, ran.code, JSON.parse(ran.out).problems[0].code]).toEqual([path, 3, code]);
  }
});

it('lint finds what only the data can show, and exits with 1', async () => {
  const folder = freshFolder();
  put(folder, 'orders.csv', 'id,amount,none\n1,10,0\n2,20,0\n');
  const design = put(
    folder,
    'd.assay.yaml',
    `assay: 1
name: d
sources:
  - { name: orders, path: orders.csv, format: csv, columns: [{ name: id, type: BIGINT }, { name: amount, type: BIGINT }, { name: none, type: BIGINT }] }
tables:
  - name: orders
    source: orders
    measures:
      - { name: fine, aggregation: sum, column: amount }
      - { name: broken, aggregation: expression, expression: "sum(amount" }
      - { name: unknown, aggregation: expression, expression: "sum(amuont)" }
      - { name: divided, aggregation: expression, expression: "sum(amount) / sum(none)" }
`,
  );
  const lint = await assay(folder, 'lint', design, '--json');
  expect(lint.code).toBe(1);
  const found = JSON.parse(lint.out).problems.map((p: { code: string; at?: { name?: string } }) => [
    p.at?.name,
    p.code,
  ]);
  expect(found).toContainEqual(['broken', 'expression-invalid']);
  expect(found.some(([name]: [string]) => name === 'unknown')).toBe(true);
  expect(found).toContainEqual(['divided', 'division-by-zero']);
  expect(found.some(([name]: [string]) => name === 'fine')).toBe(false);
});

it('a source that moved is named, and can be pointed to where it is now', async () => {
  const folder = freshFolder();
  mkdirSync(join(folder, 'old'));
  const first = put(folder, 'old/a.csv', 'g,n\nx,1\ny,2\n');
  const design = join(folder, 'd.assay.yaml');
  await assay(folder, 'draft', first, '-o', design);
  const text = readFileSync(design, 'utf8').replace('old/a.csv', 'gone/a.csv');
  put(folder, 'd.assay.yaml', text);
  const lint = await assay(folder, 'lint', design, '--json');
  expect(JSON.parse(lint.out).problems.map((p: { code: string }) => p.code)).toContain('design-source-moved');
  const mended = await assay(folder, 'lint', design, '--source', `a=${first}`, '--json');
  expect(JSON.parse(mended.out).problems).toEqual([]);
});

it.skipIf(otherData === null)('profile of the marketing file prints its known figures', async () => {
  const folder = freshFolder();
  const ran = await assay(folder, 'profile', join(otherData ?? '', 'marketing_data.csv'), '--json');
  const [table] = JSON.parse(ran.out).tables;
  valid('profile', JSON.parse(ran.out));
  const column = (name: string) => table.columns.find((c: { name: string }) => c.name === name);
  expect(table.rows).toBe(2240);
  expect(column('ID').distinct).toBe(2240);
  expect(table.warnings.map((w: { code: string; column: string }) => `${w.code} ${w.column}`)).toEqual(
    expect.arrayContaining(['money-as-text Income', 'date-mixed Dt_Customer']),
  );
  expect(
    ['MntWines', 'MntMeatProducts', 'MntFishProducts'].map((name) => column(name).outliers[0].count),
  ).toEqual([35, 175, 223]);
  expect(column('MntWines').quantiles).toMatchObject({ '0.25': 23.75, '0.5': 173.5, '0.75': 504.25 });
});
