/**
 * The coefficients against hand-computed tables, known values, and slow computations straight from their definitions.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  binEdges,
  binned,
  codesOf,
  countsOf,
  cramer,
  eta,
  groupsOf,
  mutual,
} from '../../../src-main/core/relation/category';
import { clusteredOrder } from '../../../src-main/core/relation/cluster';
import { kendall, pearson, spearman } from '../../../src-main/core/relation/rank';

const of = (...values: number[]) => Float64Array.from(values);
const runs = { seed: 7, numRuns: 200 };
const value = fc.oneof(
  fc.integer({ min: -4, max: 4 }),
  fc.double({ min: -1e6, max: 1e6, noNaN: true }),
  fc.constant(Number.NaN),
);
const columnPair = fc
  .array(fc.tuple(value, value), { minLength: 3, maxLength: 60 })
  .map((rows) => [Float64Array.from(rows, (r) => r[0]), Float64Array.from(rows, (r) => r[1])] as const);

function both(x: Float64Array, y: Float64Array): readonly (readonly [number, number])[] {
  return Array.from(x, (v, i) => [v, y[i]!] as const).filter((p) => !p.some(Number.isNaN));
}

it('Pearson is that of the textbook on five points', () => {
  // x̄ = 3, ȳ = 4: Σxy = 8, Σx² = 10, Σy² = 10.
  expect(pearson(of(1, 2, 3, 4, 5), of(2, 4, 3, 6, 5))).toEqual({ value: 0.8, n: 5 });
});

it('Pearson stands values near the largest double and far from 0', () => {
  expect(pearson(of(1e308, -1e308, 0), of(1, -1, 0)).value).toBeCloseTo(1, 12);
  const far = Float64Array.from({ length: 1000 }, (_, i) => 1e12 + (i % 7));
  const near = Float64Array.from({ length: 1000 }, (_, i) => -(i % 7));
  expect(pearson(far, near).value).toBeCloseTo(-1, 9);
});

it('a coefficient is not defined on a constant, on two rows, or on none', () => {
  for (const f of [pearson, spearman, kendall]) {
    expect(f(of(1, 1, 1), of(1, 2, 3)).value).toBeNull();
    expect(f(of(1, 2), of(1, 2))).toEqual({ value: null, n: 2 });
    expect(f(of(), of())).toEqual({ value: null, n: 0 });
    expect(f(of(Number.NaN, 1, 2), of(1, Number.NaN, 2))).toEqual({ value: null, n: 1 });
  }
});

it('tau-b with ties is that of a known table', () => {
  // scipy.stats.kendalltau([12, 2, 1, 12, 2], [1, 4, 7, 1, 0]) → −0.47140452079103173, as its documentation tells.
  expect(kendall(of(12, 2, 1, 12, 2), of(1, 4, 7, 1, 0)).value).toBeCloseTo(-0.47140452079103173, 14);
});

it('tau-b in n log n is that of comparing each row with each', () => {
  fc.assert(
    fc.property(columnPair, ([x, y]) => {
      const rows = both(x, y);
      let [s, dx, dy] = [0, 0, 0];
      for (const [i, a] of rows.entries()) {
        for (const b of rows.slice(i + 1)) {
          const [u, v] = [Math.sign(a[0] - b[0]), Math.sign(a[1] - b[1])];
          s += u * v;
          dx += Math.abs(u);
          dy += Math.abs(v);
        }
      }
      const found = kendall(x, y);
      expect(found.n).toBe(rows.length);
      if (rows.length < 3 || dx === 0 || dy === 0) expect(found.value).toBeNull();
      else expect(found.value).toBeCloseTo(s / Math.sqrt(dx * dy), 12);
    }),
    runs,
  );
});

it('Spearman is Pearson of ranks counted one by one', () => {
  fc.assert(
    fc.property(columnPair, ([x, y]) => {
      const rows = both(x, y);
      const rank = (at: 0 | 1) =>
        Float64Array.from(
          rows,
          (r) =>
            rows.filter((o) => o[at] < r[at]).length + (rows.filter((o) => o[at] === r[at]).length + 1) / 2,
        );
      const slow = pearson(rank(0), rank(1));
      const found = spearman(x, y);
      expect(found.n).toBe(rows.length);
      if (slow.value === null) expect(found.value).toBeNull();
      else expect(found.value).toBeCloseTo(slow.value, 12);
    }),
    runs,
  );
});

it('Cramér’s V, corrected, is that of a table computed by hand', () => {
  // χ² = 100 · (30 · 40 − 10 · 20)² / (40 · 60 · 50 · 50) = 16.6667, φ² = 0.166667, corrected by 1/99; r̃ = 2 − 1/99.
  const table = [
    ['a', 'x', 30],
    ['a', 'y', 10],
    ['b', 'x', 20],
    ['b', 'y', 40],
  ] as const;
  expect(cramer(table)).toEqual({
    value: expect.closeTo(Math.sqrt((1 / 6 - 1 / 99) / (1 - 1 / 99)), 12),
    n: 100,
  });
});

it('independent categories have a corrected V of 0, and those that name each other 1', () => {
  expect(cramer([0, 1, 2].flatMap((a) => [0, 1].map((b) => [a, b, 50] as const))).value).toBe(0);
  expect(cramer([0, 1, 2].map((a) => [a, a, 40] as const)).value).toBeCloseTo(1, 12);
  expect(cramer([[0, 0, 9]]).value).toBeNull();
});

it('eta is that of the example of algebra, geometry and statistics', () => {
  // The example of the correlation ratio in the literature: η² = 6780 / 9640.
  const scores = [
    [45, 70, 29, 15, 21],
    [40, 20, 30, 42],
    [65, 95, 80, 70, 85, 73],
  ];
  const codes = codesOf(Float64Array.from(scores.flatMap((s, i) => s.map(() => i))));
  const found = eta(groupsOf(codes, Float64Array.from(scores.flat())));
  expect(found).toEqual({ value: expect.closeTo(Math.sqrt(6780 / 9640), 12), n: 15 });
  const huge = eta(
    groupsOf(
      codes,
      Float64Array.from(scores.flat(), (s) => s * 1e305),
    ),
  );
  expect(huge.value).toBeCloseTo(Math.sqrt(6780 / 9640), 12);
});

it('mutual information is 0 of independent and 1 of equal columns, and as its definition says between', () => {
  expect(mutual([0, 1].flatMap((a) => [0, 1].map((b) => [a, b, 5] as const))).value).toBe(0);
  expect(mutual([0, 1, 2].map((a) => [a, `v${a}`, 7] as const)).value).toBeCloseTo(1, 12);
  const table = [
    [0, 0, 3],
    [0, 1, 1],
    [1, 1, 4],
  ] as const;
  const h = (...p: number[]) => -p.reduce((sum, q) => sum + q * Math.log(q), 0);
  const shared = h(0.5, 0.5) + h(3 / 8, 5 / 8) - h(3 / 8, 1 / 8, 4 / 8);
  expect(mutual(table).value).toBeCloseTo(shared / Math.sqrt(h(0.5, 0.5) * h(3 / 8, 5 / 8)), 12);
});

it('bins hold about alike, and repeated values never split', () => {
  const values = Float64Array.from({ length: 1000 }, (_, i) => i);
  const bins = binned(values, binEdges(values));
  expect(bins.distinct).toBe(10);
  const sizes = Array.from({ length: 10 }, (_, b) => bins.codes.filter((c) => c === b).length);
  expect(sizes).toEqual(Array.from({ length: 10 }, () => 100));
  const same = Float64Array.from({ length: 1000 }, (_, i) => (i < 900 ? 0 : i));
  const one = binned(same, binEdges(same));
  expect(new Set(one.codes.subarray(0, 900)).size).toBe(1);
  expect(countsOf(one, one).length).toBe(one.distinct);
});

it('columns that go together stand together after clustering', () => {
  const pair = (a: number, b: number, v: number) =>
    ({ a, b, value: v, n: 9, coefficient: 'pearson', basis: 'exact' }) as const;
  const order = clusteredOrder(4, [
    pair(0, 2, -0.9),
    pair(1, 3, 0.8),
    pair(0, 1, 0.1),
    pair(2, 3, 0.05),
    pair(0, 3, null as unknown as number),
    pair(1, 2, 0),
  ]);
  expect([...order].sort()).toEqual([0, 1, 2, 3]);
  expect(Math.abs(order.indexOf(0) - order.indexOf(2))).toBe(1);
  expect(Math.abs(order.indexOf(1) - order.indexOf(3))).toBe(1);
  expect(clusteredOrder(0, [])).toEqual([]);
  expect(clusteredOrder(1, [])).toEqual([0]);
});
