/**
 * The order of columns by one of their statistics.
 */
import type { Cell, Kind } from '../table';
import type { Described, Statistic } from './statistic';

/** What a column is sorted by; undefined if it has nothing. */
type Key = number | string | undefined;

interface Keyed<T> {
  readonly item: T;
  readonly key: Key;
  readonly kind: Kind;
}

/**
 * Columns by a statistic; stable, so that equal ones keep their order. Those without it come last in both directions, and of
 * values of several kinds numbers come before times, times before texts and these before booleans.
 */
export function sortedBy<T extends Described>(
  items: readonly T[],
  statistic: Statistic,
  descending: boolean,
): readonly T[] {
  const sign = descending ? -1 : 1;
  return items
    .map((item): Keyed<T> => ({ item, key: keyOf(item, statistic), kind: kindOfKey(item, statistic) }))
    .sort((a, b) => {
      if (a.key === undefined || b.key === undefined)
        return Number(a.key === undefined) - Number(b.key === undefined);
      if (a.kind !== b.kind) return kinds.indexOf(a.kind) - kinds.indexOf(b.kind);
      return sign * compare(a.key, b.key, a.kind);
    })
    .map(({ item }) => item);
}

const kinds: readonly Kind[] = ['number', 'time', 'text', 'boolean', 'nested'];

function keyOf(of: Described, statistic: Statistic): Key {
  if (statistic.rank !== undefined) return statistic.rank(of);
  const cell: Cell | undefined = statistic.read(of);
  if (cell === undefined || cell === null || cell === 'NaN') return undefined;
  return typeof cell === 'boolean' ? Number(cell) : cell;
}

/** Values are compared as those of their column, all else as what it is. */
function kindOfKey(of: Described, { form, rank }: Statistic): Kind {
  if (rank !== undefined) return 'number';
  if (form === 'word') return 'text';
  return form === 'value' ? of.column.kind : 'number';
}

function compare(a: number | string, b: number | string, kind: Kind): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (kind === 'number') return Number(a) - Number(b) || exactly(String(a), String(b));
  if (kind === 'time') return yearOf(a) - yearOf(b) || (a < b ? -1 : a > b ? 1 : 0);
  return collator.compare(String(a), String(b));
}

const collator = new Intl.Collator('en-US', { numeric: true });

/** Whole numbers that are too long to differ as numbers of a computer; other text is taken for equal. */
function exactly(a: string, b: string): number {
  if (!/^-?\d+$/.test(a) || !/^-?\d+$/.test(b)) return 0;
  const [x, y] = [BigInt(a), BigInt(b)];
  return x < y ? -1 : x > y ? 1 : 0;
}

/** The year of a time, which may have more than four digits or lie before Christ; 0 of a time of day. */
function yearOf(value: number | string): number {
  const text = String(value);
  const year = Number(/^[+-]?\d+(?=-)/.exec(text)?.[0] ?? 0);
  return / ?\(?BC\)?$/.test(text) ? 1 - year : year;
}
