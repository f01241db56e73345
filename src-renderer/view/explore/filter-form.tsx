/**
 * One condition of a question: what it is on, how it compares and with which values.
 */
import { useEffect, useRef, useState } from 'react';
import type { DimensionType } from '#core/design/design';
import type { MemberFilter, Operator } from '#core/design/query';
import { askedOf } from '#core/explore/question';
import type { Cell } from '#core/table';
import { useAssay, useAssayStore } from '../../store/hooks';
import { Button, IconButton } from '../ui/button';
import { count, plainText } from '../ui/figure';
import { CloseIcon } from '../ui/icon';
import { type Point, Popover } from '../ui/popover';
import { operatorsFor, operatorWords, valuesOf } from './filter-words';
import { listedOf } from './listed';

const none: readonly Offer[] = [];

/** @param filter The one to change, or what a new one begins with. */
export function FilterForm({
  at,
  filter,
  isNew,
  onSet,
  onClose,
}: {
  at: Point;
  filter: MemberFilter | null;
  isNew: boolean;
  onSet: (filter: MemberFilter) => void;
  onClose: () => void;
}) {
  const design = useAssay((s) => s.design);
  const usual = design.tables.flatMap((t) => t.dimensions.map((d) => `${t.name}.${d.name}`))[0] ?? '';
  const [member, setMember] = useState(filter?.member ?? usual);
  const asked = askedOf(design, member);
  const type: DimensionType = asked?.kind === 'dimension' ? asked.member.type : 'number';
  const [operator, setOperator] = useState<Operator>(
    operatorsFor(type).find((o) => o === filter?.operator) ?? operatorsFor(type)[0]!,
  );
  const [values, setValues] = useState<readonly string[]>(filter?.values.map(String) ?? []);
  const [typed, setTyped] = useState('');
  const takes = valuesOf(operator);
  const enough =
    takes === 'none' ||
    (takes === 'two'
      ? (values[0] ?? '') !== '' && (values[1] ?? '') !== ''
      : takes === 'one'
        ? (values[0] ?? '') !== ''
        : values.length > 0 || typed !== '');
  const choose = (next: string) => {
    const other = askedOf(design, next);
    const otherType = other?.kind === 'dimension' ? other.member.type : 'number';
    setMember(next);
    setValues([]);
    setTyped('');
    if (!operatorsFor(otherType).includes(operator)) setOperator(operatorsFor(otherType)[0]!);
  };
  const add = (value: string) => {
    if (value !== '' && !values.includes(value)) setValues([...values, value]);
    setTyped('');
  };
  const set = () => {
    if (!enough) return;
    const all = takes === 'many' && typed !== '' && !values.includes(typed) ? [...values, typed] : values;
    const said =
      takes === 'none' ? [] : takes === 'one' ? all.slice(0, 1) : takes === 'two' ? all.slice(0, 2) : all;
    onSet({ member, operator, values: said });
  };
  return (
    <Popover at={at} label="Filter" className="explore-filter" onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          set();
        }}
      >
        <div className="explore-filter-row">
          <select
            className="ui-field"
            aria-label="Filter on"
            value={member}
            onChange={(event) => choose(event.target.value)}
          >
            {design.tables.map((table) => (
              <optgroup key={table.name} label={table.name}>
                {listedOf(table)
                  .filter((m) => m.ref.kind !== 'segment')
                  .map((m) => (
                    <option key={m.name} value={m.name}>
                      {m.title}
                      {m.ref.kind === 'measure' ? ' (measure)' : ''}
                    </option>
                  ))}
              </optgroup>
            ))}
          </select>
          <select
            className="ui-field"
            aria-label="Condition"
            value={operator}
            onChange={(event) => setOperator(event.target.value as Operator)}
          >
            {operatorsFor(type).map((o) => (
              <option key={o} value={o}>
                {operatorWords[o]}
              </option>
            ))}
          </select>
        </div>
        {takes === 'two' ? (
          <div className="explore-filter-row">
            {['First day', 'Last day'].map((label, i) => (
              <input
                key={label}
                className="ui-field"
                type="date"
                aria-label={label}
                value={values[i] ?? ''}
                onChange={(event) =>
                  setValues(
                    i === 0 ? [event.target.value, values[1] ?? ''] : [values[0] ?? '', event.target.value],
                  )
                }
              />
            ))}
          </div>
        ) : takes === 'one' ? (
          <input
            className="ui-field"
            type={type === 'time' ? 'date' : 'text'}
            inputMode={type === 'number' ? 'decimal' : undefined}
            aria-label="Value"
            value={values[0] ?? ''}
            onChange={(event) => setValues([event.target.value])}
          />
        ) : takes === 'many' ? (
          <ManyValues
            member={member}
            values={values}
            typed={typed}
            onType={setTyped}
            onAdd={add}
            onRemove={(value) => setValues(values.filter((v) => v !== value))}
          />
        ) : null}
        <div className="explore-filter-foot">
          <Button onClick={onClose}>Cancel</Button>
          <button type="submit" className="ui-button ui-button-primary" disabled={!enough}>
            {isNew ? 'Add filter' : 'Change filter'}
          </button>
        </div>
      </form>
    </Popover>
  );
}

