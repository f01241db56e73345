/**
 * One logical table: its head, what is suggested for it, and its dimensions and measures side by side.
 */
import { useMemo } from 'react';
import type { DesignTable } from '#core/design/design';
import { countMeasure } from '#core/design/draft';
import { sourceOf } from '#core/design/member';
import { type Column, kindOf } from '#core/table';
import { useAssay, useAssayStore } from '../../store/hooks';
import { Button } from '../ui/button';
import { PlusIcon } from '../ui/icon';
import { ColumnPicker } from './column-picker';
import { MemberList } from './member-list';
import { SuggestionStrip } from './suggestion-strip';
import { TableHead } from './table-head';

export function TableSection({ table }: { table: DesignTable }) {
  const opened = useAssay((s) => s.tables[table.source]);
  const source = useAssay((s) => sourceOf(s.design, table.name));
  const store = useAssayStore();
  const columns = useMemo<readonly Column[]>(
    () => opened?.columns ?? source?.columns.map((one) => ({ ...one, kind: kindOf(one.type) })) ?? [],
    [opened, source],
  );

  const addCount = () => {
    const measure = countMeasure(table);
    const { edit, select } = store.getState();
    edit({ verb: 'add-measure', table: table.name, measure });
    select({ kind: 'member', member: { table: table.name, kind: 'measure', name: measure.name } });
  };

  return (
    <section className="draft-table-section" aria-label={table.name} id={`model-${table.name}`}>
      <TableHead table={table} columns={columns} rows={opened?.rows ?? null} />
      {opened && <SuggestionStrip table={opened} over={table.name} />}
      <div className="draft-lists">
        <MemberList
          table={table}
          kind="dimension"
          title="Dimensions"
          actions={
            <>
              <Button tone="quiet" onClick={() => store.getState().draftExpression(table.name, 'dimension')}>
                Expression
              </Button>
              <ColumnPicker
                label="Dimension"
                title={`Add a dimension to ${table.name}`}
                columns={columns}
                choose={(column) => store.getState().draftDimension(table.source, column.name)}
              >
                <PlusIcon />
                Dimension
              </ColumnPicker>
            </>
          }
          hint={
            <>
              What to group and filter by. Drag a column here, or select one and press <kbd>D</kbd>.
            </>
          }
        />
        <MemberList
          table={table}
          kind="measure"
          title="Measures"
          actions={
            <>
              <Button tone="quiet" onClick={() => store.getState().draftExpression(table.name, 'measure')}>
                Expression
              </Button>
              <ColumnPicker
                label="Measure"
                title={`Add a measure to ${table.name}`}
                columns={columns}
                extra={{ label: 'Count of rows', run: addCount }}
                choose={(column) => store.getState().draftMeasure(table.source, column.name)}
              >
                <PlusIcon />
                Measure
              </ColumnPicker>
            </>
          }
          hint={
            <>
              Figures over many rows. Drag a column here, or select one and press <kbd>M</kbd>.
            </>
          }
        />
      </div>
    </section>
  );
}
