import { useState } from 'react';
import type { ColumnReading, Preview, ReadAs } from '#core/source/receipt';
import { useAssay } from '../../store/hooks';
import type { ImportDraft } from '../../store/state';
import { Chips } from './chips';
import { formatOrder, formatSample, readAsOf, readAsWords } from './reading-words';

const all = Object.keys(readAsWords) as ReadAs[];

const presets: Readonly<Partial<Record<ReadAs, readonly string[]>>> = {
  date: [
    '%Y-%m-%d',
    '%d/%m/%Y',
    '%m/%d/%Y',
    '%d.%m.%Y',
    '%d-%m-%Y',
    '%m-%d-%Y',
    '%Y/%m/%d',
    '%Y%m%d',
    '%d/%m/%y',
    '%m/%d/%y',
    '%d %b %Y',
    '%d-%b-%y',
    '%b %d, %Y',
    '%d %B %Y',
  ],
  timestamp: [
    '%Y-%m-%d %H:%M:%S',
    '%Y-%m-%dT%H:%M:%S',
    '%d/%m/%Y %H:%M',
    '%m/%d/%Y %H:%M',
    '%d.%m.%Y %H:%M',
    '%m/%d/%Y %I:%M %p',
    '%d/%m/%Y %H:%M:%S',
    '%m/%d/%Y %H:%M:%S',
  ],
  time: ['%H:%M:%S', '%H:%M', '%I:%M %p', '%I:%M:%S %p'],
};

/** How a column is read, by hand. Each change is tried out at once. */
export function ColumnForm({ draft, column }: { draft: ImportDraft; column: Preview['columns'][number] }) {
  const tell = useAssay((s) => s.tellColumn);
  const told = draft.told.columns?.find((reading) => reading.column === column.name) ?? column.reading;
  const reading: ColumnReading = told ?? { column: column.name, as: readAsOf(column.type) };
  const change = (news: Partial<ColumnReading>) => {
    const merged = { ...reading, ...news };
    tell(
      Object.fromEntries(
        Object.entries(merged).filter(([, v]) => v !== undefined),
      ) as unknown as ColumnReading,
    );
  };
  const { as } = reading;
  return (
    <fieldset className="import-column-form">
      <legend>Read it otherwise</legend>
      <label className="import-field">
        <span>Read as</span>
        <select
          className="ui-field"
          value={as}
          onChange={(event) => {
            // What spells one kind says nothing about another.
            const next = event.target.value as ReadAs;
            tell({ column: column.name, as: next, ...(reading.nulls ? { nulls: reading.nulls } : {}) });
          }}
        >
          {all.map((one) => (
            <option key={one} value={one}>
              {readAsWords[one]}
            </option>
          ))}
        </select>
      </label>
      {as === 'number' || as === 'whole' ? (
        <>
          <label className="import-field">
            <span>Decimal mark</span>
            <select
              className="ui-field"
              value={reading.decimal ?? '.'}
              onChange={(event) => change({ decimal: event.target.value })}
            >
              <option value=".">point .</option>
              <option value=",">comma ,</option>
            </select>
          </label>
          <label className="import-field">
            <span>Thousands mark</span>
            <select
              className="ui-field"
              value={reading.grouping ?? ''}
              onChange={(event) =>
                change({ grouping: event.target.value === '' ? undefined : event.target.value })
              }
            >
              <option value="">none</option>
              <option value=",">comma ,</option>
              <option value=".">point .</option>
              <option value=" ">blank</option>
              <option value={'\u00a0'}>hard blank</option>
              <option value="'">apostrophe '</option>
            </select>
          </label>
          <div className="import-field">
            <span>Currency</span>
            <Typed
              label="Currency"
              value={reading.currency ?? ''}
              placeholder="$, EUR…"
              onChange={(text) => change({ currency: text === '' ? undefined : text })}
            />
          </div>
          <label className="import-check">
            <input
              type="checkbox"
              checked={reading.percent ?? false}
              onChange={(event) => change({ percent: event.target.checked ? true : undefined })}
            />
            Take percent signs off; 12% is 12
          </label>
        </>
      ) : null}
      {as === 'date' || as === 'timestamp' || as === 'time' ? (
        <div className="import-field import-field-tall">
          <span>Formats, tried in order</span>
          <Chips
            key={as}
            label="Formats"
            words={reading.formats ?? []}
            placeholder="%d/%m/%Y, Enter"
            proposals={presets[as] ?? []}
            meaning={(format) => [formatSample(format), formatOrder(format)].filter(Boolean).join(', ')}
            onChange={(formats) => change({ formats: formats.length === 0 ? undefined : formats })}
          />
        </div>
      ) : null}
      {as === 'boolean' ? (
        <>
          <div className="import-field import-field-tall">
            <span>Words for yes</span>
            <Chips
              label="Words for yes"
              words={reading.yes ?? []}
              placeholder="yes, Enter"
              proposals={['yes', 'y', 'true', 't', '1', 'on', 'ja', 'oui', 'si']}
              onChange={(yes) => change({ yes: yes.length === 0 ? undefined : yes })}
            />
          </div>
          <div className="import-field import-field-tall">
            <span>Words for no</span>
            <Chips
              label="Words for no"
              words={reading.no ?? []}
              placeholder="no, Enter"
              proposals={['no', 'n', 'false', 'f', '0', 'off', 'nein', 'non']}
              onChange={(no) => change({ no: no.length === 0 ? undefined : no })}
            />
          </div>
        </>
      ) : null}
      <div className="import-field import-field-tall">
        <span>Null words of this column</span>
        <Chips
          label="Null words of this column"
          words={reading.nulls ?? []}
          placeholder="-999, Enter"
          onChange={(nulls) => change({ nulls: nulls.length === 0 ? undefined : nulls })}
        />
      </div>
    </fieldset>
  );
}

/** A short text that counts when it is left or Enter is pressed. */
function Typed({
  label,
  value,
  placeholder,
  onChange,
}: {
  label: string;
  value: string;
  placeholder: string;
  onChange: (text: string) => void;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  const done = () => {
    if (typed !== null && typed !== value) onChange(typed);
    setTyped(null);
  };
  return (
    <input
      className="ui-field mono"
      aria-label={label}
      value={typed ?? value}
      placeholder={placeholder}
      spellCheck={false}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={done}
      onKeyDown={(event) => {
        if (event.key === 'Enter') done();
      }}
    />
  );
}