interface Offer {
  readonly value: Cell;
  /** Rows that have it; null where they were not counted. */
  readonly count: number | null;
}

/** Values of a text dimension that hold what is typed; null while nothing is typed or found. */
function useFound(member: string, typed: string): readonly Offer[] | null {
  const store = useAssayStore();
  const isText = useAssay((s) => {
    const asked = askedOf(s.design, member);
    return asked?.kind === 'dimension' && asked.member.type === 'string';
  });
  const [found, setFound] = useState<readonly Offer[] | null>(null);
  useEffect(() => {
    const text = typed.trim();
    if (!isText || text === '') {
      setFound(null);
      return;
    }
    const abort = new AbortController();
    const timer = setTimeout(() => {
      const filters = [{ member, operator: 'contains', values: [text] }] as const;
      const query = { measures: [], dimensions: [member], segments: [], filters, limit: 8 };
      void store
        .getState()
        .askModel(query, abort.signal)
        .then((reply) => {
          if (abort.signal.aborted) return;
          setFound(reply.ok ? reply.value.rows.map((row) => ({ value: row[0] ?? null, count: null })) : null);
        });
    }, 180);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [store, member, typed, isText]);
  return found;
}

/** Values to be equal to; the most frequent of the dimension are offered. */
function ManyValues({
  member,
  values,
  typed,
  onType,
  onAdd,
  onRemove,
}: {
  member: string;
  values: readonly string[];
  typed: string;
  onType: (text: string) => void;
  onAdd: (value: string) => void;
  onRemove: (value: string) => void;
}) {
  const top = useAssay((s) => s.dimensionValues[member]?.top ?? none);
  const found = useFound(member, typed);
  const field = useRef<HTMLInputElement>(null);
  const take = useRef<() => boolean>(() => false);
  take.current = () => {
    if (typed !== '') onAdd(typed);
    return typed !== '';
  };
  // A pane keeps keys to itself before React hears of them. Enter takes the value; in an empty field it sets the filter.
  useEffect(() => {
    const input = field.current;
    const press = (event: KeyboardEvent) => {
      if (event.key === 'Enter' && take.current()) event.preventDefault();
    };
    input?.addEventListener('keydown', press);
    return () => input?.removeEventListener('keydown', press);
  }, []);
  const offered = (found ?? top).filter((t) => !values.includes(String(t.value)));
  return (
    <>
      {values.length === 0 ? null : (
        <ul className="explore-filter-values">
          {values.map((value) => (
            <li key={value}>
              {plainText(value)}
              <IconButton label={`Without ${plainText(value)}`} onClick={() => onRemove(value)}>
                <CloseIcon size={12} />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
      <input
        ref={field}
        className="ui-field"
        aria-label="Value"
        placeholder={values.length === 0 ? 'A value; Enter takes more' : 'Another value'}
        value={typed}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onType(event.target.value)}
      />
      {offered.length === 0 ? null : (
        <ul
          className="explore-filter-offers"
          aria-label={found === null ? 'Most frequent values' : 'Values with these letters'}
        >
          {offered.slice(0, 8).map((t) => (
            <li key={String(t.value)}>
              <button type="button" onClick={() => onAdd(String(t.value))}>
                <span>{plainText(t.value)}</span>
                {t.count === null ? null : <span className="ui-figure ui-quiet">{count(t.count)}</span>}
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
