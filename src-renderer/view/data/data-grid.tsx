import {
  CellApiModule,
  type CellClassParams,
  type CellContextMenuEvent,
  type CellFocusedEvent,
  CellStyleModule,
  type ColDef,
  ColumnApiModule,
  EventApiModule,
  type GridApi,
  InfiniteRowModelModule,
  RenderApiModule,
  RowApiModule,
  ScrollApiModule,
  themeQuartz,
} from 'ag-grid-community';
import { AgGridReact } from 'ag-grid-react';
import { type Ref, useEffect, useImperativeHandle, useMemo, useRef, useState } from 'react';
import type { Filter } from '#contract';
import { type Problem, remedy, words } from '#core/problem';
import type { ColumnProfile } from '#core/profile/profile';
import type { Cell, Column, Table } from '#core/table';
import type { Client } from '../../store/hooks';
import { Button } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { namesThings } from '../ui/figure';
import { cellText, firstWidth, isOutlier, paddingOf } from './cell-text';
import { ColumnHeader, type HeaderParams, headerHeight } from './column-header';
import { columnId, type GridRow, indexOf, type RowSource, rowSource } from './row-source';

const modules = [
  InfiniteRowModelModule,
  CellApiModule,
  CellStyleModule,
  ColumnApiModule,
  EventApiModule,
  RenderApiModule,
  RowApiModule,
  ScrollApiModule,
];

const gridTheme = themeQuartz.withParams({
  accentColor: 'var(--accent)',
  backgroundColor: 'var(--surface-1)',
  foregroundColor: 'var(--ink-1)',
  cellTextColor: 'var(--ink-1)',
  borderColor: 'var(--line)',
  headerBackgroundColor: 'var(--surface-0)',
  headerTextColor: 'var(--ink-1)',
  oddRowBackgroundColor: 'var(--surface-1)',
  rowHoverColor: 'var(--surface-2)',
  columnBorder: { style: 'solid', width: 1, color: 'var(--line)' },
  headerColumnBorder: { style: 'solid', width: 1, color: 'var(--line)' },
  headerRowBorder: { style: 'solid', width: 1, color: 'var(--line-strong)' },
  headerColumnResizeHandleColor: 'transparent',
  wrapperBorder: false,
  wrapperBorderRadius: 0,
  fontFamily: 'var(--font-ui)',
  cellFontFamily: 'var(--font-mono)',
  fontSize: 12,
  headerFontSize: 12,
  headerFontWeight: 500,
  cellHorizontalPadding: 8,
  spacing: 4,
  rowHeight: 24,
});

/** Rows that are asked for together. */
const blockRows = 200;

/** What a user can do with a value under the pointer or the focus. */
export interface ValueGesture {
  readonly column: Column;
  readonly value: Cell;
  /** All values of the row; null if they cannot be had. */
  row(): Promise<readonly Cell[] | null>;
  readonly x: number;
  readonly y: number;
}

export interface GridHandle {
  /** Scrolls a column into view and puts the focus on it if `focus`. */
  show(column: string, focus: boolean): void;
  /** The statement for all rows as they are shown; null if it cannot be had. */
  sql(): Promise<string | null>;
}

interface Kept {
  readonly columns: ReturnType<GridApi['getColumnState']>;
  readonly top: number;
}
/** How the user left the grid of a reading, for when it comes back. */
const kept = new WeakMap<Table, Kept>();

export interface DataGridProps {
  readonly table: Table;
  readonly filters: readonly Filter[];
  readonly profileOf: (column: string) => ColumnProfile | undefined;
  /** Calls back whenever a profile of the table has come; answers how to stop it. */
  readonly onProfiles: (listener: () => void) => () => void;
  readonly headerProfile: 'off' | 'compact' | 'full';
  readonly selected: string | null;
  readonly client: Client;
  readonly handle: Ref<GridHandle>;
  /** The rows under these filters were counted. */
  onTotal(total: number, under: readonly Filter[]): void;
  onSelect(column: string): void;
  onMenu(gesture: ValueGesture): void;
  /** D, M or F on a cell or header of the column. */
  onKey(key: 'd' | 'm' | 'f', column: string, at: HTMLElement): void;
  onVisible(columns: readonly string[]): void;
  onReset(): void;
}

