/**
 * Finding the parts of a design by name. The first of a name wins where a file holds two.
 */
import type { Design, DesignSource, DesignTable, Dimension, Measure, MemberRef, Segment } from './design';

export type Member = Dimension | Measure | Segment;

/** The logical table of this name. */
export function tableOf(design: Design, table: string): DesignTable | undefined {
  return design.tables.find((t) => t.name === table);
}

/** The source a logical table reads. */
export function sourceOf(design: Design, table: string): DesignSource | undefined {
  const source = tableOf(design, table)?.source;
  return design.sources.find((s) => s.name === source);
}

/** The logical table over a source, by the name of the source. */
export function tableOver(design: Design, source: string): DesignTable | undefined {
  return design.tables.find((t) => t.source === source);
}

/** The member a reference names. */
export function memberOf(design: Design, ref: MemberRef): Member | undefined {
  const table = tableOf(design, ref.table);
  return table && membersOfKind(table, ref.kind).find((m) => m.name === ref.name);
}

/** The members of one kind, in order. */
export function membersOfKind(table: DesignTable, kind: MemberRef['kind']): readonly Member[] {
  return kind === 'dimension' ? table.dimensions : kind === 'measure' ? table.measures : table.segments;
}

export function measureOf(design: Design, table: string, name: string): Measure | undefined {
  return tableOf(design, table)?.measures.find((m) => m.name === name);
}

export function dimensionOf(design: Design, table: string, name: string): Dimension | undefined {
  return tableOf(design, table)?.dimensions.find((d) => d.name === name);
}

/** All names taken in a table: dimensions, measures, segments. */
export function memberNames(table: DesignTable): readonly string[] {
  return [...table.dimensions, ...table.measures, ...table.segments].map((m) => m.name);
}

/** A reference to each member of a table: dimensions, measures, segments. */
export function refsOf(table: DesignTable): readonly MemberRef[] {
  return (['dimension', 'measure', 'segment'] as const).flatMap((kind) =>
    membersOfKind(table, kind).map((m) => ({ table: table.name, kind, name: m.name })),
  );
}

/** A reference to each member of the design, table by table. */
export function memberRefs(design: Design): readonly MemberRef[] {
  return design.tables.flatMap(refsOf);
}
