import { describe, expect, it } from 'vitest';
import type { DesignTable } from '#core/design/design';
import type { Column } from '#core/table';
import { endsOf, labelSpot, pathOf, type Rect, route } from '../../../src-renderer/view/model/join-path';
import { factorWords } from '../../../src-renderer/view/model/join-words';
import { foldKey, holds, shapeOf } from '../../../src-renderer/view/model/table-shape';
import { dimension, measure, table } from '../../support/designs';

const none = new Set<string>();
const column = (name: string): Column => ({ name, type: 'VARCHAR', kind: 'text' });
const columns = (n: number) => Array.from({ length: n }, (_, i) => column(`c${i}`));
const keys = (made: ReturnType<typeof shapeOf>) => made.lines.map(({ key }) => key);

function wide(n: number, change: Partial<DesignTable> = {}): DesignTable {
  const dimensions = Array.from({ length: n }, (_, i) => dimension(`d${i}`, { column: `c${i}` }));
  return table('orders', { source: 'orders', dimensions, ...change });
}

describe('the card of a table', () => {
  it('shows twelve rows of a section and how many more there are, and unfolds them', () => {
    const shut = shapeOf(wide(20), columns(20), none, {});
    expect(keys(shut)).toHaveLength(1 + 12 + 1);
    expect(shut.lines.at(-1)).toMatchObject({ kind: 'fold', words: '8 more', open: false });
    const open = shapeOf(wide(20), columns(20), none, { [foldKey('orders', 'dimensions')]: true });
    expect(keys(open)).toHaveLength(1 + 20 + 1);
    expect(open.height).toBe(shut.height + 8 * 22);
  });

  it('keeps a joined column in sight, even one that is hidden or far down', () => {
    const hidden = dimension('secret', { column: 'c19', public: false });
    const orders = wide(19, { dimensions: [...wide(19).dimensions, hidden] });
    const apart = shapeOf(orders, columns(20), none, {});
    expect(keys(apart)).not.toContain('d:secret');
    expect(apart.lines.at(-1)).toMatchObject({ words: '1 hidden' });
    const joined = shapeOf(orders, columns(20), new Set(['c19', 'c18']), {});
    expect(keys(joined)).toEqual(expect.arrayContaining(['d:secret', 'd:d18']));
    const at = joined.lines.find(({ key }) => key === 'd:secret');
    expect(joined.anchor('c19')).toBe((at?.top ?? 0) + 11);
  });

  it('stands on its columns while it has no dimensions, and is only a head when it is folded', () => {
    const empty = shapeOf(wide(0), columns(30), none, {});
    expect(empty.lines.at(-1)).toMatchObject({ words: '22 more' });
    const head = shapeOf(wide(0), columns(30), none, { [foldKey('orders', 'card')]: false });
    expect([head.lines, head.height, head.anchor('c3')]).toEqual([[], 32, 16]);
  });

  it('takes names that are hard to take', () => {
    const hard = ['__proto__', 'select', '', 'a"b', 'line\nfeed', '😀'].map(column);
    const made = shapeOf(wide(0, { grain: ['__proto__'] }), hard, new Set(['constructor']), {});
    expect(made.lines).toHaveLength(7);
    expect(made.anchor('__proto__')).toBeGreaterThan(32);
    expect(made.anchor('constructor')).toBe(16);
    expect(holds(wide(0), hard, 'proto')).toBe(true);
    expect(holds(wide(1, { measures: [measure('Revenue', {})] }), [], 'revenue')).toBe(true);
    expect(holds(wide(0), hard, 'revenue')).toBe(false);
  });
});

describe('a line between cards', () => {
  const card = (x: number, y = 0): Rect => ({ x, y, width: 200, height: 100 });

  it('leaves cards on the sides that face each other', () => {
    const [a, b] = endsOf(card(0), 10, card(400), 20);
    expect([a, b]).toEqual([
      { x: 200, y: 10, out: 1 },
      { x: 400, y: 20, out: -1 },
    ]);
    expect(endsOf(card(400), 10, card(0), 20).map(({ x }) => x)).toEqual([400, 200]);
    expect(endsOf(card(0), 10, card(50, 300), 20).map(({ x }) => x)).toEqual([200, 250]);
  });

  it('goes up and down where no card is, and its label covers none', () => {
    const [one, other, between] = [card(0), card(700, 300), card(350, 120)];
    const [a, b] = endsOf(one, 10, other, 20);
    const points = route(a, b, [one, other, between], 0);
    expect(points[1]?.x === 450 || (points[1]?.x ?? 0) <= 350 || (points[1]?.x ?? 0) >= 550).toBe(true);
    expect(points[1]?.x).not.toBe(450);
    const { x, y } = labelSpot(points, [one, other, between]);
    for (const rect of [one, other, between]) {
      const apart =
        x + 52 <= rect.x ||
        x - 52 >= rect.x + rect.width ||
        y + 26 <= rect.y ||
        y - 26 >= rect.y + rect.height;
      expect(apart).toBe(true);
    }
    expect(pathOf(points)).toMatch(/^M200 10L/);
    expect(pathOf(points)).not.toContain('NaN');
  });

  it('is drawn level without corners of no size', () => {
    const [a, b] = endsOf(card(0), 10, card(400), 10);
    expect(pathOf(route(a, b, [], 0))).not.toContain('NaN');
    expect(labelSpot(route(a, b, [], 0), [])).toEqual({ x: 300, y: 10 });
  });
});

it.each([
  [5.4321, '5.43'],
  [1, '1.00'],
  [1.002, '1.002'],
  [0.9999, '>0.999'],
  [1.00001, '<1.001'],
  [123.4, '123'],
  [12_345.6, '12,346'],
  [Number.POSITIVE_INFINITY, '∞'],
])('a factor of %d reads %s', (factor, words) => {
  expect(factorWords(factor)).toBe(words);
});
