/**
 * Runs the wide road for a few columns of one kind at once, on top of what a sample said of each.
 */
import { readSuspects, suspectsOf } from '../core/profile/disguise';
import { calendarSql, EXAMPLES, IQR_K, orderSql, probabilities } from '../core/profile/groups';
import { meaningOf } from '../core/profile/meaning';
import { momentsOf } from '../core/profile/moments';
import type { Disguised, Inexact, Range } from '../core/profile/profile';
import { type Bucket, quantileFrom } from '../core/profile/quantile';
import {
  cellOf,
  type Drawn,
  drawn,
  type Figures,
  outliersOf,
  powersOf,
  quantilesOf,
  readCalendar,
  readHistogram,
  type Shape,
  shapeOf,
} from '../core/profile/read';
import { grainsFrom, stepsSql } from '../core/profile/regular';
import {
  type Fine,
  fencesSql,
  fineOf,
  fineSql,
  SHARE,
  shareSql,
  stepFor,
  stepGroupsSql,
  wideFiguresSql,
  wideSql,
  wordsSql,
} from '../core/profile/wide';
import { doubtfulNullWords, nullWords } from '../core/source/spelling-words';
import { identifier, value } from '../core/sql';
import { type Cell, type Column, isFloating, isWhole } from '../core/table';
import { type Book, byName, cycleOf, rowsByName, sortedOf } from './profile';
import type { Query } from './session';

/** A column with the profile of a sample of it, its counts those of the sample and its counts grown to all rows. */
export interface Sampled {
  readonly column: Column;
  readonly sample: Drawn;
  readonly scaled: Drawn;
  readonly book: Book;
}

/** Standard errors within which an estimate is told to lie. */
const Z = 3;
/** A value seen so often in the sample is worth counting in all rows. */
const _OFTEN = 5;

type Marks = Record<string, Inexact>;

/** @returns profiles in the order of the columns, or null in the place of one that this road cannot go. */
export async function profileWide(
  query: Query,
  from: string,
  batch: readonly Sampled[],
): Promise<readonly (Drawn | null)[]> {
  const asked = async (statement: string, of: readonly Sampled[]) => {
    const result = await query(statement);
    for (const { book } of of) book.note(statement);
    return result;
  };
  const guarded = batch.map(
    ({ column, sample }) => isFloating(column.type) && (sample.nan ?? 0) + (sample.infinite ?? 0) > 0,
  );
  const read = (guard: readonly boolean[]) => guardSql(from, batch, guard);
  const ask = async (guard: readonly boolean[]) => {
    await asked(wideSql(read(guard), batch.map(roughOf)), batch);
    return query(wideFiguresSql);
  };
  let wide = byName(await ask(guarded));
  const strange = batch.map(({ column }, i) => isFloating(column.type) && !finite(wide, i));
  if (strange.some((is, i) => is && guarded[i] !== true)) {
    for (const [i, is] of strange.entries()) if (is) guarded[i] = true;
    wide = byName(await ask(guarded));
  }
  const source = read(guarded);
  const parts: (Part | null)[] = [];
  for (const [i, sampled] of batch.entries()) {
    const figures = { ...ofColumn(wide, i), ...(await strangeCounts(sampled, from, guarded[i] === true)) };
    parts.push(await partOf(sampled, i, source, from, figures));
  }
  const fenced = parts.flatMap((part) => (part?.shape?.kind === 'number' ? [part] : []));
  if (fenced.length > 0) {
    const wanted = fenced.map(({ sampled, shape, suspects }) => {
      const { lower, upper } = shape as Shape & { kind: 'number' };
      return { column: sampled.column, lower, upper, suspects };
    });
    const statement = fencesSql(source, wanted);
    const row = byName(
      await asked(
        statement,
        fenced.map((part) => part.sampled),
      ),
    );
    for (const [i, part] of fenced.entries()) addFences(part, ofColumn(row, i));
  }
  return parts.map((part) => (part === null ? null : finished(part)));
}

/** What is known of one column on the way. */
interface Part {
  readonly sampled: Sampled;
  readonly figures: Figures;
  readonly shape: Shape | null;
  readonly suspects: readonly Cell[];
  more: Partial<Drawn>;
  readonly marks: Marks;
}

