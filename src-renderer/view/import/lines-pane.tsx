import { Columns2, Rows2 } from 'lucide-react';
import {
  type KeyboardEvent,
  memo,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { Group, Panel, Separator } from 'react-resizable-panels';
import type { Dialect, LineRole, Preview, PreviewLine } from '#core/source/receipt';
import { kindOf } from '#core/table';
import { IconButton } from '../ui/button';
import { count } from '../ui/figure';
import { WarningIcon } from '../ui/icon';
import { KindIcon } from '../ui/kind-icon';
import {
  columnEdges,
  columnsInSight,
  type LineRow,
  lineHeight,
  lineRows,
  linesInSight,
  rolesIn,
  roleWords,
} from './line-rows';
import { piecesInSight, piecesOf, visible } from './raw-line';
import { readingKind } from './reading-words';

/** What is looked at: a line of the file, a column of the table, or a cell where both meet. */
export interface Look {
  readonly line: number | null;
  readonly column: string | null;
}

interface Sight {
  readonly top: number;
  readonly height: number;
  readonly left: number;
  readonly width: number;
}

/** Follows what of a scroller is in sight. */
function useSight(scroller: RefObject<HTMLElement | null>, layout: boolean): [Sight, () => void] {
  const [sight, setSight] = useState<Sight>({ top: 0, height: 400, left: 0, width: 600 });
  const look = () => {
    const element = scroller.current;
    if (element === null) return;
    const { scrollTop: top, clientHeight: height, scrollLeft: left, clientWidth: width } = element;
    setSight((was) =>
      was.top === top && was.height === height && was.left === left && was.width === width
        ? was
        : { top, height, left, width },
    );
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: another layout draws another element.
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    look();
    const watch = new ResizeObserver(look);
    watch.observe(element);
    return () => watch.disconnect();
  }, [layout]);
  return [sight, look];
}

const allRoles: readonly LineRole[] = [
  'header',
  'record',
  'mended',
  'rejected',
  'skipped',
  'footer',
  'comment',
  'blank',
];

/**
 * The file line by line: on the left as it stands, with delimiters and quotes marked, on the right as it is read. A line
 * has the same height on both sides, so that they scroll together.
 */
