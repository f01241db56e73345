import { count } from '../ui/figure';
import { useWidth } from './width';
import './strip.css';

const height = 64;
/** The thumb of the slider below stands this far from its ends. */
const inset = 8;

/**
 * Rows flagged at every stop of a slider, with the chosen one marked; made to stand above the slider.
 *
 * @param rows By stop; null where the method cannot work.
 * @param at The chosen place, in stops; between two stops if it was typed.
 * @param usual The stop of the usual setting.
 */
export function FlagCurve({
  rows,
  at,
  usual,
  label,
}: {
  rows: readonly (number | null)[];
  at: number;
  usual: number;
  label: string;
}) {
  const [frame, width] = useWidth();
  const most = Math.max(1, ...rows.map((n) => n ?? 0));
  const room = Math.max(0, width - 2 * inset);
  const x = (stop: number) => inset + (stop / Math.max(1, rows.length - 1)) * room;
  const y = (n: number) => height - 2 - (n / most) * (height - 16);
  const line = rows
    .map((n, i) => `${i === 0 ? 'M' : 'L'}${x(i).toFixed(1)} ${y(n ?? 0).toFixed(1)}`)
    .join('');
  return (
    <div ref={frame} className="flag-curve" style={{ height }}>
      {width === 0 || rows.length === 0 ? null : (
        <svg role="img" aria-label={label} width={width} height={height}>
          <path
            className="flag-curve-area"
            d={`${line}L${x(rows.length - 1)} ${height - 2}L${x(0)} ${height - 2}Z`}
          />
          <path className="flag-curve-line" d={line} />
          <path className="flag-curve-usual" d={`M${x(usual)} 12V${height - 2}`} />
          <path className="flag-curve-at" d={`M${x(at)} 0V${height}`} />
          <text className="flag-curve-most" x={width - 2} y={10} textAnchor="end">
            {count(Math.max(0, ...rows.map((n) => n ?? 0)))}
          </text>
        </svg>
      )}
    </div>
  );
}
