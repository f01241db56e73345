/**
 * Finds which columns of a table determine others.
 */
import { type Codes, codesOf } from '../core/relation/category';
import {
  agreementSql,
  breaking,
  determinesSql,
  isNear,
  mightBeChance,
  type Partition,
  partitionOf,
  sameness,
  together,
} from '../core/relation/dependency';
import { type Dependency, NEAR, type Redundancy } from '../core/relation/relation';
import { codingWords, determinesWords } from '../core/relation/words';
import type { Column } from '../core/table';
import type { Looking } from './relation-findings';
import { breathe } from './relation-sample';
import type { Progress } from './relations';

/** Rows times left sides proved over all rows; about a minute on two cores. */
const PROOF_ROWS = 3e8;
const PROOFS = 300;
/** Right columns of one statement. */
const RIGHTS = 40;
/** Columns among which pairs are tried as left sides. */
const PAIRED = 24;
const PAIR_PROOFS = 40;
/** Share of rows that may break a dependency in a sample: more than over all rows, because a sample strays. */
const STRAY = 0.03;
/** Different values over rows from which on a left side is as good as a key. */
const KEYLIKE = 0.9;
/** Rows of the sample beyond the first of their group that a left side must have. */
const REPEATED = 3;

interface Side {
  readonly columns: readonly Column[];
  readonly codes: Codes;
}

/** What a proof over all rows says. */
interface Proof {
  readonly left: readonly Column[];
  readonly right: Column;
  readonly rows: number;
  readonly groups: number;
  readonly support: number;
  readonly agree: number;
}

interface Budget {
  left: number;
  skipped: number;
}

export async function dependenciesIn(
  looking: Looking,
  progress: Progress,
): Promise<{ readonly dependencies: readonly Dependency[]; readonly codings: readonly Redundancy[] }> {
  const { reach, rows, notes } = looking;
  const sides = looking.columns.map((c): Side => ({ columns: [c.column], codes: codesOf(c.code) }));
  const chance = sides.map((s) => sameness(s.codes));
  const budget: Budget = {
    left: Math.max(10, Math.min(PROOFS, Math.floor(PROOF_ROWS / Math.max(1, rows)))),
    skipped: 0,
  };
  const proofs: Proof[] = [];
  let unique = 0;
  // What has few values costs least to prove and says most.
  const byDistinct = sides
    .map((_, i) => i)
    .sort((a, b) => sides[a]!.codes.distinct - sides[b]!.codes.distinct);
  for (const [at, i] of byDistinct.entries()) {
    await breathe();
    progress((0.7 * at) / sides.length, `${at} of ${sides.length} columns`);
    const left = sides[i]!;
    if (left.codes.distinct < 2) continue;
    const partition = partitionOf(left.codes);
    if (
      partition.rows - partition.groups < REPEATED ||
      (looking.whole && partition.groups > KEYLIKE * partition.rows)
    ) {
      unique++;
      continue;
    }
    const most = looking.whole ? (1 - NEAR) * partition.order.length : STRAY * partition.order.length;
    const rights = sides.flatMap((s, j) =>
      j !== i && breaking(partition, s.codes, most) <= most ? [j] : [],
    );
    const found = await prove(
      looking,
      left,
      rights.map((j) => ({ column: sides[j]!.columns[0]!, ...chance[j]! })),
      true,
      budget,
    );
    proofs.push(...found);
  }
  const { classes, kept } = oneToOne(
    proofs,
    looking.columns.map((c) => c.column),
  );
  if (unique > 0)
    notes.push(
      `${unique === 1 ? 'One column has' : `${unique} columns have`} hardly a value twice${looking.whole ? '' : ' in the sample'}: as keys they determine every column, which is not told.`,
    );

  const single = sides.filter((s) => kept.has(s.columns[0]!.name));
  if (single.length <= PAIRED) {
    const pairBudget: Budget = {
      left: Math.max(4, Math.min(PAIR_PROOFS, Math.floor(PROOF_ROWS / 3 / Math.max(1, rows)))),
      skipped: 0,
    };
    proofs.push(...(await pairsOf(looking, single, proofs, pairBudget, progress)));
    budget.skipped += pairBudget.skipped;
  } else
    notes.push(
      `Pairs of columns were not tried as left sides: the table has more than ${PAIRED} columns that differ.`,
    );
  if (budget.skipped > 0)
    notes.push(
      `${budget.skipped.toLocaleString('en-US')} more left sides that hold in the sample were not proved over all rows, and are not told.`,
    );
  const told = proofs.filter((p) => kept.has(p.right.name) && p.left.every((c) => kept.has(c.name)));
  progress(1, `${told.length} dependencies`);
  return {
    dependencies: told.map((p) => dependencyOf(p, reach.from, reach.shown)).sort(order),
    codings: classes.map((group): Redundancy => {
      const [a, b] = [group.columns[0]!, group.columns[1]!];
      const names = group.columns.map((c) => c.name);
      const sql = agreementSql(reach.shown, [a], b);
      return { kind: 'coding', columns: names, sentence: codingWords(names, group.groups, group.rows), sql };
    }),
  };
}