/** The rows of a table, as many and as wide as they are, with the profile of each column in its header. */
export function DataGrid(props: DataGridProps) {
  const { table, filters, client, headerProfile, selected } = props;
  const [api, setApi] = useState<GridApi<GridRow> | null>(null);
  const [trouble, setTrouble] = useState<Problem | null>(null);
  const [total, setTotal] = useState<number | null>(null);
  const latest = useRef(props);
  latest.current = props;
  const padding = useRef(new Map<number, number>());
  const redraw = useRef(() => {});

  const names = useMemo(() => table.columns.map((c) => c.name), [table]);
  const source = useMemo(
    () =>
      rowSource({
        client,
        table: table.name,
        columns: names,
        filters,
        onTotal(rows) {
          setTrouble(null);
          setTotal(rows);
          latest.current.onTotal(rows, filters);
        },
        onMore: () => redraw.current(),
        onProblem: setTrouble,
      }),
    [client, table.name, names, filters],
  );
  const current = useRef(source);
  current.current = source;
  redraw.current = () => api?.refreshCells({ force: true, suppressFlash: true });
  const columns = useMemo(() => columnsOf(table, latest, current, padding.current), [table]);

  useImperativeHandle(
    props.handle,
    () => ({
      show(column, focus) {
        const index = names.indexOf(column);
        if (api === null || index === -1) return;
        api.ensureColumnVisible(columnId(index), 'auto');
        if (focus) api.setFocusedCell(api.getFirstDisplayedRowIndex(), columnId(index));
      },
      sql: () => source.sql(),
    }),
    [api, names, source],
  );

  // Cells know outliers and grouping only once the profile is there, and the selected column from its class.
  const { onProfiles } = props;
  useEffect(() => {
    if (api === null) return;
    let timer: ReturnType<typeof setTimeout> | null = null;
    const soon = () => {
      timer ??= setTimeout(() => {
        timer = null;
        if (!api.isDestroyed()) api.refreshCells({ force: true, suppressFlash: true });
      }, 400);
    };
    soon();
    const stop = onProfiles(soon);
    return () => {
      stop();
      if (timer !== null) clearTimeout(timer);
    };
  }, [api, onProfiles]);
  const before = useRef<string | null>(null);
  useEffect(() => {
    if (api === null || before.current === selected) return;
    const touched = [before.current, selected].flatMap((name) => {
      const index = name === null ? -1 : names.indexOf(name);
      return index === -1 ? [] : [columnId(index)];
    });
    before.current = selected;
    if (touched.length > 0) api.refreshCells({ columns: touched, force: true, suppressFlash: true });
    api.refreshHeader();
  }, [api, selected, names]);

  const visible = useVisible(api, names, (shown) => latest.current.onVisible(shown));

  return (
    <div className="data-grid">
      <AgGridReact<GridRow>
        modules={modules}
        theme={gridTheme}
        rowModelType="infinite"
        datasource={source}
        cacheBlockSize={blockRows}
        maxBlocksInCache={20}
        maxConcurrentDatasourceRequests={2}
        blockLoadDebounceMillis={30}
        infiniteInitialRowCount={Math.max(1, Math.min(table.rows, 100))}
        columnDefs={columns}
        headerHeight={headerHeight[headerProfile]}
        rowHeight={24}
        suppressMovableColumns
        suppressDragLeaveHidesColumns
        suppressColumnMoveAnimation
        animateRows={false}
        suppressNoRowsOverlay
        preventDefaultOnContextMenu
        enableCellTextSelection={false}
        multiSortKey="ctrl"
        onGridReady={({ api: ready }) => {
          setApi(ready);
          const left = kept.get(table);
          if (left === undefined) return;
          ready.applyColumnState({ state: left.columns });
          if (left.top > 0) ready.ensureIndexVisible(Math.floor(left.top / 24), 'top');
        }}
        onGridPreDestroyed={({ api: leaving }) => {
          kept.set(table, { columns: leaving.getColumnState(), top: leaving.getVerticalPixelRange().top });
        }}
        onBodyScroll={visible}
        onGridSizeChanged={visible}
        onColumnHeaderClicked={({ column }) => {
          const name = 'getColId' in column ? names[indexOf(column.getColId())] : undefined;
          if (name !== undefined) latest.current.onSelect(name);
        }}
        onCellFocused={(event: CellFocusedEvent<GridRow>) => {
          const id = typeof event.column === 'object' && event.column !== null ? event.column.getColId() : '';
          const name = names[indexOf(id)];
          if (name !== undefined) latest.current.onSelect(name);
        }}
        onCellContextMenu={(event) => {
          if (!('column' in event)) return;
          const gesture = gestureOf(event as CellContextMenuEvent<GridRow>, table, source);
          if (gesture !== null) latest.current.onMenu(gesture);
        }}
      />
      {trouble === null ? null : (
        <div className="data-trouble" role="alert">
          <p>
            <b>{words(trouble)}.</b> {remedy(trouble)}
          </p>
          <Button
            onClick={() => {
              setTrouble(null);
              api?.refreshInfiniteCache();
            }}
          >
            Try again
          </Button>
        </div>
      )}
      {total === 0 && trouble === null ? (
        <div className="data-no-rows">
          {table.rows === 0 ? (
            <EmptyState title={`${table.name} has no rows`}>
              Its columns can be drafted; values and profiles come with the first row.
            </EmptyState>
          ) : (
            <EmptyState
              title="No row meets the filters"
              action={<Button onClick={() => latest.current.onReset()}>Reset the filters</Button>}
            />
          )}
        </div>
      ) : null}
    </div>
  );
}

