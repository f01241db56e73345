/**
 * Words and marks that decide how a column is spelt: what means missing, yes and no, what currency, which month.
 */

/** Words that mean missing wherever they stand; written so, in this case. */
export const nullWords = [
  'NULL',
  'null',
  '(null)',
  '(NULL)',
  '<NULL>',
  '<null>',
  'N/A',
  'n/a',
  '#N/A',
  '#NULL!',
  '<NA>',
  'NaN',
  'nan',
  '\\N',
] as const;

/** Words that usually mean missing but can be a value: Namibia, a minus, a full stop. */
export const doubtfulNullWords = ['NA', 'na', '-', '--', '---', '–', '—', '?', '??', '.', '..'] as const;

/** Words that mean missing among numbers, dates and yes/no, but may be a category among other words. */
export const nullWordsOfFigures = [
  'None',
  'none',
  'NONE',
  'Nil',
  'nil',
  'NIL',
  'NAN',
  'Null',
  'n.a.',
  'N.A.',
  'n.a',
  'missing',
  'Missing',
  'MISSING',
  'unknown',
  'Unknown',
  'UNKNOWN',
  'not available',
  'Not available',
  'Not Available',
  'not applicable',
  'Not Applicable',
] as const;

/** Names of world regions beside which NA is North America. */
export const regionWords = ['EU', 'EMEA', 'APAC', 'LATAM', 'AMER', 'MEA', 'ANZ'] as const;

/** Numbers that stand for missing if they stand apart from all others. */
export const sentinels = ['-99', '-999', '-9999', '-99999', '-999999', '9999', '99999', '999999'] as const;

/** Pairs of words for true and false, in lower case; a column keeps to one pair. */
export const truths: readonly { readonly yes: readonly string[]; readonly no: readonly string[] }[] = [
  { yes: ['yes', 'y'], no: ['no', 'n'] },
  { yes: ['true', 't'], no: ['false', 'f'] },
  { yes: ['on'], no: ['off'] },
  { yes: ['ja', 'j'], no: ['nein', 'n'] },
  { yes: ['ja'], no: ['nee'] },
  { yes: ['ja'], no: ['nej'] },
  { yes: ['oui'], no: ['non'] },
  { yes: ['si', 'sí', 'sì'], no: ['no'] },
  { yes: ['sim'], no: ['não'] },
];

/** Signs and codes of currencies, longest first where one begins another. */
export const currencies = [
  ...[
    'US$',
    'NZ$',
    'HK$',
    'AU$',
    'CA$',
    'A$',
    'C$',
    'R$',
    'S$',
    'Rs.',
    'Rs',
    'kr.',
    'kr',
    'Kr',
    'zł',
    'Kč',
    'Ft',
  ],
  ...[
    'USD',
    'EUR',
    'GBP',
    'CHF',
    'JPY',
    'CNY',
    'RMB',
    'INR',
    'AUD',
    'CAD',
    'NZD',
    'SEK',
    'NOK',
    'DKK',
    'PLN',
  ],
  ...[
    'CZK',
    'HUF',
    'RON',
    'BGN',
    'TRY',
    'RUB',
    'UAH',
    'BRL',
    'MXN',
    'ARS',
    'CLP',
    'COP',
    'PEN',
    'ZAR',
    'KRW',
  ],
  ...[
    'SGD',
    'HKD',
    'TWD',
    'THB',
    'IDR',
    'MYR',
    'PHP',
    'VND',
    'ILS',
    'AED',
    'SAR',
    'EGP',
    'NGN',
    'KES',
    'ISK',
  ],
  ...['$', '€', '£', '¥', '₹', '₽', '₩', '₪', '₫', '₺', '₴', '₦', '฿', '₱', '₡', '₲', '₵', '₸', '￥', '￡'],
] as const;

export const months = [
  ...['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october'],
  ...['november', 'december', 'jan', 'feb', 'mar', 'apr', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'],
] as const;

export const weekdays = [
  ...['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'],
  ...['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
] as const;

/** Characters that count as blanks around and inside figures: blank, tab, no-break, narrow no-break and thin space. */
export const blanks = ' \t\u00a0\u202f\u2009';

/** Marks that mean minus: hyphen, minus sign, en dash. */
export const minuses = '-−–';

/** A text as a regular expression that matches only it, for RE2 and for JavaScript alike. */
export function exactly(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
