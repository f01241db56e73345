/**
 * A square of figures as colours: how each of a list goes together with each other.
 */
import { type KeyboardEvent, type MouseEvent, useMemo, useRef, useState } from 'react';
import { shortName } from '../ui/figure';
import './relation.css';

/** One square; `strength` from −1 to 1 is its colour, null is none. */
export interface HeatCell {
  readonly strength: number | null;
  /** What stands in the square where there is room. */
  readonly text: string;
  /** What it is, for the readout. */
  readonly words: string;
}

const left = 132;
const top = 92;

/** The colour of a strength: one hue above 0, the opposed one below, none at 0. */
export function heatColour(strength: number | null): string {
  if (strength === null) return 'var(--surface-2)';
  const share = Math.round(100 * Math.min(1, Math.abs(strength)));
  return `color-mix(in srgb, var(${strength < 0 ? '--opposed' : '--data'}) ${share}%, var(--surface-1))`;
}

/**
 * @param cell The square of a row and a column of the list; null on the diagonal and where there is none.
 * @param onChoose Takes row and column by click, Enter or the space bar.
 */
export function HeatMatrix({
  label,
  names,
  width,
  chosen,
  cell,
  onChoose,
  onName,
}: {
  label: string;
  names: readonly string[];
  width: number;
  chosen: readonly [number, number] | null;
  cell: (row: number, column: number) => HeatCell | null;
  onChoose: (row: number, column: number) => void;
  onName: (index: number) => void;
}) {
  const [at, setAt] = useState<readonly [number, number] | null>(null);
  const picture = useRef<SVGSVGElement>(null);
  const n = names.length;
  const size = Math.max(12, Math.min(38, Math.floor((width - left - 12) / Math.max(1, n))));
  const active = at ?? chosen;
  const said = active === null ? null : cell(active[0], active[1]);
  const move = (event: KeyboardEvent) => {
    const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      const within = (i: number) => Math.max(0, Math.min(n - 1, i));
      setAt(active === null ? [1, 0] : [within(active[0] + step[0]!), within(active[1] + step[1]!)]);
    } else if ((event.key === 'Enter' || event.key === ' ') && active !== null && said !== null) {
      event.preventDefault();
      onChoose(active[0], active[1]);
    }
  };
  /** Row and column under the pointer; −1 where the names stand, null outside. */
  const under = (event: MouseEvent): readonly [number, number] | null => {
    const box = picture.current?.getBoundingClientRect();
    if (box === undefined) return null;
    const row = Math.max(-1, Math.floor((event.clientY - box.top - top) / size));
    const column = Math.max(-1, Math.floor((event.clientX - box.left - left) / size));
    return row >= n || column >= n ? null : [row, column];
  };
  const click = (event: MouseEvent) => {
    const [row, column] = under(event) ?? [-1, -1];
    if (row >= 0 && column >= 0 && cell(row, column) !== null) onChoose(row, column);
    else if (row >= 0 && column < 0) onName(row);
    else if (column >= 0 && row < 0) onName(column);
  };
  const hover = (event: MouseEvent) => {
    const place = under(event);
    const inside = place !== null && place[0] >= 0 && place[1] >= 0;
    if (inside && place[0] === at?.[0] && place[1] === at?.[1]) return;
    setAt(inside ? place : null);
  };
  const squares = useMemo(() => <Squares count={n} size={size} cell={cell} />, [n, size, cell]);
  const frame = (which: readonly [number, number] | null, kind: string) =>
    which === null ? null : (
      <rect
        className={kind}
        x={left + which[1] * size - 0.5}
        y={top + which[0] * size - 0.5}
        width={size}
        height={size}
      />
    );
  return (
    <div className="heat">
      <p className="heat-readout" role="status">
        {said === null ? `${n} × ${n} columns` : said.words}
      </p>
      <div
        role="application"
        aria-label={`${label}. Arrow keys move, Enter opens the pair; the same figures stand in the table.`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard moves in it.
        tabIndex={0}
        className="heat-frame"
        onKeyDown={move}
        onClick={click}
        onPointerMove={hover}
        onBlur={() => setAt(null)}
        onPointerLeave={() => setAt(null)}
      >
        <svg
          ref={picture}
          width={left + n * size + 12}
          height={top + n * size + 4}
          role="img"
          aria-hidden="true"
        >
          {names.map((name, i) => (
            <g key={name} className={active?.[0] === i || active?.[1] === i ? 'heat-on' : undefined}>
              <text className="heat-name" x={left - 6} y={top + i * size + size / 2 + 4}>
                <title>{name}</title>
                {shortName(name, 19)}
              </text>
              <text
                className="heat-name heat-name-top"
                transform={`translate(${left + i * size + size / 2 + 4} ${top - 6}) rotate(-90)`}
              >
                <title>{name}</title>
                {shortName(name, 14)}
              </text>
            </g>
          ))}
          {squares}
          {frame(chosen, 'heat-chosen')}
          {frame(at, 'heat-active')}
        </svg>
      </div>
    </div>
  );
}

function Squares({
  count,
  size,
  cell,
}: {
  count: number;
  size: number;
  cell: (row: number, column: number) => HeatCell | null;
}) {
  const places = Array.from({ length: count }, (_, i) => i);
  return places.flatMap((row) =>
    places.flatMap((column) => {
      const one = cell(row, column);
      if (one === null) return [];
      const strong = one.strength !== null && Math.abs(one.strength) > 0.62;
      const [x, y] = [left + column * size, top + row * size];
      return [
        <g key={row * count + column}>
          <rect x={x} y={y} width={size - 1} height={size - 1} fill={heatColour(one.strength)} />
          {size < 32 ? null : (
            <text
              className={strong ? 'heat-text heat-text-strong' : 'heat-text'}
              x={x + (size - 1) / 2}
              y={y + size / 2 + 3.5}
            >
              {one.text}
            </text>
          )}
        </g>,
      ];
    }),
  );
}
