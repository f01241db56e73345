/**
 * Drafts: which readings the shapes of a column make worth trying. Nothing here looks at a value; a draft is only tried.
 */
import type { ColumnReading, WarningCode } from './receipt';
import type { Subject } from './spelling-ask';
import { numberPattern } from './spelling-reading';
import {
  type Order,
  orderWords,
  type Seen,
  type Shape,
  type Shapes,
  type TimeShape,
  timeShape,
} from './spelling-shape';
import {
  currencies,
  doubtfulNullWords,
  exactly,
  nullWords,
  nullWordsOfFigures,
  truths,
} from './spelling-words';

/** A reading must convert this share of the values to be proposed. */
export const MOST = 0.95;
/** Digits that a whole number may have; longer ones are names, and a DOUBLE would not keep them. */
const LONGEST_NUMBER = 15;

/** A reading to try. */
export interface Option {
  readonly reading: ColumnReading;
  readonly words: string;
}

/** Readings of one column to try on every value; the first is the likeliest. */
export interface Draft {
  readonly code: WarningCode;
  /** What the values are, for a sentence: `money`, `dates`. */
  readonly noun: string;
  readonly options: readonly Option[];
  /** Whether the options spell different values, so that a tie is the user's to decide. */
  readonly open: boolean;
  /** Values to show, one per spelling, commonest first. */
  readonly examples: readonly string[];
  /** Whether a value that has digits and does not fit shows that these are names, not figures. */
  readonly names: boolean;
  /** Whether every value must fit. */
  readonly strict: boolean;
}

/** Why a column of figures stays as it is, where that deserves a word: codes, or several currencies. */
export type Remark =
  | { readonly code: 'leading-zeros' }
  | { readonly code: 'money-as-text'; readonly currencies: readonly string[] };

export type Finding = { readonly draft: Draft } | { readonly remark: Remark } | null;

const everywhere: ReadonlySet<string> = new Set(nullWords);
const doubtful: ReadonlySet<string> = new Set(doubtfulNullWords);
const amongFigures: ReadonlySet<string> = new Set([
  ...nullWords,
  ...doubtfulNullWords,
  ...nullWordsOfFigures,
]);

const hasDigit = (shape: Shape): boolean => shape.shape?.includes('9') ?? false;
const sum = (shapes: readonly Shape[]): number => shapes.reduce((n, s) => n + s.count, 0);

/** What the shapes of a column without its null words are. */
interface Parts {
  readonly column: string;
  /** Values that are not null words among figures. */
  readonly filled: number;
  readonly nulls: readonly string[];
  readonly nullCount: number;
  /** Shapes with digits. */
  readonly figures: readonly Shape[];
  readonly words: readonly Shape[];
}

function partsOf({ column, filled, shapes }: Shapes): Parts {
  const nulls = shapes.filter((s) => s.shape !== null && amongFigures.has(s.shape));
  const nullCount = sum(nulls);
  return {
    column,
    filled: filled - nullCount,
    nulls: nulls.map((s) => s.shape!),
    nullCount,
    figures: shapes.filter(hasDigit),
    words: shapes.filter((s) => !hasDigit(s) && !(s.shape !== null && amongFigures.has(s.shape))),
  };
}

const withNulls = (nulls: readonly string[]) => (nulls.length > 0 ? { nulls } : {});
const varied = (shapes: readonly Shape[]) => shapes.reduce((n, s) => n + s.distinct, 0) > 1;

/** What to try on a column of text; null if it is text. */
export function draftText(shapes: Shapes): Finding {
  const parts = partsOf(shapes);
  if (parts.filled === 0 || !varied(shapes.shapes)) return null;
  return draftBoolean(parts) ?? draftTime(parts) ?? draftNumber(parts);
}

