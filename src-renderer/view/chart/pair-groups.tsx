/**
 * A number by category as boxes, two categories as a table of counts, a number over time as a line.
 */
import type { Box, PairShape } from '#core/relation/relation';
import { count, number, plainText, shortCount } from '../ui/figure';
import { heatColour } from './heat-matrix';
import { axisText } from './pair-plot';
import { numberTicks, timeTick, timeTicks } from './ticks';
import './relation.css';

export function groupText(box: Box, groups: number, named: number): string {
  return box.rest ? `${count(groups - named)} others` : plainText(box.group);
}

/** A box for each category: from the first to the third quartile with the median, whiskers to the ends. */
export function Boxes({
  shape,
  isTime,
  width,
}: {
  shape: Extract<PairShape, { kind: 'boxes' }>;
  isTime: boolean;
  width: number;
}) {
  const { boxes, groups } = shape;
  const named = boxes.filter((b) => !b.rest).length;
  const low = Math.min(...boxes.map((b) => b.min));
  const high = Math.max(...boxes.map((b) => b.max));
  const room = Math.max(80, width - 244);
  const x = (v: number) => 6 + ((v - low) / (high - low || 1)) * (room - 12);
  return (
    <ul className="pair-boxes">
      {boxes.map((b) => {
        const say = (v: number) => axisText(v, isTime);
        const words = `${count(b.n)} rows, least ${say(b.min)}, quartiles ${say(b.q1)}, ${say(b.median)}, ${say(b.q3)}, greatest ${say(b.max)}, mean ${say(b.mean)}`;
        return (
          <li key={b.rest ? 'rest of them' : `of ${b.group}`} title={words}>
            <span className={b.rest ? 'pair-box-name pair-quiet' : 'pair-box-name'}>
              {groupText(b, groups, named)}
            </span>
            <span className="ui-figure ui-quiet">{shortCount(b.n)}</span>
            <svg width={room} height={20} role="img" aria-label={words}>
              <title>{words}</title>
              <path
                className="chart-box-whisker"
                d={`M${x(b.min)} 6v8M${x(b.min)} 10H${x(b.q1)}M${x(b.q3)} 10H${x(b.max)}M${x(b.max)} 6v8`}
              />
              <rect
                className="chart-box-body"
                x={x(b.q1)}
                y={4.5}
                width={Math.max(1, x(b.q3) - x(b.q1))}
                height={11}
              />
              <path className="chart-box-median" d={`M${x(b.median)} 4v12`} />
            </svg>
            <span className="ui-figure">{say(b.median)}</span>
          </li>
        );
      })}
    </ul>
  );
}

/** Counts of two categories; the colour says how far a count is from what independent columns would have. */
export function CrossTable({
  shape,
  names,
  expected,
}: {
  shape: Extract<PairShape, { kind: 'counts' }>;
  names: readonly [string, string];
  /** Whether to show the expected counts instead. */
  expected: boolean;
}) {
  const rowSums = shape.counts.map((row) => row.reduce((s, n) => s + n, 0));
  const columnSums = shape.columns.map((_, j) => shape.counts.reduce((s, row) => s + (row[j] ?? 0), 0));
  const total = rowSums.reduce((s, n) => s + n, 0);
  const name = (value: PairShape extends never ? never : (typeof shape.rows)[number], rest: boolean) =>
    rest ? 'others' : plainText(value);
  return (
    <section className="chart-table-frame pair-cross" aria-label={`Rows by ${names[0]} and ${names[1]}`}>
      <table className="chart-table">
        <thead>
          <tr>
            <th scope="col" className="pair-corner">
              {names[0]} \ {names[1]}
            </th>
            {shape.columns.map((c, j) => (
              <th key={`of ${String(c)}`} scope="col">
                {name(c, shape.restColumn && j === shape.columns.length - 1)}
              </th>
            ))}
            <th scope="col">Rows</th>
          </tr>
        </thead>
        <tbody>
          {shape.rows.map((r, i) => (
            <tr key={`of ${String(r)}`}>
              <th scope="row">{name(r, shape.restRow && i === shape.rows.length - 1)}</th>
              {shape.columns.map((c, j) => {
                const n = shape.counts[i]?.[j] ?? 0;
                const e = (rowSums[i]! * columnSums[j]!) / (total || 1);
                // Pearson's residual; beyond 8 all is strong.
                const strength = e > 0 ? Math.max(-1, Math.min(1, (n - e) / Math.sqrt(e) / 8)) : 0;
                return (
                  <td
                    key={`of ${String(c)}`}
                    title={`${count(n)} rows, ${number(e, 1)} expected if independent`}
                    style={{ background: heatColour(strength * 0.55) }}
                  >
                    {expected ? number(e, 1) : count(n)}
                  </td>
                );
              })}
              <td className="pair-quiet">{count(rowSums[i]!)}</td>
            </tr>
          ))}
          <tr>
            <th scope="row" className="pair-quiet">
              Rows
            </th>
            {shape.columns.map((c, j) => (
              <td key={`of ${String(c)}`} className="pair-quiet">
                {count(columnSums[j]!)}
              </td>
            ))}
            <td className="pair-quiet">{count(total)}</td>
          </tr>
        </tbody>
      </table>
    </section>
  );
}

