/**
 * The full comparison of a column, opened in place below its row. Its height is fixed, so that the list does not jump.
 */
import type { ReactNode } from 'react';
import type { ColumnComparison, Lone } from '#core/compare/comparison';
import { EPSILON } from '#core/compare/measures';
import { Overlay } from '../chart/overlay';
import { SharedValues } from '../chart/shared-values';
import { EvidenceLine } from '../ui/evidence';
import { count, counted, valueText } from '../ui/figure';
import { chance, figureRows, measure, points, readingOf } from './compare-figures';

/** Heights of the sheet in pixels: its parts beside one another, or in two rows where a chart leaves no room for that. */
export const compareSheetHeight = { wide: 400, narrow: 690 } as const;

export function CompareSheet({ comparison, height }: { comparison: ColumnComparison; height: number }) {
  const { a, b, figures, bins, form, why, evidence } = comparison;
  const reading = readingOf(comparison);
  return (
    <section className="compare-sheet" style={{ height }} aria-label={`Comparison of ${a.name}`}>
      <h2 className="visually-hidden">{a.name}</h2>
      <div
        className={`compare-sheet-body${bins === null ? ' compare-sheet-plain' : ''}${form === 'time' ? ' compare-sheet-time' : ''}`}
      >
        <Part name="figures" label="Figures">
          <Figures comparison={comparison} />
        </Part>
        <Part name="measures" label="Drift">
          <MeasureList comparison={comparison} />
        </Part>
        {bins === null ? null : (
          <div className="compare-sheet-part compare-part-chart">
            <Overlay profile={reading} bins={bins} none="No finite values to distribute." height={232} />
          </div>
        )}
        <Part name="values" label="Top values">
          {form === null || figures === null ? (
            <p className="profile-note">{why}.</p>
          ) : (
            <SharedValues
              profile={reading}
              top={comparison.top}
              of={[figures[0].rows, figures[1].rows]}
              distinct={[figures[0].distinct, figures[1].distinct]}
            />
          )}
        </Part>
      </div>
      <footer className="profile-sheet-foot">
        <EvidenceLine evidence={evidence} />
        <span className="profile-space" />
        <span className="compare-basis">
          {a.type === b.type
            ? a.type.toLowerCase()
            : `${a.type.toLowerCase()} in A, ${b.type.toLowerCase()} in B`}
          {comparison.by === 'folded' ? ` · matched with ${b.name}, ignoring case and punctuation` : ''}
        </span>
      </footer>
    </section>
  );
}

/** A part of the sheet, with what it shows as its name; each scrolls by itself. */
function Part({ name, label, children }: { name: string; label: string; children: ReactNode }) {
  return (
    <section
      className={`compare-sheet-part compare-part-${name}`}
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so it must be reachable by keyboard.
      tabIndex={0}
    >
      {children}
    </section>
  );
}

function Figures({ comparison }: { comparison: ColumnComparison }) {
  const rows = figureRows(comparison);
  // Times leave no room for it, and are not subtracted.
  const apartShown = comparison.form !== 'time';
  if (rows.length === 0) return <p className="profile-note">{comparison.why}.</p>;
  return (
    <table className="sheet-table sheet-headed compare-figures">
      <thead>
        <tr>
          <th scope="col">Figures</th>
          <th scope="col">A</th>
          <th scope="col">B</th>
          {apartShown ? <th scope="col">B − A</th> : null}
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, x, y, apart]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td title={x}>{x}</td>
            <td title={y}>{y}</td>
            {apartShown ? (
              <td className="compare-apart" title={apart}>
                {apart}
              </td>
            ) : null}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The measures, each with what it was computed over. */
function MeasureList({ comparison }: { comparison: ColumnComparison }) {
  const { measures, figures, fresh, lost, form, why } = comparison;
  const reading = readingOf(comparison);
  const strange = (figures ?? []).map((side) => (side.nan ?? 0) + (side.infinite ?? 0));
  const notes = strange.some((n) => n > 0)
    ? `NaN and infinities are left out: ${count(strange[0] ?? 0)} in A, ${count(strange[1] ?? 0)} in B.`
    : '';
  return (
    <section className="compare-measures">
      <h3>Drift</h3>
      {measures === null ? (
        <p className="profile-note">Not measured: {why}.</p>
      ) : (
        <dl>
          <Measure
            name="PSI"
            value={measure(measures.psi.value)}
            note={`over ${psiBins(measures.psi.over, measures.psi.count)}; a share of 0 counts as ${EPSILON} or half a row; by chance up to ${measure(measures.psi.chance)}`}
          />
          <Measure
            name="Jensen–Shannon"
            value={measure(measures.js?.value)}
            note={
              measures.js === null
                ? 'the values reach too far to be binned'
                : `distance, base 2, over ${counted(measures.js.count, measures.js.over)}`
            }
          />
          {measures.ks === null ? null : (
            <Measure
              name="KS"
              value={measure(measures.ks.value)}
              note={`over all values, widest at ${valueText(measures.ks.at, reading)}; p ${chance(measures.ks.p)}, asymptotic`}
            />
          )}
          {figures === null ? null : (
            <Measure name="Null share" value={points(comparison)} note="points, B less A" />
          )}
        </dl>
      )}
      {form === null ? null : (
        <>
          <LoneList title="New in B" lone={fresh} comparison={comparison} />
          <LoneList title="Gone from B" lone={lost} comparison={comparison} />
        </>
      )}
      {notes === '' ? null : <p className="profile-note">{notes}</p>}
    </section>
  );
}

function psiBins(over: 'decile' | 'value', n: number): string {
  if (over === 'value') return counted(n, 'value');
  return n === 10 ? '10 bins, the tenths of A' : `${counted(n, 'bin')}, the tenths of A that differ`;
}

function Measure({ name, value, note }: { name: string; value: string; note: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
      <dd className="compare-measure-note">{note}</dd>
    </div>
  );
}

function LoneList({ title, lone, comparison }: { title: string; lone: Lone; comparison: ColumnComparison }) {
  const reading = readingOf(comparison);
  const named = lone.examples.slice(0, 5).map((e) => `${valueText(e.value, reading)} (${count(e.count)})`);
  const more = lone.values > named.length ? ', …' : '';
  const words = named.join(', ') + more;
  return (
    <p className="compare-lone-list">
      <b>{title}</b>{' '}
      {lone.values === 0 ? 'no value' : `${counted(lone.values, 'value')} in ${counted(lone.rows, 'row')}`}
      {lone.values === 0 ? null : <span title={words}>{words}</span>}
    </p>
  );
}
