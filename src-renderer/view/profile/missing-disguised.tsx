import type { Filter } from '#contract';
import type { MissingDisguised, Suspect, SuspectKind } from '#core/missing/missing';
import type { Table } from '#core/table';
import { useAssayStore } from '../../store/hooks';
import { readingWithout } from '../../store/missing';
import { Badge } from '../ui/badge';
import { Button } from '../ui/button';
import { EvidenceLine } from '../ui/evidence';
import { count, share } from '../ui/figure';
import { Answer } from './answer';
import { MissingName } from './missing-name';
import type { Asked } from './use-answer';

const kindTitle: Readonly<Record<SuspectKind, string>> = {
  word: 'Word',
  sentinel: 'Sentinel',
  calendar: 'Calendar',
  zero: 'Zero apart',
  end: 'Spike at the end',
  default: 'Spike',
};

/** Values that may stand for a missing one, with what speaks for it. */
export function MissingDisguisedPane({
  answer,
  table,
  onFilter,
  onChoose,
}: {
  answer: Asked<MissingDisguised>;
  table: Table;
  onFilter: (filter: Filter) => void;
  onChoose: (column: string) => void;
}) {
  const store = useAssayStore();
  const columns = new Map(table.columns.map((c) => [c.name, c]));
  return (
    <Answer answer={answer} doing="Looking for values that stand for a missing one" height={240}>
      {({ suspects, evidence, sampled }) => (
        <>
          {suspects.length === 0 ? (
            <p className="profile-note">No value looks as if it stood for a missing one.</p>
          ) : (
            <table className="profile-table missing-suspects">
              <thead>
                <tr>
                  <th scope="col">Column</th>
                  <th scope="col">Value</th>
                  <th scope="col">Rows</th>
                  <th scope="col">% of values</th>
                  <th scope="col">Why</th>
                  <th scope="col">
                    <span className="visually-hidden">Actions</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {suspects.map((s) => {
                  const kind = columns.get(s.column)?.kind ?? 'text';
                  const can = readingWithout(table, s.column, [s.value]) !== null;
                  return (
                    <tr key={`${s.column} ${s.value}`}>
                      <th scope="row">
                        <MissingName name={s.column} kind={kind} onChoose={onChoose} />
                      </th>
                      <td className="missing-value" title={s.value}>
                        {s.value}
                      </td>
                      <td>{count(s.count)}</td>
                      <td className="profile-quiet">{share(s.count, s.filled)}</td>
                      <td className="missing-why">
                        <Badge tone={s.likely ? 'warning' : 'info'}>{kindTitle[s.kind]}</Badge>
                        <span>{s.why}</span>
                      </td>
                      <td className="missing-actions">
                        <button
                          type="button"
                          className="ui-link"
                          aria-label={`Filter to the rows where ${s.column} is ${s.value}`}
                          onClick={() => onFilter(filterOf(s, kind))}
                        >
                          Filter
                        </button>
                        {can ? (
                          <Button
                            title="Goes to Import with this told, where you see what it changes before you apply it"
                            aria-label={`Treat ${s.value} in ${s.column} as missing`}
                            onClick={() => store.getState().treatAsMissing(table.name, s.column, [s.value])}
                          >
                            Treat as missing…
                          </Button>
                        ) : null}
                      </td>
                    </tr>
                  );
                })}
              </tbody>
            </table>
          )}
          <footer className="missing-foot">
            <EvidenceLine evidence={evidence} />
            {sampled < evidence.rows ? (
              <span>
                Spikes were looked for in {count(sampled)} of the rows; the rows of each value are counted
                over all.
              </span>
            ) : null}
          </footer>
        </>
      )}
    </Answer>
  );
}

function filterOf({ column, value }: Suspect, kind: string): Filter {
  return { column, test: { kind: 'values', values: [kind === 'number' ? Number(value) : value] } };
}
