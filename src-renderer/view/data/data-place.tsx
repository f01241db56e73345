/**
 * Data: the rows of the open tables, with filters, order and the profile of each column above it.
 */
import { useCallback, useRef, useState } from 'react';
import type { Filter } from '#contract';
import type { Cell, Table } from '#core/table';
import { isQueryChanged, queryDraftOf } from '../../store/derive';
import { useAssay, useAssayStore, useBridge, useClient, useShallow } from '../../store/hooks';
import { designTableOf, profileOf } from '../../store/select';
import { Button } from '../ui/button';
import { copyText, tsv } from '../ui/copy';
import { EmptyState } from '../ui/empty-state';
import { plainText } from '../ui/figure';
import { QueryIcon } from '../ui/icon';
import { Menu, type MenuEntry, type Point } from '../ui/popover';
import { Segmented } from '../ui/segmented';
import { ColumnSearch } from './column-search';
import { DataGrid, type GridHandle, type ValueGesture } from './data-grid';
import { FilterBar } from './filter-bar';
import { FilterForm } from './filter-form';
import { QueryPane } from './query-pane';
import { TableTabs } from './table-tabs';
import './data.css';

const noFilters: readonly Filter[] = [];

export function DataPlace() {
  const bridge = useBridge();
  const store = useAssayStore();
  const order = useAssay((s) => s.order);
  const tables = useAssay((s) => s.tables);
  const stale = useAssay((s) => s.stale);
  const front = useAssay((s) => s.table);
  const headerProfile = useAssay((s) => s.headerProfile);
  const draft = useAssay(queryDraftOf);
  // A query that says what the table was made by is nothing to come back to.
  const drafts = useAssay(
    useShallow((s) =>
      Object.entries(s.queryDrafts)
        .filter(([key, one]) => key === s.queryFront || isQueryChanged(s, one))
        .map(([key]) => key),
    ),
  );
  const [menu, setMenu] = useState<{ at: Point; table: string } | null>(null);
  const open = order.flatMap((name) => tables[name] ?? []);
  const table = (front === null ? undefined : tables[front]) ?? open[0];

  if (table === undefined && draft === null) {
    return (
      <EmptyState
        title="No table is open"
        action={
          <Button
            tone="primary"
            onClick={() =>
              void bridge.openFiles().then((paths) => {
                if (paths.length > 0) return store.getState().openPaths(paths);
              })
            }
          >
            Open files…
          </Button>
        }
      >
        Open or drop text, Parquet, JSON, Excel or DuckDB files to see their rows here.
      </EmptyState>
    );
  }

  const close = (name: string) => {
    const members = designTableOf(store.getState(), name);
    const drafted = (members?.dimensions.length ?? 0) + (members?.measures.length ?? 0);
    void store.getState().closeTable(name);
    if (drafted > 0) {
      store.getState().notify({
        words: `Closed ${name} and the ${drafted} members drafted on it`,
        remedy: 'Undo brings them back.',
        tone: 'warning',
      });
    }
  };

  return (
    <div className="data-place">
      <div className="data-top">
        <TableTabs
          tables={open}
          shown={draft === null ? (table?.name ?? null) : null}
          stale={stale}
          onShow={(name) => store.getState().showTable(name)}
          onClose={close}
          onMenu={(name, event) => setMenu({ at: { x: event.clientX, y: event.clientY }, table: name })}
        />
        {drafts.map((key) => (
          <QueryTab key={key} of={key} />
        ))}
        <span className="data-top-label" id="data-header-profile">
          Header profile
        </span>
        <Segmented
          label="Header profile"
          value={headerProfile}
          onChange={(value) => store.getState().set('headerProfile', value)}
          choices={[
            { value: 'off', label: 'Off' },
            { value: 'compact', label: 'Compact' },
            { value: 'full', label: 'Full' },
          ]}
        />
      </div>
      {draft !== null ? (
        <QueryPane key={draft.source ?? ''} draft={draft} />
      ) : table === undefined ? null : (
        <TablePanel key={table.name} table={table} />
      )}
      {menu === null ? null : (
        <Menu
          at={menu.at}
          label={`Table ${menu.table}`}
          onClose={() => setMenu(null)}
          groups={[
            [
              { label: 'Profile', run: () => showProfile(menu.table) },
              { label: 'Receipt of its reading', run: () => store.getState().set('receiptOf', menu.table) },
              ...(tables[menu.table]?.source.made === undefined
                ? [{ label: 'Read the file again', run: () => void store.getState().reload(menu.table) }]
                : [
                    { label: 'Edit the query…', run: () => store.getState().draftQuery(menu.table) },
                    { label: 'Make it anew', run: () => void store.getState().reload(menu.table) },
                  ]),
            ],
            [{ label: 'Close', run: () => close(menu.table) }],
          ]}
        />
      )}
    </div>
  );

  function showProfile(name: string) {
    store.getState().showTable(name);
    store.getState().go('profile');
  }
}

/** The way back to a query that is being drafted. */
function QueryTab({ of }: { of: string }) {
  const store = useAssayStore();
  const on = useAssay((s) => s.queryFront === of);
  const name = useAssay((s) => s.queryDrafts[of]?.name ?? '');
  return (
    <button
      type="button"
      className="query-tab"
      aria-pressed={on}
      title={of === '' ? 'The query of a new table' : `The query of ${of}, as it is being changed`}
      onClick={() => store.getState().draftQuery(of === '' ? undefined : of)}
    >
      <QueryIcon />
      Query of {name === '' ? 'a new table' : name}
    </button>
  );
}

