/**
 * Sentinels: numbers such as −999 that stand for a missing value in a column of numbers.
 */
import { identifier } from '../sql';
import { isWhole } from '../table';
import type { Proposal, Warning } from './receipt';
import type { Ask, Spelling, Subject } from './spelling-ask';
import { sentinels } from './spelling-words';

/** Columns per statement. */
const BATCH = 500;
/** Different other values that a column must have before one of them can be said to stand apart. */
const OTHERS = 3;

/** Least and greatest value of columns of numbers, one row each: a sentinel that counts is one of them. */
function rangesSql(from: string, columns: readonly string[]): string {
  const edges = columns.flatMap((name) => {
    const v = identifier(name);
    return [`min(${v})::DOUBLE`, `max(${v})::DOUBLE`];
  });
  return `SELECT ${edges.join(', ')} FROM ${from}`;
}

/** How often columns have a value, one figure each: a scan, where the rest needs the distinct values. */
function timesSql(from: string, suspects: readonly Suspect[]): string {
  const counts = suspects.map(({ subject, value }) => `count_if(${identifier(subject.name)} = ${value})`);
  return `SELECT ${counts.join(', ')} FROM ${from}`;
}

/** An extreme of a column that is one of the numbers that usually mean missing. */
interface Suspect {
  readonly subject: Subject;
  readonly value: number;
}

/** How often a column has a value, and of its other values: how many, how many different, the least, the greatest. */
function apartSql(from: string, column: string, sentinel: number): string {
  return `SELECT count_if(v = ${sentinel}), count_if(v <> ${sentinel}), count(DISTINCT v) FILTER (WHERE v <> ${sentinel}),
  min(v) FILTER (WHERE v <> ${sentinel}), max(v) FILTER (WHERE v <> ${sentinel})
FROM (SELECT ${identifier(column)}::DOUBLE AS v FROM ${from})`;
}

/**
 * Proposes to read a number as missing where it is one that usually means so, occurs more than once, and is farther
 * from all other values than these are from each other.
 * @param from The table as it was read.
 * @param subjects Its columns of numbers.
 */
export async function studySentinels(
  ask: Ask,
  from: string,
  subjects: readonly Subject[],
): Promise<Spelling> {
  const proposals: Proposal[] = [];
  const warnings: Warning[] = [];
  const known = new Set(sentinels.map(Number));
  for (let i = 0; i < subjects.length; i += BATCH) {
    const batch = subjects.slice(i, i + BATCH);
    const edges = (
      await ask(
        rangesSql(
          from,
          batch.map((s) => s.name),
        ),
      )
    )[0];
    const suspects = batch.flatMap((subject, k) =>
      (edges?.slice(2 * k, 2 * k + 2) ?? []).flatMap((edge) =>
        edge !== null && known.has(Number(edge)) ? [{ subject, value: Number(edge) }] : [],
      ),
    );
    if (suspects.length === 0) continue;
    const times = (await ask(timesSql(from, suspects)))[0] ?? [];
    const proposed = new Set<string>();
    for (const [k, { subject, value }] of suspects.entries()) {
      if (Number(times[k]) < 2 || proposed.has(subject.name)) continue;
      const found = await judgeSentinel(ask, from, subject, value);
      if (found === null) continue;
      proposed.add(subject.name);
      proposals.push(found.proposal);
      warnings.push(found.warning);
    }
  }
  return { proposals, warnings };
}

async function judgeSentinel(
  ask: Ask,
  from: string,
  subject: Subject,
  sentinel: number,
): Promise<{ proposal: Proposal; warning: Warning } | null> {
  const [row] = await ask(apartSql(from, subject.name, sentinel));
  const [times, others, different, low, high] = (row ?? []).map(Number) as [
    number,
    number,
    number,
    number,
    number,
  ];
  if (different < OTHERS) return null;
  const distance = sentinel < low ? low - sentinel : sentinel - high;
  if (distance <= high - low || (sentinel < 0 && low < 0 && distance <= 2 * (high - low))) return null;
  const word = String(sentinel);
  return {
    proposal: {
      code: 'null-words',
      reading: { column: subject.name, as: isWhole(subject.type) ? 'whole' : 'number', nulls: [word] },
      words: `Keep as a number; read ${word} as missing`,
      filled: others,
      fits: others,
      against: [],
      examples: [{ from: word, to: 'null' }],
      ambiguous: 0,
      alternatives: [],
    },
    warning: {
      code: 'null-words',
      column: subject.name,
      message: `${subject.name} holds ${word} in ${times.toLocaleString('en-US')} rows, far from all its other values (${low} to ${high}); it usually means missing`,
      remedy: 'Count it as missing if that is what it means.',
    },
  };
}
