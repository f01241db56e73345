/**
 * The join lab: what a join does, counted on all rows, before and after it is in the design.
 */
import { useEffect, useRef, useState } from 'react';
import { tableOf } from '#core/design/member';
import type { RowKind } from '#core/join/rows';
import { useAssay, useAssayStore } from '../../store/hooks';
import { contradicts, declarable, joinAskOf, joinKey, measureOf } from '../../store/join-reading';
import type { JoinDraft } from '../../store/state';
import { Badge } from '../ui/badge';
import { Button, IconButton } from '../ui/button';
import { CloseIcon } from '../ui/icon';
import { JoinCounts } from './join-counts';
import { JoinEffects } from './join-effects';
import { JoinKeys } from './join-keys';
import { JoinRows } from './join-rows';
import { onWords, short } from './join-words';
import { JoinWork } from './join-work';
import './join-lab.css';

/** Which rows of which end are looked at. */
export interface Looked {
  readonly side: 'from' | 'to';
  readonly kind: RowKind;
}

export function JoinLab() {
  const draft = useAssay((s) => s.joinDraft);
  return draft === null ? null : <Lab draft={draft} />;
}

/** The question of the draft, the same object as long as it says the same. */
function useAsk(draft: JoinDraft) {
  const text = useAssay((s) => JSON.stringify(joinAskOf(s, draft)));
  const [ask, setAsk] = useState(() => ({ text, value: JSON.parse(text) as ReturnType<typeof joinAskOf> }));
  if (ask.text === text) return ask.value;
  const value = JSON.parse(text) as ReturnType<typeof joinAskOf>;
  setAsk({ text, value });
  return value;
}

function Lab({ draft }: { draft: JoinDraft }) {
  const store = useAssayStore();
  const ask = useAsk(draft);
  const measure = useAssay((s) => measureOf(s, ask));
  const measured = measure?.value ?? null;
  const [looked, setLooked] = useState<Looked | null>(null);
  const question = JSON.stringify(ask);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another question closes the rows of the last one.
  useEffect(() => {
    setLooked(null);
    if (ask !== null) store.getState().measureJoin(ask, true);
  }, [store, question, measure === undefined]);

  const { before } = draft;
  const place = useRef<HTMLElement>(null);
  const added = before !== null;
  const was = useRef(added);
  // The button that added it is gone.
  useEffect(() => {
    if (added && !was.current) place.current?.focus();
    was.current = added;
  }, [added]);
  const fits = declarable(measured?.cardinality ?? null);
  const relationship = draft.relationship ?? fits;
  const changed =
    before !== null && relationship !== null && joinKey({ ...draft, relationship }) !== joinKey(before);
  const crowded = measured?.cardinality === 'many_to_many';
  const differs =
    measured?.cardinality != null && relationship !== null && relationship !== measured.cardinality;
  const wrong = relationship !== null && contradicts(relationship, measured?.cardinality ?? null);
  const can = ask !== null && relationship !== null && !crowded;

  return (
    <section ref={place} className="join-lab" aria-label="Join lab" tabIndex={-1}>
      <header>
        <h2>Join lab</h2>
        <span className="join-lab-on mono" title={onWords(draft)}>
          {onWords(draft)}
        </span>
        {measured?.cardinality == null ? null : differs ? (
          <>
            <Badge tone={wrong ? 'warning' : 'info'}>
              Declared {short[relationship]}, measured {short[measured.cardinality]}
            </Badge>
            {fits === null ? null : (
              <Button onClick={() => store.getState().changeJoinDraft({ relationship: fits })}>
                Use measured
              </Button>
            )}
          </>
        ) : (
          <Badge tone={crowded ? 'bad' : 'plain'}>Measured {short[measured.cardinality]}</Badge>
        )}
        <span className="grow" />
        {before === null ? (
          <Button
            tone="primary"
            disabled={!can}
            title={crowded ? 'Many to many cannot be declared' : undefined}
            onClick={() => store.getState().keepJoin()}
          >
            Add join
          </Button>
        ) : (
          <>
            <Button
              tone="quiet"
              title="Take it out of the design (Delete)"
              onClick={() => store.getState().removeJoin()}
            >
              Remove
            </Button>
            <Button tone="primary" disabled={!can || !changed} onClick={() => store.getState().keepJoin()}>
              Save
            </Button>
          </>
        )}
        <IconButton
          label="Close the join lab"
          onClick={() => {
            store.getState().closeJoin();
            document.querySelector<HTMLElement>('.canvas')?.focus();
          }}
        >
          <CloseIcon />
        </IconButton>
      </header>
      <JoinKeys draft={draft} relationship={relationship} />
      <div className="join-lab-body" data-rows={looked !== null}>
        {measured === null ? (
          <div className="join-lab-wait">
            {ask === null ? <NotOpen draft={draft} /> : <JoinWork measure={measure} ask={ask} />}
          </div>
        ) : (
          <>
            <JoinCounts draft={draft} measured={measured} looked={looked} onLook={setLooked} />
            {looked === null ? (
              <JoinEffects draft={draft} measured={measured} relationship={relationship} />
            ) : (
              <JoinRows draft={draft} ask={measured.ask} looked={looked} onClose={() => setLooked(null)} />
            )}
          </>
        )}
      </div>
    </section>
  );
}

/** Why nothing can be measured. */
function NotOpen({ draft }: { draft: JoinDraft }) {
  const closed = useAssay((s) => {
    const name = [draft.from, draft.to].find((one) => !s.tables[tableOf(s.design, one)?.source ?? '']);
    return name ?? null;
  });
  return (
    <p>
      {closed === null
        ? 'A column of this join is no longer in its table. Choose another above.'
        : `The source of ${closed} is not open, so nothing can be counted. Open its file to measure the join.`}
    </p>
  );
}
