/**
 * The members of a design as a list to choose from.
 */
import type { Design, DesignTable, Dimension, Measure, MemberRef, Segment } from '#core/design/design';

export interface ListedMember {
  readonly ref: MemberRef;
  /** `table.member`. */
  readonly name: string;
  readonly title: string;
  readonly part: Measure | Dimension | Segment;
}

/** Measures, dimensions, segments of a table, in this order. Members without a name cannot be asked for. */
export function listedOf(table: DesignTable): readonly ListedMember[] {
  const of = (kind: MemberRef['kind'], parts: readonly (Measure | Dimension | Segment)[]) =>
    parts
      .filter((part) => part.name !== '')
      .map((part) => ({
        ref: { table: table.name, kind, name: part.name },
        name: `${table.name}.${part.name}`,
        title: part.title || part.name,
        part,
      }));
  return [
    ...of('measure', table.measures),
    ...of('dimension', table.dimensions),
    ...of('segment', table.segments),
  ];
}

export function allListed(design: Design): readonly ListedMember[] {
  return design.tables.flatMap(listedOf);
}

/** Whether every word of a search stands in the name or the title of a member. */
export function isFound(member: ListedMember, search: string): boolean {
  const text = `${member.name} ${member.title}`.toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
