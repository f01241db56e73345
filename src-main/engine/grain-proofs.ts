/**
 * Counting sets of columns on all rows: what is a key, what few rows keep from being one, and what there was no time for.
 */
import type { FoundGrain, NearGrain } from '../core/grain/grain';
import { fewOf, hashesSql, nearOf, type Proof, proofSql, readProof } from '../core/grain/prove';
import { type Candidate, reasonsFor, unlikelinessOf } from '../core/grain/rank';
import type { Reach } from './engine';
import { numberOf } from './grain-shares';

/** Rows times sets counted on all rows; sets of a large table counted at most and at least, and sets of a small one. */
const PROOF_ROWS = 4e7;
const PROOFS = 16;
const FEWEST_PROOFS = 4;
const SMALL_PROOFS = 200;
/** Sets of several columns that are told as near misses. */
const LATER = 2;

/** Columns that are looked at as a key together. */
type Chosen = readonly Candidate[];

export class GrainProofs {
  readonly grains: { readonly set: Chosen; readonly grain: FoundGrain }[] = [];
  readonly near: { readonly set: Chosen; readonly near: NearGrain }[] = [];
  /** Statements that were put, as the user would. */
  readonly sql: string[] = [];
  proved = 0;
  /** Sets that may be keys and were not counted. */
  unproved = 0;
  /** Columns that few rows keep from being a key. */
  private readonly almost = new Set<Candidate>();
  /** Sets that are nearly a key, to be counted by value if nothing is one. */
  private readonly later: Chosen[] = [];
  private budget: number;

  /** @param whole Whether the table is so small that counting costs nothing. */
  constructor(
    private readonly reach: Reach,
    private readonly rows: number,
    private readonly whole: boolean,
  ) {
    const fit = Math.floor(PROOF_ROWS / Math.max(1, rows));
    this.budget = whole ? SMALL_PROOFS : Math.max(FEWEST_PROOFS, Math.min(PROOFS, fit));
  }

  get any(): boolean {
    return this.grains.length > 0;
  }

  /** Counts by value what is nearly a key, where nothing is one. */
  async countLater(): Promise<void> {
    if (!this.any) for (const set of this.later.slice(0, LATER)) await this.count(set);
  }

  /** Whether a column of a large table is nearly a key: beside a key it makes keys of all it is put with, which say nothing. */
  restsOnNear(set: Chosen): boolean {
    return !this.whole && set.some((c) => this.almost.has(c));
  }

  /** Counts a set on all rows. Whether it is a key, or may be one and was not counted. */
  async prove(set: Chosen, bits: string | null = null): Promise<boolean> {
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
  private async count(set: Chosen): Promise<boolean> {
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
  private isPlain(set: Chosen): boolean {
    return this.whole || (set.length === 1 && this.tellsNear(set));
  }

  /** Whether it is told if few rows break it: beside a key only what is meant to identify something. */
  private tellsNear(set: Chosen): boolean {
    return this.whole || !this.any || (set.length === 1 && set[0]!.column.kind !== 'time');
  }

  private told(set: Chosen, sql: string): true {
    const grain = { columns: set.map((c) => c.column.name), reasons: reasonsFor(set, this.rows), sql };
    this.grains.push({ set, grain });
    return true;
  }

  /** Whether few rows break it, and no part of it is as near. */
  private isNear(set: Chosen, proof: Proof): boolean {
    const part = this.near.some((n) => n.set.every((c) => set.includes(c)));
    return !part && proof.nulls + proof.repeated <= fewOf(proof.rows);
  }

  /** Keys, the likeliest first. */
  ranked(): readonly FoundGrain[] {
    return [...this.grains].sort((a, b) => unlikelinessOf(a.set) - unlikelinessOf(b.set)).map((g) => g.grain);
  }

  /** Near misses, those of few columns and few breaking rows first. */
  nearest(): readonly NearGrain[] {
    const breaking = (n: NearGrain) => n.nulls + n.repeated;
    return [...this.near]
      .sort(
        (a, b) =>
          a.set.length - b.set.length ||
          breaking(a.near) - breaking(b.near) ||
          unlikelinessOf(a.set) - unlikelinessOf(b.set),
      )
      .map((n) => n.near);
  }
}
