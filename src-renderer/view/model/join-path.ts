/**
 * The way of a line between two cards, and where its label stands so that it covers neither of them nor another: pure.
 */

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Rect extends Point {
  readonly width: number;
  readonly height: number;
}

/** An end of a line; it leaves the card to the left (−1) or to the right (1). */
export interface End extends Point {
  readonly out: -1 | 1;
}

/** How far the mark of an end reaches from the card. */
export const reach = 12;
const corner = 6;
/** Half of what a label takes. */
const half = { width: 52, height: 26 } as const;

/** Where a line leaves two cards at these heights: on the sides that face each other. */
export function endsOf(a: Rect, yA: number, b: Rect, yB: number): readonly [End, End] {
  const left = (rect: Rect, y: number): End => ({ x: rect.x, y: rect.y + y, out: -1 });
  const right = (rect: Rect, y: number): End => ({ x: rect.x + rect.width, y: rect.y + y, out: 1 });
  if (b.x >= a.x + a.width + 2 * reach) return [right(a, yA), left(b, yB)];
  if (a.x >= b.x + b.width + 2 * reach) return [left(a, yA), right(b, yB)];
  return [right(a, yA), right(b, yB)];
}

/**
 * Three strokes: out of the one card, up or down, into the other. The middle one stands where it crosses no card, the middle
 * of the way if it can.
 *
 * @param aside Pixels by which a line gives way to others between the same cards.
 */
export function route(from: End, to: End, cards: readonly Rect[], aside: number): readonly Point[] {
  const way = (x: number) => [from, { x, y: from.y }, { x, y: to.y }, to];
  if (from.out === to.out) return way(Math.max(from.x, to.x) + 40 + Math.abs(aside));
  const near = half.width + reach;
  const tries = [(from.x + to.x) / 2, from.x + from.out * near, to.x + to.out * near];
  const [low, high] = [Math.min(from.y, to.y), Math.max(from.y, to.y)];
  const free = tries.find((x) =>
    cards.every(
      (card) => x <= card.x || x >= card.x + card.width || high < card.y || low > card.y + card.height,
    ),
  );
  return way((free ?? (from.x + to.x) / 2) + aside);
}

/** The strokes with round corners, as the path of an SVG. */
export function pathOf(points: readonly Point[]): string {
  const parts = points.map(({ x, y }, i) => {
    const [before, after] = [points[i - 1], points[i + 1]];
    if (before === undefined) return `M${x} ${y}`;
    if (after === undefined) return `L${x} ${y}`;
    const into = Math.min(corner, Math.hypot(x - before.x, y - before.y) / 2);
    const out = Math.min(corner, Math.hypot(after.x - x, after.y - y) / 2);
    const start = { x: x - Math.sign(x - before.x) * into, y: y - Math.sign(y - before.y) * into };
    const end = { x: x + Math.sign(after.x - x) * out, y: y + Math.sign(after.y - y) * out };
    return `L${start.x} ${start.y}Q${x} ${y} ${end.x} ${end.y}`;
  });
  return parts.join('');
}

/** A point of the strokes, at a share of their length. */
function along(points: readonly Point[], share: number): Point {
  const lengths = points.slice(1).map((p, i) => {
    const before = points[i] ?? p;
    return Math.hypot(p.x - before.x, p.y - before.y);
  });
  let left = share * lengths.reduce((sum, n) => sum + n, 0);
  for (const [i, length] of lengths.entries()) {
    const [a, b] = [points[i], points[i + 1]];
    if (a === undefined || b === undefined) break;
    if (left <= length && length > 0) {
      const t = left / length;
      return { x: a.x + t * (b.x - a.x), y: a.y + t * (b.y - a.y) };
    }
    left -= length;
  }
  return points.at(-1) ?? { x: 0, y: 0 };
}

/** The point of the strokes, as near their middle as can be, where a label covers no card; the middle if there is none. */
export function labelSpot(points: readonly Point[], cards: readonly Rect[]): Point {
  for (const step of [0, 0.08, -0.08, 0.16, -0.16, 0.24, -0.24, 0.32, -0.32, 0.4, -0.4]) {
    const { x, y } = along(points, 0.5 + step);
    const free = cards.every(
      (card) =>
        x + half.width <= card.x ||
        x - half.width >= card.x + card.width ||
        y + half.height <= card.y ||
        y - half.height >= card.y + card.height,
    );
    if (free) return { x, y };
  }
  return along(points, 0.5);
}
