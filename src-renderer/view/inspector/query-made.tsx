import type { Made } from '#core/source/receipt';
import { useAssay, useAssayStore } from '../../store/hooks';
import { CodeView } from '../code/code-view';
import { CopySql } from '../ui/copy-sql';
import { duration } from '../ui/figure';
import './query-made.css';

/** How a derived table was made: its query, the tables it reads, when it was made and how long that took. */
export function QueryMade({ made, at }: { made: Made; at: number }) {
  const store = useAssayStore();
  const tables = useAssay((s) => s.tables);
  const lines = made.query.split('\n').length;
  return (
    <div className="query-made">
      <div className="query-made-text" style={{ height: 32 + 20 * Math.min(10, lines) }}>
        <CodeView text={made.query} language="sql" label="The query" />
      </div>
      <dl className="query-made-facts">
        <dt>Reads</dt>
        <dd>
          {made.reads.length === 0 ? 'no table' : null}
          {made.reads.map((name) =>
            tables[name] === undefined ? (
              <span key={name}>{name} (not open)</span>
            ) : (
              <button
                key={name}
                type="button"
                className="ui-link"
                onClick={() => {
                  store.getState().set('receiptOf', null);
                  store.getState().showTable(name);
                }}
              >
                {name}
              </button>
            ),
          )}
        </dd>
        <dt>Made</dt>
        <dd className="query-made-figure">
          {new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC, {duration(made.ms)}
        </dd>
      </dl>
      <CopySql sql={`${made.query};`} />
    </div>
  );
}
