import { Undo2 } from 'lucide-react';
import { type ReactNode, useEffect, useId, useState } from 'react';
import type { Dialect, Warning } from '#core/source/receipt';
import { useAssay } from '../../store/hooks';
import type { ImportDraft } from '../../store/state';
import { WarningIcon } from '../ui/icon';
import { Segmented } from '../ui/segmented';
import { Chips } from './chips';
import { meant, sentence, shown, signWords } from './reading-words';

/** Delimiters one meets; any other can be typed. */
const delimiters = [',', ';', '\t', '|', ' +'];
const quotes = ['"', "'", ''];
const escapes = ['"', '\\', ''];
const comments = ['', '#', '//', '--', '%'];
const encodings = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'utf-32le',
  'utf-32be',
  'windows-1250',
  'windows-1251',
  'windows-1252',
  'windows-1253',
  'windows-1254',
  'windows-1255',
  'windows-1256',
  'windows-1257',
  'iso-8859-1',
  'iso-8859-2',
  'iso-8859-5',
  'iso-8859-9',
  'iso-8859-15',
  'koi8-r',
  'macintosh',
  'shift_jis',
  'euc-jp',
  'gb18030',
  'big5',
  'euc-kr',
];
const nullWords = [
  'NA',
  'N/A',
  'n/a',
  'NULL',
  'null',
  'None',
  'nan',
  'NaN',
  '-',
  '--',
  '?',
  '.',
  '-999',
  '#N/A',
];

/** How the file is written, each part as it was detected or as the user set it. */
export function DialectForm({ draft }: { draft: ImportDraft }) {
  const tell = useAssay((s) => s.tellDialect);
  const { preview, told } = draft;
  if (preview === null) return <p className="import-quiet">Looking at the file…</p>;
  const { detected } = preview;
  const dialect: Dialect = { ...preview.dialect, ...told };
  const remarks = preview.warnings.filter((warning) => warning.column === undefined);
  const marks = { told, detected };
  // The cells of a sheet are not written with signs of one's own choice.
  const sheet = preview.format === 'xlsx';
  return (
    <div className="import-form">
      {remarks.length === 0 ? null : <Remarks remarks={remarks} />}
      {sheet ? null : (
        <>
          <Option {...marks} title="Delimiter" keys={['delimiter']}>
            <Sign
              label="Delimiter"
              value={dialect.delimiter}
              choices={delimiters}
              onChange={(delimiter) => tell({ delimiter })}
            />
          </Option>
          <Option {...marks} title="Quote" keys={['quote']}>
            <Sign
              label="Quote"
              value={dialect.quote}
              choices={quotes}
              onChange={(quote) => tell({ quote })}
            />
          </Option>
          <Option {...marks} title="Escape" keys={['escape']}>
            <Sign
              label="Escape"
              value={dialect.escape}
              choices={escapes}
              words={(sign) => (sign === dialect.quote && sign !== '' ? 'doubled quote' : signWords(sign))}
              onChange={(sign) => tell({ escape: sign })}
            />
          </Option>
        </>
      )}
      <Option {...marks} title="Header rows" keys={['headerRows', 'header']}>
        <Segmented
          small
          label="Header rows"
          value={String(Math.min(5, dialect.headerRows))}
          choices={['0', '1', '2', '3', '4', '5'].map((value) => ({ value, label: value }))}
          onChange={(value) => tell({ headerRows: Number(value), header: value !== '0' })}
        />
      </Option>
      <Option {...marks} title="Skip at the top" keys={['skip']}>
        <Lines label="Lines skipped at the top" value={dialect.skip} onChange={(skip) => tell({ skip })} />
      </Option>
      <Option {...marks} title="Skip at the end" keys={['footer']}>
        <Lines
          label="Lines skipped at the end"
          value={dialect.footer}
          onChange={(footer) => tell({ footer })}
        />
      </Option>
      <Option {...marks} title="Comment mark" keys={['comment']}>
        <Sign
          label="Comment mark"
          value={dialect.comment}
          choices={comments}
          onChange={(comment) => tell({ comment })}
        />
      </Option>
      <Option {...marks} title="Decimal mark" keys={['decimal']}>
        <Segmented
          small
          label="Decimal mark"
          value={dialect.decimal}
          choices={[
            { value: '.', label: 'point .' },
            { value: ',', label: 'comma ,' },
          ]}
          onChange={(decimal) => tell({ decimal })}
        />
      </Option>
      {sheet ? null : (
        <>
          <Option {...marks} title="Encoding" keys={['encoding']}>
            <select
              className="ui-field"
              aria-label="Encoding"
              value={known(dialect.encoding)}
              onChange={(event) => tell({ encoding: event.target.value })}
            >
              {[...new Set([known(detected.encoding), known(dialect.encoding), ...encodings])].map((name) => (
                <option key={name} value={name}>
                  {name}
                </option>
              ))}
            </select>
          </Option>
          <div className="import-option">
            <span className="import-option-title">Line ends</span>
            <span className="mono">{shown(dialect.newline) || 'one line'}</span>
            <span className="import-mark">as found</span>
          </div>
        </>
      )}
      <Option {...marks} title="Null words" keys={['nulls']} tall>
        <Chips
          label="Null words"
          words={dialect.nulls}
          placeholder="Add a word, Enter"
          proposals={nullWords}
          onChange={(nulls) => tell({ nulls })}
        />
        {dialect.nulls.includes('') ? null : (
          <button type="button" className="ui-link" onClick={() => tell({ nulls: ['', ...dialect.nulls] })}>
            Also read empty cells as missing
          </button>
        )}
      </Option>
    </div>
  );
}

