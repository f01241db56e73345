import { type KeyboardEvent, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Statistic } from '#core/profile/statistic';
import { type Entry, sliceOf, topOf } from './column-list';
import { ColumnSheet, sheetHeight } from './column-sheet';
import { ProfileRow } from './profile-row';

const rowHeight = 28;
/** Below this width the sheet stands in two rows. */
const narrow = 860;

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
  const frame = useRef<HTMLDivElement>(null);
  const [box, setBox] = useState({ top: 0, view: 600, width: 1200 });
  const [focusAt, setFocusAt] = useState<number | null>(null);
  const sheet = box.width < narrow ? sheetHeight.narrow : sheetHeight.wide;
  const openAt = open === null ? -1 : entries.findIndex((e) => e.column.name === open);
  const slice = sliceOf(entries.length, rowHeight, openAt, sheet, box.top, box.view);

  useLayoutEffect(() => {
    const here = frame.current;
    if (here === null) return;
    const look = () => setBox((b) => ({ top: b.top, view: here.clientHeight, width: here.clientWidth }));
    look();
    const observer = new ResizeObserver(look);
    observer.observe(here);
    return () => observer.disconnect();
  }, []);

  // The sheet comes into view with its row when it opens.
  useLayoutEffect(() => {
    const here = frame.current;
    if (here === null || openAt === -1) return;
    const top = topOf(openAt, rowHeight, openAt, sheet);
    const bottom = top + rowHeight + sheet;
    if (bottom > here.scrollTop + here.clientHeight) {
      here.scrollTop = Math.min(top, bottom - here.clientHeight);
    } else if (top < here.scrollTop) here.scrollTop = top;
  }, [openAt, sheet]);

  const visible = entries.slice(slice.first, slice.last).map((e) => e.column.name);
  const tell = useRef(onVisible);
  tell.current = onVisible;
  const onScreen = JSON.stringify(visible);
  useEffect(() => {
    const timer = setTimeout(() => tell.current(JSON.parse(onScreen) as string[]), 120);
    return () => clearTimeout(timer);
  }, [onScreen]);

  useEffect(() => {
    if (focusAt === null) return;
    frame.current?.querySelector<HTMLElement>(`[data-at="${focusAt}"]`)?.focus({ preventScroll: true });
    setFocusAt(null);
  }, [focusAt]);

  const handlers = useRef({ onOpen, onSelect, onDraft, open });
  handlers.current = { onOpen, onSelect, onDraft, open };
  const toggle = useCallback((column: string) => {
    const { open: now, onOpen: put, onSelect: select } = handlers.current;
    select(column);
    put(now === column ? null : column);
  }, []);
  const place = useRef({ entries, openAt, sheet });
  place.current = { entries, openAt, sheet };
  const press = useCallback((event: KeyboardEvent<HTMLButtonElement>, at: number, column: string) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { entries: all, openAt: opened, sheet: tall } = place.current;
    const move = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 }[event.key];
    if (move !== undefined) {
      event.preventDefault();
      const to = Math.max(0, Math.min(all.length - 1, at + move));
      const next = all[to];
      const here = frame.current;
      if (next === undefined || here === null) return;
      const top = topOf(to, rowHeight, opened, tall);
      if (top < here.scrollTop) here.scrollTop = top;
      else if (top + rowHeight > here.scrollTop + here.clientHeight) {
        here.scrollTop = top + rowHeight - here.clientHeight;
      }
      setBox((b) => ({ ...b, top: here.scrollTop }));
      setFocusAt(to);
      handlers.current.onSelect(next.column.name);
      return;
    }
    const key = event.key.toLowerCase();
    if (key !== 'd' && key !== 'm') return;
    event.preventDefault();
    handlers.current.onDraft(key === 'd' ? 'dimension' : 'measure', column);
  }, []);

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
      <div
        ref={frame}
        className="profile-scroll"
        onScroll={(event) => {
          const top = event.currentTarget.scrollTop;
          setBox((b) => (Math.abs(b.top - top) < 1 ? b : { ...b, top }));
        }}
      >
        <ul style={{ height: slice.height }} aria-label={`Columns of ${table}`}>
          {entries.slice(slice.first, slice.last).map((entry, i) => {
            const at = slice.first + i;
            const isOpen = at === openAt;
            return (
              <li key={entry.index} style={{ top: topOf(at, rowHeight, openAt, sheet) }}>
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
