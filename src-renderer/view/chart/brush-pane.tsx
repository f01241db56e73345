import { type PointerEvent, useRef, useState } from 'react';
import type { Layout } from './bins';
import { plot } from './histogram';
import './chart.css';

/**
 * The pane over a histogram that follows the pointer and selects bins by dragging. The keyboard's way to the same is the
 * table of the bins.
 *
 * @param selection The selected range in the unit of the column; infinite where it is open.
 * @param onSelect Takes the first and last index, or null after a click beside the bins or on the selection.
 */
export function BrushPane({
  layout,
  selection,
  width,
  top,
  height,
  onHover,
  onSelect,
}: {
  layout: Layout;
  selection: readonly [number, number] | null;
  width: number;
  /** Where the histogram begins. */
  top: number;
  height: number;
  onHover: (bin: number | null) => void;
  onSelect?: ((bins: readonly [number, number] | null) => void) | undefined;
}) {
  const { bins, range } = layout;
  const pane = useRef<HTMLDivElement>(null);
  const [drag, setDrag] = useState<{ from: number; to: number } | null>(null);
  const room = width - plot.left - plot.right;
  const tall = height - plot.top - plot.bottom;
  const x = (v: number) => (room * (v - range[0])) / (range[1] - range[0] || 1);

  const binAt = (event: PointerEvent): number => {
    const box = pane.current?.getBoundingClientRect();
    const at = range[0] + ((event.clientX - (box?.left ?? 0)) / room) * (range[1] - range[0]);
    if (at <= range[0]) return 0;
    const found = bins.findIndex((bin) => at < bin.right);
    return found === -1 ? bins.length - 1 : found;
  };

  const shown =
    drag === null
      ? selection?.map(layout.place)
      : [
          bins[Math.min(drag.from, drag.to)]?.left ?? range[0],
          bins[Math.max(drag.from, drag.to)]?.right ?? range[1],
        ];
  const left = shown === undefined ? 0 : Math.max(0, x(shown[0] ?? 0));
  const right = shown === undefined ? 0 : Math.min(room, x(shown[1] ?? 0));

  return (
    <div
      ref={pane}
      className={onSelect === undefined ? 'chart-brush' : 'chart-brush chart-brush-active'}
      style={{ left: plot.left, top: top + plot.top, width: Math.max(0, room), height: Math.max(0, tall) }}
      title={onSelect === undefined ? undefined : 'Drag to filter to a range'}
      onPointerLeave={() => onHover(null)}
      onPointerMove={(event) => {
        const bin = binAt(event);
        onHover(bin);
        if (drag !== null) setDrag({ from: drag.from, to: bin });
      }}
      onPointerDown={(event) => {
        if (onSelect === undefined || event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        const bin = binAt(event);
        setDrag({ from: bin, to: bin });
      }}
      onPointerUp={() => {
        if (drag === null) return;
        setDrag(null);
        const single = bins[drag.from];
        const again =
          drag.from === drag.to &&
          selection !== null &&
          single !== undefined &&
          single.low >= selection[0] &&
          single.low <= selection[1];
        onSelect?.(again ? null : [drag.from, drag.to]);
      }}
      onPointerCancel={() => setDrag(null)}
    >
      {shown === undefined ? null : (
        <div className="chart-brush-range" style={{ left, width: Math.max(2, right - left) }}>
          <i />
          <i />
        </div>
      )}
    </div>
  );
}
