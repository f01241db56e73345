/**
 * The verdict: whether the missing of a column depends on another, and what that means in plain words.
 */
import type { Column } from '../table';
import { corrected, drawTail, likeness } from './chance';
import type { Dependence, Group } from './missing';

/** Corrected chance below which a difference counts. */
export const SIGNIFICANT = 0.05;
/** Cramér's V from which a dependence is strong, and from which it is worth a word. Source: Cohen (1988), for df = 1. */
const STRONG = 0.3;
const SOME = 0.1;
/** Rows that are expected to lack the value, and rows that are not, below which a group is too small for the test. Source: Cochran (1954). */
const EXPECTED = 5;

/** A column with its groups, before chances are corrected for how many there are. */
export interface Tested {
  readonly column: Column;
  readonly groups: readonly Group[];
  readonly chi2: number | null;
  readonly df: number | null;
  readonly p: number;
  readonly v: number;
}

interface Counted {
  readonly rows: number;
  readonly missing: number;
}

const sum = (groups: readonly Counted[]): Counted => ({
  rows: groups.reduce((n, g) => n + g.rows, 0),
  missing: groups.reduce((n, g) => n + g.missing, 0),
});

/** Whether too few rows of a group are expected to lack the value, or too few to have it. */
function smallIn(groups: readonly Counted[]): (g: Counted) => boolean {
  const { rows, missing } = sum(groups);
  const scarce = Math.min(missing, rows - missing) / Math.max(1, rows);
  return (g) => g.rows * scarce < EXPECTED;
}

/**
 * Groups large enough for the chi-squared test.
 * @param ordered Whether neighbours are joined, as they are for numbers and times; else all that are small are.
 */
export function pooled(groups: readonly Counted[], ordered = false): readonly Counted[] {
  const isSmall = smallIn(groups);
  const kept: Counted[] = [];
  let rest: Counted = { rows: 0, missing: 0 };
  for (const g of ordered ? groups : groups.filter(isSmall)) {
    rest = sum([rest, g]);
    if (!ordered || isSmall(rest)) continue;
    kept.push(rest);
    rest = { rows: 0, missing: 0 };
  }
  if (!ordered) kept.push(...groups.filter((g) => !isSmall(g)).toSorted((a, b) => a.rows - b.rows));
  if (rest.rows === 0) return kept;
  if (!isSmall(rest)) return [rest, ...kept];
  const beside = ordered ? kept.pop() : kept.shift();
  return beside === undefined ? [rest] : [...kept, sum([rest, beside])];
}

/** The least chance of a small group to lack, or to have, so many values, corrected for how many small groups there are. */
function smallChance(groups: readonly Counted[]): number | null {
  const { rows, missing } = sum(groups);
  const small = groups.filter(smallIn(groups));
  if (small.length === 0 || small.length === groups.length) return null;
  const rare = missing <= rows - missing;
  const chances = small.map((g) =>
    rare
      ? drawTail(g.missing, g.rows, missing, rows)
      : drawTail(g.rows - g.missing, g.rows, rows - missing, rows),
  );
  return Math.min(1, small.length * Math.min(...chances));
}

/** Tests whether groups lack a value alike; in words why that cannot be tested. */
export function test(column: Column, groups: readonly Group[]): Tested | string {
  if (groups.length < 2) return 'it holds one value only';
  const all = likeness(groups);
  const ordered = groups.some((g) => g.filter?.test.kind === 'range');
  const large = likeness(pooled(groups, ordered));
  const small = smallChance(groups);
  const chances = [large?.p ?? null, small].filter((p) => p !== null);
  if (all === null || chances.length === 0) return 'its groups are too small to tell';
  const p = Math.min(1, chances.length * Math.min(...chances));
  return { column, groups, chi2: large?.chi2 ?? null, df: large?.df ?? null, p, v: all.v };
}

