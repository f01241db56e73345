/**
 * The verdict: whether the missing of a column depends on another, and what that means in plain words.
 */
import type { Column } from '../table';
import { corrected, likeness } from './chance';
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
  readonly chi2: number;
  readonly df: number;
  readonly p: number;
  readonly v: number;
}

type Counted = Pick<Group, 'rows' | 'missing'>;

/** Groups too small for the test, together as one; that one with the smallest other if it is still too small. */
export function pooled(groups: readonly Counted[]): readonly Counted[] {
  const rows = groups.reduce((n, g) => n + g.rows, 0);
  const missing = groups.reduce((n, g) => n + g.missing, 0);
  const scarce = Math.min(missing, rows - missing) / Math.max(1, rows);
  const isSmall = (g: Counted) => g.rows * scarce < EXPECTED;
  const large = groups.filter((g) => !isSmall(g)).toSorted((a, b) => a.rows - b.rows);
  const rest = groups
    .filter(isSmall)
    .reduce<Counted>((sum, g) => ({ rows: sum.rows + g.rows, missing: sum.missing + g.missing }), {
      rows: 0,
      missing: 0,
    });
  if (rest.rows === 0) return large;
  const [smallest, ...others] = large;
  if (!isSmall(rest) || smallest === undefined) return [rest, ...large];
  return [{ rows: rest.rows + smallest.rows, missing: rest.missing + smallest.missing }, ...others];
}

/** Tests whether groups lack a value alike; in words why that cannot be tested. */
export function test(column: Column, groups: readonly Group[]): Tested | string {
  if (groups.length < 2) return 'it holds one value only';
  const together = pooled(groups);
  if (together.length < 2) return 'its groups are too small to tell';
  const found = likeness(together);
  return found === null ? 'its groups are too small to tell' : { column, groups, ...found };
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
  if (first === undefined) return 'No other column could be tested.';
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
