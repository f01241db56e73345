/**
 * What speaks for a join and against it. Values alone prove little where they are few or where one end holds every number
 * there is; then names must agree as well.
 */
import { STRONG } from './agree';
import type { JoinCandidate, MeasuredJoin } from './join';

/** What is known of a pair beside what was measured. */
export interface Evidence {
  /** 0…1: how far the names of the columns agree, the least of several; what agrees, in words. */
  readonly names: number;
  readonly words: string;
  /** Whether either column is named like a key. */
  readonly isKey: boolean;
  readonly isText: boolean;
  /** 0…1: how likely a key is found at the other end by accident. */
  readonly chance: number;
}

/** How much the values say: the bits by which accident would be surprised; 0 where accident finds most of them. */
export function bitsOf(keys: number, chance: number): number {
  if (chance > MOSTLY) return 0;
  return Math.min(1000, keys * Math.log2(1 / Math.min(1, Math.max(1e-9, chance))));
}

/** Where accident finds more than this share, one end holds nearly every value there is. */
const MOSTLY = 0.5;
/** From so many bits on values speak at all, and by themselves. */
export const SOME_BITS = 20;
const MANY_BITS = 150;

/** The candidate that a measured join is; null if the ends have hardly anything in common. */
export function judge(measured: MeasuredJoin, evidence: Evidence): JoinCandidate | null {
  const { from, to } = measured;
  const met = from.keys - from.orphanKeys;
  if (met === 0 || to.keys === 0) return null;
  const contained = met / from.keys;
  const covered = met / to.keys;
  const unique = to.keys / Math.max(1, to.rows - to.nulls);
  const bits = bitsOf(met, evidence.chance);
  if (unique < 0.9 || (contained < 0.5 && !(evidence.names >= STRONG && covered >= 0.8))) return null;
  if (evidence.names < 0.5 && bits < SOME_BITS) return null;
  const subject = Math.max(contained, evidence.names >= STRONG ? covered : 0);
  const weight = Math.min(1, 0.25 + 0.5 * evidence.names + 0.4 * Math.min(1, bits / MANY_BITS));
  return {
    measured,
    confidence: Math.min(0.99, Math.round(100 * subject ** 2 * unique ** 2 * weight) / 100),
    confident: isConfident(measured, evidence, { contained, covered, bits }),
    reasons: reasonsOf(measured, evidence, { contained, covered, bits }),
    against: againstOf(measured, evidence, { contained, bits }),
  };
}

interface Shares {
  readonly contained: number;
  readonly covered: number;
  readonly bits: number;
}

function isConfident({ from, to }: MeasuredJoin, e: Evidence, { contained, covered, bits }: Shares): boolean {
  const met = from.keys - from.orphanKeys;
  // One row of `to` for each key, all but a few: else it is no key there.
  if (to.keys < 2 || to.keys < 0.999 * (to.rows - to.nulls) || met < 2) return false;
  if (e.names >= STRONG && contained >= 0.95) return true;
  // Keys that only some of the rows refer to: all of them occur, under the same name.
  if (e.names >= 1 && covered >= 0.95 && contained >= 0.1 && met >= 20) return true;
  if (contained < 0.99 || bits < MANY_BITS) return false;
  return e.isText ? met >= 50 : met >= 100 && e.isKey;
}

function percent(share: number): string {
  const rounded = (100 * share).toFixed(1);
  return `${rounded === '100.0' && share < 1 ? '99.9' : rounded.replace(/\.0$/, '')} %`;
}

const count = (n: number, one: string, more: string) =>
  `${n.toLocaleString('en-US')} ${n === 1 ? one : more}`;

function reasonsOf(
  measured: MeasuredJoin,
  e: Evidence,
  { contained, covered, bits }: Shares,
): readonly string[] {
  const { ask, from, to } = measured;
  const met = from.keys - from.orphanKeys;
  const unique = to.keys === to.rows - to.nulls;
  return [
    `${percent(contained)} of the ${count(from.keys, 'key', 'keys')} of ${ask.from.table} are in ${ask.to.table}`,
    ...(unique ? [`Each key of ${ask.to.table} stands in one row`] : []),
    ...(e.names >= 0.4 ? [`Names agree: ${e.words}`] : []),
    ...(covered >= 0.95 && contained < 0.95
      ? [
          `${percent(covered)} of the ${count(to.keys, 'key', 'keys')} of ${ask.to.table} occur in ${ask.from.table}`,
        ]
      : []),
    ...(bits >= MANY_BITS ? [`${count(met, 'key', 'keys')} would hardly be found by accident`] : []),
  ];
}

function againstOf(
  measured: MeasuredJoin,
  e: Evidence,
  { bits }: Pick<Shares, 'contained' | 'bits'>,
): readonly string[] {
  const { ask, from, to } = measured;
  const repeated = to.rows - to.nulls - to.keys;
  return [
    ...(from.orphanKeys > 0
      ? [
          `${count(from.orphanKeys, 'key', 'keys')} of ${ask.from.table} (${count(from.orphans, 'row', 'rows')}) ${from.orphanKeys === 1 ? 'is' : 'are'} not in ${ask.to.table}`,
        ]
      : []),
    ...(from.nulls > 0
      ? [
          `${count(from.nulls, 'row', 'rows')} of ${ask.from.table} ${from.nulls === 1 ? 'has' : 'have'} no key`,
        ]
      : []),
    ...(repeated > 0
      ? [
          `${count(repeated, 'row', 'rows')} of ${ask.to.table} ${repeated === 1 ? 'repeats' : 'repeat'} a key`,
        ]
      : []),
    ...(bits < MANY_BITS && e.chance > MOSTLY
      ? [`${ask.to.table} holds most numbers there are in this range, so any number would be found in it`]
      : []),
    ...(bits < MANY_BITS && e.chance <= MOSTLY
      ? [`So few keys may be found by accident: ${count(from.keys - from.orphanKeys, 'key', 'keys')}`]
      : []),
    ...(e.names < 0.4 ? ['The names do not agree'] : []),
    ...(ask.comparison === 'value'
      ? []
      : [
          `Keys are spelt in two ways: they meet as ${ask.comparison === 'number' ? 'numbers' : 'texts without case and blanks'}`,
        ]),
  ];
}
