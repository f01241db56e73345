import { type KeyboardEvent, type PointerEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { MissingMatrix } from '#core/missing/missing';
import { count, counted, percent, shortName } from '../ui/figure';
import { useWidth } from './width';
import './nullity.css';

/** Heights in pixels: of the strips together, and of a letter of the names that stand upright above them. */
const TALL = 400;
const LETTER = 6.5;
/** Width of the row numbers at the left. */
const AXIS = 72;
/** Columns are at most so wide; names are written where they are at least so wide. */
const WIDEST = 56;
const NAMED = 13;

interface At {
  readonly strip: number;
  readonly column: number;
}

/**
 * Rows in file order from top to bottom, a column for each that lacks something: dark where it lacks. The readout stands in
 * a corner; arrow keys move, Enter filters as a click does.
 */
export function NullityMatrix({
  matrix,
  onPick,
}: {
  matrix: MissingMatrix;
  onPick: (column: string) => void;
}) {
  const [frame, width] = useWidth();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [at, setAt] = useState<At | null>(null);
  const theme = useTheme();
  const { columns, strips } = matrix;
  const wide = Math.min(WIDEST, Math.max(2, (width - AXIS) / Math.max(1, columns.length)));
  const tall = Math.min(20, TALL / Math.max(1, strips.length));
  const size = { width: Math.floor(wide * columns.length), height: Math.round(tall * strips.length) };

  // biome-ignore lint/correctness/useExhaustiveDependencies: the colours are read anew when the theme changes.
  useLayoutEffect(() => {
    const pen = canvas.current?.getContext('2d');
    if (!pen || !canvas.current || width === 0) return;
    const scale = window.devicePixelRatio;
    canvas.current.width = Math.max(1, size.width * scale);
    canvas.current.height = Math.max(1, size.height * scale);
    pen.scale(scale, scale);
    const style = getComputedStyle(canvas.current);
    const colour = (name: string) => style.getPropertyValue(name).trim();
    const [filled, missing, empty] = [colour('--data-soft'), colour('--nullity'), colour('--surface-2')];
    const gap = wide >= 6 ? 1 : 0;
    columns.forEach((_, k) => {
      const [left, right] = [Math.round(k * wide), Math.round((k + 1) * wide) - gap];
      strips.forEach((strip, i) => {
        const [top, bottom] = [Math.round(i * tall), Math.round((i + 1) * tall)];
        pen.fillStyle = strip.rows === 0 ? empty : filled;
        pen.fillRect(left, top, right - left, bottom - top);
        const nulls = strip.nulls[k]!;
        if (nulls === 0) return;
        // A single one in a strip of thousands must still be seen.
        pen.globalAlpha = 0.2 + (0.8 * nulls) / strip.rows;
        pen.fillStyle = missing;
        pen.fillRect(left, top, right - left, bottom - top);
        pen.globalAlpha = 1;
      });
    });
  }, [columns, strips, wide, tall, size.width, size.height, width, theme]);

  const place = (event: PointerEvent | React.MouseEvent): At | null => {
    const box = canvas.current?.getBoundingClientRect();
    if (box === undefined) return null;
    const column = Math.floor((event.clientX - box.left) / wide);
    const strip = Math.floor((event.clientY - box.top) / tall);
    return columns[column] === undefined || strips[strip] === undefined ? null : { strip, column };
  };
  const onKey = (event: KeyboardEvent) => {
    const step: Readonly<Record<string, readonly [number, number]>> = {
      ArrowUp: [-1, 0],
      ArrowDown: [1, 0],
      ArrowLeft: [0, -1],
      ArrowRight: [0, 1],
    };
    const move = step[event.key];
    const here = at ?? { strip: 0, column: 0 };
    if (move !== undefined) {
      event.preventDefault();
      setAt({
        strip: Math.min(strips.length - 1, Math.max(0, here.strip + move[0])),
        column: Math.min(columns.length - 1, Math.max(0, here.column + move[1])),
      });
    } else if (event.key === 'Enter' && at !== null) onPick(columns[at.column]!.name);
  };

  const named = wide >= NAMED;
  const longest = Math.max(0, ...columns.map((c) => Math.min(14, c.name.length)));
  const ticks = tickStrips(strips.length);
  return (
    <div className="nullity" ref={frame}>
      <p className="nullity-readout" role="status">
        {at === null
          ? `Each strip is ${counted(matrix.length, 'row')}; the file runs downwards.`
          : wordsAt(matrix, at)}
      </p>
      {named ? (
        <div
          className="nullity-names"
          style={{ height: 8 + LETTER * longest, marginLeft: AXIS }}
          aria-hidden="true"
        >
          {columns.map((c, k) => (
            <span key={c.name} style={{ left: (k + 0.5) * wide }} data-here={at?.column === k}>
              {shortName(c.name, 14)}
            </span>
          ))}
        </div>
      ) : null}
      <div className="nullity-plot" style={{ height: size.height }}>
        <div className="nullity-axis" style={{ width: AXIS }} aria-hidden="true">
          {ticks.map((i) => (
            <span key={i} style={{ top: i * tall }}>
              {count(strips[i]!.from)}
            </span>
          ))}
        </div>
        <div
          className="nullity-canvas"
          style={size}
          role="application"
          aria-label={`Matrix of missing values: ${counted(columns.length, 'column')}, ${counted(strips.length, 'strip')} of rows. Arrow keys read it out, Enter filters to the rows without the column.`}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: it is worked by arrow keys.
          tabIndex={0}
          onKeyDown={onKey}
          onPointerMove={(event) => setAt(place(event))}
          onPointerLeave={() => setAt(null)}
          onClick={(event) => {
            const picked = place(event);
            if (picked !== null) onPick(columns[picked.column]!.name);
          }}
        >
          <canvas ref={canvas} style={size} />
          {matrix.breaks.map((b) => {
            const strip = strips.findIndex((s) => s.from === b.row);
            const column = columns.findIndex((c) => c.name === b.column);
            return strip < 0 || column < 0 ? null : (
              <i
                key={b.column}
                className="nullity-break"
                style={{ top: strip * tall, left: column * wide - 3, width: wide + 5 }}
              />
            );
          })}
          {at === null ? null : (
            <i
              className="nullity-here"
              style={{ left: at.column * wide, top: at.strip * tall, width: wide, height: Math.max(3, tall) }}
            />
          )}
        </div>
      </div>
    </div>
  );
}

function wordsAt({ columns, strips, length }: MissingMatrix, at: At): string {
  const [column, strip] = [columns[at.column], strips[at.strip]];
  if (column === undefined || strip === undefined) return '';
  const last = strip.from + length - 1;
  const rows = length === 1 ? `row ${count(strip.from)}` : `rows ${count(strip.from)} – ${count(last)}`;
  const nulls = strip.nulls[at.column]!;
  return `${shortName(column.name, 48)} · ${rows} · ${count(nulls)} of ${count(strip.rows)} missing · ${percent(nulls, strip.rows)}`;
}

/** About five strips at equal distances. */
function tickStrips(strips: number): readonly number[] {
  const step = Math.max(1, Math.ceil(strips / 5));
  return Array.from({ length: Math.ceil(strips / step) }, (_, i) => i * step);
}

const themeNow = () => document.documentElement.dataset.theme ?? '';

/** Changes whenever the colours do. */
function useTheme(): string {
  const [theme, setTheme] = useState(themeNow);
  useEffect(() => {
    const observer = new MutationObserver(() => setTheme(themeNow()));
    observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    return () => observer.disconnect();
  }, []);
  return theme;
}

/** The matrix as a table: shares in percent by strip. @param limit Columns that are written out. */
export function NullityTable({ matrix, limit = 40 }: { matrix: MissingMatrix; limit?: number }) {
  const { columns, strips, length } = matrix;
  const shown = columns
    .map((c, k) => ({ ...c, k }))
    .toSorted((a, b) => b.nulls - a.nulls)
    .slice(0, limit)
    .sort((a, b) => a.k - b.k);
  return (
    <>
      {shown.length < columns.length ? (
        <p className="nullity-readout">the {count(shown.length)} columns that lack most</p>
      ) : null}
      <section
        className="chart-table-frame nullity-table"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so it must be reachable by keyboard.
        tabIndex={0}
        aria-label="Missing by strip of rows, in percent"
      >
        <table className="chart-table">
          <thead>
            <tr>
              <th scope="col">Rows</th>
              {shown.map((c) => (
                <th key={c.name} scope="col">
                  {c.name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {strips.map((strip) => (
              <tr key={strip.from}>
                <th scope="row">
                  {count(strip.from)}
                  {length === 1 ? '' : ` – ${count(strip.from + length - 1)}`}
                </th>
                {shown.map((c) => (
                  <td key={c.name}>
                    {strip.nulls[c.k] === 0 ? '–' : percent(strip.nulls[c.k]!, strip.rows)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}