function roughOf({ column, sample }: Sampled) {
  const scale = sample.stddev ?? 0;
  return { column, center: sample.mean ?? 0, scale: scale > 0 && Number.isFinite(1 / scale) ? scale : 1 };
}

/** The source with NaN and infinities of some columns taken for nulls. */
function guardSql(from: string, batch: readonly Sampled[], guarded: readonly boolean[]): string {
  if (!guarded.includes(true)) return from;
  const columns = batch.map(({ column }, i) => {
    const c = identifier(column.name);
    return guarded[i] === true ? `CASE WHEN isfinite(${c}) THEN ${c} END AS ${c}` : c;
  });
  return `(SELECT ${columns.join(', ')} FROM ${from})`;
}

function finite(wide: Figures, i: number): boolean {
  const keys = ['min', 'max', 's1', 's2', 's3', 's4'];
  return keys.every((key) => {
    const cell = wide[`${i}_${key}`];
    return cell === null || Number.isFinite(Number(cell));
  });
}

function ofColumn(wide: Figures, i: number): Figures {
  const prefix = `${i}_`;
  const own = Object.entries(wide).filter(([key]) => key.startsWith(prefix));
  return {
    ...(wide.rows === undefined ? {} : { rows: wide.rows }),
    ...Object.fromEntries(own.map(([key, cell]) => [key.slice(prefix.length), cell])),
  };
}

async function strangeCounts({ column, book }: Sampled, from: string, guarded: boolean): Promise<Figures> {
  if (column.kind !== 'number') return {};
  if (!guarded) return { nan: 0, infinite: 0 };
  const c = identifier(column.name);
  return byName(
    await book.ask(
      `SELECT count(${c}) AS filled, count_if(isnan(${c})) AS nan, count_if(isinf(${c})) AS infinite FROM ${from}`,
    ),
  );
}

async function partOf(
  sampled: Sampled,
  place: number,
  source: string,
  from: string,
  figures: Figures,
): Promise<Part | null> {
  const { column, book } = sampled;
  const marks: Marks = {};
  const [few = 0, once = 0] = ((await book.ask(shareSql(place))).rows[0] ?? []).map(Number);
  const filled = Number(figures.filled);
  const estimate = (key: string, seen: number) => {
    marks[key] = {
      basis: 'estimate',
      error: Math.ceil(Z * Math.sqrt((SHARE - 1) * SHARE * Math.max(1, seen))),
    };
    return Math.min(filled, SHARE * seen);
  };
  const counted = { distinct: estimate('distinct', few), unique: estimate('unique', once) };
  const part = { sampled, figures: { ...figures, ...counted }, marks };
  // Values that each exceed the one before are all different, which no estimate could say.
  const sorted =
    sampled.sample.sorted === undefined
      ? undefined
      : await sortedOf(book.ask, from, column, part.figures.distinct as number);
  if (sorted?.startsWith('strictly')) {
    part.figures = { ...part.figures, distinct: filled, unique: filled };
    delete marks.distinct;
    delete marks.unique;
  }
  const drawnPart = await kindPart(part, source, from);
  if (drawnPart !== null && sorted !== undefined) drawnPart.more = { ...drawnPart.more, sorted };
  return drawnPart;
}

async function kindPart(part: Begun, source: string, from: string): Promise<Part | null> {
  const { column, scaled } = part.sampled;
  if (column.kind === 'number') return numberPart(part, source);
  if (column.kind === 'nested') {
    const { length, inside } = scaled;
    if (length !== undefined) part.marks.length = { basis: 'sample' };
    const more = { ...(length === undefined ? {} : { length }), ...(inside === undefined ? {} : { inside }) };
    return { ...part, shape: null, suspects: [], more };
  }
  if (column.kind === 'time') return timePart(part, from);
  return textPart(part, from);
}

type Begun = Pick<Part, 'sampled' | 'figures' | 'marks'>;

