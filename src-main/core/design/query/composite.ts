/**
 * Measures that are made of measures of several tables. Each of those is aggregated by itself; the rest is arithmetic.
 */
import type { Design, DesignTable, Measure } from '../design';
import { type Reference, references } from '../expression';
import { tableOf } from '../member';

export interface TableMeasure {
  readonly table: DesignTable;
  readonly member: Measure;
}

/** The measure that a reference in a text of a table names; null if it names none. */
export function measureAt(design: Design, table: DesignTable, r: Reference): TableMeasure | null {
  const owner = r.table === null || r.table === table.name ? table : tableOf(design, r.table);
  const member = owner?.measures.find((m) => m.name === r.member);
  return owner === undefined || member === undefined ? null : { table: owner, member };
}

/** The measures that a ratio or an expression names. */
export function partsOf(design: Design, { table, member }: TableMeasure): readonly TableMeasure[] {
  if (member.aggregation === 'expression')
    return references(member.expression).flatMap((r) => measureAt(design, table, r) ?? []);
  if (member.aggregation !== 'ratio') return [];
  return [member.numerator, member.denominator].flatMap((name) => {
    const part = table.measures.find((m) => m.name === name);
    return part === undefined ? [] : [{ table, member: part }];
  });
}

/** Whether a measure, or one that it is made of, names a measure of another table. */
export function isComposite(design: Design, measure: TableMeasure): boolean {
  // Only measures of the one table are looked into, so its names tell them apart.
  const seen = new Set<string>();
  const spans = (m: TableMeasure): boolean => {
    if (seen.has(m.member.name)) return false;
    seen.add(m.member.name);
    return partsOf(design, m).some((part) => part.table !== measure.table || spans(part));
  };
  return spans(measure);
}
