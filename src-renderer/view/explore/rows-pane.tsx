/**
 * The rows behind a figure, page by page.
 */
import { useEffect, useRef, useState } from 'react';
import type { AnswerOf } from '#contract';
import type { RowsQuery } from '#core/design/query';
import { remedy, words } from '#core/problem';
import { type Cell, kindOf } from '#core/table';
import { useAssay, useAssayStore, useClient } from '../../store/hooks';
import { Button, IconButton } from '../ui/button';
import { EvidenceLine } from '../ui/evidence';
import { count, counted, number, plainText, time } from '../ui/figure';
import { CloseIcon } from '../ui/icon';

const page = 100;
/** Columns that are drawn. */
const mostColumns = 100;

export interface Behind {
  readonly query: RowsQuery;
  /** Of what they are the rows. */
  readonly words: string;
}

type Got = AnswerOf<'design:rows'> & { readonly offset: number; readonly at: string };

export function RowsPane({ behind, onClose }: { behind: Behind; onClose: () => void }) {
  const client = useClient();
  const store = useAssayStore();
  const tables = useAssay((s) => s.design.tables);
  const [offset, setOffset] = useState(0);
  const [got, setGot] = useState<Got | null>(null);
  const [trouble, setTrouble] = useState('');
  const pane = useRef<HTMLElement>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: other rows begin at the beginning and take the focus.
  useEffect(() => {
    const from = document.activeElement;
    setOffset(0);
    pane.current?.focus();
    return () => {
      const lost = document.activeElement === null || document.activeElement === document.body;
      if (lost && from instanceof HTMLElement) from.focus();
    };
  }, [behind]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: members that change make other rows.
  useEffect(() => {
    const abort = new AbortController();
    let left = false;
    const { design } = store.getState();
    const query = { ...behind.query, offset, limit: page };
    void client.ask('design:rows', { design, query }, { signal: abort.signal }).then((reply) => {
      if (left) return;
      if (reply.ok) {
        setTrouble('');
        setGot({ ...reply.value, offset, at: new Date().toISOString() });
      } else if ('problem' in reply) setTrouble(`${words(reply.problem)}. ${remedy(reply.problem)}`);
      else setTrouble(`This is a fault of Assay, not of your data: ${reply.fault}`);
    });
    return () => {
      left = true;
      abort.abort();
    };
  }, [client, store, behind, offset, tables]);

  const columns = got?.columns.slice(0, mostColumns) ?? [];
  const old = got === null || got.offset !== offset;
  return (
    <section
      ref={pane}
      className="explore-rows"
      aria-label={`Rows of ${behind.words}`}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onClose();
      }}
    >
      <header>
        <h2>
          Rows of <b>{behind.words}</b>
        </h2>
        <span className="explore-quiet">
          {got === null
            ? ''
            : got.total === 0
              ? 'none'
              : `${count(got.offset + 1)}–${count(got.offset + got.rows.length)} of ${counted(got.total, 'row')} of ${behind.query.table}`}
        </span>
        <Button disabled={offset === 0} onClick={() => setOffset(Math.max(0, offset - page))}>
          Previous
        </Button>
        <Button disabled={!got?.more} onClick={() => setOffset(offset + page)}>
          Next
        </Button>
        <span className="explore-space" />
        {got === null ? null : (
          <EvidenceLine
            evidence={{ basis: 'exact', rows: got.total, ms: got.ms, at: got.at, sql: [got.sql] }}
          />
        )}
        <IconButton label="Close the rows" onClick={onClose}>
          <CloseIcon />
        </IconButton>
      </header>
      {trouble !== '' ? (
        <p className="explore-trouble" role="alert">
          {trouble}
        </p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard scrolls it.
        <section className="explore-rows-table" aria-label="Rows" tabIndex={0}>
          <table className={old ? 'explore-old' : undefined}>
            <thead>
              <tr>
                {columns.map((c) => (
                  <th
                    key={c.name}
                    scope="col"
                    className={kindOf(c.type) === 'number' ? 'explore-number' : undefined}
                  >
                    {c.name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {got?.rows.map((row, r) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name and never change places.
                <tr key={got.offset + r}>
                  {columns.map((c, i) => (
                    <td key={c.name} className={kindOf(c.type) === 'number' ? 'explore-number' : undefined}>
                      {cellText(row[i] ?? null, c.type)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
          {got !== null && got.columns.length > mostColumns ? (
            <p className="explore-note">
              {count(got.columns.length - mostColumns)} more columns are not drawn.
            </p>
          ) : null}
        </section>
      )}
    </section>
  );
}

function cellText(cell: Cell, type: string): string {
  if (cell === null) return 'null';
  const kind = kindOf(type);
  if (kind === 'number' && typeof cell === 'number')
    return Number.isInteger(cell)
      ? String(cell)
      : number(cell, String(cell).split('.')[1]?.length ?? 2, false);
  return kind === 'time' ? time(cell) : plainText(cell);
}
