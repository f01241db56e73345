/**
 * The form of a dimension. Each change is one edit; what is typed becomes one after a pause.
 */
import { useMemo } from 'react';
import type { DesignTable, Dimension, DimensionType } from '#core/design/design';
import { asWritten } from '#core/design/names';
import type { Problem } from '#core/problem';
import type { Column } from '#core/table';
import type { ExpressionColumn, ExpressionMember } from '../code/expression-words';
import { Segmented } from '../ui/segmented';
import { ExpressionTyping } from './member-expression';
import { ChoiceField, FieldProblemLine, Labelled, SwitchField, TextField } from './member-field';
import { FormatField } from './member-format';
import { byField, inWords, offsetOf } from './member-problems';

export interface DimensionFormProps {
  readonly table: DesignTable;
  readonly dimension: Dimension;
  readonly columns: readonly Column[];
  readonly problems: readonly Problem[];
  readonly change: (change: Partial<Omit<Dimension, 'name' | 'extra'>>) => void;
  /** An example of its values, written in this format. */
  readonly preview: (format: string) => string;
}

const types: readonly { readonly value: DimensionType; readonly label: string }[] = [
  { value: 'string', label: 'Text' },
  { value: 'number', label: 'Number' },
  { value: 'time', label: 'Time' },
  { value: 'boolean', label: 'Boolean' },
];

export function DimensionForm({ table, dimension, columns, problems, change, preview }: DimensionFormProps) {
  const known = useMemo<readonly ExpressionColumn[]>(
    () => columns.map(({ name, type }) => ({ name, type })),
    [columns],
  );
  const members = useMemo<readonly ExpressionMember[]>(
    () =>
      table.dimensions
        .filter((one) => one.name !== dimension.name)
        .map((one) => ({ name: one.name, detail: one.type })),
    [table.dimensions, dimension.name],
  );
  const ofColumn = dimension.column !== '';
  const wrong = byField(problems, ['name', ofColumn ? 'column' : 'expression']);

  return (
    <>
      <Labelled label="Type">
        <Segmented
          label="Type"
          value={dimension.type}
          choices={types}
          onChange={(type) => {
            if (type !== dimension.type) change({ type });
          }}
        />
      </Labelled>
      {ofColumn ? (
        <ChoiceField
          label="Column"
          mono
          value={dimension.column}
          choices={columns.map((one) => ({ value: one.name, label: one.name }))}
          problem={inWords(wrong.column)}
          aside={
            <button
              type="button"
              className="ui-link"
              onClick={() => change({ column: '', expression: asWritten(dimension.column) })}
            >
              Use an expression
            </button>
          }
          commit={(column) => change({ column, expression: '' })}
        />
      ) : (
        <ExpressionTyping
          label="Expression"
          value={dimension.expression}
          columns={known}
          members={members}
          placeholder="one value per row, such as lower(column)"
          problem={inWords(wrong.expression)}
          at={offsetOf(wrong.expression, dimension.expression)}
          aside={
            columns[0] && (
              <button
                type="button"
                className="ui-link"
                onClick={() => change({ expression: '', column: columns[0]?.name ?? '' })}
              >
                Use a column
              </button>
            )
          }
          commit={(expression) => change({ expression })}
        />
      )}
      <FormatField value={dimension.format} commit={(format) => change({ format })} preview={preview} />
      <TextField
        label="Description"
        lines={2}
        value={dimension.description}
        placeholder="What it means, for those who will use it"
        commit={(description) => change({ description })}
      />
      <div className="inspect-two">
        <SwitchField
          label="Primary key"
          detail="Identifies a row"
          value={dimension.primaryKey}
          commit={(primaryKey) => change({ primaryKey })}
        />
        <SwitchField
          label="Public"
          detail="Shown to those who query"
          value={dimension.public}
          commit={(value) => change({ public: value })}
        />
      </div>
      <FieldProblemLine problem={inWords(wrong.other)} />
    </>
  );
}
