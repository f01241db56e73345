/**
 * Finds joins between tables in their values: ranges and sketches refute most pairs of columns, what stands is measured.
 */

import { isKeyName } from '../core/grain/name';
import { agreementOf, STRONG } from '../core/join/agree';
import { comparisonsFor } from '../core/join/fit';
import type { JoinAsk, JoinCandidate, JoinsFound, MeasuredJoin } from '../core/join/join';
import { bitsOf, type Evidence, judge, SOME_BITS } from '../core/join/judge';
import { chanceOf, containment, type Form } from '../core/join/sketch';
import type { Engine, Reach } from './engine';
import { compositeJoins } from './join-composite';
import { type Facet, Facets } from './join-facets';
import { measured } from './joins';
import type { Clock } from './profile';
import { breathe } from './relation-sample';
import type { Progress } from './relations';
import type { Query } from './session';

/** Tables looked at. */
const TABLES = 60;
/** Pairs measured, and those of one column. */
const MEASURED = 80;
const PER_COLUMN = 3;
/** A column that is a key at `to` has hardly a value twice: by an estimate that may be off, and by its sketch. */
const UNIQUE_ABOUT = 0.5;
const UNIQUE = 0.9;
/** Share of keys that must be found at the other end. */
const CONTAINED = 0.8;
/** Fewer values than these say nothing of a share. */
const FEW = 4;

/** A pair of columns that may be a join. */
export interface Pair {
  readonly from: Facet;
  readonly to: Facet;
  readonly form: Form;
  readonly evidence: Evidence;
  /** Whether the names are the same, be they ever so common. */
  readonly same: boolean;
  /** By its sketch. */
  readonly contained: number;
  readonly covered: number;
  readonly score: number;
}

/** What the parts of the search share. */
export interface Search {
  readonly query: Query;
  readonly reaches: ReadonlyMap<string, Omit<Reach, 'query'>>;
  readonly clock: Clock;
  readonly notes: string[];
  readonly counted: { pairs: number; refuted: number; measured: number };
}

export async function findJoins(
  engine: Engine,
  tables: readonly string[],
  clock: Clock,
  progress: Progress,
  signal?: AbortSignal,
): Promise<JoinsFound> {
  const begun = clock.now();
  const names = [...new Set(tables)];
  for (const name of names) engine.table(name);
  const some = names.slice(0, TABLES);
  const work = async (reaches: readonly Omit<Reach, 'query'>[], query: Query): Promise<JoinsFound> => {
    const search: Search = {
      query,
      reaches: new Map(reaches.map((r) => [r.table.name, r])),
      clock,
      notes: names.length > TABLES ? [`Of ${names.length} tables the first ${TABLES} were looked at.`] : [],
      counted: { pairs: 0, refuted: 0, measured: 0 },
    };
    const facets = new Facets(search);
    await facets.survey((share) => progress(0.3 * share, 'values of columns'));
    const pairs = await pairsOf(search, facets, (share) => progress(0.3 + 0.3 * share, 'comparing columns'));
    const singles = await measureAll(search, pairs.kept, (share) =>
      progress(0.6 + 0.3 * share, 'measuring joins'),
    );
    const composites = await compositeJoins(search, pairs.parts, singles);
    const candidates = [...singles, ...composites].sort(
      (a, b) => Number(b.confident) - Number(a.confident) || b.confidence - a.confidence,
    );
    const { counted, notes } = search;
    return {
      candidates,
      looked: { tables: some.length, columns: facets.columns, ...counted, notes },
      ms: Math.round(clock.now() - begun),
    };
  };
  return engine.lanes(some, work, signal);
}

/** Pairs that stand after sketches: those to a unique column, and those that might be a part of a longer key. */
async function pairsOf(
  search: Search,
  facets: Facets,
  progress: (share: number) => void,
): Promise<{ readonly kept: readonly Pair[]; readonly parts: readonly Pair[] }> {
  const kept: Pair[] = [];
  const parts: Pair[] = [];
  for (const [i, to] of facets.all.entries()) {
    progress(i / facets.all.length);
    await breathe();
    for (const from of facets.all) {
      if (from.table === to.table || from.form !== to.form) continue;
      if (
        from.form === 'number' &&
        from.column.kind === 'text' &&
        to.column.kind === 'text' &&
        from.alike(to)
      )
        continue;
      search.counted.pairs++;
      const pair = await pairOf(facets, from, to);
      if (pair === null) search.counted.refuted++;
      else if (pair.unique) kept.push(pair.pair);
      else parts.push(pair.pair);
    }
  }
  const best = bestOf(oneWay(kept));
  search.counted.refuted += kept.length - best.length;
  return { kept: best, parts: [...parts, ...kept] };
}

