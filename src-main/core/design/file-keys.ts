/**
 * Keys of a design file: the known ones in their order, and the unknown ones, which are kept.
 */
import type { Extra } from './design';

export type Keys = Readonly<Record<string, unknown>>;

export function isKeys(value: unknown): value is Keys {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The keys of a part that its shape does not know. */
export function unknownOf(part: Keys, shape: { readonly shape: object }): Extra {
  return Object.fromEntries(
    Object.entries(part).filter(([key]) => !(key in shape.shape) && key !== '__proto__'),
  );
}

/** Keys without those that say nothing: '', [] and undefined. */
export function said(keys: Keys): Keys {
  return Object.fromEntries(
    Object.entries(keys).filter(
      ([, v]) => v !== undefined && v !== '' && !(Array.isArray(v) && v.length === 0),
    ),
  );
}

/** Known keys, then the unknown ones. A known key wins. */
export function withExtra(known: Keys, extra: Extra, aside: readonly string[] = []): Keys {
  const rest = Object.entries(extra).filter(([key]) => !(key in known) && !aside.includes(key));
  return { ...known, ...Object.fromEntries(rest) };
}

/** What `extra` keeps for one entry of a list that has no `extra` itself. */
export function kept(extra: Extra, list: string, entry: string): Keys {
  const entries = extra[list];
  if (!isKeys(entries) || !Object.hasOwn(entries, entry)) return {};
  const keys = entries[entry];
  return isKeys(keys) ? keys : {};
}

/** The unknown keys of entries, by their name; nothing if there are none. */
export function keepEntries<T extends Keys>(
  list: string,
  entries: readonly T[],
  shape: { readonly shape: object },
  nameOf: (entry: T) => string,
): Extra {
  const found = entries
    .map((entry): [string, Extra] => [nameOf(entry), unknownOf(entry, shape)])
    .filter(([, keys]) => Object.keys(keys).length > 0);
  return found.length === 0 ? {} : { [list]: Object.fromEntries(found) };
}
