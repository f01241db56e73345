/**
 * Where the grid gets its rows: pages of the service, decoded cell by cell as they come on screen.
 *
 * A page holds some rows of some columns. Where the columns are many they are asked for in groups, each when one of its
 * cells is first looked at, so that a table of thousands of columns opens as fast as one of ten.
 */
import type { IDatasource, SortModelItem } from 'ag-grid-community';
import type { Filter, RowsAsk } from '#contract';
import { type Problem, problem } from '#core/problem';
import type { Cell } from '#core/table';
import type { Client, Page } from '../../store/hooks';

/** Rows that were asked for together, and the groups of their columns that have come. */
interface Block {
  readonly offset: number;
  readonly limit: number;
  readonly sort: RowsAsk['sort'];
  readonly pages: (Page | undefined)[];
  readonly asked: Set<number>;
}

/** A row as the grid holds it: where it stands in its block. */
export interface GridRow {
  readonly block: Block;
  readonly at: number;
}

/** Columns go by their place in the file, since a name may be anything. */
export const columnId = (index: number) => `c${index}`;
export const indexOf = (id: string) => (/^c\d+$/.test(id) ? Number(id.slice(1)) : -1);

/** Up to here all columns are asked for at once; beyond, this many make a group. */
const together = 120;
const groupSize = 60;

export interface RowSourceAsk {
  readonly client: Client;
  readonly table: string;
  readonly columns: readonly string[];
  readonly filters: readonly Filter[];
  /** The first columns of a block came; `total` are the rows under the filter. */
  onTotal(total: number): void;
  /** More columns of rows that are on screen came. */
  onMore(): void;
  /** Rows could not be had; the grid's cells stay empty until it asks again. */
  onProblem(problem: Problem): void;
}

export interface RowSource extends IDatasource {
  /** A value; undefined while it is on its way. */
  value(row: GridRow, column: number): Cell | undefined;
  /** Some values of a column from the same block, to see how they are written; none while they are on their way. */
  look(row: GridRow, column: number): readonly Cell[];
  /** All values of a row; null if they cannot be had. */
  row(row: GridRow): Promise<readonly Cell[] | null>;
  /** The statement for all rows and columns as they are shown; null if it cannot be had. */
  sql(): Promise<string | null>;
}

export function rowSource(ask: RowSourceAsk): RowSource {
  const over = new AbortController();
  const size = ask.columns.length <= together ? Math.max(1, ask.columns.length) : groupSize;
  const groupOf = (column: number) => Math.floor(column / size);
  let lastSort: RowsAsk['sort'] = [];
  let lastGroup = 0;

  const fetch = (columns: readonly string[], offset: number, limit: number, sort: RowsAsk['sort']) =>
    ask.client.rows(
      { table: ask.table, columns, offset, limit, ...(sort ? { sort } : {}), filter: ask.filters },
      { signal: over.signal },
    );

  const load = async (block: Block, group: number): Promise<Page | null> => {
    block.asked.add(group);
    const columns = ask.columns.slice(group * size, (group + 1) * size);
    const reply = await fetch(columns, block.offset, block.limit, block.sort);
    if (over.signal.aborted) return null;
    if (!reply.ok) {
      ask.onProblem(
        'problem' in reply ? reply.problem : problem('query-failed', { reason: reply.fault, sql: '' }),
      );
      return null;
    }
    block.pages[group] = reply.value;
    return reply.value;
  };

  return {
    getRows({ startRow, endRow, sortModel, successCallback, failCallback }) {
      lastSort = sortOf(sortModel, ask.columns);
      const block: Block = {
        offset: startRow,
        limit: endRow - startRow,
        sort: lastSort,
        pages: [],
        asked: new Set(),
      };
      void load(block, lastGroup).then((page) => {
        if (over.signal.aborted) return;
        if (page === null) {
          failCallback();
          return;
        }
        successCallback(
          Array.from({ length: page.rowCount }, (_, at): GridRow => ({ block, at })),
          page.total,
        );
        ask.onTotal(page.total);
      });
    },
    value({ block, at }, column) {
      const group = groupOf(column);
      const page = block.pages[group];
      if (page !== undefined) return page.get(at, column - group * size);
      if (!block.asked.has(group)) {
        lastGroup = group;
        void load(block, group).then((came) => {
          if (came !== null) ask.onMore();
        });
      }
      return undefined;
    },
    look({ block }, column) {
      const group = groupOf(column);
      const page = block.pages[group];
      if (page === undefined) return [];
      return Array.from({ length: Math.min(100, page.rowCount) }, (_, at) =>
        page.get(at, column - group * size),
      );
    },
    async row({ block, at }) {
      const reply = await fetch([], block.offset + at, 1, block.sort);
      if (!reply.ok || reply.value.rowCount === 0) return null;
      return ask.columns.map((_, column) => reply.value.get(0, column));
    },
    async sql() {
      const reply = await fetch([], 0, 1, lastSort);
      return reply.ok ? reply.value.sql : null;
    },
    destroy: () => over.abort(),
  };
}

function sortOf(model: readonly SortModelItem[], columns: readonly string[]): RowsAsk['sort'] {
  return model.flatMap((item) => {
    const column = columns[indexOf(item.colId)];
    return column === undefined ? [] : [{ column, descending: item.sort === 'desc' }];
  });
}
