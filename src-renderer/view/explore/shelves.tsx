/**
 * The question as chips: what is counted, by what, and where.
 */
import { type KeyboardEvent, type ReactNode, useState } from 'react';
import type { MemberRef } from '#core/design/design';
import { type Grain, grains, type MemberFilter } from '#core/design/query';
import { askedOf, withFilters, withGrain, withMoved, withoutWord } from '#core/explore/question';
import { useAssay, useAssayStore } from '../../store/hooks';
import { IconButton } from '../ui/button';
import { CloseIcon, PlusIcon } from '../ui/icon';
import { below, type Point } from '../ui/popover';
import { FilterForm } from './filter-form';
import { filterTitle, filterWords } from './filter-words';
import { carriesMember, draggedMember } from './member-drag';
import { PartIcon } from './part-icon';

const reorder = 'application/x-assay-chip';

export function Shelves() {
  const store = useAssayStore();
  const design = useAssay((s) => s.design);
  const query = useAssay((s) => s.question.query);
  const [form, setForm] = useState<{ at: Point; index: number | null; filter: MemberFilter | null } | null>(
    null,
  );
  const change = store.getState().changeAsked;
  const filters = query.filters ?? [];
  const add = (ref: MemberRef) => store.getState().exploreMember(ref);

  const members = (shelf: 'measures' | 'dimensions') =>
    query[shelf].map((word, i) => {
      const asked = askedOf(design, word);
      const title = asked === null ? word : asked.member.title || asked.member.name;
      const move = (by: -1 | 1) => {
        const list = query[shelf];
        const before = by === -1 ? list[i - 1] : (list[i + 2] ?? null);
        if (before !== undefined && i + by >= 0 && i + by < list.length)
          change((q) => withMoved(q, shelf, word, before));
      };
      return (
        <Chip
          key={word}
          title={title}
          wrong={asked === null}
          hint={asked === null ? 'The model has no such member' : `${asked.table.name}.${asked.member.name}`}
          icon={asked === null ? null : <PartIcon part={asked.member} />}
          onMove={move}
          onRemove={() => change((q) => withoutWord(q, shelf, word))}
          onDrop={(other) => change((q) => withMoved(q, shelf, other, word))}
          word={word}
        >
          {asked?.kind === 'dimension' && asked.member.type === 'time' ? (
            <select
              aria-label={`Grain of ${title}`}
              value={asked.grain ?? ''}
              onChange={(event) => {
                const grain = event.target.value === '' ? null : (event.target.value as Grain);
                change((q, d) => withGrain(d, q, word, grain));
              }}
            >
              {grains.map((grain) => (
                <option key={grain} value={grain}>
                  {grain}
                </option>
              ))}
              <option value="">as it is</option>
            </select>
          ) : null}
        </Chip>
      );
    });

  return (
    <div className="explore-shelves">
      <Shelf title="Measures" onMember={add} hint={query.measures.length === 0 ? 'what to count or sum' : ''}>
        {members('measures')}
      </Shelf>
      <Shelf
        title="By"
        onMember={add}
        hint={query.dimensions.length === 0 ? 'nothing: one row of totals' : ''}
      >
        {members('dimensions')}
      </Shelf>
      <Shelf
        title="Where"
        hint={filters.length + query.segments.length === 0 ? 'all rows' : ''}
        onMember={(ref, at) => {
          if (ref.kind === 'segment') add(ref);
          else {
            const operator = 'equals';
            setForm({
              at,
              index: null,
              filter: { member: `${ref.table}.${ref.name}`, operator, values: [] },
            });
          }
        }}
      >
        {filters.map((filter, i) => (
          <Chip
            // biome-ignore lint/suspicious/noArrayIndexKey: two filters may say the same.
            key={`${filter.member} ${filter.operator} ${i}`}
            title={filterTitle(design, filter)}
            said={filterWords(filter)}
            wrong={askedOf(design, filter.member) === null}
            hint={`${filter.member} ${filterWords(filter)}`}
            icon={null}
            onOpen={(at) => setForm({ at, index: i, filter })}
            onRemove={() =>
              change((q) =>
                withFilters(
                  q,
                  (q.filters ?? []).filter((_, n) => n !== i),
                ),
              )
            }
          />
        ))}
        {query.segments.map((word) => (
          <Chip
            key={word}
            title={word.split('.').at(-1) ?? word}
            hint={`Segment ${word}`}
            icon={<span className="explore-segment-icon">SEG</span>}
            onRemove={() => change((q) => withoutWord(q, 'segments', word))}
          />
        ))}
        <IconButton
          label="Add a filter"
          onClick={(event) => setForm({ at: below(event.currentTarget), index: null, filter: null })}
        >
          <PlusIcon />
        </IconButton>
        <SegmentToggles />
      </Shelf>
      {form === null ? null : (
        <FilterForm
          at={form.at}
          filter={form.filter}
          isNew={form.index === null}
          onClose={() => setForm(null)}
          onSet={(filter) => {
            change((q) => {
              const now = q.filters ?? [];
              return withFilters(
                q,
                form.index === null ? [...now, filter] : now.map((f, i) => (i === form.index ? filter : f)),
              );
            });
            setForm(null);
          }}
        />
      )}
    </div>
  );
}

