import fc from 'fast-check';
import { expect, it } from 'vitest';
import { grainFor, niceBins } from '../../../src-main/core/profile/bins';

it('bins of a range have round edges and hold both ends', () => {
  expect(niceBins(0, 100, 10, false)).toEqual({ low: 0, count: 10, width: 10 });
  expect(niceBins(3, 3, 40, false)).toEqual({ low: 3, count: 1, width: 1 });
});

it('whole numbers never get bins narrower than one', () => {
  expect(niceBins(0, 5, 40, true)).toEqual({ low: 0, count: 6, width: 1 });
});

it('any finite range is covered, with at most two bins more than wished', () => {
  const finite = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 });
  fc.assert(
    fc.property(finite, finite, fc.integer({ min: 1, max: 60 }), (a, b, target) => {
      const [min, max] = [Math.min(a, b), Math.max(a, b)];
      // Ranges that doubles can hardly tell apart have no bins to speak of.
      fc.pre(max - min > Math.max(1, Math.abs(min), Math.abs(max)) * 1e-9 || max === min);
      const { low, count, width } = niceBins(min, max, target, false);
      expect(low * width).toBeLessThanOrEqual(min + width * 1e-9);
      expect((low + count) * width).toBeGreaterThanOrEqual(max - width * 1e-9);
      expect(count).toBeLessThanOrEqual(target + 2);
    }),
    { seed: 11, numRuns: 2000 },
  );
});

it('a range that runs backwards or never ends is refused', () => {
  expect(() => niceBins(2, 1, 10, false)).toThrow(RangeError);
  expect(() => niceBins(0, Number.POSITIVE_INFINITY, 10, false)).toThrow(RangeError);
});

it('a year of days falls into weeks, and dates never into hours', () => {
  expect(grainFor(364 * 86_400, 60, true)).toBe('week');
  expect(grainFor(86_400, 40, false)).toBe('hour');
  expect(grainFor(86_400, 40, true)).toBe('day');
});
