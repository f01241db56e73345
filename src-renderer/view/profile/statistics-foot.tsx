import type { Described, Statistic } from '#core/profile/statistic';
import { copyText } from '../ui/copy';
import { evidenceSql } from '../ui/evidence';
import { none } from '../ui/figure';
import { CopyIcon } from '../ui/icon';
import { basisWords, statisticTold } from '../ui/statistic-text';

/** The active cell in words: what the figure is, what it means, what it rests on. */
export function StatisticsFoot({ of, statistic }: { of: Described | undefined; statistic: Statistic }) {
  if (of === undefined) {
    return (
      <p className="statistics-foot">
        <b>{statistic.title}</b>
        <span className="statistics-means">{statistic.means}</span>
      </p>
    );
  }
  const { text, off } = statisticTold(of, statistic);
  const basis = basisWords(of, statistic, off);
  const rests = statistic.figures.length > 0 && statistic.kinds.includes(of.column.kind);
  const sql = of.profile === undefined || !rests ? '' : evidenceSql(of.profile.evidence);
  return (
    <p className="statistics-foot">
      <b>
        {statistic.title} of {of.column.name === '' ? '(no name)' : of.column.name}
      </b>
      <span className="statistics-figure">{text === '' ? none : text}</span>
      <span className="statistics-means">{statistic.means}</span>
      <span className="profile-space" />
      {basis === '' ? null : (
        <span className="statistics-basis">
          {of.profile === undefined || sql === '' ? null : (
            <i
              aria-hidden="true"
              className={off === undefined ? 'ui-dot ui-dot-exact' : 'ui-dot ui-dot-estimate'}
            />
          )}
          {basis}
        </span>
      )}
      {sql === '' ? null : (
        <button type="button" className="ui-link" title={sql} onClick={() => void copyText(sql)}>
          <CopyIcon />
          Copy SQL
        </button>
      )}
    </p>
  );
}
