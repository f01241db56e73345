/**
 * The dimensions or the measures of a table: a list to walk through by keyboard, and a target to drop columns on.
 */
import {
  type DragEvent,
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react';
import type { DesignTable, MemberRef } from '#core/design/design';
import { useAssay, useAssayStore } from '../../store/hooks';
import { MemberRow } from './member-row';

/** What the tree and the grid put on a drag: `{ table, column }` as JSON, the table being the source. */
const columnType = 'application/x-assay-column';
/** A member being moved within its list. */
const memberType = 'application/x-assay-member';

/** How long a refusal stays to be read. */
const readingTime = 8_000;

export interface MemberListProps {
  readonly table: DesignTable;
  readonly kind: 'dimension' | 'measure';
  readonly title: string;
  /** Buttons at the right of the head. */
  readonly actions: ReactNode;
  /** What an empty list teaches. */
  readonly hint: ReactNode;
}

interface Dropped {
  readonly table: string;
  readonly column: string;
}

/** What a drag carries; null if it is not one of ours. */
function droppedColumn(text: string): Dropped | null {
  try {
    const { table, column } = JSON.parse(text) as Record<string, unknown>;
    return typeof table === 'string' && typeof column === 'string' ? { table, column } : null;
  } catch {
    // Something else was dragged here under our type; it is not ours to judge.
    return null;
  }
}

export function MemberList({ table, kind, title, actions, hint }: MemberListProps) {
  const store = useAssayStore();
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const selected = useAssay((s) => {
    const { selection } = s;
    return selection.kind === 'member' &&
      selection.member.table === table.name &&
      selection.member.kind === kind
      ? selection.member.name
      : null;
  });
  const [over, setOver] = useState<'column' | 'member' | null>(null);
  const [before, setBefore] = useState<string | null>(null);
  const [refusal, setRefusal] = useState('');
  const [renaming, setRenaming] = useState<string | null>(null);
  const depth = useRef(0);

  useEffect(() => {
    if (refusal === '') return;
    const timer = setTimeout(() => setRefusal(''), readingTime);
    return () => clearTimeout(timer);
  }, [refusal]);

  const names = (kind === 'measure' ? table.measures : table.dimensions).map((one) => one.name);
  const active = selected ?? names[0] ?? null;
  const rowId = (name: string) => `${id}-${names.indexOf(name)}`;
  const refOf = (name: string): MemberRef => ({ table: table.name, kind, name });

  const select = (name: string) => {
    store.getState().select({ kind: 'member', member: refOf(name) });
    store.getState().set('inspectorOpen', true);
    requestAnimationFrame(() =>
      list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' }),
    );
  };
  const move = (name: string, next: string | null) => {
    if (name !== next) store.getState().edit({ verb: 'move-member', member: refOf(name), before: next });
  };

  const onKey = (event: KeyboardEvent) => {
    if (renaming !== null || active === null) return;
    const at = names.indexOf(active);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && event.altKey) {
      const to = at + step;
      if (to >= 0 && to < names.length) move(active, names[step > 0 ? to + 1 : to] ?? null);
    } else if (step !== undefined) {
      const next = names[selected === null ? at : Math.min(Math.max(0, at + step), names.length - 1)];
      if (next !== undefined) select(next);
    } else if (event.key === 'Home' || event.key === 'End') {
      select(names.at(event.key === 'Home' ? 0 : -1) ?? active);
    } else if (event.key === 'Enter') {
      select(active);
      requestAnimationFrame(() => document.querySelector<HTMLElement>('[data-field="name"]')?.focus());
    } else if (event.key === 'F2') {
      select(active);
      setRenaming(active);
    } else if (event.key === 'Delete' || event.key === 'Backspace') {
      const next = names[at + 1] ?? names[at - 1];
      store.getState().edit({ verb: 'remove-member', member: refOf(active) });
      if (next !== undefined) select(next);
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  const carried = (event: DragEvent): 'column' | 'member' | null => {
    const { types } = event.dataTransfer;
    if (types.includes(columnType)) return 'column';
    return types.includes(`${memberType}-${kind}`) ? 'member' : null;
  };
  const endDrag = () => {
    depth.current = 0;
    setOver(null);
    setBefore(null);
  };
  const onDrop = (event: DragEvent) => {
    const what = carried(event);
    if (!what) return;
    event.preventDefault();
    event.stopPropagation();
    const beside = before;
    endDrag();
    if (what === 'member') {
      const [of, name] = event.dataTransfer.getData(`${memberType}-${kind}`).split('\n');
      if (of !== table.name) setRefusal(`${name} belongs to ${of}; a member stays with its table.`);
      else if (name !== undefined && names.includes(name)) move(name, beside);
      return;
    }
    const dropped = droppedColumn(event.dataTransfer.getData(columnType));
    if (!dropped) return;
    if (dropped.table !== table.source) {
      setRefusal(`${dropped.column} is a column of ${dropped.table}, not of ${table.name}. Drop it there.`);
      return;
    }
    setRefusal('');
    const { draftMeasure, draftDimension } = store.getState();
    if (kind === 'measure') draftMeasure(dropped.table, dropped.column);
    else draftDimension(dropped.table, dropped.column);
  };

  return (
    <section
      className="draft-list"
      aria-labelledby={`${id}-title`}
      data-drop={`${table.name}.${kind}s`}
      data-over={over === 'column'}
      onDragEnter={(event) => {
        const what = carried(event);
        if (!what) return;
        event.preventDefault();
        depth.current++;
        setOver(what);
      }}
      onDragOver={(event) => {
        const what = carried(event);
        if (!what) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = what === 'member' ? 'move' : 'copy';
        if (what === 'member') {
          const row =
            event.target instanceof Element ? event.target.closest<HTMLElement>('[data-row]') : null;
          setBefore(row?.dataset.row ?? null);
        }
      }}
      onDragLeave={() => {
        depth.current--;
        if (depth.current <= 0) endDrag();
      }}
      onDrop={onDrop}
    >
      <header>
        <h3 id={`${id}-title`}>{title}</h3>
        <span className="model-count">{names.length}</span>
        <span className="grow" />
        {actions}
      </header>
      {refusal !== '' && (
        <p className="draft-refusal" role="alert">
          {refusal}
        </p>
      )}
      {names.length > 0 ? (
        <div
          ref={list}
          role="listbox"
          tabIndex={0}
          aria-label={`${title} of ${table.name}`}
          aria-activedescendant={active === null ? undefined : rowId(active)}
          className="draft-rows"
          onKeyDown={onKey}
        >
          {names.map((name) => (
            <MemberRow
              key={name}
              id={rowId(name)}
              member={refOf(name)}
              table={table}
              selected={name === selected}
              dropBefore={over === 'member' && before === name}
              renaming={renaming === name}
              onSelect={() => select(name)}
              onRenamed={() => {
                setRenaming(null);
                list.current?.focus();
              }}
              onDrag={(event) => {
                event.dataTransfer.setData(`${memberType}-${kind}`, `${table.name}\n${name}`);
                event.dataTransfer.effectAllowed = 'move';
              }}
              onDragEnd={endDrag}
              onRename={() => setRenaming(name)}
            />
          ))}
        </div>
      ) : (
        <p className="draft-hint-empty">{hint}</p>
      )}
    </section>
  );
}
