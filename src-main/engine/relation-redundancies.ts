/**
 * Finds the columns of a table that say the same twice.
 */
import {
  type Derived,
  decimalsIn,
  derivedIn,
  derivedSql,
  type Line,
  lineSqlOf,
  lineThrough,
  sameIn,
  sameSql,
} from '../core/relation/redundancy';
import type { Redundancy } from '../core/relation/relation';
import { derivedWords, equalWords, lineWords, nullsWords, spellingWords } from '../core/relation/words';
import { isFloating } from '../core/table';
import type { Looked, Looking } from './relation-findings';
import { breathe } from './relation-sample';
import type { Progress } from './relations';

/** Rows times proofs over all rows; about half a minute on two cores. */
const PROOF_ROWS = 6e8;
const PROOFS = 200;
/** Number columns among which sums and products are sought: three of them at a time. */
const NUMBERS = 80;
/** Rows in which two columns must both have a value to be called equal there. */
const BOTH = 10;

/** What was found, and the columns that add nothing to an earlier one: dependencies are sought without them. */
export async function redundanciesIn(
  looking: Looking,
  progress: Progress,
): Promise<{ readonly redundancies: readonly Redundancy[]; readonly copies: ReadonlySet<string> }> {
  const { columns, notes, rows } = looking;
  const budget = {
    left: Math.max(10, Math.min(PROOFS, Math.floor(PROOF_ROWS / Math.max(1, rows)))),
    skipped: 0,
  };
  const found: Redundancy[] = [];
  const copies = new Set<string>();
  const alone = () => columns.filter((c) => !copies.has(c.column.name));

  for (const [i, a] of columns.entries()) {
    if (i % 20 === 0) {
      await breathe();
      progress((0.4 * i) / columns.length, 'comparing columns');
    }
    for (const b of columns.slice(i + 1)) {
      if (copies.has(a.column.name) || copies.has(b.column.name)) continue;
      const same = await sameness(looking, a, b, budget);
      if (same === null) continue;
      found.push(same);
      copies.add(b.column.name);
    }
  }

  const numbers = () => alone().filter((c) => c.column.kind === 'number');
  for (const [i, x] of numbers().entries()) {
    if (i % 5 === 0) await breathe();
    for (const y of numbers().slice(i + 1)) {
      if (copies.has(x.column.name) || copies.has(y.column.name)) continue;
      const line = lineThrough(x.value!, y.value!);
      if (line === null) continue;
      const proved = await provedLine(looking, x, y, line, budget);
      if (proved === null) continue;
      found.push(proved);
      copies.add(y.column.name);
    }
  }
  progress(0.7, 'looking for sums and products');

  const parts = numbers().slice(0, NUMBERS);
  if (numbers().length > NUMBERS)
    notes.push(`Sums and products were sought among the first ${NUMBERS} number columns only.`);
  const values = parts.map((c) => c.value!);
  const search = derivedIn(values, values.map(decimalsIn));
  let tried = 0;
  for (const derived of search) {
    if (++tried % 8 === 0) await breathe();
    const proved = await provedDerived(looking, parts, derived, budget);
    if (proved !== null) found.push(proved);
  }
  if (budget.skipped > 0)
    notes.push(
      `${budget.skipped.toLocaleString('en-US')} more pairs that hold in the sample were not proved over all rows, and are not told.`,
    );
  progress(1, `${found.length} redundancies`);
  return { redundancies: found, copies };
}

interface Budget {
  left: number;
  skipped: number;
}

/** Runs a proof if the budget allows it; null if not. */
async function proved(
  { reach }: Looking,
  sql: string,
  budget: Budget,
): Promise<{ readonly row: readonly number[]; readonly shown: string } | null> {
  if (budget.left <= 0) {
    budget.skipped++;
    return null;
  }
  budget.left--;
  const row = (await reach.query(sql)).rows[0] ?? [];
  return { row: row.map(Number), shown: sql.replaceAll(reach.from, reach.shown) };
}

function comparable(a: Looked, b: Looked): boolean {
  if (a.column.kind !== b.column.kind) return false;
  return (
    a.column.kind !== 'time' ||
    a.column.type === b.column.type ||
    !/^TIME($| )/.test(a.column.type + b.column.type)
  );
}

async function sameness(looking: Looking, a: Looked, b: Looked, budget: Budget): Promise<Redundancy | null> {
  if (!comparable(a, b)) return null;
  const [one, other] = [a.column, b.column];
  const columns = [one.name, other.name];
  const plain = sameIn(a.value ?? a.code, b.value ?? b.code);
  if (plain.same && (plain.aligned || plain.both >= BOTH)) {
    const answer = await proved(looking, sameSql(looking.reach.from, one, other, false), budget);
    if (answer === null) return null;
    const [rows = 0, different = 0, both = 0, conflicting = 0, filledA = 0, filledB = 0] = answer.row;
    if (different === 0)
      return { kind: 'equal', columns, sentence: equalWords(one.name, other.name, rows), sql: answer.shown };
    // Two values that are rarely different say little about each other.
    if (conflicting === 0 && both >= BOTH && Math.min(a.distinct, b.distinct) > 2)
      return {
        kind: 'nulls',
        columns,
        sentence: nullsWords(one.name, other.name, both, filledA, filledB),
        sql: answer.shown,
      };
  }
  if (a.folded === null || b.folded === null) return null;
  const folded = sameIn(a.folded, b.folded);
  if (!folded.same || !folded.aligned) return null;
  const { from } = looking.reach;
  const answer = await proved(looking, sameSql(from, one, other, true), budget);
  if (answer === null || answer.row[1] !== 0) return null;
  const spelt = await proved(looking, sameSql(from, one, other, false), budget);
  if (spelt === null) return null;
  const [rows = 0, different = 0] = spelt.row;
  const sentence = spellingWords(one.name, other.name, rows, different);
  return { kind: 'spelling', columns, sentence, sql: answer.shown };
}

async function provedLine(
  looking: Looking,
  x: Looked,
  y: Looked,
  line: Line,
  budget: Budget,
): Promise<Redundancy | null> {
  const sql = lineSqlOf(looking.reach.from, x.column, y.column, line);
  const answer = await proved(looking, sql, budget);
  if (answer === null || answer.row[1] !== 0) return null;
  const columns = [x.column.name, y.column.name];
  const sentence = lineWords(
    x.column.name,
    y.column.name,
    line,
    answer.row[0] ?? 0,
    isFloating(x.column.type) || isFloating(y.column.type),
  );
  return { kind: 'linear', ...line, columns, sentence, sql: answer.shown };
}

async function provedDerived(
  looking: Looking,
  parts: readonly Looked[],
  derived: Derived,
  budget: Budget,
): Promise<Redundancy | null> {
  const [x, y, z] = [parts[derived.x]!.column, parts[derived.y]!.column, parts[derived.z]!.column];
  const answer = await proved(looking, derivedSql(looking.reach.from, [x, y, z], derived), budget);
  if (answer === null || answer.row[1] !== 0) return null;
  const sentence = derivedWords(derived.kind, x.name, y.name, z.name, derived.decimals, answer.row[0] ?? 0);
  return { kind: derived.kind, columns: [x.name, y.name, z.name], sentence, sql: answer.shown };
}
