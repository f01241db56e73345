/**
 * Spikes: values that are far commoner than their neighbours, or that lie alone beside all others, and so look filled in
 * rather than measured. What they are is for the user to say; here it is only told what is odd about them.
 */
import { identifier } from '../sql';
import { type Cell, type Column, isFloating } from '../table';
import type { Suspect, SuspectKind } from './missing';

/** Different values on each side of a value that count as its neighbours. */
const NEAR = 5;
/** Different values from the ends inwards that are looked at. */
const ENDS = 2 * NEAR + 1;

/** Thresholds of what looks odd. */
export const spikeLimits = {
  /** A zero lies apart if it is so many times as far from the next value as the ten next ones are from each other. */
  apart: 10,
  /** An end is a spike if it is so many times as common as the ten values beside it on average… */
  end: 10,
  /** …and so many times as common as the commonest of them: counts often fall off fast from the least. */
  beside: 5,
  /** A round value within is a spike if it is so many times as common as its neighbours… */
  inner: 20,
  /** …and so many times as common as the second commonest value. */
  second: 3,
  /** Share of the values that a spike must have. */
  share: 0.005,
} as const;

/** A different value of a column, its rank and how often it occurs. */
export interface Standing {
  /** Place in the order of the values, from 1. */
  readonly place: number;
  /** Place in the order of how common they are, from 1. */
  readonly rank: number;
  readonly count: number;
  readonly x: number;
  readonly text: string;
}

export interface Around {
  /** Different values, and values altogether. */
  readonly distinct: number;
  readonly total: number;
  /** The first and third quartile of the values. */
  readonly q1: number;
  readonly q3: number;
  /** Those at both ends, the two commonest, and the neighbours of the commonest; in their order. */
  readonly values: readonly Standing[];
}

/** Rows of (column, number) for columns of numbers and times, times in seconds since 1970; null where it is not finite. */
export function longSql(from: string, columns: readonly Column[]): string {
  const values = columns.map((column) => {
    const c = identifier(column.name);
    if (column.kind === 'time') return `CASE WHEN isfinite(${c}) THEN epoch(${c}) END`;
    return isFloating(column.type) ? `CASE WHEN isfinite(${c}) THEN ${c}::DOUBLE END` : `${c}::DOUBLE`;
  });
  const places = columns.map((_, k) => k);
  return `SELECT unnest([${places.join(', ')}]) AS k, unnest([${values.join(',\n  ')}]) AS x FROM ${from}`;
}

/** Rows of (column, place, rank, count, x, different, values, q1, q3). @param long What holds the answer of `longSql`. */
export function aroundSql(long: string): string {
  return `WITH g AS (SELECT k, x, count(*) AS n FROM ${long} WHERE x IS NOT NULL GROUP BY ALL),
w AS (SELECT *, row_number() OVER (PARTITION BY k ORDER BY x) AS i, row_number() OVER (PARTITION BY k ORDER BY n DESC, x) AS r, count(*) OVER (PARTITION BY k) AS d, sum(n) OVER (PARTITION BY k) AS t FROM g),
m AS (SELECT k, i AS m FROM w WHERE r = 1),
q AS (SELECT k, quantile_cont(x, [0.25, 0.75]) AS q FROM ${long} GROUP BY k)
SELECT k, i, r, n, x, d, t::BIGINT, q[1], q[2]
FROM w JOIN m USING (k) JOIN q USING (k)
WHERE i <= ${ENDS} OR i > d - ${ENDS} OR r <= 2 OR i BETWEEN m - ${NEAR} AND m + ${NEAR}`;
}

/** Reads the answer of `aroundSql`, by the place of the column in the list. */
export function readAround(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
): ReadonlyMap<number, Around> {
  const found = new Map<number, { around: Omit<Around, 'values'>; values: Standing[] }>();
  for (const row of rows) {
    const [k, place, rank, count, x] = row.slice(0, 5).map(Number) as [
      number,
      number,
      number,
      number,
      number,
    ];
    const [distinct, total, q1, q3] = row.slice(5, 9).map(Number) as [number, number, number, number];
    const one = found.get(k) ?? { around: { distinct, total, q1, q3 }, values: [] };
    one.values.push({ place, rank, count, x, text: textOf(columns[k], x) });
    found.set(k, one);
  }
  return new Map(
    [...found].map(([k, { around, values }]) => [
      k,
      { ...around, values: values.sort((a, b) => a.place - b.place) },
    ]),
  );
}

