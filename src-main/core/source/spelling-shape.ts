/**
 * Shapes: how the values of a text column are spelt when every digit is a 9. A column of figures has few shapes, and they
 * say which readings are worth trying on all its values. They come from a sample, because a reading is always tried on
 * the whole column, and what does not fit brings its own shape.
 */
import { identifier, literal } from '../sql';
import type { Cell } from '../table';
import {
  blanks,
  currencies,
  doubtfulNullWords,
  exactly,
  minuses,
  months,
  nullWords,
  nullWordsOfFigures,
  regionWords,
  truths,
  weekdays,
} from './spelling-words';

/** Values longer than this, in characters, are taken for free text. */
const LONGEST = 48;
/** Different values of one column that are looked at. */
const SAMPLE = 400;
/** A value that makes one in so many of what was drawn is looked at in any case. */
const COMMON = 50;
/** Rows from the top that are among the sample. */
const TOP = 2000;
/** Rows that are grouped by value to draw the sample; of larger tables a fixed share of the different values is. */
const GROUPED = 20_000;

/** A value and how often it was seen. */
export interface Seen {
  readonly value: string;
  readonly count: number;
}

/** Values of one column that have one shape. */
export interface Shape {
  /** The value with 9 for every digit, or a word as it stands; null for all other text. */
  readonly shape: string | null;
  readonly count: number;
  /** Different values. */
  readonly distinct: number;
  /** Least and greatest value as texts. */
  readonly low: string;
  readonly high: string;
  /** Values that begin with a nought and another digit. */
  readonly padded: number;
  /** Of other text: values of two letters, and names of world regions. */
  readonly codes: number;
}

/** What a column holds. */
export interface Shapes {
  readonly column: string;
  /** Values that are not null or blank. */
  readonly filled: number;
  /** Commonest first. */
  readonly shapes: readonly Shape[];
}

/**
 * Draws a sample of the values of text columns, one row each: column, value, count of what was drawn. The sample is the
 * same each time: some of the first rows, and values from everywhere chosen by their hash; what is common comes first. Columns of few different
 * values are seen whole.
 * @param from What stands behind FROM: a relation in which the columns are text as it stands in the file.
 * @param rows How many rows it has, about.
 */
export function evidenceSql(from: string, columns: readonly string[], rows: number): string {
  const share = Math.max(1, Math.ceil(rows / GROUPED));
  return columns
    .map((column) => {
      const v = identifier(column);
      const cut = `CASE WHEN strlen(v) <= ${4 * LONGEST} THEN v ELSE '${'x'.repeat(LONGEST + 1)}' END`;
      const drawn =
        share === 1
          ? `SELECT ${v} AS v FROM ${from}`
          : `(SELECT ${v} AS v FROM ${from} WHERE ${v} IS NOT NULL LIMIT ${TOP}) UNION ALL SELECT ${v} FROM ${from} WHERE hash(${v}) % ${share} = 1`;
      return `(SELECT ${literal(column)} AS name, v, n FROM (SELECT ${cut} AS v, count(*) AS n FROM (${drawn}) WHERE v IS NOT NULL AND v <> '' GROUP BY 1) ORDER BY ${COMMON} * n < sum(n) OVER (), hash(v) LIMIT ${SAMPLE})`;
    })
    .join('\nUNION ALL ');
}

/** Reads the answer of `evidenceSql`. */
export function readEvidence(rows: readonly (readonly Cell[])[]): Map<string, Seen[]> {
  const found = new Map<string, Seen[]>();
  for (const [name, value, count] of rows) {
    const list = found.get(String(name)) ?? [];
    found.set(String(name), list);
    list.push({ value: String(value), count: Number(count) });
  }
  return found;
}

const words: ReadonlySet<string> = new Set(
  [
    ...nullWords,
    ...doubtfulNullWords,
    ...nullWordsOfFigures,
    ...truths.flatMap((pair) => [...pair.yes, ...pair.no]),
  ].map((word) => word.toLowerCase()),
);
const regions: ReadonlySet<string> = new Set(regionWords);

/** Figures, marks, and the only words that stand beside figures: months, weekdays, clock words, currencies. */
const figures = new RegExp(
  `^(?:[0-9${blanks}.,:/'’()+%${minuses.replace('-', '\\-')}]|${[...months, ...weekdays, 'am', 'pm', 'utc', '[tze]', ...[...currencies].map(exactly)].join('|')})+$`,
  'iu',
);

const trimmed = new RegExp(`^[${blanks}\r\n]+|[${blanks}\r\n]+$`, 'g');

