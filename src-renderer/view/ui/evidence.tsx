import type { Evidence } from '#core/profile/profile';
import { CopySql } from './copy-sql';
import { count, counted, duration } from './figure';
import './ui.css';

/** What a figure rests on, in words: `exact · 42,199 rows · 18 ms`. */
export function evidenceWords(evidence: Evidence): string {
  const basis = { exact: 'exact', estimate: '≈ estimated', sample: 'sample' }[evidence.basis];
  const rows =
    evidence.of === undefined
      ? counted(evidence.rows, 'row')
      : `${count(evidence.rows)} of ${counted(evidence.of, 'row')}`;
  return `${basis} · ${rows} · ${duration(evidence.ms)}`;
}

/** The statements behind a figure as one text that can be run. */
export function evidenceSql(evidence: Evidence): string {
  return evidence.sql.map((statement) => `${statement.replace(/[;\s]+$/, '')};`).join('\n\n');
}

/** Filled and green if exact, hollow and amber if not. */
export function EvidenceDot({ evidence }: { evidence: Evidence }) {
  const words = evidenceWords(evidence);
  return (
    <span
      role="img"
      aria-label={words}
      title={words}
      className={evidence.basis === 'exact' ? 'ui-dot ui-dot-exact' : 'ui-dot ui-dot-estimate'}
    />
  );
}

/**
 * What figures rest on, as a line with its Copy SQL.
 *
 * @param words In place of the usual ones, where the figures do not all rest on the same.
 */
export function EvidenceLine({ evidence, words }: { evidence: Evidence; words?: string | undefined }) {
  const sql = evidenceSql(evidence);
  return (
    <span className="ui-evidence">
      <EvidenceDot evidence={evidence} />
      <span title={`computed ${evidence.at.replace('T', ' ').replace(/\..*$/, '')} UTC`}>
        {words ?? evidenceWords(evidence)}
      </span>
      {sql === '' ? null : <CopySql sql={sql} />}
    </span>
  );
}
