import { Plus } from 'lucide-react';
import { type KeyboardEvent, type MouseEvent, useEffect, useMemo, useRef, useState } from 'react';
import { isOneOfSeveral, leavesChoice, sourceWords } from '#core/source/part';
import type { Table } from '#core/table';
import { runCommand } from '../../store/commands';
import { useAssay, useAssayStore, useBridge, useShallow } from '../../store/hooks';
import { IconButton } from '../ui/button';
import { count, counted } from '../ui/figure';
import { QueryIcon } from '../ui/icon';
import { Menu, type MenuEntry, type Point } from '../ui/popover';
import { SearchField } from '../ui/search-field';
import { useFailures } from './failures';
import { Members } from './members';
import { useKeysOf } from './title-bar';
import { Failures } from './tree-failures';
import { ColumnRow, columnDrag, TableRow, useSlowly } from './tree-row';
import { rowHeight, rowsInSight, type TreeRow, treeRows } from './tree-rows';
import './tree.css';

/** The open tables with their columns, and below them what was drafted. */
export function Tree() {
  const store = useAssayStore();
  const bridge = useBridge();
  const keys = useKeysOf();
  const tables = useAssay(useShallow((s) => s.order.flatMap((name) => s.tables[name] ?? [])));
  const reading = useAssay((s) => s.reading);
  const failures = useFailures();
  const [filter, setFilter] = useState('');
  const columns = tables.reduce((sum, table) => sum + table.columns.length, 0);
  const fresh = useSlowly(reading.length > 0)
    ? reading.filter((what) => !tables.some((table) => table.name === what || table.source.path === what))
    : [];
  return (
    <section className="tree" aria-label="Sources">
      <header className="tree-head">
        <h2>Sources</h2>
        <span className="tree-head-actions">
          <IconButton
            label={`New table from a query (${keys('derive')})`}
            disabled={tables.length === 0}
            onClick={() => runCommand('derive', store, bridge)}
          >
            <QueryIcon />
          </IconButton>
          <IconButton
            label={`Open files (${keys('open-files')})`}
            onClick={() => runCommand('open-files', store, bridge)}
          >
            <Plus size={15} strokeWidth={1.75} aria-hidden="true" />
          </IconButton>
        </span>
      </header>
      <div className="tree-filter">
        <FilterField value={filter} onChange={setFilter} columns={columns} />
      </div>
      <div className="tree-legend" aria-hidden="true">
        <span>Name</span>
        <span>Shape</span>
        <span>Null %</span>
      </div>
      <TreeList tables={tables} filter={filter} />
      {fresh.length === 0 ? null : (
        <p className="tree-reading" role="status">
          Reading {fresh.map((what) => what.split(/[\\/]/).at(-1)).join(', ')}…
        </p>
      )}
      {failures.length === 0 ? null : <Failures compact failures={failures} />}
      <Members />
    </section>
  );
}

function FilterField({
  value,
  onChange,
  columns,
}: {
  value: string;
  onChange: (value: string) => void;
  columns: number;
}) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (input.current !== null) input.current.id = 'tree-filter';
  }, []);
  return (
    <SearchField
      label={`Filter ${counted(columns, 'column')}`}
      value={value}
      onChange={onChange}
      shortcut="/"
      inputRef={input}
      onKeyDown={(event) => {
        if (event.key !== 'ArrowDown' && event.key !== 'Enter') return;
        event.preventDefault();
        document.getElementById('tree-list')?.focus();
      }}
    />
  );
}

interface MenuAt {
  readonly at: Point;
  readonly row: TreeRow;
}

