/**
 * What is known about a spec beside its text: what the target cannot say, and what was checked by what.
 */
import type { Loss, Spec } from '#core/export/target';
import { targetNamed } from '#core/export/targets';
import { useAssay } from '../../store/hooks';
import { counted } from '../ui/figure';
import { CheckIcon, WarningIcon } from '../ui/icon';

export function SpecFacts({ spec, show }: { spec: Spec; show: (path: string) => void }) {
  const target = targetNamed(spec.target);
  const title = target?.title ?? spec.target;
  const errors = spec.problems.filter((one) => one.problem.severity === 'error').length;
  const warnings = spec.problems.length - errors;
  const { valued, measures } = useMeasureCount();

  return (
    <>
      <section className="spec-block" aria-labelledby="spec-losses">
        <h3 id="spec-losses">
          What {title} cannot say <span className="spec-count">{spec.losses.length}</span>
        </h3>
        {spec.losses.length === 0 ? (
          <p className="spec-quiet">Everything in the design has its place in these files.</p>
        ) : (
          <ul className="spec-losses">
            {spec.losses.map((loss) => (
              <LossLine
                key={`${loss.what} ${loss.instead}`}
                loss={loss}
                known={spec.files.some((file) => file.path === loss.instead)}
                show={show}
              />
            ))}
          </ul>
        )}
      </section>
      <section className="spec-block" aria-labelledby="spec-validation">
        <h3 id="spec-validation">Validation</h3>
        <ul className="spec-checks">
          <Check
            label={`Field rules of ${title} ${target?.version ?? ''}, ${counted(spec.files.length, 'file')}`}
            good={spec.problems.length === 0}
            said={
              spec.problems.length === 0
                ? 'passed'
                : [
                    errors > 0 ? counted(errors, 'error') : '',
                    warnings > 0 ? counted(warnings, 'warning') : '',
                  ]
                    .filter((part) => part !== '')
                    .join(', ')
            }
          />
          <Check
            label="Measures computed on the loaded data"
            good={valued === measures}
            said={measures === 0 ? 'none drafted' : `${valued} of ${measures}`}
          />
        </ul>
        <p className="spec-quiet">
          Checked by Assay against the documented fields, names and references. {title} publishes no schema;
          it has not read these files.
        </p>
      </section>
    </>
  );
}

function useMeasureCount(): { readonly valued: number; readonly measures: number } {
  const measures = useAssay((s) => s.design.tables.reduce((sum, table) => sum + table.measures.length, 0));
  const valued = useAssay((s) =>
    s.design.tables.reduce(
      (sum, table) =>
        sum +
        table.measures.filter((one) => {
          const key = `${table.name}.${one.name}`;
          return s.measureValues[key] !== undefined && s.valueProblems[key]?.severity !== 'error';
        }).length,
      0,
    ),
  );
  return { valued, measures };
}

function Check({ label, good, said }: { label: string; good: boolean; said: string }) {
  return (
    <li>
      <span className={good ? 'good' : 'warn'}>{good ? <CheckIcon /> : <WarningIcon />}</span>
      <span>{label}</span>
      <span className={good ? 'good' : 'warn'}>{said}</span>
    </li>
  );
}

function LossLine({ loss, known, show }: { loss: Loss; known: boolean; show: (path: string) => void }) {
  return (
    <li>
      <span>{loss.what}</span>
      <span className="spec-quiet">
        {loss.instead === '' ? (
          'Left out'
        ) : known ? (
          <>
            Put in{' '}
            <button type="button" className="ui-link mono" onClick={() => show(loss.instead)}>
              {loss.instead}
            </button>
          </>
        ) : (
          <>Put in {loss.instead}</>
        )}
      </span>
    </li>
  );
}
