/** One member in its list: what it is, its name and title, its live figure, and the marks that matter. */
import { EyeOff, TriangleAlert } from 'lucide-react';
import { type DragEvent, useEffect, useRef, useState } from 'react';
import { nameProblem } from '#core/design/check';
import type { DesignTable, MemberRef } from '#core/design/design';
import { formatValue } from '#core/format';
import { remedy, words } from '#core/problem';
import { useAssay, useAssayStore } from '../../store/hooks';
import { memberKey, memberProblems } from '../../store/select';
import { count } from '../ui/figure';
import { KeyIcon } from '../ui/icon';
import { AggregationBadge, DimensionIcon } from '../ui/member-icon';

export interface MemberRowProps {
  readonly id: string;
  readonly member: MemberRef;
  readonly table: DesignTable;
  readonly selected: boolean;
  readonly dropBefore: boolean;
  readonly renaming: boolean;
  readonly onSelect: () => void;
  readonly onRename: () => void;
  readonly onRenamed: () => void;
  readonly onDrag: (event: DragEvent) => void;
  readonly onDragEnd: () => void;
}

export function MemberRow(props: MemberRowProps) {
  const { id, member, table, selected, dropBefore, renaming, onSelect, onRename, onRenamed } = props;
  const key = memberKey(member);
  const measure = table.measures.find((one) => one.name === member.name);
  const dimension = table.dimensions.find((one) => one.name === member.name);
  const part = member.kind === 'measure' ? measure : dimension;
  const measured = useAssay((s) => (member.kind === 'measure' ? s.measureValues[key] : undefined));
  const counted = useAssay((s) => (member.kind === 'dimension' ? s.dimensionValues[key] : undefined));
  const computing = useAssay((s) => s.computing[key] === true);
  const wrong = useAssay((s) => memberProblems(s, member)[0] ?? s.valueProblems[key]);
  if (!part) return null;

  const figure = measured
    ? measured.value === null
      ? 'null'
      : formatValue(measured.value, measure?.format ?? '', navigator.language)
    : counted
      ? count(counted.distinct)
      : '';
  return (
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={selected}
      className="draft-row"
      data-row={member.name}
      data-hidden={!part.public}
      data-drop-before={dropBefore}
      draggable={!renaming}
      onClick={onSelect}
      onDoubleClick={onRename}
      onKeyDown={() => undefined}
      onDragStart={props.onDrag}
      onDragEnd={props.onDragEnd}
    >
      {measure && member.kind === 'measure' ? (
        <AggregationBadge aggregation={measure.aggregation} />
      ) : (
        dimension && <DimensionIcon type={dimension.type} />
      )}
      {renaming ? (
        <RenameInput member={member} done={onRenamed} />
      ) : (
        <span className="draft-name">{member.name}</span>
      )}
      {!renaming && part.title !== '' && <span className="draft-title">{part.title}</span>}
      <span className="grow" />
      {dimension?.primaryKey && member.kind === 'dimension' && (
        <span className="draft-sign" title="Primary key" role="img" aria-label="primary key">
          <KeyIcon />
        </span>
      )}
      {!part.public && (
        <span
          className="draft-sign"
          title="Hidden from those who query the model"
          role="img"
          aria-label="hidden"
        >
          <EyeOff size={14} aria-hidden="true" />
        </span>
      )}
      {wrong && (
        <span
          className={`draft-sign draft-sign-${wrong.severity}`}
          title={`${words(wrong)}. ${remedy(wrong)}`}
          role="img"
          aria-label={`${wrong.severity}: ${words(wrong)}`}
        >
          <TriangleAlert size={14} aria-hidden="true" />
        </span>
      )}
      <span
        className="draft-figure-cell"
        data-stale={computing || wrong?.severity === 'error'}
        title={counted ? `${count(counted.distinct)} distinct values` : undefined}
      >
        {figure}
      </span>
    </div>
  );
}

function RenameInput({ member, done }: { member: MemberRef; done: () => void }) {
  const store = useAssayStore();
  const design = useAssay((s) => s.design);
  const [text, setText] = useState(member.name);
  const wrong = text === member.name ? null : nameProblem(design, member, text);
  const input = useRef<HTMLInputElement>(null);
  const ended = useRef(false);
  useEffect(() => input.current?.select(), []);
  const end = () => {
    ended.current = true;
    done();
  };
  const commit = () => {
    if (ended.current) return;
    if (text !== member.name && !wrong) {
      store.getState().edit({
        verb: member.kind === 'measure' ? 'change-measure' : 'change-dimension',
        table: member.table,
        name: member.name,
        change: { name: text },
      });
    }
    end();
  };
  return (
    <input
      ref={input}
      className="draft-rename"
      aria-label={`New name of ${member.name}`}
      aria-invalid={wrong !== null}
      title={wrong ? `${words(wrong)}. ${remedy(wrong)}` : undefined}
      value={text}
      spellCheck={false}
      onChange={(event) => setText(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter' && !wrong) commit();
        if (event.key === 'Escape') end();
      }}
    />
  );
}
