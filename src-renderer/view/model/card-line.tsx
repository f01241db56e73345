/** A row of a card: a member, a column or what folds others away, with handles to draw a join from its column. */
import { Handle, Position } from '@xyflow/react';
import { ChevronDown, ChevronRight, EyeOff, TriangleAlert } from 'lucide-react';
import type { MouseEvent, ReactNode } from 'react';
import type { DesignTable } from '#core/design/design';
import { remedy, words } from '#core/problem';
import { useAssay } from '../../store/hooks';
import { memberKey, memberProblems } from '../../store/select';
import { KeyIcon } from '../ui/icon';
import { KindIcon } from '../ui/kind-icon';
import { AggregationBadge, DimensionIcon } from '../ui/member-icon';
import { columnAt, type Line } from './table-shape';

interface CardLineProps {
  readonly id: string;
  readonly table: DesignTable;
  readonly line: Line;
  readonly active: boolean;
  readonly selected: boolean;
  readonly choose: (event: MouseEvent) => void;
}

export function CardLine({ id, table, line, active, selected, choose }: CardLineProps) {
  const column = columnAt(line);
  const marked = useAssay((s) =>
    s.joinMarks.length < 2 && selected
      ? false
      : s.joinMarks.some((mark) => mark.table === table.name && mark.column === column),
  );
  if (line.kind === 'section') {
    return (
      <div role="presentation" className="card-section">
        {line.title}
      </div>
    );
  }
  const hidden = (line.kind === 'dimension' || line.kind === 'measure') && !line.part.public;
  return (
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={selected || marked}
      className={`card-line card-${line.kind}`}
      data-active={active}
      data-marked={marked}
      data-hidden={hidden}
      data-column={column ?? undefined}
      data-line={line.key}
      onClick={choose}
      onKeyDown={() => undefined}
    >
      {column !== null && (
        <>
          <Handle type="source" position={Position.Left} id={`l:${column}`} />
          <Handle type="source" position={Position.Right} id={`r:${column}`} />
        </>
      )}
      <LineContent table={table} line={line} />
    </div>
  );
}

function LineContent({ table, line }: { table: DesignTable; line: Exclude<Line, { kind: 'section' }> }) {
  switch (line.kind) {
    case 'fold':
      return (
        <>
          <span className="card-fold-mark" aria-hidden="true">
            {line.part.endsWith('-hidden') ? (
              <EyeOff size={12} />
            ) : line.open ? (
              <ChevronDown size={12} />
            ) : (
              <ChevronRight size={12} />
            )}
          </span>
          <span className="card-name">{line.words}</span>
        </>
      );
    case 'column':
      return (
        <>
          <KindIcon kind={line.of.kind} />
          <span className="card-name" title={`${line.column}, ${line.of.type}`}>
            {line.column === '' ? '(no name)' : line.column}
          </span>
          {line.isKey && <Sign label="part of the grain" icon={<KeyIcon />} />}
        </>
      );
    default:
      return <MemberContent table={table} line={line} />;
  }
}

type MemberLine = Extract<Line, { kind: 'dimension' | 'measure' | 'segment' }>;

function MemberContent({ table, line }: { table: DesignTable; line: MemberLine }) {
  const { part } = line;
  const wrong = useAssay((s) => {
    const member = { table: table.name, kind: line.kind, name: part.name };
    return memberProblems(s, member)[0] ?? s.valueProblems[memberKey(member)];
  });
  return (
    <>
      {line.kind === 'measure' ? (
        <AggregationBadge aggregation={line.part.aggregation} />
      ) : line.kind === 'dimension' ? (
        <DimensionIcon type={line.part.type} />
      ) : (
        <span className="card-segment-mark" role="img" aria-label="segment" title="Segment" />
      )}
      <span
        className="card-name"
        title={line.kind === 'segment' ? `${part.name}: ${line.part.condition}` : part.title || part.name}
      >
        {part.name}
      </span>
      {wrong && (
        <Sign
          label={`${wrong.severity}: ${words(wrong)}`}
          title={`${words(wrong)}. ${remedy(wrong)}`}
          tone={wrong.severity}
          icon={<TriangleAlert size={13} aria-hidden="true" />}
        />
      )}
      {line.kind === 'dimension' && line.isKey && (
        <Sign label={line.part.primaryKey ? 'primary key' : 'part of the grain'} icon={<KeyIcon />} />
      )}
      {line.kind !== 'segment' && !line.part.public && (
        <Sign label="hidden" icon={<EyeOff size={13} aria-hidden="true" />} />
      )}
    </>
  );
}

function Sign(props: { label: string; title?: string; tone?: string; icon: ReactNode }) {
  const { label, title = label, tone = 'plain', icon } = props;
  return (
    <span className={`card-sign card-sign-${tone}`} role="img" aria-label={label} title={title}>
      {icon}
    </span>
  );
}
