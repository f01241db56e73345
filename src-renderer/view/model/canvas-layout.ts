/**
 * Where tables stand on the canvas until they are moved by hand: laid out in layers from left to right along their joins,
 * those without a join beside each other.
 */
import { arranged } from './elk';

export interface Box {
  readonly id: string;
  readonly width: number;
  readonly height: number;
}

export interface Spot {
  readonly x: number;
  readonly y: number;
}

/** Boxes with their places from the upper left corner of them all. */
export interface Block {
  readonly width: number;
  readonly height: number;
  readonly spots: ReadonlyMap<string, Spot>;
}

interface Pane {
  readonly width: number;
  readonly height: number;
}

/** Below this zoom text cannot be read, so that cards show their names only. */
export const readable = 0.42;

/** How large something can be shown. */
function scaleIn(pane: Pane) {
  return (all: { readonly width: number; readonly height: number }) =>
    Math.min(pane.width / all.width, pane.height / all.height);
}

/** Tables that hang on one other only; more of them than this stand on both sides of it. */
const oneSide = 2;

/** Turns every other line to a leaf around, so that the leaves of a star do not make one long column. */
function aroundHubs(lines: readonly (readonly [string, string])[]): readonly (readonly [string, string])[] {
  const degree = new Map<string, number>();
  for (const id of lines.flat()) degree.set(id, (degree.get(id) ?? 0) + 1);
  const leaves = new Map<string, number>();
  const hubOf = ([from, to]: readonly [string, string]) =>
    degree.get(to) === 1 ? from : degree.get(from) === 1 ? to : null;
  for (const line of lines) {
    const hub = hubOf(line);
    if (hub !== null) leaves.set(hub, (leaves.get(hub) ?? 0) + 1);
  }
  const seen = new Map<string, number>();
  return lines.map((line) => {
    const hub = hubOf(line);
    if (hub === null || (leaves.get(hub) ?? 0) <= oneSide) return line;
    const at = seen.get(hub) ?? 0;
    seen.set(hub, at + 1);
    const leaf = line[0] === hub ? line[1] : line[0];
    return at % 2 === 0 ? [hub, leaf] : [leaf, hub];
  });
}

/** Boxes that lines hold together, with their lines; a box without a line is one by itself. */
function connected(
  boxes: readonly Box[],
  lines: readonly (readonly [string, string])[],
): readonly { readonly boxes: readonly Box[]; readonly lines: typeof lines }[] {
  const root = new Map(boxes.map(({ id }) => [id, id]));
  const find = (id: string): string => {
    let at = id;
    while (root.get(at) !== at) at = root.get(at) ?? at;
    return at;
  };
  for (const [a, b] of lines) root.set(find(a), find(b));
  const groups = new Map<string, { boxes: Box[]; lines: (readonly [string, string])[] }>();
  for (const box of boxes) {
    const group = groups.get(find(box.id)) ?? { boxes: [], lines: [] };
    group.boxes.push(box);
    groups.set(find(box.id), group);
  }
  for (const line of lines) groups.get(find(line[0]))?.lines.push(line);
  return [...groups.values()];
}

/** Tables up to which what is joined is laid out in layers, whatever room that takes. */
const few = 8;
/** A layout in layers is easier to read, so that it is taken unless it has to be this much smaller. */
const preference = 1.5;

/** Lays out what lines hold together. */
async function joinedBlock(
  boxes: readonly Box[],
  lines: readonly (readonly [string, string])[],
  pane: Pane,
): Promise<Block> {
  const [only, second] = boxes;
  if (only !== undefined && second === undefined)
    return { width: only.width, height: only.height, spots: new Map([[only.id, { x: 0, y: 0 }]]) };
  const layers = await arranged({ boxes, lines: aroundHubs(lines) }, 'layers');
  const scale = scaleIn(pane);
  if (boxes.length <= few || scale(layers) >= readable) return layers;
  // Many tables around one make columns that are long and thin.
  const around = await arranged({ boxes, lines }, 'around');
  return scale(around) > preference * scale(layers) ? around : layers;
}

/** Between blocks that no line holds together. */
const apart = 56;

interface Packed {
  readonly width: number;
  readonly height: number;
  /** Upper left corners, in the order of the blocks. */
  readonly places: readonly Spot[];
}

/** Blocks on shelves of at most this width, one below the other. */
function shelved(blocks: readonly Block[], most: number): Packed {
  const places: Spot[] = [];
  let [x, y, deep, wide] = [0, 0, 0, 0];
  for (const { width, height } of blocks) {
    if (x > 0 && x + width > most) [x, y, deep] = [0, y + deep + apart, 0];
    places.push({ x, y });
    wide = Math.max(wide, x + width);
    deep = Math.max(deep, height);
    x += width + apart;
  }
  return { places, width: wide, height: y + deep };
}

/** Every width of shelves that makes a difference. */
function shelves(blocks: readonly Block[]): readonly Packed[] {
  let most = 0;
  return blocks.map(({ width }) => {
    most += width + apart;
    return shelved(blocks, most);
  });
}

/** The second beside the first, or below it. */
function together(a: Packed, b: Packed, beside: boolean): Packed {
  const [x, y] = beside ? [a.width + apart, 0] : [0, a.height + apart];
  return {
    places: [...a.places, ...b.places.map((at) => ({ x: at.x + x, y: at.y + y }))],
    width: Math.max(a.width, b.width + x),
    height: Math.max(a.height, b.height + y),
  };
}

/** What is joined first, what is not beside or below it: the way that can be shown largest. */
function packed(joined: readonly Block[], single: readonly Block[], pane: Pane): Packed {
  const scale = scaleIn(pane);
  const best = (all: readonly Packed[]) =>
    all.reduce<Packed | null>((a, b) => (a === null || scale(b) > scale(a) ? b : a), null);
  const first = best(shelves(joined));
  const rest = shelves(single);
  if (first === null) return best(rest) ?? { places: [], width: 0, height: 0 };
  if (rest.length === 0) return first;
  const ways = rest.flatMap((b) => [together(first, b, true), together(first, b, false)]);
  return best(ways) ?? first;
}

/**
 * @param lines Pairs of ids. Those of unknown boxes are left out.
 * @param pane Where it is shown: all is laid out so that it can be shown as large as possible there.
 */
export async function layOut(
  boxes: readonly Box[],
  lines: readonly (readonly [string, string])[],
  pane: Pane,
): Promise<ReadonlyMap<string, Spot>> {
  const known = new Set(boxes.map(({ id }) => id));
  const real = lines.filter(([from, to]) => from !== to && known.has(from) && known.has(to));
  const groups = connected(boxes, real);
  const blocks = await Promise.all(groups.map((group) => joinedBlock(group.boxes, group.lines, pane)));
  const joined = blocks
    .filter(({ spots }) => spots.size > 1)
    .sort((a, b) => b.spots.size - a.spots.size || b.height - a.height);
  const single = blocks.filter(({ spots }) => spots.size === 1).sort((a, b) => b.height - a.height);
  const { places } = packed(joined, single, pane);
  return new Map(
    [...joined, ...single].flatMap(({ spots }, i) => {
      const at = places[i] ?? { x: 0, y: 0 };
      return [...spots].map(([id, { x, y }]) => [id, { x: at.x + x, y: at.y + y }] as const);
    }),
  );
}
