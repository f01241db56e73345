/**
 * A logical table on the canvas: its head, its grain and its members, a list to walk through by keyboard.
 */
import { Handle, type Node, type NodeProps, Position } from '@xyflow/react';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { type KeyboardEvent, memo, useContext, useEffect, useId, useRef, useState } from 'react';
import type { DesignTable } from '#core/design/design';
import { useAssay, useAssayStore } from '../../store/hooks';
import { count, counted } from '../ui/figure';
import { TableIcon } from '../ui/icon';
import { CanvasContext } from './canvas-context';
import { CardLine } from './card-line';
import { columnAt, foldKey, type Line, memberAt, type Shape } from './table-shape';

export type TableNodeType = Node<{ readonly table: DesignTable; readonly shape: Shape }, 'table'>;

/** The line that is selected, by its key. */
function useSelectedLine(table: DesignTable): string | null {
  return useAssay(({ selection }) => {
    if (selection.kind === 'member' && selection.member.table === table.name)
      return `${selection.member.kind[0]}:${selection.member.name}`;
    return selection.kind === 'column' && selection.table === table.source ? `c:${selection.column}` : null;
  });
}

function focusInspector(): void {
  requestAnimationFrame(() => {
    const field = document.querySelector<HTMLElement>('[data-field="name"]');
    if (field !== null) field.focus();
    else document.querySelector<HTMLElement>('.inspector button, .inspector [tabindex]')?.focus();
  });
}

