import { useState } from 'react';
import type { Filter } from '#contract';
import type { BenchAnswer, Found } from '#core/outlier/bench';
import type { Cell } from '#core/table';
import { StripPlot } from '../chart/strip-plot';
import { type StripScale, scaleFor } from '../chart/strip-scale';
import { EvidenceDot } from '../ui/evidence';
import { count, counted } from '../ui/figure';
import { type Form, FormSwitch } from '../ui/form-switch';
import { Segmented } from '../ui/segmented';
import { Work } from './answer';
import { useAnswer } from './use-answer';

/** The values of a number column drawn, usual ones of a sample and those the rule flags; and the same as a table. */
export function OutlierStrip({
  table,
  answer,
  found,
  filter,
  say,
}: {
  table: string;
  answer: BenchAnswer;
  /** The rule as it rests. */
  found: Found;
  filter: readonly Filter[];
  say: (value: Cell) => string;
}) {
  const { column, box } = answer;
  const [form, setForm] = useState<Form>('chart');
  const [told, setTold] = useState<StripScale | null>(null);
  const strip = useAnswer(
    'outlier:strip',
    box === null ? null : { table, column: column.name, filter, flag: found.flag },
  );
  if (box === null) return null;
  const scale = told ?? scaleFor(box);
  const flagged = strip.value?.flagged ?? [];
  const usual = strip.value?.usual ?? [];
  const of = strip.value?.flaggedOf ?? 0;
  return (
    <section className="outlier-part outlier-strip" aria-label="Values" aria-busy={strip.slow}>
      <header className="profile-head">
        <h3>Values</h3>
        {strip.value === null ? null : (
          <>
            <EvidenceDot evidence={strip.value.evidence} />
            <span className="profile-quiet">
              {strip.value.evidence.basis === 'sample'
                ? `a sample of ${counted(usual.length, 'usual value')}`
                : counted(usual.length, 'value')}
              {', '}
              {of === 0
                ? 'none flagged'
                : flagged.length < of
                  ? `${count(flagged.length)} of ${count(of)} different flagged values, the most extreme among them`
                  : `all ${counted(of, 'different flagged value')}`}
            </span>
          </>
        )}
        <Work answer={strip} doing="Reading values" />
        <span className="profile-space" />
        <Segmented
          small
          label="Scale"
          value={scale}
          onChange={setTold}
          choices={[
            { value: 'linear', label: 'Linear' },
            { value: 'log', label: 'Log from median' },
          ]}
        />
        <FormSwitch label="Values as" value={form} onChange={setForm} />
      </header>
      {form === 'chart' ? (
        <StripPlot
          box={box}
          usual={usual}
          flagged={flagged}
          low={found.low}
          high={found.high}
          scale={scale}
          words={say}
        />
      ) : (
        <div className="outlier-twin">
          <dl className="profile-figures">
            {(['Least', 'Q1', 'Median', 'Q3', 'Greatest'] as const).map((name, i) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{say(box[i] as number)}</dd>
              </div>
            ))}
          </dl>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so it must be reachable by keyboard. */}
          <section className="chart-table-frame" tabIndex={0} aria-label="Flagged values">
            <table className="chart-table">
              <thead>
                <tr>
                  <th scope="col">Flagged value</th>
                  <th scope="col">Rows</th>
                </tr>
              </thead>
              <tbody>
                {flagged.map(({ value, rows }) => (
                  <tr key={value}>
                    <th scope="row">{say(value)}</th>
                    <td>{count(rows)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        </div>
      )}
    </section>
  );
}
