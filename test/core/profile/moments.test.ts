import { expect, it } from 'vitest';
import { momentsOf } from '#core/profile/moments';

it('a skewness that is only the rounding of its sums is none', () => {
  const values = Array.from({ length: 500 }, (_, i) => (3 + 4 * i) / 3);
  const center = values.reduce((sum, x) => sum + x, 0) / values.length;
  const scale = Math.max(...values.map((x) => Math.abs(x - center)));
  const power = (p: number) => values.reduce((sum, x) => sum + ((x - center) / scale) ** p, 0);
  const sums = [power(1), power(2), power(3), power(4)] as const;
  expect(momentsOf({ n: values.length, center, scale, sums }).skewness).toBe(0);
  const slanted = [sums[0], sums[1], sums[2] + 1e-6, sums[3]] as const;
  expect(momentsOf({ n: values.length, center, scale, sums: slanted }).skewness).toBeGreaterThan(0);
});
