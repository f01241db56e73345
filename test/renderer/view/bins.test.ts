import { describe, expect, it } from 'vitest';
import type { ColumnProfile } from '#core/profile/profile';
import { layoutOf, rebin, sameEdges } from '../../../src-renderer/view/chart/bins';
import { rangeOfBins } from '../../../src-renderer/view/chart/brush';
import { sparkShape } from '../../../src-renderer/view/chart/spark-shape';
import { placeOn, stripTicks } from '../../../src-renderer/view/chart/strip-scale';
import { numberTicks, timeTicks } from '../../../src-renderer/view/chart/ticks';

const bins = (edges: readonly number[], counts: readonly number[]) =>
  counts.map((count, i) => ({ low: edges[i] ?? 0, high: edges[i + 1] ?? 0, count }));

const profile = (change: Partial<ColumnProfile>): ColumnProfile => ({
  name: 'amount',
  type: 'DOUBLE',
  kind: 'number',
  rows: 10,
  nulls: 0,
  distinct: 5,
  unique: 2,
  top: [],
  evidence: { basis: 'exact', rows: 10, at: '2026-01-01T00:00:00Z', ms: 1, sql: [] },
  ...change,
});

describe('bins on an axis', () => {
  it('bins without a place are not laid out', () => {
    expect(layoutOf(bins([Number.NaN, 1], [3]))).toBe(null);
  });

  it('a long tail is drawn narrow and apart, and its values still find their place', () => {
    const layout = layoutOf(bins([0, 1, 2, 3, 4, 100], [5, 4, 3, 2, 1]));
    expect(layout?.core).toEqual([0, 4]);
    expect(layout?.range).toEqual([0, 6.75]);
    expect(layout?.bins.at(-1)).toMatchObject({ left: 4.75, right: 6.75, tail: 'high' });
    expect([2.5, 4, 52, 100, 1000].map((v) => layout?.place(v))).toEqual([2.5, 4, 5.75, 6.75, 6.75]);
  });

  it('equal bins have no tail', () => {
    expect(layoutOf(bins([0, 1, 2, 3, 4], [1, 1, 1, 1]))?.range).toEqual([0, 4]);
    expect(layoutOf([])).toBeNull();
  });

  it('counts move to other edges without losing a row', () => {
    const from = bins([0, 2, 4], [10, 20]);
    const onto = bins([0, 1, 2, 3, 4], [0, 0, 0, 0]);
    expect(rebin(from, onto)).toEqual([5, 5, 10, 10]);
    expect(sameEdges(from, onto)).toBe(false);
    expect(rebin([{ low: 4, high: 4, count: 3 }], onto)).toEqual([0, 0, 0, 3]);
  });

  it('a range of whole numbers ends before the next bin, one of fractions on its edge', () => {
    const drawn = bins([0, 10, 20, 30], [1, 1, 1]);
    expect(rangeOfBins(profile({ type: 'BIGINT' }), drawn, 1, 0)).toEqual({ low: 0, high: 19 });
    expect(rangeOfBins(profile({ type: 'BIGINT' }), drawn, 2, 2)).toEqual({ low: 20, high: 30 });
    expect(rangeOfBins(profile({}), drawn, 0, 1)).toEqual({ low: 0, high: 20 });
    expect(rangeOfBins(profile({}), drawn, 7, 7)).toBeNull();
  });

  it('a range of days ends on the day before the next bin', () => {
    const day = 86_400_000;
    const start = Date.UTC(2017, 0, 1);
    const drawn = bins([start, start + 31 * day, start + 59 * day], [1, 1]);
    const dates = profile({ kind: 'time', type: 'DATE' });
    expect(rangeOfBins(dates, drawn, 0, 0)).toEqual({ low: '2017-01-01', high: '2017-01-31' });
  });
});

describe('ticks', () => {
  it('stand at round numbers, free of the noise of fractions', () => {
    expect(numberTicks(0, 0.6, 3)).toEqual([0, 0.2, 0.4, 0.6]);
    expect(numberTicks(3, 3, 5)).toEqual([]);
  });

  it('of a year stand at the beginnings of months', () => {
    const { ticks, unit } = timeTicks(Date.UTC(2017, 0, 1), Date.UTC(2017, 11, 31), 6);
    expect(unit).toBe('month');
    expect(ticks.map((t) => new Date(t).toISOString().slice(5, 10))).toEqual([
      '01-01',
      '03-01',
      '05-01',
      '07-01',
      '09-01',
      '11-01',
    ]);
  });
});

describe('the small chart', () => {
  it('draws nulls beside the histogram and says so', () => {
    const histogram = [
      { low: 0, high: 1, count: 4 },
      { low: 1, high: 2, count: 2 },
    ];
    const shape = sparkShape(profile({ histogram, nulls: 4, min: 0, max: 2 }));
    expect(shape.parts.filter((p) => p.tone === 'missing')).toHaveLength(1);
    expect(shape.words).toContain('40.0\u00a0% null');
  });

  it('under a filter never draws more than the ghost', () => {
    const histogram = [
      { low: 0, high: 1, count: 4 },
      { low: 1, high: 2, count: 2 },
    ];
    const total = profile({ histogram, min: 0, max: 2 });
    const part = profile({ rows: 3, histogram: [{ low: 0, high: 2, count: 9 }], min: 0, max: 2 });
    const shape = sparkShape(part, total);
    const height = (tone: string) => shape.parts.filter((p) => p.tone === tone).map((p) => p.height);
    expect(height('ghost')).toEqual([1, 0.5]);
    expect(height('data')).toEqual([1, 0.5]);
  });

  it('knows the empty, the all-null and the constant column', () => {
    expect(sparkShape(profile({ rows: 0 })).parts).toEqual([]);
    expect(sparkShape(profile({ nulls: 10, distinct: 0 })).words).toBe('all null');
    const constant = sparkShape(profile({ distinct: 1, top: [{ value: 7, count: 10 }] }));
    expect(constant.words).toContain('constant: 7');
    expect(constant.parts).toEqual([{ tone: 'share-0', x: 0, width: 1, height: 1 }]);
  });
});

describe('values as far apart as numbers can be', () => {
  const far = Number.MAX_VALUE;
  it('have places and round ticks, though their difference is no number', () => {
    for (const scale of ['linear', 'log'] as const) {
      const box = [-far, -far, 1, far, far] as const;
      const place = placeOn(box, scale);
      expect([-far, 0, far].map(place)).toEqual([0, 0.5, 1]);
      const ticks = stripTicks(box, scale, 0.2);
      expect(ticks.length).toBeGreaterThan(1);
      expect(ticks.every((tick) => Number.isFinite(tick) && Math.abs(tick) <= far)).toBe(true);
    }
    expect(numberTicks(-far, far, 4)).toEqual([-1e308, 0, 1e308]);
  });
});
