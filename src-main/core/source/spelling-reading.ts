/**
 * A column's text read as its reading says: SQL over one text value.
 *
 * Nothing is guessed here. A value either has exactly the spelling that the reading describes, or it is null and a
 * misfit; DuckDB's own casts, which take `nan`, `0x10`, `1_000` or the year 12 for granted, never see the others.
 */
import { literal } from '../sql';
import type { ColumnReading, ReadAs } from './receipt';
import { blanks, exactly, minuses } from './spelling-words';

/** Words for true and false where a reading names none. */
const defaultYes = ['true', 't', 'yes', 'y', 'on', '1'];
const defaultNo = ['false', 'f', 'no', 'n', 'off', '0'];

/** Digits after the mark that money may have; more would be rounded, so such a value does not fit. */
export const MONEY_SCALE = 4;

/**
 * The DuckDB type that a reading gives. Money is DECIMAL(18,4), so that sums are right to the last cent; other numbers
 * are DOUBLE; whole numbers BIGINT.
 */
export function typeOf(reading: ColumnReading): string {
  switch (reading.as) {
    case 'text':
      return 'VARCHAR';
    case 'whole':
      return 'BIGINT';
    case 'number':
      return isMoney(reading) ? `DECIMAL(18,${MONEY_SCALE})` : 'DOUBLE';
    case 'date':
      return 'DATE';
    case 'timestamp':
      return 'TIMESTAMP';
    case 'time':
      return 'TIME';
    case 'boolean':
      return 'BOOLEAN';
  }
}

const isMoney = (reading: ColumnReading) => reading.currency !== undefined && reading.currency !== '';

const spaces = `${blanks}\r\n`;

/**
 * SQL for a text without the blanks around it. Most texts have none, and to see that costs a tenth of trimming them.
 */
export function bareSql(value: string): string {
  const ends = [' ', '\t', '\n', '\u00a0'].map((mark) => `suffix(${value}, ${literal(mark)})`).join(' OR ');
  return `CASE WHEN ${value} >= '!' AND ${value} < '\u00a0' AND NOT (${ends}) THEN ${value} ELSE trim(${value}, ${literal(spaces)}) END`;
}

/** SQL that is true where a whole value has a pattern; the blanks around it do not count. */
function matchesSql(value: string, pattern: string): string {
  return `regexp_full_match(${value}, ${literal(`[${spaces}]*(?:${pattern})[${spaces}]*`)})`;
}

/**
 * SQL that is true where a value is neither null, nor blank, nor a null word of the reading. A null word that is a
 * number also matches with a fraction of noughts: `-999` is `-999.00`.
 */
export function filledSql(reading: ColumnReading, value: string): string {
  const blank = `((${value} >= '!' AND ${value} < '\u00a0') OR trim(${value}, ${literal(spaces)}) <> '')`;
  return [blank, ...nullTests(reading, value).map((test) => `NOT ${test}`)].join(' AND ');
}

function nullTests(reading: ColumnReading, value: string): string[] {
  const words = reading.nulls ?? [];
  const numbers = words.filter((word) => /^-?[0-9]+$/.test(word));
  const tests: string[] = [];
  if (words.length > 0) tests.push(`(${bareSql(value)} IN (${words.map(literal).join(', ')}))`);
  if (numbers.length > 0 && (reading.as === 'whole' || reading.as === 'number')) {
    tests.push(matchesSql(value, `(?:${numbers.join('|')})[.,]0+`));
  }
  return tests;
}

/**
 * SQL that reads one text value as the reading says.
 * @param value SQL of type VARCHAR.
 * @returns SQL of the type `typeOf(reading)`: null where the value is null, blank, a null word, or does not fit. Text
 *  keeps its blanks, also where there is nothing else.
 */
export function readingSql(reading: ColumnReading, value: string): string {
  const missing = nullTests(reading, value);
  const read = convert(reading, value);
  if (missing.length === 0) return `(${read})`;
  return `(CASE WHEN ${missing.join(' OR ')} THEN NULL ELSE ${read} END)`;
}

/**
 * The values that a reading makes null although they are filled, with their counts, commonest first.
 * @param value SQL of type VARCHAR over `from`.
 * @param limit Most values to answer; null for all.
 */
