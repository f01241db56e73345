/**
 * What the names of columns say of keys.
 */

const keyWords = new Set([
  'id',
  'ids',
  'key',
  'pk',
  'fk',
  'sk',
  'code',
  'no',
  'nr',
  'num',
  'number',
  'uuid',
  'guid',
  'sku',
  'isbn',
  'ean',
  'iban',
  'vin',
]);

/** The words of a name, small: `customerID` → customer, id; `Order No.` → order, no. */
export function wordsOf(name: string): readonly string[] {
  return name
    .normalize('NFKC')
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

/** Words that end in `id` and name no key. */
const idWords = /(paid|said|valid|covid|avoid|humid|solid|liquid|rapid|fluid|hybrid|android|amid|void|grid)$/;

/** Whether a word is one of a key and more, written as one: `userid`, `tailnum`. */
function endsAsKey(word: string): boolean {
  return /...(id|num|key|code)$/.test(word) && !idWords.test(word);
}

/** Whether a name reads like that of a key: `id`, `customer_id`, `orderNo`, `tailnum`. */
export function isKeyName(name: string): boolean {
  const last = wordsOf(name).at(-1) ?? '';
  return keyWords.has(last) || endsAsKey(last);
}

/** What the name of a key names, without the words that only say that it is one: `customer_id` → customer. */
export function namedBy(name: string): readonly string[] {
  return wordsOf(name)
    .filter((word) => !keyWords.has(word))
    .map((word) => (endsAsKey(word) ? word.replace(/(id|num|key|code)$/, '') : word));
}

/** A word in the singular, as far as English spelling tells: `categories` → category. */
export function singular(word: string): string {
  if (/[^aeiou]ies$/.test(word)) return `${word.slice(0, -3)}y`;
  if (/(ss|x|z|ch|sh)es$/.test(word)) return word.slice(0, -2);
  return /[^su]s$/.test(word) ? word.slice(0, -1) : word;
}
