/**
 * Loads what a path stands for: one file, the files of a folder, or those that match a pattern. A Parquet file is read in
 * place; everything else leaves a columnar copy that the session attaches read-only, so that an unchanged file costs nothing
 * the second time. A load that is cancelled or fails leaves no file behind.
 */
import { randomUUID } from 'node:crypto';
import { rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import { ProblemError, problem } from '../core/problem';
import {
  type Entry,
  entriesOf,
  entryCount,
  entryKinds,
  TRAVELLING,
  valuesLost,
} from '../core/source/entries';
import { type Gathering, gather } from '../core/source/gather';
import { judgeReceipt } from '../core/source/judge';
import type { EntryCounts, Receipt, Warning } from '../core/source/receipt';
import { identifier, literal } from '../core/sql';
import type { Table } from '../core/table';
import { alone, type Run } from './alone';
import { copyPath, keepSql, readCopy } from './copies';
import { ENTRIES, keptSql } from './entries';
import { loadFailure } from './failure';
import { columnsOf, type MakeAsk, make, parquetFacts, workEndings } from './make';
import { type Expanded, expand, type FoundFile } from './many';
import { type Probe, probe } from './probe';
import type { Reading, SessionOptions } from './session';

export interface Loaded {
  /** With `name` still to be given. */
  readonly table: Omit<Table, 'name'>;
  readonly reading: Reading;
  /** The header as it stands in the file; empty if there is none. */
  readonly heading: readonly string[];
}

export type LoadAsk = MakeAsk;

/** Text files that are united into one table at most. */
const UNITED_MAX = 500;

/** @throws ProblemError with a `source-…` code, `query-cancelled` or `memory-exhausted`. */
export async function load(ask: LoadAsk, options: SessionOptions): Promise<Loaded> {
  try {
    const found = await expand(ask.path, ask.signal);
    return found.kind === 'file' ? await loadOne(ask, options) : await loadMany(ask, found, options);
  } catch (error) {
    throw loadFailure(error, ask.path, ask.signal, options);
  }
}

async function loadOne(ask: LoadAsk, options: SessionOptions): Promise<Loaded> {
  const found = await probe(ask.path);
  return found.format === 'parquet' && found.packing === null
    ? loadParquet(ask, found, options)
    : loadCopied(ask, found, options);
}

async function loadParquet(ask: LoadAsk, found: Probe, options: SessionOptions): Promise<Loaded> {
  const reach = { files: [ask.path], folders: [options.tables] };
  return alone(':memory:', reach, options, ask.signal, async (run) => {
    const { columns, receipt } = await parquetFacts(run, ask.path, ask.signal);
    return {
      table: {
        source: { path: ask.path, format: 'parquet', bytes: found.bytes, modified: found.modified },
        columns,
        rows: receipt.loaded,
        receipt,
        warnings: judgeReceipt(receipt, columns.length, ''),
        proposals: [],
        candidates: [],
      },
      reading: { kind: 'parquet', path: ask.path },
      heading: columns.map((c) => c.name),
    };
  });
}

async function loadCopied(ask: LoadAsk, found: Probe, options: SessionOptions): Promise<Loaded> {
  const words = [
    ask.path,
    found.bytes,
    found.modified,
    ask.dialect ?? null,
    ask.part ?? null,
    ask.spelt === true,
  ];
  const copy = copyPath(options.tables, words);
  const kept = await readCopy(copy, options, ask.signal);
  if (kept !== null) return { ...kept, reading: { kind: 'copy', file: copy } };

  const stem = join(options.tables, `w_${randomUUID().replaceAll('-', '')}`);
  try {
    const made = await make(ask, found, stem, options);
    const after = await stat(ask.path);
    if (after.size !== found.bytes || after.mtimeMs !== found.modified) {
      throw new ProblemError(
        problem('source-unreadable', { path: ask.path, reason: 'it changed while it was being read' }),
      );
    }
    await rename(`${stem}.duckdb`, copy);
    return { ...made, reading: { kind: 'copy', file: copy } };
  } finally {
    await Promise.all(workEndings.map((ending) => rm(stem + ending, { force: true })));
  }
}

async function loadMany(ask: LoadAsk, found: Expanded, options: SessionOptions): Promise<Loaded> {
  if (found.files.length > UNITED_MAX && found.files.some((f) => f.format !== 'parquet')) {
    const reason = `it stands for ${found.files.length.toLocaleString('en-US')} files, and at most ${UNITED_MAX} that are not Parquet are read as one table`;
    throw new ProblemError(problem('source-limit', { path: ask.path, reason }));
  }
  const facts = found.files.map(({ path, bytes, modified }) => ({ path, bytes, modified }));
  const copy = copyPath(options.tables, [ask.path, facts, ask.dialect ?? null, ask.spelt === true]);
  const kept = await readCopy(copy, options, ask.signal);
  if (kept !== null) return { ...kept, reading: { kind: 'copy', file: copy } };

  const { onProgress, ...rest } = ask;
  const parts: { file: FoundFile; loaded: Loaded }[] = [];
  const refused: { path: string; reason: string }[] = [...found.left];
  for (const [i, file] of found.files.entries()) {
    onProgress?.(i / (found.files.length + 1));
    try {
      parts.push({ file, loaded: await loadOne({ ...rest, path: file.path }, options) });
    } catch (error) {
      const failure = loadFailure(error, file.path, ask.signal, options);
      // One file that cannot be read must not keep the others from being read, but it is told.
      if (!(failure instanceof ProblemError) || failure.problem.code === 'query-cancelled') throw failure;
      refused.push({ path: file.path, reason: failure.message });
    }
  }
  if (parts.length === 0)
    throw new ProblemError(
      problem('source-broken', {
        path: ask.path,
        reason: `none of its files could be read: ${refused[0]?.reason ?? ''}`,
      }),
    );

  const stem = join(options.tables, `w_${randomUUID().replaceAll('-', '')}`);
  const readings = parts.map(({ loaded }) => loaded.reading);
  const gathering = gather(
    parts.map(({ file, loaded }, i) => ({
      path: file.path,
      from:
        loaded.reading.kind === 'copy'
          ? `${identifier(`part_${i}`)}.main.data`
          : `read_parquet(${literal(loaded.reading.path)})`,
      columns: loaded.table.columns,
      hive: file.hive,
    })),
  );
  try {
    const files = readings.map((r) => (r.kind === 'copy' ? r.file : r.path));
    const kept = await alone(
      `${stem}.duckdb`,
      { files, folders: [options.tables] },
      options,
      ask.signal,
      async (run) => {
        for (const [i, r] of readings.entries()) {
          if (r.kind === 'copy')
            await run(`ATTACH ${literal(r.file)} AS ${identifier(`part_${i}`)} (READ_ONLY)`);
        }
        await run(`CREATE TABLE data AS ${gathering.sql}`);
        const columns = columnsOf(await run('DESCRIBE data'));
        const rows = Number((await run('SELECT count(*) FROM data'))[0]?.[0]);
        const table = united(ask.path, found, parts, refused, gathering, columns, rows);
        const made = { table, heading: columns.map((c) => c.name) };
        if (table.receipt.entries !== undefined) await keepEntries(run, parts);
        await run(keepSql(made));
        await run('CHECKPOINT');
        return made;
      },
    );
    await rename(`${stem}.duckdb`, copy);
    return { ...kept, reading: { kind: 'copy', file: copy } };
  } finally {
    await Promise.all(workEndings.map((ending) => rm(stem + ending, { force: true })));
  }
}

/** Names that tell files apart: their paths below the folder that holds them all. */
function shortNames(paths: readonly string[]): string[] {
  let folder = dirname(paths[0] ?? '');
  const inside = (path: string) => !relative(folder, path).startsWith('..');
  while (!paths.every(inside) && dirname(folder) !== folder) folder = dirname(folder);
  return paths.map((path) => relative(folder, path).split(sep).join('/'));
}

/** Makes one table of the entries of several files, whose copies are attached; each reason names its file. */
async function keepEntries(run: Run, parts: readonly { file: FoundFile; loaded: Loaded }[]): Promise<void> {
  const fields = 'line, byte, "column", count, reason, text, cells';
  await run(
    'CREATE TEMP TABLE gathered (part INTEGER, kind VARCHAR, ordinal BIGINT, line BIGINT, byte BIGINT, "column" VARCHAR, count BIGINT, reason VARCHAR, text VARCHAR, cells VARCHAR)',
  );
  const names = shortNames(parts.map(({ file }) => file.path));
  for (const [i, { loaded }] of parts.entries()) {
    const { receipt } = loaded.table;
    if (receipt.entries !== undefined) {
      const named = fields.replace('reason', `${literal(`${names[i]}: `)} || reason`);
      await run(
        `INSERT INTO gathered SELECT ${i}, kind, ordinal, ${named} FROM ${identifier(`part_${i}`)}.main.${ENTRIES}`,
      );
      continue;
    }
    for (const kind of entryKinds) {
      const entries = entriesOf(receipt, kind);
      for (let at = 0; at < entries.length; at += 100) {
        const rows = entries
          .slice(at, at + 100)
          .map((entry, k) => valuesSql(i, at + k, entry, names[i] ?? ''));
        await run(`INSERT INTO gathered VALUES ${rows.join(', ')}`);
      }
    }
  }
  await run(keptSql('FROM gathered', "CASE WHEN kind = 'misfit' THEN -count END, part, ordinal"));
  await run('DROP TABLE gathered');
}

function valuesSql(part: number, ordinal: number, entry: Entry, file: string): string {
  const { kind, line, byte, column, count, reason, text, cells } = entry;
  const words = (value: string | null) => (value === null ? 'NULL' : literal(value));
  const list = [
    ...[part, words(kind), ordinal, line ?? 'NULL', byte ?? 'NULL', words(column), count],
    ...[words(`${file}: ${reason}`), words(text), words(cells === null ? null : JSON.stringify(cells))],
  ];
  return `(${list.join(', ')})`;
}

/** The table that several files make together, with the sum of their receipts. */
function united(
  path: string,
  found: Expanded,
  parts: readonly { file: FoundFile; loaded: Loaded }[],
  refused: readonly { path: string; reason: string }[],
  gathering: Gathering,
  columns: Table['columns'],
  rows: number,
): Omit<Table, 'name'> {
  const tables = parts.map((p) => p.loaded.table);
  const sum = (of: (r: Receipt) => number) => tables.reduce((n, t) => n + of(t.receipt), 0);
  const names = shortNames(parts.map(({ file }) => file.path));
  const all = <T extends { reason: string }>(of: (r: Receipt) => readonly T[]): T[] =>
    tables.flatMap((t, i) => of(t.receipt).map((e) => ({ ...e, reason: `${names[i]}: ${e.reason}` })));
  const entries: EntryCounts = {
    rejected: sum((r) => entryCount(r, 'rejected')),
    mended: sum((r) => entryCount(r, 'mended')),
    skipped: sum((r) => entryCount(r, 'skipped')),
    misfit: sum((r) => entryCount(r, 'misfit')),
    values: sum(valuesLost),
  };
  const receipt: Receipt = {
    records: sum((r) => r.records),
    loaded: rows,
    rejected: sum((r) => r.rejected),
    skipped: sum((r) => r.skipped),
    rejects: all((r) => r.rejects).slice(0, TRAVELLING),
    mended: sum((r) => r.mended),
    mends: all((r) => r.mends).slice(0, TRAVELLING),
    skips: all((r) => r.skips).slice(0, TRAVELLING),
    misfits: all((r) => r.misfits)
      .sort((a, b) => b.count - a.count)
      .slice(0, TRAVELLING),
    ...(entryKinds.some((kind) => entries[kind] > TRAVELLING) ? { entries } : {}),
  };
  const warnings: Warning[] = judgeReceipt(receipt, columns.length, '');
  const say = (message: string, remedy: string) => warnings.push({ code: 'files-differ', message, remedy });
  for (const { path: left, reason } of refused.slice(0, 50))
    say(
      `${basename(left)} is not among the rows: ${reason}`,
      'Mend the file and read the folder again, or leave it out on purpose.',
    );
  const differing = new Set(gathering.differences.map((d) => d.path));
  if (differing.size > 0) {
    const first = gathering.differences
      .slice(0, 3)
      .map((d) => `${d.column} is ${d.type ?? 'missing'} in ${basename(d.path)}`);
    say(
      `${differing.size} of ${parts.length} files have other columns than the rest: ${first.join(', ')}`,
      'Compare the differences; a column that a file lacks is missing in its rows.',
    );
  }
  for (const note of gathering.notes) say(note, 'Spell the column the same in all files if that is wrong.');
  const seen = new Set<string>();
  for (const warning of tables.flatMap((t) => t.warnings)) {
    const key = `${warning.code} ${warning.column ?? ''}`;
    if (
      seen.has(key) ||
      ['rows-mended', 'rows-rejected', 'lines-skipped', 'values-lost'].includes(warning.code)
    )
      continue;
    seen.add(key);
    warnings.push(warning);
  }
  const proposals = (tables[0]?.proposals ?? []).filter((p) =>
    columns.some((c) => c.name === p.reading.column && c.kind === 'text'),
  );
  const first = tables[0] as Omit<Table, 'name'>;
  return {
    source: {
      path,
      format: first.source.format,
      bytes: found.files.reduce((n, f) => n + f.bytes, 0),
      modified: Math.max(...found.files.map((f) => f.modified)),
      ...(first.source.dialect ? { dialect: first.source.dialect } : {}),
      files: found.files.map(({ path: file, bytes, modified }) => ({ path: file, bytes, modified })),
      differences: gathering.differences,
    },
    columns,
    rows,
    receipt,
    warnings,
    proposals,
    candidates: [],
  };
}
