/** The head of a logical table: name, title, rows, grain and description, each editable where it stands. */
import { useRef, useState } from 'react';
import { type DesignTable, namePattern } from '#core/design/design';
import { problem, remedy, words } from '#core/problem';
import type { Column } from '#core/table';
import { useAssay, useAssayStore } from '../../store/hooks';
import { counted } from '../ui/figure';
import { TableIcon } from '../ui/icon';
import { ColumnPicker } from './column-picker';

export interface TableHeadProps {
  readonly table: DesignTable;
  readonly columns: readonly Column[];
  /** Rows of its source; null if it is not open. */
  readonly rows: number | null;
}

export function TableHead({ table, columns, rows }: TableHeadProps) {
  const store = useAssayStore();
  const others = useAssay((s) => s.design.tables);
  const change = (edit: Partial<Pick<DesignTable, 'name' | 'title' | 'description' | 'grain'>>) =>
    store.getState().edit({ verb: 'change-table', table: table.name, change: edit });

  const nameWrong = (name: string): string | null => {
    if (name === table.name) return null;
    const wrong = !namePattern.test(name)
      ? problem('name-invalid', { name, used: 'table' })
      : others.some((one) => one.name === name)
        ? problem('name-duplicate', { name, table: 'the design' })
        : null;
    return wrong && `${words(wrong)}. ${remedy(wrong)}`;
  };
  const grain = new Set(table.grain);

  return (
    <header className="draft-table-head">
      <div className="draft-table-head-line">
        <TableIcon />
        <InPlace
          label={`Name of ${table.name}`}
          value={table.name}
          wrong={nameWrong}
          commit={(name) => change({ name })}
          className="draft-table-head-name"
        />
        <InPlace
          label={`Title of ${table.name}`}
          value={table.title}
          placeholder="Add a title"
          commit={(title) => change({ title })}
          className="draft-table-head-title"
        />
        <span className="grow" />
        <span className="draft-table-head-rows">
          {rows === null ? 'source not open' : counted(rows, 'row')}
        </span>
      </div>
      <div className="draft-table-head-line draft-table-head-more">
        <span className="draft-table-head-label">Grain</span>
        <ColumnPicker
          label="Grain"
          title={`Columns that identify a row of ${table.name}`}
          columns={columns}
          chosen={grain}
          choose={(column) =>
            change({
              grain: grain.has(column.name)
                ? table.grain.filter((name) => name !== column.name)
                : [...table.grain, column.name],
            })
          }
        >
          {table.grain.length === 0 ? (
            <span className="quiet">set the columns that identify a row</span>
          ) : (
            <span className="mono">{table.grain.join(', ')}</span>
          )}
        </ColumnPicker>
        <InPlace
          label={`Description of ${table.name}`}
          value={table.description}
          placeholder="Describe a row in one sentence"
          commit={(description) => change({ description })}
          className="draft-table-head-description"
        />
      </div>
    </header>
  );
}

interface InPlaceProps {
  readonly label: string;
  readonly value: string;
  readonly commit: (text: string) => void;
  readonly placeholder?: string;
  readonly className: string;
  /** What is wrong with a text, in words; null if nothing. Wrong text is not committed. */
  readonly wrong?: (text: string) => string | null;
}

/** Text that is edited where it stands: Enter or leaving commits, Escape takes it back. */
function InPlace({ label, value, commit, placeholder, className, wrong }: InPlaceProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const text = typed ?? value;
  const said = typed === null ? null : (wrong?.(typed) ?? null);

  return (
    <span className={`in-place ${className}`}>
      <input
        ref={input}
        type="text"
        aria-label={label}
        aria-invalid={said !== null}
        title={said ?? undefined}
        placeholder={placeholder}
        value={text}
        spellCheck={className === 'draft-table-head-description'}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={() => {
          if (typed !== null && typed !== value && said === null) commit(typed);
          setTyped(null);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') input.current?.blur();
          if (event.key === 'Escape') {
            event.stopPropagation();
            setTyped(null);
          }
        }}
      />
      {said !== null && (
        <span className="in-place-wrong" role="status">
          {said}
        </span>
      )}
    </span>
  );
}
