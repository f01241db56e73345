/**
 * The first measure by every dimension of the asked tables, and of those that joins lead to: its largest values, each a filter by one click. Those on screen
 * are asked first, one after the other.
 */
import { Rows3 } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Answer } from '#contract';
import type { Design, Dimension } from '#core/design/design';
import type { ModelQuery } from '#core/design/query';
import { askedOf, isHeld, tablesAsked, tablesReached, withValue } from '#core/explore/question';
import { remedy, words } from '#core/problem';
import type { Cell } from '#core/table';
import { useAssay, useAssayStore } from '../../store/hooks';
import { count, duration } from '../ui/figure';
import { DimensionIcon } from '../ui/member-icon';
import { figureText, valueText } from './cells';

const mostBoards = 12;
const mostValues = 8;

interface Board {
  /** `table.member`. */
  readonly name: string;
  readonly dimension: Dimension;
  readonly query: ModelQuery;
}

/** What is asked for a dimension: without what it is itself held to, so that its other values stay in sight. */
function boardQuery(design: Design, query: ModelQuery, name: string): ModelQuery {
  const measure = query.measures[0]!;
  const filters = (query.filters ?? []).filter(
    (f) =>
      askedOf(design, f.member)?.kind === 'dimension' &&
      (f.member !== name || (f.operator !== 'equals' && f.operator !== 'notSet')),
  );
  return {
    measures: [measure],
    dimensions: [name],
    segments: query.segments,
    ...(filters.length === 0 ? {} : { filters }),
    ...(query.range === undefined ? {} : { range: query.range }),
    order: [{ member: measure, descending: true }],
    limit: mostValues,
  };
}

/** Dimensions to lead with: keys and times tell nothing here. */
function boardsOf(
  design: Design,
  query: ModelQuery,
): { readonly boards: readonly Board[]; readonly left: number } {
  const measure = askedOf(design, query.measures[0] ?? '');
  if (measure === null) return { boards: [], left: 0 };
  const asked = tablesAsked(design, query);
  const reached = tablesReached(design, measure.table.name).filter((t) => !asked.includes(t));
  const all = [...asked, ...reached].flatMap((table) =>
    table.dimensions
      .filter((d) => d.name !== '' && d.type !== 'time' && !d.primaryKey)
      .map((dimension) => ({ name: `${table.name}.${dimension.name}`, dimension })),
  );
  const held = new Set((query.filters ?? []).map((f) => f.member));
  const first = [...all.filter((b) => held.has(b.name)), ...all.filter((b) => !held.has(b.name))];
  return {
    boards: first.slice(0, mostBoards).map((b) => ({ ...b, query: boardQuery(design, query, b.name) })),
    left: Math.max(0, all.length - mostBoards),
  };
}

interface Got {
  readonly key: string;
  readonly answer: Answer | null;
  readonly trouble: string;
}

export function Leaderboards({ onRows }: { onRows: (query: ModelQuery, name: string, value: Cell) => void }) {
  const store = useAssayStore();
  const design = useAssay((s) => s.design);
  const query = useAssay((s) => s.question.query);
  const tables = useAssay((s) => s.tables);
  const busy = useAssay((s) => s.exploring !== 'rest');
  const { boards, left } = useMemo(() => boardsOf(design, query), [design, query]);
  const [got, setGot] = useState<Readonly<Record<string, Got>>>({});
  const [seen, setSeen] = useState<ReadonlySet<string>>(new Set());

  // Another design or another reading makes every answer old.
  // biome-ignore lint/correctness/useExhaustiveDependencies: they stand for what an answer rests on.
  useEffect(() => setGot({}), [design.tables, design.joins, tables]);

  const next = busy
    ? undefined
    : boards.find((b) => seen.has(b.name) && got[b.name]?.key !== JSON.stringify(b.query));
  const key = next === undefined ? null : JSON.stringify(next.query);
  useEffect(() => {
    if (key === null) return;
    const asked = JSON.parse(key) as ModelQuery;
    const name = asked.dimensions[0]!;
    const abort = new AbortController();
    let over = false;
    void store
      .getState()
      .askModel(asked, abort.signal)
      .then((reply) => {
        if (over) return;
        const trouble = reply.ok
          ? ''
          : 'problem' in reply
            ? `${words(reply.problem)}. ${remedy(reply.problem)}`
            : reply.fault;
        setGot((now) => ({
          ...now,
          [name]: { key, answer: reply.ok ? reply.value : null, trouble },
        }));
      });
    return () => {
      over = true;
      abort.abort();
    };
  }, [store, key]);

  if (boards.length === 0) return null;
  const measure = askedOf(design, query.measures[0]!)!;
  const title = measure.member.title || measure.member.name;
  return (
    <section className="explore-boards" aria-label="Leaderboards">
      <h2>
        {title} by each dimension <span>a click on a value keeps only its rows</span>
      </h2>
      <div className="explore-boards-grid">
        {boards.map((board) => (
          <BoardCard
            key={board.name}
            board={board}
            got={got[board.name]}
            fresh={got[board.name]?.key === JSON.stringify(board.query)}
            onSeen={() => setSeen((now) => (now.has(board.name) ? now : new Set([...now, board.name])))}
            onRows={onRows}
          />
        ))}
      </div>
      {left === 0 ? null : <p className="explore-note">{count(left)} more dimensions are not shown.</p>}
    </section>
  );
}

