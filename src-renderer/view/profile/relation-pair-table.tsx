import type { PairShape, PairView } from '#core/relation/relation';
import { groupText } from '../chart/pair-groups';
import { axisText, rangeWords } from '../chart/pair-plot';
import { count, time } from '../ui/figure';

/** Cells listed at most. */
const LISTED = 300;

/** The figures of a picture of two columns as a table. */
export function PairTable({ view, shape }: { view: PairView; shape: PairShape }) {
  const names = [view.a.column.name, view.b.column.name] as const;
  const { head, rows, more } = contents(view, shape, names);
  return (
    <section className="chart-table-frame" aria-label={`Figures of ${names[0]} and ${names[1]}`}>
      <table className="chart-table">
        <thead>
          <tr>
            {head.map((h) => (
              <th key={h} scope="col">
                {h}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([first, ...rest]) => (
            <tr key={[first, ...rest].join(' ')}>
              <th scope="row">{first}</th>
              {rest.map((cell, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: cells of a row have no other name.
                <td key={i}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {more > 0 ? <p className="chart-note">{count(more)} more cells hold fewer rows each.</p> : null}
    </section>
  );
}

function contents(
  { a, b }: PairView,
  shape: PairShape,
  names: readonly [string, string],
): {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly more: number;
} {
  switch (shape.kind) {
    case 'numbers': {
      const cells = [...shape.cells].sort((p, q) => q[2] - p[2]);
      return {
        head: [names[0], names[1], 'Rows'],
        rows: cells
          .slice(0, LISTED)
          .map(([i, j, n]) => [
            rangeWords(shape.x, i, a.scale === 'time'),
            rangeWords(shape.y, j, b.scale === 'time'),
            count(n),
          ]),
        more: Math.max(0, cells.length - LISTED),
      };
    }
    case 'boxes': {
      const [category, number] = shape.flipped ? [b, a] : [a, b];
      const named = shape.boxes.filter((box) => !box.rest).length;
      return {
        head: [category.column.name, 'Rows', 'Least', 'Q1', 'Median', 'Q3', 'Greatest', 'Mean'],
        rows: shape.boxes.map((box) => [
          groupText(box, shape.groups, named),
          count(box.n),
          ...[box.min, box.q1, box.median, box.q3, box.max, box.mean].map((v) =>
            axisText(v, number.scale === 'time'),
          ),
        ]),
        more: 0,
      };
    }
    case 'line':
      return {
        head: [shape.grain, 'Rows', 'Mean', 'Median'],
        rows: shape.points.map((p) => [
          time(p.at),
          count(p.n),
          p.mean === null ? '–' : axisText(p.mean, false),
          p.median === null ? '–' : axisText(p.median, false),
        ]),
        more: 0,
      };
    default:
      return { head: [], rows: [], more: 0 };
  }
}
