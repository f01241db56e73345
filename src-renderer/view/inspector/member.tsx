/**
 * The inspector of a member: its value first, the form below. Everything it changes is one edit that undo takes back.
 */
import { Trash2 } from 'lucide-react';
import { type ReactNode, useMemo, useRef } from 'react';
import { nameProblem } from '#core/design/check';
import type { DesignTable, Dimension, Measure, MemberRef } from '#core/design/design';
import { dimensionOf, measureOf, memberOf, sourceOf, tableOf } from '#core/design/member';
import { formatValue } from '#core/format';
import { type Cell, type Column, type Kind, kindOf } from '#core/table';
import { useAssay, useAssayStore } from '../../store/hooks';
import { memberKey, memberProblems } from '../../store/select';
import { AggregationBadge, DimensionIcon, kindOfType } from '../ui/member-icon';
import { DimensionForm } from './member-dimension-form';
import { DimensionFacts } from './member-facts';
import { TextField } from './member-field';
import { MeasureFigure } from './member-figure';
import { MeasureForm } from './member-measure-form';
import { fieldOf, inWords } from './member-problems';
import './member.css';

/** The kind of a measure's value: the column's for least and greatest, else a number. */
export function measureKind(measure: Measure, columns: readonly Column[]): Kind {
  if (measure.aggregation !== 'min' && measure.aggregation !== 'max') return 'number';
  return columns.find((column) => column.name === measure.column)?.kind ?? 'number';
}

/** A name by which the form keeps its focus: the same while a member is only renamed by this form. */
function useIdentity(member: MemberRef): { readonly key: string; renames(name: string): void } {
  const held = useRef({ member, key: 0, renamed: '' });
  const same =
    held.current.member.table === member.table &&
    held.current.member.kind === member.kind &&
    (held.current.member.name === member.name || held.current.renamed === member.name);
  held.current = same
    ? {
        ...held.current,
        member,
        renamed: held.current.member.name === member.name ? held.current.renamed : '',
      }
    : { member, key: held.current.key + 1, renamed: '' };
  return {
    key: String(held.current.key),
    renames: (name) => {
      held.current = { ...held.current, renamed: name };
    },
  };
}

export function MemberInspector({ member }: { member: MemberRef }) {
  const table = useAssay((s) => tableOf(s.design, member.table));
  const source = useAssay((s) => sourceOf(s.design, member.table));
  const identity = useIdentity(member);
  const columns = useMemo<readonly Column[]>(
    () => source?.columns.map(({ name, type }) => ({ name, type, kind: kindOf(type) })) ?? [],
    [source?.columns],
  );
  const measure = table?.measures.find((one) => one.name === member.name);
  const dimension = table?.dimensions.find((one) => one.name === member.name);

  if (table && member.kind === 'measure' && measure) {
    return (
      <MeasureInspector
        key={identity.key}
        member={member}
        table={table}
        measure={measure}
        columns={columns}
        renames={identity.renames}
      />
    );
  }
  if (table && member.kind === 'dimension' && dimension) {
    return (
      <DimensionInspector
        key={identity.key}
        member={member}
        table={table}
        dimension={dimension}
        columns={columns}
        renames={identity.renames}
      />
    );
  }
  return (
    <p className="inspect-gone">
      {member.name} is no longer part of {member.table}.
    </p>
  );
}

interface PartProps {
  readonly member: MemberRef;
  readonly table: DesignTable;
  readonly columns: readonly Column[];
  readonly renames: (name: string) => void;
}

function MeasureInspector(props: PartProps & { readonly measure: Measure }) {
  const { member, table, measure, columns, renames } = props;
  const store = useAssayStore();
  const problems = useMemberProblems(member);
  const value = useAssay((s) => s.measureValues[memberKey(member)]);
  const kind = measureKind(measure, columns);
  const valueProblem = problems.find((one) => one.severity === 'error') ?? problems[0] ?? null;

  const change = (edit: Partial<Omit<Measure, 'extra'>>) => {
    if (!measureOf(store.getState().design, member.table, member.name)) return;
    store.getState().edit({ verb: 'change-measure', table: member.table, name: member.name, change: edit });
  };
  const sample: Cell = value?.value ?? 1234.5678;

  return (
    <div className="member" data-member={memberKey(member)}>
      <Head member={member} badge={<AggregationBadge aggregation={measure.aggregation} />} />
      <div className="inspect-scroll">
        <MeasureFigure member={member} measure={measure} kind={kind} problem={valueProblem} />
        <div className="inspect-form">
          <Names
            member={member}
            title={measure.title}
            rename={(name) => {
              renames(name);
              change({ name });
            }}
            retitle={(title) => change({ title })}
          />
          <MeasureForm
            table={table}
            measure={measure}
            columns={columns}
            problems={problems.filter((one) => fieldOf(one) !== 'name')}
            change={change}
            preview={(format) => formatValue(sample, format, navigator.language, { kind })}
          />
        </div>
      </div>
      <Foot member={member} />
    </div>
  );
}

