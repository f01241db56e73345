/**
 * Runs the wide road for a few columns of one kind at once, on top of what a sample said of each.
 */

import { SHOWN } from '../core/profile/groups';
import { meaningOf } from '../core/profile/meaning';
import type { Disguised, TopValue } from '../core/profile/profile';
import { type Drawn, drawn, type Figures, readTop, type Shape } from '../core/profile/read';
import {
  fencesSql,
  hittersSql,
  SHARE,
  shareSql,
  wideFiguresSql,
  wideSql,
  wordsSql,
} from '../core/profile/wide';
import { doubtfulNullWords, nullWords } from '../core/source/spelling-words';
import { identifier, value } from '../core/sql';
import { isFloating } from '../core/table';
import { byName, sortedOf } from './profile';
import type { Query } from './session';
import { addFences, numberPart } from './wide-number';
import { type Begun, type Marks, type Part, roughOf, type Sampled } from './wide-part';
import { timePart } from './wide-time';

/** Standard errors within which an estimate is told to lie. */
const Z = 3;
/** A value seen so often in the sample is worth counting in all rows. */
const OFTEN = 5;

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
  const found: (Drawn | null)[] = [];
  for (const part of parts)
    found.push(part === null ? null : finished(part, await frequent(part.sampled, from)));
  return found;
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

/** Values that the sample has often, counted in all rows. */
async function frequent({ column, sample, book }: Sampled, from: string): Promise<readonly TopValue[]> {
  if (column.kind === 'nested') return [];
  const often = sample.top.filter(({ value: v, count }) => count >= OFTEN && String(v).length < SHOWN);
  if (often.length === 0) return [];
  const { rows } = await book.ask(
    hittersSql(
      from,
      column,
      often.map(({ value: v }) => value(v)),
    ),
  );
  return readTop(rows);
}

function finished({ sampled, figures, more, marks }: Part, top: readonly TopValue[]): Drawn {
  const { column, scaled } = sampled;
  // A value may be frequent all the same that the sample has seldom.
  const inexact = top.length === 0 ? marks : { ...marks, top: { basis: 'estimate' as const } };
  const profile = drawn(column, figures, top, { ...more, inexact });
  // A shape that was proved is proved of the sample; the rest is told by the figures of all rows.
  const meaning = meaningOf({ ...profile, top: scaled.top }, null) ?? scaled.meaning ?? null;
  return meaning === null ? profile : { ...profile, meaning };
}
