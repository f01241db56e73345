/**
 * Every file of the additional test data through one session: opened, profiled, compared with what is known about it,
 * closed; the session answers after each. Set ASSAY_PRINT to see the table of results.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { ProblemError } from '../../src-main/core/problem';
import type { Table } from '../../src-main/core/table';
import { asks, difference, otherName } from '../support/compare';
import { type Bench, startBench } from '../support/service';
import { otherData } from '../support/shared';
import { strict } from '../trial/strict';
import { type Truth, truths } from '../trial/truth';

type Outcome = 'read right' | 'asked' | 'refused' | 'wrong' | 'unknown truth';

interface Result {
  readonly path: string;
  readonly outcome: Outcome;
  readonly why: string;
}

/** Longest time for one file, in milliseconds. */
const LONGEST = 60_000;

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((f) => f.isFile())
    .map((f) => relative(folder, join(f.parentPath, f.name)).split(sep).join('/'))
    .filter((path) => !/(README\.md|manifest\.json)$/.test(path))
    .sort();
}

/** The rows with every value as it is spelt in the file: what is compared is the cells, not what they mean. */
async function spelt(bench: Bench, path: string, headed: boolean): Promise<string[][]> {
  const to = join(bench.folder, 'converted.csv');
  await bench.ask('source:convert', { path, to, typed: false, nameAll: false });
  const rows = strict(readFileSync(to, 'utf8'));
  rmSync(to);
  if (rows === null) throw new Error('what was written is no strict CSV');
  return headed ? rows.slice(1) : rows;
}

/** What is different from the truth; null if nothing is. */
async function wrong(bench: Bench, table: Table, path: string, truth: Truth): Promise<string | null> {
  if (truth.mustAsk) return 'it is damaged';
  if (truth.columns !== undefined && truth.columns !== table.columns.length)
    return `${table.columns.length} columns for ${truth.columns}`;
  if (truth.rows !== undefined && truth.rows !== table.rows) return `${table.rows} rows for ${truth.rows}`;
  const { cells } = truth;
  if (cells === undefined) return null;
  const headed = table.source.dialect?.header ?? true;
  if (truth.header !== undefined && truth.header !== headed && cells.length > 0)
    return headed ? 'a record was taken for the header' : 'the header was taken for a record';
  // Where nobody said how many rows make the header, and what names they make together, the reader does.
  const headerRows = truth.header ? 1 : (table.source.dialect?.headerRows ?? 1);
  const expected = cells.slice(headed ? headerRows : 0);
  const named =
    headed && headerRows === 1
      ? otherName(cells[0] ?? [], table)
      : table.columns.length === cells[0]?.length || cells.length === 0
        ? null
        : `${table.columns.length} columns for ${cells[0]?.length}`;
  if (named !== null) return named;
  if (table.rows !== expected.length) return `${table.rows} rows for ${expected.length}`;
  return difference({ header: [], rows: expected }, { header: [], rows: await spelt(bench, path, headed) });
}

async function tryOne(bench: Bench, path: string, truth: Truth | null): Promise<Omit<Result, 'path'>> {
  let table: Table;
  try {
    table = await bench.ask('source:open', { path, name: 'tried' }, AbortSignal.timeout(LONGEST));
  } catch (error) {
    if (!(error instanceof ProblemError)) return { outcome: 'wrong', why: `fault: ${String(error)}` };
    return error.problem.code === 'query-cancelled'
      ? { outcome: 'wrong', why: 'it took too long' }
      : { outcome: 'refused', why: error.message };
  }
  try {
    const { records, loaded, rejected, skipped } = table.receipt;
    const asked = asks(table);
    const law =
      records === loaded + rejected + skipped && loaded === table.rows
        ? null
        : `${records} records, but ${loaded} loaded + ${rejected} rejected + ${skipped} skipped, ${table.rows} rows`;
    if (law !== null) return { outcome: 'wrong', why: law };
    try {
      await bench.profile(table.name);
    } catch (error) {
      if (error instanceof ProblemError)
        return { outcome: 'refused', why: `at its profile: ${error.message}` };
      throw error;
    }
    if (truth === null) return { outcome: 'unknown truth', why: asked.join(' ') };
    const different = await wrong(bench, table, path, truth);
    if (different === null) return { outcome: 'read right', why: asked.join(' ') };
    return asked.length > 0
      ? { outcome: 'asked', why: `${different} · ${asked.join(' ')}` }
      : { outcome: 'wrong', why: `${different} (${truth.from})` };
  } catch (error) {
    return { outcome: 'wrong', why: String(error) };
  } finally {
    await bench.ask('source:close', { table: 'tried' });
  }
}

it.skipIf(otherData === null)(
  'every file is read right, asked about or refused, in one session',
  async () => {
    const data = otherData as string;
    const bench = await startBench();
    const truth = truths(data);
    const results: Result[] = [];
    const named = process.env.ASSAY_ONLY ?? '';
    for (const path of filesBelow(data).filter((p) => p.includes(named))) {
      const result = await tryOne(bench, join(data, path), truth(path));
      const status = await bench.ask('engine:status', null);
      expect(status.version).not.toBe('');
      results.push({ path, ...result });
      bench.events.length = 0;
    }
    const tally: Record<string, number> = {};
    for (const { outcome } of results) tally[outcome] = (tally[outcome] ?? 0) + 1;
    const table = [
      `${results.length} files, ${JSON.stringify(tally)}`,
      ...results.map((r) => `${r.outcome.padEnd(14)} ${r.path}  ${r.why}`),
    ].join('\n');
    if (process.env.ASSAY_PRINT) console.log(table);
    const bad = results.filter((r) => r.outcome === 'wrong').map((r) => `${r.path}: ${r.why}`);
    const report = join(mkdtempSync(join(tmpdir(), 'assay-everything-')), 'table.txt');
    writeFileSync(report, table);
    onTestFinished(({ task }) => {
      if (task.result?.state === 'pass') rmSync(dirname(report), { recursive: true });
    });
    expect(bad, `the whole table is in ${report}`).toEqual([]);
  },
  1_500_000,
);
