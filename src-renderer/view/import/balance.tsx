import type { Receipt } from '#core/source/receipt';
import { count, counted } from '../ui/figure';
import { CheckIcon, WarningIcon } from '../ui/icon';

/** The conservation law of a reading as an equation and as a bar, with what changed against the reading in force. */
export function Balance({
  receipt,
  before,
  partial,
}: {
  receipt: Receipt;
  /** Of the reading in force; null if there is none to compare with. */
  before: Receipt | null;
  /** What part of the file was looked at, in words; null if all of it. */
  partial: string | null;
}) {
  const { records, loaded, rejected, skipped, mended } = receipt;
  const lost = records - loaded - rejected - skipped;
  const than = (key: 'records' | 'loaded' | 'rejected' | 'skipped' | 'mended') =>
    before === null ? 0 : receipt[key] - before[key];
  return (
    <section className="import-balance" aria-label="Balance" data-balance={lost === 0 ? 'holds' : 'broken'}>
      <dl className="import-law">
        <Term figure={records} title="records" change={than('records')} />
        <span aria-hidden="true">=</span>
        <Term figure={loaded} title="loaded" change={than('loaded')} tone="loaded" />
        <span aria-hidden="true">+</span>
        <Term figure={rejected} title="rejected" change={than('rejected')} tone="rejected" />
        <span aria-hidden="true">+</span>
        <Term figure={skipped} title="skipped" change={than('skipped')} tone="skipped" />
        <i aria-hidden="true" />
        <Term figure={mended} title="put right, of the loaded" change={than('mended')} tone="mended" />
      </dl>
      <div className="import-law-side">
        <p className={lost === 0 ? 'import-law-words' : 'import-law-words import-law-broken'} role="status">
          {lost === 0 ? <CheckIcon /> : <WarningIcon />}
          {lost === 0
            ? (partial ?? 'Every record is accounted for')
            : `${counted(Math.abs(lost), 'record')} ${lost > 0 ? 'unaccounted for' : 'too many'}`}
        </p>
        <div className="import-bar" aria-hidden="true">
          <span className="import-bar-loaded" style={{ flexGrow: Math.max(0, loaded - mended) }} />
          <span className="import-bar-mended" style={{ flexGrow: mended }} />
          <span className="import-bar-rejected" style={{ flexGrow: rejected }} />
          <span className="import-bar-skipped" style={{ flexGrow: skipped }} />
        </div>
      </div>
    </section>
  );
}

function Term({
  figure,
  title,
  change,
  tone = 'plain',
}: {
  figure: number;
  title: string;
  change: number;
  tone?: string;
}) {
  return (
    <div className={`import-term import-term-${tone}`} data-some={figure > 0}>
      <dt>
        <span className="import-key" aria-hidden="true" />
        {title}
      </dt>
      <dd>
        {count(figure)}
        <small>{change === 0 ? '' : `${change > 0 ? '+' : '−'}${count(Math.abs(change))}`}</small>
      </dd>
    </div>
  );
}
