import type { ColumnProfile } from '#core/profile/profile';
import { type NamedFigure, quantilesOf, statisticsOf } from '../ui/column-figures';
import { evidenceWords } from '../ui/evidence';
import { count, percent } from '../ui/figure';
import { NullBar } from '../ui/null-bar';

export function ColumnStatistics({ profile }: { profile: ColumnProfile }) {
  const title = evidenceWords(profile.evidence);
  const second = quantilesOf(profile);
  return (
    <section className="profile-statistics">
      <h3>Statistics</h3>
      <div className={profile.kind === 'time' ? 'profile-two profile-two-wide' : 'profile-two'}>
        <Figures rows={statisticsOf(profile)} title={title} />
        {second.length === 0 ? null : <Figures rows={second} title={title} />}
      </div>
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
            <dd>{count(n)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