async function numberPart({ sampled, figures, marks }: Begun, source: string): Promise<Part> {
  const { column, sample, book } = sampled;
  const { center, scale } = roughOf(sampled);
  const n = Number(figures.filled) - Number(figures.nan) - Number(figures.infinite);
  const more: Partial<Drawn> = momentsOf(powersOf(figures, n, center, scale));
  const first = shapeOf(column, figures, sample.quantiles ?? {});
  if (first?.kind !== 'number') return { sampled, figures, marks, shape: null, suspects: [], more };
  const fine = fineOf(first.bins, isWhole(column.type));
  const buckets = bucketsFrom((await book.ask(fineSql(source, column, fine))).rows);
  const quantiles: Record<string, number> = {};
  for (const p of probabilities) {
    const found = quantileFrom(buckets, p);
    if (found === null) continue;
    quantiles[String(p)] = found.value;
    if (found.error > 0) marks[`quantiles.${p}`] = { basis: 'estimate', error: found.error };
  }
  const { counts, moved } = binCounts(buckets, fine);
  if (moved) marks.histogram = { basis: 'estimate' };
  const shape = { ...first, ...fencesFrom(quantiles) };
  if (marks['quantiles.0.25'] !== undefined || marks['quantiles.0.75'] !== undefined)
    marks.outliers = { basis: 'estimate' };
  const mad = medianDeviation(buckets, quantiles['0.5'] ?? 0);
  if (mad !== null) marks.mad = { basis: 'estimate', error: mad.error };
  return {
    sampled,
    figures,
    marks,
    shape,
    suspects: suspectsOf(column, figures.min ?? null, figures.max ?? null, shape),
    more: {
      ...more,
      quantiles,
      histogram: readHistogram(first, counts),
      ...(mad === null ? {} : { mad: mad.value }),
    },
  };
}

interface FineBucket extends Bucket {
  readonly at: number;
}

function bucketsFrom(rows: readonly (readonly Cell[])[]): readonly FineBucket[] {
  return rows.map(([at, count, low, high]) => ({
    at: Number(at),
    count: Number(count),
    low: Number(low),
    high: Number(high),
  }));
}

/** Counts by bin, and whether a value near an edge was counted on its wrong side. */
function binCounts(buckets: readonly FineBucket[], { bins, per }: Fine) {
  const counts = new Map<number, number>();
  let moved = false;
  for (const { at, count, low, high } of buckets) {
    const bin = at < 0 ? -1 : Math.floor(at / per);
    counts.set(bin, (counts.get(bin) ?? 0) + count);
    const edge = (i: number) => (bins.low + i) * bins.width;
    // Edges as they are told, to twelve digits: 0.30000000000000004 is 0.3.
    const slack = Math.abs(bins.width) * 1e-9;
    if ((bin >= 0 && low < edge(bin) - slack) || (bin < bins.count && high > edge(bin + 1) + slack))
      moved = true;
  }
  return { counts, moved };
}

function fencesFrom(quantiles: Readonly<Record<string, number>>) {
  const [q1, q3] = [quantiles['0.25'] ?? 0, quantiles['0.75'] ?? 0];
  return { lower: q1 - IQR_K * (q3 - q1), upper: q3 + IQR_K * (q3 - q1) };
}

/** The median of the distances from the median: every bucket stands for its middle. */
function medianDeviation(
  buckets: readonly Bucket[],
  median: number,
): { value: number; error: number } | null {
  const apart = buckets
    .map(({ low, high, count }) => {
      const [a, b] = [Math.abs(low - median), Math.abs(high - median)];
      return { middle: (a + b) / 2, width: high - low, count };
    })
    .sort((x, y) => x.middle - y.middle);
  const n = apart.reduce((sum, b) => sum + b.count, 0);
  let before = 0;
  let widest = 0;
  for (const { middle, width, count } of apart) {
    widest = Math.max(widest, width);
    before += count;
    if (before >= n / 2) return { value: middle, error: widest };
  }
  return null;
}

function addFences(part: Part, row: Figures): void {
  const { column } = part.sampled;
  const shape = part.shape as Shape & { kind: 'number' };
  const extremes = (key: string) => {
    const texts = String(row[key] ?? '')
      .split(' ')
      .filter((text) => text !== '');
    return [...new Set(texts)].slice(0, EXAMPLES).map((text) => cellOf(column, text));
  };
  const counts = part.suspects.map((_, k) => Number(row[`suspect${k}`] ?? 0));
  const disguised = readSuspects(part.suspects, counts);
  const examples = [...extremes('high'), ...extremes('low')];
  part.more = {
    ...part.more,
    outliers: [outliersOf(shape, Number(row.below), Number(row.above), examples)],
    ...(disguised.length > 0 ? { disguised } : {}),
  };
}

