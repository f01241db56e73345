import type { CSSProperties } from 'react';
import type { ColumnProfile } from '#core/profile/profile';
import type { Cell } from '#core/table';
import { count, percent, share, valueText } from '../ui/figure';
import './chart.css';

/**
 * The most frequent values: value, bar, rows and share; under a filter the rows of both. A click on one filters. Under a
 * filter these are the most frequent of all rows, or of the filter's where their counts under it are not known.
 *
 * @param total The profile over all rows; leave it out if there is no filter.
 * @param picked The values the column is filtered to.
 * @param onPick Takes a value to filter to, or to let go if it is the only one picked.
 */
export function TopValues({
  profile,
  total,
  limit,
  picked = [],
  onPick,
  title = 'Top values',
}: {
  profile: ColumnProfile;
  total?: ColumnProfile | undefined;
  limit: number;
  picked?: readonly Cell[];
  onPick?: ((value: Cell) => void) | undefined;
  title?: string;
}) {
  const all = total ?? profile;
  const under = new Map(profile.top.map((t) => [t.value, t.count]));
  const over = new Map(all.top.map((t) => [t.value, t.count]));
  // A value that is not among those we were given has at most as many rows as the last of them, and none if they are all.
  const atMost = mostElsewhere(profile);
  const unknown = atMost > 0 && all.top.slice(0, limit).some((t) => !under.has(t.value));
  const own = total !== undefined && picked.length === 0 && unknown;
  const shown = (own ? profile : all).top.slice(0, limit);
  const most = Math.max(1, ...shown.map((t) => over.get(t.value) ?? t.count));
  // Figures stand below one another, however many digits they have.
  const digits = Math.max(4, ...shown.map((t) => count(over.get(t.value) ?? t.count).length));
  const widths = {
    '--count': `${digits + 0.5}ch`,
    '--share': total === undefined ? '5.5ch' : `${digits + 0.5}ch`,
  } as CSSProperties;
  return (
    <section className="chart-top">
      <div className="chart-header">
        <h3>{title}</h3>
        <span className="chart-space" />
        <span className="chart-note">
          {shown.length === 0 ? 'none' : count(shown.length)} of{' '}
          {count(own ? profile.distinct : all.distinct)}
          {own ? ' under the filter' : ''}
        </span>
      </div>
      {shown.length === 0 ? (
        <p className="chart-none">{whyNone(all)}</p>
      ) : (
        <ul className={`chart-top-list chart-top-${all.kind}`} style={widths}>
          {shown.map((t) => {
            const words = valueText(t.value, all);
            const here = total === undefined ? t.count : (under.get(t.value) ?? null);
            const said = here !== null ? count(here) : atMost === 0 ? '0' : `≤ ${count(atMost)}`;
            const whole = over.get(t.value) ?? null;
            const of = total === undefined ? profile.rows : all.rows;
            const cells = (
              <>
                <span className="chart-top-value" title={words}>
                  {words}
                </span>
                <span className="chart-top-bar" aria-hidden="true">
                  {whole === null ? null : (
                    <i
                      className={total === undefined ? 'chart-tone-data' : 'chart-tone-ghost'}
                      style={{ width: `${(100 * whole) / most}%` }}
                    />
                  )}
                  {total === undefined || here === null ? null : (
                    <i className="chart-tone-data" style={{ width: `${(100 * here) / most}%` }} />
                  )}
                </span>
                <span className="chart-top-count">{said}</span>
                <span className="chart-top-share">
                  {total === undefined
                    ? share(t.count, of)
                    : whole === null
                      ? `≤ ${count(mostElsewhere(all))}`
                      : count(whole)}
                </span>
              </>
            );
            return (
              <li key={`${typeof t.value} ${String(t.value)}`}>
                {onPick === undefined ? (
                  <div className="chart-top-row">{cells}</div>
                ) : (
                  <button
                    type="button"
                    className="chart-top-row"
                    aria-pressed={picked.includes(t.value)}
                    title={`${words}: ${whole === null ? count(t.count) : `${count(whole)} rows, ${percent(whole, of)}`}. Click to filter to it.`}
                    onClick={() => onPick(t.value)}
                  >
                    {cells}
                  </button>
                )}
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}

/** Why no value is listed. */
function whyNone({ rows, nulls, evidence }: ColumnProfile): string {
  if (rows === 0) return 'No rows.';
  if (nulls === rows) return 'Every value is null.';
  const most = 'So many values are different that they were not counted one by one';
  return evidence.basis === 'estimate' ? `${most}; made exact, they are.` : `${most}.`;
}

/** How many rows a value may have that is not in the list. */
function mostElsewhere(profile: ColumnProfile): number {
  return profile.distinct <= profile.top.length ? 0 : (profile.top.at(-1)?.count ?? 0);
}