function draftBoolean(parts: Parts): Finding {
  if (parts.figures.length > 0 || parts.words.length < 2) return null;
  const seen = [...new Set(parts.words.map((s) => s.shape?.toLowerCase()))];
  if (seen.includes(undefined)) return null;
  for (const pair of truths) {
    const yes = seen.filter((word) => pair.yes.includes(word!)) as string[];
    const no = seen.filter((word) => pair.no.includes(word!)) as string[];
    if (yes.length === 0 || no.length === 0 || yes.length + no.length < seen.length) continue;
    const reading: ColumnReading = {
      column: parts.column,
      as: 'boolean',
      yes,
      no,
      ...withNulls(parts.nulls),
    };
    const words = `Read as true and false: ${yes.join(', ')} is true, ${no.join(', ')} is false${nullsPhrase(parts.nulls)}`;
    return {
      draft: {
        code: 'boolean-as-text',
        noun: 'yes and no',
        options: [{ reading, words }],
        open: false,
        examples: parts.words.slice(0, 5).map((s) => s.low),
        names: false,
        strict: true,
      },
    };
  }
  return null;
}

const nullsPhrase = (nulls: readonly string[]) =>
  nulls.length === 0 ? '' : `; ${nulls.map((word) => `“${word}”`).join(', ')} as missing`;

interface Timed {
  readonly shape: Shape;
  readonly time: TimeShape;
}

function draftTime(parts: Parts): Finding {
  const timed: Timed[] = [];
  for (const shape of parts.figures) {
    const time = timeShape(shape.shape!);
    if (time !== null) timed.push({ shape, time });
  }
  const dates = timed.filter((t) => t.time.date);
  const clocks = timed.filter((t) => !t.time.date);
  const of = (list: readonly Timed[]) => sum(list.map((t) => t.shape));
  if (of(clocks) > of(dates)) return draftClock(parts, clocks);
  if (dates.length === 0 || of(dates) < MOST * parts.filled) return null;

  const compact = dates.every((t) => t.time.mark === '' && !t.time.named);
  if (compact && dates.some((t) => t.shape.low < '19' || t.shape.high > '2101')) return null;
  const short = dates.filter((t) => t.time.open && t.time.shortYear);
  // 1.10.12 is a version as well as a date.
  const loose = short.filter((t) => t.time.mark === '.' && t.shape.shape!.length < 8);
  if (of(loose) > 0.5 * of(dates)) return null;

  const open = dates.filter((t) => t.time.open);
  const orders: Order[] = open.length === 0 ? ['ymd'] : ['dmy', 'mdy'];
  if (open.length > 0 && open.every((t) => t.time.formats.ymd !== undefined)) orders.push('ymd');
  const clock = dates.some((t) => t.time.clock);
  const options = orders.map((order) => {
    const formats = [
      ...new Set(dates.map((t) => t.time.formats[order] ?? Object.values(t.time.formats)[0]!)),
    ].sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
    const reading: ColumnReading = {
      column: parts.column,
      as: clock ? 'timestamp' : 'date',
      formats,
      ...withNulls(parts.nulls),
    };
    const told = open.length > 0 ? `, ${orderWords[order]}` : '';
    return { reading, words: `Read as a ${clock ? 'time' : 'date'}${told}${yearsPhrase(dates)}` };
  });
  const plain = dates.every((t) => t.time.plain) && of(dates) === parts.filled;
  const spellings = new Set(dates.map((t) => Object.values(t.time.formats)[0]!.replace(/[T ]%[HI].*$/, '')));
  return {
    draft: {
      code: spellings.size > 1 ? 'date-mixed' : plain && parts.nullCount > 0 ? 'null-words' : 'date-as-text',
      noun: clock ? 'times' : 'dates',
      options: options.map((o) => ({ ...o, words: o.words + nullsPhrase(parts.nulls) })),
      open: orders.length > 1,
      examples: examplesOf(dates.map((t) => t.shape)),
      names: false,
      strict: compact,
    },
  };
}

function yearsPhrase(dates: readonly Timed[]): string {
  const short = dates.some((t) => t.time.shortYear);
  if (!short) return '';
  return dates.some((t) => !t.time.shortYear) ? ', two- and four-digit years' : ', two-digit years';
}

