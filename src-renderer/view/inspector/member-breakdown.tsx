/**
 * A measure by the values of a dimension: bars where parts add up to the whole, dots against the total where they do not.
 */
import type { MeasureValue } from '#contract';
import type { Cell } from '#core/table';
import { count, counted, plainText } from '../ui/figure';

/** Groups of fewer rows are drawn hollow: their figure rests on little. */
const fewRows = 30;

export interface BreakdownProps {
  readonly value: MeasureValue;
  /** Whether groups add up to the total, so that a bar's length is a share. */
  readonly additive: boolean;
  readonly format: (cell: Cell) => string;
}

const toNumber = (cell: Cell): number | null => {
  if (cell === null || typeof cell === 'boolean') return null;
  const number = Number(cell);
  return Number.isFinite(number) ? number : null;
};

/** How a group is called; null, empty and blank text say what they are and are quiet. */
export function groupWords(group: Cell): { readonly words: string; readonly quiet: boolean } {
  const words = plainText(group);
  return { words, quiet: words !== String(group) || group === null };
}

export function Breakdown({ value, additive, format }: BreakdownProps) {
  const breakdown = value.breakdown;
  if (!breakdown || breakdown.groups.length === 0) return <p className="inspect-quiet">No groups to show.</p>;
  const numbers = breakdown.groups.map((group) => toNumber(group.value));
  const total = toNumber(value.value);
  const known = [...numbers, additive ? 0 : total].filter((number) => number !== null);
  const low = Math.min(...known);
  const high = Math.max(...known);
  const span = high - low || 1;
  const place = (number: number) => (100 * (number - low)) / span;
  const zero = additive ? place(0) : total === null ? null : place(total);
  const more = breakdown.total - breakdown.groups.length;

  return (
    <table className="inspect-breakdown">
      <colgroup>
        <col className="inspect-group-column" />
        <col span={3} />
      </colgroup>
      <thead>
        <tr>
          <th scope="col" colSpan={2}>
            {breakdown.dimension}
            {!additive && total !== null && <>, against {format(value.value)}</>}
          </th>
          <th scope="col" className="num">
            value
          </th>
          <th scope="col" className="num">
            rows
          </th>
        </tr>
      </thead>
      <tbody>
        {breakdown.groups.map((group, index) => {
          const number = numbers[index] ?? null;
          const { words, quiet } = groupWords(group.group);
          const few = group.rows < fewRows;
          return (
            <tr
              key={String(group.group)}
              className={few ? 'few' : undefined}
              title={few ? `Rests on ${counted(group.rows, 'row')} only` : undefined}
            >
              <th scope="row" className={quiet ? 'quiet' : undefined} title={words}>
                {words}
              </th>
              <td className="inspect-mark-column">
                {number !== null && zero !== null && (
                  <span className={additive ? 'inspect-bar' : 'inspect-dot'} aria-hidden="true">
                    {!additive && <s style={{ left: `${zero}%` }} />}
                    <i
                      style={{
                        left: `${Math.min(zero, place(number))}%`,
                        width: `${Math.abs(place(number) - zero)}%`,
                      }}
                    />
                    {!additive && <b style={{ left: `${place(number)}%` }} />}
                  </span>
                )}
              </td>
              <td className="num">{group.value === null ? '–' : format(group.value)}</td>
              <td className="num quiet">{count(group.rows)}</td>
            </tr>
          );
        })}
      </tbody>
      {more > 0 && (
        <tfoot>
          <tr>
            <td colSpan={4} className="quiet">
              and {counted(more, 'more value')}
            </td>
          </tr>
        </tfoot>
      )}
    </table>
  );
}
