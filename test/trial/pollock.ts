/**
 * The Pollock trial: every polluted file at hand, read by Assay and by DuckDB with no hints, scored against its clean
 * twin. `npx tsx test/trial/pollock.ts [PART OF A NAME] [--own] [--brief]`; `--own` reads the pollutions of our own
 * tables instead (pollute.ts); `--brief` leaves out files that Assay reads exactly; `--core` reads with the pure reader alone
 * in Assay's place, without encodings and types; `--many` draws 400 of each row pollution instead of 12; `--remade`
 * makes the whole benchmark anew from its clean table; `--alone` leaves DuckDB out.
 *
 * The score is described in score.ts. The weighted score takes the mean of each family of pollutions by the weight the
 * benchmark gives the family, from how often it was met in a survey of government files; families not at hand are left
 * out of both sums.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { otherData } from '../support/shared';
import { bases } from './bases';
import { coreReader } from './core';
import { duckReader } from './duck';
import { polluted } from './pollute';
import type { Reader } from './read';
import { type Score, score, type Truth } from './score';
import { strict } from './strict';

export interface Trial {
  readonly name: string;
  readonly path: string;
  readonly truth: Truth;
}

/** Total weight of each family of the benchmark. */
const weights: readonly (readonly [RegExp, number])[] = [
  [/file_no_payload/, 15],
  [/file_no_trailing/, 184],
  [/file_double_trailing/, 5],
  [/file_no_header/, 470],
  [/file_header_multirow/, 94],
  [/file_preamble/, 282],
  [/file_multitable/, 188],
  [/file_header_only/, 3],
  [/file_one_data_row/, 4],
  [/file_record_delimiter_0xD$/, 7],
  [/file_record_delimiter_0xA/, 1691],
  [/file_field_delimiter_0x9/, 4],
  [/file_field_delimiter_0x3B/, 834],
  [/file_field_delimiter_0x20/, 4],
  [/file_field_delimiter_0x2C_0x20/, 101],
  [/file_quotation_char/, 11],
  [/file_escape_char_0x5C/, 1],
  [/file_escape_char_0x00/, 7],
  [/row_less_sep/, 247],
  [/row_more_sep/, 278],
  [/row_extra_quote/, 7],
  [/row_field_delimiter/, 12],
  [/source/, 1],
];

const family = (name: string) => weights.findIndex(([pattern]) => pattern.test(name));

/** The benchmark's own files, those at hand. A twin without a header is known by its file's name. */
export function benchmark(folder: string): Trial[] {
  return readdirSync(join(folder, 'pollock'))
    .sort()
    .map((name) => {
      const rows = strict(readFileSync(join(folder, 'pollock-clean', name), 'utf8')) ?? [];
      const truth = name.includes('no_header')
        ? { header: [], rows }
        : { header: rows[0] ?? [], rows: rows.slice(1) };
      return { name: name.replace(/\.csv$/, ''), path: join(folder, 'pollock', name), truth };
    });
}

/** Our own tables, polluted in the same ways; the truth is known by construction. */
export function own(folder: string, drawn?: number): Trial[] {
  return bases.flatMap((base) => polluted(base, folder, drawn));
}

/** Every pollution of the benchmark's own table, made anew: an estimate of the score on the whole benchmark. */
export function remade(source: string, folder: string): Trial[] {
  const rows = readFileSync(source, 'utf8')
    .split(/\r\n|\n/)
    .filter((line) => line !== '')
    .map((line) => {
      const plain = strict(line)?.[0] ?? [];
      let at = 0;
      return plain.map((text) => {
        const quoted = line[at] === '"';
        at += quoted ? text.replaceAll('"', '""').length + 3 : text.length + 1;
        return { text, quoted };
      });
    });
  return polluted({ name: 'remade', header: rows[0] ?? [], rows: rows.slice(1) }, folder, 'all');
}

