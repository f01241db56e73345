/**
 * A list of rows of which only those on screen are drawn, one of them with a sheet open below it.
 */
import {
  type KeyboardEvent,
  type RefObject,
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { type Slice, sliceOf, topOf } from './column-list';

export const rowHeight = 28;

export interface RowList {
  /** The element that scrolls. */
  readonly frame: RefObject<HTMLDivElement | null>;
  readonly slice: Slice;
  /** Height of the sheet, in pixels. */
  readonly sheet: number;
  /** Where a row begins, in pixels. */
  topAt(index: number): number;
  onScroll(): void;
  /** Moves the focus by arrow and page keys from the row at `at`; answers where it went, null for other keys. */
  move(event: KeyboardEvent, at: number): number | null;
}

/**
 * Rows carry `data-at`, their place in the list, on what takes the focus.
 *
 * @param openAt Index of the open row; −1 if none is.
 * @param sheetOf Height of its sheet in a list of this width, both in pixels.
 */
export function useRowList(count: number, openAt: number, sheetOf: (width: number) => number): RowList {
  const frame = useRef<HTMLDivElement>(null);
  const [box, setBox] = useState({ top: 0, view: 600, width: 1200 });
  const [focusAt, setFocusAt] = useState<number | null>(null);
  const sheet = sheetOf(box.width);
  const slice = sliceOf(count, rowHeight, openAt, sheet, box.top, box.view);

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

  useEffect(() => {
    if (focusAt === null) return;
    frame.current?.querySelector<HTMLElement>(`[data-at="${focusAt}"]`)?.focus({ preventScroll: true });
    setFocusAt(null);
  }, [focusAt]);

  const place = useRef({ count, openAt, sheet });
  place.current = { count, openAt, sheet };
  return {
    frame,
    slice,
    sheet,
    topAt: (index) => topOf(index, rowHeight, openAt, sheet),
    onScroll: useCallback(() => {
      const top = frame.current?.scrollTop ?? 0;
      setBox((b) => (Math.abs(b.top - top) < 1 ? b : { ...b, top }));
    }, []),
    move: useCallback((event, at) => {
      const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 }[event.key];
      const here = frame.current;
      if (step === undefined || here === null || event.ctrlKey || event.metaKey || event.altKey) return null;
      event.preventDefault();
      const now = place.current;
      const to = Math.max(0, Math.min(now.count - 1, at + step));
      const top = topOf(to, rowHeight, now.openAt, now.sheet);
      if (top < here.scrollTop) here.scrollTop = top;
      else if (top + rowHeight > here.scrollTop + here.clientHeight)
        here.scrollTop = top + rowHeight - here.clientHeight;
      setBox((b) => ({ ...b, top: here.scrollTop }));
      setFocusAt(to);
      return to;
    }, []),
  };
}

/** Tells what is on screen once it has stayed there for a moment. */
export function useOnScreen(names: readonly string[], onVisible: (names: readonly string[]) => void): void {
  const tell = useRef(onVisible);
  tell.current = onVisible;
  const key = JSON.stringify(names);
  useEffect(() => {
    const timer = setTimeout(() => tell.current(JSON.parse(key) as string[]), 120);
    return () => clearTimeout(timer);
  }, [key]);
}
