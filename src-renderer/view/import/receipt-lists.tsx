import type { ReactNode } from 'react';
import { type EntryKind, entryCount, valuesLost } from '#core/source/entries';
import type { Receipt } from '#core/source/receipt';
import { count } from '../ui/figure';
import { EntryPages } from './entry-pages';
import './receipt-lists.css';

export type ReceiptTab = 'line' | EntryKind;

/**
 * Everything of a file that is not in the table as it stands in the file: rejected, put right, skipped, and values that did
 * not fit. A click on an entry goes to its line, where there is a line to go to.
 */
export function ReceiptLists({
  receipt,
  table,
  lead,
  tab,
  onTab,
  action,
  onLine,
  reach,
  onColumn,
}: {
  receipt: Receipt;
  /** The open table whose receipt it is; null for that of a preview. */
  table: string | null;
  /** What stands on a tab before the others. */
  lead?: { readonly title: string; readonly content: ReactNode };
  tab: ReceiptTab;
  onTab: (tab: ReceiptTab) => void;
  action?: ReactNode;
  onLine?: (line: number) => void;
  /** The last line there is to go to; any unless given. */
  reach?: number;
  onColumn?: (column: string) => void;
}) {
  const { rejected, mended, skipped } = receipt;
  const tabs: readonly { tab: ReceiptTab; title: string; count: number | null }[] = [
    ...(lead === undefined ? [] : [{ tab: 'line' as const, title: lead.title, count: null }]),
    { tab: 'rejected', title: 'Rejected', count: rejected },
    { tab: 'mended', title: 'Put right', count: mended },
    { tab: 'skipped', title: 'Skipped', count: Math.max(skipped, entryCount(receipt, 'skipped')) },
    { tab: 'misfit', title: 'Did not fit', count: valuesLost(receipt) },
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
        ) : (
          <EntryPages
            key={`${table ?? ''} ${tab}`}
            receipt={receipt}
            table={table}
            kind={tab}
            links={{ onLine, reach, onColumn }}
          />
        )}
      </div>
    </section>
  );
}
