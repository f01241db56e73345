import { useState } from 'react';
import type { Filter } from '#contract';
import type { MissingAsk } from '#core/missing/missing';
import { NullityMatrix, NullityTable } from '../chart/nullity-matrix';
import { EvidenceLine } from '../ui/evidence';
import { count, counted } from '../ui/figure';
import { type Form, FormSwitch } from '../ui/form-switch';
import { Answer } from './answer';
import { useAnswer } from './use-answer';

/** Where in the file values are missing, and at which rows that changes. */
export function MissingMatrixPane({
  ask,
  onFilter,
  onChoose,
}: {
  ask: MissingAsk;
  onFilter: (filter: Filter) => void;
  onChoose: (column: string) => void;
}) {
  const answer = useAnswer('missing:matrix', ask);
  const [form, setForm] = useState<Form>('chart');
  return (
    <Answer answer={answer} doing="Reading the rows in file order" height={560}>
      {(matrix) =>
        matrix.columns.length === 0 ? (
          <p className="profile-note">No column has a null in these rows.</p>
        ) : (
          <>
            <div className="profile-head">
              <h3>Missing in file order</h3>
              {matrix.left === 0 ? null : (
                <span className="profile-quiet">
                  the {count(matrix.columns.length)} columns that lack most; {count(matrix.left)} more lack
                  something
                </span>
              )}
              <span className="profile-space" />
              <span className="missing-legend">
                <i className="missing-tone-filled" /> filled <i className="missing-tone-lack" /> missing
              </span>
              <FormSwitch label="Missing as" value={form} onChange={setForm} />
            </div>
            {form === 'chart' ? (
              <NullityMatrix
                matrix={matrix}
                onPick={(column) => onFilter({ column, test: { kind: 'null' } })}
              />
            ) : (
              <NullityTable matrix={matrix} />
            )}
            {matrix.breaks.length === 0 ? null : (
              <section className="missing-breaks">
                <h3>Changes along the file</h3>
                <ul>
                  {matrix.breaks.map((b) => (
                    <li key={b.column}>
                      <button type="button" className="ui-link" onClick={() => onChoose(b.column)}>
                        {b.column}
                      </button>
                      : {shareWords(b.before)} missing before row {count(b.row)}, {shareWords(b.after)} from
                      there on
                      {matrix.length === 1 ? '' : ` (to within ${counted(matrix.length, 'row')})`}
                    </li>
                  ))}
                </ul>
              </section>
            )}
            <footer className="missing-foot">
              <EvidenceLine evidence={matrix.evidence} />
              <span>A click filters to the rows without the column.</span>
            </footer>
          </>
        )
      }
    </Answer>
  );
}

function shareWords(share: number): string {
  const percent = 100 * share;
  return `${percent > 0 && percent < 0.1 ? '<0.1' : percent < 100 && percent > 99.9 ? '>99.9' : percent.toFixed(1)} %`;
}
