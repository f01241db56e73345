import type { Evidence } from '#core/profile/profile';
import { copyText } from './copy';
import { count, counted, duration } from './figure';
import { CopyIcon } from './icon';
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

/** What figures rest on, as a line with its Copy SQL. Copies to the clipboard unless `onCopySql` is given. */
export function EvidenceLine({
  evidence,
  onCopySql,
}: {
  evidence: Evidence;
  onCopySql?: (sql: string) => void;
}) {
  const sql = evidenceSql(evidence);
  return (
    <span className="ui-evidence">
      <EvidenceDot evidence={evidence} />
      <span title={`computed ${evidence.at.replace('T', ' ').replace(/\..*$/, '')} UTC`}>
        {evidenceWords(evidence)}
      </span>
      <button
        type="button"
        className="ui-link"
        title={sql}
        onClick={() => (onCopySql === undefined ? void copyText(sql) : onCopySql(sql))}
      >
        <CopyIcon />
        Copy SQL
      </button>
    </span>
  );
}