function DimensionInspector(props: PartProps & { readonly dimension: Dimension }) {
  const { member, table, dimension, columns, renames } = props;
  const store = useAssayStore();
  const problems = useMemberProblems(member);
  const value = useAssay((s) => s.dimensionValues[memberKey(member)]);
  const kind = kindOfType[dimension.type];
  const valueProblem = problems.find((one) => one.severity === 'error') ?? problems[0] ?? null;
  const sample = value?.top.find((one) => one.value !== null)?.value ?? null;

  const change = (edit: Partial<Omit<Dimension, 'extra'>>) => {
    if (!dimensionOf(store.getState().design, member.table, member.name)) return;
    store.getState().edit({ verb: 'change-dimension', table: member.table, name: member.name, change: edit });
  };

  return (
    <div className="member" data-member={memberKey(member)}>
      <Head member={member} badge={<DimensionIcon type={dimension.type} />} />
      <div className="inspect-scroll">
        <DimensionFacts member={member} dimension={dimension} kind={kind} problem={valueProblem} />
        <div className="inspect-form">
          <Names
            member={member}
            title={dimension.title}
            rename={(name) => {
              renames(name);
              change({ name });
            }}
            retitle={(title) => change({ title })}
          />
          <DimensionForm
            table={table}
            dimension={dimension}
            columns={columns}
            problems={problems.filter((one) => fieldOf(one) !== 'name')}
            change={change}
            preview={(format) =>
              sample === null ? '' : formatValue(sample, format, navigator.language, { kind })
            }
          />
        </div>
      </div>
      <Foot member={member} />
    </div>
  );
}

/** Problems of the design, and the one that stopped the value if it is not among them. */
function useMemberProblems(member: MemberRef) {
  const known = useAssay((s) => memberProblems(s, member));
  const stopped = useAssay((s) => s.valueProblems[memberKey(member)]);
  return useMemo(
    () => (stopped && !known.some((one) => one.code === stopped.code) ? [...known, stopped] : known),
    [known, stopped],
  );
}

function Head({ member, badge }: { member: MemberRef; badge: ReactNode }) {
  return (
    <header className="inspect-head">
      {badge}
      <h2 title={member.name}>{member.name}</h2>
      <span className="inspect-quiet">
        {member.kind} of {member.table}
      </span>
    </header>
  );
}

function Names(props: {
  readonly member: MemberRef;
  readonly title: string;
  readonly rename: (name: string) => void;
  readonly retitle: (title: string) => void;
}) {
  const { member, title, rename, retitle } = props;
  const design = useAssay((s) => s.design);
  const problemOf = (name: string) => inWords(nameProblem(design, member, name) ?? undefined);
  return (
    <div className="inspect-two inspect-names">
      <TextField
        label="Name"
        mono
        mark="name"
        value={member.name}
        commit={rename}
        typing={{ when: 'leave', accepts: (name) => nameProblem(design, member, name) === null }}
        problemOf={problemOf}
      />
      <TextField label="Title" value={title} commit={retitle} placeholder={member.name} />
    </div>
  );
}

function Foot({ member }: { member: MemberRef }) {
  const store = useAssayStore();
  const remove = () => {
    if (memberOf(store.getState().design, member)) store.getState().edit({ verb: 'remove-member', member });
  };
  return (
    <footer className="inspect-foot">
      <button type="button" className="ui-button ui-button-plain" onClick={remove}>
        <Trash2 size={14} aria-hidden="true" />
        Delete
      </button>
      <span className="grow" />
      <button type="button" className="ui-button ui-button-plain" onClick={() => store.getState().go('spec')}>
        Show in Spec
      </button>
    </footer>
  );
}
