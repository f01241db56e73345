import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { namePattern } from '#core/design/design';
import { readDesign } from '#core/design/file';
import { measureSql } from '#core/design/query';
import type { Spec } from '#core/export/target';
import { placeholderAddress, targetNamed, targets } from '#core/export/targets';
import { words } from '#core/problem';

const golden = resolve(import.meta.dirname, '../../golden');
const inputs = readdirSync(join(golden, 'input'))
  .filter((name) => name.endsWith('.assay.yaml'))
  .map((name) => name.slice(0, -'.assay.yaml'.length))
  .sort();

function designOf(name: string) {
  const path = join(golden, 'input', `${name}.assay.yaml`);
  // The goldens must not hold where this checkout stands.
  const result = readDesign(readFileSync(path, 'utf8'), `/golden/${name}.assay.yaml`);
  if ('problem' in result) throw new Error(words(result.problem));
  return result.design;
}

/** What a spec says beside its files: losses, problems, and where members stand. */
function reportOf(spec: Spec): string {
  const about = (a: object) => Object.values(a).join(' ');
  const report = [
    ...spec.losses.map((l) => `loss: ${l.what} | ${l.about ? about(l.about) : ''} | ${l.instead}`),
    ...spec.problems.map(
      (p) => `problem: ${p.path}:${p.line} ${p.problem.severity} ${p.problem.code}: ${words(p.problem)}`,
    ),
    ...spec.files.flatMap((f) => f.lines.map((l) => `line: ${f.path}:${l.line} ${about(l.about)}`)),
  ];
  return `${report.join('\n')}\n`;
}

function filesUnder(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort();
}

describe.each(targets.map((t) => t.name))('%s', (target) => {
  it.each(inputs)('%s is exported as its golden folder says', (name) => {
    const spec = targetNamed(target)?.write(designOf(name), placeholderAddress);
    const written = new Map(spec!.files.map((f) => [f.path, f.text]));
    const folder = join(golden, 'output', name, target);
    const report = `${folder}.txt`;
    if (process.env.UPDATE_GOLDEN === '1') {
      rmSync(folder, { recursive: true, force: true });
      for (const [path, text] of written) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), text);
      }
      writeFileSync(report, reportOf(spec!));
    }
    expect(filesUnder(folder)).toEqual([...written.keys()].sort());
    for (const [path, text] of written) expect(readFileSync(join(folder, path), 'utf8')).toBe(text);
    expect(readFileSync(report, 'utf8')).toBe(reportOf(spec!));
  });
});

