/**
 * The association matrix of a table: every pair from a sample in memory first, then over all rows where that is asked
 * for and can be paid.
 */
import { type Counts, cramer, eta } from '../core/relation/category';
import {
  type Bounds,
  boundsSql,
  countsSql,
  groupsSql,
  numberSql,
  pearsonSql,
  rankSql,
  sampledSql,
  scaleOf,
  spearmanSql,
} from '../core/relation/plan';
import { LEAST_ROWS, within } from '../core/relation/rank';
import {
  type Association,
  type AssociationMatrix,
  CATEGORIES,
  type Coefficient,
  type LeftOut,
  MATRIX_COLUMNS,
  type RelatedColumn,
  SAMPLE,
} from '../core/relation/relation';
import { SampleRelations, unfit } from '../core/relation/sample';
import type { Cell, Column } from '../core/table';
import type { Reach } from './engine';
import type { Clock } from './profile';
import { breathe, fetched, keep, sampleOf, surveyed, withEdges } from './relation-sample';

export interface MatrixAsk {
  /** Empty: the first that can be related. */
  readonly columns: readonly string[];
  readonly coefficient: Coefficient | 'auto';
  /** Whether to go on to all rows after the sample. */
  readonly all: boolean;
}

/** Told while it works: 0…1, and in words what is done. */
export type Progress = (share: number, detail: string) => void;

/** Columns looked at when none are chosen. */
const LOOKED = 300;
/** Pairs times rows that are computed over all rows; about a minute on two cores. */
const PAIR_ROWS = 9e9;
/** Rows that are ranked exactly at most, and rows times rankings of all pairs together. */
const RANK_ROWS = 1_200_000;
const RANKINGS = 6e7;
/** Pairs of one statement. */
const PAIRS = 64;
/** Pairs of categories read at most; more are none. */
const COUNTS = 100_000;

export async function relationMatrix(
  reach: Reach,
  ask: MatrixAsk,
  clock: Clock,
  progress: Progress,
): Promise<AssociationMatrix> {
  const begun = clock.now();
  const { query } = reach;
  const notes: string[] = [];
  const leftOut: LeftOut[] = [];
  const candidates = candidatesOf(reach.table.columns, ask.columns, leftOut, notes);
  const sample = await sampleOf(reach, SAMPLE);
  const kept = await keep(query, sample.from, candidates.map(sampledSql));
  const chosen: number[] = [];
  for (let first = 0; first < candidates.length && chosen.length <= MATRIX_COLUMNS; ) {
    const found = await surveyed(query, kept.name, first, candidates.length);
    found.forEach(({ filled, distinct }, i) => {
      const reason = unfit(candidates[first + i]!, filled, distinct, sample.whole);
      if (reason === null) chosen.push(first + i);
      else leftOut.push({ column: candidates[first + i]!.column.name, reason });
    });
    first += found.length;
  }
  if (chosen.length > MATRIX_COLUMNS) {
    notes.push(
      `The first ${MATRIX_COLUMNS} columns that can be related are shown. Choose columns to see others.`,
    );
    chosen.length = MATRIX_COLUMNS;
  }
  const plain = chosen.map((i) => candidates[i]!);
  const values = await fetched(query, kept.name, kept.taken, chosen);
  const relations = new SampleRelations(plain, values, sample.whole);
  const pairs: Association[] = [];
  for (let a = 0; a < plain.length; a++) {
    for (let b = a + 1; b < plain.length; b++) {
      const found = relations.pair(a, b, ask.coefficient);
      if (found !== null) pairs.push(found);
      if (found?.coefficient === 'kendall') await breathe();
    }
    await breathe();
    progress((a + 1) / plain.length / (ask.all && !sample.whole ? 10 : 1), `${pairs.length} pairs`);
  }
  const exact =
    ask.all && !sample.whole ? await overAll(reach, sample.rows, plain, pairs, notes, progress) : pairs;
  if (exact.some((p) => p.coefficient === 'kendall' && p.basis === 'sample'))
    notes.push('Kendall’s tau-b compares rows pair by pair: it is computed on 5,000 rows of the sample.');
  if (!sample.whole && exact.some((p) => p.coefficient === 'mutual'))
    notes.push('Mutual information is computed on the sample, numbers in bins that hold alike.');
  const columns =
    ask.coefficient === 'mutual' ? plain.map((c, i) => withEdges(c, relations.edges(i))) : plain;
  return {
    columns,
    pairs: exact,
    leftOut,
    notes,
    rows: sample.rows,
    evidence: {
      ...(exact.every((p) => p.basis === 'exact')
        ? { basis: 'exact' as const, rows: sample.rows }
        : { basis: 'sample' as const, rows: kept.taken, of: sample.rows }),
      at: new Date(begun).toISOString(),
      ms: Math.round(clock.now() - begun),
      sql: [],
    },
  };
}

