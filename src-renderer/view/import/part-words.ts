/**
 * What is said of the parts of a file in the Import place.
 */
import { isSamePlace } from '#core/source/part';
import { readRange } from '#core/source/range';
import type { Part } from '#core/source/receipt';
import type { ImportDraft, State } from '../../store/state';

/** The open table that is read from a part of a file, other than the one in front; undefined if there is none. */
export function openAs(
  { order, tables }: Pick<State, 'order' | 'tables'>,
  { path, table }: Pick<ImportDraft, 'path' | 'table'>,
  part: Part,
): string | undefined {
  return order.find((name) => {
    const source = tables[name]?.source;
    return name !== table && source?.path === path && isSamePlace(source.part, part);
  });
}

/** Why a range cannot be read, in a sentence; null if it can be. */
export function rangeFault(range: string): string | null {
  const read = readRange(range);
  if ('box' in read) return null;
  return `This is no range of cells: ${read.reason}. Write B3:F200, or columns B:F, or rows 3:200.`;
}
