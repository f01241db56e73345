import type { BenchAnswer, Found } from '#core/outlier/bench';
import type { MethodName } from '#core/outlier/method';
import { methodNamed } from '#core/outlier/methods';
import type { Cell } from '#core/table';
import { count, share } from '../ui/figure';
import { flaggedWords, settingWords } from './outlier-words';

/**
 * Every method that works on the column, side by side, one of them chosen; below them why the others do not.
 *
 * @param found As they are set now.
 */
export function OutlierMethods({
  answer,
  found,
  chosen,
  say,
  onChoose,
}: {
  answer: BenchAnswer;
  found: readonly Found[];
  chosen: MethodName | null;
  say: (value: Cell) => string;
  onChoose: (method: MethodName) => void;
}) {
  const out = reasonsOf(answer);
  const isTime = answer.column.kind === 'time';
  const fenced = found.some((one) => one.low !== null);
  // Rare values and patterns lie on no side.
  const sided = fenced || isTime;
  return (
    <section className="outlier-part outlier-methods" aria-label="Methods">
      <table className="profile-table outlier-table">
        <thead>
          <tr>
            <th scope="col">Method</th>
            <th scope="col">Set to</th>
            {fenced ? (
              <>
                <th scope="col">Lower fence</th>
                <th scope="col">Upper fence</th>
              </>
            ) : (
              <th scope="col">Flagged</th>
            )}
            {sided ? (
              <>
                <th scope="col">{isTime ? 'Too few' : 'Below'}</th>
                <th scope="col">{isTime ? 'Too many' : 'Above'}</th>
              </>
            ) : null}
            <th scope="col">Rows</th>
            <th scope="col">%</th>
          </tr>
        </thead>
        <tbody>
          {found.map((one) => {
            const method = methodNamed(one.method);
            if (method === undefined) return null;
            const rows = one.below + one.above;
            return (
              <tr key={one.method} data-method={one.method} aria-selected={one.method === chosen}>
                <th scope="row" title={method.about}>
                  <label>
                    <input
                      type="radio"
                      name="outlier-method"
                      checked={one.method === chosen}
                      onChange={() => onChoose(one.method)}
                    />
                    {method.title}
                  </label>
                </th>
                <td className="profile-quiet">
                  {method.parameter.title.replace('below', '<').replace('each tail', '')}{' '}
                  {settingWords(method.parameter, one.parameter)}
                </td>
                {one.low === null || one.high === null ? (
                  <td colSpan={fenced ? 4 : 1} className="outlier-groups">
                    {flaggedWords(one)}
                  </td>
                ) : (
                  <>
                    <td>{say(one.low)}</td>
                    <td>{say(one.high)}</td>
                  </>
                )}
                {one.low === null && !isTime ? null : (
                  <>
                    <td>{count(one.below)}</td>
                    <td>{count(one.above)}</td>
                  </>
                )}
                <td className={rows > 0 ? 'outlier-some' : undefined}>{count(rows)}</td>
                <td className="profile-quiet">{share(rows, answer.filled)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {found.length > 0 ? null : <p className="profile-note">No method works on this column.</p>}
      {out.length === 0 ? null : (
        <dl className="outlier-unfit">
          {out.map((one) => (
            <div key={one.why}>
              <dt>{one.titles.join(', ')}</dt>
              <dd>{one.why}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}

/** Why methods do not work, those of one reason together. */
function reasonsOf(answer: BenchAnswer): readonly { why: string; titles: readonly string[] }[] {
  const reasons = new Map<string, string[]>();
  for (const one of answer.outcomes) {
    if (one.fits) continue;
    const titles = reasons.get(one.why) ?? [];
    titles.push(methodNamed(one.method)?.title ?? one.method);
    reasons.set(one.why, titles);
  }
  return [...reasons].map(([why, titles]) => ({ why, titles }));
}
