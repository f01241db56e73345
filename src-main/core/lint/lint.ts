/**
 * The linter: members that compute and still mislead, each with what in the data speaks against it.
 *
 * Names only start a suspicion where figures cannot; what is said names both.
 */
import type { DesignProblem } from '../design/check';
import type { Design, DesignTable, Measure, MemberRef } from '../design/design';
import { tokens } from '../design/token';
import { problem } from '../problem';
import { readsAsIdentifier, readsAsRate, readsAsStock, readsAsUnsummable } from '../profile/name';
import { isWhole } from '../table';
import type { Facts } from './ask';

/** Findings of one table; all are warnings. Members that are broken anyway have none. */
export function lintTable(
  design: Design,
  table: DesignTable,
  facts: Facts,
  isSound: (member: MemberRef) => boolean,
): readonly DesignProblem[] {
  const found: DesignProblem[] = [];
  const sound = (kind: MemberRef['kind'], name: string) => isSound({ table: table.name, kind, name });
  for (const m of table.measures) {
    if (!sound('measure', m.name)) continue;
    const about: MemberRef = { table: table.name, kind: 'measure', name: m.name };
    for (const p of measureFindings(design, table, m, facts)) found.push({ problem: p, about });
  }
  for (const d of table.dimensions) {
    const fact = facts.dimensions.get(d.name);
    if (!fact?.constant || facts.rows < 2) continue;
    const about: MemberRef = { table: table.name, kind: 'dimension', name: d.name };
    const p = problem('member-constant', { name: d.name, value: String(fact.value) }, 'warning');
    found.push({ problem: p, about });
  }
  for (const s of table.segments) {
    if (facts.reached.get(s.name) !== 0 || facts.rows === 0) continue;
    const about: MemberRef = { table: table.name, kind: 'segment', name: s.name };
    found.push({ problem: emptyMember(s.name, table, facts), about });
  }
  found.push(...duplicates(table, sound));
  return found;
}

const words = (n: number) => n.toLocaleString('en-US');

function emptyMember(name: string, table: DesignTable, facts: Facts) {
  return problem('member-empty', { name, rows: words(facts.rows), table: table.name }, 'warning');
}

function measureFindings(design: Design, table: DesignTable, m: Measure, facts: Facts) {
  const type = design.sources
    .find((s) => s.name === table.source)
    ?.columns.find((c) => c.name === m.column)?.type;
  const figures = facts.columns.get(m.column);
  const evidence =
    figures === undefined || figures.filled === 0
      ? ''
      : `${words(figures.distinct)} distinct values from ${words(figures.min)} to ${words(figures.max)}`;
  const about = { name: m.name, column: m.column, evidence };
  const found = [];
  const adds = m.aggregation === 'sum';
  const averages = m.aggregation === 'avg' || m.aggregation === 'median';
  if (m.column !== '' && (adds || averages) && type !== undefined) {
    const named = readsAsIdentifier(m.column);
    // Whole numbers that are (nearly) all different and are called an identifier are one.
    const telling = figures === undefined || figures.distinct > figures.filled / 50;
    if (named && isWhole(type) && telling) found.push(problem('measure-of-identifier', about, 'warning'));
    else if (adds && readsAsUnsummable(m.column))
      found.push(problem('measure-adds-ratios', about, 'warning'));
    else if (averages && readsAsRate(m.column))
      found.push(problem('measure-averages-ratios', about, 'warning'));
    const time = table.dimensions.find((d) => d.type === 'time');
    if (adds && time !== undefined && readsAsStock(m.column))
      found.push(problem('measure-adds-stock', { ...about, time: time.name }, 'warning'));
    const unit = unitColumn(design, table, m.column);
    if (adds && unit !== null) found.push(unit);
  }
  if (m.filter.trim() !== '' && facts.reached.get(m.name) === 0 && facts.rows > 0)
    found.push(emptyMember(m.name, table, facts));
  if (m.aggregation === 'ratio') {
    const value = facts.denominators.get(m.denominator);
    if (value === null || (value !== undefined && Number(value) <= 0)) {
      const told = value === null ? 'null' : String(value);
      const p = { name: m.name, denominator: m.denominator, value: told };
      found.push(problem('denominator-unsound', p, 'warning'));
    }
  }
  return found;

  /** A dimension that says in which currency or unit an amount is, and does not hold one value only. */
  function unitColumn(of: Design, at: DesignTable, column: string) {
    const unit = at.dimensions.find((d) => {
      const name = d.column === '' ? d.name : d.column;
      return /(^|[_\s])(currency|curr|unit|uom|unit_of_measure)($|[_\s])|(Currency|Unit)$/i.test(name);
    });
    if (unit === undefined || facts.dimensions.get(unit.name)?.constant !== false) return null;
    const filtered = at.measures.find((o) => o.name === m.name)?.filter ?? '';
    const source = of.sources.find((s) => s.name === at.source);
    if (source === undefined || filtered.includes(unit.column || unit.name)) return null;
    return problem('units-mixed', { name: m.name, column, unit: unit.name }, 'warning');
  }
}

/** Measures, and dimensions, that say the same in other names: compared without blanks, cases and quotes of words. */
function duplicates(
  table: DesignTable,
  sound: (kind: MemberRef['kind'], name: string) => boolean,
): readonly DesignProblem[] {
  const found: DesignProblem[] = [];
  const first = new Map<string, string>();
  const note = (kind: MemberRef['kind'], name: string, parts: readonly string[]) => {
    if (!sound(kind, name)) return;
    const key = [kind, ...parts.map(normal)].join('\u0000');
    const other = first.get(key);
    if (other === undefined) first.set(key, name);
    else {
      const p = problem('member-duplicate', { name, other }, 'warning');
      found.push({ problem: p, about: { table: table.name, kind, name } });
    }
  };
  for (const m of table.measures)
    note('measure', m.name, [m.aggregation, m.column, m.expression, m.numerator, m.denominator, m.filter]);
  for (const d of table.dimensions) note('dimension', d.name, [d.type, d.column, d.expression]);
  for (const s of table.segments) note('segment', s.name, [s.condition]);
  return found;
}

/** A text by its tokens: what is between them, and the case of bare words, says nothing. */
function normal(text: string): string {
  return tokens(text)
    .filter((t) => t.kind !== 'space')
    .map((t) => (t.kind === 'word' ? t.text.toLowerCase() : t.text))
    .join(' ');
}
