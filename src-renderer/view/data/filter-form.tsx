import { useId, useState } from 'react';
import type { Filter } from '#contract';
import type { Column } from '#core/table';
import { type Point, Popover } from '../ui/popover';
import { type FormTest, filterFrom, testsOf } from './filter-words';

const testTitle: Readonly<Record<FormTest, string>> = {
  equals: 'equals',
  contains: 'contains',
  range: 'is between',
  null: 'is null',
};

/** Values to choose from below the field. */
export type Proposals = (column: string) => readonly string[];

/**
 * A filter, typed: column, test, value.
 *
 * @param start The column the form begins with; the first unless given.
 * @param proposals Frequent values of a column.
 */
export function FilterForm({
  at,
  columns,
  start,
  proposals,
  onFilter,
  onClose,
}: {
  at: Point;
  columns: readonly Column[];
  start: string | null;
  proposals: Proposals;
  onFilter: (filter: Filter) => void;
  onClose: () => void;
}) {
  const first = columns.find((c) => c.name === start) ?? columns[0];
  const [name, setName] = useState(first?.name ?? '');
  const [chosen, setTest] = useState<FormTest | null>(null);
  const [not, setNot] = useState(false);
  const [low, setLow] = useState('');
  const [high, setHigh] = useState('');
  const [lack, setLack] = useState<string | null>(null);
  const id = useId();
  const column = columns.find((c) => c.name === name);
  if (column === undefined) return null;
  const tests = testsOf(column.kind);
  const test = chosen !== null && tests.includes(chosen) ? chosen : tests[0]!;
  const example = column.kind === 'number' ? '0' : column.kind === 'time' ? '2017-01-01' : '';

  return (
    <Popover at={at} label="Add a filter" className="data-filter-form" onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const made = filterFrom({ column: name, kind: column.kind, test, not, low, high });
          if (typeof made === 'string') setLack(made);
          else {
            onFilter(made);
            onClose();
          }
        }}
      >
        <label>
          <span>Column</span>
          <select className="ui-field" value={name} onChange={(event) => setName(event.target.value)}>
            {columns.map((c) => (
              <option key={c.name} value={c.name}>
                {c.name === '' ? '(no name)' : c.name}
              </option>
            ))}
          </select>
        </label>
        <label>
          <span>Test</span>
          <select
            className="ui-field"
            value={test}
            onChange={(event) => setTest(event.target.value as FormTest)}
          >
            {tests.map((t) => (
              <option key={t} value={t}>
                {testTitle[t]}
              </option>
            ))}
          </select>
        </label>
        {test === 'null' ? null : (
          <label>
            <span>{test === 'range' ? 'From' : 'Value'}</span>
            <input
              className="ui-field data-filter-value"
              value={low}
              list={`${id}-values`}
              placeholder={test === 'range' ? 'any' : example}
              aria-invalid={lack !== null}
              onChange={(event) => {
                setLow(event.target.value);
                setLack(null);
              }}
            />
          </label>
        )}
        {test === 'range' ? (
          <label>
            <span>To</span>
            <input
              className="ui-field data-filter-value"
              value={high}
              placeholder="any"
              aria-invalid={lack !== null}
              onChange={(event) => {
                setHigh(event.target.value);
                setLack(null);
              }}
            />
          </label>
        ) : null}
        <datalist id={`${id}-values`}>
          {(test === 'equals' ? proposals(name) : []).map((value) => (
            <option key={value} value={value} />
          ))}
        </datalist>
        <label className="data-filter-not">
          <input type="checkbox" checked={not} onChange={(event) => setNot(event.target.checked)} />
          <span>Not: keep the other rows</span>
        </label>
        <p className="data-filter-lack" role="alert">
          {lack}
        </p>
        <div className="data-filter-end">
          <button type="button" className="ui-button ui-button-plain" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="ui-button ui-button-primary">
            Filter
          </button>
        </div>
      </form>
    </Popover>
  );
}