/** The text without the blanks around it, as `bareSql` takes them off. */
export function bare(text: string): string {
  return text.replace(trimmed, '');
}

function shapeOf(text: string): string | null {
  if (text.length > LONGEST) return null;
  if (words.has(text.toLowerCase())) return text;
  return figures.test(text) ? text.replace(/[0-9]/g, '9') : null;
}

/**
 * The shapes of values.
 * @param by Whether a value counts as often as it was seen, or once.
 */
export function shapesOf(column: string, seen: readonly Seen[], by: 'rows' | 'values'): Shapes {
  const found = new Map<string | null, { -readonly [K in keyof Shape]: Shape[K] }>();
  let filled = 0;
  for (const { value, count } of seen) {
    const text = bare(value);
    if (text === '') continue;
    const n = by === 'rows' ? count : 1;
    filled += n;
    const key = shapeOf(text);
    const shape = found.get(key);
    const padded = /^0[0-9]/.test(text) ? n : 0;
    const codes = key === null && (text.length === 2 || regions.has(text)) ? n : 0;
    if (shape === undefined) {
      found.set(key, { shape: key, count: n, distinct: 1, low: text, high: text, padded, codes });
      continue;
    }
    shape.count += n;
    shape.distinct += 1;
    if (text < shape.low) shape.low = text;
    if (text > shape.high) shape.high = text;
    shape.padded += padded;
    shape.codes += codes;
  }
  const shapes = [...found.values()].sort(
    (a, b) => b.count - a.count || ((a.shape ?? '') < (b.shape ?? '') ? -1 : 1),
  );
  return { column, filled, shapes };
}

/**
 * Counts the null words of columns that stay text, over every row: column, word, count; and with null for the word what
 * else they hold.
 */
export function wordsSql(from: string, columns: readonly string[]): string {
  const list = [...nullWords, ...doubtfulNullWords];
  const longest = Math.max(...list.map((word) => word.length)) + 2;
  return columns
    .map(
      (column) => `SELECT ${literal(column)} AS name, w, sum(n)::BIGINT AS n FROM
  (SELECT CASE WHEN trim(v) IN (${list.map(literal).join(', ')}) THEN trim(v) END AS w, n FROM
    (SELECT CASE WHEN strlen(v) <= ${longest} THEN v END AS v, count(*) AS n FROM (SELECT ${identifier(column)} AS v FROM ${from}) WHERE v IS NOT NULL GROUP BY 1) WHERE v IS NULL OR trim(v) <> '') GROUP BY w`,
    )
    .join('\nUNION ALL ');
}

/** Numbers with leading zeros in one column: values that begin with one, of how many, and the least of them. */
export function paddedSql(from: string, column: string): string {
  const v = identifier(column);
  const padded = `${v} >= '00' AND ${v} < '0:'`;
  return `SELECT count_if(${padded}), count_if(${v} <> ''), min(${v}) FILTER (WHERE ${padded}) FROM ${from}`;
}

/** In which order day, month and year stand. */
export type Order = 'dmy' | 'mdy' | 'ymd';

export const orderWords: Readonly<Record<Order, string>> = {
  dmy: 'day first',
  mdy: 'month first',
  ymd: 'year first',
};

/** A shape that is a date, a time of day, or both. */
export interface TimeShape {
  /** The orders that the shape leaves open, and the format under each; one if it is plain. */
  readonly formats: Readonly<Partial<Record<Order, string>>>;
  /** Whether the order is not told by the shape. */
  readonly open: boolean;
  readonly date: boolean;
  readonly clock: boolean;
  readonly shortYear: boolean;
  readonly named: boolean;
  /** As ISO 8601 or as SQL writes it, so that DuckDB reads it unasked. */
  readonly plain: boolean;
  /** What stands between the parts of the date; '' if nothing does. */
  readonly mark: string;
}

const monthName = `(?:${months.join('|')})`;
const dayName = `(?:${weekdays.join('|')})`;
const clockPart = '(9{1,2}):99(:99(?:\\.(9{1,9}))?)?(?:( ?)([ap]m))?(?:( ?)(z|utc|[+\\-]99(?::?99)?))?';
const clockAlone = new RegExp(`^${clockPart}$`, 'i');
const clockAfter = new RegExp(`^(.+?)(t| |, )${clockPart}$`, 'i');

function clockFormat(part: readonly (string | undefined)[], raw: string): string {
  const [, seconds, fraction, gap, half, space, zone] = part;
  const hour = half ? '%I' : '%H';
  const tail = fraction === undefined ? '' : fraction.length > 6 ? '.%n' : '.%f';
  const zoneFormat =
    zone === undefined ? '' : /^[+-]/.test(zone) ? '%z' : raw.slice(raw.length - zone.length);
  return `${hour}:%M${seconds ? `:%S${tail}` : ''}${half ? `${gap ?? ''}%p` : ''}${zone === undefined ? '' : (space ?? '') + zoneFormat}`;
}

