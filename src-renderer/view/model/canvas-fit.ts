/** How all tables are brought on screen. */
import { getViewportForBounds, useReactFlow, useStoreApi } from '@xyflow/react';
import { useCallback } from 'react';
import type { TableNodeType } from './table-node';

/** From far away a table can just be told from another; near by it is as large as the text around it. */
export const nearest = 2;
export const farthest = 0.08;
/** What is laid out begins no smaller than this: names can be read, and the rest is a scroll away. */
const legible = 0.3;

/**
 * Shows these cards as large as the pane allows, at most in their own size.
 *
 * @param all Even if they get too small to be read.
 */
export function useFit(): (nodes: readonly TableNodeType[], all: boolean) => void {
  const flow = useReactFlow();
  const store = useStoreApi();
  return useCallback(
    (nodes, all) => {
      const { width, height } = store.getState();
      if (nodes.length === 0 || width === 0) return;
      const side = (end: (node: TableNodeType) => number) => nodes.map(end);
      const left = Math.min(...side(({ position }) => position.x));
      const top = Math.min(...side(({ position }) => position.y));
      const right = Math.max(...side((node) => node.position.x + (node.width ?? 0)));
      const bottom = Math.max(...side((node) => node.position.y + (node.height ?? 0)));
      const bounds = { x: left, y: top, width: right - left, height: bottom - top };
      const view = getViewportForBounds(bounds, width, height, all ? farthest : legible, 1, '20px');
      void flow.setViewport(view, { duration: all ? 140 : 0 });
    },
    [flow, store],
  );
}
