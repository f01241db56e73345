/**
 * Finds what identifies a row of a table: sets of columns are refuted on a sample first, then on all rows of a share of the
 * values, and what stands is counted on all rows by its values.
 */
import type { FoundGrain, GrainsFound, NearGrain } from '../core/grain/grain';
import { isKeyName } from '../core/grain/name';
import {
  bitsSql,
  fewOf,
  fitsBits,
  hashesSql,
  nearOf,
  type Proof,
  proofSql,
  readProof,
} from '../core/grain/prove';
import {
  isLastResort,
  type RankedColumn,
  reasonsFor,
  unlikeliness,
  unlikelinessOf,
} from '../core/grain/rank';
import { type Coded, coded, repeatsIn, setsOf } from '../core/grain/sets';
import { identifier } from '../core/sql';
import type { Cell, Column } from '../core/table';
import type { Reach } from './engine';
import type { Clock } from './profile';
import { breathe, fetched, keep, sampleOf, surveyed } from './relation-sample';
import type { Progress } from './relations';

const SAMPLE = 20_000;
/** Columns looked at, and those that are put together. */
const LOOKED = 300;
const COMBINED = 24;
/** Columns of a set at most, whatever is asked. */
const WIDEST = 4;
/** Sets tried in the sample. */
const TRIED = 2_000;
/** Rows times sets counted on all rows, and sets counted at most and at least. */
const PROOF_ROWS = 4e7;
const PROOFS = 200;
const FEWEST_PROOFS = 4;
/** Rows of a share of the values, from which sets are refuted that the sample could not. */
const SHARE = 100_000;
/** Sets refuted in one share, and shares that are taken. */
const SHARED_SETS = 60;
const SHARES = 3;
/** How far a share may be beyond what makes a near miss: it is a part. */
const STRAY = 2;
/** Sets of large tables that are told as near misses. */
const LATER = 2;
const TOLD = 24;

interface Candidate extends RankedColumn {
  readonly filled: number;
  readonly distinct: number;
}

export async function findGrains(
  reach: Reach,
  widest: number,
  clock: Clock,
  progress: Progress,
): Promise<GrainsFound> {
  return new Finding(reach, clock, progress).find(Math.max(1, Math.min(WIDEST, Math.trunc(widest) || 1)));
}

class Finding {
  private readonly begun: number;
  private readonly notes: string[] = [];
  private readonly sql: string[] = [];
  private readonly grains: { readonly set: readonly Candidate[]; readonly grain: FoundGrain }[] = [];
  private readonly near: { readonly set: readonly Candidate[]; readonly near: NearGrain }[] = [];
  /** Columns that few rows keep from being a key. */
  private readonly almost = new Set<Candidate>();
  /** Sets that are nearly a key, to be counted by value if nothing is one. */
  private readonly later: (readonly Candidate[])[] = [];
  private tried = 0;
  private refuted = 0;
  private proved = 0;
  private budget = 0;
  private unproved = 0;
  private rows = 0;
  private taken = 0;
  private whole = true;

  constructor(
    private readonly reach: Reach,
    private readonly clock: Clock,
    private readonly progress: Progress,
  ) {
    this.begun = clock.now();
  }

  async find(widest: number): Promise<GrainsFound> {
    const all = this.columns();
    const sample = await sampleOf(this.reach, SAMPLE);
    this.rows = sample.rows;
    this.whole = sample.whole;
    this.budget = Math.max(FEWEST_PROOFS, Math.min(PROOFS, Math.floor(PROOF_ROWS / Math.max(1, this.rows))));
    if (this.rows < 2)
      this.notes.push(
        this.rows === 0 ? 'The table has no rows.' : 'The table has one row: any column identifies it.',
      );
    else if (all.length > 0) await this.search(all, sample.from, widest);
    return this.answer();
  }

