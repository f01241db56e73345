/** Joins in words, the same on the canvas, in the lab and for a screen reader. */
import type { Join } from '#core/design/design';
import type { Cardinality, Comparison, MeasuredJoin } from '#core/join/join';
import { count, counted } from '../ui/figure';

export const short: Readonly<Record<Cardinality, string>> = {
  one_to_one: '1 : 1',
  one_to_many: '1 : n',
  many_to_one: 'n : 1',
  many_to_many: 'n : n',
};

export const long: Readonly<Record<Cardinality, string>> = {
  one_to_one: 'one to one',
  one_to_many: 'one to many',
  many_to_one: 'many to one',
  many_to_many: 'many to many',
};

export const comparisonWords: Readonly<Record<Comparison, string>> = {
  value: 'Value',
  number: 'Number',
  text: 'Text',
};

/** `purchase.p_customer_id = product.product_customer_id`, further pairs after a comma. */
export function onWords({ from, to, on }: Pick<Join, 'from' | 'to' | 'on'>): string {
  return on.map(([a, b]) => `${from}.${a} = ${to}.${b}`).join(', ');
}

/** A factor: `5.43`. One that is not 1 never reads 1.00: it reads 1.002, `<1.001` or `>0.999`. */
export function factorWords(factor: number): string {
  if (!Number.isFinite(factor)) return '∞';
  if (Math.abs(factor) >= 1000) return count(Math.round(factor));
  if (Math.abs(factor) >= 100) return factor.toFixed(0);
  const near = Math.abs(factor - 1);
  if (near === 0 || near >= 0.005) return factor.toFixed(2);
  if (near >= 0.0005) return factor.toFixed(3);
  return factor > 1 ? '<1.001' : '>0.999';
}

/** The end whose rows are looked up at the other: orphans of it are what a reader asks for. */
export function manyEnd(relationship: Cardinality): 'from' | 'to' {
  return relationship === 'one_to_many' ? 'to' : 'from';
}

/** `0 orphans`, of the end that looks up. */
export function orphanWords(measured: MeasuredJoin, relationship: Cardinality): string {
  return counted(measured[manyEnd(relationship)].orphans, 'orphan');
}
