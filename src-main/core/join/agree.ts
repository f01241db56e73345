/**
 * Whether the names of two columns say that one refers to the other.
 */
import { isKeyName, namedBy, singular, wordsOf } from '../grain/name';

/** A column by its names. */
export interface Named {
  readonly table: string;
  readonly column: string;
}

/** 0…1, and in words what agrees; '' if nothing does. */
export interface Agreement {
  readonly score: number;
  readonly words: string;
  /** Whether both have the same words, be they ever so common. */
  readonly same: boolean;
}

/** From here on names alone speak for a join. */
export const STRONG = 0.8;

/** Names that so many tables have that two of them say nothing. */
const common = new Set(
  'id key code no nr num number name title label type kind status state date time timestamp day week month year value values amount count quantity price total index row line position rank order group category level version description note notes comment text active flag size color created updated modified'.split(
    ' ',
  ),
);

/** What only counts: a number of a line is no reference to another table's line of that number. */
const counters = new Set(
  'row line position rank index sequence seq serial record item entry version total page step'.split(' '),
);

/** Whether a name says what it names: `order_id` does, `id`, `line_no` and `status` do not. */
function tells(words: readonly string[], named: readonly string[], isKey: boolean): boolean {
  return isKey ? named.some((word) => !counters.has(word)) : words.some((word) => !common.has(word));
}

/** How far `from` reads like a reference to `to`. */
export function agreementOf(from: Named, to: Named): Agreement {
  const [a, b] = [wordsOf(from.column).map(singular), wordsOf(to.column).map(singular)];
  const [mine, theirs] = [namedBy(from.column).map(singular), namedBy(to.column).map(singular)];
  const table = wordsOf(to.table).map(singular);
  const words = `${from.column} ~ ${to.table}.${to.column}`;
  const isKey = isKeyName(from.column) || isKeyName(to.column);
  const same = a.length > 0 && a.join() === b.join();
  if (same && !tells(b, theirs, isKey)) return { score: 0, words: '', same };
  if (same) return { score: isKey ? 1 : 0.6, words: 'both are named alike', same };
  // `customer_id` to the `id` or the `code` of `customers`, or to its `customer_no`. A name without such a word may as well
  // count customers.
  const most = isKeyName(from.column) ? 1 : 0.7;
  const own = theirs.length === 0 || endsWith(table, theirs);
  if (isKey && mine.length > 0 && own && endsWith(table, mine)) return { score: most, words, same };
  if (isKey && mine.length > 1 && own && table.length > 0 && endsWith(mine, table.slice(-1)))
    return { score: Math.min(most, 0.85), words, same };
  if (isKey && theirs.length > 0 && endsWith(mine, theirs) && tells(b, theirs, isKey))
    return { score: Math.min(most, STRONG), words, same };
  if (mine.some((word) => word.length > 2 && !common.has(word) && [...theirs, ...table].includes(word)))
    return { score: 0.4, words, same };
  return { score: 0, words: '', same };
}

function endsWith(words: readonly string[], end: readonly string[]): boolean {
  return (
    end.length > 0 &&
    end.length <= words.length &&
    end.every((word, i) => word === words[words.length - end.length + i])
  );
}
