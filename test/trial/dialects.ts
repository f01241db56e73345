/**
 * Reads many random tables in random dialects and tells the classes in which Assay differs in silence, each by its
 * smallest case. `npx tsx test/trial/dialects.ts [CASES] [SEED] [--core]`; `--core` reads with the pure reader alone.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { difference } from '../support/compare';
import { type Case, cases, smaller, unusual, write } from '../support/dialects';
import { coreReader, readText } from './core';

/** Readings that the search for a smaller case may take. */
const SHRINKS = 60;
/** Classes that are made smaller. */
const CLASSES = 25;

interface Found {
  readonly about: Case;
  readonly difference: string;
}

/** A difference without its values. */
const kind = (difference: string) =>
  difference
    .replace(/".*?"(?= for|$)/g, '“”')
    .replace(/“”.*/, '')
    .replace(/[0-9]+/g, 'n');

const classOf = (found: Found) => `${kind(found.difference)} | ${unusual(found.about)}`;

async function main(): Promise<void> {
  const [count = '300', seed = '1'] = process.argv.slice(2).filter((w) => !w.startsWith('--'));
  const pure = process.argv.includes('--core');
  const reader = pure ? await coreReader() : await (await import('./read')).assayReader();
  const folder = mkdtempSync(join(tmpdir(), 'assay-dialects-'));
  const tally = { equal: 0, asked: 0, 'asked although equal': 0, refused: 0, silent: 0 };
  const try1 = async (
    about: Case,
  ): Promise<{ outcome: keyof typeof tally; difference: string; asked: string }> => {
    const { bytes, text, truth } = write(about);
    const path = join(folder, 'case.csv');
    if (!pure) writeFileSync(path, bytes);
    const read = pure ? readText(text) : await reader.readAll(path);
    if ('refused' in read)
      return read.refused.startsWith('fault')
        ? { outcome: 'silent', difference: read.refused, asked: '' }
        : { outcome: 'refused', difference: read.refused, asked: '' };
    const found =
      read.headed === truth.header.length > 0
        ? difference(truth, { header: read.headed ? read.header : [], rows: read.rows })
        : read.headed
          ? 'a record was taken for the header'
          : 'the header was taken for a record';
    const asked = read.asked.join(' ');
    if (found === null)
      return { outcome: asked === '' ? 'equal' : 'asked although equal', difference: '', asked };
    return { outcome: asked === '' ? 'silent' : 'asked', difference: found, asked };
  };
  const failures: Found[] = [];
  const refused = new Map<string, number>();
  const needless = new Map<string, number>();
  const sample = fc.sample(cases, { numRuns: Number(count), seed: Number(seed) });
  const begun = process.hrtime.bigint();
  for (const about of sample) {
    const answer = await try1(about);
    tally[answer.outcome]++;
    if (answer.outcome === 'silent') failures.push({ about, difference: answer.difference });
    const count1 = (map: Map<string, number>, key: string) => map.set(key, (map.get(key) ?? 0) + 1);
    if (answer.outcome === 'refused') count1(refused, answer.difference);
    if (answer.outcome === 'asked although equal') count1(needless, answer.asked);
  }
  const ms = Number((process.hrtime.bigint() - begun) / 1_000_000n);
  console.log(`# ${count} cases, seed ${seed}, ${ms} ms: ${JSON.stringify(tally)}`);
  console.log(`refused: ${JSON.stringify(Object.fromEntries(refused))}`);
  console.log(`asked although equal: ${JSON.stringify(Object.fromEntries(needless))}\n`);
  const classes = new Map<string, Found[]>();
  for (const found of failures) {
    const small = await shrink(found);
    const key = classOf(small);
    classes.set(key, [...(classes.get(key) ?? []), small]);
    if (classes.size >= CLASSES) break;
  }
  for (const [key, members] of [...classes].sort((a, b) => b[1].length - a[1].length)) {
    const least = members.reduce((a, b) =>
      write(a.about).text.length <= write(b.about).text.length ? a : b,
    );
    console.log(
      `## ${members.length} × ${key}\n${least.difference}\n\`\`\`\n${JSON.stringify(write(least.about).text)}\n\`\`\``,
    );
  }
  await reader.close();
  rmSync(folder, { recursive: true, force: true });

  async function shrink(found: Found): Promise<Found> {
    let best = found;
    let left = SHRINKS;
    for (let again = true; again && left > 0; ) {
      again = false;
      for (const about of smaller(best.about)) {
        if (left-- <= 0) break;
        const answer = await try1(about);
        if (answer.outcome !== 'silent' || kind(answer.difference) !== kind(best.difference)) continue;
        if (about.columns.length < 2 && best.about.columns.length > 1) continue;
        best = { about, difference: answer.difference };
        again = true;
        break;
      }
    }
    return best;
  }
}

await main();