async function run(reader: Reader, trials: readonly Trial[]) {
  const results = [];
  for (const trial of trials) {
    const read = await reader.readAll(trial.path);
    const refused = 'refused' in read;
    results.push({
      trial,
      score: score(trial.truth, refused ? null : read),
      note: refused ? `refused: ${read.refused}` : read.asked.join(' '),
      silent: !refused && read.asked.length === 0,
    });
  }
  return results;
}

const mean = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0) / Math.max(1, numbers.length);

function weighted(results: readonly { trial: Trial; score: Score }[], of: (s: Score) => number): number {
  let sum = 0;
  let weight = 0;
  for (const [i, [, w]] of weights.entries()) {
    const mine = results.filter((r) => family(r.trial.name) === i);
    if (mine.length === 0) continue;
    sum += w * mean(mine.map((r) => of(r.score)));
    weight += w;
  }
  return sum / weight;
}

const cell = (n: number) => (n === 1 ? '    1' : n.toFixed(3).padStart(5));
const three = (s: Score) => `${cell(s.header.f1)} ${cell(s.record.f1)} ${cell(s.cell.f1)}`;

async function main(): Promise<void> {
  const words = process.argv.slice(2);
  const named = words.find((w) => !w.startsWith('--')) ?? '';
  const folder = mkdtempSync(join(tmpdir(), 'assay-pollute-'));
  const alone = words.includes('--alone');
  const readers = [
    // What the engine is made of is read only when it is asked for, so that the pure reader can be tried without it.
    words.includes('--core') ? await coreReader() : await (await import('./read')).assayReader(),
    ...(alone ? [] : [duckReader()]),
  ];
  try {
    const data = otherData === null ? null : join(otherData, 'csv-torture');
    if (!words.includes('--own') && (data === null || !existsSync(join(data, 'pollock')))) {
      console.log('The files of the benchmark are not at hand; try --own.');
      return;
    }
    const trials = (
      words.includes('--own')
        ? own(folder, words.includes('--many') ? 400 : undefined)
        : words.includes('--remade')
          ? remade(join(data ?? '', 'pollock', 'source.csv'), folder)
          : benchmark(data ?? '')
    ).filter((t) => t.name.includes(named));
    const assay = await run(readers[0]!, trials);
    const duck = alone ? [] : await run(readers[1]!, trials);
    console.log(
      `${'F1 of header, records, cells'.padEnd(44)}${'Assay'.padEnd(24)}${'DuckDB'.padEnd(19)}  exact  asked`,
    );
    for (const [i, a] of assay.entries()) {
      const d = duck[i];
      if (words.includes('--brief') && a.score.exact) continue;
      const mark = a.score.exact ? 'yes' : a.silent ? 'WRONG' : 'no';
      console.log(
        `${a.trial.name.padEnd(42)}${three(a.score)} ${a.score.sum.toFixed(2).padStart(5)}  ${(d === undefined ? '' : three(d.score)).padEnd(17)}  ${mark.padEnd(6)} ${a.note}`,
      );
    }
    for (const [name, results] of [
      ['Assay', assay],
      ['DuckDB', duck],
    ] as const) {
      if (results.length === 0) continue;
      const of = (pick: (s: Score) => number) => mean(results.map((r) => pick(r.score))).toFixed(4);
      console.log(
        `${name.padEnd(7)} files ${results.length}  exact ${results.filter((r) => r.score.exact).length}  different in silence ${results.filter((r) => !r.score.exact && r.silent).length}  ` +
          `F1 header ${of((s) => s.header.f1)} record ${of((s) => s.record.f1)} cell ${of((s) => s.cell.f1)}  ` +
          `simple ${of((s) => s.sum)}  weighted ${weighted(results, (s) => s.sum).toFixed(4)}  (literal ${of((s) => s.literal)} / ${weighted(results, (s) => s.literal).toFixed(4)})`,
      );
    }
  } finally {
    for (const reader of readers) await reader.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[1]?.endsWith('pollock.ts')) await main();