function draftClock(parts: Parts, clocks: readonly Timed[]): Finding {
  const n = sum(clocks.map((t) => t.shape));
  if (n < MOST * parts.filled) return null;
  const formats = [...new Set(clocks.map((t) => t.time.formats.ymd!))];
  // 3:45 is a length in minutes as well as a time of day, unless hours are padded, or of a 12-hour clock.
  const sure =
    formats.every((f) => f.includes('%p') || f.includes('%S')) ||
    clocks.some((t) => t.shape.padded > 0 && /^99:/.test(t.shape.shape!)) ||
    (clocks.every((t) => /^99:/.test(t.shape.shape!)) && clocks.every((t) => t.shape.high < '24'));
  if (!sure || formats.some((f) => /%z|Z|UTC/.test(f))) return null;
  const reading: ColumnReading = {
    column: parts.column,
    as: 'time',
    formats: formats.sort((a, b) => a.length - b.length || (a < b ? -1 : 1)),
    ...withNulls(parts.nulls),
  };
  const plain = formats.length === 1 && formats[0] === '%H:%M:%S' && n === parts.filled;
  return {
    draft: {
      code: plain && parts.nullCount > 0 ? 'null-words' : 'date-as-text',
      noun: 'times of day',
      options: [{ reading, words: `Read as a time of day${nullsPhrase(parts.nulls)}` }],
      open: false,
      examples: examplesOf(clocks.map((t) => t.shape)),
      names: false,
      strict: false,
    },
  };
}

const examplesOf = (shapes: readonly Shape[]): string[] => {
  const values = shapes.slice(0, 5).map((s) => s.high);
  for (const s of shapes) if (values.length < 5 && !values.includes(s.low)) values.push(s.low);
  return values;
};

/** Decimal mark and thousands mark, simplest first: of those that read as much, the first is taken. */
const styles: readonly (readonly [decimal: string, grouping: string])[] = [
  ['.', ''],
  [',', ''],
  ['.', ','],
  [',', '.'],
  ['.', ' '],
  [',', ' '],
  ['.', "'"],
  [',', "'"],
];

const coins = new RegExp([...currencies].map(exactly).join('|'), 'gu');
const digitsOf = (shape: string) => shape.split('9').length - 1;
const onlyDigits = (shape: Shape) => /^9+$/.test(shape.shape!);

function draftNumber(parts: Parts): Finding {
  const { column, figures, filled } = parts;
  if (sum(figures) < MOST * filled) return null;

  // The decimal mark of a text has nothing to say about digits in a row.
  const whole = figures.filter(onlyDigits);
  if (whole.some((s) => digitsOf(s.shape!) > LONGEST_NUMBER)) return null;
  const padded = whole.reduce((n, s) => n + s.padded, 0);
  if (padded > 0) {
    if (sum(whole) < MOST * filled) return null;
    return { remark: { code: 'leading-zeros' } };
  }
  // +31612345678 is a telephone number.
  if (figures.some((s) => /^\+9{8,}$/.test(s.shape!))) return null;

  const coined = new Map<string, number>();
  for (const s of figures) {
    for (const coin of new Set(s.shape!.match(coins) ?? [])) {
      coined.set(coin, (coined.get(coin) ?? 0) + s.count);
    }
  }
  const [first, second] = [...coined].sort((a, b) => b[1] - a[1]);
  const percents = sum(figures.filter((s) => s.shape!.includes('%')));
  if (first !== undefined && percents > 0) return null;
  if (first !== undefined && second !== undefined && first[1] < MOST * filled) {
    const known = sum(figures.filter((s) => fits(s, { column, as: 'number', currency: second[0] })));
    if (known === 0) return null;
    return { remark: { code: 'money-as-text', currencies: [...coined.keys()] } };
  }
  // 12 beside 12% is 12 or 0.12: not to be decided here.
  if (percents > 0 && percents < MOST * sum(figures)) return null;

  const marks: Omit<ColumnReading, 'column' | 'as'> = {
    ...(first === undefined ? {} : { currency: first[0] }),
    ...(percents > 0 ? { percent: true } : {}),
  };
  return draftStyles(parts, marks);
}

const fits = (shape: Shape, reading: ColumnReading) =>
  new RegExp(`^${numberPattern(reading)}$`, 'u').test(shape.shape!);

