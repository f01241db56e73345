/**
 * Formats: how a value reads in the window, in the user's locale. Never in files.
 */
import type { Cell, Kind } from './table';

/** A word that a member's `format` may be, and its title in a list. */
export interface Format {
  readonly word: string;
  readonly title: string;
}

/** The formats to choose from. `currency:` takes any ISO 4217 code. */
export const formats: readonly Format[] = [
  { word: '', title: 'By type' },
  { word: 'integer', title: 'Whole number' },
  { word: 'decimal_1', title: '1 decimal' },
  { word: 'decimal_2', title: '2 decimals' },
  { word: 'decimal_3', title: '3 decimals' },
  { word: 'decimal_4', title: '4 decimals' },
  { word: 'percent', title: 'Percent' },
  { word: 'percent_1', title: 'Percent, 1 decimal' },
  { word: 'currency:USD', title: 'US dollars' },
  { word: 'currency:EUR', title: 'Euro' },
  { word: 'currency:GBP', title: 'Pounds sterling' },
  { word: 'currency:INR', title: 'Indian rupees' },
  { word: 'currency:JPY', title: 'Japanese yen' },
];

const pattern = /^(?:|integer|decimal_[0-4]|percent(?:_[0-4])?|currency:[A-Z]{3})$/;

/** Whether a word is a format. */
export function isFormat(word: string): boolean {
  return pattern.test(word);
}

export interface FormatOptions {
  /** The kind of the value; decides whether text that looks like a number is one. */
  readonly kind?: Kind;
  /** `1.2M` for 1,204,110. */
  readonly compact?: boolean;
}

/** What stands for null. */
export const nothing = '–';

const made = new Map<string, Intl.NumberFormat>();

/** Making a number format is slow, and a grid asks for thousands of the same. */
function numberFormat(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  const known = made.get(key);
  if (known) return known;
  let format: Intl.NumberFormat;
  try {
    format = new Intl.NumberFormat(locale, options);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    // A locale of the system that is no BCP 47 tag, such as `C` or `en_US.UTF-8`.
    format = new Intl.NumberFormat('en-US', options);
  }
  made.set(key, format);
  return format;
}

const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?$/;

/** Digits by type: whole numbers have none after the point, other numbers two, those below 1 three significant. */
function byType(value: number): Intl.NumberFormatOptions {
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 1e15) return { maximumFractionDigits: 0 };
  if (size >= 1e15 || size < 1e-4) return { notation: 'scientific', maximumSignificantDigits: 4 };
  return size >= 1 ? fraction(2) : { maximumSignificantDigits: 3 };
}

function optionsFor(format: string, value: number, exact: boolean): Intl.NumberFormatOptions {
  const digits = /_([0-4])$/.exec(format)?.[1];
  const fixed = digits === undefined ? {} : fraction(Number(digits));
  if (format === 'integer') return { maximumFractionDigits: 0 };
  if (format.startsWith('decimal_')) return fixed;
  if (format.startsWith('percent')) return { style: 'percent', maximumFractionDigits: 0, ...fixed };
  if (format.startsWith('currency:')) return { style: 'currency', currency: format.slice(9) };
  return exact ? { maximumFractionDigits: 20 } : byType(value);
}

function fraction(digits: number): Intl.NumberFormatOptions {
  return { minimumFractionDigits: digits, maximumFractionDigits: digits };
}

function compacted(format: string): Intl.NumberFormatOptions {
  const style = format.startsWith('currency:')
    ? { style: 'currency' as const, currency: format.slice(9) }
    : {};
  return { ...style, notation: 'compact', maximumFractionDigits: 1, minimumFractionDigits: 0 };
}

/**
 * A value as the user reads it. Null is an en dash. Numbers that came as strings (big integers, decimals) keep all their
 * digits. A word that is no format reads as by type.
 * @param locale A BCP 47 tag; en-US is taken if it is none.
 */
export function formatValue(cell: Cell, format: string, locale: string, options: FormatOptions = {}): string {
  if (cell === null) return nothing;
  if (typeof cell === 'boolean') return cell ? 'true' : 'false';
  const word = isFormat(format) ? format : '';
  if (typeof cell === 'string') {
    const numeric = word !== '' || options.kind === 'number';
    if (!numeric) return cell;
    if (cell === 'NaN') return cell;
    if (cell === 'Infinity' || cell === '-Infinity') return cell.startsWith('-') ? '−∞' : '∞';
    if (!decimal.test(cell)) return cell;
  } else if (!Number.isFinite(cell)) {
    return Number.isNaN(cell) ? 'NaN' : cell < 0 ? '−∞' : '∞';
  }
  const value = Number(cell);
  const compact = options.compact === true && !word.startsWith('percent') && Math.abs(value) >= 10_000;
  const how = compact ? compacted(word) : optionsFor(word, value, typeof cell === 'string');
  // Rounding must not leave a sign on nothing.
  return numberFormat(locale, { ...how, signDisplay: 'negative' }).format(
    cell as number | Intl.StringNumericLiteral,
  );
}

/**
 * The format under which the points of a list stand below each other: the given one, or as many digits as the list needs.
 * @param format The chosen format; '' means by type.
 */
export function alignedFormat(cells: readonly Cell[], format: string): string {
  if (format !== '') return format;
  const values = cells.filter((cell): cell is number => typeof cell === 'number' && Number.isFinite(cell));
  if (values.every(Number.isInteger)) return '';
  const greatest = Math.max(...values.map(Math.abs));
  return greatest >= 1e6 ? 'decimal_0' : greatest >= 1 ? 'decimal_2' : 'decimal_4';
}
