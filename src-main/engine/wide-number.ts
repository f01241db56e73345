/**
 * A column of numbers on the wide road: moments, fine buckets and what they say, and counts beyond the fences.
 */
import { readSuspects, suspectsOf } from '../core/profile/disguise';
import { binCounts, bucketsFrom, fencesFrom, medianDeviation } from '../core/profile/fine';
import { EXAMPLES, probabilities } from '../core/profile/groups';
import { momentsOf } from '../core/profile/moments';
import { quantileFrom } from '../core/profile/quantile';
import {
  cellOf,
  type Drawn,
  type Figures,
  outliersOf,
  powersOf,
  readHistogram,
  type Shape,
  shapeOf,
} from '../core/profile/read';
import { fineOf, fineSql } from '../core/profile/wide';
import { isWhole } from '../core/table';
import { type Begun, type Part, roughOf } from './wide-part';

export async function numberPart({ sampled, figures, marks }: Begun, source: string): Promise<Part> {
  const { column, sample, book } = sampled;
  const { center, scale } = roughOf(sampled);
  const n = Number(figures.filled) - Number(figures.nan) - Number(figures.infinite);
  const more: Partial<Drawn> = momentsOf(powersOf(figures, n, center, scale));
  const first = shapeOf(column, figures, sample.quantiles ?? {});
  if (first?.kind !== 'number') return { sampled, figures, marks, shape: null, suspects: [], more };
  const fine = fineOf(first.bins, isWhole(column.type));
  const buckets = bucketsFrom((await book.ask(fineSql(source, column, fine))).rows);
  const quantiles: Record<string, number> = {};
  for (const p of probabilities) {
    const found = quantileFrom(buckets, p);
    if (found === null) continue;
    quantiles[String(p)] = found.value;
    if (found.error > 0) marks[`quantiles.${p}`] = { basis: 'estimate', error: found.error };
  }
  const { counts, moved } = binCounts(buckets, fine);
  if (moved) marks.histogram = { basis: 'estimate' };
  const shape = { ...first, ...fencesFrom(quantiles) };
  if (marks['quantiles.0.25'] !== undefined || marks['quantiles.0.75'] !== undefined)
    marks.outliers = { basis: 'estimate' };
  const mad = medianDeviation(buckets, quantiles['0.5'] ?? 0);
  if (mad !== null) marks.mad = { basis: 'estimate', error: mad.error };
  return {
    sampled,
    figures,
    marks,
    shape,
    suspects: suspectsOf(column, figures.min ?? null, figures.max ?? null, shape),
    more: {
      ...more,
      quantiles,
      histogram: readHistogram(first, counts),
      ...(mad === null ? {} : { mad: mad.value }),
    },
  };
}

export function addFences(part: Part, row: Figures): void {
  const { column } = part.sampled;
  const shape = part.shape as Shape & { kind: 'number' };
  const extremes = (key: string) => {
    const texts = String(row[key] ?? '')
      .split(' ')
      .filter((text) => text !== '');
    return [...new Set(texts)].slice(0, EXAMPLES).map((text) => cellOf(column, text));
  };
  const counts = part.suspects.map((_, k) => Number(row[`suspect${k}`] ?? 0));
  const disguised = readSuspects(part.suspects, counts);
  const examples = [...extremes('high'), ...extremes('low')];
  part.more = {
    ...part.more,
    outliers: [outliersOf(shape, Number(row.below), Number(row.above), examples)],
    ...(disguised.length > 0 ? { disguised } : {}),
  };
}