export function LinesPane({
  preview,
  dialect,
  look,
  raw: rawTitle,
  proposed,
  onLook,
}: {
  preview: Preview;
  /** By which the raw text is marked. */
  dialect: Dialect;
  look: Look;
  /** What the raw text is called; null if there is none, and then only cells are shown. */
  raw: string | null;
  /** Columns for which there is an open proposal. */
  proposed: ReadonlySet<string>;
  onLook: (look: Partial<Look>) => void;
}) {
  const [role, setRole] = useState<LineRole | null>(null);
  const [beside, setBeside] = useState(() => localStorage.getItem('import-beside') !== 'false');
  // Without raw text the names of the columns are no line of their own.
  const lines = useMemo(
    () => (rawTitle === null ? preview.lines.filter((line) => line.role !== 'header') : preview.lines),
    [preview.lines, rawTitle],
  );
  const roles = useMemo(() => rolesIn(lines), [lines]);
  // Only the first of many travel with a preview; the lists below hold them all.
  const inAll: Partial<Record<LineRole, number>> = {
    mended: preview.receipt.mended,
    rejected: preview.receipt.rejected,
  };
  const wanted = role !== null && roles.has(role) ? role : null;
  const rows = useMemo(() => lineRows(lines, wanted), [lines, wanted]);
  const edges = useMemo(() => columnEdges(preview), [preview]);
  const raw = useRef<HTMLDivElement>(null);
  const cells = useRef<HTMLDivElement>(null);
  const [rawSight, lookRaw] = useSight(raw, beside);
  const [cellSight, lookCells] = useSight(cells, beside);
  const at = rows.findIndex((row) => row.kind === 'line' && row.at.line === look.line);
  const columnAt = preview.columns.findIndex((column) => column.name === look.column);

  const together = (from: RefObject<HTMLElement | null>, to: RefObject<HTMLElement | null>) => {
    if (from.current !== null && to.current !== null && to.current.scrollTop !== from.current.scrollTop)
      to.current.scrollTop = from.current.scrollTop;
  };

  useEffect(() => {
    const element = raw.current ?? cells.current;
    if (element === null || at < 0) return;
    const lower = Math.min(element.clientHeight, cells.current?.clientHeight ?? element.clientHeight);
    const [top, space] = [at * lineHeight, lower - headHeight];
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + lineHeight > element.scrollTop + space) element.scrollTop = top + lineHeight - space;
  }, [at]);

  useEffect(() => {
    const element = cells.current;
    if (element === null || columnAt < 0) return;
    const [left, right] = [edges[columnAt] ?? 0, edges[columnAt + 1] ?? 0];
    if (left < element.scrollLeft) element.scrollLeft = left;
    else if (right > element.scrollLeft + element.clientWidth)
      element.scrollLeft = Math.min(left, right - element.clientWidth);
  }, [columnAt, edges]);

  const goTo = (index: number, step: number) => {
    let next = Math.max(0, Math.min(rows.length - 1, index));
    while (rows[next]?.kind === 'gap') next += step < 0 ? -1 : 1;
    const row = rows[next];
    if (row?.kind === 'line') onLook({ line: row.at.line });
  };
  const press = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor((rawSight.height - headHeight) / lineHeight) - 1);
    const down = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page }[event.key];
    const aside = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (down !== undefined) goTo(at < 0 ? 0 : at + down, down);
    else if (event.key === 'Home') goTo(0, 1);
    else if (event.key === 'End') goTo(rows.length - 1, -1);
    else if (aside !== undefined && event.currentTarget === cells.current) {
      const next = preview.columns[Math.max(0, Math.min(preview.columns.length - 1, columnAt + aside))];
      if (next !== undefined) onLook({ column: next.name });
    } else if (event.key === 'Escape' && look.column !== null) onLook({ column: null });
    else return;
    event.preventDefault();
  };

  const lost = useMemo(() => misfitsByColumn(preview), [preview]);
  const nulls = useMemo(() => new Set(dialect.nulls), [dialect.nulls]);
  const span = linesInSight(rawSight.top, rawSight.height, rows.length);
  const cellSpan = linesInSight(cellSight.top, cellSight.height, rows.length);
  const columns = columnsInSight(edges, cellSight.left, cellSight.left + cellSight.width);
  const width = edges.at(-1) ?? 0;
  const fromLetter = Math.max(0, Math.floor(rawSight.left / letter / stretch) - 1) * stretch;
  const toLetter = (Math.ceil((rawSight.left + rawSight.width) / letter / stretch) + 1) * stretch;

  return (
    <div className="import-lines">
      {rawTitle === null ? null : (
        <fieldset className="import-roles" aria-label="Lines by what became of them">
          <button type="button" aria-pressed={wanted === null} onClick={() => setRole(null)}>
            All lines
          </button>
          {allRoles
            .filter((one) => one !== 'record' && roles.has(one))
            .map((one) => (
              <button
                key={one}
                type="button"
                aria-pressed={wanted === one}
                data-role={one}
                onClick={() => setRole(wanted === one ? null : one)}
              >
                <span className="import-key" aria-hidden="true" />
                {roleWords[one]} <span className="mono">{count(roles.get(one) ?? 0)}</span>
                {(inAll[one] ?? 0) > (roles.get(one) ?? 0) ? (
                  <span className="import-quiet">
                    of <span className="mono">{count(inAll[one] ?? 0)}</span>
                  </span>
                ) : null}
              </button>
            ))}
          <IconButton
            label={beside ? 'Cells below the lines' : 'Cells beside the lines'}
            onClick={() => {
              setBeside(!beside);
              localStorage.setItem('import-beside', String(!beside));
            }}
          >
            {beside ? (
              <Rows2 size={14} strokeWidth={1.75} aria-hidden="true" />
            ) : (
              <Columns2 size={14} strokeWidth={1.75} aria-hidden="true" />
            )}
          </IconButton>
        </fieldset>
      )}
      <Group
        key={beside ? 'beside' : 'below'}
        id={beside ? 'import-sides' : 'import-sides-below'}
        orientation={beside ? 'horizontal' : 'vertical'}
        className="import-sides"
      >
        {rawTitle === null ? null : (
          <>
            <Panel id="import-raw" defaultSize={beside ? '46%' : '50%'} minSize={beside ? 180 : 88}>
              <div
                ref={raw}
                className="import-scroll"
                role="listbox"
                aria-label="Lines as they stand in the file"
                tabIndex={0}
                aria-activedescendant={at >= span.from && at < span.to ? rowId(at) : undefined}
                onKeyDown={press}
                onScroll={() => {
                  lookRaw();
                  together(raw, cells);
                }}
              >
                <div className="import-head" role="presentation">
                  <span className="import-number">Line</span>
                  <span>{rawTitle}</span>
                </div>
                <div
                  className="import-space import-space-raw"
                  role="presentation"
                  style={{ height: rows.length * lineHeight }}
                >
                  {rows.slice(span.from, span.to).map((row, i) => {
                    const index = span.from + i;
                    return row.kind === 'gap' ? (
                      <Gap key={`gap ${row.from}`} row={row} index={index} />
                    ) : (
                      <RawRow
                        key={row.at.line}
                        line={row.at}
                        index={index}
                        dialect={dialect}
                        selected={row.at.line === look.line}
                        column={columnAt}
                        from={fromLetter}
                        to={toLetter}
                        onLook={onLook}
                        names={preview.columns}
                      />
                    );
                  })}
                </div>
              </div>
            </Panel>
            <Separator
              className={beside ? 'frame-separator' : 'frame-separator frame-separator-flat'}
              aria-label={beside ? 'Width of the raw lines' : 'Height of the raw lines'}
            />
          </>
        )}
        <Panel id="import-cells" minSize={beside ? 180 : 88}>
          {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys move in the table it scrolls. */}
          <div
            ref={cells}
            className="import-scroll"
            // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and arrow keys move in it.
            tabIndex={0}
            onKeyDown={press}
            onScroll={() => {
              lookCells();
              together(cells, raw);
            }}
          >
            <table
              className="import-cells"
              aria-label="Cells as they are read"
              aria-rowcount={rows.length + 1}
              aria-colcount={preview.columns.length}
              style={{ width: Math.max(width, cellSight.width) }}
            >
              <thead className="import-head import-head-cells">
                <tr aria-rowindex={1}>
                  {preview.columns.slice(columns.from, columns.to).map((column, i) => {
                    const index = columns.from + i;
                    const better = proposed.has(column.name);
                    return (
                      <th
                        key={column.name}
                        scope="col"
                        aria-colindex={index + 1}
                        className="import-column"
                        data-on={index === columnAt ? true : undefined}
                        style={{ left: edges[index], width: (edges[index + 1] ?? 0) - (edges[index] ?? 0) }}
                      >
                        <button
                          type="button"
                          tabIndex={-1}
                          aria-pressed={index === columnAt}
                          title={`${column.name}\n${column.type}${better ? '\nCan be read better' : ''}`}
                          onClick={() => onLook({ column: index === columnAt ? null : column.name })}
                        >
                          <span className="import-column-name">
                            <KindIcon
                              kind={
                                column.reading === null ? kindOf(column.type) : readingKind(column.reading.as)
                              }
                            />
                            <span>{column.name === '' ? '(no name)' : visible(column.name)}</span>
                          </span>
                          <span className="import-column-type">
                            {better ? (
                              <span className="import-proposed">
                                <WarningIcon />
                              </span>
                            ) : null}
                            {column.type.toLowerCase()}
                            {column.reading === null ? '' : ' · told'}
                          </span>
                        </button>
                      </th>
                    );
                  })}
                </tr>
              </thead>
              <tbody className="import-space" style={{ height: rows.length * lineHeight }}>
                {rows.slice(cellSpan.from, cellSpan.to).map((row, i) => {
                  const index = cellSpan.from + i;
                  return row.kind === 'gap' ? null : (
                    <CellRow
                      key={row.at.line}
                      line={row.at}
                      index={index}
                      edges={edges}
                      from={columns.from}
                      to={columns.to}
                      names={preview.columns}
                      lost={lost}
                      nulls={nulls}
                      selected={row.at.line === look.line}
                      column={columnAt}
                      onLook={onLook}
                    />
                  );
                })}
              </tbody>
            </table>
          </div>
        </Panel>
      </Group>
    </div>
  );
}