/** Tells which columns are on screen, a moment after they stopped changing. */
function useVisible(
  api: GridApi<GridRow> | null,
  names: readonly string[],
  onVisible: (columns: readonly string[]) => void,
): () => void {
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const tell = useRef(onVisible);
  tell.current = onVisible;
  const look = () => {
    if (timer.current !== null) clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      if (api === null || api.isDestroyed()) return;
      const shown = api.getAllDisplayedVirtualColumns().flatMap((c) => names[indexOf(c.getColId())] ?? []);
      tell.current(shown);
    }, 120);
  };
  useEffect(() => {
    if (api === null) return;
    const shown = api.getAllDisplayedVirtualColumns().flatMap((c) => names[indexOf(c.getColId())] ?? []);
    tell.current(shown);
    return () => {
      if (timer.current !== null) clearTimeout(timer.current);
    };
  }, [api, names]);
  return look;
}

function gestureOf(
  event: CellContextMenuEvent<GridRow>,
  table: Table,
  source: RowSource,
): ValueGesture | null {
  const column = table.columns[indexOf(event.column.getColId())];
  const { data } = event;
  if (column === undefined || data === undefined) return null;
  const pointer = event.event instanceof MouseEvent ? event.event : null;
  return {
    column,
    value: (event.value ?? null) as Cell,
    row: () => source.row(data),
    x: pointer?.clientX ?? 0,
    y: pointer?.clientY ?? 0,
  };
}

type Latest = { readonly current: DataGridProps };
type Source = { readonly current: RowSource };

function columnsOf(
  table: Table,
  latest: Latest,
  source: Source,
  padding: Map<number, number>,
): ColDef<GridRow, Cell>[] {
  const digits = String(table.rows).length;
  const rowNumber: ColDef<GridRow, Cell> = {
    colId: 'row',
    headerName: '#',
    headerClass: 'data-number-header',
    pinned: 'left',
    lockPinned: true,
    width: 22 + 7 * Math.max(2, digits),
    resizable: false,
    sortable: false,
    suppressNavigable: true,
    cellClass: 'data-row-number',
    valueGetter: (p) => (p.node?.rowIndex ?? 0) + 1,
  };
  return [
    rowNumber,
    ...table.columns.map((column, index) => columnDef(table, column, index, latest, source, padding)),
  ];
}

function columnDef(
  table: Table,
  column: Column,
  index: number,
  latest: Latest,
  source: Source,
  paddings: Map<number, number>,
): ColDef<GridRow, Cell> {
  const headerComponentParams: HeaderParams = { table: table.name, columnOf: column };
  const right = column.kind === 'number';
  const padding = (row: GridRow) => {
    const known = paddings.get(index);
    if (known !== undefined) return known;
    const seen = source.current.look(row, index);
    const found = paddingOf(column, seen);
    if (seen.length > 0) paddings.set(index, found);
    return found;
  };
  const profile = () => latest.current.profileOf(column.name);
  // Identifiers and codes are numbers without size: no thousands are parted, and none lies far out.
  const isMeasure = () => {
    const known = profile();
    return right && known !== undefined && !namesThings(known);
  };
  const onKey = (event: KeyboardEvent): boolean => {
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    const key = event.key.toLowerCase();
    if (key !== 'd' && key !== 'm' && key !== 'f') return false;
    event.preventDefault();
    if (event.target instanceof HTMLElement) latest.current.onKey(key, column.name, event.target);
    return true;
  };
  return {
    colId: columnId(index),
    headerName: column.name,
    headerComponent: ColumnHeader,
    headerComponentParams,
    headerClass: () => (latest.current.selected === column.name ? 'data-selected-header' : ''),
    width: firstWidth(column),
    minWidth: 64,
    sortable: true,
    sortingOrder: ['asc', 'desc', null],
    valueGetter: (p) => (p.data === undefined ? undefined : source.current.value(p.data, index)),
    valueFormatter: (p) =>
      p.data === undefined || p.value === undefined
        ? ''
        : cellText(column, p.value, padding(p.data), isMeasure()),
    cellClass: (p: CellClassParams<GridRow, Cell>) => {
      const classes = right ? ['data-right'] : [];
      if (latest.current.selected === column.name) classes.push('data-selected');
      if (p.data === undefined || p.value === undefined) return classes;
      if (p.value === null) classes.push('data-null');
      else if (column.kind === 'text' && String(p.value).trim() === '') classes.push('data-null');
      else if (isMeasure() && isOutlier(profile(), p.value)) classes.push('data-outlier');
      return classes;
    },
    suppressKeyboardEvent: ({ event }) => onKey(event),
    suppressHeaderKeyboardEvent: ({ event }) => onKey(event),
  };
}
