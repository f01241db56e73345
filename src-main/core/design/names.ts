/**
 * Names and titles: a legal name from any text, and words from a name.
 */
import { identifier } from '../sql';
import { namePattern } from './design';
import { reserved } from './keywords';

/** Letters that do not come apart into a base letter and an accent. */
const letters: Readonly<Record<string, string>> = {
  ß: 'ss',
  ẞ: 'ss',
  æ: 'ae',
  Æ: 'ae',
  œ: 'oe',
  Œ: 'oe',
  ø: 'o',
  Ø: 'o',
  đ: 'd',
  Đ: 'd',
  ð: 'd',
  Ð: 'd',
  þ: 'th',
  Þ: 'th',
  ł: 'l',
  Ł: 'l',
  ı: 'i',
  '%': ' percent ',
  '€': ' eur ',
  $: ' usd ',
  '£': ' gbp ',
  '&': ' and ',
  '#': ' number ',
};

const longest = 80;

/**
 * A legal snake_case name for any text: `MntWines` → `mnt_wines`, `Größe (cm)` → `grosse_cm`, `2024` → `n_2024`. Scripts
 * without a Latin spelling are dropped; if nothing is left the name is `column`. At most 80 characters.
 */
export function nameFrom(text: string): string {
  const latin = text
    .slice(0, 1000)
    .replace(/[^\x20-\x7e]|[%$&#]/gu, (c) => letters[c] ?? c)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '');
  const snake = latin
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, longest)
    .replace(/_+$/, '');
  if (snake === '') return 'column';
  return /^[0-9]/.test(snake) ? `n_${snake}` : snake;
}

/** The name itself if it is legal, and one made from it if not. */
export function legalName(text: string): string {
  return namePattern.test(text) ? text : nameFrom(text);
}

/** `base`, or `base_2`, `base_3` … if it is taken. Names that differ only in case count as the same. */
export function freeName(base: string, taken: Iterable<string>): string {
  const used = new Set(Array.from(taken, (name) => name.toLowerCase()));
  if (!used.has(base.toLowerCase())) return base;
  let n = 2;
  while (used.has(`${base}_${n}`.toLowerCase())) n += 1;
  return `${base}_${n}`;
}

/** Words from a name: `sales_value` → `Sales value`, `customerID` → `Customer ID`. */
export function titleFrom(name: string): string {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(/[\s_]+/)
    .filter((w) => w !== '')
    .map((w) => (/^[A-Z][a-z]/.test(w) ? w.toLowerCase() : w))
    .join(' ');
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

/** A column or a table as SQL writes it: bare where that is read as the same name, quoted otherwise. */
export function asWritten(name: string): string {
  return /^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name) && !reserved.has(name.toLowerCase()) ? name : identifier(name);
}
