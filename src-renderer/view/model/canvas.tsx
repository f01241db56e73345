/**
 * The design as a picture: a card for each table, a line for each join, and the join lab below. Where cards stand is
 * computed until they are moved by hand.
 */
import '@xyflow/react/dist/base.css';
import {
  Background,
  ConnectionMode,
  type FinalConnectionState,
  MiniMap,
  type NodeChange,
  PanOnScrollMode,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  useStore,
} from '@xyflow/react';
import { type KeyboardEvent, type ReactNode, useCallback, useMemo, useRef, useState } from 'react';
import { Group, Panel, Separator } from 'react-resizable-panels';
import { useAssay, useAssayStore } from '../../store/hooks';
import { CanvasBar } from './canvas-bar';
import { CanvasContext, type CanvasVerbs } from './canvas-context';
import { farthest, nearest, useFit } from './canvas-fit';
import { useInSight, useMeasured, useProposals } from './canvas-joins';
import { readable } from './canvas-layout';
import { useCards, useLines, useSpots } from './canvas-parts';
import { CanvasZoom } from './canvas-zoom';
import { JoinEdge } from './join-edge';
import { JoinLab } from './join-lab';
import { TableNode, type TableNodeType } from './table-node';
import { holds } from './table-shape';
import './canvas.css';

const nodeTypes = { table: TableNode };
const edgeTypes = { join: JoinEdge };
/** Tables beyond which a map of all helps. */
const many = 12;

/** @param bar Lays the tools of the canvas beside those of the place. */
export function Canvas({ bar }: { bar: (tools: ReactNode) => ReactNode }) {
  return (
    <ReactFlowProvider>
      <Board bar={bar} />
    </ReactFlowProvider>
  );
}