function BoardCard({
  board,
  got,
  fresh,
  onSeen,
  onRows,
}: {
  board: Board;
  got: Got | undefined;
  fresh: boolean;
  onSeen: () => void;
  onRows: (query: ModelQuery, name: string, value: Cell) => void;
}) {
  const store = useAssayStore();
  const design = useAssay((s) => s.design);
  const query = useAssay((s) => s.question.query);
  const card = useRef<HTMLElement>(null);
  const tell = useRef(onSeen);
  tell.current = onSeen;
  useEffect(() => {
    if (card.current === null) return;
    const watch = new IntersectionObserver((entries) => {
      if (!entries.some((e) => e.isIntersecting)) return;
      tell.current();
      watch.disconnect();
    });
    watch.observe(card.current);
    return () => watch.disconnect();
  }, []);

  const { dimension, name } = board;
  const asked = askedOf(design, board.query.measures[0]!);
  const title = dimension.title || dimension.name;
  const rows = got?.answer?.rows ?? [];
  const cells = rows.map((r) => r[1] ?? null);
  const most = cells.reduce<number>((a, c) => Math.max(a, Math.abs(Number(c ?? 0)) || 0), 0);
  const format = asked?.member.format ?? '';
  const column = (kind: 'dimension' | 'measure') =>
    ({
      word: name,
      kind,
      name,
      title,
      type: kind === 'measure' ? 'number' : dimension.type,
      grain: null,
      format: kind === 'measure' ? format : dimension.format,
    }) as const;
  const figure = figureText(column('measure'), cells);
  return (
    <section ref={card} className="explore-board" aria-label={title} aria-busy={!fresh} data-board={name}>
      <h3 title={name}>
        <DimensionIcon type={dimension.type} />
        <span>{title}</span>
        {got?.answer ? (
          <small title={got.answer.sql}>
            {got.answer.more ? 'top 8' : 'all'} · exact · {duration(got.answer.ms)}
          </small>
        ) : null}
      </h3>
      {got?.trouble ? (
        <p className="explore-note">{got.trouble}</p>
      ) : got === undefined ? (
        <ul aria-hidden="true">
          {Array.from({ length: mostValues }, (_, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike.
            <li key={i} className="explore-board-wait">
              <span className="ui-skeleton" style={{ width: `${72 - 7 * i}%` }} />
            </li>
          ))}
        </ul>
      ) : (
        <ul className={fresh ? undefined : 'explore-old'}>
          {rows.map((row) => {
            const value = row[0] ?? null;
            const text = valueText(column('dimension'), value);
            const held = isHeld(query, name, value);
            return (
              <li key={JSON.stringify(value)}>
                <button
                  type="button"
                  className="explore-board-value"
                  aria-pressed={held}
                  title={`${text}: ${figure(row[1])}`}
                  onClick={() => store.getState().changeAsked((q) => withValue(q, name, value))}
                >
                  <i
                    aria-hidden="true"
                    style={{
                      width: `${most === 0 ? 0 : (100 * (Math.abs(Number(row[1] ?? 0)) || 0)) / most}%`,
                    }}
                  />
                  <span className={value === null ? 'explore-null' : undefined}>{text}</span>
                  <b>{figure(row[1])}</b>
                </button>
                <button
                  type="button"
                  className="explore-rows-button"
                  aria-label={`Show rows of ${text}`}
                  title="Show rows"
                  onClick={() => onRows(board.query, name, value)}
                >
                  <Rows3 size={13} strokeWidth={1.6} aria-hidden="true" />
                </button>
              </li>
            );
          })}
          {rows.length === 0 ? <li className="explore-none">No rows.</li> : null}
        </ul>
      )}
    </section>
  );
}
