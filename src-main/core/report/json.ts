/**
 * Figures of a profile as JSON: bare where they are exact, with their basis and error where they are not.
 */
import type { ColumnProfile, Inexact } from '../profile/profile';

type Json = unknown;

/** A figure, wrapped if it is not exact. `error` is null where it is not known. */
function told(figure: Json, how: Inexact | undefined): Json {
  return how === undefined ? figure : { value: figure, basis: how.basis, error: how.error ?? null };
}

/** Keys that hold items with a count each, keys that hold figures by name, and keys that hold figures in a row. */
const counted = ['histogram', 'top', 'patterns', 'disguised', 'scripts'];
const named = ['quantiles', 'length', 'range', 'heaps', 'letterCase'];
const listed = ['digits', 'weekdays', 'hours'];

/** The figures of a profile without what is not told: the evidence, and what lies inside nested values. */
export function figuresAnswer(profile: ColumnProfile): Record<string, Json> {
  const { evidence: _, inexact = {}, inside, outliers, meaning: __, ...figures } = profile;
  const answer: Record<string, Json> = {};
  for (const [key, figure] of Object.entries(figures)) {
    const how = (part: string | number) => inexact[`${key}.${part}`] ?? inexact[key];
    if (counted.includes(key)) {
      const items = figure as readonly { readonly count: number }[];
      // The list of the most frequent may lack a value; what it counts it counts exactly, unless each item says otherwise.
      const of = (i: number) => (key === 'top' ? inexact[`top.${i}`] : how(i));
      answer[key] = items.map((item, i) => ({ ...item, count: told(item.count, of(i)) }));
    } else if (named.includes(key)) {
      const parts = Object.entries(figure as object);
      answer[key] = Object.fromEntries(
        parts.map(([part, x]) => [part, typeof x === 'string' && key === 'range' ? x : told(x, how(part))]),
      );
    } else if (listed.includes(key)) {
      answer[key] = (figure as readonly number[]).map((x, i) => told(x, how(i)));
    } else answer[key] = told(figure, inexact[key]);
  }
  if (outliers !== undefined) {
    const how = inexact.outliers;
    answer.outliers = outliers.map(({ method, lower, upper, count, examples }) => ({
      method,
      lower: told(lower, how),
      upper: told(upper, how),
      count: told(count, how),
      examples,
    }));
  }
  if (inside !== undefined) answer.inside = inside.map(figuresAnswer);
  return answer;
}
