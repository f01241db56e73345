import { type ReactNode, useMemo, useState } from 'react';
import type { ColumnProfile } from '#core/profile/profile';
import type { Cell } from '#core/table';
import {
  count,
  counted,
  decimalsOfMean,
  namesThings,
  number,
  numberOf,
  percent,
  time,
  valueText,
} from '../ui/figure';
import { type Form, FormSwitch } from '../ui/form-switch';
import { Segmented } from '../ui/segmented';
import { edge, layoutOf, type NumericBin, numericBins, rebin, sameEdges } from './bins';
import { BoxPlot } from './box-plot';
import { type Range, rangeOfBins } from './brush';
import { BrushPane } from './brush-pane';
import { DistributionTable } from './distribution-table';
import { type CountScale, Histogram, type Mark, plot } from './histogram';
import { useWidth } from './width';
import './chart.css';

/** Room of the readout above the plot, in pixels. */
const readoutHeight = 18;

/** What a bin reads as: `2.00 – 2.50`, `2017-01-01 – 2017-02-01`. */
export function binWords(profile: ColumnProfile, bin: { readonly low: Cell; readonly high: Cell }): string {
  if (profile.kind === 'time') return `${time(bin.low)} – ${time(bin.high)}`;
  return `${numberOf(bin.low, profile)} – ${numberOf(bin.high, profile)}`;
}

/**
 * The distribution of a number or time column: histogram, fences, mean and median, box plot, a readout in a corner, and
 * the same as a table. Dragging over bins selects a range.
 *
 * @param total The profile over all rows, drawn as a ghost; leave it out if there is no filter.
 * @param selection The range of the column's filter, if it has one.
 * @param onSelect Takes the range that was dragged, or null to clear it. Without it nothing can be selected.
 * @param height Of the histogram in pixels; the whole is 64 pixels taller and never changes its height.
 * @param legend Whether the marks are explained below; 20 pixels more.
 */
export function Distribution({
  profile,
  total,
  selection = null,
  onSelect,
  height,
  legend = false,
}: {
  profile: ColumnProfile;
  total?: ColumnProfile | undefined;
  selection?: Range | null;
  onSelect?: ((range: Range | null) => void) | undefined;
  height: number;
  legend?: boolean;
}) {
  const [scale, setScale] = useState<CountScale>('linear');
  const [form, setForm] = useState<Form>('chart');
  const [hovered, setHovered] = useState<number | null>(null);
  const [frame, width] = useWidth();
  const all = total ?? profile;
  const drawn = useMemo(() => drawnBins(profile, total), [profile, total]);
  const layout = useMemo(() => layoutOf(drawn.bins), [drawn]);
  const source = total === undefined || !drawn.own ? all : profile;
  const marks = useMemo(() => marksOf(all), [all]);
  const tones = drawn.bins.map((bin) => toneOf(bin, all, selection));
  const readout = hovered === null ? null : drawn.bins[hovered];

  const header = (
    <div className="chart-header">
      <h3>Distribution</h3>
      <span className="chart-space" />
      <Segmented
        small
        label="Scale of the counts"
        value={scale}
        onChange={setScale}
        choices={[
          { value: 'linear', label: 'Linear' },
          { value: 'log', label: 'Log' },
        ]}
      />
      <FormSwitch label="Distribution as" value={form} onChange={setForm} />
    </div>
  );

  const body = (content: ReactNode) => (
    <div
      ref={frame}
      className="chart-body"
      style={{ height: height + readoutHeight + 20 + (legend ? 20 : 0) }}
    >
      {content}
    </div>
  );

  if (layout === null) {
    return (
      <section className="chart-distribution">
        {header}
        {body(<p className="chart-none">{whyNoBins(profile)}</p>)}
      </section>
    );
  }
  if (form === 'table') {
    return (
      <section className="chart-distribution">
        {header}
        {body(
          <DistributionTable
            profile={all}
            bins={drawn.bins}
            edges={source.histogram ?? []}
            ghosts={drawn.ghosts}
            rows={profile.rows}
            onSelect={
              onSelect === undefined ? undefined : (i) => onSelect(rangeOfBins(all, drawn.bins, i, i))
            }
          />,
        )}
      </section>
    );
  }
  const edges = hovered === null ? undefined : source.histogram?.[hovered];
  return (
    <section className="chart-distribution">
      {header}
      {body(
        width === 0 ? null : (
          <>
            <div className="chart-readout" style={{ height: readoutHeight }}>
              {readout === undefined || readout === null || edges === undefined ? (
                <>
                  {selection === null || onSelect === undefined ? null : (
                    <button
                      type="button"
                      className="ui-link"
                      title="Clear this filter"
                      onClick={() => onSelect(null)}
                    >
                      {rangeWords(selection, all)} <span aria-hidden="true">✕</span>
                      <span className="chart-hidden">clear</span>
                    </button>
                  )}
                  <span className="chart-space" />
                  <span>{valuesWords(profile)}</span>
                </>
              ) : (
                <>
                  <span>{binWords(all, edges)}</span>
                  <span className="chart-space" />
                  <span>
                    {drawn.own ? '' : '≈ '}
                    {count(readout.count)}
                    {drawn.ghosts.length === 0
                      ? ` rows · ${percent(readout.count, profile.rows)}`
                      : ` of ${counted(drawn.ghosts[hovered ?? 0] ?? 0, 'row')}`}
                  </span>
                </>
              )}
            </div>
            <div className="chart-plot" role="img" aria-label={distributionWords(profile, drawn.bins)}>
              <Histogram
                profile={all}
                layout={layout}
                ghosts={drawn.ghosts}
                tones={tones}
                marks={marks}
                scale={scale}
                width={width}
                height={height}
              />
            </div>
            <BrushPane
              layout={layout}
              selection={selection === null ? null : ends(selection)}
              width={width}
              top={readoutHeight}
              height={height}
              onHover={setHovered}
              onSelect={
                onSelect === undefined
                  ? undefined
                  : (pair) => onSelect(pair === null ? null : rangeOfBins(all, drawn.bins, pair[0], pair[1]))
              }
            />
            <BoxPlot profile={all} layout={layout} width={width} left={plot.left} right={plot.right} />
            {legend ? <Legend profile={all} /> : null}
          </>
        ),
      )}
    </section>
  );
}