async function timePart({ sampled, figures, marks }: Begun, from: string): Promise<Part | null> {
  const { column, book } = sampled;
  const step = stepFor(Number(figures.span ?? 0));
  const n = Number(figures.filled) - Number(figures.infinite);
  if (step === null || n === 0) return null;
  await book.ask(stepGroupsSql(from, column, step));
  const ordered = byName(await book.ask(orderSql(column, n, 0, 1)));
  const quantiles = quantilesOf(column, ordered, n);
  for (const p of probabilities) marks[`quantiles.${p}`] = { basis: 'estimate', error: step / 1_000_000 };
  const shape = shapeOf(column, figures, quantiles);
  if (shape?.kind !== 'time') return null;
  const of = rowsByName(
    (await book.ask(calendarSql({ ...column, type: 'TIMESTAMP' }, shape.grain, [], null))).rows,
  );
  const suspects = suspectsOf(column, figures.min ?? null, figures.max ?? null, null);
  const counts: number[] = [];
  const c = identifier(column.name);
  for (const s of suspects)
    counts.push(
      Number((await book.ask(`SELECT count(*) FROM ${from} WHERE ${c} = ${value(s)}`)).rows[0]?.[0]),
    );
  const disguised = readSuspects(suspects, counts);
  const range = await rangeOf(sampled, from, Number(figures.distinct));
  if (range !== null) marks['range.gaps'] = marks.distinct!;
  return {
    sampled,
    figures,
    marks,
    shape,
    suspects: [],
    more: {
      quantiles,
      histogram: readCalendar(of('bin')),
      weekdays: cycleOf(of('weekday'), 7),
      ...(step <= 3_600_000_000 ? { hours: cycleOf(of('hour'), 24) } : {}),
      ...(range === null ? {} : { range }),
      ...(disguised.length > 0 ? { disguised } : {}),
    },
  };
}

/** The grain that the sample has, or the next finer one that all rows have. */
async function rangeOf(
  { column, sample, book }: Sampled,
  from: string,
  distinct: number,
): Promise<Range | null> {
  const times = `(SELECT ${identifier(column.name)}::TIMESTAMP AS t FROM ${from} WHERE isfinite(${identifier(column.name)}))`;
  for (const grain of grainsFrom(sample.range?.grain)) {
    const statement = `SELECT ${grain.test}, ${stepsSql(grain.name)} FROM ${times}`;
    const [fits, steps] = (await book.ask(statement)).rows[0] ?? [];
    if (fits === true) return { grain: grain.name, gaps: Math.max(0, Number(steps) - distinct) };
  }
  return null;
}

async function textPart({ sampled, figures, marks }: Begun, from: string): Promise<Part> {
  const { column, book, scaled } = sampled;
  const words = [...nullWords, ...doubtfulNullWords];
  const longest = Math.max(...words.map((word) => word.length));
  let disguised: readonly Disguised[] = [];
  if (Number(figures.shortest ?? 0) <= longest) {
    disguised = (await book.ask(wordsSql(from, column, words))).rows
      .map(([word, count]) => ({ value: word ?? null, count: Number(count) }))
      .sort((a, b) => b.count - a.count);
  }
  const kept: Record<string, unknown> = {};
  for (const key of ['patterns', 'letterCase', 'scripts', 'unseen'] as const) {
    if (scaled[key] === undefined) continue;
    kept[key] = scaled[key];
    for (const [mark, how] of Object.entries(scaled.inexact ?? {}))
      if (mark === key || mark.startsWith(`${key}.`)) marks[mark] = how;
  }
  const more = { ...(kept as Partial<Drawn>), ...(disguised.length > 0 ? { disguised } : {}) };
  return { sampled, figures, marks, shape: null, suspects: [], more };
}

function finished({ sampled, figures, more, marks }: Part): Drawn {
  const { column, scaled } = sampled;
  const profile = drawn(column, figures, [], { ...more, inexact: marks });
  // A shape that was proved is proved of the sample; the rest is told by the figures of all rows.
  const meaning = meaningOf({ ...profile, top: scaled.top }, null) ?? scaled.meaning ?? null;
  return meaning === null ? profile : { ...profile, meaning };
}