  private columns(): readonly Column[] {
    const { columns } = this.reach.table;
    const flat = columns.filter((c) => c.kind !== 'nested');
    if (flat.length < columns.length)
      this.notes.push(`${columns.length - flat.length} nested columns were not looked at.`);
    if (flat.length <= LOOKED) return flat;
    this.notes.push(
      `Of ${flat.length.toLocaleString('en-US')} columns the first ${LOOKED} were looked at, and those named like a key.`,
    );
    return flat.filter((c, i) => i < LOOKED || isKeyName(c.name)).slice(0, 2 * LOOKED);
  }

  private async search(columns: readonly Column[], from: string, widest: number): Promise<void> {
    this.progress(0.02, 'taking a sample');
    const candidates = await this.survey(columns, from);
    const usual = candidates.filter((c) => !isLastResort(c));
    const last = candidates.filter(isLastResort);
    await this.singles(usual);
    if (widest > 1) await this.together(usual, widest);
    if (this.grains.length === 0) {
      await this.singles(last);
      if (this.grains.length === 0 && widest > 1 && last.length > 0 && this.rows > 0)
        await this.together([...usual, ...last], widest, last);
    } else if (last.length > 0)
      this.notes.push(
        `${last.length === 1 ? 'One column of fractions or long texts was' : `${last.length} columns of fractions or long texts were`} left out: they differ by accident.`,
      );
    if (this.grains.length === 0) for (const set of this.later.slice(0, LATER)) await this.count(set);
    if (this.unproved > 0)
      this.notes.push(
        `${this.unproved.toLocaleString('en-US')} more sets that a sample does not refute were not counted on all rows.`,
      );
  }

  /** Values and different values of each column in the sample, which stays in a temporary table as numbers. */
  private async survey(columns: readonly Column[], from: string): Promise<readonly Candidate[]> {
    const texts = columns.filter((c) => c.type === 'VARCHAR');
    const expressions = [...columns.map(codeSql), ...texts.map((c) => `strlen(${identifier(c.name)})`)];
    const kept = await keep(this.reach.query, from, expressions, 'assay_grain_sample');
    this.taken = kept.taken;
    const means = texts.map((_, i) => `avg(v${columns.length + i})`);
    const lengths =
      texts.length === 0
        ? []
        : ((await this.reach.query(`SELECT ${means.join(', ')} FROM ${kept.name}`)).rows[0] ?? []);
    const found: Candidate[] = [];
    for (let first = 0; first < columns.length; ) {
      const some = await surveyed(this.reach.query, kept.name, first, columns.length);
      for (const [i, { filled, distinct }] of some.entries()) {
        const column = columns[first + i]!;
        const length = Number(lengths[texts.indexOf(column)] ?? 0);
        found.push({ column, place: first + i, length, filled, distinct });
      }
      first += some.length;
    }
    return found;
  }

  private async singles(candidates: readonly Candidate[]): Promise<void> {
    const few = fewOf(this.taken);
    const standing: Candidate[] = [];
    for (const c of [...candidates].sort((a, b) => unlikeliness(a) - unlikeliness(b))) {
      this.tried++;
      // Each value that is there twice breaks at least two rows, and lacking ones break theirs.
      const breaking = this.taken - c.filled + (c.filled === c.distinct ? 0 : c.filled - c.distinct + 1);
      if (breaking > few || c.filled === 0) this.refuted++;
      else standing.push(c);
    }
    const shares = await this.sharesOf(standing);
    for (const [i, c] of standing.entries()) {
      const share = shares[i]!;
      if (share.breaking > STRAY * fewOf(this.rows)) this.refuted++;
      else await this.prove([c], share.bits);
      this.progress(0.1 + (0.4 * (i + 1)) / standing.length, c.column.name);
    }
  }

