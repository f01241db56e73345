/**
 * Counting what rules flag: fences of all methods in one look, all stops of a slider in one, all pairs in one.
 */
import { filterSql } from '../filter';
import { double } from '../sql';
import type { Cell, Column } from '../table';
import { numbersFrom } from './ask';
import type { Rule } from './method';

type Row = readonly Cell[];

/** A rule that flags what lies outside two fences. */
export type Fences = Rule & { readonly low: number; readonly high: number };

export function isFences(rule: Rule): rule is Fences {
  return rule.flag.kind === 'outside' && rule.low !== null && rule.high !== null;
}

/** Whether the rule looks at values above 0 only. */
function positive(rule: Rule): boolean {
  return rule.flag.kind === 'outside' && rule.flag.positive === true;
}

/** One row: below and above of each rule, in order. */
export function sidesSql(from: string, column: Column, rules: readonly Fences[]): string {
  const parts = rules.flatMap((rule) => [
    `count_if(x < ${double(rule.low)}${positive(rule) ? ' AND x > 0' : ''})`,
    `count_if(x > ${double(rule.high)})`,
  ]);
  return `SELECT ${parts.join(', ')}\nFROM ${numbersFrom(from, column)}`;
}

export function readSides(row: Row, rules: number): readonly { below: number; above: number }[] {
  return Array.from({ length: rules }, (_, i) => ({
    below: Number(row[2 * i] ?? 0),
    above: Number(row[2 * i + 1] ?? 0),
  }));
}

/**
 * Rows of (side, edge, values): how many values lie between an edge and the one before it, which is all a slider needs.
 * Values above are counted up to an edge; values below by their negatives, so that both leave out what stands on a fence.
 */
export function edgesSql(from: string, column: Column, rules: readonly Fences[]): string {
  const [highs, lows] = edgesOf(rules);
  const some = rules.some(positive) ? ' WHERE x > 0' : '';
  const side = (name: string, x: string, edges: readonly number[]) =>
    `SELECT '${name}', unnest(map_keys(${name})), unnest(map_values(${name})) FROM (SELECT histogram(${x}, [${edges.map(double).join(', ')}]) AS ${name} FROM ${numbersFrom(from, column)}${some})`;
  return `${side('above', 'x', highs)}\nUNION ALL ${side('below', '-x', lows)}`;
}

/** Different upper fences and negated lower ones, ascending. */
function edgesOf(rules: readonly Fences[]): readonly [readonly number[], readonly number[]] {
  const ascending = (list: readonly number[]) => [...new Set(list)].sort((a, b) => a - b);
  return [
    ascending(rules.map((rule) => rule.high)),
    // 0 and −0 are one edge.
    ascending(rules.map((rule) => -rule.low + 0)),
  ];
}

export function readEdges(
  rows: readonly Row[],
  rules: readonly Fences[],
): readonly { below: number; above: number }[] {
  const counts = (name: string) =>
    rows.filter((row) => row[0] === name).map((row) => ({ edge: Number(row[1]), values: Number(row[2]) }));
  const beyond = (list: readonly { edge: number; values: number }[], fence: number) =>
    list.reduce((sum, { edge, values }) => (edge > fence ? sum + values : sum), 0);
  const [above, below] = [counts('above'), counts('below')];
  return rules.map((rule) => ({ below: beyond(below, -rule.low + 0), above: beyond(above, rule.high) }));
}

/** Rows of (bits, rows): bit i is set where rule i flags. At most 20 rules. */
export function agreementSql(from: string, column: Column, rules: readonly Rule[]): string {
  const bits = rules.map(
    (rule, i) => `CASE WHEN ${filterSql({ column: column.name, test: rule.flag })} THEN ${2 ** i} ELSE 0 END`,
  );
  return `SELECT bits, count(*) FROM (SELECT ${bits.join(' + ')} AS bits FROM ${from}) WHERE bits > 0 GROUP BY 1 ORDER BY 1`;
}

export function readAgreement(
  rows: readonly Row[],
  rules: number,
): { both: readonly (readonly number[])[]; any: number; all: number } {
  const both = Array.from({ length: rules }, () => new Array<number>(rules).fill(0));
  let [any, all] = [0, 0];
  for (const row of rows) {
    const [bits, n] = [Number(row[0]), Number(row[1])];
    any += n;
    if (bits === 2 ** rules - 1) all += n;
    for (let i = 0; i < rules; i++) {
      if ((bits & (1 << i)) === 0) continue;
      for (let j = 0; j < rules; j++) if ((bits & (1 << j)) !== 0) both[i]![j]! += n;
    }
  }
  return { both, any, all };
}

/** Different flagged values drawn at most. */
export const DRAWN = 800;
/** Of these, the most extreme on each side. */
const EDGE = 50;

/** Rows of (different flagged values in all, value, rows): the most extreme of them, and an even choice of the others. */
export function flaggedSql(from: string, column: Column, rule: Pick<Rule, 'flag'>): string {
  const condition = filterSql({ column: column.name, test: rule.flag });
  return `WITH g AS (SELECT x, count(*) AS n FROM ${numbersFrom(`(FROM ${from} WHERE ${condition})`, column)} GROUP BY 1)
SELECT d, x, n FROM (SELECT count(*) OVER () AS d, x, n, row_number() OVER (ORDER BY x) AS i FROM g)
WHERE d <= ${DRAWN} OR i <= ${EDGE} OR i > d - ${EDGE} OR i * ${DRAWN - 2 * EDGE} // d > (i - 1) * ${DRAWN - 2 * EDGE} // d ORDER BY x`;
}
