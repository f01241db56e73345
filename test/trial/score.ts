/**
 * How well a file was read, measured as in Vitagliano et al., “Pollock: A Data Loading Benchmark”, VLDB 2023.
 *
 * A file has ten measures between 0 and 1: success (something was loaded), and precision, recall and F1 of the header's
 * cells, of the records and of all cells, each against the clean reading, as multisets. A record is its cells joined
 * without anything between; the cells are those of the header and of the records together. What the clean reading has
 * none of counts 1; what meets in nothing counts 0. The score of a file is their sum, at most 10; the simple score of a
 * reader is the mean over files.
 *
 * Two differences from the published program, both stricter or neutral: it compares header and records after turning
 * numbers, dates and prices into one spelling, here every value must be spelt as in the file; and a file without a
 * header is compared there with its first record in the header's place, here with no header: names made up by the
 * reader are then right, names taken from the data are wrong. `literal` is the score without that second difference,
 * for a reader that writes a header only where it found one.
 */

export interface Loaded {
  readonly header: readonly string[];
  readonly headed: boolean;
  readonly rows: readonly (readonly string[])[];
}

export interface Truth {
  /** Empty if the file has no header. */
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export interface Measure {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

export interface Score {
  readonly success: 0 | 1;
  readonly header: Measure;
  readonly record: Measure;
  readonly cell: Measure;
  /** 0…10. */
  readonly sum: number;
  readonly literal: number;
  /** Whether header and records are the same in the same order. */
  readonly exact: boolean;
}

const all: Measure = { precision: 1, recall: 1, f1: 1 };
const none: Measure = { precision: 0, recall: 0, f1: 0 };

/** Precision and recall of two multisets; all 1 if the truth is empty. */
export function meeting(truth: readonly string[], loaded: readonly string[]): Measure {
  if (truth.length === 0) return all;
  const left = new Map<string, number>();
  for (const item of truth) left.set(item, (left.get(item) ?? 0) + 1);
  let met = 0;
  for (const item of loaded) {
    const n = left.get(item) ?? 0;
    if (n === 0) continue;
    left.set(item, n - 1);
    met++;
  }
  if (met === 0) return none;
  const recall = met / truth.length;
  const precision = met / loaded.length;
  return { precision, recall, f1: (2 * precision * recall) / (precision + recall) };
}

const total = (...measures: readonly Measure[]) =>
  measures.reduce((sum, m) => sum + m.precision + m.recall + m.f1, 0);

const joined = (rows: readonly (readonly string[])[]) => rows.map((row) => row.join(''));

/** @param loaded null if nothing was loaded. */
export function score(truth: Truth, loaded: Loaded | null): Score {
  if (loaded === null) {
    return { success: 0, header: none, record: none, cell: none, sum: 0, literal: 0, exact: false };
  }
  const header = loaded.headed ? loaded.header : [];
  const measures = {
    header: truth.header.length === 0 && header.length > 0 ? none : meeting(truth.header, header),
    record: meeting(joined(truth.rows), joined(loaded.rows)),
    cell: meeting([...truth.header, ...truth.rows.flat()], [...header, ...loaded.rows.flat()]),
  };
  const theirs = truth.header.length > 0 ? [truth.header, ...truth.rows] : truth.rows;
  const ours = loaded.headed ? [loaded.header, ...loaded.rows] : loaded.rows;
  return {
    success: 1,
    ...measures,
    sum: 1 + total(measures.header, measures.record, measures.cell),
    literal:
      1 +
      (theirs.length === 0
        ? 9
        : total(
            meeting(theirs[0] ?? [], ours[0] ?? []),
            meeting(joined(theirs.slice(1)), joined(ours.slice(1))),
            meeting(theirs.flat(), ours.flat()),
          )),
    exact:
      JSON.stringify(truth.header) === JSON.stringify(header) &&
      JSON.stringify(truth.rows) === JSON.stringify(loaded.rows),
  };
}
