/**
 * The form of a measure. Each change is one edit; what is typed becomes one after a pause.
 */
import { useMemo } from 'react';
import type { Aggregation } from '#core/aggregation';
import type { DesignTable, Measure } from '#core/design/design';
import { asWritten } from '#core/design/names';
import type { Problem } from '#core/problem';
import type { Column } from '#core/table';
import type { ExpressionColumn, ExpressionMember } from '../code/expression-words';
import { AggregationChips } from './member-aggregation';
import { ExpressionTyping } from './member-expression';
import { ChoiceField, FieldProblemLine, SwitchField, TextField } from './member-field';
import { FormatField } from './member-format';
import { byField, type Field, inWords, offsetOf } from './member-problems';

export interface MeasureFormProps {
  readonly table: DesignTable;
  readonly measure: Measure;
  readonly columns: readonly Column[];
  readonly problems: readonly Problem[];
  readonly change: (change: Partial<Omit<Measure, 'name' | 'extra'>>) => void;
  /** The present value, written in this format. */
  readonly preview: (format: string) => string;
}

/** Stands for "no column" in a choice, where the empty text means that nothing is chosen. */
const allRows = '\u0000all rows';

const functionOf: Partial<Record<Aggregation, (of: string) => string>> = {
  sum: (of) => `sum(${of})`,
  avg: (of) => `avg(${of})`,
  min: (of) => `min(${of})`,
  max: (of) => `max(${of})`,
  median: (of) => `median(${of})`,
  count: (of) => `count(${of})`,
  count_distinct: (of) => `count(DISTINCT ${of})`,
  count_distinct_approx: (of) => `approx_count_distinct(${of})`,
  percentile: (of) => `quantile_cont(${of}, 0.9)`,
};

/** The same figure as an expression, so that switching to one starts from where the user was. */
function asExpression(measure: Measure): string {
  if (measure.aggregation === 'ratio') {
    return measure.numerator !== '' && measure.denominator !== ''
      ? `{${measure.numerator}} / nullif({${measure.denominator}}, 0)`
      : '';
  }
  const of = measure.column !== '' ? asWritten(measure.column) : measure.expression;
  if (of === '' && measure.aggregation !== 'count') return '';
  const aggregate = functionOf[measure.aggregation]?.(of === '' ? '*' : of) ?? '';
  return measure.filter === '' ? aggregate : `${aggregate} FILTER (WHERE ${measure.filter})`;
}

/** The usual shares, and the present one if it is another. */
function percentiles(present: number | undefined): readonly number[] {
  const usual = [0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99];
  return present === undefined || usual.includes(present) ? usual : [...usual, present].sort((a, b) => a - b);
}

