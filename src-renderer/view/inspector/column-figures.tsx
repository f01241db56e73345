import type { ColumnProfile } from '#core/profile/profile';
import { keyFiguresOf } from '../ui/column-figures';
import { evidenceWords } from '../ui/evidence';
import { count, numberOf, percent } from '../ui/figure';

/**
 * The key figures, under the filter beside those over all rows.
 *
 * @param total The profile over all rows; leave it out if there is no filter.
 */
export function KeyFigures({
  profile,
  total,
}: {
  profile: ColumnProfile;
  total?: ColumnProfile | undefined;
}) {
  const here = keyFiguresOf(profile);
  const all = new Map(
    (total === undefined ? [] : keyFiguresOf(total)).map(([name, figure]) => [name, figure]),
  );
  return (
    <section className="column-part">
      <table className={total === undefined ? 'column-key column-key-one' : 'column-key'}>
        <thead>
          <tr>
            <th scope="col">Key figures</th>
            {total === undefined ? null : (
              <th scope="col" className="column-in">
                In filter
              </th>
            )}
            <th scope="col">All rows</th>
          </tr>
        </thead>
        <tbody>
          {here.map(([name, figure, off]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td title={off ?? evidenceWords(profile.evidence)}>{figure}</td>
              {total === undefined ? null : (
                <td className="column-quiet" title={evidenceWords(total.evidence)}>
                  {all.get(name) ?? '–'}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** How many values lie beyond the fences, and the most extreme of them; nothing for kinds without fences. */
export function OutlierFigures({ profile }: { profile: ColumnProfile }) {
  const fences = profile.outliers?.[0];
  if (fences === undefined) return null;
  const filled = profile.rows - profile.nulls;
  const sides = [
    ['Above', fences.upper, fences.above],
    ['Below', fences.lower, fences.below],
  ] as const;
  return (
    <section className="column-part">
      <div className="chart-header">
        <h3>Outliers</h3>
        <span className="chart-note">{fences.k} × IQR · all rows</span>
      </div>
      {fences.lower === fences.upper ? (
        <p className="column-note">The interquartile range is 0, so every other value lies outside.</p>
      ) : null}
      <table className="column-key" title={evidenceWords(profile.evidence)}>
        <tbody>
          {sides.map(([side, fence, rows]) => (
            <tr key={side}>
              <th scope="row">
                {side} <span className="column-mono">{numberOf(fence, profile)}</span>
              </th>
              <td className={rows > 0 ? 'column-out' : undefined}>{count(rows)}</td>
              <td className="column-quiet">{percent(rows, filled)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {fences.examples.length === 0 ? null : (
        <p className="column-note">
          Most extreme:{' '}
          <span className="column-mono">
            {fences.examples
              .slice(0, 5)
              .map((v) => numberOf(v, profile))
              .join('  ')}
          </span>
        </p>
      )}
    </section>
  );
}
