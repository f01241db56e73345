/**
 * Labels that are likely one and the same: equal but for case, accents, punctuation and blanks, or a slip of one letter.
 */
import { thresholds } from './thresholds';

export interface Label {
  readonly value: string;
  readonly count: number;
}

/** Labels shorter than this keep their punctuation: C, C++ and C# are three things. */
const SHORT = 4;

/** Punctuation that says nothing, in the middle and at the ends of a label. */
export const idle = `[\\s.,;:'"’\`_()\\[\\]/]+`;

/**
 * What is left of a label once case, accents, punctuation and blanks are gone; beside digits, where a point is a figure,
 * punctuation stays. `keySql` does the same.
 */
export function labelKey(value: string): string {
  const text = value.trim().normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  if (text.length < SHORT) return text;
  if (/[0-9]/.test(text)) return text.replace(/\s+/g, ' ');
  return text
    .replace(new RegExp(idle, 'gu'), ' ')
    .replace(/([^\s])-([^\s])/g, '$1 $2')
    .trim();
}

/** @param v An expression of text. */
export function keySql(v: string): string {
  const text = `lower(strip_accents(trim(${v})))`;
  const plain = `trim(regexp_replace(regexp_replace(${text}, '${idle.replaceAll("'", "''")}', ' ', 'g'), '([^\\s])-([^\\s])', '\\1 \\2', 'g'))`;
  return `CASE WHEN length(${text}) < ${SHORT} THEN ${text} WHEN regexp_matches(${text}, '[0-9]') THEN regexp_replace(${text}, '\\s+', ' ', 'g') ELSE ${plain} END`;
}

/** Labels of one key, commonest first; only keys with several labels that hold a letter. */
export function sameLabels(labels: readonly Label[]): readonly (readonly Label[])[] {
  const groups = new Map<string, Label[]>();
  for (const label of labels) {
    const key = labelKey(label.value);
    if (!/\p{L}/u.test(key)) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [label]);
    else group.push(label);
  }
  return [...groups.values()].filter((group) => group.length > 1).map((group) => group.toSorted(byCount));
}

/**
 * Pairs of long labels without digits of which one is the other with one letter more, less or changed, and far rarer:
 * Ireland and Iceland differ no more, and are two.
 */
export function slips(labels: readonly Label[]): readonly (readonly Label[])[] {
  const long = labels.filter(({ value }) => value.trim().length >= thresholds.slip && !/\d/.test(value));
  return long.flatMap((a, i) =>
    long
      .slice(i + 1)
      .filter((b) => Math.max(a.count, b.count) >= thresholds.slipRate * Math.min(a.count, b.count))
      .filter((b) => labelKey(a.value) !== labelKey(b.value))
      .filter((b) => isSlip(labelKey(a.value), labelKey(b.value)))
      .map((b) => [a, b].sort(byCount)),
  );
}

const byCount = (a: Label, b: Label) => b.count - a.count || (a.value < b.value ? -1 : 1);

/** Whether one letter added, left out or changed makes one text of the other; a last s is a plural and no slip. */
function isSlip(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (long.length - short.length > 1 || `${short}s` === long) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at++;
  const rest = short.length === long.length ? at + 1 : at;
  return short.slice(rest) === long.slice(at + 1);
}