function order(a: Dependency, b: Dependency): number {
  return (
    a.left.length - b.left.length ||
    Number(b.agree === b.rows) - Number(a.agree === a.rows) ||
    b.rows - b.groups - (a.rows - a.groups)
  );
}

function dependencyOf(proof: Proof, from: string, shown: string): Dependency {
  const left = proof.left.map((c) => c.name);
  const { rows, agree, groups, support } = proof;
  const sql = agreementSql(from, proof.left, proof.right).replaceAll(from, shown);
  const sentence = determinesWords(left, proof.right.name, proof);
  return { left, right: proof.right.name, rows, agree, groups, support, sentence, sql };
}

interface Right {
  readonly column: Column;
  readonly same: number;
  readonly top: number;
}

/** Proves what the left side determines; trivial and accidental ones are left out. */
async function prove(
  { reach }: Looking,
  left: Side,
  rights: readonly Right[],
  near: boolean,
  budget: Budget,
): Promise<readonly Proof[]> {
  const proofs: Proof[] = [];
  for (let first = 0; first < rights.length; first += RIGHTS) {
    if (budget.left <= 0) {
      budget.skipped++;
      break;
    }
    budget.left--;
    const some = rights.slice(first, first + RIGHTS);
    const columns = some.map((r) => r.column);
    const row = (await reach.query(determinesSql(reach.from, left.columns, columns))).rows[0] ?? [];
    const [groups = 0, rows = 0, support = 0, ...broken] = row.map(Number);
    // What is nearly a key determines everything, and so says nothing.
    if (groups > KEYLIKE * rows) return proofs;
    for (const [i, right] of some.entries()) {
      const about = { left: left.columns, right: right.column, rows, groups, support };
      if (mightBeChance(rows, groups, right.same)) continue;
      if (broken[i] === 0) proofs.push({ ...about, agree: rows });
      // Each of these groups holds at least one row that breaks it.
      else if (near && broken[i]! <= (1 - NEAR) * support) {
        if (budget.left <= 0) {
          budget.skipped++;
          continue;
        }
        budget.left--;
        const answer = await reach.query(agreementSql(reach.from, left.columns, right.column));
        const agree = Number(answer.rows[0]?.[1] ?? 0);
        if (isNear({ rows, agree, support }, right.top)) proofs.push({ ...about, agree });
      }
    }
  }
  return proofs;
}

/** Columns that determine each other become one; only the first of them stays among the left and right sides. */
function oneToOne(proofs: readonly Proof[], columns: readonly Column[]) {
  const exact = new Map<string, Proof>();
  const key = (a: Column, b: Column) => JSON.stringify([a.name, b.name]);
  for (const p of proofs)
    if (p.left.length === 1 && p.agree === p.rows) exact.set(key(p.left[0]!, p.right), p);
  const kept = new Set(columns.map((c) => c.name));
  const classes: { readonly columns: Column[]; readonly groups: number; readonly rows: number }[] = [];
  for (const [i, a] of columns.entries()) {
    if (!kept.has(a.name)) continue;
    const others = columns.slice(i + 1).filter((b) => {
      const [there, back] = [exact.get(key(a, b)), exact.get(key(b, a))];
      return kept.has(b.name) && there?.groups !== undefined && there.groups === back?.groups;
    });
    if (others.length === 0) continue;
    for (const b of others) kept.delete(b.name);
    const { groups, rows } = exact.get(key(a, others[0]!))!;
    classes.push({ columns: [a, ...others], groups, rows });
  }
  return { classes, kept };
}

/** What two columns together determine and neither alone does. */
async function pairsOf(
  looking: Looking,
  sides: readonly Side[],
  known: readonly Proof[],
  budget: Budget,
  progress: Progress,
): Promise<readonly Proof[]> {
  const chance = sides.map((s) => sameness(s.codes));
  const alone = new Set(known.map((p) => JSON.stringify([p.left[0]!.name, p.right.name])));
  const determined = (side: Side, right: Side) =>
    alone.has(JSON.stringify([side.columns[0]!.name, right.columns[0]!.name]));
  const found: Proof[] = [];
  for (const [i, a] of sides.entries()) {
    await breathe();
    progress(0.7 + (0.3 * i) / sides.length, 'pairs of columns');
    for (const b of sides.slice(i + 1)) {
      if (determined(a, b) || determined(b, a)) continue;
      const codes = together(a.codes, b.codes);
      const partition: Partition = partitionOf(codes);
      // Where most pairs occur once, they are nearly a key.
      if (partition.rows - partition.groups < partition.rows / 2) continue;
      const rights = sides.flatMap((right, j) => {
        if (right === a || right === b || determined(a, right) || determined(b, right)) return [];
        return breaking(partition, right.codes, 0) === 0
          ? [{ column: right.columns[0]!, ...chance[j]! }]
          : [];
      });
      const side: Side = { columns: [a.columns[0]!, b.columns[0]!], codes };
      found.push(...(await prove(looking, side, rights, false, budget)));
    }
  }
  return found;
}
