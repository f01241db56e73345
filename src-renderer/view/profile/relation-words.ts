/**
 * What the relations view says of a pair, and the statement behind its figure.
 */
import { type Filter, whereSql } from '#core/filter';
import { coefficientSql } from '#core/relation/plan';
import { type Association, coefficientTitle, type RelatedColumn } from '#core/relation/relation';
import { identifier } from '#core/sql';
import { coefficient, counted } from '../ui/figure';

/** The filters of a question; none is left out, so that the same question reads the same. */
export function filterOf(filters: readonly Filter[]): { filter?: readonly Filter[] } {
  return filters.length === 0 ? {} : { filter: filters };
}

/** What stands behind FROM for the rows that are looked at. */
export function fromOf(table: string, filters: readonly Filter[]): string {
  return filters.length === 0 ? identifier(table) : `(FROM ${identifier(table)} ${whereSql(filters)})`;
}

export function basisWords({ basis, n }: Association): string {
  return basis === 'exact' ? `exact · ${counted(n, 'row')}` : `sample · ${counted(n, 'row')}`;
}

export function pairWords(a: string, b: string, pair: Association): string {
  return `${a} × ${b} · ${coefficientTitle[pair.coefficient]} ${coefficient(pair.value)} · ${basisWords(pair)}`;
}

export function pairSql(
  table: string,
  filters: readonly Filter[],
  a: RelatedColumn,
  b: RelatedColumn,
  pair: Association,
): string {
  return coefficientSql(pair.coefficient, fromOf(table, filters), a, b, { a: a.edges, b: b.edges });
}