const headHeight = 40;
/** A character of the raw text in pixels, and characters drawn at a time. */
const [letter, stretch] = [7.2, 60];
const rowId = (index: number) => `import-line-${index}`;

/** Values that did not fit, by column. */
function misfitsByColumn(preview: Preview): ReadonlyMap<string, ReadonlySet<string>> {
  const by = new Map<string, Set<string>>();
  for (const { column, value } of preview.receipt.misfits) {
    const held = by.get(column) ?? new Set<string>();
    held.add(value);
    by.set(column, held);
  }
  return by;
}

type Names = Preview['columns'];

function Gap({ row, index }: { row: LineRow & { kind: 'gap' }; index: number }) {
  const lines = row.to - row.from + 1;
  return (
    <div
      className="import-gap"
      role="option"
      tabIndex={-1}
      aria-selected="false"
      aria-disabled="true"
      style={{ top: index * lineHeight }}
    >
      {lines === 1 ? `line ${count(row.from)}` : `lines ${count(row.from)} to ${count(row.to)}`} not shown
    </div>
  );
}

/** Lines of these roles are marked as the reading parts them; the others are no records. */
const parted: ReadonlySet<LineRole> = new Set<LineRole>(['header', 'record', 'mended', 'rejected']);

const RawRow = memo(function RawRow({
  line,
  index,
  dialect,
  selected,
  column,
  from,
  to,
  names,
  onLook,
}: {
  line: PreviewLine;
  index: number;
  dialect: Dialect;
  selected: boolean;
  column: number;
  /** The characters in sight, as a half-open range. */
  from: number;
  to: number;
  names: Names;
  onLook: (look: Partial<Look>) => void;
}) {
  const all = useMemo(() => (parted.has(line.role) ? piecesOf(line.text, dialect) : null), [line, dialect]);
  const drawn = all === null ? null : piecesInSight(all, from, to);
  return (
    // The keys of a line are those of the list, which has the focus.
    <div
      id={rowId(index)}
      role="option"
      tabIndex={-1}
      aria-selected={selected}
      aria-label={`line ${line.line}, ${roleWords[line.role]}${line.reason === '' ? '' : `: ${line.reason}`}`}
      className="import-row"
      data-line={line.line}
      data-role={line.role}
      title={line.reason === '' ? undefined : line.reason}
      style={{ top: index * lineHeight }}
      onClick={(event) => {
        const cell = (event.target as HTMLElement).dataset.cell;
        const name = cell === undefined ? undefined : names[Number(cell)]?.name;
        onLook({ line: line.line, ...(name === undefined ? {} : { column: name }) });
      }}
      onKeyDown={() => undefined}
    >
      <span className="import-number">{count(line.line)}</span>
      <span className="import-role">{line.role === 'record' ? '' : roleWords[line.role]}</span>
      <span className="import-text">
        {drawn === null ? visible(line.text) : visible(drawn.before)}
        {drawn?.pieces.map((piece, i) => (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text, in their order.
            key={i}
            className={`import-${piece.kind}`}
            data-cell={piece.cell}
            data-on={piece.kind !== 'delimiter' && piece.cell === column ? true : undefined}
          >
            {piece.kind === 'delimiter'
              ? piece.text.replaceAll('\t', '⇥').replaceAll(' ', '·')
              : visible(piece.text)}
          </span>
        ))}
        {drawn === null ? null : visible(drawn.after)}
      </span>
    </div>
  );
});

