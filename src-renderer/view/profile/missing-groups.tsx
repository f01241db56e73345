import type { Filter } from '#contract';
import type { Group } from '#core/missing/missing';
import { count, percent, share } from '../ui/figure';

/** Groups of rows, how many of each lack the value, and a way to their rows. */
export function MissingGroups({
  groups,
  label,
  onFilter,
}: {
  groups: readonly Group[];
  label: string;
  onFilter: (filter: Filter) => void;
}) {
  return (
    <table className="profile-table" aria-label={label}>
      <thead>
        <tr>
          <th scope="col">Group</th>
          <th scope="col">
            <span className="visually-hidden">Bar</span>
          </th>
          <th scope="col">% missing</th>
          <th scope="col">Missing</th>
          <th scope="col">Rows</th>
        </tr>
      </thead>
      <tbody>
        {groups.map((g) => (
          <tr key={g.label}>
            <th scope="row">
              {g.filter === null ? (
                <span className="profile-quiet">{g.label}</span>
              ) : (
                <button
                  type="button"
                  className="missing-name"
                  title={`Filter to ${g.label}`}
                  onClick={() => g.filter !== null && onFilter(g.filter)}
                >
                  <span>{g.label}</span>
                </button>
              )}
            </th>
            <td className="missing-bar-cell">
              <span className="missing-bar" title={percent(g.missing, g.rows)}>
                <i
                  className="missing-tone-null"
                  style={{ width: `${(100 * g.missing) / Math.max(1, g.rows)}%` }}
                />
              </span>
            </td>
            <td>{share(g.missing, g.rows)}</td>
            <td>{count(g.missing)}</td>
            <td className="profile-quiet">{count(g.rows)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
