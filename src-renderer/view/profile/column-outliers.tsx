import type { ColumnProfile } from '#core/profile/profile';
import { evidenceWords } from '../ui/evidence';
import { count, numberOf, share } from '../ui/figure';

/**
 * Values beyond the fences of 1.5 times the interquartile range: how many on each side, which, and a way to their rows.
 *
 * @param onShow Takes the side to show the rows of.
 */
export function ColumnOutliers({
  profile,
  onShow,
}: {
  profile: ColumnProfile;
  onShow: (side: 'below' | 'above') => void;
}) {
  const fences = profile.outliers?.[0];
  if (fences === undefined) return null;
  const filled = profile.rows - profile.nulls;
  const flat = fences.lower === fences.upper;
  const sides = [
    { side: 'above', fence: fences.upper, rows: fences.above, words: 'Above' },
    { side: 'below', fence: fences.lower, rows: fences.below, words: 'Below' },
  ] as const;
  return (
    <section className="profile-outliers" title={evidenceWords(profile.evidence)}>
      <h3>
        Outliers
        <span>IQR × {fences.k}</span>
      </h3>
      {flat ? (
        <p className="profile-note">
          The interquartile range is 0, so every other value counts as an outlier: {count(fences.count)} of{' '}
          {count(filled)}.
        </p>
      ) : null}
      <table className="sheet-table">
        <thead>
          <tr>
            <th scope="col">Fence</th>
            <th scope="col">Rows</th>
            <th scope="col">%</th>
            <th scope="col">
              <span className="visually-hidden">Rows in the grid</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {sides.map(({ side, fence, rows, words }) => (
            <tr key={side}>
              <th scope="row">
                {words} <b>{numberOf(fence, profile)}</b>
              </th>
              <td className={rows > 0 ? 'profile-out' : undefined}>{count(rows)}</td>
              <td>{share(rows, filled)}</td>
              <td>
                <button
                  type="button"
                  className="ui-link"
                  disabled={rows === 0}
                  aria-label={`Show the rows ${side} ${numberOf(fence, profile)}`}
                  onClick={() => onShow(side)}
                >
                  Show
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {fences.examples.length === 0 ? null : (
        <p className="profile-examples">
          <span>Most extreme</span> {fences.examples.map((v) => numberOf(v, profile)).join('  ')}
        </p>
      )}
    </section>
  );
}