function TreeList({ tables, filter }: { tables: readonly Table[]; filter: string }) {
  const store = useAssayStore();
  const bridge = useBridge();
  const selection = useAssay((s) => s.selection);
  const reading = useAssay((s) => s.reading.length > 0);
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const [sight, setSight] = useState({ top: 0, height: 600 });
  const [menu, setMenu] = useState<MenuAt | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => treeRows(tables, filter, folded), [tables, filter, folded]);
  const { from, to } = rowsInSight(sight.top, sight.height, rows.length);

  const selected =
    selection.kind === 'table'
      ? `t:${selection.table}`
      : selection.kind === 'column'
        ? `c:${selection.table}\n${selection.column}`
        : null;
  const active = rows.findIndex((row) => row.id === selected);

  useEffect(() => {
    const element = list.current;
    if (element === null) return;
    const watch = new ResizeObserver(() => setSight((now) => ({ ...now, height: element.clientHeight })));
    watch.observe(element);
    return () => watch.disconnect();
  }, []);

  useEffect(() => {
    const element = list.current;
    if (element === null || active < 0) return;
    const top = active * rowHeight;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + rowHeight > element.scrollTop + element.clientHeight) {
      element.scrollTop = top + rowHeight - element.clientHeight;
    }
  }, [active]);

  // Only what is in sight goes first; the rest is profiled after it.
  useEffect(() => {
    const timer = setTimeout(() => {
      const first = new Map<string, string[]>();
      for (const row of rows.slice(from, to)) {
        if (row.kind !== 'column') continue;
        first.set(row.table, [...(first.get(row.table) ?? []), row.column.name]);
      }
      for (const [table, columns] of first) store.getState().profile(table, columns);
    }, 150);
    return () => clearTimeout(timer);
  }, [rows, from, to, store]);

  const fold = (table: string, shut: boolean) =>
    setFolded((now) => {
      const next = new Set(now);
      if (shut) next.add(table);
      else next.delete(table);
      return next;
    });

  const choose = (row: TreeRow | undefined) => {
    if (row === undefined) return;
    if (row.kind === 'table') store.getState().showTable(row.table.name);
    else store.getState().select({ kind: 'column', table: row.table, column: row.column.name });
  };

  const press = (event: KeyboardEvent) => {
    const row = rows[active];
    const go = (index: number) => choose(rows[Math.max(0, Math.min(rows.length - 1, index))]);
    const page = Math.max(1, Math.floor(sight.height / rowHeight) - 1);
    switch (event.key) {
      case 'ArrowDown':
        go(active + 1);
        break;
      case 'ArrowUp':
        go(active < 0 ? rows.length - 1 : active - 1);
        break;
      case 'PageDown':
        go(active + page);
        break;
      case 'PageUp':
        go(active - page);
        break;
      case 'Home':
        go(0);
        break;
      case 'End':
        go(rows.length - 1);
        break;
      case 'ArrowRight':
        if (row?.kind === 'table') {
          if (row.open) go(active + 1);
          else fold(row.table.name, false);
        }
        break;
      case 'ArrowLeft':
        if (row?.kind === 'table') fold(row.table.name, true);
        else if (row !== undefined) go(rows.findIndex((other) => other.id === `t:${row.table}`));
        break;
      case 'Enter':
      case ' ':
        if (row?.kind === 'table') fold(row.table.name, row.open);
        else if (row !== undefined) store.getState().set('inspectorOpen', true);
        break;
      case 'ContextMenu':
        if (row !== undefined) openMenu(row);
        break;
      default:
        if (event.key === 'F10' && event.shiftKey && row !== undefined) openMenu(row);
        else return;
    }
    event.preventDefault();
  };

  const openMenu = (row: TreeRow, at?: Point) => {
    const box = document.getElementById(domId(rows.indexOf(row)))?.getBoundingClientRect();
    setMenu({ row, at: at ?? { x: (box?.left ?? 0) + 40, y: box?.bottom ?? 0 } });
  };

  return (
    <>
      <div
        ref={list}
        id="tree-list"
        className="tree-list"
        role="tree"
        aria-label="Tables and columns"
        tabIndex={0}
        aria-activedescendant={active >= from && active < to ? domId(active) : undefined}
        onKeyDown={press}
        onScroll={(event) => {
          const { scrollTop: top, clientHeight: height } = event.currentTarget;
          setSight({ top, height });
        }}
      >
        <div className="tree-space" role="presentation" style={{ height: rows.length * rowHeight }}>
          {rows.slice(from, to).map((row, i) => (
            <Row
              key={row.id}
              row={row}
              index={from + i}
              selected={row.id === selected}
              onChoose={() => {
                choose(row);
                list.current?.focus({ preventScroll: true });
              }}
              onFold={() => row.kind === 'table' && fold(row.table.name, row.open)}
              onMenu={(event) => {
                event.preventDefault();
                choose(row);
                openMenu(row, { x: event.clientX, y: event.clientY });
              }}
            />
          ))}
        </div>
        {rows.length === 0 && (filter !== '' || !reading) ? (
          <p className="tree-nothing">
            {filter === '' ? 'No table is open.' : `No column is named like “${filter}”.`}
          </p>
        ) : null}
      </div>
      {menu === null ? null : (
        <Menu
          at={menu.at}
          label={menu.row.kind === 'table' ? menu.row.table.name : menu.row.column.name}
          groups={entries(menu.row, store, bridge)}
          onClose={() => setMenu(null)}
        />
      )}
    </>
  );
}

