import { useEffect, useState } from 'react';
import type { Breaks, Dependency } from '#core/relation/relation';
import type { Cell } from '#core/table';
import { useAssayStore } from '../../store/hooks';
import { breaksOf } from '../../store/relations';
import { Button } from '../ui/button';
import { copyText } from '../ui/copy';
import { count, plainText, time } from '../ui/figure';
import { CopyIcon } from '../ui/icon';

/** The rows that break a dependency, a page at a time. */
export function RelationBreaks({ table, dependency }: { table: string; dependency: Dependency }) {
  const store = useAssayStore();
  const [offset, setOffset] = useState(0);
  const [breaks, setBreaks] = useState<Breaks | null>(null);
  useEffect(() => {
    const abort = new AbortController();
    void store
      .getState()
      .findBreaks(table, dependency, offset, abort.signal)
      .then((found) => {
        if (!abort.signal.aborted && found !== null) setBreaks(found);
      });
    return () => abort.abort();
  }, [store, table, dependency, offset]);
  if (breaks === null) return <p className="relation-waiting">Reading the rows…</p>;
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
        <Button disabled={offset === 0} onClick={() => setOffset(Math.max(0, offset - breaksOf))}>
          Previous
        </Button>
        <Button disabled={offset + breaksOf >= breaks.total} onClick={() => setOffset(offset + breaksOf)}>
          Next
        </Button>
        <button
          type="button"
          className="ui-link"
          title={breaks.sql}
          onClick={() => void copyText(breaks.sql)}
        >
          <CopyIcon />
          Copy SQL
        </button>
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
