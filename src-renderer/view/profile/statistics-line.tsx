import { memo } from 'react';
import { alertTitle } from '#core/profile/alerts';
import { isFirstLook } from '#core/profile/profile';
import { Badge } from '../ui/badge';
import { count } from '../ui/figure';
import { InfoIcon, WarningIcon } from '../ui/icon';
import { KindIcon } from '../ui/kind-icon';
import { statisticTold, statisticWords } from '../ui/statistic-text';
import { type Laid, type StatisticsLine, type StatisticsRow, statisticsRow } from './statistics-list';

/** What the cells of a line need to know of the table. */
export interface Cells {
  /** The statistics on screen. */
  readonly laid: readonly Laid[];
  /** Place of the first of them among all. */
  readonly from: number;
  /** How many there are in all. */
  readonly of: number;
  /** Width of the names. */
  readonly first: number;
  /** Width that can be seen. */
  readonly room: number;
}

/**
 * A line of the table of statistics: a heading, or a column with those of its cells that are on screen. The table tells the
 * cells by `data-of`, where −1 is the name, and the lines by `data-line`.
 */
export const StatisticsLineRow = memo(function StatisticsLineRow({
  line,
  at,
  cells,
  selected,
  active,
  activeId,
}: {
  line: StatisticsLine;
  /** Place among the lines. */
  at: number;
  cells: Cells;
  selected: boolean;
  /** Which of its cells is the active one of the table; null if none is. */
  active: number | null;
  activeId: string;
}) {
  const style = { top: at * statisticsRow };
  if (line.kind === 'heading') {
    return (
      <tr aria-rowindex={at + 2} data-line={at} className="statistics-row statistics-heading" style={style}>
        <td
          id={active === null ? undefined : activeId}
          data-of={-1}
          aria-colindex={1}
          colSpan={cells.of + 1}
          className={active === null ? 'statistics-title' : 'statistics-title statistics-active'}
          style={{ width: cells.room }}
        >
          {line.severity === null ? null : line.severity === 'warning' ? <WarningIcon /> : <InfoIcon />}
          {line.title}
          <span className="profile-count">{count(line.count)}</span>
        </td>
      </tr>
    );
  }
  const { row } = line;
  return (
    <tr
      aria-rowindex={at + 2}
      aria-selected={selected}
      data-line={at}
      className={selected ? 'statistics-row statistics-selected' : 'statistics-row'}
      style={style}
    >
      <th
        scope="row"
        id={active === -1 ? activeId : undefined}
        data-of={-1}
        aria-colindex={1}
        className={active === -1 ? 'statistics-name statistics-active' : 'statistics-name'}
        style={{ width: cells.first }}
        title={`${row.column.name}\nEnter or a double click opens its sheet`}
      >
        <Name row={row} />
      </th>
      {cells.laid.map((one, i) => (
        <Cell
          key={one.statistic.key}
          row={row}
          laid={one}
          first={cells.first}
          of={cells.from + i}
          id={active === cells.from + i ? activeId : undefined}
        />
      ))}
    </tr>
  );
});

function Name({ row: { column, profile } }: { row: StatisticsRow }) {
  return (
    <>
      <KindIcon kind={column.kind} />
      <span className="profile-name">{column.name === '' ? '(no name)' : column.name}</span>
      {profile !== undefined && isFirstLook(profile) ? (
        <span className="statistics-look" title="A first look at a sample; all rows are still read">
          <i className="ui-dot ui-dot-estimate" aria-hidden="true" />
          first look
        </span>
      ) : null}
    </>
  );
}

function Cell({
  row,
  laid: { statistic, left, width, begins, right },
  first,
  of,
  id,
}: {
  row: StatisticsRow;
  laid: Laid;
  first: number;
  of: number;
  /** Given to the active cell of the table only. */
  id: string | undefined;
}) {
  const { text, off } = statisticTold(row, statistic);
  const applies = statistic.kinds.includes(row.column.kind);
  const waits = row.profile === undefined && statistic.figures.length > 0;
  return (
    <td
      id={id}
      data-of={of}
      aria-colindex={of + 2}
      className={cellClass(right, begins, id !== undefined) + (off === undefined ? '' : ' statistics-off')}
      style={{ left: first + left, width }}
      title={statisticWords(row, statistic)}
    >
      {waits && applies ? (
        <span className="ui-skeleton" style={{ width: 32 }} />
      ) : statistic.key === 'alerts' ? (
        row.alerts.map((alert) => (
          <Badge
            key={alert.code}
            tone={alert.severity === 'warning' ? 'warning' : 'info'}
            title={alert.message}
          >
            {alertTitle[alert.code]}
          </Badge>
        ))
      ) : text === '' ? (
        <span className="profile-quiet">{applies && statistic.form !== 'word' ? '–' : ''}</span>
      ) : (
        text
      )}
    </td>
  );
}

export function cellClass(right: boolean, begins: boolean, active: boolean): string {
  return `statistics-cell${right ? ' statistics-right' : ''}${begins ? ' statistics-begins' : ''}${active ? ' statistics-active' : ''}`;
}
