/**
 * Relations inside a table: how its columns go together, which determine others, and which say the same twice.
 */
import { useState } from 'react';
import { useAssay } from '../../store/hooks';
import { EmptyState } from '../ui/empty-state';
import { Segmented } from '../ui/segmented';
import { RelationFindings } from './relation-findings';
import { RelationMatrix } from './relation-matrix';
import './relations.css';

type Part = 'matrix' | 'dependencies' | 'redundancies';

export function RelationsView({ table: name }: { table: string }) {
  const table = useAssay((s) => s.tables[name]);
  const filters = useAssay((s) => s.filters[name]);
  const [part, setPart] = useState<Part>('matrix');
  if (table === undefined) return null;
  if (table.columns.length < 2) return <EmptyState title="A table of one column has no relations inside" />;
  const parts = (
    <Segmented
      label="Relations"
      value={part}
      choices={[
        { value: 'matrix', label: 'Associations' },
        { value: 'dependencies', label: 'Dependencies' },
        { value: 'redundancies', label: 'Redundancies' },
      ]}
      onChange={setPart}
    />
  );
  // A new filter or reading asks everything anew.
  const key = JSON.stringify([filters ?? [], table.source.modified]);
  return part === 'matrix' ? (
    <RelationMatrix key={key} table={table} parts={parts} />
  ) : (
    <RelationFindings key={`${key} ${part}`} table={table} kind={part} parts={parts} />
  );
}
