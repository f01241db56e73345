/**
 * Compare: two sides beside each other, column by column, what drifted most first.
 */
import { useCallback, useMemo, useState } from 'react';
import { differs, summaryOf } from '#core/compare/comparison';
import { sideWords } from '#core/compare/side';
import { remedy, words } from '#core/problem';
import { isOld, sideFrom, sidesOf } from '../../store/compare';
import { useAssay, useAssayStore, useShallow } from '../../store/hooks';
import type { Comparison } from '../../store/state';
import { Button } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { count } from '../ui/figure';
import { SearchField } from '../ui/search-field';
import { type CompareWish, linesOf } from './compare-figures';
import { CompareList } from './compare-list';
import { CompareSide } from './compare-sides';
import './compare.css';

export function CompareView({ table }: { table: string }) {
  const store = useAssayStore();
  const tables = useAssay((s) => s.tables);
  const order = useAssay((s) => s.order);
  const filters = useAssay((s) => s.filters);
  const sideDrafts = useAssay((s) => s.sideDrafts);
  const [a, b] = useMemo(
    () => sidesOf({ tables, order, filters, sideDrafts }, table),
    [tables, order, filters, sideDrafts, table],
  );
  const comparison = useAssay((s) => s.comparisons[table]);
  const ready = useAssay((s) => [a, b].every((draft) => typeof sideFrom(s, draft) !== 'string'));
  const asked = useAssay(useShallow((s) => [a, b].map((draft) => JSON.stringify(sideFrom(s, draft)))));
  const old = useAssay((s) => comparison !== undefined && isOld(s, comparison));
  const running = comparison?.state === 'running';
  const current =
    comparison !== undefined &&
    !old &&
    comparison.sides.every((side, i) => JSON.stringify(side) === asked[i]);
  const facts = current ? comparison.facts : null;

  return (
    <div className="compare">
      <div className="compare-head">
        <div className="compare-sides">
          <CompareSide table={table} at={0} draft={a} facts={facts?.[0] ?? null} />
          <CompareSide table={table} at={1} draft={b} facts={facts?.[1] ?? null} />
        </div>
        {running ? (
          <Button onClick={() => comparison.job !== null && store.getState().cancelJob(comparison.job)}>
            Cancel
          </Button>
        ) : (
          <Button tone="primary" disabled={!ready} onClick={() => void store.getState().compare(table)}>
            Compare
          </Button>
        )}
      </div>
      {comparison === undefined ? (
        <EmptyState title="Two sides, column by column">
          Choose what A and B are: two tables, rows under a condition against all, a sample, the result of a
          query. Compare shows which columns drifted, how far, and which values are new or gone.
        </EmptyState>
      ) : comparison.matching === null ? (
        <Unanswered comparison={comparison} />
      ) : (
        <Found table={table} comparison={comparison} old={old} current={current} />
      )}
    </div>
  );
}

/** Before the columns are known, and where they never will be. */
function Unanswered({ comparison }: { comparison: Comparison }) {
  const { problem, state } = comparison;
  if (state === 'running') return <p className="profile-note" />;
  if (problem === null || state === 'cancelled') return <p className="profile-note">Cancelled.</p>;
  return (
    <EmptyState title="They could not be compared">
      {words(problem).replace(/\n+LINE \d+:[\s\S]*$/, '')}. {remedy(problem)}
    </EmptyState>
  );
}

function Found({
  table,
  comparison,
  old,
  current,
}: {
  table: string;
  comparison: Comparison;
  old: boolean;
  current: boolean;
}) {
  const store = useAssayStore();
  const { matching, pairs, columns, state, problem, sides } = comparison;
  const [wish, setWish] = useState<CompareWish>({ text: '', sort: 'drift', differing: false, opened: [] });
  const lines = useMemo(
    () => (matching === null ? [] : linesOf(matching, pairs, columns, wish)),
    [matching, pairs, columns, wish],
  );
  const visible = useCallback(
    (names: readonly string[]) => store.getState().compareFirst(table, names),
    [store, table],
  );
  const fold = useCallback(
    (side: 'A' | 'B') =>
      setWish((w) => ({
        ...w,
        opened: w.opened.includes(side) ? w.opened.filter((one) => one !== side) : [...w.opened, side],
      })),
    [],
  );
  if (matching === null) return null;
  const different = columns.filter(differs).length;
  const cut = matching.pairs.length - pairs;
  return (
    <>
      <div className="compare-summary">
        <p role="status" title={rule}>
          {state === 'done' || columns.length > 0 || pairs === 0 ? summaryOf(matching, columns, pairs) : ''}
        </p>
        <p className="compare-basis">
          A is {sideWords(sides[0])}; B is {sideWords(sides[1])}.
          {old
            ? ' A table was read anew or closed since.'
            : current
              ? ''
              : ' The sides are chosen otherwise now.'}
          {state === 'cancelled'
            ? ` Cancelled after ${count(columns.length)} of ${count(pairs)} columns.`
            : ''}
          {state === 'failed'
            ? ` It stopped: ${problem === null ? 'a fault, see the log' : words(problem)}.`
            : ''}
          {cut > 0
            ? ` The first ${count(pairs)} of ${count(matching.pairs.length)} columns are compared.`
            : ''}
          {cut > 0 && state !== 'running' ? (
            <button
              type="button"
              className="ui-link"
              onClick={() => void store.getState().compare(table, true)}
            >
              Compare all
            </button>
          ) : null}
        </p>
      </div>
      <div className="profile-toolbar">
        <span className="profile-search">
          <SearchField
            label="Search columns"
            value={wish.text}
            onChange={(text) => setWish((w) => ({ ...w, text }))}
          />
        </span>
        <Button
          aria-pressed={wish.differing}
          title={rule}
          onClick={() => setWish((w) => ({ ...w, differing: !w.differing }))}
        >
          Differing <span className="profile-count">{count(different)}</span>
        </Button>
        <span className="profile-space" />
        {state === 'running' ? (
          <span className="profile-progress" role="status">
            <span className="profile-progress-bar" aria-hidden="true">
              <i style={{ width: `${(100 * columns.length) / Math.max(1, pairs)}%` }} />
            </span>
            {count(columns.length)} of {count(pairs)} columns
          </span>
        ) : null}
        <label className="profile-sort">
          <span>Sort</span>
          <select
            className="ui-field"
            value={wish.sort}
            onChange={(event) => setWish((w) => ({ ...w, sort: event.target.value as CompareWish['sort'] }))}
          >
            <option value="drift">drift</option>
            <option value="file">order of A</option>
          </select>
        </label>
      </div>
      <CompareList lines={lines} onVisible={visible} onFold={fold} />
    </>
  );
}

const rule =
  'A column differs if its PSI is 0.1 or more and beyond what chance gives, if its null share is 5 points or more apart, or if it is of another kind.';