/** Columns that may be related, in file order or as chosen; says which cannot and why. */
function candidatesOf(
  all: readonly Column[],
  chosen: readonly string[],
  leftOut: LeftOut[],
  notes: string[],
): readonly RelatedColumn[] {
  const wanted = chosen.length === 0 ? all : all.filter((c) => chosen.includes(c.name));
  const found: RelatedColumn[] = [];
  for (const column of wanted) {
    const scale = scaleOf(column);
    if (scale === null) leftOut.push({ column: column.name, reason: 'it is nested' });
    else found.push({ column, scale });
  }
  if (found.length <= LOOKED) return found;
  notes.push(`Only the first ${LOOKED} of ${found.length.toLocaleString('en-US')} columns were looked at.`);
  return found.slice(0, LOOKED);
}

/** The same pairs over all rows, as far as the budget goes. */
async function overAll(
  reach: Reach,
  rows: number,
  columns: readonly RelatedColumn[],
  sampledPairs: readonly Association[],
  notes: string[],
  progress: Progress,
): Promise<readonly Association[]> {
  const done = new Map<Association, Association>();
  const { query, from } = reach;
  const ranked = rows <= RANK_ROWS;
  if (!ranked && sampledPairs.some((p) => p.coefficient === 'spearman'))
    notes.push(
      `Spearman’s rho ranks every row: beyond ${RANK_ROWS.toLocaleString('en-US')} rows it is computed on the sample.`,
    );
  const wanted = sampledPairs.filter(
    ({ coefficient: c }) => c !== 'kendall' && c !== 'mutual' && (ranked || c !== 'spearman'),
  );
  if (wanted.length === 0) return sampledPairs;
  const affordable = wanted.slice(0, Math.max(1, Math.floor(PAIR_ROWS / Math.max(1, rows))));
  if (affordable.length < wanted.length)
    notes.push(
      `${(wanted.length - affordable.length).toLocaleString('en-US')} of ${wanted.length.toLocaleString('en-US')} pairs stay with the sample: choose fewer columns to have them over all rows.`,
    );
  const of = (coefficient: Coefficient) => affordable.filter((p) => p.coefficient === coefficient);
  const settle = (pair: Association, value: Cell | number | undefined, n: Cell | undefined) => {
    const rowsOfPair = Number(n ?? 0);
    const number = typeof value === 'number' && rowsOfPair >= LEAST_ROWS ? within(value) : null;
    done.set(pair, { ...pair, value: number, n: rowsOfPair, basis: 'exact' });
    if (done.size % 16 === 0 || done.size === affordable.length)
      progress(0.1 + (0.9 * done.size) / affordable.length, `${done.size} of ${affordable.length} pairs`);
  };
  const numbers = columns.flatMap((c, i) => (c.scale === 'category' ? [] : [i]));
  const bounds = await boundsOf(reach, columns, numbers);
  const varied = (i: number) => {
    const b = bounds.get(i);
    return b !== undefined && b.low < b.high;
  };

  const pearsons = of('pearson').filter((p) => varied(p.a) && varied(p.b));
  for (let first = 0; first < pearsons.length; first += PAIRS) {
    const some = pearsons.slice(first, first + PAIRS);
    const list = columns.map((c) => c.column);
    const ends = columns.map((_, i) => bounds.get(i) ?? { n: 0, low: 0, high: 0 });
    const sql = pearsonSql(
      from,
      list,
      ends,
      some.map((p) => [p.a, p.b] as const),
    );
    const row = (await query(sql)).rows[0] ?? [];
    for (const [i, p] of some.entries()) settle(p, row[2 * i], row[2 * i + 1]);
  }

  const spearmans = of('spearman').filter((p) => varied(p.a) && varied(p.b));
  await rankOver(reach, rows, columns, bounds, spearmans, notes, settle);

  for (const p of of('cramer')) {
    const answer = await query(countsSql(from, columns[p.a]!.column, columns[p.b]!.column, COUNTS));
    if (answer.rows.length >= COUNTS) {
      notes.push(tooMany(columns, p));
      continue;
    }
    const found = cramer(answer.rows.map((r) => [r[0], r[1], Number(r[2])] as const) satisfies Counts);
    settle(p, found.value ?? undefined, found.n);
  }

  const etas = of('eta');
  const categoryOf = (p: Association) => (columns[p.a]!.scale === 'category' ? p.a : p.b);
  for (const category of new Set(etas.map(categoryOf))) {
    const mine = etas.filter((p) => categoryOf(p) === category);
    const their = mine.map((p) => (p.a === category ? p.b : p.a));
    const usable = mine.flatMap((p, i) => (varied(their[i]!) ? [{ p, number: their[i]! }] : []));
    if (usable.length === 0) continue;
    const sql = groupsSql(
      from,
      columns[category]!.column,
      usable.map((u) => columns[u.number]!.column),
      usable.map((u) => bounds.get(u.number)!),
      COUNTS,
    );
    const answer = await query(sql);
    if (answer.rows.length >= COUNTS) {
      notes.push(tooMany(columns, mine[0]!));
      continue;
    }
    usable.forEach(({ p }, i) => {
      const groups = answer.rows.map((r) => ({
        n: Number(r[3 * i] ?? 0),
        mean: Number(r[3 * i + 1] ?? 0),
        variance: Number(r[3 * i + 2] ?? 0),
      }));
      const found = eta(groups);
      settle(p, found.value ?? undefined, found.n);
    });
  }
  return sampledPairs.map((p) => done.get(p) ?? p);
}

