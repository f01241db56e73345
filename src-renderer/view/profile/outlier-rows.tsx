import { useEffect, useState } from 'react';
import type { Filter } from '#contract';
import type { Found } from '#core/outlier/bench';
import type { Cell, Column, Table } from '#core/table';
import { type Page, useAssay, useClient } from '../../store/hooks';
import { Button } from '../ui/button';
import { count, counted, time, valueText } from '../ui/figure';
import { Segmented } from '../ui/segmented';

const perPage = 25;
/** Columns beside the one that is judged. */
const beside = 11;
const noProfiles = {};
const letters = ['Z to A', 'A to Z'] as const;
const orders = {
  number: ['Highest first', 'Lowest first'],
  time: ['Latest first', 'Earliest first'],
  text: letters,
  boolean: ['True first', 'False first'],
  nested: letters,
} as const;

/** The flagged rows, a page at a time, their column first. */
export function OutlierRows({
  table,
  column,
  found,
  filter,
}: {
  table: Table;
  column: Column;
  found: Found;
  filter: readonly Filter[];
}) {
  const client = useClient();
  const profiles = useAssay((s) => s.profiles[table.name] ?? noProfiles);
  const test = found.flag;
  const total = found.below + found.above;
  const key = JSON.stringify([test, filter]);
  const [at, setAt] = useState({ key, offset: 0, descending: true });
  const { offset, descending } = at.key === key ? at : { offset: 0, descending: at.descending };
  const [page, setPage] = useState<{ page: Page; offset: number } | null>(null);
  const [failed, setFailed] = useState(false);
  const columns = [column, ...table.columns.filter((c) => c.name !== column.name).slice(0, beside)];
  const names = JSON.stringify(columns.map((c) => c.name));

  useEffect(() => {
    const gone = new AbortController();
    const [flag, others] = JSON.parse(key) as [Found['flag'], readonly Filter[]];
    void client
      .rows(
        {
          table: table.name,
          columns: JSON.parse(names) as string[],
          offset,
          limit: perPage,
          sort: [{ column: column.name, descending }],
          filter: [...others, { column: column.name, test: flag }],
        },
        { signal: gone.signal },
      )
      .then((reply) => {
        if (gone.signal.aborted) return;
        setFailed(!reply.ok);
        if (reply.ok) setPage({ page: reply.value, offset });
      });
    return () => gone.abort();
  }, [client, table.name, column.name, names, key, offset, descending]);

  const say = (one: Column, cell: Cell) => {
    if (cell === null) return 'null';
    const profile = Object.hasOwn(profiles, one.name)
      ? (profiles as Readonly<Record<string, Parameters<typeof valueText>[1]>>)[one.name]
      : undefined;
    if (one.kind === 'time') return time(cell);
    return profile === undefined ? String(cell) : valueText(cell, profile).slice(0, 120);
  };
  const go = (next: number) => () => setAt({ key, offset: next, descending });
  const shown = page?.page.rowCount ?? 0;
  const left = table.columns.length - columns.length;
  return (
    <section className="outlier-part outlier-rows" aria-label="Flagged rows">
      <header className="profile-head">
        <h3>Flagged rows</h3>
        <span className="profile-quiet" role="status">
          {page === null || shown === 0
            ? counted(total, 'row')
            : `${count(page.offset + 1)}–${count(page.offset + shown)} of ${count(page.page.total)}`}
          {left > 0 ? ` · ${columns.length} of ${count(table.columns.length)} columns` : ''}
        </span>
        <span className="profile-space" />
        <Segmented
          small
          label="Order"
          value={descending ? 'down' : 'up'}
          onChange={(order) => setAt({ key, offset: 0, descending: order === 'down' })}
          choices={[
            { value: 'down', label: orders[column.kind][0] },
            { value: 'up', label: orders[column.kind][1] },
          ]}
        />
        <Button disabled={offset === 0} onClick={go(Math.max(0, offset - perPage))}>
          Previous
        </Button>
        <Button disabled={offset + perPage >= (page?.page.total ?? 0)} onClick={go(offset + perPage)}>
          Next
        </Button>
      </header>
      {failed ? (
        <p className="profile-note">These rows could not be read.</p>
      ) : total === 0 ? (
        <p className="profile-note">The rule flags no row.</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so it must be reachable by keyboard.
        <div className="outlier-scroll outlier-page" tabIndex={0}>
          <table className="outlier-grid">
            <thead>
              <tr>
                {columns.map((one) => (
                  <th key={one.name} scope="col" className={`outlier-kind-${one.kind}`} title={one.name}>
                    {one.name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {Array.from({ length: shown }, (_, row) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: rows of a page have no other identity.
                <tr key={row}>
                  {columns.map((one, i) => {
                    const cell = page?.page.get(row, i) ?? null;
                    return (
                      <td
                        key={one.name}
                        className={`outlier-kind-${one.kind}${i === 0 ? ' outlier-first' : ''}${cell === null ? ' profile-quiet' : ''}`}
                      >
                        {say(one, cell)}
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
