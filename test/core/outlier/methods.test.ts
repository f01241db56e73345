import { expect, it } from 'vitest';
import { distances } from '../../../src-main/core/outlier/distance';
import { esdRange } from '../../../src-main/core/outlier/esd';
import { grubbsCritical } from '../../../src-main/core/outlier/grubbs';
import { methodNames } from '../../../src-main/core/outlier/method';
import { methods } from '../../../src-main/core/outlier/methods';
import { judgeSteps, seasonGrain } from '../../../src-main/core/outlier/season';
import { segmentCondition } from '../../../src-main/core/outlier/segment';
import { chiSquare, tBeyond } from '../../../src-main/core/outlier/student';

it('every name has its method, and every usual setting is a stop of its slider within its bounds', () => {
  expect(methods.map((m) => m.name).toSorted()).toEqual([...methodNames].toSorted());
  for (const { parameter } of methods) {
    expect(parameter.stops).toContain(parameter.standard);
    expect(parameter.stops.toSorted((a, b) => a - b)).toEqual(parameter.stops);
    expect(parameter.least).toBeLessThanOrEqual(parameter.stops[0]!);
    expect(parameter.most).toBeGreaterThanOrEqual(parameter.stops.at(-1)!);
  }
});

// Printed tables of Student's t.
it.each([
  [0.025, 1, 12.706],
  [0.025, 10, 2.228],
  [0.005, 5, 4.032],
  [0.05, 30, 1.697],
  [0.0005, 20, 3.85],
  [0.025, 1000, 1.962],
  [0.1, 3, 1.638],
])('beyond t lies %f of the distribution with %i degrees of freedom', (tail, df, t) => {
  expect(tBeyond(tail, df)).toBeCloseTo(t, 3);
});

// Printed tables of chi-square.
it.each([
  [0.95, 1, 3.841],
  [0.5, 2, 1.386],
  [0.975, 2, 7.378],
  [0.99, 5, 15.086],
  [0.999, 10, 29.588],
])('chi-square holds %f below its value with %i degrees of freedom', (p, df, x) => {
  expect(chiSquare(p, df)).toBeCloseTo(x, 3);
});

// Grubbs & Beck (1972), two-sided 5 % is their one-sided 2.5 %.
it.each([
  [3, 1.155],
  [5, 1.715],
  [8, 2.126],
  [10, 2.29],
  [20, 2.709],
  [30, 2.908],
  [50, 3.128],
  [100, 3.384],
])('Grubbs of %i values has the critical value of the table', (n, critical) => {
  expect(grubbsCritical(n, 0.05)).toBeCloseTo(critical, 2);
});

/** Rosner (1983), also NIST/SEMATECH e-Handbook 1.3.5.17.3: 54 values with three outliers at 5 %. */
const rosner = [
  -0.25, 0.68, 0.94, 1.15, 1.2, 1.26, 1.26, 1.34, 1.38, 1.43, 1.49, 1.49, 1.55, 1.56, 1.58, 1.65, 1.69, 1.7,
  1.76, 1.77, 1.81, 1.91, 1.94, 1.96, 1.99, 2.06, 2.09, 2.1, 2.14, 2.15, 2.23, 2.24, 2.26, 2.35, 2.37, 2.4,
  2.47, 2.54, 2.62, 2.64, 2.9, 2.92, 2.92, 2.93, 3.21, 3.26, 3.3, 3.59, 3.68, 4.3, 4.64, 5.34, 5.42, 6.01,
];

it.each([10, 12])(
  'the many-outlier procedure finds the three outliers of Rosner among %i suspects',
  (most) => {
    const { first, last } = esdRange(rosner, most, 0.05);
    expect([rosner.slice(0, first), rosner.slice(last)]).toEqual([[], [5.34, 5.42, 6.01]]);
  },
);

it('a step without rows and one with thrice as many stand out, a quiet weekend does not', () => {
  const start = Date.UTC(2024, 0, 1);
  const steps = Array.from({ length: 140 }, (_, i) => {
    const weekend = i % 7 >= 5;
    const rows = i === 60 ? 0 : i === 93 ? 330 : (weekend ? 20 : 100) + ((i * 7) % 5);
    return { start: new Date(start + i * 86_400_000).toISOString().slice(0, 10), rows };
  });
  const far = judgeSteps({ grain: 'day', steps }).filter((s) => Math.abs(s.score) > 3.5);
  expect(far.map((s) => [s.start, s.rows, s.score < 0])).toEqual([
    ['2024-03-01', 0, true],
    ['2024-04-03', 330, false],
  ]);
});

it('the grain is the finest whose steps hold enough rows', () => {
  const year = 365 * 86_400;
  expect(seasonGrain(year, 42_000, false)).toBe('day');
  expect(seasonGrain(30 * 86_400, 100_000, false)).toBe('hour');
  expect(seasonGrain(30 * 86_400, 100_000, true)).toBe('day');
  expect(seasonGrain(30 * 86_400, 12, true)).toBe(null);
  expect(seasonGrain(0, 1, true)).toBe(null);
});

it('a row that breaks the bond of two columns lies far out, though each of its values is usual', () => {
  const rows = Array.from({ length: 400 }, (_, i) => {
    const x = Math.sin(i * 12.9898) * 10;
    return [x, 2 * x + Math.sin(i * 78.233)];
  });
  rows[137] = [5, -10];
  const { squared, why } = distances(rows, ['x', 'y']);
  expect(why).toBe('');
  expect(squared.indexOf(Math.max(...squared))).toBe(137);
});

it('a tenth of the rows on one heap far away does not draw the centre to it', () => {
  const noise = (i: number, by: number) => Math.sin(i * by) + Math.sin(i * by * 1.7 + 1);
  const rows = Array.from({ length: 500 }, (_, i) =>
    i % 10 === 0 ? [8 + 0.1 * noise(i, 3.3), -8 + 0.1 * noise(i, 5.1)] : [noise(i, 12.9), noise(i, 78.2)],
  );
  const cut = chiSquare(0.999, 2);
  const { squared } = distances(rows, ['x', 'y']);
  const far = squared.flatMap((d, i) => (d > cut ? [i] : []));
  expect(far).toEqual(Array.from({ length: 50 }, (_, i) => i * 10));
});

it('columns that say nothing together are refused in words', () => {
  const line = Array.from({ length: 100 }, (_, i) => [i, 2 * i, i % 3]);
  expect(distances(line, ['a', 'b', 'c']).why).toContain('b is one value or follows from');
  expect(
    distances(
      line.map((r) => [r[0]!, 7]),
      ['a', 'b'],
    ).why,
  ).toContain('b is all one value');
  expect(distances(line.slice(0, 5), ['a', 'b', 'c']).why).toContain('at least 20 rows');
  expect(distances([], ['a']).why).toContain('at least two');
});

it('a rule becomes a condition that keeps odd names and values apart from the SQL', () => {
  expect(segmentCondition('a"b', { kind: 'outside', low: -1.5, high: 2 }, null)).toBe(
    '"a""b" < -1.5 OR "a""b" > 2',
  );
  expect(segmentCondition('x', { kind: 'outside', low: 1, high: 2, positive: true }, [-5, 9])).toBe(
    '("x" < 1 AND "x" > 0) OR ("x" > 2 AND "x" <= 9)',
  );
  expect(segmentCondition('x', { kind: 'values', values: ["o'k", 1] }, null)).toBe(`"x" IN ('o''k', 1)`);
  expect(segmentCondition('x', { kind: 'values', values: [] }, null)).toBe(null);
  expect(segmentCondition('x', { kind: 'unlike', masks: ['A'] }, null)).toBe(null);
});
