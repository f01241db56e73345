import { type ReactNode, useState } from 'react';
import type { Mend, Misfit, Receipt, Reject, Skip } from '#core/source/receipt';
import { count, plainText } from '../ui/figure';
import { visible } from './raw-line';
import './receipt-lists.css';

export type ReceiptTab = 'line' | 'rejected' | 'mended' | 'skipped' | 'misfits';

/** Entries that are drawn at first, and more with each wish. */
const pageOf = 100;

/**
 * Everything of a file that is not in the table as it stands in the file: rejected, put right, skipped, and values that did
 * not fit. A click on an entry goes to its line, where there is a line to go to.
 */
export function ReceiptLists({
  receipt,
  lead,
  tab,
  onTab,
  action,
  onLine,
  onColumn,
}: {
  receipt: Receipt;
  /** What stands on a tab before the others. */
  lead?: { readonly title: string; readonly content: ReactNode };
  tab: ReceiptTab;
  onTab: (tab: ReceiptTab) => void;
  action?: ReactNode;
  onLine?: (line: number) => void;
  onColumn?: (column: string) => void;
}) {
  const { rejected, rejects, mended, mends, skips, skipped, misfits } = receipt;
  const tabs: readonly { tab: ReceiptTab; title: string; count: number | null }[] = [
    ...(lead === undefined ? [] : [{ tab: 'line' as const, title: lead.title, count: null }]),
    { tab: 'rejected', title: 'Rejected', count: rejected },
    { tab: 'mended', title: 'Put right', count: mended },
    { tab: 'skipped', title: 'Skipped', count: Math.max(skipped, skips.length) },
    { tab: 'misfits', title: 'Did not fit', count: misfits.reduce((sum, misfit) => sum + misfit.count, 0) },
  ];
  return (
    <section className="receipt-lists" aria-label="What is not in the table as it stands in the file">
      <header>
        <div role="tablist" aria-label="Parts of the receipt">
          {tabs.map((one) => (
            <button
              key={one.tab}
              type="button"
              role="tab"
              id={`receipt-tab-${one.tab}`}
              aria-selected={one.tab === tab}
              aria-controls="receipt-list"
              tabIndex={one.tab === tab ? 0 : -1}
              data-tab={one.tab}
              data-some={one.count === null || one.count > 0}
              className="receipt-tab"
              onClick={() => onTab(one.tab)}
              onKeyDown={(event) => {
                const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
                const next = tabs[tabs.indexOf(one) + step];
                if (step === 0 || next === undefined) return;
                event.preventDefault();
                onTab(next.tab);
                document.getElementById(`receipt-tab-${next.tab}`)?.focus();
              }}
            >
              {one.title}
              {one.count === null ? null : <span className="receipt-tab-count">{count(one.count)}</span>}
            </button>
          ))}
        </div>
        {action}
      </header>
      <div
        id="receipt-list"
        role="tabpanel"
        aria-labelledby={`receipt-tab-${tab}`}
        className="receipt-list"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so it must be reachable by keyboard.
        tabIndex={0}
      >
        {tab === 'line' ? (
          lead?.content
        ) : tab === 'rejected' ? (
          <Paged key={tab} entries={rejects} of={rejected} nothing="No record was rejected.">
            {(shown) => <Rejects rejects={shown} onLine={onLine} />}
          </Paged>
        ) : tab === 'mended' ? (
          <Paged key={tab} entries={mends} of={mended} nothing="Every record fits its columns as it stands.">
            {(shown) => <Mends mends={shown} onLine={onLine} />}
          </Paged>
        ) : tab === 'skipped' ? (
          <Paged key={tab} entries={skips} of={skips.length} nothing="No line was skipped.">
            {(shown) => <Skips skips={shown} onLine={onLine} />}
          </Paged>
        ) : (
          <Paged
            key={tab}
            entries={misfits}
            of={misfits.length}
            nothing="Every value fits the type of its column."
          >
            {(shown) => <Misfits misfits={shown} onColumn={onColumn} />}
          </Paged>
        )}
      </div>
    </section>
  );
}

function Paged<T>({
  entries,
  of,
  nothing,
  children,
}: {
  entries: readonly T[];
  /** How many there are in all; the receipt keeps the first of many. */
  of: number;
  nothing: string;
  children: (shown: readonly T[]) => ReactNode;
}) {
  const [pages, setPages] = useState(1);
  if (entries.length === 0) return <p className="receipt-nothing">{nothing}</p>;
  const shown = entries.slice(0, pages * pageOf);
  return (
    <>
      {children(shown)}
      {shown.length < entries.length ? (
        <button type="button" className="ui-link receipt-more" onClick={() => setPages(pages + 1)}>
          {count(entries.length - shown.length)} more: show{' '}
          {count(Math.min(pageOf, entries.length - shown.length))}
        </button>
      ) : of > entries.length ? (
        <p className="receipt-nothing">
          The first {count(entries.length)} of {count(of)}; export for all of them.
        </p>
      ) : null}
    </>
  );
}

