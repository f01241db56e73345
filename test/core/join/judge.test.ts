import { expect, it } from 'vitest';
import type { MeasuredJoin } from '#core/join/join';
import { type Evidence, judge } from '#core/join/judge';
import { measuredFrom } from '#core/join/measure';
import { chanceOf, containment, modulusFor, readSketch, type Sketch } from '#core/join/sketch';

/** A join in which `met` keys meet, of `from` keys with three rows each and `to` keys with one. */
function join(met: number, from: number, to: number): MeasuredJoin {
  const counts = [
    { from: 3, to: 1, keys: met },
    { from: 3, to: 0, keys: from - met },
    { from: 0, to: 1, keys: to - met },
  ].filter((c) => c.keys > 0);
  const end = (table: string) => ({ table, columns: ['k'] });
  return {
    ask: { from: end('a'), to: end('b'), comparison: 'value' },
    ...measuredFrom(counts, { from: 3 * from, to }),
    sql: [],
    ms: 0,
  };
}

const evidence = (change: Partial<Evidence>): Evidence => ({
  names: 0,
  words: '',
  isKey: true,
  isText: false,
  chance: 1,
  ...change,
});

it('numbers in a range that is full prove nothing without names', () => {
  expect(judge(join(100, 100, 1000), evidence({ chance: 1 }))).toBeNull();
  expect(judge(join(100, 100, 1000), evidence({ names: 1 }))?.confident).toBe(true);
  expect(judge(join(100, 100, 1000), evidence({ names: 0.6 }))?.confident).toBe(false);
});

it('many keys in a thin range prove a join by themselves, a few do not', () => {
  expect(judge(join(500, 500, 4000), evidence({ chance: 0.01 }))?.confident).toBe(true);
  expect(judge(join(500, 500, 4000), evidence({ chance: 0.01, isKey: false }))?.confident).toBe(false);
  expect(judge(join(5, 5, 4000), evidence({ chance: 0.01 }))?.confident).toBe(false);
  expect(judge(join(400, 500, 4000), evidence({ chance: 0.01 }))?.confident).toBe(false);
});

it('says what is against it', () => {
  const found = judge(join(99, 100, 1000), evidence({ names: 1, words: 'both are named alike' }))!;
  expect(found.against).toEqual([
    '1 key of a (3 rows) is not in b',
    'b holds most numbers there are in this range, so any number would be found in it',
  ]);
  expect(found.reasons).toEqual([
    '99 % of the 100 keys of a are in b',
    'Each key of b stands in one row',
    'Names agree: both are named alike',
  ]);
});

it('ends that share hardly a key are no candidate', () => {
  expect(judge(join(0, 10, 10), evidence({ names: 1 }))).toBeNull();
  expect(judge(join(10, 100, 1000), evidence({ names: 1, chance: 0.001 }))).toBeNull();
});

const sketch = (values: readonly number[], modulus = 1): Sketch =>
  readSketch(
    values.map((x) => [x, x, 1]),
    modulus,
  );

it('chance is how full the range of the keys is, on the steps that they lie on', () => {
  const full = sketch(Array.from({ length: 1000 }, (_, i) => i));
  const thin = sketch(Array.from({ length: 1000 }, (_, i) => i * i));
  const tens = sketch(Array.from({ length: 1000 }, (_, i) => 10 * i));
  expect(chanceOf(full, full, 'number', 0)).toBe(1);
  expect(chanceOf(tens, tens, 'number', 0)).toBe(1);
  expect(chanceOf(thin, thin, 'number', 0)).toBeLessThan(0.01);
});

it('sketches of different sizes are compared on the values that both would hold', () => {
  const all = sketch(Array.from({ length: 64 }, (_, i) => i));
  const some = sketch([0, 4, 8, 12, 100], 4);
  expect(containment(some, all)).toEqual({ share: 0.8, of: 5 });
  expect(containment(all, some)).toEqual({ share: 0.25, of: 16 });
  expect([modulusFor(0), modulusFor(4096), modulusFor(4097), modulusFor(1e6)]).toEqual([1, 1, 2, 256]);
});