export function MeasureForm({ table, measure, columns, problems, change, preview }: MeasureFormProps) {
  const { aggregation } = measure;
  const isRatio = aggregation === 'ratio';
  const isExpression = aggregation === 'expression';
  const rowExpression = !isRatio && !isExpression && measure.column === '' && measure.expression !== '';
  const column = columns.find((one) => one.name === measure.column) ?? null;

  const known = useMemo<readonly ExpressionColumn[]>(
    () => columns.map(({ name, type }) => ({ name, type })),
    [columns],
  );
  const measures = useMemo<readonly ExpressionMember[]>(
    () =>
      table.measures
        .filter((one) => one.name !== measure.name)
        .map((one) => ({ name: one.name, detail: one.aggregation.replace('_', ' ') })),
    [table.measures, measure.name],
  );
  const dimensions = useMemo<readonly ExpressionMember[]>(
    () => table.dimensions.map((one) => ({ name: one.name, detail: one.type })),
    [table.dimensions],
  );

  const shown: Field[] = ['name', 'aggregation'];
  if (isRatio) shown.push('numerator', 'denominator');
  else if (isExpression) shown.push('expression');
  else shown.push(rowExpression ? 'expression' : 'column', 'filter');
  if (aggregation === 'weighted_avg') shown.push('weight');
  const wrong = byField(problems, shown);

  const choose = (next: Aggregation) => {
    if (next === 'expression') {
      change({ aggregation: next, expression: asExpression(measure) || measure.expression, filter: '' });
    } else if (isExpression) {
      const keeps = measure.column !== '';
      change({ aggregation: next, ...(keeps && { expression: '' }) });
    } else {
      change({ aggregation: next });
    }
  };

  const others = table.measures.filter((one) => one.name !== measure.name);
  const choices = others.map((one) => ({ value: one.name, label: one.name }));
  const countsRows = aggregation === 'count' && measure.column === '';

  return (
    <>
      <AggregationChips
        value={aggregation}
        column={isRatio || isExpression ? null : column}
        choose={choose}
      />
      <FieldProblemLine problem={inWords(wrong.aggregation)} />
      {isRatio && (
        <div className="inspect-two">
          <ChoiceField
            label="Numerator"
            mono
            value={measure.numerator}
            choices={choices}
            placeholder={choices.length === 0 ? 'none yet' : 'measure'}
            wrong={wrong.numerator !== undefined}
            commit={(numerator) => change({ numerator })}
          />
          <ChoiceField
            label="Denominator"
            mono
            value={measure.denominator}
            choices={choices}
            placeholder={choices.length === 0 ? 'none yet' : 'measure'}
            wrong={wrong.denominator !== undefined}
            commit={(denominator) => change({ denominator })}
          />
        </div>
      )}
      {isRatio && <FieldProblemLine problem={inWords(wrong.numerator ?? wrong.denominator)} />}
      {isRatio && others.length === 0 && (
        <p className="inspect-hint">A ratio divides two measures of {table.name}: draft them first.</p>
      )}
      {isExpression && (
        <ExpressionTyping
          label="Expression"
          value={measure.expression}
          columns={known}
          members={measures}
          placeholder="sum(column) / nullif(count(*), 0)"
          problem={inWords(wrong.expression)}
          at={offsetOf(wrong.expression, measure.expression)}
          commit={(expression) => change({ expression })}
        />
      )}
      {rowExpression && (
        <ExpressionTyping
          label="Of the expression"
          aside={
            <button
              type="button"
              className="ui-link"
              onClick={() => {
                const first = columns.find((one) => one.kind === 'number') ?? columns[0];
                change({ expression: '', column: first?.name ?? '' });
              }}
            >
              Use a column
            </button>
          }
          value={measure.expression}
          columns={known}
          members={dimensions}
          problem={inWords(wrong.expression)}
          at={offsetOf(wrong.expression, measure.expression)}
          commit={(expression) => change({ expression })}
        />
      )}
      {!isRatio && !isExpression && !rowExpression && (
        <ChoiceField
          label="Column"
          mono
          aside={
            column && (
              <button
                type="button"
                className="ui-link"
                onClick={() => change({ expression: asWritten(column.name), column: '' })}
              >
                Use an expression
              </button>
            )
          }
          value={countsRows ? allRows : measure.column}
          choices={[
            ...(aggregation === 'count' ? [{ value: allRows, label: 'all rows' }] : []),
            ...columns.map((one) => ({ value: one.name, label: one.name })),
          ]}
          placeholder="choose a column"
          problem={inWords(wrong.column)}
          commit={(name) => change({ column: name === allRows ? '' : name, expression: '' })}
        />
      )}
      {aggregation === 'percentile' && (
        <ChoiceField
          label="Percentile"
          value={String(measure.percentile ?? 0.9)}
          choices={percentiles(measure.percentile).map((share) => ({
            value: String(share),
            label: `${Number((share * 100).toPrecision(6))} %`,
          }))}
          commit={(share) => change({ percentile: Number(share) })}
        />
      )}
      {aggregation === 'weighted_avg' && (
        <ChoiceField
          label="Weight"
          mono
          value={measure.weight ?? ''}
          choices={columns
            .filter((one) => one.kind === 'number' && one.name !== measure.column)
            .map((one) => ({ value: one.name, label: one.name }))}
          placeholder="how much a row counts"
          problem={inWords(wrong.weight)}
          commit={(weight) => change({ weight })}
        />
      )}
      {!isRatio && !isExpression && (
        <ExpressionTyping
          label="Filter"
          lines="one"
          value={measure.filter}
          columns={known}
          members={dimensions}
          placeholder="all rows"
          problem={inWords(wrong.filter)}
          at={offsetOf(wrong.filter, measure.filter)}
          commit={(filter) => change({ filter })}
        />
      )}
      <FormatField value={measure.format} commit={(format) => change({ format })} preview={preview} />
      <TextField
        label="Description"
        lines={2}
        value={measure.description}
        placeholder="What it means, for those who will use it"
        commit={(description) => change({ description })}
      />
      <SwitchField
        label="Public"
        detail="Shown to those who query"
        value={measure.public}
        commit={(value) => change({ public: value })}
      />
      <FieldProblemLine problem={inWords(wrong.other)} />
    </>
  );
}