function TablePanel({ table }: { table: Table }) {
  const client = useClient();
  const store = useAssayStore();
  const name = table.name;
  const filters = useAssay((s) => s.filters[name] ?? noFilters);
  const headerProfile = useAssay((s) => s.headerProfile);
  const selected = useAssay((s) =>
    s.selection.kind === 'column' && s.selection.table === name ? s.selection.column : null,
  );
  const [counted, setCounted] = useState<{ total: number; under: readonly Filter[] } | null>(null);
  // A count under other filters says nothing about these.
  const shown = counted?.under === filters ? counted.total : null;
  const [menu, setMenu] = useState<ValueGesture | null>(null);
  const [form, setForm] = useState<{ at: Point; column: string | null } | null>(null);
  const grid = useRef<GridHandle>(null);

  const select = useCallback(
    (column: string) => {
      const { selection } = store.getState();
      if (selection.kind === 'column' && selection.table === name && selection.column === column) return;
      store.getState().select({ kind: 'column', table: name, column });
    },
    [store, name],
  );
  const onProfiles = useCallback(
    (listener: () => void) =>
      store.subscribe((now, before) => {
        if (now.profiles[name] !== before.profiles[name]) listener();
      }),
    [store, name],
  );
  const openForm = (below: HTMLElement, column: string | null) => {
    const box = below.getBoundingClientRect();
    setForm({ at: { x: box.left, y: box.bottom + 4 }, column });
  };

  return (
    <div className="data-panel" id="data-panel" role="tabpanel" aria-label={name}>
      <FilterBar
        table={table}
        filters={filters}
        shown={shown}
        onAdd={(below) => openForm(below, selected)}
        onRemove={(column) => store.getState().filter(name, column, null)}
        onReset={() => store.getState().clearFilters(name)}
        onCopySql={
          shown === null
            ? null
            : () =>
                void grid.current?.sql().then((sql) => {
                  if (sql !== null) return copyText(`${sql};`);
                })
        }
      >
        <ColumnSearch
          table={table}
          onJump={(column, focus) => {
            select(column);
            grid.current?.show(column, focus);
          }}
        />
      </FilterBar>
      {table.columns.length === 0 ? (
        <EmptyState title={`${name} has no columns`}>
          The file holds nothing that could be read as one.
        </EmptyState>
      ) : (
        <DataGrid
          // A reading has its own columns: its grid begins anew.
          key={table.receipt.loaded + table.source.modified + table.columns.length}
          handle={grid}
          table={table}
          filters={filters}
          profileOf={(column) => profileOf(store.getState(), name, column)}
          onProfiles={onProfiles}
          headerProfile={headerProfile}
          selected={selected}
          client={client}
          onTotal={(total, under) => setCounted({ total, under })}
          onSelect={select}
          onMenu={setMenu}
          onVisible={(columns) => store.getState().profile(name, columns)}
          onReset={() => store.getState().clearFilters(name)}
          onKey={(key, column, at) => {
            if (key === 'd') store.getState().draftDimension(name, column);
            else if (key === 'm') store.getState().draftMeasure(name, column);
            else openForm(at, column);
          }}
        />
      )}
      {menu === null ? null : (
        <Menu
          at={menu}
          label={`Value ${plainText(menu.value)}`}
          onClose={() => setMenu(null)}
          groups={menuOf(menu)}
        />
      )}
      {form === null ? null : (
        <FilterForm
          at={form.at}
          columns={table.columns}
          start={form.column}
          proposals={(column) =>
            (profileOf(store.getState(), name, column)?.top ?? []).map((t) => String(t.value))
          }
          onFilter={(filter) => store.getState().filter(name, filter.column, filter)}
          onClose={() => setForm(null)}
        />
      )}
    </div>
  );

  function menuOf({ column, value, row }: ValueGesture): readonly (readonly MenuEntry[])[] {
    const { filter, draftDimension, draftMeasure } = store.getState();
    const test = valueTest(value);
    const said = plainText(value);
    const words = said.length > 40 ? `${said.slice(0, 40)}…` : said;
    return [
      [
        { label: `Filter to ${words}`, run: () => filter(name, column.name, { column: column.name, test }) },
        {
          label: `Exclude ${words}`,
          run: () => filter(name, column.name, { column: column.name, not: true, test }),
        },
      ],
      [
        { label: 'Copy value', run: () => void copyText(value === null ? '' : String(value)) },
        { label: 'Copy column name', run: () => void copyText(column.name) },
        {
          label: 'Copy row as TSV',
          run: () =>
            void row().then((cells) => {
              const names = table.columns.map((c) => c.name);
              if (cells !== null) return copyText(tsv(names, [cells]));
            }),
        },
      ],
      [
        {
          label: `Draft ${column.name} as dimension`,
          shortcut: 'D',
          run: () => void draftDimension(name, column.name),
        },
        {
          label: `Draft ${column.name} as measure`,
          shortcut: 'M',
          run: () => void draftMeasure(name, column.name),
        },
      ],
    ];
  }
}

function valueTest(value: Cell): Filter['test'] {
  return value === null ? { kind: 'null' } : { kind: 'values', values: [value] };
}
