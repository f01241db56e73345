import { useMemo, useState } from 'react';
import type { Filter } from '#contract';
import { type AssociationMatrix, coefficientTitle } from '#core/relation/relation';
import { heatColour } from '../chart/heat-matrix';
import { Button, IconButton } from '../ui/button';
import { copyText } from '../ui/copy';
import { coefficient, count } from '../ui/figure';
import { CopyIcon } from '../ui/icon';
import { basisWords, pairSql } from './relation-words';

/** Pairs listed before all are asked for. */
const LISTED = 150;

/** The pairs of the matrix, the strongest first: its table. */
export function RelationList({
  table,
  matrix,
  filters,
  onOpen,
}: {
  table: string;
  matrix: AssociationMatrix;
  filters: readonly Filter[];
  onOpen: (a: string, b: string) => void;
}) {
  const [all, setAll] = useState(false);
  const ranked = useMemo(
    () => [...matrix.pairs].sort((p, q) => Math.abs(q.value ?? -1) - Math.abs(p.value ?? -1)),
    [matrix],
  );
  const shown = all ? ranked : ranked.slice(0, LISTED);
  return (
    <section className="relation-list chart-table-frame" aria-label={`Pairs of columns of ${table}`}>
      <table className="chart-table">
        <thead>
          <tr>
            <th scope="col">Columns</th>
            <th scope="col">Coefficient</th>
            <th scope="col">Value</th>
            <th scope="col">
              <span className="visually-hidden">Strength</span>
            </th>
            <th scope="col">Rows</th>
            <th scope="col">Basis</th>
            <th scope="col">
              <span className="visually-hidden">SQL</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((p) => {
            const [a, b] = [matrix.columns[p.a]!, matrix.columns[p.b]!];
            return (
              <tr key={`${p.a} ${p.b}`}>
                <th scope="row">
                  <button
                    type="button"
                    className="ui-link"
                    onClick={() => onOpen(a.column.name, b.column.name)}
                  >
                    {a.column.name} × {b.column.name}
                  </button>
                </th>
                <td className="relation-words">{coefficientTitle[p.coefficient]}</td>
                <td>{coefficient(p.value)}</td>
                <td>
                  <span className="relation-bar">
                    <i
                      style={{
                        width: `${100 * Math.abs(p.value ?? 0)}%`,
                        background: heatColour(Math.sign(p.value ?? 0) * 0.8),
                      }}
                    />
                  </span>
                </td>
                <td>{count(p.n)}</td>
                <td className="relation-words" title={basisWords(p)}>
                  <span
                    className={p.basis === 'exact' ? 'ui-dot ui-dot-exact' : 'ui-dot ui-dot-estimate'}
                    aria-hidden="true"
                  />{' '}
                  {p.basis}
                </td>
                <td>
                  <IconButton
                    label={`Copy SQL of ${a.column.name} and ${b.column.name}`}
                    onClick={() => void copyText(pairSql(table, filters, a, b, p))}
                  >
                    <CopyIcon />
                  </IconButton>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {shown.length < ranked.length ? (
        <p className="relation-more">
          <Button onClick={() => setAll(true)}>Show all {count(ranked.length)} pairs</Button>
        </p>
      ) : null}
    </section>
  );
}
