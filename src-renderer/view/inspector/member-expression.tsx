/** An expression field whose typing becomes one edit after a pause or on leaving. */
import type { ReactNode } from 'react';
import { ExpressionField } from '../code/expression-field';
import type { ExpressionColumn, ExpressionMember } from '../code/expression-words';
import { type FieldProblem, Labelled } from './member-field';
import { useTyping } from './member-typing';

export interface ExpressionTypingProps {
  readonly label: string;
  readonly value: string;
  readonly commit: (text: string) => void;
  readonly columns: readonly ExpressionColumn[];
  readonly members: readonly ExpressionMember[];
  readonly problem: FieldProblem | null;
  /** The offset the problem stands at. */
  readonly at: number | null;
  readonly placeholder?: string;
  readonly lines?: 'one' | 'several';
  readonly aside?: ReactNode;
}

export function ExpressionTyping(props: ExpressionTypingProps) {
  const {
    label,
    value,
    commit,
    columns,
    members,
    problem,
    at,
    placeholder = '',
    lines = 'several',
    aside,
  } = props;
  const typing = useTyping(value, commit);
  // While the text is ahead of the design, the place of the problem would be that of another text.
  const settled = typing.text === value;
  return (
    <Labelled label={label} aside={aside}>
      <ExpressionField
        label={label}
        value={typing.text}
        onChange={typing.type}
        onDone={typing.done}
        columns={columns}
        members={members}
        placeholder={placeholder}
        lines={lines}
        problem={problem && { ...problem, at: settled ? at : null }}
      />
    </Labelled>
  );
}
