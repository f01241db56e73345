/**
 * What the values of a column mean beyond their kind: an e-mail address, money, a latitude. The values decide; the name
 * of the column only tells apart what values alone cannot. Pure, and proved by the engine over all values where a shape
 * is claimed.
 */
import { literal } from '../sql';
import { type Cell, type Column, isWhole } from '../table';
import { GROUPS } from './groups';
import type { ColumnProfile, Meaning, MeaningName } from './profile';

/** Shapes by which text is known, most telling first. In the dialect of RE2, and the same in JavaScript. */
const shapes: readonly (readonly [MeaningName, string])[] = [
  ['uuid', '[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}'],
  ['email', "[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+"],
  ['url', '(https?|ftp)://[^\\s]+'],
  ['ip', '(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])){3}'],
  ['json', '\\s*(\\{.*\\}|\\[.*\\])\\s*'],
  ['path', '([A-Za-z]:\\\\|\\\\\\\\|\\.{0,2}/)([^\\n]*[\\\\/])?[^\\n\\\\/]+'],
  ['percent', '[+-]?[0-9]+([.,][0-9]+)?\\s?%'],
  ['money', "[-+(]?\\s?(\\$|€|£|¥|₹|USD|EUR|GBP|CHF|JPY)\\s?[0-9][0-9.,' ]*\\)?"],
  ['phone', '\\+?(\\([0-9]{1,5}\\)|[0-9])[0-9()/. -]{5,18}[0-9]'],
];
/** A shape must fit this share of the values. */
const SHARE = 0.95;

const called = (name: string) => name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
const word = (...words: string[]) => new RegExp(`(^|[_\\s.-])(${words.join('|')})([_\\s.-]|$)`);
const names = {
  identifier: word('id', 'ids', 'key', 'uuid', 'guid', 'pk', 'nr'),
  code: word('code', 'sku', 'ean', 'isbn', 'upc', 'iso', 'no', 'number'),
  country: word('country', 'countries', 'nation', 'land'),
  postcode: word('zip', 'zipcode', 'postcode', 'postal', 'plz', 'postal_code', 'zip_code'),
  latitude: word('lat', 'latitude'),
  longitude: word('lon', 'lng', 'long', 'longitude'),
  person: word(
    'person',
    'firstname',
    'lastname',
    'surname',
    'first_name',
    'last_name',
    'full_name',
    'author',
  ),
  language: word('lang', 'language', 'locale'),
  phone: word('phone', 'tel', 'telephone', 'mobile', 'fax'),
  money: word(
    'price',
    'amount',
    'amt',
    'mnt',
    'cost',
    'revenue',
    'income',
    'salary',
    'fare',
    'fee',
    'tip',
    'tolls',
    'budget',
    'spend',
    'sales',
    'sales_value',
    'total',
    'payment',
    'freight',
    'discount',
    'disc',
    'balance',
    'gross',
    'usd',
    'eur',
    'worldwide_gross',
  ),
  percent: word('pct', 'percent', 'percentage'),
  ratio: word('ratio', 'rate', 'share'),
  count: word('num', 'count', 'cnt', 'n', 'number_of'),
  quantity: word(
    'qty',
    'quantity',
    'units',
    'weight',
    'length',
    'height',
    'width',
    'depth',
    'distance',
    'mass',
    'volume',
  ),
  calendar: word('year', 'quarter', 'month', 'week', 'weekday', 'day', 'hour'),
  ordinal: word('rank', 'level', 'grade', 'rating', 'stars', 'score', 'class', 'priority'),
} as const;

/** The shape that most of the values looked at have, to be proved over all; null if none has. */
export function shapeClaim(column: Column, top: ColumnProfile['top']): MeaningName | null {
  if (column.kind !== 'text' || top.length === 0) return null;
  const values = top.map((t) => String(t.value).trim()).filter((v) => v !== '');
  const most = (test: RegExp, share: number) =>
    values.length > 0 && values.filter((v) => test.test(v)).length >= share * values.length;
  // Dates, ISBNs, ZIP+4 and part numbers have the shape of a telephone number too.
  const dialled = names.phone.test(called(column.name)) || most(dialling, 0.5);
  const found = shapes.find(
    ([meaning, shape]) => (meaning !== 'phone' || dialled) && most(new RegExp(`^(?:${shape})$`, 's'), SHARE),
  );
  return found?.[0] ?? null;
}