  /** What a share of the values says of how many rows break each column alone, and a quick proof where there is one. */
  private async sharesOf(
    candidates: readonly Candidate[],
  ): Promise<readonly { breaking: number; bits: string | null }[]> {
    if (this.whole || candidates.length === 0) return candidates.map(() => ({ breaking: 0, bits: null }));
    const parts = Math.max(1, Math.floor(this.rows / SHARE));
    const list = candidates.flatMap(({ column }) => {
      const name = identifier(column.name);
      const share = `FILTER (WHERE hash(${name}) % ${parts} = 0)`;
      const ends = column.kind === 'number' ? [`min(${name})`, `max(${name})`] : ['NULL', 'NULL'];
      return [`count(${name})`, `count(${name}) ${share}`, `count(DISTINCT ${name}) ${share}`, ...ends];
    });
    const { rows } = await this.reach.query(`SELECT ${list.join(', ')} FROM ${this.reach.from}`);
    return candidates.map(({ column }, i) => {
      const [filled, some, different, low, high] = (rows[0] ?? []).slice(5 * i, 5 * i + 5).map(numberOf);
      const breaking = this.rows - filled! + (some! - different!) * parts;
      const bits = fitsBits(column, low!, high!, this.rows)
        ? bitsSql(this.reach.from, column, low!, high!)
        : null;
      return { breaking, bits };
    });
  }

  /** Sets of two and more columns, each size after the smaller ones are known. */
  private async together(
    candidates: readonly Candidate[],
    widest: number,
    needed: readonly Candidate[] = candidates,
  ): Promise<void> {
    const keys = new Set(this.grains.filter((g) => g.set.length === 1).map((g) => g.set[0]!));
    const fit = candidates
      .filter((c) => c.filled === this.taken && c.distinct > 1 && !keys.has(c))
      .filter((c) => keys.size === 0 || !this.restsOnNear([c]))
      .sort((a, b) => unlikeliness(a) - unlikeliness(b));
    const columns = fit.slice(0, COMBINED);
    if (fit.length > columns.length)
      this.notes.push(`${COMBINED} of ${fit.length} columns were put together to sets, the likeliest ones.`);
    const codes = await this.codesOf(columns);
    // Of what holds or may hold, a larger set says nothing more.
    const closed: (readonly number[])[] = [];
    for (let size = 2; size <= Math.min(widest, columns.length); size++) {
      const known = Math.min(...this.grains.map((g) => g.set.length));
      if (!this.whole && size > known + 1) {
        this.notes.push(`Sets of ${size} columns were not tried: fewer identify every row.`);
        break;
      }
      const all = await this.standing(columns, codes, size, closed);
      const standing = all.filter((set) => set.some((i) => needed.includes(columns[i]!)));
      await this.settle(columns, standing, closed);
      this.progress(0.5 + (0.5 * size) / widest, `sets of ${size} columns`);
    }
  }

  private async codesOf(columns: readonly Candidate[]): Promise<readonly Coded[]> {
    const places = columns.map((c) => c.place);
    return (await fetched(this.reach.query, 'assay_grain_sample', this.taken, places)).map(coded);
  }

  /** Sets that the sample does not refute. */
  private async standing(
    columns: readonly Candidate[],
    codes: readonly Coded[],
    size: number,
    closed: readonly (readonly number[])[],
  ): Promise<readonly (readonly number[])[]> {
    const few = this.grains.length > 0 ? 0 : fewOf(this.taken) - 1;
    const found: (readonly number[])[] = [];
    let tried = 0;
    for (const set of setsOf(columns.length, size, closed)) {
      if (++tried > TRIED) {
        this.notes.push(
          `Of the sets of ${size} columns ${TRIED.toLocaleString('en-US')} were tried, the likeliest ones.`,
        );
        break;
      }
      this.tried++;
      if (tried % 50 === 0) await breathe();
      if (
        repeatsIn(
          set.map((i) => codes[i]!),
          few,
        ) > few
      )
        this.refuted++;
      else found.push(set);
    }
    const rank = (set: readonly number[]) => {
      const chosen = set.map((i) => columns[i]!);
      return unlikelinessOf(chosen) + (this.restsOnNear(chosen) ? 500 : 0);
    };
    return found.sort((a, b) => rank(a) - rank(b));
  }

