/**
 * A file read with no hints as Assay reads it: every value as it is spelt in the file, nulls as empty text.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProblemError } from '../../src-main/core/problem';
import type { Table } from '../../src-main/core/table';
import { convert } from '../../src-main/engine/convert';
import { asks } from '../support/compare';
import { strict } from './strict';

export interface Read {
  /** Names of the columns, also where the reader had to make them up. */
  readonly header: readonly string[];
  /** Whether the names stand in the file. */
  readonly headed: boolean;
  readonly rows: readonly (readonly string[])[];
  /** Why the reader asks its user to look; empty if it is sure. */
  readonly asked: readonly string[];
  /** The table as the engine describes it; null where another reader read. */
  readonly table: Omit<Table, 'name'> | null;
}

export interface Refused {
  readonly refused: string;
}

export interface Reader {
  readonly name: string;
  readAll(path: string): Promise<Read | Refused>;
  close(): Promise<void>;
}

/** Converts the file as the command line does, and reads what was written with the strict reader. */
export async function assayReader(): Promise<Reader> {
  const folder = mkdtempSync(join(tmpdir(), 'assay-trial-'));
  const options = { tables: join(folder, 'tables'), temporary: join(folder, 'spill'), memory: '2GB' };
  for (const path of [options.tables, options.temporary]) mkdirSync(path);
  const to = join(folder, 'out.csv');
  return {
    name: 'Assay',
    async readAll(path) {
      try {
        const { table, heading } = await convert({ path, to, typed: false, nameAll: false }, options);
        const written = strict(readFileSync(to, 'utf8'));
        if (written === null) return { refused: 'fault: what was written is no strict CSV' };
        const headed = heading.length > 0;
        return {
          header: headed ? (written[0] ?? []) : table.columns.map((c) => c.name),
          headed,
          rows: headed ? written.slice(1) : written,
          asked: asks(table),
          table,
        };
      } catch (error) {
        if (error instanceof ProblemError) return { refused: error.problem.code };
        return { refused: `fault: ${error instanceof Error ? error.message : String(error)}` };
      } finally {
        rmSync(to, { force: true });
      }
    },
    async close() {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
