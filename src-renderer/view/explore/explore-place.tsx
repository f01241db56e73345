/**
 * Explore: questions to the model, and their answers as figures, charts and rows.
 */
import { useEffect, useMemo, useState } from 'react';
import type { ChartChoice } from '#core/design/design';
import type { ModelQuery } from '#core/design/query';
import { chartFor, chartsFor } from '#core/explore/chart';
import { rowsBehind } from '#core/explore/drill';
import { columnsOf, withOrder } from '#core/explore/question';
import { remedy, words } from '#core/problem';
import type { Cell } from '#core/table';
import { useAssay, useAssayStore } from '../../store/hooks';
import type { Explored } from '../../store/state';
import { Button } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { EvidenceLine } from '../ui/evidence';
import { counted } from '../ui/figure';
import { WarningIcon } from '../ui/icon';
import { Segmented } from '../ui/segmented';
import { valueText } from './cells';
import { ExploreBar } from './explore-bar';
import { Leaderboards } from './leaderboards';
import { MemberInput } from './member-input';
import { ResultChart } from './result-chart';
import { ResultTable } from './result-table';
import { type Behind, RowsPane } from './rows-pane';
import { Shelves } from './shelves';
import { TimeRange } from './time-range';
import './explore.css';
import './result.css';

const limits = [100, 500, 1000, 5000] as const;

const chartTitles: Readonly<Record<ChartChoice, string>> = {
  auto: 'Auto',
  line: 'Line',
  area: 'Area',
  bar: 'Bar',
  heat: 'Heat',
  scatter: 'Scatter',
  table: 'Table',
};

export function ExplorePlace() {
  const store = useAssayStore();
  const members = useAssay((s) => s.design.tables.some((t) => t.measures.length + t.dimensions.length > 0));
  const explored = useAssay((s) => s.explored);
  const query = useAssay((s) => s.question.query);
  const [behind, setBehind] = useState<Behind | null>(null);
  const asked = query.measures.length + query.dimensions.length > 0;
  // Rows of another question are not those of this one.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the question closes them.
  useEffect(() => setBehind(null), [query]);

  if (!members)
    return (
      <div className="explore-place">
        <EmptyState
          title="Nothing to ask yet"
          action={
            <Button tone="primary" onClick={() => store.getState().go('model')}>
              Draft measures and dimensions
            </Button>
          }
        >
          Explore asks the model: measures by dimensions, over all joined tables. Draft some members first.
        </EmptyState>
      </div>
    );

  const drill = (what: ModelQuery, row: readonly Cell[]) => {
    const { design } = store.getState();
    const columns = columnsOf(design, what);
    const rows = rowsBehind(design, what, columns, row);
    if (rows === null) return;
    const said = columns
      .filter((c) => c.kind === 'dimension')
      .map((c, i) => `${c.title} ${valueText(c, row[i])}`)
      .join(', ');
    setBehind({ query: rows, words: said === '' ? 'the whole' : said });
  };

  return (
    <section className="explore-place" aria-label="Explore">
      <ExploreBar />
      <div className="explore-scroll">
        <div className="explore-question">
          <MemberInput />
          <Shelves />
          <TimeRange />
        </div>
        <State />
        {explored === null ? (
          asked ? (
            <div className="explore-room" />
          ) : (
            <Beginning />
          )
        ) : (
          <Result explored={explored} onRows={(row) => drill(explored.query, row)} />
        )}
        <Leaderboards onRows={(what, _name, value) => drill(what, [value])} />
      </div>
      {behind === null ? null : <RowsPane behind={behind} onClose={() => setBehind(null)} />}
    </section>
  );
}