const domId = (index: number) => `tree-row-${index}`;

function Row({
  row,
  index,
  selected,
  onChoose,
  onFold,
  onMenu,
}: {
  row: TreeRow;
  index: number;
  selected: boolean;
  onChoose: () => void;
  onFold: () => void;
  onMenu: (event: MouseEvent) => void;
}) {
  const table = row.kind === 'table';
  return (
    // The keys of a row are those of the tree, which has the focus.
    <div
      id={domId(index)}
      role="treeitem"
      tabIndex={-1}
      aria-level={table ? 1 : 2}
      aria-setsize={row.of}
      aria-posinset={row.at}
      aria-selected={selected}
      aria-expanded={table ? row.open : undefined}
      aria-label={
        table
          ? `${row.table.name}, ${counted(row.table.rows, 'row')}${fromWords(row.table)}`
          : `${row.column.name}, ${row.column.kind}`
      }
      className={table ? 'tree-row tree-row-table' : 'tree-row tree-row-column'}
      style={{ top: index * rowHeight }}
      draggable={!table}
      onDragStart={(event) => {
        if (row.kind !== 'column') return;
        event.dataTransfer.effectAllowed = 'copy';
        event.dataTransfer.setData(columnDrag, JSON.stringify({ table: row.table, column: row.column.name }));
        event.dataTransfer.setData('text/plain', row.column.name);
      }}
      onClick={(event) => {
        onChoose();
        if (table && (event.target as Element).closest('.tree-chevron')) onFold();
      }}
      onDoubleClick={onFold}
      onKeyDown={() => undefined}
      onContextMenu={onMenu}
    >
      {row.kind === 'table' ? (
        <TableRow table={row.table} open={row.open} />
      ) : (
        <ColumnRow table={row.table} column={row.column} />
      )}
    </div>
  );
}

/** Where a table is from, if its name and its file do not tell. */
function fromWords({ source }: Table): string {
  return isOneOfSeveral(source) || source.made !== undefined ? `, from ${sourceWords(source)}` : '';
}

function entries(
  row: TreeRow,
  store: ReturnType<typeof useAssayStore>,
  bridge: ReturnType<typeof useBridge>,
): readonly (readonly MenuEntry[])[] {
  const s = store.getState();
  if (row.kind === 'column') {
    const { table, column } = row;
    const of = s.tables[table];
    return [
      [
        { label: 'Draft a dimension', shortcut: 'D', run: () => s.draftDimension(table, column.name) },
        { label: 'Draft a measure', shortcut: 'M', run: () => s.draftMeasure(table, column.name) },
      ],
      ...(of !== undefined && leavesChoice(of.source)
        ? [
            [
              {
                label: 'Read this column otherwise…',
                shortcut: 'I',
                run: () => s.importTable(table, column.name),
              },
            ],
          ]
        : []),
      [{ label: 'Copy name', run: () => void navigator.clipboard.writeText(column.name) }],
    ];
  }
  const { name, source, rows } = row.table;
  if (source.made !== undefined) {
    return [
      [
        { label: `Receipt of ${count(rows)} rows…`, run: () => s.set('receiptOf', name) },
        { label: 'Edit the query…', run: () => s.draftQuery(name) },
        { label: 'Make it anew', run: () => void s.reload(name) },
      ],
      [{ label: 'Close', run: () => void s.closeTable(name) }],
    ];
  }
  const finder = bridge.platform === 'darwin' ? 'Show in Finder' : 'Show in folder';
  return [
    [
      { label: `Receipt of ${count(rows)} rows…`, run: () => s.set('receiptOf', name) },
      ...(leavesChoice(source)
        ? [{ label: 'Fix the reading…', shortcut: 'I', run: () => s.importTable(name) }]
        : []),
      { label: 'Reload from disk', run: () => void s.reload(name) },
      { label: finder, run: () => bridge.showItem(source.path) },
    ],
    [{ label: 'Close', run: () => void s.closeTable(name) }],
  ];
}
