import { useState } from 'react';
import type { CurveAnswer, Found } from '#core/outlier/bench';
import type { Method } from '#core/outlier/method';
import type { Cell } from '#core/table';
import { FlagCurve } from '../chart/flag-curve';
import { Button } from '../ui/button';
import { count, counted, percent, share } from '../ui/figure';
import { type Form, FormSwitch } from '../ui/form-switch';
import { placeOfSetting, settingFrom, settingWords } from './outlier-words';

/**
 * How far out is out: a slider under the curve of rows it flags, the count beside it, and a field for values between.
 *
 * @param curve null until it has come; the count is then a moment late.
 * @param filled Values that shares are taken of.
 */
export function OutlierThreshold({
  method,
  found,
  curve,
  filled,
  say,
  onSet,
}: {
  method: Method;
  found: Found;
  curve: CurveAnswer | null;
  filled: number;
  say: (value: Cell) => string;
  onSet: (parameter: number) => void;
}) {
  const { parameter } = method;
  const { stops } = parameter;
  const [form, setForm] = useState<Form>('chart');
  const [typed, setTyped] = useState<string | null>(null);
  const at = placeOfSetting(stops, found.parameter);
  const rows = found.below + found.above;
  const points = curve?.points ?? [];
  const counts = points.map((point) => (point === null ? null : point.below + point.above));
  const words = settingWords(parameter, found.parameter);
  const wrong = typed !== null && settingFrom(parameter, typed) === null;
  const finish = () => {
    if (typed === null) return;
    const value = settingFrom(parameter, typed);
    if (value !== null) onSet(value);
    setTyped(null);
  };
  return (
    <section className="outlier-part outlier-threshold" aria-label="Threshold">
      <header className="profile-head">
        <h3>
          {method.title}: {parameter.title}
        </h3>
        {parameter.free ? (
          <input
            className="ui-field outlier-setting"
            aria-label={`${parameter.title} of ${method.title}`}
            aria-invalid={wrong}
            title={`From ${settingWords(parameter, parameter.least)} to ${settingWords(parameter, parameter.most)}`}
            value={typed ?? words}
            onChange={(event) => setTyped(event.target.value)}
            onBlur={finish}
            onKeyDown={(event) => {
              if (event.key === 'Enter') finish();
              if (event.key === 'Escape') setTyped(null);
            }}
          />
        ) : (
          <b className="outlier-setting-word">{words}</b>
        )}
        <Button
          disabled={found.parameter === parameter.standard}
          title={`Back to the usual ${settingWords(parameter, parameter.standard)}`}
          onClick={() => onSet(parameter.standard)}
        >
          Usual
        </Button>
        <span className="profile-space" />
        <FormSwitch label="Curve of rows flagged" value={form} onChange={setForm} />
      </header>
      {form === 'chart' ? (
        <div className="outlier-slide">
          <FlagCurve
            rows={counts}
            at={at}
            usual={placeOfSetting(stops, parameter.standard)}
            label={`Rows flagged, from ${count(counts[0] ?? 0)} at ${settingWords(parameter, stops[0] ?? 0)} to ${count(counts.at(-1) ?? 0)} at ${settingWords(parameter, stops.at(-1) ?? 0)}`}
          />
          <input
            type="range"
            min={0}
            max={stops.length - 1}
            step={1}
            value={Math.round(at)}
            aria-label={`Threshold of ${method.title}`}
            aria-valuetext={`${words}: ${counted(rows, 'row')}`}
            onChange={(event) => onSet(stops[Number(event.target.value)] as number)}
          />
          <div className="outlier-ends" aria-hidden="true">
            <span>{settingWords(parameter, stops[0] ?? 0)}</span>
            <span>{settingWords(parameter, stops.at(-1) ?? 0)}</span>
          </div>
        </div>
      ) : (
        <div className="outlier-slide chart-table-frame">
          <table className="chart-table">
            <thead>
              <tr>
                <th scope="col">{parameter.title}</th>
                <th scope="col">Lower</th>
                <th scope="col">Upper</th>
                <th scope="col">Rows</th>
                <th scope="col">%</th>
              </tr>
            </thead>
            <tbody>
              {points.map((point, i) => (
                <tr key={stops[i]}>
                  <th scope="row">
                    <button type="button" className="ui-link" onClick={() => onSet(stops[i] as number)}>
                      {settingWords(parameter, stops[i] as number)}
                    </button>
                  </th>
                  <td>{point === null || point.low === null ? '–' : say(point.low)}</td>
                  <td>{point === null || point.high === null ? '–' : say(point.high)}</td>
                  <td>{point === null ? '–' : count(point.below + point.above)}</td>
                  <td>{point === null ? '–' : share(point.below + point.above, filled)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <p className="outlier-live" role="status">
        <b>{counted(rows, 'row')}</b> flagged, {percent(rows, filled)} of {counted(filled, 'value')}
      </p>
      <p className="profile-note">
        {wrong
          ? `Type a value from ${settingWords(parameter, parameter.least)} to ${settingWords(parameter, parameter.most)}.`
          : found.remark === ''
            ? method.about
            : found.remark}
      </p>
    </section>
  );
}
