/**
 * What the comparison of a pair of columns found, and in which words it is summed up.
 */
import type { Evidence, TopValue } from '../profile/profile';
import type { Cell } from '../table';
import type { Form, Matching, Pair } from './match';
import { psiLevels } from './measures';

/** Figures of one side; keys that do not apply are absent. */
export interface SideFigures {
  readonly rows: number;
  readonly nulls: number;
  /** Distinct values that are not null. */
  readonly distinct: number;
  readonly nan?: number;
  readonly infinite?: number;
  /** Over finite values only, like all that follow. */
  readonly min?: Cell;
  readonly max?: Cell;
  readonly mean?: number;
  /** Sample standard deviation (n − 1). */
  readonly stddev?: number;
  /** Of numbers interpolated (type 7), of times the value itself; keyed by the probability. */
  readonly quantiles?: Readonly<Record<string, Cell>>;
}

/** A bin with the rows of both sides. Closed on the left; for times `low` and `high` are ISO text. */
export interface SharedBin {
  readonly low: number | string;
  readonly high: number | string;
  readonly a: number;
  readonly b: number;
}

export interface SharedValue {
  readonly value: Cell;
  readonly a: number;
  readonly b: number;
}

/** Values that only one side has. */
export interface Lone {
  readonly values: number;
  readonly rows: number;
  /** Most frequent first, at most 10. */
  readonly examples: readonly TopValue[];
}

export interface Measures {
  readonly psi: {
    readonly value: number;
    /** `decile` bins end at the tenths of A; `value` bins are values. */
    readonly over: 'decile' | 'value';
    readonly bins: readonly { readonly name: string; readonly a: number; readonly b: number }[];
    readonly count: number;
    /** What two samples of one distribution stay below in 95 of 100 cases. */
    readonly chance: number;
  };
  /** Jensen–Shannon distance, base 2; null if the values have no bins. */
  readonly js: { readonly value: number; readonly over: 'bin' | 'value'; readonly count: number } | null;
  /** Kolmogorov–Smirnov over all values; `at` is where the two lie farthest apart. Null for categories. */
  readonly ks: { readonly value: number; readonly p: number; readonly at: Cell } | null;
}

export interface ColumnComparison extends Pair {
  /** null if the values of the two sides have nothing in common that could be compared. */
  readonly form: Form | null;
  /** null if the column could not be read; `why` says it. */
  readonly figures: readonly [SideFigures, SideFigures] | null;
  /** Whether both sides hold the same values, nulls among them, each equally often. */
  readonly same: boolean;
  readonly measures: Measures | null;
  /** Why there are no measures; '' if there are. */
  readonly why: string;
  readonly bins: readonly SharedBin[] | null;
  /** The most frequent of A and of B. */
  readonly top: readonly SharedValue[];
  /** Values of B that A does not have, and the other way round. */
  readonly fresh: Lone;
  readonly lost: Lone;
  readonly evidence: Evidence;
}

/** `chance` is a PSI beyond the levels that so few rows for so many bins give by themselves. */
export type Verdict = 'kind' | 'large' | 'moderate' | 'chance' | 'stable' | 'same' | 'none';

/** Null shares that lie so far apart make a column differ. */
export const NULLS_APART = 0.05;

export function verdictOf(c: ColumnComparison): Verdict {
  if (c.form === null) return 'kind';
  if (c.same) return 'same';
  if (c.measures === null) return 'none';
  const { value, chance } = c.measures.psi;
  if (value < psiLevels.moderate) return 'stable';
  if (value <= chance) return 'chance';
  return value < psiLevels.large ? 'moderate' : 'large';
}

/** Null share of B less that of A; 0 where a side has no rows. */
export function nullsApart(c: ColumnComparison): number {
  const [a, b] = c.figures ?? [];
  if (a === undefined || b === undefined || a.rows === 0 || b.rows === 0) return 0;
  return b.nulls / b.rows - a.nulls / a.rows;
}

/** Whether a column counts as different: by kind, by PSI, or by its nulls. */
export function differs(c: ColumnComparison): boolean {
  const verdict = verdictOf(c);
  return ['kind', 'large', 'moderate'].includes(verdict) || Math.abs(nullsApart(c)) >= NULLS_APART;
}

/**
 * How far a column drifted, to sort by: the greatest of PSI, KS and the distance of the null shares; infinitely far if it is
 * of another kind.
 */
export function driftOf(c: ColumnComparison): number {
  if (c.form === null) return Number.POSITIVE_INFINITY;
  if (c.same) return 0;
  const psi = verdictOf(c) === 'chance' ? 0 : (c.measures?.psi.value ?? 0);
  return Math.max(psi, c.measures?.ks?.value ?? 0, Math.abs(nullsApart(c)));
}

/** The farthest drifted first. */
export function byDrift(x: ColumnComparison, y: ColumnComparison): number {
  const [a, b] = [driftOf(x), driftOf(y)];
  return a === b ? 0 : b - a;
}

const verdictWords: Readonly<Record<Verdict, string>> = {
  kind: 'another kind',
  large: 'large',
  moderate: 'moderate',
  chance: 'within chance',
  stable: 'stable',
  same: 'same values',
  none: 'not compared',
};

/** The word for a verdict. */
export function verdictTitle(verdict: Verdict): string {
  return verdictWords[verdict];
}

/**
 * The comparison in a sentence or two: how many columns differ and which most, what only one side has.
 * @param of Columns that are compared in all; fewer than that may have come yet.
 */
export function summaryOf(matching: Matching, columns: readonly ColumnComparison[], of: number): string {
  const different = columns.filter(differs).sort(byDrift);
  const named = different.slice(0, 3).map((c) => `${c.a.name} (${reasonOf(c)})`);
  const more = different.length > 3 ? ` and ${different.length - 3} more` : '';
  const list = named.length === 0 ? '' : `: ${named.join(', ')}${more}`;
  const verb = different.length === 1 ? 'differs' : 'differ';
  const so = columns.length < of ? 'So far ' : '';
  const head =
    of === 0
      ? 'No column of A has a counterpart in B'
      : `${so}${different.length} of ${columns.length < of ? columns.length : plural(of, 'column')} ${verb}${list}`;
  const rest = [
    ...(matching.onlyA.length > 0 ? [`${matching.onlyA.length} only in A`] : []),
    ...(matching.onlyB.length > 0 ? [`${matching.onlyB.length} only in B`] : []),
    ...(columns.some((c) => c.a.type !== c.b.type)
      ? [`${columns.filter((c) => c.a.type !== c.b.type).length} of another type`]
      : []),
  ];
  const same = columns.filter((c) => c.same).length;
  const alike =
    same === 0 ? '' : ` ${same} hold${same === 1 ? 's' : ''} the same values, each equally often.`;
  return `${head}${rest.length === 0 ? '' : `; ${rest.join(', ')}`}.${alike}`;
}

function reasonOf(c: ColumnComparison): string {
  const verdict = verdictOf(c);
  if (verdict === 'kind') return `${c.a.kind} became ${c.b.kind}`;
  if (verdict === 'large' || verdict === 'moderate')
    return `${verdict}, PSI ${(c.measures?.psi.value ?? 0).toFixed(2)}`;
  const apart = 100 * nullsApart(c);
  return `${apart > 0 ? '+' : '−'}${Math.abs(apart).toFixed(1)} points of nulls`;
}

const plural = (n: number, one: string) => `${n} ${n === 1 ? one : `${one}s`}`;