const plot = { left: 62, right: 14, top: 8, bottom: 22 };

/** Mean and median of a number in each step of time; steps without rows leave a gap of no line. */
export function TimeLine({
  shape,
  names,
  width,
  height,
}: {
  shape: Extract<PairShape, { kind: 'line' }>;
  names: readonly [string, string];
  width: number;
  height: number;
}) {
  const points = shape.points.flatMap((p) => {
    const at = Date.parse(`${p.at.slice(0, 19)}Z`);
    return Number.isNaN(at) ? [] : [{ ...p, at }];
  });
  const values = points.flatMap((p) => [p.mean, p.median].filter((v) => v !== null));
  if (points.length === 0 || values.length === 0) return null;
  const [first, last] = [points[0]!.at, points.at(-1)!.at];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const x = (ms: number) =>
    plot.left + ((ms - first) / (last - first || 1)) * (width - plot.left - plot.right);
  const y = (v: number) =>
    height - plot.bottom - ((v - low) / (high - low || 1)) * (height - plot.top - plot.bottom);
  const path = (of: 'mean' | 'median') =>
    points
      .flatMap((p) => (p[of] === null ? [] : [`${x(p.at).toFixed(1)} ${y(p[of]).toFixed(1)}`]))
      .map((at, i) => `${i === 0 ? 'M' : 'L'}${at}`)
      .join('');
  const { ticks, unit } = timeTicks(first, last, Math.max(2, Math.floor(width / 90)));
  const words = `${names[1]} by ${shape.grain} of ${names[0]}`;
  return (
    <figure className="pair-plot">
      <p className="heat-readout">
        {words} <i className="pair-key" /> mean <i className="pair-key pair-key-median" /> median
      </p>
      <svg width={width} height={height} role="img" aria-label={words}>
        <title>{words}</title>
        {numberTicks(low, high, Math.max(2, Math.floor(height / 50))).map((t) => (
          <g key={t}>
            <path className="pair-grid" d={`M${plot.left} ${y(t)}H${width - plot.right}`} />
            <text className="chart-tick pair-tick-y" x={plot.left - 6} y={y(t) + 4}>
              {Math.abs(t) >= 100_000 ? shortCount(t) : axisText(t, false)}
            </text>
          </g>
        ))}
        {ticks.map((t) => (
          <text key={t} className="chart-tick pair-tick-x" x={x(t)} y={height - 6}>
            {timeTick(t, unit)}
          </text>
        ))}
        <path className="pair-median" d={path('median')} />
        <path className="pair-mean" d={path('mean')} />
        {points.length > 60
          ? null
          : points.map((p) =>
              p.mean === null ? null : (
                <circle key={p.at} className="pair-point" cx={x(p.at)} cy={y(p.mean)} r={2} />
              ),
            )}
        <path
          className="pair-axis"
          d={`M${plot.left} ${plot.top}V${height - plot.bottom}H${width - plot.right}`}
        />
      </svg>
    </figure>
  );
}
