/**
 * The parts of the canvas made of the design: its cards, where they stand, and its lines. A part that did not change is the
 * same object, so that only what changed is drawn again.
 */
import { type NodeHandle, Position } from '@xyflow/react';
import { type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import type { DesignTable, Join } from '#core/design/design';
import { useAssay, useAssayStore } from '../../store/hooks';
import { joinKey, type ProposedJoin } from '../../store/join-reading';
import { useFit } from './canvas-fit';
import { layOut, type Spot } from './canvas-layout';
import { columnsOfTable } from './columns-of';
import type { JoinEdgeType } from './join-edge';
import type { TableNodeType } from './table-node';
import { cardWidth, columnAt, headHeight, rowHeight, type Shape, shapeOf } from './table-shape';

export interface Card {
  readonly table: DesignTable;
  readonly shape: Shape;
  readonly handles: NodeHandle[];
}

function handlesOf(shape: Shape): NodeHandle[] {
  const size = 8;
  const handle = (id: string, position: Position, y: number): NodeHandle => ({
    id,
    type: 'source',
    position,
    x: (position === Position.Left ? 0 : cardWidth) - size / 2,
    y: y - size / 2,
    width: size,
    height: size,
  });
  const rows = shape.lines.flatMap((line) => {
    const column = columnAt(line);
    const y = line.top + rowHeight / 2;
    return column === null
      ? []
      : [handle(`l:${column}`, Position.Left, y), handle(`r:${column}`, Position.Right, y)];
  });
  // A line needs something to hang on, even at a card whose rows are folded away or too small to be drawn.
  return [handle('card', Position.Right, headHeight / 2), ...rows];
}

type Ends = Pick<Join, 'from' | 'to' | 'on'>;

export function useCards(proposals: readonly ProposedJoin[]): readonly Card[] {
  const design = useAssay((s) => s.design);
  const tables = useAssay((s) => s.tables);
  const folds = useAssay((s) => s.cardFolds);
  const draft = useAssay((s) => s.joinDraft);
  const kept = useRef(new Map<string, { readonly of: readonly unknown[]; readonly card: Card }>());
  return useMemo(() => {
    const joined = new Map<string, Set<string>>(design.tables.map(({ name }) => [name, new Set()]));
    const all: readonly Ends[] = [...design.joins, ...proposals, ...(draft === null ? [] : [draft])];
    for (const { from, to, on } of all) {
      for (const [a, b] of on) {
        joined.get(from)?.add(a);
        joined.get(to)?.add(b);
      }
    }
    const foldsOf = new Map<string, string[]>();
    for (const [key, open] of Object.entries(folds)) {
      const name = key.slice(0, key.lastIndexOf('\n'));
      foldsOf.set(name, [...(foldsOf.get(name) ?? []), `${key}${open}`]);
    }
    const before = kept.current;
    kept.current = new Map();
    return design.tables.map((table) => {
      const columns = columnsOfTable(design, tables, table.name);
      const ends = joined.get(table.name) ?? new Set<string>();
      const of = [table, columns, JSON.stringify([...ends]), foldsOf.get(table.name)?.join() ?? ''];
      let known = before.get(table.name);
      if (!known?.of.every((part, i) => part === of[i])) {
        const shape = shapeOf(table, columns, ends, folds);
        known = { of, card: { table, shape, handles: handlesOf(shape) } };
      }
      kept.current.set(table.name, known);
      return known.card;
    });
  }, [design, tables, folds, draft, proposals]);
}

/** Tables from which lines go, each pair once. */
function pairsOf(joins: readonly Ends[]): readonly (readonly [string, string])[] {
  const pairs = new Map(
    joins.map(({ from, to }) => [JSON.stringify([from, to].sort()), [from, to] as const]),
  );
  return [...pairs.values()];
}

/**
 * The cards where they stand. They are laid out when tables come or go and when tables are joined that were not; what only
 * folds or is taken apart moves nothing.
 *
 * @param looked Whether the user has panned or zoomed.
 */
export function useSpots(
  cards: readonly Card[],
  proposals: readonly ProposedJoin[],
  frame: RefObject<HTMLElement | null>,
  looked: RefObject<boolean>,
): { readonly nodes: readonly TableNodeType[] } {
  const store = useAssayStore();
  const showAll = useFit();
  const joins = useAssay((s) => s.design.joins);
  const places = useAssay((s) => s.cardPlaces);
  const turn = useAssay((s) => s.cardTurn);
  const [spots, setSpots] = useState<ReadonlyMap<string, Spot>>(new Map());
  const linked = useRef<{ readonly turn: string; readonly pairs: Set<string> }>({
    turn: '',
    pairs: new Set(),
  });

  const runs = useRef(0);

  const pairs = useMemo(() => pairsOf([...joins, ...proposals]), [joins, proposals]);
  const tablesKey = JSON.stringify([turn, ...cards.map(({ table }) => table.name)]);
  const fresh = pairs.map(([a, b]) => JSON.stringify([a, b].sort()));
  const known = linked.current.turn === tablesKey && fresh.every((pair) => linked.current.pairs.has(pair));
  const wanted = known ? null : JSON.stringify([tablesKey, fresh]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `wanted` stands for all that a new layout is made for.
  useEffect(() => {
    if (wanted === null) return;
    linked.current = { turn: tablesKey, pairs: new Set(fresh) };
    const run = ++runs.current;
    const box = frame.current?.getBoundingClientRect();
    const pane = box && box.height > 0 ? box : { width: 1000, height: 700 };
    const boxes = cards.map(({ table, shape: { height } }) => ({ id: table.name, width: cardWidth, height }));
    void layOut(boxes, pairs, pane).then((found) => {
      if (run !== runs.current) return;
      setSpots(found);
    });
  }, [wanted]);

  // Designs with other tables of the same names must not stand where these did.
  useEffect(() => {
    const names = new Set(cards.map(({ table }) => table.name));
    const stray = Object.keys(places).some((name) => !names.has(name));
    if (stray) store.getState().forgetCards([...names]);
  }, [store, cards, places]);

  const kept = useRef(new Map<string, TableNodeType>());
  const nodes = useMemo(() => {
    const before = kept.current;
    kept.current = new Map();
    return cards.flatMap((card): TableNodeType[] => {
      const { table, shape, handles } = card;
      const position = places[table.name] ?? spots.get(table.name);
      if (position === undefined) return [];
      const old = before.get(table.name);
      const node: TableNodeType =
        old?.data.shape === shape &&
        old.data.table === table &&
        old.position.x === position.x &&
        old.position.y === position.y
          ? old
          : {
              id: table.name,
              type: 'table',
              position: { ...position },
              width: cardWidth,
              height: shape.height,
              handles,
              data: { table, shape },
              dragHandle: '.card-head',
            };
      kept.current.set(table.name, node);
      return [node];
    });
  }, [cards, places, spots]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is moved by hand stays in sight; only a new layout is shown whole.
  useEffect(() => {
    // While files are read one after the other, who looks around already is not called back.
    if (store.getState().reading.length === 0 || !looked.current) showAll(nodes, false);
  }, [showAll, spots]);
  return { nodes };
}

/** The lines: joins of the design, proposals, and the one that is drafted. */
export function useLines(proposals: readonly ProposedJoin[]): readonly JoinEdgeType[] {
  const joins = useAssay((s) => s.design.joins);
  const draft = useAssay((s) => (s.joinDraft?.before === null ? s.joinDraft : null));
  return useMemo(() => {
    const between = new Map<string, number>();
    const all = [...joins, ...proposals, ...(draft === null ? [] : [draft])];
    const ends = ({ from, to }: Ends) => JSON.stringify([from, to].sort());
    for (const join of all) between.set(ends(join), (between.get(ends(join)) ?? 0) + 1);
    const drawn = new Map<string, number>();
    const line = (id: string, join: Ends, declared: Join | null, proposed: ProposedJoin | null) => {
      const key = ends(join);
      const at = drawn.get(key) ?? 0;
      drawn.set(key, at + 1);
      const lane = at - ((between.get(key) ?? 1) - 1) / 2;
      return {
        id,
        type: 'join' as const,
        source: join.from,
        target: join.to,
        data: { join, declared, proposed, lane },
      };
    };
    return [
      ...joins.map((join, i) => line(`${i} ${joinKey(join)}`, join, join, null)),
      ...proposals.map((proposed) => line(`proposed ${proposed.key}`, proposed, null, proposed)),
      ...(draft === null ? [] : [line('draft', draft, null, null)]),
    ];
  }, [joins, proposals, draft]);
}
