import { useState } from 'react';
import type { Filter } from '#contract';
import type { MissingAsk, MissingTogether } from '#core/missing/missing';
import { NullityMap, NullityPairs } from '../chart/nullity-map';
import { EvidenceLine } from '../ui/evidence';
import { count, counted, share } from '../ui/figure';
import { type Form, FormSwitch } from '../ui/form-switch';
import { Answer } from './answer';
import { useAnswer } from './use-answer';

/** Which columns lack values in the same rows. */
export function MissingTogetherPane({
  ask,
  onFilter,
  onChoose,
}: {
  ask: MissingAsk;
  onFilter: (filter: Filter) => void;
  onChoose: (column: string) => void;
}) {
  const answer = useAnswer('missing:together', ask);
  const [form, setForm] = useState<Form>('chart');
  return (
    <Answer answer={answer} doing="Comparing the columns" height={480}>
      {(together) =>
        together.columns.length === 0 ? (
          <p className="profile-note">No column has a null in these rows.</p>
        ) : (
          <>
            <section>
              <div className="profile-head">
                <h3>Correlation of missing</h3>
                {together.left === 0 ? null : (
                  <span className="profile-quiet">
                    the {count(together.columns.length)} columns that lack most; {count(together.left)} more
                    lack something
                  </span>
                )}
                <span className="profile-space" />
                <span className="missing-legend">
                  <i className="missing-tone-with" /> together <i className="missing-tone-against" /> one or
                  the other
                </span>
                <FormSwitch label="Missing as" value={form} onChange={setForm} />
              </div>
              {together.columns.length === 1 ? (
                <p className="profile-note">
                  Only {together.columns[0]?.name} has nulls, so there is nothing to compare.
                </p>
              ) : form === 'chart' ? (
                <NullityMap together={together} onPick={onChoose} />
              ) : (
                <NullityPairs together={together} />
              )}
              <footer className="missing-foot">
                <EvidenceLine evidence={together.pairs} />
                <span>
                  Tree: average linkage on the share of rows in which only one of two lacks its value
                  (Jaccard).
                </span>
              </footer>
            </section>
            <Sets together={together} onFilter={onFilter} />
          </>
        )
      }
    </Answer>
  );
}

/** The commonest sets of columns that lack together, a dot for each column. */
function Sets({ together, onFilter }: { together: MissingTogether; onFilter: (filter: Filter) => void }) {
  const { sets, different, rows, columns, evidence } = together;
  const most = Math.max(1, ...sets.map((s) => s.rows));
  const told = sets.reduce((n, s) => n + s.rows, 0);
  const [first] = columns;
  return (
    <section className="missing-sets">
      <div className="profile-head">
        <h3>Commonest combinations</h3>
        <span className="profile-quiet">
          {count(sets.length)} of {count(different)}, {share(told, rows)} % of the rows
        </span>
      </div>
      <table className="profile-table">
        <thead>
          <tr>
            <th scope="col">Missing together, and nothing else</th>
            <th scope="col">
              <span className="visually-hidden">Bar</span>
            </th>
            <th scope="col">Rows</th>
            <th scope="col">%</th>
          </tr>
        </thead>
        <tbody>
          {sets.map((set) => (
            <tr key={set.columns.join('\u0000')}>
              <th scope="row">
                {set.columns.length === 0 ? (
                  <span className="profile-quiet">
                    nothing{together.left === 0 ? ': complete rows' : ' of these columns'}
                  </span>
                ) : (
                  <span className="missing-set" title={set.columns.join(', ')}>
                    {set.columns.length > 1 ? <b>{counted(set.columns.length, 'column')}: </b> : null}
                    {set.columns.join(', ')}
                  </span>
                )}
              </th>
              <td className="missing-bar-cell">
                <span className="missing-bar">
                  <i
                    className="missing-tone-rows"
                    style={{ width: `max(2px, ${(100 * set.rows) / most}%)` }}
                  />
                </span>
              </td>
              <td>{count(set.rows)}</td>
              <td className="profile-quiet">{share(set.rows, rows)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <footer className="missing-foot">
        <EvidenceLine evidence={evidence} />
        {first === undefined ? null : (
          <button
            type="button"
            className="ui-link"
            onClick={() => onFilter({ column: first.name, test: { kind: 'null' } })}
          >
            Filter to the rows without {first.name}
          </button>
        )}
      </footer>
    </section>
  );
}
