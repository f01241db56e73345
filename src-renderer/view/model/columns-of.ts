import type { Design, DesignSource } from '#core/design/design';
import { sourceOf } from '#core/design/member';
import { type Column, kindOf, type Table } from '#core/table';

const remembered = new WeakMap<DesignSource, readonly Column[]>();

/** The columns of the source of a logical table: as it is read, else as the design remembers them. */
export function columnsOfTable(
  design: Design,
  tables: Readonly<Record<string, Table>>,
  name: string,
): readonly Column[] {
  const source = sourceOf(design, name);
  if (source === undefined) return [];
  const read = tables[source.name];
  if (read !== undefined) return read.columns;
  let known = remembered.get(source);
  if (known === undefined) {
    known = source.columns.map((one) => ({ ...one, kind: kindOf(one.type) }));
    remembered.set(source, known);
  }
  return known;
}
