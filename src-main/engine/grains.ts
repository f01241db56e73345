/**
 * Finds what identifies a row of a table: sets of columns are refuted on a sample first, then on all rows of a share of the
 * values, and what stands is counted on all rows by its values.
 */
import type { GrainsFound } from '../core/grain/grain';
import { isKeyName } from '../core/grain/name';
import { fewOf } from '../core/grain/prove';
import { type Candidate, isLastResort, unlikeliness, unlikelinessOf } from '../core/grain/rank';
import { type Coded, coded, repeatsIn, setsOf } from '../core/grain/sets';
import { identifier } from '../core/sql';
import type { Column } from '../core/table';
import type { Reach } from './engine';
import { GrainProofs } from './grain-proofs';
import { sharedBreaks, sharesOf } from './grain-shares';
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
/** Sets refuted in one share, and shares that are taken. */
const SHARED_SETS = 60;
const SHARES = 3;
/** How far a share may be beyond what makes a near miss: it is a part. */
const STRAY = 2;
const TOLD = 24;

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
  private proofs: GrainProofs;
  private tried = 0;
  private refuted = 0;
  private rows = 0;
  private taken = 0;
  private whole = true;

  constructor(
    private readonly reach: Reach,
    private readonly clock: Clock,
    private readonly progress: Progress,
  ) {
    this.begun = clock.now();
    this.proofs = new GrainProofs(reach, 0, true);
  }

  async find(widest: number): Promise<GrainsFound> {
    const all = this.columns();
    const sample = await sampleOf(this.reach, SAMPLE);
    this.rows = sample.rows;
    this.whole = sample.whole;
    this.proofs = new GrainProofs(this.reach, this.rows, this.whole);
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
    if (!this.proofs.any) {
      await this.singles(last);
      if (!this.proofs.any && widest > 1 && last.length > 0 && this.rows > 0)
        await this.together([...usual, ...last], widest, last);
    } else if (last.length > 0)
      this.notes.push(
        `${last.length === 1 ? 'One column of fractions or long texts was' : `${last.length} columns of fractions or long texts were`} left out: they differ by accident.`,
      );
    await this.proofs.countLater();
    if (this.proofs.unproved > 0)
      this.notes.push(
        `${this.proofs.unproved.toLocaleString('en-US')} more sets that a sample does not refute were not counted on all rows.`,
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
    const shares = this.whole ? [] : await sharesOf(this.reach, standing, this.rows);
    for (const [i, c] of standing.entries()) {
      const share = shares[i];
      if (share !== undefined && share.breaking > STRAY * fewOf(this.rows)) this.refuted++;
      else await this.proofs.prove([c], share?.bits ?? null);
      this.progress(0.1 + (0.4 * (i + 1)) / standing.length, c.column.name);
    }
  }

  /** Sets of two and more columns, each size after the smaller ones are known. */
  private async together(
    candidates: readonly Candidate[],
    widest: number,
    needed: readonly Candidate[] = candidates,
  ): Promise<void> {
    const keys = new Set(this.proofs.grains.filter((g) => g.set.length === 1).map((g) => g.set[0]!));
    const fit = candidates
      .filter((c) => c.filled === this.taken && c.distinct > 1 && !keys.has(c))
      .filter((c) => keys.size === 0 || !this.proofs.restsOnNear([c]))
      .sort((a, b) => unlikeliness(a) - unlikeliness(b));
    const columns = fit.slice(0, COMBINED);
    if (fit.length > columns.length)
      this.notes.push(`${COMBINED} of ${fit.length} columns were put together to sets, the likeliest ones.`);
    const codes = await this.codesOf(columns);
    // Of what holds or may hold, a larger set says nothing more.
    const closed: (readonly number[])[] = [];
    for (let size = 2; size <= Math.min(widest, columns.length); size++) {
      const known = Math.min(...this.proofs.grains.map((g) => g.set.length));
      if (!this.whole && size > Math.max(2, known)) {
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
    const few = this.proofs.any ? 0 : fewOf(this.taken) - 1;
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
      return unlikelinessOf(chosen) + (this.proofs.restsOnNear(chosen) ? 500 : 0);
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
        if (this.proofs.any && this.proofs.restsOnNear(chosen)) continue;
        if (await this.proofs.prove(chosen)) closed.push(set);
      }
    };
    if (this.whole) return prove(standing);
    for (const [i, [anchor, sets]] of byAnchor(columns, standing).entries()) {
      const open = sets.filter(
        (set) => !this.proofs.any || !this.proofs.restsOnNear(set.map((k) => columns[k]!)),
      );
      const some = i < SHARES ? open.slice(0, SHARED_SETS) : [];
      this.proofs.unproved += open.length - some.length;
      if (some.length > 0) await prove(await this.afterShare(columns, anchor, some));
    }
  }

  private async afterShare(
    columns: readonly Candidate[],
    anchor: number,
    sets: readonly (readonly number[])[],
  ): Promise<readonly (readonly number[])[]> {
    const breaking = await sharedBreaks(this.reach, this.rows, columns, anchor, sets);
    const most = this.proofs.any ? 0 : STRAY * fewOf(this.rows);
    const kept = sets.filter((_, i) => breaking[i]! <= most);
    this.refuted += sets.length - kept.length;
    return kept;
  }

  private answer(): GrainsFound {
    const grains = this.proofs.ranked();
    if (grains.length > TOLD)
      this.notes.push(
        `${grains.length - TOLD} more sets identify every row; the likeliest ${TOLD} are told.`,
      );
    return {
      table: this.reach.table.name,
      grains: grains.slice(0, TOLD),
      near: this.proofs.nearest().slice(0, TOLD),
      rows: this.rows,
      tried: this.tried,
      refuted: this.refuted,
      proved: this.proofs.proved,
      notes: this.notes,
      evidence: {
        basis: 'exact',
        rows: this.rows,
        at: new Date(this.begun).toISOString(),
        ms: Math.round(this.clock.now() - this.begun),
        sql: this.proofs.sql,
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
