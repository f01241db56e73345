import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { freshFolder, put } from '../support/folder';

const root = join(import.meta.dirname, '../..');

/** Runs the command line as a user would, with data of its own. */
function assay(folder: string, ...args: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    const env = { ...process.env, ASSAY_USER_DATA: join(folder, 'data') };
    const command = ['--import', 'tsx', join(root, 'src-main/cli.ts'), ...args];
    execFile(process.execPath, command, { env, cwd: root }, (error, out, err) => {
      resolve({ code: error === null ? 0 : Number(error.code), out, err });
    });
  });
}

const design = `assay: 1
name: affinity
sources:
  - name: product
    query: |-
      SELECT id, 'wines' AS category, wines AS spend FROM customer WHERE wines > 0
      UNION ALL
      SELECT id, 'fish', fish FROM customer WHERE fish > 0
    format: query
  - name: customer
    query: FROM crm
    format: query
  - name: crm
    path: crm.csv
    format: csv
tables:
  - name: product
    source: product
    dimensions:
      - { name: category, type: string, column: category }
    measures:
      - { name: total_spend, aggregation: sum, column: spend }
`;

/** The design beside its file, and how it is asked. */
function shop() {
  const folder = freshFolder();
  const path = put(folder, 'affinity.assay.yaml', design);
  put(folder, 'crm.csv', 'id,wines,fish\n1,10,0\n2,0,7\n3,5,6\n');
  const ask = ['query', path, '--measures', 'product.total_spend', '--dimensions', 'product.category'];
  return { folder, path, ask };
}

it('query and export work on a design with derived tables', async () => {
  const { folder, path, ask } = shop();
  expect(await assay(folder, ...ask)).toMatchObject({
    code: 0,
    out: 'product.category,product.total_spend\nwines,15\nfish,13\n',
  });
  const output = join(folder, 'out');
  expect((await assay(folder, 'export', path, '--target', 'dataos', '-o', output)).code).toBe(0);
  const sql = readFileSync(join(output, 'dataos/model/sqls/product.sql'), 'utf8');
  expect(sql).toContain('crm AS (\n  SELECT * FROM catalog.schema.crm\n),\ncustomer AS (\nFROM crm\n),');
});

it('derived tables follow a source that is read from another file, and are not read from one themselves', async () => {
  const { folder, path, ask } = shop();
  const other = put(folder, 'other.csv', 'id,wines,fish\n1,1,0\n');
  expect((await assay(folder, ...ask, '--source', `crm=${other}`)).out).toContain('wines,1\n');
  expect((await assay(folder, 'lint', path, '--source', `product=${other}`)).code).toBe(2);
});

it('lint says what a derived table lacks, and nothing when it is given', async () => {
  const { folder } = shop();
  const elsewhere = put(folder, 'elsewhere/affinity.assay.yaml', design);
  const lacking = await assay(folder, 'lint', elsewhere);
  expect(lacking.code).toBe(1);
  expect(lacking.out).toContain('[design-source-moved]');
  expect(lacking.out).toContain('customer reads “crm”, and no table of that name is open');
  const given = await assay(folder, 'lint', elsewhere, '--source', `crm=${join(folder, 'crm.csv')}`);
  expect(given).toMatchObject({ code: 0, out: 'No problems.\n' });
});
