/**
 * Where the grid gets its rows: pages of the service, decoded cell by cell as they come on screen.
 */
import type { IDatasource } from 'ag-grid-community';
import type { Filter } from '#contract';
import { type Problem, problem } from '#core/problem';
import type { Client, Page } from '../../store/hooks';

/** A row as the grid holds it: where it stands in its page. */
export interface GridRow {
  readonly page: Page;
  readonly at: number;
}

/** Columns go by their place in the file, since a name may be anything. */
export const columnId = (index: number) => `c${index}`;
export const indexOf = (id: string) => (/^c\d+$/.test(id) ? Number(id.slice(1)) : -1);

export interface RowSourceAsk {
  readonly client: Client;
  readonly table: string;
  readonly columns: readonly string[];
  readonly filters: readonly Filter[];
  /** A page came; its total is the rows under the filter. */
  onPage(page: Page): void;
  /** A page could not be had; the grid's block stays empty until it asks again. */
  onProblem(problem: Problem): void;
}

export function rowSource(ask: RowSourceAsk): IDatasource {
  const over = new AbortController();
  return {
    getRows({ startRow, endRow, sortModel, successCallback, failCallback }) {
      const sort = sortModel.flatMap((item) => {
        const column = ask.columns[indexOf(item.colId)];
        return column === undefined ? [] : [{ column, descending: item.sort === 'desc' }];
      });
      void ask.client
        .rows(
          {
            table: ask.table,
            columns: [],
            offset: startRow,
            limit: endRow - startRow,
            sort,
            filter: ask.filters,
          },
          { signal: over.signal },
        )
        .then((reply) => {
          if (over.signal.aborted) return;
          if (!reply.ok) {
            failCallback();
            ask.onProblem(
              'problem' in reply ? reply.problem : problem('query-failed', { reason: reply.fault, sql: '' }),
            );
            return;
          }
          const page = reply.value;
          const rows = Array.from({ length: page.rowCount }, (_, at): GridRow => ({ page, at }));
          successCallback(rows, page.total);
          ask.onPage(page);
        });
    },
    destroy: () => over.abort(),
  };
}
