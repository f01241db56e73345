import type { Found } from '#core/outlier/bench';
import type { Cell, Column } from '#core/table';
import { count, counted } from '../ui/figure';
import { flaggedWords, groupWords } from './outlier-words';

/** Rare values, patterns, or steps of a calendar with too few or too many rows. */
export function OutlierGroups({
  found,
  column,
  say,
}: {
  found: Found;
  column: Column;
  say: (value: Cell) => string;
}) {
  const { groups = [], flagged = 0 } = found;
  const steps = found.flag.kind === 'periods';
  return (
    <section className="outlier-part outlier-list" aria-label="What is flagged">
      <header className="profile-head">
        <h3>Flagged</h3>
        <span className="profile-quiet">
          {flaggedWords(found)}
          {groups.length < flagged ? `, ${counted(groups.length, 'shown', 'shown')}` : ''}
        </span>
      </header>
      {groups.length === 0 ? (
        <p className="profile-note">Nothing is flagged at this setting.</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so it must be reachable by keyboard.
        <div className="chart-table-frame" tabIndex={0}>
          <table className="chart-table outlier-group-table">
            <thead>
              <tr>
                <th scope="col">{steps ? found.noun?.replace(/s$/, '') : found.noun?.replace(/s$/, '')}</th>
                <th scope="col">Rows</th>
                {steps ? <th scope="col">Expected</th> : null}
              </tr>
            </thead>
            <tbody>
              {groups.map((group) => (
                <tr key={`${typeof group.value} ${String(group.value)}`}>
                  <th scope="row">{groupWords(found, group.value, column, say)}</th>
                  <td>{count(group.rows)}</td>
                  {steps ? <td>{count(Math.round(group.expected ?? 0))}</td> : null}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
