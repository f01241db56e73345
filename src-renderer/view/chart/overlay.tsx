import { useMemo, useState } from 'react';
import type { SharedBin } from '#core/compare/comparison';
import type { ColumnProfile } from '#core/profile/profile';
import { count, percent, share } from '../ui/figure';
import { type Form, FormSwitch } from '../ui/form-switch';
import { edge, layoutOf } from './bins';
import { BrushPane } from './brush-pane';
import { binWords } from './distribution';
import { Histogram } from './histogram';
import { useWidth } from './width';
import './chart.css';
import './overlay.css';

const noMarks: readonly never[] = [];

/**
 * Two distributions over the same bins, each as shares of its own values: A as a ghost with its upper edge, B solid; and
 * the same as a table.
 *
 * @param profile How values read: name, type and extremes of both together.
 * @param none What stands there if there are no bins.
 * @param height Of the histogram in pixels; the whole is 66 pixels taller and never changes its height.
 */
export function Overlay({
  profile,
  bins,
  none,
  height,
}: {
  profile: ColumnProfile;
  bins: readonly SharedBin[];
  none: string;
  height: number;
}) {
  const [form, setForm] = useState<Form>('chart');
  const [hovered, setHovered] = useState<number | null>(null);
  const [frame, width] = useWidth();
  const totals = useMemo(
    () => ({ a: bins.reduce((n, bin) => n + bin.a, 0), b: bins.reduce((n, bin) => n + bin.b, 0) }),
    [bins],
  );
  const layout = useMemo(
    () =>
      layoutOf(
        bins.map((bin) => ({
          low: edge(bin.low),
          high: edge(bin.high),
          count: totals.b === 0 ? 0 : (100 * bin.b) / totals.b,
        })),
      ),
    [bins, totals],
  );
  const ghosts = useMemo(
    () => bins.map((bin) => (totals.a === 0 ? 0 : (100 * bin.a) / totals.a)),
    [bins, totals],
  );
  const at = hovered === null ? undefined : bins[hovered];
  return (
    <section className="chart-overlay">
      <div className="chart-header">
        <h3>Distribution</h3>
        <span className="chart-note">shares of each side’s values</span>
        <span className="chart-space" />
        <FormSwitch label="Distribution as" value={form} onChange={setForm} />
      </div>
      <div ref={frame} className="chart-body" style={{ height: height + 38 }}>
        {layout === null ? (
          <p className="chart-none">{none}</p>
        ) : form === 'table' ? (
          <OverlayTable profile={profile} bins={bins} totals={totals} />
        ) : width === 0 ? null : (
          <>
            <div className="chart-readout" style={{ height: 18 }}>
              {at === undefined ? null : (
                <>
                  <span>{binWords(profile, at)}</span>
                  <span className="chart-space" />
                  <span>
                    A {percent(at.a, totals.a)} · B {percent(at.b, totals.b)}
                  </span>
                </>
              )}
            </div>
            <div
              className="chart-plot"
              role="img"
              aria-label={`Distribution of ${profile.name} in A and in B over ${count(bins.length)} bins. Choose Table to read it bin by bin.`}
            >
              <Histogram
                profile={profile}
                layout={layout}
                ghosts={ghosts}
                tones={[]}
                marks={noMarks}
                scale="linear"
                width={width}
                height={height}
                shares
              />
            </div>
            <BrushPane
              layout={layout}
              selection={null}
              width={width}
              top={18}
              height={height}
              onHover={setHovered}
            />
            <OverlayLegend />
          </>
        )}
      </div>
    </section>
  );
}

/** Which side is drawn how. */
export function OverlayLegend() {
  return (
    <div className="chart-legend">
      <span>
        <i className="chart-key-ghost" />A
      </span>
      <span>
        <i className="chart-key-data" />B
      </span>
    </div>
  );
}

function OverlayTable({
  profile,
  bins,
  totals,
}: {
  profile: ColumnProfile;
  bins: readonly SharedBin[];
  totals: { readonly a: number; readonly b: number };
}) {
  return (
    <section
      className="chart-table-frame"
      aria-label={`Bins of ${profile.name}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so it must be reachable by keyboard.
      tabIndex={0}
    >
      <table className="chart-table">
        <thead>
          <tr>
            <th scope="col">Bin</th>
            <th scope="col">A</th>
            <th scope="col">%</th>
            <th scope="col">B</th>
            <th scope="col">%</th>
          </tr>
        </thead>
        <tbody>
          {bins.map((bin) => (
            <tr key={String(bin.low)}>
              <th scope="row">{binWords(profile, bin)}</th>
              <td>{count(bin.a)}</td>
              <td>{share(bin.a, totals.a)}</td>
              <td>{count(bin.b)}</td>
              <td>{share(bin.b, totals.b)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