/** The bins to draw: the total's own where there is one, with the filtered counts moved onto them. */
function drawnBins(profile: ColumnProfile, total: ColumnProfile | undefined) {
  const own = numericBins(profile);
  if (total === undefined) return { bins: own, ghosts: [] as readonly number[], own: true };
  const all = numericBins(total);
  if (sameEdges(own, all)) return { bins: own, ghosts: all.map((bin) => bin.count), own: true };
  const counts = rebin(own, all);
  return {
    bins: all.map(
      (bin, i): NumericBin => ({ ...bin, count: Math.min(bin.count, Math.round(counts[i] ?? 0)) }),
    ),
    ghosts: all.map((bin) => bin.count),
    own: false,
  };
}

function rangeWords(range: Range, profile: ColumnProfile): string {
  if (range.low === null) return `up to ${valueText(range.high, profile)}`;
  if (range.high === null) return `from ${valueText(range.low, profile)}`;
  return `${valueText(range.low, profile)} – ${valueText(range.high, profile)}`;
}

/** Both ends as numbers; an open one is infinite. */
function ends(range: Range): readonly [number, number] {
  return [
    range.low === null ? Number.NEGATIVE_INFINITY : edge(range.low),
    range.high === null ? Number.POSITIVE_INFINITY : edge(range.high),
  ];
}

function toneOf(bin: NumericBin, profile: ColumnProfile, selection: Range | null) {
  if (selection !== null) {
    const [low, high] = ends(selection);
    if (bin.high > low && bin.low <= high) return 'selected';
  }
  const fences = profile.outliers?.[0];
  if (fences !== undefined && (bin.low > fences.upper || bin.high < fences.lower)) return 'outlier';
  return 'data';
}

function marksOf(profile: ColumnProfile): readonly Mark[] {
  const marks: Mark[] = [];
  if (profile.kind === 'number' && profile.mean !== undefined) marks.push({ at: profile.mean, kind: 'mean' });
  const median = edge(profile.quantiles?.['0.5']);
  if (Number.isFinite(median)) marks.push({ at: median, kind: 'median' });
  const fences = profile.outliers?.[0];
  // Two fences on one value mark nothing that the median does not.
  if (fences !== undefined && fences.lower !== fences.upper) {
    if (fences.below > 0) {
      marks.push({ at: fences.lower, kind: 'fence', label: `fence ${numberOf(fences.lower, profile)}` });
    }
    if (fences.above > 0) {
      marks.push({ at: fences.upper, kind: 'fence', label: `fence ${numberOf(fences.upper, profile)}` });
    }
  }
  return marks;
}

function Legend({ profile }: { profile: ColumnProfile }) {
  const fences = profile.outliers?.[0];
  return (
    <div className="chart-legend">
      <span>
        <i className="chart-key-data" />
        rows
      </span>
      {fences === undefined || fences.count === 0 ? null : (
        <span>
          <i className="chart-key-outlier" />
          outliers {count(fences.count)}
        </span>
      )}
      {profile.mean === undefined || profile.kind !== 'number' ? null : (
        <span>
          <i className="chart-key-mean" />
          mean {number(profile.mean, decimalsOfMean(profile), !namesThings(profile))}
        </span>
      )}
      {profile.quantiles?.['0.5'] === undefined ? null : (
        <span>
          <i className="chart-key-median" />
          median {valueText(profile.quantiles['0.5'], profile)}
        </span>
      )}
    </div>
  );
}

/** How many values are drawn, and how many cannot be because they are not finite. */
function valuesWords({ rows, nulls, infinite = 0, nan = 0 }: ColumnProfile): string {
  const out = infinite + nan;
  const drawn = counted(rows - nulls - out, 'value');
  return out === 0 ? drawn : `${drawn}, ${count(out)} not finite`;
}

function whyNoBins(profile: ColumnProfile): string {
  if (profile.rows === 0) return 'No rows: there is nothing to distribute.';
  if (profile.nulls === profile.rows) return 'Every value is null.';
  return profile.min === undefined || profile.min === null
    ? 'No finite values to distribute.'
    : 'The values lie too far apart to be drawn.';
}

function distributionWords(profile: ColumnProfile, bins: readonly NumericBin[]): string {
  const most = bins.reduce<NumericBin | null>((a, b) => (a === null || b.count > a.count ? b : a), null);
  const range = `${valueText(profile.min, profile)} to ${valueText(profile.max, profile)}`;
  const peak = most === null ? '' : `, the fullest of ${bins.length} bins holds ${count(most.count)} rows`;
  return `Distribution of ${profile.name}: ${range}${peak}. Choose Table to read it bin by bin.`;
}