export function misfitsSql(
  reading: ColumnReading,
  value: string,
  from: string,
  limit: number | null = 1000,
): string {
  return `SELECT v, n FROM (SELECT ${value} AS v, count(*) AS n FROM ${from} GROUP BY 1)
WHERE ${filledSql(reading, 'v')} AND ${readingSql(reading, 'v')} IS NULL${limit === null ? '' : ` ORDER BY n DESC, v LIMIT ${limit}`}`;
}

/** Why a value is a misfit of a reading: `is no date as the column is read`. */
export function misfitReason({ as }: ColumnReading): string {
  const what: Readonly<Record<ReadAs, string>> = {
    text: 'text',
    whole: 'whole number',
    number: 'number',
    date: 'date',
    timestamp: 'date and time',
    time: 'time',
    boolean: 'yes or no',
  };
  return `is no ${what[as]} as the column is read`;
}

function convert(reading: ColumnReading, value: string): string {
  switch (reading.as) {
    case 'text':
      return value;
    case 'whole':
    case 'number':
      return numberSql(reading, value);
    case 'boolean': {
      const words = (list: readonly string[]) => list.map((word) => literal(word.toLowerCase())).join(', ');
      const [yes, no] = [reading.yes ?? defaultYes, reading.no ?? defaultNo];
      const word = `lower(${bareSql(value)})`;
      return `CASE WHEN ${word} IN (${words(yes)}) THEN TRUE WHEN ${word} IN (${words(no)}) THEN FALSE END`;
    }
    default:
      return timeSql(reading, value);
  }
}

/** Blanks that may stand inside a number, between it and its signs; also the class of thousands marks that are blanks. */
const gap = '[ \u00a0\u202f\u2009]';
const sign = `[+${minuses.replace('-', '\\-')}]`;

function groupPattern(grouping: string): string {
  if (grouping.trim() === '') return gap;
  if (grouping === "'" || grouping === '’') return "['’]";
  return exactly(grouping);
}

/** What a number without signs looks like: digits in groups of three or in none, then a fraction. */
function bodyPattern(reading: ColumnReading): string {
  const mark = exactly(reading.decimal ?? '.');
  const group = reading.grouping ? groupPattern(reading.grouping) : null;
  const digits = group === null ? '[0-9]+' : `(?:[1-9][0-9]{0,2}(?:${group}[0-9]{3})+|[0-9]+)`;
  if (reading.as === 'whole') return `${digits}(?:${mark}0*)?`;
  const most = isMoney(reading) ? `{0,${MONEY_SCALE}}` : '*';
  const least = isMoney(reading) ? `{1,${MONEY_SCALE}}` : '+';
  return `(?:${digits}(?:${mark}[0-9]${most})?|${mark}[0-9]${least})`;
}

/** A plain number, with an exponent if it may have one. */
function plainPattern(reading: ColumnReading): string {
  const exponent = reading.as === 'whole' ? '' : '(?:[eE][+\\-]?[0-9]{1,3})?';
  return `${sign}?${bodyPattern(reading)}${exponent}`;
}

const isPlain = (reading: ColumnReading) => !reading.grouping && !isMoney(reading) && !reading.percent;

/**
 * The regular expression, for RE2 and for JavaScript, that a number has under a reading. Signs stand before or after,
 * parentheses mean negative, the currency stands on either side or not at all.
 */
export function numberPattern(reading: ColumnReading): string {
  const body = bodyPattern(reading);
  const coin = isMoney(reading) ? exactly(reading.currency!) : null;
  const after = `${reading.percent ? `(?:${gap}?%)?` : ''}${coin === null ? '' : `(?:${gap}?${coin})?`}`;
  const coinBefore = coin === null ? '' : `(?:${coin}${gap}*)?`;
  const signed =
    coin === null
      ? `(?:${sign}${gap}?)?`
      : `(?:(?:${sign}${gap}?)?(?:${coin}${gap}*)?|${coin}${gap}*${sign}${gap}?)`;
  const alternatives = [
    `${signed}${body}${after}`,
    `${coinBefore}${body}${after}${gap}?[${minuses.replace('-', '\\-')}]`,
    `${coinBefore}\\(${gap}?${coinBefore}${body}${after}${gap}?\\)${after}`,
  ];
  if (isPlain(reading)) alternatives.unshift(plainPattern(reading));
  return `(?:${alternatives.join('|')})`;
}