function Beginning() {
  const store = useAssayStore();
  const explorations = useAssay((s) => s.design.explorations);
  return (
    <div className="explore-begin">
      <p>
        Choose members on the left, drag them onto a shelf, or type their names above: a measure to count, a
        dimension to count it by.
      </p>
      {explorations.length === 0 ? null : (
        <ul>
          {explorations.map((e) => (
            <li key={e.name}>
              <Button onClick={() => store.getState().openExploration(e.name)}>{e.title || e.name}</Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** What DuckDB says beside the reason (what else there is, and where it stands) is for the tooltip. */
function shortWords(text: string): string {
  return text.replace(/\.?\s+(?:Candidate functions|Candidate bindings|LINE \d+):.*$/s, '');
}

/** How the work stands, in a line that is always there. */
function State() {
  const store = useAssayStore();
  const exploring = useAssay((s) => s.exploring);
  const trouble = useAssay((s) => s.exploreTrouble);
  return (
    <div className="explore-state" role="status">
      {trouble !== null ? (
        'fault' in trouble ? (
          <span className="explore-trouble">
            <WarningIcon />
            <span>
              <b>This is a fault of Assay, not of your data.</b> {trouble.fault}
            </span>
            <Button onClick={() => store.getState().askAgain()}>Try again</Button>
          </span>
        ) : trouble.code === 'query-cancelled' ? (
          <span>
            Cancelled. <Button onClick={() => store.getState().askAgain()}>Ask again</Button>
          </span>
        ) : (
          <span className="explore-trouble">
            <WarningIcon />
            <span>
              <b title={words(trouble)}>{shortWords(words(trouble))}.</b> {remedy(trouble)}
            </span>
            {trouble.code === 'tables-not-joined' || trouble.code === 'key-missing' ? (
              <Button onClick={() => store.getState().go('model')}>Go to Model</Button>
            ) : null}
          </span>
        )
      ) : exploring === 'slow' ? (
        <span>
          <i className="explore-spinner" aria-hidden="true" /> Asking…{' '}
          <Button onClick={() => store.getState().stopExploring()}>Cancel</Button>
        </span>
      ) : null}
    </div>
  );
}

function Result({ explored, onRows }: { explored: Explored; onRows: (row: readonly Cell[]) => void }) {
  const store = useAssayStore();
  const question = useAssay((s) => s.question);
  const old = useAssay((s) => s.exploring === 'slow' || s.exploreTrouble !== null);
  const rowsOf = useAssay((s) =>
    explored.design.tables.reduce((sum, t) => {
      const named = explored.columns.some((c) => c.name.startsWith(`${t.name}.`));
      return sum + (named ? (s.tables[t.source]?.rows ?? 0) : 0);
    }, 0),
  );
  const { answer, columns, query } = explored;
  const able = useMemo(() => chartsFor(columns), [columns]);
  const kind = chartFor(columns, question.chart);
  const dimensions = columns.filter((c) => c.kind === 'dimension');
  const compared = explored.before !== null && question.compare;
  const limit = query.limit ?? 500;
  const choices = (['auto', ...able] as const).map((value) => ({ value, label: chartTitles[value] }));
  return (
    <section className="explore-result" aria-label="Answer" aria-busy={old}>
      <div className="explore-result-head">
        <Segmented
          label="Chart"
          value={choices.some((c) => c.value === question.chart) ? question.chart : 'auto'}
          choices={choices}
          onChange={(chart) => store.getState().changeQuestion({ chart })}
        />
        {dimensions.length < 2 || columns.length === dimensions.length ? null : (
          <label className="ui-select">
            Columns
            <select
              className="ui-field"
              aria-label="Dimension laid over columns"
              value={question.pivot}
              onChange={(event) => store.getState().changeQuestion({ pivot: event.target.value })}
            >
              <option value="">as asked</option>
              {dimensions.map((c) => (
                <option key={c.word} value={c.word}>
                  {c.title}
                </option>
              ))}
            </select>
          </label>
        )}
        <label className="ui-select">
          Rows
          <select
            className="ui-field"
            aria-label="Rows at most"
            value={limits.includes(limit as never) ? limit : ''}
            onChange={(event) => {
              const next = Number(event.target.value);
              store.getState().changeAsked((q) => ({ ...q, limit: next }));
            }}
          >
            {limits.includes(limit as never) ? null : <option value="">{limit}</option>}
            {limits.map((n) => (
              <option key={n} value={n}>
                {n.toLocaleString('en-US')}
              </option>
            ))}
          </select>
        </label>
        <span className="explore-space" />
        <span className="explore-quiet">
          {answer.more
            ? `first ${counted(answer.rows.length, 'group')}, there are more`
            : counted(answer.rows.length, 'group')}
        </span>
      </div>
      <div className={old ? 'explore-old' : undefined}>
        {kind === 'table' || answer.rows.length === 0 ? null : (
          <ResultChart explored={explored} kind={kind} compared={compared} />
        )}
        <ResultTable
          key={columns.map((c) => c.word).join(' ')}
          explored={explored}
          pivotWord={question.pivot}
          compared={compared && question.pivot === ''}
          onRows={onRows}
          onOrder={(word, isMeasure) => store.getState().changeAsked((q) => withOrder(q, word, isMeasure))}
        />
      </div>
      <div className="explore-result-foot">
        <EvidenceLine
          evidence={{
            basis: 'exact',
            rows: rowsOf,
            ms: answer.ms,
            at: new Date(explored.at).toISOString(),
            sql: [answer.sql],
          }}
        />
      </div>
      {(answer.notes ?? []).map((note) => (
        <p key={note} className="explore-note">
          {note}
        </p>
      ))}
    </section>
  );
}
