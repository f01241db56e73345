/**
 * Writes a table that was read to a clean file: CSV or Parquet. Nothing half-written is left.
 */
import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { ProblemError, problem } from '../core/problem';
import { identifier, literal } from '../core/sql';
import { alone } from './alone';
import { type LoadAsk, type Loaded, load } from './load';
import { reasonOf } from './reason';
import type { SessionOptions } from './session';

export interface ConvertAsk extends LoadAsk {
  readonly to: string;
  /** Typed values in ISO spelling; otherwise each as it stands in the file. */
  readonly typed: boolean;
  /** Whether a CSV gets a header of made-up names where the file has none. */
  readonly nameAll: boolean;
}

/** @throws ProblemError of the reading, or `folder-not-writable`. */
export async function convert(ask: ConvertAsk, options: SessionOptions): Promise<Loaded> {
  const { to, typed, nameAll, ...rest } = ask;
  const loaded = await load({ ...rest, spelt: !typed }, options);
  const parquet = /\.(parquet|pq)$/i.test(to);
  const part = `${to}.${process.pid}.part`;
  const rows = `${part}.rows`;
  const { reading } = loaded;
  try {
    const files = [rows, part, reading.kind === 'parquet' ? reading.path : reading.file];
    await alone(':memory:', { files, folders: [options.tables] }, options, ask.signal, async (run) => {
      if (reading.kind === 'copy') await run(`ATTACH ${literal(reading.file)} AS kept (READ_ONLY)`);
      const from = reading.kind === 'copy' ? 'kept.main.data' : `read_parquet(${literal(reading.path)})`;
      await run('SET preserve_insertion_order = true').catch(() => []);
      if (parquet) await run(`COPY (FROM ${from}) TO ${literal(part)} (FORMAT parquet)`);
      else {
        const columns = loaded.table.columns.map((c) => spelt(c.name, c.type));
        await run(
          `COPY (SELECT ${columns.join(', ')} FROM ${from}) TO ${literal(rows)} (FORMAT csv, HEADER false, NULLSTR '')`,
        );
      }
    });
    if (!parquet) {
      const named = loaded.heading.length > 0;
      const names = loaded.table.columns.map((c, i) =>
        typed || !named ? c.name : (loaded.heading[i] ?? '').trim(),
      );
      await writeFile(part, named || typed || nameAll ? `${names.map(field).join(',')}\n` : '', {
        flag: 'wx',
      });
      await pipeline(
        createReadStream(rows),
        createWriteStream(part, { flags: 'a' }),
        ask.signal ? { signal: ask.signal } : {},
      );
    }
    await rename(part, to);
    return loaded;
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    if (ask.signal?.aborted) throw new ProblemError(problem('query-cancelled', {}));
    throw new ProblemError(problem('folder-not-writable', { path: to, reason: reasonOf(error) }));
  } finally {
    await rm(part, { force: true });
    await rm(rows, { force: true });
  }
}

/** A column in a CSV: an empty text and a null are both nothing. */
function spelt(name: string, type: string): string {
  const column = identifier(name);
  if (type === 'VARCHAR') return `nullif(${column}, '') AS ${column}`;
  return /^TIMESTAMP/.test(type) ? `strftime(${column}, '%Y-%m-%dT%H:%M:%S.%g') AS ${column}` : column;
}

function field(text: string): string {
  return /[",\r\n]|^$/.test(text) && text !== '' ? `"${text.replaceAll('"', '""')}"` : text;
}
