/**
 * What the palette finds: columns, tables, members and commands by a few letters of their name.
 */

export interface Found<T> {
  readonly item: T;
  readonly score: number;
}

/**
 * How well a text answers what was typed; 0 if not at all. A whole word at the beginning counts most, then the beginning
 * of a word, then anywhere, then the letters in order.
 */
export function score(text: string, typed: string): number {
  if (typed === '') return 1;
  const hay = text.toLowerCase();
  const at = hay.indexOf(typed);
  if (at === 0) return hay.length === typed.length ? 100 : 80 - Math.min(20, hay.length - typed.length) / 2;
  if (at > 0) return (/[\s_.\-/]/.test(hay[at - 1] ?? '') ? 60 : 40) - Math.min(20, at) / 2;
  let from = 0;
  for (const letter of typed) {
    const next = hay.indexOf(letter, from);
    if (next < 0) return 0;
    from = next + 1;
  }
  return Math.max(1, 20 - from / 2);
}

/** The best `limit` of the items, best first, in their own order where they are equal. Every typed word must be found. */
export function search<T>(
  items: readonly T[],
  text: (item: T) => string,
  typed: string,
  limit: number,
): readonly T[] {
  const words = typed.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const found: Found<T>[] = [];
  for (const item of items) {
    const scores = words.map((word) => score(text(item), word));
    if (scores.every((s) => s > 0)) found.push({ item, score: scores.reduce((sum, s) => sum + s, 0) });
  }
  return found
    .sort((a, b) => b.score - a.score)
    .slice(0, limit)
    .map((f) => f.item);
}
