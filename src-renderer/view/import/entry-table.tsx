import type { ReactNode } from 'react';
import type { Entry, EntryKind } from '#core/source/entries';
import { count, plainText } from '../ui/figure';
import { visible } from './raw-line';

type Field = 'line' | 'byte' | 'column' | 'count' | 'reason' | 'text';

/** What is shown of the entries of a kind, and under which titles. */
const fieldsOf: Readonly<Record<EntryKind, readonly (readonly [Field, string])[]>> = {
  rejected: [
    ['line', 'Line'],
    ['byte', 'Byte'],
    ['column', 'Column'],
    ['reason', 'Reason'],
    ['text', 'As it stands'],
  ],
  mended: [
    ['line', 'Line'],
    ['byte', 'Byte'],
    ['reason', 'What was done'],
    ['text', 'As it stands → as it is read'],
  ],
  skipped: [
    ['line', 'Line'],
    ['byte', 'Byte'],
    ['count', 'Lines'],
    ['reason', 'Reason'],
    ['text', 'The first of them'],
  ],
  misfit: [
    ['column', 'Column'],
    ['count', 'Values'],
    ['reason', 'Reason'],
    ['text', 'Value, null in the table'],
  ],
};

const headClass: Readonly<Record<Field, string | undefined>> = {
  line: 'receipt-figure',
  byte: 'receipt-figure',
  count: 'receipt-figure',
  column: 'receipt-name',
  reason: 'receipt-reason',
  text: undefined,
};
const cellClass: Readonly<Record<Field, string | undefined>> = {
  line: 'receipt-figure',
  byte: 'receipt-figure',
  count: 'receipt-figure',
  column: undefined,
  reason: 'selectable receipt-wrap',
  text: 'mono selectable',
};

export interface EntryLinks {
  /** Goes to a line. */
  readonly onLine?: ((line: number) => void) | undefined;
  /** The last line there is to go to. */
  readonly reach?: number | undefined;
  /** Goes to a column, from a value that did not fit. */
  readonly onColumn?: ((column: string) => void) | undefined;
}

/** Entries of one kind. Lines and columns are links where there is somewhere to go. */
export function EntryTable({
  kind,
  entries,
  links,
}: {
  kind: EntryKind;
  entries: readonly Entry[];
  links: EntryLinks;
}) {
  // A column that no entry names would take the room of the text.
  const named = entries.some((entry) => entry.column !== null);
  const fields = fieldsOf[kind].filter(([field]) => named || field !== 'column');
  return (
    <table className="receipt-table">
      <thead>
        <tr>
          {fields.map(([field, title]) => (
            <th key={field} scope="col" className={headClass[field]}>
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {entries.map((entry, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an entry is where it is in its page.
          <tr key={i}>
            {fields.map(([field]) => (
              <td key={field} className={cellClass[field]} title={tooltip(entry, field)}>
                {content(entry, field, links)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function tooltip(entry: Entry, field: Field): string | undefined {
  if (field === 'text') return entry.text;
  return field === 'column' ? (entry.column ?? undefined) : undefined;
}

function content(entry: Entry, field: Field, { onLine, reach = Infinity, onColumn }: EntryLinks): ReactNode {
  const { kind, line, byte, column, text, cells } = entry;
  switch (field) {
    case 'line': {
      if (line === null) return '–';
      if (onLine === undefined || line > reach) return count(line);
      return (
        <button
          type="button"
          className="ui-link"
          aria-label={`Go to line ${line}`}
          onClick={() => onLine(line)}
        >
          {count(line)}
        </button>
      );
    }
    case 'byte':
      return byte === null ? '–' : count(byte);
    case 'count':
      return count(entry.count);
    case 'column':
      if (column === null) return '–';
      return kind !== 'misfit' || onColumn === undefined ? (
        column
      ) : (
        <button type="button" className="ui-link" onClick={() => onColumn(column)}>
          {column}
        </button>
      );
    case 'reason':
      return entry.reason;
    case 'text':
      return cells === null ? (
        visible(kind === 'misfit' ? plainText(text) : text)
      ) : (
        <Mended text={text} cells={cells} />
      );
  }
}

/** A record as it stands and, below, as it is read. */
function Mended({ text, cells }: { text: string; cells: readonly string[] }) {
  return (
    <div className="receipt-mend">
      <div>{visible(text)}</div>
      <div>
        <span aria-hidden="true">→ </span>
        {cells.map((cell, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a cell is where it is.
          <span key={i} className="receipt-cell">
            {cell === '' ? '·' : visible(cell)}
          </span>
        ))}
      </div>
    </div>
  );
}
