import { CircleCheck, RefreshCw, Table2, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { remedy, words } from '#core/problem';
import { leavesChoice, sourceWords } from '#core/source/part';
import type { Format } from '#core/source/receipt';
import type { Kind } from '#core/table';
import { useAssay, useBridge } from '../../store/hooks';
import { fileOf } from '../../store/import';
import { alertsIn, fixWords, suggestionsOf } from '../../store/select';
import { Button } from '../ui/button';
import { bytes, count, counted, percent } from '../ui/figure';
import { QueryIcon } from '../ui/icon';
import { KindIcon } from '../ui/kind-icon';
import { QueryMade } from './query-made';
import './table.css';

const formats: Readonly<Record<Format, string>> = {
  csv: 'text',
  parquet: 'Parquet',
  json: 'JSON',
  xlsx: 'workbook',
  duckdb: 'DuckDB database',
  query: 'query',
};
const kinds: readonly Kind[] = ['number', 'text', 'time', 'boolean', 'nested'];

/** A table as a whole: where it came from, what was read of it, and what was odd about the reading. */
export function TableInspector({ table: name }: { table: string }) {
  const table = useAssay((s) => s.tables[name]);
  const bridge = useBridge();
  const set = useAssay((s) => s.set);
  const go = useAssay((s) => s.go);
  const importTable = useAssay((s) => s.importTable);
  const select = useAssay((s) => s.select);
  const draftQuery = useAssay((s) => s.draftQuery);
  const alerts = useAssay((s) => alertsIn(s, name).filter((a) => a.severity === 'warning').length);
  const proposals = useAssay((s) => suggestionsOf(s, name).length);
  const profiled = useAssay((s) => Object.keys(s.profiles[name] ?? {}).length);
  const nulls = useAssay((s) => Object.values(s.profiles[name] ?? {}).reduce((sum, p) => sum + p.nulls, 0));
  if (table === undefined) {
    return <p className="table-gone">This table is not open. Open its file again, or undo what closed it.</p>;
  }
  const { source, receipt, warnings, columns, rows } = table;
  const { made } = source;
  const cells = rows * profiled;
  return (
    <div className="table-inspector">
      <header className="table-head">
        <h2>
          {made === undefined ? <Table2 size={16} strokeWidth={1.6} aria-hidden="true" /> : <QueryIcon />}
          <span>{name}</span>
        </h2>
        {made === undefined ? (
          <p className="table-path selectable" title={source.path}>
            <bdi>{source.path}</bdi>
          </p>
        ) : (
          <p className="table-path">
            <bdi>{sourceWords(source)}</bdi>
          </p>
        )}
        <div className="table-actions">
          <Button onClick={() => set('receiptOf', name)}>Receipt…</Button>
          {!leavesChoice(source) ? null : <Button onClick={() => importTable(name)}>Fix the reading…</Button>}
          {made === undefined ? (
            <Button onClick={() => bridge.showItem(source.path)}>
              {bridge.platform === 'darwin' ? 'Show in Finder' : 'Show in folder'}
            </Button>
          ) : (
            <Button onClick={() => draftQuery(name)}>Edit the query…</Button>
          )}
        </div>
      </header>
      <Stale table={name} />
      <Part title="Key figures">
        <dl className="table-facts">
          <dt>Rows</dt>
          <dd>{count(rows)}</dd>
          <dt>Columns</dt>
          <dd>{count(columns.length)}</dd>
          <dt>Filled</dt>
          <dd>{profiled < columns.length ? 'profiling…' : percent(cells - nulls, cells)}</dd>
          {made !== undefined || sourceWords(source) === fileOf(source.path) ? null : (
            <>
              <dt>From</dt>
              <dd className="selectable table-from">{sourceWords(source)}</dd>
            </>
          )}
          {made === undefined ? (
            <>
              <dt>File</dt>
              <dd>
                {formats[source.format]}, {bytes(source.bytes)}
              </dd>
            </>
          ) : null}
        </dl>
        <ul className="table-kinds" aria-label="Columns by kind">
          {kinds.map((kind) => {
            const of = columns.filter((column) => column.kind === kind).length;
            return of === 0 ? null : (
              <li key={kind}>
                <KindIcon kind={kind} /> {of} {kind}
              </li>
            );
          })}
        </ul>
      </Part>
      {made === undefined ? null : (
        <Part title="Query">
          <QueryMade made={made} at={source.modified} />
        </Part>
      )}
      <Part title={made === undefined ? 'Reading' : 'Making'}>
        <p className="table-law">
          {receipt.rejected === 0 && receipt.skipped === 0 ? (
            <CircleCheck className="table-good" size={14} aria-hidden="true" />
          ) : (
            <TriangleAlert className="table-warn" size={14} aria-hidden="true" />
          )}
          {receipt.rejected === 0 && receipt.skipped === 0
            ? `All ${counted(receipt.records, made === undefined ? 'record' : 'row')} ${made === undefined ? 'loaded' : 'of the query kept'}`
            : `${count(receipt.loaded)} of ${counted(receipt.records, 'record')} loaded, ${count(receipt.rejected)} rejected, ${count(receipt.skipped)} skipped`}
        </p>
        {warnings.length === 0 ? null : (
          <ul className="table-warnings">
            {warnings.map((warning) => (
              <li key={`${warning.code} ${warning.column ?? ''} ${warning.message}`}>
                <TriangleAlert className="table-warn" size={14} aria-hidden="true" />
                <div>
                  <p>{warning.message}</p>
                  <p className="table-remedy">{warning.remedy}</p>
                  {warning.code !== 'tables-several' ? null : (
                    <button type="button" className="ui-link" onClick={() => importTable(name)}>
                      {fixWords(warning)}
                    </button>
                  )}
                  {warning.column === undefined ? null : (
                    <button
                      type="button"
                      className="ui-link"
                      onClick={() => select({ kind: 'column', table: name, column: warning.column ?? '' })}
                    >
                      Show the column
                    </button>
                  )}
                </div>
              </li>
            ))}
          </ul>
        )}
      </Part>
      <Part title="Next">
        <ul className="table-next">
          <li>
            <button type="button" className="ui-link" onClick={() => go('profile')}>
              {alerts === 0 ? 'Look at its profile' : `Look at ${counted(alerts, 'alert')}`}
            </button>
          </li>
          <li>
            <button type="button" className="ui-link" onClick={() => go('model')}>
              {proposals === 0 ? 'See its model' : `Decide on ${counted(proposals, 'suggested role')}`}
            </button>
          </li>
        </ul>
      </Part>
    </div>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="table-part">
      <h3>{title}</h3>
      {children}
    </section>
  );
}

function Stale({ table }: { table: string }) {
  const problem = useAssay((s) => s.stale[table]);
  const reload = useAssay((s) => s.reload);
  const derived = useAssay((s) => s.tables[table]?.source.made !== undefined);
  if (problem === undefined) return null;
  return (
    <div className="table-stale" role="alert">
      <TriangleAlert size={14} aria-hidden="true" />
      <div>
        <p>{words(problem)}.</p>
        <p className="table-remedy">
          {remedy(problem)}
          {derived ? ' The rows are those of before.' : ''}
        </p>
        <Button icon={<RefreshCw size={13} aria-hidden="true" />} onClick={() => void reload(table)}>
          {derived ? 'Make anew' : 'Reload'}
        </Button>
      </div>
    </div>
  );
}
