import { type ReactNode, useState } from 'react';
import type { Filter } from '#contract';
import { type Association, coefficientTitle, type PairShape, type PairView } from '#core/relation/relation';
import type { Table } from '#core/table';
import { useAssay } from '../../store/hooks';
import { Boxes, CrossTable, TimeLine } from '../chart/pair-groups';
import { PairPlot } from '../chart/pair-plot';
import { useWidth } from '../chart/width';
import { Button, IconButton } from '../ui/button';
import { copyText } from '../ui/copy';
import { EvidenceLine } from '../ui/evidence';
import { coefficient, count } from '../ui/figure';
import { CloseIcon, CopyIcon } from '../ui/icon';
import { Segmented } from '../ui/segmented';
import { Work } from './answer';
import { PairTable } from './relation-pair-table';
import { basisWords, filterOf, pairSql } from './relation-words';
import { useAnswer } from './use-answer';

const noFilters: readonly Filter[] = [];
/** Height of the picture; reserved while it is computed. */
const HEIGHT = 300;

type Way = 'points' | 'cells' | 'counts' | 'expected' | 'chart' | 'table';

/** Two columns laid against each other, with every coefficient that fits them. */
export function RelationPair({
  table,
  a,
  b,
  onClose,
  onTurn,
}: {
  table: Table;
  a: string;
  b: string;
  onClose: () => void;
  onTurn: () => void;
}) {
  const filters = useAssay((s) => s.filters[table.name] ?? noFilters);
  const asked = useAnswer('relation:pair', { table: table.name, a, b, ...filterOf(filters) });
  const view = asked.value;
  const [way, setWay] = useState<Way | null>(null);
  const [frame, width] = useWidth();

  const ways = view?.shape ? waysOf(view.shape) : [];
  const shown = way ?? ways[0]?.value ?? 'chart';
  return (
    <section className="relation-pair" aria-label={`${a} and ${b}`}>
      <header>
        <h2 title={`${a} × ${b}`}>
          {a} × {b}
        </h2>
        <Button title="Lay the second column along the first" onClick={onTurn}>
          Swap axes
        </Button>
        <IconButton label="Close the pair" onClick={onClose}>
          <CloseIcon />
        </IconButton>
      </header>
      <div className="relation-ways">
        {ways.length < 2 ? null : (
          <Segmented small label="Show as" value={shown} choices={ways} onChange={setWay} />
        )}
        <span className="chart-note">{view?.shape ? noteOf(view, shown) : ''}</span>
      </div>
      <div className="relation-picture" ref={frame}>
        {view === null ? (
          <Work answer={asked} doing={`Laying ${a} against ${b}`} />
        ) : view.shape === null ? (
          <p className="chart-none">{view.reason}</p>
        ) : width === 0 ? null : (
          <Picture view={view} shape={view.shape} way={shown} width={width} />
        )}
      </div>
      {view === null ? null : (
        <>
          <Coefficients table={table.name} filters={filters} view={view} />
          <EvidenceLine evidence={view.evidence} />
        </>
      )}
    </section>
  );
}

function waysOf(shape: PairShape): readonly { readonly value: Way; readonly label: string }[] {
  const table = { value: 'table', label: 'Table' } as const;
  switch (shape.kind) {
    case 'numbers': {
      const cells = { value: 'cells', label: 'Density' } as const;
      const points = { value: 'points', label: 'Points' } as const;
      return shape.allPoints ? [points, cells, table] : [cells, points, table];
    }
    case 'counts':
      return [
        { value: 'counts', label: 'Rows' },
        { value: 'expected', label: 'Expected' },
      ];
    default:
      return [{ value: 'chart', label: 'Chart' }, table];
  }
}

/** What the picture shows, as far as it is not all. */
function noteOf({ shape, n }: PairView, way: Way): string {
  if (shape === null) return '';
  switch (shape.kind) {
    case 'numbers':
      return way === 'points'
        ? shape.allPoints
          ? `all ${count(n)} rows`
          : `${count(shape.points.length)} rows from all over ${count(n)}`
        : `${count(n)} rows, counted exactly`;
    case 'boxes':
      return `exact quartiles${shape.boxes.some((box) => box.rest) ? `, the ${count(shape.boxes.length - 1)} most frequent of ${count(shape.groups)}` : ''}`;
    case 'line':
      return `by ${shape.grain}, exact`;
    default:
      return way === 'expected'
        ? 'rows that independent columns would have'
        : 'colour: more or fewer than expected';
  }
}

function Picture({
  view,
  shape,
  way,
  width,
}: {
  view: PairView;
  shape: PairShape;
  way: Way;
  width: number;
}): ReactNode {
  const { a, b } = view;
  const names = [a.column.name, b.column.name] as const;
  if (way === 'table') return <PairTable view={view} shape={shape} />;
  switch (shape.kind) {
    case 'numbers':
      return (
        <PairPlot
          shape={shape}
          names={names}
          times={[a.scale === 'time', b.scale === 'time']}
          width={width}
          height={HEIGHT - 20}
          points={way === 'points'}
        />
      );
    case 'boxes':
      return <Boxes shape={shape} isTime={(shape.flipped ? a : b).scale === 'time'} width={width} />;
    case 'line':
      return (
        <TimeLine
          shape={shape}
          names={shape.flipped ? [names[1], names[0]] : names}
          width={width}
          height={HEIGHT - 20}
        />
      );
    default:
      return <CrossTable shape={shape} names={names} expected={way === 'expected'} />;
  }
}

function Coefficients({
  table,
  filters,
  view,
}: {
  table: string;
  filters: readonly Filter[];
  view: PairView;
}) {
  if (view.coefficients.length === 0) return null;
  return (
    <table className="relation-coefficients">
      <tbody>
        {view.coefficients.map((one: Association) => (
          <tr key={one.coefficient}>
            <th scope="row">{coefficientTitle[one.coefficient]}</th>
            <td className="ui-figure">{coefficient(one.value)}</td>
            <td>
              <span
                className={one.basis === 'exact' ? 'ui-dot ui-dot-exact' : 'ui-dot ui-dot-estimate'}
                aria-hidden="true"
              />{' '}
              {one.value === null ? 'none: a column has one value or one bin only' : basisWords(one)}
            </td>
            <td>
              <IconButton
                label={`Copy SQL of ${coefficientTitle[one.coefficient]}`}
                onClick={() => void copyText(pairSql(table, filters, view.a, view.b, one))}
              >
                <CopyIcon />
              </IconButton>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
