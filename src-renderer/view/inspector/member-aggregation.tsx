/**
 * The aggregations of a measure as chips: those that make sense first; the unfit ones share one line with the reason.
 */
import { Check } from 'lucide-react';
import { useId } from 'react';
import { type Aggregation, aggregations, aggregationTitle, unfit } from '#core/aggregation';
import type { Column, Kind } from '#core/table';

const usual: Readonly<Record<Kind, readonly Aggregation[]>> = {
  number: [
    'sum',
    'avg',
    'weighted_avg',
    'median',
    'percentile',
    'min',
    'max',
    'count',
    'count_distinct',
    'ratio',
    'expression',
  ],
  text: ['count_distinct', 'count', 'ratio', 'expression'],
  time: ['min', 'max', 'count_distinct', 'count', 'ratio', 'expression'],
  boolean: ['count', 'count_distinct', 'ratio', 'expression'],
  nested: ['count', 'expression', 'ratio', 'count_distinct'],
};

/** Those that fit come first, in the order in which they are usually wanted. */
export function aggregationsFor(kind: Kind | null): readonly Aggregation[] {
  const first = usual[kind ?? 'number'];
  return [...first, ...aggregations.filter((aggregation) => !first.includes(aggregation))];
}

export interface AggregationChipsProps {
  readonly value: Aggregation;
  /** The column it is taken of; null if it is taken of an expression, which may be of any kind. */
  readonly column: Column | null;
  readonly choose: (aggregation: Aggregation) => void;
}

export function AggregationChips({ value, column, choose }: AggregationChipsProps) {
  const reasonId = useId();
  const kind = column?.kind ?? null;
  const all = aggregationsFor(kind);
  const reasons = new Map(
    all.flatMap((aggregation) => {
      const reason = kind === null ? null : unfit(aggregation, kind);
      return reason === null ? [] : [[aggregation, reason] as const];
    }),
  );
  const off = [...reasons.keys()].filter((aggregation) => aggregation !== value);
  // Sum, average and median are refused for one and the same reason; it is said once.
  const why = [reasons.get('sum'), reasons.get('min')].filter((reason) => reason !== undefined);

  return (
    <fieldset className="inspect-field inspect-set">
      <legend className="inspect-label">Aggregation</legend>
      <div className="inspect-chips">
        {all.map((aggregation) => {
          const disabled = aggregation !== value && reasons.has(aggregation);
          return (
            <label key={aggregation} className="inspect-chip" data-off={disabled}>
              <input
                type="radio"
                name={reasonId}
                checked={aggregation === value}
                disabled={disabled}
                aria-describedby={disabled ? reasonId : undefined}
                onChange={() => choose(aggregation)}
              />
              {aggregation === value && <Check size={12} aria-hidden="true" />}
              {aggregationTitle[aggregation]}
            </label>
          );
        })}
      </div>
      {off.length > 0 && column && (
        <p id={reasonId} className="inspect-hint">
          {off.length === 1 ? 'One is' : `${off.length} are`} off: {column.name} is{' '}
          {column.type.toLowerCase()}, and {why.join('; ')}.
        </p>
      )}
    </fieldset>
  );
}
