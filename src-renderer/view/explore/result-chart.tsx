/**
 * An answer as a chart, of the kind that shows it best or that was wished.
 */
import { useMemo } from 'react';
import { besides } from '#core/explore/before';
import { type ChartKind, panelsOf } from '#core/explore/chart';
import { pivot } from '#core/explore/pivot';
import type { AskedColumn } from '#core/explore/question';
import { instant } from '#core/instant';
import type { Cell } from '#core/table';
import type { Explored } from '../../store/state';
import { HeatGrid } from '../chart/heat-grid';
import { ScatterPlot } from '../chart/scatter';
import { type ChartSeries, SeriesChart } from '../chart/series-chart';
import { count } from '../ui/figure';
import { axisFigure, figureText, shortFigure, valueText } from './cells';

/** Places along an axis. */
const mostTimes = 2000;
const mostBars = 40;
const mostPoints = 2000;
const mostRows = 40;

export function ResultChart({
  explored,
  kind,
  compared,
}: {
  explored: Explored;
  kind: Exclude<ChartKind, 'table'>;
  compared: boolean;
}) {
  if (kind === 'heat') return <Heat explored={explored} />;
  if (kind === 'scatter') return <Points explored={explored} />;
  return <Lines explored={explored} kind={kind} compared={compared} />;
}

function numberOf(cell: Cell | undefined): number | null {
  const value = cell === null || cell === undefined ? Number.NaN : Number(cell);
  return Number.isFinite(value) ? value : null;
}

function formatOf(column: AskedColumn, { answer, columns }: Explored): (value: number) => string {
  const at = columns.indexOf(column);
  return figureText(
    column,
    answer.rows.map((row) => row[at] ?? null),
  );
}

function Lines({
  explored,
  kind,
  compared,
}: {
  explored: Explored;
  kind: 'line' | 'area' | 'bar';
  compared: boolean;
}) {
  const { columns, answer, query, before } = explored;
  const dimensions = columns.filter((c) => c.kind === 'dimension');
  const measures = columns.filter((c) => c.kind === 'measure');
  const axis = dimensions.find((c) => c.type === 'time') ?? dimensions[0]!;
  const other = dimensions.find((c) => c !== axis);
  const most = axis.type === 'time' && kind !== 'bar' ? mostTimes : axis.type === 'time' ? 120 : mostBars;
  const laid = useMemo(() => panelsOf(columns, answer.rows, most), [columns, answer, most]);
  const old = useMemo(() => {
    if (!compared || before === null || dimensions.length !== 1) return null;
    const beside = besides(query, columns, answer.rows, before.rows);
    const rows = answer.rows.map((row, i) => [row[0] ?? null, ...(beside[i] ?? []).slice(1)]);
    return panelsOf(columns, rows, most);
  }, [compared, before, dimensions.length, query, columns, answer, most]);
  const places = laid.places.map((p) => {
    const ms = axis.type === 'time' ? instant(p) : Number.NaN;
    return { text: valueText(axis, p), ms: Number.isNaN(ms) ? null : ms };
  });
  const { left } = laid;
  const missing = [
    ...(left.places > 0 ? [`${count(left.places)} more of ${axis.title}`] : []),
    ...(left.series > 0 ? [`${count(left.series)} more of ${other?.title}`] : []),
    ...(left.measures > 0
      ? [`${count(left.measures)} more ${left.measures === 1 ? 'measure' : 'measures'}`]
      : []),
  ];
  const height = laid.panels.length > 1 ? 150 : 230;
  return (
    <div className="explore-panels">
      {laid.panels.map((panel) => {
        const measure = measures[panel.measure]!;
        const previous = old?.panels.find((p) => p.measure === panel.measure)?.series[0];
        const series: ChartSeries[] = [
          ...(previous === undefined
            ? []
            : [{ name: 'range before', values: previous.values, before: true }]),
          ...panel.series.map((s) => ({
            name: other === undefined ? measure.title : valueText(other, s.name),
            values: s.values,
          })),
        ];
        return (
          <SeriesChart
            key={measure.word}
            kind={kind}
            label={`${measure.title} by ${axis.title}${other === undefined ? '' : ` and ${other.title}`}`}
            places={places}
            series={series}
            height={height}
            format={formatOf(measure, explored)}
            short={axisFigure(measure)}
          />
        );
      })}
      {missing.length === 0 ? null : (
        <p className="explore-note">Not drawn: {missing.join(', ')}. The table has them.</p>
      )}
    </div>
  );
}

function Heat({ explored }: { explored: Explored }) {
  const { columns, answer } = explored;
  const dimensions = columns.filter((c) => c.kind === 'dimension');
  const measure = columns.find((c) => c.kind === 'measure')!;
  const [down, over] = [dimensions[0]!, dimensions[1]!];
  const laid = useMemo(
    () => pivot(answer.rows, 1, 2, over.type === 'time' || over.type === 'number'),
    [answer, over.type],
  );
  const rows = laid.rows.slice(0, mostRows);
  const left = laid.rows.length - rows.length;
  return (
    <>
      <HeatGrid
        label={`${measure.title} by ${down.title} and ${over.title}`}
        rows={rows.map((r) => valueText(down, r.keys[0]))}
        columns={laid.heads.map((h) => valueText(over, h))}
        values={rows.map((r) => r.cells.map((cell) => numberOf(cell?.[0])))}
        format={formatOf(measure, explored)}
        short={shortFigure(measure)}
      />
      {left + laid.left === 0 ? null : (
        <p className="explore-note">
          Not drawn: {count(left)} more of {down.title}, {count(laid.left)} more of {over.title}. The table
          has them.
        </p>
      )}
    </>
  );
}

function Points({ explored }: { explored: Explored }) {
  const { columns, answer } = explored;
  const dimensions = columns.filter((c) => c.kind === 'dimension');
  const [a, b] = columns.filter((c) => c.kind === 'measure') as [AskedColumn, AskedColumn];
  const n = dimensions.length;
  const points = answer.rows.slice(0, mostPoints).flatMap((row) => {
    const [x, y] = [numberOf(row[n]), numberOf(row[n + 1])];
    const name = dimensions.map((c, i) => valueText(c, row[i])).join(' · ');
    return x === null || y === null ? [] : [{ name, x, y }];
  });
  const left = answer.rows.length - points.length;
  return (
    <>
      <ScatterPlot
        names={[a.title, b.title]}
        points={points}
        height={260}
        formats={[formatOf(a, explored), formatOf(b, explored)]}
        shorts={[axisFigure(a), axisFigure(b)]}
      />
      {left === 0 ? null : (
        <p className="explore-note">Not drawn: {count(left)} groups, for want of a figure or of room.</p>
      )}
    </>
  );
}
