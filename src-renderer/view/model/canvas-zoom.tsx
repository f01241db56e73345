import { Panel, useReactFlow, useStore } from '@xyflow/react';
import { Maximize, Minus, Network, Plus } from 'lucide-react';
import { useAssayStore } from '../../store/hooks';
import { IconButton } from '../ui/button';

/** How near the canvas is looked at, in its corner. */
export function CanvasZoom({ onFit }: { onFit: () => void }) {
  const flow = useReactFlow();
  const store = useAssayStore();
  const zoom = useStore((s) => s.transform[2]);
  return (
    <Panel position="bottom-left" className="canvas-zoom">
      <IconButton label="Zoom out (−)" onClick={() => void flow.zoomOut({ duration: 120 })}>
        <Minus size={14} aria-hidden="true" />
      </IconButton>
      <button
        type="button"
        className="canvas-zoom-share"
        title="Zoom to 100 %"
        onClick={() => void flow.zoomTo(1, { duration: 120 })}
      >
        {Math.round(100 * zoom)} %
      </button>
      <IconButton label="Zoom in (+)" onClick={() => void flow.zoomIn({ duration: 120 })}>
        <Plus size={14} aria-hidden="true" />
      </IconButton>
      <IconButton label="Show all tables (0)" onClick={onFit}>
        <Maximize size={14} aria-hidden="true" />
      </IconButton>
      <IconButton label="Lay out anew" onClick={() => store.getState().layOutCards()}>
        <Network size={14} aria-hidden="true" />
      </IconButton>
    </Panel>
  );
}
