/** What the canvas does for its joins: measures them, tells what is proposed, keeps in sight what the lab is about. */
import { useStoreApi } from '@xyflow/react';
import { type RefObject, useEffect, useMemo, useRef } from 'react';
import { useAssay, useAssayStore } from '../../store/hooks';
import { askOfJoin, endsKey, type ProposedJoin, proposalsOf } from '../../store/join-reading';
import { useFit } from './canvas-fit';
import type { TableNodeType } from './table-node';

/** Rows of two tables up to which a join is measured unasked. */
const unasked = 5_000_000;

/** Measures the joins of the design, except those that would take long. */
export function useMeasured(): void {
  const store = useAssayStore();
  const joins = useAssay((s) => s.design.joins);
  const tables = useAssay((s) => s.tables);
  useEffect(() => {
    const s = store.getState();
    for (const join of joins) {
      const ask = askOfJoin(s, join);
      const rows = [ask?.from, ask?.to].reduce((sum, end) => sum + (tables[end?.table ?? '']?.rows ?? 0), 0);
      if (ask !== null && rows <= unasked) s.measureJoin(ask);
    }
  }, [store, joins, tables]);
}

/** What is proposed, but for what stands in the lab already. */
export function useProposals(): readonly ProposedJoin[] {
  const all = useAssay((s) => proposalsOf(s).sure);
  const draft = useAssay((s) => (s.joinDraft === null ? '' : endsKey(s.joinDraft)));
  return useMemo(() => all.filter(({ key }) => key !== draft), [all, draft]);
}

/** The lab takes room below the cards; the two it is about stay in sight. */
export function useInSight(nodes: readonly TableNodeType[], frame: RefObject<HTMLElement | null>): void {
  const flow = useStoreApi();
  const show = useFit();
  const about = useAssay((s) =>
    s.joinDraft === null ? null : JSON.stringify([s.joinDraft.from, s.joinDraft.to]),
  );
  const latest = useRef(nodes);
  latest.current = nodes;
  useEffect(() => {
    if (about === null) return;
    const timer = setTimeout(() => {
      const names = JSON.parse(about) as string[];
      const pane = frame.current?.getBoundingClientRect();
      const [x, y, zoom] = flow.getState().transform;
      const ends = latest.current.filter(({ id }) => names.includes(id));
      const seen = ends.every(({ position, width = 0, height = 0 }) => {
        const [left, top] = [position.x * zoom + x, position.y * zoom + y];
        return (
          pane !== undefined &&
          left >= 0 &&
          top >= 0 &&
          left + width * zoom <= pane.width &&
          top + Math.min(height, 160) * zoom <= pane.height
        );
      });
      if (!seen) show(ends, true);
    }, 80);
    return () => clearTimeout(timer);
  }, [about, flow, show, frame]);
}
