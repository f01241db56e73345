/**
 * Renaming: what else changes when a member or a table gets another name.
 */
import type { Design, DesignTable, Exploration } from './design';
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
  const others = design.tables.some(
    (t) => t.name !== table && [...t.dimensions, ...t.measures, ...t.segments].some((m) => m.name === from),
  );
  const explorations = inQueries(
    design.explorations,
    (r) =>
      (r.table === null ? !others : r.table === table) && r.member === from
        ? { table: r.table, member: to }
        : null,
    (name) =>
      renamed(name, `${table}.${from}`, `${table}.${to}`) ?? (others ? null : renamed(name, from, to)),
  );
  return { ...design, tables, explorations };
}

/** A member as a query names it, where it is `from` with or without a grain. */
function renamed(name: string, from: string, to: string): string | null {
  return name === from || name.startsWith(`${from}.`) ? to + name.slice(from.length) : null;
}

/** Change the members that the queries of explorations name; the same list if they name none. */
function inQueries(
  explorations: readonly Exploration[],
  inText: (reference: Reference) => To,
  inName: (name: string) => string | null,
): readonly Exploration[] {
  let touched = false;
  const one = (name: string): string => {
    const to = inName(name);
    if (to !== null) touched = true;
    return to ?? name;
  };
  const after = explorations.map(({ query, ...e }): Exploration => {
    const where = query.where === undefined ? undefined : renameReferences(query.where, inText);
    if (where !== query.where) touched = true;
    return {
      ...e,
      pivot: one(e.pivot),
      query: {
        ...query,
        measures: query.measures.map(one),
        dimensions: query.dimensions.map(one),
        segments: query.segments.map(one),
        ...(query.filters && { filters: query.filters.map((f) => ({ ...f, member: one(f.member) })) }),
        ...(query.order && { order: query.order.map((o) => ({ ...o, member: one(o.member) })) }),
        ...(query.range && { range: { ...query.range, dimension: one(query.range.dimension) } }),
        ...(where === undefined ? {} : { where }),
      },
    };
  });
  return touched ? after : explorations;
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
    explorations: inQueries(
      design.explorations,
      (r) => (r.table === from && r.member !== null ? { table: to, member: r.member } : null),
      (name) => (name.startsWith(`${from}.`) ? to + name.slice(from.length) : null),
    ),
  };
}