export const TableNode = memo(function TableNode({ data: { table, shape } }: NodeProps<TableNodeType>) {
  const store = useAssayStore();
  const canvas = useContext(CanvasContext);
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const rows = useAssay((s) => s.tables[table.source]?.rows ?? null);
  const selected = useSelectedLine(table);
  const isTable = useAssay((s) => s.selection.kind === 'table' && s.selection.table === table.source);
  const [at, setAt] = useState<string | null>(null);
  useEffect(() => setAt(selected), [selected]);

  const walk = shape.lines.filter((line) => line.kind !== 'section');
  const active = walk.some((line) => line.key === at) ? at : null;
  const lineId = (key: string) => `${id}-${shape.lines.findIndex((line) => line.key === key)}`;
  const dimmed = canvas.found !== null && !canvas.found.has(table.name);
  const fold = (part: string, open: boolean) => store.getState().foldCard(foldKey(table.name, part), open);

  const choose = (line: Line, more = false) => {
    const { select, set, markColumn } = store.getState();
    setAt(line.key);
    const column = columnAt(line);
    if (column !== null) markColumn({ table: table.name, column }, more);
    if (more) return;
    const member = memberAt(table.name, line);
    if (member !== null && member.kind !== 'segment') select({ kind: 'member', member });
    else if (line.kind === 'column') select({ kind: 'column', table: table.source, column: line.column });
    else select({ kind: 'table', table: table.source });
    set('inspectorOpen', true);
  };
  const press = (line: Line) => {
    if (line.kind === 'fold') fold(line.part, !line.open);
    else focusInspector();
  };

  const onKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const here = walk.findIndex((line) => line.key === active);
    const line = walk[here];
    const to = (index: number) => {
      const next = walk[Math.min(Math.max(0, index), walk.length - 1)];
      if (next === undefined) return;
      if (next.kind === 'fold') setAt(next.key);
      else choose(next);
    };
    switch (event.key) {
      case 'ArrowDown':
        to(here + 1);
        break;
      case 'ArrowUp':
        to(here < 0 ? walk.length - 1 : here - 1);
        break;
      case 'Home':
        to(0);
        break;
      case 'End':
        to(walk.length - 1);
        break;
      case 'ArrowLeft':
        fold('card', false);
        break;
      case 'ArrowRight':
        fold('card', true);
        break;
      case 'Enter':
        if (line === undefined) store.getState().select({ kind: 'table', table: table.source });
        else press(line);
        break;
      case ' ': {
        const column = line === undefined ? null : columnAt(line);
        if (line?.kind === 'fold') press(line);
        else if (column !== null) store.getState().markColumn({ table: table.name, column }, true);
        break;
      }
      case 'Delete':
      case 'Backspace': {
        const member = line === undefined ? null : memberAt(table.name, line);
        // With no member under the keyboard the key is the canvas's: it removes the join.
        if (member === null || selected !== line?.key) return;
        store.getState().edit({ verb: 'remove-member', member });
        break;
      }
      case 'Tab': {
        const next = canvas.beside(table.name, event.shiftKey ? -1 : 1);
        if (next === null) return;
        canvas.enter(next, true);
        break;
      }
      default:
        return;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <section
      className="card"
      aria-label={table.name}
      data-table={table.name}
      data-selected={isTable}
      data-dimmed={dimmed}
    >
      <Handle
        type="source"
        position={Position.Right}
        id="card"
        className="card-anchor"
        isConnectable={false}
      />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a handle for the pointer; the list below has the keys. */}
      <header
        className="card-head"
        onDoubleClick={() => fold('card', shape.collapsed)}
        onClick={() => {
          store.getState().select({ kind: 'table', table: table.source });
          canvas.enter(table.name, false);
          list.current?.focus({ preventScroll: true });
        }}
        onKeyDown={() => undefined}
      >
        <TableIcon />
        <h3 title={table.title === '' ? table.name : `${table.name}: ${table.title}`}>{table.name}</h3>
        <span
          className="card-rows"
          title={rows === null ? 'The source is not open' : `exact: ${counted(rows, 'row')} loaded`}
        >
          {rows === null ? 'not open' : counted(rows, 'row')}
        </span>
        <button
          type="button"
          tabIndex={-1}
          className="card-fold nodrag"
          aria-expanded={!shape.collapsed}
          aria-label={`${shape.collapsed ? 'Unfold' : 'Fold'} ${table.name}`}
          title={`${shape.collapsed ? 'Unfold' : 'Fold'} (${shape.collapsed ? '→' : '←'})`}
          onClick={(event) => {
            event.stopPropagation();
            fold('card', shape.collapsed);
          }}
          onDoubleClick={(event) => event.stopPropagation()}
        >
          {shape.collapsed ? (
            <ChevronRight size={14} aria-hidden="true" />
          ) : (
            <ChevronDown size={14} aria-hidden="true" />
          )}
        </button>
      </header>
      <div
        ref={list}
        role="listbox"
        className="card-list nodrag"
        tabIndex={canvas.current === table.name ? 0 : -1}
        data-list={table.name}
        aria-label={`${table.name}, ${rows === null ? 'not open' : counted(rows, 'row')}`}
        aria-activedescendant={active === null ? undefined : lineId(active)}
        onKeyDown={onKey}
        onFocus={() => canvas.enter(table.name, false)}
      >
        {shape.hasGrain && !shape.collapsed && !canvas.far && (
          <div role="presentation" className="card-grain" title="Columns that identify a row">
            Grain <b>{table.grain.join(', ')}</b>
          </div>
        )}
        {(canvas.far ? [] : shape.lines).map((line) => (
          <CardLine
            key={line.key}
            id={lineId(line.key)}
            table={table}
            line={line}
            active={line.key === active}
            selected={line.key === selected}
            choose={(event) => {
              list.current?.focus({ preventScroll: true });
              if (line.kind === 'fold') fold(line.part, !line.open);
              else choose(line, event.shiftKey || event.ctrlKey || event.metaKey);
            }}
          />
        ))}
        {(shape.lines.length === 0 || canvas.far) && (
          <span role="option" aria-selected="false" tabIndex={-1} className="visually-hidden">
            {shape.collapsed
              ? `folded, ${count(table.dimensions.length + table.measures.length)} members`
              : 'empty'}
          </span>
        )}
      </div>
    </section>
  );
});
