/**
 * Joins over several columns: where a table has a grain of two or three columns, and another table has a partner for each.
 */
import { STRONG } from '../core/join/agree';
import type { JoinCandidate } from '../core/join/join';
import { type Evidence, judge } from '../core/join/judge';
import { findGrains } from './grains';
import { measurePair, type Pair, type Search } from './join-find';

/** Pairs of tables that are looked at, and joins that are measured for one. */
const TABLES = 12;
const MEASURED = 3;
const WIDEST = 3;
/** From here on names agree enough for a part of a key. */
const NAMED = 0.6;

export async function compositeJoins(
  search: Search,
  pairs: readonly Pair[],
  singles: readonly JoinCandidate[],
): Promise<readonly JoinCandidate[]> {
  const groups = new Map<string, Pair[]>();
  for (const pair of pairs) {
    if (pair.evidence.names < NAMED && !pair.same) continue;
    const key = JSON.stringify([pair.from.table, pair.to.table]);
    groups.set(key, [...(groups.get(key) ?? []), pair]);
  }
  const grains = new Map<string, readonly (readonly string[])[]>();
  const found: JoinCandidate[] = [];
  let looked = 0;
  for (const [key, group] of groups) {
    const [from, to] = JSON.parse(key) as [string, string];
    const joined = singles.some(
      (s) => s.confident && s.measured.ask.from.table === from && s.measured.ask.to.table === to,
    );
    const told = group.some((p) => p.evidence.names >= STRONG);
    if (joined || !told || new Set(group.map((p) => p.to.column.name)).size < 2) continue;
    if (looked++ >= TABLES) {
      search.notes.push(`Keys of several columns were looked for in ${TABLES} pairs of tables only.`);
      break;
    }
    const known = grains.get(to) ?? (await grainsOf(search, to));
    grains.set(to, known);
    for (const grain of known.slice(0, MEASURED)) {
      const parts = grain.map((column) => bestFor(group, column));
      if (parts.some((p) => p === null)) continue;
      const whole = parts as readonly Pair[];
      if (new Set(whole.map((p) => p.from.column.name)).size < whole.length) continue;
      if (!whole.some((p) => p.evidence.names >= STRONG)) continue;
      const join = await measurePair(search, whole);
      const candidate = judge(join, evidenceOf(whole));
      if (candidate === null) continue;
      found.push(candidate);
      break;
    }
  }
  return found;
}

async function grainsOf(search: Search, table: string): Promise<readonly (readonly string[])[]> {
  const reach = { ...search.reaches.get(table)!, query: search.query };
  const { grains } = await findGrains(reach, WIDEST, search.clock, () => {});
  return grains.map((g) => g.columns).filter((columns) => columns.length > 1);
}

function bestFor(group: readonly Pair[], column: string): Pair | null {
  const fit = group.filter((p) => p.to.column.name === column);
  return fit.reduce<Pair | null>((best, p) => (best === null || p.score > best.score ? p : best), null);
}

/**
 * One part that is named as a reference makes a key of those named alike: the `line_no` of an order is one. Chance is that
 * of all parts at once, as far as keys fill their places.
 */
function evidenceOf(parts: readonly Pair[]): Evidence {
  const names = parts.map((p) => (p.same ? Math.max(STRONG, p.evidence.names) : p.evidence.names));
  const columns = parts.map((p) => `${p.from.column.name} ~ ${p.to.column.name}`);
  const places = parts.reduce((n, p) => n * Math.max(1, p.to.extent.distinct), 1);
  return {
    names: Math.min(...names),
    words: columns.join(', '),
    isKey: parts.some((p) => p.evidence.isKey),
    isText: false,
    chance: Math.min(1, parts[0]!.to.extent.filled / places),
  };
}