/** A country code, an area code in parentheses, or the groups of a North American number. */
const dialling = /^(\+\d|\(\d+\)|\d{3}[-. ]\d{3}[-. ]\d{4}$)/;

/** One row: how many values of GROUPS have the claimed shape, and how many there are. */
export function claimSql(column: Column, claim: MeaningName): string {
  const v = column.type === 'VARCHAR' ? 'trim(v)' : 'trim(v::VARCHAR)';
  const shape = shapes.find(([meaning]) => meaning === claim)?.[1] ?? '';
  return `SELECT sum(n) FILTER (WHERE regexp_full_match(${v}, ${literal(shape)}, 's')), sum(n) FILTER (WHERE ${v} <> '') FROM ${GROUPS}`;
}

/** What the proof says; null if too few values have the shape. */
export function readClaim(claim: MeaningName, row: readonly Cell[]): Meaning | null {
  const [fits, of] = [Number(row[0] ?? 0), Number(row[1] ?? 0)];
  if (of === 0 || fits < SHARE * of) return null;
  const said = `${fits.toLocaleString('en-US')} of ${of.toLocaleString('en-US')} values have its shape`;
  return { name: claim, reason: said };
}

/**
 * The meaning of a column.
 * @param profile All its other figures.
 * @param proved What a shape proved, if one did.
 * @returns null where nothing speaks for any.
 */
export function meaningOf(
  profile: Omit<ColumnProfile, 'meaning' | 'evidence'>,
  proved: Meaning | null,
): Meaning | null {
  if (proved !== null) return proved;
  const filled = profile.rows - profile.nulls;
  if (filled === 0) return null;
  const name = called(profile.name);
  const say = (meaning: MeaningName, reason: string): Meaning => ({ name: meaning, reason });
  if (profile.kind === 'boolean') return say('flag', 'two values');
  if (profile.kind === 'time')
    return say(profile.type === 'DATE' ? 'date' : 'time', `its type is ${profile.type}`);
  if (profile.kind === 'text') return textMeaning(profile, name, filled);
  if (profile.kind === 'number') return numberMeaning(profile, name, filled);
  return null;
}

type Figures = Omit<ColumnProfile, 'meaning' | 'evidence'>;

function textMeaning(profile: Figures, name: string, filled: number): Meaning | null {
  const say = (meaning: MeaningName, reason: string): Meaning => ({ name: meaning, reason });
  const { distinct, length } = profile;
  const longest = length?.max ?? 0;
  const named = (meaning: keyof typeof names) => names[meaning].test(name);
  const texts = profile.top.map((t) => String(t.value));
  if (named('postcode') && longest <= 10)
    return say('postcode', 'its name, and values of at most 10 characters');
  if (named('country')) return say('country', 'its name');
  if (named('language') && longest <= 12) return say('language', 'its name, and short values');
  if (named('phone')) return say('phone', 'its name');
  if (named('identifier') && !texts.some((v) => /\s/.test(v)))
    return say('identifier', 'its name, and values without blanks');
  const coded = codedShare(profile, filled);
  if (coded >= SHARE) return say('code', 'capitals, digits and hyphens together');
  if (named('code') && longest <= 24) return say('code', 'its name, and short values');
  if (
    longest <= 12 &&
    longest === length?.min &&
    distinct > filled / 2 &&
    texts.every((v) => /^[A-Z0-9-]+$/.test(v))
  )
    return say('code', `values of ${longest} capitals or digits`);
  if ((length?.mean ?? 0) > 60) return say('text', `${Math.round(length?.mean ?? 0)} characters on average`);
  if (distinct <= 100 && distinct <= filled / 2)
    return say(
      'category',
      `${distinct.toLocaleString('en-US')} distinct values in ${filled.toLocaleString('en-US')}`,
    );
  const capital = texts.filter((v) => /^\p{Lu}[\p{L}'’.-]+([ ,]+\p{Lu}[\p{L}'’.-]*)*/u.test(v)).length;
  const titled = texts.filter((v) => /^\S+, |\b(Mr|Mrs|Ms|Miss|Dr|Prof)\b/.test(v)).length;
  const nearly = (n: number) => n >= texts.length * 0.7;
  if (names.person.test(name) && nearly(capital))
    return say('person', 'its name, and words that begin with capitals');
  if (/(^|_)name$/.test(name) && nearly(titled))
    return say('person', 'its name, and the forms of personal names');
  return distinct <= filled / 2
    ? say(
        'category',
        `${distinct.toLocaleString('en-US')} distinct values in ${filled.toLocaleString('en-US')}`,
      )
    : null;
}