/** The name of an encoding as the list has it. */
function known(name: string): string {
  return encodings.find((other) => other === name.toLowerCase()) ?? name;
}

function Remarks({ remarks }: { remarks: readonly Warning[] }) {
  return (
    <ul className="import-remarks" aria-label="Remarks on the file">
      {remarks.map((warning) => (
        <li key={`${warning.code} ${warning.message}`}>
          <WarningIcon />
          <span className="selectable">
            {sentence(warning.message)} <span className="import-quiet">{warning.remedy}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}

/** One part of the dialect: its control, where its value is from, and the way back. */
function Option({
  title,
  keys,
  told,
  detected,
  tall = false,
  children,
}: {
  title: string;
  /** The parts of the dialect it sets; the first is the one that is told about. */
  keys: readonly (keyof Dialect)[];
  told: Partial<Dialect>;
  detected: Dialect;
  tall?: boolean;
  children: ReactNode;
}) {
  const untell = useAssay((s) => s.untellDialect);
  const set = keys.some((key) => told[key] !== undefined);
  const [first] = keys;
  const was = first === undefined ? undefined : detected[first];
  const said =
    typeof was === 'number'
      ? String(was)
      : Array.isArray(was)
        ? was.map((word) => word || '(empty)').join(' ')
        : signWords(String(was ?? ''));
  return (
    <div className={tall ? 'import-option import-option-tall' : 'import-option'} data-told={set}>
      <span className="import-option-title">{title}</span>
      <div className="import-option-control">{children}</div>
      {set ? (
        <button
          type="button"
          className="import-mark import-mark-told"
          title={`Set by you. Detected: ${said}`}
          aria-label={`${title} is set by you. Set back to what was detected: ${said}`}
          onClick={() => untell(...keys)}
        >
          set by you
          <Undo2 size={11} strokeWidth={2} aria-hidden="true" />
        </button>
      ) : (
        <span className="import-mark">detected</span>
      )}
    </div>
  );
}

/** A sign out of a few, or one that is typed. */
function Sign({
  label,
  value,
  choices,
  words = signWords,
  onChange,
}: {
  label: string;
  value: string;
  choices: readonly string[];
  words?: (sign: string) => string;
  onChange: (sign: string) => void;
}) {
  const [other, setOther] = useState(!choices.includes(value));
  const [typed, setTyped] = useState(shown(value));
  useEffect(() => {
    setTyped(shown(value));
    if (!choices.includes(value)) setOther(true);
  }, [value, choices]);
  return (
    <span className="import-sign">
      <select
        className="ui-field"
        aria-label={label}
        value={other ? 'other' : `is ${value}`}
        onChange={(event) => {
          const { value: chosen } = event.target;
          setOther(chosen === 'other');
          if (chosen !== 'other') onChange(chosen.slice(3));
        }}
      >
        {choices.map((sign) => (
          <option key={sign} value={`is ${sign}`}>
            {words(sign)}
          </option>
        ))}
        <option value="other">other…</option>
      </select>
      {other ? (
        <input
          className="ui-field mono"
          aria-label={`${label}: other characters`}
          placeholder="||"
          value={typed}
          spellCheck={false}
          onChange={(event) => {
            setTyped(event.target.value);
            if (event.target.value !== '') onChange(meant(event.target.value));
          }}
        />
      ) : null}
    </span>
  );
}

/** A number of lines. */
function Lines({
  label,
  value,
  onChange,
}: {
  label: string;
  value: number;
  onChange: (value: number) => void;
}) {
  const id = useId();
  const [typed, setTyped] = useState(String(value));
  useEffect(() => setTyped(String(value)), [value]);
  return (
    <span className="import-lines-field">
      <input
        id={id}
        type="number"
        min={0}
        step={1}
        className="ui-field mono"
        aria-label={label}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          const number = Number(event.target.value);
          if (event.target.value !== '' && Number.isInteger(number) && number >= 0) onChange(number);
        }}
        onBlur={() => setTyped(String(value))}
      />
      <label htmlFor={id}>{value === 1 ? 'line' : 'lines'}</label>
    </span>
  );
}
