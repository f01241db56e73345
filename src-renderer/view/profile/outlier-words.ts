/**
 * Outliers in words: settings, fences and what a rule flags, as they are read.
 */
import type { Found } from '#core/outlier/bench';
import type { Parameter } from '#core/outlier/method';
import type { ColumnProfile } from '#core/profile/profile';
import type { Cell, Column } from '#core/table';
import { counted, number, numberOf, plainText, time } from '../ui/figure';

/** `1.5`, `1 %`. */
export function settingWords(parameter: Parameter, value: number): string {
  return parameter.unit === 'percent' ? `${Number((100 * value).toPrecision(6))}\u00a0%` : String(value);
}

/** What was typed as a setting; null if it is none within the bounds. */
export function settingFrom(parameter: Parameter, typed: string): number | null {
  const text = typed.replace('%', '').trim();
  if (text === '') return null;
  const value = parameter.unit === 'percent' ? Number((Number(text) / 100).toPrecision(12)) : Number(text);
  return value >= parameter.least && value <= parameter.most ? value : null;
}

/** The place of a value among stops; between two where it is none of them. */
export function placeOfSetting(stops: readonly number[], value: number): number {
  const next = stops.findIndex((stop) => stop >= value);
  if (next === -1) return stops.length - 1;
  const [low, high] = [stops[next - 1], stops[next] as number];
  return low === undefined || high === value ? next : next - 1 + (value - low) / (high - low);
}

/** Says a number of the column, by its profile once that is there. */
export function sayNumber(profile: ColumnProfile | undefined): (value: Cell | undefined) => string {
  return profile === undefined ? (value) => number(value, 2) : (value) => numberOf(value, profile);
}

/** A rare value, a pattern, or a step of a calendar. */
export function groupWords(found: Found, value: Cell, column: Column, say: (v: Cell) => string): string {
  if (found.flag.kind === 'periods') return time(String(value)).replace(/(\d{2}:\d{2}):00$/, '$1');
  if (found.flag.kind === 'values' && column.kind === 'number') return say(value);
  return plainText(value);
}

/** What is flagged: `5 of 8 values`; of fences the rows. */
export function flaggedWords(found: Found): string {
  const { flagged, of, noun } = found;
  if (flagged === undefined || of === undefined || noun === undefined)
    return counted(found.below + found.above, 'row');
  return `${flagged.toLocaleString('en-US')} of ${of.toLocaleString('en-US')} ${noun}`;
}
