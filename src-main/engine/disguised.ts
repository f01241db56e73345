/**
 * Values of a table that may stand for a missing one: found by their words, their place and their number, then counted.
 */
import {
  type Ends,
  endsSql,
  isLikelyWord,
  isOrdered,
  readEnds,
  timesSql,
  wordsSql,
} from '../core/missing/count';
import type { MissingAsk, MissingDisguised, Suspect } from '../core/missing/missing';
import { type Around, aroundSql, longSql, ranked, readAround, spikesOf } from '../core/missing/spike';
import { suspectsOf } from '../core/profile/disguise';
import { IQR_K } from '../core/profile/groups';
import type { Outliers } from '../core/profile/profile';
import type { Column } from '../core/table';
import type { Engine, Reach } from './engine';
import { batches, COUNTED, selectionOf } from './missing';
import type { Clock } from './profile';
import { type Statements, statements } from './statements';

/** Columns whose values are sorted by one statement. */
const SORTED = 50;
/** Cells of the sample in which odd values are looked for, and the rows it has. */
const CELLS = 5_000_000;
const SAMPLE = { least: 2_000, most: 50_000 } as const;

/** @throws ProblemError `table-missing`, `query-cancelled`, or what the data answers. */
export function missingDisguised(
  engine: Engine,
  ask: MissingAsk,
  clock: Clock,
  signal?: AbortSignal,
): Promise<MissingDisguised> {
  return engine.lane(
    ask.table,
    selectionOf(ask),
    async (reach) => {
      const to = statements(reach, clock);
      const { columns } = reach.table;
      const [row] = await to.ask(`SELECT count(*) FROM ${reach.from}`);
      const rows = Number(row?.[0] ?? 0);
      if (rows === 0) return { suspects: [], sampled: 0, evidence: to.evidence(0) };
      const ends: Ends[] = [];
      for (const batch of batches(columns, COUNTED))
        ends.push(...readEnds(batch, (await to.ask(endsSql(reach.from, batch)))[0] ?? []));
      const { around, sampled } = await lookAround(reach, columns, rows);
      const suspects = [
        ...(await spelt(to, reach.from, columns, ends)),
        ...(await odd(to, reach.from, columns, ends, around, rows > sampled ? sampled : null)),
      ];
      return { suspects: ranked(suspects), sampled, evidence: to.evidence(rows) };
    },
    signal,
  );
}

/** How the values of numbers and times stand beside one another, in a sample of the rows. */
async function lookAround(
  { query, sample }: Reach,
  columns: readonly Column[],
  rows: number,
): Promise<{ around: ReadonlyMap<string, Around>; sampled: number }> {
  const ordered = columns.filter(isOrdered);
  const wanted = Math.round(CELLS / Math.max(1, ordered.length));
  const { from, whole } = sample(Math.min(SAMPLE.most, Math.max(SAMPLE.least, wanted)));
  const around = new Map<string, Around>();
  let sampled = whole ? rows : 0;
  for (const batch of batches(ordered, SORTED)) {
    await query(`CREATE OR REPLACE TEMP TABLE temp.around AS ${longSql(from, batch)}`);
    if (!whole)
      sampled = Number((await query('SELECT count(*) FROM temp.around WHERE k = 0')).rows[0]?.[0] ?? 0);
    const rows = (await query(aroundSql('temp.around'))).rows;
    for (const [k, found] of readAround(batch, rows)) around.set(batch[k]!.name, found);
  }
  return { around, sampled };
}

/** Words that stand for a missing value. */
async function spelt(
  to: Statements,
  from: string,
  columns: readonly Column[],
  ends: readonly Ends[],
): Promise<readonly Suspect[]> {
  const found: Suspect[] = [];
  const having = columns.flatMap((column, i) =>
    ends[i]!.words > 0 ? [{ column, filled: ends[i]!.filled }] : [],
  );
  for (const batch of batches(having, SORTED)) {
    const rows = await to.ask(
      wordsSql(
        from,
        batch.map((b) => b.column),
      ),
    );
    for (const [k, word, n] of rows) {
      const one = batch[Number(k)]!;
      const likely = isLikelyWord(String(word));
      found.push({
        column: one.column.name,
        value: String(word),
        kind: 'word',
        count: Number(n),
        filled: one.filled,
        likely,
        why: likely
          ? 'a word that usually means missing'
          : 'a word that may mean missing, or be a category of its own',
      });
    }
  }
  return found;
}

/** Numbers and times that stand for a missing value, or look filled in; counted over all rows. */
async function odd(
  to: Statements,
  from: string,
  columns: readonly Column[],
  ends: readonly Ends[],
  around: ReadonlyMap<string, Around>,
  sampled: number | null,
): Promise<readonly Suspect[]> {
  const basis = sampled === null ? '' : ` in a sample of ${sampled.toLocaleString('en-US')} rows`;
  const asked = columns.flatMap((column, i) => {
    const near = around.get(column.name);
    if (near === undefined) return [];
    const { min, max, filled } = ends[i]!;
    const known = suspectsOf(column, min, max, fencesOf(near)).map((cell) => ({
      value: String(cell),
      kind: column.kind === 'time' ? ('calendar' as const) : ('sentinel' as const),
      likely: true,
      why:
        column.kind === 'time'
          ? `the ${cell === min ? 'first' : 'last'} of its times, and a day on which calendars of computers ${cell === min ? 'begin' : 'end'}`
          : `the ${cell === min ? 'least' : 'greatest'} value, far from the others; such a number usually means missing`,
    }));
    const same = (text: string) =>
      known.some((k) => k.value.replace('T', ' ') === text || Number(k.value) === Number(text));
    const spikes = spikesOf(column, near, basis)
      .filter((s) => !same(s.value))
      .map((s) => ({ ...s, likely: false }));
    return [...known, ...spikes].map((one) => ({ column, filled, ...one }));
  });
  const found: Suspect[] = [];
  for (const batch of batches(asked, COUNTED)) {
    const [row] = await to.ask(timesSql(from, batch));
    batch.forEach(({ column, ...one }, i) => {
      const count = Number(row?.[i] ?? 0);
      // Once is a value like another.
      if (count > 1) found.push({ ...one, column: column.name, count });
    });
  }
  return found;
}

function fencesOf({ q1, q3 }: Around): Outliers {
  const reach = IQR_K * (q3 - q1);
  const none = { method: 'iqr', k: IQR_K, count: 0, below: 0, above: 0, examples: [] } as const;
  return { ...none, lower: q1 - reach, upper: q3 + reach };
}
