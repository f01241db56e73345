import { useMemo, useState } from 'react';
import type { Filter } from '#contract';
import type { ColumnLack, MissingOverview, Suspect } from '#core/missing/missing';
import { EvidenceLine } from '../ui/evidence';
import { count, counted, share } from '../ui/figure';
import { Answer } from './answer';
import { MissingName } from './missing-name';
import type { Asked } from './use-answer';

type Sort = 'file' | 'name' | 'nulls' | 'blanks' | 'disguised';
/** Rows that are drawn at first: a table may have thousands of columns. */
const SHOWN = 200;

interface Lack extends ColumnLack {
  readonly place: number;
  readonly disguised: number;
}

/** What each column lacks, as a list that can be sorted; those that lack nothing are folded away. */
export function MissingBars({
  overview,
  suspects,
  chosen,
  onChoose,
  onFilter,
  onExplain,
  onDisguised,
}: {
  overview: Asked<MissingOverview>;
  suspects: readonly Suspect[];
  chosen: string | null;
  onChoose: (column: string) => void;
  onFilter: (filter: Filter) => void;
  onExplain: (column: string) => void;
  onDisguised: () => void;
}) {
  const [sort, setSort] = useState<Sort>('nulls');
  const [all, setAll] = useState(false);
  const list = useMemo(
    () => sorted(lacksOf(overview.value?.columns ?? [], suspects), sort),
    [overview.value, suspects, sort],
  );
  const some = list.filter((c) => c.nulls + c.blanks + c.disguised > 0);
  const none = list.filter((c) => c.nulls + c.blanks + c.disguised === 0);
  const shown = all ? some : some.slice(0, SHOWN);
  const head = (key: Sort, title: string) => (
    <th
      scope="col"
      aria-sort={sort === key ? (key === 'name' || key === 'file' ? 'ascending' : 'descending') : undefined}
    >
      <button type="button" className="missing-sort" onClick={() => setSort(sort === key ? 'file' : key)}>
        {title}
        {sort === key ? <span aria-hidden="true">{key === 'name' ? ' ↑' : ' ↓'}</span> : null}
      </button>
    </th>
  );
  return (
    <Answer answer={overview} doing="Counting" height={240}>
      {({ rows, evidence }) => (
        <>
          {rows === 0 ? <p className="profile-note">There are no rows to look at.</p> : null}
          {some.length === 0 && rows > 0 ? (
            <p className="profile-note">
              No column lacks anything in these {counted(rows, 'row')}: no nulls, no blank text, nothing that
              usually stands for a missing value.
            </p>
          ) : null}
          {shown.length === 0 ? null : (
            <table className="profile-table missing-bars">
              <thead>
                <tr>
                  {head('name', 'Column')}
                  <th scope="col">
                    <span className="missing-legend">
                      <i className="missing-tone-null" /> missing <i className="missing-tone-blank" /> blank{' '}
                      <i className="missing-tone-disguised" /> disguised
                    </span>
                  </th>
                  {head('nulls', 'Missing')}
                  <th scope="col">%</th>
                  {head('blanks', 'Blank')}
                  {head('disguised', 'Disguised')}
                  <th scope="col">
                    <span className="visually-hidden">Actions</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {shown.map((c) => (
                  <tr key={c.name} aria-selected={c.name === chosen}>
                    <th scope="row">
                      <MissingName name={c.name} kind={c.kind} onChoose={onChoose} />
                    </th>
                    <td className="missing-bar-cell">
                      <Bar lack={c} rows={rows} />
                    </td>
                    <td>{count(c.nulls)}</td>
                    <td className="profile-quiet">{share(c.nulls, rows)}</td>
                    <td className={c.blanks === 0 ? 'profile-quiet' : undefined}>
                      {c.blanks === 0 ? '–' : count(c.blanks)}
                    </td>
                    <td className={c.disguised === 0 ? 'profile-quiet' : undefined}>
                      {c.disguised === 0 ? (
                        '–'
                      ) : (
                        <button type="button" className="ui-link" onClick={onDisguised}>
                          {count(c.disguised)}
                        </button>
                      )}
                    </td>
                    <td className="missing-actions">
                      <button
                        type="button"
                        className="ui-link"
                        disabled={c.nulls === 0}
                        aria-label={`Filter to the rows without ${c.name}`}
                        onClick={() => onFilter({ column: c.name, test: { kind: 'null' } })}
                      >
                        Filter
                      </button>
                      <button
                        type="button"
                        className="ui-link"
                        disabled={c.nulls === 0}
                        aria-label={`What missing ${c.name} depends on`}
                        onClick={() => onExplain(c.name)}
                      >
                        Why?
                      </button>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
          {some.length > shown.length ? (
            <p className="profile-note">
              <button type="button" className="ui-link" onClick={() => setAll(true)}>
                Show {counted(some.length - shown.length, 'more column')}
              </button>
            </p>
          ) : null}
          {none.length === 0 ? null : (
            <details className="missing-fold">
              <summary>
                {counted(none.length, 'column')} that {none.length === 1 ? 'lacks' : 'lack'} nothing
              </summary>
              <p>{none.map((c) => c.name).join(', ')}</p>
            </details>
          )}
          <footer className="missing-foot">
            <EvidenceLine evidence={evidence} />
          </footer>
        </>
      )}
    </Answer>
  );
}

/** How much of the rows a column lacks, and in which way; what is left is filled. */
function Bar({ lack, rows }: { lack: Lack; rows: number }) {
  const parts = [
    ['null', lack.nulls, 'missing'],
    ['blank', lack.blanks, 'blank'],
    ['disguised', lack.disguised, 'disguised'],
  ] as const;
  const words = parts.map(([, n, word]) => `${share(n, rows)} % ${word}`).join(', ');
  return (
    <span className="missing-bar" role="img" aria-label={words} title={words}>
      {parts.map(([tone, n]) =>
        n === 0 ? null : (
          <i
            key={tone}
            className={`missing-tone-${tone}`}
            style={{ width: `max(2px, ${(100 * n) / Math.max(1, rows)}%)` }}
          />
        ),
      )}
    </span>
  );
}

function lacksOf(columns: readonly ColumnLack[], suspects: readonly Suspect[]): readonly Lack[] {
  const likely = new Map<string, number>();
  for (const s of suspects) if (s.likely) likely.set(s.column, (likely.get(s.column) ?? 0) + s.count);
  return columns.map((c, place) => ({ ...c, place, disguised: likely.get(c.name) ?? 0 }));
}

function sorted(list: readonly Lack[], sort: Sort): readonly Lack[] {
  if (sort === 'file') return list;
  return list.toSorted(
    (a, b) =>
      (sort === 'name'
        ? a.name.localeCompare(b.name, 'en-US', { numeric: true })
        : b[sort] - a[sort] || b.nulls + b.blanks + b.disguised - (a.nulls + a.blanks + a.disguised)) ||
      a.place - b.place,
  );
}
