/**
 * A join on the canvas: a line from column to column, a bar for one and a crow's foot for many at its ends, and a label
 * that says what was measured. Proposed ones are dashed and can be accepted or dismissed where they stand.
 */
import {
  type Edge,
  EdgeLabelRenderer,
  type EdgeProps,
  type InternalNode,
  useInternalNode,
  useStoreApi,
} from '@xyflow/react';
import { memo, useContext } from 'react';
import type { Join } from '#core/design/design';
import type { Cardinality } from '#core/join/join';
import { useAssay, useAssayStore } from '../../store/hooks';
import {
  askOfJoin,
  contradicts,
  declarable,
  growth,
  joinAskOf,
  joinKey,
  measureOf,
  multiplies,
  type ProposedJoin,
} from '../../store/join-reading';
import { count } from '../ui/figure';
import { CloseIcon } from '../ui/icon';
import { CanvasContext } from './canvas-context';
import { type End, endsOf, labelSpot, pathOf, type Rect, reach, route } from './join-path';
import { factorWords, long, onWords, orphanWords, short } from './join-words';
import type { TableNodeType } from './table-node';
import { cardWidth } from './table-shape';

export type JoinEdgeType = Edge<
  {
    readonly join: Pick<Join, 'from' | 'to' | 'on'>;
    /** The join of the design; null for one that is proposed or drafted. */
    readonly declared: Join | null;
    readonly proposed: ProposedJoin | null;
    /** Lines between the same tables, and in the same gap, are drawn beside each other. */
    readonly lane: number;
  },
  'join'
>;

/** Where two cards stand, and their lines to these columns leave them. */
function useEnds({ from, to, on }: Pick<Join, 'from' | 'to' | 'on'>): readonly [End, End] | null {
  const [a, b] = [useInternalNode<TableNodeType>(from), useInternalNode<TableNodeType>(to)];
  if (a === undefined || b === undefined) return null;
  const [x, y] = on[0] ?? ['', ''];
  return endsOf(rectOf(a), a.data.shape.anchor(x), rectOf(b), b.data.shape.anchor(y));
}

function rectOf({ internals, data }: InternalNode<TableNodeType>): Rect {
  return { ...internals.positionAbsolute, width: cardWidth, height: data.shape.height };
}

function mark({ x, y, out }: End, many: boolean): string {
  return many
    ? `M${x + out * reach} ${y}L${x} ${y - 5}M${x + out * reach} ${y}L${x} ${y + 5}`
    : `M${x + out * 6} ${y - 5}V${y + 5}`;
}

export const JoinEdge = memo(function JoinEdge({ data }: EdgeProps<JoinEdgeType>) {
  const join = data?.join;
  if (data === undefined || join === undefined) return null;
  return <Line {...data} />;
});

