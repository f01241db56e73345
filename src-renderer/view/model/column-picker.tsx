/**
 * A button that opens a list of columns to choose one from, by typing or with the arrow keys.
 */
import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react';
import type { Column } from '#core/table';
import { counted } from '../ui/figure';
import { KindIcon } from '../ui/kind-icon';
import { type Point, Popover } from '../ui/popover';
import './column-picker.css';

/** Entries drawn at once; the rest is found by typing. */
const most = 200;

export interface ColumnPickerProps {
  /** Words on the button, and of the list for a screen reader. */
  readonly label: string;
  readonly title: string;
  readonly columns: readonly Column[];
  readonly choose: (column: Column) => void;
  /** An entry above the columns. */
  readonly extra?: { readonly label: string; run(): void };
  readonly children?: ReactNode;
  /** Columns that are chosen already; they carry a tick, and the list stays open. */
  readonly chosen?: ReadonlySet<string>;
}

export function ColumnPicker(props: ColumnPickerProps) {
  const { label, title, columns, choose, extra, children, chosen } = props;
  const button = useRef<HTMLButtonElement>(null);
  const [at, setAt] = useState<Point | null>(null);
  const open = () => {
    const box = button.current?.getBoundingClientRect();
    if (box) setAt({ x: box.left, y: box.bottom + 4 });
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        className="model-add"
        title={title}
        aria-haspopup="dialog"
        aria-expanded={at !== null}
        onClick={open}
      >
        {children ?? label}
      </button>
      {at && (
        <Popover at={at} label={title} className="column-picker" onClose={() => setAt(null)}>
          <Choices
            columns={columns}
            chosen={chosen}
            extra={extra}
            choose={(column) => {
              if (!chosen) setAt(null);
              choose(column);
            }}
            close={() => setAt(null)}
          />
        </Popover>
      )}
    </>
  );
}

function Choices(props: {
  readonly columns: readonly Column[];
  readonly chosen: ReadonlySet<string> | undefined;
  readonly extra: ColumnPickerProps['extra'];
  readonly choose: (column: Column) => void;
  readonly close: () => void;
}) {
  const { columns, chosen, extra, choose, close } = props;
  const id = useId();
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const wanted = text.trim().toLowerCase();
  const found = columns.filter((column) => column.name.toLowerCase().includes(wanted));
  const shown = found.slice(0, most);
  const offset = extra && wanted === '' ? 1 : 0;
  const last = shown.length + offset - 1;

  const run = (index: number) => {
    if (offset === 1 && index === 0) {
      close();
      extra?.run();
      return;
    }
    const column = shown[index - offset];
    if (column) choose(column);
  };
  const onKey = (event: KeyboardEvent) => {
    const next = { ArrowDown: active + 1, ArrowUp: active - 1, Home: 0, End: last }[event.key];
    if (next !== undefined) {
      event.preventDefault();
      const to = Math.min(Math.max(0, next), last);
      setActive(to);
      document.getElementById(`${id}-${to}`)?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter') {
      event.preventDefault();
      run(active);
    }
  };
  const option = (index: number, content: ReactNode, ticked: boolean | null) => (
    <div
      id={`${id}-${index}`}
      key={index}
      role="option"
      tabIndex={-1}
      aria-selected={ticked ?? index === active}
      data-active={index === active}
      onPointerMove={() => setActive(index)}
      onPointerDown={(event) => event.preventDefault()}
      onClick={() => run(index)}
      onKeyDown={onKey}
    >
      {content}
    </div>
  );

  return (
    <>
      <input
        type="text"
        role="combobox"
        className="column-picker-search"
        aria-label="Find a column"
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={last >= 0 ? `${id}-${active}` : undefined}
        placeholder="Find a column"
        value={text}
        spellCheck={false}
        onChange={(event) => {
          setText(event.target.value);
          setActive(0);
        }}
        onKeyDown={onKey}
      />
      <div role="listbox" id={`${id}-list`} aria-label="Columns" className="column-picker-list">
        {offset === 1 && extra && option(0, <span className="column-picker-extra">{extra.label}</span>, null)}
        {shown.map((column, index) =>
          option(
            index + offset,
            <>
              <KindIcon kind={column.kind} />
              <span className="column-picker-name">{column.name}</span>
              <span className="column-picker-type">
                {chosen?.has(column.name) ? '✓' : column.type.toLowerCase()}
              </span>
            </>,
            chosen ? chosen.has(column.name) : null,
          ),
        )}
      </div>
      {shown.length === 0 && <p className="column-picker-note">No column of this name</p>}
      {found.length > most && (
        <p className="column-picker-note">
          and {counted(found.length - most, 'more column')}: type to find one
        </p>
      )}
    </>
  );
}
