/**
 * An answer as a table: a row for each group, totals below; or with one dimension laid over columns.
 */
import { Rows3 } from 'lucide-react';
import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import type { AskedColumn } from '#core/explore/question';
import type { Cell } from '#core/table';
import type { Explored } from '../../store/state';
import { AscendingIcon, DescendingIcon } from '../ui/icon';
import { flat, type Head, pivoted, widthsOf } from './layout';

const rowHeight = 24;

/**
 * @param onRows Shows the rows behind a row of the answer.
 * @param onOrder Orders by a word of the query.
 */
export function ResultTable({
  explored,
  pivotWord,
  compared,
  onRows,
  onOrder,
}: {
  explored: Explored;
  pivotWord: string;
  compared: boolean;
  onRows: (row: readonly Cell[]) => void;
  onOrder: (word: string, isMeasure: boolean) => void;
}) {
  const frame = useRef<HTMLElement>(null);
  const [top, setTop] = useState(0);
  const [at, setAt] = useState(-1);
  const { columns, query } = explored;
  const dimensions = columns.filter((c) => c.kind === 'dimension');
  const canPivot =
    pivotWord !== '' &&
    dimensions.some((c) => c.word === pivotWord) &&
    dimensions.length > 1 &&
    dimensions.length < columns.length;
  const laid = useMemo(
    () => (canPivot ? pivoted(explored, pivotWord) : flat(explored, compared)),
    [explored, pivotWord, canPivot, compared],
  );
  const widths = useMemo(() => widthsOf(laid), [laid]);
  const n = laid.rows.length;
  const from = Math.max(0, Math.floor(top / rowHeight) - 12);
  const to = Math.min(n, from + 48);
  const active = Math.min(at, n - 1);
  const drill = laid.behind.some((row) => row !== null);

  const keys = (event: KeyboardEvent<HTMLElement>) => {
    if (event.target !== event.currentTarget) return;
    const next = { ArrowDown: active + 1, ArrowUp: active - 1, Home: 0, End: n - 1 }[event.key];
    const row = laid.behind[active];
    if (next !== undefined) {
      const to = Math.max(0, Math.min(n - 1, next));
      setAt(to);
      const box = event.currentTarget;
      const y = to * rowHeight;
      if (y < box.scrollTop) box.scrollTop = y;
      else if (y + 4 * rowHeight > box.scrollTop + box.clientHeight)
        box.scrollTop = y + 4 * rowHeight - box.clientHeight;
    } else if (event.key === 'Enter' && row) onRows(row);
    else return;
    event.preventDefault();
  };

  return (
    <>
      <section
        ref={frame}
        className="explore-table"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard scrolls and chooses rows in it.
        tabIndex={0}
        aria-label={drill ? 'Answer. Arrow keys choose a row, Enter shows the rows behind it' : 'Answer'}
        onKeyDown={keys}
        onScroll={(event) => setTop(event.currentTarget.scrollTop)}
      >
        <table aria-rowcount={n + 1} style={{ minWidth: widths.reduce((a, b) => a + b, drill ? 32 : 0) }}>
          <caption className="visually-hidden">Answer to the question</caption>
          <colgroup>
            {widths.map((width, i) => (
              <col key={laid.heads[i]!.key} style={{ width }} />
            ))}
            {drill ? <col style={{ width: 32 }} /> : null}
            <col />
          </colgroup>
          <thead>
            {laid.groups.length === 0 ? null : (
              <tr className="explore-table-groups">
                {laid.groups.map((g, i) =>
                  g.columns === 0 ? null : (
                    // biome-ignore lint/suspicious/noArrayIndexKey: they never change places.
                    <th key={i} colSpan={g.columns} scope="colgroup">
                      {g.text}
                    </th>
                  ),
                )}
                <td colSpan={drill ? 2 : 1} />
              </tr>
            )}
            <tr>
              {laid.heads.map((head) => (
                <TableHead
                  key={head.key}
                  head={head}
                  order={query.order ?? []}
                  columns={columns}
                  onOrder={onOrder}
                />
              ))}
              {drill ? (
                <th scope="col">
                  <span className="visually-hidden">Rows</span>
                </th>
              ) : null}
              <td />
            </tr>
          </thead>
          <tbody>
            {from === 0 ? null : <Gap height={from * rowHeight} columns={laid.heads.length + 2} />}
            {laid.rows.slice(from, to).map((cells, i) => {
              const behind = laid.behind[from + i] ?? null;
              return (
                <tr
                  // biome-ignore lint/suspicious/noArrayIndexKey: only those in sight are drawn, by their place.
                  key={from + i}
                  aria-rowindex={from + i + 2}
                  className={from + i === active ? 'explore-table-at' : undefined}
                  onPointerDown={() => setAt(from + i)}
                >
                  {cells.map((text, c) => (
                    <td
                      key={laid.heads[c]!.key}
                      className={
                        (laid.heads[c]!.numeric ? 'explore-number' : '') +
                        (laid.heads[c]!.quiet ? ' explore-quiet' : '')
                      }
                      title={text.length > 40 ? text : undefined}
                    >
                      {text}
                    </td>
                  ))}
                  {drill ? (
                    <td>
                      {behind === null ? null : (
                        <button
                          type="button"
                          tabIndex={-1}
                          className="explore-rows-button"
                          aria-label={`Show rows of ${cells[0]}`}
                          title="Show rows"
                          onClick={() => onRows(behind)}
                        >
                          <Rows3 size={13} strokeWidth={1.6} aria-hidden="true" />
                        </button>
                      )}
                    </td>
                  ) : null}
                  <td />
                </tr>
              );
            })}
            {to >= n ? null : <Gap height={(n - to) * rowHeight} columns={laid.heads.length + 2} />}
          </tbody>
          {laid.totals === null ? null : (
            <tfoot>
              <tr>
                {laid.totals.map((text, c) => (
                  <td
                    key={laid.heads[c]!.key}
                    className={
                      (laid.heads[c]!.numeric ? 'explore-number' : '') +
                      (laid.heads[c]!.quiet ? ' explore-quiet' : '')
                    }
                  >
                    {text}
                  </td>
                ))}
                {drill ? <td /> : null}
                <td />
              </tr>
            </tfoot>
          )}
        </table>
        {n === 0 ? <p className="explore-none">No rows meet the question.</p> : null}
      </section>
      {laid.note === '' ? null : <p className="explore-note">{laid.note}</p>}
    </>
  );
}

function Gap({ height, columns }: { height: number; columns: number }) {
  return (
    <tr>
      <td colSpan={columns} style={{ height, padding: 0, border: 0 }} />
    </tr>
  );
}

function TableHead({
  head,
  order,
  columns,
  onOrder,
}: {
  head: Head;
  order: readonly { readonly member: string; readonly descending: boolean }[];
  columns: readonly AskedColumn[];
  onOrder: (word: string, isMeasure: boolean) => void;
}) {
  const by = order.find((o) => o.member === head.word);
  const { word } = head;
  const isMeasure = columns.some((c) => c.word === word && c.kind === 'measure');
  const kind = (head.numeric ? 'explore-number' : '') + (head.quiet ? ' explore-quiet' : '');
  return (
    <th
      scope="col"
      className={kind}
      aria-sort={by === undefined ? undefined : by.descending ? 'descending' : 'ascending'}
    >
      {word === null ? (
        <span title={head.label}>{head.text}</span>
      ) : (
        <button type="button" title={`Order by ${head.label}`} onClick={() => onOrder(word, isMeasure)}>
          <span>{head.text}</span>
          {by === undefined ? null : by.descending ? <DescendingIcon /> : <AscendingIcon />}
        </button>
      )}
    </th>
  );
}
