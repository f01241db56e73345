/**
 * Rows that lie out in several number columns at once, though each value may be usual by itself. On a sample, and said so.
 */
import { useState } from 'react';
import type { Filter } from '#contract';
import type { ColumnProfile } from '#core/profile/profile';
import type { Cell, Table } from '#core/table';
import { EvidenceLine } from '../ui/evidence';
import { count, counted, namesThings, number, percent } from '../ui/figure';
import { Work } from './answer';
import { sayNumber } from './outlier-words';
import { useAnswer } from './use-answer';

/** Columns offered, and chosen at most. */
const offered = 100;
const most = 20;
const atFirst = 6;
const shown = 50;

export function OutlierDistance({
  table,
  filter,
  profiles,
}: {
  table: Table;
  filter: readonly Filter[];
  profiles: Readonly<Record<string, ColumnProfile>>;
}) {
  const numbers = table.columns.filter((c) => c.kind === 'number');
  const profileOf = (name: string) => (Object.hasOwn(profiles, name) ? profiles[name] : undefined);
  const say = (name: string, value: Cell | undefined) => sayNumber(profileOf(name))(value);
  const [told, setTold] = useState<readonly string[] | null>(null);
  const [cut, setCut] = useState(4);
  // A column that is mostly one value has no spread to measure a distance in.
  const amounts = numbers.filter((c) => {
    const profile = profileOf(c.name);
    if (profile === undefined) return true;
    const { '0.25': q1, '0.75': q3 } = profile.quantiles ?? {};
    return !namesThings(profile) && q1 !== q3;
  });
  const columns = told ?? amounts.slice(0, atFirst).map((c) => c.name);
  const asked = useAnswer(
    'outlier:distance',
    columns.length < 2 ? null : { table: table.name, columns, filter },
    250,
  );
  const answer = columns.length < 2 ? null : asked.value;
  const chosen = answer?.cuts[Math.min(cut, answer.cuts.length - 1)];
  const flip = (name: string) =>
    setTold(
      columns.includes(name)
        ? columns.filter((c) => c !== name)
        : numbers.map((c) => c.name).filter((c) => c === name || columns.includes(c)),
    );
  if (numbers.length < 2)
    return (
      <p className="profile-note outlier-pad">
        It takes at least two number columns; {table.name} has {numbers.length === 0 ? 'none' : 'one'}.
      </p>
    );
  return (
    <div className="outlier-body" aria-busy={asked.slow}>
      <h2 className="visually-hidden">Outliers of several columns of {table.name}</h2>
      <section className="outlier-part" aria-label="Columns">
        <header className="profile-head">
          <h3>Columns</h3>
          <span className="profile-quiet">
            {columns.length} of {counted(numbers.length, 'number column')}
            {numbers.length > offered ? `, the first ${offered} offered` : ''}
          </span>
        </header>
        <div className="outlier-columns">
          {numbers.slice(0, offered).map((c) => (
            <label key={c.name} title={c.name}>
              <input
                type="checkbox"
                checked={columns.includes(c.name)}
                disabled={!columns.includes(c.name) && columns.length >= most}
                onChange={() => flip(c.name)}
              />
              {c.name}
            </label>
          ))}
        </div>
        <p className="profile-note">
          Mahalanobis distance from a robust centre: how far a row lies from the bulk of the rows, by how the
          columns go together (Rousseeuw &amp; Van Driessen 1999). It ranks rows, of a large table those of a
          sample, so it makes no filter.
        </p>
      </section>
      {answer === null ? (
        <div className="profile-note">
          {columns.length < 2 ? 'Choose two columns or more.' : <Work answer={asked} doing="Measuring" />}
        </div>
      ) : answer.why !== '' ? (
        <p className="profile-note" role="status">
          {answer.why}
        </p>
      ) : (
        <section className="outlier-part" aria-label="Farthest rows">
          <header className="profile-head">
            <h3>Farthest rows</h3>
            <label className="profile-quiet">
              Beyond{' '}
              <select
                className="ui-field"
                aria-label="Share of normal rows that lie closer"
                value={cut}
                onChange={(event) => setCut(Number(event.target.value))}
              >
                {answer.cuts.map((one, i) => (
                  <option key={one.share} value={i}>
                    {Number((100 * one.share).toFixed(4))} % of normal rows
                  </option>
                ))}
              </select>
            </label>
            {chosen === undefined ? null : (
              <span role="status">
                <b>{counted(chosen.rows, 'row')}</b> of {count(answer.sampled)}{' '}
                {answer.evidence.basis === 'sample' ? 'sampled' : 'rows'},{' '}
                {percent(chosen.rows, answer.sampled)}
                {answer.leftOut > 0
                  ? `; ${counted(answer.leftOut, 'row')} without a number in each left out`
                  : ''}
              </span>
            )}
            <span className="profile-space" />
            {asked.slow || asked.trouble !== null ? (
              <Work answer={asked} doing="Measuring" />
            ) : (
              <EvidenceLine evidence={answer.evidence} />
            )}
          </header>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so it must be reachable by keyboard. */}
          <div className="outlier-scroll outlier-page" tabIndex={0}>
            <table className="outlier-grid">
              <thead>
                <tr>
                  <th scope="col" className="outlier-kind-number">
                    Distance
                  </th>
                  {answer.columns.map((name) => (
                    <th key={name} scope="col" className="outlier-kind-number" title={name}>
                      {name}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                <tr className="outlier-median">
                  <td className="outlier-kind-number">median</td>
                  {answer.medians.map((value, i) => (
                    <td key={answer.columns[i]} className="outlier-kind-number">
                      {say(answer.columns[i] ?? '', value)}
                    </td>
                  ))}
                </tr>
                {answer.farthest.slice(0, shown).map((row, r) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: rows of a sample have no other identity.
                  <tr key={r}>
                    <td
                      className={`outlier-kind-number outlier-first${chosen !== undefined && row.distance > chosen.distance ? ' outlier-some' : ''}`}
                    >
                      {number(Math.sqrt(row.distance), 1)}
                    </td>
                    {row.values.map((value, i) => (
                      <td key={answer.columns[i]} className="outlier-kind-number">
                        {say(answer.columns[i] ?? '', value)}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </section>
      )}
    </div>
  );
}
