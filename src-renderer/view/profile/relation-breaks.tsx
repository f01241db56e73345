import { useState } from 'react';
import type { Filter } from '#contract';
import type { Dependency } from '#core/relation/relation';
import type { Cell } from '#core/table';
import { useAssay } from '../../store/hooks';
import { Button } from '../ui/button';
import { CopySql } from '../ui/copy-sql';
import { count, plainText, time } from '../ui/figure';
import { Work } from './answer';
import { filterOf } from './relation-words';
import { useAnswer } from './use-answer';

const noFilters: readonly Filter[] = [];
/** Rows of a page. */
const perPage = 100;

/** The rows that break a dependency, a page at a time. */
export function RelationBreaks({ table, dependency }: { table: string; dependency: Dependency }) {
  const filters = useAssay((s) => s.filters[table] ?? noFilters);
  const [offset, setOffset] = useState(0);
  const { left, right } = dependency;
  const asked = useAnswer('relation:breaks', {
    table,
    left,
    right,
    offset,
    limit: perPage,
    ...filterOf(filters),
  });
  const breaks = asked.value;
  if (breaks === null) return <Work answer={asked} doing="Reading the rows" />;
  const bold = dependency.left.length + 2;
  return (
    <div className="relation-breaks">
      <section
        className="chart-table-frame"
        aria-label={`Rows that break ${dependency.left.join(' and ')} determines ${dependency.right}`}
      >
        <table className="chart-table">
          <thead>
            <tr>
              {breaks.columns.map((c, i) => (
                <th key={c} scope="col" className={i < bold ? 'relation-main-column' : undefined}>
                  {c}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {breaks.page.map((row, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows of a file have no other name.
              <tr key={i}>
                {row.map((cell, j) => (
                  <td key={breaks.columns[j]} className={classOf(cell)}>
                    {cellText(cell)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p className="relation-pages">
        <span>
          {count(offset + 1)}–{count(offset + breaks.page.length)} of {count(breaks.total)}
        </span>
        <Button disabled={offset === 0} onClick={() => setOffset(Math.max(0, offset - perPage))}>
          Previous
        </Button>
        <Button disabled={offset + perPage >= breaks.total} onClick={() => setOffset(offset + perPage)}>
          Next
        </Button>
        <CopySql sql={breaks.sql} />
      </p>
    </div>
  );
}

function classOf(cell: Cell): string | undefined {
  return cell === null ? 'pair-quiet' : typeof cell === 'number' ? 'relation-number' : undefined;
}

function cellText(cell: Cell): string {
  return typeof cell === 'string' && /^\d{4}-\d\d-\d\dT/.test(cell) ? time(cell) : plainText(cell);
}
