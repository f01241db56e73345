import type { Kind } from '#core/table';
import { KindIcon } from './kind-icon';
import './ui.css';

/** Chooses one column. */
export function ColumnSelect<C extends { readonly name: string; readonly kind: Kind }>({
  label,
  columns,
  value,
  note,
  onChange,
}: {
  label: string;
  columns: readonly C[];
  /** The name of the column chosen. */
  value: string;
  /** What stands in brackets behind the name of a column. Default: nothing. */
  note?: (column: C) => string;
  onChange: (name: string) => void;
}) {
  const chosen = columns.find((c) => c.name === value);
  return (
    <span className="ui-select">
      <span aria-hidden="true">{label}</span>
      {chosen === undefined ? null : <KindIcon kind={chosen.kind} />}
      <select
        className="ui-field"
        aria-label={label}
        value={columns.findIndex((c) => c.name === value)}
        onChange={(event) => {
          const next = columns[Number(event.target.value)];
          if (next !== undefined) onChange(next.name);
        }}
      >
        {columns.map((c, i) => (
          <option key={c.name} value={i}>
            {c.name === '' ? '(no name)' : c.name}
            {note === undefined ? '' : ` (${note(c)})`}
          </option>
        ))}
      </select>
    </span>
  );
}