function textOf(column: Column | undefined, x: number): string {
  if (column?.kind !== 'time') return String(x);
  const at = new Date(x * 1000);
  if (Number.isNaN(at.getTime())) return '';
  const iso = at.toISOString().replace(/^\+0*/, '');
  return column.type === 'DATE'
    ? iso.slice(0, iso.indexOf('T'))
    : iso.replace('T', ' ').replace(/(\.000)?Z$/, '');
}

/** A spike, before it is counted over all rows. */
export interface Spike {
  readonly value: string;
  readonly kind: SuspectKind;
  readonly why: string;
}

const said = (n: number) => n.toLocaleString('en-US', { maximumFractionDigits: 2 });
const mean = (list: readonly Standing[]) => list.reduce((n, s) => n + s.count, 0) / list.length;

/**
 * What of a column looks filled in.
 * @param sample Words on what the figures rest on: ` in a sample of 20,000 rows`; '' if it is all rows.
 */
export function spikesOf(column: Column, around: Around, sample: string): readonly Spike[] {
  const { values, distinct, total } = around;
  const found: Spike[] = [];
  const first = values.find((v) => v.place === 1);
  const last = values.find((v) => v.place === distinct);
  if (first === undefined || last === undefined || distinct < NEAR + 1) return found;
  const say = (spike: Spike) => {
    if (spike.value !== '' && !found.some((other) => other.value === spike.value)) found.push(spike);
  };
  if (column.kind === 'number' && first.x === 0 && first.count > 1) {
    const next = values.filter((v) => v.place > 1 && v.place <= ENDS);
    const low = next[0]!;
    const spacing = (next.at(-1)!.x - low.x) / Math.max(1, next.length - 1);
    if (low.x >= spikeLimits.apart * spacing)
      say({
        value: first.text,
        kind: 'zero',
        why: `0 where every other value is ${said(low.x)} or more${sample}`,
      });
  }
  const common = (v: Standing) => v.count >= 10 && v.count >= spikeLimits.share * total;
  if (distinct >= 2 * ENDS) {
    for (const end of [first, last]) {
      if (end.x === 0 || !common(end)) continue;
      const beside = values.filter((v) => v !== end && Math.abs(v.place - end.place) < ENDS);
      const usual = mean(beside);
      const most = Math.max(...beside.map((v) => v.count));
      if (end.count >= spikeLimits.end * usual && end.count >= spikeLimits.beside * most)
        say({
          value: end.text,
          kind: 'end',
          why: `the ${end === first ? 'least' : 'greatest'} value, ${said(end.count)} times; the ${beside.length} values beside it ${said(usual)} times on average${sample}: a default or a cap`,
        });
    }
    const top = values.find((v) => v.rank === 1)!;
    const second = values.find((v) => v.rank === 2);
    const beside = values.filter((v) => v !== top && Math.abs(v.place - top.place) <= NEAR);
    const usual = mean(beside);
    if (
      top !== first &&
      top !== last &&
      common(top) &&
      isRound(column, top) &&
      top.count >= spikeLimits.second * (second?.count ?? 0) &&
      top.count >= spikeLimits.inner * usual
    )
      say({
        value: top.text,
        kind: 'default',
        why: `a round value, ${said(top.count)} times; the ${beside.length} values beside it ${said(usual)} times on average, the second commonest ${said(second?.count ?? 0)} times${sample}`,
      });
  }
  return found;
}

/** One significant digit, or one digit again and again, or the first day of a year; what is below 10 is too common to be odd. */
function isRound(column: Column, { x, text }: Standing): boolean {
  if (column.kind === 'time') return /^-?\d+-01-01( 00:00:00)?$/.test(text);
  const digits = String(Math.abs(x)).replace('.', '').replace(/^0+/, '');
  return Math.abs(x) >= 10 && (/^[1-9]0*$/.test(digits) || /^(\d)\1+$/.test(digits));
}

const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** Likely ones first, then the commonest. */
export function ranked(suspects: readonly Suspect[]): readonly Suspect[] {
  return suspects.toSorted(
    (a, b) =>
      Number(b.likely) - Number(a.likely) ||
      b.count - a.count ||
      order(a.column, b.column) ||
      order(a.value, b.value),
  );
}
