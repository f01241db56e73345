/**
 * A query that is to make a table: its name, its text, and the first rows of what it answers, as it is typed.
 */
import { useEffect, useId, useMemo, useRef } from 'react';
import type { Answer } from '#contract';
import { remedy, words } from '#core/problem';
import { type Column, kindOf } from '#core/table';
import { draftHindrance, isQueryChanged } from '../../store/derive';
import { useAssay, useAssayStore, useBridge, useShallow } from '../../store/hooks';
import type { QueryDraft } from '../../store/state';
import { QueryField } from '../code/query-field';
import { Button } from '../ui/button';
import { count, counted, duration } from '../ui/figure';
import { KindIcon } from '../ui/kind-icon';
import { cellText, paddingOf } from './cell-text';
import './query-pane.css';

/** Columns whose first rows are shown. */
const columnsShown = 60;

export function QueryPane({ draft }: { draft: QueryDraft }) {
  const store = useAssayStore();
  const bridge = useBridge();
  const hindrance = useAssay((s) => draftHindrance(s, draft));
  const changed = useAssay((s) => isQueryChanged(s, draft));
  const open = useAssay(useShallow((s) => s.order.flatMap((name) => s.tables[name] ?? [])));
  // A table cannot read itself.
  const tables = useMemo(() => open.filter((table) => table.name !== draft.source), [open, draft.source]);
  // Rows of a table that was read anew are others, and a table that was missing may have come.
  const seen = useRef(open);
  useEffect(() => {
    if (seen.current === open) return;
    seen.current = open;
    store.getState().draftQuery(draft.source ?? undefined);
  }, [open, draft.source, store]);
  const nameId = useId();
  const saysId = useId();
  const { source, name, query, problem, making } = draft;
  const make = () => void store.getState().makeQuery();
  const verb = source === null ? 'Create' : 'Save';
  const hint = hindrance === '' ? 'One SELECT over the open tables, in SQL of DuckDB.' : hindrance;
  const able = hindrance === '' && !making && problem === null && (source === null || changed);
  return (
    <section
      className="query-pane"
      aria-label={source === null ? 'New table from a query' : `Query of ${source}`}
    >
      <header className="query-head">
        {source === null ? (
          <>
            <label htmlFor={nameId}>Name</label>
            <input
              id={nameId}
              className="query-name"
              value={name}
              spellCheck={false}
              aria-invalid={name !== '' && hindrance !== '' && hindrance !== 'The query is empty.'}
              onChange={(event) => store.getState().changeQuery({ name: event.target.value })}
              onKeyDown={(event) => {
                if (event.key === 'Enter') make();
              }}
            />
          </>
        ) : (
          <h2>Query of {source}</h2>
        )}
        <span className="query-hint" title={hint}>
          {hint}
        </span>
        <Button onClick={() => store.getState().cancelQuery()}>Cancel</Button>
        <Button
          tone="primary"
          disabled={!able}
          shortcut={bridge.platform === 'darwin' ? '⌘↵' : 'Ctrl+↵'}
          title={source === null ? 'Make the table' : 'Make the table anew by this query'}
          onClick={make}
        >
          {making ? 'Making…' : verb}
        </Button>
      </header>
      <div className="query-text">
        <QueryField
          value={query}
          tables={tables}
          at={problem?.code === 'query-invalid' ? problem.about.at : null}
          invalid={problem !== null}
          describedBy={saysId}
          label="Query"
          onChange={(text) => store.getState().changeQuery({ query: text })}
          onDone={() => able && make()}
        />
      </div>
      <p
        id={saysId}
        className="query-says selectable"
        role="status"
        data-tone={problem === null ? 'plain' : 'error'}
      >
        {problem !== null ? `${words(problem)}. ${remedy(problem)}` : previewWords(draft)}
      </p>
      <Preview draft={draft} />
    </section>
  );
}

/** What the rows below are: how many of how many, and how long they took. */
function previewWords({ preview, waiting }: QueryDraft): string {
  if (preview === null) return waiting ? 'Looking at the first rows…' : '';
  const { rows, columns, more, ms } = preview;
  const all = more
    ? `The first ${counted(rows.length, 'row')} (there are more)`
    : `All ${counted(rows.length, 'row')}`;
  const cut =
    columns.length > columnsShown
      ? `, the first ${columnsShown} of ${count(columns.length)} columns`
      : `, ${counted(columns.length, 'column')}`;
  return `${all}${cut} · ${duration(ms)}`;
}

function Preview({ draft: { preview, waiting, problem } }: { draft: QueryDraft }) {
  if (preview === null) return <div className="query-rows" />;
  const old = waiting || problem !== null;
  return (
    // Rows are looked through by the keyboard, too.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable.
    <section className="query-rows" aria-label="First rows" tabIndex={0} data-old={old}>
      <Rows answer={preview} />
    </section>
  );
}

function Rows({ answer }: { answer: Answer }) {
  const columns = useMemo(
    () =>
      answer.columns.slice(0, columnsShown).map((c, i) => {
        const column: Column = { ...c, kind: kindOf(c.type) };
        return {
          column,
          padding: paddingOf(
            column,
            answer.rows.map((row) => row[i] ?? null),
          ),
        };
      }),
    [answer],
  );
  return (
    <table className="query-table">
      <thead>
        <tr>
          {columns.map(({ column }, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: columns have no other identity, and names may repeat.
            <th key={i} scope="col" data-kind={column.kind} title={`${column.name}\n${column.type}`}>
              <span className="query-column">
                <KindIcon kind={column.kind} /> {column.name}
              </span>
              <span className="query-type">{column.type}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {answer.rows.map((row, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other identity.
          <tr key={at}>
            {columns.map(({ column, padding }, i) => {
              const cell = row[i];
              return (
                // biome-ignore lint/suspicious/noArrayIndexKey: as above.
                <td key={i} data-kind={column.kind} data-null={cell === null}>
                  {cellText(column, cell, padding, false)}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
