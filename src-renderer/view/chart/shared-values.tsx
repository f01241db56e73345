import type { SharedValue } from '#core/compare/comparison';
import type { ColumnProfile } from '#core/profile/profile';
import { count, share, valueText } from '../ui/figure';
import './chart.css';
import './overlay.css';

/**
 * The most frequent values of two sides: rows and share of each, and a bar for both.
 *
 * @param of Rows of A and of B, of which the shares are taken; `distinct` are their distinct values.
 */
export function SharedValues({
  profile,
  top,
  of,
  distinct,
}: {
  profile: ColumnProfile;
  top: readonly SharedValue[];
  of: readonly [number, number];
  distinct: readonly [number, number];
}) {
  const part = (n: number, rows: number) => (rows === 0 ? 0 : n / rows);
  const most = Math.max(1e-9, ...top.map((t) => Math.max(part(t.a, of[0]), part(t.b, of[1]))));
  return (
    <section className="chart-top">
      <div className="chart-header">
        <h3>Top values</h3>
        <span className="chart-space" />
        <span className="chart-note">
          of {count(distinct[0])} in A, {count(distinct[1])} in B
        </span>
      </div>
      {top.length === 0 ? (
        <p className="chart-none">No values.</p>
      ) : (
        <table className={`chart-shared chart-top-${profile.kind}`}>
          <thead>
            <tr>
              <th scope="col">Value</th>
              <th scope="col">
                <span className="chart-hidden">Shares drawn</span>
              </th>
              <th scope="col">A %</th>
              <th scope="col">B %</th>
            </tr>
          </thead>
          <tbody>
            {top.map((t) => {
              const words = valueText(t.value, profile);
              const said = `${words}: ${count(t.a)} rows in A, ${count(t.b)} in B`;
              return (
                <tr key={`${typeof t.value} ${String(t.value)}`} title={said}>
                  <th scope="row" className="chart-top-value">
                    {words}
                  </th>
                  <td aria-hidden="true">
                    <span className="chart-shared-bars">
                      <i className="chart-key-a" style={{ width: `${(100 * part(t.a, of[0])) / most}%` }} />
                      <i
                        className="chart-tone-data"
                        style={{ width: `${(100 * part(t.b, of[1])) / most}%` }}
                      />
                    </span>
                  </td>
                  <td>{share(t.a, of[0])}</td>
                  <td>{share(t.b, of[1])}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
    </section>
  );
}
