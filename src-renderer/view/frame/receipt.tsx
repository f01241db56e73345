import { CircleCheck, TriangleAlert } from 'lucide-react';
import type { Dialect } from '#core/source/receipt';
import { useAssay } from '../../store/hooks';
import { Button } from '../ui/button';
import { bytes, count, counted } from '../ui/figure';
import { Modal } from './modal';
import './receipt.css';

/** How a file was read: what was found in it, what was loaded, what was not, and what looks odd. */
export function ReceiptDialog() {
  const name = useAssay((s) => s.receiptOf);
  const table = useAssay((s) => (s.receiptOf === null ? undefined : s.tables[s.receiptOf]));
  const set = useAssay((s) => s.set);
  const reload = useAssay((s) => s.reload);
  if (name === null || table === undefined) return null;
  const { receipt, source, warnings } = table;
  const { records, loaded, rejected, skipped, rejects } = receipt;
  const adds = records === loaded + rejected + skipped;
  const close = () => set('receiptOf', null);
  return (
    <Modal
      title={`Receipt of ${name}`}
      size="l"
      onClose={close}
      footer={
        <>
          <span className="modal-space" />
          <Button onClick={() => void reload(name)}>Reload from disk</Button>
          <Button tone="primary" data-first onClick={close}>
            Done
          </Button>
        </>
      }
    >
      <p className="facts-path selectable">
        {source.path} · {bytes(source.bytes)}
      </p>
      <dl className="receipt-law" aria-label="Records are what was loaded, rejected and skipped">
        <Term figure={records} title="records in the file" />
        <span aria-hidden="true">=</span>
        <Term figure={loaded} title="loaded" />
        <span aria-hidden="true">+</span>
        <Term figure={rejected} title="rejected" tone={rejected > 0 ? 'tone-bad' : ''} />
        <span aria-hidden="true">+</span>
        <Term figure={skipped} title="skipped" tone={skipped > 0 ? 'tone-warn' : ''} />
        {adds ? (
          <CircleCheck className="tone-good" size={16} role="img" aria-label="the figures add up" />
        ) : (
          <TriangleAlert className="tone-bad" size={16} role="img" aria-label="the figures do not add up" />
        )}
      </dl>
      {source.dialect === undefined ? null : <DialectFacts dialect={source.dialect} />}
      {warnings.length === 0 ? null : (
        <section className="receipt-part">
          <h3>{counted(warnings.length, 'remark')} on the reading</h3>
          <ul className="receipt-warnings">
            {warnings.map((warning) => (
              <li key={`${warning.code} ${warning.column ?? ''} ${warning.message}`}>
                <TriangleAlert className="tone-warn" size={14} aria-hidden="true" />
                <span className="selectable">
                  {warning.message} <span className="bottom-row-remedy">{warning.remedy}</span>
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {rejects.length === 0 ? null : (
        <section className="receipt-part">
          <h3>
            Rejected records
            {rejected > rejects.length ? `, the first ${count(rejects.length)} of ${count(rejected)}` : ''}
          </h3>
          <table className="receipt-rejects">
            <thead>
              <tr>
                <th scope="col">Line</th>
                <th scope="col">Column</th>
                <th scope="col">Reason</th>
                <th scope="col">Text</th>
              </tr>
            </thead>
            <tbody>
              {rejects.slice(0, 200).map((reject) => (
                <tr key={`${reject.byte} ${reject.column ?? ''}`}>
                  <td className="mono">{count(reject.line)}</td>
                  <td>{reject.column ?? '–'}</td>
                  <td className="selectable">{reject.reason}</td>
                  <td className="mono selectable">{reject.text}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </Modal>
  );
}

function Term({ figure, title, tone = '' }: { figure: number; title: string; tone?: string }) {
  return (
    <div className={tone}>
      <dd>{count(figure)}</dd>
      <dt>{title}</dt>
    </div>
  );
}

const named: Readonly<Record<string, string>> = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
  '|': 'bar',
  ' ': 'blank',
};

function DialectFacts({ dialect }: { dialect: Dialect }) {
  const character = (c: string) => (c === '' ? 'none' : named[c] === undefined ? c : `${named[c]}`);
  const facts: readonly (readonly [string, string])[] = [
    ['Delimiter', character(dialect.delimiter)],
    ['Quote', character(dialect.quote)],
    ['Escape', character(dialect.escape)],
    ['Header', dialect.header ? 'first line' : 'none'],
    ['Lines skipped', count(dialect.skip)],
    ['Line ends', dialect.newline],
    ['Encoding', dialect.encoding],
    ['Decimal', dialect.decimal],
    ['Dates', dialect.dateFormat ?? 'ISO 8601'],
    ['Timestamps', dialect.timestampFormat ?? 'ISO 8601'],
    ['Null words', dialect.nulls.map((word) => (word === '' ? '(empty)' : word)).join(', ') || 'none'],
  ];
  return (
    <section className="receipt-part">
      <h3>Found in the file</h3>
      <dl className="receipt-dialect">
        {facts.map(([title, value]) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd className="mono">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