/** The tests with their chances corrected, strongest first: those that count, by Cramér's V; then the others. */
export function judged(tests: readonly Tested[]): readonly Dependence[] {
  const chances = corrected(tests.map((t) => t.p));
  return tests
    .map((t, i): Dependence => {
      const q = chances[i] ?? 1;
      const { chi2, df, p, v, groups } = t;
      const verdict = q >= SIGNIFICANT ? 'none' : v >= STRONG ? 'strong' : v >= SOME ? 'some' : 'slight';
      const words = difference(t.column.name, groups);
      return { column: t.column.name, kind: t.column.kind, groups, chi2, df, p, q, v, verdict, words };
    })
    .sort(
      (a, b) =>
        Number(a.verdict === 'none') - Number(b.verdict === 'none') ||
        b.v - a.v ||
        (a.column < b.column ? -1 : 1),
    );
}

const count = (n: number) => n.toLocaleString('en-US');
const percent = (part: number, of: number) => {
  const share = (100 * part) / of;
  if (part === 0 || part === of) return `${share} %`;
  const words =
    share > 0 && share < 0.1
      ? '<0.1'
      : share < 100 && share > 99.9
        ? '>99.9'
        : share.toFixed(share < 10 ? 1 : 0);
  return `${words} %`;
};

/** The group that differs most from what is usual, beside all others: `80 % missing where x = a (12 of 15 rows), 3.0 % elsewhere`. */
export function difference(column: string, groups: readonly Group[]): string {
  const rows = groups.reduce((n, g) => n + g.rows, 0);
  const missing = groups.reduce((n, g) => n + g.missing, 0);
  const odd = (g: Group) => (g.missing - (g.rows * missing) / rows) ** 2 / g.rows;
  const [most] = groups.toSorted((a, b) => odd(b) - odd(a));
  if (most === undefined || most.rows === rows) return '';
  const where =
    most.label === '(missing)'
      ? `${column} is missing`
      : most.filter?.test.kind === 'range'
        ? `${column} is ${most.label}`
        : most.filter === null
          ? `${column} has another value`
          : `${column} = ${most.label}`;
  return `${percent(most.missing, most.rows)} missing where ${where} (${count(most.missing)} of ${count(most.rows)} rows), ${percent(missing - most.missing, rows - most.rows)} elsewhere`;
}

/** What the tests say of a column, in a sentence or two. */
export function verdictWords(
  column: string,
  rows: number,
  missing: number,
  depends: readonly Dependence[],
): string {
  if (rows === 0) return 'There are no rows to look at.';
  if (missing === 0) return `${column} lacks nothing in these rows.`;
  if (missing === rows) return `${column} has no value in any of these rows, so there is nothing to compare.`;
  const [first] = depends;
  if (first === undefined) {
    const few = Math.min(missing, rows - missing);
    return few < 2 * EXPECTED
      ? `Only ${count(few)} ${few === 1 ? 'row' : 'rows'} ${few === missing ? 'lack' : 'have'}${few === 1 ? 's' : ''} a value here: too few to tell what that depends on.`.replace(
          'haves',
          'has',
        )
      : 'No other column could be tested.';
  }
  const tested =
    depends.length === 1 ? 'the one column tested' : `the ${count(depends.length)} columns tested`;
  if (first.verdict === 'none') {
    const least = Math.min(...depends.map((d) => d.q));
    return `Missing looks unrelated to ${tested} (smallest corrected p ${least.toPrecision(2)}). It may still depend on the missing value itself, which no test can tell.`;
  }
  const others = depends.filter((d) => d.verdict !== 'none').length - 1;
  const more =
    others === 0
      ? ''
      : ` ${count(others)} other ${others === 1 ? 'column makes' : 'columns make'} a difference too.`;
  return first.verdict === 'slight'
    ? `Missing depends little on other columns; most on ${first.column}: ${first.words}.${more}`
    : `Missing depends on ${first.column}: ${first.words}.${more}`;
}
