import {
  type KeyboardEvent,
  type MouseEvent,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { Point } from '../ui/popover';
import { type Sort, sortedFirst } from './column-list';
import { StatisticsHead } from './statistics-head';
import { StatisticsLineRow } from './statistics-line';
import {
  type Laid,
  nextSort,
  onScreen,
  type StatisticsLine,
  type StatisticsRow,
  statisticsRow,
} from './statistics-list';

/** Width of the first column, which holds the names. */
const first = 208;
const over = 6;

/** A cell of the table: a line, −1 is the head; a statistic, −1 is the name. */
export interface At {
  readonly line: number;
  readonly of: number;
}

/**
 * The table of statistics: a line for each column, of which only the cells on screen are drawn; its head and the names of the
 * columns stay in sight. One stop of the Tab key; arrows move in it, Enter sorts in the head and opens a column below it,
 * Space selects, Shift with arrows selects several, Ctrl A all, Ctrl C copies.
 */
export function StatisticsGrid({
  label,
  lines,
  laid,
  sort,
  selected,
  at,
  onAt,
  onSort,
  onSelected,
  onCopy,
  onOpen,
  onMenu,
  onVisible,
}: {
  label: string;
  lines: readonly StatisticsLine[];
  laid: readonly Laid[];
  sort: Sort;
  /** Places of columns in the file. */
  selected: ReadonlySet<number>;
  at: At;
  onAt: (at: At) => void;
  onSort: (sort: Sort) => void;
  onSelected: (selected: ReadonlySet<number>) => void;
  onCopy: () => void;
  onOpen: (row: StatisticsRow) => void;
  onMenu: (point: Point) => void;
  /** Takes the columns on screen, so that they are profiled first. */
  onVisible: (columns: readonly string[]) => void;
}) {
  const frame = useRef<HTMLDivElement>(null);
  const id = useId();
  const [box, setBox] = useState({ top: 0, left: 0, height: 600, width: 1200 });
  const from = useRef<number | null>(null);
  const [follow, setFollow] = useState(false);

  useLayoutEffect(() => {
    const here = frame.current;
    if (here === null) return;
    const look = () => setBox((b) => ({ ...b, height: here.clientHeight, width: here.clientWidth }));
    look();
    const observer = new ResizeObserver(look);
    observer.observe(here);
    return () => observer.disconnect();
  }, []);

  // The cell that was moved to comes into view, beside the head and the names.
  useLayoutEffect(() => {
    const here = frame.current;
    if (!follow || here === null) return;
    setFollow(false);
    const cell = laid[at.of];
    if (cell !== undefined) {
      const room = here.clientWidth - first;
      if (cell.left < here.scrollLeft) here.scrollLeft = cell.left;
      else if (cell.left + cell.width > here.scrollLeft + room)
        here.scrollLeft = cell.left + cell.width - room;
    } else here.scrollLeft = 0;
    if (at.line < 0) return;
    const top = at.line * statisticsRow;
    const room = here.clientHeight - statisticsRow;
    if (top < here.scrollTop) here.scrollTop = top;
    else if (top + statisticsRow > here.scrollTop + room) here.scrollTop = top + statisticsRow - room;
  }, [follow, at, laid]);

  const start = Math.max(0, Math.floor(box.top / statisticsRow) - over);
  const end = Math.min(lines.length, Math.ceil((box.top + box.height) / statisticsRow) + over);
  const shown = lines.slice(start, end);
  const part = onScreen(laid, box.left, box.width - first);
  const cells = useMemo(
    () => ({
      laid: laid.slice(part.first, part.last),
      from: part.first,
      of: laid.length,
      first,
      room: box.width,
    }),
    [laid, part.first, part.last, box.width],
  );
  const last = laid.at(-1);
  const width = first + (last === undefined ? 0 : last.left + last.width);

  const tell = useRef(onVisible);
  tell.current = onVisible;
  const names = JSON.stringify(
    shown.flatMap((line) => (line.kind === 'column' ? [line.row.column.name] : [])),
  );
  useEffect(() => {
    const timer = setTimeout(() => tell.current(JSON.parse(names) as string[]), 120);
    return () => clearTimeout(timer);
  }, [names]);

  const columnAt = (line: number) => {
    const found = lines[line];
    return found?.kind === 'column' ? found.row : undefined;
  };
  const sortBy = (key: string) => onSort(nextSort(sort, sortedFirst(key)));
  const toggle = (row: StatisticsRow) => {
    const next = new Set(selected);
    if (!next.delete(row.index)) next.add(row.index);
    onSelected(next);
  };
  const reach = (line: number) => {
    const anchor = from.current ?? at.line;
    from.current = anchor;
    const [low, high] = [Math.min(anchor, line), Math.max(anchor, line)];
    onSelected(
      new Set(
        lines.slice(Math.max(0, low), high + 1).flatMap((l) => (l.kind === 'column' ? [l.row.index] : [])),
      ),
    );
  };
  const move = (to: At, several: boolean) => {
    const next = {
      line: Math.max(-1, Math.min(lines.length - 1, to.line)),
      of: Math.max(-1, Math.min(laid.length - 1, to.of)),
    };
    if (several) reach(next.line);
    else from.current = null;
    onAt(next);
    setFollow(true);
  };

  const press = (event: KeyboardEvent<HTMLDivElement>) => {
    const mod = event.ctrlKey || event.metaKey;
    const page = Math.max(1, Math.floor(box.height / statisticsRow) - 2);
    const steps: Readonly<Record<string, At>> = {
      ArrowDown: { line: at.line + 1, of: at.of },
      ArrowUp: { line: at.line - 1, of: at.of },
      PageDown: { line: at.line + page, of: at.of },
      PageUp: { line: Math.max(0, at.line - page), of: at.of },
      ArrowRight: { line: at.line, of: at.of + 1 },
      ArrowLeft: { line: at.line, of: at.of - 1 },
      Home: { line: mod ? 0 : at.line, of: -1 },
      End: { line: mod ? lines.length - 1 : at.line, of: mod ? at.of : laid.length - 1 },
    };
    const to = steps[event.key];
    const row = columnAt(at.line);
    if (event.altKey) return;
    if (to !== undefined) move(to, event.shiftKey && to.line !== at.line);
    else if (mod && event.key.toLowerCase() === 'a')
      onSelected(new Set(lines.flatMap((line) => (line.kind === 'column' ? [line.row.index] : []))));
    else if (mod && event.key.toLowerCase() === 'c') onCopy();
    else if (mod) return;
    else if (event.key === 'Escape' && selected.size > 0) onSelected(new Set());
    else if (at.line < 0 && (event.key === 'Enter' || event.key === ' '))
      sortBy(laid[at.of]?.statistic.key ?? 'name');
    else if (row !== undefined && event.key === ' ') toggle(row);
    else if (row !== undefined && event.key === 'Enter') onOpen(row);
    else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
      const cell = document.getElementById(`${id}-active`)?.getBoundingClientRect();
      onMenu({ x: cell?.left ?? 0, y: cell?.bottom ?? 0 });
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  /** The cell an event is about; null if it is about none. */
  const cellOf = (event: MouseEvent): At | null => {
    const cell = (event.target as Element).closest<HTMLElement>('[data-of]');
    const line = cell?.closest<HTMLElement>('[data-line]');
    return cell === null || !line ? null : { line: Number(line.dataset.line), of: Number(cell.dataset.of) };
  };
  const point = (event: MouseEvent) => {
    const to = cellOf(event);
    if (to === null || event.button !== 0) return;
    const row = columnAt(to.line);
    if (to.line < 0) sortBy(laid[to.of]?.statistic.key ?? 'name');
    else if (event.shiftKey) reach(to.line);
    else {
      from.current = null;
      if (row !== undefined && (event.ctrlKey || event.metaKey)) toggle(row);
      else if (row !== undefined) onSelected(new Set([row.index]));
    }
    onAt(to);
  };
  const askMenu = (event: MouseEvent) => {
    const to = cellOf(event);
    event.preventDefault();
    if (to === null || to.line < 0) return;
    const row = columnAt(to.line);
    onAt(to);
    if (row !== undefined && !selected.has(row.index)) onSelected(new Set([row.index]));
    onMenu({ x: event.clientX, y: event.clientY });
  };

  const isDrawn =
    (at.line === -1 || (at.line >= start && at.line < end)) &&
    (at.of === -1 || lines[at.line]?.kind === 'heading' || (at.of >= part.first && at.of < part.last));
  const activeId = `${id}-active`;

  return (
    <div
      ref={frame}
      className="statistics-scroll"
      onScroll={(event) => {
        const { scrollTop: top, scrollLeft: left } = event.currentTarget;
        setBox((b) => (Math.abs(b.top - top) < 1 && Math.abs(b.left - left) < 1 ? b : { ...b, top, left }));
      }}
    >
      <table
        className="statistics-grid"
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a grid whose rows and cells are those of a table
        role="grid"
        tabIndex={0}
        style={{ width }}
        aria-label={label}
        aria-rowcount={lines.length + 1}
        aria-colcount={laid.length + 1}
        aria-multiselectable="true"
        aria-activedescendant={isDrawn ? activeId : undefined}
        onKeyDown={press}
        onClick={point}
        onContextMenu={askMenu}
        onDoubleClick={(event) => {
          const row = columnAt(cellOf(event)?.line ?? -1);
          if (row !== undefined) onOpen(row);
        }}
      >
        <StatisticsHead
          cells={cells}
          sort={sort}
          active={at.line === -1 ? at.of : null}
          activeId={activeId}
        />
        <tbody style={{ height: lines.length * statisticsRow }}>
          {shown.map((line, i) => (
            <StatisticsLineRow
              key={line.kind === 'column' ? line.key : `heading ${line.title}`}
              line={line}
              at={start + i}
              cells={cells}
              selected={line.kind === 'column' && selected.has(line.row.index)}
              active={at.line === start + i ? at.of : null}
              activeId={activeId}
            />
          ))}
        </tbody>
      </table>
      {lines.length === 0 ? <p className="profile-none">No column matches.</p> : null}
    </div>
  );
}
