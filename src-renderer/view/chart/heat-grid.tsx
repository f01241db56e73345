/**
 * One figure for each pair of two dimensions: the deeper the colour, the larger the figure.
 */
import { type KeyboardEvent, useState } from 'react';
import { heatColour } from './heat-matrix';
import { useWidth } from './width';
import './series.css';

/**
 * @param values By row and column; null where there is none.
 */
export function HeatGrid({
  label,
  rows,
  columns,
  values,
  format,
  short,
}: {
  label: string;
  rows: readonly string[];
  columns: readonly string[];
  values: readonly (readonly (number | null)[])[];
  format: (value: number) => string;
  short: (value: number) => string;
}) {
  const [frame, width] = useWidth();
  const [at, setAt] = useState<readonly [number, number] | null>(null);
  const all = values.flatMap((row) => row.filter((v): v is number => v !== null));
  const most = all.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
  const value = at === null ? null : (values[at[0]]?.[at[1]] ?? null);
  const head = 148;
  const wide = Math.max(26, Math.min(96, Math.floor((width - head - 8) / Math.max(1, columns.length))));
  const keys = (event: KeyboardEvent) => {
    const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const within = (i: number, n: number) => Math.max(0, Math.min(n - 1, i));
    setAt(
      at === null
        ? [0, 0]
        : [within(at[0] + step[0]!, rows.length), within(at[1] + step[1]!, columns.length)],
    );
  };
  return (
    <figure className="series">
      <figcaption className="series-readout" aria-live="polite">
        {at === null ? (
          <span className="series-label">{label}</span>
        ) : (
          <>
            <b>
              {rows[at[0]]} · {columns[at[1]]}
            </b>
            <span>{value === null ? '–' : format(value)}</span>
          </>
        )}
      </figcaption>
      <div ref={frame} />
      <div
        className="heat-grid"
        role="application"
        aria-label={`${label}. Arrow keys read it; the same figures stand in the table.`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard moves in it.
        tabIndex={0}
        onKeyDown={keys}
        onBlur={() => setAt(null)}
        onPointerLeave={() => setAt(null)}
      >
        <div
          aria-hidden="true"
          style={{ display: 'grid', gridTemplateColumns: `${head}px repeat(${columns.length}, ${wide}px)` }}
        >
          <span />
          {columns.map((name, c) => (
            <span
              key={name}
              className={at?.[1] === c ? 'heat-grid-head heat-grid-on' : 'heat-grid-head'}
              title={name}
            >
              {name}
            </span>
          ))}
          {rows.flatMap((name, r) => [
            <span
              key={name}
              className={at?.[0] === r ? 'heat-grid-name heat-grid-on' : 'heat-grid-name'}
              title={name}
            >
              {name}
            </span>,
            ...columns.map((column, c) => {
              const v = values[r]?.[c] ?? null;
              const strength = v === null ? null : most === 0 ? 0 : v / most;
              return (
                <span
                  key={`${name} ${column}`}
                  className={
                    (strength !== null && Math.abs(strength) > 0.68
                      ? 'heat-grid-cell heat-grid-strong'
                      : 'heat-grid-cell') + (at?.[0] === r && at[1] === c ? ' heat-grid-at' : '')
                  }
                  style={{ background: heatColour(strength) }}
                  onPointerEnter={() => setAt([r, c])}
                >
                  {v === null || wide < 44 ? '' : short(v)}
                </span>
              );
            }),
          ])}
        </div>
      </div>
    </figure>
  );
}