function numberSql(reading: ColumnReading, value: string): string {
  const type = typeOf(reading);
  const decimal = reading.decimal ?? '.';
  const swap = (sql: string, from: string, to: string) => `replace(${sql}, ${literal(from)}, ${literal(to)})`;
  const cases: string[] = [];
  if (isPlain(reading)) {
    let text = swap(swap(bareSql(value), '−', '-'), '–', '-');
    if (decimal !== '.') text = swap(text, decimal, '.');
    cases.push(`WHEN ${matchesSql(value, plainPattern(reading))} THEN TRY_CAST(${text} AS ${type})`);
  }
  let text = value;
  if (isMoney(reading)) text = swap(text, reading.currency!, '');
  if (reading.percent) text = swap(text, '%', '');
  if (reading.grouping) {
    const marks =
      reading.grouping.trim() === ''
        ? [' ', '\u00a0', '\u202f', '\u2009']
        : reading.grouping === "'" || reading.grouping === '’'
          ? ["'", '’']
          : [reading.grouping];
    for (const mark of marks) text = swap(text, mark, '');
  }
  if (decimal !== '.') text = swap(text, decimal, '.');
  const size = `TRY_CAST(trim(${text}, ${literal(`${spaces}()+${minuses}`)}) AS ${type})`;
  // Where nothing but digits is left, there is nothing to trim.
  const plain = `coalesce(TRY_CAST(${text} AS ${type}), ${size})`;
  const negative = ['(', ...minuses].map((mark) => `contains(${value}, ${literal(mark)})`).join(' OR ');
  cases.push(
    `WHEN ${matchesSql(value, numberPattern(reading))} THEN CASE WHEN ${negative} THEN -${size} ELSE ${plain} END`,
  );
  return `CASE ${cases.join(' ')} END`;
}

const specifiers: Readonly<Record<string, string>> = {
  Y: '[0-9]{4}',
  y: '[0-9]{2}',
  m: '[0-9]{1,2}',
  d: '[0-9]{1,2}',
  H: '[0-9]{1,2}',
  I: '[0-9]{1,2}',
  M: '[0-9]{2}',
  S: '[0-9]{2}',
  f: '[0-9]{1,6}',
  g: '[0-9]{3}',
  n: '[0-9]{1,9}',
  j: '[0-9]{1,3}',
  b: '[A-Za-z]+',
  B: '[A-Za-z]+',
  a: '[A-Za-z]+',
  A: '[A-Za-z]+',
  p: '[AaPp][Mm]',
  z: '[+\\-][0-9]{2}(?::?[0-9]{2})?',
  '%': '%',
};

/**
 * The regular expression that a time has under a strptime format: a four-digit year has four digits, which strptime
 * alone does not ask for.
 */
export function timePattern(format: string): string {
  let pattern = '';
  for (let i = 0; i < format.length; i++) {
    if (format[i] !== '%') {
      pattern += exactly(format[i]!);
      continue;
    }
    i += format[i + 1] === '-' ? 2 : 1;
    const known = specifiers[format[i] ?? ''] ?? '.+';
    // Without a mark between them, parts have all their digits.
    const close =
      format[i + 1] === '%' || (i >= 3 && /[A-Za-z]/.test(format[i - 2]!) && format[i - 3] === '%');
    pattern += close ? known.replace('{1,2}', '{2}') : known;
  }
  return pattern;
}

function timeSql(reading: ColumnReading, value: string): string {
  const bare = bareSql(value);
  const type = typeOf(reading);
  const formats = reading.formats ?? [];
  if (formats.length === 0) {
    const day = '[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}';
    const clock = '[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\\.[0-9]{1,6})?)?';
    const pattern = reading.as === 'date' ? day : reading.as === 'time' ? clock : `${day}(?:[ T]${clock}Z?)?`;
    const text =
      reading.as === 'time' ? `CASE WHEN strlen(${bare}) < 6 THEN ${bare} || ':00' ELSE ${bare} END` : bare;
    return `CASE WHEN ${matchesSql(value, pattern)} THEN TRY_CAST(${text} AS ${type}) END`;
  }
  const reads = formats.map((format) => {
    const parsed = `try_strptime(${bare}, ${literal(format)})`;
    // With an offset strptime answers an instant; what is kept is that instant in UTC.
    const plain = /%z/i.test(format) ? `make_timestamp(epoch_us(${parsed}))` : parsed;
    return `CASE WHEN ${matchesSql(value, timePattern(format))} THEN ${plain} END`;
  });
  return `TRY_CAST(${reads.length === 1 ? reads[0] : `coalesce(${reads.join(', ')})`} AS ${type})`;
}
