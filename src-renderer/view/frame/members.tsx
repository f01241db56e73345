import { ChevronDown, ChevronRight, LayoutGrid, type LucideIcon, Sigma } from 'lucide-react';
import { type DragEvent, useId, useState } from 'react';
import { aggregationBadge } from '#core/aggregation';
import type { Dimension, Measure, MemberRef } from '#core/design/design';
import { formatValue } from '#core/format';
import type { Kind } from '#core/table';
import { useAssay, useAssayStore, useShallow } from '../../store/hooks';
import { memberKey, memberProblems } from '../../store/select';
import { count } from '../ui/figure';
import { KindIcon } from '../ui/kind-icon';
import { columnDrag } from './tree-row';
import './members.css';

interface Listed {
  readonly ref: MemberRef;
  readonly part: Measure | Dimension;
}

/** What was drafted, with its live value; a column dropped on a section drafts one more. */
export function Members() {
  const tables = useAssay((s) => s.design.tables);
  const several = tables.length > 1;
  const list = (kind: 'measure' | 'dimension'): readonly Listed[] =>
    tables.flatMap((table) =>
      (kind === 'measure' ? table.measures : table.dimensions).map((part) => ({
        ref: { table: table.name, kind, name: part.name },
        part,
      })),
    );
  return (
    <div className="members">
      <Section
        kind="measure"
        title="Measures"
        icon={Sigma}
        hint="M"
        members={list('measure')}
        several={several}
      />
      <Section
        kind="dimension"
        title="Dimensions"
        icon={LayoutGrid}
        hint="D"
        members={list('dimension')}
        several={several}
      />
    </div>
  );
}

function Section({
  kind,
  title,
  icon: Icon,
  hint,
  members,
  several,
}: {
  kind: 'measure' | 'dimension';
  title: string;
  icon: LucideIcon;
  hint: string;
  members: readonly Listed[];
  several: boolean;
}) {
  const store = useAssayStore();
  const id = useId();
  const [open, setOpen] = useState(true);
  const [over, setOver] = useState(false);
  const Chevron = open ? ChevronDown : ChevronRight;

  const accepts = (event: DragEvent) => event.dataTransfer.types.includes(columnDrag);
  const drop = (event: DragEvent) => {
    setOver(false);
    if (!accepts(event)) return;
    event.preventDefault();
    const dragged = columnOf(event.dataTransfer.getData(columnDrag));
    if (dragged === null) return;
    const s = store.getState();
    if (kind === 'measure') s.draftMeasure(dragged.table, dragged.column);
    else s.draftDimension(dragged.table, dragged.column);
    setOpen(true);
  };

  return (
    <section
      className={over ? 'members-section members-over' : 'members-section'}
      aria-label={title}
      data-drop={kind}
      onDragEnter={(event) => accepts(event) && setOver(true)}
      onDragOver={(event) => {
        if (!accepts(event)) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'copy';
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      }}
      onDrop={drop}
    >
      <h3>
        <button
          type="button"
          className="members-head"
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setOpen(!open)}
        >
          <Chevron size={14} strokeWidth={1.75} aria-hidden="true" />
          <Icon size={14} strokeWidth={1.75} aria-hidden="true" />
          <span>{title}</span>
          <span className="members-count">{count(members.length)}</span>
          <span className="ui-key" aria-hidden="true">
            {hint}
          </span>
        </button>
      </h3>
      <ul id={id} hidden={!open} className="members-list">
        {members.map(({ ref, part }) => (
          <li key={`${memberKey(ref)}`}>
            <MemberButton member={ref} part={part} several={several} />
          </li>
        ))}
        {members.length === 0 ? <li className="members-hint">Drop a column to draft a {kind}</li> : null}
      </ul>
    </section>
  );
}

/** What a drag carries; null if it is not one of ours. */
function columnOf(text: string): { table: string; column: string } | null {
  try {
    const { table, column } = JSON.parse(text) as Record<string, unknown>;
    return typeof table === 'string' && typeof column === 'string' ? { table, column } : null;
  } catch {
    // Something else was dragged here under our type; it is not ours to judge.
    return null;
  }
}

const kinds: Readonly<Record<Dimension['type'], Kind>> = {
  string: 'text',
  number: 'number',
  time: 'time',
  boolean: 'boolean',
};

function MemberButton({
  member,
  part,
  several,
}: {
  member: MemberRef;
  part: Measure | Dimension;
  several: boolean;
}) {
  const key = memberKey(member);
  const select = useAssay((s) => s.select);
  const selected = useAssay((s) => s.selection.kind === 'member' && memberKey(s.selection.member) === key);
  const wrong = useAssay(
    (s) =>
      s.valueProblems[key] !== undefined || memberProblems(s, member).some((p) => p.severity === 'error'),
  );
  const stale = useAssay((s) => s.computing[key] === true);
  const value = useAssay(
    useShallow((s) => {
      if (member.kind === 'dimension') {
        const found = s.dimensionValues[key];
        return found === undefined ? '' : `${count(found.distinct)} values`;
      }
      const found = s.measureValues[key];
      return found === undefined
        ? ''
        : formatValue(found.value, part.format, navigator.language, { compact: false });
    }),
  );
  return (
    <button
      type="button"
      className="tree-member"
      aria-current={selected ? 'true' : undefined}
      title={`${member.table}.${part.name}`}
      onClick={() => select({ kind: 'member', member })}
    >
      {'aggregation' in part ? (
        <span className="tree-member-badge">{aggregationBadge[part.aggregation]}</span>
      ) : (
        <KindIcon kind={kinds[part.type]} />
      )}
      <span className="tree-name">
        {part.name === '' ? '(no name)' : part.name}
        {several ? <span className="tree-member-table"> {member.table}</span> : null}
      </span>
      {wrong ? <span className="tree-member-wrong" role="img" aria-label="has a problem" /> : null}
      <span className={stale ? 'tree-member-value tree-member-value-old' : 'tree-member-value'}>{value}</span>
    </button>
  );
}
