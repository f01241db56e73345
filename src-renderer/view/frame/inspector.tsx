import { MousePointerClick } from 'lucide-react';
import { useAssay } from '../../store/hooks';
import { ColumnInspector } from '../inspector/column';
import { MemberInspector } from '../inspector/member';
import { TableInspector } from '../inspector/table';

/** What is selected, in full. */
export function Inspector() {
  const selection = useAssay((s) => s.selection);
  const table = useAssay((s) => s.table);
  return (
    <aside className="inspector" aria-label="Inspector">
      {selection.kind === 'column' ? (
        <ColumnInspector
          key={`${selection.table}\n${selection.column}`}
          table={selection.table}
          column={selection.column}
        />
      ) : selection.kind === 'member' ? (
        <MemberInspector member={selection.member} />
      ) : selection.kind === 'table' ? (
        <TableInspector table={selection.table} />
      ) : table !== null ? (
        <TableInspector table={table} />
      ) : (
        <div className="inspector-empty">
          <MousePointerClick size={20} strokeWidth={1.5} aria-hidden="true" />
          <p>Select a table, a column or a measure to see it here.</p>
        </div>
      )}
    </aside>
  );
}
