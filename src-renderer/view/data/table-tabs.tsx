import type { KeyboardEvent, MouseEvent } from 'react';
import { isOneOfSeveral, partWords, sourceWords } from '#core/source/part';
import type { Table } from '#core/table';
import { count } from '../ui/figure';
import { CloseIcon, QueryIcon, TableIcon } from '../ui/icon';

/**
 * The open tables as tabs. Arrow keys move between them, Delete closes one.
 *
 * @param stale Tables whose file is no longer what was read.
 */
export function TableTabs({
  tables,
  shown,
  stale,
  onShow,
  onClose,
  onMenu,
}: {
  tables: readonly Table[];
  /** null if none of them is. */
  shown: string | null;
  stale: Readonly<Record<string, unknown>>;
  onShow: (table: string) => void;
  onClose: (table: string) => void;
  onMenu: (table: string, event: MouseEvent) => void;
}) {
  const move = (event: KeyboardEvent<HTMLElement>, at: number) => {
    const to =
      event.key === 'ArrowRight'
        ? (at + 1) % tables.length
        : event.key === 'ArrowLeft'
          ? (at - 1 + tables.length) % tables.length
          : null;
    const next = to === null ? undefined : tables[to];
    if (next !== undefined) {
      event.preventDefault();
      onShow(next.name);
      const bar = event.currentTarget.closest('[role="tablist"]');
      requestAnimationFrame(() => bar?.querySelector<HTMLElement>('[aria-selected="true"]')?.focus());
    }
    if (event.key === 'Delete') {
      const table = tables[at];
      if (table !== undefined) onClose(table.name);
    }
  };
  return (
    <div className="data-tabs">
      <div role="tablist" aria-label="Open tables" className="data-tablist">
        {tables.map((table, at) => {
          const on = table.name === shown;
          return (
            <span
              key={table.name}
              role="presentation"
              className={on ? 'data-tab-frame data-tab-on' : 'data-tab-frame'}
            >
              <button
                type="button"
                role="tab"
                aria-selected={on}
                aria-controls="data-panel"
                tabIndex={on || (shown === null && at === 0) ? 0 : -1}
                className="data-tab"
                title={`${table.source.made === undefined ? table.source.path : sourceWords(table.source)}${isOneOfSeveral(table.source) ? `\n${partWords(table.source.part)}` : ''}\n${count(table.rows)} rows · ${count(table.columns.length)} columns${stale[table.name] === undefined ? '' : '\nWhat it is read from has changed since'}`}
                onClick={() => onShow(table.name)}
                onAuxClick={(event) => {
                  if (event.button === 1) onClose(table.name);
                }}
                onContextMenu={(event) => {
                  event.preventDefault();
                  onMenu(table.name, event);
                }}
                onKeyDown={(event) => move(event, at)}
              >
                {table.source.made === undefined ? <TableIcon /> : <QueryIcon />}
                <span>{table.name}</span>
                {stale[table.name] === undefined ? null : (
                  <span className="data-stale" role="img" aria-label="changed since" />
                )}
              </button>
              {/* For the pointer; the keyboard has Delete. */}
              <button
                type="button"
                tabIndex={-1}
                aria-hidden="true"
                className="data-tab-close"
                title={`Close ${table.name} (Delete)`}
                onClick={() => onClose(table.name)}
              >
                <CloseIcon size={12} />
              </button>
            </span>
          );
        })}
      </div>
    </div>
  );
}
