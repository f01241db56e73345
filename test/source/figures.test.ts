/**
 * The figures of every column of the real files beside plain SQL: Assay reads and profiles a file; a DuckDB of its own
 * computes the same, in another way, over the table as Assay read it.
 */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, it, onTestFinished } from 'vitest';
import type { ColumnProfile } from '../../src-main/core/profile/profile';
import { identifier, literal } from '../../src-main/core/sql';
import { type Cell, type Column, isFloating } from '../../src-main/core/table';
import { startBench } from '../support/service';
import { otherData } from '../support/shared';

/** Characters of a text that a profile tells. */
const SHOWN = 200;

const figures = ['rows', 'nulls', 'distinct', 'min', 'max', 'sum', 'mean'] as const;
type Figure = (typeof figures)[number];
type Told = Readonly<Record<Figure, string | null>>;

function realFiles(data: string): string[] {
  const real = readdirSync(join(data, 'real'), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(csv|tsv|json|parquet)$/.test(path))
    .map((path) => join(data, 'real', path));
  const marketing = readdirSync(data).filter((name) => /^marketing_.*\.csv$/.test(name));
  return [...real, ...marketing.map((name) => join(data, name))].sort();
}

/** The figures of a column, each found by itself: sorted ends instead of extremes, distinct rows instead of groups. */
function plainSql({ name, type, kind }: Column): readonly string[] {
  const c = identifier(name);
  const counts = kind === 'number' && isFloating(type) ? `isfinite(${c})` : `${c} IS NOT NULL`;
  const text = isFloating(type) ? `${c}::DOUBLE::VARCHAR` : `${c}::VARCHAR`;
  const ordered = kind !== 'nested' && !/^(BLOB|UUID)/.test(type);
  const end = (way: string) =>
    ordered ? `(SELECT left(${text}, ${SHOWN}) FROM t WHERE ${counts} ORDER BY ${c} ${way} LIMIT 1)` : 'NULL';
  const sum = kind === 'number' ? `(SELECT sum(${c})::VARCHAR FROM t WHERE ${counts})` : 'NULL';
  const mean = kind === 'number' ? `(SELECT avg(${c}::DOUBLE)::VARCHAR FROM t WHERE ${counts})` : 'NULL';
  return [
    '(SELECT count(*) FROM t)::VARCHAR',
    `(SELECT count(*) FROM t WHERE ${c} IS NULL)::VARCHAR`,
    `(SELECT count(*) FROM (SELECT DISTINCT ${c} FROM t WHERE ${c} IS NOT NULL))::VARCHAR`,
    end('ASC'),
    end('DESC'),
    sum,
    mean,
  ];
}

/** A cell as DuckDB writes it. */
function spelt(cell: Cell | undefined, { kind }: Column): string | null {
  if (cell === undefined || cell === null) return null;
  const text = String(cell);
  return kind === 'time' ? text.replace('T', ' ').replace(/Z$/, '+00') : text;
}

/** Whether two figures say the same; sums and means of fractions may differ in the last digits, which depend on the order. */
function agree(ours: string | null, plain: string | null, figure: Figure, { kind, type }: Column): boolean {
  if (ours === null || plain === null) return ours === plain;
  if (ours === plain) return true;
  if (kind !== 'number') return false;
  const [a, b] = [Number(ours), Number(plain)];
  const rounded = figure === 'mean' || (figure === 'sum' && isFloating(type));
  if (rounded) return Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b));
  return isFloating(type) && a === b;
}

it.skipIf(otherData === null)(
  'nulls, distinct values, extremes, sum and mean of every real column are those of plain SQL',
  async () => {
    const bench = await startBench();
    const db = await DuckDBInstance.create(':memory:', { threads: '2' });
    const plain = await db.connect();
    onTestFinished(() => {
      plain.closeSync();
      db.closeSync();
    });
    await plain.run(`SET TimeZone = 'UTC'`);
    const different: string[] = [];
    let compared = 0;
    for (const path of realFiles(otherData as string)) {
      const to = join(bench.folder, 'typed.parquet');
      await bench.ask('source:convert', { path, to, typed: true, nameAll: false });
      const table = await bench.ask('source:open', { path, name: 'read' });
      const profiles = await bench.profile(table.name);
      await plain.run(`CREATE OR REPLACE TABLE t AS FROM read_parquet(${literal(to)})`);
      const held = await plain.runAndReadAll('FROM t LIMIT 0');
      expect(held.columnNames(), path).toEqual(table.columns.map((c) => c.name));
      const asked = table.columns.flatMap(plainSql);
      const answer = await plain.runAndReadAll(
        `SELECT ${asked.map((sql, i) => `${sql} AS a${i}`).join(', ')}`,
      );
      const row = answer.getRows()[0] as (string | null)[];
      for (const [i, column] of table.columns.entries()) {
        const profile = Object.hasOwn(profiles, column.name) ? profiles[column.name] : undefined;
        const theirs = Object.fromEntries(
          figures.map((figure, at) => [figure, row[i * figures.length + at] ?? null]),
        ) as Told;
        for (const figure of figures) {
          const ours = spelt(profile?.[figure], column);
          compared++;
          if (!agree(ours, theirs[figure], figure, column))
            different.push(
              `${path}, ${column.name} ${column.type}: ${figure} ${ours}, plain ${theirs[figure]}`,
            );
        }
        if (!isExact(profile)) different.push(`${path}, ${column.name}: not exact`);
      }
      await bench.ask('source:close', { table: table.name });
      rmSync(to);
      bench.events.length = 0;
    }
    expect(different).toEqual([]);
    expect(compared).toBeGreaterThan(2_000);
  },
  90_000,
);

function isExact(profile: ColumnProfile | undefined): boolean {
  return profile?.evidence.basis === 'exact' && profile.inexact === undefined;
}
