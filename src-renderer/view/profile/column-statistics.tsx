import { type ColumnProfile, isInexact } from '#core/profile/profile';
import { type NamedFigure, quantilesOf, statisticsOf } from '../ui/column-figures';
import { evidenceWords } from '../ui/evidence';
import { count, none, percent } from '../ui/figure';
import { NullBar } from '../ui/null-bar';

/** @param total The profile over all rows, shown beside; leave it out if there is no filter. */
export function ColumnStatistics({
  profile,
  total,
}: {
  profile: ColumnProfile;
  total?: ColumnProfile | undefined;
}) {
  const title = evidenceWords(profile.evidence);
  const second = quantilesOf(profile);
  // Times are too long to stand beside one another.
  if (total !== undefined && profile.kind !== 'time') return <Beside profile={profile} total={total} />;
  return (
    <section className="profile-statistics">
      <h3>
        Statistics
        {total === undefined ? null : <span>in filter</span>}
      </h3>
      <div className={profile.kind === 'time' ? 'profile-two profile-two-wide' : 'profile-two'}>
        <Figures rows={statisticsOf(profile)} title={title} />
        {second.length === 0 ? null : <Figures rows={second} title={title} />}
      </div>
    </section>
  );
}

/** The figures under a filter, and those of all rows beside them. */
function Beside({ profile, total }: { profile: ColumnProfile; total: ColumnProfile }) {
  const figures = (of: ColumnProfile) => [...statisticsOf(of), ...quantilesOf(of)];
  const under = new Map(figures(profile).map(([name, figure]) => [name, figure]));
  return (
    <section className="profile-statistics">
      <table className="sheet-table sheet-headed">
        <thead>
          <tr>
            <th scope="col">Statistics</th>
            <th scope="col">In filter</th>
            <th scope="col">All rows</th>
          </tr>
        </thead>
        <tbody>
          {figures(total).map(([name, figure]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td title={evidenceWords(profile.evidence)}>{under.get(name) ?? none}</td>
              <td title={evidenceWords(total.evidence)}>{figure}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Figures({ rows, title }: { rows: readonly NamedFigure[]; title: string }) {
  return (
    <dl className="profile-figures" title={title}>
      {rows.map(([name, figure, off]) => (
        <div key={name} title={off}>
          <dt>{name}</dt>
          <dd>{figure}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What a column lacks: nulls, and text that is empty or white space. */
export function ColumnMissing({ profile }: { profile: ColumnProfile }) {
  const rows: (readonly [string, number])[] = [['Nulls', profile.nulls]];
  if (profile.blanks !== undefined) rows.push(['Empty or blank', profile.blanks]);
  for (const { value, count: n } of (profile.disguised ?? []).slice(0, 3))
    rows.push([`${String(value)}, disguised?`, n]);
  return (
    <section className="profile-missing">
      <h3>
        Missing
        <span>{profile.nulls === 0 ? 'none' : percent(profile.nulls, profile.rows)}</span>
      </h3>
      <NullBar nulls={profile.nulls} rows={profile.rows} />
      <dl className="profile-figures" title={evidenceWords(profile.evidence)}>
        {rows.map(([name, n]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{count(n)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** How the values are written, commonest first: letters as A and a, digits as 9. */
export function ColumnPatterns({ profile }: { profile: ColumnProfile }) {
  const patterns = profile.patterns ?? [];
  if (patterns.length === 0) return null;
  const about = isInexact(profile, 'patterns.0') ? '≈ ' : '';
  return (
    <section className="profile-patterns">
      <h3>
        Patterns
        <span>letters as A and a, digits as 9</span>
      </h3>
      <dl className="profile-figures" title={evidenceWords(profile.evidence)}>
        {patterns.slice(0, 12).map(({ mask, count: n }) => (
          <div key={mask}>
            <dt title={mask}>
              <code>{mask.replaceAll(' ', '\u00a0')}</code>
            </dt>
            <dd>
              {about}
              {count(n)}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