/** A line as a link to it, or as a figure if there is nowhere to go. */
function Line({ line, onLine }: { line: number; onLine: ((line: number) => void) | undefined }) {
  return onLine === undefined ? (
    count(line)
  ) : (
    <button type="button" className="ui-link" aria-label={`Go to line ${line}`} onClick={() => onLine(line)}>
      {count(line)}
    </button>
  );
}

type Lined<K extends string, T> = { readonly [key in K]: readonly T[] } & {
  readonly onLine: ((line: number) => void) | undefined;
};

function Rejects({ rejects, onLine }: Lined<'rejects', Reject>) {
  return (
    <table className="receipt-table">
      <thead>
        <tr>
          <th scope="col" className="receipt-figure">
            Line
          </th>
          <th scope="col" className="receipt-figure">
            Byte
          </th>
          <th scope="col" className="receipt-name">
            Column
          </th>
          <th scope="col" className="receipt-reason">
            Reason
          </th>
          <th scope="col">As it stands</th>
        </tr>
      </thead>
      <tbody>
        {rejects.map((reject) => (
          <tr key={`${reject.byte} ${reject.column ?? ''}`}>
            <td className="receipt-figure">
              <Line line={reject.line} onLine={onLine} />
            </td>
            <td className="receipt-figure">{count(reject.byte)}</td>
            <td title={reject.column ?? undefined}>{reject.column ?? '–'}</td>
            <td className="selectable receipt-wrap">{reject.reason}</td>
            <td className="mono selectable" title={reject.text}>
              {visible(reject.text)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Mends({ mends, onLine }: Lined<'mends', Mend>) {
  return (
    <table className="receipt-table">
      <thead>
        <tr>
          <th scope="col" className="receipt-figure">
            Line
          </th>
          <th scope="col" className="receipt-figure">
            Byte
          </th>
          <th scope="col" className="receipt-reason">
            What was done
          </th>
          <th scope="col">As it stands → as it is read</th>
        </tr>
      </thead>
      <tbody>
        {mends.map((mend) => (
          <tr key={mend.byte}>
            <td className="receipt-figure">
              <Line line={mend.line} onLine={onLine} />
            </td>
            <td className="receipt-figure">{count(mend.byte)}</td>
            <td className="selectable receipt-wrap">{mend.reason}</td>
            <td className="mono selectable receipt-mend">
              <div title={mend.text}>{visible(mend.text)}</div>
              <div>
                <span aria-hidden="true">→ </span>
                {mend.cells.map((cell, i) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a cell is where it is.
                  <span key={i} className="receipt-cell">
                    {cell === '' ? '·' : visible(cell)}
                  </span>
                ))}
              </div>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Skips({ skips, onLine }: Lined<'skips', Skip>) {
  return (
    <table className="receipt-table">
      <thead>
        <tr>
          <th scope="col" className="receipt-figure">
            Line
          </th>
          <th scope="col" className="receipt-figure">
            Byte
          </th>
          <th scope="col" className="receipt-figure">
            Lines
          </th>
          <th scope="col" className="receipt-reason">
            Reason
          </th>
          <th scope="col">The first of them</th>
        </tr>
      </thead>
      <tbody>
        {skips.map((skip) => (
          <tr key={skip.byte}>
            <td className="receipt-figure">
              <Line line={skip.line} onLine={onLine} />
            </td>
            <td className="receipt-figure">{count(skip.byte)}</td>
            <td className="receipt-figure">{count(skip.lines)}</td>
            <td className="selectable receipt-wrap">{skip.reason}</td>
            <td className="mono selectable" title={skip.text}>
              {visible(skip.text)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Misfits({
  misfits,
  onColumn,
}: {
  misfits: readonly Misfit[];
  onColumn: ((column: string) => void) | undefined;
}) {
  return (
    <table className="receipt-table">
      <thead>
        <tr>
          <th scope="col" className="receipt-name">
            Column
          </th>
          <th scope="col" className="receipt-figure">
            Values
          </th>
          <th scope="col">Value, null in the table</th>
        </tr>
      </thead>
      <tbody>
        {misfits.map((misfit) => (
          <tr key={`${misfit.column}\n${misfit.value}`}>
            <td title={misfit.column}>
              {onColumn === undefined ? (
                misfit.column
              ) : (
                <button type="button" className="ui-link" onClick={() => onColumn(misfit.column)}>
                  {misfit.column}
                </button>
              )}
            </td>
            <td className="receipt-figure">{count(misfit.count)}</td>
            <td className="mono selectable" title={misfit.value}>
              {visible(plainText(misfit.value))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