/** Share of the values whose mask mixes capitals or hyphens with digits, and holds nothing else. */
function codedShare(profile: Figures, filled: number): number {
  const coded = (profile.patterns ?? []).filter(
    ({ mask }) => /^[A9-]+$/.test(mask) && /9/.test(mask) && /[A-]/.test(mask),
  );
  return coded.reduce((sum, { count }) => sum + count, 0) / filled;
}

function numberMeaning(profile: Figures, name: string, filled: number): Meaning | null {
  const say = (meaning: MeaningName, reason: string): Meaning => ({ name: meaning, reason });
  const { distinct, unique } = profile;
  const whole = isWhole(profile.type);
  const [min, max] = [Number(profile.min), Number(profile.max)];
  const within = (low: number, high: number) => min >= low && max <= high;
  const named = (meaning: keyof typeof names) => names[meaning].test(name);
  if (whole && named('identifier')) return say('identifier', 'its name, and whole numbers');
  if (!whole && named('latitude') && within(-90, 90))
    return say('latitude', 'its name, and values from −90 to 90');
  if (!whole && named('longitude') && within(-180, 180))
    return say('longitude', 'its name, and values from −180 to 180');
  if (whole && named('postcode')) return say('postcode', 'its name');
  if (whole && named('calendar') && within(0, 9999))
    return say('ordinal', 'its name is a part of the calendar');
  if (named('percent') && within(-1000, 1000)) return say('percent', 'its name');
  if (whole && named('count') && min >= 0) return say('count', 'its name, and whole numbers from 0');
  if (named('money')) return say('money', 'its name');
  if (named('ratio')) return say('ratio', 'its name');
  if (named('quantity')) return say('quantity', 'its name');
  if (whole && named('ordinal') && distinct <= 20)
    return say('ordinal', `its name, and ${distinct} distinct values`);
  if (whole && named('code')) return say('code', 'its name, and whole numbers');
  if (whole && distinct === 2 && within(0, 1)) return say('flag', 'only 0 and 1');
  if (!whole && within(0, 1) && distinct > 2) return say('ratio', 'values from 0 to 1');
  if (whole && unique === filled && filled >= 20 && max - min + 1 === filled)
    return say('identifier', 'whole numbers without a gap, each once');
  if (whole && distinct <= 12 && distinct < filled / 20)
    return say('category', `${distinct} distinct whole numbers`);
  return say('quantity', whole ? 'whole numbers' : 'numbers');
}

/** What each is called. */
export const meaningTitle: Readonly<Record<MeaningName, string>> = {
  identifier: 'identifier',
  code: 'code',
  category: 'category',
  ordinal: 'ordinal',
  quantity: 'quantity',
  money: 'money',
  percent: 'percent',
  ratio: 'ratio',
  count: 'count',
  flag: 'flag',
  date: 'date',
  time: 'point in time',
  email: 'e-mail address',
  phone: 'phone number',
  url: 'web address',
  ip: 'IP address',
  uuid: 'UUID',
  country: 'country',
  postcode: 'postcode',
  latitude: 'latitude',
  longitude: 'longitude',
  person: 'person',
  text: 'free text',
  json: 'JSON',
  path: 'file path',
  language: 'language',
};