/** A table file as a strict reader sees it once Jinja has run. */
function strict(text: string, version: '1.1' | '1.2'): { tables: Record<string, unknown>[] } {
  const macro = /^( {4}sql: )\{\{ load_sql\('(\w+)'\) \}\}$/gm;
  const rendered = text.replace(macro, '$1"SQL of $2"');
  expect(rendered).not.toBe(text);
  expect(rendered).not.toMatch(/\{\{|\}\}|\{%|%\}|\{#|#\}/);
  return parse(rendered, { version, strict: true, uniqueKeys: true });
}

interface LensMember {
  name: string;
  type?: string;
  sql?: string;
  column?: string;
  filters?: { sql: string }[];
  [key: string]: unknown;
}

describe('Lens', () => {
  const specs = inputs.map((name) => ({
    name,
    spec: targetNamed('dataos')!.write(designOf(name), placeholderAddress),
  }));
  const tableFiles = specs.flatMap(({ name, spec }) =>
    spec.files.filter((f) => f.path.startsWith('model/tables/')).map((file) => ({ name, spec, file })),
  );

  it.each(tableFiles)('$name $file.path is strict YAML of one table, the same in 1.1 and 1.2', ({ file }) => {
    const read = strict(file.text, '1.2');
    expect(strict(file.text, '1.1')).toEqual(read);
    expect(read.tables).toHaveLength(1);
    expect(`model/tables/${read.tables[0]?.name}.yml`).toBe(file.path);
  });

  it.each(tableFiles)(
    '$name $file.path has legal names, each once, and no brace but of references',
    ({ file }) => {
      const table = strict(file.text, '1.2').tables[0]!;
      const members = ['dimensions', 'measures', 'segments'].flatMap(
        (key) => (table[key] ?? []) as LensMember[],
      );
      const names = members.map((m) => m.name);
      for (const name of names) expect(name).toMatch(namePattern);
      expect(new Set(names.map((n) => n.toLowerCase())).size).toBe(names.length);
      const braces = (value: unknown, key: string): void => {
        if (typeof value === 'string') {
          const without =
            key === 'sql' ? value.replace(/\{[a-zA-Z][a-zA-Z0-9_]*(\.[a-zA-Z][a-zA-Z0-9_]*)?\}/g, '') : value;
          expect(without).not.toMatch(/[{}]/);
        } else if (typeof value === 'object' && value !== null) {
          for (const [inner, v] of Object.entries(value)) braces(v, inner);
        }
      };
      braces(table, '');
    },
  );

  it.each(tableFiles)('$name $file.path marks the line at which each member starts', ({ spec, file }) => {
    const lines = file.text.split('\n');
    for (const { line, about } of file.lines) {
      expect(lines[line - 1]).toMatch('kind' in about ? /^ {6}- name: "/ : /^ {2}- name: "/);
    }
    for (const { path, line } of spec.problems) {
      const at = spec.files.find((f) => f.path === path);
      expect(at?.text.split('\n').length).toBeGreaterThan(line);
    }
  });

  it('delivers every column that members name, and its measures have our values', async () => {
    const { spec } = specs.find((s) => s.name === 'sample')!;
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    const sample = resolve(import.meta.dirname, '../../../resources/sample/transactions.csv');
    await connection.run(`ATTACH ':memory:' AS "catalog"`);
    await connection.run('CREATE SCHEMA "catalog"."schema"');
    await connection.run(
      `CREATE TABLE "catalog"."schema"."transactions" AS FROM read_csv('${sample.replaceAll("'", "''")}') LIMIT 5000`,
    );
    const text = (path: string) => spec.files.find((f) => f.path === path)!.text;
    const source = text('model/sqls/transactions.sql').replace('catalog.schema.', '"catalog"."schema".');
    const table = strict(text('model/tables/transactions.yml'), '1.2').tables[0]!;
    const members = new Map(
      [...(table.dimensions as LensMember[]), ...(table.measures as LensMember[])].map((m) => [m.name, m]),
    );
    /** A member the way Lens builds it, written here once more and simply. */
    const sql = (member: LensMember): string => {
      const inner = (member.column ? `t.${member.column}` : (member.sql ?? '*'))
        .replaceAll('{TABLE}', 't')
        .replace(/\{(\w+)\}/g, (_, name: string) => sql(members.get(name)!));
      const where = (member.filters ?? []).map((f) =>
        f.sql
          .replaceAll('{TABLE}', 't')
          .replace(/\{(\w+)\}/g, (_, name: string) => `(${sql(members.get(name)!)})`),
      );
      const filter = where.length > 0 ? ` FILTER (WHERE ${where.join(' AND ')})` : '';
      switch (member.type) {
        case 'count':
        case 'sum':
        case 'avg':
        case 'min':
        case 'max':
          return (table.measures as LensMember[]).includes(member)
            ? `${member.type}(${inner})${filter}`
            : inner;
        case 'count_distinct':
          return `count(DISTINCT ${inner})${filter}`;
        default:
          return inner;
      }
    };
    const design = designOf('sample');
    for (const measure of design.tables[0]!.measures) {
      const lens = sql(members.get(measure.name)!);
      const ours = measureSql(design, design.tables[0]!, measure);
      const [row] = (
        await connection.runAndReadAll(
          `SELECT (SELECT ${lens} FROM (${source}) AS t) AS lens, (SELECT ${ours} FROM "catalog"."schema"."transactions") AS ours`,
        )
      ).getRowsJson();
      expect(row?.[1]).not.toBeNull();
      if (typeof row?.[0] === 'number') expect(row[0]).toBeCloseTo(Number(row[1]), 9);
      else expect(row?.[0]).toEqual(row?.[1]);
    }
    for (const dimension of table.dimensions as LensMember[]) {
      await connection.run(`SELECT ${sql(dimension)} FROM (${source}) AS t LIMIT 1`);
    }
    instance.closeSync();
  });

  it('holds the query of a derived table with the tables it reads, and answers what it answers here', async () => {
    const { spec } = specs.find((s) => s.name === 'derived')!;
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    const crm = `(VALUES (1, '10', 'NL', 5, 0), (2, NULL, 'BE', 7, 3)) AS t(ID, Income, Country, MntWines, MntFish)`;
    await connection.run(`ATTACH ':memory:' AS "catalog"; CREATE SCHEMA "catalog"."schema"`);
    await connection.run(`CREATE TABLE "catalog"."schema".crm AS FROM ${crm}`);
    const sql = spec.files.find((f) => f.path === 'model/sqls/product.sql')!.text;
    const rows = (await connection.runAndReadAll(`FROM (${sql}) ORDER BY product_id`)).getRowsJson();
    expect(rows).toEqual([
      [1, '1-1', 'Wines', 5],
      [2, '2-1', 'Wines', 7],
      [2, '2-3', 'Fish {fresh}', 3],
    ]);
    for (const file of spec.files.filter((f) => f.language === 'sql')) expect(file.text).not.toMatch(/[{}]/);
    instance.closeSync();
  });

  it('wants a primary key of tables that are joined', () => {
    const { spec } = specs.find((s) => s.name === 'torture')!;
    expect(spec.problems.filter((p) => p.problem.code === 'key-missing')).toHaveLength(2);
    expect(specs.find((s) => s.name === 'sample')?.spec.problems).toEqual([]);
  });

  it('says in the README every loss, and where the address is to be set', () => {
    for (const { spec } of specs) {
      const readme = spec.files[0]!;
      expect(readme.path).toBe('README.md');
      expect(readme.text.split('## What Lens cannot say')[1]?.match(/^- /gm)?.length ?? 0).toBe(
        spec.losses.length,
      );
      expect(readme.text).toContain('catalog.schema.table');
    }
  });
});
