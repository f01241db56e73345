import { type KeyboardEvent, useCallback, useRef } from 'react';
import type { Statistic } from '#core/profile/statistic';
import type { Entry } from './column-list';
import { ColumnSheet, sheetHeight } from './column-sheet';
import { ProfileRow } from './profile-row';
import { useOnScreen, useRowList } from './use-row-list';

/** Below this width the sheet stands in two rows. */
const narrow = 860;
const sheetIn = (width: number) => (width < narrow ? sheetHeight.narrow : sheetHeight.wide);

/**
 * The columns of a table, a row each, of which only those on screen are drawn. One can be open.
 *
 * @param onVisible Takes the columns on screen, so that they are profiled first.
 */
export function ProfileList({
  table,
  entries,
  shown,
  open,
  selected,
  onOpen,
  onSelect,
  onDraft,
  onVisible,
}: {
  table: string;
  entries: readonly Entry[];
  /** What stands in the place of the range; undefined is the range. */
  shown: Statistic | undefined;
  open: string | null;
  selected: string | null;
  onOpen: (column: string | null) => void;
  onSelect: (column: string) => void;
  onDraft: (kind: 'dimension' | 'measure', column: string) => void;
  onVisible: (columns: readonly string[]) => void;
}) {
  const openAt = open === null ? -1 : entries.findIndex((e) => e.column.name === open);
  const { frame, slice, sheet, topAt, onScroll, move } = useRowList(entries.length, openAt, sheetIn);
  useOnScreen(
    entries.slice(slice.first, slice.last).map((e) => e.column.name),
    onVisible,
  );

  const handlers = useRef({ onOpen, onSelect, onDraft, open });
  handlers.current = { onOpen, onSelect, onDraft, open };
  const toggle = useCallback((column: string) => {
    const { open: now, onOpen: put, onSelect: select } = handlers.current;
    select(column);
    put(now === column ? null : column);
  }, []);
  const now = useRef(entries);
  now.current = entries;
  const press = useCallback(
    (event: KeyboardEvent<HTMLButtonElement>, at: number, column: string) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const to = move(event, at);
      if (to !== null) {
        const next = now.current[to];
        if (next !== undefined) handlers.current.onSelect(next.column.name);
        return;
      }
      const key = event.key.toLowerCase();
      if (key !== 'd' && key !== 'm') return;
      event.preventDefault();
      handlers.current.onDraft(key === 'd' ? 'dimension' : 'measure', column);
    },
    [move],
  );

  return (
    <div className="profile-list">
      <div className="profile-row profile-row-head" aria-hidden="true">
        <span className="profile-open">Column</span>
        <span className="profile-type">Type</span>
        <span className="profile-shape">Shape</span>
        <span className="profile-distinct">Distinct</span>
        <span className="profile-nulls">Null %</span>
        {shown === undefined ? (
          <span className="profile-range">
            <span>Min</span>
            <span>…</span>
            <span>max</span>
          </span>
        ) : (
          <span className="profile-range profile-shown" title={shown.means}>
            {shown.title}
          </span>
        )}
        <span className="profile-row-alerts">Alerts</span>
        <span className="profile-role">Role</span>
      </div>
      <div ref={frame} className="profile-scroll" onScroll={onScroll}>
        <ul style={{ height: slice.height }} aria-label={`Columns of ${table}`}>
          {entries.slice(slice.first, slice.last).map((entry, i) => {
            const at = slice.first + i;
            const isOpen = at === openAt;
            return (
              <li key={entry.index} style={{ top: topAt(at) }}>
                <ProfileRow
                  table={table}
                  entry={entry}
                  shown={shown}
                  at={at}
                  open={isOpen}
                  selected={entry.column.name === selected}
                  onToggle={toggle}
                  onKey={press}
                />
                {isOpen ? <ColumnSheet table={table} entry={entry} height={sheet} /> : null}
              </li>
            );
          })}
        </ul>
        {entries.length === 0 ? <p className="profile-none">No column matches.</p> : null}
      </div>
    </div>
  );
}
