/**
 * What a small chart of a column shows, as parts to draw: pure, so that two thousand of them cost two thousand small
 * computations and no chart library.
 */
import type { ColumnProfile } from '#core/profile/profile';
import { count, percent, plainText, span, valueText } from '../ui/figure';
import { layoutOf, numericBins, rebin } from './bins';

/** `share-0` … `share-3` are the most frequent values, `rest` all others. */
export type SparkTone = 'data' | 'ghost' | 'missing' | 'rest' | 'share-0' | 'share-1' | 'share-2' | 'share-3';

/** A rectangle that stands on the lower edge. All lengths are fractions of the chart. */
export interface SparkPart {
  readonly tone: SparkTone;
  readonly x: number;
  readonly width: number;
  readonly height: number;
}

export interface SparkShape {
  readonly parts: readonly SparkPart[];
  /** The same in words. */
  readonly words: string;
}

const nothing: SparkShape = { parts: [], words: 'no rows' };
/** Room for the bar of the nulls, as a fraction of the width. */
const missingWidth = 0.05;

/**
 * @param profile What is drawn solid.
 * @param total The profile over all rows, drawn as a ghost behind; absent if there is no filter.
 */
export function sparkShape(profile: ColumnProfile, total?: ColumnProfile): SparkShape {
  const all = total ?? profile;
  if (all.rows === 0) return nothing;
  if (all.nulls === all.rows) {
    return { parts: [{ tone: 'missing', x: 0, width: 1, height: 1 }], words: 'all null' };
  }
  if (isUnique(all)) return uniqueShape(profile, total);
  const bins = numericBins(all);
  if (bins.length > 1 && all.distinct > 1) return histogramShape(profile, total);
  return sharesShape(profile, total);
}

/** Whether every value is different and the kind has no order to draw, or is a number that only counts rows. */
function isUnique(profile: ColumnProfile): boolean {
  if (profile.distinct < 2 || profile.unique < profile.rows - profile.nulls) return false;
  return profile.kind === 'text' || profile.kind === 'nested' || isWholeNumbers(profile);
}

const isWholeNumbers = (profile: ColumnProfile) =>
  profile.kind === 'number' && /INT/.test(profile.type) && profile.rows > 50;

function uniqueShape(profile: ColumnProfile, total: ColumnProfile | undefined): SparkShape {
  const all = total ?? profile;
  const filled = (all.rows - all.nulls) / all.rows;
  const parts: SparkPart[] = [];
  if (total !== undefined) {
    parts.push({ tone: 'ghost', x: 0, width: filled, height: 1 });
    parts.push({ tone: 'data', x: 0, width: (profile.rows - profile.nulls) / all.rows, height: 1 });
  } else parts.push({ tone: 'data', x: 0, width: filled, height: 1 });
  if (all.nulls > 0) parts.push({ tone: 'missing', x: filled, width: 1 - filled, height: 1 });
  return { parts, words: `every value is different: ${count(profile.distinct)} values${nullWords(profile)}` };
}

function histogramShape(profile: ColumnProfile, total: ColumnProfile | undefined): SparkShape {
  const all = total ?? profile;
  const layout = layoutOf(numericBins(all));
  if (layout === null) return nothing;
  const { bins } = layout;
  const [low, high] = layout.range;
  const room = all.nulls > 0 ? 1 - missingWidth : 1;
  const top = Math.max(...bins.map((bin) => bin.count), all.nulls);
  const bars = (tone: SparkTone, counts: readonly number[]) =>
    bins.flatMap((bin, i): SparkPart[] => {
      const here = counts[i] ?? 0;
      if (here <= 0) return [];
      return [
        {
          tone,
          x: (room * (bin.left - low)) / (high - low),
          width: (room * (bin.right - bin.left)) / (high - low),
          height: Math.min(1, here / top),
        },
      ];
    });
  const parts =
    total === undefined
      ? bars(
          'data',
          bins.map((bin) => bin.count),
        )
      : [
          ...bars(
            'ghost',
            bins.map((bin) => bin.count),
          ),
          ...bars(
            'data',
            rebin(numericBins(profile), bins).map((n, i) => Math.min(n, bins[i]?.count ?? n)),
          ),
        ];
  if (all.nulls > 0) {
    parts.push({
      tone: 'missing',
      x: 1 - missingWidth * 0.7,
      width: missingWidth * 0.7,
      height: all.nulls / top,
    });
  }
  const range =
    profile.kind === 'time'
      ? span(profile.min, profile.max)
      : `${valueText(profile.min, profile)} to ${valueText(profile.max, profile)}`;
  return { parts, words: `histogram of ${count(profile.rows)} rows, ${range}${nullWords(profile)}` };
}

function sharesShape(profile: ColumnProfile, total: ColumnProfile | undefined): SparkShape {
  const all = total ?? profile;
  const shown = all.top.slice(0, 4);
  const known = new Map(profile.top.map((t) => [t.value, t.count]));
  const parts: SparkPart[] = [];
  let x = 0;
  const add = (tone: SparkTone, rows: number, under: number) => {
    const width = rows / all.rows;
    if (width <= 0) return;
    if (total !== undefined && tone !== 'missing') {
      parts.push({ tone: 'ghost', x, width, height: 1 });
      parts.push({ tone, x, width, height: under / rows });
    } else parts.push({ tone, x, width, height: 1 });
    x += width;
  };
  let [rest, restUnder] = [all.rows - all.nulls, profile.rows - profile.nulls];
  shown.forEach((value, i) => {
    const under = known.get(value.value) ?? 0;
    add(`share-${i}` as SparkTone, value.count, under);
    rest -= value.count;
    restUnder -= under;
  });
  add('rest', rest, Math.max(0, restUnder));
  add('missing', all.nulls, profile.nulls);
  const words = profile.top
    .slice(0, 3)
    .map((t) => `${plainText(t.value)} ${percent(t.count, profile.rows)}`)
    .join(', ');
  const lead = profile.distinct === 1 ? 'constant' : 'most frequent';
  return { parts, words: `${lead}: ${words === '' ? 'none' : words}${nullWords(profile)}` };
}

function nullWords(profile: ColumnProfile): string {
  return profile.nulls === 0 ? '' : `; ${percent(profile.nulls, profile.rows)} null`;
}
