/**
 * Readings in words: characters that cannot be seen, formats by an example, what a type is read as.
 */
import type { ColumnReading, Dialect, ReadAs } from '#core/source/receipt';
import type { Kind } from '#core/table';
import { kindOf } from '#core/table';

const named: Readonly<Record<string, string>> = {
  '': 'none',
  ',': 'comma ,',
  ';': 'semicolon ;',
  '\t': 'tab ⇥',
  '|': 'bar |',
  ' +': 'blanks',
  ' ': 'one blank',
  '"': 'double "',
  "'": "single '",
  '\\': 'backslash \\',
};

/** `semicolon ;`, `tab ⇥`, `none`. Others stand for themselves. */
export function signWords(sign: string): string {
  return Object.hasOwn(named, sign) ? (named[sign] ?? sign) : shown(sign);
}

/** Characters as one types them in a field: `\t` for a tab. */
export function shown(text: string): string {
  return text.replaceAll('\t', '\\t').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
}

/** What was typed as `shown` would show it. */
export function meant(text: string): string {
  return text.replaceAll('\\t', '\t').replaceAll('\\n', '\n').replaceAll('\\r', '\r');
}

export const readAsWords: Readonly<Record<ReadAs, string>> = {
  text: 'Text',
  whole: 'Whole number',
  number: 'Number',
  date: 'Date',
  timestamp: 'Date and time',
  time: 'Time of day',
  boolean: 'Yes or no',
};

const kindOfReading: Readonly<Record<ReadAs, Kind>> = {
  text: 'text',
  whole: 'number',
  number: 'number',
  date: 'time',
  timestamp: 'time',
  time: 'time',
  boolean: 'boolean',
};

export function readingKind(as: ReadAs): Kind {
  return kindOfReading[as];
}

/** What DuckDB's type is read as, as near as the words for it come. */
export function readAsOf(type: string): ReadAs {
  if (type === 'DATE') return 'date';
  if (type === 'TIME') return 'time';
  if (type.startsWith('TIMESTAMP')) return 'timestamp';
  const kind = kindOf(type);
  if (kind === 'boolean') return 'boolean';
  if (kind !== 'number') return 'text';
  return /^(DOUBLE|FLOAT|DECIMAL)/.test(type) ? 'number' : 'whole';
}

const parts: Readonly<Record<string, string>> = {
  Y: '2014',
  y: '14',
  m: '12',
  d: '31',
  '-m': '12',
  '-d': '31',
  b: 'Dec',
  B: 'December',
  a: 'Wed',
  A: 'Wednesday',
  H: '18',
  '-H': '18',
  I: '06',
  '-I': '6',
  p: 'PM',
  M: '05',
  S: '09',
  f: '250000',
  g: '250',
  z: '+00:00',
  Z: 'UTC',
  j: '365',
  '%': '%',
};

/** The last day of 2014, a little after six, in a strptime format: `31/12/2014`. */
export function formatSample(format: string): string {
  return format.replace(/%(-?[A-Za-z%])/g, (all, part: string) => parts[part] ?? all);
}

/** Which of day, month and year a format begins with; '' if it has no day. */
export function formatOrder(format: string): '' | 'day first' | 'month first' | 'year first' {
  const first = /%-?([dmYybBj])/.exec(format)?.[1];
  if (first === undefined || !/%-?[dj]/.test(format)) return '';
  return first === 'd' ? 'day first' : first === 'Y' || first === 'y' ? 'year first' : 'month first';
}

/** A reading in a few words: `Date, day first: 31/12/2014`. */
export function readingWords(reading: ColumnReading): string {
  const { as, formats = [], decimal, grouping, currency, percent } = reading;
  const orders = [...new Set(formats.map(formatOrder))].filter((order) => order !== '');
  const said = [
    ...orders,
    ...(decimal === undefined || decimal === '.' ? [] : [`decimal ${decimal}`]),
    ...(grouping ? [`thousands ${grouping === ' ' ? 'blank' : grouping}`] : []),
    ...(currency ? [currency] : []),
    ...(percent ? ['percent'] : []),
  ];
  const [first] = formats;
  const like = first === undefined ? '' : `: ${formatSample(first)}`;
  return `${[readAsWords[as], ...said].join(', ')}${like}`;
}

/** What a dialect is, in a few words: `semicolon, header of 1 row`. */
export function dialectWords({ delimiter, headerRows, skip }: Dialect): string {
  return [
    delimiter === '' ? 'one column' : signWords(delimiter).replace(/(?<=\w) [^\w\s]$/, ''),
    headerRows === 0 ? 'no header' : headerRows === 1 ? 'header of 1 row' : `header of ${headerRows} rows`,
    ...(skip === 0 ? [] : [skip === 1 ? '1 line skipped' : `${skip} lines skipped`]),
  ].join(', ');
}

/** Words with the full stop they may lack. */
export function sentence(words: string): string {
  return /[.!?…]$/.test(words) ? words : `${words}.`;
}

/** Whether two readings of a column say the same. */
export function sameReading(a: ColumnReading | undefined, b: ColumnReading): boolean {
  if (a === undefined) return false;
  const sorted = (reading: ColumnReading) =>
    JSON.stringify(Object.entries(reading).sort(([x], [y]) => (x < y ? -1 : 1)));
  return sorted(a) === sorted(b);
}