type DateShape = Pick<TimeShape, 'formats' | 'open' | 'shortYear' | 'named' | 'mark'> & {
  readonly iso: boolean;
};

function dateShape(shape: string): DateShape | null {
  let found = /^9999([-/. ])9{1,2}\1(9{1,2})$/.exec(shape);
  if (found) {
    const mark = found[1]!;
    return {
      formats: { ymd: `%Y${mark}%m${mark}%d` },
      open: false,
      shortYear: false,
      named: false,
      mark,
      iso: mark === '-' && shape.length === 10,
    };
  }
  if (shape === '99999999') {
    return { formats: { ymd: '%Y%m%d' }, open: false, shortYear: false, named: false, mark: '', iso: false };
  }
  found = /^9{1,2}([-/. ])9{1,2}\1(9999|99)$/.exec(shape);
  if (found) {
    const mark = found[1]!;
    const shortYear = found[2] === '99';
    if (shortYear && mark === ' ') return null;
    const year = shortYear ? '%y' : '%Y';
    const formats: Partial<Record<Order, string>> = {
      dmy: `%d${mark}%m${mark}${year}`,
      mdy: `%m${mark}%d${mark}${year}`,
    };
    if (shortYear && /^99/.test(shape)) formats.ymd = `%y${mark}%m${mark}%d`;
    return { formats, open: true, shortYear, named: false, mark, iso: false };
  }
  return namedShape(shape);
}

const namedDayFirst = new RegExp(
  `^(?:(${dayName})(,? ))?9{1,2}([-/ .]?| )(${monthName})([-/ .]|, )(9999|99)$`,
  'i',
);
const namedMonthFirst = new RegExp(
  `^(?:(${dayName})(,? ))?(${monthName})([-/ .]| )9{1,2}([-/]|,? )(9999|99)$`,
  'i',
);
const namedYearFirst = new RegExp(`^9999([-/ .])(${monthName})\\1(9{1,2})$`, 'i');

function namedShape(shape: string): DateShape | null {
  const month = (word: string) => (word.length > 3 ? '%B' : '%b');
  const day = (word: string | undefined, gap: string | undefined) =>
    word === undefined ? '' : `${word.length > 3 ? '%A' : '%a'}${gap ?? ''}`;
  const answer = (order: Order, format: string, year: string | undefined, mark: string): DateShape => ({
    formats: { [order]: format },
    open: false,
    shortYear: year === '99',
    named: true,
    mark,
    iso: false,
  });
  let f = namedDayFirst.exec(shape);
  if (f) {
    const year = f[6] === '99' ? '%y' : '%Y';
    return answer('dmy', `${day(f[1], f[2])}%d${f[3]}${month(f[4]!)}${f[5]}${year}`, f[6], f[5]!);
  }
  f = namedMonthFirst.exec(shape);
  if (f) {
    const year = f[6] === '99' ? '%y' : '%Y';
    return answer('mdy', `${day(f[1], f[2])}${month(f[3]!)}${f[4]}%d${f[5]}${year}`, f[6], f[4]!);
  }
  f = namedYearFirst.exec(shape);
  if (f) return answer('ymd', `%Y${f[1]}${month(f[2]!)}${f[1]}%d`, '9999', f[1]!);
  return null;
}

/** The time that a shape may be; null if it is none. */
export function timeShape(shape: string): TimeShape | null {
  const alone = clockAlone.exec(shape);
  if (alone) {
    const format = clockFormat(alone.slice(1), shape);
    const common = { open: false, date: false, clock: true, shortYear: false, named: false, mark: '' };
    return { ...common, formats: { ymd: format }, plain: false };
  }
  const date = dateShape(shape);
  if (date) {
    const { iso, ...rest } = date;
    return { ...rest, date: true, clock: false, plain: iso };
  }
  const after = clockAfter.exec(shape);
  if (!after) return null;
  const day = dateShape(after[1]!);
  if (!day) return null;
  const { iso, ...rest } = day;
  const join = after[2]!;
  const clock = clockFormat(after.slice(3), shape);
  const formats: Partial<Record<Order, string>> = {};
  for (const [order, format] of Object.entries(day.formats)) {
    formats[order as Order] = `${format}${join}${clock}`;
  }
  return { ...rest, formats, date: true, clock: true, plain: iso && !clock.includes('%p') };
}