function Board({ bar }: { bar: (tools: ReactNode) => ReactNode }) {
  const store = useAssayStore();
  const flow = useReactFlow<TableNodeType>();
  const frame = useRef<HTMLDivElement>(null);
  const design = useAssay((s) => s.design);
  const sources = useAssay((s) => s.tables);
  const lab = useAssay((s) => s.joinDraft !== null);
  const proposals = useProposals();
  const [current, setCurrent] = useState<string | null>(null);
  const [search, setSearch] = useState('');
  const [form, setForm] = useState<Element | null>(null);
  const far = useStore((s) => s.transform[2] < readable);
  const tool = useRef<HTMLButtonElement>(null);
  useMeasured();

  const looked = useRef(false);
  const cards = useCards(proposals);
  const spots = useSpots(cards, proposals, frame, looked);
  const nodes = spots.nodes;
  const edges = useLines(proposals);
  const showAll = useFit();

  useInSight(nodes, frame);

  const wanted = search.trim().toLowerCase();
  const hits = useMemo(
    () =>
      wanted === ''
        ? []
        : design.tables
            .filter((table) => holds(table, sources[table.source]?.columns ?? [], wanted))
            .map(({ name }) => name),
    [design.tables, sources, wanted],
  );
  const found = useMemo(() => (wanted === '' ? null : new Set(hits)), [hits, wanted]);

  const order = useMemo(
    () =>
      [...nodes]
        .sort((a, b) => a.position.x - b.position.x || a.position.y - b.position.y)
        .map(({ id }) => id),
    [nodes],
  );
  const here = current !== null && order.includes(current) ? current : (order[0] ?? null);

  const centre = useCallback(
    (table: string) => {
      const node = flow.getNode(table);
      if (node === undefined) return;
      const zoom = Math.max(flow.getZoom(), 0.7);
      const { x, y } = node.position;
      const height = Math.min(node.height ?? 0, (frame.current?.clientHeight ?? 400) / zoom - 32);
      void flow.setCenter(x + (node.width ?? 0) / 2, y + height / 2, { zoom, duration: 140 });
    },
    [flow],
  );
  const focusOn = useCallback(
    (table: string) => {
      const list = () => frame.current?.querySelector<HTMLElement>(`[data-list="${CSS.escape(table)}"]`);
      const box = list()?.closest('.card')?.getBoundingClientRect();
      const pane = frame.current?.getBoundingClientRect();
      const seen =
        box !== undefined &&
        pane !== undefined &&
        box.left >= pane.left &&
        box.right <= pane.right &&
        box.top >= pane.top &&
        box.top + 60 <= pane.bottom;
      if (!seen) centre(table);
      const later = (left: number) => {
        const at = list();
        if (at) at.focus({ preventScroll: true });
        else if (left > 0) setTimeout(() => later(left - 1), 40);
      };
      later(10);
    },
    [centre],
  );
  const addJoin = useCallback(() => {
    const [a, b] = store.getState().joinMarks;
    if (a !== undefined && b !== undefined && a.table !== b.table) store.getState().draftJoin(a, b);
    else setForm(tool.current);
  }, [store]);

  const verbs = useMemo<CanvasVerbs>(
    () => ({
      current: here,
      found,
      far,
      enter(table, focus) {
        setCurrent(table);
        if (focus) focusOn(table);
      },
      beside: (table, step) => order[order.indexOf(table) + step] ?? null,
    }),
    [here, found, far, focusOn, order],
  );

  const onNodesChange = useCallback(
    (changes: NodeChange<TableNodeType>[]) => {
      for (const change of changes) {
        if (change.type === 'position' && change.position)
          store.getState().moveCard(change.id, change.position);
      }
    },
    [store],
  );
  const draw = useCallback(
    (source: string | null, from: string | null, target: string | null, to: string | null) => {
      const rows = [from, to].every((id) => id !== null && /^[lr]:/.test(id));
      if (!source || !target || !from || !to || !rows || source === target) return;
      store
        .getState()
        .draftJoin({ table: source, column: from.slice(2) }, { table: target, column: to.slice(2) });
    },
    [store],
  );
  /** A line that ends on a row is meant for its column, even where it does not meet the handle. */
  const drawTo = useCallback(
    (event: globalThis.MouseEvent | TouchEvent, { isValid, fromNode, fromHandle }: FinalConnectionState) => {
      if (isValid || !fromNode) return;
      const point = 'changedTouches' in event ? event.changedTouches[0] : event;
      const row =
        point &&
        document.elementFromPoint(point.clientX, point.clientY)?.closest<HTMLElement>('[data-column]');
      const card = row?.closest<HTMLElement>('[data-table]');
      if (!row || !card) return;
      draw(fromNode.id, fromHandle?.id ?? null, card.dataset.table ?? null, `r:${row.dataset.column ?? ''}`);
    },
    [draw],
  );

  const onKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const s = store.getState();
    switch (event.key) {
      case '0':
        showAll(nodes, true);
        break;
      case '+':
      case '=':
        void flow.zoomIn({ duration: 120 });
        break;
      case '-':
        void flow.zoomOut({ duration: 120 });
        break;
      case 'j':
      case 'J':
        addJoin();
        break;
      case 'Delete':
      case 'Backspace':
        if (s.joinDraft?.before == null) return;
        s.removeJoin();
        frame.current?.focus();
        break;
      case 'Escape':
        if (s.joinMarks.length === 0 && s.joinDraft === null) return;
        if (s.joinMarks.length > 0) s.clearMarks();
        else s.closeJoin();
        break;
      case 'ArrowDown':
      case 'ArrowUp':
      case 'Enter':
        if (event.target !== frame.current || here === null) return;
        focusOn(here);
        break;
      default:
        return;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <CanvasContext value={verbs}>
      {bar(
        <CanvasBar
          search={search}
          onSearch={setSearch}
          hits={hits}
          go={centre}
          joinButton={tool}
          form={form}
          onForm={setForm}
          addJoin={addJoin}
        />,
      )}
      <Group id="canvas-panes" className="canvas-panes" orientation="vertical">
        <Panel id="pane-canvas" minSize={140}>
          <div
            ref={frame}
            className="canvas"
            role="application"
            aria-label="Canvas of tables and joins. Arrow keys move in a table, Tab goes to the next one, 0 shows all, J joins two marked columns."
            // biome-ignore lint/a11y/noNoninteractiveTabindex: the canvas takes keys of its own.
            tabIndex={0}
            data-far={far}
            onKeyDown={onKey}
          >
            <ReactFlow<TableNodeType, ReturnType<typeof useLines>[number]>
              nodes={nodes as TableNodeType[]}
              edges={edges as ReturnType<typeof useLines>[number][]}
              nodeTypes={nodeTypes}
              edgeTypes={edgeTypes}
              onNodesChange={onNodesChange}
              onConnect={(c) => draw(c.source, c.sourceHandle, c.target, c.targetHandle)}
              onConnectEnd={drawTo}
              isValidConnection={(c) => c.source !== c.target}
              connectionMode={ConnectionMode.Loose}
              connectionRadius={14}
              connectOnClick={false}
              onMoveStart={(event) => {
                if (event !== null) looked.current = true;
              }}
              onPaneClick={() => store.getState().clearMarks()}
              minZoom={farthest}
              maxZoom={nearest}
              onlyRenderVisibleElements
              nodesFocusable={false}
              edgesFocusable={false}
              elementsSelectable={false}
              disableKeyboardA11y
              deleteKeyCode={null}
              selectionKeyCode={null}
              multiSelectionKeyCode={null}
              panOnScroll
              panOnScrollMode={PanOnScrollMode.Free}
              zoomOnDoubleClick={false}
              proOptions={{ hideAttribution: true }}
            >
              <Background gap={16} size={1} />
              <CanvasZoom onFit={() => showAll(nodes, true)} />
              {design.tables.length <= many ? null : (
                <MiniMap pannable zoomable ariaLabel="Map of all tables" nodeBorderRadius={4} />
              )}
            </ReactFlow>
          </div>
        </Panel>
        {lab ? (
          <>
            <Separator className="canvas-separator" aria-label="Height of the join lab" />
            <Panel
              id="pane-join-lab"
              defaultSize={316}
              minSize={140}
              groupResizeBehavior="preserve-pixel-size"
            >
              <JoinLab />
            </Panel>
          </>
        ) : null}
      </Group>
    </CanvasContext>
  );
}