const CellRow = memo(function CellRow({
  line,
  index,
  edges,
  from,
  to,
  names,
  lost,
  nulls,
  selected,
  column,
  onLook,
}: {
  line: PreviewLine;
  index: number;
  edges: readonly number[];
  from: number;
  to: number;
  names: Names;
  lost: ReadonlyMap<string, ReadonlySet<string>>;
  nulls: ReadonlySet<string>;
  selected: boolean;
  column: number;
  onLook: (look: Partial<Look>) => void;
}) {
  const read = line.role === 'record' || line.role === 'mended' || line.role === 'header';
  return (
    // The keys of a line are those of the table, which has the focus.
    <tr
      aria-rowindex={index + 2}
      data-selected={selected}
      className="import-row import-row-cells"
      data-line={line.line}
      data-role={line.role}
      style={{ top: index * lineHeight }}
      onClick={(event) => {
        const cell = (event.target as HTMLElement).closest<HTMLElement>('[data-cell]')?.dataset.cell;
        const name = cell === undefined ? undefined : names[Number(cell)]?.name;
        onLook({ line: line.line, ...(name === undefined ? {} : { column: name }) });
      }}
      onKeyDown={() => undefined}
    >
      {read ? (
        names.slice(from, to).map(({ name, type, reading }, i) => {
          const at = from + i;
          const value = line.cells[at];
          const missing = value === undefined || (line.role !== 'header' && nulls.has(value));
          const unfit = !missing && line.role !== 'header' && lost.get(name)?.has(value) === true;
          return (
            <td
              key={name}
              aria-colindex={at + 1}
              className="import-value"
              data-cell={at}
              data-on={at === column ? true : undefined}
              data-kind={reading === null ? kindOf(type) : readingKind(reading.as)}
              data-missing={missing ? true : undefined}
              data-unfit={unfit ? true : undefined}
              title={
                unfit
                  ? `${value} does not fit ${name} and is null`
                  : missing && value
                    ? `${value} is a null word: it is null`
                    : value
              }
              style={{ left: edges[at], width: (edges[at + 1] ?? 0) - (edges[at] ?? 0) }}
            >
              {value === undefined || (missing && value === '') ? 'null' : visible(value)}
            </td>
          );
        })
      ) : (
        <td colSpan={Math.max(1, names.length)} className="import-why-not">
          {roleWords[line.role]}
          {line.reason === '' ? '' : `: ${line.reason}`}
        </td>
      )}
    </tr>
  );
});