/** Segments that are not asked for, of the tables that are. */
function SegmentToggles() {
  const store = useAssayStore();
  const design = useAssay((s) => s.design);
  const segments = useAssay((s) => s.question.query.segments);
  const off = design.tables.flatMap((t) =>
    t.segments
      .filter((s) => s.name !== '' && !segments.includes(`${t.name}.${s.name}`))
      .map((s) => ({ t, s })),
  );
  return off.slice(0, 6).map(({ t, s }) => (
    <button
      key={`${t.name}.${s.name}`}
      type="button"
      className="explore-toggle"
      aria-pressed={false}
      title={`Only ${s.title || s.name}: ${s.condition}`}
      onClick={() => store.getState().exploreMember({ table: t.name, kind: 'segment', name: s.name })}
    >
      {s.title || s.name}
    </button>
  ));
}

function Shelf({
  title,
  hint,
  onMember,
  children,
}: {
  title: string;
  hint: string;
  onMember: (member: MemberRef, at: Point) => void;
  children: ReactNode;
}) {
  const [over, setOver] = useState(false);
  return (
    <section
      className={over ? 'explore-shelf explore-shelf-over' : 'explore-shelf'}
      aria-label={title}
      data-shelf={title}
      onDragOver={(event) => {
        if (!carriesMember(event)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        setOver(false);
        const member = draggedMember(event);
        if (member === null) return;
        event.preventDefault();
        onMember(member, { x: event.clientX, y: event.clientY });
      }}
    >
      <h3>{title}</h3>
      <div className="explore-chips">
        {children}
        {hint === '' ? null : <span className="explore-shelf-hint">{hint}</span>}
      </div>
    </section>
  );
}

function Chip({
  title,
  said,
  hint,
  icon,
  wrong = false,
  word,
  children,
  onOpen,
  onMove,
  onRemove,
  onDrop,
}: {
  title: string;
  said?: string;
  hint: string;
  icon: ReactNode;
  wrong?: boolean;
  /** Of a chip that can be put elsewhere. */
  word?: string;
  children?: ReactNode;
  onOpen?: (at: Point) => void;
  onMove?: (by: -1 | 1) => void;
  onRemove: () => void;
  onDrop?: (word: string) => void;
}) {
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'Delete' || event.key === 'Backspace') onRemove();
    else if (event.altKey && event.key === 'ArrowLeft' && onMove) onMove(-1);
    else if (event.altKey && event.key === 'ArrowRight' && onMove) onMove(1);
    else return;
    event.preventDefault();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it takes drops; the keyboard moves the button in it.
    <span
      className={wrong ? 'explore-chip explore-chip-wrong' : 'explore-chip'}
      data-chip={word ?? title}
      onDragOver={(event) => {
        if (onDrop && event.dataTransfer.types.includes(reorder)) event.preventDefault();
      }}
      onDrop={(event) => {
        const other = event.dataTransfer.getData(reorder);
        if (onDrop === undefined || other === '') return;
        event.preventDefault();
        onDrop(other);
      }}
    >
      <button
        type="button"
        className="explore-chip-name"
        title={onMove === undefined ? hint : `${hint}\nAlt+← and Alt+→ move it, Delete takes it out`}
        draggable={word !== undefined}
        onDragStart={(event) => word !== undefined && event.dataTransfer.setData(reorder, word)}
        onClick={(event) => onOpen?.(below(event.currentTarget))}
        onKeyDown={keys}
      >
        {icon}
        <span>{title}</span>
        {said === undefined ? null : <b>{said}</b>}
      </button>
      {children}
      <IconButton label={`Remove ${title}`} onClick={onRemove}>
        <CloseIcon size={12} />
      </IconButton>
    </span>
  );
}
