/**
 * Random tables in random dialects are written and read back: equal, or the user is asked; never different in silence.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it, onTestFinished } from 'vitest';
import { difference } from '../support/compare';
import { type Case, cases, unusual, type Written, write } from '../support/dialects';
import { readText } from '../trial/core';
import type { Read, Refused } from '../trial/read';
import { assayReader } from '../trial/read';

const SEED = 20_240_229;

/** What is different in silence; null if nothing is. */
function silently({ truth }: Written, read: Read | Refused): string | null {
  if ('refused' in read) return read.refused.startsWith('fault') ? read.refused : null;
  if (read.asked.length > 0) return null;
  if (read.headed !== truth.header.length > 0)
    return read.headed ? 'a record was taken for the header' : 'the header was taken for a record';
  return difference(truth, { header: read.headed ? read.header : [], rows: read.rows });
}

/** The smallest case that is different in silence, in words and as it stands in the file; null if none is. */
async function smallest(
  count: number,
  read: (written: Written) => Promise<Read | Refused>,
): Promise<string | null> {
  const outcome = await fc.check(
    fc.asyncProperty(cases, async (about: Case) => {
      const written = write(about);
      const found = silently(written, await read(written));
      if (found !== null) throw new Error(found);
    }),
    { seed: SEED, numRuns: count },
  );
  const about = outcome.counterexample?.[0];
  return about === undefined
    ? null
    : `${(outcome.errorInstance as Error).message} (${unusual(about)})\n${JSON.stringify(write(about).text)}`;
}

it('2,000 tables in any dialect are read as they were written, or their reader asks', async () => {
  expect(await smallest(2_000, async ({ text }) => readText(text))).toBeNull();
}, 180_000);

it('100 of them through the engine, in any encoding', async () => {
  const reader = await assayReader();
  const folder = mkdtempSync(join(tmpdir(), 'assay-dialects-'));
  onTestFinished(async () => {
    await reader.close();
    rmSync(folder, { recursive: true, force: true });
  });
  let number = 0;
  const read = async ({ bytes }: Written) => {
    const path = join(folder, `case-${number++}.csv`);
    writeFileSync(path, bytes);
    return reader.readAll(path);
  };
  expect(await smallest(100, read)).toBeNull();
}, 120_000);
