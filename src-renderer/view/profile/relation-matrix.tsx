import { type ReactNode, useMemo, useState } from 'react';
import type { Filter } from '#contract';
import { clusteredOrder } from '#core/relation/cluster';
import {
  type Association,
  type AssociationMatrix,
  type Coefficient,
  coefficients,
  coefficientTitle,
} from '#core/relation/relation';
import type { Table } from '#core/table';
import { useAssay, useAssayStore } from '../../store/hooks';
import { HeatMatrix } from '../chart/heat-matrix';
import { useWidth } from '../chart/width';
import { Button } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { EvidenceLine } from '../ui/evidence';
import { coefficient as coefficientText, count, duration } from '../ui/figure';
import { type Form, FormSwitch } from '../ui/form-switch';
import { Segmented } from '../ui/segmented';
import { FilterNote } from './filter-note';
import { RelationColumns } from './relation-columns';
import { LeftOutNote } from './relation-left-out';
import { RelationList } from './relation-list';
import { RelationPair } from './relation-pair';
import { filterOf, pairWords } from './relation-words';
import { RelationWork } from './relation-work';
import { useAnswer } from './use-answer';

/** Pairs times rows up to which all rows are asked for without being told: a few seconds. */
const AT_ONCE = 4e8;
const noFilters: readonly Filter[] = [];

/** How the columns of a table go together: a matrix, a ranked list, and one pair of them at a time. */
export function RelationMatrix({ table, parts }: { table: Table; parts: ReactNode }) {
  const store = useAssayStore();
  const filters = useAssay((s) => s.filters[table.name] ?? noFilters);
  const [coefficient, setCoefficient] = useState<Coefficient | 'auto'>('auto');
  const [columns, setColumns] = useState<readonly string[]>([]);
  const [order, setOrder] = useState<'file' | 'clustered'>('file');
  const [twin, setTwin] = useState<Form>('chart');
  const [pair, setPair] = useState<readonly [string, string] | null>(null);
  const [frame, width] = useWidth();
  const ask = { table: table.name, columns, coefficient, ...filterOf(filters) };
  const question = JSON.stringify(ask);
  /** The question of which all rows were asked for. */
  const [wished, setWished] = useState<string | null>(null);
  const sample = useAnswer('relation:matrix', { ...ask, all: false });
  const goOn =
    wished === question || (sample.fresh && sample.value !== null && isQuick(sample.value, coefficient));
  const whole = useAnswer('relation:matrix', goOn ? { ...ask, all: true } : null);
  const matrix = whole.fresh ? whole.value : sample.value;
  const work = goOn ? whole : sample;

  const places = useMemo(() => {
    if (matrix === null) return [];
    const file = matrix.columns.map((_, i) => i);
    return order === 'file' ? file : clusteredOrder(matrix.columns.length, matrix.pairs);
  }, [matrix, order]);
  const byPair = useMemo(() => new Map(matrix?.pairs.map((p) => [p.a * 1000 + p.b, p])), [matrix]);
  const pairAt = (row: number, column: number): Association | undefined => {
    const [i, j] = [places[row]!, places[column]!];
    return byPair.get(Math.min(i, j) * 1000 + Math.max(i, j));
  };
  const names = places.map((i) => matrix?.columns[i]?.column.name ?? '');
  const open = (a: string, b: string) => setPair([a, b]);
  const sampled = matrix !== null && matrix.evidence.basis === 'sample';

  return (
    <div className={pair === null ? 'relations' : 'relations relations-paired'}>
      <div className="profile-toolbar">
        {parts}
        <label className="profile-sort">
          <span>Coefficient</span>
          <select
            className="ui-field"
            value={coefficient}
            onChange={(event) => setCoefficient(event.target.value as Coefficient | 'auto')}
          >
            <option value="auto">what fits each pair</option>
            {coefficients.map((c) => (
              <option key={c} value={c}>
                {coefficientTitle[c]}
              </option>
            ))}
          </select>
        </label>
        <RelationColumns
          table={table}
          chosen={columns}
          shown={matrix?.columns.map((c) => c.column.name) ?? []}
          onChoose={setColumns}
        />
        <Segmented
          label="Order"
          value={order}
          choices={[
            { value: 'file', label: 'File order' },
            { value: 'clustered', label: 'Clustered' },
          ]}
          onChange={setOrder}
        />
        <FormSwitch small={false} label="Associations as" value={twin} onChange={setTwin} />
      </div>
      <div className="relation-basis">
        {matrix === null ? null : <EvidenceLine evidence={matrix.evidence} words={basisOf(matrix)} />}
        <RelationWork table={table.name} answer={work} doing="Relating columns" />
        {!goOn && sampled && canGoOn(matrix) ? (
          <Button onClick={() => setWished(question)}>All rows</Button>
        ) : null}
        {matrix === null ? null : <LeftOutNote leftOut={matrix.leftOut} notes={matrix.notes} />}
        <span className="profile-space" />
        <FilterNote table={table.name} />
      </div>
      <div className="relation-body">
        <div className="relation-main" ref={frame}>
          {matrix === null ? null : matrix.columns.length < 2 ? (
            <EmptyState title="Fewer than two columns can be related">
              The reasons stand above, under “left out”.
            </EmptyState>
          ) : matrix.pairs.length === 0 ? (
            <EmptyState
              title={`No pair of these columns fits ${coefficientTitle[coefficient as Coefficient]}`}
            >
              Choose another coefficient, or “what fits each pair”.
            </EmptyState>
          ) : twin === 'chart' ? (
            <>
              <HeatMatrix
                label={`Associations of ${table.name}`}
                names={names}
                width={width - 24}
                chosen={chosenAt(names, pair)}
                cell={(row, column) => {
                  const one = row === column ? undefined : pairAt(row, column);
                  return one === undefined
                    ? null
                    : {
                        strength: one.value,
                        text: coefficientText(one.value),
                        words: pairWords(names[row]!, names[column]!, one),
                      };
                }}
                onChoose={(row, column) => open(names[row]!, names[column]!)}
                onName={(i) =>
                  store.getState().select({ kind: 'column', table: table.name, column: names[i]! })
                }
              />
              <Legend signed={matrix.pairs.some((p) => p.value !== null && p.value < 0)} />
            </>
          ) : (
            <RelationList table={table.name} matrix={matrix} filters={filters} onOpen={open} />
          )}
        </div>
        {pair === null ? null : (
          <RelationPair
            key={pair.join(' ')}
            table={table}
            a={pair[0]}
            b={pair[1]}
            onClose={() => setPair(null)}
            onTurn={() => setPair([pair[1], pair[0]])}
          />
        )}
      </div>
    </div>
  );
}