function Line({ join, declared, proposed, lane }: NonNullable<JoinEdgeType['data']>) {
  const ends = useEnds(join);
  const canvas = useContext(CanvasContext);
  const store = useAssayStore();
  const flow = useStoreApi<TableNodeType>();
  const measured = useAssay((s) => {
    if (proposed !== null) return proposed.measured;
    const ask = declared !== null ? askOfJoin(s, declared) : s.joinDraft && joinAskOf(s, s.joinDraft);
    return measureOf(s, ask)?.value ?? null;
  });
  const selected = useAssay((s) => {
    const before = s.joinDraft?.before ?? null;
    return declared === null ? proposed === null : before !== null && joinKey(before) === joinKey(declared);
  });
  if (ends === null) return null;
  const [from, to] = ends;
  const cardinality: Cardinality | null = declared?.relationship ?? measured?.cardinality ?? null;
  const cards = [...flow.getState().nodeLookup.values()].map(rectOf);
  const points = route(from, to, cards, lane * 14);
  const path = pathOf(points);
  const spot = labelSpot(points, cards);
  const dimmed = canvas.found !== null && !(canvas.found.has(join.from) && canvas.found.has(join.to));
  const warns = measured !== null && multiplies(measured);
  const tone = selected ? 'selected' : proposed !== null ? 'proposed' : 'plain';
  const open = () => {
    if (declared !== null) store.getState().openJoin(declared);
  };
  return (
    <>
      <g className="join-line" data-tone={tone} data-dimmed={dimmed}>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: the label is the button; the line only is easier to hit. */}
        <path d={path} className="join-hit" onClick={open} />
        <path d={path} className="join-path" />
        {cardinality !== null && (
          <path
            className="join-mark"
            d={mark(from, cardinality.startsWith('many')) + mark(to, cardinality.endsWith('many'))}
          />
        )}
      </g>
      <EdgeLabelRenderer>
        <div
          className="join-label-at nodrag nopan"
          data-dimmed={dimmed}
          style={{
            transform: `translate(-50%, -50%) translate(${spot.x}px, ${spot.y + lane * 84}px)`,
          }}
        >
          {proposed !== null ? (
            <Proposal proposed={proposed} />
          ) : declared !== null ? (
            <button
              type="button"
              className="join-label"
              data-tone={tone}
              aria-pressed={selected}
              aria-label={`Join ${onWords(join)}, ${long[declared.relationship]}${warns ? `, fan-out × ${factorWords(growth(measured))}` : measured === null ? '' : `, ${orphanWords(measured, declared.relationship)}`}`}
              title={onWords(join)}
              onClick={open}
            >
              <b>{short[declared.relationship]}</b>
              {measured === null ? (
                <span className="join-quiet">
                  {join.on.length > 1 ? `${join.on.length} columns` : 'not measured'}
                </span>
              ) : (
                <>
                  {contradicts(declared.relationship, measured.cardinality) &&
                    measured.cardinality !== null && (
                      <span className="join-warns">measured {short[measured.cardinality]}</span>
                    )}
                  {warns ? (
                    <span className="join-warns">fan-out × {factorWords(growth(measured))}</span>
                  ) : (
                    <span>{orphanWords(measured, declared.relationship)}</span>
                  )}
                </>
              )}
            </button>
          ) : (
            <span className="join-label" data-tone="selected">
              <b>{cardinality === null ? '?' : short[cardinality]}</b>
              <span className={warns ? 'join-warns' : undefined}>
                {warns && measured !== null ? `fan-out × ${factorWords(growth(measured))}` : 'draft'}
              </span>
            </span>
          )}
        </div>
      </EdgeLabelRenderer>
    </>
  );
}

function Proposal({ proposed }: { proposed: ProposedJoin }) {
  const store = useAssayStore();
  const { measured, candidate, key } = proposed;
  const { cardinality } = measured;
  const words = onWords(proposed);
  return (
    <div className="join-proposal">
      <button
        type="button"
        className="join-proposal-words"
        title={[words, ...candidate.reasons, ...candidate.against].join('\n')}
        aria-label={`Look at the proposed join ${words}`}
        onClick={() => store.getState().lookAtJoin(proposed, measured.ask.comparison)}
      >
        <span>
          Proposed <b>{cardinality === null ? '?' : short[cardinality]}</b>
        </span>
        <span>{orphanWords(measured, cardinality ?? 'many_to_one')}</span>
      </button>
      <span className="join-proposal-end">
        <button
          type="button"
          className="ui-link"
          aria-label={`Accept the join ${words}`}
          title={
            declarable(cardinality) === null
              ? 'Many to many cannot be declared; the join lab says what can be done'
              : `Add ${words} to the design; ${count(measured.pairs)} pairs of rows meet`
          }
          onClick={() => store.getState().acceptJoin(key)}
        >
          Accept
        </button>
        <button
          type="button"
          className="join-dismiss"
          aria-label={`Dismiss the join ${words}`}
          title="Dismiss for this session"
          onClick={() => store.getState().dismissJoin(key)}
        >
          <CloseIcon size={12} />
        </button>
      </span>
    </div>
  );
}
