import { expect, it } from 'vitest';
import { depthOf, isPattern, matcher, rootOf } from '#core/source/glob';

it.each([
  ['/d/*.csv', '/d/a.csv', true],
  ['/d/*.csv', '/d/.hidden.csv', false],
  ['/d/.*.csv', '/d/.hidden.csv', true],
  ['/d/*.csv', '/d/e/a.csv', false],
  ['/d/**/*.csv', '/d/a.csv', true],
  ['/d/**/*.csv', '/d/e/f/a.csv', true],
  ['/d/**/*.csv', '/d/.e/a.csv', false],
  ['/d/**', '/d/e/a.csv', true],
  ['/d/?.csv', '/d/ü.csv', true],
  ['/d/?.csv', '/d/ab.csv', false],
  ['/d/[a-c].csv', '/d/b.csv', true],
  ['/d/[!a-c].csv', '/d/b.csv', false],
  ['/d/[]x].csv', '/d/].csv', true],
  ['/d/[.csv', '/d/[.csv', true],
  ['/d/a+b(1).csv', '/d/a+b(1).csv', true],
  ['/d/a.csv', '/d/abcsv', false],
  ['/d/year=*/m=[0-9]/*.csv', '/d/year=2024/m=7/x\ny.csv', true],
])('%s and %s: %s', (pattern, path, matches) => {
  expect(matcher(pattern)(path)).toBe(matches);
});

it('a pattern says below which folder it matches and how deep', () => {
  expect(['/d/e/*.csv', '*.csv', '/*', 'd/**/a.csv'].map(rootOf)).toEqual(['/d/e', '', '/', 'd']);
  expect(['/d/*.csv', '/d/*/*.csv', '/d/**/a'].map(depthOf)).toEqual([0, 1, Number.POSITIVE_INFINITY]);
  expect(['/d/a.csv', '/d/[x].csv', '/d/a?'].map(isPattern)).toEqual([false, true, true]);
});

it('many stars cost no more than one', () => {
  expect(matcher(`/d/${'*'.repeat(60)}b`)(`/d/${'a'.repeat(5000)}`)).toBe(false);
});
