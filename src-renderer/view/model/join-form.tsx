/** Two columns chosen from lists, for who does not draw. It only drafts: the lab says what comes of it. */
import { useState } from 'react';
import { tableOf } from '#core/design/member';
import type { Column } from '#core/table';
import { useAssay, useAssayStore } from '../../store/hooks';
import { Button } from '../ui/button';
import { ColumnSelect } from '../ui/column-select';
import { type Point, Popover } from '../ui/popover';
import { columnsOfTable } from './columns-of';

interface Side {
  readonly table: string;
  readonly column: string;
}

export function JoinForm({ at, onClose }: { at: Point; onClose: () => void }) {
  const store = useAssayStore();
  const design = useAssay((s) => s.design);
  const tables = useAssay((s) => s.tables);
  const marks = useAssay((s) => s.joinMarks);
  const columns = (name: string) => columnsOfTable(design, tables, name);
  const names = design.tables.map(({ name }) => name);
  const [from, setFrom] = useState<Side>(() => {
    const [mark] = marks;
    const table = mark?.table ?? names[0] ?? '';
    return { table, column: mark?.column ?? columns(table)[0]?.name ?? '' };
  });
  const [to, setTo] = useState<Side>(() => other(from, names, columns));
  const change = (side: Side, set: (side: Side) => void, table: string) =>
    set({ table, column: likely(side.column, columns(table)) });

  return (
    <Popover at={at} label="Join two tables" className="join-form" onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onClose();
          store.getState().draftJoin(from, to);
        }}
      >
        <h3>Join two tables</h3>
        <SidePicker
          label="From"
          side={from}
          names={names}
          columns={columns(from.table)}
          set={setFrom}
          change={change}
        />
        <SidePicker
          label="To"
          side={to}
          names={names.filter((name) => name !== from.table)}
          columns={columns(to.table)}
          set={setTo}
          change={change}
        />
        <p>
          {tableOf(design, from.table) && from.table !== to.table
            ? 'Nothing enters the design before it is measured and you add it.'
            : 'Choose two different tables.'}
        </p>
        <div className="join-form-end">
          <Button onClick={onClose}>Cancel</Button>
          <button
            type="submit"
            className="ui-button ui-button-primary"
            disabled={from.table === to.table || from.column === '' || to.column === ''}
          >
            Open in the join lab
          </button>
        </div>
      </form>
    </Popover>
  );
}

/** The column of this name, else the first. */
function likely(name: string, columns: readonly Column[]): string {
  const lower = name.toLowerCase();
  return (columns.find((c) => c.name.toLowerCase() === lower) ?? columns[0])?.name ?? '';
}

/** The first other table that has a column of the same name, else the next one. */
function other(from: Side, names: readonly string[], columns: (name: string) => readonly Column[]): Side {
  const rest = names.filter((name) => name !== from.table);
  const lower = from.column.toLowerCase();
  const table =
    rest.find((name) => columns(name).some((c) => c.name.toLowerCase() === lower)) ?? rest[0] ?? '';
  return { table, column: likely(from.column, columns(table)) };
}

function SidePicker({
  label,
  side,
  names,
  columns,
  set,
  change,
}: {
  label: 'From' | 'To';
  side: Side;
  names: readonly string[];
  columns: readonly Column[];
  set: (side: Side) => void;
  change: (side: Side, set: (side: Side) => void, table: string) => void;
}) {
  return (
    <fieldset>
      <legend className="visually-hidden">{label}</legend>
      <label className="ui-select">
        <span className="join-form-label">{label}</span>
        <select
          className="ui-field"
          aria-label={`${label} table`}
          value={side.table}
          onChange={(event) => change(side, set, event.target.value)}
        >
          {names.includes(side.table) ? null : <option value={side.table}>{side.table}</option>}
          {names.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <ColumnSelect
        label={`${label} column`}
        columns={columns}
        value={side.column}
        onChange={(column) => set({ ...side, column })}
      />
    </fieldset>
  );
}
