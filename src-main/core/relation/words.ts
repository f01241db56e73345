/**
 * Findings as sentences with their figures.
 */
import type { Line } from './redundancy';

const whole = (n: number) => n.toLocaleString('en-US');
const rowsOf = (n: number) => `${whole(n)} ${n === 1 ? 'row' : 'rows'}`;

/** A share as a percentage that never reads 100 where it is less. */
function percent(part: number, of: number): string {
  const share = Math.min((100 * part) / of, part < of ? 99.999 : 100);
  return `${share.toLocaleString('en-US', { maximumFractionDigits: share > 99.99 ? 3 : 2 })} %`;
}

export function determinesWords(
  left: readonly string[],
  right: string,
  { rows, agree, groups }: { readonly rows: number; readonly agree: number; readonly groups: number },
): string {
  const side = left.join(' and ');
  const values = `${whole(groups)} different ${left.length > 1 ? 'pairs of values' : 'values'}`;
  const plural = left.length > 1;
  if (agree === rows)
    return `${side} ${plural ? 'together determine' : 'determines'} ${right} in all ${rowsOf(rows)}, over ${values}.`;
  return `${side} nearly ${plural ? 'determine' : 'determines'} ${right}: ${percent(agree, rows)} of ${rowsOf(rows)} agree, ${rowsOf(rows - agree)} ${rows - agree === 1 ? 'breaks' : 'break'} it.`;
}

export const equalWords = (a: string, b: string, rows: number) =>
  `${a} and ${b} are equal in all ${rowsOf(rows)}.`;

export const spellingWords = (a: string, b: string, rows: number, different: number) =>
  `${a} and ${b} differ only in case, white space or empty text: ${rowsOf(different)} of ${whole(rows)} are spelt differently.`;

export const nullsWords = (a: string, b: string, both: number, filledA: number, filledB: number) =>
  `${a} and ${b} are equal in all ${rowsOf(both)} in which both have a value; ${a} has ${whole(filledA)} values, ${b} ${whole(filledB)}.`;

export const codingWords = (columns: readonly string[], groups: number, rows: number) =>
  `${columns.slice(0, -1).join(', ')} and ${columns.at(-1)} stand for each other: ${whole(groups)} values each, one to one in ${rowsOf(rows)}.`;

export function lineWords(x: string, y: string, line: Line, rows: number, finite: boolean): string {
  return `${y} = ${lineFormula(x, line)} in all ${rowsOf(rows)} with ${finite ? 'a finite value in both' : 'both values'}.`;
}

function lineFormula(x: string, { slope, intercept }: Line): string {
  const factor =
    slope === 1 ? x : slope === -1 ? `−${x}` : `${slope < 0 ? '−' : ''}${Math.abs(slope)} · ${x}`;
  if (intercept === 0) return factor;
  return `${factor} ${intercept < 0 ? '−' : '+'} ${Math.abs(intercept)}`;
}

export function derivedWords(
  kind: 'sum' | 'product',
  x: string,
  y: string,
  z: string,
  decimals: number | null,
  rows: number,
): string {
  const rounded = decimals === null ? '' : `, rounded to ${decimals} decimals,`;
  return `${z} = ${x} ${kind === 'sum' ? '+' : '·'} ${y}${rounded} in all ${rowsOf(rows)} with all three values.`;
}
