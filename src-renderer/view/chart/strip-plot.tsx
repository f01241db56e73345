import { count, counted } from '../ui/figure';
import { type Box, placeOn, type StripScale, stripTicks } from './strip-scale';
import { useWidth } from './width';
import './strip.css';

const side = 14;
const tall = { box: 26, strip: 56, axis: 20 };

/** A place across the strip that is always the same for the same point. */
const jitter = (i: number) => ((i * 0.61803398875) % 1) * 0.86 + 0.07;

/**
 * A box with whiskers above a strip of single values on one scale: some usual values, the flagged ones, and the fences.
 *
 * @param words Says a value of the column.
 */
export function StripPlot({
  box,
  usual,
  flagged,
  low,
  high,
  scale,
  words,
}: {
  box: Box;
  usual: readonly number[];
  flagged: readonly { readonly value: number; readonly rows: number }[];
  low: number | null;
  high: number | null;
  scale: StripScale;
  words: (value: number) => string;
}) {
  const [frame, width] = useWidth();
  const height = tall.box + tall.strip + tall.axis;
  const [min, q1, median, q3, max] = box;
  const place = placeOn(box, scale);
  const room = Math.max(0, width - 2 * side);
  const x = (v: number) => side + place(Math.min(max, Math.max(min, v))) * room;
  const inside = (v: number) => (low === null || v >= low) && (high === null || v <= high);
  const whiskers = [
    low === null ? min : Math.max(min, low),
    high === null ? max : Math.min(max, high),
  ] as const;
  const whole = box.every(Number.isInteger) && usual.every(Number.isInteger);
  const ticks = stripTicks(box, scale, Math.min(0.5, 76 / Math.max(1, room))).filter(
    (tick) => !whole || Number.isInteger(tick),
  );
  const said = `Box plot: least ${words(min)}, first quartile ${words(q1)}, median ${words(median)}, third quartile ${words(q3)}, greatest ${words(max)}; strip plot of ${counted(usual.length, 'usual value')} and ${counted(flagged.length, 'different flagged value')}`;
  const ends = [
    ...(low !== null && low > min ? [{ at: low, anchor: 'end' as const, dx: -4 }] : []),
    ...(high !== null && high < max ? [{ at: high, anchor: 'start' as const, dx: 4 }] : []),
  ];
  return (
    <div ref={frame} className="strip-plot" style={{ height }}>
      {width === 0 ? null : (
        <svg role="img" aria-label={said} width={width} height={height}>
          <path
            className="chart-box-whisker"
            d={`M${x(whiskers[0])} 8v10M${x(whiskers[0])} 13H${x(whiskers[1])}M${x(whiskers[1])} 8v10`}
          />
          <rect className="chart-box-body" x={x(q1)} y={6.5} width={Math.max(2, x(q3) - x(q1))} height={13} />
          <path className="chart-box-median" d={`M${x(median)} 6v14`} />
          {usual.map((v, i) =>
            inside(v) ? (
              <circle
                // biome-ignore lint/suspicious/noArrayIndexKey: a sample has no other identity.
                key={i}
                className="strip-usual"
                cx={x(v)}
                cy={tall.box + jitter(i) * tall.strip}
                r={1.5}
              />
            ) : null,
          )}
          {flagged.map(({ value, rows }, i) => (
            <circle
              key={value}
              className="strip-flagged"
              cx={x(value)}
              cy={tall.box + jitter(i) * tall.strip}
              r={2.5}
            >
              <title>{`${words(value)}: ${count(rows)} ${rows === 1 ? 'row' : 'rows'}`}</title>
            </circle>
          ))}
          {ends.map(({ at, anchor, dx }) => {
            const near = anchor === 'end' ? x(at) < 90 : x(at) > width - 90;
            return (
              <g key={anchor} className="strip-fence">
                <path d={`M${x(at)} 2V${tall.box + tall.strip}`} />
                <text
                  x={x(at) + (near ? -dx : dx)}
                  y={10}
                  textAnchor={near ? (anchor === 'end' ? 'start' : 'end') : anchor}
                >
                  {words(at)}
                </text>
              </g>
            );
          })}
          <path className="strip-axis" d={`M${side} ${tall.box + tall.strip + 0.5}H${width - side}`} />
          {ticks.map((tick) => (
            <g key={tick} className="strip-tick">
              <path d={`M${x(tick)} ${tall.box + tall.strip}v4`} />
              <text
                x={Math.min(width - 4, Math.max(4, x(tick)))}
                y={height - 4}
                textAnchor={x(tick) < 40 ? 'start' : x(tick) > width - 40 ? 'end' : 'middle'}
              >
                {words(tick)}
              </text>
            </g>
          ))}
        </svg>
      )}
    </div>
  );
}
