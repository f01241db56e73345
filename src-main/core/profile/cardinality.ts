/**
 * How many distinct values a column has, judged from a sample in stretches of rows: whether counting them one by one is cheap.
 */
import { identifier } from '../sql';
import type { Cell, Column } from '../table';

/** Up to so many distinct values a column is counted value by value; every figure is exact then. */
export const COUNTED = 250_000;

/** One row: distinct values of the sample, and how many of these occur in one stretch only, in two only. */
export function incidenceSql(sample: string, column: Column, stretch: string): string {
  return `SELECT count(*), count_if(k = 1), count_if(k = 2)
FROM (SELECT count(DISTINCT ${identifier(stretch)}) AS k FROM ${sample} WHERE ${identifier(column.name)} IS NOT NULL GROUP BY ${identifier(column.name)})`;
}

/**
 * A lower estimate of the distinct values: what was seen, and what the number of rarely seen ones says of the unseen.
 * Stretches and not rows are the units, because rows beside one another are often alike.
 *
 * Source: Chao, Estimating the population size for capture-recapture data with unequal catchability, Biometrics 43 (1987),
 * in the bias-corrected form.
 */
export function estimatedDistinct(row: readonly Cell[]): number {
  const [seen, once, twice] = row.map(Number) as [number, number, number];
  return seen + (once * (once - 1)) / (2 * (twice + 1));
}
