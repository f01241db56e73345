import type { AgreementAnswer } from '#core/outlier/bench';
import { methodNamed } from '#core/outlier/methods';
import { EvidenceDot } from '../ui/evidence';
import { count, counted, percent } from '../ui/figure';

/** Rows that two methods flag alike; the deeper the tint, the larger their share of what either flags. */
export function OutlierAgreement({ answer }: { answer: AgreementAnswer }) {
  const { methods, both } = answer;
  const title = (i: number) => methodNamed(methods[i] ?? '')?.title ?? '';
  return (
    <section className="outlier-part outlier-agreement" aria-label="Agreement">
      <header className="profile-head">
        <h3>Agreement</h3>
        <EvidenceDot evidence={answer.evidence} />
        <span className="profile-quiet">
          {counted(answer.any, 'row')} by any, {count(answer.all)} by all
        </span>
      </header>
      <div className="outlier-scroll">
        <table className="outlier-matrix">
          <thead>
            <tr>
              <th scope="col">Rows by both</th>
              {methods.map((method) => (
                <th key={method} scope="col" title={methodNamed(method)?.title}>
                  {methodNamed(method)?.short}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {methods.map((method, i) => (
              <tr key={method}>
                <th scope="row">{title(i)}</th>
                {methods.map((other, j) => {
                  const n = both[i]?.[j] ?? 0;
                  const either = (both[i]?.[i] ?? 0) + (both[j]?.[j] ?? 0) - n;
                  const tint = either === 0 ? 0 : Math.round((70 * n) / either);
                  const words =
                    i === j
                      ? `${title(i)} flags ${counted(n, 'row')}`
                      : `${title(i)} and ${title(j)} both flag ${counted(n, 'row')}, ${percent(n, either)} of those that either flags`;
                  return (
                    <td
                      key={other}
                      title={words}
                      className={i === j ? 'outlier-own' : undefined}
                      style={{
                        background: `color-mix(in srgb, var(--data-soft) ${i === j ? 0 : tint}%, transparent)`,
                      }}
                    >
                      {count(n)}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