async function pairOf(
  facets: Facets,
  from: Facet,
  to: Facet,
): Promise<{ readonly pair: Pair; readonly unique: boolean } | null> {
  const [a, b] = [from.extent, to.extent];
  if (a.distinct < 2 || b.distinct < 2) return null;
  const names = agreementOf(
    { table: from.table, column: from.column.name },
    { table: to.table, column: to.column.name },
  );
  const maybeUnique = b.distinct >= UNIQUE_ABOUT * b.filled;
  // What is no key by itself can be a part of one where names agree.
  if (!maybeUnique && names.score < 0.6 && !names.same) return null;
  if (a.low !== null && b.low !== null && (a.low > b.high! || a.high! < b.low)) return null;
  if (names.score < STRONG && a.distinct > 2 * b.distinct) return null;
  if (names.score < 0.5 && !names.same && provesNothing(to)) return null;
  const [mine, theirs] = [await facets.sketch(from), await facets.sketch(to)];
  const there = containment(mine, theirs);
  const back = containment(theirs, mine);
  const known = there.of >= FEW;
  const contained = known ? there.share : names.score >= 0.5 || names.same ? CONTAINED : 0;
  const covered = back.of >= FEW ? back.share : 0;
  if (contained < CONTAINED && !(names.score >= STRONG && covered >= CONTAINED && contained > 0.05))
    return null;
  const chance = chanceOf(mine, theirs, from.form, from.texts.length);
  const keys = a.distinct * contained;
  const bits = bitsOf(keys, chance);
  // Times of regular rows meet everywhere; only a name tells that one refers to the other.
  const tells = from.form === 'time' ? names.score >= STRONG : names.score >= 0.5 || bits >= SOME_BITS;
  if (!tells && !names.same) return null;
  const unique = tells && maybeUnique && theirs.hashes.size >= UNIQUE * theirs.rows;
  const isKey = isKeyName(from.column.name) || isKeyName(to.column.name);
  const evidence: Evidence = {
    names: names.score,
    words: names.words,
    isKey,
    isText: from.form === 'text',
    chance,
  };
  const score = names.score + Math.min(1, bits / 150) + contained;
  const pair = { from, to, form: from.form, evidence, same: names.same, contained, covered, score };
  return { pair, unique };
}

/** Whether values of a column can be met by accident alone: times of regular rows, and numbers that leave no gaps. */
function provesNothing({ form, extent: { distinct, low, high } }: Facet): boolean {
  return form === 'time' || (low !== null && high !== null && distinct >= 0.9 * (high - low + 1));
}

/** Of two columns that contain each other only the way that reads better. */
function oneWay(pairs: readonly Pair[]): readonly Pair[] {
  const key = (a: Facet, b: Facet) =>
    JSON.stringify([a.table, a.column.name, b.table, b.column.name, a.form]);
  const there = new Map(pairs.map((p) => [key(p.from, p.to), p]));
  return pairs.filter((p) => {
    const back = there.get(key(p.to, p.from));
    if (back === undefined) return true;
    const better = (a: Pair, b: Pair) =>
      Math.round(20 * (a.contained - b.contained)) ||
      Math.round(20 * (a.evidence.names - b.evidence.names)) ||
      a.to.extent.filled - b.to.extent.filled ||
      pairs.indexOf(b) - pairs.indexOf(a);
    return better(p, back) > 0;
  });
}

/** The best pairs of each column, and of all. */
function bestOf(pairs: readonly Pair[]): readonly Pair[] {
  const taken = new Map<string, number>();
  return [...pairs]
    .sort((a, b) => b.score - a.score)
    .filter(({ from }) => {
      const key = JSON.stringify([from.table, from.column.name]);
      taken.set(key, (taken.get(key) ?? 0) + 1);
      return taken.get(key)! <= PER_COLUMN;
    });
}

async function measureAll(
  search: Search,
  pairs: readonly Pair[],
  progress: (share: number) => void,
): Promise<readonly JoinCandidate[]> {
  const found: JoinCandidate[] = [];
  if (pairs.length > MEASURED)
    search.notes.push(
      `${pairs.length - MEASURED} more pairs of columns that may be joins were not measured.`,
    );
  for (const [i, pair] of pairs.slice(0, MEASURED).entries()) {
    progress(i / Math.min(MEASURED, pairs.length));
    const join = await measurePair(search, [pair]);
    const candidate = judge(join, pair.evidence);
    if (candidate !== null) found.push(candidate);
  }
  return found;
}

/** Measures a join over one or several pairs; as texts only where that finds clearly more. */
export async function measurePair(search: Search, pairs: readonly Pair[]): Promise<MeasuredJoin> {
  const [first] = pairs;
  const { from, to } = first!;
  const ask = (comparison: JoinAsk['comparison']): JoinAsk => ({
    from: { table: from.table, columns: pairs.map((p) => p.from.column.name) },
    to: { table: to.table, columns: pairs.map((p) => p.to.column.name) },
    comparison,
  });
  const reaches = { from: search.reaches.get(from.table)!, to: search.reaches.get(to.table)! };
  const measure = (comparison: JoinAsk['comparison']) => {
    search.counted.measured++;
    return measured(search.query, ask(comparison), reaches, search.clock);
  };
  const ways = pairs.map((p) => comparisonsFor(p.from.column, p.to.column, p.form));
  const plain = ways.every((w) => w[0] === 'value') ? 'value' : 'number';
  const join = await measure(plain);
  if (pairs.length > 1 || ways[0]![1] === undefined || join.from.keys === 0) return join;
  const met = 1 - join.from.orphanKeys / join.from.keys;
  if (met >= first!.contained - 0.05) return join;
  return measure('text');
}
