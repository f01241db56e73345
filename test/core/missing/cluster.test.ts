import { expect, it } from 'vitest';
import { averageLinkage, leafOrder } from '../../../src-main/core/missing/cluster';

it('average linkage joins as in the worked example of five bacteria', () => {
  // The distances and heights of the usual UPGMA example (5S RNA): 17, 22, 28 and 33.
  const distance = [
    [0, 17, 21, 31, 23],
    [17, 0, 30, 34, 21],
    [21, 30, 0, 28, 39],
    [31, 34, 28, 0, 43],
    [23, 21, 39, 43, 0],
  ];
  const merges = averageLinkage(distance);
  expect(merges.map((m) => m.height)).toEqual([17, 22, 28, 33]);
  expect(merges[0]).toMatchObject({ left: 0, right: 1 });
  expect(new Set(leafOrder(5, merges))).toEqual(new Set([0, 1, 2, 3, 4]));
  const order = leafOrder(5, merges);
  expect(Math.abs(order.indexOf(2) - order.indexOf(3))).toBe(1);
});

it('none, one and equal leaves make a tree all the same', () => {
  expect(averageLinkage([])).toEqual([]);
  expect(leafOrder(0, [])).toEqual([]);
  expect(averageLinkage([[0]])).toEqual([]);
  expect(leafOrder(1, [])).toEqual([0]);
  const same = Array.from({ length: 4 }, () => new Array<number>(4).fill(0));
  expect(averageLinkage(same).map((m) => m.height)).toEqual([0, 0, 0]);
});
