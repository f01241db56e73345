/**
 * How figures read in a file: no locale, a point before the decimals, thousands parted by a narrow blank (ISO 80000-1).
 */
import type { ColumnProfile, Evidence } from '../profile/profile';
import { suggest } from '../profile/suggest';
import type { Cell } from '../table';

const narrow = '\u202f';
/** What stands where there is no figure. */
export const none = '–';

function grouped(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, narrow);
}

/** A count of rows, columns or values. */
export function count(n: number): string {
  return `${n < 0 ? '−' : ''}${grouped(String(Math.abs(Math.round(n))))}`;
}

export function counted(n: number, one: string): string {
  return `${count(n)} ${n === 1 ? one : `${one}s`}`;
}

/** A share in percent with one decimal; what is there never reads 0.0, and what is not all never 100.0. */
export function percent(part: number, of: number): string {
  if (of === 0) return none;
  const share = (100 * part) / of;
  if (part > 0 && share < 0.05) return `<${narrow}0.1 %`;
  if (part < of && share >= 99.95) return `>${narrow}99.9 %`;
  return `${share.toFixed(1)} %`;
}

/**
 * A number: whole ones with all their digits, others with five significant digits or two decimals, whatever is more.
 * Text that is a number (beyond 2^53, or a decimal) is not rounded.
 */
export function number(cell: Cell | undefined, parted = true): string {
  if (cell === null || cell === undefined) return none;
  if (typeof cell === 'boolean') return String(cell);
  if (typeof cell === 'string') return numericText(cell, parted);
  if (!Number.isFinite(cell)) return Number.isNaN(cell) ? 'NaN' : cell < 0 ? '−∞' : '∞';
  const size = Math.abs(cell);
  if (size >= 1e15 || (size > 0 && size < 1e-4)) return cell.toExponential(3).replace('-', '−');
  const text = Number.isInteger(cell) ? String(cell) : short(cell);
  return numericText(text, parted);
}

function short(x: number): string {
  const whole = Math.floor(Math.log10(Math.max(Math.abs(x), 1e-4))) + 1;
  const decimals = Math.max(2, Math.min(8, 5 - whole));
  return x
    .toFixed(decimals)
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '');
}

function numericText(text: string, parted: boolean): string {
  const parts = /^(-?)(\d+)(\.\d+)?$/.exec(text);
  if (parts === null) return text.replace(/^-?Infinity$/, (t) => (t.startsWith('-') ? '−∞' : '∞'));
  const [, sign, whole = '', rest = ''] = parts;
  return `${sign === '-' ? '−' : ''}${parted ? grouped(whole) : whole}${rest}`;
}

/** ISO text as it reads best. */
export function time(cell: Cell | undefined): string {
  if (cell === null || cell === undefined) return none;
  return String(cell)
    .replace('T', ' ')
    .replace(/ 00:00:00(\.0+)?Z?$/, '');
}

const naming = new WeakMap<ColumnProfile, boolean>();

/** Whether the numbers of a column name things (identifiers, years, codes), so that thousands are not parted. */
function namesThings(profile: ColumnProfile): boolean {
  let known = naming.get(profile);
  if (known === undefined) {
    const { role } = suggest('', profile);
    known = profile.kind === 'number' && (role === 'key' || role === 'dimension');
    naming.set(profile, known);
  }
  return known;
}

/** Any value of the column. What cannot be seen is named. */
export function cellText(cell: Cell | undefined, profile: ColumnProfile): string {
  if (cell === null || cell === undefined) return none;
  if (profile.kind === 'number') return number(cell, !namesThings(profile));
  if (profile.kind === 'time') return time(cell);
  const text = String(cell);
  if (text === '') return '(empty)';
  return text.trim() === '' ? '(blank)' : text;
}

/** A size in bytes, in steps of 1000. */
export function bytes(n: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let rest = n;
  let unit = 0;
  while (rest >= 999.5 && unit < units.length - 1) {
    rest /= 1000;
    unit++;
  }
  return `${unit === 0 || rest >= 99.95 ? Math.round(rest) : rest.toFixed(1)} ${units[unit]}`;
}

function duration(ms: number): string {
  if (ms < 1) return `<${narrow}1 ms`;
  return ms < 999.5 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** `2026-01-31 12:00 UTC`. */
export function moment(iso: string): string {
  return `${iso.slice(0, 16).replace('T', ' ')} UTC`;
}

/**
 * What figures rest on: exact, a sample of so many rows, or partly estimated.
 * @param of Rows that were there to look at.
 */
export function basisWords(evidence: Evidence, of: number, estimated: boolean): string {
  const rows = counted(evidence.rows, 'row');
  const basis =
    evidence.basis === 'sample'
      ? `a sample of ${count(evidence.rows)} of ${counted(of, 'row')}`
      : evidence.basis === 'estimate'
        ? `estimated from ${rows}`
        : estimated
          ? `exact over ${rows}, apart from figures with ≈`
          : `exact over ${rows}`;
  return `${basis}, ${duration(evidence.ms)}, ${moment(evidence.at)}`;
}

/** A figure with what keeps it from being exact: `≈ 15 463 ± 250`. */
export function marked(profile: ColumnProfile, key: string, text: string): string {
  const inexact = profile.inexact?.[key];
  if (inexact === undefined) return text;
  const error = inexact.error === undefined ? '' : ` ± ${number(Number(inexact.error.toPrecision(2)))}`;
  return `≈ ${text}${error}`;
}
