import { Command as CommandIcon, LayoutGrid, Search, Sigma, Table2 } from 'lucide-react';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { commands, keysText } from '../../store/commands';
import { useAssay, useAssayStore, useBridge } from '../../store/hooks';
import type { State } from '../../store/state';
import { KindIcon } from '../ui/kind-icon';
import { search } from './palette-search';
import './palette.css';

interface Entry {
  readonly id: string;
  readonly title: string;
  readonly where: string;
  readonly icon: ReactNode;
  readonly keys?: string;
  run(): void;
}

/** How many are shown; more typing finds the rest. */
const shown = 60;

/** Columns, tables, members and commands, by typing a few letters. */
export function Palette() {
  const open = useAssay((s) => s.palette);
  return open ? <OpenPalette /> : null;
}

function OpenPalette() {
  const store = useAssayStore();
  const bridge = useBridge();
  const dialog = useRef<HTMLDialogElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const close = () => store.getState().set('palette', false);

  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);

  const all = useMemo((): readonly Entry[] => {
    const s = store.getState();
    const mac = bridge.platform === 'darwin';
    const actions = commands
      .filter((command) => command.id !== 'palette' && command.able?.(s) !== false)
      .map((command): Entry => {
        const [keys] = command.keys;
        return {
          id: `do ${command.id}`,
          title: command.title,
          where: command.group,
          icon: <CommandIcon size={14} aria-hidden="true" />,
          ...(keys === undefined ? {} : { keys: keysText(keys, mac) }),
          run: () => command.run(store, bridge),
        };
      });
    return [...actions, ...things(s)];
  }, [store, bridge]);

  const found = useMemo(
    () => search(all, (entry) => `${entry.title} ${entry.where}`, typed, shown),
    [all, typed],
  );
  const current = Math.min(at, found.length - 1);

  useEffect(() => {
    list.current?.querySelector(`#palette-${current}`)?.scrollIntoView({ block: 'nearest' });
  }, [current]);

  const choose = (entry: Entry | undefined) => {
    if (entry === undefined) return;
    close();
    // After the dialog has given the focus back, so that what runs may take it.
    requestAnimationFrame(() => entry.run());
  };

  return (
    <dialog
      ref={dialog}
      className="palette"
      aria-label="Search columns and commands"
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
      onPointerDown={(event) => {
        if (event.target === dialog.current) close();
      }}
    >
      <div className="palette-sheet">
        <label className="palette-field">
          <Search size={16} strokeWidth={1.75} aria-hidden="true" />
          <input
            role="combobox"
            aria-label="Search columns and commands"
            aria-expanded="true"
            aria-controls="palette-list"
            aria-activedescendant={current >= 0 ? `palette-${current}` : undefined}
            aria-autocomplete="list"
            placeholder="Search columns and commands"
            spellCheck={false}
            value={typed}
            onChange={(event) => {
              setTyped(event.target.value);
              setAt(0);
            }}
            onKeyDown={(event) => {
              const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 }[event.key];
              if (step !== undefined) {
                event.preventDefault();
                const next = current + step;
                const wrap = Math.abs(step) === 1;
                setAt(
                  wrap
                    ? (next + found.length) % Math.max(1, found.length)
                    : Math.max(0, Math.min(found.length - 1, next)),
                );
              } else if (event.key === 'Enter') {
                event.preventDefault();
                choose(found[current]);
              }
            }}
          />
        </label>
        <div ref={list} id="palette-list" role="listbox" aria-label="Found" className="palette-list">
          {found.map((entry, i) => (
            <div
              key={entry.id}
              id={`palette-${i}`}
              role="option"
              tabIndex={-1}
              aria-selected={i === current}
              className="palette-entry"
              onPointerMove={() => i !== current && setAt(i)}
              onClick={() => choose(entry)}
              onKeyDown={() => undefined}
            >
              <span className="palette-icon">{entry.icon}</span>
              <span className="palette-title">{entry.title}</span>
              <span className="palette-where">{entry.where}</span>
              {entry.keys === undefined ? null : <kbd className="ui-key">{entry.keys}</kbd>}
            </div>
          ))}
        </div>
        {found.length === 0 ? (
          <p className="palette-nothing" role="status">
            Nothing is called like “{typed}”.
          </p>
        ) : null}
      </div>
    </dialog>
  );
}

/** Tables, columns and members as entries. */
function things(s: State): readonly Entry[] {
  const tables = s.order.flatMap((name) => s.tables[name] ?? []);
  return [
    ...tables.map(
      (table): Entry => ({
        id: `table ${table.name}`,
        title: table.name,
        where: 'table',
        icon: <Table2 size={14} aria-hidden="true" />,
        run: () => s.showTable(table.name),
      }),
    ),
    ...s.design.tables.flatMap((table) => [
      ...table.measures.map(
        (measure): Entry => ({
          id: `measure ${table.name}.${measure.name}`,
          title: measure.name,
          where: `measure of ${table.name}`,
          icon: <Sigma size={14} aria-hidden="true" />,
          run: () =>
            s.select({ kind: 'member', member: { table: table.name, kind: 'measure', name: measure.name } }),
        }),
      ),
      ...table.dimensions.map(
        (dimension): Entry => ({
          id: `dimension ${table.name}.${dimension.name}`,
          title: dimension.name,
          where: `dimension of ${table.name}`,
          icon: <LayoutGrid size={14} aria-hidden="true" />,
          run: () =>
            s.select({
              kind: 'member',
              member: { table: table.name, kind: 'dimension', name: dimension.name },
            }),
        }),
      ),
    ]),
    ...tables.flatMap((table) =>
      table.columns.map(
        (column): Entry => ({
          id: `column ${table.name}\n${column.name}`,
          title: column.name,
          where: table.name,
          icon: <KindIcon kind={column.kind} />,
          run: () => s.select({ kind: 'column', table: table.name, column: column.name }),
        }),
      ),
    ),
  ];
}
