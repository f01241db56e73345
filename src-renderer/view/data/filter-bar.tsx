import type { Filter } from '#contract';
import type { Column, Table } from '#core/table';
import { Button, IconButton } from '../ui/button';
import { count } from '../ui/figure';
import { CloseIcon, CopyIcon, PlusIcon } from '../ui/icon';
import { KindIcon } from '../ui/kind-icon';
import { filterWords } from './filter-words';

/**
 * The filters of a table as chips, the rows that are left, and the way to add one or reset all.
 *
 * @param shown Rows under the filter; null until they were counted.
 * @param onAdd Takes the element to open the form below, and the column it begins with.
 */
export function FilterBar({
  table,
  filters,
  shown,
  onAdd,
  onRemove,
  onReset,
  onCopySql,
  children,
}: {
  table: Table;
  filters: readonly Filter[];
  shown: number | null;
  onAdd: (below: HTMLElement) => void;
  onRemove: (column: string) => void;
  onReset: () => void;
  onCopySql: (() => void) | null;
  children?: React.ReactNode;
}) {
  return (
    <div className="data-filter-bar">
      {children}
      <div className="data-filters">
        <ul className="data-chips" aria-label="Filters">
          {filters.map((filter) => (
            <Chip
              key={filter.column}
              filter={filter}
              column={table.columns.find((c) => c.name === filter.column)}
              onRemove={() => onRemove(filter.column)}
            />
          ))}
        </ul>
        <Button
          tone="quiet"
          icon={<PlusIcon />}
          aria-haspopup="dialog"
          title="Add a filter (F on a column)"
          onClick={(event) => onAdd(event.currentTarget)}
        >
          Filter
        </Button>
      </div>
      <span className="data-rows" role="status">
        {filters.length === 0 ? (
          <>
            <b>{count(table.rows)}</b> {table.rows === 1 ? 'row' : 'rows'}
          </>
        ) : (
          <>
            <b>{shown === null ? '…' : count(shown)}</b> of {count(table.rows)}{' '}
            {table.rows === 1 ? 'row' : 'rows'}
          </>
        )}
      </span>
      {filters.length === 0 ? null : <Button onClick={onReset}>Reset</Button>}
      <IconButton
        label="Copy the SQL of these rows"
        disabled={onCopySql === null}
        onClick={() => onCopySql?.()}
      >
        <CopyIcon />
      </IconButton>
    </div>
  );
}

function Chip({
  filter,
  column,
  onRemove,
}: {
  filter: Filter;
  column: Column | undefined;
  onRemove: () => void;
}) {
  const words = filterWords(filter);
  return (
    <li className="data-chip" title={`${filter.column} ${words}`}>
      {column === undefined ? null : <KindIcon kind={column.kind} />}
      <b>{filter.column}</b>
      <span>{words}</span>
      <button type="button" aria-label={`Remove the filter on ${filter.column}`} onClick={onRemove}>
        <CloseIcon size={12} />
      </button>
    </li>
  );
}