function draftStyles(parts: Parts, marks: Omit<ColumnReading, 'column' | 'as'>): Finding {
  const { column, figures, filled, nulls } = parts;
  const tried = styles.map(([decimal, grouping]) => {
    const reading: ColumnReading = {
      column,
      as: 'number',
      ...(decimal === '.' ? {} : { decimal }),
      ...(grouping === '' ? {} : { grouping }),
      ...marks,
    };
    const fit = figures.filter((s) => fits(s, reading));
    return { reading, decimal, grouping, fit, n: sum(fit) };
  });
  const best = Math.max(...tried.map((t) => t.n));
  if (best < MOST * filled) return null;
  // Readings that give the same numbers are one; the simplest stands for them.
  const distinct = new Map<string, (typeof tried)[number]>();
  for (const t of tried.filter((t) => t.n === best)) {
    const meaning = t.fit.map((s) => fractionOf(s.shape!, t.decimal)).join();
    if (!distinct.has(meaning)) distinct.set(meaning, t);
  }
  let options = [...distinct.values()];
  const plainest = options.find((t) => t.grouping === '') ?? options[0]!;
  const shapes = plainest.fit;

  const grouped = options.find((t) => t.grouping !== '');
  if (options.length > 1 && grouped) {
    // 950 beside 1,200 has no mark because it needs none; 1200 beside it says that the mark is no thousands mark.
    const bare = shapes.filter((s) => !/[.,' \u00a0\u202f\u2009’]9/.test(s.shape!));
    const most = Math.max(0, ...bare.map((s) => digitsOf(s.shape!)));
    const money = marks.currency !== undefined;
    const settled = (grouped.grouping === ',' && most === 3) || (money && most > 0 && most < 4);
    if (settled) options = [grouped];
    else if (most < 4 && (grouped.grouping === ',' || money)) {
      options = [grouped, ...options.filter((t) => t !== grouped)];
    }
  }
  if (options.length === 1 && looksNamed(options[0]!.grouping, options[0]!.fit)) return null;

  const plain =
    options[0]!.decimal === '.' &&
    options[0]!.grouping === '' &&
    marks.currency === undefined &&
    !marks.percent &&
    options[0]!.fit.every((s) => /^[-+]?9*\.?9*(?:[eE][-+]?9+)?$/.test(s.shape!));
  const bare = plain && shapes.every((s) => /^[-+]?9+$/.test(s.shape!));
  if (plain && shapes.some((s) => /[eE]/.test(s.shape!) && !s.shape!.includes('.'))) return null;
  const code: WarningCode =
    marks.currency !== undefined
      ? 'money-as-text'
      : marks.percent
        ? 'percent-as-text'
        : plain && best === filled && parts.nullCount > 0
          ? 'null-words'
          : 'number-as-text';
  return {
    draft: {
      code,
      noun: marks.currency !== undefined ? 'money' : marks.percent ? 'percentages' : 'numbers',
      options: options.map((t) => {
        const fraction = t.fit.some((s) => fractionOf(s.shape!, t.decimal) >= 0);
        const exponent = t.fit.some((s) => /9[eE][-+]?9/.test(s.shape!));
        const isWhole = marks.currency === undefined && !marks.percent && !fraction && !exponent;
        const reading: ColumnReading = {
          ...t.reading,
          as: isWhole ? 'whole' : 'number',
          ...withNulls(nulls),
        };
        return { reading, words: numberWords(reading, t.fit) };
      }),
      open: options.length > 1,
      examples: examplesOf(shapes),
      names: bare,
      strict: false,
    },
  };
}

/** Digits after the decimal mark in a shape; −1 if it has no fraction. */
function fractionOf(shape: string, decimal: string): number {
  const at = shape.lastIndexOf(decimal);
  if (at < 0) return -1;
  return /^9*/.exec(shape.slice(at + 1))![0].length;
}

/** 555 123 456 in every row is a telephone number, 192.168.001.001 an address. */
function looksNamed(grouping: string, shapes: readonly Shape[]): boolean {
  if (grouping !== ' ' && grouping !== '.') return false;
  const groups = grouping === ' ' ? /^\+?9{1,3}(?:[ \u00a0\u202f\u2009]999){2,}$/ : /^9{1,3}(?:\.999){2,}$/;
  const common = shapes[0];
  if (common === undefined || !groups.test(common.shape!)) return false;
  return common.count >= 0.9 * sum(shapes);
}

function numberWords(reading: ColumnReading, shapes: readonly Shape[]): string {
  const what = reading.currency
    ? `money in ${reading.currency}`
    : reading.percent
      ? 'percentages, 12% as 12'
      : reading.as === 'whole'
        ? 'a whole number'
        : 'a number';
  const details: string[] = [];
  if (reading.decimal !== undefined && reading.as === 'number') details.push(`with a decimal comma`);
  if (reading.grouping) {
    details.push(
      `${{ ',': 'commas', '.': 'points', ' ': 'blanks', "'": 'apostrophes' }[reading.grouping] ?? reading.grouping} between thousands`,
    );
  }
  if (shapes.some((s) => s.shape!.includes('('))) details.push('parentheses mean negative');
  if (shapes.some((s) => /[-−–]$/.test(s.shape!))) details.push('a minus at the end means negative');
  return `Read as ${what}${details.length > 0 ? `, ${details.join(', ')}` : ''}${nullsPhrase(reading.nulls ?? [])}`;
}

/**
 * The words among those of a column that mean missing there, where it stays text.
 * @param words Null words and how often each occurs.
 * @param shapes Of a sample of the column.
 */
export function missingWords(words: readonly Seen[], { shapes }: Shapes): Seen[] {
  const others = shapes.filter(
    (s) => s.shape === null || (!everywhere.has(s.shape) && !doubtful.has(s.shape)),
  );
  const codes = others.reduce((n, s) => n + s.codes, 0);
  // A minus beside a plus is a value.
  const marked = others.some((s) => s.shape !== null && /^[^\p{L}\p{N}]+$/u.test(s.shape));
  const means = (word: string) =>
    everywhere.has(word) || (/^na$/i.test(word) ? codes < 0.3 * sum(others) : !marked);
  return words.filter(({ value }) => means(value));
}

/**
 * What to say of a column that DuckDB has typed by itself, from its values as they stand in the file.
 */
export function draftTyped(shapes: Shapes, { type, format }: Subject): Finding {
  const parts = partsOf(shapes);
  if (type === 'DATE' || type.startsWith('TIMESTAMP')) {
    const found = draftTime(parts);
    if (found === null || !('draft' in found)) return null;
    const { draft } = found;
    const formats = draft.options.flatMap((o) => o.reading.formats ?? []);
    // In a format of its own DuckDB reads short years as they are meant.
    const known =
      typeof format === 'string' && draft.options.some((o) => o.reading.formats?.join() === format);
    if (formats.some((f) => f.includes('%y')) && !known)
      return { draft: draft.code === 'date-mixed' ? draft : { ...draft, code: 'date-suspicious' } };
    return draft.open ? { draft: { ...draft, code: 'date-order' } } : null;
  }
  if (/INT$|INTEGER$|^DOUBLE|^FLOAT|^DECIMAL/.test(type)) {
    const whole = parts.figures.filter(onlyDigits);
    const padded = whole.reduce((n, s) => n + s.padded, 0);
    if (padded > 0 && sum(whole) >= MOST * parts.filled) return { remark: { code: 'leading-zeros' } };
    return draftGroups(parts);
  }
  return null;
}

/** 950 and 1.200 read as a fraction by DuckDB: thousands that a point groups, if no value says otherwise. */
function draftGroups(parts: Parts): Finding {
  const { column, figures, filled, nulls } = parts;
  const grouping: ColumnReading = { column, as: 'whole', decimal: ',', grouping: '.' };
  if (sum(figures.filter((s) => fits(s, grouping))) < filled) return null;
  const bare = figures.filter((s) => /^[-+]?9+$/.test(s.shape!));
  const pointed = figures.filter((s) => s.shape!.includes('.'));
  if (pointed.length === 0 || Math.max(0, ...bare.map((s) => digitsOf(s.shape!))) !== 3) return null;
  if (pointed.some((s) => s.low.replace(/^[-+]/, '').startsWith('0'))) return null;
  const fraction: ColumnReading = { column, as: 'number', ...withNulls(nulls) };
  const reading: ColumnReading = { ...grouping, ...withNulls(nulls) };
  return {
    draft: {
      code: 'type-guess',
      noun: 'numbers',
      options: [
        { reading: fraction, words: 'Read as a number: the point begins a fraction' },
        { reading, words: 'Read as a whole number, points between thousands' },
      ],
      open: true,
      examples: examplesOf(pointed),
      names: false,
      strict: false,
    },
  };
}