function tooMany(columns: readonly RelatedColumn[], { a, b }: Association): string {
  return `${columns[a]!.column.name} and ${columns[b]!.column.name} stay with the sample: over all rows they have more than ${CATEGORIES} categories by far.`;
}

/** Count and ends of numbers over all rows. */
async function boundsOf(
  { query, from }: Reach,
  columns: readonly RelatedColumn[],
  numbers: readonly number[],
): Promise<ReadonlyMap<number, Bounds>> {
  const found = new Map<number, Bounds>();
  if (numbers.length === 0) return found;
  const row =
    (
      await query(
        boundsSql(
          from,
          numbers.map((i) => columns[i]!.column),
        ),
      )
    ).rows[0] ?? [];
  numbers.forEach((column, i) => {
    const [n, low, high] = row.slice(3 * i, 3 * i + 3);
    if (typeof low === 'number' && typeof high === 'number') found.set(column, { n: Number(n), low, high });
  });
  return found;
}

/** Spearman's rho over all rows: columns that lack nothing are ranked once, a pair in which values lack by itself. */
async function rankOver(
  { query, from }: Reach,
  rows: number,
  columns: readonly RelatedColumn[],
  bounds: ReadonlyMap<number, Bounds>,
  pairs: readonly Association[],
  notes: string[],
  settle: (pair: Association, value: Cell | undefined, n: Cell | undefined) => void,
): Promise<void> {
  if (pairs.length === 0) return;
  const full = (i: number) => bounds.get(i)?.n === rows;
  const once = [...new Set(pairs.filter((p) => full(p.a) && full(p.b)).flatMap((p) => [p.a, p.b]))];
  const alone = pairs.filter((p) => !(full(p.a) && full(p.b)));
  if (rows * (once.length + 2 * alone.length) > RANKINGS) {
    notes.push(
      'Spearman’s rho ranks every row of every column: with so many columns it is computed on the sample. Choose fewer.',
    );
    return;
  }
  if (once.length > 0) {
    const list = once.map((i) => `${numberSql(columns[i]!.column)} AS x${i}`);
    const ranks = once.map((i) => `${rankSql(`x${i}`)} AS r${i}`);
    await query(
      `CREATE OR REPLACE TEMP TABLE assay_relation_ranks AS SELECT ${ranks.join(', ')} FROM (SELECT ${list.join(', ')} FROM ${from})`,
    );
    const mine = pairs.filter((p) => full(p.a) && full(p.b));
    for (let first = 0; first < mine.length; first += PAIRS) {
      const some = mine.slice(first, first + PAIRS);
      const parts = some.map((p) => `corr(r${p.a}, r${p.b}), count(*)`);
      const row = (await query(`SELECT ${parts.join(', ')} FROM assay_relation_ranks`)).rows[0] ?? [];
      for (const [i, p] of some.entries()) settle(p, row[2 * i], row[2 * i + 1]);
    }
    await query('DROP TABLE assay_relation_ranks');
  }
  for (const p of alone) {
    const row = (await query(spearmanSql(from, columns[p.a]!.column, columns[p.b]!.column))).rows[0] ?? [];
    settle(p, row[0], row[1]);
  }
}
