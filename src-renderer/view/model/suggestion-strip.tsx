/**
 * What is suggested for the columns of a table, each with its evidence, to accept or dismiss. Nothing applies unasked.
 */
import { Sparkles } from 'lucide-react';
import { useRef, useState } from 'react';
import { acceptAll, acceptEdits } from '#core/accept';
import type { MemberRef } from '#core/design/design';
import type { Edit } from '#core/design/edit';
import type { Suggestion } from '#core/profile/profile';
import type { Table } from '#core/table';
import { useAssay, useAssayStore } from '../../store/hooks';
import { suggestionsOf } from '../../store/select';
import { AcceptDismiss, Button } from '../ui/button';
import { KindIcon } from '../ui/kind-icon';
import { AggregationBadge } from '../ui/member-icon';
import { type Point, Popover } from '../ui/popover';
import './suggestion-strip.css';

/** At or above this confidence suggestions are accepted together; the command line draws the same line. */
const sure = 0.7;

/** Proposals shown before the user asks for all. */
const atFirst = 6;

/** What is proposed, in a word. */
export function proposal(suggestion: Suggestion): string {
  switch (suggestion.role) {
    case 'measure':
      return (suggestion.aggregation ?? 'sum').replace('_', ' ');
    case 'key':
      return 'key';
    case 'time':
      return 'time dimension';
    default:
      return 'dimension';
  }
}

/** The member that an edit adds. */
function memberAdded(edit: Edit): MemberRef | null {
  if (edit.verb === 'add-measure') return { table: edit.table, kind: 'measure', name: edit.measure.name };
  if (edit.verb === 'add-dimension')
    return { table: edit.table, kind: 'dimension', name: edit.dimension.name };
  return null;
}

export function SuggestionStrip({ table, over }: { table: Table; over: string }) {
  const suggestions = useAssay((s) => suggestionsOf(s, table.name));
  const store = useAssayStore();
  const [all, setAll] = useState(false);
  if (suggestions.length === 0) return null;

  const certain = suggestions.filter((one) => one.confidence >= sure);
  const sorted = suggestions.toSorted((a, b) => b.confidence - a.confidence);
  const shown = all ? sorted : sorted.slice(0, atFirst);
  const acceptCertain = () => {
    const edit = acceptAll(store.getState().design, table, certain);
    if (edit) store.getState().edit(edit);
  };
  const acceptOne = (suggestion: Suggestion) => {
    const { design, edit, select } = store.getState();
    const drafted = design.tables.find((one) => one.name === over);
    const column = table.columns.find((one) => one.name === suggestion.column);
    if (!drafted || !column) return;
    const edits = acceptEdits(drafted, column, suggestion);
    const [first] = edits;
    if (!first) return;
    const words = `accepted ${column.name} as ${proposal(suggestion)} of ${over}`;
    edit(edits.length === 1 ? first : { verb: 'together', words, edits });
    const member = memberAdded(first);
    if (member) select({ kind: 'member', member });
  };

  return (
    <div className="suggestions">
      <span className="suggestions-title">
        <Sparkles size={14} aria-hidden="true" />
        Suggested
        <span className="model-count">{suggestions.length}</span>
      </span>
      <ul aria-label={`Suggestions for ${over}`}>
        {shown.map((suggestion) => (
          <SuggestionChip
            key={suggestion.column}
            suggestion={suggestion}
            table={table}
            accept={() => acceptOne(suggestion)}
            dismiss={(reason) =>
              store.getState().edit({ verb: 'dismiss', table: over, column: suggestion.column, reason })
            }
          />
        ))}
      </ul>
      <span className="suggestions-end">
        {suggestions.length > atFirst && (
          <Button tone="quiet" onClick={() => setAll(!all)}>
            {all ? 'Fewer' : `${suggestions.length - atFirst} more`}
          </Button>
        )}
        {certain.length > 1 && (
          <Button onClick={acceptCertain}>Accept all {certain.length} above 70 %</Button>
        )}
      </span>
    </div>
  );
}

function SuggestionChip(props: {
  readonly suggestion: Suggestion;
  readonly table: Table;
  readonly accept: () => void;
  readonly dismiss: (reason: string) => void;
}) {
  const { suggestion, table, accept, dismiss } = props;
  const [why, setWhy] = useState<Point | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const column = table.columns.find((one) => one.name === suggestion.column);
  const what = `${suggestion.column} as ${proposal(suggestion)}`;
  return (
    <li className="suggestion">
      {suggestion.role === 'measure' ? (
        <AggregationBadge aggregation={suggestion.aggregation ?? 'sum'} />
      ) : (
        column && <KindIcon kind={column.kind} />
      )}
      <button
        ref={button}
        type="button"
        className="suggestion-why"
        aria-haspopup="dialog"
        aria-expanded={why !== null}
        aria-label={`Why ${what}, ${Math.round(100 * suggestion.confidence)} % sure`}
        title={suggestion.reasons.join('. ')}
        onClick={() => {
          const box = button.current?.getBoundingClientRect();
          if (box) setWhy({ x: box.left, y: box.bottom + 4 });
        }}
      >
        <span className="suggestion-name">{suggestion.column}</span>
        <span className="suggestion-sure">{Math.round(100 * suggestion.confidence)} %</span>
      </button>
      <AcceptDismiss what={what} onAccept={accept} onDismiss={() => dismiss('')} />
      {why && (
        <Popover at={why} label={`Why ${what}`} className="suggestion-reasons" onClose={() => setWhy(null)}>
          <Reasons
            suggestion={suggestion}
            dismiss={(reason) => {
              setWhy(null);
              dismiss(reason);
            }}
            accept={() => {
              setWhy(null);
              accept();
            }}
          />
        </Popover>
      )}
    </li>
  );
}

function Reasons(props: {
  readonly suggestion: Suggestion;
  readonly accept: () => void;
  readonly dismiss: (reason: string) => void;
}) {
  const { suggestion, accept, dismiss } = props;
  const [reason, setReason] = useState('');
  return (
    <>
      <h3>
        {suggestion.column} as {proposal(suggestion)}
      </h3>
      <ul className="reasons-for">
        {suggestion.reasons.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {suggestion.against.length > 0 && (
        <>
          <h4>What speaks against it</h4>
          <ul className="reasons-against">
            {suggestion.against.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </>
      )}
      <div className="reasons-end">
        <Button tone="primary" onClick={accept}>
          Accept
        </Button>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            dismiss(reason.trim());
          }}
        >
          <input
            className="ui-field"
            aria-label="Reason to dismiss it"
            placeholder="Reason (optional)"
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
          <button type="submit" className="ui-button ui-button-plain">
            Dismiss
          </button>
        </form>
      </div>
    </>
  );
}
