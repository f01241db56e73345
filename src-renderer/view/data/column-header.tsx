import type { Column as GridColumn, IHeaderParams } from 'ag-grid-community';
import { memo, useEffect, useState } from 'react';
import type { ColumnProfile } from '#core/profile/profile';
import type { Column } from '#core/table';
import { useAssay } from '../../store/hooks';
import { profileOf } from '../../store/select';
import { Spark } from '../chart/spark';
import { evidenceWords } from '../ui/evidence';
import { counted, namesThings, numberOf, percent, span } from '../ui/figure';
import { KindIcon } from '../ui/kind-icon';
import { NullBar } from '../ui/null-bar';

/** The format under which a column is dragged onto Dimensions or Measures: JSON of { table, column }. */
export const draggedColumn = 'application/x-assay-column';

/** Room for the header in pixels, by how much of the profile it shows. */
export const headerHeight = { off: 30, compact: 58, full: 92 } as const;

export interface HeaderParams {
  readonly table: string;
  readonly columnOf: Column;
}

/** The header of a column in the grid: kind, name, order, and its profile at a glance. Can be dragged onto a draft. */
export const ColumnHeader = memo(function ColumnHeader(props: IHeaderParams & HeaderParams) {
  const { table, columnOf, column } = props;
  const mode = useAssay((s) => s.headerProfile);
  const total = useAssay((s) => profileOf(s, table, columnOf.name));
  const under = useAssay((s) => {
    const columns = s.filtered[table];
    return columns !== undefined && Object.hasOwn(columns, columnOf.name)
      ? columns[columnOf.name]
      : undefined;
  });
  const width = useColumnWidth(column) - 17;
  const sort = useSort(column);
  const profile = under ?? total;
  useDraggable(props.eGridHeader, table, columnOf.name);
  return (
    <div className="data-header">
      <span className="data-header-name">
        <KindIcon kind={columnOf.kind} />
        <button
          type="button"
          tabIndex={-1}
          title={`${columnOf.name} · ${columnOf.type}\nClick to sort, Shift-click to add to the order, drag onto Dimensions or Measures`}
          onClick={(event) => props.progressSort(event.shiftKey)}
        >
          {columnOf.name === '' ? '(no name)' : columnOf.name}
        </button>
        {sort === null ? null : (
          <span className="data-sort" role="img" aria-label={sort.words}>
            {sort.arrow}
            {sort.place}
          </span>
        )}
      </span>
      {mode === 'off' ? null : (
        <HeaderProfile
          profile={profile}
          total={under === undefined ? undefined : total}
          width={width}
          mode={mode}
        />
      )}
    </div>
  );
});

function HeaderProfile({
  profile,
  total,
  width,
  mode,
}: {
  profile: ColumnProfile | undefined;
  total: ColumnProfile | undefined;
  width: number;
  mode: 'compact' | 'full';
}) {
  const tall = mode === 'full' ? 30 : 16;
  if (profile === undefined) {
    return (
      <span className="data-header-profile" aria-hidden="true">
        <span className="ui-skeleton" style={{ height: tall, opacity: 0.5 }} />
        {mode === 'full' ? <span className="data-header-facts">&nbsp;</span> : null}
        <span className="ui-skeleton" style={{ height: 3 }} />
      </span>
    );
  }
  return (
    <span className="data-header-profile" title={evidenceWords(profile.evidence)}>
      <Spark profile={profile} total={total} width={Math.max(20, width)} height={tall} />
      {mode === 'full' ? <span className="data-header-facts">{headerFacts(profile)}</span> : null}
      <NullBar nulls={profile.nulls} rows={profile.rows} />
    </span>
  );
}

/** The line below the chart: a range where values are amounts or times, else how many there are. */
export function headerFacts(profile: ColumnProfile): string {
  if (profile.rows === 0) return 'no rows';
  if (profile.distinct === 0) return 'all null';
  if (profile.distinct === 1) return 'constant';
  const unique = profile.unique / (profile.rows - profile.nulls);
  if (profile.kind === 'time') return span(profile.min, profile.max);
  if (profile.kind === 'number' && profile.min !== undefined && !namesThings(profile)) {
    return `${numberOf(profile.min, profile)} – ${numberOf(profile.max, profile)}`;
  }
  if (unique === 1) return 'all unique';
  if (unique > 0.5) return `${percent(profile.unique, profile.rows - profile.nulls)} unique`;
  return `${counted(profile.distinct, 'distinct', 'distinct')}`;
}

/** Lets the whole header cell be dragged onto Dimensions or Measures. */
function useDraggable(cell: HTMLElement, table: string, column: string): void {
  useEffect(() => {
    const start = (event: DragEvent) => {
      if (event.dataTransfer === null) return;
      event.dataTransfer.setData(draggedColumn, JSON.stringify({ table, column }));
      event.dataTransfer.setData('text/plain', column);
      event.dataTransfer.effectAllowed = 'copy';
    };
    cell.draggable = true;
    cell.addEventListener('dragstart', start);
    return () => {
      cell.draggable = false;
      cell.removeEventListener('dragstart', start);
    };
  }, [cell, table, column]);
}

function useColumnWidth(column: GridColumn): number {
  const [width, setWidth] = useState(() => column.getActualWidth());
  useEffect(() => {
    const changed = () => setWidth(column.getActualWidth());
    changed();
    column.addEventListener('widthChanged', changed);
    return () => column.removeEventListener('widthChanged', changed);
  }, [column]);
  return width;
}

function useSort(column: GridColumn) {
  const read = () => ({ direction: column.getSort(), index: column.getSortIndex() });
  const [sort, setSort] = useState(read);
  useEffect(() => {
    const changed = () => setSort({ direction: column.getSort(), index: column.getSortIndex() });
    changed();
    column.addEventListener('sortChanged', changed);
    column.addEventListener('columnStateUpdated', changed);
    return () => {
      column.removeEventListener('sortChanged', changed);
      column.removeEventListener('columnStateUpdated', changed);
    };
  }, [column]);
  if (sort.direction === undefined || sort.direction === null) return null;
  const place = sort.index === undefined || sort.index === null || sort.index === 0 ? '' : sort.index + 1;
  return {
    arrow: sort.direction === 'asc' ? '↑' : '↓',
    place,
    words: sort.direction === 'asc' ? 'ascending' : 'descending',
  };
}
