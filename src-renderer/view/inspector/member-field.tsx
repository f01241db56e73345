/**
 * The fields of the form of a member: one line, several lines, a name, a choice, a switch. Labels above, problems below.
 */
import { Select, Switch } from '@mantine/core';
import { type KeyboardEvent, type ReactNode, useId } from 'react';
import { type TypingOptions, useTyping } from './member-typing';

export interface FieldProblem {
  readonly tone: 'error' | 'warning';
  readonly words: string;
  readonly remedy: string;
}

/** Words of a problem below a field. */
export function FieldProblemLine({ id, problem }: { id?: string; problem: FieldProblem | null }) {
  if (!problem) return null;
  return (
    <p id={id} className="field-problem" data-tone={problem.tone} role="status">
      {problem.words}. {problem.remedy}
    </p>
  );
}

/** A label with something below it that is not a plain input. */
export function Labelled({
  label,
  aside,
  children,
}: {
  label: string;
  aside?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className="inspect-field">
      <div className="inspect-label">
        <span>{label}</span>
        {aside}
      </div>
      {children}
    </div>
  );
}

export interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly commit: (text: string) => void;
  readonly placeholder?: string;
  readonly lines?: number;
  readonly mono?: boolean;
  readonly typing?: TypingOptions;
  /** What is wrong with the text as typed. */
  readonly problemOf?: (text: string) => FieldProblem | null;
  readonly mark?: string;
}

/** Text that is committed after a pause or on leaving. Enter commits a line, Escape takes back what is not committed. */
export function TextField(props: TextFieldProps) {
  const {
    label,
    value,
    commit,
    placeholder,
    lines = 1,
    mono = false,
    typing: options,
    problemOf,
    mark,
  } = props;
  const id = useId();
  const typing = useTyping(value, commit, options);
  const problem = problemOf?.(typing.text) ?? null;
  const common = {
    id,
    value: typing.text,
    placeholder,
    spellCheck: !mono,
    className: `inspect-input${mono ? ' mono' : ''}`,
    'data-field': mark,
    'aria-invalid': problem?.tone === 'error',
    'aria-describedby': problem ? `${id}-problem` : undefined,
    onBlur: () => typing.done(),
  };
  const onKey = (event: KeyboardEvent<HTMLInputElement | HTMLTextAreaElement>) => {
    if (event.key === 'Enter' && (lines === 1 || event.metaKey || event.ctrlKey)) {
      event.preventDefault();
      typing.done();
    } else if (event.key === 'Escape') {
      typing.revert();
    }
  };
  return (
    <div className="inspect-field">
      <label className="inspect-label" htmlFor={id}>
        {label}
      </label>
      {lines === 1 ? (
        <input
          {...common}
          type="text"
          onChange={(event) => typing.type(event.target.value)}
          onKeyDown={onKey}
        />
      ) : (
        <textarea
          {...common}
          rows={lines}
          onChange={(event) => typing.type(event.target.value)}
          onKeyDown={onKey}
        />
      )}
      <FieldProblemLine id={`${id}-problem`} problem={problem} />
    </div>
  );
}

export interface ChoiceFieldProps {
  readonly label: string;
  readonly value: string;
  readonly choices: readonly {
    readonly value: string;
    readonly label: string;
    readonly disabled?: boolean;
  }[];
  readonly commit: (value: string) => void;
  readonly placeholder?: string;
  readonly problem?: FieldProblem | null;
  /** Marks the field where its problem is told elsewhere. */
  readonly wrong?: boolean;
  readonly aside?: ReactNode;
  readonly mono?: boolean;
}

/** One of many. Long lists are searched, and at most 100 entries are drawn. */
export function ChoiceField(props: ChoiceFieldProps) {
  const { label, value, choices, commit, placeholder, problem = null, wrong, aside, mono = false } = props;
  const known = value === '' || choices.some((choice) => choice.value === value);
  const data = known ? choices : [...choices, { value, label: `${value} (missing)` }];
  const id = useId();
  return (
    <div className="inspect-field">
      <div className="inspect-label">
        <label htmlFor={id}>{label}</label>
        {aside}
      </div>
      <Select
        id={id}
        size="xs"
        data={data.map((choice) => ({ ...choice }))}
        value={value === '' ? null : value}
        placeholder={placeholder}
        searchable={choices.length > 10}
        limit={100}
        allowDeselect={false}
        nothingFoundMessage="Nothing of this name"
        error={wrong === true || problem?.tone === 'error'}
        aria-describedby={problem ? `${id}-problem` : undefined}
        maxDropdownHeight={280}
        classNames={{ input: `inspect-choice${mono ? ' mono' : ''}`, option: mono ? 'mono' : '' }}
        comboboxProps={{ withinPortal: true, transitionProps: { duration: 0 } }}
        onChange={(next) => {
          if (next !== null && next !== value) commit(next);
        }}
      />
      <FieldProblemLine id={`${id}-problem`} problem={problem} />
    </div>
  );
}

/** On or off, with a word on what it does. */
export function SwitchField(props: {
  readonly label: string;
  readonly detail: string;
  readonly value: boolean;
  readonly commit: (value: boolean) => void;
}) {
  return (
    <Switch
      size="xs"
      className="inspect-switch"
      label={props.label}
      description={props.detail}
      checked={props.value}
      onChange={(event) => props.commit(event.currentTarget.checked)}
    />
  );
}
