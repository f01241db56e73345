/** The tools of the canvas: search, and what makes joins. */
import { type Ref, useState } from 'react';
import { useAssay, useAssayStore } from '../../store/hooks';
import { multiplyingJoins, type ProposedJoin, proposalsOf } from '../../store/join-reading';
import { Badge } from '../ui/badge';
import { Button } from '../ui/button';
import { counted } from '../ui/figure';
import { PlusIcon } from '../ui/icon';
import { below, Popover } from '../ui/popover';
import { SearchField } from '../ui/search-field';
import { JoinForm } from './join-form';
import { onWords, short } from './join-words';

export interface CanvasBarProps {
  readonly search: string;
  readonly onSearch: (text: string) => void;
  /** Tables that hold the text. */
  readonly hits: readonly string[];
  readonly go: (table: string) => void;
  readonly joinButton: Ref<HTMLButtonElement>;
  /** The control below which the form is open; null while it is shut. */
  readonly form: Element | null;
  readonly onForm: (at: Element | null) => void;
  readonly addJoin: () => void;
}

export function CanvasBar({ search, onSearch, hits, go, joinButton, form, onForm, addJoin }: CanvasBarProps) {
  const store = useAssayStore();
  const tables = useAssay((s) => s.design.tables.length);
  const open = useAssay((s) => s.order.length);
  const marks = useAssay((s) => s.joinMarks.length);
  const multiplying = useAssay((s) => multiplyingJoins(s).length);
  const finding = useAssay((s) => s.findingJoins);
  const unsure = useAssay((s) => proposalsOf(s).unsure);
  const [hit, setHit] = useState(0);
  const [list, setList] = useState<Element | null>(null);

  const show = (index: number) => {
    const at = (index + hits.length) % Math.max(1, hits.length);
    setHit(at);
    const table = hits[at];
    if (table !== undefined) go(table);
  };
  return (
    <>
      {multiplying === 0 ? null : (
        <Badge
          tone="warning"
          title="Rows of one table meet several of another; the join lab tells what that does"
        >
          {multiplying === 1 ? '1 join multiplies' : `${multiplying} joins multiply`}
        </Badge>
      )}
      <span className="grow" />
      <span className="canvas-search">
        <SearchField
          label="Find on the canvas"
          value={search}
          onChange={(text) => {
            onSearch(text);
            setHit(-1);
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            show(hit + (event.shiftKey ? -1 : 1));
          }}
        />
        <span className="canvas-hits" role="status">
          {search.trim() === ''
            ? ''
            : hits.length === 0
              ? 'none'
              : hit < 0
                ? `${hits.length}`
                : `${Math.min(hit, hits.length - 1) + 1} of ${hits.length}`}
        </span>
      </span>
      {unsure.length === 0 ? null : (
        <Button
          tone="quiet"
          aria-haspopup="dialog"
          onClick={(event) => setList(event.currentTarget)}
          title="Joins that the values allow but do not prove"
        >
          {unsure.length} less sure
        </Button>
      )}
      <Button
        disabled={!finding && (tables < 2 || open < 2)}
        title={finding ? 'Stop looking' : 'Look for joins in the values of all open tables'}
        aria-busy={finding}
        onClick={() => void store.getState().findJoins()}
      >
        {finding ? 'Cancel' : 'Find joins'}
      </Button>
      <button
        ref={joinButton}
        type="button"
        className="ui-button ui-button-plain"
        disabled={tables < 2}
        aria-haspopup="dialog"
        title={
          marks === 2
            ? 'Join the two marked columns (J)'
            : 'Choose two columns to join, or drag from one to the other on the canvas (J)'
        }
        onClick={addJoin}
      >
        <PlusIcon />
        Join
        <span className="ui-key" aria-hidden="true">
          J
        </span>
      </button>
      {form === null ? null : <JoinForm at={below(form)} onClose={() => onForm(null)} />}
      {list === null ? null : (
        <Popover
          at={below(list)}
          label="Joins that are less sure"
          className="join-unsure"
          onClose={() => setList(null)}
        >
          <h3>{counted(unsure.length, 'join')} that the values allow but do not prove</h3>
          <ul>
            {unsure.map((one) => (
              <Unsure key={one.key} one={one} onOpen={() => setList(null)} />
            ))}
          </ul>
        </Popover>
      )}
    </>
  );
}

function Unsure({ one, onOpen }: { one: ProposedJoin; onOpen: () => void }) {
  const store = useAssayStore();
  const { cardinality } = one.measured;
  const against = [...one.candidate.against, ...one.candidate.reasons].slice(0, 2).join('. ');
  return (
    <li>
      <button
        type="button"
        onClick={() => {
          onOpen();
          store.getState().lookAtJoin(one, one.measured.ask.comparison);
        }}
      >
        <span className="mono">{onWords(one)}</span>
        <span className="join-unsure-why">
          {cardinality === null ? 'no key in common' : short[cardinality]}
          {against === '' ? '' : ` · ${against}`}
        </span>
      </button>
    </li>
  );
}