  /** Counts on all rows what stands, the likeliest sets first, after a share of the values has refuted what it can. */
  private async settle(
    columns: readonly Candidate[],
    standing: readonly (readonly number[])[],
    closed: (readonly number[])[],
  ): Promise<void> {
    const prove = async (sets: readonly (readonly number[])[]) => {
      for (const set of sets) {
        const chosen = set.map((i) => columns[i]!);
        if (this.grains.length > 0 && this.restsOnNear(chosen)) continue;
        if (await this.prove(chosen)) closed.push(set);
      }
    };
    if (this.whole) return prove(standing);
    for (const [i, [anchor, sets]] of byAnchor(columns, standing).entries()) {
      const some = i < SHARES ? sets.slice(0, SHARED_SETS) : [];
      this.unproved += sets.length - some.length;
      if (some.length > 0) await prove(await this.afterShare(columns, anchor, some));
    }
  }

  /** Whether a column of a large table is nearly a key: beside a key it makes keys of all it is put with, which say nothing. */
  private restsOnNear(set: readonly Candidate[]): boolean {
    return !this.whole && set.some((c) => this.almost.has(c));
  }

  private async afterShare(
    columns: readonly Candidate[],
    anchor: number,
    sets: readonly (readonly number[])[],
  ): Promise<readonly (readonly number[])[]> {
    const breaking = await this.sharedBreaks(columns, anchor, sets);
    const most = this.grains.length > 0 ? 0 : STRAY * fewOf(this.rows);
    const kept = sets.filter((_, i) => breaking[i]! <= most);
    this.refuted += sets.length - kept.length;
    return kept;
  }

  /** Rows that break each set, from all rows of a share of the values of one column that is in all of them. */
  private async sharedBreaks(
    columns: readonly Candidate[],
    anchor: number,
    sets: readonly (readonly number[])[],
  ): Promise<readonly number[]> {
    const { query, from } = this.reach;
    const { column, distinct } = columns[anchor]!;
    const parts = Math.max(1, Math.min(Math.floor(this.rows / SHARE), Math.floor(distinct / 4)));
    const used = [...new Set(sets.flat())];
    const list = used.map((i) => `hash(${identifier(columns[i]!.column.name)}) AS h${i}`);
    await query(
      `CREATE OR REPLACE TEMP TABLE assay_grain_share AS SELECT ${list.join(', ')} FROM ${from} WHERE hash(${identifier(column.name)}) % ${parts} = 0`,
    );
    const counts = sets.map(
      (set) => `count(*) - count(DISTINCT hash(${set.map((i) => `h${i}`).join(', ')}))`,
    );
    const row = (await query(`SELECT ${counts.join(', ')} FROM assay_grain_share`)).rows[0] ?? [];
    await query('DROP TABLE assay_grain_share');
    return sets.map((_, i) => Number(row[i] ?? 0) * parts);
  }

  /** Counts a set on all rows. Whether it is a key, or may be one and was not counted. */
  private async prove(set: readonly Candidate[], bits: string | null = null): Promise<boolean> {
    if (this.budget <= 0) {
      this.unproved++;
      return true;
    }
    const columns = set.map((c) => c.column);
    const { query, from, shown } = this.reach;
    const sql = proofSql(shown, columns);
    this.proved++;
    const quick = bits ?? (this.isPlain(set) ? null : hashesSql(from, columns));
    if (quick !== null) {
      if (bits === null) this.budget--;
      const [rows, filled, different] = ((await query(quick)).rows[0] ?? []).map(numberOf);
      this.sql.push(quick.replaceAll(from, shown));
      if (rows === filled && filled === different) return this.told(set, sql);
      const isNear = rows! - different! <= fewOf(rows!);
      if (isNear && set.length === 1) this.almost.add(set[0]!);
      if (isNear && set.length > 1) this.later.push(set);
      if (!isNear || !this.tellsNear(set) || set.length > 1) return false;
    }
    return this.count(set);
  }

