/**
 * Renaming: what else changes when a member or a table gets another name.
 */
import type { Design, DesignTable } from './design';
import { type Reference, renameReferences } from './expression';

type To = { readonly table: string | null; readonly member: string } | null;

/** Change the references in every text of a table; the same object if there are none. */
function inTexts(table: DesignTable, change: (reference: Reference) => To): DesignTable {
  let touched = false;
  const text = (before: string): string => {
    const after = renameReferences(before, change);
    if (after !== before) touched = true;
    return after;
  };
  const dimensions = table.dimensions.map((d) => ({ ...d, expression: text(d.expression) }));
  const measures = table.measures.map((m) => ({
    ...m,
    expression: text(m.expression),
    filter: text(m.filter),
  }));
  const segments = table.segments.map((s) => ({ ...s, condition: text(s.condition) }));
  return touched ? { ...table, dimensions, measures, segments } : table;
}

/** Let every reference to a member of `table` follow from one name to another. The member itself is not touched. */
export function followMember(design: Design, table: string, from: string, to: string): Design {
  const tables = design.tables.map((t) => {
    const own = t.name === table;
    const followed = inTexts(t, (r) => {
      const meant = r.table === null ? own : r.table === table;
      return meant && r.member === from ? { table: r.table, member: to } : null;
    });
    if (!own || !t.measures.some((m) => m.numerator === from || m.denominator === from)) return followed;
    return {
      ...followed,
      measures: followed.measures.map((m) => ({
        ...m,
        numerator: m.numerator === from ? to : m.numerator,
        denominator: m.denominator === from ? to : m.denominator,
      })),
    };
  });
  return { ...design, tables };
}

/** Let joins and references to members of a table follow from one name of it to another. The table itself is not touched. */
export function followTable(design: Design, from: string, to: string): Design {
  return {
    ...design,
    tables: design.tables.map((t) =>
      inTexts(t, (r) => (r.table === from && r.member !== null ? { table: to, member: r.member } : null)),
    ),
    joins: design.joins.map((j) => ({
      ...j,
      from: j.from === from ? to : j.from,
      to: j.to === from ? to : j.to,
    })),
  };
}
