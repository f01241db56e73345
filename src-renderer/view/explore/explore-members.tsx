/**
 * The members of all tables, to be put into the question.
 */
import { ChevronDown, ChevronRight, Table2 } from 'lucide-react';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { Design } from '#core/design/design';
import { withoutGrain } from '#core/explore/question';
import { useAssay, useAssayStore } from '../../store/hooks';
import { Button } from '../ui/button';
import { count, counted } from '../ui/figure';
import { SearchField } from '../ui/search-field';
import { isFound, type ListedMember, listedOf } from './listed';
import { startMemberDrag } from './member-drag';
import { PartIcon } from './part-icon';
import './explore.css';

type Row =
  | { readonly kind: 'table'; readonly id: string; readonly table: string; readonly count: number }
  | { readonly kind: 'member'; readonly id: string; readonly member: ListedMember };

/** Rows that are drawn; the search finds the others. */
const most = 400;

function rowsOf(design: Design, search: string, folded: ReadonlySet<string>): readonly Row[] {
  return design.tables.flatMap((table): readonly Row[] => {
    const members = listedOf(table).filter((m) => search === '' || isFound(m, search));
    if (members.length === 0) return [];
    const head: Row = { kind: 'table', id: table.name, table: table.name, count: members.length };
    if (folded.has(table.name) && search === '') return [head];
    return [head, ...members.map((member): Row => ({ kind: 'member', id: member.name, member }))];
  });
}

export function ExploreMembers() {
  const store = useAssayStore();
  const design = useAssay((s) => s.design);
  const query = useAssay((s) => s.question.query);
  const [search, setSearch] = useState('');
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const all = useMemo(() => rowsOf(design, search.trim(), folded), [design, search, folded]);
  const rows = all.slice(0, most);
  const total = design.tables.reduce((sum, t) => sum + listedOf(t).length, 0);
  const used = useMemo(
    () =>
      new Set([
        ...query.measures,
        ...query.segments,
        ...query.dimensions.map((word) => withoutGrain(design, word)),
      ]),
    [design, query],
  );
  const active = Math.min(at, rows.length - 1);

  const toggle = (table: string, open?: boolean) =>
    setFolded((now) => {
      const next = new Set(now);
      if (open ?? next.has(table)) next.delete(table);
      else next.add(table);
      return next;
    });
  const take = (row: Row | undefined) => {
    if (row === undefined) return;
    if (row.kind === 'table') toggle(row.table);
    else store.getState().exploreMember(row.member.ref);
  };
  const keys = (event: KeyboardEvent) => {
    const row = rows[active];
    const last = rows.length - 1;
    const next = { ArrowDown: active + 1, ArrowUp: active - 1, Home: 0, End: last }[event.key];
    if (next !== undefined) setAt(Math.max(0, Math.min(last, next)));
    else if (event.key === 'Enter' || event.key === ' ') take(row);
    else if (event.key === 'ArrowLeft' && row !== undefined) {
      const table = row.kind === 'table' ? row.table : row.member.ref.table;
      if (row.kind === 'table') toggle(table, false);
      else setAt(rows.findIndex((r) => r.kind === 'table' && r.table === table));
    } else if (event.key === 'ArrowRight' && row?.kind === 'table') toggle(row.table, true);
    else return;
    event.preventDefault();
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is active comes into sight.
  useEffect(() => {
    list.current?.querySelector('[data-active]')?.scrollIntoView({ block: 'nearest' });
  }, [active]);

  return (
    <section className="explore-members" aria-label="Members">
      <header className="explore-members-head">
        <h2>Members</h2>
      </header>
      <div className="explore-members-search">
        <SearchField
          label={`Search ${counted(total, 'member')}`}
          value={search}
          onChange={(value) => {
            setSearch(value);
            setAt(value.trim() === '' ? 0 : 1);
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter') take(rows[active]?.kind === 'member' ? rows[active] : rows[1]);
            else if (event.key === 'ArrowDown') list.current?.focus();
            else return;
            event.preventDefault();
          }}
        />
      </div>
      {total === 0 ? (
        <div className="explore-members-none">
          <p>The model has no measures and dimensions yet.</p>
          <Button onClick={() => store.getState().go('model')}>Draft some</Button>
        </div>
      ) : (
        <div
          ref={list}
          className="explore-tree"
          role="tree"
          aria-label="Members to ask for"
          tabIndex={0}
          aria-activedescendant={rows.length === 0 ? undefined : `explore-member-${active}`}
          onKeyDown={keys}
        >
          {rows.map((row, i) =>
            row.kind === 'table' ? (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the tree takes the keys.
              <div
                key={`t ${row.id}`}
                id={`explore-member-${i}`}
                role="treeitem"
                tabIndex={-1}
                aria-level={1}
                aria-selected={false}
                aria-expanded={!folded.has(row.table) || search !== ''}
                data-active={i === active ? '' : undefined}
                className="explore-tree-table"
                onClick={() => {
                  setAt(i);
                  toggle(row.table);
                }}
              >
                {folded.has(row.table) && search === '' ? (
                  <ChevronRight size={14} aria-hidden="true" />
                ) : (
                  <ChevronDown size={14} aria-hidden="true" />
                )}
                <Table2 size={13} strokeWidth={1.6} aria-hidden="true" />
                <span className="explore-tree-name">{row.table}</span>
                <span className="explore-tree-count">{count(row.count)}</span>
              </div>
            ) : (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the tree takes the keys.
              <div
                key={`m ${row.id} ${row.member.ref.kind}`}
                id={`explore-member-${i}`}
                role="treeitem"
                tabIndex={-1}
                aria-level={2}
                aria-selected={used.has(row.member.name)}
                data-active={i === active ? '' : undefined}
                className="explore-tree-member"
                title={[row.member.name, row.member.part.description].filter((w) => w !== '').join('\n')}
                draggable
                onDragStart={(event) => startMemberDrag(event, row.member.ref)}
                onClick={() => {
                  setAt(i);
                  take(row);
                }}
              >
                <PartIcon part={row.member.part} />
                <span className="explore-tree-name">{row.member.title}</span>
                {used.has(row.member.name) ? <span className="explore-tree-used">asked</span> : null}
              </div>
            ),
          )}
          {all.length > most ? (
            <p className="explore-tree-more">{count(all.length - most)} more: search for them</p>
          ) : null}
          {rows.length === 0 ? <p className="explore-tree-more">No member has these words.</p> : null}
        </div>
      )}
    </section>
  );
}
