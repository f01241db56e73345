import type { Bin, ColumnProfile } from '#core/profile/profile';
import { count, decimalsOf, namesThings, number, share, time } from '../ui/figure';
import type { NumericBin } from './bins';
import './chart.css';

/**
 * The bins as a table: the twin of the chart, and the keyboard's way to select one.
 *
 * @param edges The bins as the profile has them, for their exact edges.
 * @param rows Rows that shares are taken of.
 * @param onSelect Takes the index of a bin.
 */
export function DistributionTable({
  profile,
  bins,
  edges,
  ghosts,
  rows,
  onSelect,
}: {
  profile: ColumnProfile;
  bins: readonly NumericBin[];
  edges: readonly Bin[];
  ghosts: readonly number[];
  rows: number;
  onSelect?: ((bin: number) => void) | undefined;
}) {
  const decimals = Math.max(decimalsOf(profile), ...edges.map((bin) => fraction(bin.low)));
  const say = (v: number | string) =>
    profile.kind === 'time' ? time(v) : number(v, decimals, !namesThings(profile));
  return (
    <section className="chart-table-frame" aria-label={`Bins of ${profile.name}`}>
      <table className="chart-table">
        <thead>
          <tr>
            <th scope="col">From</th>
            <th scope="col">To</th>
            <th scope="col">Rows</th>
            <th scope="col">%</th>
            {ghosts.length === 0 ? null : <th scope="col">All rows</th>}
          </tr>
        </thead>
        <tbody>
          {bins.map((bin, i) => {
            const { low, high } = edges[i] ?? bin;
            return (
              <tr key={bin.low}>
                <th scope="row">
                  {onSelect === undefined ? (
                    say(low)
                  ) : (
                    <button
                      type="button"
                      className="ui-link"
                      title="Filter to this bin"
                      aria-label={`Filter to ${say(low)} to ${say(high)}`}
                      onClick={() => onSelect(i)}
                    >
                      {say(low)}
                    </button>
                  )}
                </th>
                <td>{say(high)}</td>
                <td>{count(bin.count)}</td>
                <td>{share(bin.count, rows)}</td>
                {ghosts.length === 0 ? null : <td>{count(ghosts[i] ?? 0)}</td>}
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

/** Decimals that an edge needs, at most 6. */
function fraction(edge: number | string): number {
  if (typeof edge !== 'number' || Number.isInteger(edge)) return 0;
  return Math.min(6, String(Number(edge.toPrecision(12))).split('.')[1]?.length ?? 0);
}
