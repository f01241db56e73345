import { CircleCheck, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { sourceWords } from '#core/source/part';
import type { Dialect } from '#core/source/receipt';
import type { Table } from '#core/table';
import { useAssay } from '../../store/hooks';
import { ReceiptLists, type ReceiptTab } from '../import/receipt-lists';
import { QueryMade } from '../inspector/query-made';
import { Button } from '../ui/button';
import { bytes, count, counted } from '../ui/figure';
import { Modal } from './modal';
import './receipt.css';

/** How a file was read: what was found in it, what was loaded, what was not, and what looks odd. */
export function ReceiptDialog() {
  const name = useAssay((s) => s.receiptOf);
  const table = useAssay((s) => (s.receiptOf === null ? undefined : s.tables[s.receiptOf]));
  if (name === null || table === undefined) return null;
  return <Receipt key={name} name={name} table={table} />;
}

function Receipt({ name, table }: { name: string; table: Table }) {
  const set = useAssay((s) => s.set);
  const reload = useAssay((s) => s.reload);
  const fix = useAssay((s) => s.importTable);
  const draftQuery = useAssay((s) => s.draftQuery);
  const write = useAssay((s) => s.exportReceipt);
  const { receipt, source, warnings } = table;
  const { records, loaded, rejected, skipped, mended } = receipt;
  const { made } = source;
  const [tab, setTab] = useState<ReceiptTab>(() => firstTab(table));
  const adds = records === loaded + rejected + skipped;
  const close = () => set('receiptOf', null);
  return (
    <Modal
      title={`Receipt of ${name}`}
      size="l"
      onClose={close}
      footer={
        <>
          {source.format === 'csv' ? (
            <Button
              onClick={() => {
                close();
                fix(name);
              }}
            >
              Fix the reading…
            </Button>
          ) : null}
          {made === undefined ? null : (
            <Button
              onClick={() => {
                close();
                draftQuery(name);
              }}
            >
              Edit the query…
            </Button>
          )}
          <span className="modal-space" />
          <Button onClick={() => void write(name)}>Export…</Button>
          <Button onClick={() => void reload(name)}>
            {made === undefined ? 'Reload from disk' : 'Make it anew'}
          </Button>
          <Button tone="primary" data-first onClick={close}>
            Done
          </Button>
        </>
      }
    >
      {made === undefined ? (
        <p className="facts-path selectable">
          {source.path} · {bytes(source.bytes)}
        </p>
      ) : (
        <p className="facts-path">{sourceWords(source)}</p>
      )}
      <div className="receipt-law">
        <dl aria-label="Records are what was loaded, rejected and skipped">
          <Term figure={records} title={made === undefined ? 'records in the file' : 'rows of the query'} />
          <span aria-hidden="true">=</span>
          <Term figure={loaded} title="loaded" />
          <span aria-hidden="true">+</span>
          <Term figure={rejected} title="rejected" tone={rejected > 0 ? 'tone-bad' : ''} />
          <span aria-hidden="true">+</span>
          <Term figure={skipped} title="skipped" tone={skipped > 0 ? 'tone-warn' : ''} />
          <i aria-hidden="true" />
          <Term figure={mended} title="put right, of the loaded" tone={mended > 0 ? 'tone-warn' : ''} />
        </dl>
        {adds ? (
          <CircleCheck className="tone-good" size={16} role="img" aria-label="the figures add up" />
        ) : (
          <TriangleAlert className="tone-bad" size={16} role="img" aria-label="the figures do not add up" />
        )}
      </div>
      {made === undefined ? null : (
        <section className="receipt-part">
          <h3>How it was made</h3>
          <QueryMade made={made} at={source.modified} />
        </section>
      )}
      {source.dialect === undefined ? null : <DialectFacts dialect={source.dialect} />}
      {warnings.length === 0 ? null : (
        <section className="receipt-part">
          <h3>{counted(warnings.length, 'remark')} on the reading</h3>
          <ul className="receipt-warnings">
            {warnings.map((warning) => (
              <li key={`${warning.code} ${warning.column ?? ''} ${warning.message}`}>
                <TriangleAlert className="tone-warn" size={14} aria-hidden="true" />
                <span className="selectable">
                  {warning.message}. <span className="bottom-row-remedy">{warning.remedy}</span>
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {browsable(table) ? (
        <div className="receipt-browse">
          <ReceiptLists receipt={receipt} table={name} tab={tab} onTab={setTab} />
        </div>
      ) : null}
    </Modal>
  );
}

/** Whether there is anything in a receipt to look at one by one. */
function browsable({ receipt }: Table): boolean {
  const { rejects, mends, skips, misfits } = receipt;
  return rejects.length + mends.length + skips.length + misfits.length > 0;
}

/** The first part of a receipt that holds something. */
function firstTab({ receipt }: Table): ReceiptTab {
  if (receipt.rejects.length > 0) return 'rejected';
  if (receipt.mends.length > 0) return 'mended';
  return receipt.misfits.length > 0 && receipt.skips.length === 0 ? 'misfit' : 'skipped';
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
  ' +': 'blanks',
};

function DialectFacts({ dialect }: { dialect: Dialect }) {
  const character = (c: string) => (c === '' ? 'none' : named[c] === undefined ? c : `${named[c]}`);
  const facts: readonly (readonly [string, string])[] = [
    ['Delimiter', character(dialect.delimiter)],
    ['Quote', character(dialect.quote)],
    ['Escape', character(dialect.escape)],
    ['Header', dialect.headerRows === 0 ? 'none' : counted(dialect.headerRows, 'row')],
    ['Lines skipped', `${count(dialect.skip)} top, ${count(dialect.footer)} end`],
    ['Comment mark', dialect.comment === '' ? 'none' : dialect.comment],
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
