/** Rows of one end that do not go through a join as one would wish, a page at a time. */
import { useState } from 'react';
import type { JoinAsk } from '#core/join/join';
import type { RowKind } from '#core/join/rows';
import type { Cell } from '#core/table';
import type { JoinDraft } from '../../store/state';
import { Button, IconButton } from '../ui/button';
import { CopySql } from '../ui/copy-sql';
import { count, plainText, time } from '../ui/figure';
import { CloseIcon } from '../ui/icon';
import type { Looked } from './join-lab';
import { useJoinAnswer } from './use-join-answer';

const perPage = 100;

const about: Readonly<Record<RowKind, (here: string, there: string) => string>> = {
  orphans: (here, there) => `Rows of ${here} with a key that ${there} does not have`,
  nulls: (here) => `Rows of ${here} with a null in their key`,
  repeated: (here) => `Rows of ${here} with a key that other rows of it have too`,
};

export function JoinRows({
  draft,
  ask,
  looked: { side, kind },
  onClose,
}: {
  draft: JoinDraft;
  ask: JoinAsk;
  looked: Looked;
  onClose: () => void;
}) {
  const [page, setPage] = useState({ of: '', offset: 0 });
  const of = `${side} ${kind}`;
  const offset = page.of === of ? page.offset : 0;
  const wanted = { ...ask, side, kind, offset, limit: perPage };
  const answer = useJoinAnswer('join:rows', wanted, JSON.stringify(wanted), [ask.from.table, ask.to.table]);
  const [here, there] = side === 'from' ? [draft.from, draft.to] : [draft.to, draft.from];
  const title = about[kind](here, there);
  const found = answer.value;
  const keys = ask[side].columns.length;
  return (
    <section className="join-rows" aria-label={title}>
      <header>
        <h3>{title}</h3>
        {found === null ? null : (
          <>
            <span className="join-rows-at">
              {found.total === 0
                ? 'none'
                : `${count(offset + 1)}–${count(offset + found.rows.length)} of ${count(found.total)}`}
            </span>
            {found.total <= perPage ? null : (
              <>
                <Button
                  disabled={offset === 0}
                  onClick={() => setPage({ of, offset: Math.max(0, offset - perPage) })}
                >
                  Previous
                </Button>
                <Button
                  disabled={offset + perPage >= found.total}
                  onClick={() => setPage({ of, offset: offset + perPage })}
                >
                  Next
                </Button>
              </>
            )}
            <CopySql sql={found.sql} />
          </>
        )}
        <IconButton label="Back to the effect" onClick={onClose}>
          <CloseIcon />
        </IconButton>
      </header>
      {answer.trouble !== null && answer.trouble !== 'stopped' ? (
        <p className="join-note" role="status">
          <b>{answer.trouble.words}.</b> {answer.trouble.remedy}
        </p>
      ) : answer.slow ? (
        <p className="join-note" role="status">
          <i className="join-spinner" aria-hidden="true" /> Reading the rows…{' '}
          <Button onClick={answer.stop}>Cancel</Button>
        </p>
      ) : null}
      {found === null ? null : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard.
        <section className="join-rows-frame" tabIndex={0} aria-label="Rows">
          <table>
            <thead>
              <tr>
                {found.columns.map((name, i) => (
                  <th key={name} scope="col" data-key={i < keys}>
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {found.rows.map((row, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: rows of a file have no other name.
                <tr key={i}>
                  {row.map((cell, j) => (
                    <td
                      key={found.columns[j]}
                      data-number={typeof cell === 'number'}
                      data-null={cell === null}
                    >
                      {cellText(cell)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </section>
  );
}

function cellText(cell: Cell): string {
  return typeof cell === 'string' && /^\d{4}-\d\d-\d\dT/.test(cell) ? time(cell) : plainText(cell);
}
