/**
 * Which columns can be keys of a join, and in what forms their values are compared.
 */
import { isKeyName } from '../grain/name';
import { type Column, isFloating, isFractional, isWhole } from '../table';
import type { Comparison } from './join';
import type { Form } from './sketch';

/** What a sample says of the texts of a column. */
export interface Texts {
  /** Mean number of bytes; 0 where there is none. */
  readonly length: number;
  /** Share of the values that are numbers. */
  readonly numeric: number;
}

/** Longer texts are no keys. */
const LONG = 64;
/** So many of the texts must be numbers for them to be compared as such. */
const NUMERIC = 0.95;

/** The forms in which the values of a column are looked for at the other end; none if it is no key. */
export function formsOf(column: Column, texts: Texts): readonly Form[] {
  if (column.kind === 'number') {
    // Whole numbers beside nulls are often read as floating; then the name must say that they are keys.
    if (isWhole(column.type) || (isFloating(column.type) && isKeyName(column.name))) return ['number'];
    return isFractional(column.type) && isKeyName(column.name) ? ['number'] : [];
  }
  if (column.kind === 'time')
    return column.type.startsWith('TIME') && !column.type.startsWith('TIMESTAMP') ? [] : ['time'];
  if (column.kind !== 'text' || texts.length > LONG) return [];
  return texts.numeric >= NUMERIC ? ['text', 'number'] : ['text'];
}

/** How the keys of two columns that meet in a form are compared, the plainest way first. */
export function comparisonsFor(a: Column, b: Column, form: Form): readonly Comparison[] {
  if (form === 'text') return ['value', 'text'];
  return form === 'number' && (a.kind === 'text' || b.kind === 'text') ? ['number'] : ['value'];
}