  /** Counts a set by its values, with what breaks it. */
  private async count(set: readonly Candidate[]): Promise<boolean> {
    const columns = set.map((c) => c.column);
    const { query, from, shown } = this.reach;
    const sql = proofSql(shown, columns);
    this.budget--;
    const proof = readProof(columns, (await query(proofSql(from, columns))).rows[0] ?? []);
    this.sql.push(sql);
    if (proof.nulls + proof.repeated === 0) return this.told(set, sql);
    if (this.isNear(set, proof)) {
      this.near.push({ set, near: nearOf(proof, sql) });
      if (set.length === 1) this.almost.add(set[0]!);
    }
    return false;
  }

  /** Whether it is counted by value at once: what is small costs nothing, and what may nearly be a key is told with its figures. */
  private isPlain(set: readonly Candidate[]): boolean {
    return this.whole || (set.length === 1 && this.tellsNear(set));
  }

  /** Whether it is told if few rows break it: beside a key only what is meant to identify something. */
  private tellsNear(set: readonly Candidate[]): boolean {
    return this.whole || this.grains.length === 0 || (set.length === 1 && set[0]!.column.kind !== 'time');
  }

  private told(set: readonly Candidate[], sql: string): true {
    const grain = { columns: set.map((c) => c.column.name), reasons: reasonsFor(set, this.rows), sql };
    this.grains.push({ set, grain });
    return true;
  }

  /** Whether few rows break it, and no part of it is as near. */
  private isNear(set: readonly Candidate[], proof: Proof): boolean {
    const part = this.near.some((n) => n.set.every((c) => set.includes(c)));
    return !part && proof.nulls + proof.repeated <= fewOf(proof.rows);
  }

  private answer(): GrainsFound {
    const byRank = [...this.grains].sort((a, b) => unlikelinessOf(a.set) - unlikelinessOf(b.set));
    const breaking = (n: NearGrain) => n.nulls + n.repeated;
    const near = this.near.sort(
      (a, b) =>
        a.set.length - b.set.length ||
        breaking(a.near) - breaking(b.near) ||
        unlikelinessOf(a.set) - unlikelinessOf(b.set),
    );
    if (byRank.length > TOLD)
      this.notes.push(
        `${byRank.length - TOLD} more sets identify every row; the likeliest ${TOLD} are told.`,
      );
    return {
      table: this.reach.table.name,
      grains: byRank.slice(0, TOLD).map((g) => g.grain),
      near: near.slice(0, TOLD).map((n) => n.near),
      rows: this.rows,
      tried: this.tried,
      refuted: this.refuted,
      proved: this.proved,
      notes: this.notes,
      evidence: {
        basis: 'exact',
        rows: this.rows,
        at: new Date(this.begun).toISOString(),
        ms: Math.round(this.clock.now() - this.begun),
        sql: this.sql,
      },
    };
  }
}

/** Sets by the column of theirs that has most values; the likeliest sets first. */
function byAnchor(
  columns: readonly Candidate[],
  sets: readonly (readonly number[])[],
): readonly (readonly [number, readonly (readonly number[])[]])[] {
  const groups = new Map<number, (readonly number[])[]>();
  for (const set of sets) {
    const anchor = set.reduce((best, i) => (columns[i]!.distinct > columns[best]!.distinct ? i : best));
    groups.set(anchor, [...(groups.get(anchor) ?? []), set]);
  }
  return [...groups];
}

/** A number for each value, equal where values are: 53 bits of its hash, so that a double holds it. */
function codeSql(column: Column): string {
  const name = identifier(column.name);
  return `CASE WHEN ${name} IS NOT NULL THEN (hash(${name}) >> 11)::BIGINT END`;
}

function numberOf(cell: Cell | undefined): number {
  return cell === null || cell === undefined ? Number.NaN : Number(cell);
}