/** What the pairs rest on where they do not rest on the same. */
function basisOf({ pairs, rows, evidence }: AssociationMatrix): string | undefined {
  const exact = pairs.filter((p) => p.basis === 'exact').length;
  return exact === 0 || exact === pairs.length
    ? undefined
    : `${count(exact)} of ${count(pairs.length)} pairs exact, the others from a sample of ${count(evidence.rows)} of ${count(rows)} rows · ${duration(evidence.ms)}`;
}

/** Whether all rows are asked for without being told. */
function isQuick({ evidence, pairs, rows }: AssociationMatrix, coefficient: Coefficient | 'auto'): boolean {
  return (
    evidence.basis === 'sample' &&
    pairs.length * rows <= AT_ONCE &&
    coefficient !== 'kendall' &&
    coefficient !== 'mutual'
  );
}

/** Whether all rows can say more than the sample does. */
function canGoOn(matrix: AssociationMatrix): boolean {
  return matrix.pairs.every(
    (p) => p.basis === 'sample' && p.coefficient !== 'kendall' && p.coefficient !== 'mutual',
  );
}

function chosenAt(
  names: readonly string[],
  pair: readonly [string, string] | null,
): readonly [number, number] | null {
  if (pair === null) return null;
  const [row, column] = pair.map((name) => names.indexOf(name));
  return row === undefined || column === undefined || row < 0 || column < 0 ? null : [row, column];
}

function Legend({ signed }: { signed: boolean }) {
  return (
    <p className="relation-legend">
      {signed ? '−1' : '0'}
      <i className={signed ? 'relation-scale relation-scale-signed' : 'relation-scale'} aria-hidden="true" />1
      <span>
        Signed: Pearson, Spearman, Kendall. From 0 to 1: Cramér’s V of two categories, eta of a category and a
        number, mutual information.
      </span>
    </p>
  );
}
