import { useEffect, useMemo, useState } from 'react';
import type { SideFacts } from '#core/compare/side';
import { SAMPLE_ROWS, sideFrom } from '../../store/compare';
import { useAssay, useAssayStore, useBridge } from '../../store/hooks';
import type { SideDraft, SideRows } from '../../store/state';
import { ExpressionField } from '../code/expression-field';
import { count, counted } from '../ui/figure';

/** How long typing must rest before a condition or a query is looked at. */
const restMs = 350;
const nobody: readonly never[] = [];
/** What the list of tables holds besides tables; no table can have these as its name, for a name never holds NUL. */
const [aFile, aQuery] = ['\0file', '\0query'];

/**
 * A side of the comparison: its table, which of its rows, and a field for a condition or a query with what is wrong with
 * it.
 *
 * @param table The table in front, to which the choice belongs.
 * @param facts What the side was when it was compared; null if it never was as it is chosen now.
 */
export function CompareSide({
  table,
  at,
  draft,
  facts,
}: {
  table: string;
  at: 0 | 1;
  draft: SideDraft;
  facts: SideFacts | null;
}) {
  const store = useAssayStore();
  const bridge = useBridge();
  const order = useAssay((s) => s.order);
  const tables = useAssay((s) => s.tables);
  const filters = useAssay((s) => (draft.table === null ? 0 : (s.filters[draft.table]?.length ?? 0)));
  const name = at === 0 ? 'A' : 'B';
  const change = (to: Partial<SideDraft>) => store.getState().draftSide(table, at, to);
  const problem = useSideProblem(draft);
  const columns = useMemo(
    () =>
      draft.table === null
        ? order.flatMap((one) => tables[one]?.columns ?? [])
        : (tables[draft.table]?.columns ?? nobody),
    [draft.table, order, tables],
  );
  const rowsOf: readonly (readonly [SideRows, string])[] = [
    ['all', 'all rows'],
    ...(filters > 0 || draft.rows === 'filter' ? [['filter', 'rows under its filter'] as const] : []),
    ...(filters > 0 || draft.rows === 'others' ? [['others', 'all other rows than those'] as const] : []),
    ['where', 'rows where…'],
    ['sample', `a sample of about ${count(SAMPLE_ROWS)} rows`],
  ];
  return (
    <fieldset className="compare-side" aria-label={`Side ${name}`}>
      <span className={`compare-letter compare-letter-${name}`}>{name}</span>
      <select
        className="ui-field"
        aria-label={`Table of side ${name}`}
        value={draft.table ?? aQuery}
        onChange={(event) => {
          const to = event.target.value;
          if (to === aFile) {
            void bridge
              .openFiles()
              .then((paths) => (paths.length > 0 ? store.getState().openSide(table, at, paths) : undefined));
          } else change({ table: to === aQuery ? null : to });
        }}
      >
        {order.map((one) => (
          <option key={one} value={one}>
            {one}
          </option>
        ))}
        {draft.table !== null && !order.includes(draft.table) ? (
          <option value={draft.table}>{draft.table}</option>
        ) : null}
        <option value={aQuery}>the result of a query…</option>
        <option value={aFile}>another file…</option>
      </select>
      {draft.table === null ? null : (
        <select
          className="ui-field"
          aria-label={`Rows of side ${name}`}
          value={draft.rows}
          onChange={(event) => change({ rows: event.target.value as SideRows })}
        >
          {rowsOf.map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      )}
      <span className="compare-side-field">
        {draft.table === null ? (
          <ExpressionField
            label={`Query of side ${name}`}
            placeholder="SELECT … over the open tables"
            value={draft.sql}
            columns={columns}
            members={nobody}
            problem={problem}
            onChange={(sql) => change({ sql })}
          />
        ) : draft.rows === 'where' ? (
          <ExpressionField
            label={`Condition of side ${name}`}
            placeholder="a condition, such as amount > 100"
            lines="one"
            value={draft.where}
            columns={columns}
            members={nobody}
            problem={problem}
            onChange={(where) => change({ where })}
          />
        ) : problem === null ? null : (
          <span className="compare-lack" role="status">
            {problem.words}
          </span>
        )}
      </span>
      <span className="compare-side-rows">{facts === null ? '' : factWords(facts)}</span>
    </fieldset>
  );
}

function factWords(facts: SideFacts): string {
  const rows = counted(facts.rows, 'row');
  if (facts.of === null || facts.of === facts.rows) return rows;
  return `${facts.sampled ? 'sample of ' : ''}${rows} of ${count(facts.of)}`;
}

/** What a side lacks, at once; what is wrong with its SQL, once typing rests. */
function useSideProblem(draft: SideDraft) {
  const store = useAssayStore();
  const lacks = useAssay((s) => {
    const side = sideFrom(s, draft);
    return typeof side === 'string' ? side : '';
  });
  const [wrong, setWrong] = useState('');
  const typed = draft.table === null ? draft.sql : draft.rows === 'where' ? draft.where : '';
  useEffect(() => {
    setWrong('');
    if (typed.trim() === '') return;
    const abort = new AbortController();
    const timer = setTimeout(() => {
      const side = sideFrom(store.getState(), draft);
      if (typeof side === 'string') return;
      void store
        .getState()
        .checkSide(side, abort.signal)
        .then((found) => {
          if (!abort.signal.aborted && found !== null) setWrong(firstWords(found, typed));
        });
    }, restMs);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [store, draft, typed]);
  if (wrong !== '') return { tone: 'error', words: wrong, remedy: '', at: null } as const;
  return lacks === '' || typed.trim() === '' ? lackOf(draft, lacks) : null;
}

/** An empty field says by its placeholder what it lacks. */
function lackOf(draft: SideDraft, lacks: string) {
  const field = draft.table === null || draft.rows === 'where';
  return lacks === '' || field ? null : ({ tone: 'warning', words: lacks, remedy: '', at: null } as const);
}

/** DuckDB's message without the picture of the line, and without words of ours that the user never typed. */
function firstWords(reason: string, typed: string): string {
  const plain = (reason.split(/\n\s*\n?LINE \d+:/)[0] ?? reason)
    .replace('Failed to extract statements: ', '')
    .replace(/\s+/g, ' ')
    .replace(/[.\s]+$/, '');
  const at = /syntax error at (?:or near "(.*)"|end of input)$/.exec(plain);
  const ours = at !== null && (at[1] === undefined || !typed.toUpperCase().includes(at[1].toUpperCase()));
  return ours ? 'It is not complete' : plain;
}
