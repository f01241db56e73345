import { statisticNamed } from '#core/profile/statistics';
import { AscendingIcon, DescendingIcon } from '../ui/icon';
import type { Sort } from './column-list';
import { type Cells, cellClass } from './statistics-line';

/** The names of the statistics, and by which of them the table is sorted. Its line is −1. */
export function StatisticsHead({
  cells: { laid, from, first },
  sort,
  active,
  activeId,
}: {
  cells: Cells;
  sort: Sort;
  /** Which of its cells is the active one of the table; null if none is. */
  active: number | null;
  activeId: string;
}) {
  const way = (key: string) =>
    sort.by !== key ? 'none' : sort.descending ? ('descending' as const) : ('ascending' as const);
  const arrow = (key: string) =>
    sort.by !== key ? null : sort.descending ? <DescendingIcon /> : <AscendingIcon />;
  return (
    <thead>
      <tr aria-rowindex={1} data-line={-1}>
        <th
          scope="col"
          id={active === -1 ? activeId : undefined}
          data-of={-1}
          className={active === -1 ? 'statistics-name statistics-active' : 'statistics-name'}
          aria-colindex={1}
          aria-sort={way('name')}
          style={{ width: first }}
          title={`${statisticNamed('name')?.means}\nClick to sort.`}
        >
          Column
          {arrow('name')}
        </th>
        {laid.map(({ statistic, left, width, begins, right }, i) => {
          const { key, title, means } = statistic;
          const here = active === from + i;
          return (
            <th
              key={key}
              scope="col"
              id={here ? activeId : undefined}
              data-of={from + i}
              className={cellClass(right, begins, here)}
              aria-colindex={from + i + 2}
              aria-sort={way(key)}
              style={{ left: first + left, width }}
              title={`${title}: ${means}\nClick to sort.`}
            >
              {title}
              {arrow(key)}
            </th>
          );
        })}
      </tr>
    </thead>
  );
}
