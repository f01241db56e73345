/**
 * What is said of the parts of a file in the Import place.
 */
import { partName } from '#core/source/part';
import { readRange } from '#core/source/range';
import type { ImportDraft, State } from '../../store/state';

/** The open tables of a file, other than the one in front, by the name of the part that each is read from. */
export function openPlaces(
  { order, tables }: Pick<State, 'order' | 'tables'>,
  { path, table }: Pick<ImportDraft, 'path' | 'table'>,
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const name of order) {
    const source = tables[name]?.source;
    const part = partName(source?.part);
    if (name !== table && source?.path === path && !found.has(part)) found.set(part, name);
  }
  return found;
}

/** Why a range cannot be read, in a sentence; null if it can be. */
export function rangeFault(range: string): string | null {
  const read = readRange(range);
  if ('box' in read) return null;
  return `This is no range of cells: ${read.reason}. Write B3:F200, or columns B:F, or rows 3:200.`;
}
