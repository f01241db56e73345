import { useState } from 'react';
import type { Table } from '#core/table';
import { SearchField } from '../ui/search-field';

/** Jumps to columns by name: as one types to the first, with Enter to the next, with Shift-Enter to the one before. */
export function ColumnSearch({
  table,
  onJump,
}: {
  table: Table;
  onJump: (column: string, focus: boolean) => void;
}) {
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const wanted = text.trim().toLowerCase();
  const found = wanted === '' ? [] : table.columns.filter((c) => c.name.toLowerCase().includes(wanted));
  const jump = (to: number, focus: boolean) => {
    const column = found[to];
    if (column === undefined) return;
    setAt(to);
    onJump(column.name, focus);
  };
  return (
    <span className="data-search">
      <SearchField
        label="Go to column"
        value={text}
        onChange={(value) => {
          setText(value);
          setAt(0);
          const next = value.trim().toLowerCase();
          const first =
            next === '' ? undefined : table.columns.find((c) => c.name.toLowerCase().includes(next));
          if (first !== undefined) onJump(first.name, false);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && found.length > 0) {
            event.preventDefault();
            jump((at + (event.shiftKey ? found.length - 1 : 1)) % found.length, false);
          }
          if (event.key === 'ArrowDown') {
            event.preventDefault();
            jump(at, true);
          }
        }}
      />
      {wanted === '' ? null : (
        <span className="data-search-count" role="status">
          {found.length === 0 ? 'none' : `${at + 1} of ${found.length}`}
        </span>
      )}
    </span>
  );
}
